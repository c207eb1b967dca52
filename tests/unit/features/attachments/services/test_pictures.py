"""What is fetched for a picture, and what is not, however its address is written."""

import socket
from collections.abc import AsyncIterator
from urllib.parse import urlsplit

import pytest

from chatdesk.features.attachments.services.pictures import MAX_FETCHED_BYTES, Pictures, is_public_host
from chatdesk.kernel.chat.pictures import PictureProblem, PictureUnavailable
from chatdesk.network.http import HttpClient
from chatdesk.network.network_thread import NetworkThread
from tests.fakes.scripted_names import ScriptedNames
from tests.fakes.scripted_server import Request, Reset, ScriptedServer, Step

PNG = b"\x89PNG\r\n\x1a\n" + bytes(100)


async def anyone(_host: str, _port: int) -> bool:
    return True


@pytest.fixture
async def pictures() -> AsyncIterator[Pictures]:
    async with NetworkThread() as network:
        http = HttpClient(lambda: False)
        yield Pictures(network, http, anyone, lambda _address: True)
        await network.call(http.aclose)


def answer(body: bytes = PNG, status: int = 200, **headers: str) -> bytes:
    headers = {"content_type": "image/png", "content_length": str(len(body)), **headers}
    lines = "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in headers.items())
    return f"HTTP/1.1 {status} X\r\n{lines}\r\n".encode() + body


def server(*steps: Step) -> ScriptedServer:
    return ScriptedServer(lambda _: steps)


async def problem(pictures: Pictures, address: str) -> tuple[PictureProblem, str]:
    with pytest.raises(PictureUnavailable) as caught:
        await pictures.load(address)
    return caught.value.failure.problem, caught.value.failure.detail


async def test_a_picture_is_fetched_and_nothing_sent_about_the_person(pictures: Pictures) -> None:
    async with server(answer()) as there:
        assert await pictures.load(f"{there.url}/cat.png?size=1#top") == PNG
    (request,) = there.requests
    assert (request.method, request.path, request.body) == ("GET", "/cat.png?size=1", b"")
    assert set(request.headers) <= {"host", "accept", "accept-encoding", "connection", "user-agent"}


async def test_cookies_are_not_kept(pictures: Pictures) -> None:
    async with server(answer(set_cookie="a=b")) as there:
        await pictures.load(f"{there.url}/1.png")
        await pictures.load(f"{there.url}/2.png")
    assert "cookie" not in there.requests[1].headers


@pytest.mark.parametrize(
    ("reply", "expected"),
    [
        (answer(status=404), PictureProblem.NOT_FOUND),
        (answer(status=500), PictureProblem.NOT_FOUND),
        (answer(content_type="text/html"), PictureProblem.NOT_A_PICTURE),
        (answer(b"<html>"), PictureProblem.NOT_A_PICTURE),
        (answer(b"<svg/>", content_type="image/svg+xml"), PictureProblem.VECTOR),
        (answer(PNG + bytes(MAX_FETCHED_BYTES)), PictureProblem.TOO_LARGE),
        (answer(location="file:///etc/passwd", status=302), PictureProblem.NOT_OPENED),
        (answer(location="https://elsewhere.example/x.png", status=302), PictureProblem.MOVED),
    ],
)
async def test_what_is_no_picture_is_refused(reply: bytes, expected: PictureProblem, pictures: Pictures) -> None:
    async with server(reply) as there:
        assert (await problem(pictures, f"{there.url}/x"))[0] is expected
    assert len(there.requests) == 1


async def test_a_redirect_elsewhere_is_reported_with_its_address(pictures: Pictures) -> None:
    async with server(answer(location="//elsewhere.example/x.png", status=301)) as there:
        assert (await problem(pictures, f"{there.url}/x"))[1] == "http://elsewhere.example/x.png"


async def test_a_redirect_on_the_same_host_is_followed(pictures: Pictures) -> None:
    def script(request: Request) -> list[Step]:
        return [answer(location="/real.png", status=302) if request.path == "/x" else answer()]

    async with ScriptedServer(script) as there:
        assert await pictures.load(f"{there.url}/x") == PNG


async def test_redirects_in_a_circle_end(pictures: Pictures) -> None:
    async with server(answer(location="/x", status=302)) as there:
        assert (await problem(pictures, f"{there.url}/x"))[0] is PictureProblem.UNREACHABLE
    assert len(there.requests) == 4


async def test_a_broken_connection_is_reported(pictures: Pictures) -> None:
    async with server(Reset()) as there:
        assert (await problem(pictures, f"{there.url}/x"))[0] is PictureProblem.UNREACHABLE


@pytest.mark.parametrize(
    "host",
    [
        *("127.0.0.1", "localhost", "a.localhost", "10.0.0.1", "192.168.1.1", "169.254.169.254", "router.lan", "nas"),
        *("2130706433", "0x7f.1", "127.1", "0177.0.0.1", "0.0.0.0", "100.64.0.1"),
        *("::1", "fe80::1", "fd00::1", "::ffff:7f00:1", "::ffff:10.0.0.1", "::ffff:c0a8:101", "2002:7f00:1::", "::"),
    ],
)
async def test_an_address_of_the_persons_own_network_is_refused(host: str) -> None:
    assert not await is_public_host(host, 80)


@pytest.mark.parametrize("host", ["93.184.216.34", "2606:2800:220:1:248:1893:25c8:1946"])
async def test_a_public_address_is_not(host: str) -> None:
    assert await is_public_host(host, 443)


async def test_a_name_that_leads_inside_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    def inside(*_: object, **__: object) -> list[tuple[int, int, int, str, tuple[str, int]]]:
        return [(2, 1, 6, "", ("93.184.216.34", 80)), (2, 1, 6, "", ("192.168.0.1", 80))]

    monkeypatch.setattr(socket, "getaddrinfo", inside)
    assert not await is_public_host("evil.example", 80)


async def test_nothing_is_asked_of_a_private_address() -> None:
    async with NetworkThread() as network, server(answer()) as there:
        http = HttpClient(lambda: False)
        assert (await problem(Pictures(network, http), f"{there.url}/x"))[0] is PictureProblem.PRIVATE_ADDRESS
        await network.call(http.aclose)
    assert not there.requests


@pytest.mark.parametrize("address", ["file:///etc/passwd", "ftp://a.b/x", "https://user@a.b/x", "//a.b/x", "x.png"])
async def test_no_other_address_is_opened(address: str, pictures: Pictures) -> None:
    assert (await problem(pictures, address))[0] is PictureProblem.NOT_OPENED


async def test_a_name_that_leads_home_once_it_was_checked_is_not_followed(monkeypatch: pytest.MonkeyPatch) -> None:
    names = ScriptedNames(monkeypatch, ["93.184.216.34"], ["127.0.0.1"])
    async with server(answer()) as there, NetworkThread() as network:
        http = HttpClient(lambda: False)
        found = await problem(Pictures(network, http), f"http://rebind.example:{urlsplit(there.url).port}/cat.png")
        await network.call(http.aclose)
    assert found[0] is PictureProblem.PRIVATE_ADDRESS
    assert names.asked == ["rebind.example"] * 2
    assert not there.requests


async def test_one_private_address_among_public_ones_is_enough_not_to_connect(monkeypatch: pytest.MonkeyPatch) -> None:
    ScriptedNames(monkeypatch, ["93.184.216.34"], ["127.0.0.1", "93.184.216.34"])
    async with server(answer()) as there, NetworkThread() as network:
        http = HttpClient(lambda: False)
        found = await problem(Pictures(network, http), f"http://rebind.example:{urlsplit(there.url).port}/cat.png")
        await network.call(http.aclose)
    assert found[0] is PictureProblem.PRIVATE_ADDRESS
    assert not there.requests


async def test_what_was_checked_is_connected_to_and_the_server_gets_its_name(
    monkeypatch: pytest.MonkeyPatch, pictures: Pictures
) -> None:
    names = ScriptedNames(monkeypatch, ["127.0.0.1"], ["192.0.2.1"])
    async with server(answer()) as there:
        port = urlsplit(there.url).port
        assert await pictures.load(f"http://pictures.example:{port}/cat.png") == PNG
    assert names.asked == ["pictures.example"]
    assert there.requests[0].headers["host"] == f"pictures.example:{port}"


async def test_behind_a_proxy_the_name_is_judged_and_the_proxy_connected_to_wherever_it_is(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with server(answer()) as proxy, NetworkThread() as network:
        monkeypatch.setattr("chatdesk.network.http.system_proxy", lambda _url: proxy.url)
        ScriptedNames(monkeypatch, ["93.184.216.34"])
        http = HttpClient()
        pictures = Pictures(network, http)
        assert await pictures.load("http://pictures.example/cat.png") == PNG
        assert (await problem(pictures, "http://nas/cat.png"))[0] is PictureProblem.PRIVATE_ADDRESS
        await network.call(http.aclose)
    assert [request.path for request in proxy.requests] == ["http://pictures.example/cat.png"]


@pytest.mark.parametrize("host", ["a..b", "a" * 300 + ".example", ".example"])
async def test_a_host_that_can_be_none_is_left_to_the_request_which_says_so(host: str) -> None:
    assert await is_public_host(host, 443)
