"""Speed checks: measures how fast a model answers on this machine, and stores one result per model and machine.

`features/models/domain/speed_check.py` defines the prompts, and how runs become a result.
"""

import asyncio
import logging
import time
from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping
from contextlib import aclosing
from datetime import datetime
from functools import partial
from typing import Protocol as Shape
from urllib.parse import urlsplit

from chatdesk.features.models.domain.model_fit import Verdict
from chatdesk.features.models.domain.speed_check import (
    ANSWER_TOKENS,
    WARM_RUNS,
    ExpectedSpeed,
    SpeedProgress,
    SpeedResult,
    SpeedRun,
    correction,
    result_of,
    standard_prompt_tokens,
    standard_turns,
)
from chatdesk.features.models.services.model_contexts import ContextBudgets
from chatdesk.features.servers.services.models import Models
from chatdesk.kernel.announcer import Announcer
from chatdesk.kernel.chat.request import ChatRequest, Thinking
from chatdesk.kernel.chat.stream_events import ReasoningDelta, StreamEvent, TextDelta, UsageReported
from chatdesk.kernel.chat.usage import Usage
from chatdesk.kernel.errors.base import AnswerEmpty, ModelNotFound
from chatdesk.kernel.errors.storage_errors import FileNewer, StorageError
from chatdesk.kernel.models.model import ModelRef
from chatdesk.kernel.models.parameters import Parameters
from chatdesk.kernel.running_work import Job, JobKind, RunningWork
from chatdesk.kernel.servers.server import ServerConfig
from chatdesk.storage.files.json_file import FileOutcome, JsonFile

_MAX_STORED = 500
_MAX_NAME_LENGTH = 300
_RESULTS = "results"

_log = logging.getLogger(__name__)


class SpeedMeasured:
    """The results changed."""


class AnswerStreamer(Shape):
    """Streams answers; implemented by `features/servers/services/connections.py`."""

    def stream(self, model: ModelRef, request: ChatRequest) -> AsyncGenerator[tuple[StreamEvent, ...], None]:
        """Stream one answer in batches."""
        ...


class SpeedChecks:
    """Speed checks. One per program.

    `find_server` returns a server by ID; `expect` returns what is expected of a model on this machine.
    """

    def __init__(
        self,
        streams: AnswerStreamer,
        budgets: ContextBudgets,
        models: Models,
        find_server: Callable[[str], ServerConfig | None],
        expect: Callable[[ModelRef], Awaitable[ExpectedSpeed]],
        file: JsonFile,
        now: Callable[[], datetime],
        work: RunningWork | None = None,
    ) -> None:
        self.changes: Announcer[SpeedMeasured] = Announcer()
        self._streams = streams
        self._budgets = budgets
        self._models = models
        self._find_server = find_server
        self._expect = expect
        self._file = file
        self._now = now
        self._work = work or RunningWork()
        self._results: dict[tuple[ModelRef, str], SpeedResult] = {}
        self._was_read = False
        self._is_newer = False
        """Whether the file is from a newer version, and this was not reported yet."""
        self._reading = asyncio.Lock()
        self._writing = asyncio.Lock()

    async def load(self) -> None:
        """Load the stored results, once. An unreadable file counts as empty, is not overwritten, and is read again the next time."""
        async with self._reading:
            if self._was_read:
                return
            try:
                content, outcome = await asyncio.to_thread(self._file.read)
            except StorageError as error:
                _log.warning("The results of speed checks cannot be read: %s", type(error).__name__)
                return
            self._was_read = True
            self._is_newer = outcome is FileOutcome.NEWER
            rows = content.get(_RESULTS)
            stored: dict[tuple[ModelRef, str], SpeedResult] = {}
            for row in rows if isinstance(rows, list) else ():
                if isinstance(row, dict) and (result := _result(row)):
                    stored.setdefault((result.ref, result.machine), result)
            self._results = stored | self._results
        self.changes.announce(SpeedMeasured())

    def show_newer_version(self) -> None:
        """Raise `FileNewer`, once, if the file is from a newer version: it is preserved, and there are no results here."""
        if self._is_newer:
            self._is_newer = False
            raise FileNewer(str(self._file.path))

    def results(self, ref: ModelRef) -> tuple[SpeedResult, ...]:
        """Return the results of a model, the latest first."""
        found = [result for result in self._results.values() if result.ref == ref]
        return tuple(sorted(found, key=lambda result: result.at, reverse=True))

    def all(self) -> Mapping[ModelRef, tuple[SpeedResult, ...]]:
        """Return all results by model, the latest first."""
        return {ref: self.results(ref) for ref in {result.ref for result in self._results.values()}}

    def correction(self, machine: str, verdict: Verdict) -> float:
        """Return the ratio of measured to estimated speed; see `features/models/domain/speed_check.py`."""
        return correction(self._results.values(), machine, verdict)

    async def measure(self, ref: ModelRef, report: Callable[[SpeedProgress], None]) -> SpeedResult:
        """Measure a model with several runs, report each of them, and store the result. Cancelling discards it.

        A local Ollama server reloads the model first, to measure the loading time separately. Raises a `ChatdeskError`.
        """
        with self._work.begin(JobKind.SPEED_CHECK, partial(str, ref.model_id), ref) as job:
            return await self._measure(ref, report, job)

    async def _measure(self, ref: ModelRef, report: Callable[[SpeedProgress], None], job: Job) -> SpeedResult:
        server = self._find_server(ref.server_id)
        if server is None:
            raise ModelNotFound(model=ref.model_id)
        expected = await self._expect(ref)
        is_cold = server.is_on_this_machine and server.manages_models and await self._models.unload(ref)
        total = WARM_RUNS + 1
        report(SpeedProgress(1, total, is_cold))
        first = await self._run(server, ref, 1, job)  # does not count if the model could not be unloaded
        warm = []
        for number in range(2, total + 1):
            report(SpeedProgress(number, total, is_cold=False))
            warm.append(await self._run(server, ref, number, job))
        if not (server.is_on_this_machine or server.is_built_in):
            expected = ExpectedSpeed(urlsplit(server.base_url).netloc)
        result = result_of(ref, expected, self._now(), warm, first if is_cold else None)
        await self._store(result)
        await self._models.refresh_loaded_models(ref.server_id)
        return result

    async def _run(self, server: ServerConfig, ref: ModelRef, number: int, job: Job) -> SpeedRun:
        """Run one request. Our own clock measures from the request to the first and the last token."""
        context_size = self._budgets.budget_of(ref, Parameters()).requested_length
        parameters = Parameters(temperature=0.0, max_tokens=ANSWER_TOKENS, num_ctx=context_size)
        request = ChatRequest(ref.model_id, standard_turns(number), Thinking.AUTO, parameters)
        started = time.monotonic()
        first = last = 0.0
        chunks, usage = 0, Usage()
        async with aclosing(self._streams.stream(ref, request)) as batches:
            async for batch in batches:
                job.report_progress()
                for event in batch:
                    if isinstance(event, TextDelta | ReasoningDelta):
                        last = time.monotonic()
                        first = first or last
                        chunks += 1
                    elif isinstance(event, UsageReported):
                        usage = event.usage
        if not first:
            raise AnswerEmpty(server.name, server.base_url, ref.model_id)
        return _run_of(usage, first - started, last - first, chunks)

    async def _store(self, result: SpeedResult) -> None:
        await self.load()
        self._results.pop((result.ref, result.machine), None)
        self._results[result.ref, result.machine] = result
        for key in list(self._results)[:-_MAX_STORED]:
            del self._results[key]
        self.changes.announce(SpeedMeasured())
        if not self._was_read:
            _log.warning("A speed check is not kept: what was kept before cannot be read, and would be lost")
            return
        rows = [_row(each) for each in self._results.values()]
        async with self._writing:
            try:
                await asyncio.to_thread(self._file.write, {_RESULTS: rows})
            except StorageError as error:
                _log.warning("A speed check is not kept: %s", type(error).__name__)


def _run_of(usage: Usage, seconds_to_first: float, seconds_writing: float, chunks: int) -> SpeedRun:
    """Return a run, measured by the server's clock if possible, otherwise by ours. Chunks count as tokens if the number is unknown."""
    written = usage.completion_tokens or chunks
    ours = (written - 1) / seconds_writing if written > 1 and seconds_writing > 0 else None
    loading = (usage.load_milliseconds or 0) / 1000
    reading = max(seconds_to_first - loading, 0.001)
    read = usage.prompt_tokens or standard_prompt_tokens()
    by_server = usage.tokens_per_second is not None
    return SpeedRun(
        round(seconds_to_first * 1000),
        usage.prompt_tokens_per_second or read / reading,
        usage.tokens_per_second or ours,
        usage.load_milliseconds,
        by_server,
    )


def _row(result: SpeedResult) -> dict[str, object]:
    return {
        "server": result.ref.server_id,
        "model": result.ref.model_id,
        "machine": result.machine,
        "at": result.at.isoformat(),
        "first_token_ms": result.first_token_milliseconds,
        "prompt_speed": result.prompt_speed,
        "writing_speed": result.writing_speed,
        "load_ms": result.load_milliseconds,
        "runs": result.runs,
        "by_server": result.by_server,
        "estimate": result.estimate,
        "verdict": result.verdict.value if result.verdict else None,
    }


def _result(row: Mapping[str, object]) -> SpeedResult | None:
    """Return the result of a row; None if it is invalid."""
    server, model, machine, at = (row.get(name) for name in ("server", "model", "machine", "at"))
    first, runs = _number(row, "first_token_ms"), _number(row, "runs")
    if not (isinstance(server, str) and isinstance(model, str) and isinstance(machine, str) and isinstance(at, str)):
        return None
    if first is None or runs is None or len(machine) > _MAX_NAME_LENGTH:
        return None
    try:
        moment = datetime.fromisoformat(at)
        verdict = Verdict(str(row["verdict"])) if row.get("verdict") else None
    except (ValueError, KeyError):
        return None
    if moment.tzinfo is None:
        return None
    loading = _number(row, "load_ms")
    return SpeedResult(
        ModelRef(server, model),
        machine,
        moment,
        round(first),
        _number(row, "prompt_speed"),
        _number(row, "writing_speed"),
        None if loading is None else round(loading),
        round(runs),
        row.get("by_server") is True,
        _number(row, "estimate"),
        verdict,
    )


def _number(row: Mapping[str, object], name: str) -> float | None:
    value = row.get(name)
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return float(value) if is_number and isinstance(value, int | float) and 0 <= value < 1e12 else None
