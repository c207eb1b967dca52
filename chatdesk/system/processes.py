"""What another process of ours uses, how it is ended at once, and how our own returns memory to the system.

The preview knows none of this module: these functions are handed to it.
"""

import ctypes
import os
import signal
import sys


def load_psutil() -> None:
    """Import psutil, so that the first figure of a process is there at once. Takes several frames of the window: for a thread."""
    import psutil  # noqa: F401, PLC0415 - this is what it is for


def memory_of(process: int) -> int:
    """Return the bytes that a process holds in memory, including what it shares; 0 when there is no such process."""
    import psutil  # noqa: PLC0415 - start-up time

    try:
        memory = psutil.Process(process).memory_info()
    except psutil.Error:
        return 0
    # On Windows `vms` is the memory committed for this process alone; elsewhere it is mere address space.
    return int(memory.vms if sys.platform == "win32" else memory.rss)


def processor_time_of(process: int) -> float:
    """Return the seconds of processor time that all threads of a process have used together; 0 when there is no such process."""
    import psutil  # noqa: PLC0415 - start-up time

    try:
        times = psutil.Process(process).cpu_times()
    except psutil.Error:
        return 0
    return float(times.user + times.system)


def end_process(process: int) -> None:
    """End a process at once, without asking it. One that is gone already is no error."""
    try:
        # Windows knows no SIGKILL; there every signal but two means TerminateProcess.
        os.kill(process, signal.SIGTERM if sys.platform == "win32" else signal.SIGKILL)
    except (ProcessLookupError, PermissionError):  # Windows says PermissionError of one that is just ending
        return


# Not `psutil.heap_trim`: it holds Python's lock for as long as it takes, which may be several frames of the window.
if sys.platform == "linux":

    def give_memory_back() -> None:
        """Give the system what was freed. The C library keeps large blocks once it has seen larger ones freed: up to all of them."""
        trim = getattr(ctypes.CDLL(None), "malloc_trim", None)  # glibc has it, musl keeps nothing
        if trim is not None:
            trim(0)

elif sys.platform == "darwin":

    def give_memory_back() -> None:
        """Give the system what was freed, from all zones."""
        ctypes.CDLL(None).malloc_zone_pressure_relief(None, ctypes.c_size_t(0))

elif sys.platform == "win32":

    def give_memory_back() -> None:
        """Do nothing: this system's heap gives large blocks back when they are freed."""
