"""What a server's refusal of a chat tells: how it counts, and how much it has room for. Bounded, and soon forgotten.

How it counts holds until its next answer, whose own count then corrects our estimate (`kernel/context/calibration.py`).
"""

from dataclasses import replace

from chatdesk.kernel.context.calibration import MOST_OF_TEXT
from chatdesk.kernel.context.context_plan import CountedContext
from chatdesk.kernel.context.context_size import ContextBudget
from chatdesk.kernel.errors.base import ContextTooLong
from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.kernel.models.model import ModelRef

_SHARE = 0.9
"""Of what a server refused without telling how much it would have taken."""


@dataclass(frozen=True, slots=True)
class _LearnedBudget:
    """Its room holds for as long as the same context is asked for."""

    asked: int | None
    known: int | None
    factor: float
    room: int


class LearnedBudgets:
    """By model."""

    def __init__(self) -> None:
        self._learned: dict[ModelRef, _LearnedBudget] = {}

    def learn(self, model: ModelRef, room: ContextBudget, refusal: ContextTooLong, tokens: int) -> None:
        """Note that a model, asked with this room, refused what we take for so many tokens."""
        counted, limit = refusal.prompt_tokens, refusal.limit
        factor = min(max(1.0, counted / tokens), MOST_OF_TEXT) if counted and tokens else 1.0
        self._learned[model] = _LearnedBudget(room.to_ask, room.tokens, factor, limit or round(tokens * _SHARE))

    def recounted(self, model: ModelRef, counted_context: CountedContext) -> CountedContext:
        """Return it counted as the model does."""
        learned = self._learned.get(model)
        return (
            replace(counted_context, calibration=counted_context.calibration.at_least(learned.factor))
            if learned
            else counted_context
        )

    def corrected(self, model: ModelRef, room: ContextBudget) -> ContextBudget:
        """Return the room as the model told it. One that has less than it was asked for is not asked for more."""
        learned = self._learned.get(model)
        if learned is None or (learned.asked, learned.known) != (room.to_ask, room.tokens):
            return room
        if room.tokens is not None and learned.room >= room.tokens:
            return room
        return replace(room, tokens=learned.room, larger=())

    def forget(self, model: ModelRef, tokens: int) -> None:
        """Note that the model answers what we take for so many tokens: how it counts, its answer tells."""
        learned = self._learned.get(model)
        if learned is None:
            return
        if learned.known is not None or tokens > learned.room:
            del self._learned[model]
        else:
            self._learned[model] = replace(learned, factor=1.0)
