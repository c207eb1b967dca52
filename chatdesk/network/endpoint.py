"""The address of a server and the headers of its requests. This is the only module that puts a key into a header."""

import re
from base64 import b64encode
from collections.abc import Iterable, Sequence
from dataclasses import field
from urllib.parse import urlsplit

import chatdesk
from chatdesk.kernel.errors.base import AddressInvalid
from chatdesk.kernel.errors.keyring_errors import KeyInvalid
from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.kernel.redaction import Redactor
from chatdesk.kernel.servers.server import KEY_HEADERS, ConnectionOptions, Header

_HEADER_VALUE = re.compile(r"[\t\x20-\x7e]*")
_HEADER_NAME = re.compile(r"[A-Za-z0-9!#$%&'*+.^_`|~-]+")
_NOT_YOURS = frozenset(
    {
        "accept",
        "accept-encoding",
        "connection",
        "content-length",
        "content-type",
        "transfer-encoding",
        "x-conversation-id",
    }
)
"""Headers that the user cannot set: they frame the message, or (the last one) make llama.cpp continue after the connection is closed."""


@dataclass(frozen=True, slots=True)
class Endpoint:
    """An endpoint. `base_url` has the form returned by `addresses.base_url`. Headers contain the key, so they are excluded from `repr`."""

    server: str
    base_url: str
    headers: tuple[tuple[str, str], ...] = field(repr=False)
    redact: Redactor = field(repr=False, compare=False)
    keys: tuple[str, ...] = field(default=(), repr=False)
    """The key and the values of additional headers, which may be keys: `key_mask.py` removes them from answers."""
    connection: ConnectionOptions = field(default_factory=ConnectionOptions)

    @property
    def carries_key(self) -> bool:
        """Whether requests contain credentials."""
        return any(name.lower() == "authorization" or "key" in name.lower() for name, _ in self.headers)

    @property
    def host(self) -> str:
        """Host of the address. Raises `AddressInvalid` if there is none: addresses of pictures come from a model's text."""
        try:
            parts = urlsplit(self.base_url)
            _ = parts.port  # an invalid port raises `ValueError`
        except ValueError as error:
            raise AddressInvalid(self.server, self.base_url, "host") from error
        return parts.hostname or ""

    def url(self, path: str) -> str:
        """Return the address of `path`, which begins with a slash."""
        return self.base_url + path


def make_endpoint(
    server: str,
    base_url: str,
    key: str | None,
    extra: Iterable[Header] = (),
    *,
    key_headers: Sequence[str] = KEY_HEADERS,
    is_password: bool = False,
    connection: ConnectionOptions = ConnectionOptions(),  # noqa: B008 - an immutable value
    masked: Iterable[str] = (),
) -> Endpoint:
    """Return the endpoint of a server. A later header overrides an earlier one of the same name, including our own.

    With `is_password`, the key consists of a name and a password, `name:password`. `masked` are further secrets that are not sent as
    headers. Raise `KeyInvalid` for a key or header that is not allowed in a request: a line break would inject another header.
    """
    headers = {"User-Agent": f"Chatdesk/{chatdesk.__version__}"}
    secrets = [part for text in masked for part in (text, text.rpartition(" ")[2])]
    key = (key or "").strip()
    keys = [key] if key else []
    if key:
        if is_password:
            code = b64encode(_checked(key).encode()).decode()
            headers["Authorization"] = f"Basic {code}"
            keys.append(code)
            secrets += [code, key.partition(":")[2]]
        else:
            for name in key_headers:
                headers[name] = f"Bearer {_checked(key)}" if name == "Authorization" else _checked(key)
        secrets.append(key)
    for header in extra:
        name, value = header.name.strip(), _checked((header.value or "").strip())
        if not _HEADER_NAME.fullmatch(name):
            raise KeyInvalid
        if name.lower() in _NOT_YOURS:
            continue
        for other in [other for other in headers if other.lower() == name.lower()]:
            del headers[other]
        headers[name] = value
        secrets += [value, value.rpartition(" ")[2]]
        keys += [value, value.rpartition(" ")[2]]
    if password := connection.proxy_password:
        secrets += [password, b64encode(f"{connection.proxy_user}:{password}".encode()).decode()]
    return Endpoint(server, base_url, tuple(headers.items()), Redactor(secrets), tuple(keys), connection)


def _checked(value: str) -> str:
    if not _HEADER_VALUE.fullmatch(value):
        raise KeyInvalid
    return value
