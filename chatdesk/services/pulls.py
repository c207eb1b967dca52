"""Downloads of models: a queue for each server that goes on in the background, with pause, resume, cancel, and another try where it helps.

What is said on the wire: `providers/ollama_pulls.py`. The queue ends with the program; what came stays with the server, so that asking
again goes on from there.
"""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable
from dataclasses import field, replace
from enum import StrEnum
from typing import Protocol

from chatdesk.domain.errors import ChatdeskError, ConnectionLost, ServerTimedOut
from chatdesk.domain.late_dataclass import dataclass
from chatdesk.domain.model import ModelRef
from chatdesk.domain.pull import Pace, PullPhase, PullProgress
from chatdesk.domain.pull_errors import PullBrokenOff, RegistryUnreachable
from chatdesk.domain.server import ServerConfig
from chatdesk.services.announcer import Announcer

_log = logging.getLogger(__name__)

Report = Callable[[PullProgress], None]
_PASSING = (RegistryUnreachable, PullBrokenOff, ConnectionLost, ServerTimedOut)
"""Worth another try without asking, once something has come."""
PAUSES = (2.0, 10.0, 30.0)
"""Seconds before each further try."""


class Puller(Protocol):
    """Who lets a server download; `services/connections.py` does."""

    async def pull(self, server: ServerConfig, model_id: str, report: Report, expected: int) -> None:
        """Return when the model is there. Cancelling stops the server."""
        ...


class PullState(StrEnum):
    """How a download is."""

    WAITING = "waiting"
    """Another one of this server comes first."""
    RUNNING = "running"
    RETRYING = "retrying"
    """It broke off and is tried again in a moment."""
    PAUSED = "paused"
    FAILED = "failed"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class Pull:
    """One download. `error` says why it failed, or why it is tried again. `speed` in bytes a second."""

    ref: ModelRef
    expected: int = 0
    state: PullState = PullState.WAITING
    progress: PullProgress = field(default_factory=PullProgress)
    speed: float | None = None
    seconds_left: float | None = None
    error: ChatdeskError | None = None

    @property
    def is_going_on(self) -> bool:
        """Whether something happens without a person."""
        return self.state in {PullState.WAITING, PullState.RUNNING, PullState.RETRYING}


@dataclass(frozen=True, slots=True)
class PullChanged:
    """A download began, went on, ended, or was taken from the list."""

    ref: ModelRef


class Pulls:
    """All of the program. `find_server` knows the servers; `arrived` is told when a model is there. `close` it."""

    def __init__(
        self,
        puller: Puller,
        find_server: Callable[[str], ServerConfig | None],
        arrived: Callable[[ServerConfig], Awaitable[None]],
        pauses: tuple[float, ...] = PAUSES,
    ) -> None:
        self.changes: Announcer[PullChanged] = Announcer()
        self._puller = puller
        self._find_server = find_server
        self._arrived = arrived
        self._pauses = pauses
        self._pulls: dict[ModelRef, Pull] = {}
        self._tasks: dict[str, asyncio.Task[None]] = {}
        """One for each server that has something to do."""
        self._running: dict[ModelRef, asyncio.Task[None]] = {}

    def all(self) -> tuple[Pull, ...]:
        """Return them in the order they were asked for."""
        return tuple(self._pulls.values())

    def find(self, ref: ModelRef) -> Pull | None:
        """Return the download of a model, or None."""
        return self._pulls.get(ref)

    def start(self, ref: ModelRef, expected: int = 0) -> None:
        """Download a model, after what its server still has to do; one that goes on already does so."""
        known = self._pulls.get(ref)
        if known and known.is_going_on:
            return
        progress = known.progress if known and known.state is not PullState.DONE else PullProgress()
        self._pulls.pop(ref, None)  # it stands at the end now
        self._set(Pull(ref, expected or (known.expected if known else 0), progress=progress))
        self._work(ref.server_id)

    def pause(self, ref: ModelRef) -> None:
        """Stop a download and keep what came."""
        self._leave(ref, PullState.PAUSED)

    def resume(self, ref: ModelRef) -> None:
        """Go on with one that was paused, or try one that failed again."""
        self.start(ref)

    def cancel(self, ref: ModelRef) -> None:
        """Stop a download and take it from the list. What came stays with the server, which tidies up at its own time."""
        self._leave(ref, None)

    async def close(self) -> None:
        """Stop all of them."""
        tasks = [*self._running.values(), *self._tasks.values()]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def _leave(self, ref: ModelRef, state: PullState | None) -> None:
        pull = self._pulls.get(ref)
        if pull is None or (state and not pull.is_going_on):
            return
        if state:
            self._set(replace(pull, state=state, speed=None, seconds_left=None, error=None))
        else:
            del self._pulls[ref]
            self.changes.announce(PullChanged(ref))
        if task := self._running.get(ref):
            task.cancel()

    def _work(self, server_id: str) -> None:
        task = self._tasks.get(server_id)
        if task is None or task.done():
            self._tasks[server_id] = asyncio.get_running_loop().create_task(self._run(server_id), name="pulls")

    async def _run(self, server_id: str) -> None:
        """Do what waits for a server, one after the other."""
        while ref := self._next(server_id):
            server = self._find_server(server_id)
            if server is None or server.removed:
                self.cancel(ref)
                continue
            task = asyncio.get_running_loop().create_task(self._download(server, ref), name=f"pull {ref.model_id}")
            self._running[ref] = task
            try:
                await asyncio.wait([task])
            finally:
                task.cancel()
                self._running.pop(ref, None)
            if not task.cancelled() and (bug := task.exception()):
                _log.error("A download ended by a fault of ours", exc_info=bug)
                self._change(ref, state=PullState.FAILED, speed=None, seconds_left=None)

    def _next(self, server_id: str) -> ModelRef | None:
        waiting = (pull for pull in self._pulls.values() if pull.state is PullState.WAITING)
        return next((pull.ref for pull in waiting if pull.ref.server_id == server_id), None)

    async def _download(self, server: ServerConfig, ref: ModelRef) -> None:
        pace = Pace()

        def report(progress: PullProgress) -> None:
            pull = self._pulls.get(ref)
            if pull is None or pull.state not in {PullState.RUNNING, PullState.RETRYING}:
                return  # a last word of one that was stopped
            if progress.phase is PullPhase.ASKING and pull.progress.completed:
                progress = replace(pull.progress, phase=progress.phase)  # tried again: do not fall back to nothing
            pace.mark(time.monotonic(), progress.completed)
            left = pace.seconds_left(progress)
            self._set(
                replace(
                    pull, state=PullState.RUNNING, progress=progress, speed=pace.speed, seconds_left=left, error=None
                )
            )

        failures = 0
        while True:
            self._change(ref, state=PullState.RUNNING, error=None)
            before = self._completed(ref)
            try:
                await self._puller.pull(server, ref.model_id, report, self._expected(ref))
            except ChatdeskError as error:
                failures = 0 if self._completed(ref) > before else failures
                if failures >= len(self._pauses) or not self._completed(ref) or not isinstance(error, _PASSING):
                    self._change(ref, state=PullState.FAILED, speed=None, seconds_left=None, error=error)
                    return
                self._change(ref, state=PullState.RETRYING, speed=None, seconds_left=None, error=error)
                await asyncio.sleep(self._pauses[failures])
                failures += 1
            else:
                break
        await self._arrived(server)
        self._change(ref, state=PullState.DONE, speed=None, seconds_left=None, error=None)

    def _completed(self, ref: ModelRef) -> int:
        pull = self._pulls.get(ref)
        return pull.progress.completed if pull else 0

    def _expected(self, ref: ModelRef) -> int:
        pull = self._pulls.get(ref)
        return pull.expected if pull else 0

    def _change(self, ref: ModelRef, **values: object) -> None:
        if pull := self._pulls.get(ref):
            self._set(replace(pull, **values))  # type: ignore[arg-type]

    def _set(self, pull: Pull) -> None:
        self._pulls[pull.ref] = pull
        self.changes.announce(PullChanged(pull.ref))
