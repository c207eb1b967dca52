"""Holds the guide to models, which is made when it is first opened: a start does not need it, nor what it imports."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from chatdesk.domain.model import Model

if TYPE_CHECKING:
    from chatdesk.domain.model_fit.fit import Fit
    from chatdesk.services.model_guide import ModelGuide


class LateModelGuide:
    """One per program."""

    def __init__(self, make: "Callable[[], ModelGuide]") -> None:
        self._make = make
        self._made: ModelGuide | None = None

    def get(self) -> "ModelGuide":
        """Return the guide."""
        if self._made is None:
            self._made = self._make()
        return self._made

    def fit_of(self, model: Model) -> "Fit | None":
        """Return how well a model fits this machine; None while nobody looked, or where it is not known."""
        return self._made.fit_of_model(model) if self._made else None

    async def close(self) -> None:
        """Stop its downloads."""
        if self._made:
            await self._made.close()
