"""A chat service over a real database and a scripted answerer."""

from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import pytest

from chatdesk.features.chat.services.branches import Branches
from chatdesk.features.chat.services.chat import Chat
from chatdesk.features.chat.services.chat_changes import ChatChange
from chatdesk.features.chat.services.store.conversations import ConversationChange, Conversations
from chatdesk.features.conversations.services.chat_folders import ChatFolders
from chatdesk.features.conversations.services.trash import Trash
from chatdesk.kernel.chat.conversation import Question
from chatdesk.kernel.chat.message import DocumentPart, ImagePart, Message
from chatdesk.kernel.chat.request import Picture
from chatdesk.kernel.context.context_size import ContextBudget
from chatdesk.kernel.documents.document_text import DocumentText
from chatdesk.kernel.models.model import Model, ModelRef
from chatdesk.storage.database.database import Database
from tests.fakes.doctor_harness import dead_port
from tests.fakes.fixed_budgets import FixedBudgets
from tests.fakes.scripted_completion_client import ScriptedCompletionClient

MODEL = ModelRef("server", "model")


@dataclass
class Harness:
    """What a test of the services holds in its hands."""

    database: Database
    completion_client: ScriptedCompletionClient
    conversations: Conversations
    chat: Chat
    branches: Branches
    folders: ChatFolders
    trash: Trash
    pictures: dict[str, Picture]
    document_texts: dict[str, DocumentText]
    """What of a picture is sent, by hash."""
    models: dict[ModelRef, Model]
    """What is known of them."""
    budgets: dict[ModelRef, ContextBudget]
    """How much context they have."""
    changes: list[ChatChange] = field(default_factory=list)
    list_changes: list[ConversationChange] = field(default_factory=list)

    async def new_chat(self) -> str:
        return (await self.conversations.create()).id

    async def ask(self, conversation_id: str, text: str) -> None:
        """Ask and wait for the end of the answer."""
        await self.chat.send(conversation_id, Question(text, MODEL))
        await self.answered(conversation_id)

    async def answered(self, conversation_id: str) -> None:
        await self.chat.wait_until_idle(conversation_id)

    async def path(self, conversation_id: str) -> tuple[Message, ...]:
        return (await self.chat.path(conversation_id))[0]


async def nothing_to_tidy() -> None:
    """There are no files."""


@pytest.fixture
async def harness(tmp_path: Path) -> AsyncIterator[Harness]:
    database = Database(tmp_path / "chats.sqlite3")
    await database.open(expected=False)
    completion_client = ScriptedCompletionClient()

    def now() -> datetime:
        return datetime.now(UTC)

    conversations = Conversations(database, now)
    pictures: dict[str, Picture] = {}

    async def to_send(picture: ImagePart) -> Picture | None:
        return pictures.get(picture.sha256)

    async def read_text(document: DocumentPart) -> DocumentText | None:
        return document_texts.get(document.text_sha256)

    document_texts: dict[str, DocumentText] = {}
    known: dict[ModelRef, Model] = {}
    budgets: dict[ModelRef, ContextBudget] = {}
    chat = Chat(
        database,
        conversations,
        completion_client,
        known.get,
        now,
        to_send,
        read_text,
        FixedBudgets(budgets),
    )
    branches = Branches(database, conversations, chat, now)
    folders = ChatFolders(database, conversations)
    trash = Trash(database, conversations, folders, chat, now, nothing_to_tidy)
    harness = Harness(
        database,
        completion_client,
        conversations,
        chat,
        branches,
        folders,
        trash,
        pictures,
        document_texts,
        known,
        budgets,
    )
    chat.changes.subscribe(harness.changes.append)
    conversations.changes.subscribe(harness.list_changes.append)
    yield harness
    await trash.close()
    await chat.close()
    await conversations.close()
    await database.close()


@pytest.fixture
def dead() -> Iterator[int]:
    """A port where nobody listens."""
    with dead_port() as port:
        yield port
