"""Glossaries: one for each language pair, read on demand and written on change, without blocking the event loop."""

import asyncio
import itertools
from collections.abc import Iterable, Sequence
from pathlib import Path

from chatdesk.features.attachments.services.text_files import read_text
from chatdesk.features.previews.domain.csv_text import UnclosedQuote, delimiter_of, read_rows
from chatdesk.features.translation.domain.glossary import MAX_TERM_LENGTH, MAX_TERMS, Glossary, Term
from chatdesk.features.translation.services.glossary_files import GlossaryFiles
from chatdesk.kernel.announcer import Announcer
from chatdesk.kernel.errors.translation_errors import GlossaryInvalid
from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.kernel.text.csv_cells import to_csv, unguarded_cell

# Glossaries as tables with the columns source, target, note and case.

HEADER = ("source", "target", "note", "case")
_EXACT = "exact"
_MAX_NOTE_LENGTH = 1_000
_TRUE = frozenset({_EXACT, "yes", "true", "1", "x", "是"})


def write_glossary(terms: Iterable[Term]) -> str:
    """Return a CSV table that `read_glossary` reads as the same terms."""
    rows = ((term.source, term.target, term.note, _EXACT if term.case_sensitive else "") for term in terms)
    return to_csv((HEADER, *rows), line_end="\n")


def read_glossary(text: str) -> tuple[Term, ...]:
    """Return the terms of a table with any delimiter. A header row with our column names determines the order of the columns.

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
    found = tuple(itertools.islice((term for term in terms if term), MAX_TERMS))
    if rows and not found:
        raise GlossaryInvalid
    return found


def merged(terms: Iterable[Term], more: Iterable[Term]) -> tuple[Term, ...]:
    """Return both lists of terms. If two terms have the same source, the later one takes the position of the earlier one."""
    by_source = {term.source: term for term in terms}
    by_source.update((term.source, term) for term in more)
    return tuple(by_source.values())[:MAX_TERMS]


def _term(cells: dict[str, str]) -> Term | None:
    def cell(name: str, longest: int) -> str:
        return " ".join(unguarded_cell(cells.get(name, "")).split())[:longest]

    source, target = cell("source", MAX_TERM_LENGTH), cell("target", MAX_TERM_LENGTH)
    if not source or not target:
        return None
    return Term(source, target, cell("note", _MAX_NOTE_LENGTH), cell("case", 10).lower() in _TRUE)


@dataclass(frozen=True, slots=True)
class GlossaryChanged:
    """The terms of a language pair have changed."""

    source: str
    target: str


class Glossaries:
    """All glossaries. One per program.

    A file that is not a valid table counts as empty, and is only overwritten when the user changes the glossary.
    """

    def __init__(self, files: GlossaryFiles) -> None:
        self.changes: Announcer[GlossaryChanged] = Announcer()
        self._files = files
        self._known: dict[tuple[str, str], Glossary] = {}
        self._lock = asyncio.Lock()
        """Prevents a read from overwriting the result of a later write."""

    def known(self, source: str, target: str) -> Glossary:
        """Return the glossary of a language pair as last read; empty if not read yet."""
        return self._known.get((source, target), Glossary())

    async def load(self, source: str, target: str) -> Glossary:
        """Read the glossary of a language pair. It is read every time, as the user may have edited its file. Raises `StorageError`."""
        if not source or not target:
            return Glossary()
        async with self._lock:
            glossary = await asyncio.to_thread(self._read, source, target)
            self._set(source, target, glossary)
        return glossary

    async def save(self, source: str, target: str, terms: Iterable[Term]) -> None:
        """Save the terms of a language pair. Raises `StorageError`."""
        async with self._lock:
            glossary = Glossary(terms)
            self._set(source, target, glossary)
            await asyncio.to_thread(self._write, source, target, glossary)

    async def read_file(self, path: Path) -> tuple[Term, ...]:
        """Return the terms of a file that the user chose. Raises `AttachmentError` and `TranslationError`."""
        return await asyncio.to_thread(read_glossary, await read_text(path))

    @staticmethod
    def merged(terms: Iterable[Term], more: Iterable[Term]) -> tuple[Term, ...]:
        """Return both lists of terms. If two terms have the same source, the later one takes the position of the earlier one."""
        return merged(terms, more)

    @staticmethod
    def as_table(terms: Iterable[Term]) -> str:
        """Return the terms as the text of a CSV file."""
        return write_glossary(terms)

    def _set(self, source: str, target: str, glossary: Glossary) -> None:
        if glossary != self.known(source, target):
            self._known[source, target] = glossary
            self.changes.announce(GlossaryChanged(source, target))

    # These run on worker threads, because a table may have a million rows.

    def _read(self, source: str, target: str) -> Glossary:
        try:
            return Glossary(read_glossary(self._files.read(source, target)))
        except GlossaryInvalid:
            return Glossary()

    def _write(self, source: str, target: str, glossary: Glossary) -> None:
        self._files.write(source, target, write_glossary(glossary.terms))
