"""A place that answers chat: what a person set up, and what kind of place it is. No key: keys live in the OS keyring only."""

from dataclasses import dataclass
from enum import StrEnum


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
