"""Masking of a server's key in its answers, before they are shown or stored.

A server knows the key of the request and can write it into its answer, whole or split over many events. The exact key is masked in text,
reasoning, tool calls, suggestions and sources. A modified key (spelled backwards, for example) cannot be recognised.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from chatdesk.kernel.chat.message import Source
from chatdesk.kernel.chat.stream_events import (
    FollowUps,
    ReasoningDelta,
    SourcesFound,
    StreamEvent,
    TextDelta,
    TextRetracted,
    TextWasReasoning,
    ToolCallDelta,
)
from chatdesk.kernel.redaction import MASK

MIN_MASKED_LENGTH = 16
"""In characters. A shorter key is a word that users enter where a server requires any key; it would be masked in ordinary sentences."""


class TextMask:
    """Masks keys in a text that arrives in chunks. A possible beginning of a key at the end of a chunk is held back."""

    def __init__(self, keys: Sequence[str]) -> None:
        self._keys = keys
        self._held = ""

    def feed(self, chunk: str) -> str:
        """Return the text that can be shown so far."""
        text = self._held + chunk
        for key in self._keys:
            text = text.replace(key, MASK)
        held_from = min(_begins_at(key, text) for key in self._keys)
        self._held = text[held_from:]
        return text[:held_from]

    def finish(self) -> str:
        """Return the text that was held back, which was not a key."""
        held, self._held = self._held, ""
        return held


class AnswerMask:
    """Masks keys in the events of one answer."""

    def __init__(self, keys: Iterable[str]) -> None:
        self._keys = tuple(sorted((key for key in keys if len(key) >= MIN_MASKED_LENGTH), key=len, reverse=True))
        self._text = TextMask(self._keys)
        self._reasoning = TextMask(self._keys)
        self._arguments: dict[int, TextMask] = {}
        self._calls: dict[int, ToolCallDelta] = {}

    def masked(self, events: Iterable[StreamEvent]) -> Iterable[StreamEvent]:
        """Return the events without the keys."""
        return self._masked(events) if self._keys else events

    def finish(self) -> Iterator[StreamEvent]:
        """Yield the text that was held back at the end of the answer."""
        if rest := self._reasoning.finish():
            yield ReasoningDelta(rest)
        if rest := self._text.finish():
            yield TextDelta(rest)
        for index, mask in self._arguments.items():
            if rest := mask.finish():
                yield replace(self._calls[index], arguments=rest)

    def _masked(self, events: Iterable[StreamEvent]) -> Iterator[StreamEvent]:
        for event in events:
            match event:
                case TextDelta(text):
                    if shown := self._text.feed(text):
                        yield TextDelta(shown)
                case ReasoningDelta(text):
                    if shown := self._reasoning.feed(text):
                        yield ReasoningDelta(shown)
                case ToolCallDelta():
                    yield self._masked_call(event)
                case TextWasReasoning():
                    if rest := self._text.finish():
                        yield TextDelta(rest)
                    yield event
                case TextRetracted():
                    self._text.finish()
                    yield event
                case FollowUps(questions):
                    yield FollowUps(tuple(map(self._whole, questions)))
                case SourcesFound(sources):
                    yield SourcesFound(tuple(map(self._masked_source, sources)))
                case _:
                    yield event

    def _masked_call(self, call: ToolCallDelta) -> ToolCallDelta:
        mask = self._arguments.setdefault(call.index, TextMask(self._keys))
        self._calls[call.index] = replace(call, call_id="", name="", arguments="")
        return replace(
            call,
            call_id=self._whole(call.call_id),
            name=self._whole(call.name),
            arguments=mask.feed(call.arguments),
        )

    def _masked_source(self, source: Source) -> Source:
        return replace(
            source,
            title=self._whole(source.title),
            passage=self._whole(source.passage),
            collection=self._whole(source.collection),
            address=self._whole(source.address),
        )

    def _whole(self, text: str) -> str:
        for key in self._keys:
            text = text.replace(key, MASK)
        return text


def _begins_at(key: str, text: str) -> int:
    """Return the position of a beginning of the key at the end of the text; the length of the text if there is none."""
    at = text.find(key[0], max(0, len(text) - len(key) + 1))
    while at >= 0:
        if key.startswith(text[at:]):
            return at
        at = text.find(key[0], at + 1)
    return len(text)
