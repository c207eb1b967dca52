"""Questions on the page: which comes next from where one reads, and whether the end of a path is a new one."""

from bisect import bisect_left
from collections.abc import Sequence

from chatdesk.features.chat.ui.transcript.page.layout.document import Document
from chatdesk.kernel.chat.message import Message, MessageState, Role


def next_question(document: Document, top: int, step: int, margin: int) -> int | None:
    """Return the first question below (1) or above (-1) the pixel `top`, where each one shows `margin` pixels above it."""
    questions = document.questions
    here = bisect_left(questions, document.at(top))
    near = questions[max(0, here - 2) : here + 3]
    if step > 0:
        return next((index for index in near if document.top(index) - margin > top), None)
    return next((index for index in reversed(near) if document.top(index) - margin < top), None)


def asks_anew(messages: Sequence[Message], known: set[str]) -> bool:
    """Say whether the end of a path is a question that was not shown before, or an answer that has just begun."""
    return any(
        message.id not in known and (message.role is Role.USER or message.state is MessageState.STREAMING)
        for message in messages[-2:]
    )
