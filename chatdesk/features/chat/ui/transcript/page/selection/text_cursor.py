"""The keyboard text cursor of the page, which also extends the selection."""

from enum import Enum, auto

from PySide6.QtCore import QObject, QTextBoundaryFinder, Signal
from PySide6.QtGui import QPainter

from chatdesk.features.chat.ui.transcript.blocks.block_text import text_of
from chatdesk.features.chat.ui.transcript.blocks.formulas.formula_ranges import formulas_of, skip_drawn
from chatdesk.features.chat.ui.transcript.page.input.keyboard_focus import KeyboardFocus
from chatdesk.features.chat.ui.transcript.page.layout.document import Document
from chatdesk.features.chat.ui.transcript.page.layout.page_scroller import PageScroller
from chatdesk.features.chat.ui.transcript.page.page_geometry import PageGeometry
from chatdesk.features.chat.ui.transcript.page.page_surface import PageSurface
from chatdesk.features.chat.ui.transcript.text_position import Selection, TextPosition
from chatdesk.ui_kit.lists.height_index import NOWHERE
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.text import utf16


class Move(Enum):
    """A movement of the text cursor."""

    CHARACTER_BACK = auto()
    CHARACTER_ON = auto()
    WORD_BACK = auto()
    WORD_ON = auto()
    LINE_UP = auto()
    LINE_DOWN = auto()
    LINE_BEGIN = auto()
    LINE_END = auto()
    PAGE_UP = auto()
    PAGE_DOWN = auto()
    CHAT_BEGIN = auto()
    CHAT_END = auto()


_BACK = frozenset({Move.CHARACTER_BACK, Move.WORD_BACK})
_WORDS = frozenset({Move.WORD_BACK, Move.WORD_ON})


class Caret:
    """Computes cursor movements by characters, words, lines and blocks. It knows the document, but no keys.

    It remembers the x of vertical movements, so that a short line does not shift the cursor permanently.
    """

    def __init__(self, document: Document) -> None:
        self._document = document
        self._target_x: int | None = None

    def clamped(self, position: TextPosition) -> TextPosition:
        """Return the position, or the end of the message for a position after all of its text, as after "select all"."""
        column = self._document[position.message].column(position.part)
        if column and position.block < len(column.blocks):
            return position
        return self._message_edge(position.message, last=True) or position

    def moved(self, position: TextPosition, move: Move, page_height: int) -> TextPosition:
        """Return the position after a movement; the same one at the end. `page_height` is in pixels."""
        match move:
            case Move.CHARACTER_BACK | Move.CHARACTER_ON | Move.WORD_BACK | Move.WORD_ON:
                self._target_x = None
                return self._moved_horizontally(position, move)
            case Move.LINE_UP | Move.LINE_DOWN | Move.PAGE_UP | Move.PAGE_DOWN:
                return self._moved_vertically(position, move, page_height)
            case Move.LINE_BEGIN | Move.LINE_END:
                self._target_x = None
                rect = self._document.cursor_rect(position)
                x = -(1 << 20) if move is Move.LINE_BEGIN else 1 << 20
                return self._document.position_at(x, rect.center().y()) or position
            case Move.CHAT_BEGIN:
                self._target_x = None
                return self._message_edge(0, last=False) or position
            case Move.CHAT_END:
                self._target_x = None
                return self._message_edge(len(self._document) - 1, last=True) or position

    def start_of(self, message: int) -> TextPosition | None:
        """Return the start of a message's text; None if it shows none."""
        return self._message_edge(message, last=False)

    def formula_at(self, position: TextPosition) -> str:
        """Return the LaTeX of the formula that starts at a position; empty if there is none."""
        column = self._document[position.message].column(position.part)
        if column is None or position.block >= len(column.blocks):
            return ""
        found = formulas_of(column.blocks[position.block])
        return next((formula.latex for formula in found if formula.start == position.offset), "")

    def _moved_horizontally(self, position: TextPosition, move: Move) -> TextPosition:
        back = move in _BACK
        column = self._document[position.message].column(position.part)
        blocks = column.blocks if column else ()
        if position.block < len(blocks):
            text = text_of(blocks[position.block])
            offset = _next_boundary(text, position.offset, back=back, by_word=move in _WORDS)
            if offset is not None:
                offset = skip_drawn(blocks[position.block], position.offset, offset)
                return TextPosition(position.message, position.part, position.block, offset)
        return self._adjacent_block_edge(position, back=back) or position

    def _moved_vertically(self, position: TextPosition, move: Move, page_height: int) -> TextPosition:
        """Move to the nearest position on the next line, skipping gaps until a line is found."""
        self._lay_out(position, self._document.cursor_rect(position).top(), page_height)
        rect = self._document.cursor_rect(position)
        if self._target_x is None:
            self._target_x = rect.center().x()
        down = move in {Move.LINE_DOWN, Move.PAGE_DOWN}
        step = max(1, rect.height() // 2)
        y = rect.bottom() + 1 if down else rect.top() - 1
        if move in {Move.PAGE_UP, Move.PAGE_DOWN}:
            y = rect.center().y() + (page_height if down else -page_height)
        while 0 <= y <= self._document.height:
            y = self._lay_out(position, y, page_height)
            found = self._document.position_at(self._target_x, y)
            # Next to a bubble or in a gap, the nearest position may be the current one or lie in the wrong direction.
            if found and found != position and (found > position) is down and not self._same_line(found, position):
                return found
            y += step if down else -step
        return position

    def _lay_out(self, position: TextPosition, y: int, around: int) -> int:
        """Lay out the surroundings of a y.

        Return that y adjusted by the movement of `position`, since content above may have changed height.
        """
        while True:
            before = self._document.cursor_rect(position).top()
            changed = self._document.lay_out(y - around, y + around)
            y += self._document.cursor_rect(position).top() - before
            if changed == NOWHERE:
                return y

    def _same_line(self, one: TextPosition, other: TextPosition) -> bool:
        return self._document.cursor_rect(one).top() == self._document.cursor_rect(other).top()

    def _adjacent_block_edge(self, position: TextPosition, *, back: bool) -> TextPosition | None:
        """Return the end of the previous block or the start of the next one, across parts and messages."""
        message, current_position = position.message, (position.part, position.block)
        while 0 <= message < len(self._document):
            blocks = [
                (clamped.part, number, block)
                for clamped in self._document[message].columns()
                for number, block in enumerate(clamped.column.blocks)
                if not clamped.column.is_hidden(number)
            ]
            found = [
                (part, number, block)
                for part, number, block in (reversed(blocks) if back else blocks)
                if message != position.message
                or ((part, number) < current_position if back else (part, number) > current_position)
            ]
            for part, number, block in found:
                text = text_of(block)
                if text:
                    return TextPosition(message, part, number, utf16.units(text) if back else 0)
            message += -1 if back else 1
        return None

    def _message_edge(self, index: int, *, last: bool) -> TextPosition | None:
        if not 0 <= index < len(self._document):
            return None
        columns = list(self._document[index].columns())
        clamped = next((one for one in (reversed(columns) if last else columns) if one.column.blocks), None)
        if clamped is None:
            return None
        if not last:
            return TextPosition(index, clamped.part, 0, 0)
        block = len(clamped.column.blocks) - 1
        return TextPosition(index, clamped.part, block, utf16.units(text_of(clamped.column.blocks[block])))


def _next_boundary(text: str, offset: int, *, back: bool, by_word: bool) -> int | None:
    """Return the next cursor position, or the next word start; None beyond the text."""
    kind = QTextBoundaryFinder.BoundaryType
    finder = QTextBoundaryFinder(kind.Word if by_word else kind.Grapheme, utf16.paintable(text))
    finder.setPosition(min(offset, utf16.units(text)))
    while True:
        found = finder.toPreviousBoundary() if back else finder.toNextBoundary()
        if found < 0:
            return None
        begins_word = QTextBoundaryFinder.BoundaryReason.StartOfItem in finder.boundaryReasons()
        if not by_word or begins_word or found in {0, utf16.units(text)}:
            return found


_BY_CHARACTER = frozenset({Move.CHARACTER_BACK, Move.CHARACTER_ON})


class TextCursor(QObject):
    """The text cursor at the head of the selection, which may be empty.

    `shown` is whether arrow keys move it without Shift.
    """

    toggled = Signal(bool)
    selection_extended = Signal()
    """The keyboard has extended the selection."""
    formula_reached = Signal(str)
    """Carries the LaTeX of a formula reached by a character movement."""

    def __init__(
        self,
        document: Document,
        geometry: PageGeometry,
        scroller: PageScroller,
        surface: PageSurface,
        focus: KeyboardFocus,
        appearance: Appearance,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self.shown = False
        self.caret = Caret(document)
        self._document = document
        self._geometry = geometry
        self._scroller = scroller
        self._surface = surface
        self._focus = focus
        self._appearance = appearance

    def move(self, move: Move, *, extend: bool) -> None:
        """Move the cursor from the last click or the start of the visible part; `extend` extends the selection."""
        selection = self._surface.selection() or self._start()
        if selection is None:
            return
        anchor, height = self._scroller.anchor(), self._document.height
        head = self.caret.moved(self.caret.clamped(selection.head), move, self._geometry.view_height)
        if self._document.height != height:  # lines were laid out on the way: keep the visible content in place
            self._scroller.relayout(anchor)
            self._geometry.refresh_all()
        if self._focus.message is not None:
            self._focus.set_message(head.message)
        self._surface.select(Selection(selection.anchor if extend else head, head))
        self._show(head)
        if extend:
            self.selection_extended.emit()
        if move in _BY_CHARACTER and (latex := self.caret.formula_at(head)):
            self.formula_reached.emit(latex)

    def toggle(self) -> None:
        """Toggle between moving the text cursor and moving between messages with the arrow keys."""
        self.shown = not self.shown
        if self.shown and self._surface.selection() is None:
            self._surface.select(self._start())
        self._geometry.refresh_all()
        self.toggled.emit(self.shown)

    def paint(self, painter: QPainter) -> None:
        selection = self._surface.selection()
        if self.shown and selection:
            rect = self._geometry.to_view(self._document.cursor_rect(self.caret.clamped(selection.head)))
            painter.fillRect(rect.adjusted(0, 0, 1, 0), self._appearance.theme.color("text"))

    def _start(self) -> Selection | None:
        focused = self._focus.message
        message = focused if focused is not None else self._document.at(self._geometry.in_view[0])
        start = self.caret.start_of(message)
        return Selection(start, start) if start else None

    def _show(self, position: TextPosition) -> None:
        rect = self._document.cursor_rect(position)
        first, last = self._geometry.in_view
        margin = self._appearance.theme.length("m")
        if rect.top() < first + margin:
            self._scroller.scroll_to(max(0, rect.top() - margin))
        elif rect.bottom() > last - margin:
            self._scroller.scroll_to(rect.bottom() + margin - (last - first))
