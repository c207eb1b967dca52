"""The transport below httpx's client: httpcore's proxies and heads on our own connections, and bodies unwrapped a read at a time."""

import ssl
from collections.abc import AsyncGenerator, Awaitable, Callable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import cast

import httpcore
import httpx

from chatdesk.network.wire.body_framing import BodyFramer, BrokenBody, body_framer
from chatdesk.network.wire.connecting import MayConnect
from chatdesk.network.wire.connection import AsyncioBackend, Connection
from chatdesk.network.wire.socks import SocksBackend, SocksProxy

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
