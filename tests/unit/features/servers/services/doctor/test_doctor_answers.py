"""A server that is there and does not answer as it should: what is behind it, found out at real sockets."""

import socket
import ssl
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from chatdesk.features.servers.domain.diagnosis import Check, Progress
from chatdesk.features.servers.domain.finding import Cause, Remedy, RemedyKind, Severity
from chatdesk.features.servers.services.doctor.doctor import address_of
from chatdesk.features.servers.services.doctor.doctor_examination import CHECK_SECONDS
from chatdesk.kernel.errors.base import ChatdeskError
from chatdesk.kernel.servers.server import ConnectionOptions, Header, ProxyChoice, ServerConfig, ServerProtocol
from chatdesk.network import http
from tests.fakes.doctor_harness import (
    DoctorHarness,
    be_patient,
    best,
    causes,
    checked,
    doctor_harness,
    found,
    the_cause,
    web_site,
)
from tests.fakes.scripted_models import scripted_ollama, scripted_openai
from tests.fakes.scripted_server import Pause, Request, ScriptedServer, Step, reply
from tests.paths import CERTIFICATES

CANARY = "sk-CANARY0123456789abcdef"
USE = RemedyKind.USE_ADDRESS


@pytest.fixture
async def harness(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[DoctorHarness]:
    be_patient(monkeypatch)
    async with doctor_harness(tmp_path) as harness:
        yield harness


@contextmanager
def silent_port(host: str = "127.0.0.1") -> Iterator[int]:
    """A port that takes connections and says nothing."""
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as listening:
        listening.bind((host, 0))
        listening.listen()
        yield listening.getsockname()[1]


def tls(certificate: str = "self_signed.pem") -> ssl.SSLContext:
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(CERTIFICATES / certificate)
    return context


def kinds(remedies: tuple[Remedy, ...]) -> list[RemedyKind]:
    return [remedy.kind for remedy in remedies]


# Something listens.


async def test_a_port_that_says_nothing_is_given_up(harness: DoctorHarness):
    harness.doctor._check_seconds = {**CHECK_SECONDS, Check.ANSWERING: 0.3}
    with silent_port() as port:
        diagnosis = await harness.examine(await harness.add(f"http://127.0.0.1:{port}"))
    assert causes(diagnosis)[:2] == [Cause.LISTENS, Cause.TOOK_TOO_LONG]


async def test_a_web_site_is_recognised_by_what_it_calls_itself(harness: DoctorHarness):
    async with web_site() as server:
        diagnosis = await harness.examine(await harness.add(server.url))
    assert found(diagnosis, Cause.UNKNOWN_SERVER).facts == {
        "status": "200",
        "program": "lighttpd/1.4.76",
        "title": "Router of the house",
    }


@pytest.mark.parametrize(
    ("page", "server"),
    [
        ("<title>" + "x" * 10_000 + "</title>", "y" * 10_000),
        ("\u202egnihtyna\u202c" * 5000, "\u202eevil"),
        ("<script>alert(1)</script>" * 1000, "<b>bold</b>"),
    ],
    ids=["10 KB", "RTL", "HTML"],
)
async def test_whatever_a_stranger_calls_itself_stays_short(harness: DoctorHarness, page: str, server: str):
    async with web_site(page, server=server.encode("latin-1", "replace").decode("latin-1")) as site:
        facts = found(await harness.examine(await harness.add(site.url)), Cause.UNKNOWN_SERVER).facts
    assert len(facts["program"]) <= 60
    assert len(facts["title"]) <= 120
    assert "\n" not in facts["title"]


async def test_a_server_that_drips_is_given_up(harness: DoctorHarness):
    harness.doctor._check_seconds = {**CHECK_SECONDS, Check.ANSWERING: 0.4}

    def drip(_: Request) -> Iterator[Step]:
        yield b"HTTP/1.1 200 OK\r\n"
        while True:
            yield b"X-More: and more\r\n"
            yield Pause(0.01)

    async with ScriptedServer(drip) as server:
        diagnosis = await harness.examine(await harness.add(server.url))
    assert Cause.TOOK_TOO_LONG in causes(diagnosis)
    assert not diagnosis.is_running


async def test_a_known_server_of_another_kind_can_be_added_as_what_it_is(harness: DoctorHarness):
    answers = {"/v1/models": {"object": "list", "data": [{"id": "m", "object": "model", "owned_by": "vllm"}]}}
    script = lambda request: [reply(answers[request.path]) if request.path in answers else reply({}, 404)]  # noqa: E731
    async with ScriptedServer(script) as server:
        diagnosis = await harness.examine(await harness.add(server.url))
    finding = found(diagnosis, Cause.OTHER_SERVER)
    assert (finding.severity, finding.facts["vendor"]) == (Severity.BAD, "vLLM")
    assert finding.remedies[0].kind is RemedyKind.ADD_SERVER


@pytest.mark.parametrize("path", ["/v1/v1", "/api/v1", "/v1/models/v1"])
async def test_an_address_with_the_wrong_path_is_mended(harness: DoctorHarness, path: str):
    async with scripted_openai() as server:
        mine = await harness.add(f"{server.url}{path}", "custom")
        diagnosis = await harness.examine(mine)
        finding, remedy = best(diagnosis)
        assert (finding.cause, remedy.value) == (Cause.OTHER_PATH, f"{server.url}/v1")
        assert (await harness.examine(await harness.doctor.apply_remedy(mine, remedy))).is_well


@pytest.mark.parametrize("path", ["/v1/v1", "/api"])
async def test_the_openai_half_of_an_ollama_is_found_where_it_is(harness: DoctorHarness, path: str):
    async with scripted_ollama() as server:
        mine = await harness.add(f"{server.url}{path}", "ollama-v1")
        finding, remedy = best(await harness.examine(mine))
        assert (finding.cause, remedy.value) == (Cause.OTHER_PATH, f"{server.url}/v1")
        assert (await harness.examine(await harness.doctor.apply_remedy(mine, remedy))).is_well


async def test_a_missing_v1_needs_no_mending(harness: DoctorHarness):
    async with scripted_openai() as server:
        assert (await harness.examine(await harness.add(server.url, "custom"))).is_well


async def test_plain_http_at_an_https_address_is_mended(harness: DoctorHarness):
    async with scripted_ollama() as server:
        mine = await harness.add(server.url.replace("http:", "https:"))
        diagnosis = await harness.examine(mine)
        finding, remedy = best(diagnosis)
        assert (finding.cause, remedy.value) == (Cause.SPEAKS_PLAIN, server.url)
        assert (await harness.examine(await harness.doctor.apply_remedy(mine, remedy))).is_well


async def test_tls_at_an_http_address_is_mended(harness: DoctorHarness):
    server = scripted_ollama()
    server.tls = tls()
    async with server:
        diagnosis = await harness.examine(await harness.add(server.url.replace("https:", "http:")))
        finding, remedy = best(diagnosis)
    assert (finding.cause, remedy.value) == (Cause.SPEAKS_TLS, server.url)


@pytest.mark.parametrize("is_encrypted", [True, False])
async def test_an_address_with_the_wrong_scheme_is_known_before_the_server_is_saved(
    harness: DoctorHarness, *, is_encrypted: bool
):
    server = scripted_openai()
    server.tls = tls() if is_encrypted else None
    async with server:
        wrong = server.url.replace("https:", "http:") if is_encrypted else server.url.replace("http:", "https:")
        mine = ServerConfig("new", "New", "custom", ServerProtocol.OPENAI, f"{wrong}/v1")
        with pytest.raises(ChatdeskError) as failed:
            await harness.connections.test(mine)
        finding = await harness.doctor.better_address(failed.value, mine)
    assert finding is not None
    assert finding.cause is (Cause.SPEAKS_TLS if is_encrypted else Cause.SPEAKS_PLAIN)
    assert address_of(finding) == f"{server.url}/v1"
    assert harness.servers.find("new") is None


def sends_everybody_to(location: str) -> ScriptedServer:
    return ScriptedServer(lambda _: [reply("", 301, headers={"Location": location})])


async def test_a_server_that_sends_everybody_to_tls_is_followed_by_the_address_only(harness: DoctorHarness):
    there = scripted_ollama()
    there.tls = tls()
    async with there, sends_everybody_to(f"{there.url}/api/version") as server:
        diagnosis = await harness.examine(await harness.add(server.url))
    assert found(diagnosis, Cause.SPEAKS_TLS).remedies[0].value == there.url


@pytest.mark.parametrize("port", ["dead", "99999"])
async def test_a_place_that_does_not_answer_is_not_offered_wherever_a_server_sends_everybody(
    harness: DoctorHarness, dead: int, port: str
):
    location = f"https://127.0.0.1:{dead if port == 'dead' else port}/api/version"
    async with sends_everybody_to(location) as server:
        diagnosis = await harness.examine(await harness.add(server.url))
    assert the_cause(diagnosis).cause is Cause.MOVED
    assert the_cause(diagnosis).facts == {"location": location}
    assert USE not in kinds(the_cause(diagnosis).remedies)


@pytest.mark.parametrize(
    ("certificate", "host", "trusted", "cause"),
    [
        ("self_signed.pem", "127.0.0.1", False, Cause.SELF_SIGNED),
        ("expired.pem", "127.0.0.1", True, Cause.EXPIRED),
        ("self_signed.pem", "127.0.0.2", True, Cause.WRONG_NAME),
    ],
)
async def test_a_certificate_is_recognised_by_what_is_wrong_with_it(
    harness: DoctorHarness, monkeypatch: pytest.MonkeyPatch, certificate: str, host: str, trusted: bool, cause: Cause
):
    if trusted:
        believing = ssl.create_default_context(cafile=CERTIFICATES / certificate)
        monkeypatch.setattr(http, "trusted_ca_certificates", lambda *_: believing)
    server = scripted_ollama()
    server.tls, server.host = tls(certificate), host
    async with server:
        diagnosis = await harness.examine(await harness.add(server.url))
        assert server.requests == []
    finding = found(diagnosis, cause)
    assert finding.severity is Severity.BAD
    assert (finding.remedies[0].kind is RemedyKind.CHOOSE_AUTHORITIES) is (cause is Cause.SELF_SIGNED)


async def test_a_chosen_authority_mends_a_certificate_of_ones_own(harness: DoctorHarness):
    server = scripted_ollama()
    server.tls = tls()
    async with server:
        mine = await harness.add(server.url)
        remedy = Remedy(RemedyKind.CHOOSE_AUTHORITIES, str(CERTIFICATES / "self_signed.pem"))
        assert (await harness.examine(await harness.doctor.apply_remedy(mine, remedy))).is_well


# Refusals.


def ollama_that_refuses_names() -> ScriptedServer:
    """As it is bound to the loopback: 403 without a body for every host but numbers and localhost."""
    real = scripted_ollama()
    answer = real.script

    def script(request: Request) -> object:
        is_number = request.headers["host"].startswith("127.")
        return answer(request) if is_number else [reply("", 403, "text/plain")]

    real.script = script
    return real


async def test_a_refused_host_name_is_got_round_by_the_number(harness: DoctorHarness, monkeypatch: pytest.MonkeyPatch):
    async def here(host: str, port: int) -> list[str]:
        return ["127.0.0.1"]

    for place in ("connecting", "reaching"):
        monkeypatch.setattr(f"chatdesk.network.wire.{place}.resolve", here)
    async with ollama_that_refuses_names() as server:
        mine = await harness.add(f"http://llm.home.arpa:{server.port}")
        diagnosis = await harness.examine(mine)
        finding, remedy = best(diagnosis)
        assert (finding.cause, finding.facts) == (Cause.HOST_NAME_REFUSED, {"host": "llm.home.arpa"})
        assert remedy.value == server.url
        assert RemedyKind.RUN_COMMAND in kinds(finding.remedies)
        assert (await harness.examine(await harness.doctor.apply_remedy(mine, remedy))).is_well


async def test_a_header_origin_that_a_person_set_is_named(harness: DoctorHarness):
    async with ScriptedServer(lambda _: [reply("", 403, "text/plain")]) as server:
        mine = await harness.add(server.url, headers=(Header("Origin", "https://my.site"),))
        diagnosis = await harness.examine(mine)
    assert found(diagnosis, Cause.ORIGIN_REFUSED).remedies[0].kind is RemedyKind.EDIT_SERVER
    assert "my.site" not in str(diagnosis.findings), "the value of a header is treated as a key is"


async def test_a_missing_and_a_rejected_key_lead_to_the_key(harness: DoctorHarness):
    async with scripted_openai(key=CANARY) as server:
        mine = await harness.add(f"{server.url}/v1", "custom")
        diagnosis = await harness.examine(mine)
        assert the_cause(diagnosis).cause is Cause.KEY_MISSING
        assert the_cause(diagnosis).remedies[0].kind is RemedyKind.EDIT_KEY
        await harness.servers.set_key(mine, "sk-WRONG0123456789abcdef")
        diagnosis = await harness.examine(mine)
        assert the_cause(diagnosis).cause is Cause.KEY_REJECTED
        assert checked(diagnosis)[Check.ELSEWHERE] == Progress.SKIPPED


async def test_a_model_that_is_missing_is_to_be_pulled_or_another_chosen(harness: DoctorHarness):
    async with scripted_ollama() as server:
        diagnosis = await harness.examine(await harness.add(server.url), "deepseek-r1:7b")
    finding = found(diagnosis, Cause.MODEL_MISSING)
    assert [(remedy.kind, remedy.value) for remedy in finding.remedies] == [
        (RemedyKind.PULL_MODEL, "deepseek-r1:7b"),
        (RemedyKind.CHOOSE_MODEL, ""),
    ]


@pytest.mark.parametrize(("version", "is_old"), [("0.9.0", True), ("0.17.0", True), ("0.17.1", False), ("dev", False)])
async def test_an_ollama_that_is_too_old_is_a_note(harness: DoctorHarness, version: str, is_old: bool):
    real = scripted_ollama()
    answer = real.script
    real.script = lambda request: [reply({"version": version})] if request.path == "/api/version" else answer(request)
    async with real as server:
        diagnosis = await harness.examine(await harness.add(server.url))
    assert diagnosis.is_well
    assert (Cause.OLD_VERSION in causes(diagnosis)) is is_old


# Proxies.


async def test_a_proxy_that_takes_a_near_server_is_got_out_of_the_way(harness: DoctorHarness):
    async with scripted_ollama() as server, web_site("<h1>502 Bad Gateway</h1>", 502, "squid") as proxy:
        connection = ConnectionOptions(ProxyChoice.ADDRESS, proxy.url)
        mine = await harness.add(server.url, connection=connection)
        diagnosis = await harness.examine(mine)
        finding, remedy = best(diagnosis)
        assert (finding.cause, remedy.kind) == (Cause.PROXY_IN_BETWEEN, RemedyKind.NO_PROXY)
        assert finding.facts == {"proxy": f"127.0.0.1:{proxy.port}"}
        mended = await harness.doctor.apply_remedy(mine, remedy)
        assert mended.connection.proxy is ProxyChoice.NONE
        assert (await harness.examine(mended)).is_well


async def test_a_proxy_of_the_environment_is_named_without_its_password(
    harness: DoctorHarness, monkeypatch: pytest.MonkeyPatch
):
    async with web_site("no", 407, "squid") as proxy:
        monkeypatch.setenv("https_proxy", f"http://me:{CANARY}@127.0.0.1:{proxy.port}")
        mine = await harness.add("https://chat.example.invalid/v1", "custom")
        diagnosis = await harness.examine(mine)
    assert found(diagnosis, Cause.PROXY_FAILS).facts["proxy"] == f"127.0.0.1:{proxy.port}"
    assert CANARY not in harness.doctor.report(diagnosis)


# Keys and reports.


async def test_no_key_goes_anywhere_but_to_its_own_server(tmp_path: Path):
    async with (
        scripted_openai() as other,
        doctor_harness(tmp_path, {"vllm": other.port, "lm-studio": other.port}) as harness,
    ):
        async with web_site() as server:
            mine = await harness.add(f"{server.url}/v1", "custom", headers=(Header("X-Secret", CANARY),))
            await harness.servers.set_key(mine, CANARY)
            await harness.examine(mine)
        assert other.requests, "it looked there"
        assert not [request for request in other.requests if CANARY in str(request)]
        with_key = [request for request in server.requests if CANARY in str(request)]
        assert with_key, "its own server was asked as a chat would"


async def test_a_report_says_all_but_what_is_secret(harness: DoctorHarness):
    async with ScriptedServer(lambda _: [reply({"error": {"message": f"bad key {CANARY}"}}, 401)]) as server:
        mine = await harness.add(f"{server.url}/v1", "custom", headers=(Header("X-Team", "Token team-canary-1"),))
        await harness.servers.set_key(mine, CANARY)
        text = harness.doctor.report(await harness.examine(mine, "m"))
    assert CANARY not in text
    assert "team-canary-1" not in text
    assert server.url in text
    assert "bad: key_rejected" in text


async def test_a_webhook_is_reported_without_its_path(harness: DoctorHarness, dead: int):
    mine = await harness.add(f"http://127.0.0.1:{dead}/webhook/0d6ac0b5-canary/chat", "n8n")
    text = harness.doctor.report(await harness.examine(mine))
    assert "canary" not in text


async def test_a_webhook_that_is_not_registered_is_reported_without_its_path(harness: DoctorHarness):
    texts = {"code": 404, "message": 'The requested webhook "POST 0d6ac0b5-canary/chat" is not registered.'}
    async with ScriptedServer(lambda _: [reply(texts, 404)]) as server:
        mine = await harness.add(f"{server.url}/webhook/0d6ac0b5-canary/chat", "n8n")
        text = harness.doctor.report(await harness.examine(mine))
    assert "ApplicationUnavailable" in text
    assert "is not registered" in text
    assert "canary" not in text
