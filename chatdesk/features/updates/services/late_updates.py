"""Holds who asks for newer versions, made when somebody first wants to know: most starts never do."""

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from chatdesk.features.updates.services.updates import Updates


class LateUpdates:
    """One per program."""

    def __init__(self, make: "Callable[[], Updates]") -> None:
        self._make = make
        self._made: Updates | None = None

    def get(self) -> "Updates":
        """Return it."""
        if self._made is None:
            self._made = self._make()
        return self._made
