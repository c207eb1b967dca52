"""One measured value and what it is held against."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Figure:
    """`id` begins with the goal it belongs to ("T7.list"); `beside` holds what others or the floor reach, by name, in the same unit."""

    id: str
    value: float
    unit: str
    at_most: float | None = None
    at_least: float | None = None
    beside: Mapping[str, float] = field(default_factory=dict)

    @property
    def goal(self) -> str:
        """The goal in signs, empty where there is none."""
        bounds = (("<=", self.at_most), (">=", self.at_least))
        return ", ".join(f"{sign} {bound:g}" for sign, bound in bounds if bound is not None)

    @property
    def met(self) -> bool:
        return (self.at_most is None or self.value <= self.at_most) and (
            self.at_least is None or self.value >= self.at_least
        )
