"""DB-GPT: its models, apps, knowledge spaces and flows. Each of them is selected like a model.

Format: DB-GPT's documentation of `/api/v2`. Conversations are stored there under an id that Chatdesk creates. No way to stop an answer is
documented, so the connection is closed.
"""

import asyncio
import re
import time
import uuid
from collections.abc import AsyncGenerator, Callable, Iterable, Iterator, Mapping
from contextlib import AsyncExitStack, aclosing

from chatdesk.kernel.chat.application import Application, RemoteAnswer
from chatdesk.kernel.chat.request import ChatRequest
from chatdesk.kernel.chat.stream_events import AnswerStage, AnswerStageChanged, RemoteAnswerStored, StreamEvent
from chatdesk.kernel.errors.base import KeyRejected, ServerError
from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.kernel.models.model import Capability, Model, ModelRef
from chatdesk.kernel.servers.server import ServerStatus
from chatdesk.kernel.text.json_values import NotJson, chunk_of, decode, elements, members, text_of
from chatdesk.network.timeouts import LIST, PROBE, Timeouts
from chatdesk.providers.applications.application_provider import (
    ApplicationProvider,
    last_question,
    question_with_history,
)
from chatdesk.providers.applications.completion_events import completion_of
from chatdesk.providers.applications.event_decoder import EventDecoder, RepeatedText
from chatdesk.providers.applications.forms import words
from chatdesk.providers.errors.reported_error import ReportedError
from chatdesk.providers.finish_reasons import finish_reason
from chatdesk.providers.server_api import ServerApi
from chatdesk.providers.streaming.answer_reader import read_answer
from chatdesk.providers.streaming.framing import EventOrWholeFramer, Frame

# Decoding of DB-GPT's answers: OpenAI's chunks, and from its agents the whole answer repeatedly, into stream events.
#
# Agents send their plans as JSON in code blocks of special types (`agent-plans`, `vis-…`). The texts in the JSON are shown.

_OPENS_VIEW = re.compile(r"(`{3,})(?:agent-|vis-|gpt-)[\w-]*[ \t]*$")
_BEGINS_VIEW = re.compile(r"\s*`{3,}(?:agent-|vis-|gpt-)")
_SERVER_ERROR = "[SERVER_ERROR]"
_DONE = "[DONE]"
_MAX_DEPTH = 20


class DbGptDecoder(EventDecoder):
    """An `AnswerDecoder`. With `repeats`, each chunk may contain the whole answer so far."""

    def __init__(
        self,
        error_of: Callable[[object], ServerError],
        not_an_api: Callable[[str], ServerError],
        *,
        repeats: bool = False,
    ) -> None:
        super().__init__(error_of, not_an_api)
        self._repeats = repeats
        self._shown_text = RepeatedText(1)
        self._has_spoken = False
        self._word = ""

    def flush(self) -> Iterator[StreamEvent]:
        """Yield the text that was held back. Without an end marker, the end of the stream counts as the end."""
        if self._has_spoken:
            yield from self._done()
        yield from self._answer.finish()

    def _event(self, _name: str, event: Mapping[str, object], /) -> Iterator[StreamEvent]:
        if event.get("success") is False or event.get("error") or (event.get("detail") and not event.get("choices")):
            raise self._error_of(event)
        completion = completion_of(event)
        self._word = completion.finish or self._word
        yield from self._answer.reasoning(completion.reasoning)
        text = completion.text or self._view(event.get("vis"))
        self._refuse_error(text)
        if not text or self._is_finished:
            return
        self._has_spoken = True
        if self._repeats and _BEGINS_VIEW.match(text):
            shown = with_views_as_text(text)
            self._shown_text.restart(shown)
            yield from self._replace_text(shown)
        else:
            yield from self._text(self._shown_text.new_part(text) if self._repeats else text)

    def _view(self, vis: object) -> str:
        """Return the text of an agent's own event type: each one contains the whole answer, and the last one the end marker."""
        text = chunk_of(vis)
        if text.strip() == _DONE:
            return ""
        self._repeats = self._repeats or bool(text)
        return text

    def _skip(self, frame: Frame, text: str, /) -> Iterable[StreamEvent]:
        """Skip text that is not JSON, unless it is an error message."""
        self._refuse_error(text.strip())
        return super()._skip(frame, text)

    def _refuse_error(self, text: str) -> None:
        if text.startswith(_SERVER_ERROR):
            raise self._error_of({"message": text.removeprefix(_SERVER_ERROR).strip()})

    def _whole(self, reply: Mapping[str, object], text: str) -> Iterator[StreamEvent]:
        if not elements(reply.get("choices")) and not (reply.keys() & {"success", "error", "detail"}):
            raise self._not_an_api(text)
        yield from self._event("", reply)
        yield from self._done()

    def _done(self) -> Iterator[StreamEvent]:
        word = self._word or "stop"
        yield from self._finish(finish_reason("length" if word == "max_tokens" else word, called_tools=False), word)


def with_views_as_text(text: str) -> str:
    """Return a text with the agents' views replaced by the texts in them. Unreadable views stay unchanged."""
    shown: list[str] = []
    view: list[str] = []
    fence = ""
    for line in text.split("\n"):
        if fence:
            view.append(line)
            if line.rstrip() == fence:
                shown.append(_text_of_view(view))
                fence = ""
        elif opening := _OPENS_VIEW.match(line):
            fence, view = opening[1], [line]
        else:
            shown.append(line)
    return "\n".join([*shown, *(view if fence else ())])


def _text_of_view(view: list[str]) -> str:
    try:
        found = list(_markdown(decode("\n".join(view[1:-1])), _MAX_DEPTH))
    except NotJson:
        found = []
    return "\n\n".join(found) or "\n".join(view)


def _markdown(value: object, depth: int) -> Iterator[str]:
    if depth == 0 or not isinstance(value, list | dict):
        return
    for each in elements(value):
        yield from _markdown(each, depth - 1)
    fields = members(value)
    title = text_of(fields.get("title")) or text_of(fields.get("name"))
    words = chunk_of(fields.get("markdown")) or chunk_of(fields.get("content")) or chunk_of(fields.get("result"))
    if words:
        yield f"**{title}**\n\n{with_views_as_text(words)}" if title else with_views_as_text(words)
    for name in ("tasks", "items", "children", "messages"):
        yield from _markdown(fields.get(name), depth - 1)


_NORMAL = "chat_normal"
_MAX_ENTRIES = 500


@dataclass(frozen=True, slots=True)
class _ModelList:
    """A list of items to chat with: its chat mode, its path, and the field names of an entry."""

    mode: str
    path: str
    id_field: str
    name_fields: tuple[str, ...]
    about_fields: tuple[str, ...]


_MODELS = _ModelList(_NORMAL, "/api/v1/model/types", "", (), ())
_LISTS = (
    _MODELS,
    _ModelList("chat_app", "/api/v2/serve/apps", "app_code", ("app_name",), ("app_describe",)),
    _ModelList("chat_knowledge", "/api/v2/serve/knowledge/spaces", "name", ("name",), ("desc",)),
    _ModelList("chat_flow", "/api/v2/serve/awel/flows", "uid", ("label", "name"), ("description",)),
)


class DbGptProvider(ApplicationProvider):
    """A `Provider`. The id of a model is `chat_mode:name`."""

    def __init__(self, server_id: str, api: ServerApi) -> None:
        self._server_id = server_id
        self._api = api
        self._first_model = ""

    async def probe(self) -> ServerStatus:
        """Request the lists, which costs nothing and verifies address and key."""
        began = time.monotonic()
        found = await self._listed(PROBE)
        return ServerStatus(None, len(found), (time.monotonic() - began) * 1000)

    async def list_models(self) -> tuple[Model, ...]:
        """Return the models, followed by the apps, spaces and flows."""
        return await self._listed(LIST)

    async def describe(self, model_id: str) -> Model:
        """Return the entry of the list."""
        ref = ModelRef(self._server_id, model_id)
        return next((model for model in await self._listed(LIST) if model.ref == ref), Model(ref, model_id))

    async def chat(self, request: ChatRequest) -> AsyncGenerator[StreamEvent, None]:
        """Stream one answer. Closing the iterator closes the connection."""
        yield AnswerStageChanged(AnswerStage.WAITING)
        mode, separator, name = request.model_id.partition(":")
        if not separator:
            mode, name = _NORMAL, request.model_id
        if mode != _NORMAL and not self._first_model:
            await self._listed(LIST)
        asked = last_question(request) if request.session.conversation else question_with_history(request)
        conversation = request.session.conversation or uuid.uuid4().hex
        parameters = request.parameters
        body: dict[str, object] = {
            "model": name if mode == _NORMAL else self._first_model,
            "messages": asked.text,
            "stream": True,
            "chat_mode": mode,
            "conv_uid": conversation,
            **({"chat_param": name} if mode != _NORMAL else {}),
            **({"temperature": parameters.temperature} if parameters.temperature is not None else {}),
            **({"max_new_tokens": parameters.max_tokens} if parameters.max_tokens is not None else {}),
        }
        async with AsyncExitStack() as stack:
            path = "/api/v2/chat/completions"
            reply = self._api.stream(path, body, accept="text/event-stream", model=name)
            stream = await stack.enter_async_context(reply)
            yield RemoteAnswerStored(RemoteAnswer(conversation))
            decoder = DbGptDecoder(
                lambda error: self._api.stream_error(error, name),
                lambda text: self._api.not_an_api(stream.url, stream.status, text),
                repeats=mode != _NORMAL,
            )
            frames = self._api.frames(stream, EventOrWholeFramer())
            async with aclosing(read_answer(frames, decoder, self._api.endpoint)) as events:
                async for event in events:
                    yield event

    async def _listed(self, timeouts: Timeouts) -> tuple[Model, ...]:
        """Return the entries of all available lists; versions differ in which ones they have. Raise an error if all of them fail."""
        replies = await asyncio.gather(
            *(self._api.get(model_list.path, timeouts) for model_list in _LISTS), return_exceptions=True
        )
        errors = [reply for reply in replies if isinstance(reply, BaseException)]
        if unexpected := next((error for error in errors if not isinstance(error, ServerError)), None):
            raise unexpected
        if len(errors) == len(replies) or any(isinstance(error, KeyRejected) for error in errors):
            raise next((error for error in errors if isinstance(error, KeyRejected)), errors[0])
        found = [
            model
            for model_list, reply in zip(_LISTS, replies, strict=True)
            if not isinstance(reply, BaseException)
            for model in self._models(model_list, members(reply))
        ]
        if not any(members(reply).keys() & {"success", "data"} for reply in replies):
            raise self._api.not_an_api(self._api.endpoint.url(_MODELS.path), 200, str(replies[0]))
        self._first_model = next((words(each) for each in elements(members(replies[0]).get("data"))), "")
        return tuple(found)

    def _models(self, model_list: _ModelList, reply: Mapping[str, object]) -> Iterator[Model]:
        data = reply.get("data")
        listed = elements(data) or elements(members(data).get("app_list")) or elements(members(data).get("items"))
        for each in listed[:_MAX_ENTRIES]:
            entry = members(each)
            key = words(entry.get(model_list.id_field)) if model_list.id_field else words(each)
            name = next((word for field in model_list.name_fields if (word := words(entry.get(field)))), key)
            about = next((word for field in model_list.about_fields if (word := words(entry.get(field)))), "")
            if key:
                ref = ModelRef(self._server_id, f"{model_list.mode}:{key}")
                yield Model(ref, name, frozenset({Capability.CHAT}), application=Application(about))


def judge(error: ReportedError, where: tuple[str, str], detail: str) -> ServerError | None:
    """Return the error for DB-GPT's own error codes: an invalid key is also reported with a success status."""
    if "invalid api key" in error.message.lower() or error.code == "invalid_api_key":
        return KeyRejected(*where, detail)
    return None
