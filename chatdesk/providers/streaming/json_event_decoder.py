"""The common part of decoders for JSON events: text that is not JSON, the end marker, and text that is held back."""

import logging
from collections.abc import Callable, Iterable, Iterator, Sequence

from chatdesk.kernel.chat.stream_events import PictureArrived, StreamEvent
from chatdesk.kernel.errors.base import ServerError
from chatdesk.kernel.models.think_tags import USUAL_TAGS, ThinkTags
from chatdesk.kernel.text.json_values import NotJson, decode
from chatdesk.providers.answer_text import AnswerOverflow, AnswerText
from chatdesk.providers.large_json import LARGE, TooMuchJson, decode_large
from chatdesk.providers.streaming.framing import MAX_LINE_BYTES, MAX_WHOLE_BYTES, Frame

_DONE = "[DONE]"

_log = logging.getLogger(__name__)


class JsonEventDecoder:
    """An `AnswerDecoder`; subclasses implement `_decode` for their events.

    `error_of` creates the error for an error event, `not_an_api` the error for an unintelligible reply. `tags` are the tags that may
    surround reasoning.
    """

    def __init__(
        self,
        error_of: Callable[[object], ServerError],
        not_an_api: Callable[[str], ServerError],
        tags: Sequence[ThinkTags] = (USUAL_TAGS,),
    ) -> None:
        self._error_of = error_of
        self._not_an_api = not_an_api
        self._answer = AnswerText(tags)
        self._is_finished = False
        self._is_over = False

    @property
    def is_finished(self) -> bool:
        """Whether the end and its reason have arrived."""
        return self._is_finished

    @property
    def is_over(self) -> bool:
        """Whether nothing more can arrive."""
        return self._is_over

    def decode(self, frame: Frame) -> Iterable[StreamEvent]:
        """Return the events of a frame. Raise the `ServerError` in it, or `AnswerOverflow`."""
        text = frame.data or ""
        if text.lstrip().startswith(_DONE):
            return self._done()
        try:
            value = decode(text) if len(text) <= LARGE else decode_large(text, self._max_characters(frame))
        except NotJson:
            return self._skip(frame, text)
        except TooMuchJson as error:
            raise AnswerOverflow from error
        return self._decode(frame, value)

    def flush(self) -> Iterator[StreamEvent]:
        """Yield the text that was held back."""
        yield from self._answer.finish()

    @staticmethod
    def _max_characters(frame: Frame) -> int:
        """Return the maximum number of characters to decode in a frame, not counting pictures."""
        return MAX_WHOLE_BYTES if frame.whole else MAX_LINE_BYTES

    def _picture(self, source: str, name: str = "") -> Iterator[StreamEvent]:
        """Yield a picture, if there is one. Raise `AnswerOverflow`."""
        if source:
            self._answer.count_picture()
            yield PictureArrived(source, name)

    def _decode(self, frame: Frame, value: object, /) -> Iterable[StreamEvent]:
        """Return the events of a frame with this value."""
        raise NotImplementedError

    def _skip(self, frame: Frame, text: str, /) -> Iterable[StreamEvent]:
        """Skip text that is not JSON, unless it is a complete reply or an error."""
        if frame.whole:
            raise self._not_an_api(text)
        if frame.name == "error":
            raise self._error_of(text)
        _log.info("Skipped an event of %d characters that is not JSON", len(text))
        return ()

    def _done(self) -> Iterable[StreamEvent]:
        """Return the events for the end marker."""
        self._is_over = True
        return ()
