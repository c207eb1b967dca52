import asyncio
import json
from collections.abc import AsyncIterator

import pytest

from chatdesk.kernel.chat.answer import GrowingAnswer
from chatdesk.kernel.chat.message import FinishReason, Role
from chatdesk.kernel.chat.request import ChatRequest, Thinking, Turn
from chatdesk.kernel.chat.stream_events import AnswerStage, AnswerStageChanged, TextDelta, ThinkingChanged
from chatdesk.kernel.errors.base import (
    AccessDenied,
    AnswerEndedEarly,
    ConnectionLost,
    KeyMissing,
    ModelNotFound,
    ModelProcessEnded,
    NotAChatServer,
    ServerError,
    ServerFailed,
    ServerTimedOut,
    ServerUnreachable,
    SignInNeeded,
)
from chatdesk.kernel.models.model import Capability, Model
from chatdesk.network.endpoint import make_endpoint
from chatdesk.network.http import HttpClient
from chatdesk.network.timeouts import LOCAL, Timeouts
from chatdesk.providers.ollama.ollama_provider import OllamaProvider
from chatdesk.providers.server_api import ServerApi
from tests.fakes.scripted_models import ScriptedAnswer, ScriptedModel, scripted_ollama
from tests.fakes.scripted_server import (
    LAST_CHUNK,
    Hang,
    Pause,
    Request,
    Reset,
    ScriptedServer,
    Step,
    chunk,
    head,
    reply,
)
from tests.own_time import TIMEOUT, OwnTime

REQUEST = ChatRequest(
    "scripted:1b",
    (Turn(Role.SYSTEM, "Be brief."), Turn(Role.USER, "Hi"), Turn(Role.ASSISTANT, "Yo", "hm"), Turn(Role.USER, "Bye")),
)


def provider(http: HttpClient, url: str, timeouts: Timeouts = LOCAL) -> OllamaProvider:
    return OllamaProvider("s", ServerApi(make_endpoint("Test", url, None), http, timeouts))


async def outcome_of(asked: OllamaProvider, request: ChatRequest = REQUEST) -> tuple[GrowingAnswer, ServerError | None]:
    """Return the answer and the error it ended with."""
    answer = GrowingAnswer()
    try:
        async for happened in asked.chat(request):
            answer.apply(happened)
    except ServerError as error:
        return answer, error
    return answer, None


def line(**fields: object) -> bytes:
    return chunk(json.dumps(fields) + "\n")


def says(text: str) -> bytes:
    return line(message={"role": "assistant", "content": text}, done=False)


DONE = line(message={"role": "assistant", "content": ""}, done=True, done_reason="stop")


async def answered(
    http: HttpClient, *steps: Step, timeouts: Timeouts = LOCAL
) -> tuple[GrowingAnswer, ServerError | None]:
    def script(request: Request) -> list[Step]:
        return [reply({"models": []})] if request.path == "/api/ps" else [*steps]

    async with ScriptedServer(script) as server:
        return await outcome_of(provider(http, server.url, timeouts))


async def test_an_answer_streams_with_its_reasoning_and_its_counts(http: HttpClient):
    async with scripted_ollama(ScriptedAnswer(("Hello", " there."), ("They ", "greet."))) as server:
        answer, error = await outcome_of(provider(http, server.url))
    assert error is None
    assert (answer.reasoning, answer.text, answer.finish) == ("They greet.", "Hello there.", FinishReason.STOP)
    assert answer.usage is not None
    assert (answer.usage.completion_tokens, answer.usage.tokens_per_second) == (4, 50.0)


async def test_an_effort_the_server_does_not_know_is_lowered_reported_and_not_asked_for_again(http: HttpClient):
    refused = 'invalid think value: "max" (must be "high", "medium", "low", true, or false)'

    def script(request: Request) -> list[Step]:
        if request.path == "/api/ps":
            return [reply({"models": []})]
        if request.json().get("think") == "max":
            return [reply({"error": refused}, 400)]
        return [
            head(content_type="application/x-ndjson"),
            chunk(json.dumps({"message": {"content": "Hi"}, "done": True}) + "\n"),
            LAST_CHUNK,
        ]

    async with ScriptedServer(script) as server:
        asked = provider(http, server.url)
        request = ChatRequest("m", REQUEST.turns, Thinking.MAX, can_think=True)
        for _ in range(2):
            events = [event async for event in asked.chat(request)]
            assert ThinkingChanged(Thinking.MAX, Thinking.HIGH) in events
            assert TextDelta("Hi") in events
    thinks = [request.json()["think"] for request in server.requests if request.path == "/api/chat"]
    assert thinks == ["max", "high", "high"]


async def test_a_model_that_refuses_to_think_is_asked_without(http: HttpClient):
    def script(request: Request) -> list[Step]:
        if request.path == "/api/ps":
            return [reply({"models": []})]
        if "think" in request.json():
            return [reply({"error": '"m" does not support thinking'}, 400)]
        return [
            head(content_type="application/x-ndjson"),
            chunk(json.dumps({"message": {"content": "Hi"}, "done": True}) + "\n"),
            LAST_CHUNK,
        ]

    async with ScriptedServer(script) as server:
        request = ChatRequest("m", REQUEST.turns, Thinking.ON, can_think=True)
        events = [event async for event in provider(http, server.url).chat(request)]
    assert ThinkingChanged(Thinking.ON, Thinking.AUTO) in events
    assert TextDelta("Hi") in events


async def first_stage(http: HttpClient, server: ScriptedServer, model: str) -> AnswerStage:
    events = provider(http, server.url).chat(ChatRequest(model, REQUEST.turns))
    happened = await anext(events)
    await events.aclose()
    assert isinstance(happened, AnswerStageChanged)
    return happened.stage


async def test_a_model_that_is_not_in_memory_is_reported_as_loading(http: HttpClient):
    models = [ScriptedModel("warm:latest"), ScriptedModel("cold", loaded=False)]
    async with scripted_ollama(ScriptedAnswer(silence=60), models) as server:
        assert await first_stage(http, server, "warm") is AnswerStage.WAITING
        assert await first_stage(http, server, "cold") is AnswerStage.LOADING_MODEL
        assert await first_stage(http, server, "big:cloud") is AnswerStage.WAITING


@pytest.mark.parametrize("steps", [[reply(status=404)], [reply({"oops": 1})], [reply("x" * 10)], [Reset()]])
async def test_where_the_server_does_not_tell_we_only_wait(http: HttpClient, steps: list[Step]):
    async with ScriptedServer(lambda _: steps) as server:
        assert await first_stage(http, server, "m") is AnswerStage.WAITING


async def test_the_request_waits_for_no_other_question(http: HttpClient):
    asked, told_stage = asyncio.Event(), asyncio.Event()

    async def script(request: Request) -> AsyncIterator[Step]:
        if request.path == "/api/chat":
            asked.set()
            await told_stage.wait()
            yield chunked_answer()
        else:
            await asked.wait()
            yield reply({"models": []})

    async with ScriptedServer(script) as server:
        events = provider(http, server.url).chat(REQUEST)
        assert await anext(events) == AnswerStageChanged(AnswerStage.LOADING_MODEL)
        told_stage.set()
        rest = [event async for event in events]
    assert rest[0] == TextDelta("Hi")


async def test_an_answer_waits_for_no_other_question(http: HttpClient):
    def script(request: Request) -> list[Step]:
        return [chunked_answer()] if request.path == "/api/chat" else [Hang()]

    async with ScriptedServer(script) as server:
        with OwnTime() as waited:
            answer, error = await outcome_of(provider(http, server.url))
    assert (answer.text, error) == ("Hi", None)
    assert waited.seconds < 2


def chunked_answer() -> bytes:
    return head(content_type="application/x-ndjson") + says("Hi") + DONE + LAST_CHUNK


async def test_a_long_silence_while_a_model_loads_is_no_error(http: HttpClient):
    cold = ScriptedModel(loaded=False)
    async with scripted_ollama(ScriptedAnswer(silence=0.8), [cold]) as server:
        answer, error = await outcome_of(provider(http, server.url, Timeouts(first_event=TIMEOUT, idle=0.6)))
    assert (answer.text, error) == ("Hello there.", None)


async def test_a_server_that_never_answers_is_given_up(http: HttpClient):
    _, error = await answered(http, Hang(), timeouts=Timeouts(connect=0.1, first_event=0.1))
    assert isinstance(error, ServerTimedOut)


async def test_stopping_closes_the_connection_within_a_moment(http: HttpClient):
    async with scripted_ollama(ScriptedAnswer(delay=0.005, endless=True)) as server:
        events = provider(http, server.url).chat(REQUEST)
        assert [await anext(events) for _ in range(2)][-1] == TextDelta("Hello")
        with OwnTime() as waited:
            await events.aclose()
            await server.until(lambda: server.disconnects)
    assert server.disconnects[0].request.path == "/api/chat"
    assert waited.seconds < 0.5


async def test_stopping_while_the_model_loads_works_as_fast(http: HttpClient):
    async with scripted_ollama(ScriptedAnswer(silence=30)) as server:
        task = asyncio.ensure_future(outcome_of(provider(http, server.url)))
        await server.until(lambda: any(request.path == "/api/chat" for request in server.requests))
        with OwnTime() as waited:
            task.cancel()
            await asyncio.wait([task])
            await server.until(lambda: server.disconnects)
    assert waited.seconds < 0.5


async def test_an_error_line_in_mid_stream_keeps_the_text_before_it(http: HttpClient):
    async with scripted_ollama(
        ScriptedAnswer(error="an error was encountered while running the model: unexpected EOF")
    ) as server:
        answer, error = await outcome_of(provider(http, server.url))
    assert answer.text == "Hello there."
    assert isinstance(error, ModelProcessEnded)
    assert "unexpected EOF" in error.detail


async def test_the_last_record_ends_the_answer_though_the_connection_stays_open(http: HttpClient):
    answer, error = await answered(http, head(content_type="application/x-ndjson"), says("Hi"), DONE, Hang())
    assert (answer.text, answer.finish, error) == ("Hi", FinishReason.STOP, None)


async def test_the_last_record_may_lack_its_line_end(http: HttpClient):
    last = chunk(b'{"message":{"content":"!"},"done":true}')
    answer, error = await answered(http, head(), says("Hi"), last, LAST_CHUNK)
    assert (answer.text, answer.finish, error) == ("Hi!", FinishReason.STOP, None)


@pytest.mark.parametrize(
    ("ending", "kind"),
    [([LAST_CHUNK], AnswerEndedEarly), ([], ConnectionLost), ([Pause(0.02), Reset()], ConnectionLost)],
)
async def test_an_answer_without_its_last_record_keeps_what_had_arrived(
    http: HttpClient, ending: list[Step], kind: type[ServerError]
):
    answer, error = await answered(http, head(), *[says(f"{number} ") for number in range(50)], *ending)
    assert answer.text == "".join(f"{number} " for number in range(50))
    assert type(error) is kind


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (reply({"error": "model 'scripted:1b' not found"}, 404), ModelNotFound),
        (reply("404 page not found", 404, "text/plain"), NotAChatServer),
        (reply("", 403), AccessDenied),
        (reply({"error": "unauthorized", "signin_url": "https://h.example/connect"}, 401), SignInNeeded),
        (reply({"error": "unauthorized"}, 401), KeyMissing),
        (reply({"error": "boom"}, 500), ServerFailed),
        (reply("<html>log in</html>", 200, "text/html"), NotAChatServer),
        (reply({"error": "boom"}, 200), ServerFailed),
    ],
)
async def test_each_failure_of_ordinary_life_has_its_error(http: HttpClient, body: bytes, kind: type[ServerError]):
    _, error = await answered(http, body)
    assert type(error) is kind


async def test_a_server_that_is_not_running_is_unreachable(http: HttpClient):
    async with scripted_ollama() as server:
        url = server.url
    asked = provider(http, url)
    for question in (asked.probe(), asked.list_models(), asked.describe("m")):
        with pytest.raises(ServerUnreachable):
            await question
    _, error = await outcome_of(asked)
    assert isinstance(error, ServerUnreachable)


async def test_models_are_listed_with_what_the_server_says_of_them(http: HttpClient):
    models = [ScriptedModel("a:1b", ("completion", "thinking")), ScriptedModel("b:latest", loaded=False)]
    async with scripted_ollama(models=models) as server:
        first, second = await provider(http, server.url).list_models()
    assert (first.name, first.can_think, first.loaded) == ("a:1b", True, True)
    assert (second.name, second.can_think, second.loaded) == ("b", False, False)


def old_ollama(*, shows: bool = True) -> ScriptedServer:
    def script(request: Request) -> list[Step]:
        match request.path:
            case "/api/tags":
                return [reply({"models": [{"name": f"m{number}:latest"} for number in range(9)]})]
            case "/api/show" if shows:
                return [
                    reply(
                        {
                            "capabilities": ["completion", "thinking"],
                            "model_info": {"general.architecture": "q", "q.context_length": 2048},
                        }
                    )
                ]
            case _:
                return [reply("404 page not found", 404, "text/plain")]

    return ScriptedServer(script)


async def test_an_old_server_is_asked_for_the_capabilities_of_each_model(http: HttpClient):
    async with old_ollama() as server:
        models = await provider(http, server.url).list_models()
    assert [model.name for model in models] == [f"m{number}" for number in range(9)]
    assert all(model.can_think and model.context_length == 2048 and model.loaded is None for model in models)


async def test_a_model_that_cannot_be_described_is_listed_all_the_same(http: HttpClient):
    async with old_ollama(shows=False) as server:
        models: tuple[Model, ...] = await provider(http, server.url).list_models()
    assert len(models) == 9
    assert all(model.capabilities is None and model.can_chat for model in models)


async def test_a_model_is_described_or_missing(http: HttpClient):
    async with scripted_ollama(models=[ScriptedModel("a:1b", ("completion", "vision"))]) as server:
        asked = provider(http, server.url)
        assert (await asked.describe("a:1b")).capabilities == {Capability.CHAT, Capability.VISION}
        with pytest.raises(ModelNotFound):
            await asked.describe("nope")


async def test_a_probe_finds_version_and_number_of_models(http: HttpClient):
    async with scripted_ollama(models=[ScriptedModel("a"), ScriptedModel("b")]) as server:
        status = await provider(http, server.url).probe()
    assert (status.version, status.model_count) == ("0.32.15", 2)
    assert status.milliseconds > 0


def imitation(*paths: str, chat_status: int = 404) -> ScriptedServer:
    replies = {"/api/version": {"version": "0.9.9"}, "/api/tags": {"models": []}, "/api/ps": {"models": []}}

    def script(request: Request) -> list[Step]:
        if request.path in paths:
            return [reply(replies[request.path])]
        return [reply("no", chat_status if request.path == "/api/chat" else 404, "text/plain")]

    return ScriptedServer(script)


async def test_a_program_that_only_imitates_the_lists_is_distinguished(http: HttpClient):
    async with imitation("/api/version", "/api/tags") as server:
        with pytest.raises(NotAChatServer) as caught:
            await provider(http, server.url).probe()
    assert caught.value.url.endswith("/api/chat")


async def test_an_ollama_too_old_to_list_what_is_loaded_is_accepted(http: HttpClient):
    async with imitation("/api/version", "/api/tags", chat_status=405) as server:
        assert (await provider(http, server.url).probe()).version == "0.9.9"


@pytest.mark.parametrize(
    "body",
    [
        reply("Hello", 200, "text/plain"),
        reply({"name": "x"}),
        reply({"version": 5}),
        reply("<html>", 200, "text/html"),
        reply("", 404),
    ],
)
async def test_something_else_on_the_port_is_distinguished(http: HttpClient, body: bytes):
    async with ScriptedServer(lambda _: [body]) as server:
        with pytest.raises(NotAChatServer):
            await provider(http, server.url).probe()
