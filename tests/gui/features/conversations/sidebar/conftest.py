"""A sidebar with the chats of the design, in a window of its own."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
import shiboken6
from PySide6.QtCore import QModelIndex, QPoint, Qt
from PySide6.QtGui import QCursor
from pytestqt.qtbot import QtBot

from chatdesk.features.conversations.ui.sidebar.list.conversation_list import ConversationList
from chatdesk.features.conversations.ui.sidebar.list.row_painter import menu_button_rect
from chatdesk.features.conversations.ui.sidebar.sidebar import Sidebar
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.widgets.search_field import SearchField
from tests.gui.features.conversations.sidebar.sample_sidebar import TODAY, conversations


@dataclass
class Reader:
    """A person in front of a sidebar: sees rows, presses keys, moves the mouse."""

    qtbot: QtBot
    appearance: Appearance
    sidebar: Sidebar

    @property
    def view(self) -> ConversationList:
        return self.sidebar.findChild(ConversationList, "conversationList")

    @property
    def search(self) -> SearchField:
        return self.sidebar.findChild(SearchField, "searchChats")

    def titles(self) -> list[str]:
        """Everything listed, heads too, from top to bottom."""
        model = self.view.model()
        return [model.index(row, 0).data() for row in range(model.rowCount())]

    def index(self, title: str) -> QModelIndex:
        return self.view.model().index(self.titles().index(title), 0)

    def place(self, title: str) -> QPoint:
        return self.view.visualRect(self.index(title)).center()

    def dots(self, title: str) -> QPoint:
        rect = self.view.visualRect(self.index(title)).toRectF()
        return menu_button_rect(self.appearance.theme, rect).center().toPoint()

    def selected(self) -> list[str]:
        return sorted(index.data() for index in self.view.selectedIndexes())

    def keyboard_row(self) -> str:
        return self.view.currentIndex().data()

    def click(self, title: str, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        self.qtbot.mouseClick(self.view.viewport(), Qt.MouseButton.LeftButton, modifiers, self.place(title))

    def press(self, *keys: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        for key in keys:
            self.qtbot.keyClick(self.view, key, modifier)


@pytest.fixture
def reader(qtbot: QtBot, appearance: Appearance) -> Iterator[Reader]:
    QCursor.setPos(0, 0)
    sidebar = Sidebar(appearance, pages=("presets", "models"), today=lambda: TODAY)
    sidebar.setGeometry(300, 0, 264, 786)
    sidebar.set_conversations(conversations())
    sidebar.show()
    qtbot.waitExposed(sidebar)
    sidebar.activateWindow()
    yield Reader(qtbot, appearance, sidebar)
    shiboken6.delete(sidebar)
