"""Decoding of OpenAI's Responses API: named events of a stream, or a complete reply, into stream events.

The meaning of an event is its `type`; the event name is a copy. Known fields are read by type and everything else is ignored. Format:
https://platform.openai.com/docs/api-reference/responses-streaming
"""

from collections.abc import Callable, Iterator, Mapping, Sequence

from chatdesk.kernel.chat.message import FinishReason
from chatdesk.kernel.chat.stream_events import (
    AnswerStage,
    AnswerStageChanged,
    Finished,
    SourcesFound,
    StreamEvent,
    ToolCallDelta,
    UsageReported,
)
from chatdesk.kernel.errors.base import ServerError
from chatdesk.kernel.models.think_tags import USUAL_TAGS, ThinkTags
from chatdesk.kernel.text.json_values import chunk_of, elements, members, text_of
from chatdesk.kernel.text.safe_line import SurrogateJoiner
from chatdesk.providers.answer_pictures import from_base64
from chatdesk.providers.openai.usage import usage_of_response
from chatdesk.providers.sources import FoundSources, annotated
from chatdesk.providers.streaming.framing import Frame
from chatdesk.providers.streaming.json_event_decoder import JsonEventDecoder

_TEXT_DELTAS = frozenset(
    {
        "response.output_text.delta",
        "response.refusal.delta",
        "response.audio.transcript.delta",
        "response.output_audio_transcript.delta",
    }
)
_REASONING_DELTAS = frozenset({"response.reasoning_text.delta", "response.reasoning_summary_text.delta"})
_ENDS = frozenset({"response.completed", "response.incomplete", "response.failed", "response.cancelled"})
_INCOMPLETE = {
    "max_output_tokens": FinishReason.LENGTH,
    "max_tokens": FinishReason.LENGTH,
    "content_filter": FinishReason.CONTENT_FILTER,
}


class ResponsesDecoder(JsonEventDecoder):
    """An `AnswerDecoder`. `limit` is the maximum number of tokens: llama.cpp reports a truncated answer as "completed"."""

    def __init__(
        self,
        error_of: Callable[[object], ServerError],
        not_an_api: Callable[[str], ServerError],
        tags: Sequence[ThinkTags] = (USUAL_TAGS,),
        limit: int | None = None,
    ) -> None:
        super().__init__(error_of, not_an_api, tags)
        self._limit = limit
        self._has_text = False
        self._sources = FoundSources()
        self._reasoning_type = ""
        """Some servers send both the reasoning and a summary of it: only the type that arrives first is shown."""
        self._halves: dict[str, SurrogateJoiner] = {}
        """By call: an emoji in its arguments may be split into two chunks."""
        self._order: dict[str, int] = {}
        self._tools: dict[str, str] = {}
        """Names of called tools by item id."""
        self._call_ids: dict[str, str] = {}
        """Call ids, which differ from the item ids."""
        self._with_arguments: set[str] = set()
        """Items whose arguments arrived in chunks."""
        self._pictures: set[str] = set()
        """Items whose picture has arrived."""

    def _decode(self, frame: Frame, value: object) -> Iterator[StreamEvent]:
        event = members(value)
        kind = text_of(event.get("type")) or frame.name
        if kind == "error" or (event.get("error") and kind not in _ENDS):
            raise self._error_of(value)
        if frame.whole:
            if not isinstance(event.get("output"), list):
                raise self._not_an_api(frame.data or "")
            yield from self._end(event, event)
        elif not self._is_finished:
            yield from self._event(kind, event)

    def _event(self, kind: str, event: Mapping[str, object]) -> Iterator[StreamEvent]:
        delta = event.get("delta")
        if kind in _ENDS:
            yield from self._end(members(event.get("response")), event)
        elif kind in _TEXT_DELTAS:
            yield from self._text(chunk_of(delta))
        elif kind in _REASONING_DELTAS:
            yield from self._reasoning(kind, chunk_of(delta))
        elif kind == "response.reasoning_summary_part.added" and self._reasoning_type:
            yield from self._reasoning("response.reasoning_summary_text.delta", "\n\n")
        elif kind == "response.output_item.added":
            yield from self._item(members(event.get("item")))
        elif kind == "response.output_item.done":
            yield from self._generated(members(event.get("item")))
        elif kind == "response.function_call_arguments.delta":
            yield self._tool_call(text_of(event.get("item_id")), chunk_of(delta))
        elif kind == "response.function_call_arguments.done":
            yield from self._whole_arguments(text_of(event.get("item_id")), chunk_of(event.get("arguments")))
        elif kind == "response.output_text.annotation.added":
            yield from self._cite([event.get("annotation")])

    def _text(self, text: str) -> Iterator[StreamEvent]:
        self._has_text = self._has_text or bool(text)
        yield from self._answer.content(text)

    def _cite(self, annotations: object) -> Iterator[StreamEvent]:
        if found := self._sources.add(annotated(annotations)):
            yield SourcesFound(found)

    def _reasoning(self, kind: str, text: str) -> Iterator[StreamEvent]:
        self._reasoning_type = self._reasoning_type or kind
        if kind == self._reasoning_type:
            yield from self._answer.reasoning(text)

    def _item(self, item: Mapping[str, object]) -> Iterator[StreamEvent]:
        match item.get("type"):
            case "reasoning" if not self._has_text:
                yield AnswerStageChanged(AnswerStage.THINKING)
            case "function_call":
                item_id = _item_id(item)
                self._tools[item_id] = text_of(item.get("name"))
                self._call_ids[item_id] = text_of(item.get("call_id"))
                yield self._tool_call(item_id, "", text_of(item.get("name")))

    def _tool_call(self, item_id: str, arguments: str, name: str = "") -> ToolCallDelta:
        self._tools.setdefault(item_id, "")
        index = self._order.setdefault(item_id, len(self._order))
        self._answer.count_call(item_id, name, arguments)
        if arguments:
            self._with_arguments.add(item_id)
        sound = self._halves.setdefault(item_id, SurrogateJoiner()).feed(arguments)
        return ToolCallDelta(index, self._call_ids.get(item_id) or item_id, name, sound)

    def _whole_arguments(self, item_id: str, arguments: str) -> Iterator[StreamEvent]:
        """Yield the arguments of a call that did not arrive in chunks."""
        if arguments and item_id not in self._with_arguments:
            yield self._tool_call(item_id, arguments)

    def _generated(self, item: Mapping[str, object]) -> Iterator[StreamEvent]:
        """Yield the picture generated by OpenAI's tool, if the item is one; its prompt is the description."""
        item_id = text_of(item.get("id"))
        if item.get("type") == "image_generation_call" and item_id not in self._pictures:
            self._pictures |= {item_id} - {""}
            yield from self._picture(from_base64(chunk_of(item.get("result"))), text_of(item.get("revised_prompt")))

    def _end(self, response: Mapping[str, object], event: Mapping[str, object]) -> Iterator[StreamEvent]:
        """Yield the end of the answer. `response` repeats the whole answer: its text is used only if none arrived before."""
        items = [members(item) for item in elements(response.get("output"))]
        if not self._has_text:
            for item in items:
                yield from self._whole_item(item)
        for item in items:
            yield from self._whole_call(item)
            yield from self._generated(item)
        for part in (members(part) for item in items for part in elements(item.get("content"))):
            yield from self._cite(part.get("annotations"))
        yield from self._answer.finish()
        usage = usage_of_response(response, event)
        if usage:
            yield UsageReported(usage)
        status = text_of(response.get("status")) or text_of(event.get("type")).rpartition(".")[2]
        if status in {"failed", "cancelled"}:
            raise self._error_of({"error": response.get("error") or status})
        self._is_finished = self._is_over = True
        if status == "incomplete":
            word = text_of(members(response.get("incomplete_details")).get("reason")) or status
            yield Finished(_INCOMPLETE.get(word, FinishReason.OTHER), word)
        else:
            is_cut = usage is not None and bool(self._limit) and (usage.completion_tokens or 0) >= (self._limit or 0)
            reason = FinishReason.LENGTH if is_cut else FinishReason.STOP
            yield Finished(FinishReason.TOOL_CALLS if self._tools else reason, status)

    def _whole_item(self, item: Mapping[str, object]) -> Iterator[StreamEvent]:
        parts = [members(part) for part in elements(item.get("content"))]
        words = "".join(chunk_of(part.get("text")) or chunk_of(part.get("refusal")) for part in parts)
        match item.get("type"):
            case "message":
                yield from self._text(words)
            case "reasoning" if not self._reasoning_type:
                summary = [chunk_of(members(part).get("text")) for part in elements(item.get("summary"))]
                yield from self._answer.reasoning(words or "\n\n".join(filter(None, summary)))

    def _whole_call(self, item: Mapping[str, object]) -> Iterator[StreamEvent]:
        if item.get("type") != "function_call":
            return
        if _item_id(item) not in self._tools:
            yield from self._item(item)
        yield from self._whole_arguments(_item_id(item), text_of(item.get("arguments")))


def _item_id(item: Mapping[str, object]) -> str:
    return text_of(item.get("id")) or text_of(item.get("call_id"))
