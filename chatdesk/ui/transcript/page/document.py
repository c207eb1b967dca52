"""All messages of a chat on one long page: where each is, which are in view, and what stays where when heights turn out differently.

Coordinates are the page's: x is 0 at the left of the reading column, y at the top of the page. No widget, no scroll bar.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect

from chatdesk.domain.message import Message, MessageState, Role
from chatdesk.rendering.blocks import Block
from chatdesk.ui.transcript.blocks.markdown_blocks import answer_blocks, question_blocks
from chatdesk.ui.transcript.height_index import NOWHERE, HeightIndex
from chatdesk.ui.transcript.messages.answer_item import AnswerItem
from chatdesk.ui.transcript.messages.message_estimate import MessageEstimate, MessageShape, message_shape
from chatdesk.ui.transcript.messages.message_item import REASONING, TEXT, MessageItem
from chatdesk.ui.transcript.messages.message_notice import DescribeFailure
from chatdesk.ui.transcript.messages.question_item import QuestionItem
from chatdesk.ui.transcript.messages.reasoning_strip import ReasoningDisplay
from chatdesk.ui.transcript.page_context import PageContext
from chatdesk.ui.transcript.place import ColumnPlace, Place

_ALONE = (0, 1)


@dataclass(frozen=True, slots=True)
class Anchor:
    """A line of a message's text, or the message itself, and how far below its top something is; above it, if negative.

    `message` may be the one behind the last: the end of the page.
    """

    message: int
    line: tuple[int, ColumnPlace] | None
    distance: int


class Document:
    """Holds the messages. `lay_out` what is to be seen; heights of all else are estimates."""

    def __init__(self, page: PageContext, describe: DescribeFailure, clock: Callable[[], float]) -> None:
        self._page = page
        self._describe = describe
        self._clock = clock
        self._display = ReasoningDisplay.AUTO
        self._width = 0
        self._busy = False
        self._messages: list[Message] = []
        self._shapes: list[MessageShape] = []
        self._positions: list[tuple[int, int]] = []
        self._items: dict[int, MessageItem] = {}
        """Those that were near the view once, by their order."""
        self._indexes: dict[str, int] = {}
        self._questions: list[int] = []
        self._heights = HeightIndex()
        self._estimate = MessageEstimate(page.theme, self._width)
        self._laid_out: set[int] = set()
        """Messages that may hold layouts."""

    def __len__(self) -> int:
        return len(self._messages)

    def __getitem__(self, index: int) -> MessageItem:
        item = self._items.get(index)
        if item is None:
            item = self._items[index] = self._new_item(self._messages[index], self._positions[index])
            item.busy = self._busy
        return item

    @property
    def height(self) -> int:
        """The height of the page, margins included."""
        theme = self._page.theme
        return self._margin + self._heights.total + theme.length("m") if self._messages else 0

    def index(self, message_id: str) -> int | None:
        """Return the order of a message; None if it is not here."""
        return self._indexes.get(message_id)

    @property
    def questions(self) -> Sequence[int]:
        """Which messages are questions, by their order."""
        return self._questions

    @property
    def messages(self) -> Sequence[Message]:
        """The messages in their order."""
        return self._messages

    def message(self, index: int) -> Message:
        """Return a message by its order."""
        return self._messages[index]

    def known(self, index: int) -> MessageItem | None:
        """Return a message if it has been near the view: asking for any other would parse it."""
        return self._items.get(index)

    def show(self, messages: Sequence[Message], positions: Mapping[str, tuple[int, int]]) -> None:
        """Show these messages. Those that are here already keep what they have laid out; up to the first other one nothing is done."""
        places = [positions.get(message.id, _ALONE) for message in messages]
        kept = self._shared(messages, places)
        known = {self._messages[index].id: index for index in range(kept, len(self._messages))}
        items = {index: self._items.pop(index) for index in known.values() if index in self._items}
        for id_ in known:
            del self._indexes[id_]
        for values in (self._messages, self._shapes, self._positions):
            del values[kept:]
        self._heights.truncate(kept)
        while self._questions and self._questions[-1] >= kept:
            self._questions.pop()
        self._laid_out = {index for index in self._laid_out if index < kept}
        for index in range(kept, len(messages)):
            message = messages[index]
            item = items.get(known.get(message.id, -1))
            if item and item.message.role is message.role:
                self._items[index] = item
                self._laid_out.add(index)
                item.change(message)
                item.set_position(places[index])
            self._append(message, places[index])
        self._set_busy()

    def shows(self, messages: Sequence[Message], positions: Mapping[str, tuple[int, int]]) -> bool:
        """Whether just these messages are shown already."""
        places = [positions.get(message.id, _ALONE) for message in messages]
        return len(messages) == len(self._messages) == self._shared(messages, places)

    def add(self, message: Message, position: tuple[int, int] = _ALONE) -> None:
        """Put a message below the last."""
        self._append(message, position)
        self._set_busy()

    def change(self, index: int, message: Message) -> None:
        """Take over another version of a message."""
        self._messages[index] = message
        self._shapes[index] = message_shape(message)
        if item := self._items.get(index):
            item.change(message)
        self._set_busy()
        self.update_height(index)

    def update_height(self, index: int) -> None:
        """Take over the height of a message that has changed."""
        self._heights[index] = self._slot(index)

    def set_page(self, page: PageContext) -> None:
        """Take over another theme or language."""
        self._page = page
        for item in self._items.values():
            item.set_page(page)
        self._measure_all()

    def set_width(self, width: int) -> None:
        """Set for another width of the reading column."""
        if width != self._width:
            self._width = width
            for item in self._items.values():
                item.set_width(width)
            self._measure_all()

    def set_display(self, display: ReasoningDisplay) -> None:
        """Take over how reasoning is shown."""
        self._display = display
        for item in self._items.values():
            if isinstance(item, AnswerItem):
                item.set_display(display)
        self._measure_all()

    def picture_changed(self, source: str) -> None:
        """Lay out anew what shows a picture."""
        for index, item in self._items.items():
            if item.picture_changed(source):
                self.update_height(index)

    def top(self, index: int) -> int:
        """Return where a message begins."""
        return self._margin + self._heights.top(index)

    def bottom(self, index: int) -> int:
        """Return where a message ends."""
        return self.top(index) + self._heights[index] - self._page.theme.length("m")

    def at(self, y: int) -> int:
        """Return the message at a height, the nearest one outside; -1 if there is none."""
        return self._heights.at(y - self._margin)

    def between(self, top: int, bottom: int) -> Iterator[tuple[int, MessageItem, int]]:
        """Yield the messages that lie between two heights, with their order and where they begin."""
        index = max(0, self.at(top))
        while index < len(self._messages) and (y := self.top(index)) < bottom:
            yield index, self[index], y
            index += 1

    def lay_out(self, top: int, bottom: int) -> int:
        """Lay out what lies between two heights. Return the y from which heights turned out differently; `NOWHERE` for none."""
        changed = NOWHERE
        index = max(0, self.at(top))
        while index < len(self._messages) and (y := self.top(index)) < bottom:
            is_new = index not in self._items
            changed = min(changed, y + self[index].lay_out(top - y, bottom - y))
            self._laid_out.add(index)
            slot = self._slot(index)
            if is_new and slot != self._heights[index]:
                changed = min(changed, y)
            self._heights[index] = slot
            index += 1
        return min(changed, NOWHERE)

    def release(self, top: int, bottom: int) -> None:
        """Forget the layouts of what does not lie between two heights."""
        for index in list(self._laid_out):
            y = self.top(index)
            if y > bottom or y + self._heights[index] < top:
                self._laid_out.discard(index)
            self._items[index].release(top - y, bottom - y)

    def anchor_at(self, y: int) -> Anchor | None:
        """Return what is at a height or next below it, so that it can be found again when heights have changed."""
        index = self.at(y)
        if index < 0:
            return None
        item, top = self[index], self.top(index)
        line = item.place_at(0, y - top)
        rect = item.line_rect(*line) if line else None
        if rect is None or line is None:
            return Anchor(index, None, y - top)
        if rect.bottom() < y - top:  # Below its text: what is above may change, what is below does not.
            return Anchor(index + 1, None, y - self.top(index + 1))
        return Anchor(index, line, y - top - rect.top())

    def height_of(self, anchor: Anchor) -> int:
        """Return at which height it is now."""
        index = min(anchor.message, len(self._messages))
        top = self.top(index)
        rect = self[index].line_rect(*anchor.line) if anchor.line and index < len(self._messages) else None
        return top + (rect.top() if rect else 0) + anchor.distance

    def place_at(self, x: float, y: float) -> Place | None:
        """Return the place in the text nearest to a point."""
        index = self.at(int(y))
        if index < 0:
            return None
        found = self[index].place_at(x, y - self.top(index))
        if found is None:
            return Place(index, 0, 0, 0)
        part, place = found
        return Place(index, part, place.block, place.offset)

    def line_rect(self, place: Place) -> QRect:
        """Return the line a place is in."""
        top = self.top(place.message)
        rect = self[place.message].line_rect(place.part, ColumnPlace(place.block, place.offset))
        return rect.translated(0, top) if rect else QRect(0, top, self._width, self._heights[place.message])

    def cursor_rect(self, place: Place) -> QRect:
        """Return where a text cursor stands at a place, one pixel wide."""
        top = self.top(place.message)
        rect = self[place.message].cursor_rect(place.part, ColumnPlace(place.block, place.offset))
        return rect.translated(0, top) if rect else QRect(0, top, 1, self._page.theme.line("reading"))

    def shown_blocks(self, index: int) -> Iterator[tuple[int, Sequence[Block], str]]:
        """Yield the parts of a message that are shown, with their blocks and their source.

        A message that was never near the view is parsed for it and not kept.
        """
        if item := self._items.get(index):
            yield from ((placed.part, placed.column.blocks, item.source(placed.part)) for placed in item.columns())
            return
        message = self._messages[index]
        if message.role is Role.USER:
            yield TEXT, question_blocks(message.text), message.text
            return
        if message.reasoning and self._display is ReasoningDisplay.OPEN:
            yield REASONING, answer_blocks(message.reasoning.text), message.reasoning.text
        yield TEXT, answer_blocks(message.text), message.text

    def last_answer(self) -> int | None:
        """Return the last message, if it is an answer: its actions are always shown."""
        last = len(self._messages) - 1
        return last if last >= 0 and self._messages[last].role is not Role.USER else None

    def _shared(self, messages: Sequence[Message], places: Sequence[tuple[int, int]]) -> int:
        """Return how many messages from the first on are shown already, just as they are."""
        pairs = zip(self._messages, messages, self._positions, places, strict=False)
        changed = (index for index, (old, new, was, place) in enumerate(pairs) if old is not new or was != place)
        return next(changed, min(len(self._messages), len(messages)))

    def _append(self, message: Message, position: tuple[int, int]) -> None:
        if message.role is Role.USER:
            self._questions.append(len(self._messages))
        self._indexes[message.id] = len(self._messages)
        self._messages.append(message)
        self._shapes.append(message_shape(message))
        self._positions.append(position)
        self._heights.append(self._slot(len(self._messages) - 1))
        self._page.counters.messages_measured += 1

    def _set_busy(self) -> None:
        """Tell the messages whether an answer is being written: it is always the last one."""
        busy = bool(self._messages) and self._messages[-1].state is MessageState.STREAMING
        if busy is not self._busy:
            self._busy = busy
            for item in self._items.values():
                item.busy = busy

    def _new_item(self, message: Message, position: tuple[int, int]) -> MessageItem:
        if message.role is Role.USER:
            return QuestionItem(message, position, self._page, self._width)
        return AnswerItem(
            message,
            position,
            self._page,
            self._width,
            describe=self._describe,
            display=self._display,
            clock=self._clock,
        )

    def _slot(self, index: int) -> int:
        """Return the height of a message and of the gap below it."""
        item = self._items.get(index)
        height = item.height if item else self._estimate.height(self._shapes[index])
        return height + self._page.theme.length("m")

    def _measure_all(self) -> None:
        """Take the heights of all messages; nothing but arithmetic for those that nobody has looked at."""
        self._estimate = MessageEstimate(self._page.theme, self._width)
        self._heights = HeightIndex(map(self._slot, range(len(self._messages))))

    @property
    def _margin(self) -> int:
        return self._page.theme.length("xxl")
