"""What a model's refusal of a request reveals: how its server counts tokens and the size of its context.

Bounded and short-lived.

The counting factor is used until the next answer, whose token count then corrects our estimate
(`kernel/context/calibration.py`).
"""

from dataclasses import replace

from chatdesk.kernel.context.calibration import MAX_TEXT_RATIO
from chatdesk.kernel.context.context_plan import CountedContext
from chatdesk.kernel.context.context_size import ContextBudget
from chatdesk.kernel.errors.base import ContextTooLong
from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.kernel.models.model import ModelRef

_ASSUMED_SHARE = 0.9
"""The usable share of a refused token count if the server did not report its limit."""


@dataclass(frozen=True, slots=True)
class _LearnedBudget:
    """What was learned about one model; `room` is used as long as the same context size is requested."""

    asked: int | None
    known: int | None
    factor: float
    room: int


class LearnedBudgets:
    """The learned budgets, by model."""

    def __init__(self) -> None:
        self._learned: dict[ModelRef, _LearnedBudget] = {}

    def learn(self, model: ModelRef, budget: ContextBudget, refusal: ContextTooLong, tokens: int) -> None:
        """Record that a model with this budget refused a request that we estimate at this many tokens."""
        counted, limit = refusal.prompt_tokens, refusal.limit
        factor = min(max(1.0, counted / tokens), MAX_TEXT_RATIO) if counted and tokens else 1.0
        self._learned[model] = _LearnedBudget(
            budget.to_ask, budget.tokens, factor, limit or round(tokens * _ASSUMED_SHARE)
        )

    def corrected_count(self, model: ModelRef, counted_context: CountedContext) -> CountedContext:
        """Return the counted context corrected to the model's own way of counting."""
        learned = self._learned.get(model)
        return (
            replace(counted_context, calibration=counted_context.calibration.at_least(learned.factor))
            if learned
            else counted_context
        )

    def corrected_budget(self, model: ModelRef, budget: ContextBudget) -> ContextBudget:
        """Return the budget with the limit the model reported.

        No larger context is requested from a model that has less than requested.
        """
        learned = self._learned.get(model)
        if learned is None or (learned.asked, learned.known) != (budget.to_ask, budget.tokens):
            return budget
        if budget.tokens is not None and learned.room >= budget.tokens:
            return budget
        return replace(budget, tokens=learned.room, larger=())

    def forget(self, model: ModelRef, tokens: int) -> None:
        """Record that the model accepts a request we estimate at this many tokens. Its answer has the exact token count."""
        learned = self._learned.get(model)
        if learned is None:
            return
        if learned.known is not None or tokens > learned.room:
            del self._learned[model]
        else:
            self._learned[model] = replace(learned, factor=1.0)
