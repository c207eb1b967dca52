"""Translation of a document row by row: short rows are combined into one request, and each result is shown while it is written.

Answers are checked here; `translation_session.py` holds the text and the user's edits.
"""

import asyncio
from collections.abc import Callable, Iterable, Sequence
from contextlib import aclosing
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Protocol

from chatdesk.features.chat.services.answers import CompletionClient
from chatdesk.features.chat.services.instruction_resolver import InstructionResolver
from chatdesk.features.translation.domain.batches import batches, cleaned, is_whole, split_answer, versions_in
from chatdesk.features.translation.domain.document import RowStatus, TranslationRow
from chatdesk.features.translation.domain.glossary import Glossary, Term
from chatdesk.features.translation.domain.language import language_of
from chatdesk.features.translation.domain.sentences import Span
from chatdesk.features.translation.services.glossaries import Glossaries
from chatdesk.features.translation.services.glossary_files import GLOSSARIES_NAME, GlossaryFiles
from chatdesk.features.translation.services.translation_requests import (
    DEFAULT_PRESET,
    Example,
    PromptContext,
    translation_request,
    versions_request,
)
from chatdesk.features.translation.services.translation_session import TranslationSession
from chatdesk.kernel.announcer import Announcer
from chatdesk.kernel.chat.answer import GrowingAnswer
from chatdesk.kernel.chat.applied_presets import AppliedPreset
from chatdesk.kernel.chat.message import FinishReason
from chatdesk.kernel.chat.request import ChatRequest
from chatdesk.kernel.chat.stream_events import AnswerStage, AnswerStageChanged
from chatdesk.kernel.errors import base as errors
from chatdesk.kernel.errors.failure import Failure
from chatdesk.kernel.errors.translation_errors import NothingTranslated, TranslationTooLong
from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.kernel.models.model import Model, ModelRef
from chatdesk.kernel.running_work import Job, JobKind, RunningWork
from chatdesk.storage.files.json_file import JsonFile

_SESSION_NAME = "translation.json"
"""Name of the file with the document, in the data folder."""
"""Name of the folder with a table for each language pair, in the data folder."""

_EXAMPLES = 2
_MAX_BROKEN_ANSWERS = 2
"""Number of answers with wrong row numbers after which each row is sent separately to this model."""
_MAX_FAILURES = 3
"""Number of consecutive failed rows after which the run ends."""
_MAX_LENGTH_FACTOR, _MAX_EXTRA_LENGTH = 8, 600
"""Limit of a translation's length in characters: a multiple of its source's length, plus a constant."""
_ROW_ERRORS = (
    errors.ContextTooLong,
    errors.AnswerEndedEarly,
    errors.AnswerTooLarge,
    NothingTranslated,
    TranslationTooLong,
)
"""Failures after which the next row may still succeed."""


@dataclass(frozen=True, slots=True)
class TranslationChanged:
    """The translation started or ended, or its active rows or its stage changed."""


@dataclass(frozen=True, slots=True)
class _Batch:
    """Rows for one request, and a note on the problems of the previous result if it is a single row."""

    rows: tuple[TranslationRow, ...]
    note: str = ""


class ModelLookup(Protocol):
    """Looks up what is known about a model."""

    def __call__(self, ref: ModelRef, /) -> Model | None:
        """Return the model; None if it is unknown."""
        ...


class Translation:
    """Translates the session's document. One per program; one run at a time."""

    def __init__(
        self,
        session: TranslationSession,
        completion_client: CompletionClient,
        find_model: ModelLookup,
        instruction_resolver: InstructionResolver,
        now: Callable[[], datetime],
        work: RunningWork | None = None,
    ) -> None:
        self.changes: Announcer[TranslationChanged] = Announcer()
        self.session = session
        self.preset = AppliedPreset.of(DEFAULT_PRESET)
        """Preset for the prompt; the languages are those of the session."""
        self._completion_client = completion_client
        self._find_model = find_model
        self._instruction_resolver = instruction_resolver
        self._now = now
        self._run: asyncio.Task[None] | None = None
        self._running_work = work or RunningWork()
        self._job: Job | None = None
        self._again: list[tuple[int, str]] = []
        self._tried: set[int] = set()
        self._whole = False
        self._broken: dict[ModelRef, int] = {}
        self.working: frozenset[int] = frozenset()
        """Numbers of the rows being translated."""
        self.stage: AnswerStage | None = None
        """Stage before the first token; None for none."""

    @property
    def running(self) -> bool:
        """Whether a translation is in progress."""
        return self._run is not None

    def translate(self, model: ModelRef) -> None:
        """Translate all waiting rows."""
        self._whole = True
        self._tried.clear()
        self._begin(model)

    def retry(self, model: ModelRef, number: int, note: str = "") -> None:
        """Translate one row again, before all others and whatever its status. `note` is a hint for the model on what to improve."""
        self._again.append((number, note))
        self._begin(model)

    async def stop(self) -> None:
        """Stop the translation. Results received so far are kept."""
        self._whole = False
        self._again.clear()
        if self._run:
            self._run.cancel()
            await asyncio.wait([self._run])

    async def close(self) -> None:
        """Stop the translation, and save the session."""
        await self.stop()
        await self.session.close()

    async def wait(self) -> None:
        """Wait until no translation is in progress."""
        while self._run:
            await asyncio.wait([self._run])

    async def versions(self, model: ModelRef, number: int, span: Span) -> Sequence[str]:
        """Return other versions of a sentence of a result. Raises the server's errors."""
        row = self.session.row(number)
        if row is None:
            return ()
        sentence = row.result[span.start : span.end]
        terms = self._terms([row.segment.text])
        request = versions_request(self._prompt_context(model), row.segment.text, row.result, sentence, terms)
        growing = GrowingAnswer()
        async with aclosing(self._completion_client.stream(model, request)) as batches_of_events:
            async for batch in batches_of_events:
                for event in batch:
                    growing.apply(event)
        found = versions_in(growing.text, sentence)
        if not found:
            raise NothingTranslated
        return found

    def _begin(self, model: ModelRef) -> None:
        if self._run is None:
            self.session.remember()
            self._job = self._running_work.begin(JobKind.TRANSLATION, str, model)
            self._run = asyncio.get_running_loop().create_task(self._work(model), name="translate")
            self._run.add_done_callback(self._ended)
            self._announce()

    def _ended(self, task: "asyncio.Task[None]") -> None:
        self._run, self.working, self.stage = None, frozenset(), None
        self._whole = False
        if self._job:
            self._job.end()
        self._announce()
        if not task.cancelled() and (error := task.exception()):
            task.get_loop().call_exception_handler({"message": "translate failed", "exception": error, "task": task})

    def _announce(self) -> None:
        self.changes.announce(TranslationChanged())

    async def _work(self, model: ModelRef) -> None:
        failures = 0
        while batch := self._next(model):
            error = await self._run_batch(model, batch)
            if error is None:
                failures = 0
                continue
            failures += 1
            if not isinstance(error, _ROW_ERRORS) or failures >= _MAX_FAILURES:
                return

    def _next(self, model: ModelRef) -> _Batch | None:
        while self._again:
            number, note = self._again.pop(0)
            if (row := self.session.row(number)) and row.status is not RowStatus.VERBATIM:
                return _Batch((row,), note)
        if not self._whole:
            return None
        waiting = [row for row in self.session.document.rows if row.waits and row.number not in self._tried]
        if not waiting:
            return None
        together = self._broken.get(model, 0) < _MAX_BROKEN_ANSWERS
        count = batches([row.segment.text for row in waiting[:20]])[0] if together else 1
        self._tried |= {row.number for row in waiting[:count]}
        return _Batch(tuple(waiting[:count]))

    async def _run_batch(self, model: ModelRef, batch: _Batch) -> errors.ChatdeskError | None:
        """Translate a batch in one request; if the row numbers in the answer are wrong, translate its rows one by one."""
        rows = batch.rows
        if len(rows) > 1:
            error, whole = await self._ask(model, batch)
            if whole or (error and not isinstance(error, _ROW_ERRORS)):
                return error
            self._broken[model] = self._broken.get(model, 0) + 1
        for row in rows:
            current = self.session.row(row.number)
            if len(rows) > 1 and current and (current.status is RowStatus.DONE or current.own):
                continue
            error, _whole = await self._ask(model, _Batch((row,), batch.note))
            if error:
                return error
        return None

    async def _ask(self, model: ModelRef, batch: _Batch) -> tuple[errors.ChatdeskError | None, bool]:
        """Send one request. Return the error, and whether every row was translated."""
        rows = batch.rows
        texts = [row.segment.text for row in rows]
        request = translation_request(
            self._prompt_context(model), texts, self._terms(texts), self._examples(rows[0]), batch.note
        )
        target = _AnswerTarget(self.session, rows)
        self.working = frozenset(row.number for row in rows)
        self._announce()
        error: errors.ChatdeskError | None = None
        try:
            finish = await self._read(model, request, target)
        except errors.ChatdeskError as raised:
            error, finish = raised, None
        except asyncio.CancelledError:
            target.end(stopped=True)
            raise
        finally:
            self.working, self.stage = frozenset(), None
        if error is None and not target.text.strip():
            error = NothingTranslated()
        if finish is FinishReason.LENGTH:
            error = errors.AnswerEndedEarly()
        whole = target.end(error)
        self._announce()
        return error, whole

    async def _read(self, model: ModelRef, request: ChatRequest, target: "_AnswerTarget") -> FinishReason | None:
        growing = GrowingAnswer()
        async with aclosing(self._completion_client.stream(model, request)) as batches_of_events:
            async for batch in batches_of_events:
                if self._job:
                    self._job.report_progress()
                for event in batch:
                    growing.apply(event)
                    if isinstance(event, AnswerStageChanged) and event.stage is not self.stage:
                        self.stage = event.stage
                        self._announce()
                if growing.has_text or target.text:
                    target.show(growing.text)
                    if len(target.text) > target.most:
                        raise TranslationTooLong
        return growing.finish

    def _prompt_context(self, model: ModelRef) -> PromptContext:
        names = (
            language.name if (language := language_of(code)) else ""
            for code in (self.session.source, self.session.target)
        )
        source, target = names
        known = self._find_model(model) or Model(model, model.model_id)
        return PromptContext(self.preset, source, target or "English", known, self._instruction_resolver, self._now)

    def _terms(self, texts: Sequence[str]) -> Sequence[Term]:
        glossary: Glossary = self.session.glossary
        return tuple(dict.fromkeys(term for text in texts for term in glossary.used_in(text)))

    def _examples(self, row: TranslationRow) -> Sequence[Example]:
        """Return the last translated rows before a row: they show the model names, tone and terms."""
        found: list[Example] = []
        for each in self.session.document.rows:
            if each.number == row.number:
                break
            if each.status is RowStatus.DONE:
                found.append(Example(each.segment.text, each.result))
        return found[-_EXAMPLES:]


class _AnswerTarget:
    """Target rows of an answer in progress. Rows that the user edits meanwhile are not overwritten."""

    def __init__(self, session: TranslationSession, rows: Sequence[TranslationRow]) -> None:
        self._session = session
        self._rows = rows
        self._requested = {row.number: row for row in rows}
        self.text = ""
        self.most = _MAX_LENGTH_FACTOR * sum(len(row.segment.text) for row in rows) + _MAX_EXTRA_LENGTH

    def show(self, text: str) -> None:
        """Write the text received so far into the rows."""
        self.text = text
        found = self._received_texts(complete=False)
        self._update_rows(
            _with_text(row, found[row.number], unfinished=True) for row in self._rows if row.number in found
        )

    def end(self, error: errors.ChatdeskError | None = None, *, stopped: bool = False) -> bool:
        """Write the final text into the rows. Return whether every row was translated."""
        broken = stopped or error is not None
        found = self._received_texts(complete=not broken)
        whole = not broken and len(found) == len(self._rows)
        last = next(reversed(found), self._rows[0].number)
        failure = errors.to_failure(error) if error else None
        ended: list[TranslationRow] = []
        for row in self._rows:
            text = found.get(row.number, "")
            if text and row.number == last and broken:
                row = _with_text(row, text, unfinished=True, failure=failure)  # noqa: PLW2901 - the same row with its result
            elif text:
                row = _with_text(row, text)  # noqa: PLW2901
            elif row.number == last and failure:
                row = replace(row, failure=failure)  # noqa: PLW2901
            ended.append(row)  # a row without a result keeps waiting
        self._update_rows(ended)
        return whole

    def _received_texts(self, *, complete: bool) -> dict[int, str]:
        """Return the text received for each row, by row number."""
        if len(self._rows) == 1:
            (row,) = self._rows
            text = cleaned(self.text, row.segment.text) if complete else self.text.strip()
            return {row.number: text} if text else {}
        parts = split_answer(self.text, complete=complete)
        if complete and not is_whole(parts, len(self._rows)):
            return {}
        return {row.number: parts[position] for position, row in enumerate(self._rows, 1) if parts.get(position)}

    def _update_rows(self, new_rows: Iterable[TranslationRow]) -> None:
        rows: list[TranslationRow] = []
        for row in new_rows:
            current, requested = self._session.row(row.number), self._requested[row.number]
            if current is None or (current.own and current.result != requested.result):
                continue
            if (new := replace(row, segment=current.segment)) != current:
                rows.append(new)
        if rows:
            self._session.put(rows)


def _with_text(
    row: TranslationRow, text: str, *, unfinished: bool = False, failure: Failure | None = None
) -> TranslationRow:
    return TranslationRow(row.number, row.segment, text, row.segment.text, unfinished=unfinished, failure=failure)


def make_translation(
    data: Path,
    completion_client: CompletionClient,
    find_model: ModelLookup,
    instruction_resolver: InstructionResolver,
    now: Callable[[], datetime],
    work: RunningWork,
) -> Translation:
    """Create the services of the translation page. `data` is the data folder."""
    glossaries = Glossaries(GlossaryFiles(data / GLOSSARIES_NAME))
    session = TranslationSession(JsonFile(data / _SESSION_NAME), glossaries, instruction_resolver.language)
    return Translation(session, completion_client, find_model, instruction_resolver, now, work)
