"""Segments, Chip, Card, Popup, ToastHost, Spinner and ProgressBar: the rest of the small widgets."""

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from chatdesk.ui.theme.appearance import Appearance
from chatdesk.ui.theme.button import Button
from chatdesk.ui.theme.card import Card
from chatdesk.ui.theme.chip import Chip
from chatdesk.ui.theme.icon_button import IconButton
from chatdesk.ui.theme.label import Label
from chatdesk.ui.theme.painting import shadow_margin
from chatdesk.ui.theme.popup import Popup
from chatdesk.ui.theme.progress_bar import ProgressBar
from chatdesk.ui.theme.segments import Segments
from chatdesk.ui.theme.spinner import Spinner
from chatdesk.ui.theme.toast import Toast, ToastHost
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


def test_a_toast_can_be_acted_on_once_and_is_gone(qtbot: QtBot, appearance: Appearance) -> None:
    window, toasts = window_with_toasts(qtbot, appearance)
    undone = []
    toasts.show_toast("Moved to the trash", "Snake game", "Undo", lambda: undone.append(1))
    toast = window.findChild(Toast)
    assert [label.text() for label in toast.findChildren(QLabel)] == ["Moved to the trash", "Snake game"]
    assert toast.geometry().bottomLeft() == window.rect().bottomLeft() + QPoint(16, -16)
    assert toast.grab().toImage().pixelColor(6, 20) == appearance.theme.color("toast")
    window.resize(500, 500)
    assert toast.geometry().bottom() == window.rect().bottom() - 16
    toast.findChild(Button).click()
    assert undone == [1]
    assert not toast.isVisible()


def test_a_new_toast_takes_the_place_of_the_old(qtbot: QtBot, appearance: Appearance) -> None:
    window, toasts = window_with_toasts(qtbot, appearance)
    toasts.show_toast("One")
    toasts.show_toast("Two")
    visible = [toast for toast in window.findChildren(Toast) if toast.isVisible()]
    assert [toast.findChild(QLabel).text() for toast in visible] == ["Two"]
    toasts.dismiss()
    assert not visible[0].isVisible()


def test_a_toast_goes_by_itself_but_not_while_someone_is_at_it(
    qtbot: QtBot, appearance: Appearance, monkeypatch: object
) -> None:
    window, toasts = window_with_toasts(qtbot, appearance)
    monkeypatch.setattr(type(appearance.theme), "duration", lambda _theme, _name: 20)
    toasts.show_toast("Moved to the trash", "", "Undo")
    toast = window.findChild(Toast)
    toast.setAttribute(Qt.WidgetAttribute.WA_UnderMouse)
    qtbot.wait(80)
    assert toast.isVisible()
    toast.setAttribute(Qt.WidgetAttribute.WA_UnderMouse, False)
    qtbot.waitUntil(lambda: window.findChild(Toast) is None)


def test_a_toast_lies_above_what_must_not_be_covered_as_long_as_that_is_seen(
    qtbot: QtBot, appearance: Appearance
) -> None:
    window, _ = window_with_toasts(qtbot, appearance)
    foot = QWidget(window)
    foot.setGeometry(0, 240, 260, 60)
    foot.show()
    ToastHost(appearance, window, foot).show_toast("Moved to the trash", "", "Undo")
    (toast,) = (each for each in window.findChildren(Toast) if each.isVisible())
    assert (toast.geometry().left(), toast.geometry().right(), toast.geometry().bottom()) == (8, 251, 231)
    foot.setGeometry(0, 200, 300, 60)
    assert (toast.geometry().right(), toast.geometry().bottom()) == (291, 191)
    foot.hide()
    assert (toast.geometry().left(), toast.geometry().bottom()) == (16, 283)


def close_button(toast: Toast) -> QAbstractButton:
    return next(button for button in toast.findChildren(QAbstractButton) if button.accessibleName() == "Close")


def shown_toast(window: QWidget) -> Toast | None:
    return next((toast for toast in window.findChildren(Toast) if toast.isVisible()), None)


def test_a_lasting_toast_stays_until_it_is_closed_and_comes_back_after_a_passing_one(
    qtbot: QtBot, appearance: Appearance
) -> None:
    window, toasts = window_with_toasts(qtbot, appearance)
    toasts.show_lasting("The file is damaged.", "It can be repaired.", "Repair…")
    assert not toasts._timer.isActive()
    toasts.show_toast("Saved")
    passing = shown_toast(window)
    assert words_of(passing) == ["Saved"]
    assert not any(button.accessibleName() == "Close" for button in passing.findChildren(QAbstractButton))
    toasts._time_is_up()
    assert words_of(shown_toast(window)) == ["The file is damaged.", "It can be repaired."]
    assert not toasts._timer.isActive()
    close_button(shown_toast(window)).click()
    assert shown_toast(window) is None
    toasts.show_toast("Saved")
    toasts._time_is_up()
    assert shown_toast(window) is None


def test_a_lasting_toast_that_was_acted_on_does_not_come_back(qtbot: QtBot, appearance: Appearance) -> None:
    window, toasts = window_with_toasts(qtbot, appearance)
    done: list[str] = []
    toasts.show_lasting("Damaged", "", "Repair…", lambda: done.append("repair"))
    toasts.show_toast("Moved", "", "Undo", lambda: done.append("undo"))
    next(iter(shown_toast(window).findChildren(QAbstractButton))).click()
    assert words_of(shown_toast(window)) == ["Damaged"]
    shown_toast(window).findChild(Button).click()
    assert (done, shown_toast(window)) == (["undo", "repair"], None)


def test_a_lasting_toast_is_not_lost_under_another_lasting_one(qtbot: QtBot, appearance: Appearance) -> None:
    window, toasts = window_with_toasts(qtbot, appearance)
    toasts.show_lasting("The first")
    toasts.show_lasting("The second")
    toasts.show_toast("In passing")
    toasts._time_is_up()
    assert words_of(shown_toast(window)) == ["The second"]
    close_button(shown_toast(window)).click()
    assert words_of(shown_toast(window)) == ["The first"]
    close_button(shown_toast(window)).click()
    assert shown_toast(window) is None


def words_of(toast: Toast | None) -> list[str]:
    return [label.text() for label in toast.findChildren(Label)] if toast else []


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


def window_with_toasts(qtbot: QtBot, appearance: Appearance) -> tuple[QWidget, ToastHost]:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(400, 300)
    QPushButton("What one is at", window)
    window.show()
    return window, ToastHost(appearance, window)


def middle(widget: QWidget) -> QColor:
    return widget.grab().toImage().pixelColor(widget.rect().center())


def edge(widget: QWidget) -> QColor:
    return widget.grab().toImage().pixelColor(widget.width() // 2, 0)


def count(bar: QWidget, color: QColor) -> int:
    """Count the pixels of a colour in the middle row."""
    image = bar.grab().toImage()
    return sum(image.pixelColor(x, 2) == color for x in range(image.width()))
