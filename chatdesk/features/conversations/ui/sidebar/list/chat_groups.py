"""Under which head a chat stands in the list: pinned, in its folder, or by the day something was last said in it."""

from collections.abc import Container
from datetime import date, timedelta
from enum import IntEnum, auto

from chatdesk.kernel.chat.conversation import Conversation

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
