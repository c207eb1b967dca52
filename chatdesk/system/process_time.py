"""How much processor time another process of ours has taken, all its threads together. Knows no preview; the preview is given this."""

import os
import sys
from pathlib import Path

if sys.platform == "linux":

    def processor_time_of(process: int) -> float:
        """Return the seconds that a process has taken so far; 0 when there is no such process."""
        try:
            text = Path(f"/proc/{process}/stat").read_text(encoding="ascii", errors="replace")
        except OSError:  # gone, or about to be
            return 0
        user, system = text.rpartition(")")[2].split()[11:13]  # after the name, which may hold anything
        return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")

elif sys.platform == "darwin":
    import ctypes

    _TASK_INFO = 4
    _USER, _SYSTEM = 2, 3  # proc_taskinfo: both sizes come first, 64 bits each
    _TASK_INFO_BYTES = 96

    def processor_time_of(process: int) -> float:
        """Return the seconds that a process has taken so far; 0 when there is no such process."""
        library = ctypes.CDLL(None)
        info = (ctypes.c_uint64 * (_TASK_INFO_BYTES // 8))()
        written = library.proc_pidinfo(process, _TASK_INFO, ctypes.c_uint64(0), info, _TASK_INFO_BYTES)
        if written != _TASK_INFO_BYTES:
            return 0
        base = (ctypes.c_uint32 * 2)()  # a tick in nanoseconds, as a fraction
        library.mach_timebase_info(base)
        return (int(info[_USER]) + int(info[_SYSTEM])) * base[0] / base[1] / 1e9

elif sys.platform == "win32":
    import ctypes
    from ctypes import wintypes

    _LIMITED_INFORMATION = 0x1000

    def processor_time_of(process: int) -> float:
        """Return the seconds that a process has taken so far; 0 when there is no such process."""
        kernel = ctypes.WinDLL("kernel32")
        kernel.OpenProcess.restype = wintypes.HANDLE
        kernel.CloseHandle.argtypes = [wintypes.HANDLE]
        kernel.GetProcessTimes.argtypes = [wintypes.HANDLE, *[ctypes.POINTER(ctypes.c_uint64)] * 4]
        handle = kernel.OpenProcess(_LIMITED_INFORMATION, False, process)
        if not handle:
            return 0
        try:
            begun, ended, system, user = (ctypes.c_uint64() for _ in range(4))
            times = [ctypes.byref(one) for one in (begun, ended, system, user)]
            known = kernel.GetProcessTimes(handle, *times)
            return (system.value + user.value) / 1e7 if known else 0
        finally:
            kernel.CloseHandle(handle)
