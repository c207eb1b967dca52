from collections.abc import Callable

import pytest
from PySide6.QtGui import QFont, QFontInfo, QGuiApplication

from chatdesk.ui_kit.style.fonts import Fonts
from chatdesk.ui_kit.style.icons import Icons
from chatdesk.ui_kit.style.theme import ReadingStyle, Theme
from chatdesk.ui_kit.style.tokens import Scheme, Tokens
from tests.gui.conftest import RESOURCES


@pytest.fixture
def make_theme(qapp: QGuiApplication) -> Callable[..., Theme]:
    tokens = Tokens.read(RESOURCES / "themes" / "tokens.json")
    fonts = Fonts(RESOURCES / "fonts", tokens.code_families)
    icons = Icons(RESOURCES / "icons")

    def make(scheme: Scheme = Scheme.LIGHT, **options: object) -> Theme:
        return Theme(tokens, fonts, icons, scheme, **options)

    return make


def test_lengths_lines_and_letters_scale_together(make_theme: Callable[..., Theme]) -> None:
    plain, large = make_theme(), make_theme(scale=1.5)
    assert (plain.length("button"), large.length("button")) == (32, 48)
    assert (plain.line("reading"), large.line("reading")) == (24, 36)
    assert (plain.font("reading").pixelSize(), large.font("reading").pixelSize()) == (15, 22)
    assert (plain.size("switch"), large.size("switch")) == ((36, 20), (54, 30))
    assert large.shadow[1] == pytest.approx((0.32, 3, 1.5))


def test_no_length_scales_away_to_nothing(make_theme: Callable[..., Theme]) -> None:
    assert make_theme(scale=0.25).length("border") == 1


def test_a_role_has_its_weight_and_can_be_asked_for_another(make_theme: Callable[..., Theme]) -> None:
    theme = make_theme()
    assert theme.font("label").weight() == 600
    assert theme.font("label", strong=False).weight() == 400
    assert theme.font("reading").weight() == 400
    assert theme.font("reading", strong=True).weight() == 600


def test_changing_a_result_does_not_change_the_theme(make_theme: Callable[..., Theme]) -> None:
    theme = make_theme()
    theme.color("text").setAlpha(1)
    theme.font("ui").setPixelSize(99)
    assert theme.color("text").alpha() == 255
    assert theme.font("ui").pixelSize() == 13


def test_themes_are_equal_if_they_look_the_same(make_theme: Callable[..., Theme]) -> None:
    assert make_theme() == make_theme()
    assert hash(make_theme()) == hash(make_theme())
    others = [
        make_theme(Scheme.DARK),
        make_theme(scale=2.0),
        make_theme(language="zh_CN"),
        make_theme(reading=ReadingStyle(text_size=18)),
        make_theme(reduced_motion=True),
    ]
    assert make_theme() not in others


def test_figures_stand_in_columns_and_code_has_no_ligatures(make_theme: Callable[..., Theme]) -> None:
    theme = make_theme()
    tabular, ligatures, alternates = (QFont.Tag(name) for name in ("tnum", "liga", "calt"))
    assert theme.font("caption").featureValue(tabular) == 1
    code = theme.font("code")
    assert code.isFeatureSet(ligatures)
    assert (code.featureValue(ligatures), code.featureValue(alternates)) == (0, 0)


def test_code_is_set_in_the_family_that_comes_with_the_program(make_theme: Callable[..., Theme]) -> None:
    theme = make_theme()
    for strong in (False, True):
        found = QFontInfo(theme.font("code", strong=strong))
        assert (found.family(), found.fixedPitch(), found.bold()) == ("JetBrains Mono", True, strong)


def test_a_chinese_interface_takes_latin_letters_from_the_chinese_family_too(make_theme: Callable[..., Theme]) -> None:
    families = make_theme().font("ui").families()
    simplified, traditional = families[1:4], families[4:]
    assert simplified == ["PingFang SC", "Microsoft YaHei UI", "Noto Sans CJK SC"]
    assert make_theme(language="zh_CN").font("ui").families() == [*simplified, families[0], *traditional]
    assert make_theme(language="zh_TW").font("ui").families() == [*traditional, families[0], *simplified]


def test_the_users_font_and_size_apply_to_questions_and_answers_only(make_theme: Callable[..., Theme]) -> None:
    theme = make_theme(reading=ReadingStyle("DejaVu Serif", 18, "DejaVu Sans Mono", 16, "wide"))
    assert (theme.font("reading").families()[0], theme.font("reading").pixelSize()) == ("DejaVu Serif", 18)
    assert theme.line("reading") == 29
    assert (theme.font("code").families()[0], theme.font("code").pixelSize()) == ("DejaVu Sans Mono", 16)
    assert theme.font("ui") == make_theme().font("ui")
    assert theme.reading_width > make_theme().reading_width


def test_the_system_family_is_one_that_exists(make_theme: Callable[..., Theme]) -> None:
    font = make_theme().font("ui")
    assert QFontInfo(font).family() == font.families()[0]


def test_nothing_moves_if_the_system_asks_for_no_motion(make_theme: Callable[..., Theme]) -> None:
    still = make_theme(reduced_motion=True)
    assert [still.duration(name) for name in ("fast", "base", "slow", "spinnerTurn")] == [0, 0, 0, 0]
    assert still.duration("toastStays") == make_theme().duration("toastStays") == 8000
    assert make_theme().duration("spinnerTurn") == 900


@pytest.mark.parametrize("ask", [lambda t: t.color("colour"), lambda t: t.font("body"), lambda t: t.length("wide")])
def test_an_unknown_name_is_an_error(make_theme: Callable[..., Theme], ask: Callable[[Theme], object]) -> None:
    with pytest.raises(KeyError):
        ask(make_theme())
