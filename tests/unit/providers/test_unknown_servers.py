"""What something that is no chat server calls itself: short, in one line, whatever it sends."""

import ssl

import pytest

from chatdesk.kernel.errors.base import ServerError
from chatdesk.kernel.servers.server import ConnectionOptions
from chatdesk.network.http import HttpClient
from chatdesk.network.timeouts import Timeouts
from chatdesk.providers import recognition as strangers
from chatdesk.providers.recognition import UnknownServer, identify_http_server, speaks_http
from tests.fakes.scripted_server import Hang, Pause, Request, ScriptedServer, Step, reply
from tests.paths import CERTIFICATES

WAY = ConnectionOptions()


async def asked(http: HttpClient, server: ScriptedServer) -> UnknownServer:
    async with server:
        return await identify_http_server(server.url, http, WAY)


async def test_a_web_page_is_recognised_by_its_title_and_program(http: HttpClient):
    page = "<html><head><title>Router\n of  the house</title></head></html>"
    server = ScriptedServer(lambda _: [reply(page, 200, "text/html", {"Server": "lighttpd/1.4"})])
    assert await asked(http, server) == UnknownServer(200, "lighttpd/1.4", "Router of the house")


async def test_megabytes_are_read_no_further_than_the_beginning(http: HttpClient):
    server = ScriptedServer(lambda _: [reply("<title>" + "x" * 4_000_000, 200, "text/html", {"Server": "y" * 9000})])
    identified = await asked(http, server)
    assert len(identified.title) <= 120
    assert len(identified.program) <= 60


async def test_nothing_that_could_let_anybody_in_goes_along(http: HttpClient):
    server = ScriptedServer(lambda _: [reply("hi", 200, "text/plain")])
    await asked(http, server)
    (request,) = server.requests
    assert not {"authorization", "cookie", "x-api-key"} & set(request.headers)


async def test_one_that_drips_or_says_nothing_is_given_up(http: HttpClient, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(strangers, "PROBE", Timeouts(connect=0.3, first_event=0.3))

    def drip(_: Request) -> list[Step]:
        return [b"HTTP/1.1 200 OK\r\n", *(step for _ in range(200) for step in (b"A: b\r\n", Pause(0.01)))]

    for script in (drip, lambda _: [Hang()]):
        with pytest.raises(ServerError):
            await asked(http, ScriptedServer(script))


async def test_a_scheme_is_spoken_or_not(http: HttpClient):
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(CERTIFICATES / "self_signed.pem")
    async with (
        ScriptedServer(lambda _: [reply("hi")]) as plain,
        ScriptedServer(lambda _: [reply("hi")], tls=context) as secure,
    ):
        assert await speaks_http(plain.url, http, WAY)
        assert await speaks_http(secure.url, http, WAY), "whose certificate it is makes no difference"
        assert not await speaks_http(plain.url.replace("http:", "https:"), http, WAY)
        assert not await speaks_http(secure.url.replace("https:", "http:"), http, WAY)


@pytest.mark.parametrize(
    "page",
    [
        "<html><head><title>400 The plain HTTP request was sent to HTTPS port</title></head></html>",
        "Client sent an HTTP request to an HTTPS server.\n",
    ],
    ids=["nginx", "Go"],
)
async def test_a_complaint_about_the_scheme_is_not_speaking_it(http: HttpClient, page: str):
    async with ScriptedServer(lambda _: [reply(page, 400, "text/html")]) as server:
        assert not await speaks_http(server.url, http, WAY)
