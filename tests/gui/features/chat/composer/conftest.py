"""A composer at the foot of a window, with the keyboard in it."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from chatdesk.features.chat.ui.composer.composer import Composer
from chatdesk.features.chat.ui.composer.message_edit import MessageEdit
from chatdesk.ui_kit.style.appearance import Appearance


@dataclass
class Writer:
    """A person in front of a composer: types, presses, pastes, clicks."""

    qtbot: QtBot
    window: QWidget
    composer: Composer

    @property
    def edit(self) -> MessageEdit:
        return self.composer.findChild(MessageEdit, "message")

    def type(self, text: str) -> None:
        self.qtbot.keyClicks(self.edit, text)

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        self.qtbot.keyClick(self.edit, key, modifier)

    def paste(self, text: str) -> None:
        QApplication.clipboard().setText(text)
        self.press(Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)

    def button(self, name: str) -> QAbstractButton:
        return self.composer.findChild(QAbstractButton, name)

    def click(self, name: str) -> None:
        self.qtbot.mouseClick(self.button(name), Qt.MouseButton.LeftButton)


@pytest.fixture
def writer(qtbot: QtBot, appearance: Appearance) -> Iterator[Writer]:
    window = QWidget()
    window.resize(800, 820)
    layout = QVBoxLayout(window)
    layout.addStretch(1)
    composer = Composer(appearance, window)
    layout.addWidget(composer)
    window.show()
    qtbot.waitExposed(window)
    window.activateWindow()
    composer.focus()
    yield Writer(qtbot, window, composer)
    shiboken6.delete(window)
