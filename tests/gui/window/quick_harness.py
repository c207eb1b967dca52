"""The window for quick questions and the person in front of it."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from chatdesk.features.chat.ui.composer.message_edit import MessageEdit
from chatdesk.features.chat.ui.transcript.blocks.block_text import text_of
from chatdesk.features.chat.ui.transcript.messages.message_item import TEXT
from chatdesk.features.chat.ui.transcript.transcript_view import TranscriptView
from chatdesk.features.quick.ui.quick_window import QuickWindow
from chatdesk.ui_kit.widgets.label import Label
from chatdesk.ui_kit.widgets.toast_host import Toast
from tests.gui.window.harness import Harness


class Quick:
    """The small window and the person in front of it."""

    def __init__(self, harness: Harness) -> None:
        self.harness = harness
        self.window = self._window()

    @staticmethod
    def _window() -> QuickWindow:
        return next(each for each in QApplication.topLevelWidgets() if isinstance(each, QuickWindow))

    def part(self, name: str) -> QWidget:
        found = self.window.findChild(QWidget, name)
        assert found is not None, name
        return found

    @property
    def edit(self) -> MessageEdit:
        return self.part("message")

    def type(self, text: str) -> None:
        QTest.keyClicks(self.edit, text)

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        QTest.keyClick(self.edit, key, modifier)

    def click(self, name: str) -> None:
        QTest.mouseClick(self.part(name), Qt.MouseButton.LeftButton)

    def ask(self, text: str) -> None:
        self.type(text)
        self.press(Qt.Key.Key_Return)

    async def ask_and_wait(self, text: str) -> None:
        self.ask(text)
        await self.harness.until(lambda: len(self.messages()) >= 2 and not self.streaming())

    @property
    def transcript(self) -> TranscriptView | None:
        return self.window.findChild(TranscriptView)

    def messages(self) -> list[str]:
        document = self.transcript.document if self.transcript else []
        columns = [document[index].column(TEXT) for index in range(len(document))]
        return ["\n".join(text_of(block) for block in column.blocks) if column else "" for column in columns]

    async def keyboard_in(self, widget: QWidget) -> None:
        """Wait until it has the keyboard of its window: without a screen Qt takes the window's away now and then."""
        await self.harness.until(lambda: widget.isVisible() and widget.window().focusWidget() is widget)

    def streaming(self) -> bool:
        return self.part("stopButton").isVisible()

    def words(self, name: str) -> str:
        found = self.window.findChild(Label, name)
        assert found is not None
        return found.text()

    def toast(self) -> list[str]:
        return [label.text() for toast in self.window.findChildren(Toast) for label in toast.findChildren(Label)]
