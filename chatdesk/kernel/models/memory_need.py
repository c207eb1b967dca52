"""What a loaded model takes: weights, cache, and what the server needs beside them."""

from chatdesk.kernel.fast_dataclass import dataclass

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
