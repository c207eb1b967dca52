"""How code is shown: what the user chooses for all code, or for one block of it."""

from chatdesk.kernel.fast_dataclass import dataclass


@dataclass(frozen=True, slots=True)
class CodeOptions:
    """A block keeps its own once they were changed there."""

    wrapped: bool = False
    """Whether long lines go on in the next row; else the block scrolls sideways."""
    numbered: bool = False
    """Whether lines have numbers. They are painted, never selected or copied."""
