"""Jobs in progress: answers, downloads, batches and all other work that would be lost if the program ended now.

Each worker registers its job here: `begin` before, `end` after. Code that asks before the program ends, or waits for all work to finish,
needs no other service.
"""

import time
from collections.abc import Callable
from enum import Enum, auto
from types import TracebackType
from typing import Self

from chatdesk.kernel.announcer import Announcer
from chatdesk.kernel.models.model import ModelRef


class JobKind(Enum):
    """Kind of a job."""

    ANSWER = auto()
    DOWNLOAD = auto()
    BATCH = auto()
    TRANSLATION = auto()
    SPEED_CHECK = auto()
    NEW_MODEL = auto()
    """A server creates a model from a file or from another model."""
    IMPORT = auto()
    EXPORT = auto()
    MOVE = auto()
    """The downloaded models move to another folder."""
    RESTORE = auto()


class WorkChanged:
    """A job began or ended."""


class Job:
    """One job, also usable as a context manager. `share` is the completed share from 0 to 1, or None if unknown."""

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
        self._began = self._last_progress = clock()

    @property
    def name(self) -> str:
        """Current name, which may be empty. The title of a chat may change meanwhile."""
        return self._name()

    @property
    def seconds(self) -> float:
        """Seconds since the job began."""
        return self._clock() - self._began

    @property
    def silent_seconds(self) -> float:
        """Seconds since the last progress."""
        return self._clock() - self._last_progress

    def report_progress(self, share: float | None = None) -> None:
        """Record progress, and the completed share if known."""
        self._last_progress = self._clock()
        self.share = share

    def end(self) -> None:
        """Mark the job as finished or cancelled. Further calls have no effect."""
        self._ended(self)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        self.end()


class RunningWork:
    """All jobs of the program. There is one instance."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self.changes: Announcer[WorkChanged] = Announcer()
        self._clock = clock
        self._jobs: list[Job] = []

    def begin(self, kind: JobKind, name: Callable[[], str], model: ModelRef | None = None) -> Job:
        """Register a job that begins. The caller must end it."""
        job = Job(kind, name, model, self._clock, self._forget)
        self._jobs.append(job)
        self.changes.announce(WorkChanged())
        return job

    def jobs(self) -> tuple[Job, ...]:
        """Return the jobs in progress, oldest first."""
        return tuple(self._jobs)

    @property
    def silent_seconds(self) -> float:
        """Seconds since the last progress of any job; 0 if there is none."""
        return min((job.silent_seconds for job in self._jobs), default=0.0)

    def _forget(self, job: Job) -> None:
        if job in self._jobs:
            self._jobs.remove(job)
            self.changes.announce(WorkChanged())
