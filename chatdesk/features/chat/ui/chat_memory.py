"""Where a place for chats keeps what must outlive it: what its new chat begins with, what it showed, what it asked."""

import json
from dataclasses import field

from chatdesk.features.attachments.services.attachments import kept_pictures
from chatdesk.features.chat.services.chat_services import ChatServices
from chatdesk.kernel.chat.attachments import to_records
from chatdesk.kernel.chat.question import Draft
from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.kernel.models.parameters import Parameters
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
from chatdesk.ui_kit.tasks import Tasks


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


# Which chat is shown: one value that the presenters of one place for chats share.


@dataclass(slots=True)
class CurrentChat:
    """`conversation_id` is empty for a new chat. `page_number` is another one for each chat or new chat that is shown."""

    conversation_id: str = ""
    page_number: int = 0
    parameters: Parameters = field(default_factory=Parameters)
    """Of a new chat, until there is a chat to keep them with."""
    memory: ChatMemory = WINDOW_MEMORY


# What is typed and not sent, and the pictures beside it, for each chat and for the new one ("", which has no
# row to be kept in).


class Drafts:
    """Writes on; nobody waits for it."""

    def __init__(self, services: ChatServices, tasks: Tasks, memory: ChatMemory) -> None:
        self._services = services
        self._tasks = tasks
        self._memory = memory

    def of(self, conversation_id: str) -> Draft:
        """Return a chat's draft."""
        if not conversation_id:
            settings = self._services.settings
            return Draft(settings.get(self._memory.draft), kept_pictures(settings, self._memory.pictures))
        conversation = self._services.conversations.find(conversation_id)
        return Draft(conversation.draft, conversation.draft_pictures) if conversation else Draft()

    def save(self, conversation_id: str, draft: Draft) -> None:
        """Keep a chat's draft."""
        if conversation_id:
            saving = self._services.conversations.save_draft(conversation_id, draft.text, draft.pictures)
            self._tasks.start(saving, "save draft")
            return
        settings = self._services.settings
        settings.set(self._memory.draft, draft.text)
        settings.set(self._memory.pictures, json.dumps(to_records(draft.pictures)) if draft.pictures else "")
