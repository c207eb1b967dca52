"""The first block that differs between two lists of blocks.

A block that did not change stays the same object (`rendering/markdown/incremental.py`).
"""

from collections.abc import Sequence
from operator import is_not

from chatdesk.rendering.markdown.blocks import Block


def first_difference(before: Sequence[Block], now: Sequence[Block]) -> int:
    """Return the first block that is another. Fast, since it is asked for with every piece of an answer that streams."""
    common = min(len(before), len(now))
    return next((index for index, other in enumerate(map(is_not, before, now)) if other), common)
