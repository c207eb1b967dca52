"""Prompt editor: plain text with variables painted as chips, and name completion after two braces.

`prompt_field.py` is its frame.
"""

import re
from collections.abc import Iterator, Sequence

from PySide6.QtCore import QEvent, QMimeData, QRect, QRectF, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QFont,
    QInputMethodEvent,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QPalette,
    QResizeEvent,
    QSyntaxHighlighter,
    QTextBlock,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
)
from PySide6.QtWidgets import QFrame, QPlainTextEdit, QToolTip, QWidget

from chatdesk.features.presets.domain.headings import fence_after, heading_in
from chatdesk.features.presets.ui.editor.prompt.completion_list import CompletionList
from chatdesk.features.presets.ui.editor.variables.variable_names import matching, offered_names
from chatdesk.kernel.presets.template import escapes_in, placeholders_in
from chatdesk.kernel.presets.variable import Variable
from chatdesk.ui_kit.forms.text_layouts import EvenLayout
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.style.painting import draw_box
from chatdesk.ui_kit.text.utf16 import cut, units

_MAX_LINE_LENGTH = 20_000
"""Maximum characters of a highlighted line; longer lines stay plain."""


class PromptColors(QSyntaxHighlighter):
    """Syntax highlighter: variables in the accent color, headings in bold, escaped braces dimmed. `PromptEdit` paints the chips.

    The state of a block is the fence that is open at its end, so that a comment in code is not mistaken for a heading.
    """

    def __init__(self, appearance: Appearance, document: QTextDocument) -> None:
        super().__init__(document)
        self._appearance = appearance
        self._variable, self._heading, self._dim = QTextCharFormat(), QTextCharFormat(), QTextCharFormat()
        self._heading.setFontWeight(QFont.Weight.DemiBold)
        appearance.bind(self.restyle)

    def restyle(self) -> None:
        """Apply the colors of the theme."""
        theme = self._appearance.theme
        self._variable.setForeground(theme.color("accentText"))
        self._dim.setForeground(theme.color("textTertiary"))
        self.rehighlight()

    def highlightBlock(self, text: str) -> None:  # noqa: N802 - Qt's name
        before = _fence(self.previousBlockState())
        after = fence_after(text, before)
        self.setCurrentBlockState(_state(after))
        if len(text) > _MAX_LINE_LENGTH:
            return
        heading = None if before or after else heading_in(text)
        if heading and not heading.tight:
            self.setFormat(0, units(text), self._heading)
        for start, end in escapes_in(text):
            self._format_range(text, start, end, self._dim, strong=bool(heading))
        for placeholder in placeholders_in(text):
            self._format_range(text, placeholder.start, placeholder.end, self._variable, strong=bool(heading))

    def _format_range(self, text: str, start: int, end: int, text_format: QTextCharFormat, *, strong: bool) -> None:
        merged = QTextCharFormat(text_format)
        if strong:
            merged.setFontWeight(QFont.Weight.DemiBold)
        first = units(text[:start])
        self.setFormat(first, units(text[start:end]), merged)


def _state(fence: str) -> int:
    return 0 if not fence else 2 * len(fence) + (fence[0] == "~")


def _fence(state: int) -> str:
    return "" if state <= 0 else ("~" if state % 2 else "`") * (state // 2)


_ROLE = "reasoning"  # theme role with a size between those of body text and controls
_PARTIAL_NAME = re.compile(r"(?<!\{)\{\{[ \t]*([^\W\d][\w-]*)?$")
_NAME_REST = re.compile(r"[\w-]*[ \t]*\}\}|[\w-]*")
_STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
_ACCEPT_KEYS = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab})
_EXTRA_HEIGHT = 1
"""Pixels that Qt needs below a line to treat it as visible."""
MAX_TEXT_LENGTH = 100_000
"""Maximum characters of an editable text: megabytes would block the window for seconds."""


class PromptEdit(QPlainTextEdit):
    """`changed` carries the text after an edit by the user. With `grows`, it is as high as its text and never scrolls."""

    changed = Signal(str)
    focus_changed = Signal()
    cursor_moved = Signal()

    def __init__(self, appearance: Appearance, parent: QWidget | None = None, *, grows: bool = False) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._grows = grows
        self._text = ""
        """The text as set or edited; setting a text normalizes its line endings."""
        self._last_text = ""
        self._hint = ""
        self._composing = False
        self._is_setting = False
        """Whether the text is being changed by `set_text`."""
        self._variables: tuple[Variable, ...] = ()
        self._lines = EvenLayout(self.document())
        self.document().setDocumentLayout(self._lines)
        self.setDocument(self.document())
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setTabChangesFocus(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.viewport().setAutoFillBackground(False)
        if grows:
            self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._colors = PromptColors(appearance, self.document())
        self._completion = CompletionList(appearance, self)
        self._completion.chosen.connect(self._complete)
        self.destroyed.connect(self._completion.deleteLater)  # its parent is the window once it was open
        self.document().contentsChanged.connect(self._on_contents_changed)
        self.cursorPositionChanged.connect(self._follow_cursor)
        self.verticalScrollBar().valueChanged.connect(self._completion.hide)
        appearance.bind(self._restyle)

    def text(self) -> str:
        """Return the text with LF line endings. Unlike `toPlainText`, it keeps no-break spaces."""
        return self.document().toRawText().replace("\u2029", "\n").replace("\ufdd0", "\n").replace("\ufdd1", "\n")

    def set_text(self, text: str) -> None:
        """Show a text without emitting `changed` and clear the undo history. Does nothing if the text is unchanged."""
        if text == self._text:
            return
        self._is_setting = True
        self.setPlainText(text)
        self._is_setting = False
        self._text, self._last_text = text, self.text()

    def set_hint(self, text: str) -> None:
        """Set the placeholder for an empty text, which may have several lines."""
        self._hint = text
        self.setAccessibleDescription(text)
        self.viewport().update()

    def set_variables(self, variables: Sequence[Variable]) -> None:
        """Set the variables for completion, in addition to system variables."""
        self._variables = tuple(variables)

    def insert_variable(self, name: str) -> None:
        """Insert a variable at the cursor, replacing the selection, and focus the editor."""
        self.textCursor().insertText(f"{{{{{name}}}}}")
        self._completion.hide()
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_position(self, start: int, end: int) -> None:
        """Select a range of the text and focus the editor."""
        text = self.text()
        cursor = QTextCursor(self.document())
        cursor.setPosition(units(text[:start]))
        cursor.setPosition(units(text[:end]), QTextCursor.MoveMode.KeepAnchor)
        self.setTextCursor(cursor)
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        self.ensureCursorVisible()

    def follow_scrolling(self) -> None:
        """Move the completion list along when something around the editor has scrolled."""
        if self._completion.isVisible():
            self._offer(asked=True)

    @property
    def completion(self) -> CompletionList:
        """The completion list, which may be hidden."""
        return self._completion

    def _on_contents_changed(self) -> None:
        self._fit()
        written = self.text()
        if not self._is_setting and written != self._last_text:  # highlighting also changes the document
            self._text = self._last_text = written
            self._offer()
            self.changed.emit(written)

    def _follow_cursor(self) -> None:
        if self._completion.isVisible() and self._partial_name is None:
            self._completion.hide()
        self.cursor_moved.emit()

    @property
    def _partial_name(self) -> str | None:
        """The part of a variable name before the cursor; None if the cursor is not in one."""
        cursor = self.textCursor()
        before = cut(cursor.block().text(), 0, cursor.positionInBlock())
        match = _PARTIAL_NAME.search(before)
        return None if match is None or cursor.hasSelection() else match[1] or ""

    def _offer(self, *, asked: bool = False) -> None:
        partial_name = self._partial_name
        if partial_name is None or not (self.hasFocus() or asked):
            self._completion.hide()
            return
        names = matching(offered_names(self._variables), partial_name)
        if [each.name for each in names] == [partial_name] and not asked:
            names = ()
        self._completion.show_names(names, self.cursorRect().translated(self.viewport().pos()))

    def _complete(self, name: str) -> None:
        """Insert the remainder of a name and the closing braces."""
        partial_name = self._partial_name
        self._completion.hide()
        if partial_name is None:
            return
        cursor = self.textCursor()
        after = cut(cursor.block().text(), cursor.positionInBlock())
        rest = _NAME_REST.match(after)
        cursor.movePosition(QTextCursor.MoveOperation.Left, QTextCursor.MoveMode.MoveAnchor, units(partial_name))
        length = units(partial_name) + (units(rest[0]) if rest else 0)
        cursor.movePosition(QTextCursor.MoveOperation.Right, QTextCursor.MoveMode.KeepAnchor, length)
        cursor.insertText(f"{name}}}}}")
        self.setTextCursor(cursor)
        self._completion.hide()

    def _fit(self) -> None:
        if not self._grows:
            return
        height = 0.0
        block = self.document().firstBlock()
        while block.isValid():
            height += self._lines.blockBoundingRect(block).height()
            block = block.next()
        around = round(2 * self.document().documentMargin()) + _EXTRA_HEIGHT
        height_needed = max(self._appearance.theme.line(_ROLE), round(height)) + around
        if height_needed != self.minimumHeight() or height_needed != self.maximumHeight():
            self.setFixedHeight(height_needed)
            self.verticalScrollBar().setValue(0)

    def _restyle(self) -> None:
        theme = self._appearance.theme
        font = theme.font(_ROLE)
        self.setFont(font)
        self.document().setDefaultFont(font)
        if self.document().documentMargin() != theme.length("hair"):  # the padding of a chip around its text
            could_undo = self.document().isUndoAvailable()
            self.document().setDocumentMargin(theme.length("hair"))
            if not could_undo:
                self.document().clearUndoRedoStacks()  # Qt records the margin in the undo history
        palette = self.palette()
        palette.setColor(QPalette.ColorRole.Base, Qt.GlobalColor.transparent)
        palette.setColor(QPalette.ColorRole.Text, theme.color("text"))
        palette.setColor(QPalette.ColorRole.Highlight, theme.color("selection"))
        palette.setColor(QPalette.ColorRole.HighlightedText, theme.color("text"))
        self.setPalette(palette)
        self._lines.set_line(font, theme.line(_ROLE))
        self.setCursorWidth(theme.length("hair"))
        self._fit()
        self.viewport().update()

    def _chips(self, shown: QRect) -> Iterator[QRectF]:
        """Yield the rectangles of variables in a part of the viewport, one for each line they are on."""
        block = self.firstVisibleBlock()
        rect = self.blockBoundingGeometry(block).translated(self.contentOffset())
        while block.isValid() and rect.top() <= shown.bottom():
            if rect.bottom() >= shown.top():
                yield from self._chips_in(block, rect)
            top, block = rect.bottom(), block.next()
            rect = self.blockBoundingRect(block).translated(rect.left(), top)

    def _chips_in(self, block: QTextBlock, rect: QRectF) -> Iterator[QRectF]:
        text, layout = block.text(), block.layout()
        theme = self._appearance.theme
        line_height, gap = theme.line(_ROLE), theme.length("hair")
        for placeholder in placeholders_in(text):
            start, end = units(text[: placeholder.start]), units(text[: placeholder.end])
            for number in range(layout.lineCount()):
                line = layout.lineAt(number)
                first, last = max(start, line.textStart()), min(end, line.textStart() + line.textLength())
                if first < last:
                    left, right = sorted((line.cursorToX(first)[0], line.cursorToX(last)[0]))  # type: ignore[index]
                    top = rect.top() + number * line_height
                    yield QRectF(rect.left() + left - gap, top + gap / 2, right - left + 2 * gap, line_height - gap)

    def createMimeDataFromSelection(self) -> QMimeData:
        data = QMimeData()
        data.setText(self.textCursor().selectedText().replace("\u2029", "\n"))
        return data

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Track whether an input method is composing text, because it receives all keys then."""
        self._composing = bool(event.preeditString())
        super().inputMethodEvent(event)
        self.viewport().update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Pass the arrow keys, Enter, Tab and Esc to the completion list while it is visible."""
        key = Qt.Key(event.key())
        control = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if not self._composing and self._completion.isVisible() and key in {Qt.Key.Key_Escape, *_STEPS, *_ACCEPT_KEYS}:
            if key in _STEPS:
                self._completion.step(_STEPS[key])
            elif key in _ACCEPT_KEYS:
                self._complete(self._completion.current)
            else:
                self._completion.hide()
        elif key == Qt.Key.Key_Space and control:
            self._offer(asked=True)
        elif event.matches(QKeySequence.StandardKey.Undo) and not self.document().isUndoAvailable():
            event.ignore()  # the parent widget may have something to undo
        else:
            super().keyPressEvent(event)

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Insert a text unless it would become too long."""
        if len(self.text()) + len(source.text()) <= MAX_TEXT_LENGTH:
            super().insertFromMimeData(source)
            return
        position = self.viewport().mapToGlobal(self.cursorRect().bottomLeft())
        QToolTip.showText(
            position, self.tr("This text is too long to paste here. Add it to the preset's file instead."), self
        )

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Keep the focus while Tab inserts a name."""
        return not self._completion.isVisible() and super().focusNextPrevChild(forward)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.focus_changed.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Hide the completion list, and update the frame."""
        super().focusOutEvent(event)
        self._completion.hide()
        self.focus_changed.emit()

    def changeEvent(self, event: QEvent) -> None:
        """Adjust the height after a change of the font."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.FontChange:
            self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Adjust the height because the lines wrap differently."""
        super().resizeEvent(event)
        self._fit()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the chips or the placeholder, then the text."""
        theme = self._appearance.theme
        painter = QPainter(self.viewport())
        border = theme.color("accentBorder") if theme.scheme.high_contrast else None
        for chip in self._chips(event.rect()):
            draw_box(painter, chip, theme.length("radius.tag"), theme.color("accentSoft"), border)
        if self._hint and not self._composing and self.document().isEmpty():
            painter.setFont(self.font())
            painter.setPen(theme.color("textTertiary"))
            margin = theme.length("hair")
            line_rect = QRectF(margin, margin, self.viewport().width() - 2 * margin, theme.line(_ROLE))
            for line in self._hint.split("\n"):
                elided = painter.fontMetrics().elidedText(line, Qt.TextElideMode.ElideRight, round(line_rect.width()))
                painter.drawText(line_rect, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeading), elided)
                line_rect.translate(0, line_rect.height())
        painter.end()
        super().paintEvent(event)
