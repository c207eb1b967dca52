"""The messages of a chat on one long page: their positions, and stable anchors when heights change.

Page coordinates: x is 0 at the left of the reading column, y at the top of the page. This module knows no widget and
no scroll bar.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import compress, count, repeat
from operator import attrgetter, is_
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect

from chatdesk.features.chat.ui.transcript.blocks.markdown_blocks import answer_blocks, question_blocks
from chatdesk.features.chat.ui.transcript.blocks.sections import Folding
from chatdesk.features.chat.ui.transcript.citations import PathCitations, cited_by
from chatdesk.features.chat.ui.transcript.messages.answer_item import AnswerItem
from chatdesk.features.chat.ui.transcript.messages.message_item import REASONING, TEXT, BlockHeights, MessageItem
from chatdesk.features.chat.ui.transcript.messages.message_notice import DescribeFailure
from chatdesk.features.chat.ui.transcript.messages.question_item import QuestionItem
from chatdesk.features.chat.ui.transcript.messages.reasoning_strip import ReasoningDisplay
from chatdesk.features.chat.ui.transcript.page.layout.anchor import Anchor, ShownPart
from chatdesk.features.chat.ui.transcript.page.layout.message_heights import MessageHeights
from chatdesk.features.chat.ui.transcript.page_context import PageContext
from chatdesk.features.chat.ui.transcript.text_position import ColumnPosition, TextPosition
from chatdesk.kernel.chat.message import Message, MessageState, Role
from chatdesk.kernel.documents.citations import CitationTarget
from chatdesk.kernel.errors.attachment_errors import NothingFound
from chatdesk.rendering.markdown.blocks import Block
from chatdesk.ui_kit.lists.height_index import NOWHERE

if TYPE_CHECKING:
    from chatdesk.rendering.markdown.citations import Cite

_SINGLE = (0, 1)
_ID = attrgetter("id")
_ROLE = attrgetter("role")
_NEIGHBOURS = 16
"""Messages on both sides of the view that always count as near, whatever their heights are estimated to be."""


class Document:
    """The messages with their layouts.

    Call `lay_out` for what becomes visible and `release` for the rest; other heights are estimates.
    """

    def __init__(self, page: PageContext, describe: DescribeFailure, clock: Callable[[], float]) -> None:
        self._page = page
        self._margin = page.theme.length("xxl")
        self.describe = describe
        self._clock = clock
        self._display = ReasoningDisplay.AUTO
        self._width = 0
        self._busy = False
        self._unanswered = ""
        self._may_be_parsing = False
        """Whether a message near the view may not be parsed completely."""
        self._messages: list[Message] = []
        self._positions: dict[str, tuple[int, int]] = {}
        """The index among its siblings and their number, by message id, if it has any."""
        self._items: dict[int, MessageItem] = {}
        """The items near the view and those changed by the user, by message index."""
        self._stored_heights: dict[int, BlockHeights] = {}
        """The block heights of items that were near the view, valid for the current page and width."""
        self._indexes: dict[str, int] | None = None
        """The index of each message by its id; None until first used."""
        self._questions: list[int] = []
        self._citations = PathCitations(page.texts)
        self._heights = MessageHeights(page.theme, self._width, page.counters)

    def __len__(self) -> int:
        return len(self._messages)

    def __getitem__(self, index: int) -> MessageItem:
        item = self._items.get(index)
        if item is None:
            message = self._messages[index]
            item = self._items[index] = self._new_item(message, self._positions.get(message.id, _SINGLE))
            item.busy, item.offers_answer = self._busy, message.id == self._unanswered
            self._may_be_parsing = self._may_be_parsing or item.is_parsing
            if heights := self._stored_heights.pop(index, None):
                item.set_block_heights(heights)
        else:
            item.update_for(self._page, self._width)
        return item

    @property
    def height(self) -> int:
        """The height of the page including margins."""
        theme = self._page.theme
        return self._margin + self._heights.total + theme.length("m") if self._messages else 0

    def index(self, message_id: str) -> int | None:
        """Return the index of a message; None if it is not shown."""
        if self._indexes is None:
            self._indexes = dict(zip(map(_ID, self._messages), count(), strict=False))
        return self._indexes.get(message_id)

    @property
    def questions(self) -> Sequence[int]:
        """The indexes of the questions."""
        return self._questions

    @property
    def messages(self) -> Sequence[Message]:
        """The messages in order."""
        return self._messages

    def message(self, index: int) -> Message:
        """Return a message by its index."""
        return self._messages[index]

    def loaded_item(self, index: int) -> MessageItem | None:
        """Return the item of a message near the view, or None: creating any other would parse the message."""
        return self[index] if index in self._items else None

    def show(self, messages: Sequence[Message], positions: Mapping[str, tuple[int, int]]) -> None:
        """Show these messages.

        Messages already shown keep their layouts; those before the first difference are not touched.
        """
        kept = self._common_count(messages, positions)
        items = {self._messages[index].id: item for index, item in self._items.items() if index >= kept}
        self._items = {index: item for index, item in self._items.items() if index < kept}
        self._stored_heights = {index: heights for index, heights in self._stored_heights.items() if index < kept}
        while self._questions and self._questions[-1] >= kept:
            self._questions.pop()
        self._messages[kept:] = messages[kept:]
        self._positions = dict(positions)
        self._indexes = None
        is_question = map(is_, map(_ROLE, messages[kept:]), repeat(Role.USER))  # fast even for thousands
        self._questions += compress(count(kept), is_question)
        self._citations.truncate(kept)
        self._heights.truncate(kept)
        self._heights.extend(messages[kept:])
        for id_, item in items.items():
            index = self.index(id_)
            if index is not None and item.message.role is messages[index].role:
                self._items[index] = item
                item.change(messages[index])
                item.set_position(positions.get(id_, _SINGLE))
                self.update_height(index)
        self._update_remark(kept - 1)
        self._set_busy()

    def shows(self, messages: Sequence[Message], positions: Mapping[str, tuple[int, int]]) -> bool:
        """Return whether exactly these messages are shown already."""
        return len(messages) == len(self._messages) == self._common_count(messages, positions)

    def add(self, message: Message, position: tuple[int, int] = _SINGLE) -> None:
        """Append a message."""
        if message.role is Role.USER:
            self._questions.append(len(self._messages))
        if self._indexes is not None:
            self._indexes[message.id] = len(self._messages)
        self._messages.append(message)
        self._positions[message.id] = position
        self._heights.append(message)
        self._set_busy()

    def change(self, index: int, message: Message) -> None:
        """Replace a message by a new version."""
        self._messages[index] = message
        if message.documents:
            self._citations.truncate(index)
        self._heights.change(index, message)
        self._stored_heights.pop(index, None)
        if item := self._items.get(index):
            item.change(message)
        self._set_busy()
        self.update_height(index)
        self._update_remark(index - 1)

    def set_unanswered(self, message_id: str) -> None:
        """Offer to have a question answered; empty for none."""
        before, self._unanswered = self._unanswered, message_id
        for id_ in {before, message_id}:
            index = self.index(id_)
            if index is not None and (item := self.loaded_item(index)):
                item.offers_answer = id_ == message_id
                self.update_height(index)

    def update_height(self, index: int) -> bool:
        """Update the height of a changed message. Return whether it differs."""
        item = self.loaded_item(index)
        if item is None:
            return False
        before = self._heights[index]
        self._may_be_parsing = self._may_be_parsing or item.is_parsing
        self._heights[index] = item.total_height
        return self._heights[index] != before

    def mark_outdated_formulas(self) -> None:
        """Mark the layouts that waited for formulas, to be renewed when they become visible."""
        for item in self._items.values():
            item.mark_outdated_formulas()

    def set_page(self, page: PageContext) -> None:
        """Apply a new theme or language."""
        self._page = page
        self._margin = page.theme.length("xxl")
        self._estimate_all()

    def set_width(self, width: int) -> None:
        """Apply a new width of the reading column."""
        if width != self._width:
            self._width = width
            self._estimate_all()

    def update_cards(self) -> None:
        """Update the cards of answers near the view; other answers get theirs when they are created."""
        for index, item in self._items.items():
            if isinstance(item, AnswerItem) and item.update_cards():
                self.update_height(index)

    def set_display(self, display: ReasoningDisplay) -> None:
        """Set how reasoning is shown."""
        self._display = display
        for item in self._items.values():
            if isinstance(item, AnswerItem):
                item.set_display(display)
        self._stored_heights.clear()
        self._heights.estimate(self._page.theme, self._width, ())
        for index in self._items:
            self.update_height(index)

    @property
    def waiting(self) -> bool:
        """Whether heights of messages have not been estimated yet; see `estimate_waiting`."""
        return self._heights.waiting

    def estimate_waiting(self) -> Iterator[None]:
        """Estimate the remaining messages, with pauses. `apply_estimates` applies the results."""
        return self._heights.estimate_waiting(self._messages)

    def apply_estimates(self) -> None:
        """Apply the estimated heights to messages that have not been measured."""
        self._heights.apply_waiting(self._items.keys() | self._stored_heights.keys())

    def picture_changed(self, source: str) -> None:
        """Renew the layouts that show a picture."""
        for index, item in list(self._items.items()):
            if item.picture_changed(source):
                self.update_height(index)

    def top(self, index: int) -> int:
        """Return the top of a message."""
        return self._margin + self._heights.top(index)

    def bottom(self, index: int) -> int:
        """Return the bottom of a message."""
        return self.top(index) + self._heights[index] - self._page.theme.length("m")

    def at(self, y: int) -> int:
        """Return the message at this y, or the nearest one; -1 if there is none."""
        return self._heights.at(y - self._margin)

    def is_in_code(self, y: int) -> bool:
        """Return whether this y is inside a code block of a message near the view."""
        index = self.at(y)
        item = self.loaded_item(index)
        return item is not None and item.code_at(0, y - self.top(index)) is not None

    def between(self, top: int, bottom: int) -> Iterator[tuple[int, MessageItem, int]]:
        """Yield index, item and top of the messages between two y values."""
        index = max(0, self.at(top))
        while index < len(self._messages) and (y := self.top(index)) < bottom:
            yield index, self[index], y
            index += 1

    def lay_out(self, top: int, bottom: int) -> int:
        """Lay out what is between two y values. Return the y from which heights changed; `NOWHERE` for no change."""
        changed = NOWHERE
        index = max(0, self.at(top))
        while index < len(self._messages) and (y := self.top(index)) < bottom:
            before, item = self._heights[index], self[index]
            found = item.lay_out(top - y, bottom - y)
            self._heights[index] = item.total_height
            if found != NOWHERE or self._heights[index] != before:
                changed = min(changed, y + (found if found != NOWHERE else 0))
            index += 1
        return changed

    @property
    def is_parsing(self) -> bool:
        """Whether a message near the view has not been parsed completely."""
        if self._may_be_parsing:  # queried with each token
            self._may_be_parsing = any(item.is_parsing for item in self._items.values())
        return self._may_be_parsing

    def parse_more(self) -> tuple[int, int] | None:
        """Parse the next chunk of a message near the view, the last message first.

        Return its index and the y from which the page has changed; None if everything is parsed.
        """
        index = max((index for index, item in self._items.items() if item.is_parsing), default=None)
        if index is None:
            return None
        y = self._items[index].parse_more()
        self.update_height(index)
        return index, y if y == NOWHERE else y + self.top(index)

    def release(self, top: int, bottom: int) -> None:
        """Discard layouts outside two y values, and whole items farther away than the same distance again.

        The last message is kept because it may grow. Measured blocks keep their heights, so that nothing moves when
        the user scrolls back.
        """
        spare = bottom - top
        near = range(self.at(top) - _NEIGHBOURS, self.at(bottom) + _NEIGHBOURS)
        for index, item in list(self._items.items()):
            y = self.top(index)
            away = y > bottom + spare or y + self._heights[index] < top - spare
            if not away or index in near or index == len(self) - 1 or not item.is_recreatable:
                item.release(top - y, bottom - y)
                continue
            del self._items[index]
            if item.is_current_for(self._page, self._width):
                self._stored_heights[index] = item.block_heights()

    def anchor_at(self, y: int) -> Anchor | None:
        """Return an anchor for what is at this y or next below it, to find it again after heights have changed."""
        index = self.at(y)
        if index < 0:
            return None
        item, top = self[index], self.top(index)
        line = item.position_at(0, y - top)
        rect = item.line_rect(*line) if line else None
        if rect is None or line is None:
            return Anchor(index, None, y - top)
        if rect.bottom() < y - top:  # Below the text: what is above may change, what is below does not.
            return Anchor(index + 1, None, y - self.top(index + 1))
        return Anchor(index, line, y - top - rect.top())

    def y_of(self, anchor: Anchor) -> int:
        """Return the current y of an anchor."""
        index = min(anchor.message, len(self._messages))
        top = self.top(index)
        rect = self[index].line_rect(*anchor.line) if anchor.line and index < len(self._messages) else None
        return top + (rect.top() if rect else 0) + anchor.distance

    def position_at(self, x: float, y: float) -> TextPosition | None:
        """Return the text position nearest to a point."""
        index = self.at(int(y))
        if index < 0:
            return None
        found = self[index].position_at(x, y - self.top(index))
        if found is None:
            return TextPosition(index, 0, 0, 0)
        part, position = found
        return TextPosition(index, part, position.block, position.offset)

    def line_rect(self, position: TextPosition) -> QRect:
        """Return the rectangle of the line that contains a position."""
        top = self.top(position.message)
        rect = self[position.message].line_rect(position.part, ColumnPosition(position.block, position.offset))
        return rect.translated(0, top) if rect else QRect(0, top, self._width, self._heights[position.message])

    def cursor_rect(self, position: TextPosition) -> QRect:
        """Return the rectangle of the text cursor at a position, one pixel wide."""
        top = self.top(position.message)
        rect = self[position.message].cursor_rect(position.part, ColumnPosition(position.block, position.offset))
        return rect.translated(0, top) if rect else QRect(0, top, 1, self._page.theme.line("reading"))

    def shown_parts(self, index: int) -> Iterator[ShownPart]:
        """Yield the visible parts of a message without parsing anything."""
        message = self._messages[index]
        is_question = message.role is Role.USER
        if item := self._items.get(index):
            for placed in item.columns():
                blocks = None if item.is_parsing else tuple(placed.column.blocks)
                cite = self.cite(index) if placed.part == TEXT and blocks is None else None
                yield ShownPart(placed.part, item.source(placed.part), is_question, blocks, cite)
            return
        if not is_question and message.reasoning and self._display is ReasoningDisplay.OPEN:
            yield ShownPart(REASONING, message.reasoning.text, is_question, None)
        yield ShownPart(TEXT, message.text, is_question, None, self.cite(index))

    def shown_blocks(self, index: int) -> Iterator[tuple[int, Sequence[Block]]]:
        """Yield the visible parts of a message with their blocks, parsing it if it has never been near the view."""
        for shown in self.shown_parts(index):
            if shown.blocks is None:
                is_question, source = shown.is_question, shown.source
                yield shown.part, question_blocks(source) if is_question else answer_blocks(source, shown.cite)
            else:
                yield shown.part, shown.blocks

    def visible_blocks(self, index: int) -> Iterator[tuple[int, Iterator[tuple[int, Block]]]]:
        """Yield the visible parts of a message with their blocks and the numbers of these, without those in folded sections."""
        item = self._items.get(index)
        for part, blocks in self.shown_blocks(index):
            column = item.column(part) if item else None
            folding = column.folding if column else Folding()
            yield part, ((number, block) for number, block in enumerate(blocks) if not folding.hides(block))

    def cite(self, index: int) -> "Cite | None":
        """Return what makes the citations of a message; None if it has none."""
        return None if self._messages[index].role is Role.USER else self._citations.cite(self._messages, index)

    def remark(self, index: int | None) -> str:
        """Return that nothing in its documents matches a question, unless it was not sent for this reason."""
        if index is None or not self._messages[index].documents:
            return ""
        answers = self._messages[index + 1 : index + 2]
        is_reported = any(answer.failure and answer.failure.kind == NothingFound.__name__ for answer in answers)
        return "" if is_reported else self._page.texts.nothing_found(self._messages[index])

    def citation_target(self, index: int, link: str) -> CitationTarget | None:
        """Return the citation target of a link in a message; None if it is no citation of a document."""
        citation = cited_by(link)
        cited = self._citations.documents(self._messages, index) if citation else None
        return cited.target(citation) if cited and citation else None

    def retranslate(self) -> None:
        """Name the citations in another language."""
        for index, item in self._items.items():
            if isinstance(item, AnswerItem):
                item.retranslate()
                self.update_height(index)

    def last_answer(self) -> int | None:
        """Return the index of the last message if it is an answer: its actions are always shown."""
        last = len(self._messages) - 1
        return last if last >= 0 and self._messages[last].role is not Role.USER else None

    def _common_count(self, messages: Sequence[Message], positions: Mapping[str, tuple[int, int]]) -> int:
        """Return the number of leading messages that are already shown unchanged."""
        was = self._positions
        changed = (
            index
            for index, (old, new) in enumerate(zip(self._messages, messages, strict=False))
            if old is not new or was.get(new.id, _SINGLE) != positions.get(new.id, _SINGLE)
        )
        return next(changed, min(len(self._messages), len(messages)))

    def _set_busy(self) -> None:
        """Inform the items whether an answer is being written, which is always the last message."""
        busy = bool(self._messages) and self._messages[-1].state is MessageState.STREAMING
        if busy is not self._busy:
            self._busy = busy
            for item in self._items.values():
                item.busy = busy

    def _new_item(self, message: Message, position: tuple[int, int]) -> MessageItem:
        if message.role is Role.USER:
            return QuestionItem(message, position, self._page, self._width, lambda: self.remark(self.index(message.id)))
        return AnswerItem(
            message,
            position,
            self._page,
            self._width,
            describe=self.describe,
            display=self._display,
            clock=self._clock,
            cite=lambda: None if (index := self.index(message.id)) is None else self.cite(index),
        )

    def _update_remark(self, index: int) -> None:
        """Update the height of a question whose answer has changed."""
        if 0 <= index < len(self._messages) and self._messages[index].documents:
            self.update_height(index)

    def _estimate_all(self) -> None:
        """Estimate all heights for a new appearance. Items near the view are measured when they are used."""
        self._stored_heights.clear()
        self._heights.estimate(self._page.theme, self._width, ())
