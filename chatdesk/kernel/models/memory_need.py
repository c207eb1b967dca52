"""Memory requirements of a loaded model: weights, key-value cache, and overhead of the server.

Sources: llama.cpp, src/llama-kv-cache.cpp and llama-kv-cache-iswa.cpp (what is stored for each token and layer); the papers on
grouped-query attention (arXiv 2305.13245) and on multi-head latent attention (DeepSeek-V2, arXiv 2405.04434).
"""

from chatdesk.kernel.fast_dataclass import dataclass

F16_BYTES = 2.0
Q8_0_BYTES = 34 / 32
"""A block of 32 values takes 32 bytes, plus a scale of two bytes."""
_BATCH = 512
"""Tokens processed at once; a sliding window keeps that many more. llama.cpp's `n_ubatch`."""


@dataclass(frozen=True, slots=True)
class Architecture:
    """The parts of a model's architecture that determine the size of its key-value cache.

    With `latent_size` (MLA), one vector is stored for all heads together, and the heads do not matter.
    """

    layers: int
    key_heads: int = 0
    """Number of heads whose keys and values are stored (`attention.head_count_kv`)."""
    key_size: int = 128
    value_size: int = 128
    latent_size: int = 0
    """For MLA: `attention.kv_lora_rank` plus the rotated part of a key (`rope.dimension_count`)."""
    window: int = 0
    """Number of tokens in the sliding window; 0 = no layer has one."""
    window_layers: int = 0

    @property
    def values_per_token(self) -> int:
        """Number of values that one layer stores for one token."""
        return self.latent_size or self.key_heads * (self.key_size + self.value_size)


def kv_cache_bytes(architecture: Architecture, context: int, bytes_per_value: float = F16_BYTES) -> int:
    """Return the size of the cache for `context` tokens, in bytes.

    Exact for the architectures described here: within 0.01 % of what servers print (tests). There are exceptions: servers from before
    January 2026 store MLA's vector almost twice. Servers from before May 2025, and all servers with files that lack `key_length_mla`
    (converted before then, or by Ollama itself), store whole keys and values: 71 times as much for DeepSeek-R1 671b, 5 GB for 1,000 tokens.
    Parallel answers (`OLLAMA_NUM_PARALLEL`) each need a separate cache.
    """
    windowed = min(architecture.window_layers, architecture.layers) if architecture.window else 0
    looked_back = min(context, architecture.window + _BATCH)
    tokens = (architecture.layers - windowed) * context + windowed * looked_back
    return round(tokens * architecture.values_per_token * bytes_per_value)


MEBIBYTE = 1024**2
GIBIBYTE = 1024**3
_MIN_OVERHEAD = 64 * MEBIBYTE
_OVERHEAD_SHARE = 0.08
_MAX_OVERHEAD = GIBIBYTE
_OVERHEAD_SHARE_OF_GIANTS = 0.01


@dataclass(frozen=True, slots=True)
class MemoryNeed:
    """Memory requirement in bytes."""

    weights: int
    kv_cache: int
    overhead: int

    @property
    def total(self) -> int:
        """Sum of all parts."""
        return self.weights + self.kv_cache + self.overhead


def memory_need(weights: int, kv_cache: int) -> MemoryNeed:
    """Return the memory requirement of a model with `weights` bytes in its file and a cache of `kv_cache` bytes (`kv_cache_bytes`).

    Compared with `ollama ps` for models from 8b to 32b, the result is 0 to 6 % too high (tests), for tiny ones up to 60 MB: the overhead is
    a rule of thumb for compute buffers and the graphics driver. No source gives a formula; reports range from 0.5 to 1 GiB.
    """
    most = max(_MAX_OVERHEAD, weights * _OVERHEAD_SHARE_OF_GIANTS)
    overhead = _MIN_OVERHEAD + min(weights * _OVERHEAD_SHARE, most)
    return MemoryNeed(weights, kv_cache, round(overhead))
