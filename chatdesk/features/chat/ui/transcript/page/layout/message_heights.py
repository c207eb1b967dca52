"""The heights of the messages on the page: measured where they have been visible, estimated elsewhere.

Estimating ten thousand messages would delay opening a chat. Those far from the end first get the average of a sample,
until there is time.
"""

from collections.abc import Container, Iterator, Sequence
from math import ceil
from typing import NamedTuple

from chatdesk.features.chat.ui.transcript.blocks.block_column import average_character_cells, character_width
from chatdesk.features.chat.ui.transcript.messages.message_pictures import (
    BUBBLE_SHARE,
    OF_ANSWERS,
    OF_QUESTIONS,
    PictureSizes,
    picture_rects,
)
from chatdesk.features.chat.ui.transcript.messages.sources_strip import initial_line_count
from chatdesk.features.chat.ui.transcript.work_counters import WorkCounters
from chatdesk.kernel.chat.message import ImagePart, Message, ReasoningPart, Role, SourcesPart, TextPart
from chatdesk.ui_kit.lists.height_index import HeightIndex
from chatdesk.ui_kit.style.theme import Theme

# Estimated heights of messages that have not been visible. A chat may have ten thousand, all estimated when
# it opens.

_MAX_CHARACTERS = 1 << 20
"""The maximum number of characters that affect the height: no more are shown without a request."""
_SAMPLE_LENGTH = 400
"""Characters sampled for the average character width of a text."""


class MessageShape(NamedTuple):
    """The properties of a message that determine its height, apart from width and theme."""

    cells: float
    breaks: int
    is_question: bool
    has_reasoning: bool
    pictures: tuple[ImagePart, ...] = ()
    sources: int = 0
    """Lines for the sources."""


def message_shape(message: Message) -> MessageShape:
    """Return the shape of a message."""
    cells, breaks, has_reasoning, sources = 0.0, 0, False, 0
    for part in message.parts:
        if isinstance(part, TextPart):
            text = part.text[:_MAX_CHARACTERS]
            cells += len(text) if text.isascii() else len(text) * average_character_cells(text[:_SAMPLE_LENGTH])
            breaks += text.count("\n")
        elif isinstance(part, ReasoningPart):
            has_reasoning = True
        elif isinstance(part, SourcesPart):
            sources = initial_line_count(len(part.sources))
    return MessageShape(cells, breaks, message.role is Role.USER, has_reasoning, message.pictures, sources)


class MessageEstimate:
    """Estimates heights for a column width."""

    def __init__(self, theme: Theme, width: int) -> None:
        self._theme = theme
        self._width = width
        self._per_line = max(1.0, width / character_width(theme, "reading"))
        self._line = theme.line("reading")
        self._head = theme.length("reasoningStrip")
        self._actions = theme.length("s") + theme.length("hitSmall")
        self._bubble = 2 * theme.length("m")

    def height(self, shape: MessageShape) -> int:
        """Return the height in pixels: markup and gaps add about a quarter to the text of an answer."""
        lines = ceil(shape.cells / self._per_line) + shape.breaks or (0 if shape.pictures else 1)
        if shape.is_question:
            text_height = min(lines, 14) * self._line if shape.cells or not shape.pictures else 0
            return text_height + self._bubble + self._pictures(shape, round(self._width * BUBBLE_SHARE), OF_QUESTIONS)
        head_count = (1 if shape.has_reasoning else 0) + shape.sources
        pictures = self._pictures(shape, self._width, OF_ANSWERS)
        return head_count * self._head + lines * self._line * 5 // 4 + pictures + self._actions

    def _pictures(self, shape: MessageShape, width: int, sizes: PictureSizes) -> int:
        if not shape.pictures:
            return 0
        rects = picture_rects(shape.pictures, self._theme, width, sizes)
        return rects[-1].bottom() + 1 + self._theme.length("xs")


_ESTIMATED_AT_END = 256
"""The number of messages at the end that are estimated immediately."""
_SAMPLE_SIZE = 64
"""The number of messages sampled for all others."""
_MESSAGES_PER_SLICE = 16


class MessageHeights:
    """The message heights, including the gap below each one. `waiting` is whether some are still averages of the sample."""

    def __init__(self, theme: Theme, width: int, counters: WorkCounters) -> None:
        self._counters = counters
        self._heights = HeightIndex()
        self._shapes: list[MessageShape | None] = []
        self._pending_heights: dict[int, int] = {}
        """Heights estimated by `estimate_waiting` that are not applied yet."""
        self.waiting = False
        self._configure(theme, width)

    def __len__(self) -> int:
        return len(self._shapes)

    def __getitem__(self, index: int) -> int:
        return self._heights[index]

    def __setitem__(self, index: int, height: int) -> None:
        """Set a measured height."""
        self._heights[index] = height + self._gap

    @property
    def total(self) -> int:
        """The sum of all heights."""
        return self._heights.total

    def top(self, index: int) -> int:
        """Return the top of a message; for `len(self)` the bottom of the last one."""
        return self._heights.top(index)

    def at(self, y: int) -> int:
        """Return the message at this y, or the nearest one; -1 if there is none."""
        return self._heights.at(y)

    def append(self, message: Message) -> None:
        """Append a message."""
        self._shapes.append(self._shape(message))
        self._heights.append(self._height_of(self._shapes[-1]))

    def extend(self, messages: Sequence[Message]) -> None:
        """Append several messages."""
        recent = messages[-_ESTIMATED_AT_END:]
        older = messages[: -len(recent)] if recent else ()
        if older:
            step = -(-len(older) // _SAMPLE_SIZE)
            shapes: list[MessageShape | None] = [None] * len(older)
            shapes[::step] = sampled = [self._shape(message) for message in older[::step]]
            sample_heights = [self._height_of(shape) for shape in sampled]
            self._average_height = sum(sample_heights) // len(sample_heights)
            self.waiting = True
            self._shapes += shapes
            heights = [self._average_height] * len(older)
            heights[::step] = sample_heights
            self._heights.extend(heights)
        for message in recent:
            self.append(message)

    def truncate(self, count: int) -> None:
        """Keep the first `count` messages."""
        self.waiting = self.waiting and count > 0
        del self._shapes[count:]
        self._heights.truncate(count)
        self._pending_heights = {index: height for index, height in self._pending_heights.items() if index < count}

    def change(self, index: int, message: Message) -> None:
        """Estimate a message again after its content has changed."""
        self._shapes[index] = self._shape(message)
        self._heights[index] = self._height_of(self._shapes[index])
        self._pending_heights.pop(index, None)

    def estimate_waiting(self, messages: Sequence[Message]) -> Iterator[None]:
        """Estimate the waiting messages, with pauses in which they may change. `apply_waiting` applies the results."""
        for index in range(len(self._shapes) - 1, -1, -1):
            if index < len(self._shapes) and self._shapes[index] is None:
                self._shapes[index] = shape = self._shape(messages[index])
                self._pending_heights[index] = self._height_of(shape)
            if index % _MESSAGES_PER_SLICE == 0:
                yield
        self.waiting = False

    def apply_waiting(self, measured: Container[int]) -> None:
        """Apply the estimates to all messages that are not `measured`. This is fast."""
        heights = list(self._heights)
        for index, height in self._pending_heights.items():
            if index not in measured:
                heights[index] = height
        self._pending_heights.clear()
        self._heights = HeightIndex(heights)

    def estimate(self, theme: Theme, width: int, measured: Container[int]) -> None:
        """Recalculate all estimates except for `measured` messages. Arithmetic only."""
        self._configure(theme, width)
        self._pending_heights.clear()
        sample_heights = [shape for shape in self._shapes[:: max(1, len(self._shapes) // _SAMPLE_SIZE)] if shape]
        self._average_height = sum(map(self._height_of, sample_heights)) // len(sample_heights) if sample_heights else 0
        self._heights = HeightIndex(
            self._heights[index] if index in measured else self._height_of(shape)
            for index, shape in enumerate(self._shapes)
        )

    def _configure(self, theme: Theme, width: int) -> None:
        self._gap = theme.length("m")
        self._estimate = MessageEstimate(theme, width)
        self._average_height = 0

    def _shape(self, message: Message) -> MessageShape:
        self._counters.messages_measured += 1
        return message_shape(message)

    def _height_of(self, shape: MessageShape | None) -> int:
        return self._estimate.height(shape) + self._gap if shape else self._average_height
