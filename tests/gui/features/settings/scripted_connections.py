"""Stands in for features/servers/services/connections.py: answers at once as the test says, by address, without a network."""

import asyncio
from dataclasses import replace

from chatdesk.features.servers.services.built_in.server import BuiltIn
from chatdesk.features.servers.services.servers import Servers
from chatdesk.kernel.errors.base import ChatdeskError, KeyExposed, KeyMissing, KeyRejected, ServerUnreachable
from chatdesk.kernel.models.model import Model, ModelRef
from chatdesk.kernel.servers.recognized import Recognised
from chatdesk.kernel.servers.server import ServerConfig, ServerProtocol, ServerStatus


class ScriptedConnections:
    """An address that is not in `answers` is not reached. Where `keys` names one for an address, no other is accepted."""

    def __init__(self, servers: Servers) -> None:
        self._servers = servers
        self.answers: dict[str, tuple[ServerStatus, tuple[str, ...]] | ChatdeskError] = {}
        self.keys: dict[str, str] = {}
        self.tested: list[ServerConfig] = []
        self.found: tuple[Recognised, ...] | ChatdeskError = ()
        """What stands at the address that is asked for."""
        self.looked_at: list[str] = []
        self.behind = Recognised("custom", "")
        """What a key makes visible."""
        self.looked_behind: list[tuple[str, str]] = []
        self.hold: asyncio.Event | None = None
        """While it is set and not given, a test takes its time."""
        self.cancelled = 0
        self.built_in: BuiltIn | None = None
        """Looked through, as the real ones do, when the built-in engine is asked."""

    async def recognise(self, address: str) -> tuple[Recognised, ...]:
        self.looked_at.append(address)
        try:
            if self.hold:
                await self.hold.wait()
        except asyncio.CancelledError:
            self.cancelled += 1
            raise
        if isinstance(self.found, ChatdeskError):
            raise self.found
        return self.found

    async def survey(self, server: ServerConfig) -> tuple[ServerStatus, tuple[Model, ...]]:
        key = await self._servers.key(server)
        if server.protocol is ServerProtocol.BUILT_IN and self.built_in:
            await self.built_in.search()
        return self._ask(server, key.reveal() if key else "")

    async def recognise_with_key(self, server: ServerConfig, key_text: str) -> Recognised:
        self.looked_behind.append((server.base_url, key_text))
        return self.behind

    async def test(self, server: ServerConfig, key_text: str = "") -> tuple[ServerStatus, tuple[Model, ...]]:
        self.tested.append(server)
        try:
            if self.hold:
                await self.hold.wait()
        except asyncio.CancelledError:
            self.cancelled += 1
            raise
        key = await self._servers.key(server)
        status, models = self._ask(server, key_text or (key.reveal() if key else ""))
        return replace(status, model_count=len(models)), models

    def _ask(self, server: ServerConfig, key: str) -> tuple[ServerStatus, tuple[Model, ...]]:
        if self._servers.vendor_of(server).needs_key and not key:
            raise KeyMissing(server.name, server.base_url)
        if key and not server.accepts_key:
            raise KeyExposed(server.name, server.base_url)
        if server.base_url in self.keys and self.keys[server.base_url] != key:
            raise KeyRejected(server.name, server.base_url, detail="invalid api key")
        answer = self.answers.get(server.base_url)
        if answer is None:
            raise ServerUnreachable(server.name, server.base_url, reason="refused")
        if isinstance(answer, ChatdeskError):
            raise answer
        status, names = answer
        size = 98_000_000 if server.protocol is ServerProtocol.BUILT_IN else None
        return status, tuple(Model(ModelRef(server.id, name), name, size_bytes=size) for name in names)
