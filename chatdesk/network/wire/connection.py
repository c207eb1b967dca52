"""Connections for httpcore based on asyncio's transports: TCP, TLS, and TLS in TLS.

A socket is read only on demand: data that arrives meanwhile stays in the system's buffer, is read at once, and wakes no task. h11
receives the head of a reply, never its body: `read` stops after the blank line, and `read_body` continues from there.
"""

import asyncio
import re
import ssl
from collections.abc import Callable, Iterable
from typing import Any, Protocol, cast

import httpcore

from chatdesk.network.wire.connecting import MayConnect, connect

# TLS in a TLS connection: an https server behind an https proxy.
#
# asyncio's own transport cannot be closed in this case: `abort` of the inner one calls itself endlessly on Python 3.12 and 3.13, and raised
# a `TypeError` before (gh-113214). The inner TLS therefore uses memory buffers (`ssl.SSLContext.wrap_bio`), and its bytes are sent through
# the outer connection like any others.

_READ_AT_ONCE = 256 * 1024


class OuterConnection(Protocol):
    """The outer connection, which carries the inner one."""

    transport: asyncio.Transport

    async def receive(self) -> bytes:
        """Return all data available, waiting if there is none; empty at the end. Raise `OSError`."""

    async def send(self, data: bytes) -> None:
        """Send data. Raise `OSError`."""

    async def close(self) -> None:
        """Close the socket immediately."""


class TlsInTls:
    """The inner connection. It must not be read by two tasks at once."""

    def __init__(self, outer: OuterConnection, context: ssl.SSLContext, server_hostname: str | None) -> None:
        self._outer = outer
        self.transport = outer.transport
        self._received, self._to_send = ssl.MemoryBIO(), ssl.MemoryBIO()
        self.tls = context.wrap_bio(self._received, self._to_send, server_hostname=server_hostname)

    @classmethod
    async def begin(cls, outer: OuterConnection, context: ssl.SSLContext, server_hostname: str | None) -> "TlsInTls":
        """Return the connection after its handshake. Raise `OSError` (including `ssl.SSLError`) after closing the outer connection."""
        connection = cls(outer, context, server_hostname)
        await connection.handshake()
        return connection

    async def handshake(self) -> None:
        """Perform the handshake. Raise `OSError` after closing the outer connection."""
        try:
            await self._complete(self.tls.do_handshake)
        except BaseException:
            await self._outer.close()
            raise

    async def receive(self) -> bytes:
        """Return all data available, waiting if there is none; empty at the end. Raise `OSError`."""
        try:
            return await self._complete(lambda: self.tls.read(_READ_AT_ONCE))
        except (ssl.SSLZeroReturnError, ssl.SSLEOFError):
            return b""

    async def send(self, data: bytes) -> None:
        """Send all data. Raise `OSError`."""
        sent = 0
        while sent < len(data):
            rest = data[sent:]
            sent += await self._complete(lambda: self.tls.write(rest))  # noqa: B023 - called before the next iteration

    async def close(self) -> None:
        """Close the socket immediately, regardless of pending data."""
        await self._outer.close()

    async def _complete[T](self, operation: Callable[[], T]) -> T:
        """Repeat an operation until it has the bytes it needs, and send those it produced."""
        while True:
            try:
                result = operation()
            except ssl.SSLWantReadError:
                await self._flush()
                if data := await self._outer.receive():
                    self._received.write(data)
                else:
                    self._received.write_eof()
            except ssl.SSLError:
                await self._flush()  # the alert that informs the other side
                raise
            else:
                await self._flush()
                return result

    async def _flush(self) -> None:
        if self._to_send.pending:
            await self._outer.send(self._to_send.read())


_HEAD_END = re.compile(rb"\n\r?\n")
_WRITTEN_AT_ONCE = 64 * 1024
_MAX_HEADS = 32
"""Maximum number of heads before a reply, plus one for each second of waiting."""
_MAX_PREVIOUS_END = 2
"""Number of bytes of a blank line that may be at the end of the previous chunk."""


class AsyncioBackend(httpcore.AsyncNetworkBackend):
    """Opens connections on the running loop, to addresses allowed by `may_connect`."""

    def __init__(self, may_connect: MayConnect | None = None) -> None:
        self._may_connect = may_connect

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109 - httpcore's signature, here and below
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> "Connection":
        """Connect to the host. Raise `ConnectError`, `ConnectTimeout` or `AddressRefused`."""
        del local_address, socket_options  # the client does not set them
        try:
            async with asyncio.timeout(timeout):
                _, inbox = await connect(_Inbox, host, port, self._may_connect)
        except TimeoutError as error:
            raise httpcore.ConnectTimeout(str(error)) from error
        except OSError as error:
            raise httpcore.ConnectError(str(error)) from error
        return Connection(inbox)

    async def sleep(self, seconds: float) -> None:
        """Wait for some seconds."""
        await asyncio.sleep(seconds)


class Connection(httpcore.AsyncNetworkStream):
    """A connection. It must not be read by two tasks at once."""

    def __init__(self, inbox: "_Inbox | TlsInTls") -> None:
        self._inbox = inbox
        self._held = b""
        """Data after the head of a reply that was read with it."""
        self._previous_end = b""
        self._heads = 0
        """Number of heads since the last write: a reply may be preceded by interim ones (103, or 102 while it is prepared)."""
        self._sent_at = 0.0

    async def read(self, max_bytes: int, timeout: float | None = None) -> bytes:  # noqa: ASYNC109
        """Return further data of the head of a reply, without the body; empty at the end of the connection.

        Raise `RemoteProtocolError` for endless interim heads: each one restarts the timeout without being an answer.
        """
        try:
            async with asyncio.timeout(timeout):
                data = await self.read_body()
        except TimeoutError as error:
            raise httpcore.ReadTimeout(str(error)) from error
        blank_line = _HEAD_END.search(self._previous_end + data)
        end = blank_line.end() - len(self._previous_end) if blank_line else len(data)
        is_whole = blank_line is not None and end <= max_bytes
        self._heads += is_whole
        if self._heads > _MAX_HEADS + asyncio.get_running_loop().time() - self._sent_at:
            raise httpcore.RemoteProtocolError("interim replies without end")
        end = min(end, max_bytes)
        self._previous_end = b"" if is_whole else (self._previous_end + data[:end])[-_MAX_PREVIOUS_END:]
        self._held = data[end:]
        return data[:end]

    async def read_body(self) -> bytes:
        """Return the available data, waiting if there is none; empty at the end of the connection. Raise `ReadError`."""
        if self._held:
            held, self._held = self._held, b""
            return held
        try:
            return await self._inbox.receive()
        except OSError as error:
            raise httpcore.ReadError(str(error)) from error

    async def read_exactly(self, count: int) -> bytes:
        """Return exactly `count` bytes and keep the rest. Raise `ReadError`, also at the end of the connection."""
        data = b""
        while len(data) < count:
            more = await self.read_body()
            if not more:
                raise httpcore.ReadError("the connection ended")
            data += more
        self._held = data[count:]
        return data[:count]

    async def write(self, buffer: bytes, timeout: float | None = None) -> None:  # noqa: ASYNC109
        """Send data. Return when the system has accepted enough. Raise `WriteError`, or `WriteTimeout` without progress.

        A large file takes minutes over a slow connection and continues as long as there is progress.
        """
        self._heads, self._sent_at = 0, asyncio.get_running_loop().time()
        try:
            for begin in range(0, len(buffer), _WRITTEN_AT_ONCE):
                async with asyncio.timeout(timeout):
                    await self._inbox.send(buffer[begin : begin + _WRITTEN_AT_ONCE])
        except TimeoutError as error:
            raise httpcore.WriteTimeout(str(error)) from error
        except OSError as error:
            raise httpcore.WriteError(str(error)) from error

    async def aclose(self) -> None:
        """Close the socket immediately, regardless of pending data."""
        await self._inbox.close()

    async def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,  # noqa: ASYNC109
    ) -> httpcore.AsyncNetworkStream:
        """Return the connection inside this one. Raise `ConnectError` or `ConnectTimeout` after closing this one."""
        outer = self._inbox
        try:
            async with asyncio.timeout(timeout):
                if isinstance(outer, _Inbox) and outer.tls is None:
                    return Connection(await _begin_tls(outer, ssl_context, server_hostname))
                return Connection(await TlsInTls.begin(outer, ssl_context, server_hostname))
        except TimeoutError as error:
            raise httpcore.ConnectTimeout(str(error)) from error
        except OSError as error:
            raise httpcore.ConnectError(str(error)) from error

    def get_extra_info(self, info: str) -> Any:  # noqa: ANN401 - httpcore's signature
        """Return the TLS object or the socket, or None."""
        if info == "ssl_object":
            return self._inbox.tls
        return self._inbox.transport.get_extra_info("socket") if info == "socket" else None


async def _begin_tls(plain: "_Inbox", context: ssl.SSLContext, server_hostname: str | None) -> "_Inbox":
    """Switch asyncio's transport to TLS. Raise `OSError` after closing the connection."""
    inbox = _Inbox()
    plain.is_detached = True
    transport = await asyncio.get_running_loop().start_tls(
        plain.transport, inbox, context, server_hostname=server_hostname
    )
    if transport is None:
        raise OSError("the connection ended before it was secure")
    inbox.connection_made(transport)
    return inbox


class _Inbox(asyncio.Protocol):
    """The data read by a transport. Reading continues only on demand."""

    transport: asyncio.Transport

    def __init__(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._chunks: list[bytes] = []
        self._has_ended = False
        self._error: Exception | None = None
        self._arrival: asyncio.Future[None] | None = None
        self._drained: asyncio.Future[None] | None = None
        self._is_full = False
        self._closed = self._loop.create_future()
        self.is_detached = False
        """Whether it carries another connection (TLS): it then receives no events any more, not even its end."""

    @property
    def tls(self) -> ssl.SSLObject | None:
        """The TLS object of this connection, or None."""
        return cast("ssl.SSLObject | None", self.transport.get_extra_info("ssl_object"))

    async def receive(self) -> bytes:
        """Return all data available, waiting if there is none; empty at the end. Raise the `OSError` that broke the connection."""
        if not self._chunks and not self._has_ended:
            self.transport.resume_reading()
            self._arrival = self._loop.create_future()
            try:
                await self._arrival
            finally:
                self._arrival = None
                self.transport.pause_reading()
        chunks, self._chunks = self._chunks, []
        if not chunks and self._error:
            raise self._error
        return chunks[0] if len(chunks) == 1 else b"".join(chunks)

    async def send(self, data: bytes) -> None:
        if self._has_ended and self._error:
            raise self._error
        self.transport.write(data)
        if self._is_full:
            self._drained = self._loop.create_future()
            await self._drained

    async def close(self) -> None:
        self.transport.abort()
        if not self.is_detached:
            await asyncio.shield(self._closed)

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast("asyncio.Transport", transport)
        self.transport.pause_reading()

    def data_received(self, data: bytes) -> None:
        self._chunks.append(data)
        self.transport.pause_reading()
        self._wake(self._arrival)

    def eof_received(self) -> bool:
        self._has_ended = True
        self._wake(self._arrival)
        return False

    def connection_lost(self, exc: Exception | None) -> None:
        if exc and not isinstance(exc, OSError):
            exc = OSError(str(exc))
        self._has_ended, self._error = True, exc
        for waiter in (self._arrival, self._drained, self._closed):
            self._wake(waiter)

    def pause_writing(self) -> None:
        self._is_full = True

    def resume_writing(self) -> None:
        self._is_full = False
        self._wake(self._drained)

    @staticmethod
    def _wake(waiter: "asyncio.Future[None] | None") -> None:
        if waiter and not waiter.done():
            waiter.set_result(None)
