"""The marks on the scroll bar for questions and hits, as far as they can be distinguished."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from chatdesk.features.chat.ui.transcript.page.layout.document import Document
from chatdesk.features.chat.ui.transcript.page.layout.marked_scroll_bar import BarMark, MarkKind
from chatdesk.features.chat.ui.transcript.text_position import ColumnPosition
from chatdesk.kernel.chat.message import Role

if TYPE_CHECKING:
    from chatdesk.features.chat.ui.transcript.find.find_in_chat import FindInChat
    from chatdesk.features.chat.ui.transcript.find.finder import Finder
    from chatdesk.features.chat.ui.transcript.find.message_hits import Hit

_MIN_QUESTION_DISTANCE = 6
"""The minimum average distance in pixels; closer marks would form a meaningless stripe."""
_MIN_HIT_DISTANCE = 2
_MAX_LENGTH = 120


def bar_marks(document: Document, find: "FindInChat | None", pixels: int) -> Iterator[BarMark]:
    """Yield all marks for a bar of this height in pixels."""
    yield from question_marks(document, document.questions, pixels)
    if find:
        yield from hit_marks(document, find.finder, find.current, pixels)


def question_marks(document: Document, questions: Sequence[int], pixels: int) -> Iterator[BarMark]:
    """Yield the marks of the questions with these indexes."""
    if len(questions) * _MIN_QUESTION_DISTANCE <= pixels:
        for index in questions:
            yield BarMark(document.top(index), MarkKind.QUESTION)


def hit_marks(document: Document, finder: "Finder", current: "Hit | None", pixels: int) -> Iterator[BarMark]:
    """Yield the marks of the hits, the current one last. Hits on the same pixels share a mark."""
    messages = finder.messages()
    step = max(1, document.height * _MIN_HIT_DISTANCE // max(1, pixels))
    y = 0
    position = 0
    while position < len(messages):
        index = messages[position]
        for found in _heights(document, finder, index):
            if found >= y:
                yield BarMark(found, MarkKind.HIT)
                y = found + step
        # Skip to the first message beyond the last mark.
        position = max(position + 1, bisect_left(messages, document.at(y), position))
    if current:
        yield BarMark(_height_of(document, current), MarkKind.CURRENT_HIT)


def question_at(document: Document, y: int) -> str:
    """Return the beginning of the question that the content at this y belongs to."""
    index = document.at(y)
    while index > 0 and document.message(index).role is not Role.USER:
        index -= 1
    return first_line(document.message(index).text) if index >= 0 else ""


def first_line(text: str, max_length: int = _MAX_LENGTH) -> str:
    """Return the beginning of a text on one line."""
    line = " ".join(text[: 2 * max_length].split())
    return line if len(line) <= max_length else line[: max_length - 1].rstrip() + "…"


def _heights(document: Document, finder: "Finder", index: int) -> Iterator[int]:
    """Yield the y of the hits of a message; for a message not near the view only its top."""
    if document.loaded_item(index):
        yield from (_height_of(document, hit) for hit in finder.hits(index))
    else:
        yield document.top(index)


def _height_of(document: Document, hit: "Hit") -> int:
    """Return the approximate y of a hit without laying out or parsing anything."""
    top = document.top(hit.message)
    item = document.loaded_item(hit.message)
    rect = item.line_rect(hit.part, ColumnPosition(hit.block, hit.start)) if item else None
    return top + (rect.top() if rect else 0)
