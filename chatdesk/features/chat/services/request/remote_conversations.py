"""The conversation at a server that a question continues: the one ending with the previous answer, if nothing changed since.

After an edited, regenerated or deleted message, with other instructions, on another branch or in a copy of the chat
none is found. The application then starts a new conversation and is sent the earlier messages as far as it supports that.
"""

from collections.abc import Mapping, Sequence

from chatdesk.kernel.chat.application import RemoteAnswer, Session
from chatdesk.kernel.chat.instructions import NO_INSTRUCTIONS, SentInstructions
from chatdesk.kernel.chat.message import Message, Role
from chatdesk.kernel.models.model import ModelRef
from chatdesk.storage.database.database import Database
from chatdesk.storage.database.remote_conversation_repository import RemoteConversationRepository


class RemoteConversations:
    """Finds and stores conversations at servers. One per program."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def session(
        self,
        conversation_id: str,
        model: ModelRef,
        path: Sequence[Message],
        instructions: SentInstructions = NO_INSTRUCTIONS,
    ) -> Session:
        """Return the session in which the question at the end of `path` is asked with these instructions."""
        answered = next((index for index in reversed(range(len(path))) if path[index].role is Role.ASSISTANT), None)
        questions_since = len(path) - 1 - answered if answered is not None else 0
        before = path[: answered + 1] if answered is not None and questions_since <= 1 else ()

        if before and before[-1].instructions not in {None, instructions}:
            before = ()  # an application receives the instructions only at the start of a conversation

        def read(repository: RemoteConversationRepository) -> Session:
            found = repository.find(before[-1].id, model, digest(before)) if before else None
            inputs = repository.inputs(conversation_id, model)
            return Session(found.conversation if found else "", inputs or {})

        return await self._database.run(lambda connection: read(RemoteConversationRepository(connection)))

    async def save(self, path: Sequence[Message], model: ModelRef, answer: RemoteAnswer) -> None:
        """Record that a conversation at a server ends with the last message of `path`."""
        await self._database.run(
            lambda connection: RemoteConversationRepository(connection).save(path[-1].id, model, answer, digest(path))
        )

    async def save_inputs(self, conversation_id: str, model: ModelRef, inputs: Mapping[str, str]) -> None:
        """Save the values the user entered for an application in a chat."""
        await self._database.run(
            lambda connection: RemoteConversationRepository(connection).save_inputs(conversation_id, model, inputs)
        )

    async def inputs(self, conversation_id: str, model: ModelRef) -> dict[str, str] | None:
        """Return the values entered for an application in a chat; None if there are none yet."""
        return await self._database.run(
            lambda connection: RemoteConversationRepository(connection).inputs(conversation_id, model)
        )


def digest(path: Sequence[Message]) -> str:
    """Return a short hash of exactly these messages in this order."""
    from hashlib import sha256  # noqa: PLC0415 - start-up time

    return sha256(" ".join(message.id for message in path).encode()).hexdigest()[:32]
