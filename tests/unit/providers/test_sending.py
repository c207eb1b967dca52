"""How a request gets onto its way: addresses that are none, large bodies over slow lines, and when all of it is sent."""

import asyncio
import socket
import time

import pytest

from chatdesk.kernel.errors.base import ServerError, ServerTimedOut
from chatdesk.kernel.servers.server import ConnectionOptions, ProxyChoice
from chatdesk.network import http as http_module
from chatdesk.network.endpoint import make_endpoint
from chatdesk.network.http import HttpClient
from chatdesk.network.timeouts import LIST
from tests.fakes.http_questions import always, get, to
from tests.fakes.scripted_server import Hang, ScriptedServer, reply


async def test_that_a_request_is_on_its_way_is_reported_once(http: HttpClient):
    reported: list[int] = []
    async with always(reply({})) as server:
        endpoint = to(server)
        async with http.stream(
            endpoint,
            "POST",
            "/x",
            {},
            accept="*/*",
            timeouts=LIST,
            on_sent=lambda: reported.append(len(server.requests)),
        ) as stream:
            assert stream.status == 200
    assert len(reported) == 1


async def test_what_asks_a_proxy_for_the_way_is_not_the_request(http: HttpClient):
    reported: list[int] = []
    async with ScriptedServer(lambda _: [b"HTTP/1.1 200 OK\r\n\r\n", Hang()]) as proxy:
        connection = ConnectionOptions(ProxyChoice.ADDRESS, proxy.url)
        endpoint = make_endpoint("Test", "https://chat.example.invalid", None, connection=connection)

        async def ask() -> None:
            async with http.stream(
                endpoint, "POST", "/x", {}, accept="*/*", timeouts=LIST, on_sent=lambda: reported.append(1)
            ):
                pass

        asking = asyncio.create_task(ask())
        await proxy.until(lambda: proxy.requests)
        await asyncio.sleep(0.05)
        asking.cancel()
        await asyncio.wait([asking])
        await proxy.until(lambda: proxy.disconnects)
    assert reported == []


@pytest.mark.parametrize(
    "address",
    [
        "http://h:99999/",
        "http://[::1",
        "http://a..b/",
        f"http://{'a' * 300}.example/",
        "http://\u0661\u0662\u0667.0.0.1:1/",
        "http://exa mple/",
        "http://xn--/",
    ],
)
async def test_an_address_that_is_none_is_reported_like_any_other_failure(http: HttpClient, address: str):
    with pytest.raises(ServerError):
        await get(http, make_endpoint("Test", address, None))


async def test_what_is_sent_over_a_slow_line_may_take_longer_than_a_silence(
    http: HttpClient, monkeypatch: pytest.MonkeyPatch
):
    """A large upload goes on while something of it is taken."""
    monkeypatch.setattr(http_module, "_WRITE_SECONDS", 1.1)
    size = 24_000_000

    async def slowly(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while size > len(taken):
            taken.extend(await reader.read(2_000_000))
            await asyncio.sleep(0.1)
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}")
        await writer.drain()
        writer.close()

    taken = bytearray()
    server = await asyncio.start_server(slowly, "127.0.0.1", 0, limit=2_000_000)
    async with server:
        port = server.sockets[0].getsockname()[1]
        began = time.monotonic()
        endpoint = make_endpoint("Test", f"http://127.0.0.1:{port}", None)
        answer = await http.request_json(endpoint, "POST", "/x", "y" * size, timeouts=LIST)
        assert answer.status == 200
        assert time.monotonic() - began > 1.1


async def test_a_server_that_takes_nothing_more_is_given_up(http: HttpClient, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(http_module, "_WRITE_SECONDS", 0.3)
    with socket.socket() as mute:
        mute.bind(("127.0.0.1", 0))
        mute.listen()
        endpoint = make_endpoint("Test", f"http://127.0.0.1:{mute.getsockname()[1]}", None)
        with pytest.raises(ServerTimedOut) as caught:
            await http.request_json(endpoint, "POST", "/x", "y" * 30_000_000, timeouts=LIST)
    assert caught.value.seconds == 0.3
