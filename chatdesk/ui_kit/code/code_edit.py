"""A code editor with line numbers, syntax highlighting and marked lines. It does not know what the code is for."""

import time
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QFontMetricsF,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QSyntaxHighlighter,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
    QTextOption,
)
from PySide6.QtWidgets import QFrame, QPlainTextEdit, QTextEdit, QWidget

from chatdesk.ui_kit.code.highlighters import Highlighters
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.style.theme import make_palette

if TYPE_CHECKING:
    from chatdesk.rendering.code.line_lexers import LexerState, LineLexer


# Syntax highlighting in an editor, line by line, in the colours of the transcript. Only changed lines are highlighted again.

_MAX_HIGHLIGHTED_LENGTH = 400_000
"""Maximum size of the document; a larger one is not highlighted."""
_MAX_LINE_LENGTH = 500
_SLICE = 0.006
"""Maximum duration of one highlighting step in seconds. A long text is highlighted from the top, in steps."""


class CodeColors(QSyntaxHighlighter):
    """Syntax highlighter of a document. Lexers are loaded on a thread; until then the code is plain.

    Call `reset` before the document gets another text.
    """

    def __init__(self, appearance: Appearance, document: QTextDocument) -> None:
        super().__init__(document)
        self._appearance = appearance
        self._language = ""
        self._lexer: LineLexer | None = None
        self._states: list[LexerState] = [None]
        """States by the number that Qt stores for each block: the lexer state at its end."""
        self._loading = Highlighters(self)
        self._loading.loaded.connect(self._use_lexer)
        self._reached = 0
        """The first line that is not highlighted yet."""
        self._ends = 0.0
        self._again = QTimer(self, singleShot=True, interval=0)
        self._again.timeout.connect(self._highlight_again)
        self._on = QTimer(self, singleShot=True, interval=0)
        self._on.timeout.connect(self._continue)
        appearance.changed.connect(self._again.start)

    def set_language(self, language: str) -> None:
        """Highlight the document as this language."""
        if language != self._language:
            self._language, self._lexer = language, None
            self._use_lexer()

    def reset(self) -> None:
        """Discard all highlighting before the document gets another text."""
        self._reached = 0

    def _highlight_again(self) -> None:
        self.reset()
        self._continue()

    def _continue(self) -> None:
        """Highlight lines for a short time, and schedule the next step."""
        self._ends = time.perf_counter() + _SLICE
        while self._lexer is not None and time.perf_counter() < self._ends:
            before, block = self._reached, self.document().findBlockByNumber(self._reached)
            if not block.isValid():
                return
            self.rehighlightBlock(block)
            if self._reached == before:
                return
        self._on.start()

    def _use_lexer(self) -> None:
        if self._language and self._lexer is None and self._loading.new(self._language) is not None:
            from chatdesk.rendering.code.line_lexers import line_lexer  # noqa: PLC0415 - start-up time: loads pygments

            self._lexer = line_lexer(self._language)
            self._states = [None]
            self._again.start()

    def highlightBlock(self, text: str) -> None:  # noqa: N802 - Qt's name
        if self._lexer is None or self.document().characterCount() > _MAX_HIGHLIGHTED_LENGTH:
            return
        number = self.currentBlock().blockNumber()
        if number > self._reached or (number == self._reached and time.perf_counter() >= self._ends):
            self._on.start()
            return
        self._reached = max(self._reached, number + 1)
        if len(text) > _MAX_LINE_LENGTH:
            return
        from chatdesk.rendering.code.highlight import kind_of  # noqa: PLC0415 - start-up time: loads pygments

        before = self.previousBlockState()
        state = self._states[before] if 0 < before < len(self._states) else self._lexer.begin(text)
        try:
            tokens, state = self._lexer.lex(text + "\n", state)
        except Exception:  # noqa: BLE001 - a third-party lexer on a model's text may fail in any way
            self._lexer = None
            return
        start = 0
        theme = self._appearance.theme
        for token, token_text in tokens:
            text_format = QTextCharFormat()
            text_format.setForeground(theme.color(kind_of(token)))
            self.setFormat(start, len(token_text.encode("utf-16-le")) // 2, text_format)
            start += len(token_text.encode("utf-16-le")) // 2
        self.setCurrentBlockState(self._number(state))

    def _number(self, state: "LexerState") -> int:
        try:
            return self._states.index(state, 1)
        except ValueError:
            self._states.append(state)
            return len(self._states) - 1


class CodeEdit(QPlainTextEdit):
    """The code editor. `run_pressed` is emitted on Ctrl+Enter.

    When text is only appended, the scroll position, selection and highlighting are kept.
    """

    run_pressed = Signal()

    def __init__(self, appearance: Appearance, parent: QWidget) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._marked: dict[int, str] = {}
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.setWordWrapMode(QTextOption.WrapMode.NoWrap)
        self.setTabChangesFocus(True)
        self.colors = CodeColors(appearance, self.document())
        self._gutter = _Gutter(self)
        self.blockCountChanged.connect(self._place_gutter)
        self.updateRequest.connect(self._gutter_moved)
        appearance.bind(self._restyle)

    def show_text(self, text: str) -> None:
        """Show a text. If it starts with the current text, only the rest is appended."""
        shown = self.toPlainText()
        if text == shown:
            return
        if shown and text.startswith(shown):
            at_end = self.verticalScrollBar().value() >= self.verticalScrollBar().maximum() - 1
            end = QTextCursor(self.document())
            end.movePosition(QTextCursor.MoveOperation.End)
            end.insertText(text[len(shown) :])
            if at_end:
                self.verticalScrollBar().setValue(self.verticalScrollBar().maximum())
        else:
            self.colors.reset()
            self.setPlainText(text)
        self.document().clearUndoRedoStacks()
        self.document().setModified(False)

    def mark_lines(self, colors: dict[int, str]) -> None:
        """Set the background of lines: colour tokens by line number, from 0."""
        self._marked = colors
        self._show_marks()

    def go_to_line(self, line: int) -> None:
        """Put the text cursor on a line, counted from 1, and centre it in the view."""
        block = self.document().findBlockByNumber(max(0, line - 1))
        if block.isValid():
            cursor = QTextCursor(block)
            self.setTextCursor(cursor)
            self.centerCursor()
            self._marked = {block.blockNumber(): "selected"}
            self._show_marks()

    def gutter_width(self) -> int:
        """Return the width of the line numbers including margins."""
        digits = max(2, len(str(self.blockCount())))
        theme = self._appearance.theme
        return round(QFontMetricsF(self.font()).horizontalAdvance("0" * digits)) + 2 * theme.length("m")

    def paint_gutter(self, painter: QPainter, clip: QRect) -> None:
        """Paint the line numbers in view."""
        theme = self._appearance.theme
        painter.fillRect(clip, theme.color("sunken"))
        painter.setFont(self.font())
        painter.setPen(theme.color("textTertiary"))
        block = self.firstVisibleBlock()
        width = self._gutter.width() - theme.length("m")
        while block.isValid():
            rect = self.blockBoundingGeometry(block).translated(self.contentOffset()).toRect()
            if rect.top() > clip.bottom():
                break
            number_rect = QRect(0, rect.top(), width, rect.height())
            painter.drawText(
                number_rect, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, str(block.blockNumber() + 1)
            )
            block = block.next()

    def _show_marks(self) -> None:
        marks: list[QTextEdit.ExtraSelection] = []
        for line, token in self._marked.items():
            mark = QTextEdit.ExtraSelection()
            mark.cursor = QTextCursor(self.document().findBlockByNumber(line))
            mark.format.setBackground(self._appearance.theme.color(token))
            mark.format.setProperty(QTextFormat.Property.FullWidthSelection, True)
            marks.append(mark)
        self.setExtraSelections(marks)

    def _restyle(self) -> None:
        theme = self._appearance.theme
        self.setPalette(make_palette(theme, "sunken"))
        self.setFont(theme.font("code"))
        self.document().setDocumentMargin(theme.length("s"))
        self.setTabStopDistance(QFontMetricsF(self.font()).horizontalAdvance(" ") * 4)
        self._show_marks()
        self._place_gutter()

    def _place_gutter(self) -> None:
        width = self.gutter_width()
        self.setViewportMargins(width, 0, 0, 0)
        inside = self.contentsRect()
        self._gutter.setGeometry(inside.left(), inside.top(), width, inside.height())
        self._gutter.update()

    def _gutter_moved(self, rect: QRect, dy: int) -> None:
        if dy:
            self._gutter.scroll(0, dy)
        else:
            self._gutter.update(0, rect.y(), self._gutter.width(), rect.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_gutter()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and event.modifiers() & (
            Qt.KeyboardModifier.ControlModifier
        ):
            self.run_pressed.emit()
        else:
            super().keyPressEvent(event)


class _Gutter(QWidget):
    """The line numbers next to the code. They are not part of the text."""

    def __init__(self, edit: CodeEdit) -> None:
        super().__init__(edit)
        self._edit = edit

    def sizeHint(self) -> QSize:
        return QSize(self._edit.gutter_width(), 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        self._edit.paint_gutter(QPainter(self), event.rect())
