"""Where a request goes and where not: redirects, certificates, proxies, addresses, and keys, which follow nobody."""

import asyncio
import ssl
from collections.abc import Iterable
from pathlib import Path

import pytest

from chatdesk.kernel.errors.base import ChatdeskError
from chatdesk.kernel.servers.server import Header
from chatdesk.network import http
from chatdesk.ui_kit.errors.error_texts import describe_error
from tests.fakes.scripted_server import Request, ScriptedServer, Step, reply
from tests.gui.faults.fault_harness import STOP, FaultHarness, Outcome, says, sse
from tests.own_time import TIMEOUT
from tests.paths import CERTIFICATES

CANARY = "sk-CANARY0123456789abcdef"
NOT_TRUSTED = "Nothing was sent to Testbed: its certificate is not trusted."
ANSWER = sse(says("Hi"), STOP)


async def asked(harness: FaultHarness) -> Outcome:
    async with asyncio.timeout(TIMEOUT):
        return await harness.outcome(await harness.begin())


async def with_key(harness: FaultHarness, url: str) -> None:
    server = await harness.point_at(url, headers=(Header("X-Key", CANARY),))
    await harness.servers.set_key(server, CANARY)


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
async def test_a_redirect_to_another_host_is_reported_and_no_key_follows(harness: FaultHarness, status: int) -> None:
    async with ScriptedServer(lambda _: ANSWER) as other:

        def script(_: Request) -> Iterable[Step]:
            return [reply("", status, headers={"Location": f"{other.url}/v1/chat/completions"})]

        async with ScriptedServer(script) as server:
            await with_key(harness, server.url)
            outcome = await asked(harness)
            assert len(server.requests) == 1
        assert other.connections == 0
    assert outcome.kind == "RedirectRefused"
    assert outcome.window == f"Testbed has moved to {other.url}/v1/chat/completions."
    assert outcome.console.endswith("If that address is correct, enter it in Settings, in the Chatdesk window.")
    assert outcome.steps[-1] == "Provider settings"


async def test_a_redirect_to_itself_ends(harness: FaultHarness) -> None:
    async with ScriptedServer(lambda request: [reply("", 307, headers={"Location": request.path})]) as server:
        await with_key(harness, server.url)
        assert (await asked(harness)).kind == "RedirectRefused"
        assert len(server.requests) == 1


async def test_a_redirect_to_the_same_host_over_tls_is_offered(harness: FaultHarness) -> None:
    async with ScriptedServer(lambda _: [reply("", 301, headers={"Location": "https://127.0.0.1/v1"})]) as server:
        await with_key(harness, server.url)
        outcome = await asked(harness)
        assert len(server.requests) == 1
    assert outcome.kind == "MovedToTls"
    assert outcome.window == "Testbed requires an encrypted connection."
    assert outcome.console == f"{outcome.window} Enter https://127.0.0.1 in Settings, in the Chatdesk window."
    assert outcome.steps[-1] == "Use https"


@pytest.mark.parametrize(
    ("certificate", "host", "trusted", "reason"),
    [
        ("self_signed.pem", "127.0.0.1", False, "self-signed certificate"),
        ("expired.pem", "127.0.0.1", True, "certificate has expired"),
        ("self_signed.pem", "127.0.0.2", True, "IP address mismatch, certificate is not valid for '127.0.0.2'."),
    ],
    ids=["self-signed", "expired", "another host's"],
)
async def test_a_certificate_that_is_not_to_be_trusted_gets_no_request(
    harness: FaultHarness, monkeypatch: pytest.MonkeyPatch, certificate: str, host: str, trusted: bool, reason: str
) -> None:
    if trusted:
        monkeypatch.setattr(http, "trusted_ca_certificates", lambda *_: believing(certificate))
    async with ScriptedServer(lambda _: ANSWER, tls=serving(certificate), host=host) as server:
        await with_key(harness, server.url)
        outcome = await asked(harness)
        assert server.requests == []
    assert (outcome.kind, outcome.window) == ("CertificateRefused", NOT_TRUSTED)
    assert set(outcome.steps) <= {"Provider settings", "Troubleshoot", "Try again"}  # no way past it is among them
    assert reason in outcome.console


async def test_a_certificate_that_is_trusted_gets_its_request(
    harness: FaultHarness, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(http, "trusted_ca_certificates", lambda *_: believing("self_signed.pem"))
    async with ScriptedServer(lambda _: ANSWER, tls=serving("self_signed.pem")) as server:
        await with_key(harness, server.url)
        assert (await asked(harness)).text == "Hi"


async def test_a_proxy_is_distinguished_and_gets_no_key(harness: FaultHarness, monkeypatch: pytest.MonkeyPatch) -> None:
    async with ScriptedServer(lambda _: [reply("who?", 407)]) as proxy:
        monkeypatch.setenv("https_proxy", proxy.url)
        await with_key(harness, "https://chat.example.invalid")
        outcome = await asked(harness)
        assert [CANARY in str(request) for request in proxy.requests] == [False]
    assert outcome.kind == "ProxyLoginRefused"
    assert outcome.window == "The proxy for Testbed requires a valid user name and password (407)."
    assert "Provider settings" in outcome.steps
    assert "407" in outcome.console


async def test_a_server_on_this_machine_and_one_excepted_are_reached_past_the_proxy(
    harness: FaultHarness, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with ScriptedServer(lambda _: ANSWER) as proxy, ScriptedServer(lambda _: ANSWER) as server:
        monkeypatch.setenv("http_proxy", proxy.url)
        await harness.point_at(server.url)
        assert (await asked(harness)).text == "Hi"
        await harness.point_at("http://chat.example.invalid")
        assert (await asked(harness)).text == "Hi"
        assert len(proxy.requests) == 1
        monkeypatch.setenv("no_proxy", "example.invalid")
        assert (await asked(harness)).kind == "ServerUnreachable"
        assert len(proxy.requests) == 1


@pytest.mark.parametrize("url", [f"https://{CANARY}@host", f"https://user:{CANARY}@host/v1"])
async def test_a_key_in_an_address_is_refused_and_not_shown(harness: FaultHarness, url: str) -> None:
    await harness.point_at(url)
    outcome = await asked(harness)
    assert outcome.kind == "AddressInvalid"
    assert outcome.window.startswith("Not a valid server address: https://…@host")
    assert CANARY not in str(outcome)


@pytest.mark.parametrize("key", ["sk-1\r\nX-Evil: 1", "sk-1\x00", "schlüssel", "sk 1\n2"])
async def test_a_key_that_no_header_may_carry_is_refused_before_anything_is_sent(
    harness: FaultHarness, key: str
) -> None:
    async with ScriptedServer(lambda _: ANSWER) as server:
        point = await harness.point_at(server.url)
        with pytest.raises(ChatdeskError) as caught:
            await harness.servers.set_key(point, key)
        assert server.connections == 0
    assert describe_error(caught.value).sentence == "The API key contains an invalid character or is too long."


async def test_a_key_that_a_server_repeats_is_neither_shown_nor_kept(harness: FaultHarness, tmp_path: Path) -> None:
    body = {"error": {"message": f"Incorrect API key provided: {CANARY}."}}
    async with ScriptedServer(lambda _: [reply(body, 401)]) as server:
        await with_key(harness, server.url)
        outcome = await asked(harness)
    assert (outcome.kind, outcome.window) == ("KeyRejected", "Testbed rejected the API key (401).")
    assert CANARY not in str(outcome)
    assert outcome.console.startswith("Testbed rejected the API key (401). Incorrect API key provided: ")
    on_disk = everything_in(tmp_path)
    assert b"Incorrect API key" in on_disk
    assert CANARY.encode() not in on_disk


async def test_a_key_does_not_go_to_a_host_that_the_address_was_changed_to(harness: FaultHarness) -> None:
    async with ScriptedServer(lambda _: ANSWER) as first, ScriptedServer(lambda _: ANSWER) as second:
        server = await harness.point_at(first.url)
        await harness.servers.set_key(server, CANARY)
        assert (await asked(harness)).text == "Hi"
        await harness.point_at(second.url)
        assert (await asked(harness)).text == "Hi"
        assert [CANARY in str(request) for request in (*first.requests, *second.requests)] == [True, False]


def everything_in(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())


def serving(certificate: str) -> ssl.SSLContext:
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(CERTIFICATES / certificate)
    return context


def believing(certificate: str) -> ssl.SSLContext:
    return ssl.create_default_context(cafile=CERTIFICATES / certificate)
