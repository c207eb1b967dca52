"""Continuation of an unfinished answer: from its last character if the server supports it, otherwise by a prompt.

The provider knows whether and how a server supports it. `kernel/chat/seam.py` joins the old and the new text.
"""

from collections.abc import AsyncGenerator, Awaitable, Callable, Iterator
from contextlib import aclosing
from dataclasses import replace

from chatdesk.kernel.chat.message import Role
from chatdesk.kernel.chat.request import PICTURE_PLACEHOLDER, ChatRequest, Continuation, Turn
from chatdesk.kernel.chat.seam import Join, Repetition, Seam
from chatdesk.kernel.chat.stream_events import (
    AnswerStage,
    AnswerStageChanged,
    Finished,
    StreamEvent,
    TextDelta,
    TextRetracted,
    TextWasReasoning,
    ThinkingChanged,
)
from chatdesk.kernel.errors.base import ChatdeskError, NotAChatServer, RequestRefused

Batch = tuple[StreamEvent, ...]
Ask = Callable[[ChatRequest], AsyncGenerator[Batch, None]]

CONTINUE_PROMPT = "Continue exactly where your last message stopped. Do not repeat anything and do not comment on it."
"""Prompt for servers that cannot continue an unfinished turn. It is for the model, so it is not translated."""
_PRELIMINARY_EVENTS = (AnswerStageChanged, ThinkingChanged)


async def continued(
    request: ChatRequest, ask: Ask, find_continuation: Callable[[ChatRequest], Awaitable[Continuation | None]]
) -> AsyncGenerator[Batch, None]:
    """Stream the continuation of the unfinished answer at the end of `request`.

    `find_continuation` returns the request that continues from the last character; None if the server does not support it.
    """
    *earlier, last = request.turns
    before = last.text if last.role is Role.ASSISTANT else ""
    prompted = replace(request, continues_answer=False, turns=(*earlier, *_with_prompt(last)))
    request = replace(request, turns=(*earlier, replace(last, pictures=())) if before else request.turns)
    yield (AnswerStageChanged(AnswerStage.WAITING),)
    continuation = await find_continuation(request) if before else None
    if continuation is not None:
        sent_text = before if continuation.is_repeated else ""
        has_output = False
        try:
            answer = _joined(ask(continuation.request), lambda: Repetition(sent_text, continuation.lost))
            async with aclosing(answer) as batches:
                async for batch in batches:
                    has_output = has_output or not all(isinstance(event, _PRELIMINARY_EVENTS) for event in batch)
                    yield batch
        except (RequestRefused, NotAChatServer):  # the server does not support this form
            if has_output:
                raise
        else:
            return
    async with aclosing(_joined(ask(prompted), lambda: Seam(before))) as batches:
        async for batch in batches:
            yield batch


def _with_prompt(last: Turn) -> tuple[Turn, ...]:
    """Return the last turn and the continuation prompt.

    The prompt carries the pictures of the unfinished answer, since protocols accept pictures only from the user.
    """
    if last.role is not Role.ASSISTANT:  # the answer contains nothing that could be sent
        return (replace(last, text="\n\n".join(filter(None, (last.text, CONTINUE_PROMPT)))),)
    text = "\n\n".join(filter(None, (last.text, *[PICTURE_PLACEHOLDER] * len(last.pictures))))
    return (replace(last, text=text, pictures=()), Turn(Role.USER, CONTINUE_PROMPT, pictures=last.pictures))


async def _joined(answer: AsyncGenerator[Batch, None], new_join: Callable[[], Join]) -> AsyncGenerator[Batch, None]:
    """Yield an answer whose text is joined to the previous text. If text is retracted, a new join starts."""
    join = new_join()

    def rest() -> Iterator[StreamEvent]:
        if text := join.rest():
            yield TextDelta(text)

    try:
        async with aclosing(answer) as batches:
            async for batch in batches:
                events: list[StreamEvent] = []
                for event in batch:
                    match event:
                        case TextDelta(text):
                            events += [TextDelta(shown)] if (shown := join.join(text)) else []
                        case TextWasReasoning() | TextRetracted():
                            events += (*rest(), event)
                            join = new_join()
                        case Finished():
                            events += (*rest(), event)
                        case _:
                            events.append(event)
                if events:
                    yield tuple(events)
    except ChatdeskError:
        if events := list(rest()):
            yield tuple(events)
        raise
    if events := list(rest()):
        yield tuple(events)
