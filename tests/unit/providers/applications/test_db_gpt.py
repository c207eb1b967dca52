import pytest

from chatdesk.kernel.chat.answer import GrowingAnswer
from chatdesk.kernel.chat.application import RemoteAnswer, Session
from chatdesk.kernel.chat.message import FinishReason, Role
from chatdesk.kernel.chat.request import ChatRequest, Parameters, Turn
from chatdesk.kernel.chat.stream_events import RemoteAnswerStored, StreamEvent
from chatdesk.kernel.errors.base import KeyRejected, NotAChatServer, ServerError, ServerFailed
from chatdesk.network.endpoint import make_endpoint
from chatdesk.network.http import HttpClient
from chatdesk.network.timeouts import LOCAL
from chatdesk.providers.applications.db_gpt import DbGptProvider, judge, with_views_as_text
from chatdesk.providers.server_api import ServerApi
from tests.fakes.scripted_server import LAST_CHUNK, Request, ScriptedServer, Step, chunk, head, reply
from tests.paths import DATA
from tests.unit.providers.applications.streams import completion, sse

LISTS = {
    "/api/v1/model/types": {"success": True, "data": ["qwen", "glm"]},
    "/api/v2/serve/apps": {
        "success": True,
        "data": {"app_list": [{"app_code": "a1", "app_name": "Sales", "app_describe": "Asks"}]},
    },
    "/api/v2/serve/knowledge/spaces": {"success": True, "data": {"items": [{"id": 1, "name": "handbook"}]}},
}
REFUSED = {"success": False, "err_code": "E0003", "err_msg": "no such model", "data": None}


def provider(http: HttpClient, server: ScriptedServer) -> DbGptProvider:
    return DbGptProvider("s", ServerApi(make_endpoint("DB", server.url, "k"), http, LOCAL, judge))


def script(answer: list[Step]):
    def steps(request: Request) -> list[Step]:
        if request.method == "POST":
            return answer
        return [reply(LISTS[request.path])] if request.path in LISTS else [reply({"detail": "Not Found"}, 404)]

    return steps


async def outcome_of(
    http: HttpClient, answer: list[Step], model: str = "chat_normal:qwen", **more: object
) -> tuple[GrowingAnswer, list[StreamEvent], ServerError | None, dict]:
    grown, events, error = GrowingAnswer(), [], None
    async with ScriptedServer(script(answer)) as server:
        try:
            async for event in provider(http, server).chat(ChatRequest(model, (Turn(Role.USER, "Hi"),), **more)):
                grown.apply(event)
                events.append(event)
        except ServerError as raised:
            error = raised
    return grown, events, error, server.requests[-1].json()


def stream(*events: object) -> list[Step]:
    return [head(), chunk(sse(*events)), LAST_CHUNK]


async def test_models_apps_and_spaces_are_chosen_alike_and_a_missing_list_does_no_harm(http: HttpClient) -> None:
    async with ScriptedServer(script([])) as server:
        asked = provider(http, server)
        models = await asked.list_models()
        assert (await asked.probe()).model_count == 4
    assert [(model.ref.model_id, model.name) for model in models] == [
        ("chat_normal:qwen", "qwen"),
        ("chat_normal:glm", "glm"),
        ("chat_app:a1", "Sales"),
        ("chat_knowledge:handbook", "handbook"),
    ]


async def test_what_is_no_db_gpt_is_reported_as_such(http: HttpClient) -> None:
    async with ScriptedServer(lambda _: [reply("<html></html>", content_type="text/html")]) as server:
        with pytest.raises(NotAChatServer):
            await provider(http, server).probe()


async def test_a_model_is_asked_with_one_text_and_an_id_of_ours(http: HttpClient) -> None:
    _, events, error, body = await outcome_of(
        http,
        stream(completion("Yes."), ("", "[DONE]")),
        session=Session("c-1"),
        parameters=Parameters(temperature=0.5, max_tokens=9),
    )
    assert error is None
    assert RemoteAnswerStored(RemoteAnswer("c-1")) in events
    assert body == {
        "model": "qwen",
        "messages": "Hi",
        "stream": True,
        "chat_mode": "chat_normal",
        "conv_uid": "c-1",
        "temperature": 0.5,
        "max_new_tokens": 9,
    }


async def test_an_app_is_asked_with_its_code_and_the_first_model(http: HttpClient) -> None:
    _, _, _, body = await outcome_of(http, stream(completion("Yes."), ("", "[DONE]")), "chat_app:a1")
    assert (body["model"], body["chat_mode"], body["chat_param"]) == ("qwen", "chat_app", "a1")


async def test_the_end_of_the_stream_is_an_end_too_and_a_full_answer_is_said_to_be_cut(http: HttpClient) -> None:
    answer, _, error, _ = await outcome_of(http, stream(completion("Yes.")))
    assert (answer.text, answer.finish, error) == ("Yes.", FinishReason.STOP, None)
    answer, _, _, _ = await outcome_of(http, stream(completion("Yes", "max_tokens"), ("", "[DONE]")))
    assert answer.finish is FinishReason.LENGTH


async def test_a_model_that_stutters_is_not_taken_for_one_that_repeats(http: HttpClient) -> None:
    assert (await outcome_of(http, stream(completion("ha"), completion("haha"), ("", "[DONE]"))))[0].text == "hahaha"


async def test_agents_say_their_plans_in_words(http: HttpClient) -> None:
    plan = '```agent-plans\n[{"name": "Look up", "num": 1, "status": "running", "markdown": "Looking"}]\n```'
    done = '```agent-plans\n[{"name": "Look up", "num": 1, "status": "complete", "markdown": "Found 3"}]\n```'
    answer, _, error, _ = await outcome_of(
        http, stream(completion(plan), completion(done), ("", "[DONE]")), "chat_app:a1"
    )
    assert (answer.text, error) == ("**Look up**\n\nFound 3", None)


async def test_what_agents_say_in_events_of_their_own_is_the_answer(http: HttpClient) -> None:
    body = (DATA / "wire" / "vendors-documented" / "db-gpt-vis.body").read_bytes()
    answer, _, error, _ = await outcome_of(http, [head(), chunk(body), LAST_CHUNK], "chat_app:a1")
    assert (answer.text, error) == ("**Look up**\n\nFound 3\nThree customers.", None)


def test_a_view_that_cannot_be_read_stays_as_it_is() -> None:
    for text in ("```agent-plans\n{broken\n```", "```vis-chart\n{}\n```", "```python\n[1]\n```", "plain"):
        assert with_views_as_text(text) == text


@pytest.mark.parametrize(
    ("answer", "kind", "detail"),
    [
        ([reply(REFUSED)], ServerFailed, "no such model (E0003)"),
        (stream(REFUSED), ServerFailed, "no such model (E0003)"),
        (stream(completion("[SERVER_ERROR]out of memory")), ServerFailed, "out of memory"),
        (
            [head(), chunk("data: [SERVER_ERROR]no such host\n\ndata: [DONE]\n\n"), LAST_CHUNK],
            ServerFailed,
            "no such host",
        ),
        ([reply({"detail": "Invalid API key"}, 401)], KeyRejected, "Invalid API key"),
        ([reply({"success": False, "err_code": "x", "err_msg": "Invalid API key"})], KeyRejected, "Invalid API key"),
    ],
)
async def test_its_errors_are_ours(http: HttpClient, answer: list[Step], kind: type, detail: str) -> None:
    _, _, error, _ = await outcome_of(http, answer)
    assert (type(error), error.detail) == (kind, detail)
