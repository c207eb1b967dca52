"""The secrets of a folder outside the program, in the system's keyring: the key of encrypted files, and the password for its server."""

from chatdesk.kernel.errors.keyring_errors import KeyringError, KeyringUnavailable
from chatdesk.kernel.secret_storage import PasswordState, SecretStorage
from chatdesk.kernel.servers.server import ServerConfig, ServerProtocol
from chatdesk.system.key_store import KeyStore, Secret

_KEY = "age key"
_PASSWORD = "password"  # noqa: S105 - a name, not a password


class FolderSecrets:
    """Reads and writes the secrets for a purpose, such as `backups`. What the keyring cannot keep is kept in `session`."""

    def __init__(self, keyring: KeyStore, session: KeyStore, purpose: str) -> None:
        self._keyring = keyring
        self._session = session
        self._purpose = purpose

    async def key(self, public: str) -> str:
        """Return the secret part of the key with this public part; empty if it is not here, or the keyring does not open."""
        return await self._load(self._key_entry(public), _KEY)

    async def save_key(self, public: str, secret: str) -> None:
        """Store a key."""
        await self._save(self._key_entry(public), secret, _KEY)

    async def password(self, address: str) -> str:
        """Return the password for a folder on a server; empty if there is none, or the keyring does not open."""
        return await self._load(self._password_entry(address), _PASSWORD)

    async def save_password(self, address: str, password: str) -> None:
        """Store the password for a folder on a server. Raise `KeyInvalid` if it cannot be one."""
        await self._save(self._password_entry(address), password, _PASSWORD)

    async def password_state(self, address: str) -> PasswordState:
        """Return where the password for a folder on a server is kept. Without an address, the keyring is not asked to open."""
        try:
            await self._keyring.check()
        except KeyringUnavailable:
            storage = SecretStorage.NO_KEYRING
        except KeyringError:
            storage = SecretStorage.UNUSABLE
        else:
            storage = SecretStorage.KEYRING
        if not address:
            return PasswordState(storage)
        entry = self._password_entry(address)
        if await self._session.load(entry, _PASSWORD):
            return PasswordState(SecretStorage.UNUSABLE if storage is SecretStorage.KEYRING else storage, is_known=True)
        try:
            return PasswordState(storage, is_known=await self._keyring.load(entry, _PASSWORD) is not None)
        except KeyringError:
            return PasswordState(SecretStorage.UNUSABLE if storage is SecretStorage.KEYRING else storage)

    def _key_entry(self, public: str) -> ServerConfig:
        return ServerConfig(f"{self._purpose}-{public}", "", "", ServerProtocol.OPENAI, "")

    def _password_entry(self, address: str) -> ServerConfig:
        return ServerConfig(self._purpose, "", "", ServerProtocol.OPENAI, address)

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
        else:
            await self._session.delete(entry, which)  # an earlier one, which would be read first
