"""Holds the guide to models, which is made when it is first opened: a start does not need it, nor what it imports."""

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
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

    async def close(self) -> None:
        """Stop its downloads."""
        if self._made:
            await self._made.close()
