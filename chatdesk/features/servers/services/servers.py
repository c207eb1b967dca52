"""Servers that the user set up: adding, editing and removing them, and their keys.

Keys and other secrets are never written to a file: they are in the keyring of the operating system or, without one, in memory for this
run only (`server_secrets.py`). `models.py` knows the models of the servers; `connections.py` sends requests to them.
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

_CLOSE_TIMEOUT = 2.0
"""Seconds to wait at exit for the keyring to delete keys."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class ServersChanged:
    """A server was added, edited or removed, or its key changed."""

    server_id: str


def first_servers(vendors: Sequence[Vendor]) -> tuple[ServerConfig, ...]:
    """Return the servers of a first start: Ollama at its default address, and the built-in engine."""
    by_id = {vendor.id: vendor for vendor in vendors}
    first = (by_id[OLLAMA_ID], by_id[BUILT_IN_ID])
    return tuple(ServerConfig(vendor.id, vendor.name, vendor.id, vendor.protocol, vendor.base_url) for vendor in first)


class Servers:
    """List of servers. `write` writes it to disk (on a worker thread). `fallback` stores keys for this run where `keyring` cannot."""

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
        self._write_lock = asyncio.Lock()
        self._secrets_lock = asyncio.Lock()
        """Held from storing a secret until its server is saved, so that an older value cannot come in between."""
        self.secrets = ServerSecrets(keyring, fallback)
        """Also stores secrets of other services, each bound to an address."""
        self._removed = {server.id: server for server in servers if server.removed}
        self._servers_with_key = {server.id for server in servers if server.key_saved}

    async def close(self) -> None:
        """Delete the keys of removed servers that were not restored. What fails is repeated at the next start."""
        try:
            async with asyncio.timeout(_CLOSE_TIMEOUT):
                await self.forget_removed()
        except TimeoutError:
            _log.warning("the key of a removed server stays in the keyring: no answer")

    async def forget_removed(self) -> None:
        """Delete the keys of servers that were removed in an earlier run, for example one that was killed."""
        try:
            for server in tuple(self._removed.values()):
                await self.forget(server)
        except KeyringError as error:
            _log.warning("the key of a removed server stays in the keyring: %s", type(error).__name__)
        for server in self.all():
            await self._forget_dropped(server.id)

    def all(self) -> tuple[ServerConfig, ...]:
        """Return all servers in the user's order."""
        return tuple(self._servers.values())

    def enabled(self) -> tuple[ServerConfig, ...]:
        """Return the enabled servers."""
        return tuple(server for server in self._servers.values() if server.enabled)

    def find(self, server_id: str) -> ServerConfig | None:
        """Return the server with this ID; None if there is none."""
        return self._servers.get(server_id)

    def vendor_of(self, server: ServerConfig) -> Vendor:
        """Return the vendor of a server. One that is missing from the current list counts as custom."""
        return self.vendors.get(server.vendor_id) or replace(self.vendors["custom"], protocol=server.protocol)

    def new(self, vendor: Vendor) -> ServerConfig:
        """Return a server to start editing with. It is not in the list until `save`."""
        return ServerConfig(uuid.uuid4().hex, vendor.name, vendor.id, vendor.protocol, vendor.base_url)

    def normalised(self, server: ServerConfig) -> ServerConfig:
        """Return the server with its addresses in normal form, and with the credentials in a pasted address separated from it.

        Raises `AddressInvalid`, or `ProxyUnusable`.
        """
        if server.is_built_in:
            return server
        address = base_url(server.base_url, server.protocol)
        options = server.connection
        if options.proxy is ProxyChoice.ADDRESS:
            try:
                pasted = split_login(options.proxy_address)
                options = replace(options, proxy_address=proxy_address(pasted.address))
                if pasted.user:
                    options = replace(
                        options, proxy_user=pasted.user, proxy_password=pasted.password or options.proxy_password
                    )
            except AddressInvalid as error:
                raise ProxyUnusable(server.name, address, error.problem) from error
        return replace(server, base_url=address, connection=options)

    async def check_ca_file(self, server: ServerConfig) -> None:
        """Check that a server's CA file can be used, if it has one. Raises `CaFileInvalid`."""
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
        """Raise `KeyInvalid` if `set_key` would do so."""
        self.secrets.check(server, Key(text), KEY)

    def check_secrets(self, server: ServerConfig) -> None:
        """Raise `KeyInvalid` if `save` would do so."""
        self.secrets.check_entered(server)

    async def save(self, server: ServerConfig, position: int | None = None) -> None:
        """Replace the server with this ID, or add it at the end or before the one that is currently at `position`.

        New secrets in it go to the secret storage. A server that is removed meanwhile stays removed. Raises `KeyInvalid`; then nothing is
        saved.
        """
        was_listed = server.id in self._servers
        async with self._secrets_lock if self.secrets.has_entered(server) else nullcontext():
            server = await self.secrets.with_secrets_stored(server)
            before = self._servers.get(server.id) or self._removed.get(server.id)
            server = await self._without_stale(server, before)
            if before:
                server = replace(server, stale_secrets=self.secrets.dropped(before, server))
            if was_listed and server.id not in self._servers:
                self._removed[server.id] = replace(server, removed=True)  # so that what was stored for it is deleted
            else:
                self._put(server, position)
        await self._changed(server.id)
        await self._forget_dropped(server.id)

    async def remove(self, server_id: str) -> ServerConfig | None:
        """Remove a server and return it, so that it can be saved again. Its key is kept until `forget_key` or `close`."""
        server = self._servers.pop(server_id, None)
        if server:
            self._removed[server_id] = replace(server, removed=True)
            await self._changed(server_id)
        return server

    async def key(self, server: ServerConfig) -> Secret | None:
        """Return the key for this server at this address, if any. A failing keyring counts as having none."""
        try:
            return await self.secrets.load(server, KEY, in_keyring=server.id in self._servers_with_key)
        except KeyringError:
            return None

    async def with_secrets(self, server: ServerConfig) -> ServerConfig:
        """Return the server with all secrets other than the key, for a request. Raises `HeaderMissing`, or `SecretsUnreachable`."""
        return await self.secrets.with_secrets(server)

    async def set_key(self, server: ServerConfig, text: str) -> SecretLocation:
        """Store a key. It is deleted again with a server that is removed meanwhile. Raises `KeyInvalid`; then nothing is stored."""
        was_listed = server.id in self._servers
        location = await self.secrets.save(server, Key(text), KEY)
        if was_listed and server.id not in self._servers:
            self._removed.setdefault(server.id, replace(server, removed=True))  # it may have been forgotten already
        if location is SecretLocation.KEYRING:
            await self._record_key(server.id, is_saved=True)
        self.changes.announce(ServersChanged(server.id))
        return location

    async def key_location(self, server: ServerConfig) -> SecretLocation | None:
        """Return where this server's key is stored; None if it has none."""
        return await self.secrets.location(server, KEY, in_keyring=server.id in self._servers_with_key)

    async def header_location(self, server: ServerConfig) -> SecretLocation | None:
        """Return where the values of this server's headers are stored: the least secure location, or None if one of them is missing."""
        if any(header.in_file for header in server.headers):
            return SecretLocation.FILE
        locations = [await self.secrets.location(server, header_value(header.name)) for header in server.headers]
        return (
            None
            if None in locations
            else SecretLocation.THIS_RUN
            if SecretLocation.THIS_RUN in locations
            else SecretLocation.KEYRING
        )

    async def proxy_password_location(self, server: ServerConfig) -> SecretLocation | None:
        """Return where the password of this server's proxy is stored; None if there is none."""
        options = server.connection
        return (
            await self.secrets.location(server, PROXY_PASSWORD) if options.named_proxy and options.proxy_user else None
        )

    async def move_headers(self) -> None:
        """Move header values that an earlier version wrote to the file into the keyring.

        Values that the keyring does not accept, for example because it is locked, are used from the file; the next start tries again.
        """
        in_file = [(server, header) for server in self.all() for header in server.headers if header.in_file]
        try:
            for server, header in in_file:
                async with self._secrets_lock:
                    await self._move_header(server, header)
        except KeyringError as error:
            _log.warning("values of headers stay in the file of servers: %s", type(error).__name__)

    async def forget_key(self, server: ServerConfig) -> None:
        """Delete a server's key everywhere. Raises `KeyringError` if the keyring fails."""
        is_in_keyring = server.id in self._servers_with_key
        await self.secrets.forget(server, KEY, in_keyring=is_in_keyring)
        if is_in_keyring:
            await self._record_key(server.id, is_saved=False)
        self.changes.announce(ServersChanged(server.id))

    async def forget(self, server: ServerConfig) -> None:
        """Delete all secrets of a removed server. Raises `KeyringError` if the keyring fails."""
        await self.secrets.forget_all(server)
        await self.forget_key(server)
        if self._removed.pop(server.id, None):
            await self._write_to_disk()

    def _put(self, server: ServerConfig, position: int | None) -> None:
        if position is not None and server.id not in self._servers:
            rows = list(self._servers.items())
            rows.insert(position, (server.id, server))
            self._servers = dict(rows)
        self._servers[server.id] = replace(server, key_saved=server.id in self._servers_with_key)
        self._removed.pop(server.id, None)

    async def _forget_dropped(self, server_id: str) -> None:
        """Delete the secrets that a server no longer has. Failures are recorded, so that they can be repeated."""
        server = self._servers.get(server_id)
        if server is None or not server.stale_secrets:
            return
        left = await self.secrets.forget_dropped(server)
        now = self._servers.get(server_id)
        if now and left != now.stale_secrets and now.stale_secrets == server.stale_secrets:
            self._servers[server_id] = replace(now, stale_secrets=left)
            await self._changed(server_id)

    async def _move_header(self, server: ServerConfig, header: Header) -> None:
        """Move one value into the keyring, unless the user changes it meanwhile. Raises `KeyringError`."""
        if not self._still_has(server, header) or not await self.secrets.moved(server, header):
            return
        if self._still_has(server, header):
            now = self._servers[server.id]
            headers = (Header(other.name) if other == header else other for other in now.headers)
            self._servers[server.id] = replace(now, headers=tuple(headers))
            await self._changed(server.id)
            return
        owner = self._servers.get(server.id) or self._removed.get(server.id)
        if owner is None or header.name.lower() not in {other.name.lower() for other in owner.headers}:
            await self.secrets.forget(server, header_value(header.name))

    def _still_has(self, server: ServerConfig, header: Header) -> bool:
        now = self._servers.get(server.id)
        return now is not None and now.origin == server.origin and header in now.headers

    async def _without_stale(self, server: ServerConfig, before: ServerConfig | None) -> ServerConfig:
        """Return the server without values from the file that the file no longer contains or that belong to another address.

        A form may have been opened before the value was moved into the keyring.
        """
        in_file = {header for header in before.headers if header.in_file} if before else set()
        if before and before.origin != server.origin:
            for header in in_file:
                await self.secrets.remember_value(before, header)
            in_file = set()
        headers = (
            Header(header.name) if header.in_file and header not in in_file else header for header in server.headers
        )
        return replace(server, headers=tuple(headers))

    async def _record_key(self, server_id: str, *, is_saved: bool) -> None:
        """Record, also on disk, whether the keyring contains a key for this server."""
        if is_saved:
            self._servers_with_key.add(server_id)
        else:
            self._servers_with_key.discard(server_id)
        if server_id in self._servers:
            self._servers[server_id] = replace(self._servers[server_id], key_saved=is_saved)
        if server_id in self._servers or server_id in self._removed:
            await self._write_to_disk()

    async def _changed(self, server_id: str) -> None:
        self.changes.announce(ServersChanged(server_id))
        await self._write_to_disk()

    async def _write_to_disk(self) -> None:
        async with self._write_lock:
            removed = (server for server in self._removed.values() if self._may_have_secrets(server))
            await asyncio.get_running_loop().run_in_executor(None, self._write, (*self.all(), *removed))

    def _may_have_secrets(self, server: ServerConfig) -> bool:
        return server.id in self._servers_with_key or bool(
            server.headers or server.stale_secrets or server.connection.proxy_user
        )


_INSTALLATION_SECONDS = 5.0


async def is_ollama_installed() -> bool:
    """Return whether Ollama is installed on this machine; False if the check takes too long."""
    from chatdesk.kernel.aio.daemon_thread import run_in_daemon_thread  # noqa: PLC0415 - likewise
    from chatdesk.system.ollama_program import is_installed  # noqa: PLC0415 - start-up time: only where none answers

    with suppress(TimeoutError):
        return await run_in_daemon_thread(is_installed, "look for Ollama", _INSTALLATION_SECONDS)
    return False
