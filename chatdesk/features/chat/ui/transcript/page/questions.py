"""Questions on the page: the next one from the current position, and whether a path ends with a new one."""

from bisect import bisect_left
from collections.abc import Sequence

from chatdesk.features.chat.ui.transcript.page.layout.document import Document
from chatdesk.kernel.chat.message import Message, MessageState, Role


def next_question(document: Document, top: int, step: int, margin: int) -> int | None:
    """Return the next question below (1) or above (-1) `top`, assuming that a question is shown `margin` px below the view's top."""
    questions = document.questions
    here = bisect_left(questions, document.at(top))
    near = questions[max(0, here - 2) : here + 3]
    if step > 0:
        return next((index for index in near if document.top(index) - margin > top), None)
    return next((index for index in reversed(near) if document.top(index) - margin < top), None)


def has_new_question(messages: Sequence[Message], known: set[str]) -> bool:
    """Return whether a path ends with a question not shown before or an answer that has just begun."""
    return any(
        message.id not in known and (message.role is Role.USER or message.state is MessageState.STREAMING)
        for message in messages[-2:]
    )
