"""The events of one answer from its frames, for any protocol.

No text that was held back is lost, and a missing end is reported as an error.
"""

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
    """Decodes the frames of one protocol; one object per answer."""

    @property
    def is_finished(self) -> bool:
        """Whether the model has reported its finish reason, and nothing since."""
        ...

    @property
    def is_over(self) -> bool:
        """Whether nothing more can arrive."""
        ...

    def decode(self, frame: Frame) -> Iterable[StreamEvent]:
        """Return the events of a frame. Raise the `ServerError` in it, or `AnswerOverflow`."""
        ...

    def flush(self) -> Iterable[StreamEvent]:
        """Return the text that was held back."""
        ...


async def read_answer(
    frames: FrameReader, decoder: AnswerDecoder, endpoint: Endpoint
) -> AsyncGenerator[StreamEvent, None]:
    """Yield the events of an answer. Raise a `ServerError`, such as `AnswerEndedEarly`, after everything that had arrived."""
    damage, mask = _Damage(), AnswerMask(endpoint.keys)
    try:
        async for frame in frames:
            damage.check(frame)
            for event in damage.with_loss_reported(mask.masked(decoder.decode(frame))):
                yield event
            if decoder.is_over:
                break
            if decoder.is_finished:
                frames.answer_is_complete()
            else:
                frames.answer_continues()
    except (ServerError, AnswerOverflow) as error:
        for event in damage.with_loss_reported(_rest(decoder, mask)):
            yield event
        if isinstance(error, AnswerOverflow):
            raise AnswerTooLarge(endpoint.server, endpoint.base_url, MAX_ANSWER_CHARACTERS) from error
        raise
    for event in damage.with_loss_reported(_rest(decoder, mask)):
        yield event
    if not decoder.is_finished:
        raise AnswerEndedEarly(endpoint.server, endpoint.base_url)


def _rest(decoder: AnswerDecoder, mask: AnswerMask) -> Iterator[StreamEvent]:
    yield from mask.masked(decoder.flush())
    yield from mask.finish()


class _Damage:
    """Reports lost characters once, after the first event that contains one.

    Answers are nearly always undamaged; then only a flag of each frame is checked.
    """

    def __init__(self) -> None:
        self._is_pending = False
        self._is_reported = False

    def check(self, frame: Frame) -> None:
        """Check whether a frame is damaged."""
        self._is_pending = not self._is_reported and (self._is_pending or frame.is_damaged)

    def with_loss_reported(self, events: Iterable[StreamEvent]) -> Iterator[StreamEvent]:
        """Yield the events, with a `CharactersLost` after the first damaged one."""
        for event in events:
            yield event
            if self._is_pending and isinstance(event, TextDelta | ReasoningDelta) and _LOST in event.text:
                self._is_pending, self._is_reported = False, True
                yield CharactersLost()
