"""An editor for code: numbered lines, our colours, and lines that are marked. What the code is for is not known here."""

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QFontMetricsF,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QTextCursor,
    QTextFormat,
    QTextOption,
)
from PySide6.QtWidgets import QFrame, QPlainTextEdit, QTextEdit, QWidget

from chatdesk.ui_kit.code.code_colors import CodeColors
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.style.palette import make_palette


class CodeEdit(QPlainTextEdit):
    """`run_pressed`: Ctrl+Enter. Text that only grows at its end keeps place, selection and colours."""

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
        appearance.changed.connect(self._restyle)
        self._restyle()

    def show_text(self, text: str) -> None:
        """Show this text. What is a longer version of what is shown is only added to."""
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
            self.colors.begin_again()
            self.setPlainText(text)
        self.document().clearUndoRedoStacks()
        self.document().setModified(False)

    def mark_lines(self, colors: dict[int, str]) -> None:
        """Lay a colour token behind lines, by their number from 0."""
        self._marked = colors
        self._show_marks()

    def go_to_line(self, line: int) -> None:
        """Put the text cursor on a line, from 1, in the middle of the view."""
        block = self.document().findBlockByNumber(max(0, line - 1))
        if block.isValid():
            cursor = QTextCursor(block)
            self.setTextCursor(cursor)
            self.centerCursor()
            self._marked = {block.blockNumber(): "selected"}
            self._show_marks()

    def gutter_width(self) -> int:
        """Return how wide the numbers are with the room around them."""
        digits = max(2, len(str(self.blockCount())))
        theme = self._appearance.theme
        return round(QFontMetricsF(self.font()).horizontalAdvance("0" * digits)) + 2 * theme.length("m")

    def paint_gutter(self, painter: QPainter, clip: QRect) -> None:
        """Paint the numbers of the lines in view."""
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
            place = QRect(0, rect.top(), width, rect.height())
            painter.drawText(
                place, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, str(block.blockNumber() + 1)
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
        """Keep the numbers as high as the code."""
        super().resizeEvent(event)
        self._place_gutter()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Run on Ctrl+Enter."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and event.modifiers() & (
            Qt.KeyboardModifier.ControlModifier
        ):
            self.run_pressed.emit()
        else:
            super().keyPressEvent(event)


class _Gutter(QWidget):
    """The numbers beside the code. They are no text of it."""

    def __init__(self, edit: CodeEdit) -> None:
        super().__init__(edit)
        self._edit = edit

    def sizeHint(self) -> QSize:
        """Return the width of the numbers."""
        return QSize(self._edit.gutter_width(), 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Let the editor paint them: it knows where its lines are."""
        self._edit.paint_gutter(QPainter(self), event.rect())
