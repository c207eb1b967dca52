"""Rows of the conversation list: their content, groups and order."""

from collections.abc import Container, Iterable, Mapping
from datetime import date, timedelta
from enum import IntEnum, auto

from PySide6.QtCore import QCoreApplication

from chatdesk.kernel.chat.conversation import Conversation, Folder, SearchHit
from chatdesk.kernel.fast_dataclass import dataclass

_WEEK = timedelta(days=7)


class ChatGroup(IntEnum):
    """Groups in the order in which they are listed."""

    DRAFTS = auto()
    """New chats that were never sent."""
    PINNED = auto()
    FOLDERS = auto()
    """Folders with their chats. The header is always listed, because its button creates folders."""
    TODAY = auto()
    YESTERDAY = auto()
    THIS_WEEK = auto()
    """The last seven days: a chat from Saturday is not "older" on Monday."""
    OLDER = auto()
    IN_MESSAGES = auto()
    """Messages found by a search, not chats."""
    DELETED = auto()
    """A single row without a header: the trash."""


def folder_id_of(conversation: Conversation) -> str:
    """Return the folder in which a chat is listed if the folder exists; "" for none."""
    return "" if conversation.pinned or conversation.is_draft else conversation.folder_id or ""


def group_of(conversation: Conversation, today: date, folders: Container[str | None] = ()) -> ChatGroup:
    """Return the group of a chat; `folders` contains the IDs of the existing folders.

    Days are in the local time zone; times in the future count as today.
    """
    if conversation.is_draft:
        return ChatGroup.DRAFTS
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


@dataclass(frozen=True, slots=True)
class HeaderRow:
    """Header of a group, with a number at its end. It cannot be selected."""

    group: ChatGroup
    title: str
    count: str = ""


@dataclass(frozen=True, slots=True)
class FolderRow:
    """A folder and the number of its chats. `unfolded`: they are listed; `marked`: it contains the current chat, which has no row.

    `streaming` and `unread` are those of its chats if it is folded.
    """

    folder: Folder
    title: str
    count: int
    unfolded: bool = True
    marked: bool = False
    streaming: bool = False
    unread: bool = False


@dataclass(frozen=True, slots=True)
class ChatRow:
    """A chat. `streaming`: its answer is being written; `inside`: it is listed in its folder; `shown`: it is the current chat."""

    conversation: Conversation
    title: str
    streaming: bool = False
    inside: bool = False
    shown: bool = False

    @property
    def unread(self) -> bool:
        """Whether it has an unread answer."""
        return bool(self.conversation.unread_id)

    @property
    def is_draft(self) -> bool:
        """Whether it is a new chat that was never sent."""
        return self.conversation.is_draft

    @property
    def unsent(self) -> bool:
        """Whether the user has written something in it that was not sent, and cannot see that now."""
        return not self.is_draft and not self.shown and self.conversation.unsent.has_content


@dataclass(frozen=True, slots=True)
class FoundChat:
    """The messages of a chat that a search found so far, the newest first."""

    hits: tuple[SearchHit, ...]
    unfolded: bool = False


@dataclass(frozen=True, slots=True)
class HitRow:
    """The newest message found in a chat, and the title of the chat. `more`: the number of others, listed below if `unfolded`."""

    hit: SearchHit
    title: str
    more: int = 0
    unfolded: bool = False


@dataclass(frozen=True, slots=True)
class MoreHitRow:
    """Another message found in the chat above."""

    hit: SearchHit
    title: str


@dataclass(frozen=True, slots=True)
class TrashRow:
    """The row of the trash, always last. `current`: its page is shown."""

    count: int
    title: str = ""
    current: bool = False


Row = HeaderRow | FolderRow | ChatRow | HitRow | MoreHitRow | TrashRow


Key = tuple[int, bool, float, str, bool, float, str]
"""Sort key: group; is below the header; position and ID of the folder; is below the folder; position and ID."""

_END = float("inf")


def header_key(group: int) -> Key:
    """Return the key of a group header."""
    return group, False, 0.0, "", False, 0.0, ""


def folder_key(folder: Folder) -> Key:
    """Return the key of the row of a folder."""
    return ChatGroup.FOLDERS, True, folder.position, folder.id, False, 0.0, ""


def folder_end(folder: Folder) -> Key:
    """Return a key after all chats of a folder and before the next row."""
    return ChatGroup.FOLDERS, True, folder.position, folder.id, True, _END, ""


def chat_key(conversation: Conversation, group: ChatGroup, folder: Folder | None) -> Key:
    """Return the key of a chat in its group and, if given, its folder."""
    position, folder_id = (folder.position, folder.id) if folder else (0.0, "")
    return group, True, position, folder_id, True, -conversation.updated_at.timestamp(), conversation.id


def hit_key(chat: int, index: int = 0) -> Key:
    """Return the key of a search hit: the number of its chat among those found, and its number in the chat."""
    return ChatGroup.IN_MESSAGES, True, float(chat), "", True, index, ""


def trash_key() -> Key:
    """Return the key of the row of the trash, which is after all others."""
    return ChatGroup.DELETED, True, 0.0, "", False, 0.0, ""


class ChatKeys:
    """Cache of the sort keys of chats: each typed character of a search sorts thousands, mostly slowed down by time zones."""

    def __init__(self) -> None:
        self._known: dict[str, tuple[Conversation, Folder | None, date, Key]] = {}

    def key(self, conversation: Conversation, today: date, folders: Mapping[str, Folder]) -> Key:
        """Return the key of a chat for a date and these folders."""
        folder = folders.get(folder_id_of(conversation))
        known = self._known.get(conversation.id)
        if known and known[0] is conversation and known[1] is folder and known[2] == today:
            return known[3]
        key = chat_key(conversation, group_of(conversation, today, folders), folder)
        self._known[conversation.id] = conversation, folder, today, key
        return key

    def keys(self, chats: Iterable[Conversation], today: date, folders: Mapping[str, Folder]) -> dict[str, Key]:
        """Return the keys of many chats by ID, without a function call for each cached one."""
        found: dict[str, Key] = {}
        for chat in chats:
            known = self._known.get(chat.id)
            folder = folders.get(folder_id_of(chat)) if chat.folder_id else None
            is_known = known and known[0] is chat and known[1] is folder and known[2] == today
            found[chat.id] = known[3] if known and is_known else self.key(chat, today, folders)
        return found

    def forget(self, conversation_id: str) -> None:
        """Remove a deleted chat from the cache."""
        self._known.pop(conversation_id, None)


translate = QCoreApplication.translate


def group_title(group: ChatGroup) -> str:
    """Return the title of a group."""
    match group:
        case ChatGroup.DRAFTS:
            return translate("ConversationModel", "Drafts")
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
    """Return the placeholder for the title of an untitled chat."""
    return translate("ConversationModel", "New chat")


def untitled_draft() -> str:
    """Return the placeholder for a draft without words."""
    return translate("ConversationModel", "Draft")


def recently_deleted() -> str:
    """Return the name of the trash."""
    return translate("ConversationModel", "Recently deleted")


def accessible_text(row: Row | None, number: str) -> str:
    """Return the text of a row for screen readers; `number` is that of chats in a folder, or of other matches, as text."""
    match row:
        case FolderRow(title=title, unfolded=unfolded):
            if unfolded:
                template = translate("ConversationModel", "{folder}, folder, {chats}, unfolded")
            else:
                template = translate("ConversationModel", "{folder}, folder, {chats}, folded")
            return ", ".join((template.format(folder=title, chats=number), *_marks(row)))
        case HitRow(hit, title, more) if more:
            return f"{title}: {_found_text(hit)}, {number}"
        case HitRow(hit, title) | MoreHitRow(hit, title):
            return f"{title}: {_found_text(hit)}"
        case ChatRow():
            return ", ".join((row.title, *_marks(row)))
        case TrashRow(count, title):
            return f"{title}, {count}"
        case HeaderRow(title=title, count=count):
            return f"{title}, {count}" if count else title
        case None:
            return ""


def _found_text(hit: SearchHit) -> str:
    if hit.location is None or hit.location.passage is None:
        return hit.snippet
    from chatdesk.ui_kit.pictures.attachment_facts import found_in  # noqa: PLC0415 - start-up time: nothing has been found yet

    return found_in(hit.location.document, hit.location.passage, hit.snippet)[0]


def _marks(row: ChatRow | FolderRow) -> Iterable[str]:
    if isinstance(row, ChatRow) and row.is_draft:
        yield translate("ConversationModel", "draft")
    if row.streaming:
        yield translate("ConversationModel", "answer in progress")
    if row.unread:
        yield translate("ConversationModel", "new answer")
    if isinstance(row, ChatRow) and row.unsent:
        yield translate("ConversationModel", "unsent text")
