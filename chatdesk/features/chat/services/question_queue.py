"""The queue of questions waiting for the current answer: in memory as questions, on disk as drafts.

`chat.py` decides when they are sent.
"""

from collections import deque
from functools import reduce

from chatdesk.features.chat.services.chat_changes import ChatChange, QueueChanged, QueueReturned, SavingFailed
from chatdesk.features.chat.services.store.conversations import Conversations
from chatdesk.kernel.announcer import Announcer
from chatdesk.kernel.chat.conversation import Draft, Question
from chatdesk.kernel.errors.storage_errors import StorageError


class QuestionQueue:
    """The question queues of all chats. Changes are announced through `changes`."""

    def __init__(self, conversations: Conversations, changes: Announcer[ChatChange]) -> None:
        self._conversations = conversations
        self._changes = changes
        self._queues: dict[str, deque[Question]] = {}
        self._being_sent: dict[str, Question] = {}
        """Questions out of the queue that are not messages yet; they are stored as if still queued."""

    def waiting(self, conversation_id: str) -> tuple[Draft, ...]:
        """Return the queued questions, oldest first."""
        return tuple(question.draft for question in self._queues.get(conversation_id, ()))

    def drafts(self, conversation_id: str, *, asked: Question | None = None) -> tuple[Draft, ...]:
        """Return the drafts to store for the queue, oldest first, without the one that is `asked` and becomes a message."""
        sent = self._being_sent.get(conversation_id)
        first = (sent,) if sent and sent is not asked else ()
        return (*(question.draft for question in first), *self.waiting(conversation_id))

    async def add(self, conversation_id: str, question: Question) -> None:
        """Queue a question. Raises `StorageError`, and does not queue it then."""
        queue = self._queues.setdefault(conversation_id, deque())
        if self._being_sent.get(conversation_id) is question:  # another one has started meanwhile
            del self._being_sent[conversation_id]
            queue.appendleft(question)
        else:
            queue.append(question)
        self._change(conversation_id)
        try:
            await self._conversations.save_queue(conversation_id)
        except StorageError:
            if question in queue:
                queue.remove(question)
                self._change(conversation_id)
                raise

    def pop(self, conversation_id: str, index: int) -> Question | None:
        """Remove a queued question and return it; None if it is gone. `Conversations.save_queue` saves that."""
        queue = self._queues.get(conversation_id)
        if not queue or not 0 <= index < len(queue):
            return None
        question = queue[index]
        del queue[index]
        self._change(conversation_id)
        return question

    def next(self, conversation_id: str) -> Question | None:
        """Remove and return the oldest question to send it, or None.

        It stays stored as queued until it is saved as a message, in one transaction.
        """
        queue = self._queues.get(conversation_id)
        if not queue:
            return None
        question = self._being_sent[conversation_id] = queue.popleft()
        self._announce(conversation_id)
        return question

    def sent(self, conversation_id: str, question: Question | None) -> None:
        """Record that a question, if it was queued, is a message now."""
        if question and self._being_sent.get(conversation_id) is question:
            del self._being_sent[conversation_id]
            self._conversations.set_queue(conversation_id, self.drafts(conversation_id))

    def put_back(self, conversation_id: str, question: Question) -> None:
        """Put a question that could not be sent back to the front of the queue."""
        self._being_sent.pop(conversation_id, None)
        self._queues[conversation_id].appendleft(question)
        self._announce(conversation_id)

    async def return_to_draft(self, conversation_id: str) -> None:
        """Turn the queued questions into a draft: they will not be sent."""
        queue = self._queues.pop(conversation_id, None)
        if not queue:
            return
        returned = reduce(Draft.before, [question.draft for question in queue])
        try:
            await self._conversations.return_queue(conversation_id)
        except StorageError as error:
            self._changes.announce(SavingFailed(conversation_id, error))
        self._announce(conversation_id)
        self._changes.announce(QueueReturned(conversation_id, returned.text, returned.attachments))

    def clear(self) -> None:
        """Clear the queues in memory as the program ends. On disk they stay and become drafts at the next start."""
        self._queues.clear()

    def _change(self, conversation_id: str) -> None:
        self._conversations.set_queue(conversation_id, self.drafts(conversation_id))
        self._announce(conversation_id)

    def _announce(self, conversation_id: str) -> None:
        self._changes.announce(QueueChanged(conversation_id, self.waiting(conversation_id)))
