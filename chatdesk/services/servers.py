"""The servers a person set up: add, edit, remove, and their keys.

Keys never touch a file: they are in the OS keyring, or for this run only where there is none. What servers offer is in `models.py`; asking
them is in `connections.py`.
"""

import asyncio
import logging
import uuid
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from enum import Enum, auto

from chatdesk.domain.errors import AddressInvalid, AuthoritiesUnusable, ProxyUnusable
from chatdesk.domain.keyring_errors import KeyringError, KeyringUnavailable
from chatdesk.domain.late_dataclass import dataclass
from chatdesk.domain.server import Protocol, ServerConfig, Vendor
from chatdesk.domain.server_connection import ProxyChoice
from chatdesk.providers.addresses import base_url
from chatdesk.providers.proxies import proxy_address
from chatdesk.services.announcer import Announcer
from chatdesk.system.key_store import Key, KeyStore

BUILT_IN_ID = "built-in"
OLLAMA_ID = "ollama"

_PATIENCE_AT_THE_END = 2.0
"""Seconds the end of the program waits for a keyring that has to forget keys."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class ServersChanged:
    """A server was added, edited, removed, or got another key."""

    server_id: str


class KeyPlace(Enum):
    """Where a key ended up."""

    KEYRING = auto()
    THIS_RUN = auto()
    """In memory: the system has no keyring we trust, or it did not open."""


def first_servers(vendors: Sequence[Vendor]) -> tuple[ServerConfig, ...]:
    """Return what a first start begins with: Ollama at its usual address, and the built-in engine."""
    by_id = {vendor.id: vendor for vendor in vendors}
    first = (by_id[OLLAMA_ID], by_id[BUILT_IN_ID])
    return tuple(ServerConfig(vendor.id, vendor.name, vendor.id, vendor.protocol, vendor.base_url) for vendor in first)


class Servers:
    """`write` puts the list on disk (called on a worker thread). `fallback` keeps keys for this run where `keyring` cannot."""

    def __init__(
        self,
        servers: Sequence[ServerConfig],
        vendors: Sequence[Vendor],
        write: Callable[[Sequence[ServerConfig]], None],
        keyring: KeyStore,
        fallback: KeyStore,
    ) -> None:
        self.changes: Announcer[ServersChanged] = Announcer()
        self.vendors = {vendor.id: vendor for vendor in vendors}
        self._servers = {server.id: server for server in servers if not server.removed}
        self._write = write
        self._writing = asyncio.Lock()
        self._keyring = keyring
        self._fallback = fallback
        self._removed = {server.id: server for server in servers if server.removed}
        self._with_key = {server.id for server in servers if server.key_kept}

    async def close(self) -> None:
        """Forget the keys of servers that were removed and that nobody brought back. What does not succeed is done at the next start."""
        try:
            async with asyncio.timeout(_PATIENCE_AT_THE_END):
                await self.forget_removed()
        except TimeoutError:
            _log.warning("the key of a removed server stays in the keyring: no answer")

    async def forget_removed(self) -> None:
        """Forget the keys of servers that were removed before, by a program that was killed perhaps."""
        try:
            for server in tuple(self._removed.values()):
                await self.forget_key(server)
        except KeyringError as error:
            _log.warning("the key of a removed server stays in the keyring: %s", type(error).__name__)

    def all(self) -> tuple[ServerConfig, ...]:
        """Return every server, in the person's order."""
        return tuple(self._servers.values())

    def enabled(self) -> tuple[ServerConfig, ...]:
        """Return the servers that are switched on."""
        return tuple(server for server in self._servers.values() if server.enabled)

    def find(self, server_id: str) -> ServerConfig | None:
        """Return one server, or None if it is gone."""
        return self._servers.get(server_id)

    def vendor_of(self, server: ServerConfig) -> Vendor:
        """Return the row a server was made from; one that a newer list dropped counts as custom."""
        return self.vendors.get(server.vendor_id) or replace(self.vendors["custom"], protocol=server.protocol)

    def new(self, vendor: Vendor) -> ServerConfig:
        """Return a server to begin editing with. It is not in the list until `save`."""
        return ServerConfig(uuid.uuid4().hex, vendor.name, vendor.id, vendor.protocol, vendor.base_url)

    def normalised(self, server: ServerConfig) -> ServerConfig:
        """Return the server with its addresses in the one form we keep. Raises `AddressInvalid`, or `ProxyUnusable`."""
        if server.protocol is Protocol.BUILT_IN:
            return server
        address = base_url(server.base_url, server.protocol)
        way = server.connection
        if way.proxy is ProxyChoice.ADDRESS:
            try:
                way = replace(way, proxy_address=proxy_address(way.proxy_address))
            except AddressInvalid as error:
                raise ProxyUnusable(server.name, address, error.problem) from error
        return replace(server, base_url=address, connection=way)

    async def check_authorities(self, server: ServerConfig) -> None:
        """Look whether a server's file of authorities can be used, if it has one. Raises `AuthoritiesUnusable`."""
        if not server.connection.ca_file:
            return
        from chatdesk.providers.trust import NoAuthorities, trusted_authorities  # noqa: PLC0415 - start-up time: loads OpenSSL

        try:
            await asyncio.to_thread(trusted_authorities, server.connection.ca_file)
        except NoAuthorities as error:
            raise AuthoritiesUnusable(server.name, server.base_url, str(error)) from error

    async def save(self, server: ServerConfig, place: int | None = None) -> None:
        """Replace the server with this id, or add it: last, or before the one that is at `place` now."""
        if place is not None and server.id not in self._servers:
            rows = list(self._servers.items())
            rows.insert(place, (server.id, server))
            self._servers = dict(rows)
        self._servers[server.id] = replace(server, key_kept=server.id in self._with_key)
        self._removed.pop(server.id, None)
        await self._changed(server.id)

    async def remove(self, server_id: str) -> ServerConfig | None:
        """Remove a server and return it, so that it can be saved again. Its key stays until `forget_key`, or `close`."""
        server = self._servers.pop(server_id, None)
        if server:
            self._removed[server_id] = replace(server, removed=True)
            await self._changed(server_id)
        return server

    async def key(self, server: ServerConfig) -> Key | None:
        """Return the key kept for this server at this address, if any. A keyring that fails counts as having none."""
        if key := await self._fallback.load(server):
            return key
        if server.id not in self._with_key:
            return None
        try:
            return await self._keyring.load(server)
        except KeyringError:
            return None

    async def set_key(self, server: ServerConfig, text: str) -> KeyPlace:
        """Keep a key. Raises `KeyInvalid`, and keeps nothing then."""
        key = Key(text)
        try:
            await self._keyring.save(server, key)
            await self._note_key(server.id, is_kept=True)
            place = KeyPlace.KEYRING
            await self._fallback.delete(server)
        except KeyringError:
            await self._fallback.save(server, key)
            place = KeyPlace.THIS_RUN
        self.changes.announce(ServersChanged(server.id))
        return place

    async def key_place(self, server: ServerConfig) -> KeyPlace | None:
        """Return where this server's key is, or None if it has none."""
        if await self._fallback.load(server):
            return KeyPlace.THIS_RUN
        if server.id not in self._with_key:
            return None
        try:
            return KeyPlace.KEYRING if await self._keyring.load(server) else None
        except KeyringError:
            return None

    async def forget_key(self, server: ServerConfig) -> None:
        """Remove a server's key everywhere. Raises `KeyringError` if the keyring would not."""
        await self._fallback.delete(server)
        if server.id in self._with_key:
            with suppress(KeyringUnavailable):  # then none can be in there
                await self._keyring.delete(server)
            await self._note_key(server.id, is_kept=False)
        self._removed.pop(server.id, None)
        self.changes.announce(ServersChanged(server.id))

    async def _note_key(self, server_id: str, *, is_kept: bool) -> None:
        """Remember, also on disk, whether the keyring holds a key for this server."""
        if is_kept:
            self._with_key.add(server_id)
        else:
            self._with_key.discard(server_id)
        if server_id in self._servers:
            self._servers[server_id] = replace(self._servers[server_id], key_kept=is_kept)
        if server_id in self._servers or server_id in self._removed:
            await self._put_on_disk()

    async def _changed(self, server_id: str) -> None:
        self.changes.announce(ServersChanged(server_id))
        await self._put_on_disk()

    async def _put_on_disk(self) -> None:
        async with self._writing:
            removed = (server for server in self._removed.values() if server.id in self._with_key)
            await asyncio.get_running_loop().run_in_executor(None, self._write, (*self.all(), *removed))
