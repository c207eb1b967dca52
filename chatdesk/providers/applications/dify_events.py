"""Decoding of a Dify app's answers: one JSON object per event, into stream events.

Format: Dify's API documentation for chat and chatflow apps. The text arrives in chunks; moderation may retract it. A failed workflow
reports this in `workflow_finished`, then with an `error`, never in `message_end`. Audio is skipped.
"""

from collections.abc import Callable, Iterator, Mapping
from urllib.parse import urljoin, urlsplit

from chatdesk.kernel.chat.message import FinishReason
from chatdesk.kernel.chat.stream_events import (
    AnswerStage,
    AnswerStageChanged,
    SourcesFound,
    StreamEvent,
    ToolCallDelta,
    UsageReported,
)
from chatdesk.kernel.chat.usage import Usage, count
from chatdesk.kernel.errors.base import ServerError
from chatdesk.kernel.text.json_values import chunk_of, members, text_of
from chatdesk.providers.applications.event_decoder import EventDecoder, RepeatedText
from chatdesk.providers.sources import dify_sources

_LONG_ENOUGH = 16
"""A chunk that begins with at least this many characters of the text so far is considered a repetition (the new Agent's last event)."""


class DifyDecoder(EventDecoder):
    """An `AnswerDecoder`. `root` is the server's address, for file URLs without one."""

    def __init__(
        self, error_of: Callable[[object], ServerError], not_an_api: Callable[[str], ServerError], root: str = ""
    ) -> None:
        super().__init__(error_of, not_an_api)
        self._root = root
        self._shown_text = RepeatedText(_LONG_ENOUGH)
        self._tools: set[str] = set()
        self._workflow_status = ""
        self._workflow_error = ""
        self.task_id = ""
        """Task id for stopping; empty until the first event."""

    def flush(self) -> Iterator[StreamEvent]:
        """Yield the text that was held back. A workflow may succeed without reporting the end of its message."""
        match self._workflow_status:
            case "succeeded" | "partial-succeeded":
                yield from self._finish()
            case "stopped":
                yield from self._finish(FinishReason.ABORTED, "stopped")
            case _:
                yield from self._answer.finish()
                if self._workflow_status == "failed" and not self._is_finished:
                    self.task_id = self._workflow_status = ""
                    raise self._error_of({"message": self._workflow_error, "code": "workflow_failed"})

    def _event(self, name: str, event: Mapping[str, object]) -> Iterator[StreamEvent]:
        kind = text_of(event.get("event")) or name
        if kind == "error":
            self.task_id = self._workflow_status = ""  # it has ended, so there is nothing to stop
            raise self._error_of(event)
        self.task_id = text_of(event.get("task_id")) or self.task_id
        if conversation := text_of(event.get("conversation_id")):
            yield from self._report_stored(conversation, text_of(event.get("message_id")))
        yield from self._of_kind(kind, event, members(event.get("data")))

    def _whole(self, reply: Mapping[str, object], text: str) -> Iterator[StreamEvent]:
        if reply.get("code") and reply.get("message"):
            raise self._error_of(reply)
        if not isinstance(reply.get("answer"), str):
            raise self._not_an_api(text)
        yield from self._event("message", reply)
        yield from self._end(reply)

    def _of_kind(self, kind: str, event: Mapping[str, object], data: Mapping[str, object]) -> Iterator[StreamEvent]:
        match kind:
            case "message" | "agent_message" if not self._is_finished:
                yield from self._text(self._shown_text.new_part(chunk_of(event.get("answer"))))
            case "message_replace":
                text = text_of(event.get("answer"))
                self._shown_text.restart(text)
                yield from self._replace_text(text)
            case "reasoning_chunk":
                yield from self._answer.reasoning(chunk_of(data.get("reasoning")))
            case "agent_thought":
                yield from self._thought(event)
            case "message_file":
                yield from self._file(event)
            case "message_end":
                yield from self._end(event)
            case "workflow_started":
                yield AnswerStageChanged(AnswerStage.WORKING)
            case "node_started":
                yield AnswerStageChanged(AnswerStage.WORKING, name=text_of(data.get("title")))
            case "workflow_finished":
                self._workflow_status = text_of(data.get("status"))
                self._workflow_error = text_of(data.get("error"))
            case "workflow_paused" | "human_input_required":
                raise self._error_of({"code": "waits_for_form", "message": text_of(data.get("title"))})

    def _thought(self, event: Mapping[str, object]) -> Iterator[StreamEvent]:
        """Yield the tool call of a step once its input is known. The same step arrives repeatedly, each time with more data."""
        step, tool, arguments = (text_of(event.get(name)) for name in ("id", "tool", "tool_input"))
        if tool:
            yield AnswerStageChanged(AnswerStage.WORKING, name=tool)
        if tool and arguments and step not in self._tools:
            self._answer.count_call(step, tool, arguments)
            yield ToolCallDelta(len(self._tools), step, tool, arguments)
            self._tools.add(step)

    def _file(self, event: Mapping[str, object]) -> Iterator[StreamEvent]:
        """Yield a file created by the app as Markdown. The user decides whether a picture is fetched."""
        try:
            address = urljoin(self._root, text_of(event.get("url")).strip())
            scheme = urlsplit(address).scheme
        except ValueError:
            return
        belongs_here = event.get("belongs_to") in (None, "assistant")
        if belongs_here and scheme in {"http", "https"}:
            safe = "".join(f"%{ord(sign):02X}" if sign in "<>\\ \n\r" else sign for sign in address)
            mark = "!" if event.get("type") == "image" else ""
            name = text_of(event.get("type")) or "file"
            yield from self._text(f"\n\n{mark}[{name}](<{safe}>)\n\n")

    def _end(self, event: Mapping[str, object]) -> Iterator[StreamEvent]:
        metadata = members(event.get("metadata"))
        if sources := dify_sources(metadata.get("retriever_resources")):
            yield SourcesFound(sources)
        usage = members(metadata.get("usage"))
        if usage:
            yield UsageReported(Usage(count(usage.get("prompt_tokens")), count(usage.get("completion_tokens"))))
        yield from self._finish()
