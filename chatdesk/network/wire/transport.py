"""The transport of httpx's client: httpcore's proxies and heads on custom connections, with incremental decoding of bodies."""

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

# Framing of HTTP/1.1 bodies. h11 parses the head before them.
#
# h11 is not used for bodies because it creates an event for every chunk, and servers send every token as a separate chunk. For an answer of
# 50,000 tokens, that was most of the cost of reading. This code is as strict as h11. Format:
# https://www.rfc-editor.org/rfc/rfc9112#section-6

_SIZE = re.compile(rb"([0-9A-Fa-f]{1,16})[ \t]*(?:;[^\r\n]*)?")
_MAX_LINE_BYTES = 16 * 1024
_MAX_TRAILER_BYTES = 64 * 1024
_NO_BODY = {204, 304}
_LINE_END = b"\r\n"


class BrokenBody(Exception):
    """The body does not match its head, or ends too early. `body` is the data decoded from the same bytes before the error."""

    def __init__(self, reason: str, body: bytes = b"") -> None:
        super().__init__(reason)
        self.body = body


class BodyFramer(Protocol):
    """Decodes one body. The result does not depend on how the bytes are split."""

    @property
    def is_complete(self) -> bool:
        """Whether the body is complete; bytes after it do not belong to it."""
        ...

    def feed(self, data: bytes) -> bytes:
        """Return the body data in `data`. Raise `BrokenBody`."""
        ...

    def finish(self) -> None:
        """Handle the end of the connection. Raise `BrokenBody` if the body is incomplete."""
        ...


def body_framer(status: int, headers: Iterable[tuple[bytes, bytes]], method: bytes = b"GET") -> BodyFramer:
    """Return the decoder for a reply whose head h11 has validated: only chunked, and consistent lengths.

    A reply to HEAD ends with its head, whatever its length field says, which is the length of the reply to GET.
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
    """A body of a given size."""

    def __init__(self, size: int) -> None:
        self._missing = size

    @property
    def is_complete(self) -> bool:
        """Whether all bytes have arrived."""
        return self._missing == 0

    def feed(self, data: bytes) -> bytes:
        """Return the bytes that belong to the body."""
        body = data[: self._missing]
        self._missing -= len(body)
        return body

    def finish(self) -> None:
        """Raise `BrokenBody` if bytes are missing."""
        if self._missing:
            raise BrokenBody(f"the connection ended {self._missing} bytes too early")


class EndlessBody:
    """A body that ends with the connection."""

    is_complete = False

    def feed(self, data: bytes) -> bytes:
        """Return `data`."""
        return data

    def finish(self) -> None:
        """Do nothing: the body ends with the connection."""


class ChunkedBody:
    """A chunked body. Each chunk costs about a microsecond."""

    def __init__(self) -> None:
        self._rest = b""
        """An incomplete line."""
        self._missing = 0
        """Number of missing bytes of the current chunk."""
        self._at_chunk_end = False
        self._in_trailers = False
        self._trailers = 0
        self.is_complete = False

    def feed(self, data: bytes) -> bytes:
        """Return the content of the chunks in `data`. Raise `BrokenBody` with the content before the error."""
        chunks: list[bytes] = []
        try:
            self._unwrap(self._rest + data if self._rest else data, chunks)
        except BrokenBody as error:
            raise BrokenBody(str(error), b"".join(chunks)) from None
        return b"".join(chunks)

    def finish(self) -> None:
        """Raise `BrokenBody` if the last chunk is missing."""
        if not self.is_complete:
            raise BrokenBody("the connection ended before the last chunk")

    def _unwrap(self, data: bytes, chunks: list[bytes]) -> None:
        position = 0
        while not self.is_complete:
            if self._missing:
                chunk = data[position : position + self._missing]
                chunks.append(chunk)
                position += len(chunk)
                self._missing -= len(chunk)
                if self._missing:
                    break
                self._at_chunk_end = True
            end = data.find(_LINE_END, position, position + _MAX_LINE_BYTES)
            if end < 0:
                break
            self._handle_line(data[position:end])
            position = end + 2
        self._rest = b"" if self.is_complete else data[position:]
        if self._at_chunk_end and not _LINE_END.startswith(self._rest):
            raise BrokenBody("a chunk is longer than its size")
        if len(self._rest) >= _MAX_LINE_BYTES:
            raise BrokenBody("a line between chunks has no end")

    def _handle_line(self, line: bytes) -> None:
        if self._at_chunk_end:
            if line:
                raise BrokenBody("a chunk is longer than its size")
            self._at_chunk_end = False
        elif self._in_trailers:
            self._trailers += len(line)
            if self._trailers > _MAX_TRAILER_BYTES:
                raise BrokenBody("the trailers have no end")
            self.is_complete = not line
        else:
            size = _SIZE.fullmatch(line)
            if size is None:
                raise BrokenBody(f"{line[:40]!r} is no size of a chunk")
            self._missing = int(size[1], 16)
            self._in_trailers = not self._missing


_SOCKS_PORT = 1080
_MAX_PORT = 65535
_SOCKS_SCHEMES = frozenset({"socks", "socks5", "socks5h"})
"""Desktops set `socks` in the environment. The host name is always resolved by the proxy."""


class UnusableProxy(ValueError):
    """The address of a proxy is invalid or of an unsupported type. The message does not contain it, because it may include a password."""


class Transport(httpx.AsyncBaseTransport):
    """A transport with a new connection, and a new httpcore pool, for each request. Raises httpx's errors, or `AddressRefused`.

    The target of a redirect is in the response's extensions as `location` instead of in its headers. Requests are rare: the server might
    close a reused connection just when it is written to. Also, httpcore does not remove a tunnel from its pool if its inner connection was
    never established; a pool per request leaves nothing behind.
    """

    def __init__(self, authorities: ssl.SSLContext, proxy: str | None, may_connect: MayConnect | None = None) -> None:
        """`may_connect` filters the addresses that are connected to; with a proxy, those of the proxy.

        Raise `UnusableProxy`.
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
        """Send the request and return the reply when its head has arrived."""
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
        # httpx builds the redirected request even if redirects are not followed, and fails for invalid addresses.
        headers = [(name, value) for name, value in reply.headers if name.lower() != b"location"]
        location = b"".join(value for name, value in reply.headers if name.lower() == b"location")
        return httpx.Response(reply.status, headers=headers, stream=body, extensions={"location": location})

    async def aclose(self) -> None:
        """Close all connections."""
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
    """Convert errors into httpx's errors, which have the same names."""
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
    if (url.port or 0) > _MAX_PORT:
        raise UnusableProxy("the address of the proxy cannot be read")
    if url.scheme not in {*_SOCKS_SCHEMES, "http", "https"}:
        raise UnusableProxy(f"{url.scheme or 'that'} is no kind of proxy that can be used")
    if url.scheme not in _SOCKS_SCHEMES:
        return None
    login = (url.username, url.password) if url.username or url.password else None
    return SocksProxy(url.raw_host.decode("ascii"), url.port or _SOCKS_PORT, login)
