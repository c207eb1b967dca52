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
from chatdesk.kernel.chat.stream_events import AnswerStage
from chatdesk.kernel.servers.server import ServerProtocol
from chatdesk.network import http
from tests.fakes.scripted_server import Hang, Pause, Request, ScriptedServer, Step, chunk, head, reply
from tests.gui.faults.fault_harness import OLLAMA, OPENAI, FaultHarness, answering, line, lines, says, sse
from tests.gui.faults.test_elsewhere import believing, serving
from tests.own_time import TIMEOUT, OwnTime

AT_MOST_SECONDS = 1.0
PROGRESS = {"prompt_progress": {"total": 100, "processed": 10}}


async def stopped(harness: FaultHarness, conversation: str) -> str:
    """Stop, and return what was kept."""
    with OwnTime() as waited:
        harness.chat.stop(conversation)
        outcome = await harness.outcome(conversation)
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
    ("script", "protocol", "expected"),
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
async def test_stop_works_once_the_server_was_asked(
    harness: FaultHarness, script, protocol: ServerProtocol, expected: str
) -> None:
    async with ScriptedServer(script) as server:
        await harness.point_at(server.url, protocol)
        conversation = await harness.begin()
        await server.until(lambda: any(request.method == "POST" for request in server.requests))
        await asyncio.sleep(0.15)
        await harness.has_come(conversation, expected)
        assert (await stopped(harness, conversation)).startswith(expected)
        await hung_up(server)


async def test_stop_works_while_it_waits_to_ask_again(harness: FaultHarness) -> None:
    seen = harness.preview_hosts()
    async with ScriptedServer(lambda _: [reply("", 429, headers={"Retry-After": "60"})]) as server:
        await harness.point_at(server.url)
        conversation = await harness.begin()
        await server.until(lambda: seen and seen[-1].stage is AnswerStage.SERVER_BUSY)
        assert seen[-1].seconds == 60
        await stopped(harness, conversation)
        assert len(server.requests) == 1


async def test_stop_works_while_a_host_drops_our_packets(harness: FaultHarness) -> None:
    with socket.socket() as full, contextlib.ExitStack() as crowd:
        full.bind(("127.0.0.1", 0))
        full.listen(0)
        for _ in range(8):
            one = crowd.enter_context(socket.socket())
            one.setblocking(False)
            one.connect_ex(full.getsockname())
        await harness.point_at(f"http://127.0.0.1:{full.getsockname()[1]}")
        await stopped_soon(harness)


@pytest.mark.parametrize("scheme", ["http", "https"])
async def test_stop_works_while_a_server_reads_nothing(harness: FaultHarness, scheme: str) -> None:
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen(8)
        await harness.point_at(f"{scheme}://127.0.0.1:{silent.getsockname()[1]}")
        await stopped_soon(harness, "x" * 8_000_000)
        connection, _ = silent.accept()
        with connection, contextlib.suppress(ConnectionError), OwnTime() as waited:
            connection.settimeout(TIMEOUT)
            while connection.recv(1 << 20):
                pass
        assert waited.seconds < AT_MOST_SECONDS


async def test_stop_works_in_the_middle_of_an_answer_over_tls(
    harness: FaultHarness, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(http, "trusted_ca_certificates", lambda *_: believing("self_signed.pem"))
    script = answering([*sse(says("Half"))[:-1], Hang()])
    async with ScriptedServer(script, tls=serving("self_signed.pem")) as server:
        await harness.point_at(server.url)
        conversation = await harness.begin()
        await harness.has_come(conversation, "Half")
        assert await stopped(harness, conversation) == "Half"
        await hung_up(server)


async def test_stop_works_while_the_keyring_does_not_answer(
    harness: FaultHarness, monkeypatch: pytest.MonkeyPatch
) -> None:
    go_on = threading.Event()

    def hanging(*_: object) -> None:
        go_on.wait(TIMEOUT)

    async def key(_: object) -> None:
        await asyncio.to_thread(hanging)

    monkeypatch.setattr(harness.servers, "key", key)
    async with ScriptedServer(lambda _: [Hang()]) as server:
        await harness.point_at(server.url)
        try:
            await stopped_soon(harness)
        finally:
            go_on.set()
        assert server.connections == 0


async def test_stop_works_while_a_proxy_says_nothing(harness: FaultHarness, monkeypatch: pytest.MonkeyPatch) -> None:
    async with ScriptedServer(lambda _: [Hang()]) as proxy:
        monkeypatch.setenv("https_proxy", proxy.url)
        await harness.point_at("https://chat.example.invalid")
        await stopped_soon(harness)


async def test_stop_works_while_a_name_is_looked_up(harness: FaultHarness, monkeypatch: pytest.MonkeyPatch) -> None:
    found, real = threading.Event(), socket.getaddrinfo

    def slow(host: str, *args: object, **more: object) -> object:
        if host == "chat.example.invalid":
            found.wait(TIMEOUT)
        return real(host, *args, **more)

    monkeypatch.setattr(socket, "getaddrinfo", slow)
    await harness.point_at("http://chat.example.invalid")
    try:
        await stopped_soon(harness)
    finally:
        found.set()


async def stopped_soon(harness: FaultHarness, text: str = "Hi") -> None:
    conversation = await harness.begin(text)
    await asyncio.sleep(0.3)
    assert harness.chat.is_answering(conversation)
    await stopped(harness, conversation)
