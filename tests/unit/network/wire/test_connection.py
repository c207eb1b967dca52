import asyncio
import socket
import ssl
from contextlib import AsyncExitStack

import httpcore
import pytest

from chatdesk.kernel.errors.base import CertificateRefused, ConnectionLost, ServerError
from chatdesk.network import http as http_module
from chatdesk.network.endpoint import make_endpoint
from chatdesk.network.http import HttpClient
from chatdesk.network.wire.connection import AsyncioBackend, Connection, _Inbox
from tests.fakes.http_questions import PATIENT, always, get, to
from tests.fakes.scripted_names import ScriptedNames
from tests.fakes.scripted_server import LAST_CHUNK, Request, Reset, ScriptedServer, Step, chunk, head, reply
from tests.paths import CERTIFICATES
from tests.unit.providers.cuts import cut, single

CERTIFICATE = CERTIFICATES / "self_signed.pem"
HEADS = [b"HTTP/1.1 100 Continue\r\n\r\n", b"HTTP/1.1 200 OK\r\nA: b\r\n\r\n"]


class FakeTransport(asyncio.Transport):
    """A transport whose bytes the test brings."""

    def __init__(self) -> None:
        super().__init__()
        self.is_reading = True

    def pause_reading(self) -> None:
        self.is_reading = False

    def resume_reading(self) -> None:
        self.is_reading = True


def connected() -> tuple[Connection, _Inbox, FakeTransport]:
    inbox, transport = _Inbox(), FakeTransport()
    inbox.connection_made(transport)
    return Connection(inbox), inbox, transport


@pytest.mark.parametrize("line_end", [b"\r\n", b"\n"])
async def test_heads_are_read_one_by_one_and_nothing_of_the_body_however_it_is_cut(line_end: bytes):
    wire = b"".join(HEADS).replace(b"\r\n", line_end)
    first = len(HEADS[0].replace(b"\r\n", line_end))
    whole = wire + b"body\r\n\r\nmore"
    for pieces in ([whole], single(whole), *(cut(whole, (point,)) for point in range(1, len(whole)))):
        connection, inbox, _ = connected()
        waiting = list(pieces)
        read = b""
        ends = []
        while len(read) < len(wire):
            if not connection._held and waiting:
                inbox.data_received(waiting.pop(0))
            read += await connection.read(65536)
            ends.append(len(read))
        assert read == wire
        assert first in ends
        rest = b"".join(waiting)
        assert (connection._held and await connection.read_body()) + rest == b"body\r\n\r\nmore"


async def test_a_head_is_handed_over_in_measure():
    connection, inbox, _ = connected()
    inbox.data_received(b"A: " + b"x" * 10 + b"\r\n\r\nbody")
    assert await connection.read(14) == b"A: xxxxxxxxxx\r"
    assert await connection.read(14) == b"\n\r\n"
    assert await connection.read_body() == b"body"


async def test_a_socket_is_read_only_while_somebody_waits_and_what_came_is_given_at_once():
    connection, inbox, transport = connected()
    assert not transport.is_reading
    waiting = asyncio.ensure_future(connection.read_body())
    await asyncio.sleep(0)
    assert transport.is_reading
    inbox.data_received(b"a")
    assert not transport.is_reading
    inbox.data_received(b"b")
    assert await waiting == b"ab"
    inbox.data_received(b"c")
    assert await connection.read_body() == b"c"
    assert not transport.is_reading


async def test_a_wait_that_is_cancelled_reads_no_more():
    connection, inbox, transport = connected()
    waiting = asyncio.ensure_future(connection.read_body())
    await asyncio.sleep(0)
    waiting.cancel()
    await asyncio.wait([waiting])
    assert not transport.is_reading
    inbox.data_received(b"a")
    assert await connection.read_body() == b"a"


async def test_what_had_come_is_given_before_the_end_and_before_an_error():
    connection, inbox, _ = connected()
    inbox.data_received(b"a")
    inbox.eof_received()
    assert [await connection.read_body(), await connection.read_body()] == [b"a", b""]
    connection, inbox, _ = connected()
    inbox.data_received(b"a")
    inbox.connection_lost(ConnectionResetError(104, "reset"))
    assert await connection.read_body() == b"a"
    with pytest.raises(httpcore.ReadError, match="reset"):
        await connection.read_body()


async def test_sending_waits_until_the_system_has_room_and_not_for_ever():
    with socket.create_server(("127.0.0.1", 0)) as deaf:
        connection = await AsyncioBackend().connect_tcp("127.0.0.1", deaf.getsockname()[1], 1.0)
        with pytest.raises(httpcore.WriteTimeout):
            await connection.write(b"x" * 50_000_000, 0.05)
        await connection.aclose()


@pytest.fixture
def trusting(monkeypatch: pytest.MonkeyPatch) -> ssl.SSLContext:
    """Servers' side of TLS; the client trusts the certificate in it."""
    monkeypatch.setattr(
        http_module, "trusted_ca_certificates", lambda: ssl.create_default_context(cafile=str(CERTIFICATE))
    )
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(CERTIFICATE)
    return context


@pytest.mark.parametrize("size", [10, 3_000_000])
async def test_an_answer_comes_whole_over_tls(http: HttpClient, trusting: ssl.SSLContext, size: int):
    pieces = [b"%07d" % number for number in range(size // 7)]
    steps = [head() + b"".join(map(chunk, pieces[:5])), b"".join(map(chunk, pieces[5:])) + LAST_CHUNK]
    async with (
        ScriptedServer(lambda _: steps, tls=trusting) as server,
        http.stream(named(server), "POST", "/x", {}, accept="*/*", timeouts=PATIENT) as stream,
    ):
        assert b"".join([piece async for piece in stream.chunks()]) == b"".join(pieces)


@pytest.mark.parametrize("ending", [[], [Reset()]])
async def test_an_answer_cut_over_tls_is_lost_after_what_had_come(
    http: HttpClient, trusting: ssl.SSLContext, ending: list[Step]
):
    async with (
        ScriptedServer(lambda _: [head(), chunk("some"), *ending], tls=trusting) as server,
        http.stream(named(server), "POST", "/x", {}, accept="*/*", timeouts=PATIENT) as stream,
    ):
        pieces = stream.chunks()
        assert await anext(pieces) == b"some"
        with pytest.raises(ConnectionLost):
            await anext(pieces)


@pytest.mark.parametrize("proxy_tls", [False, True])
async def test_tls_goes_through_a_proxy_s_tunnel_and_through_tls_to_the_proxy(
    trusting: ssl.SSLContext, monkeypatch: pytest.MonkeyPatch, *, proxy_tls: bool
):
    async def tunnel(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        asked.append(await reader.readuntil(b"\r\n\r\n"))
        there = await asyncio.open_connection("127.0.0.1", server.port)
        writer.write(b"HTTP/1.1 200 Connection established\r\n\r\n")

        async def copy(source: asyncio.StreamReader, target: asyncio.StreamWriter) -> None:
            while data := await source.read(65536):
                target.write(data)
            target.close()

        await asyncio.gather(copy(reader, there[1]), copy(there[0], writer), return_exceptions=True)
        for end in (there[1], writer):
            end.transport.abort()

    asked: list[bytes] = []
    async with AsyncExitStack() as stack:
        server = await stack.enter_async_context(ScriptedServer(lambda _: [reply({"a": 1})], tls=trusting))
        proxy = await stack.enter_async_context(
            await asyncio.start_server(tunnel, "127.0.0.1", 0, ssl=trusting if proxy_tls else None)
        )
        port = proxy.sockets[0].getsockname()[1]
        scheme = "https" if proxy_tls else "http"
        monkeypatch.setattr(http_module, "system_proxy", lambda _url: f"{scheme}://user:word@localhost:{port}")
        monkeypatch.setattr(http_module, "is_local", lambda _host: False)
        client = await stack.enter_async_context(HttpClient())
        assert (await get(client, named(server))).body == b'{"a": 1}'
    assert asked[0].startswith(b"CONNECT localhost:%d " % server.port)
    assert b"Basic " in asked[0]


@pytest.mark.parametrize(("name", "fits"), [("localhost", True), ("pictures.example", False)])
async def test_the_certificate_is_checked_against_the_name_though_a_checked_address_is_connected_to(
    http: HttpClient, trusting: ssl.SSLContext, monkeypatch: pytest.MonkeyPatch, name: str, *, fits: bool
):
    judged: list[str] = []
    reported: list[str | None] = []

    def judge(address: str) -> bool:
        judged.append(address)
        return True

    trusting.sni_callback = lambda _socket, server_name, _context: reported.append(server_name)
    names = ScriptedNames(monkeypatch, ["127.0.0.1"])
    async with ScriptedServer(lambda _: [reply({"a": 1})], tls=trusting) as server, AsyncExitStack() as stack:
        endpoint = make_endpoint("Test", f"https://{name}:{server.port}", None)
        if not fits:
            stack.enter_context(pytest.raises(CertificateRefused))
        async with http.stream(endpoint, "GET", "/x", accept="*/*", timeouts=PATIENT, may_connect=judge) as stream:
            assert await stream.read(100) == b'{"a": 1}'
    assert (names.asked, judged, reported) == ([name], ["127.0.0.1"], [name])
    assert len(server.requests) == (1 if fits else 0)


async def test_a_reply_in_one_segment_is_read_whole(http: HttpClient):
    def script(request: Request) -> list[Step]:
        return [b"HTTP/1.1 100 Continue\r\n\r\n" + reply({"path": request.path})]

    async with ScriptedServer(script) as server:
        assert (await get(http, to(server))).body == b'{"path": "/x"}'


async def test_a_head_of_many_small_pieces_is_put_together(http: HttpClient):
    async with always(*single(reply({"a": 1}))) as server:
        assert (await get(http, to(server))).body == b'{"a": 1}'


def named(server: ScriptedServer) -> http_module.Endpoint:
    """Return the server by the name that its certificate has."""
    return make_endpoint("Test", f"https://localhost:{server.port}", None)


async def test_a_reply_may_have_a_few_interim_ones_before_it(http: HttpClient):
    interim = b"HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n" * 8 + b"HTTP/1.1 102 Processing\r\n\r\n" * 8
    async with ScriptedServer(lambda _: [interim, reply({"a": 1})]) as server:
        assert (await get(http, to(server))).body == b'{"a": 1}'


async def test_interim_replies_without_end_are_given_up_soon(http: HttpClient):
    interim = b"HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n" * 5_000
    async with ScriptedServer(lambda _: [interim] * 1_000) as server:
        began = asyncio.get_running_loop().time()
        with pytest.raises(ServerError):
            await get(http, to(server))
        assert asyncio.get_running_loop().time() - began < 2
