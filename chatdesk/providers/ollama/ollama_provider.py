"""Ollama's own API, which tells more than its OpenAI imitation: capabilities, sizes, thinking apart, errors in mid-stream.

What is asked: `request.py`; what comes back: `lines.py`, `models.py`; this file holds the conversation together.
Format: https://github.com/ollama/ollama/blob/main/docs/api.md
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
from chatdesk.providers.ollama.lines import OllamaLineDecoder
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

# What we ask Ollama for an answer. Source of the format: docs/api.md of ollama/ollama, "Generate a chat
# completion".

_ROLES = {Role.SYSTEM: "system", Role.USER: "user", Role.ASSISTANT: "assistant"}

_NOTHING: Mapping[str, object] = {}


def chat_body(request: ChatRequest, extra: Mapping[str, object] = _NOTHING) -> dict[str, object]:
    """Return the body of a request for one streamed answer. What nobody set is left out: the model's own file says it then.

    `extra` are members the user added; they win over what they set otherwise, options one by one.
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
        # By default Ollama drops the oldest turns, or the beginning of its own answer, without a word. Better an error one can act on.
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
    # A model that cannot think refuses to be asked to: where nobody knows, it is asked, and asked again without.
    if request.thinking is not Thinking.AUTO and request.can_think is not False:
        body["think"] = request.thinking.value if request.thinking in EFFORTS else request.thinking is Thinking.ON
    return body | {name: value for name, value in extra.items() if name != OPTIONS}


def unload_body(model_id: str) -> dict[str, object]:
    """Return the request that puts a model out of memory."""
    return {"model": model_id, "messages": [], "keep_alive": 0, "stream": False}


def prompt_body(request: ChatRequest, extra: Mapping[str, object] = _NOTHING) -> dict[str, object]:
    """Return the request for the prompt that an answer would be made from. A server from before this (0.11.11) answers with one token."""
    body = chat_body(request, extra)
    options = body.get(OPTIONS)
    one_token = {**(options if isinstance(options, dict) else {}), "num_predict": 1}
    return body | {"stream": False, "_debug_render_only": True, OPTIONS: one_token}


def _messages(request: ChatRequest) -> list[dict[str, object]]:
    turns = [turn for turn in request.turns if turn.role in _ROLES]
    messages = [_message(turn) for turn in turns]
    if request.goes_on and turns[-1].reasoning:  # earlier ones a model does not need
        messages[-1]["thinking"] = turns[-1].reasoning
    return messages


def _message(turn: Turn) -> dict[str, object]:
    message: dict[str, object] = {"role": _ROLES[turn.role], "content": turn.text}
    if turn.pictures:
        message["images"] = [b64encode(picture.data).decode("ascii") for picture in turn.pictures]
    return message


def _keep_alive(span: str) -> str | int:
    """Return the span as Ollama takes it: a text of digits alone is refused, a number is seconds."""
    return int(span) if span.removeprefix("-").isdecimal() else span


_ASKED_AT_ONCE = 4


class OllamaProvider:
    """A `Provider`."""

    def __init__(self, server_id: str, api: ServerApi, extra_body: Mapping[str, object] = MappingProxyType({})) -> None:
        """`extra_body` are members the user added to every chat."""
        self._server_id = server_id
        self._api = api
        self._extra_body = extra_body
        self._known_thinking = KnownThinking()
        self._tells_prompts = True
        self._known: dict[str, Model] = {}
        """The models as they were told last."""
        self._digests: dict[str, str] = {}
        """By full name: a model and its copies have the same."""
        self._runners: dict[str, tuple[str | None, str]] = {}
        """By full name: what is known of how a model is loaded, with the digest of the model that this was told of."""

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
        models = await self._tags(LIST)
        loaded = await self._loaded()
        limit = asyncio.Semaphore(_ASKED_AT_ONCE)

        async def complete(model: Model) -> Model:
            known = self._known.get(model.ref.model_id)
            if known and known.described and known.size_bytes == model.size_bytes:
                model = described(model, known)  # asked once already
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
        """Return what the list tells, and what `/api/show` says beside it."""
        shown = await self._api.post("/api/show", {"model": model_id}, model=model_id)
        told = decode_show(shown, ModelRef(self._server_id, model_id))
        name = full_name(model_id)
        self._runners[name] = self._digests.get(name), runner_of(shown)
        listed = self._known.get(model_id)
        self._known[model_id] = described(listed, told) if listed else told
        return self._known[model_id]

    async def loads(self) -> dict[str, ModelLoad] | None:
        """Return the models in memory by their full names, also variants that were asked about; None if the server does not tell."""
        loaded = await self._loaded(PROBE)
        strange = [name for name in loaded or () if not (self._is_asked(name) or is_cloud(name))]
        for name in strange[:_ASKED_AT_ONCE]:
            self._runners[name] = self._digests.get(name), ""  # asked once, whatever comes of it
            with suppress(ServerError):
                await self.describe(name)
        return self._with_variants(loaded) if loaded and strange else loaded

    async def unload(self, model_id: str) -> bool:
        """Have a model put out of memory; what it is answering at the moment is answered first."""
        await self._api.post("/api/chat", unload_body(model_id), model=model_id)
        return True

    async def chat(self, request: ChatRequest) -> AsyncGenerator[StreamEvent, None]:
        """Stream one answer. Closing the iterator closes the connection, which is what stops the server."""
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
            room = asyncio.ensure_future(self._room(request.model_id))  # an answer has begun: the model is in memory
            stack.push_async_callback(_end, room)
            async with aclosing(read_answer(frames, decoder, self._api.endpoint)) as events:
                async for event in events:
                    if isinstance(event, UsageReported) and room.done() and room.result():
                        yield UsageReported(replace(event.usage, context_length=room.result()))
                    else:
                        yield event

    async def continuation(self, request: ChatRequest) -> Continuation | None:
        """Return how the model is asked to go on from the last turn, if its template lets it."""
        return None if is_cloud(request.model_id) else await open_continuation(request, self._prompt)

    async def _prompt(self, request: ChatRequest) -> str | None:
        """Return the prompt that Ollama makes of a request; None where it does not tell. The model is loaded for it, as for the answer."""
        if not self._tells_prompts:
            return None
        try:
            reply = await self._api.ask("/api/chat", prompt_body(request, self._extra_body), model=request.model_id)
        except ServerError:
            return None
        prompt = text_of(members(members(reply).get("_debug_info")).get("rendered_template"))
        self._tells_prompts = bool(prompt)
        return prompt or None

    async def _room(self, model_id: str) -> int | None:
        """Return the tokens that the model really has room for: less than was asked where it was trained for less."""
        load = None if is_cloud(model_id) else (await self._loaded(PROBE) or {}).get(full_name(model_id))
        return load.context_length if load else None

    async def _open(self, stack: AsyncExitStack, request: ChatRequest) -> tuple[HttpStream, Thinking]:
        """Send the request, again where the server knows less of thinking than was asked for. Returns also what was said of it."""
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
        """Tell whether the model must be loaded first.

        Asked beside the request, which waits for nothing. A model that is loading is listed, too, but between the request and its load
        the server has a file to read; asked too late, we only say less.
        """
        if is_cloud(model_id):
            return AnswerStage.WAITING
        loaded = await self._loaded(PROBE)
        return AnswerStage.WAITING if loaded is None or full_name(model_id) in loaded else AnswerStage.LOADING_MODEL

    async def _loaded(self, timeouts: Timeouts = LIST) -> dict[str, ModelLoad] | None:
        """Return the models in memory; None if the server does not say."""
        try:
            told = await self._api.get("/api/ps", timeouts)
        except ServerError:
            return None
        loaded, same = decode_loaded(told), loads_by_digest(told)
        if loaded is None:
            return None
        return self._with_variants(
            {name: same[digest] for name, digest in self._digests.items() if digest in same} | loaded
        )

    def _with_variants(self, loaded: dict[str, ModelLoad]) -> dict[str, ModelLoad]:
        """Return it with the models that are in memory under another's name: variants of one that is made of the same files."""
        running = {runner: load for name, load in loaded.items() if (runner := self._runner(name))}
        names = self._runners if running else ()
        return {name: running[self._runner(name)] for name in names if self._runner(name) in running} | loaded

    def _is_asked(self, name: str) -> bool:
        """Whether it was asked how the model is loaded that has the name by now."""
        return name in self._runners and self._runners[name][0] == self._digests.get(name)

    def _runner(self, name: str) -> str:
        """Return how a model is loaded; empty if that is not known."""
        return self._runners[name][1] if self._is_asked(name) else ""

    async def _tags(self, timeouts: Timeouts) -> tuple[Model, ...]:
        models = decode_tags(await self._api.get("/api/tags", timeouts), self._server_id)
        if models is None:
            raise self._not_ollama("/api/tags")
        self._digests = {full_name(model.ref.model_id): model.digest for model in models if model.digest}
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


async def _end(*questions: asyncio.Future[Any]) -> None:
    """Ask no longer, and wait until the connections are closed."""
    for question in questions:
        question.cancel()
    await asyncio.gather(*questions, return_exceptions=True)
