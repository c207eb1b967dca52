"""A plain text editor for any pasted text: very long lines are folded (`folded_lines.py`), but read, set and copied in full.

`message_edit.py` extends it for messages.
"""

from PySide6.QtCore import QEvent, QMimeData, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QContextMenuEvent, QHelpEvent, QMouseEvent, QTextCursor
from PySide6.QtWidgets import QPlainTextEdit, QToolTip, QWidget

from chatdesk.ui_kit.forms.folded_lines import insert_folded, is_folded, length, unfold, whole_text, with_line_feeds
from chatdesk.ui_kit.translations import Translated

_SURELY_SAYS_SOMETHING = 1_000
"""A text with more characters is assumed not to be blank."""

_SLICE = 40_000
"""In characters."""


class FoldingEdit(Translated, QPlainTextEdit):
    """A plain text editor with folded lines. A double-click or the context menu shows a folded line in full.

    A long text that is pasted, or shown from its top, is inserted in slices, one per event loop iteration, and the field is read-only until
    it is complete: Qt takes 20 ms for 10,000 lines.
    """

    pasted = Signal(QTextCursor)
    """A pasted text is complete: carries a cursor that selects it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text: str | None = None
        """What `text` returned last; None since the document has changed. Collecting 10 MB from a document takes several frames."""
        self._inserted = ""
        """The text that is being inserted in slices; empty when all of it is in the document."""
        self._next = 0
        """Where its next slice begins."""
        self._insertion = QTextCursor()
        """Where the slice is inserted."""
        self._pasted_from: int | None = None
        """Where the text that is being pasted begins; None while nothing is pasted."""
        self._continue = QTimer(self, interval=0)
        self._continue.timeout.connect(self._insert_slice)
        self.document().contentsChange.connect(self._forget_text)

    @property
    def has_text(self) -> bool:
        """Whether the text is not blank. A long text is assumed not to be."""
        document = self.document()
        return document.characterCount() > _SURELY_SAYS_SOMETHING or bool(document.toRawText().strip())

    @property
    def length(self) -> int:
        """Approximate number of characters; faster than creating `text`."""
        return len(self._text) if self._text is not None else length(self.document()) + len(self._inserted) - self._next

    def text(self) -> str:
        """Return the unfolded text with line feeds. Unlike `toPlainText`, it preserves no-break spaces."""
        if self._text is None:
            position = self._insertion.position() if self._inserted else None
            after = "" if position is None else self._inserted[self._next :] + whole_text(self.document(), position)
            self._text = whole_text(self.document(), 0, position) + after
        return self._text

    def _forget_text(self) -> None:
        self._text = None

    def set_text(self, text: str, *, at_end: bool = True) -> None:
        """Replace the text, and put the cursor at one end unless the text is the same. The undo history is lost in any case."""
        if text == self.text():
            self.forget_history()
            return
        self.setUndoRedoEnabled(False)
        self.clear()
        self._continue.stop()
        self._pasted_from = None
        self._insertion = QTextCursor(self.document())
        self._inserted, self._next = with_line_feeds(text), 0
        self._forget_text()
        self._insert_slice(None if at_end else _SLICE)
        self.moveCursor(QTextCursor.MoveOperation.End if at_end else QTextCursor.MoveOperation.Start)

    def forget_history(self) -> None:
        """Forget what could be undone: the text belongs to something else now."""
        self.document().clearUndoRedoStacks()

    def replace_text(self, text: str) -> None:
        """Replace the text. This can be undone."""
        cursor = self.textCursor()
        cursor.select(QTextCursor.SelectionType.Document)
        insert_folded(cursor, text)
        self.moveCursor(QTextCursor.MoveOperation.End)

    def _insert_slice(self, size: int | None = _SLICE) -> None:
        """Insert about `size` more characters of a text, up to the end of a line; all for None."""
        is_long = size is not None and len(self._inserted) - self._next > size
        end = self._inserted.find("\n", self._next + (size or 0)) + 1 if is_long else 0
        part, self._next = self._inserted[self._next : end or None], end
        if not end:
            self._inserted = ""
        is_later_slice = self._continue.isActive()
        text = self._text
        if is_later_slice:
            self._insertion.joinPreviousEditBlock()
        insert_folded(self._insertion, part)
        if is_later_slice:
            self._insertion.endEditBlock()
            self._text = text  # inserting more of it does not change the whole
        self.setReadOnly(bool(end))
        if end:
            self._continue.start()
            return
        self._continue.stop()
        self.setUndoRedoEnabled(True)
        if self._pasted_from is not None:
            self._insertion.setPosition(self._pasted_from, QTextCursor.MoveMode.KeepAnchor)
            self._pasted_from = None
            self.ensureCursorVisible()
            self.pasted.emit(self._insertion)

    def _folded_at(self, point: QPoint) -> int | None:
        """Return the position of the folded line at a point of the view."""
        nearest = self.cursorForPosition(point)
        for position in (nearest.position() - 1, nearest.position()):
            if position >= 0 and is_folded(self.document(), position):
                nearest.setPosition(position)
                left = self.cursorRect(nearest)
                nearest.setPosition(position + 1)
                if left.united(self.cursorRect(nearest)).contains(point):
                    return position
        return None

    def _folded_beside_cursor(self) -> int | None:
        here = self.textCursor().position()
        beside = (position for position in (here - 1, here) if position >= 0)
        return next((position for position in beside if is_folded(self.document(), position)), None)

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        return source.hasText()

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Insert the text without formatting, with long lines folded."""
        self._insertion = self.textCursor()
        self._pasted_from = self._insertion.selectionStart()
        self._inserted, self._next = with_line_feeds(source.text()), 0
        self._insert_slice()

    def createMimeDataFromSelection(self) -> QMimeData:
        cursor = self.textCursor()
        data = QMimeData()
        data.setText(whole_text(self.document(), cursor.selectionStart(), cursor.selectionEnd()))
        return data

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Unfold a folded line; otherwise select a word."""
        position = self._folded_at(event.position().toPoint())
        if position is None:
            super().mouseDoubleClickEvent(event)
        else:
            unfold(self.document(), position)

    def viewportEvent(self, event: QEvent) -> bool:
        """Show a hint in the tooltip of a folded line."""
        if event.type() is not QEvent.Type.ToolTip or not isinstance(event, QHelpEvent):
            return super().viewportEvent(event)
        folded = self._folded_at(event.pos()) is not None
        text = self.tr("Double-click to show the full text") if folded else ""
        QToolTip.showText(event.globalPos(), text, self.viewport())
        return True

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Show Qt's context menu, with an additional entry for a folded line."""
        menu = self.createStandardContextMenu(event.pos())
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        keyboard = event.reason() is QContextMenuEvent.Reason.Keyboard
        position = self._folded_beside_cursor() if keyboard else self._folded_at(event.pos())
        if position is not None:
            first = menu.actions()[0]
            action = QAction(self.tr("Show full pasted text"), menu)
            action.triggered.connect(lambda: unfold(self.document(), position))
            menu.insertAction(first, action)
            menu.insertSeparator(first)
        menu.popup(event.globalPos())

    def _retranslate(self) -> None:
        self.document().markContentsDirty(0, self.document().characterCount())
