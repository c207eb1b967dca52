"""What a loaded model takes: weights, cache, and what the server needs beside them."""

from chatdesk.kernel.fast_dataclass import dataclass

# The parts of a model's build that say how much it keeps of a conversation: its key-value cache.
#
# Sources: llama.cpp, src/llama-kv-cache.cpp and llama-kv-cache-iswa.cpp (what is kept for each token and
# layer); the papers on grouped-query attention (arXiv 2305.13245) and on multi-head latent attention
# (DeepSeek-V2, arXiv 2405.04434).

F16_BYTES = 2.0
Q8_0_BYTES = 34 / 32
"""A block of 32 values is 32 bytes and a scale of two."""
_BATCH = 512
"""Tokens read at once; a sliding window keeps that many more. llama.cpp's `n_ubatch`."""


@dataclass(frozen=True, slots=True)
class Architecture:
    """Of one model. With `latent_size` (MLA) one vector is kept for all heads together, and no heads count."""

    layers: int
    key_heads: int = 0
    """Heads whose keys and values are kept (`attention.head_count_kv`)."""
    key_size: int = 128
    value_size: int = 128
    latent_size: int = 0
    """MLA: `attention.kv_lora_rank` and the rotated part of a key (`rope.dimension_count`)."""
    window: int = 0
    """Tokens that layers with a sliding window look back; 0 = no layer has one."""
    window_layers: int = 0

    @property
    def values_per_token(self) -> int:
        """How many numbers one layer keeps of one token."""
        return self.latent_size or self.key_heads * (self.key_size + self.value_size)


def kv_cache_bytes(architecture: Architecture, context: int, bytes_per_value: float = F16_BYTES) -> int:
    """Return the size of the cache for `context` tokens.

    Exact for the architectures this describes: within 0.01 % of what servers print (tests). Some things differ on some machines: servers
    from before January 2026 keep MLA's vector almost twice. Those from before May 2025, and all of them with files that tell no
    `key_length_mla` (converted before then, or by Ollama itself), keep whole keys and values: 71 times as much for DeepSeek-R1 671b, 5 GB
    for 1,000 tokens. Several answers at a time (`OLLAMA_NUM_PARALLEL`) each need a cache of their own.
    """
    windowed = min(architecture.window_layers, architecture.layers) if architecture.window else 0
    looked_back = min(context, architecture.window + _BATCH)
    tokens = (architecture.layers - windowed) * context + windowed * looked_back
    return round(tokens * architecture.values_per_token * bytes_per_value)


MEBIBYTE = 1024**2
GIBIBYTE = 1024**3
_LEAST_OVERHEAD = 64 * MEBIBYTE
_OVERHEAD_SHARE = 0.08
_MOST_OVERHEAD = GIBIBYTE
_OVERHEAD_SHARE_OF_GIANTS = 0.01


@dataclass(frozen=True, slots=True)
class MemoryNeed:
    """Bytes."""

    weights: int
    kv_cache: int
    overhead: int

    @property
    def total(self) -> int:
        """The sum."""
        return self.weights + self.kv_cache + self.overhead


def memory_need(weights: int, kv_cache: int) -> MemoryNeed:
    """Return the sum for a model whose file has `weights` bytes and whose cache takes `kv_cache` (`architecture.py`).

    Against what `ollama ps` says of models from 8b to 32b it is 0 to 6 % too high (tests), for tiny ones up to 60 MB: the overhead is a
    rule of thumb, for room to compute in and the graphics driver. No source gives a formula; 0.5 to 1 GiB is what people find.
    """
    most = max(_MOST_OVERHEAD, weights * _OVERHEAD_SHARE_OF_GIANTS)
    overhead = _LEAST_OVERHEAD + min(weights * _OVERHEAD_SHARE, most)
    return MemoryNeed(weights, kv_cache, round(overhead))
