"""What the built-in engine is, and what it can compute on here, as it says itself."""

from chatdesk.kernel.fast_dataclass import dataclass


@dataclass(frozen=True, slots=True)
class Device:
    """Something that computes. `memory` in bytes."""

    name: str
    description: str
    memory: int
    is_graphics: bool


@dataclass(frozen=True, slots=True)
class EngineFacts:
    """`features` of the processor, as llama.cpp lists them: `AVX2 = 1 | FMA = 1`."""

    version: str
    features: str
    devices: tuple[Device, ...] = ()
