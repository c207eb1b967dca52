"""The order of the rows: a key for each, by which the list is sorted."""

from collections.abc import Iterable, Mapping
from datetime import date

from chatdesk.features.conversations.ui.sidebar.list.chat_groups import ChatGroup, group_of
from chatdesk.kernel.chat.conversation import Conversation
from chatdesk.kernel.chat.folder import Folder

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
