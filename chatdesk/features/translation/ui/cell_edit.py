"""A text of the desk that is written in: as high as its lines, its terms underlined, a sentence lit. Where it stands: `row_view.py`."""

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
"""Pixels that Qt wants below a line to count it as visible."""
_KEEP_AFTER = 700
"""Milliseconds without a key until what is written is kept."""


class CellEdit(QPlainTextEdit):
    """With `lights_sentences` the sentence with the cursor is lit while it has the keyboard."""

    written = Signal(str, bool)
    """What the user wrote; True once they are done with it, because the keyboard went elsewhere."""
    grown = Signal()
    focus_changed = Signal(bool)
    file_offered = Signal(Path)
    """A file was pasted in the place of words."""
    versions_requested = Signal()
    """Of the sentence with the cursor."""

    def __init__(self, appearance: Appearance, parent: QWidget, *, lights_sentences: bool = False) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._role, self._strong, self._quiet = "reading", False, False
        self._lights_sentences = lights_sentences
        self._terms: Sequence[Occurrence] = ()
        self._shown = ""
        self._half_told = False
        """What was written is told, but not yet that the user is done with it."""
        self._placing = False
        self._lines = MessageLayout(self.document(), appearance)
        self.document().setDocumentMargin(0)
        self.document().setDocumentLayout(self._lines)
        self.setDocument(self.document())
        self._timer = QTimer(self, singleShot=True, interval=_KEEP_AFTER)
        self._timer.timeout.connect(lambda: self._tell(done=False))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.setTabChangesFocus(True)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.viewport().setAutoFillBackground(False)
        self.textChanged.connect(self._changed)
        self.cursorPositionChanged.connect(self._light)
        self.restyle()

    def set_look(self, role: str, *, strong: bool = False, quiet: bool = False) -> None:
        """Take another font; a quiet one is in a weaker colour."""
        if (role, strong, quiet) != (self._role, self._strong, self._quiet):
            self._role, self._strong, self._quiet = role, strong, quiet
            self.restyle()

    def set_text(self, text: str) -> None:
        """Show a text. One that goes on from what is there is only added to; what the user is writing stays."""
        if text == self._shown:
            return
        before, self._shown, self._half_told = self._shown, text, False
        now = self.toPlainText()
        if now == text:
            return
        if self.hasFocus() and now != before:
            return
        self._placing = True
        if text.startswith(now) and now:
            cursor = QTextCursor(self.document())
            cursor.movePosition(QTextCursor.MoveOperation.End)
            cursor.insertText(text[len(now) :])
        else:
            self.setPlainText(text)
        self.document().clearUndoRedoStacks()
        self._placing = False
        self._timer.stop()

    def forget(self) -> None:
        """Stand for another text from now on."""
        self._timer.stop()
        self._shown = "\0"
        self.document().clearUndoRedoStacks()

    def set_terms(self, terms: Sequence[Occurrence]) -> None:
        """Underline these."""
        if terms != self._terms:
            self._terms = terms
            self._light()

    def keep(self) -> None:
        """Tell what was written, as if the keyboard had gone elsewhere."""
        self._tell(done=True)

    def text_height(self) -> int:
        """Return how high the lines are at the width of now."""
        height = 0.0
        block = self.document().firstBlock()
        while block.isValid():
            height += self._lines.blockBoundingRect(block).height()
            block = block.next()
        return max(round(height), self._appearance.theme.line(self._role)) + _SPARE

    def sentence(self) -> Span | None:
        """Return the sentence with the cursor."""
        return sentence_at(self.toPlainText(), self.textCursor().position())

    def restyle(self) -> None:
        """Take the look of now."""
        theme = self._appearance.theme
        font = theme.font(self._role, strong=True if self._strong else None)
        self.setFont(font)
        self.document().setDefaultFont(font)
        palette = self.palette()
        palette.setColor(QPalette.ColorRole.Base, Qt.GlobalColor.transparent)
        palette.setColor(QPalette.ColorRole.Text, theme.color("textTertiary" if self._quiet else "text"))
        palette.setColor(QPalette.ColorRole.PlaceholderText, theme.color("textTertiary"))
        palette.setColor(QPalette.ColorRole.Highlight, theme.color("selection"))
        palette.setColor(QPalette.ColorRole.HighlightedText, theme.color("text"))
        self.setPalette(palette)
        self._lines.set_line(font, theme.line(self._role))
        self.setCursorWidth(theme.length("hair"))
        self._light()

    def _changed(self) -> None:
        if not self._placing:
            self._timer.start()
            self.grown.emit()

    def _tell(self, *, done: bool) -> None:
        self._timer.stop()
        if self.isReadOnly():
            return
        text = self.toPlainText()
        if text != self._shown or (done and self._half_told):
            self._shown, self._half_told = text, not done
            self.written.emit(text, done)

    def _light(self) -> None:
        theme = self._appearance.theme
        selections = []
        if self._lights_sentences and self.hasFocus() and (span := self.sentence()):
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
        start, end = (len(text[:place].encode("utf-16-le")) // 2 for place in (start, end))
        cursor.setPosition(min(start, last))
        cursor.setPosition(min(end, last), QTextCursor.MoveMode.KeepAnchor)
        selection.cursor = cursor
        selection.format = text_format
        return selection

    def _term_at(self, place: QPoint) -> Occurrence | None:
        position = self.cursorForPosition(place).position()
        return next((term for term in self._terms if term.start <= position < term.end), None)

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        """Take words; files that are dropped are the page's."""
        return not source.hasUrls() and super().canInsertFromMimeData(source)

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Take what is pasted; several paragraphs become rows at once."""
        files = [Path(url.toLocalFile()) for url in source.urls() if url.isLocalFile()]
        if files:
            self.file_offered.emit(files[0])
            return
        super().insertFromMimeData(source)
        if _PARAGRAPHS in source.text().replace("\r\n", "\n"):
            self._tell(done=True)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Ask for other versions of a sentence that is clicked with Ctrl."""
        super().mouseReleaseEvent(event)
        if self._lights_sentences and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.versions_requested.emit()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        menu = self.createStandardContextMenu()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if self._lights_sentences and self.toPlainText().strip():
            if event.reason() is QContextMenuEvent.Reason.Mouse and not self.textCursor().hasSelection():
                self.setTextCursor(self.cursorForPosition(event.pos()))
            menu.addSeparator()
            menu.addAction(self.tr("Alternative translations"), self.versions_requested.emit)
        menu.popup(event.globalPos())

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            found = self._term_at(event.pos())
            words = (
                f"{found.term.source} → {found.term.target}" + (f"\n{found.term.note}" if found.term.note else "")
                if found
                else ""
            )
            show_tooltip(event, words, self.viewport())
            return True
        return super().viewportEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave undo to the page where there is nothing to undo here."""
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
        self._light()
        self.focus_changed.emit(True)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._light()
        self.focus_changed.emit(False)
        if event.reason() not in {Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason}:
            self._tell(done=True)
