"""Other processes: their memory, processor time and names, and how to end them; and return of this process's free memory to the system.

The preview does not import this module: the functions are passed to it.
"""

import os
import signal
import sys
from collections.abc import Collection


def load_psutil() -> None:
    """Import psutil, so that the first figure of a process is there at once. Takes several frames of the window: for a thread."""
    import psutil  # noqa: F401, PLC0415 - this is what it is for


def memory_of(process: int) -> int:
    """Return the bytes of memory of a process, including shared memory; 0 if it does not exist."""
    import psutil  # noqa: PLC0415 - start-up time

    try:
        memory = psutil.Process(process).memory_info()
    except psutil.Error:
        return 0
    # On Windows, `vms` is the memory committed for this process alone; elsewhere, it is only address space.
    return int(memory.vms if sys.platform == "win32" else memory.rss)


def processor_time_of(process: int) -> float:
    """Return the seconds of processor time used by all threads of a process together; 0 if it does not exist."""
    import psutil  # noqa: PLC0415 - start-up time

    try:
        times = psutil.Process(process).cpu_times()
    except psutil.Error:
        return 0
    return float(times.user + times.system)


def is_any_running(names: Collection[str]) -> bool:
    """Return whether a process with one of these names is running, under any user. `names` are in lower case and without ".exe".

    False if the system does not list its processes.
    """
    import psutil  # noqa: PLC0415 - start-up time

    try:
        running = [str(process.info["name"] or "") for process in psutil.process_iter(["name"])]
    except (OSError, psutil.Error):
        return False
    return any(name.lower().removesuffix(".exe") in names for name in running)


def end_process(process: int) -> None:
    """Kill a process. One that has already ended is not an error."""
    try:
        # Windows has no SIGKILL; there, every signal except two means TerminateProcess.
        os.kill(process, signal.SIGTERM if sys.platform == "win32" else signal.SIGKILL)
    except (ProcessLookupError, PermissionError):  # Windows raises PermissionError for a process that is ending
        return


# Not `psutil.heap_trim`: it holds the global interpreter lock while it runs, which can take several frames of the window.
if sys.platform == "linux":

    def release_memory() -> None:
        """Return freed memory to the system.

        After larger blocks were freed, the C library keeps freed blocks up to that size instead of returning them.
        """
        import ctypes  # noqa: PLC0415 - start-up time

        trim = getattr(ctypes.CDLL(None), "malloc_trim", None)  # available in glibc; musl keeps nothing
        if trim is not None:
            trim(0)

elif sys.platform == "darwin":

    def release_memory() -> None:
        """Return freed memory of all zones to the system."""
        import ctypes  # noqa: PLC0415 - start-up time

        ctypes.CDLL(None).malloc_zone_pressure_relief(None, ctypes.c_size_t(0))

elif sys.platform == "win32":

    def release_memory() -> None:
        """Do nothing: the heap of this system returns large blocks when they are freed."""
