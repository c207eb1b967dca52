"""Servers: the user's configuration, and the vendors they belong to. Keys are not included: they are only in the system keyring."""

import ipaddress
import re
from dataclasses import field
from enum import StrEnum
from urllib.parse import urlsplit

from chatdesk.kernel.chat.request import Thinking
from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.kernel.models.thinking import ThinkingRule

# How to connect to a server, beyond its address: proxy, trusted certificate authorities, and timeouts.
#
# Certificate verification cannot be disabled: the user may add a certificate authority, but never trust every certificate.

CONNECT_SECONDS = (1, 300)
"""Minimum and maximum of the connection timeout."""
SILENCE_SECONDS = (5, 7200)
"""Minimum and maximum of the response timeout."""


class ProxyChoice(StrEnum):
    """Which proxy to use."""

    SYSTEM = "system"
    """The system's proxy; none for servers on this machine or in the local network."""
    NONE = "none"
    ADDRESS = "address"
    """The proxy that the user specified, wherever the server is."""


@dataclass(frozen=True, slots=True)
class ConnectionOptions:
    """Connection options of a server. Empty values and None mean the program's defaults."""

    proxy: ProxyChoice = ProxyChoice.SYSTEM
    proxy_address: str = ""
    """`http://proxy.example:3128` or `socks5://…`, without user name and password. Used only with `ProxyChoice.ADDRESS`."""
    ca_file: str = ""
    """A PEM file with certificate authorities that are trusted for this server in addition to the system's."""
    connect_seconds: float | None = None
    silence_seconds: float | None = None
    """Seconds without data, also before the first byte: a model that is loading sends nothing."""
    proxy_user: str = ""
    """User name for the proxy; empty: none."""
    proxy_password: str | None = field(default=None, repr=False)
    """Filled in for a request from the keyring, never stored in a file; None if it is not filled in or the proxy needs none."""

    @property
    def named_proxy(self) -> str:
        """Address of the proxy specified for this server; empty if there is none."""
        return self.proxy_address if self.proxy is ProxyChoice.ADDRESS else ""


KEY_HEADERS = ("Authorization",)
"""Request headers that contain the key, unless the vendor uses others. In this one, the value starts with `Bearer`."""
_CREDENTIAL = re.compile(r"auth|cookie|token|key|secret|passw|credential|session|access", re.IGNORECASE)
_DEFAULT_PORTS = {"http": 80, "https": 443}


class ServerProtocol(StrEnum):
    """The wire protocol. Each one is implemented in `providers/`."""

    OLLAMA = "ollama"
    OPENAI = "openai"
    BUILT_IN = "built_in"
    """The built-in engine: OpenAI's protocol to a child process on the loopback interface."""
    DIFY = "dify"
    FASTGPT = "fastgpt"
    DB_GPT = "db_gpt"
    N8N = "n8n"
    VECTORVEIN = "vectorvein"

    @property
    def is_application(self) -> bool:
        """Whether its servers are applications: they choose their model themselves and store the conversation."""
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
    def accepts_context_size(self) -> bool:
        """Whether each request specifies the context length."""
        return self is ServerProtocol.OLLAMA

    @property
    def accepts_extra_body(self) -> bool:
        """Whether the user can add JSON members to the body of each request."""
        return self in {ServerProtocol.OPENAI, ServerProtocol.OLLAMA}

    @property
    def lists_may_be_incomplete(self) -> bool:
        """Whether its servers may list no models, or not all of them, so that the user can add names."""
        return self is ServerProtocol.OPENAI


class KeyKind(StrEnum):
    """Type of the credentials, as users know them."""

    KEY = "key"
    APP_KEY = "app_key"
    """A key for one application of the server."""
    BASIC = "basic"
    """A user name and password, separated by a colon (HTTP basic authentication)."""


class AddressKind(StrEnum):
    """What the user copies from the server as its address."""

    SERVER = "server"
    WEBHOOK = "webhook"
    """The complete address of one workflow."""


class WireFormat(StrEnum):
    """Which of OpenAI's two APIs is used for chats. Irrelevant for other protocols."""

    CHAT_COMPLETIONS = "chat_completions"
    RESPONSES = "responses"


@dataclass(frozen=True, slots=True)
class Header:
    """An additional request header set by the user, for example for a reverse proxy.

    All values are treated as secrets regardless of the name, because a rule based on names would miss some. The list of servers therefore
    contains names only, and the values are in the keyring.
    """

    name: str
    value: str | None = field(default=None, repr=False)
    """None: stored in the keyring (`features/servers/services/servers.py` fills it in for a request)."""
    in_file: bool = False
    """Whether an earlier version stored the value in the server file, and it has not been moved to the keyring yet."""

    @property
    def is_credential(self) -> bool:
        """Whether the name suggests that an eavesdropper could use the value. Such a header is sent unencrypted only where a key may be."""
        return bool(_CREDENTIAL.search(self.name))


@dataclass(frozen=True, slots=True)
class ServerConfig:
    """A configured server. `vendor_id` is a row of resources/providers.toml."""

    id: str
    name: str
    vendor_id: str
    protocol: ServerProtocol
    base_url: str
    """Without a trailing slash; may have a path. Empty for the built-in engine."""
    headers: tuple[Header, ...] = ()
    enabled: bool = True
    unencrypted_key_origin: str = ""
    """The origin to which the user allowed the key to be sent unencrypted."""
    key_saved: bool = field(default=False, compare=False)
    """Whether the keyring has a key for it. If not, the keyring is not accessed, because that may show a prompt at every start."""
    removed: bool = False
    """Whether the user removed it. The entry remains while the keyring may still have a key to delete."""
    wire_format: WireFormat = WireFormat.CHAT_COMPLETIONS
    model_ids: tuple[str, ...] = ()
    """Model names that the user added, for a server that lists none or not all of them."""
    api_version: str = ""
    """For vendors that require one in every request (Azure); empty: the version in the vendor's row."""
    extra_body: str = ""
    """A JSON object, as the user wrote it, whose members are added to every chat request; `kernel/servers/extra_body.py` has the rules."""
    connection: ConnectionOptions = field(default_factory=ConnectionOptions)
    stale_secrets: tuple[str, ...] = field(default=(), compare=False)
    """Keyring names of secrets that are no longer used, such as the value of a removed header, and could not be deleted yet."""

    @property
    def is_built_in(self) -> bool:
        """Whether it is the built-in engine."""
        return self.protocol is ServerProtocol.BUILT_IN

    @property
    def manages_models(self) -> bool:
        """Whether it downloads, loads, unloads, copies and deletes models on request."""
        return self.protocol.manages_models

    @property
    def origin(self) -> str:
        """What a key is bound to: scheme, host and port of the base URL, without its path. Empty if the URL is invalid."""
        try:
            parts = urlsplit(self.base_url)
            port = parts.port or _DEFAULT_PORTS.get(parts.scheme, 0)
        except ValueError:
            return ""
        return f"{parts.scheme}://{parts.hostname or ''}:{port}"

    @property
    def shareable_address(self) -> str:
        """Address without parts that grant access: user name and password, query, and the path of a webhook."""
        try:
            parts = urlsplit(self.base_url)
        except ValueError:
            return ""
        address = f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}"
        return "" if not parts.netloc else address if self.protocol is ServerProtocol.N8N else address + parts.path

    @property
    def is_on_this_machine(self) -> bool:
        """Whether its address is on this machine."""
        return _leads_to_this_machine(self.base_url)

    @property
    def is_unencrypted(self) -> bool:
        """Whether others can read the traffic: plain HTTP to another machine or proxy, even in the local network."""
        if self.base_url.lower().startswith("https:"):
            return False
        proxy = self.connection.named_proxy
        return not self.is_on_this_machine or bool(proxy and not _leads_to_this_machine(proxy))

    @property
    def has_credential_header(self) -> bool:
        """Whether a header is sent that an eavesdropper could use to gain access."""
        return any(header.is_credential for header in self.headers)

    @property
    def accepts_key(self) -> bool:
        """Whether a key may be sent: the connection is encrypted, or the user allowed it for this origin."""
        return not self.is_unencrypted or self.unencrypted_key_origin == self.origin


@dataclass(frozen=True, slots=True)
class Vendor:
    """A row of the vendor list (resources/providers.toml)."""

    id: str
    name: str
    protocol: ServerProtocol
    base_url: str
    needs_key: bool
    local: bool
    """Whether it runs on the user's machine or network."""
    key_page: str = ""
    """Web page where the user gets a key."""
    quirks: frozenset[str] = frozenset()
    """Flags for the protocol implementation; listed in providers/catalogue/vendors.py."""
    key_kind: KeyKind = KeyKind.KEY
    address_kind: AddressKind = AddressKind.SERVER
    thinking: tuple[Thinking, ...] = ()
    """Thinking levels of models that may support thinking, if no rule applies."""
    thinking_rules: tuple[ThinkingRule, ...] = ()
    """Rules for some of its models."""
    hosts: tuple[str, ...] = ()
    """Further hosts of the vendor; `*` matches anything. A server is identified by its host without a request."""
    key_headers: tuple[str, ...] = KEY_HEADERS
    headers: tuple[Header, ...] = ()
    """Sent with every request."""
    wire_formats: tuple[WireFormat, ...] = (WireFormat.CHAT_COMPLETIONS,)
    """What its servers support; the user chooses if there are several."""
    chat_path: str = "/chat/completions"
    """Appended to the base URL; `{model}` is replaced with the model id."""
    responses_path: str = "/responses"
    models_path: str = "/models"
    native_lists: tuple[str, ...] = ()
    """Native lists with more details about the models, requested first; their paths replace `/v1`."""
    api_version: str = ""
    """Sent as `?api-version=` if not empty."""
    rank: int = 0
    """Position among the most used vendors, which are listed first; 0 for all others."""
    chinese_rank: int = 0
    """The same in a Chinese window."""
    suggested_models: tuple[str, ...] = ()
    """Patterns for the model to propose after the vendor was added, the best first."""
    max_temperature: float | None = None
    """The highest temperature that its API accepts; None = not known."""

    @property
    def is_built_in(self) -> bool:
        """Whether it is the built-in engine."""
        return self.protocol is ServerProtocol.BUILT_IN

    @property
    def is_known(self) -> bool:
        """Whether it is a specific vendor rather than any server of its protocol."""
        return bool(self.base_url or self.hosts or self.protocol.is_application)


@dataclass(frozen=True, slots=True)
class ServerStatus:
    """Result of a probe."""

    version: str | None
    model_count: int | None
    milliseconds: float


def can_be_started(server: ServerConfig, vendor: Vendor) -> bool:
    """Return whether the user can start the server if it does not respond: it runs here, or is of a kind that users run themselves."""
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
