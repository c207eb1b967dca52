"""One download in the list of them: where it stands in its queue, how it goes, why it does not.

Who moves it along: `features/models/services/pulls.py`.
"""

from dataclasses import field
from enum import StrEnum

from chatdesk.kernel.errors.base import ChatdeskError
from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.kernel.models.model import ModelRef
from chatdesk.kernel.models.pull import PullProgress


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
    """A person wants it however little room there seems to be."""
    taken_up: bool = False
    """It goes on from an earlier run of the program."""

    @property
    def is_done(self) -> bool:
        """Whether all of it came."""
        return self.state is PullState.DONE

    @property
    def has_failed(self) -> bool:
        """Whether nothing happens any more until a person wants it."""
        return self.state is PullState.FAILED

    @property
    def is_going_on(self) -> bool:
        """Whether something happens without a person."""
        return self.state in {PullState.WAITING, PullState.RUNNING, PullState.RETRYING}
