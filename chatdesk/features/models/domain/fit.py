"""The verdict: where a model would run on a machine."""

from enum import StrEnum

from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.kernel.models.machine import Machine
from chatdesk.kernel.models.memory_need import MemoryNeed

_WORTH_A_CARD = 0.05
"""A smaller share on the graphics card changes nothing."""


class Verdict(StrEnum):
    """Best first."""

    GRAPHICS = "graphics"
    """All of it on graphics cards."""
    PARTLY = "partly"
    """Some layers on graphics cards, the others on the processor."""
    PROCESSOR = "processor"
    """All of it on the processor."""
    TOO_LARGE = "too_large"
    UNKNOWN = "unknown"
    """The machine does not say how much memory it has, or is not this one."""


@dataclass(frozen=True, slots=True)
class Fit:
    """Why comes with it. `on_graphics` is the share of the model there, 0 to 1."""

    verdict: Verdict
    need: MemoryNeed
    on_graphics: float = 0.0
    graphics_unknown: bool = False
    """There is a card that does not say what it has: it may go better than this."""
    must_make_room: bool = False
    """It fits, but not beside what runs now."""

    @property
    def runs(self) -> bool:
        """Whether it will answer at all."""
        return self.verdict in {Verdict.GRAPHICS, Verdict.PARTLY, Verdict.PROCESSOR}


def fit_of(need: MemoryNeed, machine: Machine | None) -> Fit:
    """Judge; None = a machine nobody knows (a server elsewhere)."""
    if machine is None:
        return Fit(Verdict.UNKNOWN, need)
    graphics, memory = machine.usable_graphics, machine.usable_memory
    unknown = machine.graphics_is_unknown
    free = machine.memory_free
    if need.total <= graphics:
        return Fit(
            Verdict.GRAPHICS, need, 1.0, must_make_room=machine.unified and free is not None and need.total > free
        )
    if memory is None:
        return Fit(Verdict.UNKNOWN, need, graphics_unknown=unknown)
    room = memory if machine.unified else graphics + memory
    if need.total > room:
        return Fit(Verdict.UNKNOWN if unknown else Verdict.TOO_LARGE, need, graphics_unknown=unknown)
    share = graphics / need.total
    if share < _WORTH_A_CARD:
        share = 0.0
    in_memory = need.total if machine.unified else need.total * (1 - share)
    crowded = free is not None and in_memory > free
    verdict = Verdict.PARTLY if share else Verdict.PROCESSOR
    return Fit(verdict, need, share, unknown, must_make_room=crowded)
