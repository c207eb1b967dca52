"""The sum against figures others published: what servers print, and the sizes of files."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatdesk.features.models.domain.model_fit import BITS_PER_WEIGHT, weights_bytes
from chatdesk.kernel.models.memory_need import (
    F16_BYTES,
    GIBIBYTE,
    MEBIBYTE,
    Q8_0_BYTES,
    Architecture,
    kv_cache_bytes,
    memory_need,
)
from tests.unit.providers.recordings import FOLDER

QWEN_14B = Architecture(layers=48, key_heads=8)
QWEN_32B = Architecture(layers=64, key_heads=8)
QWEN3_8B = Architecture(layers=36, key_heads=8)
DEEPSEEK_V3 = Architecture(layers=61, latent_size=576)
SMOLLM2 = Architecture(layers=30, key_heads=3, key_size=64, value_size=64)
GIGABYTE = 10**9

architectures = st.builds(
    Architecture,
    layers=st.integers(1, 200),
    key_heads=st.integers(1, 128),
    key_size=st.integers(1, 512),
    value_size=st.integers(1, 512),
    latent_size=st.sampled_from([0, 576]),
    window=st.sampled_from([0, 128, 1024, 4096]),
    window_layers=st.integers(0, 250),
)
contexts = st.integers(1, 2**20)


@pytest.mark.parametrize(
    ("architecture", "kibibytes"),
    [
        (Architecture(layers=28, key_heads=2), 28),
        (Architecture(layers=28, key_heads=4), 56),
        (Architecture(layers=32, key_heads=8), 128),
        (QWEN3_8B, 144),
        (QWEN_14B, 192),
        (QWEN_32B, 256),
        (Architecture(layers=80, key_heads=8), 320),
    ],
)
def test_the_cache_of_a_distill_is_what_its_heads_and_layers_make(architecture: Architecture, kibibytes: int) -> None:
    assert kv_cache_bytes(architecture, 1) == kibibytes * 1024


def test_the_cache_of_latent_attention_is_what_a_server_printed_for_deepseek_v3() -> None:
    """Printed: "KV self size = 1166.62 MiB, c^KV (q8_0)" for 32,768 tokens (ikawrakow/ik_llama.cpp, pull request 259)."""
    assert kv_cache_bytes(DEEPSEEK_V3, 32_768, Q8_0_BYTES) / MEBIBYTE == pytest.approx(1166.62, abs=0.05)


def test_whole_keys_and_values_would_be_seventy_times_as_large() -> None:
    """A parser of GGUF files counted 321 GiB for 65,536 tokens, computing room included (gpustack/gguf-parser-go, issue 8)."""
    whole = Architecture(layers=61, key_heads=128, key_size=192, value_size=128)
    assert kv_cache_bytes(whole, 65_536) / GIBIBYTE == pytest.approx(321, rel=0.06)
    assert kv_cache_bytes(whole, 1) / kv_cache_bytes(DEEPSEEK_V3, 1) == pytest.approx(71, abs=1)


def test_layers_with_a_window_stop_growing() -> None:
    """Gemma 3 4B: 34 layers, five of six look back 1,024 tokens."""
    gemma = Architecture(layers=34, key_heads=4, key_size=256, value_size=256, window=1024, window_layers=29)
    growth = kv_cache_bytes(gemma, 40_001) - kv_cache_bytes(gemma, 40_000)
    assert growth == 5 * 4 * 512 * F16_BYTES


@pytest.mark.parametrize(
    ("weights", "architecture", "context", "printed"),
    [
        (5_225_376_047, QWEN3_8B, 4096, 6.0),
        (8_988_112_040, QWEN_14B, 4 * 2048, 11),  # four answers at a time, as servers of early 2025 had it
        (19_851_337_640, QWEN_32B, 2048, 21),
        (19_851_337_640, QWEN_32B, 4 * 2048, 23),
    ],
    ids=["8b", "14b", "32b", "32b with four responds at a time"],
)
def test_the_sum_is_close_to_what_ollama_ps_prints(
    weights: int, architecture: Architecture, context: int, printed: float
) -> None:
    """SIZE as people published it; it is printed in whole gigabytes from ten on, which is 3 to 5 % by itself."""
    assert memory_need(weights, kv_cache_bytes(architecture, context)).total / GIGABYTE == pytest.approx(
        printed, rel=0.06
    )


def test_for_a_tiny_model_the_sum_is_at_most_60_megabytes_over_what_a_server_says() -> None:
    listed = json.loads((FOLDER / "ollama-0.32.15" / "03-tags.body").read_text("utf-8"))["models"][0]
    loaded = json.loads((FOLDER / "ollama-0.32.15" / "13-ps-loaded.body").read_text("utf-8"))["models"][0]
    assert listed["name"] == loaded["name"]
    need = memory_need(listed["size"], kv_cache_bytes(SMOLLM2, loaded["context_length"]))
    assert 0 <= need.total - loaded["size"] <= 61_000_000
    assert need.weights + need.kv_cache < loaded["size"]


@pytest.mark.parametrize(
    ("parameters", "quantization", "published"),
    [
        (7_615_616_512, "Q4_K_M", 4_683_075_271),
        (8_030_261_248, "Q4_K_M", 4_920_738_407),
        (8_190_735_360, "Q4_K_M", 5_225_376_047),
        (14_770_033_664, "q4_K_M", 8_988_112_040),
        (32_763_876_352, "Q4_K_M", 19_851_337_640),
        (70_553_706_496, "Q4_K_M", 42_520_413_916),
        (671_026_419_200, "Q4_K_M", 404_430_188_519),
        (8_030_261_248, "Q8_0", 8_540_000_000),
        (8_030_261_248, "F16", 16_070_000_000),
    ],
)
def test_a_computed_file_size_is_within_5_percent(parameters: int, quantization: str, published: int) -> None:
    assert weights_bytes(parameters, quantization) == pytest.approx(published, rel=0.05)


def test_an_unknown_quantisation_has_no_size() -> None:
    assert weights_bytes(10**9, "IQ9_XYZ") is None
    assert all(1 < bits <= 32 for bits in BITS_PER_WEIGHT.values())


@given(architectures, contexts, contexts)
def test_more_context_never_needs_less(architecture: Architecture, first: int, second: int) -> None:
    less, more = sorted((first, second))
    assert kv_cache_bytes(architecture, less) <= kv_cache_bytes(architecture, more)


@given(st.integers(1, 2 * 10**12), st.integers(1, 2 * 10**12), st.integers(0, 10**12))
def test_a_larger_file_never_needs_less(first: int, second: int, cache: int) -> None:
    less, more = sorted((first, second))
    assert memory_need(less, cache).total <= memory_need(more, cache).total


@given(st.integers(1, 2 * 10**12), architectures, contexts)
def test_the_sum_is_its_parts(weights: int, architecture: Architecture, context: int) -> None:
    need = memory_need(weights, kv_cache_bytes(architecture, context))
    assert need.total == need.weights + need.kv_cache + need.overhead
    assert need.overhead > 0
