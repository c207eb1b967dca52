"""Process functions that a preview needs. The system package implements them; the caller passes them in."""

from collections.abc import Callable

from chatdesk.kernel.fast_dataclass import dataclass


@dataclass(frozen=True, slots=True)
class Processes:
    """Functions for processes, which are identified by their PID."""

    memory_of: Callable[[int], int]
    """Returns the memory of a process in bytes; 0 if it does not exist."""
    processor_time_of: Callable[[int], float]
    """Returns the CPU time of a process in seconds, for all of its threads."""
    end: Callable[[int], None]
    """Kills a process."""
    release_memory: Callable[[], None]
    """Returns freed memory of this process to the system. May take longer than a frame; can be called on any thread."""
