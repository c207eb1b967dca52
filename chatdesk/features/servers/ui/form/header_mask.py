"""Hides the values of headers while they are typed: only the line one is at can be read, and all of them on demand.

What is hidden stays here until the field is shown anew, and nowhere else: not in the document, nor in its undo history.
"""

from collections.abc import Iterator

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtGui import QTextBlock, QTextCursor
from PySide6.QtWidgets import QPlainTextEdit

from chatdesk.features.servers.ui.form.header_lines import KEPT, name_and_value


class HeaderMask(QObject):
    """Follows where the keyboard is in `edit`. A name that stands twice is left as it is: its lines could not be told apart."""

    changed = Signal()
    """Whether there is anything to show may be otherwise now."""

    def __init__(self, edit: QPlainTextEdit) -> None:
        super().__init__(edit)
        self._edit = edit
        self._values: dict[str, str] = {}
        """What was typed and is hidden, by name in small letters."""
        self._shown = False
        self._at = -1
        edit.installEventFilter(self)
        edit.cursorPositionChanged.connect(self._follow)

    @property
    def has_values(self) -> bool:
        """Whether a value was typed that is not saved, hidden or not."""
        return any(self._typed(block) for block in self._blocks())

    @property
    def shown(self) -> bool:
        """Whether all of them can be read."""
        return self._shown

    def set_shown(self, *, shown: bool) -> None:
        """Let all of them be read, or only the line one is at."""
        self._shown = shown
        self._apply()

    def text(self) -> str:
        """Return what stands in the field with what is hidden in it."""
        return "\n".join(self._whole(block.text()) for block in self._blocks())

    def forget(self) -> None:
        """Forget what was typed: it is saved, or given up."""
        self._values.clear()
        self._shown = False
        self._edit.document().clearUndoRedoStacks()
        self.changed.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Hide the line one was at when the keyboard goes elsewhere."""
        if event.type() in {QEvent.Type.FocusIn, QEvent.Type.FocusOut}:
            self._at = -1
            self._apply()
        return super().eventFilter(watched, event)

    def _follow(self) -> None:
        line = self._edit.textCursor().blockNumber()
        if line != self._at and self._edit.hasFocus():
            self._at = line
            self._apply()

    def _apply(self) -> None:
        names = [name.lower() for block in self._blocks() if (name := name_and_value(block.text())[0])]
        here = self._edit.textCursor().blockNumber() if self._edit.hasFocus() else -1
        was_blocked = self._edit.blockSignals(True)  # what is typed is the same
        for block in self._blocks():
            name, value = name_and_value(block.text())
            if not name or names.count(name.lower()) > 1:
                continue
            hidden = value.startswith("•")
            if self._shown or block.blockNumber() == here:
                if hidden and name.lower() in self._values:
                    self._write(block, self._values.pop(name.lower()))
            elif value and not hidden:
                self._values[name.lower()] = value
                self._write(block, KEPT)
        self._edit.blockSignals(was_blocked)
        self.changed.emit()

    def _write(self, block: QTextBlock, value: str) -> None:
        """Put a value in the place of the one in a line. The cursor stays in its line, and nothing can be undone."""
        cursor = QTextCursor(block)
        start = block.text().index(":") + 1
        cursor.setPosition(block.position() + start)
        cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock, QTextCursor.MoveMode.KeepAnchor)
        cursor.insertText(f" {value}")
        self._edit.document().clearUndoRedoStacks()

    def _whole(self, line: str) -> str:
        name, value = name_and_value(line)
        hidden = self._values.get(name.lower()) if value.startswith("•") else None
        return line if hidden is None else f"{name}: {hidden}"

    def _typed(self, block: QTextBlock) -> bool:
        name, value = name_and_value(self._whole(block.text()))
        return bool(name and value) and not value.startswith("•")

    def _blocks(self) -> Iterator[QTextBlock]:
        block = self._edit.document().firstBlock()
        while block.isValid():
            yield block
            block = block.next()
