"""The resources of a machine for running models, as plain values. `system/graphics.py` and `system/memory.py` determine them."""

from enum import StrEnum

from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.kernel.models.memory_need import GIBIBYTE

# Version, features and devices of the built-in engine, as it reports them.


@dataclass(frozen=True, slots=True)
class Device:
    """A computing device. `memory` is in bytes."""

    name: str
    description: str
    memory: int
    is_graphics: bool
    integrated: bool = False
    """Whether it is a graphics card that uses the machine's memory."""


@dataclass(frozen=True, slots=True)
class EngineFacts:
    """Properties of the engine. `features` are those of the processor, as llama.cpp lists them: `AVX2 = 1 | FMA = 1`."""

    version: str
    features: str
    devices: tuple[Device, ...] = ()


class Offload(StrEnum):
    """How much of a model runs on the graphics card, the most first."""

    FULL = "full"
    """All layers, or as many as fit or as the user chose."""
    HALF = "half"
    NONE = "none"


_LEFT_ON_CARD = GIBIBYTE // 2
"""Graphics memory used by the desktop and the driver."""
_LEFT_IN_MEMORY = 5 * GIBIBYTE // 2
"""Memory used by the system and a few programs."""
_LARGE_APPLE_MEMORY = 36 * GIBIBYTE


@dataclass(frozen=True, slots=True)
class GraphicsCard:
    """A graphics card. `memory` is in bytes; None = unknown."""

    name: str
    memory: int | None = None
    integrated: bool = False
    """Whether it uses the machine's memory. Such a card speeds up a model only slightly, so its memory is not counted."""


@dataclass(frozen=True, slots=True)
class Machine:
    """Resources of a machine; None = unknown. `unified`: processor and graphics share their memory (Apple Silicon)."""

    processor: str = ""
    memory: int | None = None
    memory_free: int | None = None
    cards: tuple[GraphicsCard, ...] = ()
    unified: bool = False
    disk_free: int | None = None
    """On the disk where the server stores its models."""

    @property
    def graphics_is_unknown(self) -> bool:
        """Whether there is a graphics card that could hold a model but whose memory is unknown."""
        return any(card.memory is None and not card.integrated for card in self.cards)

    @property
    def usable_graphics(self) -> int:
        """Bytes that a model may use on all graphics cards together; 0 if none is known.

        macOS lets Metal use two thirds of small memories and three quarters of large ones (`recommendedMaxWorkingSetSize`; newer systems up
        to 78 %).
        """
        if self.unified:
            memory = self.memory or 0
            return memory * 3 // 4 if memory >= _LARGE_APPLE_MEMORY else memory * 2 // 3
        return sum(max(0, (card.memory or 0) - _LEFT_ON_CARD) for card in self.cards if not card.integrated)

    @property
    def usable_memory(self) -> int | None:
        """Bytes that a model may use of the machine's main memory; None if unknown."""
        return None if self.memory is None else max(0, self.memory - _LEFT_IN_MEMORY)
