"""Listens on all addresses of this machine, by TCP and UDP, for whatever a page may send, and answers so that a browser asks for more."""

import base64
import hashlib
import re
import socket
import threading
from collections import Counter
from contextlib import suppress
from types import TracebackType
from typing import Self

_MAGIC = b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11"


class Canary:
    """`heard` holds the first line of every connection ("" if none came before the end) and "udp" for each datagram."""

    def __init__(self) -> None:
        self.heard: list[str] = []
        four = _bound(socket.AF_INET, socket.SOCK_STREAM, "0.0.0.0", 0)
        self.port: int = four.getsockname()[1]
        self._sockets = [
            four,
            _bound(socket.AF_INET6, socket.SOCK_STREAM, "::1", self.port),
            _bound(socket.AF_INET, socket.SOCK_DGRAM, "0.0.0.0", self.port),
            _bound(socket.AF_INET6, socket.SOCK_DGRAM, "::1", self.port),
        ]
        self._closing = threading.Event()
        self._threads: list[threading.Thread] = []

    def __enter__(self) -> Self:
        for one in self._sockets:
            serve = self._accept if one.type == socket.SOCK_STREAM else self._receive
            self._run(serve, one)
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _t: TracebackType | None
    ) -> None:
        self._closing.set()
        for thread in self._threads:
            thread.join()
        for one in self._sockets:
            one.close()

    def names(self) -> Counter[str]:
        """Return how often each path was requested, without its extension and its query, and the number of datagrams as "udp"."""
        return Counter(match[1] for line in self.heard if (match := re.match(r"(?:[A-Z]+ /)?([a-z0-9-]+)", line)))

    def _run(self, target: object, *arguments: object) -> None:
        thread = threading.Thread(target=target, args=arguments)  # type: ignore[arg-type]
        self._threads.append(thread)
        thread.start()

    def _accept(self, listener: socket.socket) -> None:
        while not self._closing.is_set():
            try:
                connection, _ = listener.accept()
            except TimeoutError:
                continue
            self._run(self._talk, connection)

    def _receive(self, listener: socket.socket) -> None:
        while not self._closing.is_set():
            try:
                listener.recvfrom(2_000)
            except TimeoutError:
                continue
            self.heard.append("udp")

    def _talk(self, connection: socket.socket) -> None:
        with connection:
            connection.settimeout(0.1)
            request = b""
            with suppress(ConnectionError):
                while b"\r\n\r\n" not in request and not self._closing.is_set():
                    with suppress(TimeoutError):  # a connection that waits for its request, or a busy machine
                        if not (more := connection.recv(65_536)):
                            break
                        request += more
            self.heard.append(request.partition(b"\r\n")[0].decode("latin-1"))
            with suppress(OSError):
                connection.sendall(_answer(request))


def _bound(family: int, kind: int, host: str, port: int) -> socket.socket:
    one = socket.socket(family, kind)
    one.bind((host, port))
    one.settimeout(0.1)
    if kind == socket.SOCK_STREAM:
        one.listen(100)
    return one


def _answer(request: bytes) -> bytes:
    if key := re.search(rb"Sec-WebSocket-Key: (\S+)", request):
        token = base64.b64encode(hashlib.sha1(key[1] + _MAGIC).digest())
        head = b"HTTP/1.1 101 Switching\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: "
        return head + token + b"\r\n\r\n"
    kind = b"text/css" if b".css" in request else b"text/javascript" if b".js" in request else b"text/html"
    return (
        b"HTTP/1.1 200 OK\r\nAccess-Control-Allow-Origin: *\r\nConnection: close\r\nContent-Length: 0\r\nContent-Type: "
        + kind
        + b"\r\n\r\n"
    )
