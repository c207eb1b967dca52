"""Downloads of models: progress, and their place in the list of downloads."""

from collections import deque
from dataclasses import field
from enum import StrEnum

from chatdesk.kernel.errors.base import ChatdeskError
from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.kernel.models.model import ModelRef

# A download of a model by its server: how far it is, how fast, how long it still takes. No network, no clock
# of its own.

_MOST_LAYERS = 1000
_WINDOW_SECONDS = 10.0
_LEAST_SECONDS = 1.0
_LONGEST_GUESS = 7 * 24 * 3600.0


class PullPhase(StrEnum):
    """What the server does."""

    ASKING = "asking"
    """It asks the library what belongs to the model."""
    LOADING = "loading"
    """Layers come."""
    CHECKING = "checking"
    """It compares what came with its checksum; minutes for large models, and nothing moves."""
    FINISHING = "finishing"


@dataclass(frozen=True, slots=True)
class PullProgress:
    """Bytes over all layers. `total` is 0 while nobody knows. `reached` is the share it was at before more layers were told of."""

    phase: PullPhase = PullPhase.ASKING
    completed: int = 0
    total: int = 0
    reached: float = 0.0

    @property
    def fraction(self) -> float:
        """From 0 to 1, never less than before; 0 while the total is not known."""
        share = min(1.0, self.completed / self.total) if self.total else 0.0
        return max(share, self.reached)

    def after(self, earlier: "PullProgress") -> "PullProgress":
        """Return this as the next thing to show after `earlier`: a part that is fetched again, and a new try, take nothing back."""
        total = max(self.total, earlier.total)
        completed = min(total, max(self.completed, earlier.completed))
        return PullProgress(self.phase, completed, total, max(self.fraction, earlier.fraction))


class PullTally:
    """Adds up what a server says of each layer. Servers say the same layer again and again, leave out numbers, go back, and lie."""

    def __init__(self, expected: int = 0) -> None:
        """Begin. `expected` bytes are known beforehand: layers are told one by one, and without it the end would run away."""
        self._expected = expected
        self._layers: dict[str, tuple[int, int]] = {}
        self._phase = PullPhase.ASKING

    @property
    def progress(self) -> PullProgress:
        """How far it is."""
        completed = sum(done for done, _ in self._layers.values())
        total = sum(size for _, size in self._layers.values())
        return PullProgress(self._phase, completed, max(total, self._expected if total else 0))

    def take(self, status: str, digest: str, total: int | None, completed: int | None) -> None:
        """Take one line. A layer never has more than its total; one without a total counts once it has one."""
        if digest:
            self._phase = PullPhase.LOADING
            if digest in self._layers or len(self._layers) < _MOST_LAYERS:
                done, size = self._layers.get(digest, (0, 0))
                size = total or size
                self._layers[digest] = (min(size, done if completed is None else completed), size)
        elif status.startswith("verifying"):
            self._phase = PullPhase.CHECKING
        elif status.startswith(("writing", "removing", "success")):
            self._phase = PullPhase.FINISHING


class Pace:
    """The speed of the last seconds, from what the server says, not what is shown. Times are seconds on any clock that goes forward."""

    def __init__(self) -> None:
        self._marks: deque[tuple[float, int]] = deque()

    def mark(self, moment: float, completed: int) -> None:
        """Note how much there is now. Going back (a part is fetched again) begins again."""
        if self._marks and completed < self._marks[-1][1]:
            self._marks.clear()
        self._marks.append((moment, completed))
        while len(self._marks) > 2 and moment - self._marks[0][0] > _WINDOW_SECONDS:
            self._marks.popleft()

    @property
    def speed(self) -> float | None:
        """Bytes a second; None as long as it cannot be said."""
        if len(self._marks) < 2:
            return None
        (began, first), (ended, last) = self._marks[0], self._marks[-1]
        seconds = ended - began
        return (last - first) / seconds if seconds >= _LEAST_SECONDS and last > first else None

    def seconds_left(self, progress: PullProgress) -> float | None:
        """Return how long the rest takes at this speed; None if nobody knows, or nobody would wait for it."""
        speed = self.speed
        if speed is None or progress.phase is not PullPhase.LOADING or not progress.total:
            return None
        left = (progress.total - progress.completed) / speed
        return left if 0 <= left < _LONGEST_GUESS else None


# One download in the list of them: where it stands in its queue, how it goes, why it does not.
#
# Who moves it along: `features/models/services/pulls.py`.


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
    tries: int = 0
    """How often it broke off since something came last."""
    waits: float = 0.0
    """Seconds from breaking off to the next try."""
    room_is_unknown: bool = False
    """Nobody can look whether the disk has room: it is another machine's, or a container's."""
    insists: bool = False
    """The user wants it however little room there seems to be."""
    taken_up: bool = False
    """It goes on from an earlier run of the program."""

    @property
    def is_done(self) -> bool:
        """Whether all of it came."""
        return self.state is PullState.DONE

    @property
    def has_failed(self) -> bool:
        """Whether nothing happens any more until the user wants it."""
        return self.state is PullState.FAILED

    @property
    def is_going_on(self) -> bool:
        """Whether something happens without the user."""
        return self.state in {PullState.WAITING, PullState.RUNNING, PullState.RETRYING}


@dataclass(frozen=True, slots=True)
class PullChanged:
    """A download was added, removed, or changed."""

    ref: ModelRef
