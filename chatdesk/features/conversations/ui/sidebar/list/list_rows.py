"""Rows of the list of conversations: what they show, in which group and order."""

from collections.abc import Container, Iterable, Mapping
from datetime import date, timedelta
from enum import IntEnum, auto

from PySide6.QtCore import QCoreApplication

from chatdesk.kernel.chat.conversation import Conversation, Folder, SearchHit
from chatdesk.kernel.fast_dataclass import dataclass

# Under which head a chat stands in the list: pinned, in its folder, or by the day something was last said in
# it.

_WEEK = timedelta(days=7)


class ChatGroup(IntEnum):
    """The groups in the order they are listed."""

    PINNED = auto()
    FOLDERS = auto()
    """Folders, each with its chats below it."""
    TODAY = auto()
    YESTERDAY = auto()
    THIS_WEEK = auto()
    """The seven days up to today: a chat of Saturday is not "older" on Monday."""
    OLDER = auto()
    IN_MESSAGES = auto()
    """Not chats but messages, found by a search."""
    DELETED = auto()
    """One row without a head: the way to what was deleted."""


def group_of(conversation: Conversation, today: date, folders: Container[str | None] = ()) -> ChatGroup:
    """Return the group of a chat; `folders` are the ids of those there are.

    Days are those of the machine's own time zone; a time to come counts as today.
    """
    if conversation.pinned:
        return ChatGroup.PINNED
    if conversation.folder_id in folders:
        return ChatGroup.FOLDERS
    day = conversation.updated_at.astimezone().date()
    if day >= today:
        return ChatGroup.TODAY
    if day == today - timedelta(days=1):
        return ChatGroup.YESTERDAY
    return ChatGroup.THIS_WEEK if today - day < _WEEK else ChatGroup.OLDER


# What one row of the list shows.


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


# The order of the rows: a key for each, by which the list is sorted.

Key = tuple[int, bool, float, str, bool, float, str]
"""Group; whether it is below the head; the folder's place and id; whether it is below the folder; place and id."""

_END = float("inf")


def head_key(group: int) -> Key:
    """Return the key of a group's head."""
    return group, False, 0.0, "", False, 0.0, ""


def folder_key(folder: Folder) -> Key:
    """Return the key of a folder's row."""
    return ChatGroup.FOLDERS, True, folder.position, folder.id, False, 0.0, ""


def folder_end(folder: Folder) -> Key:
    """Return a key behind all chats of a folder, and before what follows."""
    return ChatGroup.FOLDERS, True, folder.position, folder.id, True, _END, ""


def chat_key(conversation: Conversation, group: ChatGroup, folder: Folder | None) -> Key:
    """Return the key of a chat in its group, below its folder if it stands in one."""
    position, folder_id = (folder.position, folder.id) if folder else (0.0, "")
    return group, True, position, folder_id, True, -conversation.updated_at.timestamp(), conversation.id


def hit_key(place: int) -> Key:
    """Return the key of a message that was found."""
    return ChatGroup.IN_MESSAGES, True, 0.0, "", True, place, ""


def trash_key() -> Key:
    """Return the key of the row that leads to what was deleted: behind all others."""
    return ChatGroup.DELETED, True, 0.0, "", False, 0.0, ""


class ChatKeys:
    """Keys of chats, worked out once: each letter of a search sorts thousands, and most of that was time zones."""

    def __init__(self) -> None:
        self._known: dict[str, tuple[Conversation, Folder | None, date, Key]] = {}

    def key(self, conversation: Conversation, today: date, folders: Mapping[str, Folder]) -> Key:
        """Return where a chat stands on a day, among these folders."""
        folder = None if conversation.pinned else folders.get(conversation.folder_id or "")
        known = self._known.get(conversation.id)
        if known and known[0] is conversation and known[1] is folder and known[2] == today:
            return known[3]
        key = chat_key(conversation, group_of(conversation, today, folders), folder)
        self._known[conversation.id] = conversation, folder, today, key
        return key

    def keys(self, chats: Iterable[Conversation], today: date, folders: Mapping[str, Folder]) -> dict[str, Key]:
        """Return where many chats stand, by their ids. What is known costs no call for each of thousands."""
        found: dict[str, Key] = {}
        for chat in chats:
            known = self._known.get(chat.id)
            folder = None if chat.pinned else folders.get(chat.folder_id or "")
            is_known = known and known[0] is chat and known[1] is folder and known[2] == today
            found[chat.id] = known[3] if known and is_known else self.key(chat, today, folders)
        return found

    def forget(self, conversation_id: str) -> None:
        """Keep nothing of a chat that is gone."""
        self._known.pop(conversation_id, None)


# What rows of the list say, to the eye and to a screen reader.

translate = QCoreApplication.translate


def head_text(group: ChatGroup) -> str:
    """Return the name of a group."""
    match group:
        case ChatGroup.PINNED:
            return translate("ConversationModel", "Pinned")
        case ChatGroup.FOLDERS:
            return translate("ConversationModel", "Folders")
        case ChatGroup.TODAY:
            return translate("ConversationModel", "Today")
        case ChatGroup.YESTERDAY:
            return translate("ConversationModel", "Yesterday")
        case ChatGroup.THIS_WEEK:
            return translate("ConversationModel", "This week")
        case ChatGroup.OLDER:
            return translate("ConversationModel", "Older")
        case ChatGroup.IN_MESSAGES:
            return translate("ConversationModel", "In messages")
        case ChatGroup.DELETED:
            return recently_deleted()


def untitled_chat() -> str:
    """Return what a chat without a title is called."""
    return translate("ConversationModel", "New chat")


def recently_deleted() -> str:
    """Return what the trash is called."""
    return translate("ConversationModel", "Recently deleted")


def untitled_folder() -> str:
    """Return what a folder without a name is called."""
    return translate("ConversationModel", "Folder")


def spoken(row: Row | None, chats: str) -> str:
    """Return what a screen reader says of a row; `chats` is how many are in a folder, in words."""
    match row:
        case FolderRow(title=title, unfolded=unfolded):
            if unfolded:
                words = translate("ConversationModel", "{folder}, folder, {chats}, unfolded")
            else:
                words = translate("ConversationModel", "{folder}, folder, {chats}, folded")
            return words.format(folder=title, chats=chats)
        case HitRow(hit, title):
            return f"{title}: {hit.snippet}"
        case ChatRow(streaming=True):
            return translate("ConversationModel", "{title}, answer in progress").format(title=row.title)
        case ChatRow(unread=True):
            return translate("ConversationModel", "{title}, new answer").format(title=row.title)
        case TrashRow(count, title):
            return f"{title}, {count}"
        case HeadRow() | ChatRow():
            return row.title
        case None:
            return ""
