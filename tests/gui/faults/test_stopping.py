"""Stop works within a second, whatever the connection is doing, keeps what had come, and hangs up."""

import asyncio
import contextlib
import itertools
import json
import socket
import threading
from collections.abc import Iterable, Iterator

import pytest

from chatdesk.kernel.chat.message import MessageState
from chatdesk.kernel.chat.stream_events import Stage
from chatdesk.kernel.servers.server import Protocol
from chatdesk.network import http
from tests.fakes.scripted_server import Hang, Pause, Request, ScriptedServer, Step, chunk, head, reply
from tests.gui.faults.fault_desk import OLLAMA, OPENAI, FaultDesk, answering, line, lines, says, sse
from tests.gui.faults.test_elsewhere import believing, serving
from tests.own_time import PATIENCE, OwnTime

AT_MOST_SECONDS = 1.0
PROGRESS = {"prompt_progress": {"total": 100, "processed": 10}}


async def stopped(desk: FaultDesk, conversation: str) -> str:
    """Stop, and return what was kept."""
    with OwnTime() as waited:
        desk.chat.stop(conversation)
        outcome = await desk.outcome(conversation)
    assert waited.seconds < AT_MOST_SECONDS
    assert (outcome.state, outcome.kind) == (MessageState.STOPPED, "")
    return outcome.text


async def hung_up(server: ScriptedServer) -> None:
    """Wait until a client has left, which must be soon."""
    with OwnTime() as waited:
        await server.until(lambda: server.disconnects)
    assert waited.seconds < AT_MOST_SECONDS


def endless() -> Iterator[Step]:
    yield head()
    event = chunk(f"data: {json.dumps(says('word '))}\n\n")
    yield from itertools.repeat(event)


def byte_by_byte() -> Iterator[Step]:
    yield head()
    for byte in f"data: {json.dumps(says('never'))}\n\n".encode():
        yield chunk(bytes([byte]))
        yield Pause(0.2)


def loading(request: Request) -> Iterable[Step]:
    return [reply({"models": []})] if request.path == "/api/ps" else [Hang()]


@pytest.mark.parametrize(
    ("script", "protocol", "kept"),
    [
        (answering([Hang()]), OPENAI, ""),
        (answering([head(), Hang()]), OPENAI, ""),
        (loading, OLLAMA, ""),
        (answering([*sse(PROGRESS)[:-1], Hang()]), OPENAI, ""),
        (answering([*sse(says("Half"))[:-1], Hang()]), OPENAI, "Half"),
        (answering([*lines(line("Half"))[:-1], Hang()]), OLLAMA, "Half"),
        (lambda _: endless(), OPENAI, "word "),
        (lambda _: byte_by_byte(), OPENAI, ""),
    ],
    ids=["no head", "no body", "loading", "reading", "silent", "silent Ollama", "full speed", "a byte now and then"],
)
async def test_stop_works_once_the_server_was_asked(desk: FaultDesk, script, protocol: Protocol, kept: str) -> None:
    async with ScriptedServer(script) as server:
        await desk.point_at(server.url, protocol)
        conversation = await desk.begin()
        await server.until(lambda: any(request.method == "POST" for request in server.requests))
        await asyncio.sleep(0.15)
        await desk.has_come(conversation, kept)
        assert (await stopped(desk, conversation)).startswith(kept)
        await hung_up(server)


async def test_stop_works_while_it_waits_to_ask_again(desk: FaultDesk) -> None:
    seen = desk.stages()
    async with ScriptedServer(lambda _: [reply("", 429, headers={"Retry-After": "60"})]) as server:
        await desk.point_at(server.url)
        conversation = await desk.begin()
        await server.until(lambda: seen and seen[-1].stage is Stage.SERVER_BUSY)
        assert seen[-1].seconds == 60
        await stopped(desk, conversation)
        assert len(server.requests) == 1


async def test_stop_works_while_a_host_drops_our_packets(desk: FaultDesk) -> None:
    with socket.socket() as full, contextlib.ExitStack() as crowd:
        full.bind(("127.0.0.1", 0))
        full.listen(0)
        for _ in range(8):
            one = crowd.enter_context(socket.socket())
            one.setblocking(False)
            one.connect_ex(full.getsockname())
        await desk.point_at(f"http://127.0.0.1:{full.getsockname()[1]}")
        await stopped_soon(desk)


@pytest.mark.parametrize("scheme", ["http", "https"])
async def test_stop_works_while_a_server_reads_nothing(desk: FaultDesk, scheme: str) -> None:
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen(8)
        await desk.point_at(f"{scheme}://127.0.0.1:{silent.getsockname()[1]}")
        await stopped_soon(desk, "x" * 8_000_000)
        connection, _ = silent.accept()
        with connection, contextlib.suppress(ConnectionError), OwnTime() as waited:
            connection.settimeout(PATIENCE)
            while connection.recv(1 << 20):
                pass
        assert waited.seconds < AT_MOST_SECONDS


async def test_stop_works_in_the_middle_of_an_answer_over_tls(desk: FaultDesk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(http, "trusted_authorities", lambda *_: believing("self_signed.pem"))
    script = answering([*sse(says("Half"))[:-1], Hang()])
    async with ScriptedServer(script, tls=serving("self_signed.pem")) as server:
        await desk.point_at(server.url)
        conversation = await desk.begin()
        await desk.has_come(conversation, "Half")
        assert await stopped(desk, conversation) == "Half"
        await hung_up(server)


async def test_stop_works_while_the_keyring_does_not_answer(desk: FaultDesk, monkeypatch: pytest.MonkeyPatch) -> None:
    go_on = threading.Event()

    def hanging(*_: object) -> None:
        go_on.wait(PATIENCE)

    async def key(_: object) -> None:
        await asyncio.to_thread(hanging)

    monkeypatch.setattr(desk.servers, "key", key)
    async with ScriptedServer(lambda _: [Hang()]) as server:
        await desk.point_at(server.url)
        try:
            await stopped_soon(desk)
        finally:
            go_on.set()
        assert server.connections == 0


async def test_stop_works_while_a_proxy_says_nothing(desk: FaultDesk, monkeypatch: pytest.MonkeyPatch) -> None:
    async with ScriptedServer(lambda _: [Hang()]) as proxy:
        monkeypatch.setenv("https_proxy", proxy.url)
        await desk.point_at("https://chat.example.invalid")
        await stopped_soon(desk)


async def test_stop_works_while_a_name_is_looked_up(desk: FaultDesk, monkeypatch: pytest.MonkeyPatch) -> None:
    found, real = threading.Event(), socket.getaddrinfo

    def slow(host: str, *args: object, **more: object) -> object:
        if host == "chat.example.invalid":
            found.wait(PATIENCE)
        return real(host, *args, **more)

    monkeypatch.setattr(socket, "getaddrinfo", slow)
    await desk.point_at("http://chat.example.invalid")
    try:
        await stopped_soon(desk)
    finally:
        found.set()


async def stopped_soon(desk: FaultDesk, words: str = "Hi") -> None:
    conversation = await desk.begin(words)
    await asyncio.sleep(0.3)
    assert desk.chat.is_answering(conversation)
    await stopped(desk, conversation)
