"""What a FastGPT app says while it answers: named events, most with OpenAI's chunks in them -> stream events.

The counts of tokens beside an answer are made up (1, 1, 1); the true ones stand in `flowResponses`, which comes after the end.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence

from chatdesk.kernel.chat.stream_events import (
    FollowUps,
    SourcesFound,
    Stage,
    StageChanged,
    StreamEvent,
    ToolCallDelta,
    UsageReported,
)
from chatdesk.kernel.chat.usage import Usage, count
from chatdesk.kernel.errors.base import ServerError
from chatdesk.kernel.text.json_values import NotJson, decode, elements, members, piece_of, text_of
from chatdesk.providers.applications.completion_events import completion_of
from chatdesk.providers.applications.event_decoder import EventDecoder
from chatdesk.providers.applications.forms import words
from chatdesk.providers.finish_reasons import finish_reason
from chatdesk.providers.sources import fastgpt_sources
from chatdesk.providers.streaming.framing import Frame

_MOST_OPTIONS = 12
_ANSWERS = frozenset({"", "message", "answer", "fastAnswer"})


class FastGptDecoder(EventDecoder):
    """An `AnswerDecoder`."""

    def __init__(self, error_of: Callable[[object], ServerError], not_an_api: Callable[[str], ServerError]) -> None:
        super().__init__(error_of, not_an_api)
        self._tools: dict[str, int] = {}
        self._finish_word = ""

    def decode(self, frame: Frame) -> Iterator[StreamEvent]:
        """Yield what a frame says; one kind of event holds a list. Raises the `ServerError` it carries, or `AnswerOverflow`."""
        if frame.name == "flowResponses":
            try:
                yield from self._results(elements(decode(frame.data or "")))
            except NotJson:
                return
        else:
            yield from super().decode(frame)

    def flush(self) -> Iterator[StreamEvent]:
        """Yield what was held back. Some versions leave out the mark of the end."""
        if self._finish_word:
            yield from self._done()
        yield from self._answer.finish()

    def _event(self, name: str, event: Mapping[str, object]) -> Iterator[StreamEvent]:
        match name:
            case "error":
                raise self._error_of(event)
            case "flowNodeStatus":
                yield StageChanged(Stage.WORKING, name=text_of(event.get("name")))
            case "toolCall" | "toolParams":
                yield from self._tool(members(event.get("tool")))
            case "interactive":
                yield from self._interactive(members(event.get("interactive")) or event)
            case _ if name in _ANSWERS:
                if event.get("error") or ("statusText" in event and not event.get("choices")):
                    raise self._error_of(event)
                yield from self._piece(event)

    def _whole(self, reply: Mapping[str, object], text: str) -> Iterator[StreamEvent]:
        if not elements(reply.get("choices")):
            is_error = reply.get("message") or reply.get("error")
            raise self._error_of(reply) if is_error else self._not_an_api(text)
        yield from self._piece(reply)
        yield from self._results(elements(reply.get("responseData")))
        yield from self._done()

    def _done(self) -> Iterator[StreamEvent]:
        word = self._finish_word or "stop"
        yield from self._finish(finish_reason(word, called_tools=False), word)

    def _piece(self, event: Mapping[str, object]) -> Iterator[StreamEvent]:
        piece = completion_of(event)
        self._finish_word = piece.finish or self._finish_word
        yield from self._answer.reasoning(piece.reasoning)
        if not self._is_finished:
            yield from self._say(piece.text)

    def _tool(self, tool: Mapping[str, object]) -> Iterator[StreamEvent]:
        call_id = text_of(tool.get("id"))
        name = text_of(tool.get("toolName")) or text_of(tool.get("functionName"))
        known = call_id in self._tools
        index = self._tools.setdefault(call_id, len(self._tools))
        arguments = piece_of(tool.get("params"))
        self._answer.count_call(call_id, name, arguments)
        if name and not known:
            yield StageChanged(Stage.WORKING, name=name)
        yield ToolCallDelta(index, call_id, name, text_of(arguments))

    def _interactive(self, interactive: Mapping[str, object]) -> Iterator[StreamEvent]:
        """Yield what the flow wants to know; it goes on with the next message."""
        wanted = members(interactive.get("params"))
        yield from self._say(piece_of(wanted.get("description")))
        options = [words(members(each).get("value")) for each in elements(wanted.get("userSelectOptions"))]
        fields = [words(members(each).get("label")) for each in elements(wanted.get("inputForm"))]
        listed = [each for each in (*options, *fields) if each][:_MOST_OPTIONS]
        if listed:
            yield from self._say("\n\n" + "\n".join(f"- {each}" for each in listed) + "\n")
        if chosen := tuple(each for each in options if each)[:_MOST_OPTIONS]:
            yield FollowUps(chosen)

    def _results(self, nodes: Sequence[object]) -> Iterator[StreamEvent]:
        """Yield what the nodes of the flow have quoted and counted."""
        if sources := fastgpt_sources(nodes):
            yield SourcesFound(sources)
        read = [count(members(node).get("inputTokens")) for node in nodes]
        written = [count(members(node).get("outputTokens")) for node in nodes]
        if any(each is not None for each in (*read, *written)):
            yield UsageReported(Usage(*(count(sum(filter(None, each))) for each in (read, written))))
