"""What one row of the list shows."""

from dataclasses import dataclass

from chatdesk.domain.conversation import Conversation
from chatdesk.domain.search_hit import SearchHit
from chatdesk.ui.sidebar.chat_groups import ChatGroup


@dataclass(frozen=True, slots=True)
class HeadRow:
    """The name of the group below it. It cannot be chosen."""

    group: ChatGroup
    title: str


@dataclass(frozen=True, slots=True)
class ChatRow:
    """A chat. `streaming`: its answer is being written; `unread`: an answer came that nobody has seen."""

    conversation: Conversation
    title: str
    streaming: bool = False
    unread: bool = False


@dataclass(frozen=True, slots=True)
class HitRow:
    """A message in which the words of a search were found, and its chat's title."""

    hit: SearchHit
    title: str


Row = HeadRow | ChatRow | HitRow
