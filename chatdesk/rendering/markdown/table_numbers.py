"""Which columns of a table contain numbers: these are at the right unless the table says otherwise."""

import re

from chatdesk.rendering.markdown.blocks import Alignment, Table

_NUMBER = re.compile(
    r"[-+−±~≈<>≤≥]*\s*[€$£¥₹]?\s*[-+−]?\d[\d\s.,:'’·×/-]*(?:e[-+]?\d+)?"  # 1,234.5 · 1:30 · 1e5
    r"\s*(?:[%‰°€$£¥₹]|[^\W\d_]{1,5})?(?:/[^\W\d_]{1,4})?"  # % · ms · GB/s
)
_NOTHING = re.compile(r"[-–—/.?]*|n/a", re.IGNORECASE)


def still_numbers(so_far: bool | None, text: str) -> bool | None:
    """Return whether a column contains only numbers after another cell; None while it is empty."""
    content = text.strip()
    if _NOTHING.fullmatch(content):
        return so_far
    return so_far is not False and _NUMBER.fullmatch(content) is not None


def shown_alignments(table: Table) -> tuple[Alignment, ...]:
    """Return the alignments of the columns as the table is shown."""
    return tuple(
        Alignment.RIGHT if alignment is Alignment.NONE and _is_numeric(table, column) else alignment
        for column, alignment in enumerate(table.alignments)
    )


def _is_numeric(table: Table, column: int) -> bool:
    so_far: bool | None = None
    for row in table.rows:
        so_far = still_numbers(so_far, "".join(span.text for span in row[column]))
        if so_far is False:
            break
    return so_far is True
