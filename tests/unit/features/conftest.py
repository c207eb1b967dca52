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
from chatdesk.kernel.chat.message import ImagePart, Message
from chatdesk.kernel.chat.question import Question
from chatdesk.kernel.chat.request import Picture
from chatdesk.kernel.context.context_size import Room
from chatdesk.kernel.models.model import Model, ModelRef
from chatdesk.storage.database.database import Database
from tests.fakes.doctor_desk import dead_port
from tests.fakes.fixed_rooms import FixedRooms
from tests.fakes.scripted_answerer import ScriptedAnswerer

MODEL = ModelRef("server", "model")


@dataclass
class Desk:
    """What a test of the services holds in its hands."""

    database: Database
    answerer: ScriptedAnswerer
    conversations: Conversations
    chat: Chat
    branches: Branches
    folders: ChatFolders
    trash: Trash
    pictures: dict[str, Picture]
    """What of a picture is sent, by hash."""
    models: dict[ModelRef, Model]
    """What is known of them."""
    rooms: dict[ModelRef, Room]
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
async def desk(tmp_path: Path) -> AsyncIterator[Desk]:
    database = Database(tmp_path / "chats.sqlite3")
    await database.open(expected=False)
    answerer = ScriptedAnswerer()

    def now() -> datetime:
        return datetime.now(UTC)

    conversations = Conversations(database, now)
    pictures: dict[str, Picture] = {}

    async def to_send(picture: ImagePart) -> Picture | None:
        return pictures.get(picture.sha256)

    known: dict[ModelRef, Model] = {}
    rooms: dict[ModelRef, Room] = {}
    chat = Chat(
        database,
        conversations,
        answerer,
        known.get,
        now,
        to_send,
        FixedRooms(rooms),
    )
    branches = Branches(database, conversations, chat, now)
    folders = ChatFolders(database, conversations)
    trash = Trash(database, conversations, folders, chat, now, nothing_to_tidy)
    desk = Desk(database, answerer, conversations, chat, branches, folders, trash, pictures, known, rooms)
    chat.changes.subscribe(desk.changes.append)
    conversations.changes.subscribe(desk.list_changes.append)
    yield desk
    await trash.close()
    await chat.close()
    await database.close()


@pytest.fixture
def dead() -> Iterator[int]:
    """A port where nobody listens."""
    with dead_port() as port:
        yield port
