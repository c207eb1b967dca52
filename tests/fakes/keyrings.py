"""Keyrings that fail in the ways that keyrings fail. One that works is a `SessionKeyStore`."""

from chatdesk.domain.keyring_errors import KeyringError, KeyringLocked, KeyringUnavailable
from chatdesk.domain.server import ServerConfig
from chatdesk.system.key_store import KEY, Secret


class NoKeyring:
    """A `KeyStore` on a machine without a keyring we trust."""

    failure: type[KeyringError] = KeyringUnavailable

    async def load(self, server: ServerConfig, which: str = KEY) -> Secret | None:
        raise self.failure

    async def save(self, server: ServerConfig, secret: Secret, which: str = KEY) -> None:
        raise self.failure

    async def delete(self, server: ServerConfig, which: str = KEY) -> None:
        raise self.failure


class LockedKeyring(NoKeyring):
    """One that is not opened."""

    failure = KeyringLocked
