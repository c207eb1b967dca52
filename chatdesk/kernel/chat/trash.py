"""The trash: deleted chats, and folders with the chats that were deleted with them. `message_trees.TRASH_RETENTION` is how long."""

from datetime import datetime, timedelta
from enum import Enum, auto

from chatdesk.kernel.chat.message_trees import TRASH_RETENTION
from chatdesk.kernel.fast_dataclass import dataclass

_DAY = timedelta(days=1)


class TrashKind(Enum):
    """Kind of a deleted item."""

    CHAT = auto()
    FOLDER = auto()


@dataclass(frozen=True, slots=True)
class Trashed:
    """One row of the trash. `count` is the number of messages of a chat, or of chats that were deleted with a folder.

    `title` is the first words of an unsent draft. `folder` is the name of the folder a chat was in; empty for none.
    """

    kind: TrashKind
    id: str
    title: str
    deleted_at: datetime
    count: int
    folder: str = ""

    def days_left(self, now: datetime) -> int:
        """Return the days until it is deleted permanently, rounded up; never negative, even if the clock is wrong."""
        left = TRASH_RETENTION - (now - self.deleted_at)
        return min(TRASH_RETENTION.days, max(0, -(-left // _DAY)))
