"""Detection of code that can be previewed: pages and pictures, and styles and scripts next to a page."""

from collections.abc import Sequence

from chatdesk.rendering.markdown.blocks import Block, Code
from chatdesk.rendering.markdown.open_blocks.fence_info import fence_language

_PAGES = frozenset({"html", "htm", "xhtml"})
_PARTS_OF_PAGES = frozenset({"css", "javascript", "js"})


def can_preview(block: Block, beside: Sequence[Block], previewed: frozenset[str]) -> bool:
    """Return whether a block is code that can be previewed. `beside` are the blocks of the same message."""
    if not previewed or not isinstance(block, Code):
        return False
    language = fence_language(block.info)
    if language not in previewed:
        return False
    return language not in _PARTS_OF_PAGES or any(
        isinstance(other, Code) and fence_language(other.info) in _PAGES for other in beside
    )
