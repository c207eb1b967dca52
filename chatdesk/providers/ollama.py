"""Ollama's own API, which tells more than its OpenAI imitation: capabilities, sizes, thinking apart, errors in mid-stream.

What is asked: `ollama_request.py`; what comes back: `ollama_lines.py`, `ollama_models.py`; this file holds the conversation together.
Format: https://github.com/ollama/ollama/blob/main/docs/api.md
"""

import asyncio
import time
from collections.abc import AsyncGenerator
from contextlib import AsyncExitStack, aclosing
from dataclasses import replace

from chatdesk.domain.errors import NotAChatServer, RequestRefused, ServerError
from chatdesk.domain.model import Model, ModelRef
from chatdesk.domain.request import ChatRequest, Thinking
from chatdesk.domain.server import ServerStatus
from chatdesk.domain.stream_events import Stage, StageChanged, StreamEvent, ThinkingChanged
from chatdesk.providers.answer_reader import read_answer
from chatdesk.providers.framing import JsonLinesFramer
from chatdesk.providers.http import HttpStream
from chatdesk.providers.json_values import members, text_of
from chatdesk.providers.ollama_lines import OllamaLineDecoder
from chatdesk.providers.ollama_models import decode_loaded, decode_show, decode_tags, full_name, is_cloud
from chatdesk.providers.ollama_request import chat_body
from chatdesk.providers.server_api import ServerApi
from chatdesk.providers.thinking_refusals import KnownThinking
from chatdesk.providers.timeouts import LIST, PROBE, Timeouts

_ASKED_AT_ONCE = 4


class OllamaProvider:
    """A `Provider`."""

    def __init__(self, server_id: str, api: ServerApi) -> None:
        self._server_id = server_id
        self._api = api
        self._known_thinking = KnownThinking()

    async def probe(self) -> ServerStatus:
        """Ask for version and list. Programs that only imitate the lists are told apart: they have nothing to chat with."""
        began = time.monotonic()
        version = text_of(members(await self._api.get("/api/version", PROBE)).get("version"))
        if not version:
            raise self._not_ollama("/api/version")
        models = await self._tags(PROBE)
        try:
            await self._api.get("/api/ps", PROBE)
        except NotAChatServer:
            await self._demand_chat()
        return ServerStatus(version, len(models), (time.monotonic() - began) * 1000)

    async def list_models(self) -> tuple[Model, ...]:
        """Return what is installed, in Ollama's order, with capabilities also where an old server must be asked for each."""
        models, loaded = await asyncio.gather(self._tags(LIST), self._loaded())
        limit = asyncio.Semaphore(_ASKED_AT_ONCE)

        async def complete(model: Model) -> Model:
            if loaded is not None:
                model = replace(model, loaded=full_name(model.ref.model_id) in loaded)
            if model.capabilities is not None:
                return model
            async with limit:
                try:
                    shown = await self.describe(model.ref.model_id)
                except ServerError:
                    return model
            return replace(model, capabilities=shown.capabilities, context_length=shown.context_length)

        return tuple(await asyncio.gather(*map(complete, models)))

    async def describe(self, model_id: str) -> Model:
        """Return what `/api/show` says."""
        shown = await self._api.post("/api/show", {"model": model_id}, model=model_id)
        return decode_show(shown, ModelRef(self._server_id, model_id))

    async def chat(self, request: ChatRequest) -> AsyncGenerator[StreamEvent, None]:
        """Stream one answer. Closing the iterator closes the connection, which is what stops the server."""
        async with AsyncExitStack() as stack:
            opening = asyncio.ensure_future(self._open(stack, request))
            asking = asyncio.ensure_future(self._first_stage(request.model_id))
            try:
                await asyncio.wait((opening, asking), return_when=asyncio.FIRST_COMPLETED)
                yield StageChanged(asking.result() if asking.done() else Stage.WAITING)
                stream, used = await opening
            finally:
                opening.cancel()
                asking.cancel()
                await asyncio.gather(opening, asking, return_exceptions=True)
            if used is not request.thinking:
                yield ThinkingChanged(request.thinking, used)
            decoder = OllamaLineDecoder(
                lambda error: self._api.stream_error(error, request.model_id),
                lambda text: self._api.not_an_api(stream.url, stream.status, text),
                request.tags,
            )
            frames = self._api.frames(stream, JsonLinesFramer())
            async with aclosing(read_answer(frames, decoder, self._api.endpoint)) as events:
                async for event in events:
                    yield event

    async def _open(self, stack: AsyncExitStack, request: ChatRequest) -> tuple[HttpStream, Thinking]:
        """Send the request, again where the server knows less of thinking than was asked for. Returns also what was said of it."""
        asking = self._known_thinking.settled(request)
        while True:
            reply = self._api.stream(
                "/api/chat", chat_body(asking), accept="application/x-ndjson", model=request.model_id
            )
            try:
                return await stack.enter_async_context(reply), asking.thinking
            except RequestRefused as refused:
                better = self._known_thinking.learned(request.thinking, asking, refused.detail)
                if better is None:
                    raise
                asking = better

    async def _first_stage(self, model_id: str) -> Stage:
        """Tell whether the model must be loaded first.

        Asked beside the request, which waits for nothing. A model that is loading is listed, too, but between the request and its load
        the server has a file to read; asked too late, we only say less.
        """
        if is_cloud(model_id):
            return Stage.WAITING
        loaded = await self._loaded(PROBE)
        return Stage.WAITING if loaded is None or full_name(model_id) in loaded else Stage.LOADING_MODEL

    async def _loaded(self, timeouts: Timeouts = LIST) -> frozenset[str] | None:
        """Return the models in memory; None if the server does not say."""
        try:
            return decode_loaded(await self._api.get("/api/ps", timeouts))
        except ServerError:
            return None

    async def _tags(self, timeouts: Timeouts) -> tuple[Model, ...]:
        models = decode_tags(await self._api.get("/api/tags", timeouts), self._server_id)
        if models is None:
            raise self._not_ollama("/api/tags")
        return models

    async def _demand_chat(self) -> None:
        """Raise `NotAChatServer` if there is no `/api/chat`. Asked with the wrong method, a real one answers 405 and does nothing."""
        try:
            await self._api.get("/api/chat", PROBE)
        except NotAChatServer as error:
            if error.status != 405:
                raise
        except ServerError:
            return

    def _not_ollama(self, path: str) -> ServerError:
        return self._api.not_an_api(self._api.endpoint.url(path), 200, "")
