"""The output of `--json`: one JSON object per line. docs/command-line.md documents them; names never change."""

import json
from collections.abc import Mapping
from typing import assert_never

from chatdesk import __version__
from chatdesk.app.console.output import Output
from chatdesk.app.console.report import Problem
from chatdesk.app.exit_code import ExitCode
from chatdesk.kernel.chat.attachments import ReadingProgress
from chatdesk.kernel.chat.message import Attachment, ImagePart, Source
from chatdesk.kernel.chat.stream_events import (
    AnswerStageChanged,
    CharactersLost,
    ContextGrown,
    Finished,
    FollowUps,
    PictureAdded,
    PictureArrived,
    PromptTokensCounted,
    ReasoningDelta,
    RemoteAnswerStored,
    SourcesFound,
    StreamEvent,
    TextDelta,
    TextRetracted,
    TextWasReasoning,
    ThinkingChanged,
    ToolCallDelta,
    UsageReported,
)
from chatdesk.kernel.chat.usage import Usage
from chatdesk.kernel.documents.kinds import kind_of
from chatdesk.kernel.models.model import Model
from chatdesk.kernel.servers.server import ServerConfig

VERSION = 1
"""The version of the format. New events and new fields do not change it."""
_STATUS = {
    ExitCode.ANSWERED: "ok",
    ExitCode.BUG: "error",
    ExitCode.USAGE: "usage",
    ExitCode.NOT_AVAILABLE: "unavailable",
    ExitCode.REFUSED: "refused",
    ExitCode.CUT_OFF: "incomplete",
    ExitCode.STOPPED: "stopped",
}


_NAMES: Mapping[type[StreamEvent], str] = {
    TextDelta: "text",
    ReasoningDelta: "reasoning",
    TextWasReasoning: "text_was_reasoning",
    TextRetracted: "text_withdrawn",
    CharactersLost: "characters_lost",
}


class JsonLines:
    """A report as JSON lines. `verb` is the command, named in the first line."""

    def __init__(self, output: Output, verb: str) -> None:
        self._output = output
        self._verb = verb
        self._started = False

    def begin(self, **fields: object) -> None:
        """Print the first line."""
        self._started = True
        own = {"format": f"chatdesk-{self._verb}", "version": VERSION, "program": __version__}
        self.line("start", **own, **fields)

    def line(self, event: str, **fields: object) -> None:
        """Print a line for an event, without unknown fields."""
        if not self._started:
            self.begin()
        record = {"event": event} | _without_empty(fields)
        self._output.write(json.dumps(record, ensure_ascii=not self._output.supports_unicode) + "\n")

    def warn(self, name: str, sentence: str) -> None:
        """Print a line, and the sentence on standard error."""
        self._output.write_status(f"{sentence}\n")
        self.line("warning", code=name, message=sentence)

    def close(self) -> None:
        """Do nothing: every line is complete."""

    def fail(self, problem: Problem) -> None:
        """Print a line, and the sentence on standard error."""
        self._output.write_status(problem.lines)
        self.line("error", **problem_fields(problem), exit_code=int(problem.code))

    def end(self, code: ExitCode) -> None:
        """Print the last line."""
        self.line("end", status=_STATUS[code], exit_code=int(code))


class JsonAnswer(JsonLines):
    """An answer as JSON lines, while it is streamed."""

    def start(self, server: ServerConfig, model: Model) -> None:
        """Print the server and the model."""
        self.begin(server=server_fields(server), model=model.ref.model_id)

    def show_reading(self, name: str, progress: ReadingProgress) -> None:
        """Do nothing: what is read is printed once it is sent."""

    def show_file(self, attachment: Attachment) -> None:
        """Print a line for a file that is sent."""
        self.line("file", **_file(attachment))

    def show(self, event: StreamEvent) -> None:
        """Print a line for a stream event."""
        name, fields = _event_fields(event)
        self.line(name, **fields)


def problem_fields(problem: Problem) -> dict[str, object]:
    """Return the fields of a problem."""
    return _without_empty({"code": problem.name, "message": problem.sentence, "detail": problem.detail})


def server_fields(server: ServerConfig) -> dict[str, object]:
    """Return the fields of a server, without credentials."""
    return _without_empty({"name": server.name, "address": server.shareable_address})


def _without_empty(fields: Mapping[str, object]) -> dict[str, object]:
    """Return the fields that are known."""
    return {name: value for name, value in fields.items() if value is not None and value != ""}


def _event_fields(event: StreamEvent) -> tuple[str, dict[str, object]]:
    """Return the name and the fields of a stream event."""
    match event:
        case TextDelta(text) | ReasoningDelta(text):
            return _NAMES[type(event)], {"text": text}
        case TextWasReasoning() | TextRetracted() | CharactersLost():
            return _NAMES[type(event)], {}
        case AnswerStageChanged(stage, done, total, seconds, name):
            return "stage", {"stage": stage, "done": done, "total": total, "retry_in": seconds, "step": name}
        case ToolCallDelta(index, call_id, name, arguments):
            return "tool_call", {"index": index, "id": call_id, "name": name, "arguments": arguments}
        case PromptTokensCounted(tokens, context_length, pictures):
            return "prompt", {"tokens": tokens, "context_length": context_length, "picture_tokens": pictures or None}
        case ContextGrown(tokens):
            return "context", {"context_length": tokens}
        case UsageReported(usage):
            return "usage", _usage(usage)
        case ThinkingChanged(wanted, used):
            return "thinking_changed", {"requested": wanted, "used": used}
        case RemoteAnswerStored(answer):
            return "conversation", {"conversation_id": answer.conversation, "message_id": answer.message}
        case FollowUps(questions):
            return "follow_ups", {"questions": list(questions)}
        case SourcesFound(sources):
            return "sources", {"sources": [_source(source) for source in sources]}
        case PictureArrived() | PictureAdded():
            return "picture", _picture(event)
        case Finished(reason, word):
            return "finish", {"finish_reason": reason, "server_finish_reason": word}
        case _:
            assert_never(event)


def _file(attachment: Attachment) -> dict[str, object]:
    fields: dict[str, object] = {"name": attachment.name, "size": attachment.size, "media_type": attachment.media_type}
    if isinstance(attachment, ImagePart):
        return fields | {"kind": "picture", "width": attachment.width, "height": attachment.height}
    fields |= {"kind": str(kind_of(attachment.media_type)), "tokens": attachment.tokens}
    return fields | {"unit": str(attachment.unit), "count": attachment.sections} if attachment.sections else fields


def _picture(event: PictureArrived | PictureAdded) -> dict[str, object]:
    return (
        {"url": event.source, "name": event.name} if isinstance(event, PictureArrived) else {"name": event.picture.name}
    )


def _usage(usage: Usage) -> dict[str, object]:
    return {
        "prompt_tokens": usage.prompt_tokens,
        "cached_prompt_tokens": usage.cached_prompt_tokens,
        "completion_tokens": usage.completion_tokens,
        "tokens_per_second": usage.tokens_per_second,
        "prompt_tokens_per_second": usage.prompt_tokens_per_second,
        "load_milliseconds": usage.load_milliseconds,
        "context_length": usage.context_length,
    }


def _source(source: Source) -> dict[str, object]:
    record = {
        "number": source.number,
        "title": source.title,
        "url": source.address,
        "text": source.passage,
        "collection": source.collection,
        "score": source.score,
    }
    return _without_empty(record)
