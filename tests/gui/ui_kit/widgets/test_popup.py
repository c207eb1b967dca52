"""Where a popup opens: at its button, and always in sight."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.widgets.popup import Popup

WINDOW = QRect(40, 30, 600, 400)

Open = Callable[[QPoint, int, int], tuple[QRect, QRect]]
"""Opens a popup of a width and height at a button, known by its position there. Returns the popup and the button on the screen."""


@pytest.fixture
def open_at(qtbot: QtBot, appearance: Appearance) -> Iterator[Open]:
    window = QWidget()
    window.setGeometry(WINDOW)
    window.show()
    qtbot.waitExposed(window)
    popups: list[Popup] = []

    def open_one(place: QPoint, width: int, height: int) -> tuple[QRect, QRect]:
        button = QPushButton(window)
        button.setGeometry(QRect(place, button.sizeHint()))
        button.show()
        popup = Popup(appearance, button)
        popups.append(popup)
        inside = QWidget()
        inside.setFixedSize(width, height)
        popup.content.addWidget(inside)
        popup.open_below(button)
        margin = popup._margin
        shown = popup.geometry().adjusted(margin, margin, -margin, -margin)
        return shown, QRect(button.mapToGlobal(QPoint()), button.size())

    yield open_one
    for popup in popups:
        popup.close()
    window.close()
    window.deleteLater()


def test_it_opens_below_its_button(open_at: Open) -> None:
    popup, button = open_at(QPoint(10, 10), 200, 100)
    assert popup.left() == button.left()
    assert 0 < popup.top() - button.bottom() < 10


def test_at_the_lower_right_it_opens_above_and_stays_within_the_window(open_at: Open) -> None:
    popup, button = open_at(QPoint(500, 360), 400, 250)
    assert WINDOW.contains(popup)
    assert popup.bottom() < button.top()


def test_where_there_is_room_neither_below_nor_above_it_stays_within_the_window(open_at: Open) -> None:
    popup, _ = open_at(QPoint(10, 200), 200, 380)
    assert WINDOW.contains(popup)


def test_one_that_is_larger_than_the_window_stays_on_the_screen(open_at: Open) -> None:
    popup, button = open_at(QPoint(10, 10), 200, 500)
    screen = QGuiApplication.primaryScreen().availableGeometry()
    assert screen.contains(popup)
    assert popup.top() > button.bottom()
