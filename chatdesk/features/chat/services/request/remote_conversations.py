"""Which conversation at a server a question goes on with: the one that ends with the answer before it, if nothing was changed since.

An edited or regenerated message, another branch, a deleted or changed message in between, a copy of the chat: each finds none, so the
application opens a new conversation, and is told what was said as far as it can be.
"""

import hashlib
from collections.abc import Mapping, Sequence

from chatdesk.kernel.chat.application import RemoteAnswer, Session
from chatdesk.kernel.chat.message import Message, Role
from chatdesk.kernel.models.model import ModelRef
from chatdesk.storage.database.database import Database
from chatdesk.storage.database.remote_conversation_repository import RemoteConversationRepository


class RemoteConversations:
    """One per program."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def session(self, conversation_id: str, model: ModelRef, path: Sequence[Message]) -> Session:
        """Return within what the question at the end of `path` is asked."""
        answered = next((index for index in reversed(range(len(path))) if path[index].role is Role.ASSISTANT), None)
        questions_since = len(path) - 1 - answered if answered is not None else 0
        before = path[: answered + 1] if answered is not None and questions_since <= 1 else ()

        def read(repository: RemoteConversationRepository) -> Session:
            found = repository.find(before[-1].id, model, digest(before)) if before else None
            inputs = repository.inputs(conversation_id, model)
            return Session(found.conversation if found else "", inputs or {})

        return await self._database.run(lambda connection: read(RemoteConversationRepository(connection)))

    async def keep(self, path: Sequence[Message], model: ModelRef, answer: RemoteAnswer) -> None:
        """Note that a conversation at a server ends with the last message of `path`."""
        await self._database.run(
            lambda connection: RemoteConversationRepository(connection).keep(path[-1].id, model, answer, digest(path))
        )

    async def keep_inputs(self, conversation_id: str, model: ModelRef, inputs: Mapping[str, str]) -> None:
        """Keep what the user filled in for an application in a chat."""
        await self._database.run(
            lambda connection: RemoteConversationRepository(connection).keep_inputs(conversation_id, model, inputs)
        )

    async def inputs(self, conversation_id: str, model: ModelRef) -> dict[str, str] | None:
        """Return what was filled in there; None if nothing was yet."""
        return await self._database.run(
            lambda connection: RemoteConversationRepository(connection).inputs(conversation_id, model)
        )


def digest(path: Sequence[Message]) -> str:
    """Return a short name for exactly these messages in this order."""
    return hashlib.sha256(" ".join(message.id for message in path).encode()).hexdigest()[:32]
