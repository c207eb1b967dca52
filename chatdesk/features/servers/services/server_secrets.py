"""The secrets of servers, in the two places that keep them: the system's keyring, and this run's memory where there is none.

A key, the values of headers, the password of a proxy: each is an entry of its own, bound to its server and to where it may go. Which
server has a key is remembered in `servers.py`.
"""

import logging
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from enum import Enum, auto

from chatdesk.kernel.errors.keyring_errors import (
    HeaderMissing,
    KeyInvalid,
    KeyringError,
    KeyringFailed,
    KeyringLocked,
    KeyringUnavailable,
    SecretsUnreachable,
)
from chatdesk.kernel.servers.server import Header, ServerConfig
from chatdesk.system.key_store import PROXY_PASSWORD, KeyStore, Secret, header_value

_log = logging.getLogger(__name__)


class SecretLocation(Enum):
    """Where a secret ended up."""

    KEYRING = auto()
    THIS_RUN = auto()
    """In memory: the system has no keyring we trust, or it did not open."""
    FILE = auto()
    """Still in the file where an earlier version wrote it: the keyring did not take it. Of headers only."""


class ServerSecrets:
    """`fallback` keeps for this run what `keyring` cannot."""

    def __init__(self, keyring: KeyStore, fallback: KeyStore) -> None:
        self._keyring = keyring
        self._fallback = fallback

    async def load(self, server: ServerConfig, which: str, *, in_keyring: bool = True) -> Secret | None:
        """Return a secret, if it is kept for this address. Where `in_keyring` is False the keyring is not asked. Raises `KeyringError`."""
        if secret := await self._fallback.load(server, which):
            return secret
        return await self._keyring.load(server, which) if in_keyring else None

    def check(self, server: ServerConfig, secret: Secret, which: str) -> None:
        """Raise `KeyInvalid` if `keep` would."""
        self._keyring.check_length(server, secret, which)

    def check_typed(self, server: ServerConfig) -> None:
        """Raise `KeyInvalid` if `taken_in` would."""
        for which, secret in _typed(server):
            self.check(server, secret, which)

    async def keep(self, server: ServerConfig, secret: Secret, which: str) -> SecretLocation:
        """Keep a secret. Raises `KeyInvalid`, and keeps nothing then."""
        try:
            await self._keyring.save(server, secret, which)
        except KeyInvalid:
            raise
        except KeyringError:
            await self._fallback.save(server, secret, which)
            return SecretLocation.THIS_RUN
        await self._fallback.delete(server, which)
        return SecretLocation.KEYRING

    async def forget(self, server: ServerConfig, which: str, *, in_keyring: bool = True) -> None:
        """Forget a secret everywhere. Raises `KeyringError` if the keyring would not."""
        await self._fallback.delete(server, which)
        if in_keyring:
            with suppress(KeyringUnavailable):  # then there is none to ask
                await self._keyring.delete(server, which)

    async def place(self, server: ServerConfig, which: str, *, in_keyring: bool = True) -> SecretLocation | None:
        """Return where a secret is; None if it is nowhere, or the keyring does not say."""
        if await self._fallback.load(server, which):
            return SecretLocation.THIS_RUN
        try:
            found = in_keyring and await self._keyring.load(server, which)
        except KeyringError:
            return None
        return SecretLocation.KEYRING if found else None

    async def with_secrets(self, server: ServerConfig) -> ServerConfig:
        """Return the server with the values of its headers and its proxy's password in it: for a request, never to be kept.

        What stands in it already, because it was typed and is not saved, stays. Raises `HeaderMissing`, or `SecretsUnreachable`.
        """
        if not any(_kept_apart(server)):
            return server
        try:
            headers = tuple([await self._with_value(server, header) for header in server.headers])
            way = server.connection
            if way.named_proxy and way.proxy_user and way.proxy_password is None:
                with suppress(KeyringUnavailable):  # the proxy says what it misses
                    password = await self.load(server, PROXY_PASSWORD)
                    way = replace(way, proxy_password=password.reveal() if password else None)
        except (KeyringLocked, KeyringFailed) as error:
            raise SecretsUnreachable(server.name, server.base_url) from error
        return replace(server, headers=headers, connection=way)

    def has_typed(self, server: ServerConfig) -> bool:
        """Tell whether there is something to take in. Raises `KeyInvalid` where it is no secret."""
        return any(True for _ in _typed(server))

    async def taken_in(self, server: ServerConfig) -> ServerConfig:
        """Keep what was typed, and return the server without it. Raises `KeyInvalid`, and keeps nothing then."""
        self.check_typed(server)
        for which, secret in tuple(_typed(server)):
            await self.keep(server, secret, which)
        headers = (header if header.in_file else Header(header.name) for header in server.headers)
        return replace(server, headers=tuple(headers), connection=replace(server.connection, proxy_password=None))

    async def remember_value(self, server: ServerConfig, header: Header) -> None:
        """Keep for this run a value that may no longer stand in the file, should the user go back to this address."""
        with suppress(KeyInvalid):
            await self._fallback.save(server, Secret(header.value or ""), header_value(header.name))

    async def moved(self, server: ServerConfig, header: Header) -> bool:
        """Put into the keyring what stands in the file, and return whether it is there now.

        Raises `KeyringError` if no other would get there either.
        """
        try:
            await self._keyring.save(server, Secret(header.value or ""), header_value(header.name))
        except KeyInvalid:
            _log.warning("the value of a header is too long for the keyring, and stays in the file of servers")
            return False
        return True

    async def forget_all(self, server: ServerConfig) -> None:
        """Forget everything but the key. Raises `KeyringError`."""
        for which in dict.fromkeys((*_kept_apart(server), *server.stale_secrets)):
            await self.forget(server, which)

    @staticmethod
    def dropped(before: ServerConfig, server: ServerConfig) -> tuple[str, ...]:
        """Return what a server had before, or the keyring had not let go yet, and what it has no longer."""
        had = dict.fromkeys((*before.stale_secrets, *_kept_apart(before)))
        return tuple(which for which in had if which not in {*_kept_apart(server)})

    async def forget_dropped(self, server: ServerConfig) -> tuple[str, ...]:
        """Forget what a server has no longer, and return what the keyring does not let go."""
        left = []
        for which in server.stale_secrets:
            try:
                await self.forget(server, which)
            except KeyringError as error:
                _log.warning("a secret that a server has no longer stays in the keyring: %s", type(error).__name__)
                left.append(which)
        return tuple(left)

    async def _with_value(self, server: ServerConfig, header: Header) -> Header:
        if header.value is not None:
            return header
        try:
            secret = await self.load(server, header_value(header.name))
        except KeyringUnavailable:
            secret = None
        if secret is None:
            raise HeaderMissing(server.name, server.base_url, header.name)
        return replace(header, value=secret.reveal())


def _typed(server: ServerConfig) -> Iterator[tuple[str, Secret]]:
    """Yield what was typed into a server and is to be kept apart from it. Raises `KeyInvalid` where it is no secret."""
    for header in server.headers:
        if header.value is not None and not header.in_file:
            yield header_value(header.name), Secret(header.value)
    way = server.connection
    if way.proxy_password is not None and way.named_proxy and way.proxy_user:
        yield PROXY_PASSWORD, Secret(way.proxy_password)


def _kept_apart(server: ServerConfig) -> Iterator[str]:
    """Yield which secrets a server has beside its key."""
    yield from (header_value(header.name) for header in server.headers)
    if server.connection.named_proxy and server.connection.proxy_user:
        yield PROXY_PASSWORD
