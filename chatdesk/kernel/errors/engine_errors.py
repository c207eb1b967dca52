"""What may go wrong with the built-in engine and its models. `EngineError` is the parent of all; see `errors.py`."""

from chatdesk.kernel.errors.base import ChatdeskError
from chatdesk.kernel.fast_dataclass import dataclass


@dataclass(eq=False)
class EngineError(ChatdeskError):
    """Something about the built-in engine."""


@dataclass(eq=False)
class EngineNotInstalled(EngineError):
    """The engine's package is not there."""


@dataclass(eq=False)
class StarterModelMissing(EngineError):
    """The model file is not there; `path` if one was named."""

    path: str = ""


@dataclass(eq=False)
class ModelFileMissing(EngineError):
    """A model's file is no longer where it was found; `model` is its name."""

    model: str = ""
    path: str = ""


@dataclass(eq=False)
class ModelNotLoaded(EngineError):
    """The engine refused a model. `reason` is the first thing it had against it, `detail` all of that."""

    model: str = ""
    reason: str = ""
    detail: str = ""


@dataclass(eq=False)
class LoadBrokenOff(EngineError):
    """The engine's process ended, without a word, while it loaded a model: mostly the system took its memory away."""

    model: str = ""
    exit_code: int | None = None


@dataclass(eq=False)
class ProcessorUnsupported(EngineError):
    """The processor lacks `feature` (AVX2)."""

    feature: str = ""


@dataclass(eq=False)
class LibraryMissing(EngineError):
    """A shared library of the system is missing."""

    library: str = ""


@dataclass(eq=False)
class EngineStopped(EngineError):
    """The engine's process ended with `exit_code`; `detail` is the last it said."""

    exit_code: int | None = None
    detail: str = ""
