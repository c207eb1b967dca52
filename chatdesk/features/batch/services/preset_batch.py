"""Runs a preset over many inputs: one after the other or a few at a time, with pause, errors row by row, and everything kept as it comes.

There is one run at a time in the program. It goes on while other pages are shown, and after a restart from where it was.
"""

import asyncio
import time
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from contextlib import aclosing
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from chatdesk.features.attachments.services.text_files import read_text
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

# The rows of a run, counted as they change: how many are in which state, which one is next, how long one
# takes.
#
# With 20,000 rows nothing may look at all of them whenever one changes.


class BatchRows:
    """Rows are changed by their numbers; none comes or goes."""

    def __init__(self, rows: Iterable[BatchRow] = ()) -> None:
        self._rows = list(rows)
        self._counts = Counter(row.state for row in self._rows)
        self._first = 0
        """No row before this one waits."""
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
        """Every row, in order."""
        return self._rows

    @property
    def seconds_each(self) -> float | None:
        """How long a row took on average; None before one is finished."""
        return self._seconds / self._timed if self._timed else None

    def count(self, state: RowState) -> int:
        """Return how many rows are so far."""
        return self._counts[state]

    def next_waiting(self) -> int | None:
        """Return the number of the first row that waits; None if none does."""
        while self._first < len(self._rows) and self._rows[self._first].state is not RowState.WAITING:
            self._first += 1
        return self._first if self._first < len(self._rows) else None


MOST_AT_ONCE = 4
MOST_TROUBLED = 3
"""Rows that fail one after the other because of the server, before the run is paused."""

_OF_THE_ROW = (ContextTooLong, PicturesRefused, RequestRefused, AnswerEndedEarly, AnswerTooLarge, AttachmentError)
"""What the next row may do without."""


@dataclass(frozen=True, slots=True)
class BatchChanged:
    """`row` is the order of the row that is other than it was; None if it is about the whole run."""

    row: int | None = None


class PresetBatch:
    """`completion_client` is asked, `instruction_resolver` knows what goes along; `journal` keeps what came."""

    def __init__(
        self,
        completion_client: CompletionClient,
        instruction_resolver: InstructionResolver,
        journal: BatchJournal,
        now: Callable[[], datetime],
        work: RunningWork | None = None,
    ) -> None:
        self.changes: Announcer[BatchChanged] = Announcer()
        self._completion_client = completion_client
        self._instruction_resolver = instruction_resolver
        self._journal = journal
        self._now = now
        self._rows = BatchRows()
        self._troubled: list[int] = []
        """Rows that failed one after the other because of the server."""
        self._trouble: Failure | None = None
        self._state = BatchState.READY
        self._at_once = 1
        self._preset: AppliedPreset | None = None
        self._model: ModelRef | None = None
        self._workers: set[asyncio.Task[None]] = set()
        self._work_of_all = work or RunningWork()
        self._job: Job | None = None
        """While there are workers."""
        self._may_go_on = asyncio.Event()
        self._writing = asyncio.Lock()

    @property
    def state(self) -> BatchState:
        """What the run does."""
        return self._state

    @property
    def rows(self) -> Sequence[BatchRow]:
        """The inputs and what came of them."""
        return self._rows.all

    @property
    def seconds_each(self) -> float | None:
        """How long a row took on average; None before one is finished."""
        return self._rows.seconds_each

    @property
    def trouble(self) -> Failure | None:
        """Why the run was paused, if nobody asked for it: the server does not answer, nothing can be kept."""
        return self._trouble

    @property
    def preset(self) -> AppliedPreset | None:
        """What is asked, filled in."""
        return self._preset

    @property
    def model(self) -> ModelRef | None:
        """Who is asked."""
        return self._model

    def count(self, state: RowState) -> int:
        """Return how many rows are so far."""
        return self._rows.count(state)

    async def take_up(self) -> bool:
        """Show the run that was there when the program ended; whether there was one.

        Raises `FileNotSaved` if its file cannot be read, `FileNewer` if only a newer version reads it.
        """
        try:
            kept = await asyncio.to_thread(self._read_kept)
        except OSError as error:
            raise FileNotSaved(name="batch", reason=error.strerror or str(error)) from error
        if kept is None or self._rows.all:
            return False
        self._preset, self._model, self._at_once = kept.preset, kept.model, min(max(kept.at_once, 1), MOST_AT_ONCE)
        self._rows = BatchRows(kept.rows)
        self._state = BatchState.PAUSED if self.count(RowState.WAITING) else BatchState.FINISHED
        self.changes.announce(BatchChanged())
        return bool(kept.rows)

    async def start(
        self, preset: AppliedPreset, model: ModelRef, inputs: Iterable[BatchInput], *, at_once: int = 1
    ) -> None:
        """Begin a run in place of the last one. Raises `FileNotSaved` if nothing can be kept; nothing was begun then."""
        await self.stop()
        given = tuple(inputs)
        at_once = min(max(at_once, 1), MOST_AT_ONCE)
        rows = await asyncio.to_thread(lambda: BatchRows(map(BatchRow, given)))
        await self._keep(lambda: self._journal.begin(head_of(preset, model, at_once, given)))
        self._preset, self._model, self._at_once, self._rows = preset, model, at_once, rows
        self.resume()

    def pause(self) -> None:
        """Begin no other row; those being answered come to their end."""
        if self._state is BatchState.RUNNING:
            self._set_state(BatchState.PAUSED)

    def resume(self) -> None:
        """Go on with what waits."""
        self._trouble = None
        self._troubled.clear()
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
            self._job = self._work_of_all.begin(
                JobKind.BATCH, lambda: self._preset.name if self._preset else "", self._model
            )

    def retry_failed(self) -> None:
        """Ask again for every row that failed."""
        for number, row in enumerate(self._rows.all):
            if row.state is RowState.FAILED:
                self._rows[number] = BatchRow(row.input)
        self.resume()

    async def stop(self) -> None:
        """Pause, and break off what is being answered: those rows wait again."""
        self.pause()
        workers = tuple(self._workers)
        for task in workers:
            task.cancel()
        await asyncio.gather(*workers, return_exceptions=True)

    async def clear(self) -> None:
        """Forget the run."""
        await self.stop()
        self._rows, self._preset, self._model, self._trouble = BatchRows(), None, None, None
        await self._keep(self._journal.forget)
        self._set_state(BatchState.READY)

    def as_csv(self, heads: Sequence[str], words: Callable[[BatchRow], str]) -> str:
        """Return all rows as a table. With many it takes a while: it may be asked for on a thread.

        `heads` are the names of its columns: input, answer, state, seconds, tokens; the values stand behind the input. `words` tells
        how a row ended.
        """
        from chatdesk.kernel.text.csv_cells import to_csv  # noqa: PLC0415 - start-up time

        names = list(dict.fromkeys(name for row in self._rows.all for name in row.input.values))
        table = [[heads[0], *names, *heads[1:]]]
        for row in self._rows.all:
            given = row.input.text or row.input.title
            seconds = "" if row.seconds is None else f"{row.seconds:.1f}"
            values = [row.input.values.get(name, "") for name in names]
            table.append([given, *values, row.answer, words(row), seconds, str(row.tokens or "")])
        return "\ufeff" + to_csv(
            table, keep_numbers=True
        )  # spreadsheets take a file without the mark for another encoding than UTF-8

    def _worker_ended(self, task: "asyncio.Task[None]") -> None:
        self._workers.discard(task)
        if self._job and not self._workers:
            self._job.end()
            self._job = None

    def _hear(self) -> None:
        """Note that something came of a row."""
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
        began = time.monotonic()
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
            time.monotonic() - began,
            usage.completion_tokens if usage else None,
        )
        self._change(number, done)
        try:
            await self._keep(lambda: self._journal.add(record_of(number, done)))
        except FileNotSaved as unkept:  # the answer is shown, and lost only if the program ends now
            self._pause_because(to_failure(unkept))
            return
        self._look_for_trouble(number, error)

    def _look_for_trouble(self, number: int, error: ChatdeskError | None) -> None:
        """Pause once several rows failed for a reason that every other would meet, too; they wait again."""
        if error is None or isinstance(error, _OF_THE_ROW):
            self._troubled.clear()
            return
        self._troubled.append(number)
        if len(self._troubled) >= MOST_TROUBLED and self._state is BatchState.RUNNING:
            for troubled in self._troubled:
                self._rows[troubled] = BatchRow(self._rows[troubled].input)
            self._pause_because(to_failure(error))

    def _pause_because(self, failure: Failure) -> None:
        self._trouble = failure
        if self._state is BatchState.RUNNING:
            self._set_state(BatchState.PAUSED)
        else:
            self.changes.announce(BatchChanged())

    def _read_kept(self) -> StoredRun | None:
        kept = self._journal.read()
        return stored_run(*kept) if kept else None

    async def _ask(self, given: BatchInput, growing: GrowingAnswer) -> None:
        assert self._preset is not None  # noqa: S101 - `resume` has looked
        assert self._model is not None  # noqa: S101 - likewise
        text = await read_text(Path(given.path)) if given.path else given.text
        preset, now = self._preset.with_values(given.values), self._now()
        told = self._instruction_resolver.instructions(preset, "", self._model, now)
        message = preset.message_text(text, self._instruction_resolver.facts(self._model, now))
        request = instructed_request(self._model.model_id, (Turn(Role.USER, message),), told, told.thinking)
        async with aclosing(self._completion_client.stream(self._model, request)) as batches:
            async for batch in batches:
                self._hear()
                for event in batch:
                    growing.apply(event)

    async def _keep(self, write: Callable[[], None]) -> None:
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
