"""SOCKS5 proxies, over real sockets: a scripted one that notes what it was sent, and cuts its replies where it likes."""

import asyncio
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import pytest

from chatdesk.kernel.errors.base import (
    CertificateRefused,
    ProxyFailed,
    ProxyLoginRefused,
    ProxyUnusable,
    ServerTimedOut,
)
from chatdesk.kernel.servers.server import ConnectionOptions, ProxyChoice
from chatdesk.network.endpoint import Endpoint, make_endpoint
from chatdesk.network.http import HttpClient
from chatdesk.network.timeouts import Timeouts
from tests.fakes.http_questions import CANARY, always, get
from tests.fakes.scripted_server import ScriptedServer, reply
from tests.own_time import TIMEOUT, OwnTime
from tests.paths import CERTIFICATES

SUCCESS = b"\x05\x00\x00\x01\x0a\x0a\x0a\x0a\x0a\x0a"
"""It connects from 10.10.10.10: nothing but line ends, where a reader of heads would stop."""
PATIENT = Timeouts(connect=TIMEOUT, first_event=TIMEOUT)


@dataclass
class SocksProxy:
    """Passes on to `target` after `greeting` and `reply`, written a byte at a time. `received` is all that it was sent before."""

    target: int = 0
    greeting: bytes = b"\x05\x00"
    login_reply: bytes = b""
    reply: bytes = SUCCESS
    received: list[bytes] = field(default_factory=list)
    port: int = 0
    left: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def url(self) -> str:
        return f"socks5://127.0.0.1:{self.port}"

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            await self._talk(reader, writer)
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()
            self.left.set()

    async def _talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        count = (await reader.readexactly(2))[1]
        self.received.append(await reader.readexactly(count))
        await _slowly(writer, self.greeting)
        if self.login_reply:
            _, length = await reader.readexactly(2)
            name = await reader.readexactly(length)
            (length,) = await reader.readexactly(1)
            self.received.append(name + b"|" + await reader.readexactly(length))
            await _slowly(writer, self.login_reply)
        kind = (await reader.readexactly(4))[3]
        length = {1: 4, 4: 16}.get(kind) or (await reader.readexactly(1))[0]
        self.received.append(await reader.readexactly(length) + await reader.readexactly(2))
        await _slowly(writer, self.reply)
        if not self.target:
            await reader.read()
            return
        there, thither = await asyncio.open_connection("127.0.0.1", self.target)
        directions = [asyncio.create_task(_copy(reader, thither)), asyncio.create_task(_copy(there, writer))]
        try:
            await asyncio.wait(directions, return_when=asyncio.FIRST_COMPLETED)
        finally:
            thither.close()
            for direction in directions:
                direction.cancel()
            await asyncio.gather(*directions, return_exceptions=True)


async def _slowly(writer: asyncio.StreamWriter, data: bytes) -> None:
    for number in data:
        writer.write(bytes([number]))
        await writer.drain()
        await asyncio.sleep(0.001)


async def _copy(source: asyncio.StreamReader, sink: asyncio.StreamWriter) -> None:
    while data := await source.read(65536):
        sink.write(data)
        await sink.drain()


@asynccontextmanager
async def running(proxy: SocksProxy) -> AsyncIterator[SocksProxy]:
    server = await asyncio.start_server(proxy.serve, "127.0.0.1", 0)
    proxy.port = server.sockets[0].getsockname()[1]
    async with server:
        yield proxy


def endpoint(url: str, proxy: SocksProxy, scheme: str = "socks5", **options: object) -> Endpoint:
    address = proxy.url.replace("socks5", scheme)
    connection = ConnectionOptions(ProxyChoice.ADDRESS, address, **options)
    return make_endpoint("Test", url, CANARY, connection=connection)


@pytest.mark.parametrize("scheme", ["socks5", "socks5h"])
async def test_a_server_is_reached_through_it_by_its_name(http: HttpClient, scheme: str) -> None:
    async with always(reply({"ok": 1})) as server, running(SocksProxy(server.port)) as proxy:
        answer = await get(http, endpoint("http://chat.example.invalid:8080", proxy, scheme))
    assert (answer.status, answer.body) == (200, b'{"ok": 1}')
    assert proxy.received == [b"\x00", b"chat.example.invalid" + (8080).to_bytes(2)]
    assert server.requests[0].headers["host"] == "chat.example.invalid:8080"


@pytest.mark.parametrize(
    ("host", "expected"),
    [("127.0.0.1", b"\x7f\x00\x00\x01"), ("[::1]", bytes(15) + b"\x01"), ("bücher.example", b"xn--bcher-kva.example")],
)
async def test_addresses_and_names_of_every_kind_are_passed_on(http: HttpClient, host: str, expected: bytes) -> None:
    async with always(reply({})) as server, running(SocksProxy(server.port)) as proxy:
        assert (await get(http, endpoint(f"http://{host}", proxy))).status == 200
    assert proxy.received[-1] == expected + (80).to_bytes(2)


async def test_tls_goes_through_it_to_the_server_itself(http: HttpClient) -> None:
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(CERTIFICATES / "self_signed.pem")
    async with (
        ScriptedServer(lambda _: [reply({})], tls=context) as server,
        running(SocksProxy(server.port)) as proxy,
    ):
        own = {"ca_file": str(CERTIFICATES / "self_signed.pem")}
        assert (await get(http, endpoint("https://localhost", proxy, **own))).status == 200
        with pytest.raises(CertificateRefused):
            await get(http, endpoint("https://localhost", proxy))
    assert len(server.requests) == 1


async def test_a_name_and_a_password_are_sent_to_a_proxy_that_asks_for_them(http: HttpClient) -> None:
    async with (
        always(reply({})) as server,
        running(SocksProxy(server.port, greeting=b"\x05\x02", login_reply=b"\x01\x00")) as proxy,
    ):
        login = {"proxy_user": "änna", "proxy_password": "s:3 cret"}
        assert (await get(http, endpoint("http://chat.example", proxy, **login))).status == 200
    assert proxy.received[:2] == [b"\x00\x02", "änna|s:3 cret".encode()]


async def test_an_empty_password_is_sent_like_any_other(http: HttpClient) -> None:
    async with (
        always(reply({})) as server,
        running(SocksProxy(server.port, greeting=b"\x05\x02", login_reply=b"\x01\x00")) as proxy,
    ):
        assert (await get(http, endpoint("http://chat.example", proxy, proxy_user="anna"))).status == 200
    assert proxy.received[:2] == [b"\x00\x02", b"anna|"]


async def test_the_proxy_may_name_its_own_address_in_any_bytes(http: HttpClient) -> None:
    named = b"\x05\x00\x00\x03\x02\xff\xfe\x00\x50"
    async with always(reply({})) as server, running(SocksProxy(server.port, reply=named)) as proxy:
        assert (await get(http, endpoint("http://chat.example", proxy))).status == 200


@pytest.mark.parametrize(
    ("settings", "kind", "reason"),
    [
        ({"greeting": b"\x05\xff"}, ProxyLoginRefused, "a name and a password are wanted"),
        ({"greeting": b"\x05\x02", "login_reply": b"\x01\x01"}, ProxyLoginRefused, "was refused"),
        ({"greeting": b"\x05\x01"}, ProxyFailed, "not offered"),
        ({"greeting": b"HTTP/1.1 400"}, ProxyFailed, "no SOCKS5 proxy"),
        ({"reply": b"\x05\x05\x00\x01" + bytes(6)}, ProxyFailed, "refused"),
        ({"reply": b"\x05\x63\x00\x01" + bytes(6)}, ProxyFailed, "error 99"),
        ({"reply": b"\x04\x00\x00\x01" + bytes(6)}, ProxyFailed, "no SOCKS5 proxy"),
        ({"reply": b"\x05\x00\x00\x09" + bytes(6)}, ProxyFailed, "makes no sense"),
    ],
)
async def test_what_it_refuses_is_reported_and_nothing_is_left_open(
    http: HttpClient, settings: dict[str, bytes], kind: type[ProxyFailed], reason: str
) -> None:
    login = {"proxy_user": "anna", "proxy_password": "s3cret-123"}
    async with running(SocksProxy(**settings)) as proxy:
        with pytest.raises(kind) as caught:
            await get(http, endpoint("http://chat.example", proxy, **login))
        await asyncio.wait_for(proxy.left.wait(), TIMEOUT)
    assert reason in caught.value.reason
    assert "s3cret" not in str(caught.value)


async def test_a_proxy_that_hangs_up_is_reported(http: HttpClient) -> None:
    async def hang_up(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.close()

    proxy = SocksProxy()
    proxy.serve = hang_up
    async with running(proxy):
        with pytest.raises(ProxyFailed):
            await get(http, endpoint("http://chat.example", proxy))


@pytest.mark.parametrize(
    ("silence", "expected"), [({"greeting": b""}, 1), ({"reply": b""}, 2)], ids=["greeting", "reply"]
)
async def test_a_proxy_that_keeps_silent_is_left_at_once_by_stop_and_given_up_in_time(
    http: HttpClient, silence: dict[str, bytes], expected: int
) -> None:
    async with running(SocksProxy(**silence)) as proxy:
        asked = endpoint("http://chat.example", proxy)
        task = asyncio.create_task(http.request_json(asked, "GET", "/x", timeouts=PATIENT))
        while len(proxy.received) < expected:
            await asyncio.sleep(0.002)
        with OwnTime() as waited:
            task.cancel()
            with pytest.raises(asyncio.CancelledError):
                await task
            await proxy.left.wait()
        assert waited.seconds < 1
        with pytest.raises(ServerTimedOut):
            await http.request_json(asked, "GET", "/x", timeouts=Timeouts(connect=0.2))


@pytest.mark.parametrize("cut", range(1, 5))
async def test_a_login_longer_than_can_be_said_is_refused(http: HttpClient, cut: int) -> None:
    async with running(SocksProxy(greeting=b"\x05\x02", login_reply=b"\x01\x00")) as proxy:
        with pytest.raises(ProxyFailed, match="more than 255 bytes"):
            await get(http, endpoint("http://chat.example", proxy, proxy_user="a", proxy_password="p" * (255 + cut)))


@pytest.mark.parametrize("address", ["socks4://127.0.0.1:1080", "gopher://127.0.0.1:9"])
async def test_other_kinds_are_refused_before_anything_is_sent(http: HttpClient, address: str) -> None:
    connection = ConnectionOptions(ProxyChoice.ADDRESS, address)
    with pytest.raises(ProxyUnusable) as caught:
        await get(http, make_endpoint("Test", "http://chat.example", None, connection=connection))
    assert caught.value.reason == "scheme"
