"""Where API keys are kept: the key itself, what every store can do, and the store that forgets at the end of the run.

The store that keeps them in the system's keyring is in `keyring_store.py`. No store ever writes a file.
"""

from typing import Protocol

from chatdesk.domain.keyring_errors import KeyInvalid
from chatdesk.domain.redaction import Redactor
from chatdesk.domain.server import ServerConfig

LONGEST_KEY = 8000
"""Characters. Keys that are tokens have up to 4,000; many servers take no header beyond 8,192."""


class Key:
    """An API key that does not show itself: only `reveal` gives the text, for the Authorization header."""

    __slots__ = ("_text",)

    def __init__(self, text: str) -> None:
        """Take what a person typed or pasted, without the white space around it. Raises `KeyInvalid`."""
        text = text.strip()
        if len(text) > LONGEST_KEY:
            raise KeyInvalid(limit=LONGEST_KEY)
        if not text or not all("!" <= character <= "~" for character in text):
            raise KeyInvalid
        self._text = text

    def __repr__(self) -> str:
        return "Key(•••)"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Key) and other._text == self._text

    def __hash__(self) -> int:
        return hash(self._text)

    def reveal(self) -> str:
        """Return the key itself."""
        return self._text


class KeyStore(Protocol):
    """Keeps one key a server. A key is bound to the server's id and to where it is: at another address it is not given out.

    Every method raises a `domain.keyring_errors.KeyringError` when the store fails.
    """

    async def load(self, server: ServerConfig) -> Key | None:
        """Return the key for `server`, or None: none is kept, or it was kept for another address."""
        ...

    async def save(self, server: ServerConfig, key: Key) -> None:
        """Keep `key` in place of any other for `server`."""
        ...

    async def delete(self, server: ServerConfig) -> None:
        """Forget the key for `server`, whatever its address. Nothing happens if none is kept."""
        ...


class SessionKeyStore:
    """A `KeyStore` in memory, for a machine without a keyring we trust: keys are gone when the program ends."""

    def __init__(self, redactor: Redactor) -> None:
        """Every key that passes is made known to `redactor`."""
        self._redactor = redactor
        self._kept: dict[str, tuple[str, Key]] = {}

    async def load(self, server: ServerConfig) -> Key | None:
        """Return the key kept for `server` at this address."""
        origin, key = self._kept.get(server.id, ("", None))
        return key if origin == server.origin else None

    async def save(self, server: ServerConfig, key: Key) -> None:
        """Keep `key` until the program ends."""
        self._redactor.add(key.reveal())
        self._kept[server.id] = (server.origin, key)

    async def delete(self, server: ServerConfig) -> None:
        """Forget the key for `server`."""
        self._kept.pop(server.id, None)
