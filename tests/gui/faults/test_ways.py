"""The way a person chose for one server, through everything below the screen: its proxy, its CA file, its time-outs, its JSON."""

import asyncio
import ssl
from pathlib import Path

import pytest

from chatdesk.kernel.servers.server import ConnectionOptions, ProxyChoice, ServerConfig, ServerProtocol, WireFormat
from tests.fakes.scripted_models import scripted_ollama
from tests.fakes.scripted_server import Hang, ScriptedServer, chunk, head, reply
from tests.gui.faults.fault_harness import STOP, FaultHarness, Outcome, says, sse
from tests.own_time import TIMEOUT, OwnTime
from tests.paths import CERTIFICATES

CANARY = "sk-CANARY0123456789abcdef"
ANSWER = sse(says("Hi"), STOP)


async def asked(harness: FaultHarness, url: str, key: str = "", **settings: object) -> Outcome:
    server = ServerConfig("s", "Testbed", "custom", ServerProtocol.OPENAI, url, **settings)
    await harness.servers.save(server)
    if key:
        await harness.servers.set_key(server, key)
    async with asyncio.timeout(TIMEOUT):
        return await harness.outcome(await harness.begin())


def serving(certificate: str) -> ssl.SSLContext:
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(CERTIFICATES / certificate)
    return context


async def test_an_answer_comes_through_the_proxy_of_its_server(harness: FaultHarness) -> None:
    async with ScriptedServer(lambda _: ANSWER) as proxy:
        connection = ConnectionOptions(ProxyChoice.ADDRESS, proxy.url)
        assert (await asked(harness, "http://chat.example.invalid", connection=connection)).text == "Hi"
        assert proxy.requests[0].path == "http://chat.example.invalid/chat/completions"


async def test_a_key_does_not_go_in_clear_through_a_proxy_somewhere_else(harness: FaultHarness) -> None:
    async with ScriptedServer(lambda _: ANSWER) as server:
        connection = ConnectionOptions(ProxyChoice.ADDRESS, "http://proxy.example.invalid:3128")
        outcome = await asked(harness, server.url, CANARY, connection=connection)
        assert server.connections == 0
    assert outcome.kind == "KeyExposed"


async def test_a_proxy_that_cannot_be_used_is_reported(harness: FaultHarness) -> None:
    connection = ConnectionOptions(ProxyChoice.ADDRESS, "http://anna:secret@proxy.example:3128")
    outcome = await asked(harness, "https://chat.example.invalid", connection=connection)
    assert outcome.window == "Nothing was sent to Testbed: its proxy address is not valid."
    assert outcome.steps[-1] == "Provider settings"
    assert "secret" not in str(outcome)


async def test_a_server_with_an_authority_of_one_s_own_answers(harness: FaultHarness) -> None:
    connection = ConnectionOptions(ca_file=str(CERTIFICATES / "self_signed.pem"))
    async with ScriptedServer(lambda _: ANSWER, tls=serving("self_signed.pem")) as server:
        assert (await asked(harness, server.url, CANARY, connection=connection)).text == "Hi"
        outcome = await asked(harness, server.url, CANARY)
        assert len(server.requests) == 1
    assert outcome.kind == "CertificateRefused"


@pytest.mark.parametrize("content", [None, "no certificate"], ids=["missing", "empty"])
async def test_a_ca_file_that_cannot_be_used_is_reported_and_nothing_is_sent(
    harness: FaultHarness, tmp_path: Path, content: str | None
) -> None:
    file = tmp_path / "ca.pem"
    if content:
        file.write_text(content)
    async with ScriptedServer(lambda _: ANSWER, tls=serving("self_signed.pem")) as server:
        outcome = await asked(harness, server.url, CANARY, connection=ConnectionOptions(ca_file=str(file)))
        assert server.connections == 0
    assert outcome.window == "Nothing was sent to Testbed: its CA file is not valid."
    assert outcome.console.startswith("Nothing was sent to Testbed: its CA file is not valid. ")


async def test_silence_is_given_up_after_the_time_of_its_server_and_what_came_is_kept(harness: FaultHarness) -> None:
    event = b'data: {"choices":[{"index":0,"delta":{"content":"Hi"}}]}\n\n'
    async with ScriptedServer(lambda _: [head(), chunk(event), Hang()]) as server:
        with OwnTime() as waited:
            outcome = await asked(harness, server.url, connection=ConnectionOptions(silence_seconds=0.5))
    assert (outcome.kind, outcome.text) == ("ServerTimedOut", "Hi")
    assert waited.seconds < 5


async def test_extra_json_goes_along_and_json_that_cannot_is_reported(harness: FaultHarness) -> None:
    async with ScriptedServer(lambda _: ANSWER) as server:
        assert (await asked(harness, server.url, extra_body='{"top_k": 20}')).text == "Hi"
        assert server.requests[0].json()["top_k"] == 20
        outcome = await asked(harness, server.url, extra_body='{"messages": []}')
        assert len(server.requests) == 1
    assert outcome.window == "Nothing was sent to Testbed: its extra JSON is not valid."
    assert outcome.steps[-1] == "Provider settings"


async def test_with_ollama_too_but_not_what_keeps_a_chat_whole(harness: FaultHarness) -> None:
    async with scripted_ollama() as server:
        for extra in ('{"options": {"mirostat": 2}}', '{"truncate": true}'):
            config = ServerConfig("s", "Testbed", "ollama", ServerProtocol.OLLAMA, server.url, extra_body=extra)
            await harness.servers.save(config)
            outcome = await harness.outcome(await harness.begin())
        bodies = [request.json() for request in server.requests if request.path == "/api/chat"]
    assert [(body["options"]["mirostat"], body["truncate"]) for body in bodies] == [(2, False)]
    assert outcome.window == "Nothing was sent to Testbed: its extra JSON is not valid."


async def test_the_responses_api_is_kept_like_any_answer(harness: FaultHarness) -> None:
    said = {"type": "response.output_text.delta", "delta": "Hi"}
    thought = {"type": "response.reasoning_summary_text.delta", "delta": "They greet."}
    end = {
        "type": "response.completed",
        "response": {"status": "completed", "usage": {"input_tokens": 1, "output_tokens": 2}},
    }
    async with ScriptedServer(lambda _: sse(thought, said, end)) as server:
        outcome = await asked(harness, server.url, wire_format=WireFormat.RESPONSES)
        assert server.requests[0].path == "/responses"
    assert (outcome.text, outcome.reasoning, outcome.kind) == ("Hi", "They greet.", "")


async def test_a_failure_over_the_responses_api_keeps_what_came(harness: FaultHarness) -> None:
    said = {"type": "response.output_text.delta", "delta": "Hi"}
    failed = {
        "type": "response.failed",
        "response": {"status": "failed", "error": {"code": "server_error", "message": "out of order"}},
    }
    async with ScriptedServer(lambda _: sse(said, failed)) as server:
        outcome = await asked(harness, server.url, wire_format=WireFormat.RESPONSES)
    assert (outcome.kind, outcome.text) == ("ServerFailed", "Hi")
    assert "out of order" in outcome.console


async def test_a_refusal_over_the_responses_api_is_worded_like_any(harness: FaultHarness) -> None:
    body = {"error": {"message": "The model `scripted:1b` does not exist", "code": "model_not_found"}}
    async with ScriptedServer(lambda _: [reply(body, 404)]) as server:
        outcome = await asked(harness, server.url, wire_format=WireFormat.RESPONSES)
    assert outcome.kind == "ModelNotFound"
