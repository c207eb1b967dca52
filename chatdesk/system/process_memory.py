"""What a process of ours holds in memory, how it is ended at once, and how our own gives back what it holds for nothing.

Knows no preview; the preview is given these.
"""

import ctypes
import os
import signal
import sys
from pathlib import Path


def end_process(process: int) -> None:
    """End a process at once, without asking it. One that is gone already is no error."""
    try:
        # Windows knows no SIGKILL; there every signal but two means TerminateProcess.
        os.kill(process, signal.SIGTERM if sys.platform == "win32" else signal.SIGKILL)
    except (ProcessLookupError, PermissionError):  # Windows says PermissionError of one that is just ending
        return


if sys.platform == "linux":

    def memory_of(process: int) -> int:
        """Return the bytes that a process holds in memory, what it shares included; 0 when there is no such process."""
        try:
            resident = Path(f"/proc/{process}/statm").read_text(encoding="ascii").split()[1]
        except (OSError, IndexError):  # gone, or about to be
            return 0
        return int(resident) * os.sysconf("SC_PAGE_SIZE")

    def give_memory_back() -> None:
        """Give the system what was freed. The C library keeps large blocks once it has seen larger ones freed: up to all of them."""
        trim = getattr(ctypes.CDLL(None), "malloc_trim", None)  # glibc has it, musl keeps nothing
        if trim is not None:
            trim(0)

elif sys.platform == "darwin":
    _TASK_INFO = 4
    _RESIDENT = 1  # proc_taskinfo begins with the virtual and the resident size, 64 bits each
    _TASK_INFO_BYTES = 96

    def memory_of(process: int) -> int:
        """Return the bytes that a process holds in memory, what it shares included; 0 when there is no such process."""
        info = (ctypes.c_uint64 * (_TASK_INFO_BYTES // 8))()
        written = ctypes.CDLL(None).proc_pidinfo(process, _TASK_INFO, ctypes.c_uint64(0), info, _TASK_INFO_BYTES)
        return int(info[_RESIDENT]) if written == _TASK_INFO_BYTES else 0

    def give_memory_back() -> None:
        """Give the system what was freed, from all zones."""
        ctypes.CDLL(None).malloc_zone_pressure_relief(None, ctypes.c_size_t(0))

elif sys.platform == "win32":
    from ctypes import wintypes

    _LIMITED_INFORMATION = 0x1000

    class _Counters(ctypes.Structure):
        """PROCESS_MEMORY_COUNTERS."""

        _fields_ = (
            ("cb", wintypes.DWORD),
            ("PageFaultCount", wintypes.DWORD),
            ("PeakWorkingSetSize", ctypes.c_size_t),
            ("WorkingSetSize", ctypes.c_size_t),
            ("QuotaPeakPagedPoolUsage", ctypes.c_size_t),
            ("QuotaPagedPoolUsage", ctypes.c_size_t),
            ("QuotaPeakNonPagedPoolUsage", ctypes.c_size_t),
            ("QuotaNonPagedPoolUsage", ctypes.c_size_t),
            ("PagefileUsage", ctypes.c_size_t),
            ("PeakPagefileUsage", ctypes.c_size_t),
        )

    def memory_of(process: int) -> int:
        """Return the bytes that a process holds in memory; 0 when there is no such process."""
        kernel = ctypes.WinDLL("kernel32")
        kernel.OpenProcess.restype = wintypes.HANDLE
        kernel.CloseHandle.argtypes = [wintypes.HANDLE]
        kernel.K32GetProcessMemoryInfo.argtypes = [wintypes.HANDLE, ctypes.POINTER(_Counters), wintypes.DWORD]
        handle = kernel.OpenProcess(_LIMITED_INFORMATION, False, process)
        if not handle:
            return 0
        try:
            counters = _Counters(ctypes.sizeof(_Counters))
            known = kernel.K32GetProcessMemoryInfo(handle, ctypes.byref(counters), counters.cb)
            return int(counters.PagefileUsage) if known else 0
        finally:
            kernel.CloseHandle(handle)

    def give_memory_back() -> None:
        """Do nothing: this system's heap gives large blocks back when they are freed."""
