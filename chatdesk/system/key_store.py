"""Storage of the secrets of servers (keys, header values, proxy passwords): its interface, and the store that keeps them in memory.

The store that uses the system's keyring is in `keyring_store.py`. No store writes files.
"""

from typing import Protocol

from chatdesk.kernel.errors.keyring_errors import KeyInvalid
from chatdesk.kernel.redaction import Redactor
from chatdesk.kernel.servers.server import ServerConfig

MAX_KEY_LENGTH = 8000
"""Characters. Keys that are tokens have up to 4,000; many servers accept no headers longer than 8,192."""


KEY = "api-key"
"""Kind of secret: the API key of a server."""
PROXY_PASSWORD = "proxy-password"  # noqa: S105 - a name, not a password


def header_value(name: str) -> str:
    """Return the kind of secret for the value of this header."""
    return f"header {name.lower()}"


def belongs_to(server: ServerConfig, which: str) -> str:
    """Return the address to which a secret may be sent: that of the server, or that of its proxy."""
    return server.connection.named_proxy if which == PROXY_PASSWORD else server.origin


class Secret:
    """A secret text, never shown in `repr`: only `reveal` returns it. It can be empty."""

    __slots__ = ("_text",)

    def __init__(self, text: str) -> None:
        """Store the text that the user entered, without surrounding white space. Raises `KeyInvalid`."""
        text = text.strip()
        if len(text) > MAX_KEY_LENGTH:
            raise KeyInvalid(limit=MAX_KEY_LENGTH)
        if not self._is_valid(text):
            raise KeyInvalid
        self._text = text

    @staticmethod
    def _is_valid(text: str) -> bool:
        return text.isprintable()

    def __repr__(self) -> str:
        return f"{type(self).__name__}(•••)"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Secret) and other._text == self._text

    def __hash__(self) -> int:
        return hash(self._text)

    def reveal(self) -> str:
        """Return the secret text."""
        return self._text

    def mask_in(self, redactor: Redactor) -> None:
        """Register the secret for masking."""
        redactor.add_value(self._text)


class Key(Secret):
    """An API key: not empty and without spaces."""

    __slots__ = ()

    @staticmethod
    def _is_valid(text: str) -> bool:
        return bool(text) and all("!" <= character <= "~" for character in text)


def secret_of(which: str, text: str) -> Secret:
    """Return a text as a secret of this kind. Raises `KeyInvalid`."""
    return Key(text) if which == KEY else Secret(text)


def mask_extra(server: ServerConfig | None, redactor: Redactor) -> None:
    """Register what looks like a key in a server's extra JSON for masking.

    The extra JSON is stored in a file, which the user is warned about; its keys must not appear anywhere else.
    """
    if server is None or not server.extra_body:
        return
    from chatdesk.kernel.servers.extra_body import key_values  # noqa: PLC0415 - start-up time: few servers have extra JSON

    for value in key_values(server.extra_body):
        redactor.add_value(value)


class KeyStore(Protocol):
    """Stores the secrets of servers. Each is bound to the id of the server and to an address: it is not returned for another address.

    Every method raises a `domain.keyring_errors.KeyringError` if the store fails.
    """

    async def check(self) -> None:
        """Check that the store is available, without reading anything."""
        ...

    def check_length(self, server: ServerConfig, secret: Secret, which: str = KEY) -> None:
        """Raise `KeyInvalid` if `save` would reject `secret` as too long. Does not access the keyring."""
        ...

    async def load(self, server: ServerConfig, which: str = KEY) -> Secret | None:
        """Return this secret of `server`; None if none is stored, or if it was stored for another address."""
        ...

    async def save(self, server: ServerConfig, secret: Secret, which: str = KEY) -> None:
        """Store `secret`, replacing the previous one."""
        ...

    async def delete(self, server: ServerConfig, which: str = KEY) -> None:
        """Delete this secret of `server`, for any address. Nothing happens if none is stored."""
        ...


class SessionKeyStore:
    """A `KeyStore` in memory, for a computer without a trusted keyring: its contents are lost when the program ends."""

    def __init__(self, redactor: Redactor) -> None:
        """Every stored secret is registered with `redactor`."""
        self._redactor = redactor
        self._secrets: dict[tuple[str, str], tuple[str, Secret]] = {}

    async def check(self) -> None:
        """See `KeyStore`. It is always available."""

    def check_length(self, server: ServerConfig, secret: Secret, which: str = KEY) -> None:
        """Accept any length: `Secret` has its own limit."""

    async def load(self, server: ServerConfig, which: str = KEY) -> Secret | None:
        """Return the secret stored for `server` at this address."""
        address, secret = self._secrets.get((server.id, which), ("", None))
        return secret if address == belongs_to(server, which) else None

    async def save(self, server: ServerConfig, secret: Secret, which: str = KEY) -> None:
        """Store `secret` until the program ends."""
        secret.mask_in(self._redactor)
        self._secrets[server.id, which] = (belongs_to(server, which), secret)

    async def delete(self, server: ServerConfig, which: str = KEY) -> None:
        """Delete this secret of `server`."""
        self._secrets.pop((server.id, which), None)
