"""What the decoders of all applications share: reading JSON, words and their end, and text that is said anew."""

import logging
from collections.abc import Callable, Iterator, Mapping

from chatdesk.domain.application import RemoteAnswer
from chatdesk.domain.errors import ServerError
from chatdesk.domain.message import FinishReason
from chatdesk.domain.stream_events import Finished, KeptRemotely, StreamEvent, TextTakenBack
from chatdesk.providers.answer_text import AnswerText
from chatdesk.providers.framing import Frame
from chatdesk.providers.json_values import NotJson, decode, members

_DONE = "[DONE]"

_log = logging.getLogger(__name__)


class EventDecoder:
    """An `AnswerDecoder`; each application says in `_take` what its events mean. Events it does not know are passed over.

    `error_of` judges an error an event carries, `not_an_api` a whole reply that makes no sense.
    """

    def __init__(self, error_of: Callable[[object], ServerError], not_an_api: Callable[[str], ServerError]) -> None:
        self._error_of = error_of
        self._not_an_api = not_an_api
        self._answer = AnswerText()
        self._place: RemoteAnswer | None = None
        self._is_finished = False

    @property
    def is_finished(self) -> bool:
        """Whether the application has said that it is done."""
        return self._is_finished

    @property
    def is_over(self) -> bool:
        """Never: something may still follow the last word, so the stream is read to its end."""
        return False

    def decode(self, frame: Frame) -> Iterator[StreamEvent]:
        """Yield what a frame says. Raises the `ServerError` it carries, or `AnswerOverflow`."""
        text = frame.data or ""
        if text.strip() == _DONE:
            yield from self._done()
            return
        try:
            value = members(decode(text))
        except NotJson:
            if frame.whole:
                raise self._not_an_api(text) from None
            if frame.name == "error":
                raise self._error_of(text) from None
            _log.info("Skipped an event of %d characters that is not JSON", len(text))
            return
        if frame.whole:
            yield from self._take_whole(value, text)
        else:
            yield from self._take(frame.name, value)

    def flush(self) -> Iterator[StreamEvent]:
        """Yield what was held back."""
        yield from self._answer.finish()

    def _take(self, name: str, event: Mapping[str, object], /) -> Iterator[StreamEvent]:
        """Yield what an event says; `name` is the one it has on the wire, for most applications none."""
        raise NotImplementedError

    def _take_whole(self, reply: Mapping[str, object], text: str) -> Iterator[StreamEvent]:
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
        yield TextTakenBack()
        yield from self._say(text)

    def _keep(self, conversation: str, message: str = "") -> Iterator[StreamEvent]:
        """Tell where the answer is kept, once."""
        place = RemoteAnswer(conversation, message)
        if conversation and place != self._place:
            self._place = place
            yield KeptRemotely(place)

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
        """Begin anew with this text."""
        self._pieces, self._length = [text], len(text)
