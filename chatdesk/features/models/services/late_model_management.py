"""Holds what manages servers' models, which is made when it is first needed: a start needs neither it nor what it imports."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from chatdesk.kernel.models.model import ModelRef

if TYPE_CHECKING:
    from chatdesk.features.models.services.model_management import ModelManagement


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

    def undo_deletion(self, ref: ModelRef) -> bool:
        """List a model again that was to be deleted; False if none was, or if it is too late for that."""
        return self._made is not None and self._made.undo_deletion(ref)

    async def deleted(self, ref: ModelRef) -> None:
        """Wait while the server deletes a model."""
        if self._made:
            await self._made.deleted(ref)

    async def close(self) -> None:
        """Carry out what is still to be deleted."""
        if self._made:
            await self._made.close()
