"""Matrices, cases, tables and lines under each other, in words."""

from collections.abc import Sequence

from chatdesk.rendering.formulas.speech.said import Said
from chatdesk.rendering.formulas.speech.vocabulary import Vocabulary

Row = Sequence[str]

MATRICES = frozenset({"matrix", "pmatrix", "bmatrix", "Bmatrix", "Vmatrix", "smallmatrix"})
CASES = frozenset({"cases", "dcases", "rcases", "drcases", "numcases"})
TABLES = frozenset({"array", "tabular", "CD"})
LINES = frozenset(
    {
        "align",
        "aligned",
        "split",
        "alignat",
        "alignedat",
        "flalign",
        "eqnarray",
        "gather",
        "gathered",
        "multline",
        "subarray",
    }
    | {"equation", "displaymath", "math", "subequations"}
)
WITH_COLUMNS = frozenset({"array", "tabular", "subarray", "alignat", "alignedat"})
"""Their first argument says how columns are set."""


def grid_words(name: str, rows: Sequence[Row], words: Vocabulary) -> Said:
    """Return an environment, by its name without a star, of rows of cells."""
    columns = max((len(row) for row in rows), default=0)
    if name == "vmatrix":
        return _table("determinant", rows, columns, words)
    if name in MATRICES:
        return _table("matrix", rows, columns, words)
    if name in CASES and len(rows) > 1:
        cases = _numbered("case", [_cells(row) for row in rows], words)
        return Said(words.say("cases", words.say("case count", str(len(rows))), cases), simple=False)
    if name in TABLES and columns > 1:
        return _table("table", rows, columns, words)
    lines = [" ".join(filter(None, row)) for row in rows]
    if name == "subarray":
        return Said(", ".join(lines), simple=False)
    return Said(lines[0] if len(lines) == 1 else _numbered("line", lines, words), simple=False)


def _table(pattern: str, rows: Sequence[Row], columns: int, words: Vocabulary) -> Said:
    height = words.say("one row") if len(rows) == 1 else words.say("rows", str(len(rows)))
    width = words.say("one column") if columns == 1 else words.say("columns", str(columns))
    blank = words.say("empty")
    lines = [", ".join(cell or blank for cell in row) for row in rows]
    return Said(words.say(pattern, height, width, _numbered("row", lines, words)), simple=False)


def _numbered(pattern: str, lines: Sequence[str], words: Vocabulary) -> str:
    return "; ".join(words.say(pattern, str(number), line) for number, line in enumerate(lines, 1))


def _cells(row: Row) -> str:
    return ", ".join(cell.rstrip(" ,;.") for cell in row if cell)
