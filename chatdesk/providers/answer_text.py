"""The text of one answer, from the fields of any protocol: joins surrogates, finds reasoning tags, and shows reasoning only once.

Servers use several names for reasoning, and some send it twice. The first form is used; a copy is dropped.
"""

from collections.abc import Sequence

from chatdesk.kernel.chat.stream_events import ReasoningDelta, StreamEvent
from chatdesk.kernel.models.think_tags import USUAL_TAGS, ThinkTags
from chatdesk.kernel.text.safe_line import SurrogateJoiner
from chatdesk.providers.streaming.think_tag_splitter import ThinkTagSplitter

MAX_ANSWER_CHARACTERS = 32 * 1024 * 1024
_COST_OF_A_CALL = 64
"""Cost of a tool call in addition to its characters, because each call takes memory."""
_MAX_PICTURES = 64
"""Maximum number of pictures in one answer. Fewer are stored; more end the answer."""


class AnswerOverflow(Exception):
    """The answer exceeds `MAX_ANSWER_CHARACTERS` or the maximum number of pictures."""


class AnswerText:
    """Collects the text of one answer. `tags` are the tags that may surround reasoning."""

    def __init__(self, tags: Sequence[ThinkTags] = (USUAL_TAGS,), limit: int = MAX_ANSWER_CHARACTERS) -> None:
        self._pairs = tuple(tags)
        self._tags = ThinkTagSplitter(tags)
        self._text = SurrogateJoiner()
        self._reasoning = SurrogateJoiner()
        self._has_reasoning = False
        self._remaining_characters = limit
        self._remaining_pictures = _MAX_PICTURES

    def expect(self, pair: ThinkTags) -> None:
        """Search for another tag pair, before all others. Call it only before any text was added."""
        if pair not in self._pairs:
            self._pairs = (pair, *self._pairs)
            self._tags = ThinkTagSplitter(self._pairs)

    def reasoning(self, chunk: str) -> list[StreamEvent]:
        """Add a chunk of a reasoning field. Raise `AnswerOverflow`."""
        if not chunk or self._tags.found_reasoning:
            return []
        self.count(chunk)
        if not self._has_reasoning:
            self._has_reasoning = True
            self._tags.mute()
        text = self._reasoning.feed(chunk)
        return [ReasoningDelta(text)] if text else []

    def content(self, chunk: str) -> list[StreamEvent]:
        """Add a chunk of the answer's text field. Raise `AnswerOverflow`."""
        if not chunk:
            return []
        self.count(chunk)
        return [*self._tags.feed(self._text.feed(chunk))]

    def finish(self) -> list[StreamEvent]:
        """Return the text that was held back."""
        rest = self._reasoning.finish()
        events: list[StreamEvent] = [ReasoningDelta(rest)] if rest else []
        return [*events, *self._tags.feed(self._text.finish()), *self._tags.finish()]

    def count_call(self, *texts: str) -> None:
        """Count a tool call, or a further chunk of one, towards the limit. Raise `AnswerOverflow`."""
        self.count("".join(texts))
        self._remaining_characters -= _COST_OF_A_CALL

    def count_picture(self) -> None:
        """Count a picture towards the limit of pictures. Raise `AnswerOverflow`."""
        self._remaining_pictures -= 1
        if self._remaining_pictures < 0:
            raise AnswerOverflow

    def count(self, chunk: str) -> None:
        """Count `chunk` towards the limit of the whole answer. Raise `AnswerOverflow`."""
        self._remaining_characters -= len(chunk)
        if self._remaining_characters < 0:
            raise AnswerOverflow
