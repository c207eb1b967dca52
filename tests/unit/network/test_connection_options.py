"""The way to one server, where a person says more than its address: its proxy, its authorities, how long to wait. Over real sockets."""

import ssl
from pathlib import Path

import pytest

from chatdesk.kernel.errors.base import (
    CaFileInvalid,
    CertificateRefused,
    ProxyFailed,
    ProxyUnusable,
    ServerTimedOut,
    ServerUnreachable,
)
from chatdesk.kernel.servers.server import ConnectionOptions, ProxyChoice
from chatdesk.network.endpoint import Endpoint, make_endpoint
from chatdesk.network.http import HttpClient
from chatdesk.network.timeouts import LIST, REMOTE, Timeouts
from tests.fakes.http_questions import CANARY, always, get
from tests.fakes.scripted_server import Hang, Request, ScriptedServer, chunk, head, reply
from tests.own_time import TIMEOUT, OwnTime
from tests.paths import CERTIFICATES
from tests.unit.providers.vendor_harness import outcome_of, provider_of

ELSEWHERE = "http://chat.example.invalid"


def endpoint(url: str, **options: object) -> Endpoint:
    return make_endpoint("Test", url, CANARY, connection=ConnectionOptions(**options))


def through(address: str) -> dict[str, object]:
    return {"proxy": ProxyChoice.ADDRESS, "proxy_address": address}


def serving(certificate: str = "self_signed.pem") -> ssl.SSLContext:
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(CERTIFICATES / certificate)
    return context


@pytest.fixture(autouse=True)
def system(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    for name in ("http_proxy", "https_proxy", "all_proxy", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)
    return monkeypatch


async def test_the_proxy_of_a_server_is_asked_instead_of_the_system_s_also_for_a_server_nearby(
    http: HttpClient, system: pytest.MonkeyPatch, unused_port: int
):
    system.setenv("http_proxy", f"http://127.0.0.1:{unused_port}")
    async with always(reply({})) as proxy:
        for url in (ELSEWHERE, f"http://127.0.0.1:{unused_port}"):
            assert (await get(http, endpoint(url, **through(proxy.url)))).status == 200
        assert [request.path for request in proxy.requests] == [f"{ELSEWHERE}/x", f"http://127.0.0.1:{unused_port}/x"]


async def test_two_servers_have_each_their_own_proxy(http: HttpClient):
    async with always(reply({})) as one, always(reply({})) as other:
        await get(http, endpoint(ELSEWHERE, **through(one.url)))
        await get(http, endpoint("http://lab.example.invalid", **through(other.url)))
        assert [len(proxy.requests) for proxy in (one, other)] == [1, 1]


async def test_a_server_without_a_proxy_is_reached_past_the_system_s(http: HttpClient, system: pytest.MonkeyPatch):
    async with always(reply({})) as proxy:
        system.setenv("http_proxy", proxy.url)
        with pytest.raises(ServerUnreachable):
            await get(http, endpoint(ELSEWHERE, proxy=ProxyChoice.NONE, proxy_address=proxy.url))
        assert proxy.requests == []


async def test_a_proxy_s_address_may_lack_its_scheme(http: HttpClient):
    async with always(reply({})) as proxy:
        assert (await get(http, endpoint(ELSEWHERE, **through(proxy.url.removeprefix("http://"))))).status == 200


async def test_a_proxy_that_is_not_there_is_distinguished(http: HttpClient, unused_port: int):
    with pytest.raises(ProxyFailed):
        await get(http, endpoint(ELSEWHERE, **through(f"http://127.0.0.1:{unused_port}")))


@pytest.mark.parametrize(
    ("address", "problem"),
    [
        ("http://anna:secret@proxy.example:3128", "userinfo"),
        ("socks4://127.0.0.1:1080", "scheme"),
        ("http://proxy.example:99999", "port"),
        ("http://proxy.example/path", "path"),
        ("http://", "host"),
    ],
)
async def test_a_proxy_that_cannot_be_used_is_reported_before_anything_is_sent(
    http: HttpClient, address: str, problem: str
):
    with pytest.raises(ProxyUnusable) as caught:
        await get(http, endpoint(ELSEWHERE, **through(address)))
    assert caught.value.reason == problem
    assert "secret" not in str(caught.value)


async def test_over_tls_a_proxy_gets_no_key_and_the_server_s_own_authorities_count(http: HttpClient):
    async with ScriptedServer(lambda _: [reply("who?", 407)]) as proxy:
        with pytest.raises(ProxyFailed):
            await get(http, endpoint("https://chat.example.invalid", **through(proxy.url)))
        assert CANARY not in str(proxy.requests)


async def test_an_authority_a_person_named_is_believed_for_its_server_only(http: HttpClient):
    async with ScriptedServer(lambda _: [reply({})], tls=serving()) as server:
        own = endpoint(server.url, ca_file=str(CERTIFICATES / "self_signed.pem"))
        assert (await get(http, own)).status == 200
        with pytest.raises(CertificateRefused):
            await get(http, endpoint(server.url))
        assert len(server.requests) == 1


@pytest.mark.parametrize(("certificate", "host"), [("expired.pem", "127.0.0.1"), ("self_signed.pem", "127.0.0.2")])
async def test_nothing_else_is_forgiven_for_it(http: HttpClient, certificate: str, host: str):
    async with ScriptedServer(lambda _: [reply({})], tls=serving(certificate), host=host) as server:
        with pytest.raises(CertificateRefused):
            await get(http, endpoint(server.url, ca_file=str(CERTIFICATES / certificate)))
        assert server.requests == []


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (None, "not a file"),
        (b"", "no certificate"),
        (b"-----BEGIN CERTIFICATE-----\nnonsense\n-----END CERTIFICATE-----\n", ""),
        (b"x" * (9 * 1024 * 1024), "too large"),
        (b"\x00\xff", "no certificate"),
    ],
    ids=["missing", "empty", "nonsense", "large", "binary"],
)
async def test_a_file_without_authorities_is_reported_and_nothing_is_sent(
    http: HttpClient, tmp_path: Path, content: bytes | None, reason: str
):
    file = tmp_path / "ca.pem"
    if content is not None:
        file.write_bytes(content)
    async with ScriptedServer(lambda _: [reply({})], tls=serving()) as server:
        with pytest.raises(CaFileInvalid) as caught:
            await get(http, endpoint(server.url, ca_file=str(file)))
        assert server.connections == 0
    assert reason in caught.value.reason


async def test_a_file_of_authorities_that_changed_is_read_again(http: HttpClient, tmp_path: Path):
    file = tmp_path / "ca.pem"
    file.write_bytes((CERTIFICATES / "expired.pem").read_bytes())
    async with ScriptedServer(lambda _: [reply({})], tls=serving()) as server:
        with pytest.raises(CertificateRefused):
            await get(http, endpoint(server.url, ca_file=str(file)))
        file.write_bytes((CERTIFICATES / "self_signed.pem").read_bytes() + b"\n")
        assert (await get(http, endpoint(server.url, ca_file=str(file)))).status == 200


def test_what_a_person_does_not_say_stays_as_it_is():
    assert REMOTE.waiting(ConnectionOptions()) == REMOTE
    assert LIST.connecting(ConnectionOptions()) == LIST


def test_a_person_s_times_hold_for_connecting_and_for_silence():
    options = ConnectionOptions(connect_seconds=40, silence_seconds=7200)
    assert REMOTE.waiting(options) == Timeouts(connect=40, first_event=7200, idle=7200, comments_only=7200)
    assert REMOTE.waiting(ConnectionOptions(silence_seconds=5)) == Timeouts(first_event=5, idle=5)
    assert LIST.connecting(options) == Timeouts(connect=40, first_event=30)


@pytest.mark.parametrize("begun", [False, True], ids=["before the first word", "after it"])
async def test_a_server_that_says_nothing_is_given_up_after_that_time(http: HttpClient, begun: bool):
    first = 'data: {"choices":[{"index":0,"delta":{"content":"Hi"}}]}\n\n'

    def script(_request: Request):
        return [head(), *([chunk(first)] if begun else []), Hang()]

    async with ScriptedServer(script) as server:
        # The first word must come in the time for both, and a busy machine is slow.
        options = ConnectionOptions(connect_seconds=TIMEOUT if begun else 0.2, silence_seconds=0.3)
        with OwnTime() as waited:
            came = await outcome_of(provider_of("custom", server.url, http, connection=options))
    assert (type(came.error), came.answer.text) == (ServerTimedOut, "Hi" if begun else "")
    assert waited.seconds < 3
