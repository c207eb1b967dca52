"""The display options of code, for all blocks or for a single one."""

from chatdesk.kernel.fast_dataclass import dataclass


@dataclass(frozen=True, slots=True)
class CodeOptions:
    """The options of code blocks. A block keeps its own once they have been changed there."""

    wrapped: bool = False
    """Whether long lines wrap; otherwise the block scrolls horizontally."""
    numbered: bool = False
    """Whether lines are numbered. Numbers are painted, never selected or copied."""
    as_code: bool = False
    """Whether a diagram that is drawn is shown as code."""
