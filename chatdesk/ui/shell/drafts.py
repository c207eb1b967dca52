"""What is typed and not sent, for each chat and for the new one ("", which has no row to be kept in)."""

from chatdesk.domain.settings import NEW_CHAT_DRAFT
from chatdesk.services.program import Program
from chatdesk.ui.tasks import Tasks


class Drafts:
    """Writes on; nobody waits for it."""

    def __init__(self, program: Program, tasks: Tasks) -> None:
        self._program = program
        self._tasks = tasks

    def of(self, conversation_id: str) -> str:
        """Return a chat's draft."""
        if not conversation_id:
            return self._program.settings.get(NEW_CHAT_DRAFT)
        conversation = self._program.conversations.find(conversation_id)
        return conversation.draft if conversation else ""

    def save(self, conversation_id: str, text: str) -> None:
        """Keep a chat's draft."""
        if conversation_id:
            self._tasks.start(self._program.conversations.save_draft(conversation_id, text), "save draft")
        else:
            self._program.settings.set(NEW_CHAT_DRAFT, text)


def joined(*texts: str) -> str:
    """Return messages as one, those that are empty left out."""
    return "\n\n".join(filter(None, texts))
