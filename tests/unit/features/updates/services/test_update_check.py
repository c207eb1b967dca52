"""What is asked to know the newest version, and what is made of the answer, over real TLS."""

import ssl
from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime, timedelta

import pytest

from chatdesk.features.updates.domain.updates import NewestVersion, ReleaseSource, UpdateProblem
from chatdesk.features.updates.services.update_check import MAX_BYTES, Updates
from chatdesk.kernel.lazy import Lazy
from chatdesk.kernel.servers.server import ConnectionOptions
from chatdesk.kernel.settings.declarations import CHECK_UPDATES, UPDATES_ASKED
from chatdesk.kernel.settings.store import Settings
from chatdesk.network.http import HttpClient
from chatdesk.network.network_thread import NetworkThread
from tests.fakes.scripted_server import Hang, Pause, Request, Reset, ScriptedServer, Step, reply
from tests.paths import CERTIFICATES

CERTIFICATE = str(CERTIFICATES / "self_signed.pem")
NOW = datetime(2026, 11, 27, 12, tzinfo=UTC)
Make = Callable[..., Updates]


def tls() -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(CERTIFICATE)
    return context


def saying(*steps: Step) -> ScriptedServer:
    return ScriptedServer(lambda _: steps, tls=tls())


@pytest.fixture
async def settings() -> AsyncIterator[Settings]:
    settings = Settings({}, lambda _: None)
    yield settings
    await settings.close()


@pytest.fixture
async def updates_at(settings: Settings) -> AsyncIterator[Make]:
    async with NetworkThread() as network:
        http = Lazy(lambda: HttpClient(lambda: False), HttpClient.aclose)

        def make(address: str, *, trusting: bool = True, **rest: object) -> Updates:
            connection = ConnectionOptions(ca_file=CERTIFICATE if trusting else "")
            place = ReleaseSource(address, "https://releases.example/")
            return Updates(
                network,
                http,
                settings,
                lambda: NOW,
                source=place,
                version="0.1.0",
                connection_options=connection,
                **rest,
            )

        yield make
        await network.call(http.close)


@pytest.mark.parametrize(
    ("body", "found"),
    [
        ({"version": "0.2.0"}, NewestVersion("0.2.0", is_newer=True)),
        ({"tag_name": "v0.1.0", "body": "notes"}, NewestVersion("0.1.0", is_newer=False)),
        ({"tag_name": "0.0.9"}, NewestVersion("0.0.9", is_newer=False)),
    ],
)
async def test_the_newest_version_is_reported(body: object, found: NewestVersion, updates_at: Make) -> None:
    async with saying(reply(body)) as server:
        assert await updates_at(f"{server.url}/newest.json").ask() == found


async def test_one_request_tells_nothing_about_who_asks(updates_at: Make) -> None:
    answer = b"HTTP/1.1 200 OK\r\nSet-Cookie: you=1\r\nContent-Length: 21\r\n\r\n" + b'{"version": "0.2.0" }'
    async with saying(answer) as server:
        updates = updates_at(f"{server.url}/newest.json")
        for _ in range(2):
            assert await updates.ask() == NewestVersion("0.2.0", is_newer=True)
    for request in server.requests:
        assert (request.method, request.path, request.body) == ("GET", "/newest.json", b"")
        headers = {name: value for name, value in request.headers.items() if name not in {"host", "connection"}}
        assert headers == {"accept": "application/json", "accept-encoding": "identity", "user-agent": "Chatdesk"}
    assert len(server.requests) == 2


@pytest.mark.parametrize(
    ("steps", "problem"),
    [
        ([reply({}, 404)], UpdateProblem.REFUSED),
        ([reply({}, 500)], UpdateProblem.REFUSED),
        ([reply({})], UpdateProblem.NOT_UNDERSTOOD),
        ([reply([])], UpdateProblem.NOT_UNDERSTOOD),
        ([reply({"version": 2})], UpdateProblem.NOT_UNDERSTOOD),
        ([reply({"version": "<b>2.0</b>"})], UpdateProblem.NOT_UNDERSTOOD),
        ([reply("<html>sign in</html>")], UpdateProblem.NOT_UNDERSTOOD),
        ([reply("[" * 20_000)], UpdateProblem.NOT_UNDERSTOOD),
        ([reply({"version": "9.9", "body": "x" * MAX_BYTES})], UpdateProblem.NOT_UNDERSTOOD),
        ([Reset()], UpdateProblem.UNREACHABLE),
    ],
)
async def test_what_is_no_answer_is_recognised_by_its_kind(
    steps: list[Step], problem: UpdateProblem, updates_at: Make
) -> None:
    async with saying(*steps) as server:
        assert await updates_at(f"{server.url}/newest.json").ask() is problem


async def test_an_answer_without_an_end_is_left(updates_at: Make) -> None:
    # No more than the sockets take at once: asyncio logs an error of its own when a TLS client goes while much waits to be sent.
    flood = [b"HTTP/1.1 200 OK\r\n\r\n", b"x" * (MAX_BYTES + 65_536), Hang()]
    async with saying(*flood) as server:
        assert await updates_at(server.url, total_timeout=5.0).ask() is UpdateProblem.NOT_UNDERSTOOD


@pytest.mark.parametrize("steps", [[Hang()], [b"HTTP/1.1 200 OK\r\n\r\n{", *[Pause(0.05), b" "] * 100]])
async def test_a_server_that_takes_its_time_is_not_waited_for(steps: list[Step], updates_at: Make) -> None:
    async with saying(*steps) as server:
        assert await updates_at(server.url, total_timeout=0.2).ask() is UpdateProblem.TIMED_OUT


async def test_nobody_there_is_reported(updates_at: Make) -> None:
    async with saying() as server:
        address = server.url
    assert await updates_at(address).ask() is UpdateProblem.UNREACHABLE


async def test_a_certificate_of_nobody_is_refused_before_anything_is_asked(updates_at: Make) -> None:
    async with saying(reply({"version": "9"})) as server:
        assert await updates_at(server.url, trusting=False).ask() is UpdateProblem.UNTRUSTED
    assert server.requests == []


async def test_it_is_asked_over_tls_only(updates_at: Make) -> None:
    async with ScriptedServer(lambda _: [reply({"version": "9"})]) as server:
        assert await updates_at(server.url).ask() is UpdateProblem.MOVED
    assert server.requests == []


async def test_a_redirect_on_the_same_host_is_followed(updates_at: Make) -> None:
    def script(request: Request) -> list[Step]:
        there = request.path == "/there"
        return [reply({"version": "0.2.0"}) if there else moved("/there")]

    async with ScriptedServer(script, tls=tls()) as server:
        assert await updates_at(f"{server.url}/here").ask() == NewestVersion("0.2.0", is_newer=True)


@pytest.mark.parametrize(
    "location", ["https://elsewhere.example/", "//elsewhere.example/x", "http://127.0.0.1/", "file:///etc/passwd", "/"]
)
async def test_any_other_redirect_is_not(location: str, updates_at: Make) -> None:
    async with saying(moved(location)) as server:
        assert await updates_at(server.url).ask() is UpdateProblem.MOVED
    assert len(server.requests) <= 4


async def test_without_an_address_nobody_is_asked(updates_at: Make, settings: Settings) -> None:
    settings.set(CHECK_UPDATES, value=True)
    updates = updates_at("")
    assert not updates.is_due
    assert await updates.ask() is UpdateProblem.NO_ADDRESS


@pytest.mark.parametrize(
    ("asked", "due"),
    [
        ("", True),
        ((NOW - timedelta(hours=23)).isoformat(), False),
        ((NOW - timedelta(hours=24)).isoformat(), True),
        ((NOW + timedelta(days=3)).isoformat(), True),
        ("nonsense", True),
        ("2026-11-27", True),
    ],
)
async def test_it_is_asked_once_a_day_where_it_is_switched_on(
    asked: str, due: bool, updates_at: Make, settings: Settings
) -> None:
    updates = updates_at("https://releases.example/newest.json")
    settings.set(UPDATES_ASKED, asked)
    assert not updates.is_due  # off is how it begins
    settings.set(CHECK_UPDATES, value=True)
    assert updates.is_due is due


async def test_when_it_was_asked_is_remembered_also_when_nobody_answered(updates_at: Make, settings: Settings) -> None:
    async with saying() as server:
        address = server.url
    await updates_at(address).ask()
    assert settings.get(UPDATES_ASKED) == NOW.isoformat()


def moved(location: str) -> bytes:
    return f"HTTP/1.1 302 Found\r\nLocation: {location}\r\nContent-Length: 0\r\n\r\n".encode()
