"""Decoding of Ollama's answers: one JSON object per line, into stream events.

A line may be an error at any point of a reply with status 200. The server omits counts of zero.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from chatdesk.kernel.chat.stream_events import (
    Finished,
    StreamEvent,
    ToolCallDelta,
    UsageReported,
)
from chatdesk.kernel.chat.usage import Usage, count, rate_of
from chatdesk.kernel.errors.base import ServerError
from chatdesk.kernel.models.think_tags import USUAL_TAGS, ThinkTags
from chatdesk.kernel.text.json_values import chunk_of, count_of, elements, members, text_of, text_of_value
from chatdesk.providers.finish_reasons import finish_reason
from chatdesk.providers.streaming.framing import Frame
from chatdesk.providers.streaming.json_event_decoder import JsonEventDecoder

_NANOSECONDS = 1_000_000_000
_NANOSECONDS_IN_MILLISECOND = 1_000_000


class OllamaLineDecoder(JsonEventDecoder):
    """An `AnswerDecoder`. `not_an_api` creates the error for a first line that is not JSON."""

    def __init__(
        self,
        error_of: Callable[[object], ServerError],
        not_an_api: Callable[[str], ServerError],
        tags: Sequence[ThinkTags] = (USUAL_TAGS,),
    ) -> None:
        super().__init__(error_of, not_an_api, tags)
        self._tool_calls = 0
        self._is_understood = False

    def _decode(self, frame: Frame, value: object) -> Iterator[StreamEvent]:
        line = members(value)
        if line.get("error"):
            raise self._error_of(line)
        if not self._is_understood and not line.keys() & {"message", "done"}:
            raise self._not_an_api(frame.data or "")
        self._is_understood = True
        yield from self._message(members(line.get("message")))
        if line.get("done") is True:
            yield from self._end(line)

    def _skip(self, frame: Frame, text: str) -> Iterable[StreamEvent]:
        if not self._is_understood and not text.lstrip().startswith("{"):
            raise self._not_an_api(text)
        return super()._skip(frame, text)

    def _message(self, message: Mapping[str, object]) -> Iterator[StreamEvent]:
        yield from self._answer.reasoning(chunk_of(message.get("thinking")))
        yield from self._answer.content(chunk_of(message.get("content")))
        for call in map(members, elements(message.get("tool_calls"))):
            function = members(call.get("function"))
            arguments = text_of_value(function.get("arguments"))
            call_id, name = text_of(call.get("id")), text_of(function.get("name"))
            self._answer.count_call(call_id, name, arguments)
            yield ToolCallDelta(self._tool_calls, call_id, name, arguments)
            self._tool_calls += 1

    def _end(self, line: Mapping[str, object]) -> Iterator[StreamEvent]:
        yield from self._answer.finish()
        read, written = count(line.get("prompt_eval_count")), count(line.get("eval_count"))
        loading = count_of(line.get("load_duration"))
        if line.keys() & {"eval_count", "prompt_eval_count"}:
            yield UsageReported(
                Usage(
                    read or 0,
                    written or 0,
                    rate_of(written, count_of(line.get("eval_duration")), _NANOSECONDS),
                    prompt_tokens_per_second=rate_of(read, count_of(line.get("prompt_eval_duration")), _NANOSECONDS),
                    load_milliseconds=None if loading is None else count(loading // _NANOSECONDS_IN_MILLISECOND),
                )
            )
        self._is_finished = self._is_over = True
        word = text_of(line.get("done_reason")) or "stop"
        yield Finished(finish_reason(word, called_tools=self._tool_calls > 0), word)
