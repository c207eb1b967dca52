"""Secrets of servers, stored in the system's keyring, or in memory for this run if there is none.

Keys, header values and proxy passwords are separate entries, bound to their server and the address they may be sent to. `servers.py`
remembers which server has a key.
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
    """Where a secret is stored."""

    KEYRING = auto()
    THIS_RUN = auto()
    """In memory: the system has no keyring that we trust, or it could not be unlocked."""
    FILE = auto()
    """Still in the file of an earlier version, because the keyring did not accept it. Only for headers."""


class ServerSecrets:
    """Access to both secret stores. `fallback` stores for this run what `keyring` cannot."""

    def __init__(self, keyring: KeyStore, fallback: KeyStore) -> None:
        self._keyring = keyring
        self._fallback = fallback

    async def load(self, server: ServerConfig, which: str, *, in_keyring: bool = True) -> Secret | None:
        """Return a secret if it is stored for this address. The keyring is only asked if `in_keyring`. Raises `KeyringError`."""
        if secret := await self._fallback.load(server, which):
            return secret
        return await self._keyring.load(server, which) if in_keyring else None

    async def has_keyring(self) -> bool:
        """Return whether the system has a keyring. It may still be locked."""
        try:
            await self._keyring.check()
        except KeyringUnavailable:
            return False
        except KeyringError:
            pass  # it is there, but does not answer now
        return True

    def check(self, server: ServerConfig, secret: Secret, which: str) -> None:
        """Raise `KeyInvalid` if `save` would do so."""
        self._keyring.check_length(server, secret, which)

    def check_entered(self, server: ServerConfig) -> None:
        """Raise `KeyInvalid` if `with_secrets_stored` would do so."""
        for which, secret in _entered(server):
            self.check(server, secret, which)

    async def save(self, server: ServerConfig, secret: Secret, which: str) -> SecretLocation:
        """Store a secret. Raises `KeyInvalid`; then nothing is stored."""
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
        """Delete a secret everywhere. Raises `KeyringError` if the keyring fails."""
        await self._fallback.delete(server, which)
        if in_keyring:
            with suppress(KeyringUnavailable):  # without a keyring there is nothing to delete
                await self._keyring.delete(server, which)

    async def location(self, server: ServerConfig, which: str, *, in_keyring: bool = True) -> SecretLocation | None:
        """Return where a secret is stored; None if nowhere, or if the keyring does not answer."""
        if await self._fallback.load(server, which):
            return SecretLocation.THIS_RUN
        try:
            found = in_keyring and await self._keyring.load(server, which)
        except KeyringError:
            return None
        return SecretLocation.KEYRING if found else None

    async def with_secrets(self, server: ServerConfig) -> ServerConfig:
        """Return the server including its header values and proxy password, for a request only: it must never be stored.

        Unsaved input in it is kept. Raises `HeaderMissing`, or `SecretsUnreachable`.
        """
        if not any(_secret_names(server)):
            return server
        try:
            headers = tuple([await self._with_value(server, header) for header in server.headers])
            options = server.connection
            if options.named_proxy and options.proxy_user and options.proxy_password is None:
                with suppress(KeyringUnavailable):  # the proxy reports a missing password
                    password = await self.load(server, PROXY_PASSWORD)
                    options = replace(options, proxy_password=password.reveal() if password else None)
        except (KeyringLocked, KeyringFailed) as error:
            raise SecretsUnreachable(server.name, server.base_url) from error
        return replace(server, headers=headers, connection=options)

    def has_entered(self, server: ServerConfig) -> bool:
        """Return whether the server contains secrets to be stored. Raises `KeyInvalid` if one is not valid."""
        return any(True for _ in _entered(server))

    async def with_secrets_stored(self, server: ServerConfig) -> ServerConfig:
        """Store the entered secrets, and return the server without them. Raises `KeyInvalid`; then nothing is stored."""
        self.check_entered(server)
        for which, secret in tuple(_entered(server)):
            await self.save(server, secret, which)
        headers = (header if header.in_file else Header(header.name) for header in server.headers)
        return replace(server, headers=tuple(headers), connection=replace(server.connection, proxy_password=None))

    async def remember_value(self, server: ServerConfig, header: Header) -> None:
        """Store for this run a value that must be removed from the file, in case the user returns to this address."""
        with suppress(KeyInvalid):
            await self._fallback.save(server, Secret(header.value or ""), header_value(header.name))

    async def moved(self, server: ServerConfig, header: Header) -> bool:
        """Copy a header value from the file into the keyring, and return whether that succeeded.

        Raises `KeyringError` if other values would fail too.
        """
        try:
            await self._keyring.save(server, Secret(header.value or ""), header_value(header.name))
        except KeyInvalid:
            _log.warning("the value of a header is too long for the keyring, and stays in the file of servers")
            return False
        return True

    async def forget_all(self, server: ServerConfig) -> None:
        """Delete all secrets except the key. Raises `KeyringError`."""
        for which in dict.fromkeys((*_secret_names(server), *server.stale_secrets)):
            await self.forget(server, which)

    @staticmethod
    def dropped(before: ServerConfig, server: ServerConfig) -> tuple[str, ...]:
        """Return the secrets that a server had before, or that could not be deleted yet, and that it no longer has."""
        former = dict.fromkeys((*before.stale_secrets, *_secret_names(before)))
        return tuple(which for which in former if which not in {*_secret_names(server)})

    async def forget_dropped(self, server: ServerConfig) -> tuple[str, ...]:
        """Delete the secrets that a server no longer has, and return those that the keyring failed to delete."""
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


def _entered(server: ServerConfig) -> Iterator[tuple[str, Secret]]:
    """Yield the entered secrets of a server that are stored separately. Raises `KeyInvalid` if one is not valid."""
    for header in server.headers:
        if header.value is not None and not header.in_file:
            yield header_value(header.name), Secret(header.value)
    options = server.connection
    if options.proxy_password is not None and options.named_proxy and options.proxy_user:
        yield PROXY_PASSWORD, Secret(options.proxy_password)


def _secret_names(server: ServerConfig) -> Iterator[str]:
    """Yield the names of the secrets that a server has besides its key."""
    yield from (header_value(header.name) for header in server.headers)
    if server.connection.named_proxy and server.connection.proxy_user:
        yield PROXY_PASSWORD
