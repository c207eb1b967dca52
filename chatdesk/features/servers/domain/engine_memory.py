"""Memory need of a model in the built-in engine, and a suitable context length, calculated from the file's header.

For models that are not downloaded yet, see `models/domain/model_fit.py`. Verified against llama.cpp's own figures for the starter model
(45 MiB of context for 2,048 tokens).
"""

from chatdesk.kernel.context.context_size import USUAL_CONTEXT
from chatdesk.kernel.models.memory_need import F16_BYTES, MEBIBYTE, Q8_0_BYTES, memory_need
from chatdesk.kernel.models.model_file import ModelHead

SHORTEST_CONTEXT = 2048
"""Minimum in tokens, below which a question and its answer hardly fit."""
_DEFAULT_CONTEXTS = (16_384, USUAL_CONTEXT, 4096)
"""Context lengths that are tried, the longest first, without a user's choice: reasoning takes thousands of tokens."""
_MAX_MEMORY_SHARE = 0.6
"""Maximum share of the machine's memory; the rest is for other programs."""


_PROMPT_CACHE_CONTEXTS = 2
"""Number of full contexts of other chats that are kept in memory."""
_MAX_PROMPT_CACHE_SHARE = 1 / 8
"""Maximum share of the memory that is free at the start."""
_USUAL_PROMPT_CACHE_MIB = 256


def context_bytes(head: ModelHead | None, tokens: int, *, is_compact: bool = False) -> int | None:
    """Return the memory of a context with this many tokens, with 16 or, if it `is_compact`, 8 bits per value; None if unknown."""
    if head is None or head.cache_bytes_per_token is None:
        return None
    return round(head.cache_bytes_per_token * tokens * (Q8_0_BYTES / F16_BYTES if is_compact else 1))


def memory_of_model(
    size_bytes: int, head: ModelHead | None, context_tokens: int, slots: int = 1, *, is_compact: bool = False
) -> int | None:
    """Return the approximate memory need of a loaded model in bytes; None if its header lacks the necessary values."""
    context = context_bytes(head, context_tokens * slots, is_compact=is_compact)
    return memory_need(size_bytes, context).total if context is not None and size_bytes else None


def prompt_cache_mib(
    head: ModelHead | None, context_tokens: int, free_memory: int | None, *, is_compact: bool = False
) -> int:
    """Return the memory for prompts of chats that lost their slot, in MiB: enough for two of them, if an eighth of the free memory is."""
    context = context_bytes(head, context_tokens, is_compact=is_compact)
    wanted = _USUAL_PROMPT_CACHE_MIB if context is None else -(-_PROMPT_CACHE_CONTEXTS * context // MEBIBYTE)
    return wanted if free_memory is None else min(wanted, int(free_memory * _MAX_PROMPT_CACHE_SHARE) // MEBIBYTE)


def context_for(
    chosen: int, size_bytes: int, head: ModelHead | None, memory: int | None, *, is_compact: bool = False
) -> int:
    """Return the context length for running a model: the user's choice (0 for none), at most that of its training.

    Without a choice, it is the longest suitable one that fits into `memory`, the machine's memory in bytes.
    """
    trained = (head and head.trained_context) or USUAL_CONTEXT
    if chosen:
        return min(max(chosen, SHORTEST_CONTEXT), trained)
    for tokens in _DEFAULT_CONTEXTS:
        needed = memory_of_model(size_bytes, head, tokens, is_compact=is_compact)
        if tokens <= trained and (needed is None or memory is None or needed <= memory * _MAX_MEMORY_SHARE):
            return tokens if needed is not None else min(USUAL_CONTEXT, trained)
    return min(_DEFAULT_CONTEXTS[-1], trained)
