"""The HTTP client, which is the only access to the network. Its users see statuses, headers and bytes; sockets are handled in `wire/`.

It guarantees for every request: redirects are not followed here, so a key never reaches another host; TLS is verified against the system's
certificates and those the user adds; local servers are contacted without the system's proxy; cookies are not stored; no wait is unlimited;
no body grows without limit; closing a stream closes the socket, which stops a server in mid-answer.

Importing httpx takes over 100 ms, so it is imported on first use, not at program start. Its command-line interface, which it imports if
click and rich are installed, is suppressed: 80 modules and 8 MB that are not needed here.
"""

import asyncio
import errno
import logging
import os
import socket
import ssl
import sys
import time
from collections.abc import AsyncGenerator, AsyncIterable, AsyncIterator, Callable, Coroutine, Iterator, Mapping
from contextlib import aclosing, asynccontextmanager
from types import ModuleType, TracebackType
from typing import TYPE_CHECKING, Self, cast
from urllib.parse import urlsplit

from chatdesk.kernel.aio.daemon_thread import run_in_daemon_thread
from chatdesk.kernel.errors.base import (
    AddressInvalid,
    AnswerTooLarge,
    AnswerUndecodable,
    CaFileInvalid,
    CertificateRefused,
    ConnectionLost,
    MovedToTls,
    NotAChatServer,
    ProxyFailed,
    ProxyLoginRefused,
    ProxyUnusable,
    RedirectRefused,
    ServerError,
    ServerTimedOut,
    ServerUnreachable,
)
from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.kernel.servers.server import ProxyChoice
from chatdesk.kernel.text import json_values
from chatdesk.network.addresses import is_local
from chatdesk.network.content_decoding import ContentDecoder, UndecodableContent, UnpackedTooLarge
from chatdesk.network.endpoint import Endpoint
from chatdesk.network.proxies import proxy_address, system_proxy, with_login
from chatdesk.network.timeouts import Timeouts
from chatdesk.network.trust import CaFileError, ca_file_stamp, empty_ssl_context, trusted_ca_certificates
from chatdesk.network.wire.connecting import MayConnect, connect

if TYPE_CHECKING:
    import httpx


# Errors of connections without a reply, and of redirects.
#
# The system's own message is inside several layers of exceptions.


def connection_error(error: BaseException, server: str, address: str, *, proxied: bool) -> ServerError:
    """Return the error for a connection without a reply."""
    for cause in _causes(error):
        if isinstance(cause, ssl.SSLCertVerificationError):
            return CertificateRefused(server, address, cause.verify_message or str(cause))
    reason = reason_of(error)
    return ProxyFailed(server, address, reason) if proxied else ServerUnreachable(server, address, reason)


def reason_of(error: BaseException) -> str:
    """Return the system's message in its shortest form: `Connection refused`."""
    system = [cause for cause in _causes(error) if isinstance(cause, OSError) and (cause.errno or cause.strerror)]
    if not system and any(isinstance(cause, ConnectionResetError) for cause in _causes(error)):
        return os.strerror(
            errno.ECONNRESET
        )  # asyncio raises it without a number when a server hangs up in the handshake
    if not system:
        return str(error) or type(error).__name__
    deepest = system[-1]
    if isinstance(deepest, ssl.SSLError):
        return (deepest.reason or str(deepest)).replace("_", " ").lower()
    if isinstance(deepest, socket.gaierror) or not deepest.errno:
        return deepest.strerror or str(deepest)
    return os.strerror(deepest.errno)


def _causes(error: BaseException) -> Iterator[BaseException]:
    """Yield the error and its causes, outermost first. For a connection tried at several addresses, the first failure is used."""
    seen: set[int] = set()
    current: BaseException | None = error
    while current is not None and id(current) not in seen:
        seen.add(id(current))
        yield current
        nested = current.exceptions[0] if isinstance(current, BaseExceptionGroup) else None
        current = nested or current.__cause__ or current.__context__


def redirect_refused(server: str, address: str, location: str) -> RedirectRefused:
    """Return the error for a redirect to `location`, which may be the same host with TLS."""
    try:
        here, there = urlsplit(address), urlsplit(location)
        port = f":{there.port}" if there.port else ""
    except ValueError:
        return RedirectRefused(server, address, location)
    if (here.scheme, there.scheme) != ("http", "https") or here.hostname != there.hostname or not there.hostname:
        return RedirectRefused(server, address, location)
    host = f"[{there.hostname}]" if ":" in there.hostname else there.hostname
    return MovedToTls(server, address, location, f"https://{host}{port}{here.path}")


# Detection of when a request has been sent, from httpcore's trace, which reports each step of a connection
# (https://www.encode.io/httpcore/extensions/).

_STEP = "http11.send_request_body"
_TO_PROXY = b"CONNECT"


def sent_signal(on_sent: Callable[[], None] | None) -> dict[str, object]:
    """Return request extensions that call `on_sent` when the whole request has been sent; empty without it.

    The request for a tunnel through a proxy is separate and has the same extensions; it is ignored.
    """
    if on_sent is None:
        return {}
    is_to_proxy = False

    async def trace(event: str, details: Mapping[str, object]) -> None:
        nonlocal is_to_proxy
        if event == f"{_STEP}.started":
            is_to_proxy = getattr(details.get("request"), "method", b"") == _TO_PROXY
        elif event == f"{_STEP}.complete" and not is_to_proxy:
            on_sent()

    return {"trace": trace}


MAX_REPLY_BYTES = 32 * 1024 * 1024
MAX_ERROR_BYTES = 64 * 1024
FIRST_ERROR_STATUS = 400
REDIRECTS = range(300, 400)
_PROXY_AUTHENTICATION_REQUIRED = 407
_WRITE_SECONDS = 60.0
"""Maximum time without progress in sending; a slow connection makes a little progress all the time."""
_MAX_LOCATION_LENGTH = 2000
_MAX_REASON_LENGTH = 200
"""Maximum length of a proxy's error message in characters."""
_MAX_HEADERS = 1000
_CLOSE_SECONDS = 1.0

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class EncodedBody:
    """An encoded body and its content type."""

    content_type: str
    content: bytes


@dataclass(frozen=True, slots=True)
class StreamedBody:
    """A body that is read once while it is sent: `length` bytes of a file that is too large for memory."""

    content_type: str
    length: int
    chunks: AsyncIterable[bytes]


_ClientKey = tuple[bool, str, tuple[int, int], str | None, MayConnect | None]
"""Key for sharing a client: TLS or not, a CA file and its state, a proxy, an address filter."""


@dataclass(frozen=True, slots=True)
class HttpReply:
    """A complete reply. Header names are in lower case. For a failed request, `body` contains only its beginning."""

    url: str
    status: int
    headers: Mapping[str, str]
    body: bytes


class HttpStream:
    """A reply whose body is still arriving."""

    def __init__(self, endpoint: Endpoint, url: str, response: "httpx.Response", sent_at: float) -> None:
        self.url = url
        self.status: int = response.status_code
        self.headers: Mapping[str, str] = {name.lower(): value for name, value in response.headers.items()}
        self.location: str = response.extensions.get("location", b"").decode("utf-8", "replace")
        """Target of a redirect, unchecked."""
        self.sent_at = sent_at
        """On the clock of `time.monotonic`."""
        self._endpoint = endpoint
        self._response = response
        self._chunks: AsyncGenerator[bytes, None] | None = None

    def chunks(self) -> AsyncGenerator[bytes, None]:
        """Return the decompressed body as it arrives; only once. Raise `ConnectionLost`, `AnswerTooLarge` or `AnswerUndecodable`."""
        self._chunks = self._read_chunks()
        return self._chunks

    async def read(self, limit: int) -> bytes:
        """Return the body or its first `limit` bytes."""
        body = bytearray()
        async for chunk in self.chunks():
            body += chunk
            if len(body) >= limit:
                break
        return bytes(body[:limit])

    async def aclose(self) -> None:
        """Close the connection, unless the body was read completely."""
        if self._chunks is not None:
            await self._chunks.aclose()
        await self._response.aclose()

    async def _read_chunks(self) -> AsyncGenerator[bytes, None]:
        import httpx  # noqa: PLC0415 - start-up time, see the top

        server, address = self._endpoint.server, self._endpoint.base_url
        has_begun = False
        try:
            decoder = ContentDecoder(self.headers.get("content-encoding", ""))
            async with aclosing(cast("AsyncGenerator[bytes, None]", self._response.aiter_raw())) as raw:
                async for packed in raw:
                    for chunk in decoder.feed(packed):
                        has_begun = has_begun or bool(chunk)
                        yield chunk
        except UnpackedTooLarge as error:
            raise AnswerTooLarge(server, address, error.limit) from error
        except UndecodableContent as error:
            encoding, reason = (
                self._endpoint.redact(each) for each in (self.headers.get("content-encoding", ""), str(error))
            )
            if has_begun:  # damaged in transit: the part before is a valid answer
                raise ConnectionLost(server, address, reason) from error
            raise AnswerUndecodable(server, address, encoding, reason) from error
        except httpx.HTTPError as error:
            raise ConnectionLost(server, address, reason_of(error)) from error


class HttpClient:
    """Opens a new connection for each request. It belongs to the loop of its first use and must be closed there with `aclose`."""

    def __init__(self, use_system_proxy: Callable[[], bool] = lambda: True) -> None:
        self._use_system_proxy = use_system_proxy
        self._clients: dict[_ClientKey, httpx.AsyncClient] = {}
        self._background_tasks: set[asyncio.Task[None]] = set()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        await self.aclose()

    def start_background_task(self, work: Coroutine[object, object, object]) -> None:
        """Run something in the background on this loop; `aclose` waits for it briefly. Errors are only logged."""
        task = asyncio.get_running_loop().create_task(_log_errors(work))
        self._background_tasks.add(task)
        task.add_done_callback(self._background_tasks.discard)

    async def aclose(self) -> None:
        """Close all connections."""
        if self._background_tasks:
            await asyncio.wait(self._background_tasks, timeout=_CLOSE_SECONDS)
        for task in self._background_tasks:
            task.cancel()
        await asyncio.gather(*self._background_tasks, return_exceptions=True)
        clients = list(self._clients.values())
        self._clients.clear()
        for client in clients:
            await client.aclose()

    async def request_json(
        self, endpoint: Endpoint, method: str, path: str, body: object = None, *, timeouts: Timeouts
    ) -> HttpReply:
        """Send `body` as JSON (None: no body) and return the complete reply, whatever its status.

        Raise a `ServerError` if there is no reply or it exceeds `MAX_REPLY_BYTES`.
        """
        try:
            async with (
                asyncio.timeout(timeouts.connect + timeouts.first_event),
                self.stream(endpoint, method, path, body, accept="application/json", timeouts=timeouts) as stream,
            ):
                limit = MAX_REPLY_BYTES if stream.status < FIRST_ERROR_STATUS else MAX_ERROR_BYTES
                content = await stream.read(limit)
        except TimeoutError as error:
            raise ServerTimedOut(endpoint.server, endpoint.base_url, timeouts.first_event) from error
        if len(content) == MAX_REPLY_BYTES:
            raise AnswerTooLarge(endpoint.server, endpoint.base_url, MAX_REPLY_BYTES)
        return HttpReply(stream.url, stream.status, stream.headers, content)

    async def proxy_for(self, endpoint: Endpoint) -> str | None:
        """Return the address of the proxy for requests; None for direct connections. Raise `ProxyUnusable`."""
        options = endpoint.connection
        if options.named_proxy:
            try:
                address = proxy_address(options.named_proxy)
            except AddressInvalid as error:
                raise ProxyUnusable(endpoint.server, endpoint.base_url, error.problem) from error
            return with_login(address, options.proxy_user, options.proxy_password or "")
        is_direct = options.proxy is ProxyChoice.NONE or not self._use_system_proxy()
        if is_local(endpoint.host) or is_direct:
            return None
        return await run_in_daemon_thread(lambda: system_proxy(endpoint.base_url), "system proxy")

    @asynccontextmanager
    async def stream(
        self,
        endpoint: Endpoint,
        method: str,
        path: str,
        body: object = None,
        *,
        accept: str,
        timeouts: Timeouts,
        may_connect: MayConnect | None = None,
        on_sent: Callable[[], None] | None = None,
        accepts_redirects: bool = False,
    ) -> AsyncIterator[HttpStream]:
        """Send `body` as JSON and yield the reply when its headers have arrived. Leaving the block closes the connection.

        `may_connect` is called for every address of the host, and only accepted ones are used; with a proxy, the proxy resolves the host.
        `on_sent` is called when the whole request has been sent. With `accepts_redirects`, a redirect is a reply like any other: its target
        is `HttpStream.location`. Raise a `ServerError` if no headers arrive or for any other redirect, or `AddressRefused`.
        """
        sent_at = time.monotonic()
        proxy = await self.proxy_for(endpoint)
        if not (self._clients or may_connect or proxy) and is_local(endpoint.host):
            await _tcp_probe(endpoint, timeouts)
        client = await self._client(endpoint, proxy, None if proxy else may_connect)
        import httpx  # noqa: PLC0415 - start-up time, see the top

        url = endpoint.url(path)
        headers = [*endpoint.headers, ("Accept", accept)]
        content: bytes | AsyncIterable[bytes] | None = None
        if isinstance(body, EncodedBody):
            headers.append(("Content-Type", body.content_type))
            content = body.content
        elif isinstance(body, StreamedBody):
            headers += (("Content-Type", body.content_type), ("Content-Length", str(body.length)))
            content = body.chunks
        elif body is not None:
            headers.append(("Content-Type", "application/json"))
            content = json_values.encode(body)
        try:
            request = client.build_request(
                method,
                url,
                headers=headers,
                content=content,
                timeout=_limits(timeouts),
                extensions=sent_signal(on_sent),
            )
        except httpx.InvalidURL as error:  # httpx is stricter about host names than the earlier check
            raise AddressInvalid(endpoint.server, endpoint.base_url, "host") from error
        stream = HttpStream(endpoint, url, await _send(client, request, endpoint, proxy, timeouts), sent_at)
        try:
            _check_reply(stream, endpoint, accepts_redirects=accepts_redirects)
            yield stream
        finally:
            await stream.aclose()

    async def _client(
        self, endpoint: Endpoint, proxy: str | None, may_connect: MayConnect | None = None
    ) -> "httpx.AsyncClient":
        secure = endpoint.base_url.startswith("https:") or (proxy or "").startswith("https:")
        ca_file = endpoint.connection.ca_file if secure else ""
        stamp = await run_in_daemon_thread(lambda: ca_file_stamp(ca_file), "certificate file") if ca_file else (0, 0)
        key = (secure, ca_file, stamp, proxy, may_connect)
        if key not in self._clients:
            try:
                # The user's file may be on a disk that does not respond; the bundled lists are not.
                authorities = (
                    await run_in_daemon_thread(lambda: trusted_ca_certificates(ca_file), "certificate authorities")
                    if ca_file
                    else trusted_ca_certificates()
                    if secure
                    else empty_ssl_context()
                )
            except CaFileError as error:
                raise CaFileInvalid(endpoint.server, endpoint.base_url, str(error)) from error
            self._clients.setdefault(key, _make_client(endpoint, proxy, authorities, may_connect))
        return self._clients[key]


def _make_client(
    endpoint: Endpoint, proxy: str | None, authorities: ssl.SSLContext, may_connect: MayConnect | None
) -> "httpx.AsyncClient":
    sys.modules.setdefault("httpx._main", cast("ModuleType", None))  # the documented way to make an import fail
    from http.cookiejar import CookieJar, DefaultCookiePolicy  # noqa: PLC0415 - start-up time

    import httpx  # noqa: PLC0415 - start-up time, see the top

    from chatdesk.network.wire.transport import Transport, UnusableProxy  # noqa: PLC0415 - start-up time

    for name in ("httpx", "httpcore"):
        logging.getLogger(name).setLevel(logging.WARNING)  # at lower levels they log whole requests, including keys
    try:
        return httpx.AsyncClient(
            transport=Transport(authorities, proxy, may_connect),
            trust_env=False,  # the proxy is chosen in proxies.py; netrc and other sources must not be used
            follow_redirects=False,
            headers={"Accept-Encoding": "identity"},
            cookies=CookieJar(DefaultCookiePolicy(allowed_domains=[])),
        )
    except UnusableProxy as error:
        raise ProxyFailed(endpoint.server, endpoint.base_url, str(error)) from error


async def _log_errors(work: Coroutine[object, object, object]) -> None:
    try:
        await work
    except ServerError as error:
        _log.info("A background request failed: %s", type(error).__name__)


async def _tcp_probe(endpoint: Endpoint, timeouts: Timeouts) -> None:
    """Raise `ServerUnreachable` if nothing is listening, without importing httpx, so that a program that finds no server never loads it."""
    parts = urlsplit(endpoint.base_url)
    try:
        async with asyncio.timeout(timeouts.connect):
            transport, _ = await connect(
                asyncio.Protocol, parts.hostname or "", parts.port or (443 if parts.scheme == "https" else 80)
            )
    except TimeoutError:
        return  # possibly a slow machine: the request itself reports the error
    except OSError as error:
        raise connection_error(error, endpoint.server, endpoint.base_url, proxied=False) from error
    transport.close()


async def _send(
    client: "httpx.AsyncClient", request: "httpx.Request", endpoint: Endpoint, proxy: str | None, timeouts: Timeouts
) -> "httpx.Response":
    import httpx  # noqa: PLC0415 - start-up time, see the top

    from chatdesk.network.wire.socks import LoginRefused  # noqa: PLC0415 - start-up time

    server, address = endpoint.server, endpoint.base_url
    try:
        async with asyncio.timeout(timeouts.connect + timeouts.first_event):
            return await client.send(request, stream=True)
    except TimeoutError as error:
        raise ServerTimedOut(server, address, timeouts.first_event) from error
    except httpx.WriteTimeout as error:
        raise ServerTimedOut(server, address, _WRITE_SECONDS) from error
    except httpx.TimeoutException as error:
        raise ServerTimedOut(server, address, timeouts.connect) from error
    except httpx.ProxyError as error:
        wants_login = str(error).startswith(str(_PROXY_AUTHENTICATION_REQUIRED)) or isinstance(
            error.__cause__, LoginRefused
        )
        kind = ProxyLoginRefused if wants_login else ProxyFailed
        raise kind(server, address, endpoint.redact(str(error))[:_MAX_REASON_LENGTH]) from error
    except httpx.ProtocolError as error:
        if "without sending a response" in str(error):
            raise connection_error(error, server, address, proxied=proxy is not None) from error
        raise NotAChatServer(server, address, str(request.url), 0, endpoint.redact(str(error))) from error
    except httpx.HTTPError as error:
        raise connection_error(error, server, address, proxied=proxy is not None) from error


def _limits(timeouts: Timeouts) -> "httpx.Timeout":
    import httpx  # noqa: PLC0415 - start-up time, see the top

    return httpx.Timeout(connect=timeouts.connect, read=None, write=_WRITE_SECONDS, pool=None)


def _check_reply(stream: HttpStream, endpoint: Endpoint, *, accepts_redirects: bool) -> None:
    server, address = endpoint.server, endpoint.base_url
    location = stream.location
    if stream.status in REDIRECTS and location and not accepts_redirects:
        raise redirect_refused(server, address, endpoint.redact(location[:_MAX_LOCATION_LENGTH]))
    if stream.status == _PROXY_AUTHENTICATION_REQUIRED:
        raise ProxyLoginRefused(server, address, "407 Proxy Authentication Required")
    if len(stream.headers) > _MAX_HEADERS:
        raise NotAChatServer(server, address, stream.url, stream.status, f"{len(stream.headers)} headers")
