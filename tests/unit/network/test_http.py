import asyncio
import errno
import gzip
import json
import logging
import os
import socket
import ssl
import sys
import zlib

import pytest

from chatdesk.kernel.errors.base import (
    AnswerTooLarge,
    AnswerUndecodable,
    CertificateRefused,
    ConnectionLost,
    NotAChatServer,
    RedirectRefused,
    ServerTimedOut,
    ServerUnreachable,
)
from chatdesk.kernel.servers.server import Header
from chatdesk.network import http as http_module
from chatdesk.network.endpoint import Endpoint, make_endpoint
from chatdesk.network.http import MAX_ERROR_BYTES, HttpClient
from chatdesk.network.timeouts import Timeouts
from tests.fakes.http_questions import CANARY, PATIENT, always, get, to
from tests.fakes.scripted_server import (
    LAST_CHUNK,
    Hang,
    Pause,
    Request,
    Reset,
    ScriptedServer,
    Step,
    chunk,
    head,
    reply,
)
from tests.own_time import OwnTime
from tests.paths import CERTIFICATES

SELF_SIGNED = CERTIFICATES / "self_signed.pem"


async def streamed(http: HttpClient, endpoint: Endpoint) -> bytes:
    body = b""
    async with http.stream(endpoint, "POST", "/x", {}, accept="text/event-stream", timeouts=PATIENT) as stream:
        async for piece in stream.chunks():
            body += piece
    return body


async def test_a_request_carries_its_body_its_key_and_what_a_person_set_and_nothing_that_tells_more(http: HttpClient):
    async with always(reply({"ok": True})) as server:
        endpoint = to(server, CANARY, Header("X-Gate", "open"), path="/prefix")
        answer = await http.request_json(endpoint, "POST", "/v1/x", {"text": "你好"}, timeouts=PATIENT)
    (request,) = server.requests
    assert (request.method, request.path) == ("POST", "/prefix/v1/x")
    assert request.json() == {"text": "你好"}
    sent = dict(request.headers)
    assert sent.pop("host") == server.url.removeprefix("http://")
    assert sent.pop("content-length") == str(len(request.body))
    assert sent.pop("user-agent").startswith("Chatdesk/")
    assert sent == {
        "accept": "application/json",
        "accept-encoding": "identity",
        "authorization": f"Bearer {CANARY}",
        "connection": "keep-alive",
        "content-type": "application/json",
        "x-gate": "open",
    }
    assert (answer.status, answer.headers["content-type"], json.loads(answer.body)) == (
        200,
        "application/json",
        {"ok": True},
    )


async def test_no_connection_is_used_twice_so_none_is_written_to_that_the_server_has_just_closed(http: HttpClient):
    """llama.cpp's server closes an idle connection after a while, also between two questions of a chat."""
    script = [reply({"ok": True})]
    async with ScriptedServer(lambda _request: script, keep_alive=True) as server:
        for _turn in range(3):
            await get(http, to(server))
        assert server.connections >= len(server.requests) == 3


async def test_a_reply_of_any_status_is_given_back(http: HttpClient):
    async with always(reply("no", status=418)) as server:
        assert (await get(http, to(server))).status == 418


async def test_a_stream_is_given_piece_by_piece_as_it_comes(http: HttpClient):
    async def steps() -> object:
        yield head()
        yield chunk("first")
        await asked.wait()
        yield chunk("second") + LAST_CHUNK

    asked = asyncio.Event()
    async with (
        ScriptedServer(lambda _: steps()) as server,
        http.stream(to(server), "POST", "/x", {}, accept="*/*", timeouts=PATIENT) as stream,
    ):
        pieces = stream.chunks()
        assert await anext(pieces) == b"first"
        asked.set()
        assert await anext(pieces) == b"second"
        assert await anext(pieces, None) is None


@pytest.mark.parametrize("how", ["leave the block", "cancel the task", "cancel while waiting for headers"])
async def test_leaving_a_stream_closes_its_connection_at_once(http: HttpClient, how: str):
    async def read() -> None:
        async with http.stream(to(server), "POST", "/x", {}, accept="*/*", timeouts=PATIENT) as stream:
            await anext(stream.chunks())
            if how == "cancel the task":
                await asyncio.get_running_loop().create_future()

    async with always(*([Hang()] if "headers" in how else [head(), chunk("x"), Hang()])) as server:
        task = asyncio.ensure_future(read())
        await server.until(lambda: server.requests)
        if how != "leave the block":
            await asyncio.sleep(0.05)
            task.cancel()
        with OwnTime() as waited:
            await asyncio.wait([task])
            await server.until(lambda: server.disconnects)
        assert waited.seconds < 0.5


async def test_nothing_listens_there(http: HttpClient, unused_port: int):
    endpoint = make_endpoint("Test", f"http://127.0.0.1:{unused_port}", None)
    with pytest.raises(ServerUnreachable) as caught:
        await get(http, endpoint)
    assert (caught.value.server, caught.value.address) == ("Test", endpoint.base_url)
    assert caught.value.reason == os.strerror(errno.ECONNREFUSED)


async def test_a_name_that_nobody_knows_is_unreachable(http: HttpClient, monkeypatch: pytest.MonkeyPatch):
    def unknown(*_: object, **__: object) -> object:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    with pytest.raises(ServerUnreachable) as caught:
        await get(http, make_endpoint("Test", "http://no-such-host.local", None))
    assert caught.value.reason == "Name or service not known"


@pytest.mark.parametrize("steps", [[], [Reset()]])
async def test_a_server_that_hangs_up_without_a_word_is_unreachable(http: HttpClient, steps: list[Step]):
    async with always(*steps) as server:
        with pytest.raises(ServerUnreachable):
            await get(http, to(server))


@pytest.mark.parametrize(
    "noise",
    [
        b"SSH-2.0-OpenSSH_9.6\r\n\r\n",
        b"\x16\x03\x01\x02",
        b"HTTP/1.1 abc\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nbroken header\r\n\r\n",
    ],
)
async def test_something_that_speaks_another_language_is_no_chat_server(http: HttpClient, noise: bytes):
    async with always(noise) as server:
        with pytest.raises(NotAChatServer) as caught:
            await get(http, to(server))
    assert caught.value.url == f"{server.url}/x"


@pytest.mark.parametrize(
    "headers", [b"X-Long: " + b"x" * 1_000_000, b"\r\n".join(b"X-%d: 1" % number for number in range(10_000))]
)
async def test_headers_without_measure_are_refused(http: HttpClient, headers: bytes):
    async with always(b"HTTP/1.1 200 OK\r\n" + headers + b"\r\n\r\n") as server:
        with pytest.raises(NotAChatServer):
            await get(http, to(server))


async def test_a_server_that_never_answers_is_given_up(http: HttpClient):
    hasty = Timeouts(connect=0.1, first_event=0.1)
    async with always(Hang()) as server:
        with pytest.raises(ServerTimedOut) as caught:
            await http.request_json(to(server), "GET", "/x", timeouts=hasty)
    assert caught.value.seconds == 0.1


async def test_a_reply_that_never_ends_is_given_up(http: HttpClient):
    hasty = Timeouts(connect=0.1, first_event=0.1)
    async with always(head(), *[chunk("x"), Pause(0.05)] * 100) as server:
        with pytest.raises(ServerTimedOut):
            await http.request_json(to(server), "GET", "/x", timeouts=hasty)


@pytest.mark.skipif(sys.platform != "linux", reason="other systems refuse where the queue is full")
async def test_a_host_that_drops_our_packets_is_given_up(http: HttpClient):
    with socket.socket() as full:
        full.bind(("127.0.0.1", 0))
        full.listen(0)
        crowd = [socket.socket() for _ in range(8)]
        for one in crowd:
            one.setblocking(False)
            one.connect_ex(full.getsockname())
        endpoint = make_endpoint("Test", f"http://127.0.0.1:{full.getsockname()[1]}", None)
        with pytest.raises(ServerTimedOut):
            await http.request_json(endpoint, "GET", "/x", timeouts=Timeouts(connect=0.3, first_event=0.3))
        for one in crowd:
            one.close()


@pytest.mark.parametrize("ending", [[Reset()], []])
async def test_a_connection_cut_in_the_body_is_lost_after_what_had_come(http: HttpClient, ending: list[Step]):
    async with (
        always(head(), chunk("some"), Pause(0.05), *ending) as server,
        http.stream(to(server), "POST", "/x", {}, accept="*/*", timeouts=PATIENT) as stream,
    ):
        pieces = stream.chunks()
        assert await anext(pieces) == b"some"
        with pytest.raises(ConnectionLost) as caught:
            await anext(pieces)
    assert caught.value.reason


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
@pytest.mark.parametrize(
    "location",
    [
        "https://evil.example/v1",
        "http://127.0.0.1/elsewhere",
        "/login",
        "javascript:alert(1)",
        "data:text/html,x",
        "mailto:a@b",
        "http://[::1",
        "http://host:99999999/",
        "//",
        "?",
    ],
)
async def test_a_redirect_is_reported_and_never_followed(http: HttpClient, status: int, location: str):
    async with always(reply(status=status, headers={"Location": location})) as server:
        with pytest.raises(RedirectRefused) as caught:
            await get(http, to(server, CANARY))
    assert caught.value.location == location
    assert len(server.requests) == 1


async def test_a_redirect_that_repeats_the_key_does_not_show_it(http: HttpClient):
    async with always(reply(status=302, headers={"Location": f"https://evil.example/?k={CANARY}"})) as server:
        with pytest.raises(RedirectRefused) as caught:
            await get(http, to(server, CANARY))
    assert "CANARY" not in repr(caught.value)


@pytest.mark.parametrize(
    ("encoding", "pack"), [("gzip", gzip.compress), ("deflate", zlib.compress), ("identity", bytes)]
)
async def test_a_packed_body_is_unpacked(http: HttpClient, encoding: str, pack: type[bytes]):
    body = reply(pack(b'{"ok": true}'), headers={"Content-Encoding": encoding})
    async with always(body) as server:
        assert json.loads((await get(http, to(server))).body) == {"ok": True}
        assert await streamed(http, to(server)) == b'{"ok": true}'


@pytest.mark.parametrize("encoding", ["br", "gzip", "zstd"])
async def test_a_body_packed_in_a_way_we_do_not_know_or_not_at_all_is_refused(http: HttpClient, encoding: str):
    async with always(reply(b"plain", headers={"Content-Encoding": encoding})) as server:
        with pytest.raises(AnswerUndecodable) as caught:
            await get(http, to(server))
    assert caught.value.encoding == encoding


async def test_a_bomb_is_given_up_at_the_limit(http: HttpClient):
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    bomb = b"".join([packer.compress(bytes(1 << 20)) for _ in range(40)]) + packer.flush()
    async with always(reply(bomb, headers={"Content-Encoding": "gzip"})) as server:
        with pytest.raises(AnswerTooLarge):
            await get(http, to(server))


async def test_a_reply_without_measure_is_given_up_and_an_error_cut(http: HttpClient, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(http_module, "MAX_REPLY_BYTES", 100_000)
    async with always(reply(b"x" * 200_000)) as server:
        with pytest.raises(AnswerTooLarge):
            await get(http, to(server))
    async with always(reply(b"x" * 200_000, status=500)) as server:
        assert len((await get(http, to(server))).body) == MAX_ERROR_BYTES


async def test_no_cookie_is_kept(http: HttpClient):
    async with always(reply({}, headers={"Set-Cookie": "who=you; Path=/"})) as server:
        await get(http, to(server))
        await get(http, to(server))
    assert all("cookie" not in request.headers for request in server.requests)


async def test_a_certificate_that_nobody_vouches_for_is_refused_and_nothing_sent(http: HttpClient):
    tls = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    tls.load_cert_chain(SELF_SIGNED)
    async with ScriptedServer(lambda _: [reply({})], tls=tls) as server:
        with pytest.raises(CertificateRefused) as caught:
            await get(http, to(server, CANARY))
    assert "self-signed" in caught.value.reason.replace(" ", "-")
    assert server.requests == []


async def test_tls_to_a_server_that_speaks_none_fails_with_a_reason(http: HttpClient):
    async def complain(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 400 Bad Request\r\n\r\n")
        writer.close()

    async with await asyncio.start_server(complain, "127.0.0.1", 0) as server:
        port = server.sockets[0].getsockname()[1]
        with pytest.raises(ServerUnreachable) as caught:
            await get(http, make_endpoint("Test", f"https://127.0.0.1:{port}", None))
    assert caught.value.reason == "wrong version number"


async def test_no_log_holds_a_key(http: HttpClient, caplog: pytest.LogCaptureFixture):
    caplog.set_level(logging.DEBUG)
    async with always(reply({"error": CANARY}, status=401)) as server:
        await get(http, to(server, CANARY))
    assert "CANARY" not in caplog.text


async def test_two_streams_do_not_disturb_each_other(http: HttpClient):
    def script(request: Request) -> list[Step]:
        return [
            head(),
            *[step for number in range(10) for step in (chunk(f"{request.path}{number} "), Pause(0.01))],
            LAST_CHUNK,
        ]

    async with ScriptedServer(script) as server:
        whole = asyncio.ensure_future(streamed(http, to(server)))
        stopped = asyncio.ensure_future(streamed(http, to(server)))
        await server.until(lambda: len(server.requests) == 2)
        stopped.cancel()
        assert await whole == b"".join(b"/x%d " % number for number in range(10))
        with pytest.raises(asyncio.CancelledError):
            await stopped


@pytest.mark.parametrize("name", ["[::1]", "localhost"])
async def test_a_server_that_listens_on_ipv6_only_is_found(http: HttpClient, name: str):
    known = {found[4][0] for found in socket.getaddrinfo(name.strip("[]"), None)}
    if "::1" not in known:
        pytest.skip("this machine's localhost has no IPv6 address")
    server = ScriptedServer(lambda _: [reply({})], host="::1")
    try:
        await server.__aenter__()
    except OSError:
        pytest.skip("this machine has no IPv6 loopback")
    try:
        assert (await get(http, make_endpoint("Test", f"http://{name}:{server.port}", None))).status == 200
    finally:
        await server.__aexit__()
