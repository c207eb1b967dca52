"""Where and when a question is edited: one editor at a time, standing in its bubble's place and moving with the page."""

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from chatdesk.domain.message import Role
from chatdesk.ui.theme.appearance import Appearance
from chatdesk.ui.transcript.messages.question_item import QuestionItem
from chatdesk.ui.transcript.page.document import Document
from chatdesk.ui.transcript.page.page_geometry import PageGeometry
from chatdesk.ui.transcript.page.question_editor import QuestionEditor


class QuestionEditing(QObject):
    """`sent` carries the question's id and its new text; `changed` the order of a message whose height is another now."""

    sent = Signal(str, str)
    changed = Signal(int)
    ended = Signal()

    def __init__(self, appearance: Appearance, document: Document, geometry: PageGeometry, viewport: QWidget) -> None:
        super().__init__(viewport)
        self._appearance = appearance
        self._document = document
        self._geometry = geometry
        self._viewport = viewport
        self._editor: QuestionEditor | None = None
        self._message_id = ""
        self._send_key = "enter"

    def set_send_key(self, key: str) -> None:
        """Send with "enter" or "ctrl_enter": a value of the setting `chat.send_key`."""
        self._send_key = key
        if self._editor:
            self._editor.set_send_key(key)

    def begin(self, index: int) -> None:
        """Edit the question at `index`, or the one that was answered there."""
        while index > 0 and self._document.message(index).role is not Role.USER:
            index -= 1
        item = self._document[index]
        if not isinstance(item, QuestionItem):
            return
        self.end()
        self._message_id = item.message.id
        self._editor = QuestionEditor(self._appearance, item.message.text, self._viewport)
        self._editor.set_send_key(self._send_key)
        self._editor.sent.connect(self._send)
        self._editor.cancelled.connect(self.end)
        self._editor.height_changed.connect(self.place)
        self.place()
        self._editor.show()
        self._editor.focus()

    def end(self) -> None:
        """Show the question again."""
        if self._editor is None:
            return
        editor, self._editor = self._editor, None
        editor.hide()
        editor.deleteLater()
        index = self._document.index(self._message_id)
        if index is not None:
            self._give_room(index, None)
        self.ended.emit()

    def place(self) -> None:
        """Put the editor where its question is now. Without its question it ends."""
        if self._editor is None:
            return
        index = self._document.index(self._message_id)
        if index is None:
            self.end()
            return
        left, width = self._geometry.column
        height = (
            self._editor.heightForWidth(width) if self._editor.hasHeightForWidth() else self._editor.sizeHint().height()
        )
        self._give_room(index, height)
        top = self._document.top(index) - self._geometry.in_view[0]
        self._editor.setGeometry(left, top, width, height)

    def _send(self, text: str) -> None:
        message_id = self._message_id
        self.end()
        self.sent.emit(message_id, text)

    def _give_room(self, index: int, height: int | None) -> None:
        item = self._document[index]
        if isinstance(item, QuestionItem) and item.editor_height != height:
            item.editor_height = height
            self.changed.emit(index)
