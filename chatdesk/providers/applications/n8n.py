"""n8n: a workflow with a Chat Trigger, at its webhook address.

With a memory node, it stores the conversation under a session id of Chatdesk.

n8n cannot stop a workflow from outside: the connection is closed, but the workflow continues.
"""

import time
import uuid
from collections import deque
from collections.abc import AsyncGenerator, Callable, Iterator, Mapping, Sequence
from contextlib import AsyncExitStack, aclosing
from dataclasses import field
from itertools import groupby

from chatdesk.kernel.chat.application import Application, RemoteAnswer
from chatdesk.kernel.chat.message import FinishReason
from chatdesk.kernel.chat.request import ChatRequest, Picture
from chatdesk.kernel.chat.stream_events import (
    AnswerStage,
    AnswerStageChanged,
    Finished,
    RemoteAnswerStored,
    StreamEvent,
)
from chatdesk.kernel.errors.application_errors import ApplicationSilent, ApplicationUnavailable
from chatdesk.kernel.errors.base import KeyRejected, ServerError, ServerFailed
from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.kernel.models.model import Model, ModelRef
from chatdesk.kernel.servers.server import ServerStatus
from chatdesk.kernel.text.json_values import (
    NotJson,
    chunk_of,
    decode,
    elements,
    members,
    text_of,
    text_of_value,
)
from chatdesk.network.timeouts import PROBE
from chatdesk.providers.answer_text import MAX_ANSWER_CHARACTERS, AnswerOverflow, AnswerText
from chatdesk.providers.applications.application_provider import (
    ApplicationProvider,
    last_question,
    question_with_history,
)
from chatdesk.providers.applications.multipart import FormFile, encode_form
from chatdesk.providers.errors.reported_error import ReportedError
from chatdesk.providers.server_api import ServerApi
from chatdesk.providers.streaming.answer_reader import read_answer
from chatdesk.providers.streaming.framing import MAX_LINE_BYTES, Frame, LineSplitter, LineTooLong

# Decoding of an n8n workflow's answers: lines of JSON, one JSON text, or plain text, into stream events.
#
# A streaming workflow reports the start and end of each node run. Several may run in parallel, each with its own text. One that does not
# stream sends a single value. If only the trigger or only the nodes stream, the answer is empty. Format: n8n's own chat widget and the Chat
# Trigger node.

_KINDS = frozenset({"begin", "item", "end", "error"})
_EVENT = '{"type":'
_KIND = b'"type"'
"""Contained in every event."""
_BEGINNING = 1000
"""Number of characters that are enough to recognise an event."""
_ANSWER_FIELDS = ("output", "text", "message")
"""Fields that contain the answer, the most likely first."""


class TextLinesFramer:
    """Returns a frame for each line that may be an event, and one for consecutive lines of text, including blank ones.

    A million short or blank lines cost no more than their bytes. A frame also ends at the end of a chunk; the text is the same.
    """

    def __init__(self, limit: int = MAX_LINE_BYTES) -> None:
        self._lines = LineSplitter(limit)

    def feed(self, chunk: bytes) -> list[Frame]:
        """Return the frames completed by `chunk`. Raise `LineTooLong`."""
        try:
            return _frames(self._lines.feed(chunk))
        except LineTooLong as error:
            raise LineTooLong(error.limit, frames=_frames(error.lines)) from None

    def finish(self) -> list[Frame]:
        """Return the last line if it has no line break."""
        return _frames(self._lines.finish())


@dataclass(slots=True, eq=False)
class _Run:
    """One run of a node. Text that looks like JSON is held until its end: a node without streaming sends its value as one text."""

    held: list[str] = field(default_factory=list)
    has_spoken: bool = False
    is_json: bool | None = None
    has_ended: bool = False
    is_over: bool = False
    """Whether its whole text was emitted. The same node may start again."""


_MAX_DEPTH = 8


class N8nDecoder:
    """An `AnswerDecoder`.

    `error_of` creates the error that the workflow reports; for an empty answer it is called with the code `no_answer`.
    """

    def __init__(self, error_of: Callable[[object], ServerError]) -> None:
        self._error_of = error_of
        self._answer = AnswerText()
        self._runs: dict[tuple[str, str, str], _Run] = {}
        self._waiting: deque[_Run] = deque()
        """Runs whose text is not complete, in the order in which they began. Their texts are emitted one after the other."""
        self._held = 0
        """Number of characters that are held back."""
        self._text: list[str] = []
        """Lines that are not events: a complete reply, or a text."""
        self._has_text = False
        self._has_failed = False
        self._is_finished = False

    @property
    def is_finished(self) -> bool:
        """Whether the answer has ended. That is only known at the end of the stream, because another node may start at any time."""
        return self._is_finished

    @property
    def is_over(self) -> bool:
        """Always False: the stream is read to its end."""
        return False

    def decode(self, frame: Frame) -> Iterator[StreamEvent]:
        """Yield the events of a line. Raise the `ServerError` in it, or `AnswerOverflow`."""
        line = frame.data or ""
        event = _members_of(line)
        kind = text_of(event.get("type"))
        if kind not in _KINDS or not (event.keys() & {"content", "metadata"}):
            self._answer.count(line + "\n")
            self._text.append(line)
            return
        if kind != "item":
            self._answer.count(line)
        about = members(event.get("metadata"))
        key = (str(about.get("nodeId")), str(about.get("runIndex")), str(about.get("itemIndex")))
        match kind:
            case "begin":
                self._run(key)
                if not self._has_text:
                    yield AnswerStageChanged(AnswerStage.WORKING, name=text_of(about.get("nodeName")))
            case "item":
                run = self._run(key)
                content = event.get("content")
                run.held.append(content if isinstance(content, str) else _dump(content))
                self._held += len(run.held[-1])
                if self._held > MAX_ANSWER_CHARACTERS:
                    raise AnswerOverflow
                yield from self._emit_available()
            case "end":
                self._run(key).has_ended = True
                yield from self._emit_available()
            case "error":
                self._has_failed = True
                raise self._error_of({"message": text_of(event.get("content")), "code": "workflow_error"})

    def flush(self) -> Iterator[StreamEvent]:
        """Yield the text that was held back, and finish if every run has ended or the reply was complete."""
        complete = all(run.has_ended for run in self._waiting)
        for run in self._waiting:
            run.has_ended = True
        yield from self._emit_available()
        rest, self._text = "\n".join(self._text).strip(), []
        if _is_truncated(rest):
            complete = False
        elif rest:
            yield from self._whole(rest)
        yield from self._answer.finish()
        if not self._has_failed and not self._is_finished and complete:
            if not self._has_text:
                self._has_failed = True
                raise self._error_of({"message": "", "code": "no_answer"})
            self._is_finished = True
            yield Finished(FinishReason.STOP, "end")

    def _emit_available(self) -> Iterator[StreamEvent]:
        """Yield the text that can be emitted now."""
        while self._waiting:
            run = self._waiting[0]
            if run.is_json is None and (text := "".join(run.held).lstrip()):
                run.is_json = text.startswith(("{", "["))
            if run.held and (run.has_ended or run.is_json is False):
                text = "".join(run.held)
                self._held -= len(text)
                run.held.clear()
                if run.is_json:
                    text = _answer_text_of(text)
                if text:
                    yield from self._emit(text, begins=not run.has_spoken)
                    run.has_spoken = True
            if not run.has_ended:
                return
            self._waiting.popleft().is_over = True

    def _run(self, key: tuple[str, str, str]) -> _Run:
        run = self._runs.get(key)
        if run is None or run.is_over:
            run = self._runs[key] = _Run()
            self._waiting.append(run)
        return run

    def _whole(self, text: str) -> Iterator[StreamEvent]:
        reply = _members_of(text)
        if "code" in reply and "message" in reply and not (reply.keys() & {"output", "text"}):
            self._has_failed = True
            raise self._error_of(reply)
        if said := _answer_text_of(text):
            yield from self._emit(said, begins=True)

    def _emit(self, text: str, *, begins: bool) -> Iterator[StreamEvent]:
        if begins and self._has_text:
            yield from self._answer.content("\n\n")
        self._has_text = True
        yield from self._answer.content(text)


def _frames(lines: Sequence[bytes]) -> list[Frame]:
    text = b"\n".join(lines)
    if _KIND not in text:
        return [Frame.of_bytes(text)] if lines else []
    groups = groupby(lines, lambda line: _KIND in line)
    return [
        Frame.of_bytes(part)
        for may_be_event, group in groups
        for part in (group if may_be_event else (b"\n".join(group),))
    ]


def _answer_text_of(text: str) -> str:
    """Return the text of a value: a string, one of the answer fields, or the value as JSON."""
    try:
        value = decode(text)
    except NotJson:
        return text
    if not isinstance(value, str | dict | list):
        return text  # for example a number, as it was written
    said = _answer_text_in(value, _MAX_DEPTH)
    if said is not None or value in ({}, []):
        return said or ""
    return f"```json\n{text_of_value(value, indent=2) or text}\n```"


def _answer_text_in(value: object, depth: int) -> str | None:
    """Return a value if it is text, or the text of its answer field; None if there is none."""
    items = elements(value)
    first = items[0] if len(items) == 1 else value
    if isinstance(first, str):
        return first
    fields = members(first)
    spoken = next((chunk_of(fields[name]) for name in _ANSWER_FIELDS if isinstance(fields.get(name), str)), None)
    inner = next((fields[name] for name in ("output", "response", "json") if isinstance(fields.get(name), dict)), None)
    if spoken is not None or inner is None or depth == 0:
        return spoken
    said = _answer_text_in(inner, depth - 1)
    if said is not None or not inner:
        return said or ""
    shown = text_of_value(inner, indent=2)
    return f"```json\n{shown}\n```" if shown else None


def _is_truncated(text: str) -> bool:
    """Return whether a text is a truncated event."""
    beginning = "".join(text[:_BEGINNING].split())[: len(_EVENT)]
    return bool(beginning) and _EVENT.startswith(beginning)


def _members_of(line: str) -> Mapping[str, object]:
    if not line.lstrip().startswith("{"):
        return {}
    try:
        return members(decode(line))
    except NotJson:
        return {}


def _dump(value: object) -> str:
    return "" if value is None else text_of_value(value)


MODEL_ID = "n8n"
"""The id of the server's only model."""


class N8nProvider(ApplicationProvider):
    """A `Provider` whose only model is a workflow."""

    def __init__(self, server_id: str, api: ServerApi) -> None:
        self._ref = ModelRef(server_id, MODEL_ID)
        self._api = api

    async def probe(self) -> ServerStatus:
        """Request a conversation that does not exist, which verifies address and password.

        This does not run the workflow, unless it is configured to handle this request itself (option "manually"). A GET request would run
        it.
        """
        began = time.monotonic()
        await self._api.post("", {"action": "loadPreviousSession", "sessionId": uuid.uuid4().hex}, PROBE)
        return ServerStatus(None, 1, (time.monotonic() - began) * 1000)

    async def list_models(self) -> tuple[Model, ...]:
        """Return the workflow. It has no name, so the name of its server is used."""
        return (await self.describe(MODEL_ID),)

    async def describe(self, model_id: str) -> Model:
        """Return the workflow. It does not report whether it accepts pictures."""
        ref = ModelRef(self._ref.server_id, model_id)
        return Model(ref, self._api.endpoint.server, application=Application())

    async def chat(self, request: ChatRequest) -> AsyncGenerator[StreamEvent, None]:
        """Stream one answer. Closing the iterator closes the connection."""
        yield AnswerStageChanged(AnswerStage.WAITING)
        session = request.session.conversation or uuid.uuid4().hex
        asked = last_question(request) if request.session.conversation else question_with_history(request)
        fields = {"action": "sendMessage", "sessionId": session, "chatInput": asked.text}
        body = encode_form(fields, map(_file, asked.pictures)) if asked.pictures else {**fields, "metadata": {}}
        async with AsyncExitStack() as stack:
            stream = await stack.enter_async_context(self._api.stream("", body, accept="text/plain", model=""))
            yield RemoteAnswerStored(RemoteAnswer(session))
            decoder = N8nDecoder(lambda error: self._api.stream_error(error, ""))
            frames = self._api.frames(stream, TextLinesFramer())
            async with aclosing(read_answer(frames, decoder, self._api.endpoint)) as events:
                async for event in events:
                    yield event


def n8n_error(error: ReportedError, where: tuple[str, str], detail: str) -> ServerError | None:
    """Return the error for n8n's own error messages."""
    if "is not registered" in error.message or "not registered for" in error.message:
        return ApplicationUnavailable(*where, detail)
    match error.code:
        case "no_answer":
            return ApplicationSilent(*where)
        case "workflow_error":
            return ServerFailed(*where, 0, "" if detail.startswith("{") else detail)  # the message may be empty
        case _ if error.message.startswith("Authorization data is wrong"):
            return KeyRejected(*where, detail)
    return None


def _file(picture: Picture) -> FormFile:
    ending = "jpg" if picture.media_type == "image/jpeg" else "png"
    return FormFile("files", f"picture.{ending}", picture.media_type, picture.data)
