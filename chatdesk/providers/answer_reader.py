"""Frames -> the events of one answer, for any protocol: nothing held back is lost, and an answer without its end is told as such."""

from collections.abc import AsyncGenerator, Iterable
from typing import Protocol

from chatdesk.domain.errors import AnswerEndedEarly, AnswerTooLarge, ServerError
from chatdesk.domain.stream_events import StreamEvent
from chatdesk.providers.answer_text import MAX_ANSWER_CHARACTERS, AnswerOverflow
from chatdesk.providers.endpoint import Endpoint
from chatdesk.providers.frame_reader import FrameReader
from chatdesk.providers.framing import Frame


class AnswerDecoder(Protocol):
    """Understands the frames of one protocol; one object per answer."""

    @property
    def is_finished(self) -> bool:
        """Whether the model has said that, and why, it stopped."""
        ...

    @property
    def is_over(self) -> bool:
        """Whether nothing more can come."""
        ...

    def decode(self, frame: Frame) -> Iterable[StreamEvent]:
        """Return what a frame says. Raises the `ServerError` it carries, or `AnswerOverflow`."""
        ...

    def flush(self) -> Iterable[StreamEvent]:
        """Return what was held back."""
        ...


async def read_answer(
    frames: FrameReader, decoder: AnswerDecoder, endpoint: Endpoint
) -> AsyncGenerator[StreamEvent, None]:
    """Yield the events of an answer. Raises a `ServerError`, `AnswerEndedEarly` among them, after everything that had arrived."""
    try:
        async for frame in frames:
            for event in decoder.decode(frame):
                yield event
            if decoder.is_over:
                break
            if decoder.is_finished:
                frames.answer_is_complete()
    except (ServerError, AnswerOverflow) as error:
        for event in decoder.flush():
            yield event
        if isinstance(error, AnswerOverflow):
            raise AnswerTooLarge(endpoint.server, endpoint.base_url, MAX_ANSWER_CHARACTERS) from error
        raise
    for event in decoder.flush():
        yield event
    if not decoder.is_finished:
        raise AnswerEndedEarly(endpoint.server, endpoint.base_url)
