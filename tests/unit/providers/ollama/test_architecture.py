"""How models are built, from what `/api/show` tells of their files; the caches against figures that servers printed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatdesk.kernel.models.memory_need import GIBIBYTE, MEBIBYTE, Q8_0_BYTES, Architecture, kv_cache_bytes
from chatdesk.kernel.models.model import ModelRef
from chatdesk.providers.ollama.models import architecture_of, decode_show

DEEPSEEK_V3 = {
    "block_count": 61,
    "embedding_length": 7168,
    "attention.head_count": 128,
    "attention.head_count_kv": 128,
    "attention.key_length": 192,
    "attention.value_length": 128,
    "attention.kv_lora_rank": 512,
    "attention.q_lora_rank": 1536,
    "rope.dimension_count": 64,
}
"""As converters before May 2025 and Ollama's own wrote it."""
WITH_LATENT = DEEPSEEK_V3 | {
    "attention.head_count_kv": 1,
    "attention.key_length": 576,
    "attention.value_length": 512,
    "attention.key_length_mla": 192,
    "attention.value_length_mla": 128,
}
GEMMA3_4B = {
    "block_count": 34,
    "embedding_length": 2560,
    "attention.head_count": 8,
    "attention.head_count_kv": 4,
    "attention.key_length": 256,
    "attention.value_length": 256,
    "attention.sliding_window": 1024,
}


def model_info(name: str, info: dict[str, object]) -> dict[str, object]:
    return {"general.architecture": name, **{f"{name}.{key}": value for key, value in info.items()}}


@pytest.mark.parametrize(
    ("info", "expected"),
    [
        (
            {
                "block_count": 28,
                "embedding_length": 3584,
                "attention.head_count": 28,
                "attention.head_count_kv": 4,
                "attention.key_length": 128,
            },
            Architecture(28, 4, 128, 128),
        ),
        (
            {"block_count": 2, "attention.head_count": 8, "embedding_length": 512},
            Architecture(2, 8, 64, 64),
        ),
        (
            {
                "block_count": 3,
                "attention.head_count": 8,
                "attention.head_count_kv": [4, 0, 2],
                "embedding_length": 512,
            },
            Architecture(1, 6, 64, 64),
        ),
        (
            {"block_count": 48, "attention.head_count": 40, "attention.head_count_kv": 8, "attention.key_length": 128},
            Architecture(48, 8, 128, 128),
        ),
    ],
    ids=["grouped", "each head of its own", "layers that differ", "a width of keys alone"],
)
def test_heads_and_layers_are_read(info: dict[str, object], expected: Architecture) -> None:
    assert architecture_of(model_info("q", info)) == expected


@pytest.mark.parametrize(
    "info",
    [
        {},
        {"block_count": 2},
        {"block_count": 0, "attention.head_count": 8, "embedding_length": 512},
        {"block_count": 10**6, "attention.head_count": 8, "embedding_length": 512},
        {"block_count": 2, "attention.head_count": 10**9, "attention.key_length": 10**9},
        {"block_count": 48, "attention.head_count": 40, "attention.head_count_kv": None, "attention.key_length": 128},
        {"block_count": "28", "attention.head_count": [], "embedding_length": {}},
    ],
)
def test_what_is_not_reported_or_cannot_be_is_not_guessed(info: dict[str, object]) -> None:
    assert architecture_of(model_info("q", info)) is None


def test_latent_attention_is_counted_as_one_vector_as_a_server_printed_it() -> None:
    """Printed for DeepSeek-R1: 1166.62 MiB of q8_0 for 32,768 tokens (ikawrakow/ik_llama.cpp, pull request 259)."""
    built = architecture_of(model_info("deepseek2", WITH_LATENT))
    assert built is not None
    assert kv_cache_bytes(built, 32_768, Q8_0_BYTES) / MEBIBYTE == pytest.approx(1166.62, rel=0.0001)


def test_a_file_without_the_latent_sizes_keeps_whole_keys_and_values() -> None:
    """321 GiB for 65,536 tokens, counted by a parser of such a file (gpustack/gguf-parser-go, issue 8)."""
    built = architecture_of(model_info("deepseek2", DEEPSEEK_V3))
    assert built is not None
    assert kv_cache_bytes(built, 65_536) / GIBIBYTE == pytest.approx(321, rel=0.06)


@pytest.mark.parametrize("missing", ["attention.key_length", "attention.value_length", "attention.head_count_kv"])
def test_a_file_of_that_kind_that_does_not_tell_their_length_is_not_judged(missing: str) -> None:
    info = {key: value for key, value in DEEPSEEK_V3.items() if key != missing}
    assert architecture_of(model_info("deepseek2", info)) is None


def test_one_head_without_the_latent_sizes_is_not_taken_for_all_of_them() -> None:
    info = {key: value for key, value in WITH_LATENT.items() if not key.endswith("_mla")}
    assert architecture_of(model_info("deepseek2", info)) is None


def test_windows_are_counted_by_the_declared_pattern_or_that_of_the_architecture() -> None:
    pattern = [(layer + 1) % 6 != 0 for layer in range(34)]
    by_name = architecture_of(model_info("gemma3", GEMMA3_4B))
    assert by_name == architecture_of(model_info("gemma3", GEMMA3_4B | {"attention.sliding_window_pattern": pattern}))
    assert by_name == architecture_of(model_info("gemma3", GEMMA3_4B | {"attention.sliding_window_pattern": None}))
    assert by_name == Architecture(34, 4, 256, 256, window=1024, window_layers=29)


def test_a_window_whose_layers_are_not_known_is_not_counted_on() -> None:
    built = architecture_of(model_info("phi3", GEMMA3_4B))
    assert built == Architecture(34, 4, 256, 256)


def test_what_a_server_shows_of_a_model_has_its_build() -> None:
    shown = decode_show({"model_info": model_info("deepseek2", WITH_LATENT)}, ModelRef("s", "m"))
    assert shown.architecture == Architecture(61, latent_size=576)


values = st.one_of(
    st.none(), st.integers(), st.sampled_from(["", "7", "x"]), st.lists(st.integers() | st.booleans(), max_size=5)
)


@given(st.dictionaries(st.sampled_from([*WITH_LATENT, *GEMMA3_4B]), values))
def test_nothing_a_server_tells_breaks_it(info: dict[str, object]) -> None:
    built = architecture_of(model_info("gemma3", info))
    assert built is None or 0 < kv_cache_bytes(built, 4096) < 2**60
