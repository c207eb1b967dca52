"""OpenAI's chat completions, which almost every server supports with variations. Also used for the built-in engine.

`dialect.py` describes the variations and creates the requests; `chunks.py`, `responses_events.py` and `models.py` decode the replies. This
module contains the provider, and the requests of the Responses API.
"""

import logging
import re
import time
from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping
from contextlib import AsyncExitStack, aclosing
from dataclasses import replace
from typing import TypeVar

from chatdesk.kernel.chat.message import Role
from chatdesk.kernel.chat.request import ChatRequest, Continuation, Picture, Thinking, Turn
from chatdesk.kernel.chat.stream_events import AnswerStage, AnswerStageChanged, StreamEvent, ThinkingChanged
from chatdesk.kernel.errors.base import KeyMissing, KeyRejected, NotAChatServer, RequestRefused, ServerError
from chatdesk.kernel.models.model import Model, ModelLoad, ModelRef, display_name
from chatdesk.kernel.models.parameters import Parameters
from chatdesk.kernel.models.thinking import EFFORTS
from chatdesk.kernel.servers.server import ServerStatus, WireFormat
from chatdesk.kernel.text.json_values import members, text_of
from chatdesk.network.http import HttpStream
from chatdesk.network.timeouts import LIST, PROBE, Timeouts
from chatdesk.providers.catalogue.vendors import Quirk
from chatdesk.providers.continuations import open_continuation
from chatdesk.providers.native_models import decode_native_models
from chatdesk.providers.openai.chunks import OpenAIChunkDecoder
from chatdesk.providers.openai.dialect import SAMPLING, USUAL_CHAT_PATH, OpenAISetup, chat_body, corrected
from chatdesk.providers.openai.models import decode_models
from chatdesk.providers.openai.responses_events import ResponsesDecoder
from chatdesk.providers.server_api import ServerApi
from chatdesk.providers.streaming.answer_reader import AnswerDecoder, read_answer
from chatdesk.providers.streaming.framing import MAX_PICTURE_LINE_BYTES, EventOrWholeFramer
from chatdesk.providers.thinking_refusals import KnownThinking

# Requests of OpenAI's Responses API. `responses_events.py` decodes the replies.
#
# Every request contains the whole chat, as with chat completions: nothing is stored on the server, so nothing there can differ from what
# the user sees. Format: https://platform.openai.com/docs/api-reference/responses/create

_ROLES = {Role.SYSTEM: "system", Role.USER: "user", Role.ASSISTANT: "assistant"}


def responses_body(request: ChatRequest, quirks: frozenset[str], extra: Mapping[str, object]) -> dict[str, object]:
    """Return the body of a streaming request. `extra` contains members added by the user, which override other settings."""
    parameters = request.parameters
    optional: dict[str, object] = {
        "temperature": parameters.temperature,
        "top_p": parameters.top_p,
        "max_output_tokens": parameters.max_tokens,
        "text": _text_format(parameters),
    }
    for quirk, name in SAMPLING.items():
        optional[quirk.value] = getattr(parameters, name) if quirk in quirks else None
    body: dict[str, object] = {
        "model": request.model_id,
        "input": [_message(turn) for turn in request.turns if turn.role in _ROLES],
        "stream": True,
    }
    if Quirk.STORE_NOTHING in quirks:
        body["store"] = False
    body |= {name: value for name, value in optional.items() if value is not None}
    return body | _thinking_switch(request) | dict(extra)


def _text_format(parameters: Parameters) -> dict[str, object] | None:
    if parameters.format is None:
        return None
    schema = parameters.schema()
    if schema is None:
        return {"format": {"type": "json_object"}}
    return {"format": {"type": "json_schema", "name": "answer", "schema": schema}}


def _message(turn: Turn) -> dict[str, object]:
    """Return a turn as an input item. Text of the model is part of its output: llama.cpp rejects it as plain text."""
    content: object = turn.text
    if turn.role is Role.ASSISTANT:
        content = [{"type": "output_text", "text": turn.text}]
    elif turn.pictures:
        words = [{"type": "input_text", "text": turn.text}] if turn.text else []
        content = [*words, *map(_image, turn.pictures)]
    return {"type": "message", "role": _ROLES[turn.role], "content": content}


def _image(picture: Picture) -> dict[str, object]:
    return {"type": "input_image", "image_url": picture.data_uri()}


def _thinking_switch(request: ChatRequest) -> dict[str, object]:
    """Return the options for thinking. A summary must be requested, otherwise the API returns no reasoning."""
    if request.thinking is Thinking.AUTO or request.can_think is False:
        return {}
    if request.thinking is Thinking.OFF:
        return {"reasoning": {"effort": "none"}}
    effort = request.thinking if request.thinking in EFFORTS else Thinking.MEDIUM
    return {"reasoning": {"effort": effort.value, "summary": "auto"}}


Result = TypeVar("Result")

_VERSION = re.compile(r"/v\d")
_USUAL_VERSION = "/v1"
_NOT_THERE = frozenset({404, 405})

_log = logging.getLogger(__name__)


class OpenAIProvider:
    """A `Provider`. What it learns about the server (a quirk, a missing /v1, an unsupported API) is kept for its lifetime."""

    def __init__(self, server_id: str, api: ServerApi, setup: OpenAISetup = OpenAISetup()) -> None:  # noqa: B008 - an immutable value
        self._server_id = server_id
        self._api = api
        self._setup = setup
        self._quirks = setup.quirks
        self._native_lists = setup.native_lists
        self._known_thinking = KnownThinking()
        self._version = ""
        """Inserted before every path if the base URL lacks the version."""

    async def probe(self) -> ServerStatus:
        """Request the list of models, the one request that every such server supports without cost."""
        began = time.monotonic()
        models = await self._models(PROBE)
        return ServerStatus(None, len(models), (time.monotonic() - began) * 1000)

    async def list_models(self) -> tuple[Model, ...]:
        """Return the available models in the server's order."""
        return await self._models(LIST)

    async def check_key(self) -> None:
        """Raise `KeyRejected`, or `KeyMissing` without a key, if chats are refused: some servers return their model list to everyone.

        A chat request without model and messages costs nothing and, once the key is accepted, is rejected for what it lacks.
        """
        if self._setup.chat_path != USUAL_CHAT_PATH:
            return  # servers with another path also require the key for their list
        try:
            await self._api.post(self._version + USUAL_CHAT_PATH, {}, PROBE)
        except (KeyMissing, KeyRejected):
            raise
        except ServerError:
            return

    async def describe(self, model_id: str) -> Model:
        """Return the entry of the list. A model that is not listed may still work, because some lists are incomplete."""
        ref = ModelRef(self._server_id, model_id)
        return next((model for model in await self._models(LIST) if model.ref == ref), Model(ref, model_id))

    async def loads(self) -> dict[str, ModelLoad] | None:
        """Return None: the protocol does not provide it."""
        return None

    async def unload(self, model_id: str) -> bool:
        """Return False: the protocol does not support it."""
        del model_id
        return False

    async def chat(self, request: ChatRequest) -> AsyncGenerator[StreamEvent, None]:
        """Stream one answer. Closing the iterator closes the connection, which stops the server."""
        yield AnswerStageChanged(AnswerStage.WAITING)
        async with AsyncExitStack() as stack:
            stream, used = await self._open(stack, request)
            if used is not request.thinking:
                yield ThinkingChanged(request.thinking, used)
            decoder = self._decoder(stream, request)
            frames = self._api.frames(stream, EventOrWholeFramer(picture_limit=MAX_PICTURE_LINE_BYTES))
            async with aclosing(read_answer(frames, decoder, self._api.endpoint)) as events:
                async for event in events:
                    yield event

    async def continuation(self, request: ChatRequest) -> Continuation | None:
        """Return how to continue the last turn, if the server supports it."""
        if self._uses_responses:
            return None
        if Quirk.CONTINUES_PARTIAL_ANSWERS in self._quirks:
            return await open_continuation(request, self._prompt)
        if self._quirks & {Quirk.CONTINUES_FINAL_MESSAGE, Quirk.CONTINUES_PREFIX}:
            exact = replace(request, thinking=Thinking.OFF)
            return Continuation(exact, is_repeated=Quirk.REPEATS_PREFIX in self._quirks)
        return None

    async def _prompt(self, request: ChatRequest) -> str | None:
        """Return the prompt that llama.cpp renders for a request; None if it does not provide one."""
        body = chat_body(request, self._quirks, self._setup.extra_body)
        try:
            reply = await self._api.without(_USUAL_VERSION).post("/apply-template", body, model=request.model_id)
        except ServerError:
            return None
        return text_of(members(reply).get("prompt")) or None

    def _decoder(self, stream: HttpStream, request: ChatRequest) -> AnswerDecoder:
        def error_of(error: object) -> ServerError:
            return self._api.stream_error(error, request.model_id)

        def not_an_api(text: str) -> ServerError:
            return self._api.not_an_api(stream.url, stream.status, text)

        if self._uses_responses:
            return ResponsesDecoder(error_of, not_an_api, request.tags, request.parameters.max_tokens)
        return OpenAIChunkDecoder(error_of, not_an_api, request.tags)

    async def _open(self, stack: AsyncExitStack, request: ChatRequest) -> tuple[HttpStream, Thinking]:
        """Send the request, and repeat it if its rejection shows what the server requires.

        Return the stream and the thinking level that was used.
        """
        asking = self._known_thinking.with_thinking_resolved(request)
        tried = {self._quirks}  # additional JSON may restore what a server rejects: never send the same variant twice
        while True:
            make_body = responses_body if self._uses_responses else chat_body
            body = make_body(asking, self._quirks, self._setup.extra_body)
            try:
                return await self._open_at(stack, body, request), asking.thinking
            except RequestRefused as refused:
                quirks = corrected(self._quirks, refused.detail)
                if quirks is not None and quirks not in tried:
                    tried.add(quirks)
                    self._quirks = quirks
                elif better := self._known_thinking.learned(request.thinking, asking, refused.detail):
                    asking = better
                else:
                    raise
            except NotAChatServer as error:
                if not (self._uses_responses and error.status in _NOT_THERE):
                    raise
                _log.info("%s has no Responses API: asking it by chat completions", self._server_id)
                self._setup = replace(self._setup, wire_format=WireFormat.CHAT_COMPLETIONS)

    async def _open_at(self, stack: AsyncExitStack, body: object, request: ChatRequest) -> HttpStream:
        model_id, api, before = request.model_id, self._api, ""
        if request.continues_answer and Quirk.PREFIX_AT_BETA in self._quirks:
            api, before = self._api.without(_USUAL_VERSION), "/beta"

        def attempt(version: str) -> Awaitable[HttpStream]:
            path = before + version + self._setup.path_of_chat(model_id)
            return stack.enter_async_context(api.stream(path, body, accept="text/event-stream", model=model_id))

        return await self._find_version(attempt)

    @property
    def _uses_responses(self) -> bool:
        return self._setup.wire_format is WireFormat.RESPONSES

    async def _models(self, timeouts: Timeouts) -> tuple[Model, ...]:
        """Return the models that the user added, followed by the server's list if its models are available."""
        written = tuple(Model(ModelRef(self._server_id, name), display_name(name)) for name in self._setup.model_ids)
        try:
            listed = await self._list(timeouts)
        except NotAChatServer:
            if not written:
                raise
            return written  # users add models for servers without a list
        if Quirk.WRITTEN_MODELS_ONLY in self._quirks:
            return written
        known = {model.ref: model for model in listed}
        return (
            *(known.get(model.ref, model) for model in written),
            *(model for model in listed if model.ref.model_id not in self._setup.model_ids),
        )

    async def _list(self, timeouts: Timeouts) -> tuple[Model, ...]:
        return await self._native_list(timeouts) or await self._openai_list(timeouts)

    async def _native_list(self, timeouts: Timeouts) -> tuple[Model, ...] | None:
        """Return the models of the server's native list; None if there is none, which is remembered."""
        root = self._api.without(_USUAL_VERSION)
        for path in self._native_lists:
            try:
                models = decode_native_models(await root.get(path, timeouts), self._server_id)
            except (NotAChatServer, RequestRefused):
                models = None
            if models is not None:
                self._native_lists = (path,)
                return models
        self._native_lists = ()
        return None

    async def _openai_list(self, timeouts: Timeouts) -> tuple[Model, ...]:
        async def attempt(version: str) -> tuple[Model, ...]:
            path = version + self._setup.path_of_models()
            value = await self._api.get(path, timeouts)
            models = decode_models(value, self._server_id)
            if models is None:
                raise self._api.not_an_api(self._api.endpoint.url(path), 200, str(value))
            return models

        return await self._find_version(attempt)

    async def _find_version(self, attempt: Callable[[str], Awaitable[Result]]) -> Result:
        """Try the address as it was given, and if nothing is there, with the /v1 that users often omit."""
        try:
            return await attempt(self._version)
        except NotAChatServer:
            is_complete = self._version or _VERSION.search(self._api.endpoint.base_url)
            if is_complete or not self._setup.may_lack_version:
                raise
            try:
                result = await attempt(_USUAL_VERSION)
            except NotAChatServer:
                result = None
            if result is None:
                raise
            self._version = _USUAL_VERSION
            return result
