import ast
import gc
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QGuiApplication, QIcon, QImage

from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.style.icons import Icons
from chatdesk.ui_kit.style.live_icon import live_icon
from chatdesk.ui_kit.style.style import STANDARD_ICONS
from tests.gui.conftest import RESOURCES
from tests.paths import PACKAGE

FILES = sorted((RESOURCES / "icons").glob("*.svg"))
ICON_ARGUMENT = {
    "IconButton": 1,
    "IconLabel": 1,
    "Chip": 2,
    "ToggleChip": 2,
    "live_icon": 1,
    "draw_icon": 2,
    "set_icon": 0,
    "pixmap": 0,
}
"""Which argument of a call is the name of an icon; `icon=` is one everywhere."""

COMING = frozenset(
    (
        *("panel-right-close", "minimize-2"),  # the preview beside the chat
        "at-sign",  # models in the composer
    )
)
"""Icons that nobody names yet; whoever does takes them out."""


@pytest.fixture
def icons(qapp: QGuiApplication) -> Icons:
    return Icons(RESOURCES / "icons")


def test_every_icon_that_the_code_names_is_there() -> None:
    names = set(names_in_code()) | {name for name, _ in STANDARD_ICONS.values()}
    assert len(names) > 10
    assert names - {file.stem for file in FILES} == set()


def test_every_icon_is_used_or_will_be() -> None:
    named = {name.removesuffix(".svg") for name in every_string_in_code()} | set(icons_of_presets())
    assert {file.stem for file in FILES} - named == COMING


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_every_icon_can_be_drawn(icons: Icons, file: Path) -> None:
    image = icons.pixmap(file.stem, QColor("#102030"), 24).toImage()
    assert any(image.pixelColor(x, y).alpha() > 200 for x in range(24) for y in range(24))


def test_an_icon_has_the_colour_asked_for(icons: Icons) -> None:
    assert strongest(icons.pixmap("play", QColor("#ff8800"), 24).toImage()).name() == "#ff8800"
    faint = strongest(icons.pixmap("play", QColor(0, 0, 255, 128), 24).toImage())
    assert (faint.name(), faint.alpha()) == ("#0000ff", pytest.approx(128, abs=2))


@pytest.mark.parametrize(("ratio", "pixels"), [(1.0, 16), (1.25, 20), (1.5, 24), (2.0, 32)])
def test_an_icon_has_every_pixel_of_the_screen(icons: Icons, ratio: float, pixels: int) -> None:
    pixmap = icons.pixmap("copy", QColor("black"), 16, ratio)
    assert (pixmap.width(), pixmap.devicePixelRatio()) == (pixels, ratio)
    assert pixmap.deviceIndependentSize().toSize() == QSize(16, 16)


def test_an_icon_is_drawn_once(icons: Icons) -> None:
    first = icons.pixmap("copy", QColor("black"), 16)
    assert icons.pixmap("copy", QColor("black"), 16).cacheKey() == first.cacheKey()
    assert icons.pixmap("copy", QColor("white"), 16).cacheKey() != first.cacheKey()


def test_an_icon_that_is_not_there_is_an_error(icons: Icons) -> None:
    with pytest.raises(FileNotFoundError):
        icons.pixmap("nothing", QColor("black"), 16)


def test_a_live_icon_follows_the_theme_and_outlives_its_python_parts(appearance: Appearance) -> None:
    icon = QIcon(live_icon(appearance, "play", "accent"))
    gc.collect()
    assert strongest(icon.pixmap(QSize(24, 24)).toImage()) == appearance.theme.color("accent")
    appearance.set_scheme("dark")
    assert strongest(icon.pixmap(QSize(24, 24)).toImage()) == appearance.theme.color("accent")
    disabled = icon.pixmap(QSize(24, 24), 2.0, QIcon.Mode.Disabled)
    assert disabled.width() == 48
    assert strongest(disabled.toImage()) == appearance.theme.color("textDisabled")


def every_string_in_code() -> Iterator[str]:
    for file in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                yield node.value


def icons_of_presets() -> Iterator[str]:
    for file in (RESOURCES / "presets").rglob("*.md"):
        yield from re.findall(r'^icon = "(.+)"$', file.read_text("utf-8"), re.MULTILINE)


def names_in_code() -> Iterator[str]:
    """Every string that stands where a call takes the name of an icon."""
    for file in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Call):
                for argument in icon_arguments(node):
                    yield from strings_in(argument)


def icon_arguments(call: ast.Call) -> Iterator[ast.expr]:
    function = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
    place = ICON_ARGUMENT.get(function)
    if place is not None and place < len(call.args):
        yield call.args[place]
    if function[:1].isupper():
        yield from (keyword.value for keyword in call.keywords if keyword.arg == "icon")


def strings_in(expression: ast.expr) -> Iterator[str]:
    """The string itself, or both of `a if x else b`."""
    match expression:
        case ast.Constant(value=str(name)) if name:
            yield name
        case ast.IfExp(body=body, orelse=orelse):
            yield from strings_in(body)
            yield from strings_in(orelse)


def strongest(image: QImage) -> QColor:
    """Colour of the most opaque pixel."""
    return max((image.pixelColor(x, y) for x in range(image.width()) for y in range(image.height())), key=QColor.alpha)
