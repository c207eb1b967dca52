"""Targets of the links between footnotes and their references within a message."""

from chatdesk.features.chat.ui.transcript.blocks.block_frame import BACK
from chatdesk.features.chat.ui.transcript.blocks.block_text import offset_of_span
from chatdesk.features.chat.ui.transcript.messages.message_item import MessageItem
from chatdesk.features.chat.ui.transcript.text_position import TextPosition
from chatdesk.rendering.markdown.blocks import Block, Footnote, Heading, Paragraph, Span, Table
from chatdesk.rendering.markdown.footnotes import footnote_anchor

_FOOTNOTE_PREFIX = "#fn-"


def footnote_target(item: MessageItem, index: int, target: str) -> TextPosition | None:
    """Return the target of a footnote link in the message with this index; None for other links and missing targets."""
    if not is_footnote_link(target):
        return None
    for placed in item.columns():
        for number, block in enumerate(placed.column.blocks):
            offset = _offset_in(block, target)
            if offset is not None:
                return TextPosition(index, placed.part, number, offset)
    return None


def is_footnote_link(target: str) -> bool:
    """Return whether a link target is a footnote or a reference to one."""
    return target.startswith((_FOOTNOTE_PREFIX, BACK))


def _offset_in(block: Block, target: str) -> int | None:
    if target.startswith(_FOOTNOTE_PREFIX):
        notes = (item for item in block.containers if isinstance(item, Footnote))
        return 0 if any(footnote_anchor(note.label) == target for note in notes) else None
    anchor = target.removeprefix(BACK)

    def refers(span: Span) -> bool:
        return bool(span.footnote) and footnote_anchor(span.footnote) == anchor

    match block:
        case Paragraph() | Heading() | Table():
            return offset_of_span(block, refers)
        case _:
            return None
