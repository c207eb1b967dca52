"""Version, features and devices of the built-in engine, as it reports them."""

from chatdesk.kernel.fast_dataclass import dataclass


@dataclass(frozen=True, slots=True)
class Device:
    """A computing device. `memory` is in bytes."""

    name: str
    description: str
    memory: int
    is_graphics: bool


@dataclass(frozen=True, slots=True)
class EngineFacts:
    """Properties of the engine. `features` are those of the processor, as llama.cpp lists them: `AVX2 = 1 | FMA = 1`."""

    version: str
    features: str
    devices: tuple[Device, ...] = ()
