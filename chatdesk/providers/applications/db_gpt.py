"""DB-GPT: its models, and its apps, knowledge spaces and flows, each of which is chosen like a model.

What they say is decoded in `db_gpt_events.py`. Format: DB-GPT's documents of `/api/v2`. A conversation is kept there under an id of ours.
Whether an answer can be stopped is not documented: the connection is closed.
"""

import asyncio
import time
import uuid
from collections.abc import AsyncGenerator, Iterator, Mapping
from contextlib import AsyncExitStack, aclosing

from chatdesk.kernel.chat.application import Application, RemoteAnswer
from chatdesk.kernel.chat.request import ChatRequest
from chatdesk.kernel.chat.stream_events import KeptRemotely, Stage, StageChanged, StreamEvent
from chatdesk.kernel.errors.base import KeyRejected, ServerError
from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.kernel.models.model import Capability, Model, ModelRef
from chatdesk.kernel.servers.server import ServerStatus
from chatdesk.kernel.text.json_values import elements, members
from chatdesk.network.timeouts import LIST, PROBE, Timeouts
from chatdesk.providers.applications.application_provider import ApplicationProvider
from chatdesk.providers.applications.db_gpt_events import DbGptDecoder
from chatdesk.providers.applications.forms import words
from chatdesk.providers.applications.history import asked_alone, asked_with_history
from chatdesk.providers.errors.error_words import ErrorWords
from chatdesk.providers.server_api import ServerApi
from chatdesk.providers.streaming.answer_reader import read_answer
from chatdesk.providers.streaming.framing import EventOrWholeFramer

_NORMAL = "chat_normal"
_MOST = 500


@dataclass(frozen=True, slots=True)
class _Shelf:
    """Where a kind of thing to talk to is listed: its chat mode, the path, and the fields of an entry."""

    mode: str
    path: str
    id_field: str
    name_fields: tuple[str, ...]
    about_fields: tuple[str, ...]


_MODELS = _Shelf(_NORMAL, "/api/v1/model/types", "", (), ())
_SHELVES = (
    _MODELS,
    _Shelf("chat_app", "/api/v2/serve/apps", "app_code", ("app_name",), ("app_describe",)),
    _Shelf("chat_knowledge", "/api/v2/serve/knowledge/spaces", "name", ("name",), ("desc",)),
    _Shelf("chat_flow", "/api/v2/serve/awel/flows", "uid", ("label", "name"), ("description",)),
)


class DbGptProvider(ApplicationProvider):
    """A `Provider`. A model's id is `chat_mode:name`."""

    def __init__(self, server_id: str, api: ServerApi) -> None:
        self._server_id = server_id
        self._api = api
        self._first_model = ""

    async def probe(self) -> ServerStatus:
        """Ask for the lists: without cost, and they prove address and key."""
        began = time.monotonic()
        found = await self._listed(PROBE)
        return ServerStatus(None, len(found), (time.monotonic() - began) * 1000)

    async def list_models(self) -> tuple[Model, ...]:
        """Return the models, then the apps, spaces and flows."""
        return await self._listed(LIST)

    async def describe(self, model_id: str) -> Model:
        """Return the list's entry."""
        ref = ModelRef(self._server_id, model_id)
        return next((model for model in await self._listed(LIST) if model.ref == ref), Model(ref, model_id))

    async def chat(self, request: ChatRequest) -> AsyncGenerator[StreamEvent, None]:
        """Stream one answer. Closing the iterator closes the connection."""
        yield StageChanged(Stage.WAITING)
        mode, separator, name = request.model_id.partition(":")
        if not separator:
            mode, name = _NORMAL, request.model_id
        if mode != _NORMAL and not self._first_model:
            await self._listed(LIST)
        asked = asked_alone(request) if request.session.conversation else asked_with_history(request)
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
            yield KeptRemotely(RemoteAnswer(conversation))
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
        """Return what any list says: versions differ in which they have. Raises what all of them fail with."""
        replies = await asyncio.gather(
            *(self._api.get(shelf.path, timeouts) for shelf in _SHELVES), return_exceptions=True
        )
        errors = [reply for reply in replies if isinstance(reply, BaseException)]
        if unexpected := next((error for error in errors if not isinstance(error, ServerError)), None):
            raise unexpected
        if len(errors) == len(replies) or any(isinstance(error, KeyRejected) for error in errors):
            raise next((error for error in errors if isinstance(error, KeyRejected)), errors[0])
        found = [
            model
            for shelf, reply in zip(_SHELVES, replies, strict=True)
            if not isinstance(reply, BaseException)
            for model in self._models(shelf, members(reply))
        ]
        if not any(members(reply).keys() & {"success", "data"} for reply in replies):
            raise self._api.not_an_api(self._api.endpoint.url(_MODELS.path), 200, str(replies[0]))
        self._first_model = next((words(each) for each in elements(members(replies[0]).get("data"))), "")
        return tuple(found)

    def _models(self, shelf: _Shelf, reply: Mapping[str, object]) -> Iterator[Model]:
        data = reply.get("data")
        listed = elements(data) or elements(members(data).get("app_list")) or elements(members(data).get("items"))
        for each in listed[:_MOST]:
            entry = members(each)
            key = words(entry.get(shelf.id_field)) if shelf.id_field else words(each)
            name = next((word for field in shelf.name_fields if (word := words(entry.get(field)))), key)
            about = next((word for field in shelf.about_fields if (word := words(entry.get(field)))), "")
            if key:
                ref = ModelRef(self._server_id, f"{shelf.mode}:{key}")
                yield Model(ref, name, frozenset({Capability.CHAT}), application=Application(about))


def judge(words: ErrorWords, where: tuple[str, str], detail: str) -> ServerError | None:
    """Return what DB-GPT's own words mean: a bad key is told in a success, too."""
    if "invalid api key" in words.message.lower() or words.code == "invalid_api_key":
        return KeyRejected(*where, detail)
    return None
