"""What is copied of a selection: plain text, made from the blocks. Nothing needs to be laid out for it."""

from chatdesk.ui.transcript.blocks.block_column import BlockColumn
from chatdesk.ui.transcript.blocks.block_frame import gap_between
from chatdesk.ui.transcript.blocks.block_text import copied
from chatdesk.ui.transcript.page.document import Document
from chatdesk.ui.transcript.place import ColumnSelection, Selection


def selected_text(document: Document, selection: Selection) -> str:
    """Return the text of a selection: an empty line between blocks, none between the items of a tight list."""
    pieces = []
    for index in range(selection.start.message, min(selection.end.message + 1, len(document))):
        for placed in document[index].columns():
            selected = selection.within(index, placed.part)
            if selected:
                pieces.append(_of_column(placed.column, selected))
    return "\n\n".join(filter(None, pieces))


def _of_column(column: BlockColumn, selected: ColumnSelection) -> str:
    text = ""
    for index in range(selected.start.block, len(column.blocks)):
        within = selected.within(index)
        if within is None:
            if selected.end and index > selected.end.block:
                break
            continue
        above = column.blocks[index - 1] if index else None
        if text:
            text += "\n\n" if gap_between(above, column.blocks[index]) else "\n"
        text += copied(column.blocks[index], above.containers if above else (), *within)
    return text
