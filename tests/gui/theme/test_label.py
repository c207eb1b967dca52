from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from chatdesk.ui.theme.appearance import Appearance
from chatdesk.ui.theme.label import Label
from chatdesk.ui.theme.tag import Tag, TagKind

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


def test_a_tag_has_the_colours_of_what_it_means(qtbot: QtBot, appearance: Appearance) -> None:
    tag = Tag(appearance, "Connected")
    qtbot.addWidget(tag)
    for kind in TagKind:
        tag.set_kind(kind)
        tag.resize(tag.sizeHint().width(), tag.height())
        ground, words = (appearance.theme.color(token) for token in kind.value)
        assert tag.grab().toImage().pixelColor(4, 10) == ground
        assert tag.palette().windowText().color() == words
    assert tag.height() == 20
    appearance.set_zoom(200)
    assert tag.height() == 40
