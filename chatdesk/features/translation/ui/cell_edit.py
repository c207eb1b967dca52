"""Editable text of a row: fits its height to the content, underlines terms and highlights the current sentence."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QEvent, QMimeData, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPalette,
    QTextCharFormat,
    QTextCursor,
    QTextOption,
    QWheelEvent,
)
from PySide6.QtWidgets import QFrame, QPlainTextEdit, QTextEdit, QWidget

from chatdesk.features.translation.domain.glossary import Occurrence
from chatdesk.features.translation.domain.sentences import Span, sentence_at
from chatdesk.ui_kit.forms.text_layouts import MessageLayout
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.text.plain_tooltip import show_tooltip

_PARAGRAPHS = "\n\n"
_SPARE = 1
"""Pixels that Qt needs below a line to count it as visible."""
_REPORT_DELAY = 400
"""Milliseconds from a key press until an edit is reported, however long the typing goes on."""


class CellEdit(QPlainTextEdit):
    """Text field of a row. With `highlights_sentence`, the sentence at the cursor is highlighted while the field is focused."""

    written = Signal(str, bool)
    """The edited text; True if the edit is complete because the focus has moved elsewhere."""
    grown = Signal()
    focus_changed = Signal(bool)
    file_offered = Signal(Path)
    """A file was pasted instead of text."""
    versions_requested = Signal()
    """Other versions of the sentence at the cursor are requested."""

    def __init__(self, appearance: Appearance, parent: QWidget, *, highlights_sentence: bool = False) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._role, self._strong, self._muted = "reading", False, False
        self._highlights_sentence = highlights_sentence
        self._terms: Sequence[Occurrence] = ()
        self._shown = ""
        self._is_incomplete = False
        """Whether the last edit was reported, but not its completion."""
        self._is_setting_text = False
        self._lines = MessageLayout(self.document(), appearance)
        self.document().setDocumentMargin(0)
        self.document().setDocumentLayout(self._lines)
        self.setDocument(self.document())
        self._timer = QTimer(self, singleShot=True, interval=_REPORT_DELAY)
        self._timer.timeout.connect(lambda: self._report_edit(done=False))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.setTabChangesFocus(True)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.viewport().setAutoFillBackground(False)
        self.textChanged.connect(self._changed)
        self.cursorPositionChanged.connect(self._update_highlights)
        self.restyle()

    def set_style(self, role: str, *, strong: bool = False, muted: bool = False) -> None:
        """Set the font role; `muted` uses a weaker colour."""
        if (role, strong, muted) != (self._role, self._strong, self._muted):
            self._role, self._strong, self._muted = role, strong, muted
            self.restyle()

    def set_text(self, text: str) -> None:
        """Set the text. If it extends the current one, it is appended; unreported edits are not overwritten."""
        if text == self._shown:
            return
        before, self._shown, self._is_incomplete = self._shown, text, False
        now = self.toPlainText()
        if now == text:
            return
        if self.hasFocus() and now != before:
            return
        self._is_setting_text = True
        if text.startswith(now) and now:
            cursor = QTextCursor(self.document())
            cursor.movePosition(QTextCursor.MoveOperation.End)
            cursor.insertText(text[len(now) :])
        else:
            self.setPlainText(text)
        self.document().clearUndoRedoStacks()
        self._is_setting_text = False
        self._timer.stop()

    def forget(self) -> None:
        """Prepare for the text of another row."""
        self._timer.stop()
        self._shown = "\0"
        self.document().clearUndoRedoStacks()

    def set_terms(self, terms: Sequence[Occurrence]) -> None:
        """Set the terms to underline."""
        if terms != self._terms:
            self._terms = terms
            self._update_highlights()

    def commit(self) -> None:
        """Report an edit as complete, as if the field had lost the focus."""
        self._report_edit(done=True)

    def text_height(self) -> int:
        """Return the height of the lines at the current width."""
        height = 0.0
        block = self.document().firstBlock()
        while block.isValid():
            height += self._lines.blockBoundingRect(block).height()
            block = block.next()
        return max(round(height), self._appearance.theme.line(self._role)) + _SPARE

    def sentence(self) -> Span | None:
        """Return the sentence at the cursor; None for an empty text."""
        return sentence_at(self.toPlainText(), self.textCursor().position())

    def restyle(self) -> None:
        """Apply the current theme."""
        theme = self._appearance.theme
        font = theme.font(self._role, strong=True if self._strong else None)
        self.setFont(font)
        self.document().setDefaultFont(font)
        palette = self.palette()
        palette.setColor(QPalette.ColorRole.Base, Qt.GlobalColor.transparent)
        palette.setColor(QPalette.ColorRole.Text, theme.color("textTertiary" if self._muted else "text"))
        palette.setColor(QPalette.ColorRole.PlaceholderText, theme.color("textTertiary"))
        palette.setColor(QPalette.ColorRole.Highlight, theme.color("selection"))
        palette.setColor(QPalette.ColorRole.HighlightedText, theme.color("text"))
        self.setPalette(palette)
        self._lines.set_line(font, theme.line(self._role))
        self.setCursorWidth(theme.length("hair"))
        self._update_highlights()

    def _changed(self) -> None:
        if not self._is_setting_text:
            if not self._timer.isActive():
                self._timer.start()
            self.grown.emit()

    def _report_edit(self, *, done: bool) -> None:
        self._timer.stop()
        if self.isReadOnly():
            return
        text = self.toPlainText()
        if text != self._shown or (done and self._is_incomplete):
            self._shown, self._is_incomplete = text, not done
            self.written.emit(text, done)

    def _update_highlights(self) -> None:
        theme = self._appearance.theme
        selections = []
        if self._highlights_sentence and self.hasFocus() and (span := self.sentence()):
            ground = QTextCharFormat()
            ground.setBackground(theme.color("accentSoft"))
            selections.append(self._selection(span.start, span.end, ground))
        mark = QTextCharFormat()
        mark.setUnderlineStyle(QTextCharFormat.UnderlineStyle.DotLine)
        mark.setUnderlineColor(theme.color("accent"))
        selections += (self._selection(term.start, term.end, mark) for term in self._terms)
        self.setExtraSelections(selections)

    def _selection(self, start: int, end: int, text_format: QTextCharFormat) -> QTextEdit.ExtraSelection:
        selection = QTextEdit.ExtraSelection()
        cursor = QTextCursor(self.document())
        last = self.document().characterCount() - 1
        text = self.toPlainText()
        # Qt counts in UTF-16.
        start, end = (len(text[:position].encode("utf-16-le")) // 2 for position in (start, end))
        cursor.setPosition(min(start, last))
        cursor.setPosition(min(end, last), QTextCursor.MoveMode.KeepAnchor)
        selection.cursor = cursor
        selection.format = text_format
        return selection

    def _term_at(self, location: QPoint) -> Occurrence | None:
        position = self.cursorForPosition(location).position()
        return next((term for term in self._terms if term.start <= position < term.end), None)

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        """Accept text only; dropped files are handled by the page."""
        return not source.hasUrls() and super().canInsertFromMimeData(source)

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Insert the pasted text, and report several paragraphs at once so that they become rows."""
        files = [Path(url.toLocalFile()) for url in source.urls() if url.isLocalFile()]
        if files:
            self.file_offered.emit(files[0])
            return
        super().insertFromMimeData(source)
        if _PARAGRAPHS in source.text().replace("\r\n", "\n"):
            self._report_edit(done=True)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Request other versions of a sentence that is clicked with Ctrl."""
        super().mouseReleaseEvent(event)
        if self._highlights_sentence and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.versions_requested.emit()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        menu = self.createStandardContextMenu()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if self._highlights_sentence and self.toPlainText().strip():
            if event.reason() is QContextMenuEvent.Reason.Mouse and not self.textCursor().hasSelection():
                self.setTextCursor(self.cursorForPosition(event.pos()))
            menu.addSeparator()
            menu.addAction(self.tr("Alternative translations"), self.versions_requested.emit)
        menu.popup(event.globalPos())

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            found = self._term_at(event.pos())
            text = (
                f"{found.term.source} → {found.term.target}" + (f"\n{found.term.note}" if found.term.note else "")
                if found
                else ""
            )
            show_tooltip(event.globalPos(), text, self.viewport())
            return True
        return super().viewportEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave undo and redo to the page if the field has nothing to undo or redo."""
        undo, redo = event.matches(QKeySequence.StandardKey.Undo), event.matches(QKeySequence.StandardKey.Redo)
        document = self.document()
        if (
            (undo and not document.isUndoAvailable())
            or (redo and not document.isRedoAvailable())
            or (
                event.key() in {Qt.Key.Key_Escape, Qt.Key.Key_Return}
                and event.modifiers() & Qt.KeyboardModifier.ControlModifier
            )
        ):
            event.ignore()
        else:
            super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._update_highlights()
        self.focus_changed.emit(True)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._update_highlights()
        self.focus_changed.emit(False)
        if event.reason() not in {Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason}:
            self._report_edit(done=True)
