"""What lies in the trash: chats, and folders with the chats that were deleted with them. See `message_trees.py` for how long."""

from datetime import datetime, timedelta
from enum import Enum, auto

from chatdesk.kernel.chat.message_trees import KEPT_FOR
from chatdesk.kernel.fast_dataclass import dataclass

_DAY = timedelta(days=1)


class TrashKind(Enum):
    """What was deleted."""

    CHAT = auto()
    FOLDER = auto()


@dataclass(frozen=True, slots=True)
class Trashed:
    """One row of the trash. `count`: the messages of a chat, or the chats that were deleted with a folder.

    `folder` is the name of the folder a chat was in; empty for none.
    """

    kind: TrashKind
    id: str
    title: str
    deleted_at: datetime
    count: int
    folder: str = ""

    def days_left(self, now: datetime) -> int:
        """Return how many days it stays, begun ones counted; none that is negative, whatever the clock says."""
        left = KEPT_FOR - (now - self.deleted_at)
        return min(KEPT_FOR.days, max(0, -(-left // _DAY)))
