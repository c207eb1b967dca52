"""Where a place for chats keeps what must outlive it: what its new chat begins with, what it showed, what it asked."""

from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.kernel.settings.declarations import (
    EDIT_DRAFTS,
    LAST_CONVERSATION,
    LAST_MODEL,
    LAST_SERVER,
    NEW_CHAT_DRAFT,
    NEW_CHAT_FOLDER,
    NEW_CHAT_PICTURES,
    NEW_CHAT_PRESET,
    Setting,
)


@dataclass(frozen=True, slots=True)
class ChatMemory:
    """The settings of one place. The window's chat page has one, the window for quick questions another."""

    draft: Setting[str]
    pictures: Setting[str]
    preset: Setting[str]
    folder: Setting[str]
    server: Setting[str]
    """With `model`, what was asked last there; empty: what was asked last in the window."""
    model: Setting[str]
    edit_drafts: Setting[str]
    shown: Setting[str] | None = None
    """The chat that is opened there at the start; None for a place that begins with a new one."""
    goes_on_alike: bool = False
    """Whether each new chat there begins with the preset and the folder of the one before."""


WINDOW_MEMORY = ChatMemory(
    NEW_CHAT_DRAFT,
    NEW_CHAT_PICTURES,
    NEW_CHAT_PRESET,
    NEW_CHAT_FOLDER,
    LAST_SERVER,
    LAST_MODEL,
    EDIT_DRAFTS,
    shown=LAST_CONVERSATION,
)
