"""Whether this processor has what the engine's package was built for. A processor without it would end the engine in mid-step."""

import platform
import sys
from pathlib import Path

REQUIRED_FEATURE = "AVX2"
"""Of x86 processors: Intel since 2013, AMD since 2015. ARM packages need nothing special."""
_X86 = frozenset({"x86_64", "amd64", "x86", "i386", "i686"})


def has_required_feature() -> bool:
    """Tell whether the engine's instructions are there. True where the system does not say: then starting it will tell."""
    return platform.machine().lower() not in _X86 or _has_avx2()


def linux_has_avx2(cpuinfo: str) -> bool:
    """Look for the flag in the text of /proc/cpuinfo."""
    flags = (line.partition(":")[2].split() for line in cpuinfo.splitlines() if line.startswith("flags"))
    return "avx2" in next(flags, ["avx2"])


if sys.platform == "linux":

    def _has_avx2() -> bool:
        try:
            return linux_has_avx2(Path("/proc/cpuinfo").read_text(encoding="ascii", errors="replace"))
        except OSError:
            return True

elif sys.platform == "darwin":
    import ctypes

    def _has_avx2() -> bool:
        value = ctypes.c_int32(0)
        size = ctypes.c_size_t(ctypes.sizeof(value))
        status = ctypes.CDLL(None).sysctlbyname(b"hw.optional.avx2_0", ctypes.byref(value), ctypes.byref(size), None, 0)
        return bool(status == 0 and value.value)

elif sys.platform == "win32":
    import ctypes

    _PF_AVX2_INSTRUCTIONS_AVAILABLE = 40

    def _has_avx2() -> bool:
        return bool(ctypes.WinDLL("kernel32").IsProcessorFeaturePresent(_PF_AVX2_INSTRUCTIONS_AVAILABLE))
