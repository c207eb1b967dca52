"""The key that encrypts the shared folder, in the keyring of the system."""

from chatdesk.kernel.errors.backup_errors import BackupDamaged
from chatdesk.kernel.errors.keyring_errors import KeyringError
from chatdesk.kernel.servers.server import ServerConfig, ServerProtocol
from chatdesk.storage.files.age_encryption import AgeKey
from chatdesk.system.key_store import KeyStore, Secret

_WHICH = "age key"


class SyncKeys:
    """Reads and writes the key. What the keyring cannot keep is kept in `session`, until the program ends."""

    def __init__(self, keyring: KeyStore, session: KeyStore) -> None:
        self._keyring = keyring
        self._session = session

    async def key(self, public: str) -> AgeKey | None:
        """Return the key with this public part; None if it is not on this computer, or the keyring does not open."""
        entry = _entry(public)
        secret = await self._session.load(entry, _WHICH)
        if secret is None:
            try:
                secret = await self._keyring.load(entry, _WHICH)
            except KeyringError:
                return None
        try:
            key = AgeKey.of(secret.reveal()) if secret else None
        except BackupDamaged:
            return None
        return key if key and key.public == public else None

    async def keep(self, key: AgeKey) -> None:
        """Store a key."""
        secret, entry = Secret(key.secret), _entry(key.public)
        try:
            await self._keyring.save(entry, secret, _WHICH)
        except KeyringError:
            await self._session.save(entry, secret, _WHICH)


def _entry(public: str) -> ServerConfig:
    """Return what names the entry of the keyring."""
    return ServerConfig(f"sync-{public}", "", "", ServerProtocol.OPENAI, "")
