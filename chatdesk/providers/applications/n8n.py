"""n8n: a workflow behind a Chat Trigger, at the address of its webhook. It remembers under a session id of ours if it has a memory node.

What it says is decoded in `n8n_lines.py`. n8n has no way to stop a workflow from outside: the connection is closed, the workflow goes on.
"""

import time
import uuid
from collections.abc import AsyncGenerator
from contextlib import AsyncExitStack, aclosing

from chatdesk.kernel.chat.application import Application, RemoteAnswer
from chatdesk.kernel.chat.request import ChatRequest, Picture
from chatdesk.kernel.chat.stream_events import KeptRemotely, Stage, StageChanged, StreamEvent
from chatdesk.kernel.errors.application_errors import ApplicationSilent, ApplicationUnavailable
from chatdesk.kernel.errors.base import KeyRejected, ServerError, ServerFailed
from chatdesk.kernel.models.model import Model, ModelRef
from chatdesk.kernel.servers.server import ServerStatus
from chatdesk.network.timeouts import PROBE
from chatdesk.providers.applications.application_provider import ApplicationProvider
from chatdesk.providers.applications.history import asked_alone, asked_with_history
from chatdesk.providers.applications.multipart import FormFile, encode_form
from chatdesk.providers.applications.n8n_lines import N8nDecoder, TextLinesFramer
from chatdesk.providers.errors.error_words import ErrorWords
from chatdesk.providers.server_api import ServerApi
from chatdesk.providers.streaming.answer_reader import read_answer

MODEL_ID = "n8n"
"""Of the one model the server has."""


class N8nProvider(ApplicationProvider):
    """A `Provider` whose one model is a workflow."""

    def __init__(self, server_id: str, api: ServerApi) -> None:
        self._ref = ModelRef(server_id, MODEL_ID)
        self._api = api

    async def probe(self) -> ServerStatus:
        """Ask for an earlier conversation that cannot be, which proves address and password.

        It runs nothing, but where a workflow was told to answer this question itself (its option "manually"). GET would run the workflow.
        """
        began = time.monotonic()
        await self._api.post("", {"action": "loadPreviousSession", "sessionId": uuid.uuid4().hex}, PROBE)
        return ServerStatus(None, 1, (time.monotonic() - began) * 1000)

    async def list_models(self) -> tuple[Model, ...]:
        """Return the workflow. It tells no name, so it is called as its server is."""
        return (await self.describe(MODEL_ID),)

    async def describe(self, model_id: str) -> Model:
        """Return the workflow. Whether it takes pictures it does not tell."""
        ref = ModelRef(self._ref.server_id, model_id)
        return Model(ref, self._api.endpoint.server, application=Application())

    async def chat(self, request: ChatRequest) -> AsyncGenerator[StreamEvent, None]:
        """Stream one answer. Closing the iterator closes the connection."""
        yield StageChanged(Stage.WAITING)
        session = request.session.conversation or uuid.uuid4().hex
        asked = asked_alone(request) if request.session.conversation else asked_with_history(request)
        fields = {"action": "sendMessage", "sessionId": session, "chatInput": asked.text}
        body = encode_form(fields, map(_file, asked.pictures)) if asked.pictures else {**fields, "metadata": {}}
        async with AsyncExitStack() as stack:
            stream = await stack.enter_async_context(self._api.stream("", body, accept="text/plain", model=""))
            yield KeptRemotely(RemoteAnswer(session))
            decoder = N8nDecoder(lambda error: self._api.stream_error(error, ""))
            frames = self._api.frames(stream, TextLinesFramer())
            async with aclosing(read_answer(frames, decoder, self._api.endpoint)) as events:
                async for event in events:
                    yield event


def judge(words: ErrorWords, where: tuple[str, str], detail: str) -> ServerError | None:
    """Return what n8n's own words mean."""
    if "is not registered" in words.message or "not registered for" in words.message:
        return ApplicationUnavailable(*where, detail)
    match words.code:
        case "no_answer":
            return ApplicationSilent(*where)
        case "workflow_error":
            return ServerFailed(*where, 0, "" if detail.startswith("{") else detail)  # it may say no word
        case _ if words.message.startswith("Authorization data is wrong"):
            return KeyRejected(*where, detail)
    return None


def _file(picture: Picture) -> FormFile:
    ending = "jpg" if picture.media_type == "image/jpeg" else "png"
    return FormFile("files", f"picture.{ending}", picture.media_type, picture.data)
