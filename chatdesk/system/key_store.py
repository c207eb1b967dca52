"""Where secrets of servers are kept: keys, values of headers, passwords of proxies; what every store can do; and the one that forgets.

The store that keeps them in the system's keyring is in `keyring_store.py`. No store ever writes a file.
"""

from typing import Protocol

from chatdesk.kernel.errors.keyring_errors import KeyInvalid
from chatdesk.kernel.redaction import Redactor
from chatdesk.kernel.servers.server import ServerConfig

LONGEST_KEY = 8000
"""Characters. Keys that are tokens have up to 4,000; many servers take no header beyond 8,192."""


KEY = "api-key"
"""Which of a server's secrets: its key."""
PROXY_PASSWORD = "proxy-password"  # noqa: S105 - the name of one


def header_value(name: str) -> str:
    """Return which of a server's secrets the value of this header is."""
    return f"header {name.lower()}"


def belongs_to(server: ServerConfig, which: str) -> str:
    """Return the address to which a secret may go: of the server, or of its proxy."""
    return server.connection.named_proxy if which == PROXY_PASSWORD else server.origin


class Secret:
    """A text that does not show itself: only `reveal` gives it, for a header. It may be empty."""

    __slots__ = ("_text",)

    def __init__(self, text: str) -> None:
        """Take what the user typed or pasted, without the white space around it. Raises `KeyInvalid`."""
        text = text.strip()
        if len(text) > LONGEST_KEY:
            raise KeyInvalid(limit=LONGEST_KEY)
        if not self._is_sound(text):
            raise KeyInvalid
        self._text = text

    @staticmethod
    def _is_sound(text: str) -> bool:
        return text.isprintable()

    def __repr__(self) -> str:
        return f"{type(self).__name__}(•••)"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Secret) and other._text == self._text

    def __hash__(self) -> int:
        return hash(self._text)

    def reveal(self) -> str:
        """Return the text itself."""
        return self._text

    def mask_in(self, redactor: Redactor) -> None:
        """Have it masked from now on."""
        redactor.add_value(self._text)


class Key(Secret):
    """An API key: not empty, and no space in it."""

    __slots__ = ()

    @staticmethod
    def _is_sound(text: str) -> bool:
        return bool(text) and all("!" <= character <= "~" for character in text)


def secret_of(which: str, text: str) -> Secret:
    """Return a text as the secret that it is. Raises `KeyInvalid`."""
    return Key(text) if which == KEY else Secret(text)


def mask_extra(server: ServerConfig | None, redactor: Redactor) -> None:
    """Have masked what looks like a key in a server's extra JSON. It is in a file, which was warned of; it gets nowhere else."""
    if server is None or not server.extra_body:
        return
    from chatdesk.kernel.servers.extra_body import key_values  # noqa: PLC0415 - start-up time: few have any

    for value in key_values(server.extra_body):
        redactor.add_value(value)


class KeyStore(Protocol):
    """Keeps the secrets of servers. Each is bound to the server's id and to where it may go: at another address it is not given out.

    Every method raises a `domain.keyring_errors.KeyringError` when the store fails.
    """

    def check_length(self, server: ServerConfig, secret: Secret, which: str = KEY) -> None:
        """Raise `KeyInvalid` if `save` would refuse `secret` as too long. Asks no keyring."""
        ...

    async def load(self, server: ServerConfig, which: str = KEY) -> Secret | None:
        """Return this secret of `server`, or None: none is kept, or it was kept for another address."""
        ...

    async def save(self, server: ServerConfig, secret: Secret, which: str = KEY) -> None:
        """Keep `secret` in place of the one that was kept."""
        ...

    async def delete(self, server: ServerConfig, which: str = KEY) -> None:
        """Forget this secret of `server`, whatever its address. Nothing happens if none is kept."""
        ...


class SessionKeyStore:
    """A `KeyStore` in memory, for a machine without a keyring we trust: what it keeps is gone when the program ends."""

    def __init__(self, redactor: Redactor) -> None:
        """Every secret that passes is made known to `redactor`."""
        self._redactor = redactor
        self._kept: dict[tuple[str, str], tuple[str, Secret]] = {}

    def check_length(self, server: ServerConfig, secret: Secret, which: str = KEY) -> None:
        """Take every length: `Secret` has a limit of its own."""

    async def load(self, server: ServerConfig, which: str = KEY) -> Secret | None:
        """Return the secret kept for `server` at this address."""
        address, secret = self._kept.get((server.id, which), ("", None))
        return secret if address == belongs_to(server, which) else None

    async def save(self, server: ServerConfig, secret: Secret, which: str = KEY) -> None:
        """Keep `secret` until the program ends."""
        secret.mask_in(self._redactor)
        self._kept[server.id, which] = (belongs_to(server, which), secret)

    async def delete(self, server: ServerConfig, which: str = KEY) -> None:
        """Forget this secret of `server`."""
        self._kept.pop((server.id, which), None)
