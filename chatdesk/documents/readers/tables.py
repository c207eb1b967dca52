"""Rows of cells as a table in GFM's form."""

from collections.abc import Sequence


def table_text(rows: Sequence[Sequence[str]]) -> str:
    """Return rows of cells as a table in GFM's form."""
    width = max(map(len, rows), default=0)
    lines = ["| " + " | ".join([*row, *[""] * (width - len(row))]) + " |" for row in rows]
    return "\n".join([*lines[:1], "|" + " --- |" * width, *lines[1:]]) if lines else ""
