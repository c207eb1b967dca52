"""The glossaries: one for each pair of languages, read when it is needed, written when it changes. Nothing here blocks the loop."""

import asyncio
from collections.abc import Iterable
from pathlib import Path

from chatdesk.features.attachments.services.text_files import read_text
from chatdesk.features.translation.domain.glossary import Glossary, Term
from chatdesk.features.translation.services.glossary_csv import merged, read_glossary, write_glossary
from chatdesk.features.translation.services.glossary_files import GlossaryFiles
from chatdesk.kernel.announcer import Announcer
from chatdesk.kernel.errors.translation_errors import GlossaryInvalid
from chatdesk.kernel.fast_dataclass import dataclass


@dataclass(frozen=True, slots=True)
class GlossaryChanged:
    """The terms of a pair of languages are others now."""

    source: str
    target: str


class Glossaries:
    """One per program. A file that is no table any more counts as empty, and is only overwritten when a person changes the glossary."""

    def __init__(self, files: GlossaryFiles) -> None:
        self.changes: Announcer[GlossaryChanged] = Announcer()
        self._files = files
        self._known: dict[tuple[str, str], Glossary] = {}
        self._turn = asyncio.Lock()
        """What is read must not come after what was written meanwhile."""

    def known(self, source: str, target: str) -> Glossary:
        """Return the glossary of a pair as it was read last; an empty one if it was not read yet."""
        return self._known.get((source, target), Glossary())

    async def load(self, source: str, target: str) -> Glossary:
        """Read the glossary of a pair, again too: a person may have changed its file. Raises `StorageError`."""
        if not source or not target:
            return Glossary()
        async with self._turn:
            glossary = await asyncio.to_thread(self._read, source, target)
            self._set(source, target, glossary)
        return glossary

    async def save(self, source: str, target: str, terms: Iterable[Term]) -> None:
        """Keep other terms for a pair. Raises `StorageError`."""
        async with self._turn:
            glossary = Glossary(terms)
            self._set(source, target, glossary)
            await asyncio.to_thread(self._write, source, target, glossary)

    async def read_file(self, path: Path) -> tuple[Term, ...]:
        """Return the terms of a file of the person's. Raises `AttachmentError` and `TranslationError`."""
        return await asyncio.to_thread(read_glossary, await read_text(path))

    @staticmethod
    def merged(terms: Iterable[Term], more: Iterable[Term]) -> tuple[Term, ...]:
        """Return the terms with others among them."""
        return merged(terms, more)

    @staticmethod
    def as_table(terms: Iterable[Term]) -> str:
        """Return the terms as the text of a CSV file."""
        return write_glossary(terms)

    def _set(self, source: str, target: str, glossary: Glossary) -> None:
        if glossary != self.known(source, target):
            self._known[source, target] = glossary
            self.changes.announce(GlossaryChanged(source, target))

    # Any thread: a table may have a million rows.

    def _read(self, source: str, target: str) -> Glossary:
        try:
            return Glossary(read_glossary(self._files.read(source, target)))
        except GlossaryInvalid:
            return Glossary()

    def _write(self, source: str, target: str, glossary: Glossary) -> None:
        self._files.write(source, target, write_glossary(glossary.terms))
