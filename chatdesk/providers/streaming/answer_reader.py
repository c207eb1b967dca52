"""Frames -> the events of one answer, for any protocol: nothing held back is lost, and an answer without its end is told as such."""

from collections.abc import AsyncGenerator, Iterable, Iterator
from typing import Protocol

from chatdesk.kernel.chat.stream_events import CharactersLost, ReasoningDelta, StreamEvent, TextDelta
from chatdesk.kernel.errors.base import AnswerEndedEarly, AnswerTooLarge, ServerError
from chatdesk.network.endpoint import Endpoint
from chatdesk.providers.answer_text import MAX_ANSWER_CHARACTERS, AnswerOverflow
from chatdesk.providers.key_mask import AnswerMask
from chatdesk.providers.streaming.frame_reader import FrameReader
from chatdesk.providers.streaming.framing import Frame

_LOST = "\ufffd"


class AnswerDecoder(Protocol):
    """Understands the frames of one protocol; one object per answer."""

    @property
    def is_finished(self) -> bool:
        """Whether the model has said that, and why, it stopped, and has said nothing since."""
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
    damage, mask = _Damage(), AnswerMask(endpoint.keys)
    try:
        async for frame in frames:
            damage.note(frame)
            for event in damage.told(mask.masked(decoder.decode(frame))):
                yield event
            if decoder.is_over:
                break
            if decoder.is_finished:
                frames.answer_is_complete()
            else:
                frames.answer_goes_on()
    except (ServerError, AnswerOverflow) as error:
        for event in damage.told(_rest(decoder, mask)):
            yield event
        if isinstance(error, AnswerOverflow):
            raise AnswerTooLarge(endpoint.server, endpoint.base_url, MAX_ANSWER_CHARACTERS) from error
        raise
    for event in damage.told(_rest(decoder, mask)):
        yield event
    if not decoder.is_finished:
        raise AnswerEndedEarly(endpoint.server, endpoint.base_url)


def _rest(decoder: AnswerDecoder, mask: AnswerMask) -> Iterator[StreamEvent]:
    yield from mask.masked(decoder.flush())
    yield from mask.finish()


class _Damage:
    """Tells once that characters were lost on the way, when the first piece that shows it is given out.

    A whole answer is free of it nearly always: then nothing is looked at but a flag of each frame.
    """

    def __init__(self) -> None:
        self._is_looked_for = False
        self._is_told = False

    def note(self, frame: Frame) -> None:
        """Take note of what came."""
        self._is_looked_for = not self._is_told and (self._is_looked_for or frame.is_damaged)

    def told(self, events: Iterable[StreamEvent]) -> Iterator[StreamEvent]:
        """Yield the events, and behind the first that shows a loss that there is one."""
        for event in events:
            yield event
            if self._is_looked_for and isinstance(event, TextDelta | ReasoningDelta) and _LOST in event.text:
                self._is_looked_for, self._is_told = False, True
                yield CharactersLost()
