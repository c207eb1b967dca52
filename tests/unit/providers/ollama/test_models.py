from datetime import UTC, datetime

import pytest

from chatdesk.kernel.models.model import Capability, Model, ModelLoad, ModelRef
from chatdesk.providers.ollama.models import (
    decode_loaded,
    decode_show,
    decode_tags,
    described,
    full_name,
    is_cloud,
    weights_of,
)

CARD = {
    "name": "deepseek-r1:7b",
    "model": "deepseek-r1:7b",
    "size": 4683075271,
    "details": {"family": "qwen2", "parameter_size": "7.6B", "quantization_level": "Q4_K_M", "context_length": 131072},
    "capabilities": ["completion", "thinking", "insert"],
}


def test_an_entry_of_the_list_is_understood():
    assert decode_tags({"models": [CARD]}, "s") == (
        Model(
            ModelRef("s", "deepseek-r1:7b"),
            "deepseek-r1:7b",
            capabilities=frozenset({Capability.CHAT, Capability.THINKING}),
            context_length=131072,
            size_bytes=4683075271,
            parameters="7.6B",
            quantization="Q4_K_M",
            family="qwen2",
            described=False,
        ),
    )


def test_digest_and_last_change_are_read_and_nonsense_is_left_out():
    card = {**CARD, "digest": "0a8c26" * 100, "modified_at": "2026-05-10T08:06:48-07:00"}
    (model,) = decode_tags({"models": [card]}, "s") or ()
    assert model.digest is not None
    assert len(model.digest) == 200
    assert model.modified_at == datetime(2026, 5, 10, 15, 6, 48, tzinfo=UTC)
    (model,) = decode_tags({"models": [{**CARD, "digest": 7, "modified_at": "yesterday"}]}, "s") or ()
    assert (model.digest, model.modified_at) == (None, None)


def test_an_old_server_says_nothing_of_capabilities():
    (model,) = decode_tags({"models": [{"name": "m:latest", "details": {}}]}, "s") or ()
    assert model.capabilities is None
    assert (model.ref.model_id, model.name) == ("m:latest", "m")


def test_a_model_that_lives_elsewhere_has_no_size_here():
    (model,) = (
        decode_tags({"models": [{**CARD, "remote_model": "gpt-oss:120b", "remote_host": "https://h.example"}]}, "s")
        or ()
    )
    assert (model.size_bytes, model.remote) == (None, True)


@pytest.mark.parametrize("value", [{}, {"models": None}, [], "text", None])
def test_anything_else_is_no_list(value: object):
    assert decode_tags(value, "s") is None
    assert decode_loaded(value) is None


def test_strange_entries_are_passed_over():
    entries = [None, {}, {"name": 5}, CARD, CARD, {"name": "x", "details": None, "capabilities": "all", "size": -1}]
    assert [model.ref.model_id for model in decode_tags({"models": entries}, "s") or ()] == ["deepseek-r1:7b", "x"]


def test_models_in_memory_are_known_by_their_full_names():
    assert decode_loaded({"models": [{"name": "a", "model": "b:1b"}, {}, None]}) == {
        "a:latest": ModelLoad(),
        "b:1b": ModelLoad(),
    }


@pytest.mark.parametrize(
    "moment", ["", "soon", "2026-11-24T13:00:00", "0001-01-01T00:00:00", 7, "2319-03-06T13:43:34.6Z"]
)
def test_a_model_that_is_kept_for_ever_or_does_not_say_so_has_no_end(moment: object):
    assert decode_loaded({"models": [{"name": "m", "expires_at": moment}]}) == {"m:latest": ModelLoad()}


@pytest.mark.parametrize(
    ("parameters", "context"),
    [
        ('temperature                    0.2\nnum_ctx                        2048\nstop  "x"', 2048),
        ("num_ctx 4096", 4096),
        ('stop "num_ctx 9"', None),
        ("num_ctx many", None),
        ("", None),
    ],
)
def test_the_model_s_own_file_tells_its_context(parameters: str, context: int | None):
    assert decode_show({"parameters": parameters}, ModelRef("s", "m")).own_context == context


def test_a_model_of_the_list_keeps_what_only_the_list_tells():
    (listed,) = decode_tags({"models": [CARD]}, "s") or ()
    shown = decode_show({"parameters": "num_ctx 2048", "capabilities": ["completion"]}, listed.ref)
    both = described(listed, shown)
    assert (both.name, both.size_bytes, both.context_length) == ("deepseek-r1:7b", 4683075271, 131072)
    assert (both.own_context, both.described, both.can_think) == (2048, True, False)


@pytest.mark.parametrize(
    ("name", "full"),
    [
        ("m", "m:latest"),
        ("m:7b", "m:7b"),
        ("hf.co/user/repo", "hf.co/user/repo:latest"),
        ("host:5000/ns/m", "host:5000/ns/m:latest"),
        ("hf.co/u/r:Q4_K_M", "hf.co/u/r:Q4_K_M"),
    ],
)
def test_a_name_without_a_tag_means_the_latest(name: str, full: str):
    assert full_name(name) == full


def test_models_of_the_cloud_are_known_by_their_names():
    assert is_cloud("gpt-oss:120b-cloud")
    assert is_cloud("deepseek-v4-flash:cloud")
    assert not is_cloud("cloud-model:7b")


def test_a_description_tells_context_and_capabilities():
    shown = {
        "model_info": {"general.architecture": "qwen2", "qwen2.context_length": 131072},
        "capabilities": ["completion", "vision"],
        "details": {"family": "qwen2"},
    }
    model = decode_show(shown, ModelRef("s", "m"))
    assert (model.context_length, model.capabilities, model.family) == (
        131072,
        {Capability.CHAT, Capability.VISION},
        "qwen2",
    )


def test_an_old_server_s_template_tells_what_it_does_not_say():
    model = decode_show({"template": "{{ if .Tools }}…", "projector_info": {"clip": 1}}, ModelRef("s", "m"))
    assert model.capabilities == {Capability.CHAT, Capability.TOOLS, Capability.VISION}
    assert decode_show({}, ModelRef("s", "m")).capabilities == {Capability.CHAT}


def test_the_weights_of_a_model_are_those_its_file_names() -> None:
    weights, eyes, adapter = ("sha256-" + digit * 64 for digit in "abc")
    modelfile = f"# FROM x:latest\nFROM /models/blobs/{weights}\nFROM C:\\blobs\\{eyes}\nADAPTER /blobs/{adapter}\nPARAMETER num_ctx 1"
    assert weights_of({"modelfile": modelfile}) == {weights, eyes, adapter}
    assert weights_of({"modelfile": "FROM qwen3:8b"}) == frozenset()
    assert weights_of({}) == frozenset()
    assert weights_of(None) == frozenset()
