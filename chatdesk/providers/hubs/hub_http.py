"""Requests to one hub: redirects, the token, limits on times and sizes, and ranges of files.

A hub redirects downloads to a storage on another host, with a signed address that expires. Such an address is used at once, never stored,
and never part of an error.
"""

import asyncio
import math
import re
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable, Collection, Mapping
from contextlib import aclosing, asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime
from urllib.parse import urldefrag, urljoin, urlsplit

from chatdesk.kernel.errors.base import (
    AddressInvalid,
    AnswerTooLarge,
    ConnectionLost,
    NotAChatServer,
    ServerError,
    ServerTimedOut,
    ServerUnreachable,
)
from chatdesk.kernel.errors.hub_errors import (
    HubBusy,
    HubFailed,
    HubFileChanged,
    HubRedirectRefused,
    HubUnreachable,
    NotAHub,
)
from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.kernel.models.hubs import HubFile, normal_sha256
from chatdesk.kernel.text.json_values import NotJson, decode
from chatdesk.network.endpoint import make_endpoint
from chatdesk.network.http import REDIRECTS, HttpClient, HttpStream
from chatdesk.network.timeouts import Timeouts
from chatdesk.providers.errors.error_classifier import retry_after

MAX_JSON_BYTES = 4 * 1024 * 1024
"""A repository with 3,000 files takes 1 MB. Decoding more would block other threads for too long."""
MAX_RANGE_BYTES = 16 * 1024 * 1024
SILENCE_SECONDS = 30.0
"""Maximum time without a byte. Storage servers send continuously, and a broken connection is not always reported."""
RANGE_SECONDS = 120.0
"""Maximum time for a range: at 140 kB per second, the largest one arrives in time."""
_MAX_ERROR_BYTES = 64 * 1024
_MAX_REDIRECTS = 5
_MAX_FILE_BYTES = 2**43
_TIMEOUTS = Timeouts(connect=15.0, first_event=30.0)
_OK, _PARTIAL, _NOT_SATISFIABLE, _TOO_MANY = 200, 206, 416, 429
_FIRST_SERVER_ERROR = 500
_DEFAULT_WAIT_SECONDS = 60.0
_MAX_WAIT_SECONDS = 3600.0
_CONTENT_RANGE = re.compile(r"bytes (?:(\d{1,16})-\d{1,16}|\*)/(\d{1,16})")
_RATE_LIMIT = re.compile(r"\br\s*=\s*(\d{1,9})\s*;\s*t\s*=\s*(\d{1,6})")
"""Of `"api";r=0;t=55`: how many requests remain, and for how many seconds."""
_LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})
_RETAINED_HEADERS = ("x-linked-etag", "x-linked-size", "x-repo-commit")


@dataclass(frozen=True, slots=True)
class HubReply:
    """A reply of the hub or its storage. `hub_headers` are headers of the hub's own replies on the way, with names in lower case."""

    stream: HttpStream
    hub_headers: Mapping[str, str]
    host: str
    is_hub: bool
    """Whether the hub itself replied, not its storage."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """A reply with an error status of the hub itself, for the hub's own rules."""

    status: int
    headers: Mapping[str, str]
    body: object
    """Decoded; None if it is not JSON."""


TokenSource = Callable[[], Awaitable[str | None]]
"""Returns the token of the user's account at a hub; None if there is none. Awaited for each request that may carry it."""


async def no_token() -> str | None:
    """Return no token."""
    return None


Judge = Callable[[Refusal], ServerError | None]
"""Returns the error that a refusal means to one kind of hub; None for the general one."""


class HubHttp:
    """Access to a hub. The token is requested for and sent to `token_origin` only, so a mirror never receives it.

    `on_request` is called before each request to the hub, on the thread of the request. Raises `AddressInvalid` if the base address is not
    valid, or neither encrypted nor on this computer.
    """

    def __init__(
        self,
        http: HttpClient,
        base_url: str,
        token: TokenSource = no_token,
        token_origin: str = "",
        on_request: Callable[[], None] = lambda: None,
    ) -> None:
        self.base_url = base_url.rstrip("/")
        self.host = _host(self.base_url)
        if not _is_allowed(self.base_url, self.base_url):
            raise AddressInvalid(self.host, self.base_url, "scheme" if self.host else "host")
        self.has_token = False
        """Whether the last request to the hub carried a token."""
        self._http = http
        self._token = token
        self._token_origin = token_origin
        self._on_request = on_request

    async def get_json(
        self, path: str, judge: Judge, accept: str = "application/json"
    ) -> tuple[object, Mapping[str, str]]:
        """Return the decoded reply to a request and its headers."""
        async with self._reply(self.base_url + path, accept) as reply:
            await self._check_status(reply, {_OK}, judge)
            body = await self._read(reply.stream, MAX_JSON_BYTES + 1)
        if len(body) > MAX_JSON_BYTES:
            raise AnswerTooLarge(self.host, self.base_url, MAX_JSON_BYTES)
        try:
            return decode(body), reply.stream.headers
        except NotJson as error:
            raise self.not_a_hub(reply.stream.status) from error

    async def read_range(self, file: HubFile, first: int, length: int, judge: Judge) -> bytes:
        """Return a part of a file; shorter only at its end."""
        try:
            async with asyncio.timeout(RANGE_SECONDS):
                return await self._read_range(file, first, min(length, MAX_RANGE_BYTES), judge)
        except TimeoutError as error:
            raise self._unreachable(self.host, "timed out") from error

    async def _read_range(self, file: HubFile, first: int, length: int, judge: Judge) -> bytes:
        data = bytearray()
        async with (
            self.open(file, first, judge, last=first + length - 1) as stream,
            aclosing(stream.chunks()) as chunks,
        ):
            end = min(first + length, stream.total)
            at = stream.first
            while at < end and (chunk := await anext(chunks, b"")):
                data += chunk[max(0, first - at) : end - at]
                at += len(chunk)
        return bytes(data)

    @asynccontextmanager
    async def open(
        self, file: HubFile, first: int, judge: Judge, last: int | None = None
    ) -> AsyncIterator["FileStream"]:
        """Open a file from an offset on. `last` is the last byte that is needed."""
        asked = f"bytes={first}-{'' if last is None else last}"
        async with self._reply(file.url, "*/*", ("Range", asked)) as reply:
            await self._check_status(reply, {_OK, _PARTIAL, _NOT_SATISFIABLE}, judge)
            stream = self._file_stream(reply, first)
            sha256 = stream.sha256
            if (file.size and stream.total != file.size) or (file.sha256 and sha256 and sha256 != file.sha256):
                raise HubFileChanged(self.host, self.base_url, path=file.path)
            yield stream

    def not_a_hub(self, status: int) -> NotAHub:
        """Return the error for a reply that is not of the protocol."""
        return NotAHub(self.host, self.base_url, status=status)

    def _file_stream(self, reply: HubReply, first: int) -> "FileStream":
        status, headers = reply.stream.status, reply.stream.headers
        if headers.get("content-encoding", "identity").lower() != "identity":
            raise self.not_a_hub(status)
        named = _CONTENT_RANGE.fullmatch(headers.get("content-range", "").strip())
        if status == _OK:
            length = headers.get("content-length") or reply.hub_headers.get("x-linked-size") or ""
            start, total = 0, int(length) if length.isascii() and length.isdigit() and len(length) < 17 else -1
        elif named and status == _PARTIAL and named[1] and int(named[1]) == first:
            start, total = first, int(named[2])
        elif named and status == _NOT_SATISFIABLE and int(named[2]) == first:
            start, total = first, first  # everything was received before
        else:
            raise self.not_a_hub(status)
        if not start <= total <= _MAX_FILE_BYTES:
            raise self.not_a_hub(status)
        hub_headers = reply.hub_headers
        sha256 = normal_sha256(hub_headers.get("x-linked-etag", ""))
        return FileStream(
            reply.stream, reply.host, self.base_url, start, total, hub_headers.get("x-repo-commit", ""), sha256
        )

    async def _check_status(self, reply: HubReply, expected: Collection[int], judge: Judge) -> None:
        status, headers = reply.stream.status, reply.stream.headers
        if status in expected:
            return
        where = (reply.host, self.base_url)
        if status == _TOO_MANY:
            raise HubBusy(*where, seconds=_wait_of(headers))
        if reply.is_hub:
            body = await self._read(reply.stream, _MAX_ERROR_BYTES)
            try:
                value = decode(body)
            except NotJson:
                value = None
            if error := judge(Refusal(status, headers, value)):
                raise error
            if status < _FIRST_SERVER_ERROR:
                raise self.not_a_hub(status)
        raise HubFailed(*where, status=status)

    async def _read(self, stream: HttpStream, limit: int) -> bytes:
        try:
            async with asyncio.timeout(SILENCE_SECONDS):
                return await stream.read(limit)
        except TimeoutError as error:
            raise self._unreachable(self.host, "timed out") from error

    def _unreachable(self, host: str, reason: str) -> HubUnreachable:
        return HubUnreachable(host, self.base_url, reason)

    @asynccontextmanager
    async def _reply(self, url: str, accept: str, *headers: tuple[str, str]) -> AsyncIterator[HubReply]:
        """Follow redirects one by one, and yield the reply that is none."""
        hub_headers: dict[str, str] = {}
        for _ in range(_MAX_REDIRECTS + 1):
            host, origin = _host(url), _origin(url)
            is_hub = _site(url) == _site(self.base_url)
            token = await self._token() if origin == self._token_origin else None
            if is_hub:
                self.has_token = bool(token)
                self._on_request()
            endpoint = make_endpoint(host, origin, token)
            endpoint = replace(endpoint, headers=(*endpoint.headers, *headers))
            try:
                async with self._http.stream(
                    endpoint, "GET", _path(url), accept=accept, timeouts=_TIMEOUTS, accepts_redirects=True
                ) as stream:
                    if is_hub:
                        hub_headers |= {
                            name: stream.headers[name] for name in _RETAINED_HEADERS if name in stream.headers
                        }
                    location = stream.location if stream.status in REDIRECTS else ""
                    if not location:
                        yield HubReply(stream, hub_headers, host, is_hub)
                        return
            except HubUnreachable:
                raise
            except (ServerUnreachable, ConnectionLost) as error:
                raise self._unreachable(host, error.reason) from error
            except ServerTimedOut as error:
                raise self._unreachable(host, "timed out") from error
            except NotAChatServer as error:
                raise self.not_a_hub(error.status) from error
            url = self._target(url, location)
        raise HubRedirectRefused(self.host, self.base_url, host=_host(url))

    def _target(self, url: str, location: str) -> str:
        try:
            target = urldefrag(urljoin(url, location)).url
        except ValueError:
            target = ""
        if not _is_allowed(target, self.base_url):
            raise HubRedirectRefused(self.host, self.base_url, host=_host(target))
        return target


class FileStream:
    """A file that is arriving: the `HubStream` of all hubs."""

    def __init__(
        self, stream: HttpStream, host: str, base_url: str, first: int, total: int, commit: str, sha256: str
    ) -> None:
        self.first = first
        self.total = total
        self.commit = commit
        self.sha256 = sha256
        self._stream = stream
        self._where = (host, base_url)

    async def chunks(self) -> AsyncGenerator[bytes, None]:
        """Yield the bytes, at most `total - first`. Raises `HubUnreachable` if they end early or nothing arrives for a while."""
        left = self.total - self.first
        async with aclosing(self._stream.chunks()) as chunks:
            while left:
                try:
                    async with asyncio.timeout(SILENCE_SECONDS):
                        chunk = await anext(chunks, b"")
                except TimeoutError as error:
                    raise HubUnreachable(*self._where, "timed out") from error
                if not chunk:
                    raise HubUnreachable(*self._where, "ended early")
                left -= len(chunk)
                yield chunk if left >= 0 else chunk[:left]
                left = max(left, 0)


def _is_allowed(url: str, base_url: str) -> bool:
    """Return whether an address may be asked: encrypted, or on this computer if the hub is too (in tests)."""
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError:
        return False
    if not parts.hostname or parts.username is not None:
        return False
    return parts.scheme == "https" or (parts.scheme == "http" and {_host(url), _host(base_url)} <= _LOOPBACK)


def _host(url: str) -> str:
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc.lower()}"


def _site(url: str) -> str:
    """Return host and port, without `www.`: some hubs redirect from one form to the other."""
    return urlsplit(url).netloc.lower().removeprefix("www.")


def _path(url: str) -> str:
    parts = urlsplit(url)
    return (parts.path or "/") + (f"?{parts.query}" if parts.query else "")


def _wait_of(headers: Mapping[str, str]) -> float:
    """Return after how many seconds the hub accepts requests again."""
    resets = [float(reset) for left, reset in _RATE_LIMIT.findall(headers.get("ratelimit", "")) if int(left) == 0]
    wait = max(resets) + 1 if resets else retry_after(headers, datetime.now(UTC))
    seconds = math.ceil(wait or _DEFAULT_WAIT_SECONDS)
    return min(seconds, _MAX_WAIT_SECONDS)
