"""What is typed and not sent, and the pictures beside it, for each chat and for the new one ("", which has no row to be kept in)."""

import json

from chatdesk.app.program import Program
from chatdesk.features.attachments.services.attachments import kept_pictures
from chatdesk.features.chat.ui.chat_memory import ChatMemory
from chatdesk.kernel.chat.picture_records import to_records
from chatdesk.kernel.chat.question import Draft
from chatdesk.ui_kit.tasks import Tasks


class Drafts:
    """Writes on; nobody waits for it."""

    def __init__(self, program: Program, tasks: Tasks, memory: ChatMemory) -> None:
        self._program = program
        self._tasks = tasks
        self._memory = memory

    def of(self, conversation_id: str) -> Draft:
        """Return a chat's draft."""
        if not conversation_id:
            settings = self._program.settings
            return Draft(settings.get(self._memory.draft), kept_pictures(settings, self._memory.pictures))
        conversation = self._program.conversations.find(conversation_id)
        return Draft(conversation.draft, conversation.draft_pictures) if conversation else Draft()

    def save(self, conversation_id: str, draft: Draft) -> None:
        """Keep a chat's draft."""
        if conversation_id:
            saving = self._program.conversations.save_draft(conversation_id, draft.text, draft.pictures)
            self._tasks.start(saving, "save draft")
            return
        settings = self._program.settings
        settings.set(self._memory.draft, draft.text)
        settings.set(self._memory.pictures, json.dumps(to_records(draft.pictures)) if draft.pictures else "")
