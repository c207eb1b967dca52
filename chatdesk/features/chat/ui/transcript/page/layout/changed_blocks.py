"""From where on a list of blocks is another than it was: a block that did not change stays the same object (`rendering/incremental.py`)."""

from collections.abc import Sequence
from operator import is_not

from chatdesk.rendering.blocks import Block


def first_difference(before: Sequence[Block], now: Sequence[Block]) -> int:
    """Return the first block that is another. Fast, since it is asked for with every piece of an answer that streams."""
    common = min(len(before), len(now))
    return next((index for index, other in enumerate(map(is_not, before, now)) if other), common)
