import asyncio
import gc
import socket
import ssl
import sys
import time
import warnings

import pytest

from tests.fakes.scripted_server import (
    LAST_CHUNK,
    Hang,
    Pause,
    Request,
    Reset,
    ScriptedServer,
    Until,
    chunk,
    head,
    on_thread,
    reply,
)
from tests.own_time import OwnTime

ASK = b"POST /x HTTP/1.1\r\nHost: h\r\nX-Name: Value\r\nContent-Length: 4\r\n\r\nbody"


async def exchange(server: ScriptedServer, *pieces: bytes) -> bytes:
    """Send `pieces` one by one and return everything until the server closes."""
    reader, writer = await asyncio.open_connection("127.0.0.1", server.port)
    for piece in pieces:
        writer.write(piece)
        await writer.drain()
        await asyncio.sleep(0)
    try:
        return await reader.read()
    finally:
        writer.close()


async def test_the_bytes_of_the_script_are_sent_as_they_are():
    async with ScriptedServer(lambda _: [b"any", b"thing"]) as server:
        assert await exchange(server, ASK) == b"anything"


async def test_a_request_is_remembered_however_it_was_cut():
    async with ScriptedServer(lambda _: [reply({})]) as server:
        await exchange(server, *[ASK[index : index + 1] for index in range(len(ASK))])
    (request,) = server.requests
    assert (request.method, request.path, request.headers["x-name"], request.body) == ("POST", "/x", "Value", b"body")


async def test_the_script_may_depend_on_the_request_and_may_be_asynchronous():
    async def steps(request: Request) -> object:
        yield request.path.encode()
        await asyncio.sleep(0)
        yield b"!"

    async with ScriptedServer(steps) as server:
        assert await exchange(server, ASK) == b"/x!"


async def test_a_pause_is_silence():
    async with ScriptedServer(lambda _: [b"a", Pause(0.1), b"b"]) as server:
        began = time.monotonic()
        assert await exchange(server, ASK) == b"ab"
        assert time.monotonic() - began >= 0.1


async def test_an_event_of_the_test_is_waited_for():
    go_on = asyncio.Event()
    async with ScriptedServer(lambda _: [b"a", Until(go_on), b"b"]) as server:
        reader, writer = await asyncio.open_connection("127.0.0.1", server.port)
        writer.write(ASK)
        assert await reader.read(9) == b"a"
        go_on.set()
        assert await reader.read() == b"b"
        writer.close()


async def test_a_reset_is_a_reset():
    async with ScriptedServer(lambda _: [b"a", Pause(0.02), Reset()]) as server:
        with pytest.raises(ConnectionResetError):
            await exchange(server, ASK)
    assert server.disconnects == []


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux says what was received")
async def test_a_reset_waits_until_everything_was_received():
    content = b"piece" * 20_000
    received: list[bytes] = []

    async def read(client: socket.socket) -> None:
        loop = asyncio.get_running_loop()
        await loop.sock_connect(client, ("127.0.0.1", server.port))
        await loop.sock_sendall(client, ASK)
        while piece := await loop.sock_recv(client, 65536):
            received.append(piece)

    async with ScriptedServer(lambda _: [content, Reset()]) as server:
        with socket.socket() as client:
            client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)  # most of it waits on the server's side
            client.setblocking(False)
            with pytest.raises(ConnectionResetError):
                await read(client)
    assert b"".join(received) == content


async def test_a_client_that_leaves_is_noticed_at_once():
    async with ScriptedServer(lambda _: [b"a", Hang()]) as server:
        reader, writer = await asyncio.open_connection("127.0.0.1", server.port)
        writer.write(ASK)
        assert await reader.read(1) == b"a"
        with OwnTime() as waited:
            writer.close()
            await server.until(lambda: server.disconnects)
    (disconnect,) = server.disconnects
    assert disconnect.request is server.requests[0]
    assert disconnect.steps == 1
    assert waited.seconds < 0.5


async def test_a_kept_connection_takes_the_next_request():
    async with ScriptedServer(lambda request: [reply(request.path)], keep_alive=True) as server:
        reader, writer = await asyncio.open_connection("127.0.0.1", server.port)
        for _ in range(2):
            writer.write(ASK)
            assert (await reader.readuntil(b"/x")).startswith(b"HTTP/1.1 200 OK\r\n")
        writer.close()
        await server.until(lambda: len(server.requests) == 2)
    assert server.connections == 1
    assert server.disconnects == []


async def test_a_server_ends_though_a_client_stays():
    async with ScriptedServer(lambda _: [Hang()]) as server:
        reader, writer = await asyncio.open_connection("127.0.0.1", server.port)
        writer.write(ASK)
        await server.until(lambda: server.requests)
    assert await reader.read() == b""
    writer.close()


async def test_a_server_without_tls_hangs_up_on_a_handshake():
    async with ScriptedServer(lambda _: [Hang()]) as server:
        with pytest.raises((ssl.SSLError, ConnectionError)):
            await asyncio.open_connection("127.0.0.1", server.port, ssl=ssl.create_default_context())
    assert server.requests == []


@pytest.mark.parametrize("turns", range(4))
async def test_a_server_that_ends_while_a_client_comes_leaves_no_connection_open(turns: int):
    with socket.socket() as client, warnings.catch_warnings(record=True) as left_open:
        warnings.simplefilter("always", ResourceWarning)
        async with ScriptedServer(lambda _: [Hang()]) as server:
            client.connect(("127.0.0.1", server.port))
            for _ in range(turns):
                await asyncio.sleep(0)
        gc.collect()
    assert [str(each.message) for each in left_open] == []


def test_a_server_on_a_thread_serves_a_test_that_has_no_loop():
    with on_thread(ScriptedServer(lambda _: [b"a", Hang()])) as server:
        with socket.create_connection(("127.0.0.1", server.port), 5) as client:
            client.sendall(ASK)
            assert client.recv(1) == b"a"
            assert server.wait_until(lambda: server.requests)
            assert not server.wait_until(lambda: server.disconnects, 0.05)
        assert server.wait_until(lambda: server.disconnects)


async def test_waiting_for_what_never_happens_ends():
    async with ScriptedServer(lambda _: []) as server:
        with pytest.raises(TimeoutError):
            await server.until(lambda: server.requests, 0.05)


def test_heads_chunks_and_replies_are_http():
    assert head(404, "text/plain", {"X-A": "1"}) == (
        b"HTTP/1.1 404 Not Found\r\nContent-Type: text/plain\r\nTransfer-Encoding: chunked\r\nX-A: 1\r\n\r\n"
    )
    assert chunk("é") + LAST_CHUNK == b"2\r\n\xc3\xa9\r\n0\r\n\r\n"
    assert reply({"a": 1}) == b'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 8\r\n\r\n{"a": 1}'
    assert reply("x", 299).startswith(b"HTTP/1.1 299 Status\r\n")
