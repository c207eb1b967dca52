import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFont, QGuiApplication, QKeySequence, QPalette
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.widgets import label as label_module
from chatdesk.ui_kit.widgets.label import Label
from chatdesk.ui_kit.widgets.tag import Tag, TagKind

LONG = "Compound interest, monthly or yearly, for ten years"


def test_text_is_never_taken_for_markup(qtbot: QtBot, appearance: Appearance) -> None:
    label = Label(appearance, "ui", "text", text="<h1>Big</h1>")
    plain = Label(appearance, "ui", "text", text="[h1]Big[/h1]")
    for made in (label, plain):
        qtbot.addWidget(made)
        assert made.textFormat() is Qt.TextFormat.PlainText
    assert label.sizeHint().height() == plain.sizeHint().height()


def test_it_takes_font_and_colour_of_every_theme(qtbot: QtBot, appearance: Appearance) -> None:
    label = Label(appearance, "title", "textTertiary", text="Servers")
    qtbot.addWidget(label)
    for scheme, zoom in (("light", 100), ("dark", 150)):
        appearance.set_scheme(scheme)
        appearance.set_zoom(zoom)
        QApplication.processEvents()
        assert label.palette().color(QPalette.ColorRole.WindowText) == appearance.theme.color("textTertiary")
        assert label.font() == appearance.theme.font("title")
        assert label.sizeHint().height() >= appearance.theme.line("title")


def test_a_cut_text_shows_whole_as_tooltip_only_while_it_is_cut(qtbot: QtBot, appearance: Appearance) -> None:
    label = Label(appearance, "ui", "text", text=LONG, elide=True)
    qtbot.addWidget(label)
    label.show()
    label.resize(100, 20)
    assert (label.toolTip(), label.text()) == (LONG, LONG)
    assert label.minimumSizeHint().width() == 0
    label.resize(600, 20)
    assert label.toolTip() == ""
    label.resize(100, 20)
    label.set_text("Short")
    assert label.toolTip() == ""


def test_a_cut_text_ends_in_an_ellipsis_and_stays_in_one_line(qtbot: QtBot, appearance: Appearance) -> None:
    label = Label(appearance, "ui", "text", text=LONG + "\n" + LONG, elide=True)
    qtbot.addWidget(label)
    label.resize(120, 20)
    cut = label.grab().toImage()
    label.set_text(LONG)
    assert label.grab().toImage() == cut
    assert label.sizeHint().height() < 40


def test_wrapped_text_grows_downwards(qtbot: QtBot, appearance: Appearance) -> None:
    label = Label(appearance, "ui", "text", text=LONG, wrap=True, selectable=True)
    qtbot.addWidget(label)
    assert label.heightForWidth(100) > 2 * label.heightForWidth(1000)
    assert label.textInteractionFlags() & Qt.TextInteractionFlag.TextSelectableByMouse


PATH = "/home/someone/.ollama/models/blobs/sha256-" + "0123456789abcdef" * 4


def test_a_path_without_spaces_is_broken_to_fit_and_copied_whole(qtbot: QtBot, appearance: Appearance) -> None:
    label = Label(appearance, "ui", "text", text=f"File: {PATH}", wrap=True, selectable=True)
    qtbot.addWidget(label)
    assert label.minimumSizeHint().width() < 250
    assert label.heightForWidth(250) > 2 * label.heightForWidth(2000)
    assert label.text() == f"File: {PATH}"
    label.show()
    QTest.keySequence(label, QKeySequence.StandardKey.SelectAll)
    QTest.keySequence(label, QKeySequence.StandardKey.Copy)
    assert QGuiApplication.clipboard().text() == f"File: {PATH}"


@pytest.mark.parametrize("text", [LONG, "按月复利还是按年复利，如果每年再收百分之零点五的管理费", "Zinsen 复利"])
def test_every_line_of_wrapped_text_is_as_high_as_the_token_says(
    qtbot: QtBot, appearance: Appearance, text: str
) -> None:
    label = Label(appearance, "ui", "text", text=text, wrap=True)
    qtbot.addWidget(label)
    one_line = appearance.theme.line("ui")
    heights = {label.heightForWidth(width) for width in range(40, 600, 7)}
    assert min(heights) == one_line
    assert {height % one_line for height in heights} == {0}
    label.setContentsMargins(3, 5, 3, 7)
    assert label.heightForWidth(2000) == one_line + 12
    assert label.sizeHint().height() == label.heightForWidth(label.sizeHint().width())


def test_wrapped_text_keeps_its_side_and_its_colour(qtbot: QtBot, appearance: Appearance) -> None:
    label = Label(appearance, "ui", "text", text="HH", wrap=True)
    qtbot.addWidget(label)
    label.resize(200, 80)
    for alignment, inside in (
        (Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop, QRect(0, 0, 40, 20)),
        (Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignBottom, QRect(160, 60, 40, 20)),
        (Qt.AlignmentFlag.AlignCenter, QRect(80, 30, 40, 20)),
    ):
        label.setAlignment(alignment)
        drawn = label.grab().toImage()
        ground = drawn.pixelColor(199, 0)
        inked = [(x, y) for x in range(200) for y in range(80) if drawn.pixelColor(x, y) != ground]
        assert inked
        assert all(inside.contains(x, y) for x, y in inked)
    label.setEnabled(False)
    assert label.grab().toImage() != drawn


def test_lines_are_laid_out_once_for_a_text_and_a_width(
    qtbot: QtBot, appearance: Appearance, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[tuple[object, ...]] = []

    class Counted(label_module.WrappedText):
        def __init__(self, text: str, font: QFont, line: int, width: float, alignment: Qt.AlignmentFlag) -> None:
            made.append((text, width))
            super().__init__(text, font, line, width, alignment)

    monkeypatch.setattr(label_module, "WrappedText", Counted)
    label = Label(appearance, "ui", "text", text="Some words that wrap", wrap=True)
    qtbot.addWidget(label)
    label.resize(80, 200)
    made.clear()
    heights = {label.heightForWidth(80) for _ in range(5)}
    label.grab()
    assert made == [("Some words that wrap", 80)]
    label.set_text("Others, and more of them than before")
    assert label.heightForWidth(80) > heights.pop()
    assert label.heightForWidth(60) >= label.heightForWidth(80)


def test_a_word_longer_than_a_line_is_broken(qtbot: QtBot, appearance: Appearance) -> None:
    label = Label(appearance, "ui", "text", text="a" * 80, wrap=True)
    qtbot.addWidget(label)
    assert label.heightForWidth(200) > 2 * appearance.theme.line("ui")


def test_a_long_word_makes_nothing_wider(qtbot: QtBot, appearance: Appearance) -> None:
    long, short = (Label(appearance, "ui", "text", text=each, wrap=True) for each in ("w" * 100, "Name"))
    for label in (long, short):
        qtbot.addWidget(label)
    assert long.minimumSizeHint().width() < 200
    assert short.minimumSizeHint().width() >= short.fontMetrics().horizontalAdvance("Name")


def test_a_tag_has_the_colours_of_what_it_means(qtbot: QtBot, appearance: Appearance) -> None:
    tag = Tag(appearance, "Connected")
    qtbot.addWidget(tag)
    for kind in TagKind:
        tag.set_kind(kind)
        tag.resize(tag.sizeHint().width(), tag.height())
        ground, texts = (appearance.theme.color(token) for token in kind.value)
        assert tag.grab().toImage().pixelColor(4, 10) == ground
        assert tag.palette().windowText().color() == texts
    assert tag.height() == 20
    appearance.set_zoom(200)
    assert tag.height() == 40
