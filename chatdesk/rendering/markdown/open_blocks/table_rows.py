"""The rows of a GFM table: cells of a line, and the delimiter row that makes a table of what stands above it."""

import re

from chatdesk.rendering.markdown.blocks import Alignment

MAX_COLUMNS = 256
MAX_FILLED_CELLS = 65_536
"""How many cells that nobody wrote a table may be given to make its rows equally long; a short text could ask for millions."""

_PIPE = re.compile(r"(?<!\\)\|")
_DELIMITER_CHARACTERS = re.compile(r"[-:| \t]{2,}")
_DELIMITER = re.compile(":?-+:?")


def split_row(line: str) -> tuple[str, ...]:
    """Cut a line at its pipes, but not at escaped ones, which become plain pipes."""
    cells = _PIPE.split(line.strip(" \t"))
    if cells[0] == "":
        del cells[0]
    if cells and cells[-1] == "":
        del cells[-1]
    return tuple(cell.replace(r"\|", "|").strip(" \t") for cell in cells)


def fit_row(cells: tuple[str, ...], columns: int) -> tuple[str, ...]:
    """Give a row as many cells as the table has columns: what is missing is empty, what is too much is left out."""
    return cells[:columns] + ("",) * (columns - len(cells))


def parse_delimiter_row(line: str) -> tuple[Alignment, ...] | None:
    """Read `| :-- | --: |` as the alignment of the columns. None if the line is no delimiter row."""
    # A lone dash is a list item or the underline of a heading.
    if not _DELIMITER_CHARACTERS.fullmatch(line) or line.startswith(("- ", "-\t")):
        return None
    alignments = []
    for cell in split_row(line):
        if not _DELIMITER.fullmatch(cell):
            return None
        left, right = cell.startswith(":"), cell.endswith(":")
        alignments.append(
            Alignment.CENTER
            if left and right
            else Alignment.LEFT
            if left
            else Alignment.RIGHT
            if right
            else Alignment.NONE
        )
    return tuple(alignments) if len(alignments) <= MAX_COLUMNS else None
