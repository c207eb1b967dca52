"""Errors of the built-in engine and its models. `EngineError` is their base class."""

from chatdesk.kernel.errors.base import ChatdeskError
from chatdesk.kernel.fast_dataclass import dataclass


@dataclass(eq=False)
class EngineError(ChatdeskError):
    """Base class."""


@dataclass(eq=False)
class EngineNotInstalled(EngineError):
    """The engine's package is not installed."""


@dataclass(eq=False)
class StarterModelMissing(EngineError):
    """The model file does not exist. `path` is set if a file was named."""

    path: str = ""


@dataclass(eq=False)
class ModelFileMissing(EngineError):
    """The file of a known model no longer exists. `model` is its name."""

    model: str = ""
    path: str = ""


@dataclass(eq=False)
class ModelNotLoaded(EngineError):
    """The engine could not load a model. `reason` is its first error message, `detail` all of them."""

    model: str = ""
    reason: str = ""
    detail: str = ""


@dataclass(eq=False)
class LoadBrokenOff(EngineError):
    """The engine process ended without a message while loading a model, usually because the system was out of memory."""

    model: str = ""
    exit_code: int | None = None


@dataclass(eq=False)
class ProcessorUnsupported(EngineError):
    """The processor does not support `feature` (AVX2)."""

    feature: str = ""


@dataclass(eq=False)
class LibraryMissing(EngineError):
    """A shared library of the system is missing."""

    library: str = ""


@dataclass(eq=False)
class EngineProgramUnusable(EngineError):
    """A `llama-server` at `path` cannot be run. `detail` is the reason in technical terms."""

    path: str = ""
    detail: str = ""


@dataclass(eq=False)
class EngineBuildMissing(EngineError):
    """The release `tag` of llama.cpp is no longer available at its host."""

    tag: str = ""


@dataclass(eq=False)
class GraphicsCardNotFound(EngineError):
    """A downloaded build of llama.cpp works, but finds no graphics card that it can use."""


@dataclass(eq=False)
class EngineStopped(EngineError):
    """The engine process ended with `exit_code`. `detail` is its last output."""

    exit_code: int | None = None
    detail: str = ""
