"""Every vendor's documented replies, over a socket and through its own row: list, stream, reasoning, usage, errors, stop."""

import pytest

from chatdesk.kernel.chat.message import Role
from chatdesk.kernel.chat.request import ChatRequest, Turn
from chatdesk.kernel.errors.base import KeyMissing, KeyRejected, ServerError
from chatdesk.kernel.servers.server import WireFormat
from chatdesk.network.http import HttpClient
from tests.fakes.scripted_server import Hang, Request, ScriptedServer, Step, chunk, head, reply
from tests.unit.providers.vendor_harness import HELLO, VENDORS, answered, listed, outcome_of, provider_of, stream
from tests.unit.providers.vendor_replies import EVERY, SAID, Documented

each = pytest.mark.parametrize("vendor", EVERY, ids=str)
ERRORS = [(vendor, status, body, kind) for vendor in EVERY for status, body, kind in vendor.errors]


def test_every_vendor_without_a_recording_is_here():
    models = {vendor_id for vendor_id, vendor in VENDORS.items() if not vendor.protocol.is_application}
    assert {vendor.vendor for vendor in EVERY} == models - {"ollama", "built-in", "llama-cpp", "custom"}


@each
async def test_its_list_gives_the_models_that_can_chat_and_what_it_says_of_them(vendor: Documented, http: HttpClient):
    models = await listed(vendor.vendor, http, vendor.list)
    assert tuple(model.ref.model_id for model in models if model.can_chat) == vendor.models
    by_id = {model.ref.model_id: model for model in models}
    assert {name: by_id[name].capabilities for name in vendor.capabilities} == vendor.capabilities
    assert {name: by_id[name].context_length for name in vendor.context} == vendor.context


@each
async def test_its_stream_gives_text_reasoning_usage_and_why_it_ended(vendor: Documented, http: HttpClient):
    came = await answered(vendor.vendor, http, stream(vendor.stream))
    assert (came.error, came.answer.text, came.answer.reasoning) == (None, vendor.text, vendor.reasoning)
    assert came.answer.finish is vendor.finish
    assert (came.answer.usage.prompt_tokens, came.answer.usage.completion_tokens) == vendor.usage


@pytest.mark.parametrize(
    ("vendor", "status", "body", "kind"), ERRORS, ids=[f"{row[0]}-{row[1]}-{row[3].__name__}" for row in ERRORS]
)
async def test_its_errors_mean_what_they_say(
    vendor: Documented, status: int, body: object, kind: type[ServerError], http: HttpClient
):
    came = await answered(vendor.vendor, http, reply(body, status))
    # Without a key the refusal of one is a key that is missing.
    assert type(came.error) is (KeyMissing if kind is KeyRejected else kind)


@pytest.mark.parametrize("vendor", [vendor for vendor in EVERY if vendor.in_stream], ids=str)
async def test_an_error_in_its_stream_keeps_the_words_before_it(vendor: Documented, http: HttpClient):
    came = await answered(vendor.vendor, http, stream((SAID, vendor.in_stream, "[DONE]")))
    assert came.answer.text == "Hi"
    assert isinstance(came.error, ServerError)


@each
async def test_stopping_hangs_up(vendor: Documented, http: HttpClient):
    async with ScriptedServer(lambda _: [head(), chunk(f"data: {SAID}\n\n"), Hang()]) as server:
        answer = provider_of(vendor.vendor, server.url, http).chat(HELLO)
        async for event in answer:
            if getattr(event, "text", ""):
                break
        await answer.aclose()
        await server.until(lambda: server.disconnects)


async def test_azure_s_models_are_the_deployments_a_person_wrote_down(http: HttpClient):
    azure = next(vendor for vendor in EVERY if vendor.vendor == "azure")
    models = await listed("azure", http, azure.list, model_ids=("my-gpt", "my-o4"))
    assert [model.ref.model_id for model in models] == ["my-gpt", "my-o4"]


async def test_models_that_are_written_down_stand_before_those_of_a_list(http: HttpClient):
    body = {"data": [{"id": "a"}, {"id": "b", "max_model_len": 5}]}
    models = await listed("vllm", http, body, model_ids=("hidden", "b"))
    assert [(model.ref.model_id, model.context_length) for model in models] == [("hidden", None), ("b", 5), ("a", None)]


async def test_a_server_without_a_list_offers_what_is_written_down(http: HttpClient):
    async with ScriptedServer(lambda _: [reply("not found", 404, "text/plain")]) as server:
        provider = provider_of("custom", server.url, http, model_ids=("only",))
        assert [model.ref.model_id for model in await provider.list_models()] == ["only"]


@pytest.mark.parametrize("status", [404, 405])
async def test_a_server_without_the_responses_api_answers_by_chat_completions(http: HttpClient, status: int):
    def script(request: Request) -> list[Step]:
        chunks = (SAID, '{"choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}')
        return [stream(chunks)] if request.path == "/v1/chat/completions" else [reply({"detail": "Not Found"}, status)]

    async with ScriptedServer(script) as server:
        provider = provider_of("vllm", server.url, http, wire_format=WireFormat.RESPONSES)
        assert [(await outcome_of(provider)).answer.text for _ in range(2)] == ["Hi", "Hi"]
        paths = [request.path for request in server.requests]
    assert paths == ["/v1/responses", "/v1/chat/completions", "/v1/chat/completions"]


async def test_what_deepseek_asks_for_by_a_refusal_it_gets(http: HttpClient):
    refusal = {"error": {"message": "The reasoning_content in the thinking mode must be passed back to the API."}}

    def script(request):
        sends_back = all(
            "reasoning_content" in turn for turn in request.json()["messages"] if turn["role"] == "assistant"
        )
        return (
            [stream((SAID, '{"choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}'))]
            if sends_back
            else [reply(refusal, 400)]
        )

    asked = ChatRequest(
        "m", (Turn(Role.USER, "Hi"), Turn(Role.ASSISTANT, "Hello", "they greet"), Turn(Role.USER, "Bye"))
    )
    async with ScriptedServer(script) as server:
        came = await outcome_of(provider_of("custom", server.url, http), asked)
    assert (came.answer.text, came.error, len(server.requests)) == ("Hi", None, 2)
