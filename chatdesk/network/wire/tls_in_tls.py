"""TLS inside a TLS connection: an https server behind an https proxy.

asyncio's own transport cannot be closed there: `abort` of the inner one calls itself without end on Python 3.12 and 3.13, and raised a
`TypeError` before (gh-113214). The inner TLS therefore runs over memory (`ssl.SSLContext.wrap_bio`), and its bytes go through the outer
connection like any others.
"""

import asyncio
import ssl
from collections.abc import Callable
from typing import Protocol

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
