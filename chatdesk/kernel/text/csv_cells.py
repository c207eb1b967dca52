"""Tables as CSV that no spreadsheet takes for formulas (cases.md 138): what a model or a server wrote must not run anywhere."""

import csv
import io
from collections.abc import Iterable, Sequence

_BEGINS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def safe_cell(text: str) -> str:
    """Return the text with an apostrophe before what a spreadsheet would take for a formula; numbers stay numbers."""
    if not text.startswith(_BEGINS_A_FORMULA):
        return text
    try:
        float(text)
    except ValueError:
        return f"'{text}"
    return text


def to_csv(rows: Iterable[Sequence[str]]) -> str:
    """Return the rows as RFC 4180 has them, with the mark that tells spreadsheets of UTF-8."""
    written = io.StringIO()
    csv.writer(written).writerows([safe_cell(cell) for cell in row] for row in rows)
    return "\ufeff" + written.getvalue()
