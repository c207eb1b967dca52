"""FastGPT's apps. The key belongs to an app or ends with its id (`key-appId`); conversations are stored under an id that Chatdesk creates.

Format: https://doc.fastgpt.io/openapi. No way to stop an app is documented, so the connection is closed.
"""

import re
import time
import uuid
from collections.abc import AsyncGenerator, Callable, Iterator, Mapping, Sequence
from contextlib import AsyncExitStack, aclosing
from urllib.parse import urlencode

from chatdesk.kernel.chat.application import Application, RemoteAnswer
from chatdesk.kernel.chat.request import ChatRequest
from chatdesk.kernel.chat.stream_events import (
    AnswerStage,
    AnswerStageChanged,
    FollowUps,
    RemoteAnswerStored,
    SourcesFound,
    StreamEvent,
    ToolCallDelta,
    UsageReported,
)
from chatdesk.kernel.chat.usage import Usage, count
from chatdesk.kernel.errors.application_errors import ApplicationUnavailable
from chatdesk.kernel.errors.base import (
    AccessDenied,
    KeyRejected,
    NotAChatServer,
    QuotaExhausted,
    RateLimited,
    RequestRefused,
    ServerError,
    ServerFailed,
)
from chatdesk.kernel.models.model import Capability, Model, ModelRef
from chatdesk.kernel.presets.variable import TOGGLE_ON, Variable, VariableKind
from chatdesk.kernel.servers.server import ServerStatus
from chatdesk.kernel.text.json_values import NotJson, chunk_of, decode, elements, members, text_of
from chatdesk.network.timeouts import LIST, PROBE, Timeouts
from chatdesk.providers.applications.application_provider import (
    ApplicationProvider,
    last_question,
    question_with_history,
)
from chatdesk.providers.applications.completion_events import completion_of
from chatdesk.providers.applications.event_decoder import EventDecoder
from chatdesk.providers.applications.forms import MAX_FORM_FIELDS, variable, words
from chatdesk.providers.errors.reported_error import ReportedError
from chatdesk.providers.finish_reasons import finish_reason
from chatdesk.providers.server_api import ServerApi
from chatdesk.providers.sources import fastgpt_sources
from chatdesk.providers.streaming.answer_reader import read_answer
from chatdesk.providers.streaming.framing import EventOrWholeFramer, Frame

# The opening message of an application, and the questions in it as a list: `- [Question]`, which FastGPT shows as buttons.

_QUESTION = re.compile(r"^[ \t]*[-*][ \t]+\[(?P<question>[^\]\n]{1,500})\][ \t]*$", re.MULTILINE)
_MAX_FIELDS = 12


def opening_of(text: str) -> tuple[str, tuple[str, ...]]:
    """Return the text without the questions, and the questions."""
    questions = tuple(match["question"].strip() for match in _QUESTION.finditer(text))[:_MAX_FIELDS]
    return re.sub(r"\n{3,}", "\n\n", _QUESTION.sub("", text)).strip(), questions


# Decoding of a FastGPT app's answers: named events, most of them with OpenAI's chunks, into stream events.
#
# The token counts of an answer are placeholders (1, 1, 1); the real ones are in `flowResponses`, which follows the end.

_MAX_OPTIONS = 12
_ANSWERS = frozenset({"", "message", "answer", "fastAnswer"})


class FastGptDecoder(EventDecoder):
    """An `AnswerDecoder`."""

    def __init__(self, error_of: Callable[[object], ServerError], not_an_api: Callable[[str], ServerError]) -> None:
        super().__init__(error_of, not_an_api)
        self._tools: dict[str, int] = {}
        self._finish_word = ""

    def decode(self, frame: Frame) -> Iterator[StreamEvent]:
        """Yield the events of a frame; one event type contains a list. Raise the `ServerError` in it, or `AnswerOverflow`."""
        if frame.name == "flowResponses":
            try:
                yield from self._results(elements(decode(frame.data or "")))
            except NotJson:
                return
        else:
            yield from super().decode(frame)

    def flush(self) -> Iterator[StreamEvent]:
        """Yield the text that was held back. Some versions omit the end marker."""
        if self._finish_word:
            yield from self._done()
        yield from self._answer.finish()

    def _event(self, name: str, event: Mapping[str, object]) -> Iterator[StreamEvent]:
        match name:
            case "error":
                raise self._error_of(event)
            case "flowNodeStatus":
                yield AnswerStageChanged(AnswerStage.WORKING, name=text_of(event.get("name")))
            case "toolCall" | "toolParams":
                yield from self._tool(members(event.get("tool")))
            case "interactive":
                yield from self._interactive(members(event.get("interactive")) or event)
            case _ if name in _ANSWERS:
                if event.get("error") or ("statusText" in event and not event.get("choices")):
                    raise self._error_of(event)
                yield from self._completion(event)

    def _whole(self, reply: Mapping[str, object], text: str) -> Iterator[StreamEvent]:
        if not elements(reply.get("choices")):
            is_error = reply.get("message") or reply.get("error")
            raise self._error_of(reply) if is_error else self._not_an_api(text)
        yield from self._completion(reply)
        yield from self._results(elements(reply.get("responseData")))
        yield from self._done()

    def _done(self) -> Iterator[StreamEvent]:
        word = self._finish_word or "stop"
        yield from self._finish(finish_reason(word, called_tools=False), word)

    def _completion(self, event: Mapping[str, object]) -> Iterator[StreamEvent]:
        completion = completion_of(event)
        self._finish_word = completion.finish or self._finish_word
        yield from self._answer.reasoning(completion.reasoning)
        if not self._is_finished:
            yield from self._text(completion.text)

    def _tool(self, tool: Mapping[str, object]) -> Iterator[StreamEvent]:
        call_id = text_of(tool.get("id"))
        name = text_of(tool.get("toolName")) or text_of(tool.get("functionName"))
        known = call_id in self._tools
        index = self._tools.setdefault(call_id, len(self._tools))
        arguments = chunk_of(tool.get("params"))
        self._answer.count_call(call_id, name, arguments)
        if name and not known:
            yield AnswerStageChanged(AnswerStage.WORKING, name=name)
        yield ToolCallDelta(index, call_id, name, text_of(arguments))

    def _interactive(self, interactive: Mapping[str, object]) -> Iterator[StreamEvent]:
        """Yield the question that the flow asks; it continues with the next message."""
        request = members(interactive.get("params"))
        yield from self._text(chunk_of(request.get("description")))
        options = [words(members(each).get("value")) for each in elements(request.get("userSelectOptions"))]
        fields = [words(members(each).get("label")) for each in elements(request.get("inputForm"))]
        listed = [each for each in (*options, *fields) if each][:_MAX_OPTIONS]
        if listed:
            yield from self._text("\n\n" + "\n".join(f"- {each}" for each in listed) + "\n")
        if chosen := tuple(each for each in options if each)[:_MAX_OPTIONS]:
            yield FollowUps(chosen)

    def _results(self, nodes: Sequence[object]) -> Iterator[StreamEvent]:
        """Yield the sources and token counts of the flow's nodes."""
        if sources := fastgpt_sources(nodes):
            yield SourcesFound(sources)
        read = [count(members(node).get("inputTokens")) for node in nodes]
        written = [count(members(node).get("outputTokens")) for node in nodes]
        if any(each is not None for each in (*read, *written)):
            yield UsageReported(Usage(*(count(sum(filter(None, each))) for each in (read, written))))


NAMELESS = "app"
"""The id of the server's only model, the app of the key. If the app has a name, that is the id, so that users recognise it."""
_KINDS = {
    "input": VariableKind.TEXT,
    "textarea": VariableKind.LONG_TEXT,
    "select": VariableKind.CHOICE,
    "numberInput": VariableKind.NUMBER,
    "switch": VariableKind.TOGGLE,
}
_NO_POINTS = frozenset({"aipointsnotenough", "insufficientquota"})
_UNPUBLISHED = frozenset({"appunexist", "unauthapp", "appnotexist"})


class FastGptProvider(ApplicationProvider):
    """A `Provider` whose only model is an app."""

    def __init__(self, server_id: str, api: ServerApi) -> None:
        self._server_id = server_id
        self._api = api
        self._inputs: tuple[Variable, ...] = ()

    async def probe(self) -> ServerStatus:
        """Request the start of a chat, which costs nothing and verifies address and key."""
        began = time.monotonic()
        await self._begin(PROBE)
        return ServerStatus(None, 1, (time.monotonic() - began) * 1000)

    async def list_models(self) -> tuple[Model, ...]:
        """Return the app."""
        return (await self.describe(""),)

    async def describe(self, model_id: str) -> Model:
        """Return the app, regardless of the requested id."""
        app = await self._begin(LIST)
        config = members(app.get("chatConfig"))
        opening, questions = opening_of(text_of(config.get("welcomeText")))
        fields = [members(each) for each in elements(config.get("variables"))[:MAX_FORM_FIELDS]]
        self._inputs = tuple(made for field in fields if (made := _variable(field)))
        application = Application(words(app.get("intro")), opening, questions, self._inputs)
        name = words(app.get("name")) or self._api.endpoint.server
        # FastGPT accepts pictures only as public addresses, which attachments do not have.
        ref = ModelRef(self._server_id, model_id or words(app.get("name")) or NAMELESS)
        return Model(ref, name, frozenset({Capability.CHAT}), application=application)

    async def chat(self, request: ChatRequest) -> AsyncGenerator[StreamEvent, None]:
        """Stream one answer. Closing the iterator closes the connection."""
        yield AnswerStageChanged(AnswerStage.WAITING)
        chat_id = request.session.conversation or uuid.uuid4().hex
        asked = last_question(request) if request.session.conversation else question_with_history(request)
        body = {
            "chatId": chat_id,
            "stream": True,
            "detail": True,
            "variables": _values(self._inputs, request.session.inputs),
            "messages": [{"role": "user", "content": asked.text}],
        }
        async with AsyncExitStack() as stack:
            stream = await stack.enter_async_context(
                self._api.stream("/api/v1/chat/completions", body, accept="text/event-stream", model="")
            )
            yield RemoteAnswerStored(RemoteAnswer(chat_id))
            decoder = FastGptDecoder(
                lambda error: self._api.stream_error(error, ""),
                lambda text: self._api.not_an_api(stream.url, stream.status, text),
            )
            frames = self._api.frames(stream, EventOrWholeFramer())
            async with aclosing(read_answer(frames, decoder, self._api.endpoint)) as events:
                async for event in events:
                    yield event

    async def _begin(self, timeouts: Timeouts) -> Mapping[str, object]:
        """Return the description of the app for a new chat. Versions that do not provide it for a key are used without the app's name."""
        query = urlencode({"chatId": uuid.uuid4().hex})
        try:
            reply = members(await self._api.get(f"/api/core/chat/init?{query}", timeouts))
        except NotAChatServer as error:
            if error.status not in {404, 405} or not error.detail.startswith("{"):
                raise
            return {}
        except (RequestRefused, ServerFailed):
            return {}
        if not isinstance(reply.get("data"), dict) and "code" not in reply:
            raise self._api.not_an_api(self._api.endpoint.url("/api/core/chat/init"), 200, str(reply))
        return members(members(reply.get("data")).get("app"))


def fastgpt_error(error: ReportedError, where: tuple[str, str], detail: str) -> ServerError | None:
    """Return the error for FastGPT's own error names: its status is always 500, even for an invalid key."""
    if error.type in _NO_POINTS:
        return QuotaExhausted(*where, detail)
    if error.type in _UNPUBLISHED:
        return ApplicationUnavailable(*where, detail)
    if error.type in {"unauthapikey", "unauthtoken", "unauthorization"} or error.code in {"514", "403"}:
        return KeyRejected(*where, detail)
    if error.type.startswith("unauth"):
        return AccessDenied(*where, detail)
    if error.type == "toomanyrequest" or error.code == "429":
        return RateLimited(*where, None, detail)
    return None


def _variable(field: Mapping[str, object]) -> Variable | None:
    kind = _KINDS.get(text_of(field.get("type")))
    listed = [members(each).get("value") for each in elements(field.get("list")) or elements(field.get("enums"))]
    if kind is None:
        return None
    return variable(
        field.get("key"), kind, field, label=field.get("label"), default=field.get("defaultValue"), choices=listed
    )


def _values(inputs: tuple[Variable, ...], values: Mapping[str, str]) -> dict[str, object]:
    kinds = {each.name: each.kind for each in inputs}
    return {
        name: value == TOGGLE_ON if kinds.get(name) is VariableKind.TOGGLE else value for name, value in values.items()
    }
