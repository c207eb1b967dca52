import pytest

from chatdesk.kernel.chat.answer import GrowingAnswer
from chatdesk.kernel.chat.application import RemoteAnswer, Session
from chatdesk.kernel.chat.message import FinishReason, Role, ToolCallPart
from chatdesk.kernel.chat.request import ChatRequest, Turn
from chatdesk.kernel.chat.stream_events import (
    AnswerStage,
    AnswerStageChanged,
    FollowUps,
    RemoteAnswerStored,
    StreamEvent,
)
from chatdesk.kernel.chat.usage import Usage
from chatdesk.kernel.errors.application_errors import ApplicationUnavailable
from chatdesk.kernel.errors.base import (
    AccessDenied,
    KeyRejected,
    NotAChatServer,
    QuotaExhausted,
    RateLimited,
    ServerError,
    ServerFailed,
)
from chatdesk.kernel.presets.variable import VariableKind
from chatdesk.network.endpoint import make_endpoint
from chatdesk.network.http import HttpClient
from chatdesk.network.timeouts import LOCAL
from chatdesk.providers.applications.fastgpt import FastGptProvider, fastgpt_error
from chatdesk.providers.server_api import ServerApi
from tests.fakes.scripted_server import LAST_CHUNK, Request, ScriptedServer, Step, chunk, head, reply
from tests.unit.providers.applications.streams import completion, sse

BEGINNING = {
    "code": 200,
    "data": {
        "chatId": "x",
        "app": {
            "name": "Shop help",
            "intro": "Answers about orders.",
            "chatConfig": {
                "welcomeText": "Welcome.\n- [Where is my order?]\n- [I want to return it]",
                "variables": [
                    {"key": "name", "label": "Name", "type": "input", "required": True},
                    {"key": "plan", "label": "Plan", "type": "select", "list": [{"value": "free"}, {"value": "paid"}]},
                    {"key": "vip", "label": "VIP", "type": "switch"},
                    {"key": "secret", "label": "", "type": "internal"},
                ],
            },
        },
    },
}


def provider(http: HttpClient, server: ScriptedServer) -> FastGptProvider:
    return FastGptProvider("s", ServerApi(make_endpoint("Shop", server.url, "fastgpt-1"), http, LOCAL, fastgpt_error))


def script(answer: list[Step], beginning: bytes | None = None):
    def steps(request: Request) -> list[Step]:
        return answer if request.method == "POST" else [beginning or reply(BEGINNING)]

    return steps


async def outcome_of(
    http: HttpClient, answer: list[Step], request: ChatRequest | None = None
) -> tuple[GrowingAnswer, list[StreamEvent], ServerError | None, dict]:
    grown, events, error = GrowingAnswer(), [], None
    asked = request or ChatRequest("app", (Turn(Role.USER, "Hi"),))
    async with ScriptedServer(script(answer)) as server:
        asking = provider(http, server)
        await asking.list_models()
        try:
            async for event in asking.chat(asked):
                grown.apply(event)
                events.append(event)
        except ServerError as raised:
            error = raised
    return grown, events, error, server.requests[-1].json()


def stream(*events: tuple[str, object]) -> list[Step]:
    return [head(), chunk(sse(*events)), LAST_CHUNK]


async def test_an_app_tells_what_it_is_called_says_and_asks(http: HttpClient) -> None:
    async with ScriptedServer(script([])) as server:
        (model,) = await provider(http, server).list_models()
    app = model.application
    assert (model.name, model.can_see, app.opening) == ("Shop help", False, "Welcome.")
    assert app.questions == ("Where is my order?", "I want to return it")
    assert [(each.name, each.kind, each.choices) for each in app.inputs] == [
        ("name", VariableKind.TEXT, ()),
        ("plan", VariableKind.CHOICE, ("free", "paid")),
        ("vip", VariableKind.TOGGLE, ()),
    ]


async def test_a_version_that_does_not_tell_is_named_as_its_server(http: HttpClient) -> None:
    refusal = reply({"code": 500, "statusText": "error", "message": "Can't find app"}, 500)
    async with ScriptedServer(script([], refusal)) as server:
        (model,) = await provider(http, server).list_models()
    assert model.name == "Shop"


async def test_a_web_page_is_no_fastgpt(http: HttpClient) -> None:
    async with ScriptedServer(script([], reply("<html>hello</html>", content_type="text/html"))) as server:
        with pytest.raises(NotAChatServer):
            await provider(http, server).probe()


async def test_a_conversation_has_an_id_of_ours_and_goes_on_with_the_last_message(http: HttpClient) -> None:
    answer = stream(("answer", completion("Yes.")), ("answer", "[DONE]"))
    turns = (Turn(Role.USER, "Hi"), Turn(Role.ASSISTANT, "Hello."), Turn(Role.USER, "Again"))
    _, events, _, body = await outcome_of(http, answer, ChatRequest("app", turns))
    opened = next(event for event in events if isinstance(event, RemoteAnswerStored)).answer.conversation
    assert body["chatId"] == opened
    assert "Assistant: Hello." in body["messages"][0]["content"]
    request = ChatRequest("app", turns, session=Session("c-1", {"name": "Ann", "vip": "on"}))
    _, events, _, body = await outcome_of(http, answer, request)
    assert RemoteAnswerStored(RemoteAnswer("c-1")) in events
    assert body == {
        "chatId": "c-1",
        "stream": True,
        "detail": True,
        "variables": {"name": "Ann", "vip": True},
        "messages": [{"role": "user", "content": "Again"}],
    }


async def test_steps_tools_and_true_counts(http: HttpClient) -> None:
    answer, events, error, _ = await outcome_of(
        http,
        stream(
            ("flowNodeStatus", {"status": "running", "name": "Knowledge"}),
            ("toolCall", {"tool": {"id": "t", "toolName": "search", "functionName": "s", "params": ""}}),
            ("toolParams", {"tool": {"id": "t", "params": '{"q":'}}),
            ("toolParams", {"tool": {"id": "t", "params": '"x"}'}}),
            ("toolResponse", {"tool": {"id": "t", "response": "found"}}),
            ("answer", completion("Yes.")),
            ("answer", completion("", "stop")),
            ("answer", "[DONE]"),
            ("flowResponses", [{"inputTokens": 5, "outputTokens": 2}, {"inputTokens": 1, "outputTokens": 1}]),
            ("workflowDuration", {"durationSeconds": 1.2}),
        ),
    )
    assert (answer.text, answer.finish, error) == ("Yes.", FinishReason.STOP, None)
    assert answer.usage == Usage(6, 3)
    assert AnswerStageChanged(AnswerStage.WORKING, name="Knowledge") in events
    assert ToolCallPart("t", "search", '{"q":"x"}') in answer.parts()


async def test_a_flow_that_waits_for_a_choice_offers_it(http: HttpClient) -> None:
    wanted = {
        "interactive": {
            "type": "userSelect",
            "params": {
                "description": "Which one?",
                "userSelectOptions": [{"key": "1", "value": "Red"}, {"value": "Blue"}],
            },
        }
    }
    answer, events, error, _ = await outcome_of(http, stream(("interactive", wanted), ("answer", "[DONE]")))
    assert (answer.text, error) == ("Which one?\n\n- Red\n- Blue\n", None)
    assert FollowUps(("Red", "Blue")) in events


async def test_a_whole_reply_in_the_place_of_a_stream(http: HttpClient) -> None:
    whole = {
        "choices": [{"message": {"role": "assistant", "content": [{"type": "text", "text": {"content": "Yes."}}]}}]
    }
    assert (await outcome_of(http, [reply(whole)]))[0].text == "Yes."


ERRORS = [
    ("unAuthApiKey", 514, KeyRejected),
    ("unAuthorization", 403, KeyRejected),
    ("unAuthFile", 508, AccessDenied),
    ("aiPointsNotEnough", 507, QuotaExhausted),
    ("appUnExist", 502, ApplicationUnavailable),
    ("tooManyRequest", 429, RateLimited),
    ("error", 500, ServerFailed),
]


@pytest.mark.parametrize(("word", "code", "kind"), ERRORS, ids=[word for word, *_ in ERRORS])
async def test_its_errors_are_ours_though_all_are_500(http: HttpClient, word: str, code: int, kind: type) -> None:
    body = {"code": code, "statusText": word, "message": "in its own words", "data": None}
    for answer in ([reply(body, 500)], stream(("error", body)), [reply(body)]):
        _, _, error, _ = await outcome_of(http, answer)
        assert type(error) is kind
