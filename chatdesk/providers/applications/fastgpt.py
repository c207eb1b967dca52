"""FastGPT's apps: the key belongs to an app, or names it at its end (`key-appId`); the app keeps a conversation under an id of ours.

What an app says is decoded in `fastgpt_events.py`. Format: https://doc.fastgpt.io/openapi. Whether and how an app can be stopped is not
documented: the connection is closed.
"""

import time
import uuid
from collections.abc import AsyncGenerator, Mapping
from contextlib import AsyncExitStack, aclosing
from urllib.parse import urlencode

from chatdesk.kernel.chat.application import Application, RemoteAnswer
from chatdesk.kernel.chat.request import ChatRequest
from chatdesk.kernel.chat.stream_events import KeptRemotely, Stage, StageChanged, StreamEvent
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
from chatdesk.kernel.text.json_values import elements, members, text_of
from chatdesk.network.timeouts import LIST, PROBE, Timeouts
from chatdesk.providers.applications.application_provider import ApplicationProvider
from chatdesk.providers.applications.fastgpt_events import FastGptDecoder
from chatdesk.providers.applications.forms import MOST_FIELDS, variable, words
from chatdesk.providers.applications.history import asked_alone, asked_with_history
from chatdesk.providers.applications.opening import opening_of
from chatdesk.providers.errors.error_words import ErrorWords
from chatdesk.providers.server_api import ServerApi
from chatdesk.providers.streaming.answer_reader import read_answer
from chatdesk.providers.streaming.framing import EventOrWholeFramer

NAMELESS = "app"
"""The id of the one model the server has, the app the key belongs to; where the app has a name it is that, so that people know it by it."""
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
    """A `Provider` whose one model is an app."""

    def __init__(self, server_id: str, api: ServerApi) -> None:
        self._server_id = server_id
        self._api = api
        self._inputs: tuple[Variable, ...] = ()

    async def probe(self) -> ServerStatus:
        """Ask how a chat begins: without cost, and it proves address and key."""
        began = time.monotonic()
        await self._begin(PROBE)
        return ServerStatus(None, 1, (time.monotonic() - began) * 1000)

    async def list_models(self) -> tuple[Model, ...]:
        """Return the app."""
        return (await self.describe(""),)

    async def describe(self, model_id: str) -> Model:
        """Return the app, whatever it is asked for by."""
        app = await self._begin(LIST)
        config = members(app.get("chatConfig"))
        opening, questions = opening_of(text_of(config.get("welcomeText")))
        fields = [members(each) for each in elements(config.get("variables"))[:MOST_FIELDS]]
        self._inputs = tuple(made for field in fields if (made := _variable(field)))
        application = Application(words(app.get("intro")), opening, questions, self._inputs)
        name = words(app.get("name")) or self._api.endpoint.server
        # Pictures go along as public addresses only, and ours have none.
        ref = ModelRef(self._server_id, model_id or words(app.get("name")) or NAMELESS)
        return Model(ref, name, frozenset({Capability.CHAT}), application=application)

    async def chat(self, request: ChatRequest) -> AsyncGenerator[StreamEvent, None]:
        """Stream one answer. Closing the iterator closes the connection."""
        yield StageChanged(Stage.WAITING)
        chat_id = request.session.conversation or uuid.uuid4().hex
        asked = asked_alone(request) if request.session.conversation else asked_with_history(request)
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
            yield KeptRemotely(RemoteAnswer(chat_id))
            decoder = FastGptDecoder(
                lambda error: self._api.stream_error(error, ""),
                lambda text: self._api.not_an_api(stream.url, stream.status, text),
            )
            frames = self._api.frames(stream, EventOrWholeFramer())
            async with aclosing(read_answer(frames, decoder, self._api.endpoint)) as events:
                async for event in events:
                    yield event

    async def _begin(self, timeouts: Timeouts) -> Mapping[str, object]:
        """Return what is told when a chat begins. Versions that do not tell it with a key are used without knowing the app's name."""
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


def judge(words: ErrorWords, where: tuple[str, str], detail: str) -> ServerError | None:
    """Return what FastGPT's own names of errors mean: it says 500 to everything, also to a bad key."""
    if words.type in _NO_POINTS:
        return QuotaExhausted(*where, detail)
    if words.type in _UNPUBLISHED:
        return ApplicationUnavailable(*where, detail)
    if words.type in {"unauthapikey", "unauthtoken", "unauthorization"} or words.code in {"514", "403"}:
        return KeyRejected(*where, detail)
    if words.type.startswith("unauth"):
        return AccessDenied(*where, detail)
    if words.type == "toomanyrequest" or words.code == "429":
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
