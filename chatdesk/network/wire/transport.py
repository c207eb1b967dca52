"""The transport below httpx's client: httpcore's proxies and heads on our own connections, and bodies unwrapped a read at a time."""

import re
import ssl
from collections.abc import AsyncGenerator, Awaitable, Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import Protocol, cast

import httpcore
import httpx

from chatdesk.network.wire.connecting import MayConnect
from chatdesk.network.wire.connection import AsyncioBackend, Connection
from chatdesk.network.wire.socks import SocksBackend, SocksProxy

# Where the body of an HTTP/1.1 reply ends, and its bytes without their wrapping. The head before it is h11's
# business.
#
# Why not h11's too: it makes an event of every chunk, and servers send every token as a chunk of its own. For
# an answer of 50,000 tokens that took most of what reading it cost. It is as strict as h11. Format:
# https://www.rfc-editor.org/rfc/rfc9112#section-6

_SIZE = re.compile(rb"([0-9A-Fa-f]{1,16})[ \t]*(?:;[^\r\n]*)?")
_LONGEST_LINE = 16 * 1024
_LONGEST_TRAILERS = 64 * 1024
_NO_BODY = {204, 304}
_LINE_END = b"\r\n"


class BrokenBody(Exception):
    """The body is not wrapped as its head says, or ends before its end. `body` is what the same bytes held before the break."""

    def __init__(self, reason: str, body: bytes = b"") -> None:
        super().__init__(reason)
        self.body = body


class BodyFramer(Protocol):
    """Unwraps one body. Any way of cutting the bytes gives the same body."""

    @property
    def is_complete(self) -> bool:
        """Whether the body has come to its end; what comes after it is none of ours."""
        ...

    def feed(self, data: bytes) -> bytes:
        """Return what `data` adds to the body. Raises `BrokenBody`."""
        ...

    def finish(self) -> None:
        """Take in that the connection has ended. Raises `BrokenBody` if the body should have gone on."""
        ...


def body_framer(status: int, headers: Iterable[tuple[bytes, bytes]], method: bytes = b"GET") -> BodyFramer:
    """Return what unwraps the body of a reply whose head h11 found sound: chunked alone, and lengths that agree.

    A reply to HEAD ends with its head, whatever length that tells: it is the one that GET's would have.
    """
    fields = {name.lower(): value for name, value in headers}
    if status in _NO_BODY or method == b"HEAD":
        return SizedBody(0)
    if b"transfer-encoding" in fields:
        return ChunkedBody()
    if b"content-length" in fields:
        return SizedBody(int(fields[b"content-length"].partition(b",")[0]))
    return EndlessBody()


class SizedBody:
    """So many bytes."""

    def __init__(self, size: int) -> None:
        self._missing = size

    @property
    def is_complete(self) -> bool:
        """Whether all of them have come."""
        return self._missing == 0

    def feed(self, data: bytes) -> bytes:
        """Return those that belong to the body."""
        body = data[: self._missing]
        self._missing -= len(body)
        return body

    def finish(self) -> None:
        """Raise `BrokenBody` if some are missing."""
        if self._missing:
            raise BrokenBody(f"the connection ended {self._missing} bytes too early")


class EndlessBody:
    """Whatever comes until the connection ends."""

    is_complete = False

    def feed(self, data: bytes) -> bytes:
        """Return `data`."""
        return data

    def finish(self) -> None:
        """Do nothing: the body ends where the connection does."""


class ChunkedBody:
    """Chunks with their sizes before them. Costs about a microsecond a chunk."""

    def __init__(self) -> None:
        self._rest = b""
        """The beginning of a line."""
        self._missing = 0
        """Bytes of the chunk we are in."""
        self._at_chunk_end = False
        self._in_trailers = False
        self._trailers = 0
        self.is_complete = False

    def feed(self, data: bytes) -> bytes:
        """Return what the chunks in `data` hold. Raises `BrokenBody`, with what the chunks before the break hold."""
        pieces: list[bytes] = []
        try:
            self._unwrap(self._rest + data if self._rest else data, pieces)
        except BrokenBody as error:
            raise BrokenBody(str(error), b"".join(pieces)) from None
        return b"".join(pieces)

    def finish(self) -> None:
        """Raise `BrokenBody` if the last chunk has not come."""
        if not self.is_complete:
            raise BrokenBody("the connection ended before the last chunk")

    def _unwrap(self, data: bytes, pieces: list[bytes]) -> None:
        position = 0
        while not self.is_complete:
            if self._missing:
                piece = data[position : position + self._missing]
                pieces.append(piece)
                position += len(piece)
                self._missing -= len(piece)
                if self._missing:
                    break
                self._at_chunk_end = True
            end = data.find(_LINE_END, position, position + _LONGEST_LINE)
            if end < 0:
                break
            self._take_line(data[position:end])
            position = end + 2
        self._rest = b"" if self.is_complete else data[position:]
        if self._at_chunk_end and not _LINE_END.startswith(self._rest):
            raise BrokenBody("a chunk is longer than its size")
        if len(self._rest) >= _LONGEST_LINE:
            raise BrokenBody("a line between chunks has no end")

    def _take_line(self, line: bytes) -> None:
        if self._at_chunk_end:
            if line:
                raise BrokenBody("a chunk is longer than its size")
            self._at_chunk_end = False
        elif self._in_trailers:
            self._trailers += len(line)
            if self._trailers > _LONGEST_TRAILERS:
                raise BrokenBody("the trailers have no end")
            self.is_complete = not line
        else:
            size = _SIZE.fullmatch(line)
            if size is None:
                raise BrokenBody(f"{line[:40]!r} is no size of a chunk")
            self._missing = int(size[1], 16)
            self._in_trailers = not self._missing


_SOCKS_PORT = 1080
_HIGHEST_PORT = 65535
_SOCKS_SCHEMES = frozenset({"socks", "socks5", "socks5h"})
"""`socks` is what desktops write into the environment. The name of the host is always looked up by the proxy."""


class UnusableProxy(ValueError):
    """An address of a proxy that cannot be read, or of a kind nobody knows. Says nothing of what stands in it: it may hold a password."""


class Transport(httpx.AsyncBaseTransport):
    """A connection for each request, and a pool of httpcore's for each connection. Raises httpx's own errors, and `AddressRefused`.

    Where a reply points to stands in its extensions instead of its headers, as `location`.

    People ask seldom: a connection kept for the next question may be closed by the server just as we write. And httpcore forgets to take
    a tunnel out of its pool whose inside was never finished; a pool that goes with its request leaves nothing behind.
    """

    def __init__(self, authorities: ssl.SSLContext, proxy: str | None, may_connect: MayConnect | None = None) -> None:
        """`may_connect` judges what is connected to: behind a proxy that is the proxy.

        Raises `UnusableProxy`.
        """
        socks = _socks(proxy) if proxy else None
        self._make_pool = partial(
            httpcore.AsyncConnectionPool,
            ssl_context=authorities,
            proxy=_proxy(proxy, authorities) if proxy and not socks else None,
            network_backend=SocksBackend(socks, may_connect) if socks else AsyncioBackend(may_connect),
        )
        self._open: set[httpcore.AsyncConnectionPool] = set()

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Send the request and return the reply once its head is there."""
        url = httpcore.URL(
            scheme=request.url.raw_scheme, host=request.url.raw_host, port=request.url.port, target=request.url.raw_path
        )
        content = cast("httpx.AsyncByteStream", request.stream)
        asked = httpcore.Request(
            request.method, url, headers=request.headers.raw, content=content, extensions=request.extensions
        )
        pool = self._make_pool()
        self._open.add(pool)
        try:
            with _httpx_errors():
                reply = await pool.handle_async_request(asked)
            framer = body_framer(reply.status, reply.headers, asked.method)
            body = _Body(reply, framer, partial(self._close, pool))
        except BaseException:
            await self._close(pool)
            raise
        # httpx makes the request a redirect leads to also where none is followed, and fails over addresses that are none.
        headers = [(name, value) for name, value in reply.headers if name.lower() != b"location"]
        location = b"".join(value for name, value in reply.headers if name.lower() == b"location")
        return httpx.Response(reply.status, headers=headers, stream=body, extensions={"location": location})

    async def aclose(self) -> None:
        """Close every connection."""
        for pool in tuple(self._open):
            await self._close(pool)

    async def _close(self, pool: httpcore.AsyncConnectionPool) -> None:
        self._open.discard(pool)
        await pool.aclose()


class _Body(httpx.AsyncByteStream):
    def __init__(self, reply: httpcore.Response, framer: BodyFramer, close: Callable[[], Awaitable[None]]) -> None:
        self._reply = reply
        self._close = close
        self._framer = framer
        self._connection: Connection = reply.extensions["network_stream"]

    async def __aiter__(self) -> AsyncGenerator[bytes, None]:
        framer = self._framer
        with _httpx_errors():
            while not framer.is_complete:
                data = await self._connection.read_body()
                if not data:
                    framer.finish()
                    return
                try:
                    body = framer.feed(data)
                except BrokenBody as error:
                    if error.body:
                        yield error.body
                    raise
                if body:
                    yield body

    async def aclose(self) -> None:
        try:
            await self._reply.aclose()
        finally:
            await self._close()


@contextmanager
def _httpx_errors() -> Iterator[None]:
    """Turn what is raised below into httpx's errors, which have the same names."""
    try:
        yield
    except BrokenBody as error:
        raise httpx.RemoteProtocolError(str(error)) from error
    except (
        httpcore.NetworkError,
        httpcore.ProtocolError,
        httpcore.ProxyError,
        httpcore.TimeoutException,
        httpcore.UnsupportedProtocol,
    ) as error:
        kind = next(getattr(httpx, base.__name__) for base in type(error).__mro__ if hasattr(httpx, base.__name__))
        raise kind(str(error)) from error


def _proxy(address: str, authorities: ssl.SSLContext) -> httpcore.Proxy:
    proxy = httpx.Proxy(address)
    url = httpcore.URL(
        scheme=proxy.url.raw_scheme, host=proxy.url.raw_host, port=proxy.url.port, target=proxy.url.raw_path
    )
    return httpcore.Proxy(url, auth=proxy.raw_auth, ssl_context=authorities if proxy.url.scheme == "https" else None)


def _socks(address: str) -> SocksProxy | None:
    try:
        url = httpx.URL(address)
    except httpx.InvalidURL:
        raise UnusableProxy("the address of the proxy cannot be read") from None
    if (url.port or 0) > _HIGHEST_PORT:
        raise UnusableProxy("the address of the proxy cannot be read")
    if url.scheme not in {*_SOCKS_SCHEMES, "http", "https"}:
        raise UnusableProxy(f"{url.scheme or 'that'} is no kind of proxy that can be used")
    if url.scheme not in _SOCKS_SCHEMES:
        return None
    login = (url.username, url.password) if url.username or url.password else None
    return SocksProxy(url.raw_host.decode("ascii"), url.port or _SOCKS_PORT, login)
