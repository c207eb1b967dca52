"""Holds the translation desk, which is made when it is first opened: a start does not need it, nor what it imports."""

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from chatdesk.features.translation.services.translation import Translation


class LateTranslation:
    """One per program."""

    def __init__(self, make: "Callable[[], Translation]") -> None:
        self._make = make
        self._made: Translation | None = None

    def get(self) -> "Translation":
        """Return the desk and who translates what is on it."""
        if self._made is None:
            self._made = self._make()
        return self._made

    async def close(self) -> None:
        """Ask for no more, and keep what is on the desk."""
        if self._made:
            await self._made.close()
            await self._made.desk.close()
