"""Whatever is done to a chat, and in whatever order: nothing is lost, and what is shown is a path, in memory as on disk."""

import asyncio
import sqlite3
import tempfile
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chatdesk.features.chat.services.branches import Branches
from chatdesk.features.chat.services.chat import Chat
from chatdesk.features.chat.services.store.conversations import Conversations
from chatdesk.kernel.chat.conversation import Question
from chatdesk.kernel.chat.message import Message
from chatdesk.kernel.chat.message_trees import Deletion, MessageTree
from chatdesk.storage.database.database import Database
from chatdesk.storage.database.message_repository import MessageRepository
from tests.fakes.fixed_budgets import FixedBudgets
from tests.fakes.scripted_completion_client import ScriptedCompletionClient
from tests.unit.features.conftest import MODEL

pytestmark = pytest.mark.thorough

DEEDS = ("send", "regenerate", "edit", "previous", "next", "delete", "edit answer", "undo edit", "undo", "branch")


def _now() -> datetime:
    return datetime.now(UTC)


async def _no_picture(_picture: object) -> None:
    return None


async def _no_text(_document: object) -> None:
    return None


@dataclass
class World:
    database: Database
    deletions: list[Deletion] = field(default_factory=list)
    edits: list[tuple[str, str]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.conversations = Conversations(self.database, _now)
        self.chat = Chat(
            self.database,
            self.conversations,
            ScriptedCompletionClient(),
            lambda _model: None,
            _now,
            _no_picture,
            _no_text,
            FixedBudgets(),
        )
        self.branches = Branches(self.database, self.conversations, self.chat, _now)

    async def do(self, chat: str, action: str, pick: int) -> None:
        path, _ = await self.chat.path(chat)
        message = path[pick % len(path)] if path else None
        match action:
            case "send":
                await self.chat.send(chat, Question(f"question {pick}", MODEL))
            case "undo" if self.deletions:
                await self.branches.restore_deleted(self.deletions.pop(pick % len(self.deletions)))
            case "regenerate" if message:
                await self.chat.regenerate(message.id, MODEL)
            case "edit" if message and message.role == "user":
                await self.chat.edit(message.id, Question(f"edited {pick}", MODEL))
            case "previous" | "next" if message:
                await self.branches.show_sibling(message.id, 1 if action == "next" else -1)
            case "delete" if message:
                if deletion := await self.branches.delete(message.id):
                    self.deletions.append(deletion)
            case "edit answer" if message:
                if new_id := await self.branches.edit_answer(message.id, f"changed {pick}"):
                    self.edits.append((message.id, new_id))
                    now, _ = await self.chat.path(chat)
                    follows = [each.id for each in path]
                    assert [each.id for each in now] == [new_id if id_ == message.id else id_ for id_ in follows]
            case "undo edit" if self.edits:
                if undone := await self.branches.undo_edit(*self.edits.pop(pick % len(self.edits))):
                    self.deletions.append(undone)
            case "branch" if message:
                copy = await self.branches.branch(message.id, "Copy")
                assert copy is not None
                copied, _ = await self.chat.path(copy.id)
                index = next(index for index, known in enumerate(path) if known.id == message.id)
                assert [each.parts for each in copied] == [each.parts for each in path[: index + 1]]
        await self.chat.wait_until_idle(chat)


def rows(connection: sqlite3.Connection, chat: str) -> dict[str, tuple[str | None, bool]]:
    found = connection.execute("SELECT id, parent_id, deleted_at FROM messages WHERE conversation_id = ?", (chat,))
    return {id_: (parent_id, deleted_at is not None) for id_, parent_id, deleted_at in found}


async def check(world: World, chat: str, ever: set[str]) -> tuple[Message, ...]:
    stored = await world.database.run(lambda connection: rows(connection, chat))
    assert ever <= stored.keys(), "a message is lost"
    ever.update(stored)
    for parent_id, in_trash in stored.values():
        if not in_trash:
            assert parent_id is None or not stored[parent_id][1], "a message follows one in the trash"
    for start in stored:  # every way up ends at a first message
        seen, current = set(), start
        while current is not None:
            assert current not in seen
            seen.add(current)
            current = stored[current][0]
    path, positions = await world.chat.path(chat)
    tree = await world.chat.trees.of(chat)
    assert {message.id for message in tree.all()} == {id_ for id_, (_, in_trash) in stored.items() if not in_trash}
    head_id = world.conversations.get(chat).head_id
    assert (path[-1].id if path else None) == head_id, "the path is broken"
    assert not path or path[0].parent_id is None
    assert path or not len(tree), "an empty chat though there are messages"
    afresh = MessageTree(
        await world.database.run(lambda connection: MessageRepository(connection).of_conversation(chat))
    )
    assert afresh.all() == tree.all(), "memory and disk part ways"
    assert (afresh.path(head_id), afresh.positions(path)) == (path, positions)
    return path


async def live(folder: Path, actions: list[tuple[str, int]]) -> None:
    database = Database(folder / "chats.sqlite3")
    await database.open(expected=False)
    world = World(database)
    chat = (await world.conversations.create()).id
    ever: set[str] = set()
    shown: tuple[Message, ...] = ()
    for action, pick in actions:
        await world.do(chat, action, pick)
        shown = await check(world, chat, ever)
    await world.chat.close()
    await database.close()

    database = Database(folder / "chats.sqlite3")
    await database.open(expected=True)
    again = World(database)
    await again.conversations.load()
    assert await check(again, chat, ever) == shown
    while world.deletions:  # the newest first: everything that was ever there is there again
        await again.branches.restore_deleted(world.deletions.pop())
        await check(again, chat, ever)
    assert {message.id for message in await again.chat.messages(chat)} == ever
    await database.close()


@settings(max_examples=50, suppress_health_check=list(HealthCheck))
@given(st.lists(st.tuples(st.sampled_from(DEEDS), st.integers(0, 7)), max_size=25))
def test_no_message_is_lost_and_the_path_shown_is_one(actions: list[tuple[str, int]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(live(Path(folder), actions))
