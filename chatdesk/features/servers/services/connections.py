"""Connections to servers: they add the key, create the provider, and start the engine for the built-in server.

All network access runs on the network thread (network/network_thread.py); results are returned in the caller's event loop.
"""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import aclosing, suppress
from dataclasses import replace
from importlib import import_module
from typing import TYPE_CHECKING, TypeVar

from chatdesk.features.servers.services.built_in.server import BuiltIn
from chatdesk.features.servers.services.servers import Servers
from chatdesk.kernel.chat.application import RemoteAnswer, SentFile
from chatdesk.kernel.chat.request import ChatRequest, Continuation
from chatdesk.kernel.chat.stream_events import AnswerStage, AnswerStageChanged, StreamEvent
from chatdesk.kernel.errors.base import (
    ChatdeskError,
    KeyExposed,
    KeyMissing,
    ModelNotFound,
    RequestRefused,
)
from chatdesk.kernel.lazy import Lazy
from chatdesk.kernel.models.model import Model, ModelLoad, ModelRef
from chatdesk.kernel.servers.server import ServerConfig, ServerStatus
from chatdesk.network.network_thread import NetworkThread
from chatdesk.network.timeouts import LIST, PULL, Timeouts
from chatdesk.providers.provider import AcceptsFiles, ChecksKeys, ContinuesAnswers, ProposesQuestions, Provider
from chatdesk.system.key_store import Key, Secret

if TYPE_CHECKING:
    from chatdesk.engine.engine import EngineAddress
    from chatdesk.features.servers.services.retrying import RetryPolicy
    from chatdesk.kernel.models.model import ModelDetails
    from chatdesk.kernel.models.pulls import PullProgress
    from chatdesk.kernel.servers.recognized import Recognised
    from chatdesk.network.http import HttpClient
    from chatdesk.providers.server_api import ServerApi

Result = TypeVar("Result")

_FACTORY = "chatdesk.providers.provider_factory"
_MAX_ID_LENGTH = 1_000
"""Maximum number of characters of a model ID. A longer one is not a real ID, and would be matched against rules and laid out repeatedly."""


class Connections:
    """Access to all servers. One per program.

    `http` belongs to the network thread. `with_thinking_resolved` adapts a request to the reasoning levels that its model supports.
    """

    def __init__(
        self,
        servers: Servers,
        built_in: BuiltIn,
        network: NetworkThread,
        http: Lazy[HttpClient],
        retry_policy: RetryPolicy | None = None,
        with_thinking_resolved: Callable[[ServerConfig, ChatRequest], ChatRequest] = lambda _server, request: request,
    ) -> None:
        self._servers = servers
        self._built_in = built_in
        self._network = network
        self._http = http
        self._retry_policy = retry_policy
        self._with_thinking_resolved = with_thinking_resolved
        self._providers: dict[str, tuple[ServerConfig, str | None, Provider]] = {}

    async def survey(self, server: ServerConfig) -> tuple[ServerStatus, tuple[Model, ...]]:
        """Request a server's status and models. The built-in engine is only inspected, not started."""
        if server.is_built_in:
            return await self._built_in.survey(server)
        return await self._ask(server, await self._servers.key(server), _survey)

    async def test(self, server: ServerConfig, key_text: str = "") -> tuple[ServerStatus, tuple[Model, ...]]:
        """Test a server that may not be saved yet, with a key that may not be stored yet (empty: the stored one).

        Returns its status and models. A public list of models proves nothing about the key, so that is checked too. Also raises
        `KeyInvalid`.
        """
        if server.is_built_in:
            return await self._built_in.survey(server)
        key = Key(key_text) if key_text else await self._servers.key(server)
        status, models = await self._ask(server, key, _survey)
        await self._ask(server, key, _check_key)
        return replace(status, model_count=len(models)), models

    async def recognise(self, address: str) -> tuple[Recognised, ...]:
        """Identify the server at an address that the user entered. No key is sent. Raises as `providers/recognition.py` does."""
        from chatdesk.providers.recognition import recognise  # noqa: PLC0415 - start-up time: seldom asked

        vendors = tuple(self._servers.vendors.values())
        return await self._network.call(lambda: recognise(address, vendors, self._http.get()))

    async def recognise_with_key(self, server: ServerConfig, key_text: str) -> Recognised:
        """Identify a server that answers only with its key, for example one behind a proxy. The key is sent to the server's address.

        Raises `KeyInvalid`, `KeyExposed`, or as `providers/recognition.py` does.
        """
        from chatdesk.providers.recognition import identify_behind_key  # noqa: PLC0415 - start-up time: seldom asked

        key = Key(key_text) if key_text else await self._servers.key(server)
        self._check_key(server, key)
        server = await self._servers.with_secrets(server)
        secret = key.reveal() if key else None
        return await self._network.call(lambda: identify_behind_key(server, secret, self._http.get()))

    async def describe(self, server: ServerConfig, model_id: str) -> Model:
        """Return what the server reports about one model."""
        return await self._ask(server, await self._servers.key(server), lambda provider: provider.describe(model_id))

    async def inspect(self, server: ServerConfig, model_id: str) -> ModelDetails | None:
        """Return the details that a server reports about one model; None if it reports none beyond its list. Raises a `ServerError`."""
        if server.is_built_in:
            return self._built_in.details(model_id)
        if not server.manages_models:
            return None
        from chatdesk.providers.ollama.models import inspect  # noqa: PLC0415 - start-up time: seldom asked

        return await self.with_api(server, LIST, lambda api: inspect(api, model_id))

    async def loads(self, server: ServerConfig) -> dict[str, ModelLoad] | None:
        """Return the models in the server's memory by ID; None if the server does not report them."""
        return await self._ask(server, await self._servers.key(server), lambda provider: provider.loads())

    async def unload(self, server: ServerConfig, model_id: str) -> bool:
        """Unload a model from the server's memory. Return False if the server cannot do this."""
        if server.is_built_in:
            is_loaded = self._built_in.loaded_id == model_id
            if is_loaded:
                await self._built_in.unload()
            return is_loaded
        return await self._ask(server, await self._servers.key(server), lambda provider: provider.unload(model_id))

    async def pull(
        self, server: ServerConfig, model_id: str, report: Callable[[PullProgress], None], expected: int = 0
    ) -> None:
        """Let a server download a model, and return when it is complete. `expected`: size in bytes (0: unknown). Raises a `ServerError`."""
        from chatdesk.providers.ollama.pulls import pull  # noqa: PLC0415 - start-up time: seldom asked

        here = asyncio.get_running_loop()

        def notify(progress: PullProgress) -> None:
            here.call_soon_threadsafe(report, progress)

        await self.with_api(server, PULL, lambda api: pull(api, model_id, notify, expected))

    async def with_api(
        self, server: ServerConfig, timeouts: Timeouts, work: Callable[[ServerApi], Awaitable[Result]]
    ) -> Result:
        """Run `work` with a server's API on the network thread and return its result. Raises a `ServerError`."""
        from chatdesk.providers.provider_factory import make_api  # noqa: PLC0415 - start-up time: seldom asked

        key = await self._servers.key(server)
        self._check_key(server, key)
        vendor = self._servers.vendor_of(server)
        server = await self._servers.with_secrets(server)
        api = make_api(server, vendor, key.reveal() if key else None, self._http.get(), timeouts)
        return await self._network.call(lambda: work(api))

    def stores_conversations(self, model: ModelRef) -> bool:
        """Return whether the model is an application that stores conversations itself."""
        server = self._servers.find(model.server_id)
        return server is not None and server.protocol.is_application

    async def follow_ups(self, model: ModelRef, answer: RemoteAnswer) -> tuple[str, ...]:
        """Return the follow-up questions that an application suggests after an answer, possibly none. Raises `ServerError`."""
        server = self._servers.find(model.server_id)
        if server is None or not server.protocol.is_application or not answer.message:
            return ()

        async def ask(provider: Provider) -> tuple[str, ...]:
            return await provider.follow_ups(answer) if isinstance(provider, ProposesQuestions) else ()

        return await self._ask(server, await self._servers.key(server), ask)

    async def send_file(self, model: ModelRef, name: str, data: bytes, kinds: tuple[str, ...]) -> SentFile:
        """Upload a file for an application's form, and return its reference on the server. Raises `ServerError`."""
        server = self._servers.find(model.server_id)
        if server is None:
            raise ModelNotFound(model=model.model_id)

        async def send(provider: Provider) -> SentFile:
            if not isinstance(provider, AcceptsFiles):
                raise RequestRefused(server.name, server.base_url)
            return await provider.send_file(name, data, kinds)

        return await self._ask(server, await self._servers.key(server), send)

    async def stream(self, model: ModelRef, request: ChatRequest) -> AsyncGenerator[tuple[StreamEvent, ...], None]:
        """Stream one answer in batches. Closing the stream closes the connection, which makes the server stop."""
        server = self._servers.find(model.server_id)
        if server is None:
            raise ModelNotFound(model=model.model_id)
        request = self._with_thinking_resolved(server, request)
        answer = (
            self._stream_from_engine(server, model.model_id, request)
            if server.is_built_in
            else self._stream_from(server, request)
        )
        async with aclosing(answer) as batches:
            async for batch in batches:
                yield batch

    async def read_ahead(self, model: ModelRef, request: ChatRequest) -> bool:
        """Let the built-in engine read a request without an answer, so that a later one that begins with it is answered sooner.

        Return whether it was read. Nothing is sent unless the engine is idle and has the model in memory, and never to another server.
        """
        server = self._servers.find(model.server_id)
        if server is None or not server.is_built_in:
            return False
        request = self._with_thinking_resolved(server, request)
        request = replace(request, parameters=replace(request.parameters, max_tokens=0))

        async def read(address: EngineAddress) -> None:
            provider = self._provider(replace(server, base_url=address.base_url), address.key)
            with suppress(ChatdeskError):  # a question in earnest reports what is wrong
                async with aclosing(self._network.stream(lambda: provider.chat(request))) as batches:
                    async for _ in batches:
                        pass

        return await self._built_in.read_ahead(model.model_id, read)

    async def _stream_from(
        self, server: ServerConfig, request: ChatRequest
    ) -> AsyncGenerator[tuple[StreamEvent, ...], None]:
        yield (AnswerStageChanged(AnswerStage.CONNECTING),)
        key = await self._servers.key(server)
        self._check_key(server, key)
        if _FACTORY not in sys.modules:  # importing it takes longer than the window may freeze
            await asyncio.to_thread(import_module, _FACTORY)
        provider = self._provider(await self._servers.with_secrets(server), key.reveal() if key else None)
        async with aclosing(self._answer(server, provider, request)) as batches:
            async for batch in batches:
                yield batch

    async def _stream_from_engine(
        self, server: ServerConfig, model_id: str, request: ChatRequest
    ) -> AsyncGenerator[tuple[StreamEvent, ...], None]:
        """Stream an answer while the engine is reserved for it: no other model replaces its model until the answer ends."""
        from chatdesk.features.servers.services.built_in.engine_answers import (  # noqa: PLC0415 - start-up time: with the first question
            engine_answer,
        )

        def ask(address: EngineAddress) -> AsyncGenerator[tuple[StreamEvent, ...], None]:
            provider = self._provider(replace(server, base_url=address.base_url), address.key)
            return self._answer(server, provider, request)

        async with aclosing(engine_answer(self._built_in, model_id, ask)) as batches:
            async for batch in batches:
                yield batch

    def _answer(
        self, server: ServerConfig, provider: Provider, request: ChatRequest
    ) -> AsyncGenerator[tuple[StreamEvent, ...], None]:
        nearby = server.is_on_this_machine or self._servers.vendor_of(server).local
        # A failed application may have done part of its work already, and would repeat it.
        nearby = nearby or server.protocol.is_application
        from chatdesk.features.servers.services.retrying import (  # noqa: PLC0415 - start-up time: with the first question
            RetryPolicy,
            retried,
        )

        retry_policy = self._retry_policy or RetryPolicy()

        def ask(request: ChatRequest) -> AsyncGenerator[tuple[StreamEvent, ...], None]:
            return retried(lambda: self._network.stream(lambda: provider.chat(request)), retry_policy, nearby=nearby)

        if not request.continues_answer:
            return ask(request)
        from chatdesk.features.servers.services.continuing import (  # noqa: PLC0415 - start-up time: when an answer is continued
            continued,
        )

        async def find_continuation(request: ChatRequest) -> Continuation | None:
            if not isinstance(provider, ContinuesAnswers):
                return None
            return await self._network.call(lambda: provider.continuation(request))

        return continued(request, ask, find_continuation)

    async def _ask(
        self, server: ServerConfig, key: Secret | None, question: Callable[[Provider], Awaitable[Result]]
    ) -> Result:
        self._check_key(server, key)
        if _FACTORY not in sys.modules:  # importing it takes longer than the window may freeze
            await asyncio.to_thread(import_module, _FACTORY)
        provider = self._provider(await self._servers.with_secrets(server), key.reveal() if key else None)
        return await self._network.call(lambda: question(provider))

    def _provider(self, server: ServerConfig, key: str | None) -> Provider:
        """Return the provider for a server's current configuration. It is cached as it learns, for example which fields are rejected."""
        known = self._providers.get(server.id)
        if known is None or known[:2] != (server, key):
            from chatdesk.providers.provider_factory import make_provider  # noqa: PLC0415 - start-up time: two protocols

            known = (server, key, make_provider(server, self._servers.vendor_of(server), key, self._http.get()))
            self._providers[server.id] = known
        return known[2]

    def _check_key(self, server: ServerConfig, key: Secret | None) -> None:
        """Check every key and credential header before it is sent anywhere. Raises `KeyMissing`, or `KeyExposed`."""
        if key is None and self._servers.vendor_of(server).needs_key:
            raise KeyMissing(server.name, server.base_url)
        if (key or server.has_credential_header) and not server.accepts_key:
            raise KeyExposed(server.name, server.base_url)


async def _check_key(provider: Provider) -> None:
    if isinstance(provider, ChecksKeys):
        await provider.check_key()


async def _survey(provider: Provider) -> tuple[ServerStatus, tuple[Model, ...]]:
    found, models = await provider.probe(), await provider.list_models()
    return found, tuple(model for model in models if len(model.ref.model_id) <= _MAX_ID_LENGTH)
