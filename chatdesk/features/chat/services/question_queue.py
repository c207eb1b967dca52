"""Questions that wait until the answer before them is written: in memory as they are asked, on disk as drafts.

When they are sent is `chat.py`'s business.
"""

from collections import deque
from functools import reduce

from chatdesk.features.chat.services.chat_changes import ChatChange, QueueChanged, QueueReturned, SavingFailed
from chatdesk.features.chat.services.store.conversations import Conversations
from chatdesk.kernel.announcer import Announcer
from chatdesk.kernel.chat.question import Draft, Question
from chatdesk.kernel.errors.storage_errors import StorageError


class QuestionQueue:
    """The queues of all chats. What changes is announced by `changes`."""

    def __init__(self, conversations: Conversations, changes: Announcer[ChatChange]) -> None:
        self._conversations = conversations
        self._changes = changes
        self._queues: dict[str, deque[Question]] = {}
        self._being_sent: dict[str, Question] = {}
        """Out of the queue, and not a message yet: kept as if they waited."""

    def titles(self, conversation_id: str) -> tuple[str, ...]:
        """Return what waits, oldest first."""
        return tuple(question.title for question in self._queues.get(conversation_id, ()))

    def drafts(self, conversation_id: str, *, asked: Question | None = None) -> tuple[Draft, ...]:
        """Return likewise what is kept of it on disk; without the one that is `asked`, and becomes a message, if that has waited."""
        sent = self._being_sent.get(conversation_id)
        first = (sent,) if sent and sent is not asked else ()
        return tuple(question.draft for question in (*first, *self._queues.get(conversation_id, ())))

    async def add(self, conversation_id: str, question: Question) -> None:
        """Let a question wait. Raises `StorageError`; it does not wait then."""
        queue = self._queues.setdefault(conversation_id, deque())
        if self._being_sent.get(conversation_id) is question:  # another one has begun meanwhile
            del self._being_sent[conversation_id]
            queue.appendleft(question)
        else:
            queue.append(question)
        self._change(conversation_id)
        try:
            await self._conversations.keep_queue(conversation_id)
        except StorageError:
            if question in queue:
                queue.remove(question)
                self._change(conversation_id)
                raise

    def take(self, conversation_id: str, index: int) -> Question | None:
        """Take one back and return it; None if it has gone already. `Conversations.keep_queue` keeps that."""
        queue = self._queues.get(conversation_id)
        if not queue or not 0 <= index < len(queue):
            return None
        question = queue[index]
        del queue[index]
        self._change(conversation_id)
        return question

    def next(self, conversation_id: str) -> Question | None:
        """Take the oldest, to send it. It is kept as if it waited until it is a message: both are written at once."""
        queue = self._queues.get(conversation_id)
        if not queue:
            return None
        question = self._being_sent[conversation_id] = queue.popleft()
        self._announce(conversation_id)
        return question

    def sent(self, conversation_id: str, question: Question | None) -> None:
        """Note that a question is a message now, if it is one that has waited."""
        if question and self._being_sent.get(conversation_id) is question:
            del self._being_sent[conversation_id]
            self._conversations.set_queue(conversation_id, self.drafts(conversation_id))

    def put_back(self, conversation_id: str, question: Question) -> None:
        """Let it wait as the oldest again: it could not be sent."""
        self._being_sent.pop(conversation_id, None)
        self._queues[conversation_id].appendleft(question)
        self._announce(conversation_id)

    async def give_back(self, conversation_id: str) -> None:
        """Make a draft of what waits: it will not be sent."""
        queue = self._queues.pop(conversation_id, None)
        if not queue:
            return
        returned = reduce(Draft.before, [question.draft for question in queue])
        try:
            await self._conversations.return_queue(conversation_id)
        except StorageError as error:
            self._changes.announce(SavingFailed(conversation_id, error))
        self._announce(conversation_id)
        self._changes.announce(QueueReturned(conversation_id, returned.text, returned.pictures))

    def clear(self) -> None:
        """Forget what waits, as the program ends. On disk it stays, and is a draft when the next one starts."""
        self._queues.clear()

    def _change(self, conversation_id: str) -> None:
        self._conversations.set_queue(conversation_id, self.drafts(conversation_id))
        self._announce(conversation_id)

    def _announce(self, conversation_id: str) -> None:
        self._changes.announce(QueueChanged(conversation_id, self.titles(conversation_id)))
