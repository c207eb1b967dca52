"""The secrets of backups in the system's keyring: the key that opens encrypted ones, and the password of the WebDAV server."""

from chatdesk.kernel.errors.backup_errors import BackupDamaged
from chatdesk.kernel.errors.keyring_errors import KeyringError
from chatdesk.kernel.servers.server import ServerConfig, ServerProtocol
from chatdesk.storage.files.age_encryption import AgeKey
from chatdesk.system.key_store import KeyStore, Secret

_ID = "backups"
_KEY = "age key"
_PASSWORD = "password"  # noqa: S105 - a name, not a password


class BackupKeys:
    """Reads and writes the secrets. What the keyring cannot keep is kept in `session`, until the program ends."""

    def __init__(self, keyring: KeyStore, session: KeyStore) -> None:
        self._keyring = keyring
        self._session = session

    async def key(self, public: str) -> AgeKey | None:
        """Return the key with this public half; None if it is not on this computer, or the keyring does not open."""
        secret = await self._load(_entry("", public), _KEY)
        try:
            key = AgeKey.of(secret) if secret else None
        except BackupDamaged:
            return None
        return key if key and key.public == public else None

    async def keep_key(self, key: AgeKey) -> None:
        """Store a key."""
        await self._save(_entry("", key.public), key.secret, _KEY)

    async def password(self, address: str) -> str:
        """Return the password for a WebDAV folder; empty if there is none."""
        return await self._load(_entry(address), _PASSWORD)

    async def keep_password(self, address: str, password: str) -> None:
        """Store the password for a WebDAV folder. Raise `KeyInvalid` if it cannot be one."""
        await self._save(_entry(address), password, _PASSWORD)

    async def _load(self, entry: ServerConfig, which: str) -> str:
        if secret := await self._session.load(entry, which):
            return secret.reveal()
        try:
            secret = await self._keyring.load(entry, which)
        except KeyringError:
            return ""
        return secret.reveal() if secret else ""

    async def _save(self, entry: ServerConfig, text: str, which: str) -> None:
        secret = Secret(text)
        try:
            await self._keyring.save(entry, secret, which)
        except KeyringError:
            await self._session.save(entry, secret, which)


def _entry(address: str, public: str = "") -> ServerConfig:
    """Return what names an entry of the keyring: there is one for each key, and one for the password."""
    return ServerConfig(f"{_ID}-{public}" if public else _ID, "", "", ServerProtocol.OPENAI, address)
