import pytest

from chatdesk.kernel.models.model import Capability, Model, ModelRef
from chatdesk.providers.openai.models import decode_models


def models(*entries: object) -> tuple[Model, ...]:
    found = decode_models({"object": "list", "data": list(entries)}, "s")
    assert found is not None
    return found


def only(**entry: object) -> Model:
    (model,) = models({"id": "m", **entry})
    return model


@pytest.mark.parametrize(
    "value",
    [
        {"object": "list", "data": [{"id": "m"}]},
        [{"id": "m"}],
        {"models": [{"name": "m"}]},
        {"data": [{"id": "m"}], "models": []},
    ],
)
def test_the_list_is_found_in_every_shape(value: object):
    assert decode_models(value, "s") == (Model(ModelRef("s", "m"), "m"),)


@pytest.mark.parametrize("value", [{}, {"data": None}, {"error": "x"}, "text", None, 5])
def test_anything_else_is_no_list(value: object):
    assert decode_models(value, "s") is None


def test_strange_entries_are_passed_over_and_strange_names_kept_as_they_are():
    entries = [
        None,
        5,
        {},
        {"id": None},
        {"id": 7},
        {"id": ""},
        {"id": "x" * 10_000},
        {"id": "a/b:c"},
        {"id": "<b>\u202ex"},
        {"id": "a/b:c"},
    ]
    assert [model.ref.model_id for model in models(*entries)] == ["a/b:c", "<b>\u202ex"]


def test_ten_thousand_models_keep_the_server_s_order():
    ids = [f"vendor/model-{number}" for number in range(10_000)]
    assert [model.ref.model_id for model in models(*({"id": model_id} for model_id in ids))] == ids


@pytest.mark.parametrize(
    ("entry", "length"),
    [
        ({"max_model_len": 4096}, 4096),
        ({"context_length": 8192}, 8192),
        ({"max_context_length": 32768}, 32768),
        ({"context_window": 131072}, 131072),
        ({"meta": {"n_ctx": 1024, "n_ctx_train": 8192}}, 1024),
        ({"meta": {"n_ctx_train": 8192}}, 8192),
        ({"context_length": "many"}, None),
        ({"context_length": 0}, None),
        ({}, None),
    ],
)
def test_the_context_is_found_under_every_vendor_s_name(entry: dict, length: int | None):
    assert only(**entry).context_length == length


@pytest.mark.parametrize(
    ("entry", "capabilities"),
    [
        ({}, None),
        ({"type": "chat"}, None),
        ({"type": "embedding"}, {Capability.EMBEDDING}),
        ({"model_type": "embedding"}, {Capability.EMBEDDING}),
        ({"type": "image"}, set()),
        (
            {"capabilities": {"completion_chat": True, "function_calling": True, "vision": False, "reasoning": True}},
            {Capability.CHAT, Capability.TOOLS, Capability.THINKING},
        ),
        (
            {"model_type": "LLM", "model_ability": ["chat", "vision", "reasoning"]},
            {Capability.CHAT, Capability.VISION, Capability.THINKING},
        ),
        (
            {"supported_parameters": ["tools", "reasoning"], "architecture": {"input_modalities": ["text", "image"]}},
            {Capability.CHAT, Capability.TOOLS, Capability.THINKING, Capability.VISION},
        ),
        ({"architecture": {"input_modalities": ["text"]}}, None),
    ],
)
def test_what_the_server_says_of_a_model_is_understood(entry: dict, capabilities: set[Capability] | None):
    assert only(**entry).capabilities == (None if capabilities is None else frozenset(capabilities))


@pytest.mark.parametrize(
    "model_id",
    [
        "text-embedding-3-small",
        "whisper-1",
        "tts-1",
        "gpt-4o-mini-tts",
        "dall-e-3",
        "omni-moderation-latest",
        "BAAI/bge-m3",
        "qwen3-reranker",
    ],
)
def test_models_for_other_purposes_are_known_by_their_names_where_nothing_is_said(model_id: str):
    (model,) = models({"id": model_id})
    assert not model.can_chat


@pytest.mark.parametrize("model_id", ["gpt-5.1", "deepseek-flash", "qwen3-235b", "attstack", "kimi-k2.6"])
def test_models_for_chat_are_not_mistaken(model_id: str):
    (model,) = models({"id": model_id})
    assert model.can_chat


def test_a_model_that_is_switched_off_is_not_listed():
    assert models({"id": "old", "active": False}, {"id": "new", "active": True})[0].ref.model_id == "new"
