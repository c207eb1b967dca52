"""Holds what manages servers' models, which is made when it is first needed: a start needs neither it nor what it imports."""

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from chatdesk.services.model_management import ModelManagement


class LateModelManagement:
    """One per program."""

    def __init__(self, make: "Callable[[], ModelManagement]") -> None:
        self._make = make
        self._made: ModelManagement | None = None

    def get(self) -> "ModelManagement":
        """Return it."""
        if self._made is None:
            self._made = self._make()
        return self._made

    async def close(self) -> None:
        """Carry out what is still to be deleted."""
        if self._made:
            await self._made.close()
