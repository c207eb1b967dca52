"""Whatever a request is doing when it is given up, it ends at once and leaves no socket, no task and no connection behind."""

import asyncio
import gc
import socket
import ssl
import sys
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import AbstractAsyncContextManager, asynccontextmanager, suppress
from functools import partial
from pathlib import Path

import pytest

from chatdesk.kernel.errors.base import ServerError
from chatdesk.kernel.servers.server import ConnectionOptions, ProxyChoice
from chatdesk.network.endpoint import make_endpoint
from chatdesk.network.http import HttpClient
from chatdesk.network.timeouts import Timeouts
from tests.fakes.scripted_server import Hang, Reset, ScriptedServer, Step, chunk, head, reply
from tests.own_time import OwnTime, cancelled
from tests.paths import CERTIFICATES

pytestmark = [
    pytest.mark.skipif(sys.platform != "linux", reason="counts open files where Linux shows them"),
    pytest.mark.thorough,
]

PATIENT = Timeouts(connect=20.0, first_event=20.0)
TUNNEL = b"HTTP/1.1 200 Connection established\r\n\r\n"
BIG = {"words": "x" * 30_000_000}
"""More than the system takes of a server that does not read."""


def serving() -> ssl.SSLContext:
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(CERTIFICATES / "self_signed.pem")
    return context


ContextAction = tuple[str, ConnectionOptions]
"""An address, and the options of the connection to it."""


@asynccontextmanager
async def mute() -> AsyncIterator[str]:
    """Something that takes connections and neither reads nor says anything: a handshake that never ends."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        yield f"127.0.0.1:{listening.getsockname()[1]}"


@asynccontextmanager
async def plain(steps: Iterable[Step], *, tls: bool = False) -> AsyncIterator[ContextAction]:
    async with ScriptedServer(lambda _: steps, tls=serving() if tls else None) as server:
        yield server.url, ConnectionOptions()


@asynccontextmanager
async def silent(scheme: str) -> AsyncIterator[ContextAction]:
    async with mute() as place:
        yield f"{scheme}://{place}", ConnectionOptions()


@asynccontextmanager
async def behind(scheme: str, address: str, steps: Iterable[Step] | None) -> AsyncIterator[ContextAction]:
    """A proxy that answers with these steps, or is mute."""
    if steps is None:
        async with mute() as place:
            yield address, ConnectionOptions(ProxyChoice.ADDRESS, f"{scheme}://{place}")
        return
    async with ScriptedServer(lambda _: steps, tls=serving() if scheme == "https" else None) as proxy:
        ca_file = str(CERTIFICATES / "self_signed.pem") if scheme == "https" else ""
        yield address, ConnectionOptions(ProxyChoice.ADDRESS, proxy.url, ca_file)


@asynccontextmanager
async def dropping() -> AsyncIterator[ContextAction]:
    """A host that answers no packet: its queue is full."""
    with socket.socket() as full:
        full.bind(("127.0.0.1", 0))
        full.listen(0)
        place = full.getsockname()
        waiting = [socket.socket() for _ in range(3)]
        for one in waiting:
            one.setblocking(False)
            one.connect_ex(place)
        yield f"http://127.0.0.1:{place[1]}", ConnectionOptions()
        for one in waiting:
            one.close()


ELSEWHERE = "https://chat.example.invalid"
STATES: dict[str, Callable[[], AbstractAsyncContextManager[ContextAction]]] = {
    "connecting": dropping,
    "a handshake": lambda: silent("https"),
    "nothing read": lambda: silent("http"),
    "the head": lambda: plain([Hang()]),
    "half a head": lambda: plain([b"HTTP/1.1 200 OK\r\nX-A: 1\r\n", Hang()]),
    "the body": lambda: plain([head(), chunk("data: {}\n\n"), Hang()]),
    "CONNECT": lambda: behind("http", ELSEWHERE, [Hang()]),
    "CONNECT to a mute proxy": lambda: behind("http", ELSEWHERE, None),
    "a handshake with the proxy": lambda: behind("https", ELSEWHERE, None),
    "a handshake behind the proxy": lambda: behind("http", ELSEWHERE, [TUNNEL, Hang()]),
    "a handshake within a handshake": lambda: behind("https", ELSEWHERE, [TUNNEL, Hang()]),
    "the head behind the proxy": lambda: behind("http", "http://chat.example.invalid", [Hang()]),
    "SOCKS": lambda: behind("socks5", ELSEWHERE, None),
}
FAILURES: dict[str, Callable[[], AbstractAsyncContextManager[ContextAction]]] = {
    "no TLS behind the proxy": lambda: behind("http", ELSEWHERE, [TUNNEL, b"HTTP/1.1 400 Bad\r\n\r\n"]),
    "no TLS within TLS": lambda: behind("https", ELSEWHERE, [TUNNEL, b"HTTP/1.1 400 Bad\r\n\r\n"]),
    "the end within TLS": lambda: behind("https", ELSEWHERE, [TUNNEL]),
    "a reset within TLS": lambda: behind("https", ELSEWHERE, [TUNNEL, Reset()]),
    "another's certificate": partial(plain, [Hang()], tls=True),
    "no proxy": lambda: behind("http", ELSEWHERE, [reply("no", 407)]),
    "no HTTP": lambda: plain([b"SSH-2.0-OpenSSH\r\n"]),
    "a redirect": lambda: plain([reply("", 301, headers={"Location": "http://127.0.0.1:1/"})]),
}


def sockets() -> list[str]:
    found = []
    for file in Path("/proc/self/fd").iterdir():
        with suppress(OSError):  # closed just now
            found.append(str(file.readlink()))
    return [target for target in found if target.startswith("socket:")]


async def settle() -> None:
    gc.collect()
    await asyncio.sleep(0.1)


async def settled(rest: Callable[[], bool]) -> bool:
    """Wait until the other side has ended too, which a busy machine may need longer for."""
    for _ in range(50):
        await settle()
        if rest():
            return True
    return False


async def ask(http: HttpClient, target: ContextAction, body: object = None) -> None:
    endpoint = make_endpoint("Test", target[0], "key-0123456789", connection=target[1])
    async with http.stream(endpoint, "POST", "/x", body, accept="*/*", timeouts=PATIENT) as stream:
        async for _ in stream.chunks():
            pass


@pytest.mark.parametrize("state", STATES)
async def test_given_up_in_any_state_a_request_leaves_nothing_behind(state: str) -> None:
    async with STATES[state]() as target:
        http = HttpClient()
        await http._client(
            make_endpoint("Test", target[0], None, connection=target[1]), None
        )  # reads what it reads once
        await settle()
        before, tasks = sockets(), asyncio.all_tasks()
        asking = asyncio.create_task(ask(http, target, BIG if state == "nothing read" else {"a": 1}))
        await asyncio.sleep(0.3)
        assert not asking.done(), asking
        assert await cancelled(asking) < 0.5
        assert await settled(lambda: set(sockets()) <= set(before)), (
            "a socket is left open, or the other end of one that is"
        )
        assert asyncio.all_tasks() - tasks - _servers(tasks) == set()
        assert all(not client._transport._open for client in http._clients.values())
        with OwnTime() as waited:
            await http.aclose()
        assert waited.seconds < 0.5


@pytest.mark.parametrize("failure", FAILURES)
async def test_one_that_fails_leaves_nothing_behind(failure: str) -> None:
    async with FAILURES[failure]() as target:
        http = HttpClient()
        with pytest.raises(ServerError):
            await ask(http, target)
        await settle()
        before = sockets()
        for _ in range(5):
            with pytest.raises(ServerError):
                await ask(http, target)
        assert await settled(lambda: len(sockets()) <= len(before))
        assert all(not client._transport._open for client in http._clients.values())
        await http.aclose()


def _servers(before: set[asyncio.Task[object]]) -> set[asyncio.Task[object]]:
    """Return the tasks of scripted servers: one that hangs ends with its test."""
    return {task for task in asyncio.all_tasks() - before if "ScriptedServer" in repr(task.get_coro())}
