"""Facts of this machine that other rooms ask for: its processor's cores and the name of its system."""

import os
import platform
import sys
from pathlib import Path

_CPU_FOLDER = Path("/sys/devices/system/cpu")


def physical_cores() -> int:
    """Return how many cores this process may use, not counting hyper-threads twice; at least 1."""
    usable = _usable_threads()
    return max(1, min(usable, _count_cores() or usable))


def system_name() -> str:
    """Return the system as its makers call it, with its version: `Debian GNU/Linux 13 (trixie)`, `macOS 15.1`, `Windows 11`."""
    if mac_version := platform.mac_ver()[0]:
        return f"macOS {mac_version}"
    try:
        return platform.freedesktop_os_release()["PRETTY_NAME"]
    except (OSError, KeyError):  # Windows, or a Linux container with nothing in it
        return f"{platform.system()} {platform.release()}"


def count_linux_cores(cpu_folder: Path = _CPU_FOLDER) -> int | None:
    """Count the groups of threads that share a core, as sysfs lists them; None where it does not."""
    cores = set()
    for siblings in cpu_folder.glob("cpu[0-9]*/topology/thread_siblings_list"):
        try:
            cores.add(siblings.read_text(encoding="ascii"))
        except OSError:
            continue  # went offline just now
    return len(cores) or None


if sys.platform == "linux":

    def _usable_threads() -> int:
        return len(os.sched_getaffinity(0))

    def _count_cores() -> int | None:
        return count_linux_cores()

elif sys.platform == "darwin":
    import ctypes

    def _usable_threads() -> int:
        return os.cpu_count() or 1

    def _count_cores() -> int | None:
        """Ask sysctl; the fast cores where there are two kinds: waiting for the slow ones costs more than they bring."""
        system = ctypes.CDLL(None)
        for name in (b"hw.perflevel0.physicalcpu", b"hw.physicalcpu"):
            value = ctypes.c_int32(0)
            size = ctypes.c_size_t(ctypes.sizeof(value))
            if system.sysctlbyname(name, ctypes.byref(value), ctypes.byref(size), None, 0) == 0 and value.value > 0:
                return value.value
        return None

elif sys.platform == "win32":
    import ctypes

    def _usable_threads() -> int:
        return os.cpu_count() or 1

    def _count_cores() -> int | None:
        """Count the records of GetLogicalProcessorInformationEx: one for each core, each with its size behind its kind."""
        relation_processor_core = 0
        ask = ctypes.WinDLL("kernel32").GetLogicalProcessorInformationEx
        size = ctypes.c_ulong(0)
        ask(relation_processor_core, None, ctypes.byref(size))
        records = ctypes.create_string_buffer(size.value)
        if not ask(relation_processor_core, records, ctypes.byref(size)):
            return None
        cores = offset = 0
        while offset < size.value:
            cores += 1
            offset += int.from_bytes(records.raw[offset + 4 : offset + 8], sys.byteorder)
        return cores or None
