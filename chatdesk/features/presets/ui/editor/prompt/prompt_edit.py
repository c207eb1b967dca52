"""Where a prompt is written: plain text in which variables look like chips, and names are offered after two braces.

Its frame is `prompt_field.py`, its colours are `prompt_edit.py`.
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

# How a prompt's text is coloured while it is written: variables in the accent, headings strong, written
# braces dim.
#
# The chips behind variables are painted by `prompt_edit.py`.

_LONGEST_LINE = 20_000
"""Characters; a longer one stays plain."""


class PromptColors(QSyntaxHighlighter):
    """A block of Qt's remembers the fence that is open at its end, so that a comment in code is no heading."""

    def __init__(self, appearance: Appearance, document: QTextDocument) -> None:
        super().__init__(document)
        self._appearance = appearance
        self._variable, self._heading, self._dim = QTextCharFormat(), QTextCharFormat(), QTextCharFormat()
        self._heading.setFontWeight(QFont.Weight.DemiBold)
        appearance.bind(self.restyle)

    def restyle(self) -> None:
        """Take the colours of the theme."""
        theme = self._appearance.theme
        self._variable.setForeground(theme.color("accentText"))
        self._dim.setForeground(theme.color("textTertiary"))
        self.rehighlight()

    def highlightBlock(self, text: str) -> None:  # noqa: N802 - Qt's name
        before = _fence(self.previousBlockState())
        after = fence_after(text, before)
        self.setCurrentBlockState(_state(after))
        if len(text) > _LONGEST_LINE:
            return
        heading = None if before or after else heading_in(text)
        if heading and not heading.tight:
            self.setFormat(0, units(text), self._heading)
        for start, end in escapes_in(text):
            self._lay(text, start, end, self._dim, strong=bool(heading))
        for place in placeholders_in(text):
            self._lay(text, place.start, place.end, self._variable, strong=bool(heading))

    def _lay(self, text: str, start: int, end: int, look: QTextCharFormat, *, strong: bool) -> None:
        merged = QTextCharFormat(look)
        if strong:
            merged.setFontWeight(QFont.Weight.DemiBold)
        first = units(text[:start])
        self.setFormat(first, units(text[start:end]), merged)


def _state(fence: str) -> int:
    return 0 if not fence else 2 * len(fence) + (fence[0] == "~")


def _fence(state: int) -> str:
    return "" if state <= 0 else ("~" if state % 2 else "`") * (state // 2)


_ROLE = "reasoning"  # the role of text with a size between reading and controls
_BEGUN = re.compile(r"(?<!\{)\{\{[ \t]*([^\W\d][\w-]*)?$")
_REST = re.compile(r"[\w-]*[ \t]*\}\}|[\w-]*")
_STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
_TAKES = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab})
_SPARE = 1
"""Pixels that Qt wants below a line to count it as visible."""
LONGEST_TEXT = 100_000
"""Characters that can be written on; one of megabytes would hold the window for seconds."""


class PromptEdit(QPlainTextEdit):
    """`changed` carries the text when the user has changed it. One that `grows` is as high as its text and never scrolls."""

    changed = Signal(str)
    focus_changed = Signal()
    cursor_moved = Signal()

    def __init__(self, appearance: Appearance, parent: QWidget | None = None, *, grows: bool = False) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._grows = grows
        self._text = ""
        """What was set, or written since; setting makes line feeds of other line ends."""
        self._written = ""
        self._hint = ""
        self._composing = False
        self._is_set = False
        """Whether the text changes because it is given one."""
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
        self.destroyed.connect(self._completion.deleteLater)  # once open it belongs to the window
        self.document().contentsChanged.connect(self._take_change)
        self.cursorPositionChanged.connect(self._follow_cursor)
        self.verticalScrollBar().valueChanged.connect(self._completion.hide)
        appearance.bind(self._restyle)

    def text(self) -> str:
        """Return what is written, lines parted by line feeds. Unlike `toPlainText` it keeps no-break spaces."""
        return self.document().toRawText().replace("\u2029", "\n").replace("\ufdd0", "\n").replace("\ufdd1", "\n")

    def set_text(self, text: str) -> None:
        """Show another text, without a signal. How to undo to the one before is forgotten; the same one leaves all as it is."""
        if text == self._text:
            return
        self._is_set = True
        self.setPlainText(text)
        self._is_set = False
        self._text, self._written = text, self.text()

    def set_hint(self, words: str) -> None:
        """Say what belongs here while it is empty."""
        self._hint = words
        self.setAccessibleDescription(words)
        self.viewport().update()

    def set_variables(self, variables: Sequence[Variable]) -> None:
        """Offer these, and the program's own, between braces."""
        self._variables = tuple(variables)

    def insert_variable(self, name: str) -> None:
        """Write a variable at the cursor, in place of what is selected, and go on there."""
        self.textCursor().insertText(f"{{{{{name}}}}}")
        self._completion.hide()
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_place(self, start: int, end: int) -> None:
        """Select a part of the text, and go there."""
        text = self.text()
        cursor = QTextCursor(self.document())
        cursor.setPosition(units(text[:start]))
        cursor.setPosition(units(text[:end]), QTextCursor.MoveMode.KeepAnchor)
        self.setTextCursor(cursor)
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        self.ensureCursorVisible()

    def follow_scrolling(self) -> None:
        """Keep what is offered at the cursor when something around the editor has scrolled."""
        if self._completion.isVisible():
            self._offer(asked=True)

    @property
    def completion(self) -> CompletionList:
        """The names that are offered, if it is visible."""
        return self._completion

    def _take_change(self) -> None:
        self._fit()
        written = self.text()
        if not self._is_set and written != self._written:  # new colours are a change of the document, too
            self._text = self._written = written
            self._offer()
            self.changed.emit(written)

    def _follow_cursor(self) -> None:
        if self._completion.isVisible() and self._begun is None:
            self._completion.hide()
        self.cursor_moved.emit()

    @property
    def _begun(self) -> str | None:
        """What is typed of a variable's name up to the cursor; None if it stands in none."""
        cursor = self.textCursor()
        before = cut(cursor.block().text(), 0, cursor.positionInBlock())
        match = _BEGUN.search(before)
        return None if match is None or cursor.hasSelection() else match[1] or ""

    def _offer(self, *, asked: bool = False) -> None:
        begun = self._begun
        if begun is None or not (self.hasFocus() or asked):
            self._completion.hide()
            return
        names = matching(offered_names(self._variables), begun)
        if [each.name for each in names] == [begun] and not asked:
            names = ()
        self._completion.show_names(names, self.cursorRect().translated(self.viewport().pos()))

    def _complete(self, name: str) -> None:
        """Write the rest of a name, and the braces that close it."""
        begun = self._begun
        self._completion.hide()
        if begun is None:
            return
        cursor = self.textCursor()
        behind = cut(cursor.block().text(), cursor.positionInBlock())
        rest = _REST.match(behind)
        cursor.movePosition(QTextCursor.MoveOperation.Left, QTextCursor.MoveMode.MoveAnchor, units(begun))
        length = units(begun) + (units(rest[0]) if rest else 0)
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
        around = round(2 * self.document().documentMargin()) + _SPARE
        wanted = max(self._appearance.theme.line(_ROLE), round(height)) + around
        if wanted != self.minimumHeight() or wanted != self.maximumHeight():
            self.setFixedHeight(wanted)
            self.verticalScrollBar().setValue(0)

    def _restyle(self) -> None:
        theme = self._appearance.theme
        font = theme.font(_ROLE)
        self.setFont(font)
        self.document().setDefaultFont(font)
        if self.document().documentMargin() != theme.length("hair"):  # the room of a chip around its words
            could_undo = self.document().isUndoAvailable()
            self.document().setDocumentMargin(theme.length("hair"))
            if not could_undo:
                self.document().clearUndoRedoStacks()  # Qt takes the margin for something to undo
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
        """Yield where variables stand in a part of the viewport, a rectangle for each line they are on."""
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
        for place in placeholders_in(text):
            start, end = units(text[: place.start]), units(text[: place.end])
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
        """Know when an input method is in the middle of a word: all keys are the input method's then."""
        self._composing = bool(event.preeditString())
        super().inputMethodEvent(event)
        self.viewport().update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let the arrow keys, Enter, Tab and Escape do what they do in a list while names are offered."""
        key = Qt.Key(event.key())
        control = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if not self._composing and self._completion.isVisible() and key in {Qt.Key.Key_Escape, *_STEPS, *_TAKES}:
            if key in _STEPS:
                self._completion.step(_STEPS[key])
            elif key in _TAKES:
                self._complete(self._completion.current)
            else:
                self._completion.hide()
        elif key == Qt.Key.Key_Space and control:
            self._offer(asked=True)
        elif event.matches(QKeySequence.StandardKey.Undo) and not self.document().isUndoAvailable():
            event.ignore()  # whoever this field belongs to may have something to undo
        else:
            super().keyPressEvent(event)

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Take a text, but none that would hold the window for seconds."""
        if len(self.text()) + len(source.text()) <= LONGEST_TEXT:
            super().insertFromMimeData(source)
            return
        place = self.viewport().mapToGlobal(self.cursorRect().bottomLeft())
        QToolTip.showText(
            place, self.tr("This text is too long to paste here. Add it to the preset's file instead."), self
        )

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Keep Tab here while it takes a name."""
        return not self._completion.isVisible() and super().focusNextPrevChild(forward)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.focus_changed.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Tell the frame; offer nothing any more."""
        super().focusOutEvent(event)
        self._completion.hide()
        self.focus_changed.emit()

    def changeEvent(self, event: QEvent) -> None:
        """Keep the height right when the font changes from outside."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.FontChange:
            self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width breaks lines elsewhere."""
        super().resizeEvent(event)
        self._fit()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the chips, or what belongs here on the text's own baseline, then the text."""
        theme = self._appearance.theme
        painter = QPainter(self.viewport())
        border = theme.color("accentBorder") if theme.scheme.high_contrast else None
        for chip in self._chips(event.rect()):
            draw_box(painter, chip, theme.length("radius.tag"), theme.color("accentSoft"), border)
        if self._hint and not self._composing and self.document().isEmpty():
            painter.setFont(self.font())
            painter.setPen(theme.color("textTertiary"))
            margin = theme.length("hair")
            line = QRectF(margin, margin, self.viewport().width() - 2 * margin, theme.line(_ROLE))
            words = painter.fontMetrics().elidedText(self._hint, Qt.TextElideMode.ElideRight, round(line.width()))
            painter.drawText(line, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeading), words)
        painter.end()
        super().paintEvent(event)
