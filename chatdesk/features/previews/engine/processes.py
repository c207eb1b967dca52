"""What a preview must be able to do with processes. How each system does it is known below; the preview is given this."""

from collections.abc import Callable

from chatdesk.kernel.fast_dataclass import dataclass


@dataclass(frozen=True, slots=True)
class Processes:
    """Processes are told by their numbers."""

    memory_of: Callable[[int], int]
    """The bytes that a process holds; 0 when there is none."""
    processor_time_of: Callable[[int], float]
    """The seconds of processor time that it has taken, all its threads together."""
    end: Callable[[int], None]
    """Ends a process at once."""
    give_memory_back: Callable[[], None]
    """Gives the system what our own process has freed, but keeps. May take longer than a frame; safe in any thread."""
