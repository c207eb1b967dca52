from collections.abc import Iterable, Iterator
from itertools import product
from pathlib import Path

import pytest
from PySide6.QtGui import QColor

from chatdesk.ui_kit.style.tokens import Scheme, Tokens
from tests.gui.conftest import RESOURCES

SURFACES = ("frame", "sidebar", "page", "raised", "sunken", "header", "bubble", "selected")
TEXTS = ("text", "textSecondary", "textTertiary")
STATUSES = ("success", "warning", "danger")
CODE = (
    "codeText",
    "codeKeyword",
    "codeString",
    "codeNumber",
    "codeComment",
    "codeFunction",
    "codeType",
    "codeBuiltin",
    "codePunctuation",
)


@pytest.fixture(scope="module")
def tokens() -> Tokens:
    return Tokens.read(RESOURCES / "themes" / "tokens.json")


def pairs_of_words() -> Iterator[tuple[str, str, str]]:
    """Words, what they stand on, and what lies over that."""
    yield from product((*TEXTS, "accentText", *STATUSES), SURFACES, ("",))
    yield from product(TEXTS, SURFACES[:-1], ("hover",))  # a selected row shows no hover
    yield from product(CODE, ("sunken",), ("",))
    yield from ((status, f"{status}Soft", "") for status in STATUSES)
    yield from product(("text", "accentText"), ("accentSoft",), ("",))
    yield from product(("onAccent",), ("accent", "accentHover", "accentPressed"), ("",))
    yield from (("onDanger", "dangerFill", ""), ("onToast", "toast", ""), ("toastAction", "toast", ""))
    yield from product(("text",), ("selection", "findHit", "findCurrent"), ("",))


@pytest.mark.parametrize("scheme", Scheme)
def test_words_can_be_read_on_everything_they_stand_on(tokens: Tokens, scheme: Scheme) -> None:
    least = 7 if scheme.high_contrast else 4.5  # WCAG 2.2: AAA, AA
    assert fainter_than(least, tokens, scheme, pairs_of_words()) == {}


@pytest.mark.parametrize("scheme", Scheme)
def test_what_shows_a_control_or_the_focus_stands_out(tokens: Tokens, scheme: Scheme) -> None:
    least = 7 if scheme.high_contrast else 3
    lines, grounds = ("borderControl", "focus", "accent"), ("sidebar", "page", "raised", "sunken")
    assert fainter_than(least, tokens, scheme, product(lines, grounds, ("",))) == {}


@pytest.mark.parametrize("scheme", [scheme for scheme in Scheme if scheme.high_contrast])
def test_high_contrast_shows_every_edge_and_what_is_disabled(tokens: Tokens, scheme: Scheme) -> None:
    edges = ("borderSubtle", "borderDefault", "accentBorder", "scrollThumb", "textDisabled")
    assert fainter_than(4.5, tokens, scheme, product(edges, ("sidebar", "page", "raised", "sunken"), ("",))) == {}


def test_all_schemes_have_the_same_colours(tokens: Tokens) -> None:
    names = {frozenset(colors) for colors in tokens.colors.values()}
    assert len(names) == 1
    assert all(color.isValid() for colors in tokens.colors.values() for color in colors.values())


def test_an_overlay_is_translucent(tokens: Tokens) -> None:
    hover = tokens.colors[Scheme.LIGHT]["hover"]
    assert (hover.name(), round(hover.alphaF(), 2)) == ("#0e2a30", 0.05)


def test_a_name_that_two_groups_have_needs_its_group(tokens: Tokens) -> None:
    assert (tokens.length("radius.tag"), tokens.length("size.tag"), tokens.length("titleRow")) == (4, 20, 48)
    with pytest.raises(KeyError, match=r"radius\.tag.*size\.tag"):
        tokens.length("tag")
    with pytest.raises(KeyError, match="nowhere"):
        tokens.length("nowhere")


def test_the_shadow_has_the_rings_that_the_file_says(tokens: Tokens) -> None:
    assert len(tokens.shadow) == 6
    assert tokens.shadow[0] == (0.32, 1, 0)


def test_a_missing_file_is_not_hidden(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        Tokens.read(tmp_path / "tokens.json")


def fainter_than(
    least: float, tokens: Tokens, scheme: Scheme, pairs: Iterable[tuple[str, str, str]]
) -> dict[tuple[str, str, str], float]:
    """The pairs whose contrast is less than `least`: what is drawn, what it stands on, what lies over that."""
    colors = tokens.colors[scheme]
    ratios = {
        (drawn, ground, over): contrast(under(colors[ground], colors[drawn]), under(colors[ground], colors.get(over)))
        for drawn, ground, over in pairs
    }
    return {pair: round(ratio, 2) for pair, ratio in ratios.items() if ratio < least}


def under(ground: QColor, overlay: QColor | None) -> QColor:
    """Mix an overlay over a ground."""
    if overlay is None:
        return ground
    alpha = overlay.alphaF()
    mixed = (o * alpha + g * (1 - alpha) for o, g in zip(overlay.getRgbF()[:3], ground.getRgbF()[:3], strict=True))
    return QColor.fromRgbF(*mixed)


def contrast(one: QColor, other: QColor) -> float:
    """Ratio of luminances as WCAG 2.2 defines it."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def luminance(color: QColor) -> float:
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in color.getRgbF()[:3])
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
