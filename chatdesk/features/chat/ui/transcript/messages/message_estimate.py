"""Estimated heights of messages that have not been visible. A chat may have ten thousand, all estimated when it opens."""

from math import ceil
from typing import NamedTuple

from chatdesk.features.chat.ui.transcript.blocks.block_estimate import average_character_cells, character_width
from chatdesk.features.chat.ui.transcript.messages.message_pictures import (
    BUBBLE_SHARE,
    OF_ANSWERS,
    OF_QUESTIONS,
    PictureSizes,
    picture_rects,
)
from chatdesk.features.chat.ui.transcript.messages.sources_strip import initial_line_count
from chatdesk.kernel.chat.message import ImagePart, Message, ReasoningPart, Role, SourcesPart, TextPart
from chatdesk.ui_kit.style.theme import Theme

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
