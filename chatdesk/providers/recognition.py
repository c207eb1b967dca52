"""Finds out what stands at an address: asks the questions by which servers tell each other apart (protocols.md 2.16), without a key.

No key goes along even where one is kept for the server: whoever listens at an address now may be another program than the one the key was
given for, and only what a chat asks is asked with it. What tells who it is with its first reply is asked no more than that leaves open:
each question that needs a key is a line in its log.

One answer proves nothing: wrappers imitate the parts of Ollama that other programs look at, so it takes all of what a chat needs of it.
A server of a new kind is one more question in `_QUESTIONS` and one more judge in `_JUDGES`.
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
from chatdesk.kernel.servers.server import ConnectionOptions, ServerProtocol, Vendor
from chatdesk.kernel.text.json_values import NotJson, decode, elements, members, text_of
from chatdesk.kernel.text.safe_line import safe_line
from chatdesk.network.addresses import base_url, is_local
from chatdesk.network.endpoint import Endpoint, make_endpoint
from chatdesk.network.http import HttpClient, HttpReply
from chatdesk.network.timeouts import PROBE
from chatdesk.providers.errors.error_words import words_of_body
from chatdesk.providers.openai.models import decode_models

# Who a server is by its address alone: the vendors' own hosts. Nothing is asked, for without a key they would
# not say more.

_DEPLOYMENT = re.compile(r"/openai/deployments/([^/?#]+)")


def recognise_host(address: str, vendors: Iterable[Vendor]) -> Recognised | None:
    """Return the server if the host is one of a vendor's; None if it is nobody's we know. Raises `AddressInvalid`."""
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


# What something that is no chat server calls itself, in a few words that can be shown: its head, and the
# title of its page.

_LONGEST_NAME = 60
_LONGEST_TITLE = 120
_MOST_BYTES = 16 * 1024


@dataclass(frozen=True, slots=True)
class UnknownServer:
    """`program` and `title` are plain text of anybody, short; empty where it did not say."""

    status: int
    program: str
    title: str


async def identify_http_server(address: str, http: HttpClient, connection: ConnectionOptions) -> UnknownServer:
    """Return what answers at an address, without a key. Raises the `ServerError` for which nothing does."""
    async with http.stream(_endpoint(address, connection), "GET", "/", accept="text/html", timeouts=PROBE) as stream:
        beginning = await stream.read(_MOST_BYTES)
    title = words_of_body(beginning).message
    return UnknownServer(
        stream.status, safe_line(stream.headers.get("server", ""), _LONGEST_NAME), safe_line(title, _LONGEST_TITLE)
    )


async def speaks(address: str, http: HttpClient, connection: ConnectionOptions) -> bool:
    """Whether a server speaks HTTP at an address with this scheme. A certificate that we would not trust is TLS, too."""
    try:
        unknown_server = await identify_http_server(address, http, connection)
    except CertificateRefused:
        return True
    except ServerError:
        return False
    return not _is_complaint(unknown_server)


def _is_complaint(unknown_server: UnknownServer) -> bool:
    """Whether it only says that it wants the other scheme: servers for TLS say so to plain requests (nginx, Go's, Apache's)."""
    return unknown_server.status == 400 and "https" in unknown_server.title.lower()


def _endpoint(address: str, connection: ConnectionOptions) -> Endpoint:
    return make_endpoint(address, address, None, connection=connection)


_ROOT = "/"
_LIST, _PROPERTIES = "/v1/models", "/props"
_LLAMA_CPP = "llama.cpp"
"""What llama.cpp's server calls itself in the head of every reply, be it a refusal."""
_QUESTIONS = (
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
_PORTS_BESIDES = (9931,)
"""Ports that are no row's: llama.cpp's next one."""
_OWNERS = {
    "vllm": "vllm",
    "sglang": "sglang",
    "lmdeploy": "lmdeploy",
    "xinference": "xinference",
    "llamacpp": "llama-cpp",
    "library": "ollama-v1",
}
"""Vendors by what a list of models calls its owner."""
_WANTS_KEY = frozenset({401, 403})
_NOT_THERE = frozenset({404, 405, 410})


@dataclass(frozen=True, slots=True)
class _Findings:
    """What one place answered. `root` is its address without anything that servers put behind it."""

    root: str
    replies: Mapping[str, HttpReply]

    def with_replies(self, replies: Iterable[tuple[str, HttpReply | None]]) -> "_Findings":
        """Return it with more replies; None where there was none."""
        return replace(self, replies={**self.replies, **{path: reply for path, reply in replies if reply}})

    def value(self, path: str) -> object:
        """Return the JSON of a success; None for anything else."""
        reply = self.replies.get(path)
        if reply is None or reply.status != 200:
            return None
        try:
            return decode(reply.body)
        except NotJson:
            return None

    def is_there(self, path: str) -> bool:
        """Whether the server knows this question, be it that it cannot answer."""
        reply = self.replies.get(path)
        return reply is not None and reply.status not in _NOT_THERE and reply.status >= 400

    def wants_key(self, path: str) -> bool:
        """Whether this question is answered to those it knows only."""
        reply = self.replies.get(path)
        return reply is not None and reply.status in _WANTS_KEY

    def says_to_be(self, name: str) -> bool:
        """Whether a reply's head names this program."""
        return any(reply.headers.get("server", "").lower().startswith(name) for reply in self.replies.values())


async def recognise(address: str, vendors: Sequence[Vendor], http: HttpClient) -> tuple[Recognised, ...]:
    """Return what could be added from here, the likeliest first: one server, or several of a machine whose port was not said.

    Raises `AddressInvalid`, the `ServerError` for which nobody could be asked, or `NotAChatServer` if what answers is nothing we know.
    """
    if known := recognise_host(address, vendors):
        return (known,)
    root = base_url(base_url(address, ServerProtocol.OPENAI), ServerProtocol.OLLAMA)
    places = [root, *_in_clear(root, address), *_places_of_machine(root, vendors)]
    outcomes = await asyncio.gather(*(look_at(place, http) for place in places), return_exceptions=True)
    found = {_place_of(outcome): outcome for outcome in reversed(outcomes) if isinstance(outcome, Recognised)}
    if found:
        return tuple(reversed(found.values()))
    failures = [outcome for outcome in outcomes if isinstance(outcome, BaseException)]
    # Something that answers and is not known says more than a port where nobody is.
    raise next((failure for failure in failures if not isinstance(failure, ServerUnreachable)), failures[0])


def _in_clear(root: str, address: str) -> list[str]:
    """Return the place without TLS if nobody said which of both it is: a server of one's own often has none. No key goes there."""
    return [] if "://" in address or not root.startswith("https://") else [f"http://{root.removeprefix('https://')}"]


def _places_of_machine(root: str, vendors: Iterable[Vendor]) -> list[str]:
    """Return where on a machine nearby servers usually are, if no port was said."""
    parts = urlsplit(root)
    if parts.port or parts.scheme != "http" or not is_local(parts.hostname or ""):
        return []
    usual = [urlsplit(vendor.base_url).port for vendor in vendors if vendor.local]
    ports = dict.fromkeys([*filter(None, usual), *_PORTS_BESIDES])
    return [f"{parts.scheme}://{parts.netloc}:{port}{parts.path}" for port in ports]


def _place_of(recognised: Recognised) -> str:
    """Return host, port and path: with TLS and without it is one server."""
    return recognised.base_url.partition("://")[2]


async def look_at(
    root: str,
    http: HttpClient,
    connection: ConnectionOptions = ConnectionOptions(),  # noqa: B008 - a frozen value
) -> Recognised:
    """Return what stands at one place: scheme, host, port, and the path before anything that servers put behind it.

    Raises the `ServerError` for which it could not be asked, or `NotAChatServer`.
    """
    endpoint = make_endpoint(urlsplit(root).netloc, root, None, connection=connection)
    first = await http.request_json(endpoint, "GET", _ROOT, timeouts=PROBE)
    findings = _Findings(root, {_ROOT: first})
    findings = await (_ask_llama_cpp if findings.says_to_be(_LLAMA_CPP) else _ask_all)(findings, endpoint, http)
    for judge in _JUDGES:
        if recognised := judge(findings):
            return recognised
    raise NotAChatServer(endpoint.server, root, first.url, first.status)


async def _ask_all(findings: _Findings, endpoint: Endpoint, http: HttpClient) -> _Findings:
    rest = await asyncio.gather(*(_ask(endpoint, path, http) for path in _QUESTIONS))
    return findings.with_replies(zip(_QUESTIONS, rest, strict=True))


async def _ask_llama_cpp(findings: _Findings, endpoint: Endpoint, http: HttpClient) -> _Findings:
    """Ask for its list, which some versions give to everybody, and for its version unless it is known by then to want a key."""
    findings = findings.with_replies([(_LIST, await _ask(endpoint, _LIST, http))])
    if findings.wants_key(_ROOT) or findings.wants_key(_LIST):
        return findings
    return findings.with_replies([(_PROPERTIES, await _ask(endpoint, _PROPERTIES, http))])


async def _ask(endpoint: Endpoint, path: str, http: HttpClient) -> HttpReply | None:
    try:
        return await http.request_json(endpoint, "GET", path, timeouts=PROBE)
    except ServerError:
        return None  # it does not know this question; others may do


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
    if "default_generation_settings" not in properties and not findings.says_to_be(_LLAMA_CPP):
        return None
    version = text_of(properties.get("build_info")) or None
    needs_key = any(map(findings.wants_key, (_ROOT, _LIST, _PROPERTIES)))
    return replace(_openai_at(findings, "/v1", "llama-cpp"), version=version, needs_key=needs_key)


def _ollama(findings: _Findings) -> Recognised | None:
    version = text_of(members(findings.value("/api/version")).get("version"))
    tags, running = (members(findings.value(path)).get("models") for path in ("/api/tags", "/api/ps"))
    if not version or not isinstance(tags, list) or not isinstance(running, list):
        return None  # what imitates it has the list of models, and not what runs
    return Recognised("ollama", findings.root, version, len(tags))


def _openai(findings: _Findings) -> Recognised | None:
    for prefix in ("/v1", ""):
        path = f"{prefix}/models"
        if findings.wants_key(path) or decode_models(findings.value(path), "") is not None:
            entries = elements(members(findings.value(path)).get("data"))
            owner = text_of(members(entries[0]).get("owned_by")).lower() if entries else ""
            vendor = _OWNERS.get(owner, "xinference" if prefix and _is_xinference(findings) else "custom")
            return _openai_at(findings, prefix, vendor)
    return None


def _is_xinference(findings: _Findings) -> bool:
    """Whether it answers what Xinference's own page asks before its log-in, without a key: whether there is one.

    Format: xinference/api/routers/admin.py. With a log-in it tells nothing else, without a model its list names no owner.
    """
    told = members(findings.value("/v1/cluster/auth"))
    return told.keys() == {"auth"} and isinstance(told["auth"], bool)


def _silent_openai(findings: _Findings) -> Recognised | None:
    """Recognise a server that has a list of models and fails to give it: LiteLLM does so without a key."""
    if findings.is_there("/v1/models") and not findings.is_there("/api/v0/models"):
        return Recognised("custom", f"{findings.root}/v1", needs_key=True)
    return None


def _openai_at(findings: _Findings, prefix: str, vendor_id: str) -> Recognised:
    path = f"{prefix}/models"
    models = decode_models(findings.value(path), "")
    count = None if models is None else sum(model.can_chat for model in models)
    wants_key = findings.wants_key(path)
    return Recognised(vendor_id, findings.root + prefix, model_count=count, needs_key=wants_key)


_JUDGES: tuple[Callable[[_Findings], Recognised | None], ...] = (
    _lm_studio,
    _llama_cpp,
    _ollama,
    _openai,
    _silent_openai,
)
"""In this order: the first that knows it is right."""
