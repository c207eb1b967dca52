"""LM Studio's own lists: which models see and think, and what is loaded. In the documented shapes."""

import pytest

from chatdesk.kernel.errors.base import KeyMissing
from chatdesk.kernel.models.model import Capability, Model, ModelLoad, ModelRef
from chatdesk.network.http import HttpClient
from chatdesk.providers.native_models import decode_native_models
from tests.fakes.scripted_server import Request, ScriptedServer, Step, reply
from tests.unit.providers.vendor_harness import provider_of

NEWER = {
    "models": [
        {
            "type": "llm",
            "key": "qwen/qwen3-vl-8b",
            "display_name": "Qwen3 VL 8B",
            "size_bytes": 6_190_000_000,
            "params_string": "8B",
            "quantization": {"name": "Q4_K_M", "bits_per_weight": 4},
            "max_context_length": 262144,
            "loaded_instances": [{"id": "qwen/qwen3-vl-8b", "config": {"context_length": 8192}}],
            "capabilities": {
                "vision": True,
                "trained_for_tool_use": True,
                "reasoning": {"allowed_options": ["on"], "default": "on"},
            },
        },
        {"type": "llm", "key": "smol", "loaded_instances": [], "capabilities": {"vision": False}},
        {"type": "embedding", "key": "nomic", "loaded_instances": []},
    ]
}
OLDER = {
    "data": [
        {
            "id": "a",
            "type": "vlm",
            "state": "loaded",
            "max_context_length": 131072,
            "loaded_context_length": 4096,
            "quantization": "Q4_0",
        },
        {"id": "e", "type": "embeddings", "state": "not-loaded"},
    ]
}


def test_the_newer_list_says_what_a_model_can_do_and_whether_it_is_loaded():
    models = decode_native_models(NEWER, "s")
    assert models is not None
    assert models[0] == Model(
        ModelRef("s", "qwen/qwen3-vl-8b"),
        "Qwen3 VL 8B",
        frozenset({Capability.CHAT, Capability.VISION, Capability.TOOLS, Capability.THINKING}),
        context_length=262144,
        size_bytes=6_190_000_000,
        parameters="8B",
        quantization="Q4_K_M",
        loaded=True,
        load=ModelLoad(context_length=8192),
    )
    assert (models[1].name, models[1].can_see, models[1].loaded) == ("smol", False, False)
    assert not models[2].can_chat


def test_the_older_list_says_less_and_nothing_is_made_up():
    models = decode_native_models(OLDER, "s")
    assert models is not None
    assert (models[0].capabilities, models[0].loaded, models[0].load) == (None, True, ModelLoad(context_length=4096))
    assert not models[1].can_chat


@pytest.mark.parametrize(
    "value",
    [
        None,
        3,
        [],
        {},
        {"models": []},
        {"data": [{"id": "m"}]},
        {"models": [{"name": "ollama"}]},
        {"models": "x", "data": "y"},
        {"models": [{"key": "a"}, 3]},
        {"error": "Unexpected endpoint or method."},
    ],
)
def test_other_lists_are_none(value: object):
    assert decode_native_models(value, "s") is None


@pytest.mark.parametrize(
    "entry",
    [
        {"key": 3},
        {"key": ""},
        {"key": "x" * 2000},
        {"key": "m", "loaded_instances": [3], "capabilities": 3, "quantization": [], "max_context_length": "many"},
        {"key": "m", "loaded_instances": {}, "type": None, "size_bytes": -1},
    ],
)
def test_strange_values_do_no_harm(entry: dict):
    models = decode_native_models({"models": [entry]}, "s")
    assert models is not None
    assert all(0 < len(model.ref.model_id) < 1025 for model in models)


def script(pages: dict[str, object], otherwise: bytes):
    def answer(request: Request) -> list[Step]:
        return [reply(pages[request.path]) if request.path in pages else otherwise]

    return answer


UNEXPECTED = reply({"error": "Unexpected endpoint or method. Returning 200 anyway"})
NOT_FOUND = reply("not found", 404, "text/plain")


@pytest.mark.parametrize("otherwise", [UNEXPECTED, NOT_FOUND], ids=["200 anyway", "404"])
@pytest.mark.parametrize(
    ("pages", "asked"),
    [
        ({"/api/v1/models": NEWER}, ["/api/v1/models"]),
        ({"/api/v0/models": OLDER}, ["/api/v1/models", "/api/v0/models"]),
        ({"/v1/models": {"data": [{"id": "a"}]}}, ["/api/v1/models", "/api/v0/models", "/v1/models"]),
    ],
    ids=["newer", "older", "only openai's"],
)
async def test_the_list_that_says_most_is_asked_and_what_is_not_there_only_once(
    http: HttpClient, pages: dict[str, object], asked: list[str], otherwise: bytes
):
    async with ScriptedServer(script(pages, otherwise)) as server:
        provider = provider_of("lm-studio", server.url, http)
        first = await provider.list_models()
        assert [request.path for request in server.requests] == asked
        assert await provider.list_models() == first
        assert len(server.requests) == len(asked) + 1


async def test_a_server_that_wants_a_key_says_so(http: HttpClient):
    async with ScriptedServer(
        lambda _: [reply({"error": {"message": "Malformed LM Studio API token"}}, 401)]
    ) as server:
        with pytest.raises(KeyMissing):
            await provider_of("lm-studio", server.url, http).list_models()
