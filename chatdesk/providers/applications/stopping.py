"""Reads an answer, and tells the application when nobody wants the rest of it: many go on after the connection is closed."""

from collections.abc import AsyncGenerator, Callable, Coroutine
from contextlib import aclosing

from chatdesk.domain.stream_events import StreamEvent
from chatdesk.providers.answer_reader import AnswerDecoder, read_answer
from chatdesk.providers.frame_reader import FrameReader
from chatdesk.providers.server_api import ServerApi


async def read_until_stopped(
    api: ServerApi,
    frames: FrameReader,
    decoder: AnswerDecoder,
    stop: Callable[[], Coroutine[object, object, object] | None],
) -> AsyncGenerator[StreamEvent, None]:
    """Yield the events of an answer, as `read_answer`. Left before it is finished, `stop` gives what tells so; nobody waits for that."""
    try:
        async with aclosing(read_answer(frames, decoder, api.endpoint)) as events:
            async for event in events:
                yield event
    finally:
        if not decoder.is_finished and (telling := stop()):
            api.in_passing(telling)
