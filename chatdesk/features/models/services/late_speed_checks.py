"""Holds the speed checks, which are made when one is asked for, or the guide to models is: a start needs neither."""

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from chatdesk.features.models.services.speed_checks import SpeedChecks


class LateSpeedChecks:
    """One per program."""

    def __init__(self, make: "Callable[[], SpeedChecks]") -> None:
        self._make = make
        self._made: SpeedChecks | None = None

    def get(self) -> "SpeedChecks":
        """Return them."""
        if self._made is None:
            self._made = self._make()
        return self._made
