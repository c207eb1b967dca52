"""What the program is at work with: answers, downloads, batches and whatever else would be lost if it ended now.

Whoever works says so here: `begin` before, `end` after. Who asks before the program ends, or waits for the end of all work, needs to know
no other service.
"""

import time
from collections.abc import Callable
from enum import Enum, auto
from types import TracebackType
from typing import Self

from chatdesk.kernel.announcer import Announcer
from chatdesk.kernel.models.model import ModelRef


class JobKind(Enum):
    """What kind of work it is."""

    ANSWER = auto()
    DOWNLOAD = auto()
    BATCH = auto()
    TRANSLATION = auto()
    SPEED_CHECK = auto()
    NEW_MODEL = auto()
    """A server makes one, of a file or of another."""
    IMPORT = auto()
    EXPORT = auto()


class WorkChanged:
    """A job began or ended."""


class Job:
    """One piece of work; a context manager, too. `share` is how much is done, from 0 to 1, or None where nobody knows."""

    def __init__(
        self,
        kind: JobKind,
        name: Callable[[], str],
        model: ModelRef | None,
        clock: Callable[[], float],
        ended: "Callable[[Job], None]",
    ) -> None:
        self.kind = kind
        self.model = model
        self.share: float | None = None
        self._name = name
        self._clock = clock
        self._ended = ended
        self._began = self._heard = clock()

    @property
    def name(self) -> str:
        """What it is called now: the title of a chat may change meanwhile. It may be empty."""
        return self._name()

    @property
    def seconds(self) -> float:
        """How long it has been going on."""
        return self._clock() - self._began

    @property
    def silent_seconds(self) -> float:
        """How long nothing has come of it."""
        return self._clock() - self._heard

    def report_progress(self, share: float | None = None) -> None:
        """Note that something came, and how much is done by now."""
        self._heard = self._clock()
        self.share = share

    def end(self) -> None:
        """Note that it is done, or given up. Only the first time counts."""
        self._ended(self)

    def __enter__(self) -> Self:
        """Nothing to do: it has begun."""
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        """End it, however it went."""
        self.end()


class RunningWork:
    """One per program."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self.changes: Announcer[WorkChanged] = Announcer()
        self._clock = clock
        self._jobs: list[Job] = []

    def begin(self, kind: JobKind, name: Callable[[], str], model: ModelRef | None = None) -> Job:
        """Note that work begins; whoever calls this ends it."""
        job = Job(kind, name, model, self._clock, self._forget)
        self._jobs.append(job)
        self.changes.announce(WorkChanged())
        return job

    def jobs(self) -> tuple[Job, ...]:
        """Return what goes on, the oldest first."""
        return tuple(self._jobs)

    @property
    def silent_seconds(self) -> float:
        """How long nothing has come of any of it; 0 if nothing goes on."""
        return min((job.silent_seconds for job in self._jobs), default=0.0)

    def _forget(self, job: Job) -> None:
        if job in self._jobs:
            self._jobs.remove(job)
            self.changes.announce(WorkChanged())
