"""What a server says that speaks OpenAI's chat completions: chunks of a stream, or a whole reply, -> stream events.

Known fields are read by type and everything else is ignored, so no chunk can do harm. How servers differ: protocols.md 2.0.
"""

import logging
from collections.abc import Callable, Iterator, Mapping, Sequence

from chatdesk.domain.errors import ServerError
from chatdesk.domain.source import Source
from chatdesk.domain.stream_events import (
    Finished,
    SourcesFound,
    Stage,
    StageChanged,
    StreamEvent,
    ToolCallDelta,
    UsageReported,
)
from chatdesk.domain.think_tags import USUAL_TAGS, ThinkTags
from chatdesk.domain.usage import Usage
from chatdesk.providers.finish_reasons import finish_reason
from chatdesk.providers.framing import Frame
from chatdesk.providers.json_event_decoder import JsonEventDecoder
from chatdesk.providers.json_values import count_of, elements, members, piece_of, text_of, text_of_value
from chatdesk.providers.openai_usage import usage_of
from chatdesk.providers.sources import Annotations, perplexity_sources

_REASONING_TEXTS = ("reasoning_content", "reasoning", "thinking")
_TELLING = frozenset({"usage", "x_groq", "timings", "prompt_progress", "citations", "search_results"})
"""Members of chunks that need no choices to say something."""
_FIRST = (None, 0, "0")
"""The order of the answer that was asked for, as servers write it."""
_LISTS_OF_SOURCES = frozenset({"citations", "search_results"})
_REASONING_FIELDS = frozenset({*_REASONING_TEXTS, "reasoning_details"})


_log = logging.getLogger(__name__)


class OpenAIChunkDecoder(JsonEventDecoder):
    """An `AnswerDecoder`."""

    def __init__(
        self,
        error_of: Callable[[object], ServerError],
        not_an_api: Callable[[str], ServerError],
        tags: Sequence[ThinkTags] = (USUAL_TAGS,),
    ) -> None:
        super().__init__(error_of, not_an_api, tags)
        self._usage = Usage()
        self._tool_indexes: dict[str, int] = {}
        self._last_tool = 0
        self._is_thinking = False
        self._annotations = Annotations()
        self._listed: tuple[Source, ...] = ()
        """Sources beside the choices; some servers repeat them in every chunk."""

    def _take(self, frame: Frame, value: object) -> Iterator[StreamEvent]:
        chunk = members(value)
        error = value if frame.name == "error" else _error_in(chunk)
        if error:
            raise self._error_of(error)
        if frame.whole and not elements(chunk.get("choices")):
            raise self._not_an_api(frame.data or "")
        if not isinstance(chunk.get("choices"), list) and not _TELLING.intersection(chunk):
            kind = type(chunk.get("choices")).__name__
            _log.debug("Ignored a chunk that says nothing: its choices are %s", kind)
        return self._chunk(chunk)

    def _chunk(self, chunk: Mapping[str, object]) -> Iterator[StreamEvent]:
        if progress := members(chunk.get("prompt_progress")):
            yield StageChanged(
                Stage.READING_PROMPT, count_of(progress.get("processed")), count_of(progress.get("total"))
            )
        choices = [members(choice) for choice in elements(chunk.get("choices"))]
        choice = next((choice for choice in choices if choice.get("index") in _FIRST), {})
        said = members(choice.get("delta")) or members(choice.get("message")) or {"content": choice.get("text")}
        yield from self._sources(chunk, said)
        if not self._is_finished:
            yield from self._delta(said)
            yield from self._finish(text_of(choice.get("finish_reason")) or text_of(said.get("finish_reason")))
        usage = usage_of(chunk, choice, self._usage)
        if usage != self._usage:
            self._usage = usage
            yield UsageReported(usage)

    def _delta(self, delta: Mapping[str, object]) -> Iterator[StreamEvent]:
        if not _REASONING_FIELDS.isdisjoint(delta):
            yield from self._reasoning(delta)
        content = delta.get("content")
        yield from self._answer.content(piece_of(content))
        for part in elements(content):
            yield from self._part(members(part))
        yield from self._answer.content(piece_of(delta.get("refusal")))
        for call in elements(delta.get("tool_calls")):
            yield self._tool_call(members(call))
        if function := members(delta.get("function_call")):
            yield self._tool_call({"index": 0, "function": function})

    def _sources(self, chunk: Mapping[str, object], said: Mapping[str, object]) -> Iterator[StreamEvent]:
        if "annotations" in said and (found := self._annotations.take(said["annotations"])):
            yield SourcesFound(found)
        if _LISTS_OF_SOURCES.isdisjoint(chunk):
            return
        listed = perplexity_sources(chunk)
        if listed and listed != self._listed:
            self._listed = listed
            yield SourcesFound(listed)

    def _reasoning(self, delta: Mapping[str, object]) -> Iterator[StreamEvent]:
        pieces = (_reasoning_piece(delta.get(name)) for name in _REASONING_TEXTS)
        details = [members(detail) for detail in elements(delta.get("reasoning_details"))]
        piece = next(filter(None, pieces), "") or "".join(
            piece_of(detail.get("text")) or piece_of(detail.get("summary")) for detail in details
        )
        yield from self._answer.reasoning(piece)
        if details and not piece and not self._is_thinking:
            self._is_thinking = True  # it thinks, and does not show it
            yield StageChanged(Stage.THINKING)

    def _part(self, part: Mapping[str, object]) -> Iterator[StreamEvent]:
        """Yield what an element of a content list says (Mistral)."""
        if part.get("type") in ("thinking", "reasoning"):
            thinking = part.get("thinking") or part.get("text")
            yield from self._answer.reasoning(piece_of(thinking))
            for piece in elements(thinking):
                yield from self._answer.reasoning(piece_of(members(piece).get("text")))
        else:
            yield from self._answer.content(piece_of(part.get("text")))

    def _tool_call(self, call: Mapping[str, object]) -> ToolCallDelta:
        function = members(call.get("function"))
        call_id = text_of(call.get("id"))
        index = count_of(call.get("index"))
        if (
            index is None
        ):  # some gateways leave it out: the id tells then, and where that is missing too, it is the last call
            index = self._tool_indexes.get(call_id, len(self._tool_indexes)) if call_id else self._last_tool
        self._last_tool = index
        self._tool_indexes.setdefault(call_id or str(index), index)
        arguments = function.get("arguments")
        text = text_of(arguments) if isinstance(arguments, str | None) else text_of_value(arguments)
        name = text_of(function.get("name"))
        self._answer.count_call(call_id, name, text)
        return ToolCallDelta(index, call_id, name, text)

    def _finish(self, word: str) -> Iterator[StreamEvent]:
        if not word:
            return
        yield from self._answer.finish()
        if word == "error":
            raise self._error_of(word)
        self._is_finished = True
        yield Finished(finish_reason(word, called_tools=bool(self._tool_indexes)), word)


def _reasoning_piece(value: object) -> str:
    fields = members(value)
    return piece_of(value) or piece_of(fields.get("content")) or piece_of(fields.get("text"))


def _error_in(chunk: Mapping[str, object]) -> object:
    """Return the error a chunk carries in one of its shapes (protocols.md 2.0), or None."""
    if chunk.get("error"):
        return chunk
    if error := members(chunk.get("x_groq")).get("error"):
        return {"error": error}
    is_flat = chunk.get("object") == "error" or "detail" in chunk or ("code" in chunk and "message" in chunk)
    return chunk if is_flat and not chunk.get("choices") else None
