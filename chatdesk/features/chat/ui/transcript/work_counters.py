"""Counters of work for tests and benchmarks, which count operations instead of measuring time."""

from chatdesk.kernel.fast_dataclass import dataclass


@dataclass(slots=True)
class WorkCounters:
    """The counters only increase; measurements use the difference."""

    messages_parsed: int = 0
    messages_measured: int = 0
    """Messages placed on the page, with estimated heights if they have not been visible."""
    blocks_laid_out: int = 0
    """Blocks whose lines were broken or rows measured, including grown ones."""
    blocks_painted: int = 0
    pixels_painted: int = 0
    """The area requested by paint events, in device-independent pixels."""
