"""Whether the built-in engine can run a model of an architecture, without loading the engine.

llama.cpp names the architectures that it supports in its library, as strings that end with a zero byte; there is no list to ask for.
"""

import importlib.util
import re
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

_PACKAGE = "xllamacpp"
_LIBRARIES = ("*.so", "*.pyd", "*.dylib", "*.dll")
_CHUNK_BYTES = 1024**2
_NAME = re.compile(r"[a-z0-9][a-z0-9._-]{1,40}")


def supports_architecture(architecture: str) -> bool | None:
    """Return whether the engine knows an architecture, such as `qwen3moe`; None if the engine is not installed. Reads about 100 MB."""
    if not (libraries := _engine_libraries()):
        return None
    return bool(_NAME.fullmatch(architecture)) and names_architecture(libraries, architecture)


@lru_cache(maxsize=64)
def names_architecture(libraries: Sequence[Path], architecture: str) -> bool:
    """Return whether one of the libraries contains the name. A longer name may end with it: linkers merge such strings."""
    name = architecture.encode() + b"\0"
    return any(_contains(path, name) for path in libraries)


def _contains(path: Path, name: bytes) -> bool:
    """Return whether a file contains some bytes. It is read in chunks, between which other threads can work."""
    end = b""
    with path.open("rb", buffering=0) as file:
        while chunk := file.read(_CHUNK_BYTES):
            if (end + chunk).find(name) >= 0:
                return True
            end = chunk[-len(name) :]
    return False


@lru_cache(maxsize=1)
def _engine_libraries() -> tuple[Path, ...]:
    spec = importlib.util.find_spec(_PACKAGE)
    folders = [Path(folder) for folder in (spec and spec.submodule_search_locations) or ()]
    folders += [folder.with_name(f"{folder.name}.libs") for folder in folders]
    return tuple(sorted(path for folder in folders for pattern in _LIBRARIES for path in folder.glob(pattern)))
