"""How much work was done: for tests and benches, which count it rather than seconds."""

from chatdesk.kernel.fast_dataclass import dataclass


@dataclass(slots=True)
class WorkCounters:
    """Only ever counted up; whoever measures takes the difference."""

    messages_parsed: int = 0
    messages_measured: int = 0
    """Messages that took a place on the page, their heights estimated if nobody had looked at them."""
    blocks_laid_out: int = 0
    """Blocks whose lines were broken or whose rows were measured, a grown one included."""
    blocks_painted: int = 0
    pixels_painted: int = 0
    """The area asked for by paint events, in device-independent pixels."""
