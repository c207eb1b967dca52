"""Detection of the server type at an address, using requests that distinguish servers (protocols.md 2.16), without a key.

No key is sent even if one is stored for the server: another program than the one the key was given for may be listening at the address, and
a key is sent only with chat requests. The exception is a server that has just accepted the key (`identify_behind_key`). A server that
identifies itself in its first reply receives only the requests that are still needed, because each request that requires a key is logged
there.

One reply proves nothing: wrappers imitate the parts of Ollama that other programs use, so everything needed for chatting is checked. To
support a new server type, add a path to `_PATHS` and a function to `_DETECTORS`.
"""

import asyncio
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from fnmatch import fnmatchcase
from urllib.parse import parse_qs, unquote, urlsplit

from chatdesk.kernel.errors.base import CertificateRefused, NotAChatServer, ServerError, ServerUnreachable
from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.kernel.servers.recognized import Recognised
from chatdesk.kernel.servers.server import ConnectionOptions, ServerConfig, ServerProtocol, Vendor
from chatdesk.kernel.text.json_values import NotJson, decode, elements, members, text_of
from chatdesk.kernel.text.safe_line import safe_line
from chatdesk.network.addresses import base_url, is_local
from chatdesk.network.endpoint import Endpoint, make_endpoint
from chatdesk.network.http import HttpClient, HttpReply
from chatdesk.network.timeouts import PROBE
from chatdesk.providers.errors.reported_error import error_of_body
from chatdesk.providers.openai.models import decode_models

# Detection by address alone, for the hosts of vendors. Nothing is requested, because without a key they would not reveal more.

_DEPLOYMENT = re.compile(r"/openai/deployments/([^/?#]+)")


def recognise_host(address: str, vendors: Iterable[Vendor]) -> Recognised | None:
    """Return the server if the host belongs to a vendor; None if it is unknown. Raise `AddressInvalid`."""
    typed = urlsplit(base_url(address, ServerProtocol.OPENAI))
    for vendor in vendors:
        if vendor.local or not _is_of(typed.hostname or "", vendor):
            continue
        path = urlsplit(vendor.base_url).path
        found = f"https://{typed.netloc}{path}"
        version = parse_qs(urlsplit(address).query).get("api-version", [""])[0] if vendor.api_version else ""
        deployment = _DEPLOYMENT.search(address) if vendor.api_version else None
        names = (unquote(deployment[1]),) if deployment else ()
        return Recognised(vendor.id, found, model_ids=names, api_version=version, needs_key=True, was_asked=False)
    return None


def _is_of(host: str, vendor: Vendor) -> bool:
    own = urlsplit(vendor.base_url).hostname
    return host == own or any(fnmatchcase(host, pattern) for pattern in vendor.hosts)


# The self-description of a program that is not a chat server, as short text to show: its server header, and the title of its page.

_MAX_NAME_LENGTH = 60
_MAX_TITLE_LENGTH = 120
_MAX_BYTES = 16 * 1024


@dataclass(frozen=True, slots=True)
class UnknownServer:
    """A server of unknown type. `program` and `title` are short, untrusted plain text; empty if missing."""

    status: int
    program: str
    title: str


async def identify_http_server(address: str, http: HttpClient, connection: ConnectionOptions) -> UnknownServer:
    """Return what responds at an address, without a key. Raise the `ServerError` if nothing does."""
    async with http.stream(_endpoint(address, connection), "GET", "/", accept="text/html", timeouts=PROBE) as stream:
        beginning = await stream.read(_MAX_BYTES)
    title = error_of_body(beginning).message
    return UnknownServer(
        stream.status,
        safe_line(stream.headers.get("server", ""), _MAX_NAME_LENGTH),
        safe_line(title, _MAX_TITLE_LENGTH),
    )


async def speaks_http(address: str, http: HttpClient, connection: ConnectionOptions) -> bool:
    """Return whether a server speaks HTTP with this scheme at an address. An untrusted certificate also means TLS."""
    try:
        unknown_server = await identify_http_server(address, http, connection)
    except CertificateRefused:
        return True
    except ServerError:
        return False
    return not _demands_other_scheme(unknown_server)


def _demands_other_scheme(unknown_server: UnknownServer) -> bool:
    """Return whether the server only asks for the other scheme, as TLS servers do for plain requests (nginx, Go, Apache)."""
    return unknown_server.status == 400 and "https" in unknown_server.title.lower()


def _endpoint(address: str, connection: ConnectionOptions) -> Endpoint:
    return make_endpoint(address, address, None, connection=connection)


_ROOT = "/"
_LIST, _PROPERTIES = "/v1/models", "/props"
_LLAMA_CPP = "llama.cpp"
"""The server header in every reply of llama.cpp's server, including refusals."""
_PATHS = (
    "/api/version",
    "/api/tags",
    "/api/ps",
    "/api/v1/models",
    "/api/v0/models",
    _PROPERTIES,
    _LIST,
    "/models",
    "/v1/cluster/auth",
)
_ADDITIONAL_PORTS = (9931,)
"""Ports that are in no vendor's row: llama.cpp's alternative port."""
_OWNERS = {
    "vllm": "vllm",
    "sglang": "sglang",
    "lmdeploy": "lmdeploy",
    "xinference": "xinference",
    "llamacpp": "llama-cpp",
    "library": "ollama-v1",
}
"""Vendors by the owner in a model list."""
_WANTS_KEY = frozenset({401, 403})
_NOT_THERE = frozenset({404, 405, 410})


@dataclass(frozen=True, slots=True)
class _Findings:
    """The replies at one address. `root` is the address without the paths that servers append."""

    root: str
    replies: Mapping[str, HttpReply]

    def with_replies(self, replies: Iterable[tuple[str, HttpReply | None]]) -> "_Findings":
        """Return a copy with more replies; None is skipped."""
        return replace(self, replies={**self.replies, **{path: reply for path, reply in replies if reply}})

    def value(self, path: str) -> object:
        """Return the JSON of a successful reply; None for anything else."""
        reply = self.replies.get(path)
        if reply is None or reply.status != 200:
            return None
        try:
            return decode(reply.body)
        except NotJson:
            return None

    def exists(self, path: str) -> bool:
        """Return whether the server knows the path but responded with an error."""
        reply = self.replies.get(path)
        return reply is not None and reply.status not in _NOT_THERE and reply.status >= 400

    def requires_key(self, path: str) -> bool:
        """Return whether the path requires authentication."""
        reply = self.replies.get(path)
        return reply is not None and reply.status in _WANTS_KEY

    def is_named(self, name: str) -> bool:
        """Return whether a reply's server header names this program."""
        return any(reply.headers.get("server", "").lower().startswith(name) for reply in self.replies.values())


async def recognise(address: str, vendors: Sequence[Vendor], http: HttpClient) -> tuple[Recognised, ...]:
    """Return the servers that can be added, the most likely first: one, or several on a machine if no port was given.

    Raise `AddressInvalid`, the `ServerError` if no request was possible, or `NotAChatServer` if no known server responded.
    """
    if known := recognise_host(address, vendors):
        return (known,)
    root = base_url(base_url(address, ServerProtocol.OPENAI), ServerProtocol.OLLAMA)
    addresses = [root, *_without_tls(root, address), *_usual_addresses(root, vendors)]
    outcomes = await asyncio.gather(*(identify_at(base, http) for base in addresses), return_exceptions=True)
    found = {
        _address_without_scheme(outcome): outcome for outcome in reversed(outcomes) if isinstance(outcome, Recognised)
    }
    if found:
        return tuple(reversed(found.values()))
    failures = [outcome for outcome in outcomes if isinstance(outcome, BaseException)]
    # An unknown program that responds is more informative than a port without a server.
    raise next((failure for failure in failures if not isinstance(failure, ServerUnreachable)), failures[0])


def _without_tls(root: str, address: str) -> list[str]:
    """Return the address without TLS if the scheme was not given: local servers often have no TLS. No key is sent there."""
    return [] if "://" in address or not root.startswith("https://") else [f"http://{root.removeprefix('https://')}"]


def _usual_addresses(root: str, vendors: Iterable[Vendor]) -> list[str]:
    """Return the usual addresses of servers on a nearby machine if no port was given."""
    parts = urlsplit(root)
    if parts.port or parts.scheme != "http" or not is_local(parts.hostname or ""):
        return []
    usual = [urlsplit(vendor.base_url).port for vendor in vendors if vendor.local]
    ports = dict.fromkeys([*filter(None, usual), *_ADDITIONAL_PORTS])
    return [f"{parts.scheme}://{parts.netloc}:{port}{parts.path}" for port in ports]


def _address_without_scheme(recognised: Recognised) -> str:
    """Return host, port and path: the same server may be reachable with and without TLS."""
    return recognised.base_url.partition("://")[2]


async def identify_at(
    root: str,
    http: HttpClient,
    connection: ConnectionOptions = ConnectionOptions(),  # noqa: B008 - an immutable value
) -> Recognised:
    """Return the server at one address: scheme, host, port, and the path before anything that servers append.

    Raise the `ServerError` if no request was possible, or `NotAChatServer`.
    """
    return await _identify(make_endpoint(urlsplit(root).netloc, root, None, connection=connection), http)


async def identify_behind_key(server: ServerConfig, key: str | None, http: HttpClient) -> Recognised:
    """Return the server at the address of `server`, which accepted its key: what refuses every request without one hides what it is.

    Raise as `identify_at` does.
    """
    root = base_url(server.base_url, ServerProtocol.OLLAMA)
    endpoint = make_endpoint(urlsplit(root).netloc, root, key, server.headers, connection=server.connection)
    return replace(await _identify(endpoint, http), needs_key=True)


async def _identify(endpoint: Endpoint, http: HttpClient) -> Recognised:
    root = endpoint.base_url
    first = await http.request_json(endpoint, "GET", _ROOT, timeouts=PROBE)
    findings = _Findings(root, {_ROOT: first})
    findings = await (_ask_llama_cpp if findings.is_named(_LLAMA_CPP) else _ask_all)(findings, endpoint, http)
    for detect in _DETECTORS:
        if recognised := detect(findings):
            return recognised
    raise NotAChatServer(endpoint.server, root, first.url, first.status)


async def _ask_all(findings: _Findings, endpoint: Endpoint, http: HttpClient) -> _Findings:
    rest = await asyncio.gather(*(_ask(endpoint, path, http) for path in _PATHS))
    return findings.with_replies(zip(_PATHS, rest, strict=True))


async def _ask_llama_cpp(findings: _Findings, endpoint: Endpoint, http: HttpClient) -> _Findings:
    """Request the list, which some versions return without a key, and the version unless a key is already known to be required."""
    findings = findings.with_replies([(_LIST, await _ask(endpoint, _LIST, http))])
    if findings.requires_key(_ROOT) or findings.requires_key(_LIST):
        return findings
    return findings.with_replies([(_PROPERTIES, await _ask(endpoint, _PROPERTIES, http))])


async def _ask(endpoint: Endpoint, path: str, http: HttpClient) -> HttpReply | None:
    try:
        return await http.request_json(endpoint, "GET", path, timeouts=PROBE)
    except ServerError:
        return None  # this path is unknown to it; others may be known


def _lm_studio(findings: _Findings) -> Recognised | None:
    new = [members(model) for model in elements(members(findings.value("/api/v1/models")).get("models"))]
    old = [members(model) for model in elements(members(findings.value("/api/v0/models")).get("data"))]
    if any("key" in model and "loaded_instances" in model for model in new):
        count = sum(model.get("type") != "embedding" for model in new)
    elif any("state" in model for model in old):
        count = sum(model.get("type") != "embeddings" for model in old)
    else:
        return None
    return Recognised("lm-studio", f"{findings.root}/v1", model_count=count)


def _llama_cpp(findings: _Findings) -> Recognised | None:
    properties = members(findings.value(_PROPERTIES))
    if "default_generation_settings" not in properties and not findings.is_named(_LLAMA_CPP):
        return None
    version = text_of(properties.get("build_info")) or None
    needs_key = any(map(findings.requires_key, (_ROOT, _LIST, _PROPERTIES)))
    return replace(_openai_at(findings, "/v1", "llama-cpp"), version=version, needs_key=needs_key)


def _ollama(findings: _Findings) -> Recognised | None:
    version = text_of(members(findings.value("/api/version")).get("version"))
    tags, running = (members(findings.value(path)).get("models") for path in ("/api/tags", "/api/ps"))
    if not version or not isinstance(tags, list) or not isinstance(running, list):
        return None  # imitations have the model list, but not the running models
    return Recognised("ollama", findings.root, version, len(tags))


def _openai(findings: _Findings) -> Recognised | None:
    for prefix in ("/v1", ""):
        path = f"{prefix}/models"
        if findings.requires_key(path) or decode_models(findings.value(path), "") is not None:
            entries = elements(members(findings.value(path)).get("data"))
            owner = text_of(members(entries[0]).get("owned_by")).lower() if entries else ""
            vendor = _OWNERS.get(owner, "xinference" if prefix and _is_xinference(findings) else "custom")
            return _openai_at(findings, prefix, vendor)
    return None


def _is_xinference(findings: _Findings) -> bool:
    """Return whether it responds like Xinference to its page's request before the login, which says whether there is a login.

    Format: xinference/api/routers/admin.py. With a login, it reveals nothing else; without models, its list has no owner.
    """
    reply = members(findings.value("/v1/cluster/auth"))
    return reply.keys() == {"auth"} and isinstance(reply["auth"], bool)


def _silent_openai(findings: _Findings) -> Recognised | None:
    """Recognise a server that has a model list but fails to return it: LiteLLM does so without a key."""
    if findings.exists("/v1/models") and not findings.exists("/api/v0/models"):
        return Recognised("custom", f"{findings.root}/v1", needs_key=True)
    return None


def _openai_at(findings: _Findings, prefix: str, vendor_id: str) -> Recognised:
    path = f"{prefix}/models"
    models = decode_models(findings.value(path), "")
    count = None if models is None else sum(model.can_chat for model in models)
    requires_key = findings.requires_key(path)
    return Recognised(vendor_id, findings.root + prefix, model_count=count, needs_key=requires_key)


_DETECTORS: tuple[Callable[[_Findings], Recognised | None], ...] = (
    _lm_studio,
    _llama_cpp,
    _ollama,
    _openai,
    _silent_openai,
)
"""In order of precedence: the first match decides."""
