"""Connections as httpcore wants them, over asyncio's own transports: TCP, TLS, and TLS in TLS.

A socket is read only while somebody waits for it: what arrives meanwhile stays with the system, comes in one piece, and wakes nobody. And
h11 is given the head of a reply, never its body: `read` stops behind the blank line, and `read_body` goes on from there.
"""

import asyncio
import re
import ssl
from collections.abc import Callable, Iterable
from typing import Any, Protocol, cast

import httpcore

from chatdesk.network.wire.connecting import MayConnect, connect

# TLS inside a TLS connection: an https server behind an https proxy.
#
# asyncio's own transport cannot be closed there: `abort` of the inner one calls itself without end on Python
# 3.12 and 3.13, and raised a `TypeError` before (gh-113214). The inner TLS therefore runs over memory
# (`ssl.SSLContext.wrap_bio`), and its bytes go through the outer connection like any others.

_READ_AT_ONCE = 256 * 1024


class Outside(Protocol):
    """The connection that carries the inner one."""

    transport: asyncio.Transport

    async def take(self) -> bytes:
        """Return everything that has come, or comes next; empty at the end. Raises `OSError`."""

    async def send(self, data: bytes) -> None:
        """Send. Raises `OSError`."""

    async def close(self) -> None:
        """Close the socket at once."""


class TlsInTls:
    """The inner connection. Not to be read by two at a time."""

    def __init__(self, outside: Outside, context: ssl.SSLContext, server_hostname: str | None) -> None:
        self._outside = outside
        self.transport = outside.transport
        self._received, self._to_send = ssl.MemoryBIO(), ssl.MemoryBIO()
        self.tls = context.wrap_bio(self._received, self._to_send, server_hostname=server_hostname)

    @classmethod
    async def begin(cls, outside: Outside, context: ssl.SSLContext, server_hostname: str | None) -> "TlsInTls":
        """Return the connection after its handshake. Raises `OSError` (`ssl.SSLError` is one), and has closed the outer one then."""
        connection = cls(outside, context, server_hostname)
        await connection.handshake()
        return connection

    async def handshake(self) -> None:
        """Agree on keys with the server. Raises `OSError`, and has closed the outer connection then."""
        try:
            await self._complete(self.tls.do_handshake)
        except BaseException:
            await self._outside.close()
            raise

    async def take(self) -> bytes:
        """Return what has come, or comes next; empty at the end. Raises `OSError`."""
        try:
            return await self._complete(lambda: self.tls.read(_READ_AT_ONCE))
        except (ssl.SSLZeroReturnError, ssl.SSLEOFError):
            return b""

    async def send(self, data: bytes) -> None:
        """Send all of it. Raises `OSError`."""
        sent = 0
        while sent < len(data):
            rest = data[sent:]
            sent += await self._complete(lambda: self.tls.write(rest))  # noqa: B023 - called before the next round

    async def close(self) -> None:
        """Close the socket at once, whatever is on its way."""
        await self._outside.close()

    async def _complete[T](self, operation: Callable[[], T]) -> T:
        """Repeat the operation until it has the bytes it needs, and send those it made."""
        while True:
            try:
                result = operation()
            except ssl.SSLWantReadError:
                await self._flush()
                if data := await self._outside.take():
                    self._received.write(data)
                else:
                    self._received.write_eof()
            except ssl.SSLError:
                await self._flush()  # the alert that tells the other side why
                raise
            else:
                await self._flush()
                return result

    async def _flush(self) -> None:
        if self._to_send.pending:
            await self._outside.send(self._to_send.read())


_HEAD_END = re.compile(rb"\n\r?\n")
_WRITTEN_AT_ONCE = 64 * 1024
_MOST_HEADS = 32
"""Before a reply, and one more for each second that it is waited for."""
_LONGEST_SEAM = 2
"""Bytes of a blank line that an earlier piece may end with."""


class AsyncioBackend(httpcore.AsyncNetworkBackend):
    """Opens connections on the running loop, to addresses that `may_connect` does not refuse."""

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
        """Connect to the host. Raises `ConnectError`, `ConnectTimeout` or `AddressRefused`."""
        del local_address, socket_options  # the client asks for none
        try:
            async with asyncio.timeout(timeout):
                _, inbox = await connect(_Inbox, host, port, self._may_connect)
        except TimeoutError as error:
            raise httpcore.ConnectTimeout(str(error)) from error
        except OSError as error:
            raise httpcore.ConnectError(str(error)) from error
        return Connection(inbox)

    async def sleep(self, seconds: float) -> None:
        """Wait."""
        await asyncio.sleep(seconds)


class Connection(httpcore.AsyncNetworkStream):
    """One connection. Not to be read by two at a time."""

    def __init__(self, inbox: "_Inbox | TlsInTls") -> None:
        self._inbox = inbox
        self._held = b""
        """What came with the head of a reply, behind it."""
        self._seam = b""
        self._heads = 0
        """Those that have come since something was sent: a reply may have some before its own (103, or 102 while it is made)."""
        self._sent_at = 0.0

    async def read(self, max_bytes: int, timeout: float | None = None) -> bytes:  # noqa: ASYNC109
        """Return more of the head of a reply, and nothing of what comes behind it; empty at the end of the connection.

        Raises `RemoteProtocolError` for heads without end before the reply's own: each costs time, and none is an answer.
        """
        try:
            async with asyncio.timeout(timeout):
                data = await self.read_body()
        except TimeoutError as error:
            raise httpcore.ReadTimeout(str(error)) from error
        blank_line = _HEAD_END.search(self._seam + data)
        end = blank_line.end() - len(self._seam) if blank_line else len(data)
        is_whole = blank_line is not None and end <= max_bytes
        self._heads += is_whole
        if self._heads > _MOST_HEADS + asyncio.get_running_loop().time() - self._sent_at:
            raise httpcore.RemoteProtocolError("interim replies without end")
        end = min(end, max_bytes)
        self._seam = b"" if is_whole else (self._seam + data[:end])[-_LONGEST_SEAM:]
        self._held = data[end:]
        return data[:end]

    async def read_body(self) -> bytes:
        """Return what has come, or comes next; empty at the end of the connection. Raises `ReadError`."""
        if self._held:
            held, self._held = self._held, b""
            return held
        try:
            return await self._inbox.take()
        except OSError as error:
            raise httpcore.ReadError(str(error)) from error

    async def read_exactly(self, count: int) -> bytes:
        """Return the next `count` bytes, and leave what comes behind them. Raises `ReadError`, also at the end of the connection."""
        data = b""
        while len(data) < count:
            more = await self.read_body()
            if not more:
                raise httpcore.ReadError("the connection ended")
            data += more
        self._held = data[count:]
        return data[:count]

    async def write(self, buffer: bytes, timeout: float | None = None) -> None:  # noqa: ASYNC109
        """Send. Returns when the system has taken enough. Raises `WriteError`, or `WriteTimeout` if it takes nothing for so long.

        A large file takes minutes over a slow line, and goes on as long as something of it does.
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
        """Close the socket at once, whatever is on its way."""
        await self._inbox.close()

    async def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,  # noqa: ASYNC109
    ) -> httpcore.AsyncNetworkStream:
        """Return the connection inside this one. Raises `ConnectError` or `ConnectTimeout`, and has closed this one then."""
        outside = self._inbox
        try:
            async with asyncio.timeout(timeout):
                if isinstance(outside, _Inbox) and outside.tls is None:
                    return Connection(await _begin_tls(outside, ssl_context, server_hostname))
                return Connection(await TlsInTls.begin(outside, ssl_context, server_hostname))
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
    """Let asyncio's transport speak TLS from here on. Raises `OSError`, and has closed the connection then."""
    inbox = _Inbox()
    plain.is_taken_over = True
    transport = await asyncio.get_running_loop().start_tls(
        plain.transport, inbox, context, server_hostname=server_hostname
    )
    if transport is None:
        raise OSError("the connection ended before it was secure")
    inbox.connection_made(transport)
    return inbox


class _Inbox(asyncio.Protocol):
    """What a transport has read. It reads on only while somebody waits."""

    transport: asyncio.Transport

    def __init__(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._pieces: list[bytes] = []
        self._has_ended = False
        self._error: Exception | None = None
        self._arrival: asyncio.Future[None] | None = None
        self._room: asyncio.Future[None] | None = None
        self._is_full = False
        self._closed = self._loop.create_future()
        self.is_taken_over = False
        """Whether it is the outside of another connection (TLS): it is told nothing any more then, not even of its end."""

    @property
    def tls(self) -> ssl.SSLObject | None:
        """The TLS of this connection, if it has any."""
        return cast("ssl.SSLObject | None", self.transport.get_extra_info("ssl_object"))

    async def take(self) -> bytes:
        """Return everything that has come, or comes next; empty at the end. Raises the `OSError` the connection broke with."""
        if not self._pieces and not self._has_ended:
            self.transport.resume_reading()
            self._arrival = self._loop.create_future()
            try:
                await self._arrival
            finally:
                self._arrival = None
                self.transport.pause_reading()
        pieces, self._pieces = self._pieces, []
        if not pieces and self._error:
            raise self._error
        return pieces[0] if len(pieces) == 1 else b"".join(pieces)

    async def send(self, data: bytes) -> None:
        if self._has_ended and self._error:
            raise self._error
        self.transport.write(data)
        if self._is_full:
            self._room = self._loop.create_future()
            await self._room

    async def close(self) -> None:
        self.transport.abort()
        if not self.is_taken_over:
            await asyncio.shield(self._closed)

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast("asyncio.Transport", transport)
        self.transport.pause_reading()

    def data_received(self, data: bytes) -> None:
        self._pieces.append(data)
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
        for waiter in (self._arrival, self._room, self._closed):
            self._wake(waiter)

    def pause_writing(self) -> None:
        self._is_full = True

    def resume_writing(self) -> None:
        self._is_full = False
        self._wake(self._room)

    @staticmethod
    def _wake(waiter: "asyncio.Future[None] | None") -> None:
        if waiter and not waiter.done():
            waiter.set_result(None)
