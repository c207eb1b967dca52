"""The current row of a list: focused for a screen reader only with its list, and there again when the list is."""

import pytest
from PySide6.QtCore import QStringListModel, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from chatdesk.ui_kit.lists.row_list import RowList
from chatdesk.ui_kit.style.appearance import Appearance


class Window(QWidget):
    """A field above a list of a hundred rows."""

    def __init__(self, appearance: Appearance) -> None:
        super().__init__()
        self.field = QLineEdit()
        self.list = RowList(appearance)
        self.list.setModel(QStringListModel([f"Row {number}" for number in range(100)], self.list))
        layout = QVBoxLayout(self)
        layout.addWidget(self.field)
        layout.addWidget(self.list)
        self.resize(300, 300)

    def focused_rows(self) -> list[str]:
        """The rows that are announced to a screen reader as focused."""
        view = QAccessible.queryAccessibleInterface(self.list)
        rows = [view.child(index) for index in range(view.childCount())]
        return [row.text(QAccessible.Text.Name) for row in rows if row.state().focused]

    def go_to(self, row: int) -> None:
        self.list.setCurrentIndex(self.list.model().index(row, 0))


@pytest.fixture
def window(appearance: Appearance, qtbot: QtBot) -> Window:
    window = Window(appearance)
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    assert QTest.qWaitForWindowActive(window)
    window.field.setFocus()
    return window


def test_a_row_is_focused_only_while_its_list_is(window: Window) -> None:
    window.go_to(3)
    assert window.focused_rows() == []
    window.list.setFocus()
    assert window.focused_rows() == ["Row 3"]
    window.field.setFocus()
    assert window.focused_rows() == []


def test_the_current_row_is_known_without_the_focus_and_selected(window: Window) -> None:
    window.go_to(3)
    assert window.list.currentIndex().row() == 3
    assert [index.row() for index in window.list.selectedIndexes()] == [3]


def test_the_keys_go_on_from_the_row_that_was_left(window: Window) -> None:
    window.list.setFocus()
    window.go_to(3)
    window.field.setFocus()
    window.list.setFocus()
    QTest.keyClick(window.list, Qt.Key.Key_Down)
    assert window.list.currentIndex().row() == 4
    assert window.focused_rows() == ["Row 4"]


def test_losing_and_getting_the_focus_is_no_change_of_the_row(window: Window) -> None:
    window.go_to(3)
    changes: list[int] = []
    window.list.selectionModel().currentChanged.connect(lambda current, _previous: changes.append(current.row()))
    for _ in range(2):
        window.list.setFocus()
        window.field.setFocus()
    assert changes == []
    window.go_to(5)
    assert changes == [5]


def test_a_row_that_is_gone_is_no_longer_the_current_one(window: Window) -> None:
    window.go_to(3)
    window.list.model().removeRows(3, 1)
    assert not window.list.currentIndex().isValid()


def test_a_row_that_was_set_while_the_list_was_hidden_is_scrolled_to_when_it_is_shown(window: Window) -> None:
    window.list.hide()
    window.go_to(90)
    window.list.show()
    assert window.list.viewport().rect().contains(window.list.visualRect(window.list.currentIndex()).center())
    window.list.verticalScrollBar().setValue(0)
    window.list.hide()
    window.list.show()
    assert window.list.verticalScrollBar().value() == 0, "where the user had scrolled to stays"


@pytest.mark.parametrize("reason", [Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason])
def test_a_menu_or_another_window_leaves_the_focus_on_the_row(window: Window, reason: Qt.FocusReason) -> None:
    window.list.setFocus()
    window.go_to(3)
    window.field.setFocus(reason)
    assert window.focused_rows() == ["Row 3"]
