"""A place that answers chat: what the user set up, and what kind of place it is. No key: keys live in the OS keyring only."""

import ipaddress
import re
from dataclasses import field
from enum import StrEnum
from urllib.parse import urlsplit

from chatdesk.kernel.chat.request import Thinking
from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.kernel.models.thinking import ThinkingRule

# How a server is reached, where the user says more than its address: through which proxy, trusting whom,
# waiting how long.
#
# Nothing here can switch off the check of certificates: the user may add an authority of their own, never
# believe everybody.

CONNECT_SECONDS = (1, 300)
"""From, to: how long a server may take to accept a connection."""
SILENCE_SECONDS = (5, 7200)
"""From, to: how long a server may say nothing."""


class ProxyChoice(StrEnum):
    """What stands between us and the server."""

    SYSTEM = "system"
    """What the system says; nothing for servers on this machine or its network."""
    NONE = "none"
    ADDRESS = "address"
    """The one the user named, wherever the server is."""


@dataclass(frozen=True, slots=True)
class ConnectionOptions:
    """The way to a server. What is empty or None follows the program's own rules."""

    proxy: ProxyChoice = ProxyChoice.SYSTEM
    proxy_address: str = ""
    """`http://proxy.example:3128` or `socks5://…`, without a name or password. Used with `ProxyChoice.ADDRESS` only."""
    ca_file: str = ""
    """A PEM file of authorities that are believed for this server besides the system's."""
    connect_seconds: float | None = None
    silence_seconds: float | None = None
    """Seconds without a word, also before the first: a model that loads says nothing."""
    proxy_user: str = ""
    """The name that proxy wants to be told; empty: none."""
    proxy_password: str | None = field(default=None, repr=False)
    """None: it is kept in the keyring, never in a file, and put in for a request; or the proxy wants none."""

    @property
    def named_proxy(self) -> str:
        """The address of the proxy the user named for this server; empty if they named none."""
        return self.proxy_address if self.proxy is ProxyChoice.ADDRESS else ""


KEY_HEADERS = ("Authorization",)
"""Where a key stands in a request, unless a vendor has it elsewhere. In this one it stands behind the word Bearer."""
_CREDENTIAL = re.compile(r"auth|cookie|token|key|secret|passw|credential|session|access", re.IGNORECASE)
_DEFAULT_PORTS = {"http": 80, "https": 443}


class ServerProtocol(StrEnum):
    """The wire protocol; each is one file in `providers/`."""

    OLLAMA = "ollama"
    OPENAI = "openai"
    BUILT_IN = "built_in"
    """The built-in engine: OpenAI's protocol to a child process of ours on loopback."""
    DIFY = "dify"
    FASTGPT = "fastgpt"
    DB_GPT = "db_gpt"
    N8N = "n8n"
    VECTORVEIN = "vectorvein"

    @property
    def is_application(self) -> bool:
        """Whether applications are asked with it: they choose their model themselves, and remember what was said."""
        return self in {
            ServerProtocol.DIFY,
            ServerProtocol.FASTGPT,
            ServerProtocol.DB_GPT,
            ServerProtocol.N8N,
            ServerProtocol.VECTORVEIN,
        }

    @property
    def manages_models(self) -> bool:
        """Whether its servers download, load, unload, copy and delete models on request."""
        return self is ServerProtocol.OLLAMA

    @property
    def takes_context_size(self) -> bool:
        """Whether each request says how large the context is to be."""
        return self is ServerProtocol.OLLAMA

    @property
    def takes_extra_body(self) -> bool:
        """Whether the user can add JSON members to the body of each request."""
        return self in {ServerProtocol.OPENAI, ServerProtocol.OLLAMA}

    @property
    def lists_may_be_incomplete(self) -> bool:
        """Whether its servers may list no models, or not all, so that the user can add names."""
        return self is ServerProtocol.OPENAI


class KeyKind(StrEnum):
    """What lets the user in, as they know it."""

    KEY = "key"
    APP_KEY = "app_key"
    """A key for one application of the server."""
    BASIC = "basic"
    """A name and a password, with a colon between them (HTTP's basic authentication)."""


class AddressKind(StrEnum):
    """What the user finds at the server to paste as its address."""

    SERVER = "server"
    WEBHOOK = "webhook"
    """The address of one workflow, whole."""


class WireFormat(StrEnum):
    """In which of OpenAI's two forms a chat is written. Meaningless for other protocols."""

    CHAT_COMPLETIONS = "chat_completions"
    RESPONSES = "responses"


@dataclass(frozen=True, slots=True)
class Header:
    """An extra request header the user set, for a reverse proxy say.

    Every value is treated as a key is, whatever its name: a rule by names would miss the one that matters. So the list of servers
    holds names, and the values are in the keyring.
    """

    name: str
    value: str | None = field(default=None, repr=False)
    """None: it is kept (`features/servers/services/servers.py` puts it in for a request)."""
    in_file: bool = False
    """An earlier version wrote the value into the file of servers, and it did not yet get from there into the keyring."""

    @property
    def is_credential(self) -> bool:
        """Whether its name says that whoever reads it on the way could use it: then it goes unencrypted only where a key may."""
        return bool(_CREDENTIAL.search(self.name))


@dataclass(frozen=True, slots=True)
class ServerConfig:
    """A server as set up. `vendor_id` names a row of resources/providers.toml."""

    id: str
    name: str
    vendor_id: str
    protocol: ServerProtocol
    base_url: str
    """Without a trailing slash; may have a path. Empty for the built-in engine."""
    headers: tuple[Header, ...] = ()
    enabled: bool = True
    unencrypted_key_origin: str = ""
    """The origin to which the user let the key go unencrypted."""
    key_kept: bool = field(default=False, compare=False)
    """Whether the keyring holds a key for it. Where it holds none it is not asked: asking may open it, with a prompt at every start."""
    removed: bool = False
    """Whether the user removed it. It is remembered as long as the keyring may hold a key for it that nobody wants any more."""
    wire_format: WireFormat = WireFormat.CHAT_COMPLETIONS
    model_ids: tuple[str, ...] = ()
    """Names of models the user wrote down, for a server that lists none, or not all of them."""
    api_version: str = ""
    """For vendors that ask for one with every request (Azure); empty: the one of the vendor's row."""
    extra_body: str = ""
    """A JSON object, as the user wrote it, whose members go along with every chat; `kernel/servers/extra_body.py` says which may."""
    connection: ConnectionOptions = field(default_factory=ConnectionOptions)
    stale_secrets: tuple[str, ...] = field(default=(), compare=False)
    """Secrets it no longer has, a removed header's value say, that the keyring has not let go yet; by the names they have there."""

    @property
    def is_built_in(self) -> bool:
        """Whether it is the engine that comes with Chatdesk."""
        return self.protocol is ServerProtocol.BUILT_IN

    @property
    def manages_models(self) -> bool:
        """Whether it downloads, loads, unloads, copies and deletes models on request."""
        return self.protocol.manages_models

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
    def address_to_share(self) -> str:
        """Its address without what lets anybody in who knows it: a name and a password, a query, the path of a webhook."""
        try:
            parts = urlsplit(self.base_url)
        except ValueError:
            return ""
        place = f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}"
        return "" if not parts.netloc else place if self.protocol is ServerProtocol.N8N else place + parts.path

    @property
    def is_on_this_machine(self) -> bool:
        """Whether its address leads nowhere else."""
        return _leads_to_this_machine(self.base_url)

    @property
    def is_unencrypted(self) -> bool:
        """Whether others on the way can read what is sent: plain http to another machine, be it in the same room, or be it a proxy."""
        if self.base_url.lower().startswith("https:"):
            return False
        proxy = self.connection.named_proxy
        return not self.is_on_this_machine or bool(proxy and not _leads_to_this_machine(proxy))

    @property
    def has_credential_header(self) -> bool:
        """Whether a header goes along by which whoever reads it on the way could get in."""
        return any(header.is_credential for header in self.headers)

    @property
    def takes_key(self) -> bool:
        """Whether a key may be sent: nobody can read it on the way, or the user let it go to this very place."""
        return not self.is_unencrypted or self.unencrypted_key_origin == self.origin


@dataclass(frozen=True, slots=True)
class Vendor:
    """A row of the preset list of vendors (resources/providers.toml)."""

    id: str
    name: str
    protocol: ServerProtocol
    base_url: str
    needs_key: bool
    local: bool
    """Runs on the user's own machine or network."""
    key_page: str = ""
    """Where the user gets a key."""
    quirks: frozenset[str] = frozenset()
    """Flags the protocol's file understands; listed in providers/catalogue/vendors.py."""
    key_kind: KeyKind = KeyKind.KEY
    address_kind: AddressKind = AddressKind.SERVER
    thinking: tuple[Thinking, ...] = ()
    """What a model that may think can be told about it here, if nothing better is known."""
    thinking_rules: tuple[ThinkingRule, ...] = ()
    """What is better known of some of its models."""
    hosts: tuple[str, ...] = ()
    """Other hosts of the same vendor; `*` stands for anything. By its host a server is recognised without asking it."""
    key_headers: tuple[str, ...] = KEY_HEADERS
    headers: tuple[Header, ...] = ()
    """Go along with every request."""
    wire_formats: tuple[WireFormat, ...] = (WireFormat.CHAT_COMPLETIONS,)
    """What its servers understand; the user chooses where there are several."""
    chat_path: str = "/chat/completions"
    """Behind the address; `{model}` stands for the model's id."""
    responses_path: str = "/responses"
    models_path: str = "/models"
    native_lists: tuple[str, ...] = ()
    """Lists of its own that say more of the models, asked before that one; their paths stand in the place of `/v1`."""
    api_version: str = ""
    """Goes along as `?api-version=`, if it is not empty."""

    @property
    def is_built_in(self) -> bool:
        """Whether it is the engine that comes with Chatdesk."""
        return self.protocol is ServerProtocol.BUILT_IN

    @property
    def is_known(self) -> bool:
        """Whether it is somebody in particular, not any server of its protocol."""
        return bool(self.base_url or self.hosts or self.protocol.is_application)


@dataclass(frozen=True, slots=True)
class ServerStatus:
    """What a probe found."""

    version: str | None
    model_count: int | None
    milliseconds: float


def can_be_started(server: ServerConfig, vendor: Vendor) -> bool:
    """Whether the user can start the server if nobody answers: it runs here, or is of a kind that people run themselves."""
    return vendor.local or server.is_on_this_machine


def _leads_to_this_machine(address: str) -> bool:
    try:
        return _is_this_machine(urlsplit(address).hostname or "")
    except ValueError:
        return False


def _is_this_machine(host: str) -> bool:
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return host == "localhost"
    mapped = address.ipv4_mapped if isinstance(address, ipaddress.IPv6Address) else None
    return (mapped or address).is_loopback
