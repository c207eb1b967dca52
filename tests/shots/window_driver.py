"""What a scene acts on: the window, and the hands of a person."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QContextMenuEvent, QHelpEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolTip, QWidget

from chatdesk.app.program import Program
from chatdesk.app.shell.main_window import MainWindow
from tests.own_time import TIMEOUT


@dataclass
class WindowDriver:
    """The program with its window open, in a language."""

    window: MainWindow
    program: Program
    language: str

    async def settle(self, seconds: float = 0.35) -> None:
        """Let everything that was set off come to rest."""
        await asyncio.sleep(seconds)

    async def until[Result](self, condition: Callable[[], Result]) -> Result:
        """Wait for something that a busy machine does late, and return what the condition returned."""
        async with asyncio.timeout(TIMEOUT):
            while not (result := condition()):
                await asyncio.sleep(0.02)
        return result

    def part(self, name: str) -> QWidget:
        """Return a part of the window by its object name."""
        widget = self.window.findChild(QWidget, name)
        assert widget is not None, name
        return widget

    def type(self, text: str) -> None:
        """Write into the message."""
        self.part("message").insertPlainText(text)  # QTest's keys know ASCII only

    def press(self, key: Qt.Key, times: int = 1) -> None:
        """Press a key where the keyboard is."""
        for _ in range(times):
            QTest.keyClick(QApplication.focusWidget() or self.window, key)

    def right_click(self, widget: QWidget, place: QPoint) -> None:
        """Ask for the menu of what is at `place`."""
        reason = QContextMenuEvent.Reason.Mouse
        QApplication.sendEvent(widget, QContextMenuEvent(reason, place, widget.mapToGlobal(place)))

    def rest_on(self, widget: QWidget, place: QPoint) -> None:
        """Let the pointer rest until the tooltip shows."""
        QApplication.sendEvent(widget, QHelpEvent(QEvent.Type.ToolTip, place, widget.mapToGlobal(place)))

    def close_floating(self) -> None:
        """Take away what lies over the window."""
        QToolTip.hideText()
        for each in QApplication.topLevelWidgets():
            if each is not self.window and each.isVisible():
                each.close()
