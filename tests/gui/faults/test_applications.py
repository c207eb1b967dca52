"""Faults of applications through everything below the screen: what is kept, what is said, what is asked again and what is not."""

import json

import pytest

from chatdesk.kernel.chat.message import MessageState
from chatdesk.kernel.servers.server import ServerConfig, ServerProtocol
from tests.fakes.scripted_applications import INFO, ScriptedDify, dify_answer, dify_event, event_stream
from tests.fakes.scripted_server import Pause, Request, Reset, ScriptedServer, Step, chunk, head, reply
from tests.gui.faults.fault_harness import FaultHarness

N8N, DIFY, FASTGPT = ServerProtocol.N8N, ServerProtocol.DIFY, ServerProtocol.FASTGPT


async def ask_dify(harness: FaultHarness, dify: ScriptedDify):
    """Return what comes of a question to an app."""
    async with dify.server as server:
        configured = await harness.point_at(server.url + "/v1", DIFY)
        await harness.servers.set_key(configured, "app-1")
        return await harness.outcome(await harness.begin())


def asked(server: ScriptedServer, path: str = "") -> list[Request]:
    return [request for request in server.requests if request.method == "POST" and request.path.endswith(path)]


@pytest.mark.parametrize(
    ("code", "window", "best"),
    [
        ("app_unavailable", "The application at Testbed is not published, or is turned off.", "Try again"),
        ("not_chat_app", "The application at Testbed is not a chat application.", "Provider settings"),
        ("provider_not_initialize", "The application at Testbed has no model set up.", "Try again"),
        ("provider_quota_exceeded", "Your account at Testbed has no credit left.", "Choose a model"),
        ("too_many_requests", "Testbed received too many requests (429). Wait before trying again.", "Try again"),
        ("completion_request_error", "Testbed reported an internal error.", "Try again"),
    ],
)
async def test_every_error_has_its_words_and_a_next_step(
    harness: FaultHarness, code: str, window: str, best: str
) -> None:
    dify = ScriptedDify(answers=[[reply({"code": code, "message": "its words", "status": 400}, 400)]])
    outcome = await ask_dify(harness, dify)
    assert (outcome.state, outcome.window, outcome.steps[-1]) == (MessageState.FAILED, window, best)
    assert outcome.console
    assert len(dify.asked()) == 1


async def test_an_error_in_the_middle_keeps_what_came(harness: FaultHarness) -> None:
    error = {"event": "error", "status": 400, "code": "completion_request_error", "message": "the model broke"}
    dify = ScriptedDify(answers=[event_stream(dify_event("message", answer="So far"), error)])
    outcome = await ask_dify(harness, dify)
    assert (outcome.text, outcome.state) == ("So far", MessageState.INTERRUPTED)


async def test_a_broken_connection_keeps_what_came_and_stops_the_app(harness: FaultHarness) -> None:
    said = chunk(f"data: {json.dumps(dify_event('message', answer='So far'))}\n\n")
    dify = ScriptedDify(answers=[[head(), said, Pause(0.05), Reset()]])
    async with dify.server as server:
        configured = await harness.point_at(server.url + "/v1", DIFY)
        await harness.servers.set_key(configured, "app-1")
        outcome = await harness.outcome(await harness.begin())
        await server.until(dify.stopped)
    assert (outcome.text, outcome.state) == ("So far", MessageState.INTERRUPTED)


async def test_pings_and_events_of_the_future_are_no_answer_and_do_no_harm(harness: FaultHarness) -> None:
    future = dify_event("from_the_future", answer="rm -rf", data={"html": "<script>"})
    steps = [head(), chunk("event: ping\n\n"), *event_stream(future, *dify_answer("Yes."))[1:]]
    outcome = await ask_dify(harness, ScriptedDify(answers=[steps]))
    assert (outcome.text, outcome.state) == ("Yes.", MessageState.COMPLETE)


async def test_a_line_without_end_is_cut_off(harness: FaultHarness) -> None:
    flood = [head(), *(chunk(b"x" * (1 << 20)) for _ in range(12))]
    outcome = await ask_dify(harness, ScriptedDify(answers=[[flood[0], chunk("data: {"), *flood[1:]]]))
    assert outcome.kind == "AnswerTooLarge"


@pytest.mark.parametrize("status", [500, 502])
async def test_a_workflow_that_failed_is_not_run_again_by_itself(
    harness: FaultHarness, status: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ServerConfig, "is_on_this_machine", property(lambda _: False))
    async with ScriptedServer(lambda _: [reply({"message": "Error in workflow"}, status)]) as server:
        await harness.point_at(server.url + "/webhook/1/chat", N8N)
        outcome = await harness.outcome(await harness.begin())
    assert (outcome.state, outcome.kind) == (MessageState.FAILED, "ServerFailed")
    assert len(asked(server)) == 1


async def test_a_busy_server_is_asked_again_before_the_first_word(harness: FaultHarness) -> None:
    replies = [reply({"message": "busy"}, 503), reply({"output": "Yes."})]
    async with ScriptedServer(lambda _: [replies.pop(0)]) as server:
        await harness.point_at(server.url + "/webhook/1/chat", N8N)
        outcome = await harness.outcome(await harness.begin())
    assert outcome.text == "Yes."
    assert len(asked(server)) == 2


async def test_a_stream_that_only_opens_is_reported_as_silent(harness: FaultHarness) -> None:
    outcome = await harness.ask([head(), b"0\r\n\r\n"], N8N)
    assert outcome.window == "The application at Testbed finished without an answer."


async def test_a_key_in_an_error_is_shown_to_nobody(harness: FaultHarness) -> None:
    leak = {"code": "invalid_param", "message": "bad key app-very-secret-key", "status": 400}

    def script(request: Request) -> list[Step]:
        return [reply(leak, 400)] if request.method == "POST" else [reply(INFO)]

    async with ScriptedServer(script) as server:
        configured = await harness.point_at(server.url + "/v1", DIFY)
        await harness.servers.set_key(configured, "app-very-secret-key")
        outcome = await harness.outcome(await harness.begin())
    assert "very-secret" not in repr(outcome)
