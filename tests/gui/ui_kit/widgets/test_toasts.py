"""Toasts: one at a time, where one reads, and for as long as somebody can have read them."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.widgets.button import Button
from chatdesk.ui_kit.widgets.label import Label
from chatdesk.ui_kit.widgets.toast_host import Toast, ToastAnchor, ToastHost, ToastMessage

STAYS = 8_000


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[QWidget]:
    """Is active and has one button, which has the keyboard."""
    window = QWidget()
    window.resize(400, 300)
    button = QPushButton("What one is at", window)
    window.show()
    window.activateWindow()
    button.setFocus()
    qtbot.waitUntil(button.hasFocus)
    yield window
    window.close()
    window.deleteLater()


@pytest.fixture
def toasts(appearance: Appearance, window: QWidget) -> ToastHost:
    return ToastHost(appearance, window)


def shown(window: QWidget) -> Toast | None:
    return next((toast for toast in window.findChildren(Toast) if toast.isVisible()), None)


def texts_of(window: QWidget) -> list[str]:
    toast = shown(window)
    return [label.text() for label in toast.findChildren(Label)] if toast else []


def button(window: QWidget, name: str) -> QAbstractButton:
    toast = shown(window)
    assert toast is not None
    return next(each for each in toast.findChildren(QAbstractButton) if name in {each.text(), each.accessibleName()})


def runs(toasts: ToastHost) -> bool:
    QApplication.processEvents()
    return toasts._timer.isActive()


def test_it_can_be_acted_on_once_and_is_gone(appearance: Appearance, window: QWidget, toasts: ToastHost) -> None:
    undone = []
    toasts.show_toast("Chat deleted", "Snake game", "Undo", lambda: undone.append(1))
    toast = shown(window)
    assert toast is not None
    assert texts_of(window) == ["Chat deleted", "Snake game"]
    assert toast.height() == 56
    assert toast.grab().toImage().pixelColor(6, 20) == appearance.theme.color("toast")
    button(window, "Undo").click()
    assert undone == [1]
    assert shown(window) is None


def test_it_can_have_two_buttons(window: QWidget, toasts: ToastHost) -> None:
    done: list[str] = []
    for name in ("Open", "Show in folder"):
        message = ToastMessage("Saved", "", "Show in folder", lambda: done.append("folder"))
        toasts.show_message(replace(message, other="Open", other_act=lambda: done.append("file")))
        button(window, name).click()
        assert shown(window) is None
    assert done == ["file", "folder"]


def test_a_new_one_takes_the_place_of_the_old(window: QWidget, toasts: ToastHost) -> None:
    toasts.show_toast("One")
    toasts.show_toast("Two")
    assert texts_of(window) == ["Two"]
    toasts.dismiss()
    assert shown(window) is None


def test_it_stands_in_the_middle_24_above_the_lower_edge(window: QWidget, toasts: ToastHost) -> None:
    toasts.show_toast("Chat deleted", "", "Undo")
    for width in (400, 601):
        window.resize(width, 500)
        toast = shown(window)
        assert toast is not None
        assert toast.geometry().bottom() + 1 == 500 - 24
        assert abs(toast.geometry().center().x() - width // 2) <= 1


def test_it_stands_12_above_where_one_writes_as_long_as_that_is_there(appearance: Appearance, window: QWidget) -> None:
    column, composer = QWidget(window), QWidget(window)
    column.setGeometry(100, 0, 300, 300)
    composer.setGeometry(150, 200, 200, 60)
    column.show()
    composer.show()
    place = [ToastAnchor(composer, composer)]
    toasts = ToastHost(appearance, window, lambda: place[0])
    toasts.show_toast("Chat deleted")
    toast = shown(window)
    assert toast is not None
    assert (toast.geometry().bottom() + 1, toast.geometry().center().x()) == (200 - 12, pytest.approx(250, abs=1))
    composer.setGeometry(150, 150, 200, 110)  # it grows while one writes
    QApplication.processEvents()
    assert toast.geometry().bottom() + 1 == 150 - 12
    place[0] = ToastAnchor(column)
    toasts.follow()
    assert (toast.geometry().bottom() + 1, toast.geometry().center().x()) == (300 - 24, pytest.approx(250, abs=1))


def test_long_words_are_cut_and_its_button_is_not(window: QWidget, toasts: ToastHost) -> None:
    toasts.show_toast("Deleted " * 40, "A title " * 40, "Undo")
    toast = shown(window)
    assert toast is not None
    assert toast.width() == 400 - 2 * 12
    assert button(window, "Undo").width() == button(window, "Undo").sizeHint().width()


def test_its_time_runs_while_the_window_is_active(window: QWidget, toasts: ToastHost) -> None:
    toasts.show_toast("Saved")
    assert runs(toasts)
    assert toasts._timer.interval() == STAYS
    toasts._timer.timeout.emit()
    assert shown(window) is None


def test_its_time_stands_still_while_another_window_is_active(qtbot: QtBot, window: QWidget, toasts: ToastHost) -> None:
    toasts.show_toast("Saved")
    other = QWidget()
    qtbot.addWidget(other)
    other.show()
    other.activateWindow()
    qtbot.waitUntil(other.isActiveWindow)
    assert not runs(toasts)
    left = toasts._remaining
    assert 0 < left <= STAYS
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    assert runs(toasts)
    assert toasts._timer.interval() == left


def test_one_that_comes_while_another_window_is_active_has_its_whole_time_afterwards(
    qtbot: QtBot, window: QWidget, toasts: ToastHost
) -> None:
    other = QWidget()
    qtbot.addWidget(other)
    other.show()
    other.activateWindow()
    qtbot.waitUntil(other.isActiveWindow)
    toasts.show_toast("Saved")
    assert not runs(toasts)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    assert runs(toasts)
    assert toasts._timer.interval() == STAYS


def test_its_time_stands_still_under_the_pointer_and_the_keyboard(
    qtbot: QtBot, window: QWidget, toasts: ToastHost
) -> None:
    toasts.show_toast("Chat deleted", "", "Undo")
    toast = shown(window)
    assert toast is not None
    for over in (True, False):
        toast.setAttribute(Qt.WidgetAttribute.WA_UnderMouse, over)
        QApplication.sendEvent(toast, QEvent(QEvent.Type.Enter if over else QEvent.Type.Leave))
        assert runs(toasts) is not over
    button(window, "Undo").setFocus()
    qtbot.waitUntil(button(window, "Undo").hasFocus)
    assert not runs(toasts)
    window.findChild(QPushButton).setFocus()
    qtbot.waitUntil(window.findChild(QPushButton).hasFocus)
    assert runs(toasts)


def test_its_keys_stand_behind_its_button_and_work_as_long_as_it_is_there(window: QWidget, toasts: ToastHost) -> None:
    done: list[str] = []
    toasts.show_message(
        ToastMessage("Chat deleted", "", "Undo", lambda: done.append("this"), "Ctrl+Z", lambda: done.append("the last"))
    )
    assert texts_of(window) == ["Chat deleted", "Ctrl+Z"]
    key = next(label for label in shown(window).findChildren(Label) if label.text() == "Ctrl+Z")
    assert key.x() > button(window, "Undo").x()
    for _ in range(2):
        QTest.keyClick(window.findChild(QPushButton), Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert done == ["the last"]
    assert shown(window) is None


def test_a_lasting_one_stays_until_it_is_closed_and_comes_back_after_a_passing_one(
    window: QWidget, toasts: ToastHost
) -> None:
    toasts.show_lasting("The file is damaged.", "It can be repaired.", "Repair…")
    assert not runs(toasts)
    toasts.show_toast("Saved")
    assert texts_of(window) == ["Saved"]
    assert not [each for each in shown(window).findChildren(QAbstractButton) if each.accessibleName() == "Close"]
    toasts._timer.timeout.emit()
    assert texts_of(window) == ["The file is damaged.", "It can be repaired."]
    assert not runs(toasts)
    button(window, "Close").click()
    assert shown(window) is None
    toasts.show_toast("Saved")
    toasts._timer.timeout.emit()
    assert shown(window) is None


def test_a_lasting_one_that_was_acted_on_does_not_come_back(window: QWidget, toasts: ToastHost) -> None:
    done: list[str] = []
    toasts.show_lasting("Damaged", "", "Repair…", lambda: done.append("repair"))
    toasts.show_toast("Moved", "", "Undo", lambda: done.append("undo"))
    button(window, "Undo").click()
    assert texts_of(window) == ["Damaged"]
    shown(window).findChild(Button).click()
    assert (done, shown(window)) == (["undo", "repair"], None)


def test_a_lasting_one_is_not_lost_under_another_lasting_one(window: QWidget, toasts: ToastHost) -> None:
    toasts.show_lasting("The first")
    toasts.show_lasting("The second")
    toasts.show_toast("In passing")
    toasts._timer.timeout.emit()
    assert texts_of(window) == ["The second"]
    button(window, "Close").click()
    assert texts_of(window) == ["The first"]
    button(window, "Close").click()
    assert shown(window) is None


def test_everything_in_it_is_in_sight_in_the_smallest_window_at_twice_the_size(
    appearance: Appearance, window: QWidget, toasts: ToastHost
) -> None:
    appearance.set_zoom(200)
    window.resize(560, 480)
    toasts.show_message(ToastMessage("Folder and 12 chats deleted", "Thesis", "Undo", lambda: None, "Ctrl+Z", print))
    toast = shown(window)
    assert toast is not None
    QApplication.processEvents()
    assert window.rect().contains(toast.geometry())
    for part in toast.findChildren(QWidget):
        assert toast.rect().contains(part.rect().translated(part.mapTo(toast, QPoint())))


def test_the_keyboard_returns_to_where_it_was_before_a_click(toasts: ToastHost, window: QWidget) -> None:
    first = window.findChild(QPushButton)
    between = QPushButton("Something in between", window)
    between.show()
    first.setFocus()
    toasts.show_toast("Moved", action="Undo", act=lambda: None)
    undo = button(window, "Undo")
    undo.setFocus(Qt.FocusReason.MouseFocusReason)
    QTest.mouseClick(undo, Qt.MouseButton.LeftButton)
    assert first.hasFocus()
