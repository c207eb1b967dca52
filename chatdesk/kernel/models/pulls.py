"""Downloads of models: progress, speed, and state in the list of downloads.

Nothing in this module uses the network or a clock. `features/models/services/pulls.py` runs the downloads.
"""

from collections import deque
from dataclasses import field
from enum import StrEnum

from chatdesk.kernel.errors.base import ChatdeskError
from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.kernel.models.hubs import ModelDownload
from chatdesk.kernel.models.model import ModelRef, display_name

_MAX_LAYERS = 1000
_WINDOW_SECONDS = 10.0
_MIN_SECONDS = 1.0
_MAX_REMAINING_SECONDS = 7 * 24 * 3600.0


class PullPhase(StrEnum):
    """Phase of a download."""

    ASKING = "asking"
    """The server requests the manifest from the library."""
    LOADING = "loading"
    """The server downloads layers."""
    CHECKING = "checking"
    """The server verifies the checksum, which takes minutes for large models, without progress."""
    FINISHING = "finishing"


@dataclass(frozen=True, slots=True)
class PullProgress:
    """Bytes over all layers. `total` is 0 while unknown. `reached` is the share completed before further layers were reported."""

    phase: PullPhase = PullPhase.ASKING
    completed: int = 0
    total: int = 0
    reached: float = 0.0
    source: str = ""
    """Host that the data comes from; empty if the server does not report it."""

    @property
    def fraction(self) -> float:
        """Completed share from 0 to 1, never decreasing; 0 while the total is unknown."""
        share = min(1.0, self.completed / self.total) if self.total else 0.0
        return max(share, self.reached)

    def after(self, earlier: "PullProgress") -> "PullProgress":
        """Return this progress as the successor of `earlier`, so that repeated parts and new attempts never decrease it."""
        total = max(self.total, earlier.total)
        completed = min(total, max(self.completed, earlier.completed))
        return PullProgress(self.phase, completed, total, max(self.fraction, earlier.fraction), self.source)


class PullTally:
    """Sums up a server's progress reports over all layers. Servers repeat layers, omit numbers, go backwards and report wrong values."""

    def __init__(self, expected: int = 0) -> None:
        """Start at zero. `expected` is the total in bytes if known: layers are reported one by one, so the total would keep growing."""
        self._expected = expected
        self._layers: dict[str, tuple[int, int]] = {}
        self._phase = PullPhase.ASKING

    @property
    def progress(self) -> PullProgress:
        """Current progress."""
        completed = sum(done for done, _ in self._layers.values())
        total = sum(size for _, size in self._layers.values())
        return PullProgress(self._phase, completed, max(total, self._expected if total else 0))

    def update(self, status: str, digest: str, total: int | None, completed: int | None) -> None:
        """Process one report. A layer never exceeds its total; a layer without a total counts once it has one."""
        if digest:
            self._phase = PullPhase.LOADING
            if digest in self._layers or len(self._layers) < _MAX_LAYERS:
                done, size = self._layers.get(digest, (0, 0))
                size = total or size
                self._layers[digest] = (min(size, done if completed is None else completed), size)
        elif status.startswith("verifying"):
            self._phase = PullPhase.CHECKING
        elif status.startswith(("writing", "removing", "success")):
            self._phase = PullPhase.FINISHING


class Pace:
    """Download speed over the last seconds, based on the server's reports. Times are in seconds of any monotonic clock."""

    def __init__(self) -> None:
        self._marks: deque[tuple[float, int]] = deque()

    def mark(self, moment: float, completed: int) -> None:
        """Add a measurement. If the number decreases (a part is downloaded again), the measurement starts over."""
        if self._marks and completed < self._marks[-1][1]:
            self._marks.clear()
        self._marks.append((moment, completed))
        while len(self._marks) > 2 and moment - self._marks[0][0] > _WINDOW_SECONDS:
            self._marks.popleft()

    @property
    def speed(self) -> float | None:
        """Bytes per second; None while unknown."""
        if len(self._marks) < 2:
            return None
        (began, first), (ended, last) = self._marks[0], self._marks[-1]
        seconds = ended - began
        return (last - first) / seconds if seconds >= _MIN_SECONDS and last > first else None

    def seconds_left(self, progress: PullProgress) -> float | None:
        """Return the remaining time at the current speed; None if it is unknown or unreasonably long."""
        speed = self.speed
        if speed is None or progress.phase is not PullPhase.LOADING or not progress.total:
            return None
        left = (progress.total - progress.completed) / speed
        return left if 0 <= left < _MAX_REMAINING_SECONDS else None


# An entry in the list of downloads.


class PullState(StrEnum):
    """State of a download."""

    WAITING = "waiting"
    """Waiting for another download of the same server."""
    RUNNING = "running"
    RETRYING = "retrying"
    """It was interrupted and will be retried shortly."""
    PAUSED = "paused"
    FAILED = "failed"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class Pull:
    """One download. `error` is why it failed or is retried. `speed` is in bytes per second."""

    ref: ModelRef
    expected: int = 0
    state: PullState = PullState.WAITING
    progress: PullProgress = field(default_factory=PullProgress)
    speed: float | None = None
    seconds_left: float | None = None
    error: ChatdeskError | None = None
    tries: int = 0
    """Number of interruptions since data last arrived."""
    waits: float = 0.0
    """Delay in seconds before the next attempt."""
    free_space_is_unknown: bool = False
    """Whether the free disk space is unknown, because the server is on another machine or in a container."""
    ignore_disk_space: bool = False
    """Whether the user starts it even though there seems to be too little disk space."""
    is_resumed: bool = False
    """Whether it continues from an earlier run of the program."""
    download: ModelDownload | None = None
    """What to download from a hub, for the built-in engine; None: the server of `ref` downloads by itself."""
    conversation_id: str = ""
    """The chat in which the user requested it; empty if there is none."""

    @property
    def name(self) -> str:
        """Name to show to the user."""
        return self.download.name if self.download else display_name(self.ref.model_id)

    @property
    def is_done(self) -> bool:
        """Whether it is complete."""
        return self.state is PullState.DONE

    @property
    def has_failed(self) -> bool:
        """Whether it has stopped until the user restarts it."""
        return self.state is PullState.FAILED

    @property
    def is_active(self) -> bool:
        """Whether it continues without the user."""
        return self.state in {PullState.WAITING, PullState.RUNNING, PullState.RETRYING}


@dataclass(frozen=True, slots=True)
class PullChanged:
    """A download was added, removed or changed."""

    ref: ModelRef
