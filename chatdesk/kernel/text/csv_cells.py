"""CSV tables that spreadsheets do not evaluate (cases.md 138): text written by a model, a server or a file must not run as a formula."""

import csv
import io
import re
from collections.abc import Iterable, Sequence

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""Japanese and Chinese editions of spreadsheets treat the wide signs as the others."""
_NUMBER = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")


def guarded_cell(text: str, *, keep_numbers: bool = False) -> str:
    """Return the text with an apostrophe before anything that spreadsheets treat as a formula; `unguarded_cell` removes it.

    `keep_numbers`: leave signed numbers unchanged, so that spreadsheets can calculate with them.
    """
    if text.startswith(_FORMULA_STARTS):
        return text if keep_numbers and _NUMBER.fullmatch(text) else f"'{text}"
    return f"'{text}" if _is_guarded(text) else text


def unguarded_cell(text: str) -> str:
    """Return the original text of a guarded cell."""
    return text[1:] if _is_guarded(text) else text


def to_csv(rows: Iterable[Sequence[str]], *, keep_numbers: bool = False, line_end: str = "\r\n") -> str:
    """Return the rows as CSV (RFC 4180) with each cell guarded."""
    output = io.StringIO()
    writer = csv.writer(output, lineterminator=line_end)
    writer.writerows([guarded_cell(cell, keep_numbers=keep_numbers) for cell in row] for row in rows)
    return output.getvalue()


def _is_guarded(text: str) -> bool:
    return text.startswith("'") and text[1:].startswith((*_FORMULA_STARTS, "'"))
