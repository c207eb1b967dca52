"""How a model is built, as far as its cache goes, from what `/api/show` tells of its file (`model_info`). The sum: `features/models/domain/`.

Keys: https://github.com/ggml-org/ggml/blob/master/docs/gguf.md, and what they mean for the cache: llama.cpp, src/llama-model.cpp. Lists
which each architecture has of its own.
"""

from collections.abc import Mapping

from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.kernel.models.architecture import Architecture
from chatdesk.kernel.text.json_values import count_of, elements, text_of

_MOST_LAYERS = 1000
_MOST_VALUES = 2**24
"""Numbers that one layer keeps of a token; no model comes near it."""
_WHOLE_LAYER_EVERY = {"gemma2": 2, "gemma3": 6, "gpt-oss": 2, "gptoss": 2, "cohere2": 4, "olmo2": 4}
"""Architectures whose layers look back a window only, but for every so many-th."""


@dataclass(frozen=True, slots=True)
class _Facts:
    info: Mapping[str, object]
    name: str

    def has(self, key: str) -> bool:
        return f"{self.name}.{key}" in self.info

    def value(self, key: str) -> object:
        return self.info.get(f"{self.name}.{key}")

    def number(self, key: str) -> int:
        return count_of(self.value(key)) or 0


def architecture_of(info: Mapping[str, object]) -> Architecture | None:
    """Return the build; None where the file does not say, or says what cannot be."""
    facts = _Facts(info, text_of(info.get("general.architecture")))
    layers = facts.number("block_count")
    if not 0 < layers <= _MOST_LAYERS:
        return None
    built = _latent(facts, layers) if facts.number("attention.kv_lora_rank") else _with_heads(facts, layers)
    return built if built and 0 < built.values_per_token <= _MOST_VALUES else None


def _latent(facts: _Facts, layers: int) -> Architecture | None:
    """Return the build of multi-head latent attention.

    Only files that tell `key_length_mla` are run that way. Others (llama.cpp's converter before May 2025, and Ollama's own:
    convert/convert_deepseek2.go) hold their matrices in one piece, and whole keys and values are kept of them, 71 times as much for
    DeepSeek's large models. Those must tell how long they are: a head's share of the embedding, which holds for other models, is a third
    of it here, and a single head stands for all of them together.
    """
    if facts.has("attention.key_length_mla"):
        latent = facts.number("attention.kv_lora_rank")
        return Architecture(layers, latent_size=latent + facts.number("rope.dimension_count"))
    heads, key_heads = facts.number("attention.head_count"), facts.number("attention.head_count_kv")
    told = facts.number("attention.key_length") and facts.number("attention.value_length")
    return _with_heads(facts, layers) if told and key_heads == heads else None


def _with_heads(facts: _Facts, layers: int) -> Architecture | None:
    heads = facts.number("attention.head_count")
    usual = facts.number("embedding_length") // heads if heads else 0
    key = facts.number("attention.key_length") or usual
    value = facts.number("attention.value_length") or usual or key
    told = facts.value("attention.head_count_kv")
    each = elements(told)
    if each:  # hybrids: layers differ, and some keep nothing; together they are like one layer with all of the heads
        return Architecture(1, sum(count_of(count) or 0 for count in each), key, value)
    if told is None and facts.has("attention.head_count_kv"):
        return None
    key_heads = count_of(told) or heads
    window = facts.number("attention.sliding_window")
    windowed = _windowed_layers(facts, layers) if window else 0
    return Architecture(layers, key_heads, key, value, window=window if windowed else 0, window_layers=windowed)


def _windowed_layers(facts: _Facts, layers: int) -> int:
    """Return how many layers look back a window only; 0 where that is not known: more memory is counted then, not less."""
    pattern = elements(facts.value("attention.sliding_window_pattern"))
    if pattern:
        return sum(1 for is_windowed in pattern[:layers] if is_windowed is True)
    every = facts.number("attention.sliding_window_pattern") or _WHOLE_LAYER_EVERY.get(facts.name, 0)
    return sum(1 for layer in range(layers) if layer % every < every - 1) if every else 0
