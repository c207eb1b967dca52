"""Going on with an unfinished answer from its last letter: what each server is asked, and when it is not."""

import json
from dataclasses import replace

import pytest

from chatdesk.kernel.chat.message import Role
from chatdesk.kernel.chat.request import ChatRequest, Continuation, Thinking, Turn
from chatdesk.kernel.models.parameters import Parameters
from chatdesk.kernel.models.think_tags import ThinkTags
from chatdesk.kernel.servers.server import ServerConfig, WireFormat
from chatdesk.network.http import HttpClient
from chatdesk.providers.continuations import open_continuation
from chatdesk.providers.provider import ContinuesAnswers, Provider
from chatdesk.providers.provider_factory import make_provider
from tests.fakes.scripted_models import ScriptedAnswer, ScriptedModel, scripted_ollama
from tests.fakes.scripted_server import Request, ScriptedServer, Step, reply
from tests.unit.providers.vendor_harness import VENDORS

HALF = "Luna was a very loving little girl who had"
UNFINISHED = ChatRequest(
    "m:1b",
    (Turn(Role.USER, "Tell me about Luna"), Turn(Role.ASSISTANT, HALF, "A girl, then.")),
    continues_answer=True,
    can_think=True,
)


def provider(vendor_id: str, url: str, http: HttpClient, **settings: object) -> Provider:
    vendor = VENDORS[vendor_id]
    server = ServerConfig("s", "Server", vendor_id, vendor.protocol, url, **settings)
    return make_provider(server, vendor, None, http)


async def continuation_of(asked: Provider, request: ChatRequest = UNFINISHED) -> Continuation | None:
    assert isinstance(asked, ContinuesAnswers)
    return await asked.continuation(request)


async def spoken(asked: Provider, request: ChatRequest) -> str:
    events = [event async for event in asked.chat(request)]
    return "".join(getattr(event, "text", "") for event in events)


def chats(server: ScriptedServer, path: str = "/api/chat") -> list[dict]:
    return [request.json() for request in server.requests if request.path == path]


async def test_ollama_goes_on_where_its_template_leaves_the_answer_open(http: HttpClient):
    async with scripted_ollama(ScriptedAnswer((" a secret",)), [ScriptedModel("m:1b")]) as server:
        asked = provider("ollama", server.url, http)
        continuation = await continuation_of(
            asked, replace(UNFINISHED, parameters=Parameters(num_ctx=4096, max_tokens=500))
        )
        assert continuation is not None
        assert await spoken(asked, continuation.request) == " a secret"
    question, answer = chats(server)
    assert question["_debug_render_only"]
    assert question["options"] == {"num_ctx": 4096, "num_predict": 1}, (
        "the context of the answer, or it is loaded twice"
    )
    assert answer["options"] == {"num_ctx": 4096, "num_predict": 500}
    assert answer["messages"][-1] == {"role": "assistant", "content": HALF, "thinking": "A girl, then."}
    assert answer["think"] is False


async def test_ollama_is_asked_in_words_where_its_template_closes_the_answer(http: HttpClient):
    async with scripted_ollama(models=[ScriptedModel("m:1b", opens_last_turn=False)]) as server:
        assert await continuation_of(provider("ollama", server.url, http)) is None


async def test_an_ollama_that_shows_no_prompt_is_asked_for_one_only_once(http: HttpClient):
    async with scripted_ollama(models=[ScriptedModel("m:1b", opens_last_turn=None)]) as server:
        asked = provider("ollama", server.url, http)
        assert await continuation_of(asked) is None
        assert await continuation_of(asked) is None
    assert len(chats(server)) == 1


async def test_nothing_is_found_out_of_a_model_of_the_cloud(http: HttpClient):
    async with scripted_ollama() as server:
        asked = provider("ollama", server.url, http)
        assert await continuation_of(asked, replace(UNFINISHED, model_id="big:cloud")) is None
    assert server.requests == []


def llama_cpp(prompt: str | None) -> ScriptedServer:
    def script(request: Request) -> list[Step]:
        if request.path == "/apply-template" and prompt is not None:
            return [reply({"prompt": prompt})]
        return [reply({"error": {"message": "File Not Found", "type": "not_found_error", "code": 404}}, 404)]

    return ScriptedServer(script)


async def test_llama_cpp_goes_on_where_its_template_leaves_the_answer_open(http: HttpClient):
    async with llama_cpp(f"<|im_start|>assistant\n{HALF}") as server:
        continuation = await continuation_of(provider("llama-cpp", f"{server.url}/v1", http))
    assert continuation is not None
    (body,) = chats(server, "/apply-template")
    assert body["messages"][-1] == {"role": "assistant", "content": HALF, "reasoning_content": "A girl, then."}
    assert body["reasoning_effort"] == "none"


@pytest.mark.parametrize("prompt", [None, "", f"{HALF}<|im_end|>\n<|im_start|>assistant\n"])
async def test_a_llama_cpp_that_would_begin_anew_or_does_not_tell_is_asked_in_words(
    http: HttpClient, prompt: str | None
):
    async with llama_cpp(prompt) as server:
        assert await continuation_of(provider("llama-cpp", f"{server.url}/v1", http)) is None


async def test_the_responses_api_goes_on_with_nothing(http: HttpClient):
    async with llama_cpp(HALF) as server:
        asked = provider("llama-cpp", f"{server.url}/v1", http, wire_format=WireFormat.RESPONSES)
        assert await continuation_of(asked) is None


@pytest.mark.parametrize(
    ("vendor_id", "path", "body", "last"),
    [
        ("deepseek", "/beta/chat/completions", {}, {"prefix": True}),
        ("mistral", "/v1/chat/completions", {}, {"prefix": True}),
        ("vllm", "/v1/chat/completions", {"continue_final_message": True, "add_generation_prompt": False}, {}),
        ("sglang", "/v1/chat/completions", {"continue_final_message": True, "add_generation_prompt": False}, {}),
    ],
)
async def test_each_vendor_is_asked_to_go_on_in_its_own_way(
    http: HttpClient, vendor_id: str, path: str, body: dict, last: dict
):
    async with ScriptedServer(lambda _request: [reply({"error": {"message": "no"}}, 400)]) as server:
        asked = provider(vendor_id, f"{server.url}/v1", http)
        continuation = await continuation_of(asked)
        assert continuation is not None
        assert continuation.is_repeated is (vendor_id == "mistral")
        with pytest.raises(Exception, match="no"):
            await spoken(asked, continuation.request)
    sent = server.requests[0]
    assert sent.path == path
    assert body.items() <= sent.json().items()
    assert {"role": "assistant", "content": HALF, **last}.items() <= sent.json()["messages"][-1].items()
    assert "prefix" not in json.dumps(sent.json()["messages"][:-1])


@pytest.mark.parametrize("vendor_id", ["openai", "anthropic", "groq", "custom"])
async def test_others_are_asked_in_words(http: HttpClient, vendor_id: str):
    assert await continuation_of(provider(vendor_id, "http://127.0.0.1:9/v1", http)) is None


THINK = (ThinkTags(),)


def request_of(text: str, reasoning: str = "") -> ChatRequest:
    return ChatRequest(
        "m", (Turn(Role.USER, "?"), Turn(Role.ASSISTANT, text, reasoning)), tags=THINK, continues_answer=True
    )


async def chatml(request: ChatRequest) -> str:
    return f"<assistant>\n{request.turns[-1].text}"


async def trimming(request: ChatRequest) -> str:
    return f"<assistant>\n{request.turns[-1].text.strip()}"


async def thinking_always(request: ChatRequest) -> str:
    """As DeepSeek-R1's template in llama.cpp: it opens the reasoning at the end of every prompt, and leaves out what there was."""
    return f"<assistant><think>\n{request.turns[-1].text}"


@pytest.mark.parametrize(
    ("text", "sent", "lost"),
    [
        ("who had", "who had", ""),
        ("who had ", "who had", " "),
        ("a\n\n", "a\n\n", ""),
        ("def f():\n    ", "def f():\n", "    "),
    ],
)
async def test_spaces_at_the_end_are_not_sent(text: str, sent: str, lost: str):
    continuation = await open_continuation(request_of(text), chatml)
    assert continuation is not None
    assert (continuation.request.turns[-1].text, continuation.lost, continuation.request.thinking) == (
        sent,
        lost,
        Thinking.OFF,
    )


async def test_a_template_that_trims_the_answer_loses_line_breaks_too():
    continuation = await open_continuation(request_of("One.\n\n"), trimming)
    assert continuation is not None
    assert continuation.lost == "\n\n"


@pytest.mark.parametrize("reasoning", ["hm hm", ""])
async def test_an_answer_does_not_stand_in_reasoning_that_a_template_opens(reasoning: str):
    continuation = await open_continuation(request_of("The answer is", reasoning), thinking_always)
    assert continuation is not None
    assert continuation.request.turns[-1] == Turn(Role.ASSISTANT, f"{reasoning}\n</think>\n\nThe answer is")
    assert await thinking_always(continuation.request) == f"<assistant><think>\n{reasoning}\n</think>\n\nThe answer is"
