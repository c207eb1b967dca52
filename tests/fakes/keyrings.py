"""Keyrings that fail in the ways that keyrings fail. One that works is a `SessionKeyStore`."""

import asyncio

from chatdesk.kernel.errors.keyring_errors import (
    KeyInvalid,
    KeyringError,
    KeyringFailed,
    KeyringLocked,
    KeyringUnavailable,
)
from chatdesk.kernel.redaction import Redactor
from chatdesk.kernel.servers.server import ServerConfig
from chatdesk.system.key_store import KEY, Secret, SessionKeyStore


class NoKeyring:
    """A `KeyStore` on a machine without a keyring we trust."""

    failure: type[KeyringError] = KeyringUnavailable

    async def check(self) -> None:
        raise self.failure

    def check_length(self, server: ServerConfig, secret: Secret, which: str = KEY) -> None:
        """Refuse nothing for its length."""

    async def load(self, server: ServerConfig, which: str = KEY) -> Secret | None:
        raise self.failure

    async def save(self, server: ServerConfig, secret: Secret, which: str = KEY) -> None:
        raise self.failure

    async def delete(self, server: ServerConfig, which: str = KEY) -> None:
        raise self.failure


class SmallKeyring(SessionKeyStore):
    """One that works, and has room for `longest` characters."""

    longest = 40

    def check_length(self, server: ServerConfig, secret: Secret, which: str = KEY) -> None:
        if len(secret.reveal()) > self.longest:
            raise KeyInvalid(limit=self.longest)

    async def save(self, server: ServerConfig, secret: Secret, which: str = KEY) -> None:
        self.check_length(server, secret, which)
        await super().save(server, secret, which)


class UnlockingKeyring(SessionKeyStore):
    """One that is being unlocked: it keeps nothing before `opened`. `asked` when it is to keep something."""

    def __init__(self) -> None:
        super().__init__(Redactor())
        self.asked = asyncio.Event()
        self.opened = asyncio.Event()

    async def save(self, server: ServerConfig, secret: Secret, which: str = KEY) -> None:
        self.asked.set()
        await self.opened.wait()
        await super().save(server, secret, which)


class LockedKeyring(NoKeyring):
    """One that is not opened."""

    failure = KeyringLocked


class FailingKeyring(NoKeyring):
    """One that gives no answer, or breaks."""

    failure = KeyringFailed
