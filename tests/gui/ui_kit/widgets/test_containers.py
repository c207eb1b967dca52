"""Segments, Chip, Card, Popup, Spinner and ProgressBar: the rest of the small widgets."""

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.style.painting import shadow_margin
from chatdesk.ui_kit.widgets.card import Card
from chatdesk.ui_kit.widgets.chip import Chip
from chatdesk.ui_kit.widgets.icon_button import IconButton
from chatdesk.ui_kit.widgets.popup import Popup
from chatdesk.ui_kit.widgets.progress_bar import ProgressBar
from chatdesk.ui_kit.widgets.segments import Segments
from chatdesk.ui_kit.widgets.spinner import Spinner
from tests.fakes.fixed_preferences import FixedPreferences

PANELS = (("preview", "Preview"), ("code", "Code"), ("console", "Console"))


def test_one_segment_is_on_and_the_arrows_choose(qtbot: QtBot, appearance: Appearance) -> None:
    segments = Segments(appearance, "Panel")
    qtbot.addWidget(segments)
    assert segments.key() == ""
    segments.set_segments(PANELS)
    segments.show()
    segments.activateWindow()
    assert segments.key() == "preview"
    chosen = []
    segments.chosen.connect(chosen.append)
    preview, code, _ = segments.findChildren(QAbstractButton)
    preview.setFocus()
    qtbot.waitUntil(preview.hasFocus)
    QTest.keyClick(preview, Qt.Key.Key_Right)
    assert segments.key() == "code"
    QTest.mouseClick(segments.findChildren(QAbstractButton)[2], Qt.MouseButton.LeftButton)
    assert chosen[-1] == "console"
    segments.choose("preview")
    assert (segments.key(), chosen[-1]) == ("preview", "console")
    assert not code.isChecked()


def test_new_words_keep_the_choice(qtbot: QtBot, appearance: Appearance) -> None:
    segments = Segments(appearance, "Panel")
    qtbot.addWidget(segments)
    segments.set_segments(PANELS)
    segments.choose("code")
    segments.set_segments((("preview", "预览"), ("code", "代码")))
    assert segments.key() == "code"
    segments.set_segments((("preview", "预览"),))
    assert segments.key() == "preview"


def test_new_words_leave_the_keyboard_where_it_is(qtbot: QtBot, appearance: Appearance) -> None:
    segments = Segments(appearance, "Panel")
    qtbot.addWidget(segments)
    segments.set_segments(PANELS)
    segments.show()
    segments.activateWindow()
    code = segments.findChildren(QAbstractButton)[1]
    code.setFocus()
    code.click()
    qtbot.waitUntil(code.hasFocus)
    segments.set_segments((("preview", "预览"), ("code", "代码")))
    assert code.hasFocus()
    assert code.text() == "代码"
    segments.set_segments((("preview", "预览"), ("console", "控制台")))
    assert segments.key() == "preview"
    assert QApplication.focusWidget().text() == "预览"


def test_no_segment_moves_when_another_is_chosen(qtbot: QtBot, appearance: Appearance) -> None:
    segments = Segments(appearance, "Panel")
    qtbot.addWidget(segments)
    segments.set_segments(PANELS)
    width = segments.sizeHint().width()
    segments.choose("console")
    assert segments.sizeHint().width() == width


def test_a_chip_can_be_taken_off_if_it_says_how(qtbot: QtBot, appearance: Appearance) -> None:
    chip = Chip(appearance, "notes.pdf", "file-text", remove_name="Remove notes.pdf")
    qtbot.addWidget(chip)
    chip.show()
    cross = chip.findChild(IconButton)
    assert (chip.text(), cross.accessibleName(), chip.height()) == ("notes.pdf", "Remove notes.pdf", 28)
    with qtbot.waitSignal(chip.removed):
        QTest.mouseClick(cross, Qt.MouseButton.LeftButton)
    chip.set_text("notes.txt")
    assert (chip.text(), cross.isVisible()) == ("notes.txt", False)


def test_a_card_has_its_colours_and_a_border_in_high_contrast(
    qtbot: QtBot, appearance: Appearance, preferences: FixedPreferences
) -> None:
    card = Card(appearance, fill="bubble", border="")
    qtbot.addWidget(card)
    card.resize(60, 60)
    assert middle(card) == edge(card) == appearance.theme.color("bubble")
    card.set_colors("accentSoft", "accentBorder")
    assert (middle(card), edge(card)) == tuple(appearance.theme.color(t) for t in ("accentSoft", "accentBorder"))
    card.set_colors("bubble", "")
    preferences.set(high_contrast=True)
    assert edge(card) == appearance.theme.color("borderSubtle") != middle(card)


def test_a_popup_opens_below_its_button_and_closes_on_escape(qtbot: QtBot, appearance: Appearance) -> None:
    window, popup, anchor = popup_at(qtbot, appearance, QPoint(300, 50))
    popup.open_below(anchor)
    margin = shadow_margin(appearance.theme)
    seen = popup.geometry().adjusted(margin, margin, -margin, -margin)
    place = QRect(anchor.mapToGlobal(QPoint(0, 0)), anchor.size())
    assert (seen.left(), seen.top()) == (place.left(), place.bottom() + 1 + 4)
    popup.open_below(anchor, align_end=True)
    right = popup.geometry().right() - margin
    assert right == place.right()
    with qtbot.waitSignal(popup.closed):
        QTest.keyClick(popup, Qt.Key.Key_Escape)
    assert not popup.isVisible()
    window.close()


def test_a_popup_without_room_below_opens_above_and_stays_on_the_screen(qtbot: QtBot, appearance: Appearance) -> None:
    screen = QApplication.primaryScreen().availableGeometry()
    _, popup, anchor = popup_at(qtbot, appearance, screen.bottomRight() - QPoint(60, 40))
    popup.open_below(anchor)
    margin = shadow_margin(appearance.theme)
    seen = popup.geometry().adjusted(margin, margin, -margin, -margin)
    assert seen.bottom() < anchor.mapToGlobal(QPoint(0, 0)).y()
    assert seen.right() <= screen.right()
    popup.close()


def test_a_spinner_turns_only_while_it_is_seen(qtbot: QtBot, appearance: Appearance) -> None:
    spinner = Spinner(appearance, "Loading")
    qtbot.addWidget(spinner)
    assert not spinner._timer.isActive()
    spinner.show()
    first = spinner.grab().toImage()
    qtbot.waitUntil(lambda: spinner.grab().toImage() != first)
    spinner.hide()
    assert not spinner._timer.isActive()


def test_a_spinner_stands_still_if_nothing_may_move(
    qtbot: QtBot, appearance: Appearance, preferences: FixedPreferences
) -> None:
    spinner = Spinner(appearance)
    qtbot.addWidget(spinner)
    spinner.show()
    preferences.set(reduced_motion=True)
    assert not spinner._timer.isActive()
    assert any(spinner.grab().toImage().pixelColor(x, 1).alpha() for x in range(spinner.width()))


def test_a_bar_is_filled_as_far_as_the_work_is_done(qtbot: QtBot, appearance: Appearance) -> None:
    bar = ProgressBar(appearance, "Reading the prompt")
    qtbot.addWidget(bar)
    bar.resize(100, 4)
    for fraction, filled in ((0.0, 0), (0.48, 48), (1.0, 100), (7.0, 100)):
        bar.set_fraction(fraction)
        assert abs(count(bar, appearance.theme.color("accent")) - filled) <= 2
    bar.set_color("danger")
    assert count(bar, appearance.theme.color("danger")) >= 98


def popup_at(qtbot: QtBot, appearance: Appearance, place: QPoint) -> tuple[QWidget, Popup, QWidget]:
    window = QWidget()
    qtbot.addWidget(window)
    window.setGeometry(QRect(place, place + QPoint(60, 30)))
    anchor = QPushButton("Open", window)
    window.show()
    popup = Popup(appearance, window, name="Picker")
    inside = QWidget()
    inside.setFixedSize(200, 100)
    popup.content.addWidget(inside)
    return window, popup, anchor


def middle(widget: QWidget) -> QColor:
    return widget.grab().toImage().pixelColor(widget.rect().center())


def edge(widget: QWidget) -> QColor:
    return widget.grab().toImage().pixelColor(widget.width() // 2, 0)


def count(bar: QWidget, color: QColor) -> int:
    """Count the pixels of a colour in the middle row."""
    image = bar.grab().toImage()
    return sum(image.pixelColor(x, 2) == color for x in range(image.width()))
