"""From a server's configuration to one that answers: its key, its provider, the engine started where it is the built-in one.

Everything that speaks to the network runs on the network thread (providers/network_thread.py); results come back to the caller's loop.
"""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import aclosing
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from chatdesk.domain.errors import KeyExposed, KeyMissing, ModelNotFound
from chatdesk.domain.model import Capability, Model, ModelRef
from chatdesk.domain.request import ChatRequest
from chatdesk.domain.server import Protocol, ServerConfig, ServerStatus
from chatdesk.domain.stream_events import Stage, StageChanged, StreamEvent
from chatdesk.engine.engine import BuiltInEngine
from chatdesk.engine.installation import find_starter_model
from chatdesk.engine.messages import EngineProgress, EngineStage
from chatdesk.providers.http import HttpClient
from chatdesk.providers.network_thread import NetworkThread
from chatdesk.providers.provider import Provider
from chatdesk.services.servers import Servers
from chatdesk.system.key_store import Key

Result = TypeVar("Result")

_CONTINUES = "continues_partial_answers"
"""Quirk of a vendor: an unfinished last turn of the assistant is gone on with."""


class Connections:
    """One per program. `http` belongs to the network thread."""

    def __init__(self, servers: Servers, engine: BuiltInEngine, network: NetworkThread, http: HttpClient) -> None:
        self._servers = servers
        self._engine = engine
        self._network = network
        self._http = http
        self._providers: dict[str, tuple[ServerConfig, str | None, Provider]] = {}

    async def survey(self, server: ServerConfig) -> tuple[ServerStatus, tuple[Model, ...]]:
        """Ask whether the server is there and what it offers. The built-in engine is looked at, not started."""
        if server.protocol is Protocol.BUILT_IN:
            return await asyncio.to_thread(_survey_built_in, server)
        return await self._ask(server, await self._servers.key(server), _survey)

    async def test(self, server: ServerConfig, key_text: str = "") -> ServerStatus:
        """Ask a server that may not be saved yet, with a key that may not be kept yet (empty: the one that is kept).

        Raises `KeyInvalid` too.
        """
        if server.protocol is Protocol.BUILT_IN:
            return (await asyncio.to_thread(_survey_built_in, server))[0]
        key = Key(key_text) if key_text else await self._servers.key(server)
        status, models = await self._ask(server, key, _survey)
        return replace(status, model_count=len(models))

    async def describe(self, server: ServerConfig, model_id: str) -> Model:
        """Return what the server knows of one model."""
        return await self._ask(server, await self._servers.key(server), lambda provider: provider.describe(model_id))

    def continues_partial_answers(self, model: ModelRef) -> bool:
        """Whether the model's server goes on from an unfinished last turn."""
        server = self._servers.find(model.server_id)
        return server is not None and _CONTINUES in self._servers.vendor_of(server).quirks

    async def stream(self, model: ModelRef, request: ChatRequest) -> AsyncGenerator[tuple[StreamEvent, ...], None]:
        """Stream one answer in batches. Closing it closes the connection, which stops the server."""
        server = self._servers.find(model.server_id)
        if server is None:
            raise ModelNotFound(model=model.model_id)
        if server.protocol is Protocol.BUILT_IN:
            path = (await asyncio.to_thread(find_starter_model)).path
            async with aclosing(self._start_engine(path)) as stages:
                async for stage in stages:
                    yield (stage,)
            address = await self._engine.ensure_running(path)
            provider = self._provider(replace(server, base_url=address.base_url), address.key)
        else:
            yield (StageChanged(Stage.CONNECTING),)
            key = await self._servers.key(server)
            self._check_key(server, key)
            provider = self._provider(server, key.reveal() if key else None)
        async with aclosing(self._network.stream(lambda: provider.chat(request))) as batches:
            async for batch in batches:
                yield batch

    async def _start_engine(self, model_path: Path) -> AsyncGenerator[StageChanged, None]:
        """Start the engine if it does not run, and tell how far that is."""
        if self._engine.is_running:
            return
        heard: asyncio.Queue[EngineProgress | None] = asyncio.Queue()
        start = asyncio.ensure_future(self._engine.ensure_running(model_path, heard.put_nowait))
        start.add_done_callback(lambda _start: heard.put_nowait(None))
        try:
            while progress := await heard.get():
                yield _stage_of(progress)
            await start
        finally:
            start.cancel()
            await asyncio.wait([start])

    async def _ask(
        self, server: ServerConfig, key: Key | None, question: Callable[[Provider], Awaitable[Result]]
    ) -> Result:
        self._check_key(server, key)
        provider = self._provider(server, key.reveal() if key else None)
        return await self._network.call(lambda: question(provider))

    def _provider(self, server: ServerConfig, key: str | None) -> Provider:
        """Return the provider of a server as it is set up now. It is kept, because it learns (a field the server refuses, say)."""
        known = self._providers.get(server.id)
        if known is None or known[:2] != (server, key):
            from chatdesk.providers.provider_factory import make_provider  # noqa: PLC0415 - start-up time: two protocols

            known = (server, key, make_provider(server, self._servers.vendor_of(server), key, self._http))
            self._providers[server.id] = known
        return known[2]

    def _check_key(self, server: ServerConfig, key: Key | None) -> None:
        """Every key passes here before it goes anywhere. Raises `KeyMissing`, or `KeyExposed`."""
        if key is None and self._servers.vendor_of(server).needs_key:
            raise KeyMissing(server.name, server.base_url)
        if key and not server.takes_key:
            raise KeyExposed(server.name, server.base_url)


def _stage_of(progress: EngineProgress) -> StageChanged:
    if progress.stage is EngineStage.STARTING:
        return StageChanged(Stage.STARTING_ENGINE)
    if progress.fraction is None:
        return StageChanged(Stage.LOADING_MODEL)
    return StageChanged(Stage.LOADING_MODEL, round(100 * progress.fraction), 100)


async def _survey(provider: Provider) -> tuple[ServerStatus, tuple[Model, ...]]:
    return await provider.probe(), await provider.list_models()


def _survey_built_in(server: ServerConfig) -> tuple[ServerStatus, tuple[Model, ...]]:
    """Look at what is installed. Raises `EngineError` if the engine or its model is not there, or cannot run on this machine."""
    starter = find_starter_model()
    model = Model(
        ModelRef(server.id, starter.id),
        starter.name,
        frozenset({Capability.CHAT}),
        context_length=starter.context_length,
        size_bytes=starter.size_bytes,
        parameters=starter.parameters,
        quantization=starter.quantization,
        loaded=False,
    )
    return ServerStatus(None, 1, 0.0), (model,)
