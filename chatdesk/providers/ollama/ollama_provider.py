"""Ollama's native API, which provides more than its OpenAI-compatible one: capabilities, sizes, separate thinking, errors in mid-stream.

`line_decoder.py` and `models.py` decode the replies; this module contains the requests and the provider. Format:
https://github.com/ollama/ollama/blob/main/docs/api.md
"""

import asyncio
import time
from base64 import b64encode
from collections.abc import AsyncGenerator, Mapping
from contextlib import AsyncExitStack, aclosing, suppress
from dataclasses import replace
from types import MappingProxyType
from typing import Any

from chatdesk.kernel.chat.message import Role
from chatdesk.kernel.chat.request import ChatRequest, Continuation, Thinking, Turn
from chatdesk.kernel.chat.stream_events import (
    AnswerStage,
    AnswerStageChanged,
    StreamEvent,
    ThinkingChanged,
    UsageReported,
)
from chatdesk.kernel.errors.base import NotAChatServer, RequestRefused, ServerError
from chatdesk.kernel.models.model import Model, ModelLoad, ModelRef
from chatdesk.kernel.models.thinking import EFFORTS
from chatdesk.kernel.servers.extra_body import OPTIONS
from chatdesk.kernel.servers.server import ServerStatus
from chatdesk.kernel.text.json_values import members, text_of
from chatdesk.network.http import HttpStream
from chatdesk.network.timeouts import LIST, PROBE, Timeouts
from chatdesk.providers.continuations import open_continuation
from chatdesk.providers.ollama.line_decoder import OllamaLineDecoder
from chatdesk.providers.ollama.models import (
    decode_loaded,
    decode_show,
    decode_tags,
    described,
    full_name,
    is_cloud,
    loads_by_digest,
    runner_of,
)
from chatdesk.providers.server_api import ServerApi
from chatdesk.providers.streaming.answer_reader import read_answer
from chatdesk.providers.streaming.framing import JsonLinesFramer
from chatdesk.providers.thinking_refusals import KnownThinking

# Requests. Source of the format: docs/api.md of ollama/ollama, "Generate a chat completion".

_ROLES = {Role.SYSTEM: "system", Role.USER: "user", Role.ASSISTANT: "assistant"}

_NOTHING: Mapping[str, object] = {}


def chat_body(request: ChatRequest, extra: Mapping[str, object] = _NOTHING) -> dict[str, object]:
    """Return the body of a streaming chat request. Unset parameters are omitted, so that those of the model's file apply.

    `extra` contains members added by the user. They override other settings, options individually.
    """
    parameters = request.parameters
    options = {
        "temperature": parameters.temperature,
        "top_p": parameters.top_p,
        "top_k": parameters.top_k,
        "min_p": parameters.min_p,
        "repeat_penalty": parameters.repeat_penalty,
        "num_predict": parameters.max_tokens,
        "seed": parameters.seed,
        "stop": list(parameters.stop) if parameters.stop else None,
        "num_ctx": None if is_cloud(request.model_id) else parameters.num_ctx,
    }
    body: dict[str, object] = {
        "model": request.model_id,
        "messages": _messages(request),
        "stream": True,
        # By default, Ollama silently drops the oldest turns or the beginning of its own answer. An error that the user can act on is
        # better.
        "truncate": False,
        "shift": False,
    }
    chosen: dict[str, object] = {name: value for name, value in options.items() if value is not None}
    added = extra.get(OPTIONS)
    if isinstance(added, dict):
        chosen |= added
    if chosen:
        body[OPTIONS] = chosen
    if parameters.keep_alive is not None:
        body["keep_alive"] = _keep_alive(parameters.keep_alive)
    if parameters.format is not None:
        body["format"] = parameters.schema() or parameters.format
    # Models without thinking reject the option: if it is unknown, it is sent, and the request is repeated without it if needed.
    if request.thinking is not Thinking.AUTO and request.can_think is not False:
        body["think"] = request.thinking.value if request.thinking in EFFORTS else request.thinking is Thinking.ON
    return body | {name: value for name, value in extra.items() if name != OPTIONS}


def unload_body(model_id: str) -> dict[str, object]:
    """Return the body of the request that unloads a model."""
    return {"model": model_id, "messages": [], "keep_alive": 0, "stream": False}


def prompt_body(request: ChatRequest, extra: Mapping[str, object] = _NOTHING) -> dict[str, object]:
    """Return the body of the request for the rendered prompt. Servers before version 0.11.11 respond with one token instead."""
    body = chat_body(request, extra)
    options = body.get(OPTIONS)
    one_token = {**(options if isinstance(options, dict) else {}), "num_predict": 1}
    return body | {"stream": False, "_debug_render_only": True, OPTIONS: one_token}


def _messages(request: ChatRequest) -> list[dict[str, object]]:
    turns = [turn for turn in request.turns if turn.role in _ROLES]
    messages = [_message(turn) for turn in turns]
    if request.continues_answer and turns[-1].reasoning:  # the model does not need earlier ones
        messages[-1]["thinking"] = turns[-1].reasoning
    return messages


def _message(turn: Turn) -> dict[str, object]:
    message: dict[str, object] = {"role": _ROLES[turn.role], "content": turn.text}
    if turn.pictures:
        message["images"] = [b64encode(picture.data).decode("ascii") for picture in turn.pictures]
    return message


def _keep_alive(span: str) -> str | int:
    """Return the duration in Ollama's format: a string of digits is rejected, a number is seconds."""
    return int(span) if span.removeprefix("-").isdecimal() else span


_ASKED_AT_ONCE = 4


class OllamaProvider:
    """A `Provider`."""

    def __init__(self, server_id: str, api: ServerApi, extra_body: Mapping[str, object] = MappingProxyType({})) -> None:
        """Create a provider. `extra_body` contains members that the user adds to every chat."""
        self._server_id = server_id
        self._api = api
        self._extra_body = extra_body
        self._known_thinking = KnownThinking()
        self._reports_prompts = True
        self._known: dict[str, Model] = {}
        """Last known models by id."""
        self._digests: dict[str, str] = {}
        """Digests by full name; a model and its copies have the same digest."""
        self._runners: dict[str, tuple[str | None, str]] = {}
        """Keys of `runner_of` by full name, each with the digest of the model for which it was determined."""

    async def probe(self) -> ServerStatus:
        """Request version and list. Programs that imitate only the lists are recognised, because they cannot chat."""
        began = time.monotonic()
        version = text_of(members(await self._api.get("/api/version", PROBE)).get("version"))
        if not version:
            raise self._not_ollama("/api/version")
        models = await self._tags(PROBE)
        try:
            await self._api.get("/api/ps", PROBE)
        except NotAChatServer:
            await self._check_chat_exists()
        return ServerStatus(version, len(models), (time.monotonic() - began) * 1000)

    async def list_models(self) -> tuple[Model, ...]:
        """Return the installed models in Ollama's order, with capabilities; old servers are asked for them model by model."""
        models = await self._tags(LIST)
        loaded = await self._loaded()
        limit = asyncio.Semaphore(_ASKED_AT_ONCE)

        async def complete(model: Model) -> Model:
            known = self._known.get(model.ref.model_id)
            if known and known.described and known.size_bytes == model.size_bytes:
                model = described(model, known)  # already requested before
            if loaded is not None:
                name = full_name(model.ref.model_id)
                model = replace(model, loaded=name in loaded, load=loaded.get(name))
            if model.capabilities is not None:
                return model
            async with limit:
                try:
                    shown = await self.describe(model.ref.model_id)
                except ServerError:
                    return model
            return described(model, shown)

        listed = tuple(await asyncio.gather(*map(complete, models)))
        self._known = {model.ref.model_id: model for model in listed}
        return listed

    async def describe(self, model_id: str) -> Model:
        """Return the list's data combined with that of `/api/show`."""
        shown = await self._api.post("/api/show", {"model": model_id}, model=model_id)
        decoded = decode_show(shown, ModelRef(self._server_id, model_id))
        name = full_name(model_id)
        self._runners[name] = self._digests.get(name), runner_of(shown)
        listed = self._known.get(model_id)
        self._known[model_id] = described(listed, decoded) if listed else decoded
        return self._known[model_id]

    async def loads(self) -> dict[str, ModelLoad] | None:
        """Return the loaded models by full name, including known variants; None if the server does not report them."""
        loaded = await self._loaded(PROBE)
        unknown = [name for name in loaded or () if not (self._is_runner_known(name) or is_cloud(name))]
        for name in unknown[:_ASKED_AT_ONCE]:
            self._runners[name] = self._digests.get(name), ""  # request it only once, whatever the result
            with suppress(ServerError):
                await self.describe(name)
        return self._with_variants(loaded) if loaded and unknown else loaded

    async def unload(self, model_id: str) -> bool:
        """Unload a model. An answer in progress is completed first."""
        await self._api.post("/api/chat", unload_body(model_id), model=model_id)
        return True

    async def chat(self, request: ChatRequest) -> AsyncGenerator[StreamEvent, None]:
        """Stream one answer. Closing the iterator closes the connection, which stops the server."""
        async with AsyncExitStack() as stack:
            opening = asyncio.ensure_future(self._open(stack, request))
            asking = asyncio.ensure_future(self._first_stage(request.model_id))
            try:
                await asyncio.wait((opening, asking), return_when=asyncio.FIRST_COMPLETED)
                yield AnswerStageChanged(asking.result() if asking.done() else AnswerStage.WAITING)
                stream, used = await opening
            finally:
                await _end(opening, asking)
            if used is not request.thinking:
                yield ThinkingChanged(request.thinking, used)
            decoder = OllamaLineDecoder(
                lambda error: self._api.stream_error(error, request.model_id),
                lambda text: self._api.not_an_api(stream.url, stream.status, text),
                request.tags,
            )
            frames = self._api.frames(stream, JsonLinesFramer())
            length_task = asyncio.ensure_future(
                self._loaded_context_length(request.model_id)
            )  # the answer has begun: the model is loaded
            stack.push_async_callback(_end, length_task)
            async with aclosing(read_answer(frames, decoder, self._api.endpoint)) as events:
                async for event in events:
                    if isinstance(event, UsageReported) and length_task.done() and length_task.result():
                        yield UsageReported(replace(event.usage, context_length=length_task.result()))
                    else:
                        yield event

    async def continuation(self, request: ChatRequest) -> Continuation | None:
        """Return how to continue the last turn, if the model's template allows it."""
        return None if is_cloud(request.model_id) else await open_continuation(request, self._prompt)

    async def _prompt(self, request: ChatRequest) -> str | None:
        """Return the rendered prompt of a request; None if it is not supported. The model is loaded for it, as for the answer."""
        if not self._reports_prompts:
            return None
        try:
            reply = await self._api.ask("/api/chat", prompt_body(request, self._extra_body), model=request.model_id)
        except ServerError:
            return None
        prompt = text_of(members(members(reply).get("_debug_info")).get("rendered_template"))
        self._reports_prompts = bool(prompt)
        return prompt or None

    async def _loaded_context_length(self, model_id: str) -> int | None:
        """Return the actual context length of the loaded model, which may be less than requested if it was trained for less."""
        load = None if is_cloud(model_id) else (await self._loaded(PROBE) or {}).get(full_name(model_id))
        return load.context_length if load else None

    async def _open(self, stack: AsyncExitStack, request: ChatRequest) -> tuple[HttpStream, Thinking]:
        """Send the request, and repeat it if the server supports fewer thinking levels. Return the stream and the level that was used."""
        asking = self._known_thinking.with_thinking_resolved(request)
        while True:
            reply = self._api.stream(
                "/api/chat", chat_body(asking, self._extra_body), accept="application/x-ndjson", model=request.model_id
            )
            try:
                return await stack.enter_async_context(reply), asking.thinking
            except RequestRefused as refused:
                better = self._known_thinking.learned(request.thinking, asking, refused.detail)
                if better is None:
                    raise
                asking = better

    async def _first_stage(self, model_id: str) -> AnswerStage:
        """Return whether the model must be loaded first.

        Requested in parallel to the chat request, which does not wait for it. A model being loaded is listed as well, but the server reads
        a file between the request and its listing; if the reply is late, the stage is only less precise.
        """
        if is_cloud(model_id):
            return AnswerStage.WAITING
        loaded = await self._loaded(PROBE)
        return AnswerStage.WAITING if loaded is None or full_name(model_id) in loaded else AnswerStage.LOADING_MODEL

    async def _loaded(self, timeouts: Timeouts = LIST) -> dict[str, ModelLoad] | None:
        """Return the loaded models; None if the server does not report them."""
        try:
            decoded = await self._api.get("/api/ps", timeouts)
        except ServerError:
            return None
        loaded, same = decode_loaded(decoded), loads_by_digest(decoded)
        if loaded is None:
            return None
        return self._with_variants(
            {name: same[digest] for name, digest in self._digests.items() if digest in same} | loaded
        )

    def _with_variants(self, loaded: dict[str, ModelLoad]) -> dict[str, ModelLoad]:
        """Add models that are loaded under another name, because they are variants made from the same files."""
        running = {runner: load for name, load in loaded.items() if (runner := self._runner(name))}
        names = self._runners if running else ()
        return {name: running[self._runner(name)] for name in names if self._runner(name) in running} | loaded

    def _is_runner_known(self, name: str) -> bool:
        """Return whether the loading key of the model with this name is up to date."""
        return name in self._runners and self._runners[name][0] == self._digests.get(name)

    def _runner(self, name: str) -> str:
        """Return the loading key of a model; empty if unknown."""
        return self._runners[name][1] if self._is_runner_known(name) else ""

    async def _tags(self, timeouts: Timeouts) -> tuple[Model, ...]:
        models = decode_tags(await self._api.get("/api/tags", timeouts), self._server_id)
        if models is None:
            raise self._not_ollama("/api/tags")
        self._digests = {full_name(model.ref.model_id): model.digest for model in models if model.digest}
        return models

    async def _check_chat_exists(self) -> None:
        """Raise `NotAChatServer` if there is no `/api/chat`. A real one responds with 405 to the wrong method and does nothing."""
        try:
            await self._api.get("/api/chat", PROBE)
        except NotAChatServer as error:
            if error.status != 405:
                raise
        except ServerError:
            return

    def _not_ollama(self, path: str) -> ServerError:
        return self._api.not_an_api(self._api.endpoint.url(path), 200, "")


async def _end(*questions: asyncio.Future[Any]) -> None:
    """Cancel requests and wait until their connections are closed."""
    for question in questions:
        question.cancel()
    await asyncio.gather(*questions, return_exceptions=True)
