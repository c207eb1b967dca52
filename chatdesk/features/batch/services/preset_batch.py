"""Batch run of a preset over many inputs, sequentially or a few at a time, with pause, errors per row, and continuous saving.

The program has one run at a time. It continues while other pages are shown, and can be resumed after a restart.
"""

import asyncio
import time
from collections import Counter
from collections.abc import Awaitable, Callable, Iterable, Sequence
from contextlib import aclosing
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from chatdesk.features.batch.domain.batch import BatchInput, BatchRow, BatchState, RowState
from chatdesk.features.batch.services.batch_journal import BatchJournal, StoredRun, head_of, record_of, stored_run
from chatdesk.features.chat.services.answers import CompletionClient
from chatdesk.features.chat.services.instruction_resolver import InstructionResolver
from chatdesk.features.chat.services.request.request_builder import instructed_request
from chatdesk.kernel.announcer import Announcer
from chatdesk.kernel.chat.answer import GrowingAnswer
from chatdesk.kernel.chat.applied_presets import AppliedPreset
from chatdesk.kernel.chat.message import Role
from chatdesk.kernel.chat.request import Turn
from chatdesk.kernel.errors.attachment_errors import AttachmentError
from chatdesk.kernel.errors.base import (
    AnswerEndedEarly,
    AnswerTooLarge,
    ChatdeskError,
    ContextTooLong,
    PicturesRefused,
    RequestRefused,
    to_failure,
)
from chatdesk.kernel.errors.failure import Failure
from chatdesk.kernel.errors.storage_errors import FileNotSaved
from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.kernel.models.model import ModelRef
from chatdesk.kernel.running_work import Job, JobKind, RunningWork

# Rows of a run with statistics that are updated with each change: states, the next row, average duration.
# With 20,000 rows, a change must not iterate over all of them.


class BatchRows:
    """Rows of a run, changed by number; none are added or removed."""

    def __init__(self, rows: Iterable[BatchRow] = ()) -> None:
        self._rows = list(rows)
        self._counts = Counter(row.state for row in self._rows)
        self._first = 0
        """No row before this one is waiting."""
        self._timed = sum(row.seconds is not None for row in self._rows)
        self._seconds = sum(row.seconds or 0.0 for row in self._rows)

    def __getitem__(self, number: int) -> BatchRow:
        """Return a row."""
        return self._rows[number]

    def __setitem__(self, number: int, row: BatchRow) -> None:
        """Change a row."""
        before = self._rows[number]
        self._rows[number] = row
        self._counts[before.state] -= 1
        self._counts[row.state] += 1
        self._timed += (row.seconds is not None) - (before.seconds is not None)
        self._seconds += (row.seconds or 0.0) - (before.seconds or 0.0)
        if row.state is RowState.WAITING:
            self._first = min(self._first, number)

    @property
    def all(self) -> Sequence[BatchRow]:
        """All rows in order."""
        return self._rows

    @property
    def seconds_each(self) -> float | None:
        """Average seconds per row; None before one is finished."""
        return self._seconds / self._timed if self._timed else None

    def count(self, state: RowState) -> int:
        """Return the number of rows in a state."""
        return self._counts[state]

    def next_waiting(self) -> int | None:
        """Return the number of the first waiting row; None if there is none."""
        while self._first < len(self._rows) and self._rows[self._first].state is not RowState.WAITING:
            self._first += 1
        return self._first if self._first < len(self._rows) else None


MAX_CONCURRENT = 4
MAX_CONSECUTIVE_FAILURES = 3
"""Number of consecutive rows failing because of the server after which the run is paused."""

_ROW_ERRORS = (ContextTooLong, PicturesRefused, RequestRefused, AnswerEndedEarly, AnswerTooLarge, AttachmentError)
"""Errors that do not affect the next row."""


@dataclass(frozen=True, slots=True)
class BatchChanged:
    """A row changed; None if the whole run did."""

    row: int | None = None


class PresetBatch:
    """Batch runs. `completion_client` sends the requests, `instruction_resolver` builds instructions; `journal` stores the results.

    `read_file` returns the text of a file, and raises `AttachmentError`.
    """

    def __init__(
        self,
        completion_client: CompletionClient,
        instruction_resolver: InstructionResolver,
        journal: BatchJournal,
        now: Callable[[], datetime],
        read_file: Callable[[Path], Awaitable[str]],
        work: RunningWork | None = None,
    ) -> None:
        self.changes: Announcer[BatchChanged] = Announcer()
        self._completion_client = completion_client
        self._instruction_resolver = instruction_resolver
        self._journal = journal
        self._now = now
        self._read_file = read_file
        self._rows = BatchRows()
        self._consecutive_failures: list[int] = []
        """Consecutive rows that failed because of the server."""
        self._trouble: Failure | None = None
        self._state = BatchState.READY
        self._at_once = 1
        self._preset: AppliedPreset | None = None
        self._model: ModelRef | None = None
        self._workers: set[asyncio.Task[None]] = set()
        self._running_work = work or RunningWork()
        self._job: Job | None = None
        """Registered while there are workers."""
        self._resume_event = asyncio.Event()
        self._writing = asyncio.Lock()

    @property
    def state(self) -> BatchState:
        """State of the run."""
        return self._state

    @property
    def rows(self) -> Sequence[BatchRow]:
        """Inputs and their results."""
        return self._rows.all

    @property
    def seconds_each(self) -> float | None:
        """Average seconds per row; None before one is finished."""
        return self._rows.seconds_each

    @property
    def trouble(self) -> Failure | None:
        """Why the run was paused automatically: the server does not answer, or saving failed. None otherwise."""
        return self._trouble

    @property
    def preset(self) -> AppliedPreset | None:
        """Preset of the run with its values; None if there is no run."""
        return self._preset

    @property
    def model(self) -> ModelRef | None:
        """Model of the run; None if there is no run."""
        return self._model

    def count(self, state: RowState) -> int:
        """Return the number of rows in a state."""
        return self._rows.count(state)

    async def load_stored(self) -> bool:
        """Load the run of the last session, and return whether there was one.

        Raises `FileNotSaved` if its file cannot be read, `FileNewer` if only a newer version can read it.
        """
        try:
            stored = await asyncio.to_thread(self._read_stored)
        except OSError as error:
            raise FileNotSaved(name="batch", reason=error.strerror or str(error)) from error
        if stored is None or self._rows.all:
            return False
        self._preset, self._model, self._at_once = (
            stored.preset,
            stored.model,
            min(max(stored.at_once, 1), MAX_CONCURRENT),
        )
        self._rows = BatchRows(stored.rows)
        self._state = BatchState.PAUSED if self.count(RowState.WAITING) else BatchState.FINISHED
        self.changes.announce(BatchChanged())
        return bool(stored.rows)

    async def start(
        self, preset: AppliedPreset, model: ModelRef, inputs: Iterable[BatchInput], *, at_once: int = 1
    ) -> None:
        """Start a run, which replaces the last one. Raises `FileNotSaved` if it cannot be saved; then nothing is started."""
        await self.stop()
        batch_input = tuple(inputs)
        at_once = min(max(at_once, 1), MAX_CONCURRENT)
        rows = await asyncio.to_thread(lambda: BatchRows(map(BatchRow, batch_input)))
        await self._write_journal(lambda: self._journal.begin(head_of(preset, model, at_once, batch_input)))
        self._preset, self._model, self._at_once, self._rows = preset, model, at_once, rows
        self.resume()

    def pause(self) -> None:
        """Pause: no new rows are started; those in progress are completed."""
        if self._state is BatchState.RUNNING:
            self._set_state(BatchState.PAUSED)

    def resume(self) -> None:
        """Continue with the waiting rows."""
        self._trouble = None
        self._consecutive_failures.clear()
        if not self.count(RowState.WAITING) or self._preset is None or self._model is None:
            self._set_state(BatchState.FINISHED if self._rows.all else BatchState.READY)
            return
        self._set_state(BatchState.RUNNING)
        loop = asyncio.get_running_loop()
        for number in range(self._at_once - len(self._workers)):
            task = loop.create_task(self._work(), name=f"batch {number}")
            self._workers.add(task)
            task.add_done_callback(self._worker_ended)
        if self._job is None:
            self._job = self._running_work.begin(
                JobKind.BATCH, lambda: self._preset.name if self._preset else "", self._model
            )

    def retry_failed(self) -> None:
        """Run all failed rows again."""
        self.retry(number for number, row in enumerate(self._rows.all) if row.state is RowState.FAILED)

    def retry(self, numbers: Iterable[int]) -> None:
        """Run these rows again, unless they wait or run already."""
        for number in numbers:
            if self._rows[number].state in {RowState.DONE, RowState.FAILED}:
                self._rows[number] = BatchRow(self._rows[number].input)
        self.resume()

    async def stop(self) -> None:
        """Pause, and cancel the rows in progress, which then wait again."""
        self.pause()
        workers = tuple(self._workers)
        for task in workers:
            task.cancel()
        await asyncio.gather(*workers, return_exceptions=True)

    async def clear(self) -> None:
        """Delete the run."""
        await self.stop()
        self._rows, self._preset, self._model, self._trouble = BatchRows(), None, None, None
        await self._write_journal(self._journal.forget)
        self._set_state(BatchState.READY)

    def as_csv(self, headings: Sequence[str], text: Callable[[BatchRow], str]) -> str:
        """Return all rows as a CSV table. Many rows take long, so this may be called on a thread.

        `headings` are the column headings: input, answer, state, seconds, tokens; the values are inserted after the input. `text` returns
        the text for a row's state.
        """
        from chatdesk.kernel.text.csv_cells import to_csv  # noqa: PLC0415 - start-up time

        names = list(dict.fromkeys(name for row in self._rows.all for name in row.input.values))
        table = [[headings[0], *names, *headings[1:]]]
        for row in self._rows.all:
            batch_input = row.input.text or row.input.title
            seconds = "" if row.seconds is None else f"{row.seconds:.1f}"
            values = [row.input.values.get(name, "") for name in names]
            table.append([batch_input, *values, row.answer, text(row), seconds, str(row.tokens or "")])
        return "\ufeff" + to_csv(table, keep_numbers=True)  # without the BOM, spreadsheets assume another encoding

    def _worker_ended(self, task: "asyncio.Task[None]") -> None:
        self._workers.discard(task)
        if self._job and not self._workers:
            self._job.end()
            self._job = None

    def _report_progress(self) -> None:
        """Report progress of a row."""
        if self._job and (total := len(self._rows.all)):
            self._job.report_progress((self.count(RowState.DONE) + self.count(RowState.FAILED)) / total)

    async def _work(self) -> None:
        while self._state is BatchState.RUNNING:
            number = self._rows.next_waiting()
            if number is None:
                break
            await self._answer(number)
        self._workers.discard(asyncio.current_task())
        if not self.count(RowState.WAITING) and not self.count(RowState.RUNNING):
            self._set_state(BatchState.FINISHED)

    async def _answer(self, number: int) -> None:
        row = self._rows[number]
        self._change(number, replace(row, state=RowState.RUNNING))
        started = time.monotonic()
        growing = GrowingAnswer()
        error: ChatdeskError | None = None
        try:
            await self._ask(row.input, growing)
        except asyncio.CancelledError:
            self._change(number, BatchRow(row.input))
            raise
        except ChatdeskError as caught:
            error = caught
        failure = to_failure(error) if error else None
        usage = growing.usage
        done = BatchRow(
            row.input,
            RowState.FAILED if failure else RowState.DONE,
            growing.text.strip(),
            failure,
            time.monotonic() - started,
            usage.completion_tokens if usage else None,
        )
        self._change(number, done)
        try:
            await self._write_journal(lambda: self._journal.add(record_of(number, done)))
        except FileNotSaved as unkept:  # the answer is displayed, and only lost if the program ends now
            self._pause_with(to_failure(unkept))
            return
        self._check_failures(number, error)

    def _check_failures(self, number: int, error: ChatdeskError | None) -> None:
        """Pause after several rows failed for a reason that affects all rows; they wait again."""
        if error is None or isinstance(error, _ROW_ERRORS):
            self._consecutive_failures.clear()
            return
        self._consecutive_failures.append(number)
        if len(self._consecutive_failures) >= MAX_CONSECUTIVE_FAILURES and self._state is BatchState.RUNNING:
            for failed in self._consecutive_failures:
                self._rows[failed] = BatchRow(self._rows[failed].input)
            self._pause_with(to_failure(error))

    def _pause_with(self, failure: Failure) -> None:
        self._trouble = failure
        if self._state is BatchState.RUNNING:
            self._set_state(BatchState.PAUSED)
        else:
            self.changes.announce(BatchChanged())

    def _read_stored(self) -> StoredRun | None:
        stored = self._journal.read()
        return stored_run(*stored) if stored else None

    async def _ask(self, batch_input: BatchInput, growing: GrowingAnswer) -> None:
        assert self._preset is not None  # noqa: S101 - checked by `resume`
        assert self._model is not None  # noqa: S101 - likewise
        text = await self._read_file(Path(batch_input.path)) if batch_input.path else batch_input.text
        preset, now = self._preset.with_values(batch_input.values), self._now()
        instructions = self._instruction_resolver.instructions(preset, "", self._model, now)
        message = preset.message_text(text, self._instruction_resolver.facts(self._model, now))
        request = instructed_request(
            self._model.model_id, (Turn(Role.USER, message),), instructions, instructions.thinking
        )
        async with aclosing(self._completion_client.stream(self._model, request)) as batches:
            async for batch in batches:
                self._report_progress()
                for event in batch:
                    growing.apply(event)

    async def _write_journal(self, write: Callable[[], None]) -> None:
        async with self._writing:
            try:
                await asyncio.to_thread(write)
            except OSError as error:
                raise FileNotSaved(name="batch", reason=error.strerror or str(error)) from error

    def _change(self, number: int, row: BatchRow) -> None:
        self._rows[number] = row
        self.changes.announce(BatchChanged(number))

    def _set_state(self, state: BatchState) -> None:
        self._state = state
        self.changes.announce(BatchChanged())
