"""The order of the rows: a key for each, by which the list is sorted."""

from chatdesk.domain.conversation import Conversation
from chatdesk.domain.folder import Folder
from chatdesk.ui.sidebar.chat_groups import ChatGroup

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
