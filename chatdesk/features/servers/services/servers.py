"""The servers the user set up: add, edit, remove, and their keys.

Keys and other secrets never touch a file: they are in the OS keyring, or for this run only where there is none (`server_secrets.py`).
What servers offer is in `models.py`; asking them is in `connections.py`.
"""

import asyncio
import logging
import uuid
from collections.abc import Callable, Sequence
from contextlib import nullcontext, suppress
from dataclasses import replace

from chatdesk.features.servers.services.server_secrets import SecretLocation, ServerSecrets
from chatdesk.kernel.aio.daemon_thread import run_in_daemon_thread
from chatdesk.kernel.announcer import Announcer
from chatdesk.kernel.errors.base import AddressInvalid, CaFileInvalid, ProxyUnusable
from chatdesk.kernel.errors.keyring_errors import KeyringError
from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.kernel.servers.server import Header, ProxyChoice, ServerConfig, Vendor
from chatdesk.network.addresses import base_url
from chatdesk.network.proxies import proxy_address, split_login
from chatdesk.system.key_store import KEY, PROXY_PASSWORD, Key, KeyStore, Secret, header_value

BUILT_IN_ID = "built-in"
OLLAMA_ID = "ollama"

_PATIENCE_AT_THE_END = 2.0
"""Seconds the end of the program waits for a keyring that has to forget keys."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class ServersChanged:
    """A server was added, edited, removed, or got another key."""

    server_id: str


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
        self._keeping = asyncio.Lock()
        """Between a secret that is kept and the server that says so: an older value may not come between."""
        self._secrets = ServerSecrets(keyring, fallback)
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
                await self.forget(server)
        except KeyringError as error:
            _log.warning("the key of a removed server stays in the keyring: %s", type(error).__name__)
        for server in self.all():
            await self._forget_dropped(server.id)

    def all(self) -> tuple[ServerConfig, ...]:
        """Return every server, in the user's order."""
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
        """Return the server with its addresses in the one form we keep, and what was pasted with them taken apart.

        Raises `AddressInvalid`, or `ProxyUnusable`.
        """
        if server.is_built_in:
            return server
        address = base_url(server.base_url, server.protocol)
        way = server.connection
        if way.proxy is ProxyChoice.ADDRESS:
            try:
                pasted = split_login(way.proxy_address)
                way = replace(way, proxy_address=proxy_address(pasted.address))
                if pasted.user:
                    way = replace(way, proxy_user=pasted.user, proxy_password=pasted.password or way.proxy_password)
            except AddressInvalid as error:
                raise ProxyUnusable(server.name, address, error.problem) from error
        return replace(server, base_url=address, connection=way)

    async def check_ca_file(self, server: ServerConfig) -> None:
        """Look whether a server's file of authorities can be used, if it has one. Raises `CaFileInvalid`."""
        if not server.connection.ca_file:
            return
        from chatdesk.network.trust import (  # noqa: PLC0415 - start-up time: loads OpenSSL
            CaFileError,
            trusted_ca_certificates,
        )

        try:
            await run_in_daemon_thread(
                lambda: trusted_ca_certificates(server.connection.ca_file), "certificate authorities"
            )
        except CaFileError as error:
            raise CaFileInvalid(server.name, server.base_url, str(error)) from error

    def check_key(self, server: ServerConfig, text: str) -> None:
        """Raise `KeyInvalid` if `set_key` would."""
        self._secrets.check(server, Key(text), KEY)

    def check_secrets(self, server: ServerConfig) -> None:
        """Raise `KeyInvalid` if `save` would."""
        self._secrets.check_typed(server)

    async def save(self, server: ServerConfig, place: int | None = None) -> None:
        """Replace the server with this id, or add it: last, or before the one that is at `place` now.

        Secrets that were typed into it are kept where secrets are. Raises `KeyInvalid`, and neither saves nor keeps anything then.
        """
        async with self._keeping if self._secrets.has_typed(server) else nullcontext():
            server = await self._secrets.taken_in(server)
            before = self._servers.get(server.id) or self._removed.get(server.id)
            server = await self._without_stale(server, before)
            if before:
                server = replace(server, stale_secrets=self._secrets.dropped(before, server))
            if place is not None and server.id not in self._servers:
                rows = list(self._servers.items())
                rows.insert(place, (server.id, server))
                self._servers = dict(rows)
            self._servers[server.id] = replace(server, key_kept=server.id in self._with_key)
            self._removed.pop(server.id, None)
        await self._changed(server.id)
        await self._forget_dropped(server.id)

    async def remove(self, server_id: str) -> ServerConfig | None:
        """Remove a server and return it, so that it can be saved again. Its key stays until `forget_key`, or `close`."""
        server = self._servers.pop(server_id, None)
        if server:
            self._removed[server_id] = replace(server, removed=True)
            await self._changed(server_id)
        return server

    async def key(self, server: ServerConfig) -> Secret | None:
        """Return the key kept for this server at this address, if any. A keyring that fails counts as having none."""
        try:
            return await self._secrets.load(server, KEY, in_keyring=server.id in self._with_key)
        except KeyringError:
            return None

    async def with_secrets(self, server: ServerConfig) -> ServerConfig:
        """Return the server with all that goes along beside the key: for a request. Raises `HeaderMissing`, or `SecretsUnreachable`."""
        return await self._secrets.with_secrets(server)

    async def set_key(self, server: ServerConfig, text: str) -> SecretLocation:
        """Keep a key. Raises `KeyInvalid`, and keeps nothing then."""
        place = await self._secrets.keep(server, Key(text), KEY)
        if place is SecretLocation.KEYRING:
            await self._note_key(server.id, is_kept=True)
        self.changes.announce(ServersChanged(server.id))
        return place

    async def key_place(self, server: ServerConfig) -> SecretLocation | None:
        """Return where this server's key is, or None if it has none."""
        return await self._secrets.place(server, KEY, in_keyring=server.id in self._with_key)

    async def header_place(self, server: ServerConfig) -> SecretLocation | None:
        """Return where the values of this server's headers are: the worst of the places, or None if one of them is nowhere."""
        if any(header.in_file for header in server.headers):
            return SecretLocation.FILE
        places = [await self._secrets.place(server, header_value(header.name)) for header in server.headers]
        return (
            None
            if None in places
            else SecretLocation.THIS_RUN
            if SecretLocation.THIS_RUN in places
            else SecretLocation.KEYRING
        )

    async def proxy_password_place(self, server: ServerConfig) -> SecretLocation | None:
        """Return where the password of this server's proxy is, or None if there is none."""
        way = server.connection
        return await self._secrets.place(server, PROXY_PASSWORD) if way.named_proxy and way.proxy_user else None

    async def move_headers(self) -> None:
        """Put the values of headers that an earlier version wrote into the file into the keyring.

        What the keyring does not take, because it is locked say, stays in the file and is used from there; the next start tries again.
        """
        in_file = [(server, header) for server in self.all() for header in server.headers if header.in_file]
        try:
            for server, header in in_file:
                async with self._keeping:
                    await self._move_header(server, header)
        except KeyringError as error:
            _log.warning("values of headers stay in the file of servers: %s", type(error).__name__)

    async def forget_key(self, server: ServerConfig) -> None:
        """Remove a server's key everywhere. Raises `KeyringError` if the keyring would not."""
        is_in_keyring = server.id in self._with_key
        await self._secrets.forget(server, KEY, in_keyring=is_in_keyring)
        if is_in_keyring:
            await self._note_key(server.id, is_kept=False)
        self.changes.announce(ServersChanged(server.id))

    async def forget(self, server: ServerConfig) -> None:
        """Forget every secret of a server that was removed. Raises `KeyringError` if the keyring would not."""
        await self._secrets.forget_all(server)
        await self.forget_key(server)
        if self._removed.pop(server.id, None):
            await self._put_on_disk()

    async def _forget_dropped(self, server_id: str) -> None:
        """Forget the secrets that a server has no longer. What the keyring does not let go is remembered, to be tried again."""
        server = self._servers.get(server_id)
        if server is None or not server.stale_secrets:
            return
        left = await self._secrets.forget_dropped(server)
        now = self._servers.get(server_id)
        if now and left != now.stale_secrets and now.stale_secrets == server.stale_secrets:
            self._servers[server_id] = replace(now, stale_secrets=left)
            await self._changed(server_id)

    async def _move_header(self, server: ServerConfig, header: Header) -> None:
        """Put one value into the keyring, unless the user changed it: while others were moved, or this one. Raises `KeyringError`."""
        if not self._still_has(server, header) or not await self._secrets.moved(server, header):
            return
        if self._still_has(server, header):
            now = self._servers[server.id]
            headers = (Header(other.name) if other == header else other for other in now.headers)
            self._servers[server.id] = replace(now, headers=tuple(headers))
            await self._changed(server.id)
            return
        owner = self._servers.get(server.id) or self._removed.get(server.id)
        if owner is None or header.name.lower() not in {other.name.lower() for other in owner.headers}:
            await self._secrets.forget(server, header_value(header.name))

    def _still_has(self, server: ServerConfig, header: Header) -> bool:
        now = self._servers.get(server.id)
        return now is not None and now.origin == server.origin and header in now.headers

    async def _without_stale(self, server: ServerConfig, before: ServerConfig | None) -> ServerConfig:
        """Return the server with a value of the file only where it still stands there, and belongs to its address.

        A form may have been opened before the value went into the keyring.
        """
        in_file = {header for header in before.headers if header.in_file} if before else set()
        if before and before.origin != server.origin:
            for header in in_file:
                await self._secrets.remember_value(before, header)
            in_file = set()
        headers = (
            Header(header.name) if header.in_file and header not in in_file else header for header in server.headers
        )
        return replace(server, headers=tuple(headers))

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
            removed = (server for server in self._removed.values() if self._may_have_secrets(server))
            await asyncio.get_running_loop().run_in_executor(None, self._write, (*self.all(), *removed))

    def _may_have_secrets(self, server: ServerConfig) -> bool:
        return server.id in self._with_key or bool(
            server.headers or server.stale_secrets or server.connection.proxy_user
        )


_INSTALLATION_SECONDS = 5.0


async def is_ollama_installed() -> bool:
    """Return whether Ollama is installed on this machine; False if the system takes too long to say so."""
    from chatdesk.kernel.aio.daemon_thread import run_in_daemon_thread  # noqa: PLC0415 - likewise
    from chatdesk.system.ollama_program import is_installed  # noqa: PLC0415 - start-up time: only where none answers

    with suppress(TimeoutError):
        return await run_in_daemon_thread(is_installed, "look for Ollama", _INSTALLATION_SECONDS)
    return False
