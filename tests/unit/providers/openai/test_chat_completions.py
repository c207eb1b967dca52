import asyncio
import json
from collections.abc import Callable

import pytest

from chatdesk.kernel.chat.answer import GrowingAnswer
from chatdesk.kernel.chat.message import FinishReason, Role
from chatdesk.kernel.chat.request import ChatRequest, Picture, Thinking, Turn
from chatdesk.kernel.chat.stream_events import (
    AnswerStage,
    AnswerStageChanged,
    Finished,
    StreamEvent,
    TextDelta,
    ThinkingChanged,
)
from chatdesk.kernel.errors.base import (
    AnswerTooLarge,
    ConnectionLost,
    ContextTooLong,
    KeyRejected,
    ModelNotFound,
    NotAChatServer,
    RateLimited,
    RequestRefused,
    ServerError,
    ServerFailed,
)
from chatdesk.kernel.models.model import Model, ModelRef
from chatdesk.network.endpoint import make_endpoint
from chatdesk.network.http import HttpClient
from chatdesk.network.timeouts import REMOTE, Timeouts
from chatdesk.providers import answer_text
from chatdesk.providers.catalogue.vendors import Quirk
from chatdesk.providers.openai.chat_completions import OpenAIProvider
from chatdesk.providers.openai.dialect import OpenAISetup
from chatdesk.providers.server_api import ServerApi
from tests.fakes.scripted_models import ScriptedAnswer, ScriptedModel, scripted_openai
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

REQUEST = ChatRequest("scripted:1b", (Turn(Role.USER, "Hi"),))


def provider(
    http: HttpClient, url: str, *quirks: Quirk, key: str | None = None, timeouts: Timeouts = REMOTE
) -> OpenAIProvider:
    setup = OpenAISetup(frozenset(quirks))
    return OpenAIProvider("s", ServerApi(make_endpoint("Test", url, key), http, timeouts), setup)


def event(**fields: object) -> bytes:
    return chunk(f"data: {json.dumps(fields)}\n\n")


def says(text: str | None = None, reason: str | None = None) -> bytes:
    return event(choices=[{"index": 0, "delta": {"content": text} if text else {}, "finish_reason": reason}])


DONE = chunk("data: [DONE]\n\n")


async def outcome_of(asked: OpenAIProvider, request: ChatRequest = REQUEST) -> tuple[GrowingAnswer, ServerError | None]:
    """Return the answer and the error it ended with."""
    answer = GrowingAnswer()
    try:
        async for happened in asked.chat(request):
            answer.apply(happened)
    except ServerError as error:
        return answer, error
    return answer, None


async def answered(
    http: HttpClient, *steps: Step, timeouts: Timeouts = REMOTE
) -> tuple[GrowingAnswer, ServerError | None]:
    async with ScriptedServer(lambda _: steps) as server:
        return await outcome_of(provider(http, f"{server.url}/v1", timeouts=timeouts))


async def test_an_answer_streams_with_its_reasoning_and_its_counts(http: HttpClient):
    async with scripted_openai(ScriptedAnswer(("Hello", " there."), ("They ", "greet."))) as server:
        answer, error = await outcome_of(provider(http, f"{server.url}/v1"))
    assert error is None
    assert (answer.reasoning, answer.text, answer.finish) == ("They greet.", "Hello there.", FinishReason.STOP)
    assert answer.usage is not None
    assert (answer.usage.prompt_tokens, answer.usage.completion_tokens) == (9, 4)


async def test_waiting_is_reported_before_anything_is_asked(http: HttpClient):
    async with scripted_openai() as server:
        events = provider(http, f"{server.url}/v1").chat(REQUEST)
        assert await anext(events) == AnswerStageChanged(AnswerStage.WAITING)
        assert server.requests == []
        await events.aclose()


async def test_the_request_says_what_was_asked_and_carries_the_key(http: HttpClient):
    async with scripted_openai(key="secret-key") as server:
        await outcome_of(provider(http, f"{server.url}/v1", key="secret-key"))
    (request,) = server.requests
    assert (request.method, request.path) == ("POST", "/v1/chat/completions")
    assert request.json()["messages"] == [{"role": "user", "content": "Hi"}]
    assert request.headers["accept"] == "text/event-stream"


async def test_pictures_are_sent_as_data_addresses_behind_the_words(http: HttpClient):
    pictures = (Picture("image/png", b"\x89PNG"), Picture("image/jpeg", b"\xff"))
    turns = (
        Turn(Role.USER, "What is this?", pictures=pictures),
        Turn(Role.ASSISTANT, "A cat."),
        Turn(Role.USER, "", pictures=pictures[1:]),
    )
    async with scripted_openai(ScriptedAnswer()) as server:
        await outcome_of(provider(http, server.url + "/v1"), ChatRequest("scripted:1b", turns))
    png = {"type": "image_url", "image_url": {"url": "data:image/png;base64,iVBORw=="}}
    jpeg = {"type": "image_url", "image_url": {"url": "data:image/jpeg;base64,/w=="}}
    assert server.requests[-1].json()["messages"] == [
        {"role": "user", "content": [{"type": "text", "text": "What is this?"}, png, jpeg]},
        {"role": "assistant", "content": "A cat."},
        {"role": "user", "content": [jpeg]},
    ]


@pytest.mark.parametrize("how", ["aclose", "cancel"])
async def test_stopping_closes_the_connection_within_a_moment(http: HttpClient, how: str):
    async def read() -> None:
        async for happened in events:
            if isinstance(happened, TextDelta):
                begun.set()

    begun = asyncio.Event()
    async with scripted_openai(ScriptedAnswer(delay=0.005, endless=True)) as server:
        events = provider(http, f"{server.url}/v1").chat(REQUEST)
        if how == "cancel":
            task = asyncio.ensure_future(read())
            await begun.wait()
            task.cancel()
        else:
            assert [await anext(events) for _ in range(3)][-1] == TextDelta(" there")
        with OwnTime() as waited:
            await (asyncio.wait([task]) if how == "cancel" else events.aclose())
            await server.until(lambda: server.disconnects)
    assert waited.seconds < 0.5


@pytest.mark.parametrize("ending", [[Pause(0.02), Reset()], []])
async def test_a_cut_stream_keeps_what_had_arrived_held_back_pieces_too(http: HttpClient, ending: list[Step]):
    answer, error = await answered(http, head(), *[says(f"{number} ") for number in range(50)], says("<th"), *ending)
    assert answer.text == "".join(f"{number} " for number in range(50)) + "<th"
    assert isinstance(error, ConnectionLost)


@pytest.mark.parametrize("before", [[], [says("Hi")]])
@pytest.mark.parametrize(
    ("failure", "detail"), [({"error": {"message": "boom", "code": 500}}, "boom (500)"), ({"error": "boom"}, "boom")]
)
async def test_an_error_inside_the_stream_keeps_the_text_before_it(
    http: HttpClient, before: list[bytes], failure: dict, detail: str
):
    answer, error = await answered(http, head(), *before, event(**failure), DONE, LAST_CHUNK)
    assert answer.text == ("Hi" if before else "")
    assert isinstance(error, ServerFailed)
    assert error.detail == detail


async def test_a_failed_reply_is_one_of_our_errors(http: HttpClient):
    async with scripted_openai(key="right") as server:
        _, error = await outcome_of(provider(http, f"{server.url}/v1", key="wrong"))
        assert isinstance(error, KeyRejected)
        _, error = await outcome_of(provider(http, f"{server.url}/v1", key="right"), ChatRequest("nope", REQUEST.turns))
        assert isinstance(error, ModelNotFound)
        assert error.model == "nope"


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        (reply({"error": {"message": "maximum context length is 10 tokens"}}, 400), ContextTooLong),
        (reply({"error": {"message": "slow"}}, 429, headers={"Retry-After": "3"}), RateLimited),
        (reply({"error": {"message": "temperature"}}, 400), RequestRefused),
        (reply("<html><title>502 Bad Gateway</title></html>", 502, "text/html"), ServerFailed),
        (reply("<html><title>Wi-Fi login</title></html>", 200, "text/html"), NotAChatServer),
        (reply("Unexpected endpoint or method", 200, "text/plain"), NotAChatServer),
    ],
)
async def test_each_failure_of_ordinary_life_has_its_error(http: HttpClient, answer: bytes, kind: type[ServerError]):
    _, error = await answered(http, answer)
    assert type(error) is kind


async def test_a_json_reply_to_a_stream_request_is_an_answer(http: HttpClient):
    body = {"choices": [{"index": 0, "message": {"role": "assistant", "content": "Hi"}, "finish_reason": "stop"}]}
    answer, error = await answered(http, reply(body))
    assert (answer.text, answer.finish, error) == ("Hi", FinishReason.STOP, None)


async def test_a_json_error_with_a_successful_status_is_an_error(http: HttpClient):
    _, error = await answered(http, reply({"error": {"code": 429, "message": "slow down"}}))
    assert isinstance(error, RateLimited)


async def test_comments_and_damage_between_the_events_do_no_harm(http: HttpClient):
    noise = [
        chunk(": OPENROUTER PROCESSING\n\n"),
        chunk("data: {broken\n\n"),
        chunk("event: ping\n\n"),
        chunk("data: \xff\n\n".encode("latin-1")),
    ]
    answer, error = await answered(http, head(), *noise, says("Hi"), *noise, says(reason="stop"), DONE, LAST_CHUNK)
    assert (answer.text, error) == ("Hi", None)


async def test_twenty_thousand_tiny_pieces_are_all_there(http: HttpClient):
    pieces = [says(str(number % 10)) for number in range(20_000)]
    batches = [b"".join(pieces[start : start + 100]) for start in range(0, 20_000, 100)]
    answer, error = await answered(http, head(), *batches, says(reason="stop"), LAST_CHUNK)
    assert answer.text == "0123456789" * 2000
    assert error is None


async def test_an_answer_without_end_is_ended(http: HttpClient, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(answer_text.AnswerText.__init__, "__defaults__", (1000,))
    answer, error = await answered(http, head(), *[says("x" * 100)] * 50, LAST_CHUNK)
    assert isinstance(error, AnswerTooLarge)
    assert len(answer.text) == 1000


async def test_the_mark_of_the_end_ends_an_answer_at_once_though_the_connection_stays_open(http: HttpClient):
    steps = head(), says("Hi"), says(reason="stop"), DONE, Hang()
    async with asyncio.timeout(TIMEOUT):
        assert (await answered(http, *steps, timeouts=Timeouts(after_finish=4 * TIMEOUT)))[1] is None


async def test_a_silent_stream_is_given_up_and_can_be_stopped(http: HttpClient):
    answer, error = await answered(http, head(), says("Hi"), Hang(), timeouts=Timeouts(idle=0.1))
    assert answer.text == "Hi"
    assert error is not None


async def test_an_effort_the_server_does_not_know_is_lowered_reported_and_not_asked_for_again(http: HttpClient):
    texts = (
        "'reasoning_effort' does not support 'max' with this model. Supported values are: 'low', 'medium', and 'high'."
    )
    request = ChatRequest("m", (Turn(Role.USER, "a"),), Thinking.MAX)
    async with refusing(texts, lambda body: body.get("reasoning_effort") == "max") as server:
        asked = provider(http, f"{server.url}/v1", Quirk.REASONING_EFFORT)
        for _ in range(2):
            assert ThinkingChanged(Thinking.MAX, Thinking.HIGH) in [event async for event in asked.chat(request)]
    assert [request.json()["reasoning_effort"] for request in server.requests] == ["max", "high", "high"]


async def test_a_refusal_of_something_else_reaches_the_person(http: HttpClient):
    request = ChatRequest("m", (Turn(Role.USER, "a"),), Thinking.MAX)
    async with refusing("temperature must be between 0 and 2", lambda _: True) as server:
        _, error = await outcome_of(provider(http, f"{server.url}/v1", Quirk.REASONING_EFFORT), request)
    assert isinstance(error, RequestRefused)
    assert len(server.requests) == 1


def refusing(text: str, refused: Callable[[dict], bool], status: int = 400) -> ScriptedServer:
    def script(request: Request) -> list[Step]:
        if refused(request.json()):
            return [reply({"error": {"message": text}}, status)]
        return [head(), says("Hi"), says(reason="stop"), DONE, LAST_CHUNK]

    return ScriptedServer(script)


@pytest.mark.parametrize(
    ("refusal", "refused", "quirks"),
    [
        ("Unknown parameter: stream_options", lambda body: "stream_options" in body, []),
        (
            "The reasoning_content in the thinking mode must be passed back to the API.",
            lambda body: any(
                message["role"] == "assistant" and "reasoning_content" not in message for message in body["messages"]
            ),
            [],
        ),
        (
            "property 'reasoning_content' is unsupported",
            lambda body: any("reasoning_content" in message for message in body["messages"]),
            [Quirk.REASONING_IN_HISTORY],
        ),
    ],
)
async def test_a_server_that_says_how_it_wants_the_request_gets_it_so_and_is_remembered(
    http: HttpClient, refusal: str, refused: Callable[[dict], bool], quirks: list[Quirk]
):
    request = ChatRequest("m", (Turn(Role.USER, "a"), Turn(Role.ASSISTANT, "b", "hm"), Turn(Role.USER, "c")))
    async with refusing(refusal, refused) as server:
        asked = provider(http, f"{server.url}/v1", *quirks)
        for _ in range(2):
            answer, error = await outcome_of(asked, request)
            assert (answer.text, error) == ("Hi", None)
    assert len(server.requests) == 3


async def test_a_refusal_that_correcting_does_not_cure_is_reported(http: HttpClient):
    async with refusing("stream_options", lambda _: True) as server:
        _, error = await outcome_of(provider(http, f"{server.url}/v1"))
    assert isinstance(error, RequestRefused)
    assert len(server.requests) == 2


async def test_a_missing_version_in_the_address_is_found_once_and_remembered(http: HttpClient):
    async with scripted_openai() as server:
        asked = provider(http, server.url)
        assert (await asked.probe()).model_count == 1
        answer, error = await outcome_of(asked)
    assert (answer.text, error) == ("Hello there.", None)
    assert [request.path for request in server.requests] == ["/models", "/v1/models", "/v1/chat/completions"]


async def test_a_missing_version_is_found_by_the_first_question_too(http: HttpClient):
    async with scripted_openai() as server:
        answer, error = await outcome_of(provider(http, server.url))
    assert (answer.text, error) == ("Hello there.", None)


async def test_a_wrong_address_is_reported_with_the_url_that_was_tried_first(http: HttpClient):
    async with ScriptedServer(lambda _: [reply("404 page not found", 404, "text/plain")]) as server:
        for asked in (provider(http, server.url), provider(http, f"{server.url}/v1/v1")):
            _, error = await outcome_of(asked)
            assert isinstance(error, NotAChatServer)
            with pytest.raises(NotAChatServer) as caught:
                await asked.list_models()
            assert caught.value.url.endswith("/models")
            assert error.url == caught.value.url.replace("/models", "/chat/completions")


async def test_models_are_listed_and_described(http: HttpClient):
    async with scripted_openai(models=[ScriptedModel("a"), ScriptedModel("b")]) as server:
        asked = provider(http, f"{server.url}/v1")
        assert [model.name for model in await asked.list_models()] == ["a", "b"]
        assert await asked.describe("b") == Model(ModelRef("s", "b"), "b")
        assert await asked.describe("unlisted") == Model(ModelRef("s", "unlisted"), "unlisted")


@pytest.mark.parametrize("body", [reply({"oops": 1}), reply("<html>", 200, "text/html"), reply("", 200)])
async def test_a_list_that_is_none_is_not_the_protocol(http: HttpClient, body: bytes):
    async with ScriptedServer(lambda _: [body]) as server:
        with pytest.raises(NotAChatServer):
            await provider(http, f"{server.url}/v1").list_models()


async def test_a_probe_measures_and_counts(http: HttpClient):
    async with scripted_openai() as server:
        status = await provider(http, f"{server.url}/v1").probe()
    assert (status.version, status.model_count) == (None, 1)
    assert 0 < status.milliseconds < 5000


async def test_events_after_the_last_are_none(http: HttpClient):
    async with scripted_openai(ScriptedAnswer(("Hi",))) as server:
        events: list[StreamEvent] = [happened async for happened in provider(http, f"{server.url}/v1").chat(REQUEST)]
    assert events[:2] == [AnswerStageChanged(AnswerStage.WAITING), TextDelta("Hi")]
    assert events[-1] == Finished(FinishReason.STOP, "stop")


async def test_nothing_is_asked_twice_in_a_way_that_was_refused(http: HttpClient):
    text = "Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead."
    async with refusing(text, lambda body: "max_tokens" in body) as server:
        setup = OpenAISetup(frozenset(), extra_body={"max_tokens": 9})
        asked = OpenAIProvider("s", ServerApi(make_endpoint("Test", f"{server.url}/v1", None), http, REMOTE), setup)
        _, error = await outcome_of(asked)
    assert isinstance(error, RequestRefused)
    assert len(server.requests) <= 3
