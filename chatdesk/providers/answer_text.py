"""The words of one answer, from whichever fields a protocol brings them in: joins halves of characters, finds tags, shows reasoning once.

Servers name reasoning in several ways and some send it twice. Whichever way shows it first is believed; a copy is dropped.
"""

from collections.abc import Sequence

from chatdesk.kernel.chat.stream_events import ReasoningDelta, StreamEvent
from chatdesk.kernel.models.think_tags import USUAL_TAGS, ThinkTags
from chatdesk.kernel.text.surrogates import SurrogateJoiner
from chatdesk.providers.streaming.think_tags import ThinkTagSplitter

MAX_ANSWER_CHARACTERS = 32 * 1024 * 1024
_COST_OF_A_CALL = 64
"""What a call of a tool counts beside its words: it takes room wherever it is kept."""
_MOST_PICTURES = 64
"""Of one answer. Fewer are kept; this many end it."""


class AnswerOverflow(Exception):
    """The answer grew beyond `MAX_ANSWER_CHARACTERS`, or has pictures without end."""


class AnswerText:
    """One per answer. `tags` may stand round reasoning."""

    def __init__(self, tags: Sequence[ThinkTags] = (USUAL_TAGS,), limit: int = MAX_ANSWER_CHARACTERS) -> None:
        self._pairs = tuple(tags)
        self._tags = ThinkTagSplitter(tags)
        self._text = SurrogateJoiner()
        self._reasoning = SurrogateJoiner()
        self._has_reasoning = False
        self._room = limit
        self._picture_room = _MOST_PICTURES

    def expect(self, pair: ThinkTags) -> None:
        """Look for one more pair of tags, and for it first. Only before anything was taken in."""
        if pair not in self._pairs:
            self._pairs = (pair, *self._pairs)
            self._tags = ThinkTagSplitter(self._pairs)

    def reasoning(self, piece: str) -> list[StreamEvent]:
        """Take in a piece of a reasoning field. Raises `AnswerOverflow`."""
        if not piece or self._tags.found_reasoning:
            return []
        self.count(piece)
        if not self._has_reasoning:
            self._has_reasoning = True
            self._tags.mute()
        text = self._reasoning.feed(piece)
        return [ReasoningDelta(text)] if text else []

    def content(self, piece: str) -> list[StreamEvent]:
        """Take in a piece of the answer's own field. Raises `AnswerOverflow`."""
        if not piece:
            return []
        self.count(piece)
        return [*self._tags.feed(self._text.feed(piece))]

    def finish(self) -> list[StreamEvent]:
        """Return what was held back."""
        rest = self._reasoning.finish()
        events: list[StreamEvent] = [ReasoningDelta(rest)] if rest else []
        return [*events, *self._tags.feed(self._text.finish()), *self._tags.finish()]

    def count_call(self, *texts: str) -> None:
        """Count a call of a tool, or more of one, towards that limit, be it ever so short. Raises `AnswerOverflow`."""
        self.count("".join(texts))
        self._room -= _COST_OF_A_CALL

    def count_picture(self) -> None:
        """Count a picture towards a limit of their own. Raises `AnswerOverflow`."""
        self._picture_room -= 1
        if self._picture_room < 0:
            raise AnswerOverflow

    def count(self, piece: str) -> None:
        """Count `piece` towards the limit of the whole answer. Raises `AnswerOverflow`."""
        self._room -= len(piece)
        if self._room < 0:
            raise AnswerOverflow
