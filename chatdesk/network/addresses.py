"""Conversion of addresses as users write them into base URLs. `http.py` sends the requests.

Paths are always appended by concatenation: `urljoin` would drop a prefix such as `https://host/ollama`.
"""

import ipaddress
import re
from urllib.parse import SplitResult, urlsplit

from chatdesk.kernel.errors.base import AddressInvalid
from chatdesk.kernel.servers.server import ServerProtocol

OLLAMA_PORT = 11434
_SCHEMES = frozenset({"http", "https"})
_HAS_SCHEME = r"(?i)[a-z][a-z0-9+.-]*://"
_UNWANTED = "[\x00-\x20\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]"
_PASTED_ENDINGS = {
    ServerProtocol.OLLAMA: r"(/api(/(chat|generate|tags|version|show|ps))?|/v1(/.*)?)$",
    ServerProtocol.OPENAI: r"(/openai/deployments/[^/]+)?/(chat/completions|completions|models|responses)$",
    ServerProtocol.BUILT_IN: r"/(chat/completions|models)$",
    ServerProtocol.DIFY: r"/(chat-messages|info|parameters|files/upload)$",
    ServerProtocol.FASTGPT: r"/api(/v\d(/chat/completions)?)?$",
    ServerProtocol.DB_GPT: r"/api(/v\d(/chat/completions)?)?$",
    ServerProtocol.N8N: r"(?!)",
    ServerProtocol.VECTORVEIN: r"/api(/workflow(/.*)?)?$|(?<=/open-api)/.*$",
}
"""Endings that users copy from documentation; the provider appends them itself."""
_EVERY_INTERFACE = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 - recognised, not bound
"""Addresses on which a server listens but to which clients cannot connect (Windows refuses)."""


def base_url(text: str, protocol: ServerProtocol) -> str:
    """Return the normalised address: scheme, host, port and path, without a trailing slash.

    A missing scheme becomes http for a local host and https otherwise. Raise `AddressInvalid`.
    """
    address = re.sub(_UNWANTED, "", text)
    if not re.match(_HAS_SCHEME, address):
        address = f"{_likely_scheme(address)}://{address}"
    parts, host, port = _split(address)
    path = re.sub(_PASTED_ENDINGS[protocol], "", re.sub(r"/{2,}", "/", parts.path).rstrip("/")).rstrip("/")
    return f"{parts.scheme}://{_authority(host, port)}{path}"


def base_url_from_ollama_host(value: str) -> str:
    """Return the client address of an Ollama server with this OLLAMA_HOST (protocols.md 1.14: `host`, `host:port`, `:port`, or a URL).

    Ollama's default port is used only if no scheme was given. Raise `AddressInvalid`.
    """
    value = value.strip().strip("\"'")
    if re.match(_HAS_SCHEME, value):
        return base_url(value, ServerProtocol.OLLAMA)
    if value == "ollama.com":
        return "https://ollama.com"
    if value.startswith(":") and not value.startswith("::"):
        value = f"127.0.0.1{value}"
    if value.count(":") > 1 and not value.startswith("["):
        value = f"[{value}]"
    parts, host, port = _split(f"http://{value or '127.0.0.1'}")
    return f"http://{_authority(host, OLLAMA_PORT if port is None else port)}{parts.path.rstrip('/')}"


def is_local(host: str) -> bool:
    """Return whether `host` is this machine or in its local network: no proxy is needed, and no public certificate exists for it."""
    host = host.strip("[]").rstrip(".").lower()
    try:
        return not ipaddress.ip_address(host.partition("%")[0]).is_global
    except ValueError:
        return "." not in host or host.endswith((".localhost", ".local", ".internal", ".lan", ".home.arpa"))


def _likely_scheme(address: str) -> str:
    authority = re.split(r"[/?#]", address, maxsplit=1)[0].rpartition("@")[2]
    name = authority.partition("]")[0] if authority.startswith("[") else authority.partition(":")[0]
    return "http" if is_local(name) else "https"


def _split(address: str) -> tuple[SplitResult, str, int | None]:
    try:
        parts = urlsplit(address)
        host, user = parts.hostname or "", parts.username
    except ValueError as error:
        raise AddressInvalid(address=address, problem="host") from error
    if user is not None:
        # The part before the @ may be a key: do not pass it on, not even in the error.
        raise AddressInvalid(address=f"{parts.scheme}://…@{host}", problem="userinfo")
    shown = f"{parts.scheme}://{parts.netloc}"
    if parts.scheme not in _SCHEMES:
        raise AddressInvalid(address=shown, problem="scheme")
    try:
        port = parts.port
    except ValueError as error:
        raise AddressInvalid(address=shown, problem="port") from error
    if not host or not _is_host(host):
        raise AddressInvalid(address=shown, problem="host")
    return parts, _EVERY_INTERFACE.get(host, host), port


def _is_host(host: str) -> bool:
    if ":" in host:
        try:
            return bool(ipaddress.IPv6Address(host))
        except ValueError:
            return False
    try:
        return len(host.encode("idna")) < 256 and not re.search(r"[\s/\\?#%<>|^`{}\"]", host)
    except UnicodeError:
        return False


def _authority(host: str, port: int | None) -> str:
    name = f"[{host}]" if ":" in host else host
    return name if port is None else f"{name}:{port}"
