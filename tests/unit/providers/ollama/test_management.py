"""Deleting, copying, loading and making models at an Ollama: recorded replies and an imitation."""

import asyncio
import hashlib
from collections.abc import AsyncIterator

import pytest

from chatdesk.kernel.errors.base import ChatdeskError, ModelNotFound
from chatdesk.kernel.errors.model_errors import ModelFileRefused, ModelNotChanged, PullDiskFull
from chatdesk.network.endpoint import make_endpoint
from chatdesk.network.http import HttpClient
from chatdesk.network.timeouts import LOCAL
from chatdesk.providers.ollama import management as ollama
from chatdesk.providers.server_api import ServerApi
from tests.fakes.scripted_models import ScriptedModel, scripted_ollama
from tests.fakes.scripted_server import LAST_CHUNK, Hang, ScriptedServer, chunk, head, reply
from tests.own_time import TIMEOUT
from tests.unit.providers.recordings import recorded_head, recording

CONTENT = b"GGUF" + bytes(range(256)) * 100
DIGEST = f"sha256:{hashlib.sha256(CONTENT).hexdigest()}"


@pytest.fixture
async def http() -> AsyncIterator[HttpClient]:
    async with HttpClient() as client:
        yield client


def api_of(server: ScriptedServer, http: HttpClient) -> ServerApi:
    return ServerApi(make_endpoint("Test", server.url, None), http, LOCAL)


def recorded(number: str) -> ScriptedServer:
    reply_of_server = recording("ollama", number)
    return ScriptedServer(
        lambda _request: [
            reply(reply_of_server.body, reply_of_server.status, reply_of_server.headers.get("content-type", ""))
        ]
    )


async def pieces() -> AsyncIterator[bytes]:
    for start in range(0, len(CONTENT), 1000):
        yield CONTENT[start : start + 1000]


def ignore_progress(_status: str) -> None:
    pass


async def test_recorded_deletions_and_copies_are_understood(http: HttpClient) -> None:
    async with recorded("50") as server:
        await ollama.delete(api_of(server, http), "smollm2-copy")
        assert (server.requests[0].method, server.requests[0].json()) == ("DELETE", {"model": "smollm2-copy"})
    async with recorded("49") as server:
        await ollama.copy(api_of(server, http), "smollm2", "smollm2-copy")
        assert server.requests[0].json() == {"source": "smollm2", "destination": "smollm2-copy"}
    async with recorded("51") as server:
        with pytest.raises(ModelNotFound) as caught:
            await ollama.delete(api_of(server, http), "nope")
        assert caught.value.model == "nope"


async def test_a_model_is_loaded_for_as_long_as_is_wanted(http: HttpClient) -> None:
    async with recorded("62") as server:
        await ollama.load(api_of(server, http), "smollm2", ollama.FOR_EVER)
        asked = server.requests[0].json()
    assert (asked["messages"], asked["keep_alive"], asked["stream"]) == ([], -1, False)


async def test_a_recorded_making_from_a_model_is_followed_to_its_end(http: HttpClient) -> None:
    reported: list[str] = []
    async with recorded("43") as server:
        api = api_of(server, http)
        await ollama.create_from_model(api, "pirate", "smollm2", "Be a pirate.", {"temperature": 0.7}, reported.append)
        assert server.requests[0].json() == {
            "model": "pirate",
            "from": "smollm2",
            "stream": True,
            "system": "Be a pirate.",
            "parameters": {"temperature": 0.7},
        }
    assert reported[-1] == "success"


@pytest.mark.parametrize(("number", "kind"), [("44", ModelNotFound), ("48", ModelNotChanged)])
async def test_a_recorded_failure_to_make_a_model_is_understood(
    http: HttpClient, number: str, kind: type[ChatdeskError]
) -> None:
    async with recorded(number) as server:
        with pytest.raises(ChatdeskError) as caught:
            await ollama.create_from_model(api_of(server, http), "x1", "nosuch", "", {}, ignore_progress)
    assert type(caught.value) is kind


@pytest.mark.parametrize("number", ["97", "98"])
async def test_a_recorded_refusal_of_a_file_names_the_file(http: HttpClient, number: str) -> None:
    async with recorded(number) as server:
        with pytest.raises(ModelFileRefused) as caught:
            await ollama.create_from_blob(api_of(server, http), "broken", "m.gguf", DIGEST, ignore_progress)
    assert caught.value.file == "m.gguf"
    assert caught.value.detail


async def test_a_full_disk_is_reported(http: HttpClient) -> None:
    text = chunk('{"error":"write /blobs/x: no space left on device"}\n')
    async with ScriptedServer(lambda _request: (head(), text, LAST_CHUNK)) as server:
        with pytest.raises(PullDiskFull):
            await ollama.create_from_model(api_of(server, http), "a", "b", "", {}, ignore_progress)


async def test_an_end_without_success_is_no_success(http: HttpClient) -> None:
    async with ScriptedServer(
        lambda _request: (head(), chunk('{"status":"writing manifest"}\n'), LAST_CHUNK)
    ) as server:
        with pytest.raises(ModelNotChanged):
            await ollama.create_from_model(api_of(server, http), "a", "b", "", {}, ignore_progress)


@pytest.mark.parametrize(("number", "there"), [("95b", False), ("95c", True)])
async def test_a_recorded_reply_whether_a_file_is_there_ends_with_its_head(
    http: HttpClient, number: str, *, there: bool
) -> None:
    head_alone = recorded_head("ollama", number)
    assert head_alone.startswith(b"HTTP/1.1 ")
    async with ScriptedServer(lambda _request: [head_alone, Hang()]) as server, asyncio.timeout(TIMEOUT):
        assert await ollama.has_blob(api_of(server, http), DIGEST) is there


async def test_a_file_is_sent_in_pieces_and_made_a_model(http: HttpClient) -> None:
    async with scripted_ollama(models=[ScriptedModel("m:1b")]) as server:
        api = api_of(server, http)
        assert not await ollama.has_blob(api, DIGEST)
        await ollama.send_blob(api, DIGEST, len(CONTENT), pieces())
        sent = next(request for request in server.requests if request.method == "POST")
        assert sent.body == CONTENT
        assert sent.headers["content-length"] == str(len(CONTENT))
        assert "transfer-encoding" not in sent.headers
        assert await ollama.has_blob(api, DIGEST)
        await ollama.create_from_blob(api, "new", "m.gguf", DIGEST, ignore_progress)
        await ollama.delete(api, "new:latest")


async def test_a_file_that_arrives_as_another_is_refused(http: HttpClient) -> None:
    async with scripted_ollama() as server:
        with pytest.raises(ModelNotChanged) as caught:
            await ollama.send_blob(api_of(server, http), "sha256:" + 64 * "0", len(CONTENT), pieces())
    assert "digest mismatch" in caught.value.detail
