import asyncio
from collections.abc import Callable

import pytest

from chatdesk.kernel.chat.answer import GrowingAnswer
from chatdesk.kernel.chat.application import Session
from chatdesk.kernel.chat.message import FinishReason, Role
from chatdesk.kernel.chat.request import ChatRequest, Turn
from chatdesk.kernel.chat.stream_events import AnswerStage, AnswerStageChanged, StreamEvent
from chatdesk.kernel.errors.base import KeyRejected, ModelNotFound, NotAChatServer, ServerError, ServerFailed
from chatdesk.kernel.presets.variable import VariableKind
from chatdesk.network.endpoint import make_endpoint
from chatdesk.network.http import HttpClient
from chatdesk.network.timeouts import LOCAL
from chatdesk.providers.applications.vectorvein import VectorVeinProvider, decode_outputs, decode_workflow, judge
from chatdesk.providers.server_api import ServerApi
from tests.fakes.scripted_server import Request, ScriptedServer, Step, Until, reply

NODES = [
    {
        "id": "n1",
        "category": "triggers",
        "data": {"has_inputs": True, "template": {"when": {"show": True, "field_type": "input"}}},
    },
    {
        "id": "n2",
        "category": "textProcessing",
        "data": {
            "has_inputs": True,
            "template": {
                "text": {"show": True, "display_name": "Text", "field_type": "textarea", "value": ""},
                "style": {"show": True, "display_name": "Style", "field_type": "select", "value": "calm",
                          "options": [{"label": "Calm", "value": "calm"}, {"label": "Loud", "value": "loud"}]},
                "times": {"show": True, "field_type": "number", "value": 2},
                "hidden": {"show": False, "field_type": "input"},
            },
        },
    },
]  # fmt: skip
WORKFLOW = {"wid": "w1", "title": "Rewrite", "brief": "Says it otherwise.", "data": {"nodes": NODES}}
RUNNING = {"status": 202, "msg": "RUNNING", "data": []}
FINISHED = {"status": 200, "msg": "FINISHED", "data": [{"type": "Text", "title": "Result", "value": "Said otherwise."}]}


def ok(data: object) -> dict:
    return {"status": 200, "msg": "success", "data": data}


def provider(http: HttpClient, server: ScriptedServer, cloud: str = "") -> VectorVeinProvider:
    api = ServerApi(make_endpoint("Vein", server.url + cloud, "k"), http, LOCAL, judge)
    return VectorVeinProvider("s", api, first_pause=0.01)


def script(checks: list[dict]) -> Callable[[Request], list[Step]]:
    def steps(request: Request) -> list[Step]:
        match request.path.removeprefix("/api/v1/open-api").removeprefix("/api"):
            case "/workflow/list":
                return [reply(ok({"workflows": [WORKFLOW]}))]
            case "/workflow/w1" | "/workflow/get":
                return [reply(ok(WORKFLOW))]
            case "/workflow/run":
                return [reply(ok({"rid": "r1"}))]
            case "/workflow/check-status":
                return [reply(checks.pop(0) if len(checks) > 1 else checks[0])]
            case "/workflow/stop-run":
                return [reply(ok({}))]
        return [reply({"status": 404, "msg": "workflow not found", "data": {}})]

    return steps


async def outcome_of(
    asked: VectorVeinProvider, model: str = "w1", **inputs: str
) -> tuple[GrowingAnswer, list[StreamEvent], ServerError | None]:
    answer, events, error = GrowingAnswer(), [], None
    request = ChatRequest(model, (Turn(Role.USER, "A text"),), session=Session("", inputs))
    try:
        async for event in asked.chat(request):
            answer.apply(event)
            events.append(event)
    except ServerError as raised:
        error = raised
    return answer, events, error


@pytest.mark.parametrize("cloud", ["", "/api/v1/open-api"], ids=["this machine", "cloud"])
async def test_workflows_are_chosen_like_models_each_with_its_form(http: HttpClient, cloud: str) -> None:
    async with ScriptedServer(script([])) as server:
        asked = provider(http, server, cloud)
        assert (await asked.probe()).model_count == 1
        (model,) = await asked.list_models()
    assert (model.ref.model_id, model.name, model.application.remembers) == ("w1", "Rewrite", False)
    assert [(each.name, each.title, each.kind, each.default) for each in model.application.inputs] == [
        ("n2.style", "Style", VariableKind.CHOICE, "calm"),
        ("n2.times", "times", VariableKind.NUMBER, "2"),
    ]


async def test_a_run_takes_text_and_form_and_is_asked_until_it_is_done(http: HttpClient) -> None:
    async with ScriptedServer(script([RUNNING, RUNNING, FINISHED])) as server:
        answer, events, error = await outcome_of(provider(http, server), **{"n2.style": "loud"})
    assert (answer.text, answer.finish, error) == ("Said otherwise.", FinishReason.STOP, None)
    assert events.count(AnswerStageChanged(AnswerStage.WORKING, name="Rewrite")) == 2
    (run,) = (request.json() for request in server.requests if request.path == "/api/workflow/run")
    assert run["wait_for_completion"] is False
    assert run["input_fields"] == [
        {"node_id": "n2", "field_name": "text", "value": "A text"},
        {"node_id": "n2", "field_name": "style", "value": "loud"},
        {"node_id": "n2", "field_name": "times", "value": 2},
    ]


async def test_stop_ends_the_run_where_it_can_be_ended(http: HttpClient) -> None:
    for cloud, stops in (("/api/v1/open-api", 1), ("", 0)):
        async with ScriptedServer(script([RUNNING])) as server:
            stream = provider(http, server, cloud).chat(ChatRequest("w1", (Turn(Role.USER, "Hi"),)))
            async for event in stream:
                if event == AnswerStageChanged(AnswerStage.WORKING, name="Rewrite"):
                    break
            await stream.aclose()
            if stops:
                await server.until(lambda: any(request.path.endswith("/stop-run") for request in server.requests))
            await asyncio.sleep(0.1)
            assert len([request for request in server.requests if request.path.endswith("/stop-run")]) == stops
            asked = len(server.requests)
            await asyncio.sleep(0.1)
            assert len(server.requests) == asked  # nobody asks on


@pytest.mark.parametrize(("cloud", "stops"), [("/api/v1/open-api", 1), ("", 0)], ids=["cloud", "this machine"])
async def test_a_run_left_while_it_begins_is_stopped_once_it_has_an_id(
    http: HttpClient, cloud: str, stops: int
) -> None:
    usual, is_left = script([RUNNING]), asyncio.Event()

    def slow(request: Request) -> list[Step]:
        return [*([Until(is_left)] if request.path.endswith("/run") else []), *usual(request)]

    async with ScriptedServer(slow) as server:
        asking = asyncio.create_task(outcome_of(provider(http, server, cloud)))
        await server.until(lambda: any(request.path.endswith("/run") for request in server.requests))
        asking.cancel()
        await asyncio.wait([asking])  # it does not wait for the reply, which comes later
        is_left.set()
        if stops:
            await server.until(lambda: any(request.path.endswith("/stop-run") for request in server.requests))
        else:
            await asyncio.sleep(0.3)
        assert [request.json() for request in server.requests if request.path.endswith("/stop-run")] == (
            [{"rid": "r1"}] * stops
        )
        assert not any(request.path.endswith("/check-status") for request in server.requests)


async def test_what_fails_is_recognised_by_the_body(http: HttpClient) -> None:
    async with ScriptedServer(script([{"status": 500, "msg": "FAILED", "data": {}}])) as server:
        _, _, error = await outcome_of(provider(http, server))
        assert (type(error), error.detail) == (ServerFailed, "FAILED")
        _, _, error = await outcome_of(provider(http, server), "gone")
        assert type(error) is ModelNotFound
    async with ScriptedServer(lambda _: [reply({"status": 401, "msg": "invalid key", "data": {}})]) as server:
        with pytest.raises(KeyRejected):
            await provider(http, server, "/api/v1/open-api").probe()
    async with ScriptedServer(lambda _: [reply({"hello": "world"})]) as server:
        with pytest.raises(NotAChatServer):
            await provider(http, server).probe()


def test_several_outputs_stand_under_their_titles() -> None:
    outputs = [{"title": "One", "value": "1"}, {"title": "Two", "value": ["a", "b"]}, {"title": "None", "value": ""}]
    assert decode_outputs(outputs) == "**One**\n\n1\n\n**Two**\n\n- a\n- b"


def test_what_is_no_workflow_is_none() -> None:
    for value in (None, [], {}, {"wid": 5, "data": {"nodes": [None, {"data": 1}]}}, {"title": "x"}):
        workflow = decode_workflow(value)
        assert workflow is None or workflow.fields == ()
