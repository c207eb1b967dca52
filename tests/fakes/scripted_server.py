"""A TCP server whose every byte, pause and cut is written by the test, and which remembers who asked what and who hung up when.

No HTTP framework: frameworks repair what a test wants broken. In asynchronous tests use it with `async with`; from other tests run it
on a thread of its own with `on_thread(server)`.
"""

import asyncio
import contextlib
import inspect
import json
import socket
import ssl
import struct
import sys
import threading
import time
from collections.abc import AsyncIterable, AsyncIterator, Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Self

from tests.own_time import TIMEOUT

if sys.platform == "linux":
    import fcntl
    import termios

REASONS = {
    200: "OK",
    301: "Moved Permanently",
    307: "Temporary Redirect",
    400: "Bad Request",
    404: "Not Found",
    500: "Internal Server Error",
}


@dataclass(frozen=True)
class Pause:
    """Say nothing for a while."""

    seconds: float


@dataclass(frozen=True)
class Until:
    """Say nothing until the test says so. The event belongs to the loop the server runs on."""

    event: asyncio.Event


@dataclass(frozen=True)
class Hang:
    """Say nothing more, and keep the connection open until the client leaves."""


@dataclass(frozen=True)
class Reset:
    """End the connection with a TCP reset, as a crashed server does. On Linux, the client's system has received everything before."""


Step = bytes | Pause | Until | Hang | Reset


@dataclass(frozen=True)
class Request:
    """What a client sent. `at` is on the clock of `time.monotonic`; header names are lower case."""

    method: str
    path: str
    headers: Mapping[str, str]
    body: bytes
    at: float

    def json(self) -> object:
        return json.loads(self.body)


@dataclass(frozen=True)
class Disconnect:
    """The client left while `request` was being answered, after `steps` steps of the script."""

    request: Request
    steps: int
    at: float


Script = Callable[[Request], Iterable[Step] | AsyncIterable[Step]]


@dataclass
class ScriptedServer:
    """Answers every request by the steps of `script`, then waits for the next one (`keep_alive`) or closes the connection."""

    script: Script
    keep_alive: bool = False
    tls: ssl.SSLContext | None = None
    host: str = "127.0.0.1"
    requests: list[Request] = field(default_factory=list)
    disconnects: list[Disconnect] = field(default_factory=list)
    connections: int = 0
    port: int = 0
    _server: asyncio.Server | None = None
    _open: dict[asyncio.Task, asyncio.StreamWriter] = field(default_factory=dict)
    _changed: threading.Condition = field(default_factory=threading.Condition)

    @property
    def url(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{'https' if self.tls else 'http'}://{host}:{self.port}"

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(self._serve, self.host, self.port, limit=1 << 20, ssl=self.tls)
        self.port = self._server.sockets[0].getsockname()[1]
        return self

    async def __aexit__(self, *_: object) -> None:
        # asyncio drops a connection, open as it is, whose server has closed between accepting it and the first step of its task.
        while any(map(_is_yet_to_begin, asyncio.all_tasks())):
            await asyncio.sleep(0)
        self._server.close()
        for writer in self._open.values():
            writer.transport.abort()
        # And those that nobody serves yet: just accepted, or in a handshake that the other side has given up.
        while transports := self._transports():
            for transport in transports:
                transport.abort()
            await asyncio.sleep(0.001)
        while self._open:
            await asyncio.wait(self._open)
        await self._server.wait_closed()

    def _transports(self) -> list[asyncio.Transport]:
        """What asyncio holds of connections to this server; nothing else reports that."""
        held = getattr(asyncio.get_running_loop(), "_transports", {}).values()  # Windows' own loop has none
        ours = [one for one in held if (one.get_extra_info("sockname") or ())[1:2] == (self.port,)]
        return [one for one in ours if not one.is_closing()]

    async def until(self, condition: Callable[[], object], seconds: float = TIMEOUT) -> None:
        """Wait in an asynchronous test until `condition` holds."""
        async with asyncio.timeout(seconds):
            while not condition():
                await asyncio.sleep(0.002)

    def wait_until(self, condition: Callable[[], object], seconds: float = TIMEOUT) -> bool:
        """Wait in any other test; return whether `condition` came to hold."""
        with self._changed:
            return bool(self._changed.wait_for(condition, seconds))

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if writer.transport.is_closing():
            return  # the server has ended meanwhile
        task = asyncio.current_task()
        self._open[task] = writer
        task.add_done_callback(self._open.pop)
        self.connections += 1
        if writer.is_closing():
            return  # accepted at the very end, and closed before anybody served it
        connection = _Connection(reader, writer)
        # A client may leave at any moment: what it was sent until then is what counts.
        with contextlib.suppress(ConnectionError, ssl.SSLError):
            while request := await connection.read_request():
                self._note(self.requests, request)
                if not await self._answer(connection, request) or not self.keep_alive:
                    break
        writer.close()
        with contextlib.suppress(ConnectionError, ssl.SSLError):
            await writer.wait_closed()

    async def _answer(self, connection: "_Connection", request: Request) -> bool:
        """Return whether the connection can go on."""
        counter = _Counter()
        playing = asyncio.ensure_future(connection.play(self.script(request), counter))
        leaving = asyncio.ensure_future(connection.watch())
        try:
            await asyncio.wait({playing, leaving}, return_when=asyncio.FIRST_COMPLETED)
            failed = playing.done() and playing.exception() is not None
            if not playing.done() or failed:
                self._note(self.disconnects, Disconnect(request, counter.steps, time.monotonic()))
                return False
            return playing.result()
        finally:
            for task in (playing, leaving):
                task.cancel()
            await asyncio.gather(playing, leaving, return_exceptions=True)

    def _note(self, log: list, entry: object) -> None:
        with self._changed:
            log.append(entry)
            self._changed.notify_all()


def _is_yet_to_begin(task: asyncio.Task) -> bool:
    work = task.get_coro()
    return inspect.iscoroutine(work) and inspect.getcoroutinestate(work) == inspect.CORO_CREATED


@dataclass
class _Counter:
    steps: int = 0


_TLS = b"\x16\x03"
"""How a handshake begins. Servers that speak none hang up on it."""


class _Connection:
    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader = reader
        self._writer = writer
        self._buffer = b""
        sock = writer.get_extra_info("socket")
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 256 * 1024)
        writer.transport.set_write_buffer_limits(
            high=1
        )  # so that drain() waits for the client; with 0 it would wait for ever over TLS

    async def read_request(self) -> Request | None:
        while b"\r\n\r\n" not in self._buffer:
            if not await self._fill() or self._buffer.startswith(_TLS):
                return None
        head, _, self._buffer = self._buffer.partition(b"\r\n\r\n")
        first, *lines = head.decode("latin-1").split("\r\n")
        method, path, _ = first.split(" ", 2)
        headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
        length = int(headers.get("content-length", 0))
        while len(self._buffer) < length:
            if not await self._fill():
                return None
        body, self._buffer = self._buffer[:length], self._buffer[length:]
        return Request(method, path, headers, body, time.monotonic())

    async def watch(self) -> None:
        """Return when the client has left."""
        with contextlib.suppress(ConnectionError, ssl.SSLError):
            while await self._fill():
                pass

    async def play(self, steps: Iterable[Step] | AsyncIterable[Step], counter: _Counter) -> bool:
        """Return whether the connection is still open."""
        async for step in _each(steps):
            match step:
                case bytes():
                    self._writer.write(step)
                    await self._writer.drain()
                    await asyncio.sleep(
                        0
                    )  # over TLS, drain() neither waits nor fails when the client has gone: that is told in a turn
                case Pause(seconds):
                    await asyncio.sleep(seconds)
                case Until(event):
                    await event.wait()
                case Hang():
                    await asyncio.get_running_loop().create_future()
                case Reset():
                    await self._until_received()
                    sock = self._writer.get_extra_info("socket")
                    linger = struct.pack("hh" if sys.platform == "win32" else "ii", 1, 0)
                    sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
                    self._writer.transport.abort()
                    return False
            counter.steps += 1
        return True

    async def _until_received(self) -> None:
        """Wait until the client's system has acknowledged everything: a reset discards what is still on this side."""
        while not self._writer.is_closing() and self._unacknowledged():
            await asyncio.sleep(0.001)

    def _unacknowledged(self) -> int:
        """Return the number of bytes that were written and not acknowledged, of which only Linux says all."""
        waiting = self._writer.transport.get_write_buffer_size()
        if sys.platform == "linux":
            descriptor = self._writer.get_extra_info("socket").fileno()
            waiting += struct.unpack("i", fcntl.ioctl(descriptor, termios.TIOCOUTQ, bytes(4)))[0]
        return waiting

    async def _fill(self) -> bool:
        data = await self._reader.read(65536)
        self._buffer += data
        return bool(data)


async def _each(steps: Iterable[Step] | AsyncIterable[Step]) -> AsyncIterator[Step]:
    if isinstance(steps, AsyncIterable):
        async for step in steps:
            yield step
    else:
        for step in steps:
            yield step


@contextlib.contextmanager
def on_thread(server: ScriptedServer) -> Iterator[ScriptedServer]:
    """Run the server on a thread of its own for the length of the block."""
    ready, stopped = threading.Event(), asyncio.Event()
    loops: list[asyncio.AbstractEventLoop] = []

    async def serve() -> None:
        async with server:
            loops.append(asyncio.get_running_loop())
            ready.set()
            await stopped.wait()

    thread = threading.Thread(target=asyncio.run, args=(serve(),), name="scripted server")
    thread.start()
    try:
        assert ready.wait(TIMEOUT)
        yield server
    finally:
        loops[0].call_soon_threadsafe(stopped.set)
        thread.join(TIMEOUT)


def head(status: int = 200, content_type: str = "text/event-stream", headers: Mapping[str, str] | None = None) -> bytes:
    """Return the head of a chunked reply."""
    every = {"Content-Type": content_type, "Transfer-Encoding": "chunked", **(headers or {})}
    return _head(status, every)


def bare_head(status: int, headers: Mapping[str, str] | None = None) -> bytes:
    """Return the head of a reply to HEAD. A length in it is that of the body GET would have."""
    return _head(status, headers or {})


def chunk(data: bytes | str) -> bytes:
    """Return one piece of a chunked body."""
    data = data.encode() if isinstance(data, str) else data
    return b"%x\r\n%s\r\n" % (len(data), data)


LAST_CHUNK = b"0\r\n\r\n"


def reply(
    body: object = b"",
    status: int = 200,
    content_type: str = "application/json",
    headers: Mapping[str, str] | None = None,
) -> bytes:
    """Return a whole reply. A body that is neither bytes nor text is sent as JSON."""
    if not isinstance(body, bytes | str):
        body = json.dumps(body)
    data = body.encode() if isinstance(body, str) else body
    return _head(status, {"Content-Type": content_type, "Content-Length": str(len(data)), **(headers or {})}) + data


def _head(status: int, headers: Mapping[str, str]) -> bytes:
    lines = [
        f"HTTP/1.1 {status} {REASONS.get(status, 'Status')}",
        *(f"{name}: {value}" for name, value in headers.items()),
    ]
    return "\r\n".join([*lines, "", ""]).encode("latin-1")
