"""What the decoders of all applications share: reading JSON, words and their end, and text that is said anew."""

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
    """An `AnswerDecoder`; each application says in `_event` what its events mean. Those it does not know are passed over.

    It is never over before the stream is: something may still follow the last word.
    """

    def __init__(self, error_of: Callable[[object], ServerError], not_an_api: Callable[[str], ServerError]) -> None:
        super().__init__(error_of, not_an_api)
        self._place: RemoteAnswer | None = None

    def _take(self, frame: Frame, value: object) -> Iterator[StreamEvent]:
        if frame.whole:
            yield from self._whole(members(value), frame.data or "")
        else:
            yield from self._event(frame.name, members(value))

    def _event(self, name: str, event: Mapping[str, object], /) -> Iterator[StreamEvent]:
        """Yield what an event says; `name` is the one it has on the wire, for most applications none."""
        raise NotImplementedError

    def _whole(self, reply: Mapping[str, object], text: str) -> Iterator[StreamEvent]:
        """Yield what a reply says that is no stream."""
        raise NotImplementedError

    def _done(self) -> Iterator[StreamEvent]:
        """Yield what the mark of the end means."""
        yield from ()

    def _say(self, piece: str) -> Iterator[StreamEvent]:
        yield from self._answer.content(piece)

    def _say_anew(self, text: str) -> Iterator[StreamEvent]:
        """Say a text in the place of all that was said."""
        self._answer = AnswerText()
        yield TextRetracted()
        yield from self._say(text)

    def _keep(self, conversation: str, message: str = "") -> Iterator[StreamEvent]:
        """Tell where the answer is kept, once."""
        place = RemoteAnswer(conversation, message)
        if conversation and place != self._place:
            self._place = place
            yield RemoteAnswerStored(place)

    def _finish(self, reason: FinishReason = FinishReason.STOP, word: str = "stop") -> Iterator[StreamEvent]:
        if not self._is_finished:
            yield from self._answer.finish()
            self._is_finished = True
            yield Finished(reason, word)


class RepeatedText:
    """Tells pieces that repeat everything said so far from those that only go on. `least` characters must be said before."""

    def __init__(self, least: int) -> None:
        self._least = least
        self._pieces: list[str] = []
        self._length = 0

    def new_part(self, piece: str) -> str:
        """Return what of a piece is new."""
        if self._length >= self._least and len(piece) >= self._length:
            said = "".join(self._pieces)
            if piece.startswith(said):
                piece = piece[self._length :]
        self._pieces.append(piece)
        self._length += len(piece)
        return piece

    def restart(self, text: str) -> None:
        """Start over with this text."""
        self._pieces, self._length = [text], len(text)
