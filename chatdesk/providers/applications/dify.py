"""Dify's chat apps: one key per app, and the app stores its conversations.

`dify_events.py` decodes an app's answers, `dify_form.py` its description; this module contains the provider. Format: the API page of an app
in Dify. Conversations, files and the right to stop belong to the value of `user`, so it must never change. It is derived from the server's
random id and contains nothing about the user.
"""

import mimetypes
import time
from collections.abc import AsyncGenerator, Mapping
from contextlib import aclosing
from urllib.parse import quote, urlencode

from chatdesk.kernel.chat.application import RemoteAnswer, SentFile
from chatdesk.kernel.chat.request import ChatRequest, Picture
from chatdesk.kernel.chat.stream_events import AnswerStage, AnswerStageChanged, StreamEvent
from chatdesk.kernel.errors.application_errors import (
    ApplicationLacksModel,
    ApplicationUnavailable,
    ApplicationWaits,
    ConversationForgotten,
    NotAChatApplication,
)
from chatdesk.kernel.errors.attachment_errors import AttachmentTooLarge, TooManyPictures
from chatdesk.kernel.errors.base import QuotaExhausted, RateLimited, ServerError, ServerFailed
from chatdesk.kernel.models.model import Capability, Model, ModelRef
from chatdesk.kernel.servers.server import ServerStatus
from chatdesk.kernel.text.json_values import members, text_of
from chatdesk.network.timeouts import LIST, PROBE, UPLOAD, Timeouts
from chatdesk.providers.applications.application_provider import (
    ApplicationProvider,
    ApplicationQuestion,
    last_question,
    question_with_history,
)
from chatdesk.providers.applications.dify_events import DifyDecoder
from chatdesk.providers.applications.dify_form import (
    CHAT_MODES,
    MAX_QUESTIONS,
    DifyApp,
    as_file,
    as_inputs,
    decode_app,
    file_kind,
)
from chatdesk.providers.applications.forms import texts
from chatdesk.providers.applications.multipart import FormFile, encode_form
from chatdesk.providers.applications.stopping import read_until_stopped
from chatdesk.providers.errors.reported_error import ReportedError
from chatdesk.providers.server_api import ServerApi
from chatdesk.providers.streaming.answer_reader import read_answer
from chatdesk.providers.streaming.framing import EventOrWholeFramer

# One answer of a Dify app on its connection. It is stopped by the task id in its events, for the same user.


class DifyAnswer:
    """A `StoppableAnswer`. `path` is the endpoint for the app's questions; `user` identifies the sender."""

    def __init__(self, api: ServerApi, path: str, body: Mapping[str, object], user: str) -> None:
        self._api = api
        self._path = path
        self._body = body
        self._user = user
        self._decoder: DifyDecoder | None = None
        self.is_sent = False

    @property
    def is_finished(self) -> bool:
        """Whether the app has reported the end of the answer."""
        return self._decoder is not None and self._decoder.is_finished

    @property
    def can_be_stopped(self) -> bool:
        """Whether an event has provided the task id, and the answer has not failed."""
        return self._decoder is not None and bool(self._decoder.task_id)

    async def events(self) -> AsyncGenerator[StreamEvent, None]:
        """Send the question and yield the app's events. Raise a `ServerError`."""
        async with self._api.stream(
            self._path, self._body, accept="text/event-stream", model="", on_sent=self._note_sent
        ) as stream:
            self._decoder = DifyDecoder(
                lambda error: self._api.stream_error(error, ""),
                lambda text: self._api.not_an_api(stream.url, stream.status, text),
                self._api.endpoint.base_url,
            )
            frames = self._api.frames(stream, EventOrWholeFramer())
            async with aclosing(read_answer(frames, self._decoder, self._api.endpoint)) as events:
                async for event in events:
                    yield event

    async def stop(self) -> None:
        """Request the app to stop."""
        task = self._decoder.task_id if self._decoder else ""
        await self._api.post(f"{self._path}/{quote(task, safe='')}/stop", {"user": self._user})

    def _note_sent(self) -> None:
        self.is_sent = True


NAMELESS = "app"
"""The id of the server's only model, the app of the key. If the app has a name, that is the id, so that users recognise it."""
_MEGABYTE = 1024 * 1024
_UNAVAILABLE = {
    "app_unavailable": ApplicationUnavailable,
    "not_chat_app": NotAChatApplication,
    "provider_not_initialize": ApplicationLacksModel,
    "model_currently_not_support": ApplicationLacksModel,
    "waits_for_form": ApplicationWaits,
}
_FAILED = frozenset({"completion_request_error", "workflow_failed", "internal_server_error"})


class DifyProvider(ApplicationProvider):
    """A `Provider` whose only model is an app."""

    def __init__(self, server_id: str, api: ServerApi) -> None:
        self._server_id = server_id
        self._api = api
        self._user = f"chatdesk-{server_id}"
        self._app: DifyApp | None = None

    async def probe(self) -> ServerStatus:
        """Request the app's name, which costs nothing and verifies address and key."""
        began = time.monotonic()
        await self._info(PROBE)
        return ServerStatus(None, 1, (time.monotonic() - began) * 1000)

    async def list_models(self) -> tuple[Model, ...]:
        """Return the app."""
        return (await self.describe(""),)

    async def describe(self, model_id: str) -> Model:
        """Return the app, regardless of the requested id."""
        app = self._app = await self._described()
        sees = {Capability.CHAT, Capability.VISION} if app.max_pictures else {Capability.CHAT}
        name = app.name or self._api.endpoint.server
        ref = ModelRef(self._server_id, model_id or app.name or NAMELESS)
        return Model(ref, name, frozenset(sees), application=app.application)

    async def chat(self, request: ChatRequest) -> AsyncGenerator[StreamEvent, None]:
        """Stream one answer. Closing the iterator stops the app, because closing the connection alone would not."""
        yield AnswerStageChanged(AnswerStage.WAITING)
        app = self._app = self._app or await self._described()
        if request.session.conversation:
            try:
                async with aclosing(
                    self._ask(request, last_question(request), app, request.session.conversation)
                ) as events:
                    async for event in events:
                        yield event
            except ConversationForgotten:  # deleted on the server: send the whole conversation
                pass
            else:
                return
        async with aclosing(self._ask(request, question_with_history(request), app, "")) as events:
            async for event in events:
                yield event

    async def follow_ups(self, answer: RemoteAnswer) -> tuple[str, ...]:
        """Return the follow-up questions that the app suggests. Raise a `ServerError`."""
        path = f"/v1/messages/{quote(answer.message, safe='')}/suggested?{urlencode({'user': self._user})}"
        reply = members(await self._api.get(self._path(path)))
        return texts(reply.get("data"), MAX_QUESTIONS)

    async def _ask(
        self, request: ChatRequest, question: ApplicationQuestion, app: DifyApp, conversation: str
    ) -> AsyncGenerator[StreamEvent, None]:
        body = {
            "query": question.text,
            "inputs": as_inputs(app.application.inputs, request.session.inputs),
            "response_mode": "streaming",
            "conversation_id": conversation,
            "user": self._user,
            "files": [await self._upload_picture(picture) for picture in self._fitting(question, app)],
            "auto_generate_name": False,
        }
        answer = DifyAnswer(self._api, self._path("/v1/chat-messages"), body, self._user)
        async with aclosing(read_until_stopped(self._api, answer)) as events:
            async for event in events:
                yield event

    def _fitting(self, question: ApplicationQuestion, app: DifyApp) -> tuple[Picture, ...]:
        """Return the pictures to send, the newest ones. Raise `TooManyPictures` or `AttachmentTooLarge` before anything is sent."""
        if question.own_pictures > app.max_pictures:
            raise TooManyPictures("", limit=app.max_pictures)
        pictures = question.pictures[-app.max_pictures :] if app.max_pictures else ()
        for picture in pictures:
            if app.picture_bytes is not None and len(picture.data) > app.picture_bytes:
                raise AttachmentTooLarge(_name_of(picture), app.picture_bytes // _MEGABYTE)
        return pictures

    async def send_file(self, name: str, data: bytes, kinds: tuple[str, ...]) -> SentFile:
        """Upload a file for the app's form. Raise a `ServerError`."""
        media_type = mimetypes.guess_type(name)[0] or "application/octet-stream"
        return SentFile(await self._upload(name, media_type, data), file_kind(name, kinds), name)

    async def _upload_picture(self, picture: Picture) -> dict[str, object]:
        return as_file(await self._upload(_name_of(picture), picture.media_type, picture.data), "image")

    async def _upload(self, name: str, media_type: str, data: bytes) -> str:
        """Upload a file and return its id on the server."""
        form = encode_form({"user": self._user}, [FormFile("file", name, media_type, data)])
        reply = members(await self._api.post(self._path("/v1/files/upload"), form, UPLOAD))
        file_id = text_of(reply.get("id"))
        if not file_id:
            raise self._api.not_an_api(self._api.endpoint.url("/v1/files/upload"), 200, str(reply))
        return file_id

    async def _described(self) -> DifyApp:
        info = await self._info(LIST)
        parameters = members(await self._api.get(self._path("/v1/parameters")))
        return decode_app(info, parameters)

    async def _info(self, timeouts: Timeouts) -> Mapping[str, object]:
        path = self._path("/v1/info")
        info = members(await self._api.get(path, timeouts))
        if not isinstance(info.get("name"), str):
            raise self._api.not_an_api(self._api.endpoint.url(path), 200, str(info))
        mode = text_of(info.get("mode"))
        if mode and mode not in CHAT_MODES:
            raise NotAChatApplication(*self._where, mode)
        return info

    def _path(self, path: str) -> str:
        """Return an API path, without the version if the base URL already contains it."""
        return path.removeprefix("/v1") if self._api.endpoint.base_url.endswith("/v1") else path

    @property
    def _where(self) -> tuple[str, str]:
        return self._api.endpoint.server, self._api.endpoint.base_url


def dify_error(error: ReportedError, where: tuple[str, str], detail: str) -> ServerError | None:
    """Return the error for one of Dify's own error codes; None if the status is sufficient."""
    if error.code == "conversation_completed" or "conversation not exist" in error.message.lower():
        return ConversationForgotten(*where)
    if kind := _UNAVAILABLE.get(error.code):
        return kind(*where, detail)
    match error.code:
        case "provider_quota_exceeded":
            return QuotaExhausted(*where, detail)
        case "too_many_requests":
            return RateLimited(*where, None, detail)
        case code if code in _FAILED:
            return ServerFailed(*where, 0, detail)
    return None


def _name_of(picture: Picture) -> str:
    return "picture." + ("jpg" if picture.media_type == "image/jpeg" else "png")
