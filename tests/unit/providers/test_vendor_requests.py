"""The exact request each vendor gets: a row each, written down rather than worked out from its quirks."""

from dataclasses import dataclass, field, replace

import pytest

from chatdesk.kernel.chat.message import Role
from chatdesk.kernel.chat.request import ChatRequest, Picture, Thinking, Turn
from chatdesk.kernel.models.parameters import Parameters
from chatdesk.kernel.servers.server import Header, WireFormat
from chatdesk.network.http import HttpClient
from tests.unit.providers.vendor_harness import VENDORS, sent

USAGE = {"stream_options": {"include_usage": True}}
PLAIN = ChatRequest("m", (Turn(Role.SYSTEM, "Be brief."), Turn(Role.USER, "Hi")))
HISTORY = ChatRequest(
    "m",
    (
        Turn(Role.USER, "Hi"),
        Turn(Role.ASSISTANT, "Hello", "they greet"),
        Turn(Role.ASSISTANT, "!"),
        Turn(Role.USER, "Bye"),
    ),
)
PICTURE = ChatRequest("m", (Turn(Role.USER, "What is it?", pictures=(Picture("image/png", b"abc"),)),))
PARAMETERS = Parameters(
    temperature=0.6,
    top_p=0.95,
    max_tokens=100,
    seed=7,
    top_k=20,
    min_p=0.05,
    repeat_penalty=1.1,
    stop=("END",),
    format="json",
)


@dataclass(frozen=True)
class Row:
    """`path` is behind the server's root; `always` is in every body; `on`, `off` and `low` are said of thinking."""

    vendor: str
    path: str
    always: dict = field(default_factory=lambda: USAGE)
    limit: str = "max_tokens"
    seed: str = "seed"
    on: dict = field(default_factory=dict)
    off: dict = field(default_factory=dict)
    low: dict = field(default_factory=dict)
    reasoning_goes_back: bool = False
    also: dict = field(default_factory=dict)
    """Parameters beyond the protocol's own."""
    key: dict = field(default_factory=lambda: {"authorization": "Bearer k-1"})

    def __str__(self) -> str:
        return self.vendor


LOW = {"reasoning_effort": "low"}
TYPE = {
    "on": {"thinking": {"type": "enabled"}},
    "off": {"thinking": {"type": "disabled"}},
    "low": {"thinking": {"type": "enabled"}, **LOW},
}
ENABLE = {"on": {"enable_thinking": True}, "off": {"enable_thinking": False}, "low": {"enable_thinking": True, **LOW}}
EFFORT = {"on": {"reasoning_effort": "medium"}, "off": {"reasoning_effort": "none"}, "low": LOW}
TEMPLATE = {
    "on": {"chat_template_kwargs": {"enable_thinking": True, "thinking": True}},
    "off": {"chat_template_kwargs": {"enable_thinking": False, "thinking": False}},
    "low": LOW,
}
TOP_K, MIN_P, REPEAT, REPETITION = {"top_k": 20}, {"min_p": 0.05}, {"repeat_penalty": 1.1}, {"repetition_penalty": 1.1}
LLAMA = TOP_K | MIN_P | REPEAT
VLLM = TOP_K | MIN_P | REPETITION
PROGRESS = {**USAGE, "return_progress": True}

ROWS = [
    Row("built-in", "/chat/completions", PROGRESS, also=LLAMA, **EFFORT),
    Row("deepseek", "/chat/completions", reasoning_goes_back=True, **TYPE),
    Row("openai", "/v1/chat/completions", limit="max_completion_tokens", **EFFORT),
    Row(
        "openrouter",
        "/api/v1/chat/completions",
        also=VLLM,
        on={"reasoning": {"enabled": True}},
        off={"reasoning": {"enabled": False}},
        low={"reasoning": {"effort": "low"}},
    ),
    Row("siliconflow", "/v1/chat/completions", also=TOP_K | MIN_P, **ENABLE),
    Row("dashscope", "/compatible-mode/v1/chat/completions", also=TOP_K | REPETITION, **ENABLE),
    Row("moonshot", "/v1/chat/completions", **TYPE),
    Row("zhipu", "/api/paas/v4/chat/completions", {}, **TYPE),
    Row(
        "azure",
        "/openai/deployments/m/chat/completions?api-version=2025-04-01-preview",
        limit="max_completion_tokens",
        key={"api-key": "k-1"},
        **EFFORT,
    ),
    Row(
        "anthropic",
        "/v1/chat/completions",
        key={"authorization": "Bearer k-1", "x-api-key": "k-1", "anthropic-version": "2023-06-01"},
    ),
    Row("gemini", "/v1beta/openai/chat/completions", **EFFORT),
    Row(
        "groq",
        "/openai/v1/chat/completions",
        limit="max_completion_tokens",
        **EFFORT | {"on": {"reasoning_effort": "default"}},
    ),
    Row("mistral", "/v1/chat/completions", {}, seed="random_seed"),
    Row("together", "/v1/chat/completions", also=VLLM),
    Row("ollama-v1", "/v1/chat/completions", **EFFORT),
    Row("vllm", "/v1/chat/completions", also=VLLM, **TEMPLATE),
    Row("lm-studio", "/v1/chat/completions", also=TOP_K | REPEAT),
    Row("llama-cpp", "/v1/chat/completions", PROGRESS, also=LLAMA, **EFFORT),
    Row("xinference", "/v1/chat/completions", also=TOP_K | REPETITION, **TEMPLATE),
    Row("lmdeploy", "/v1/chat/completions", limit="max_completion_tokens", also=VLLM, **ENABLE),
    Row("sglang", "/v1/chat/completions", also=VLLM, **TEMPLATE),
    Row("custom", "/chat/completions", also=LLAMA | REPETITION),
]
RESPONSES = [vendor.id for vendor in VENDORS.values() if WireFormat.RESPONSES in vendor.wire_formats]
each = pytest.mark.parametrize("row", ROWS, ids=str)


def test_no_vendor_of_openai_s_protocol_is_missing():
    models = {vendor_id for vendor_id, vendor in VENDORS.items() if not vendor.protocol.is_application}
    assert {row.vendor for row in ROWS} == models - {"ollama"}


@each
async def test_a_plain_question_carries_what_the_vendor_wants_and_nothing_else(row: Row, http: HttpClient):
    request = await sent(row.vendor, http, PLAIN, "k-1")
    assert (request.method, request.path) == ("POST", row.path)
    assert request.json() == {
        "model": "m",
        "messages": [{"role": "system", "content": "Be brief."}, {"role": "user", "content": "Hi"}],
        "stream": True,
        **row.always,
    }
    names = ("authorization", "api-key", "x-api-key", "anthropic-version")
    assert {name: request.headers[name] for name in names if name in request.headers} == row.key


@each
async def test_parameters_go_along_by_the_vendor_s_names_once_they_are_set(row: Row, http: HttpClient):
    plain = (await sent(row.vendor, http, PLAIN)).json()
    body = (await sent(row.vendor, http, replace(PLAIN, parameters=PARAMETERS))).json()
    usual = {"temperature": 0.6, "top_p": 0.95, "stop": ["END"], "response_format": {"type": "json_object"}}
    assert body == plain | usual | {row.limit: 100, row.seed: 7} | row.also


@each
async def test_thinking_is_switched_in_the_vendor_s_way(row: Row, http: HttpClient):
    plain = (await sent(row.vendor, http, PLAIN)).json()
    for thinking, switch in ((Thinking.ON, row.on), (Thinking.OFF, row.off), (Thinking.LOW, row.low)):
        assert (await sent(row.vendor, http, replace(PLAIN, thinking=thinking))).json() == plain | switch


@each
async def test_a_picture_goes_along_as_a_part_and_nothing_else_does(row: Row, http: HttpClient):
    assert (await sent(row.vendor, http, PICTURE)).json()["messages"] == [
        {
            "role": "user",
            "content": [
                {"type": "text", "text": "What is it?"},
                {"type": "image_url", "image_url": {"url": "data:image/png;base64,YWJj"}},
            ],
        }
    ]


@each
async def test_reasoning_goes_back_where_it_must_and_nowhere_else(row: Row, http: HttpClient):
    back = ({"reasoning_content": "they greet"}, {"reasoning_content": ""}) if row.reasoning_goes_back else ({}, {})
    assert (await sent(row.vendor, http, HISTORY)).json()["messages"] == [
        {"role": "user", "content": "Hi"},
        {"role": "assistant", "content": "Hello", **back[0]},
        {"role": "assistant", "content": "!", **back[1]},
        {"role": "user", "content": "Bye"},
    ]


@each
async def test_what_a_person_adds_goes_along_and_wins_over_what_they_set_elsewhere(row: Row, http: HttpClient):
    plain = (await sent(row.vendor, http, PLAIN)).json()
    request = await sent(
        row.vendor,
        http,
        replace(PLAIN, parameters=Parameters(temperature=0.6)),
        extra_body='{"temperature": 0.1, "top_k": 20}',
        headers=(Header("X-Gate", "open"),),
    )
    assert request.json() == plain | {"temperature": 0.1, "top_k": 20}
    assert request.headers["x-gate"] == "open"


STORED = {"openai", "azure"}
RESPONSES_PATHS = {
    "deepseek": "/responses",
    "openrouter": "/api/v1/responses",
    "groq": "/openai/v1/responses",
    "azure": "/openai/responses?api-version=2025-04-01-preview",
    "custom": "/responses",
}


@pytest.mark.parametrize("vendor", RESPONSES)
async def test_over_the_responses_api_the_whole_chat_goes_along_and_nothing_is_kept(vendor: str, http: HttpClient):
    async def asked(request: ChatRequest) -> dict:
        got = await sent(vendor, http, request, wire_format=WireFormat.RESPONSES)
        assert got.path == RESPONSES_PATHS.get(vendor, "/v1/responses")
        return got.json()

    (also,) = [row.also for row in ROWS if row.vendor == vendor]
    plain = await asked(PLAIN)
    assert plain == {
        "model": "m",
        "input": [
            {"type": "message", "role": "system", "content": "Be brief."},
            {"type": "message", "role": "user", "content": "Hi"},
        ],
        "stream": True,
        **({"store": False} if vendor in STORED else {}),
    }
    extra = {"extra_body": '{"top_k": 20, "truncation": "auto"}', "wire_format": WireFormat.RESPONSES}
    added = await sent(vendor, http, PLAIN, **extra)
    assert added.json() == plain | {"top_k": 20, "truncation": "auto"}
    limited = await asked(replace(PLAIN, parameters=PARAMETERS))
    assert limited == plain | {
        "temperature": 0.6,
        "top_p": 0.95,
        "max_output_tokens": 100,
        "text": {"format": {"type": "json_object"}},
        **also,
    }
    assert await asked(replace(PLAIN, thinking=Thinking.ON)) == plain | {
        "reasoning": {"effort": "medium", "summary": "auto"}
    }
    low = {"reasoning": {"effort": "low", "summary": "auto"}}
    assert await asked(replace(PLAIN, thinking=Thinking.LOW)) == plain | low
    assert await asked(replace(PLAIN, thinking=Thinking.OFF)) == plain | {"reasoning": {"effort": "none"}}
    assert await asked(replace(PLAIN, thinking=Thinking.ON, can_think=False)) == plain
    assert (await asked(PICTURE))["input"][0]["content"] == [
        {"type": "input_text", "text": "What is it?"},
        {"type": "input_image", "image_url": "data:image/png;base64,YWJj"},
    ]
    assert [(item["role"], item["content"]) for item in (await asked(HISTORY))["input"]] == [
        ("user", "Hi"),
        ("assistant", [{"type": "output_text", "text": "Hello"}]),
        ("assistant", [{"type": "output_text", "text": "!"}]),
        ("user", "Bye"),
    ]


async def test_a_server_that_knows_one_format_only_is_asked_in_that(http: HttpClient):
    request = await sent("mistral", http, PLAIN, wire_format=WireFormat.RESPONSES)
    assert request.path == "/v1/chat/completions"


async def test_a_deployment_s_name_cannot_leave_its_place_in_the_address(http: HttpClient):
    request = await sent("azure", http, replace(PLAIN, model_id="../a b?x#ü"), api_version="2024-10-21&x=1")
    assert request.path == "/openai/deployments/..%2Fa%20b%3Fx%23%C3%BC/chat/completions?api-version=2024-10-21%26x%3D1"


async def test_a_version_goes_along_only_where_the_vendor_wants_one(http: HttpClient):
    assert (await sent("openai", http, PLAIN, api_version="2024-10-21")).path == "/v1/chat/completions"
