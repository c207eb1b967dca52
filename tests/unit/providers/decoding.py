"""What the decoders' tests share: errors that carry what they were made of, and answers put together from events."""

from collections.abc import Callable, Iterable

from chatdesk.kernel.chat.answer import GrowingAnswer
from chatdesk.kernel.chat.stream_events import StreamEvent
from chatdesk.kernel.errors.base import NotAChatServer, ServerError, ServerFailed
from chatdesk.providers.streaming.answer_reader import AnswerDecoder
from chatdesk.providers.streaming.framing import Frame

MakeDecoder = Callable[[Callable[[object], ServerError], Callable[[str], ServerError]], AnswerDecoder]


def error_of(value: object) -> ServerError:
    return ServerFailed(detail=repr(value))


def not_an_api(text: str) -> ServerError:
    return NotAChatServer(detail=text)


def decoded(make: MakeDecoder, frames: Iterable[Frame | str]) -> list[StreamEvent]:
    """Return the events of a stream. Raises what the decoder raises."""
    decoder = make(error_of, not_an_api)
    events: list[StreamEvent] = []
    for frame in frames:
        events.extend(decoder.decode(Frame(frame) if isinstance(frame, str) else frame))
    events.extend(decoder.flush())
    return events


def grown(events: Iterable[StreamEvent]) -> GrowingAnswer:
    answer = GrowingAnswer()
    for event in events:
        answer.apply(event)
    return answer
