"""Glossaries as tables of text: source, target, note, case. What a spreadsheet would run as a formula is written so that it does not."""

import csv
import io
import itertools
from collections.abc import Iterable, Sequence

from chatdesk.features.previews.domain.csv_text import UnclosedQuote, delimiter_of, read_rows
from chatdesk.features.translation.domain.glossary import LONGEST_TERM, MOST_TERMS, Term
from chatdesk.kernel.errors.translation_errors import GlossaryInvalid

HEADER = ("source", "target", "note", "case")
_EXACT = "exact"
_LONGEST_NOTE = 1_000
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_TRUE = frozenset({_EXACT, "yes", "true", "1", "x", "是"})


def write_glossary(terms: Iterable[Term]) -> str:
    """Return a table that `read_glossary` reads as these terms."""
    lines = io.StringIO()
    writer = csv.writer(lines, lineterminator="\n")
    writer.writerow(HEADER)
    for term in terms:
        cells = (term.source, term.target, term.note, _EXACT if term.case_sensitive else "")
        writer.writerow(map(_harmless, cells))
    return lines.getvalue()


def read_glossary(text: str) -> tuple[Term, ...]:
    """Return the terms of a table, of whatever delimiter. A first row with our heads says which column is which.

    Raises `GlossaryInvalid`.
    """
    try:
        rows = read_rows(text, delimiter_of(text))
    except UnclosedQuote as error:
        raise GlossaryInvalid(error.line) from error
    columns: Sequence[str] = HEADER
    if rows and {"source", "target"} <= {cell.strip().lower() for cell in rows[0]}:
        columns = [cell.strip().lower() for cell in rows.pop(0)]
    terms = (_term(dict(zip(columns, row, strict=False))) for row in rows)
    found = tuple(itertools.islice((term for term in terms if term), MOST_TERMS))
    if rows and not found:
        raise GlossaryInvalid
    return found


def merged(terms: Iterable[Term], more: Iterable[Term]) -> tuple[Term, ...]:
    """Return the terms with others among them; of two with one source the later one stays, where the first one stood."""
    by_source = {term.source: term for term in terms}
    by_source.update((term.source, term) for term in more)
    return tuple(by_source.values())[:MOST_TERMS]


def _term(cells: dict[str, str]) -> Term | None:
    def cell(name: str, longest: int) -> str:
        return " ".join(_plain(cells.get(name, "")).split())[:longest]

    source, target = cell("source", LONGEST_TERM), cell("target", LONGEST_TERM)
    if not source or not target:
        return None
    return Term(source, target, cell("note", _LONGEST_NOTE), cell("case", 10).lower() in _TRUE)


def _harmless(cell: str) -> str:
    return "'" + cell if cell.startswith((*_FORMULA, "'")) else cell


def _plain(cell: str) -> str:
    return cell[1:] if cell.startswith("'") and cell[1:].startswith((*_FORMULA, "'")) else cell
