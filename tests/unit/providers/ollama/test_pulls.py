"""What a server says while it downloads, recorded and scripted."""

import asyncio
import json
from collections.abc import AsyncIterator

import pytest

from chatdesk.kernel.errors.base import ConnectionLost, NotAChatServer, ServerTimedOut, ServerUnreachable, SignInNeeded
from chatdesk.kernel.errors.model_errors import (
    PartDamaged,
    PullBrokenOff,
    PullDiskFull,
    PullError,
    PullFailed,
    PullNameUnknown,
    PullNotAllowed,
    PullTagUnknown,
    RegistryUnreachable,
    RegistryUntrusted,
    ServerTooOld,
)
from chatdesk.kernel.models.pulls import PullPhase, PullProgress
from chatdesk.network.endpoint import make_endpoint
from chatdesk.network.http import HttpClient
from chatdesk.network.timeouts import LOCAL, Timeouts
from chatdesk.providers.ollama.pulls import pull
from chatdesk.providers.server_api import ServerApi
from tests.fakes.scripted_server import LAST_CHUNK, Hang, Pause, Reset, ScriptedServer, Step, chunk, head, reply
from tests.unit.providers.recordings import recording

HEAD = head(content_type="application/x-ndjson")


def line(**fields: object) -> bytes:
    return chunk(json.dumps(fields) + "\n")


LAYER = line(status="pulling 96c4", digest="sha256:96c4", total=1000, completed=500)
SUCCESS = line(status="success")


@pytest.fixture
async def http() -> AsyncIterator[HttpClient]:
    async with HttpClient() as client:
        yield client


async def pulled(http: HttpClient, *steps: Step, timeouts: Timeouts = LOCAL) -> list[PullProgress]:
    reported: list[PullProgress] = []
    async with ScriptedServer(lambda _request: steps) as server:
        api = ServerApi(make_endpoint("Test", server.url, "sk-CANARY-1"), http, timeouts)
        await pull(api, "deepseek-r1:8b", reported.append)
        assert server.requests[0].json() == {"model": "deepseek-r1:8b", "stream": True}
    return reported


async def failure(http: HttpClient, *steps: Step, timeouts: Timeouts = LOCAL) -> Exception:
    with pytest.raises(Exception) as caught:  # noqa: PT011 - the caller looks at the type
        await pulled(http, *steps, timeouts=timeouts)
    return caught.value


def recorded(name: str) -> list[Step]:
    recorded_reply = recording("ollama", name)
    return [reply(recorded_reply.body, recorded_reply.status, recorded_reply.headers["content-type"])]


async def test_a_recorded_download_ends_well(http: HttpClient) -> None:
    steps = await pulled(http, *recorded("A3"))
    assert steps[0].phase is PullPhase.ASKING
    assert steps[-1].phase is PullPhase.FINISHING
    assert steps[-1].total == 98362432


async def test_a_model_that_is_there_already_ends_well(http: HttpClient) -> None:
    assert (await pulled(http, *recorded("A4")))[-1].fraction == 1.0


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("A1", PullNameUnknown),
        ("42", PullNameUnknown),
        ("40", RegistryUnreachable),
        ("41", RegistryUnreachable),
        ("A2", PullBrokenOff),
    ],
)
async def test_a_recorded_failure_is_understood(http: HttpClient, name: str, kind: type[PullError]) -> None:
    error = await failure(http, *recorded(name))
    assert type(error) is kind
    assert isinstance(error, PullError)
    assert error.model == "deepseek-r1:8b"
    assert error.server == "Test"


@pytest.mark.parametrize(
    ("message", "kind"),
    [
        ("pull model manifest: file does not exist", PullNameUnknown),
        (
            "pull model manifest: 412: \n\nThe model you are attempting to pull requires a newer version of Ollama.",
            ServerTooOld,
        ),
        ("write /usr/share/ollama/.ollama/models/blobs/sha256-6e9f-partial: no space left on device", PullDiskFull),
        ("max retries exceeded: write C:\\Users\\a\\sha256-1: There is not enough space on the disk.", PullDiskFull),
        ("max retries exceeded: EOF", RegistryUnreachable),
        ("max retries exceeded: unexpected EOF", RegistryUnreachable),
        (
            'pull model manifest: Get "https://r/v2/": dial tcp: lookup r on 127.0.0.53:53: server misbehaving',
            RegistryUnreachable,
        ),
        ('Head "https://r": net/http: TLS handshake timeout', RegistryUnreachable),
        ("pull model manifest: 503: upstream", RegistryUnreachable),
        ("digest mismatch, file must be downloaded again: want sha256:1, got sha256:2", PullFailed),
        ("max retries exceeded: part stalled", RegistryUnreachable),
        ("pull model manifest: unauthorized: access denied", PullNotAllowed),
        ('pull model manifest: 401: {"error":"Invalid username or password."}', PullNotAllowed),
        ('pull model manifest: 403: {"error":"Access to model a/b is restricted."}', PullNotAllowed),
        (
            'pull model manifest: 400: {"error":"The specified tag is not a valid quantization scheme."}',
            PullTagUnknown,
        ),
        ("something new", PullFailed),
        ('pull model manifest: Get "https://r/v2/": x509: certificate signed by unknown authority', RegistryUntrusted),
        ('Get "https://r/v2/": tls: failed to verify certificate: x509: certificate has expired', RegistryUntrusted),
    ],
)
async def test_words_in_the_stream_become_an_error(http: HttpClient, message: str, kind: type[PullError]) -> None:
    error = await failure(http, HEAD, line(status="pulling manifest"), LAYER, line(error=message), LAST_CHUNK)
    assert type(error) is kind


@pytest.mark.parametrize(
    "note", ["EOF", "unexpected end of JSON input", "invalid character 'x' looking for beginning of value"]
)
async def test_a_note_of_a_part_that_cannot_be_read_is_no_failure_of_the_network(http: HttpClient, note: str) -> None:
    """As Ollama 0.33 says it, when a note of an earlier try is empty or damaged: at once, before any layer."""
    error = await failure(http, HEAD, line(status="pulling manifest"), line(error=note), LAST_CHUNK)
    assert type(error) is PartDamaged


async def test_a_connection_that_ends_while_layers_come_is_one_of_the_network(http: HttpClient) -> None:
    error = await failure(http, HEAD, line(status="pulling manifest"), LAYER, line(error="EOF"), LAST_CHUNK)
    assert type(error) is RegistryUnreachable


async def test_a_key_in_the_servers_words_is_taken_out(http: HttpClient) -> None:
    error = await failure(http, HEAD, line(error="odd: sk-CANARY-1"), LAST_CHUNK)
    assert isinstance(error, PullFailed)
    assert "CANARY" not in error.detail


async def test_nothing_but_success_is_success(http: HttpClient) -> None:
    whole = line(status="pulling 96c4", digest="sha256:96c4", total=1000, completed=1000)
    steps = (HEAD, whole, line(status="verifying sha256 digest"), line(status="writing manifest"), LAST_CHUNK)
    assert isinstance(await failure(http, *steps), PullBrokenOff)


async def test_odd_lines_are_passed_over(http: HttpClient) -> None:
    odd = (chunk("not json\n"), chunk("[1]\n"), line(status=7, digest=[], total="much", completed=-3), chunk("\n"))
    assert (await pulled(http, HEAD, *odd, LAYER, SUCCESS, LAST_CHUNK))[-1].total == 1000


async def test_a_cut_connection_is_lost(http: HttpClient) -> None:
    assert isinstance(await failure(http, HEAD, LAYER, Reset()), ConnectionLost)


async def test_silence_without_end_times_out(http: HttpClient) -> None:
    quick = Timeouts(first_event=5, idle=0.1)
    assert isinstance(await failure(http, HEAD, LAYER, Hang(), timeouts=quick), ServerTimedOut)


async def test_a_server_that_goes_silent_while_layers_come_is_given_up_sooner(http: HttpClient) -> None:
    async with ScriptedServer(lambda _request: (HEAD, LAYER, Hang())) as server:
        api = ServerApi(make_endpoint("Test", server.url, None), http, LOCAL)
        with pytest.raises(ServerTimedOut):
            await pull(api, "a:1b", lambda _: None, stalled_seconds=0.1)


async def test_silence_while_checksums_are_compared_is_waited_for(http: HttpClient) -> None:
    # In one piece: on a busy machine any two may come late one after the other.
    steps = (HEAD + LAYER + line(status="verifying sha256 digest"), Pause(0.3), SUCCESS, LAST_CHUNK)
    async with ScriptedServer(lambda _request: steps) as server:
        api = ServerApi(make_endpoint("Test", server.url, None), http, LOCAL)
        await pull(api, "a:1b", lambda _: None, stalled_seconds=0.1)


async def test_a_sign_in_that_is_wanted_is_reported_with_its_page(http: HttpClient) -> None:
    refusal = {"error": "unauthorized", "signin_url": "https://ollama.com/connect"}
    error = await failure(http, reply(refusal, 401))
    assert isinstance(error, SignInNeeded)
    assert error.sign_in_url == "https://ollama.com/connect"


async def test_a_server_that_cannot_pull_says_so(http: HttpClient) -> None:
    assert isinstance(await failure(http, reply("404 page not found", 404, "text/plain")), NotAChatServer)


async def test_a_server_that_is_away_is_unreachable(http: HttpClient) -> None:
    api = ServerApi(make_endpoint("Test", "http://127.0.0.1:1", None), http, LOCAL)
    with pytest.raises(ServerUnreachable):
        await pull(api, "x", lambda _: None)


async def test_cancelling_closes_the_connection(http: HttpClient) -> None:
    async with ScriptedServer(lambda _request: (HEAD, LAYER, Hang())) as server:
        api = ServerApi(make_endpoint("Test", server.url, None), http, LOCAL)
        task = asyncio.ensure_future(pull(api, "deepseek-r1:8b", lambda _: None))
        await server.until(lambda: server.requests)
        await asyncio.sleep(0.05)
        task.cancel()
        await asyncio.wait([task])
        await server.until(lambda: server.disconnects)
    assert task.cancelled()


async def test_reports_are_few(http: HttpClient) -> None:
    many = [line(status="pulling a", digest="sha256:a", total=10**6, completed=number) for number in range(2000)]
    assert len(await pulled(http, HEAD, *many, SUCCESS, LAST_CHUNK)) < 20
