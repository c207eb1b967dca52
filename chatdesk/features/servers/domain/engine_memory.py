"""How much memory a model takes in the built-in engine, and how long a context is sensible: sums, no measurements.

For files, whose head says what a token takes; `model_fit/` reckons with models that are not here yet. Checked against llama.cpp's own
figures for the starter model (45 MiB of context for 2,048 tokens).
"""

from chatdesk.kernel.context.context_size import USUAL_CONTEXT
from chatdesk.kernel.models.memory_need import memory_need
from chatdesk.kernel.models.model_file import ModelHead

SHORTEST_CONTEXT = 2048
"""Tokens. With fewer, a question and its answer hardly fit."""
_SENSIBLE = (16_384, USUAL_CONTEXT, 4096)
"""What is tried, the longest first, where nobody chose: thinking takes thousands of tokens."""
_SHARE = 0.6
"""Of the machine's memory; the rest is for everything else that runs."""


def memory_of_model(size_bytes: int, head: ModelHead | None, context_tokens: int, slots: int = 1) -> int | None:
    """Return about how many bytes a loaded model takes; None if its head does not say enough."""
    if head is None or head.cache_bytes_per_token is None or not size_bytes:
        return None
    return memory_need(size_bytes, head.cache_bytes_per_token * context_tokens * slots).total


def context_for(chosen: int, size_bytes: int, head: ModelHead | None, memory: int | None) -> int:
    """Return the context a model is run with: what the user chose (0: nothing), but never more than it was trained for.

    Without a choice the longest sensible one that fits into `memory`, the machine's in bytes.
    """
    trained = (head and head.trained_context) or USUAL_CONTEXT
    if chosen:
        return min(max(chosen, SHORTEST_CONTEXT), trained)
    for tokens in _SENSIBLE:
        needed = memory_of_model(size_bytes, head, tokens)
        if tokens <= trained and (needed is None or memory is None or needed <= memory * _SHARE):
            return tokens if needed is not None else min(USUAL_CONTEXT, trained)
    return min(_SENSIBLE[-1], trained)
