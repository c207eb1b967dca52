"""Selection of the context length to request: the one rule for single messages and chats, in the window and on the command line.

A server whose context length can be set (Ollama) gets what the user chose. Without a choice, it gets the smallest of `CONTEXTS` that holds
the request and leaves space for an answer, and never less than before. The callers are in `features/models/services/model_contexts.py`.
"""

from collections.abc import Callable
from dataclasses import replace

from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.kernel.models.model import Model
from chatdesk.kernel.models.parameters import NUMBER_RANGES
from chatdesk.kernel.servers.server import ServerProtocol

CONTEXTS = (2048, 4096, 8192, 16_384, 32_768, 65_536, 131_072)
"""Context lengths in tokens that are requested and offered. Other values are used only if a model was trained for them."""
USUAL_CONTEXT = 8192
"""Requested from servers whose default is smaller and that truncate chats silently (Ollama: 4096 on most machines)."""
_ANSWER_RESERVE = 1024
_MIN_HISTORY_SHARE = 0.75


def reserve(size: int, max_answer_tokens: int | None = None) -> int:
    """Return how many tokens of a context are reserved for the answer."""
    return min(max_answer_tokens or _ANSWER_RESERVE, round(size * (1 - _MIN_HISTORY_SHARE)))


def holds(size: int, tokens: int, max_answer_tokens: int | None = None) -> bool:
    """Return whether a context holds `tokens` tokens and an answer."""
    return tokens + reserve(size, max_answer_tokens) <= size


@dataclass(frozen=True, slots=True)
class ContextBudget:
    """Context length of a model in tokens; None if unknown."""

    tokens: int | None = None
    requested_length: int | None = None
    """Context length to request from the server, if it can be set."""
    larger: tuple[int, ...] = ()
    """Larger context lengths that can be requested from the server, ascending, as far as memory allows."""
    grows: bool = False
    """Whether the context length was not chosen by the user and may be increased if needed."""

    def enough_for(self, tokens: int, max_answer_tokens: int | None = None) -> int | None:
        """Return the smallest larger context length that holds `tokens` tokens and an answer; None if none does."""
        return next((size for size in self.larger if holds(size, tokens, max_answer_tokens)), None)

    def must_grow_for(self, tokens: int, max_answer_tokens: int | None = None) -> bool:
        """Return whether the context length may be increased and is too small for `tokens` tokens and an answer."""
        return self.grows and self.tokens is not None and not holds(self.tokens, tokens, max_answer_tokens)

    def grown_for(self, tokens: int, max_answer_tokens: int | None = None) -> "ContextBudget":
        """Return the budget with a context length that holds `tokens` tokens and an answer, if it may be increased.

        The new length is the smallest that suffices, or else the largest available.
        """
        if not self.must_grow_for(tokens, max_answer_tokens):
            return self
        size = self.enough_for(tokens, max_answer_tokens) or max(self.larger, default=None)
        return self.with_size(size) if size else self

    def with_size(self, size: int) -> "ContextBudget":
        """Return the budget with another context length to request."""
        return replace(
            self, tokens=size, requested_length=size, larger=tuple(each for each in self.larger if each > size)
        )


def context_budget(
    model: Model | None,
    protocol: ServerProtocol,
    wanted: int | None,
    requested_before: int = 0,
    allowed: Callable[[int], bool] = lambda _size: True,
) -> ContextBudget:
    """Return the context length of a model, and the length that has to be requested from its server.

    `wanted` is the user's choice, if any. `requested_before` is the length requested before without it; 0 = none. `allowed` returns whether
    a length fits into memory.
    """
    if protocol.accepts_context_size and not (model and model.remote):
        asked = requested_context_length(model, wanted, requested_before)
        most = model.context_length if model else None
        sizes = (*(size for size in CONTEXTS if size < most), most) if most else ()
        larger = tuple(size for size in sizes if size > asked and allowed(size))
        return ContextBudget(asked, asked, larger, grows=wanted is None)
    return ContextBudget(model.context_length if model else None)


def requested_context_length(model: Model | None, wanted: int | None, requested_before: int = 0) -> int:
    """Return the context length to request from a server that supports it (Ollama), regardless of the message to send.

    This is the user's choice, if any. Without a choice, it is the value in the model's file or the usual one, and at least the length that
    the model is loaded with or that was requested before, because another value would reload it. It never exceeds the length that the
    model was trained for.
    """
    most = model.context_length if model and model.context_length else int(NUMBER_RANGES["num_ctx"].most)
    if wanted is not None:
        return min(wanted, most)
    own = model.own_context if model else None
    loaded = model.load.context_length if model and model.load else None
    return min(max(own or USUAL_CONTEXT, loaded or 0, requested_before), most)


def larger_contexts(now: int, most: int | None) -> tuple[int, ...]:
    """Return the larger context lengths to offer: each twice the previous one, and finally the length that the model was trained for.

    `most` is that length; None if unknown.
    """
    if most is None:
        return (now * 2, now * 4)
    sizes: list[int] = []
    size = now * 2
    while size < most and len(sizes) < 3:
        sizes.append(size)
        size *= 2
    return (*sizes, most) if most > now else ()
