"""What a machine has to run a model with, as plain values. Who reads them: `system/graphics.py`, `system/memory.py`."""

from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.kernel.models.memory_need import GIBIBYTE

_LEFT_ON_CARD = GIBIBYTE // 2
"""What desktop and driver take of a card."""
_LEFT_IN_MEMORY = 5 * GIBIBYTE // 2
"""What the system and a few programs take."""
_LARGE_APPLE_MEMORY = 36 * GIBIBYTE


@dataclass(frozen=True, slots=True)
class GraphicsCard:
    """One card. `memory` in bytes; None = there is a card, and how much it has could not be found out."""

    name: str
    memory: int | None = None
    integrated: bool = False
    """Its memory is the machine's, so that a model on it gains little and nothing is counted for it."""


@dataclass(frozen=True, slots=True)
class Machine:
    """None = not known. `unified`: the processor's and the graphics' memory are one (Apple Silicon)."""

    processor: str = ""
    memory: int | None = None
    memory_free: int | None = None
    cards: tuple[GraphicsCard, ...] = ()
    unified: bool = False
    disk_free: int | None = None
    """Where the server keeps its models."""

    @property
    def graphics_is_unknown(self) -> bool:
        """Whether a card is there that could hold a model, but nobody says how much of it."""
        return any(card.memory is None and not card.integrated for card in self.cards)

    @property
    def usable_graphics(self) -> int:
        """Bytes a model may take on graphics cards together; 0 without any that is known.

        macOS lends Metal two thirds of small memories and three quarters of large ones (`recommendedMaxWorkingSetSize`; newer systems up
        to 78 %).
        """
        if self.unified:
            memory = self.memory or 0
            return memory * 3 // 4 if memory >= _LARGE_APPLE_MEMORY else memory * 2 // 3
        return sum(max(0, (card.memory or 0) - _LEFT_ON_CARD) for card in self.cards if not card.integrated)

    @property
    def usable_memory(self) -> int | None:
        """Bytes a model may take of the machine's own memory; None if that is not known."""
        return None if self.memory is None else max(0, self.memory - _LEFT_IN_MEMORY)
