"""A place that answers chat: what a person set up, and what kind of place it is. No key: keys live in the OS keyring only."""

import ipaddress
from dataclasses import dataclass, field
from enum import StrEnum
from urllib.parse import urlsplit

_DEFAULT_PORTS = {"http": 80, "https": 443}


class Protocol(StrEnum):
    """The wire protocol; each is one file in `providers/`."""

    OLLAMA = "ollama"
    OPENAI = "openai"
    BUILT_IN = "built_in"
    """The built-in engine: OpenAI's protocol to a child process of ours on loopback."""


@dataclass(frozen=True, slots=True)
class Header:
    """An extra request header a person set, for a reverse proxy say."""

    name: str
    value: str


@dataclass(frozen=True, slots=True)
class ServerConfig:
    """A server as set up. `vendor_id` names a row of resources/providers.toml."""

    id: str
    name: str
    vendor_id: str
    protocol: Protocol
    base_url: str
    """Without a trailing slash; may have a path. Empty for the built-in engine."""
    headers: tuple[Header, ...] = ()
    enabled: bool = True
    key_in_clear_at: str = ""
    """The origin to which a person let the key go unencrypted."""
    key_kept: bool = field(default=False, compare=False)
    """Whether the keyring holds a key for it. Where it holds none it is not asked: asking may open it, with a prompt at every start."""
    removed: bool = False
    """Whether a person removed it. It is remembered as long as the keyring may hold a key for it that nobody wants any more."""

    @property
    def origin(self) -> str:
        """What a key is bound to: scheme, host and port of the base URL, without its path. Empty if it is no URL."""
        try:
            parts = urlsplit(self.base_url)
            port = parts.port or _DEFAULT_PORTS.get(parts.scheme, 0)
        except ValueError:
            return ""
        return f"{parts.scheme}://{parts.hostname or ''}:{port}"

    @property
    def is_on_this_machine(self) -> bool:
        """Whether its address leads nowhere else."""
        try:
            return _is_this_machine(urlsplit(self.base_url).hostname or "")
        except ValueError:
            return False

    @property
    def is_in_clear(self) -> bool:
        """Whether others on the way can read what is sent: plain http to another machine, be it in the same room."""
        return not self.base_url.lower().startswith("https:") and not self.is_on_this_machine

    @property
    def takes_key(self) -> bool:
        """Whether a key may be sent: nobody can read it on the way, or a person let it go to this very place."""
        return not self.is_in_clear or self.key_in_clear_at == self.origin


@dataclass(frozen=True, slots=True)
class Vendor:
    """A row of the preset list of vendors (resources/providers.toml)."""

    id: str
    name: str
    protocol: Protocol
    base_url: str
    needs_key: bool
    local: bool
    """Runs on the person's own machine or network."""
    key_page: str = ""
    """Where a person gets a key."""
    quirks: frozenset[str] = frozenset()
    """Flags the protocol's file understands; listed in providers/catalogue.py."""


@dataclass(frozen=True, slots=True)
class ServerStatus:
    """What a probe found."""

    version: str | None
    model_count: int | None
    milliseconds: float


def can_be_started(server: ServerConfig, vendor: Vendor) -> bool:
    """Whether a person can start the server if nobody answers: it runs here, or is of a kind that people run themselves."""
    return vendor.local or server.is_on_this_machine


def _is_this_machine(host: str) -> bool:
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return host == "localhost"
    mapped = address.ipv4_mapped if isinstance(address, ipaddress.IPv6Address) else None
    return (mapped or address).is_loopback
