"""Keeps a text that is written in a field of several lines from growing too long: what does not fit is not taken, all before it stays."""

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QTextCursor, QTextDocument
from PySide6.QtWidgets import QPlainTextEdit

_LOW_SURROGATES = range(0xDC00, 0xE000)


class TextLimit(QObject):
    """Of `edit`, which holds at most `longest` characters, as Qt counts them: never more than Python does."""

    reached = Signal(bool)
    """Something did not fit (True), or something changed since, and all of it did (False)."""

    def __init__(self, edit: QPlainTextEdit, longest: int) -> None:
        super().__init__(edit)
        self._edit = edit
        self._longest = longest
        self._begin = self._end = 0
        """Where the latest insertion stands: nothing else is ever taken out."""
        self._cutting = False
        self._undoing = QTimer(self, singleShot=True, interval=0)
        """A document is not undone while it is being undone."""
        self._undoing.timeout.connect(edit.undo)
        edit.document().contentsChange.connect(self._note)
        edit.textChanged.connect(self._cut)

    def _note(self, place: int, _removed: int, added: int) -> None:
        if not self._cutting:
            self._begin, self._end = place, place + added

    def _cut(self) -> None:
        if self._cutting:
            return
        document = self._edit.document()
        too_many = document.characterCount() - 1 - self._longest
        if too_many > 0:
            if document.isRedoAvailable():  # it comes of undoing what was cut: what was put in goes, too
                self._undoing.start()
            else:
                self._cutting = True
                self._take_out(document, too_many)
                self._cutting = False
        self.reached.emit(too_many > 0)

    def _take_out(self, document: QTextDocument, too_many: int) -> None:
        """Take the end of what was put in last out again."""
        end = min(self._end, document.characterCount() - 1)
        begin = max(end - too_many, self._begin)
        if begin > self._begin and ord(document.characterAt(begin)) in _LOW_SURROGATES:
            begin -= 1  # no half of a character stays
        cursor = QTextCursor(document)
        cursor.setPosition(begin)
        cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
        cursor.removeSelectedText()
