"""The state a chat view stores between runs: the drafts and defaults of new chats and the chat last shown."""

import json
from datetime import UTC, datetime

from chatdesk.features.attachments.services.attachments import saved_attachments
from chatdesk.features.chat.services.chat_services import ChatServices
from chatdesk.kernel.chat.attachments import to_records
from chatdesk.kernel.chat.conversation import Conversation, Draft
from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.kernel.settings.declarations import (
    EDIT_DRAFTS,
    LAST_CONVERSATION,
    LAST_MODEL,
    LAST_SERVER,
    NEW_CHAT_ATTACHMENTS,
    NEW_CHAT_DRAFT,
    NEW_CHAT_FOLDER,
    NEW_CHAT_PRESET,
    Setting,
)
from chatdesk.ui_kit.tasks import Tasks


@dataclass(frozen=True, slots=True)
class ChatMemory:
    """The settings of one chat view: one instance for the window's chat page, another for the quick window."""

    draft: Setting[str]
    attachments: Setting[str]
    preset: Setting[str]
    folder: Setting[str]
    server: Setting[str]
    """With `model`, the model used last in this view; empty for the one used last in the window."""
    model: Setting[str]
    edit_drafts: Setting[str]
    shown: Setting[str] | None = None
    """The chat to open at start; None for a view that starts with a new chat."""
    reuses_setup: bool = False
    """Whether a new chat continues the unsent one, and starts with the preset and the folder of the previous one.

    Otherwise a new chat is empty, and what was written in the previous one becomes a draft in the list.
    """


WINDOW_MEMORY = ChatMemory(
    NEW_CHAT_DRAFT,
    NEW_CHAT_ATTACHMENTS,
    NEW_CHAT_PRESET,
    NEW_CHAT_FOLDER,
    LAST_SERVER,
    LAST_MODEL,
    EDIT_DRAFTS,
    shown=LAST_CONVERSATION,
)


# The current chat is shared by the presenters of one chat view.


NEW_CHAT = Conversation("", "", datetime.min.replace(tzinfo=UTC), datetime.min.replace(tzinfo=UTC))
"""A new chat with default settings."""


@dataclass(slots=True)
class CurrentChat:
    """The chat being shown.

    `conversation_id` is empty for a new chat; `page_number` changes with every chat or new chat shown.
    """

    conversation_id: str = ""
    page_number: int = 0
    new: Conversation = NEW_CHAT
    """The settings of a new chat, until there is a chat to store them."""
    memory: ChatMemory = WINDOW_MEMORY


# Each chat has a draft of text and attachments, and so does the new chat (""), which has no row in the database.


class Drafts:
    """The drafts of one chat view. Saving runs in the background."""

    def __init__(self, services: ChatServices, tasks: Tasks, memory: ChatMemory) -> None:
        self._services = services
        self._tasks = tasks
        self._memory = memory

    def of(self, conversation_id: str) -> Draft:
        """Return the draft of a chat."""
        if not conversation_id:
            settings = self._services.settings
            return Draft(settings.get(self._memory.draft), saved_attachments(settings, self._memory.attachments))
        conversation = self._services.conversations.find(conversation_id)
        return conversation.unsent if conversation else Draft()

    def save(self, conversation_id: str, draft: Draft) -> None:
        """Save the draft of a chat."""
        if conversation_id:
            saving = self._services.conversations.save_draft(conversation_id, draft.text, draft.attachments)
            self._tasks.start(saving, "save draft")
            return
        settings = self._services.settings
        settings.set(self._memory.draft, draft.text)
        settings.set(self._memory.attachments, json.dumps(to_records(draft.attachments)) if draft.attachments else "")
