"""Document of the translation page: editing, undo, and storage across restarts.

`translation.py` requests translations from a model.
"""

import asyncio
from collections.abc import Callable, Coroutine, Iterable, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Any

from chatdesk.features.translation.domain.detection import detect_language
from chatdesk.features.translation.domain.document import MAX_ROWS, MAX_TEXT_LENGTH, Document, History, TranslationRow
from chatdesk.features.translation.domain.document_record import from_record, to_record
from chatdesk.features.translation.domain.glossary import Glossary
from chatdesk.features.translation.domain.language import language_named
from chatdesk.features.translation.domain.review import Problem, review
from chatdesk.features.translation.domain.segments import Segment
from chatdesk.features.translation.domain.sentences import Span
from chatdesk.features.translation.services.glossaries import Glossaries, GlossaryChanged
from chatdesk.kernel.announcer import Announcer
from chatdesk.kernel.errors.storage_errors import FileNewer, StorageError
from chatdesk.kernel.errors.translation_errors import TextTooLong, TooManyParagraphs
from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.storage.files.json_file import FileOutcome, JsonFile

_WRITE_AFTER_SECONDS = 0.5
_DETECTION_LENGTH = 6_000
_SECOND_LANGUAGES = ("en", "zh-Hans")
"""Likely target languages for a text in the reader's own language."""


@dataclass(frozen=True, slots=True)
class SessionChanged:
    """Rows have changed; `whole` if the set of rows, the languages or the terms may have changed too."""

    rows: frozenset[int] = frozenset()
    whole: bool = False


class TranslationSession:
    """The document and its history. One per program; `load` it first. `language` returns the window's language, the most likely target."""

    def __init__(self, file: JsonFile, glossaries: Glossaries, language: Callable[[], str]) -> None:
        self.changes: Announcer[SessionChanged] = Announcer()
        self.failures: Announcer[StorageError] = Announcer()
        """The document could not be saved; the next change tries again."""
        self.glossaries = glossaries
        self.loaded = False
        self._file = file
        self._language = language
        self._document = Document()
        self._history = History()
        self._detected = ""
        self._pair = ("", "")
        """Languages whose terms have been loaded."""
        self._timer: asyncio.TimerHandle | None = None
        self._writing = asyncio.Lock()
        self._tasks: set[asyncio.Task[None]] = set()
        self._dirty = False
        self._review = lru_cache(maxsize=2_000)(review)
        glossaries.changes.subscribe(self._on_glossary)

    @property
    def document(self) -> Document:
        """The current document."""
        return self._document

    @property
    def detected(self) -> str:
        """Code of the detected source language; empty if unknown."""
        return self._detected

    @property
    def source(self) -> str:
        """Code of the chosen source language, or else the detected one."""
        return self._document.source or self._detected

    @property
    def same_language(self) -> bool:
        """Whether the text is in the target language, so that there is nothing to translate."""
        return bool(self.source) and self.source == self.target

    @property
    def target(self) -> str:
        """Code of the target language."""
        return self._document.target

    @property
    def glossary(self) -> Glossary:
        """The terms for the current languages."""
        return self.glossaries.known(self.source, self.target)

    @property
    def can_undo(self) -> bool:
        """Whether there is a change to undo."""
        return bool(self._history.past)

    @property
    def can_redo(self) -> bool:
        """Whether there is a change to redo."""
        return bool(self._history.future)

    def row(self, number: int) -> TranslationRow | None:
        """Return a row; None if it no longer exists."""
        return next((row for row in self._document.rows if row.number == number), None)

    def problems(self, row: TranslationRow) -> Sequence[Problem]:
        """Return the problems of a row's result."""
        if not row.segment.translatable:
            return ()
        return self._review(row.segment.text, row.result, self.glossary, (self.source, self.target))

    async def load(self) -> None:
        """Load the stored document, once, and the terms of its languages. Raises `StorageError`.

        After `FileNewer` the document is empty and usable; the file of the newer version is preserved.
        """
        if not self.loaded:
            record, outcome = await asyncio.to_thread(self._file.read)
            if not self.loaded:
                self.loaded = True
                document = from_record(record)
                self._document = replace(document, target=document.target or self._default_target())
                self._detect()
                self.changes.announce(SessionChanged(whole=True))
                if outcome is FileOutcome.NEWER:
                    raise FileNewer(str(self._file.path))
        self._pair = (self.source, self.target)
        await self.glossaries.load(*self._pair)

    async def close(self) -> None:
        """Save pending changes."""
        if self._timer:
            self._timer.cancel()
        while running := tuple(self._tasks):
            # Not `gather`: if all tasks have ended, it never yields to the event loop, and `_tasks` would never become empty.
            await asyncio.wait(running)
        await self._save()

    # User actions.

    def set_text(self, text: str, name: str = "") -> None:
        """Replace the document with another text. Raises `TextTooLong` and `TooManyParagraphs`."""
        if len(text) > MAX_TEXT_LENGTH:
            raise TextTooLong(MAX_TEXT_LENGTH)
        now = self._document
        self._set_document(Document.of(text, now.source, now.target or self._default_target(), name))

    def clear(self) -> None:
        """Remove the text."""
        self._set_document(Document((), self._document.source, self._document.target))

    def set_languages(self, source: str, target: str) -> None:
        """Set the languages; an empty source is detected. A new target language invalidates all results.

        A source that becomes the same as the target gets another target with it.
        """
        if source == target != self._document.source and target == self._document.target:
            target = self._other_target(source)  # the source has just been set to the target language
        document = replace(self._document, source=source, target=target)
        if target != self._document.target:
            document = document.stale()
        self._set_document(document)

    def forget_results(self) -> None:
        """Invalidate all results except the user's own, for example to translate with another model or other terms."""
        self._set_document(self._document.stale())

    def swap(self) -> None:
        """Swap the languages: the results become the source."""
        if self.source:
            self._set_document(self._document.swapped(self._detected))

    def edit_source(self, number: int, text: str, *, cut: bool = True) -> None:
        """Change the source of a row. With `cut`, its paragraphs become separate rows. Raises as `set_text` does."""
        if len(text) > MAX_TEXT_LENGTH:
            raise TextTooLong(MAX_TEXT_LENGTH)
        row = self.row(number)
        if row:
            self._set_document(
                self._document.edited(number, text) if cut else self._document.with_rows([row.with_source(text)])
            )

    def edit_result(self, number: int, text: str) -> None:
        """Set the result of a row to the user's own text."""
        row = self.row(number)
        if row and row.result != text:
            self._set_document(self._document.with_rows([row.with_result(text)]), {number})

    def replace_sentence(self, number: int, span: Span, text: str) -> None:
        """Replace a sentence of a result."""
        if row := self.row(number):
            self.edit_result(number, row.result[: span.start] + text + row.result[span.end :])

    def ensure_row(self) -> None:
        """Add an empty row to an empty document."""
        if not self._document.rows:
            self._set(replace(self._document, rows=(TranslationRow(0, Segment("")),)), SessionChanged(whole=True))

    def undo(self) -> None:
        """Undo the last change: an edit, a swap or a translation."""
        before, self._history = self._history.undo(self._document)
        self._set(before, SessionChanged(whole=True))

    def redo(self) -> None:
        """Redo the last undone change."""
        after, self._history = self._history.redo(self._document)
        self._set(after, SessionChanged(whole=True))

    # Translation.

    def remember(self) -> None:
        """Start a new undo step for the following changes."""
        self._history = self._history.remember(self._document)

    def put(self, rows: Iterable[TranslationRow]) -> None:
        """Replace the rows with the same numbers."""
        rows = tuple(rows)
        self._set(self._document.with_rows(rows), SessionChanged(frozenset(row.number for row in rows)))

    def _set_document(self, document: Document, rows: Iterable[int] = ()) -> None:
        if document == self._document:
            return
        if len(document.rows) > MAX_ROWS:
            raise TooManyParagraphs(MAX_ROWS)
        self.remember()
        rows = frozenset(rows)
        self._set(document, SessionChanged(rows, whole=not rows))

    def _set(self, document: Document, change: SessionChanged) -> None:
        before, self._document = self._document, document
        if change.whole:
            self._detect()
            if (before.source, before.target) == (document.source, document.target):
                self._leave_own_language()  # another text, not another choice of languages
            if (self.source, self.target) != self._pair:
                self._pair = (self.source, self.target)
                self._start(self._load_glossary())
        self._dirty = True
        if self._timer is None:
            self._timer = asyncio.get_running_loop().call_later(_WRITE_AFTER_SECONDS, self._write_soon)
        self.changes.announce(change)

    def _default_target(self) -> str:
        known = language_named(self._language())
        return known.code if known else "en"

    def _other_target(self, source: str) -> str:
        """Return a likely target language other than the source: the window's language, or else a widespread one."""
        return next(each for each in (self._default_target(), *_SECOND_LANGUAGES) if each != source)

    def _leave_own_language(self) -> None:
        """Choose the second language for a text in the reader's own one, which is the target unless another one was chosen."""
        document = self._document
        nothing_done = not any(row.result for row in document.rows)
        if not document.source and self.same_language and self.target == self._default_target() and nothing_done:
            self._document = replace(document, target=self._other_target(self.target))

    def _detect(self) -> None:
        beginning = ""
        for row in self._document.rows:
            if row.segment.translatable:
                beginning += row.segment.text + "\n"
            if len(beginning) > _DETECTION_LENGTH:
                break
        self._detected = detect_language(beginning)

    def _on_glossary(self, change: GlossaryChanged) -> None:
        if (change.source, change.target) == (self.source, self.target):
            self.changes.announce(SessionChanged(whole=True))

    def _write_soon(self) -> None:
        self._timer = None
        self._start(self._save())

    def _start(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._ended)

    def _ended(self, task: "asyncio.Task[None]") -> None:
        self._tasks.discard(task)
        if not task.cancelled() and (error := task.exception()):
            task.get_loop().call_exception_handler(
                {"message": "translator: background work failed", "exception": error, "task": task}
            )

    async def _load_glossary(self) -> None:
        try:
            await self.glossaries.load(self.source, self.target)
        except StorageError as error:
            self.failures.announce(error)

    def _write(self, document: Document) -> None:
        """Write the file. May be called from any thread."""
        self._file.write(to_record(document))

    async def _save(self) -> None:
        async with self._writing:
            if not self._dirty:
                return
            self._dirty = False
            try:
                await asyncio.to_thread(self._write, self._document)
            except StorageError as error:
                self._dirty = True
                self.failures.announce(error)
