"""What one row of the list shows."""

from chatdesk.features.conversations.ui.sidebar.list.chat_groups import ChatGroup
from chatdesk.kernel.chat.conversation import Conversation
from chatdesk.kernel.chat.folder import Folder
from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.kernel.search_hit import SearchHit


@dataclass(frozen=True, slots=True)
class HeadRow:
    """The name of the group below it. It cannot be chosen."""

    group: ChatGroup
    title: str


@dataclass(frozen=True, slots=True)
class FolderRow:
    """A folder and how many chats are in it. `unfolded`: they stand below it; `marked`: what is shown is in it, and has no row itself."""

    folder: Folder
    title: str
    count: int
    unfolded: bool = True
    marked: bool = False


@dataclass(frozen=True, slots=True)
class ChatRow:
    """A chat. `streaming`: its answer is being written; `unread`: an answer came that nobody has seen; `inside`: below its folder."""

    conversation: Conversation
    title: str
    streaming: bool = False
    unread: bool = False
    inside: bool = False


@dataclass(frozen=True, slots=True)
class HitRow:
    """A message in which the words of a search were found, and its chat's title."""

    hit: SearchHit
    title: str


@dataclass(frozen=True, slots=True)
class TrashRow:
    """The way to what was deleted, always the last row. `current`: that is what is shown."""

    count: int
    title: str = ""
    current: bool = False


Row = HeadRow | FolderRow | ChatRow | HitRow | TrashRow
