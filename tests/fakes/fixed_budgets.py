"""A stand-in for `services.contexts.ContextBudgets`: models have the context length that a test sets."""

from collections.abc import Mapping

from chatdesk.kernel.context.context_size import ContextBudget
from chatdesk.kernel.models.model import ModelRef
from chatdesk.kernel.models.parameters import Parameters


class FixedBudgets:
    """Nobody knows the context length of others."""

    def __init__(self, budgets: Mapping[ModelRef, ContextBudget] | None = None) -> None:
        self._budgets = {} if budgets is None else budgets

    def budget_of(self, ref: ModelRef, _parameters: Parameters) -> ContextBudget:
        return self._budgets.get(ref, ContextBudget())

    async def prepare(self, ref: ModelRef) -> None:
        pass

    async def inspect_memory(self, ref: ModelRef) -> None:
        pass
