"""What the decoders of all applications have in common: JSON events, text and its end, and text that is replaced."""

from collections.abc import Callable, Iterator, Mapping

from chatdesk.kernel.chat.application import RemoteAnswer
from chatdesk.kernel.chat.message import FinishReason
from chatdesk.kernel.chat.stream_events import Finished, RemoteAnswerStored, StreamEvent, TextRetracted
from chatdesk.kernel.errors.base import ServerError
from chatdesk.kernel.text.json_values import members
from chatdesk.providers.answer_text import AnswerText
from chatdesk.providers.streaming.framing import Frame
from chatdesk.providers.streaming.json_event_decoder import JsonEventDecoder


class EventDecoder(JsonEventDecoder):
    """An `AnswerDecoder`. Subclasses implement `_event` for their events and ignore unknown ones.

    It is never over before the stream ends, because something may follow the last text.
    """

    def __init__(self, error_of: Callable[[object], ServerError], not_an_api: Callable[[str], ServerError]) -> None:
        super().__init__(error_of, not_an_api)
        self._stored: RemoteAnswer | None = None

    def _decode(self, frame: Frame, value: object) -> Iterator[StreamEvent]:
        if frame.whole:
            yield from self._whole(members(value), frame.data or "")
        else:
            yield from self._event(frame.name, members(value))

    def _event(self, name: str, event: Mapping[str, object], /) -> Iterator[StreamEvent]:
        """Yield the stream events for an event; `name` is its name in the stream, empty for most applications."""
        raise NotImplementedError

    def _whole(self, reply: Mapping[str, object], text: str) -> Iterator[StreamEvent]:
        """Yield the stream events for a reply that is not a stream."""
        raise NotImplementedError

    def _done(self) -> Iterator[StreamEvent]:
        """Yield the stream events for the end marker."""
        yield from ()

    def _text(self, chunk: str) -> Iterator[StreamEvent]:
        yield from self._answer.content(chunk)

    def _replace_text(self, text: str) -> Iterator[StreamEvent]:
        """Replace all text so far."""
        self._answer = AnswerText()
        yield TextRetracted()
        yield from self._text(text)

    def _report_stored(self, conversation: str, message: str = "") -> Iterator[StreamEvent]:
        """Report where the answer is stored, once."""
        stored = RemoteAnswer(conversation, message)
        if conversation and stored != self._stored:
            self._stored = stored
            yield RemoteAnswerStored(stored)

    def _finish(self, reason: FinishReason = FinishReason.STOP, word: str = "stop") -> Iterator[StreamEvent]:
        if not self._is_finished:
            yield from self._answer.finish()
            self._is_finished = True
            yield Finished(reason, word)


class RepeatedText:
    """Distinguishes chunks that repeat the whole text from chunks that continue it. At least `least` characters must precede."""

    def __init__(self, least: int) -> None:
        self._least = least
        self._chunks: list[str] = []
        self._length = 0

    def new_part(self, chunk: str) -> str:
        """Return the new part of a chunk."""
        if self._length >= self._least and len(chunk) >= self._length:
            said = "".join(self._chunks)
            if chunk.startswith(said):
                chunk = chunk[self._length :]
        self._chunks.append(chunk)
        self._length += len(chunk)
        return chunk

    def restart(self, text: str) -> None:
        """Replace the text so far."""
        self._chunks, self._length = [text], len(text)
