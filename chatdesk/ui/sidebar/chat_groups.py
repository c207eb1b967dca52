"""Under which head a chat stands in the list: pinned, or by the day something was last said in it."""

from datetime import date, timedelta
from enum import IntEnum, auto

from chatdesk.domain.conversation import Conversation

_WEEK = timedelta(days=7)


class ChatGroup(IntEnum):
    """The groups in the order they are listed."""

    PINNED = auto()
    TODAY = auto()
    YESTERDAY = auto()
    THIS_WEEK = auto()
    """The seven days up to today: a chat of Saturday is not "older" on Monday."""
    OLDER = auto()
    IN_MESSAGES = auto()
    """Not chats but messages, found by a search."""


def group_of(conversation: Conversation, today: date) -> ChatGroup:
    """Return the group of a chat. Days are those of the machine's own time zone; a time to come counts as today."""
    if conversation.pinned:
        return ChatGroup.PINNED
    day = conversation.updated_at.astimezone().date()
    if day >= today:
        return ChatGroup.TODAY
    if day == today - timedelta(days=1):
        return ChatGroup.YESTERDAY
    return ChatGroup.THIS_WEEK if today - day < _WEEK else ChatGroup.OLDER
