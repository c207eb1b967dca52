"""The file of what is not saved: whatever is in it comes back once, or is put out of the way."""

import asyncio
import threading
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import cast

import pytest

from chatdesk.features.chat.services.store import fallback_store
from chatdesk.features.chat.services.store.conversations import Conversations
from chatdesk.features.chat.services.store.fallback_store import FallbackStore
from chatdesk.features.chat.services.store.unsaved import Unsaved, restore_unsaved
from chatdesk.kernel.chat.conversation import Conversation, Draft
from chatdesk.kernel.chat.message import Message, MessageState, Role, TextPart
from chatdesk.kernel.lazy import Lazy
from chatdesk.storage.database.conversation_repository import ConversationRepository
from chatdesk.storage.database.message_repository import MessageRepository
from tests.own_time import TIMEOUT
from tests.unit.features.conftest import Harness

NOW = datetime(2026, 11, 24, tzinfo=UTC)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "unsaved.sqlite3"


def content_of(file: Path) -> bytes:
    return file.read_bytes()


def write(file: Path, content: bytes) -> None:
    file.write_bytes(content)


def exists(file: Path) -> bool:
    return file.exists()


async def next_start(harness: Harness, file: Path) -> bool:
    was_there = await restore_unsaved(file, harness.database, harness.conversations)
    await harness.conversations.load()
    return was_there


async def answered(harness: Harness) -> tuple[Conversation, tuple[Message, ...]]:
    chat = await harness.new_chat()
    await harness.ask(chat, "Question")
    return harness.conversations.get(chat), await harness.path(chat)


def grown(path: tuple[Message, ...], text: str) -> tuple[Message, ...]:
    """Return the path with an answer that says more, still being written."""
    return (*path[:-1], replace(path[-1].with_parts((TextPart(text),)), state=MessageState.STREAMING))


async def cut_off(harness: Harness, answer: Message, text: str) -> None:
    """Let the database have of an answer what it has after a kill."""
    cut = replace(answer.with_parts((TextPart(text),)), state=MessageState.INTERRUPTED)
    await harness.database.run(lambda connection: MessageRepository(connection).update(cut))


async def test_the_file_goes_when_everything_in_it_is_written_elsewhere(harness: Harness, file: Path) -> None:
    chat, path = await answered(harness)
    unsaved = Unsaved(file)
    await unsaved.keep(chat, path)
    await unsaved.keep_draft(replace(chat, draft="typed"))
    await unsaved.written(path[-1].id)
    assert exists(file)
    await unsaved.written(chat.id)
    assert not exists(file)
    await unsaved.keep(chat, path)
    assert exists(file), "and it is made again"
    await unsaved.close()


@pytest.mark.parametrize(
    ("stored", "kept", "expected"), [("One", "One half", "One half"), ("One half", "One", "One half")]
)
async def test_of_two_states_of_an_answer_the_longer_one_stays(
    harness: Harness, file: Path, stored: str, kept: str, expected: str
) -> None:
    chat, path = await answered(harness)
    await cut_off(harness, path[-1], stored)
    unsaved = Unsaved(file)
    await unsaved.keep(chat, grown(path, "O"))
    await unsaved.keep(chat, grown(path, kept))
    await unsaved.close()
    for _ in range(2):  # killed before the file was removed, it is put back again
        content = content_of(file)
        assert await next_start(harness, file)
        assert not exists(file)
        write(file, content)
    messages = await harness.database.run(lambda connection: MessageRepository(connection).of_conversation(chat.id))
    assert [message.text for message in messages] == ["Question", expected]
    assert messages[-1].state is MessageState.INTERRUPTED


@pytest.mark.parametrize(
    ("stored", "kept", "expected"),
    [
        ("", "typed", "typed"),
        ("type", "typed", "typed"),
        ("typed more", "typed", "typed more"),
        ("other", "typed", "typed\n\nother"),
    ],
)
async def test_a_draft_comes_back_and_is_not_there_twice(
    harness: Harness, file: Path, stored: str, kept: str, expected: str
) -> None:
    chat, _ = await answered(harness)
    await harness.conversations.save_draft(chat.id, stored)
    unsaved = Unsaved(file)
    await unsaved.keep_draft(replace(chat, draft=kept))
    await unsaved.close()
    await next_start(harness, file)
    assert harness.conversations.get(chat.id).draft == expected


async def test_an_answer_to_a_question_that_is_not_there_follows_what_is(harness: Harness, file: Path) -> None:
    chat, path = await answered(harness)
    question = Message("q", chat.id, path[-1].id, 0, Role.USER, (TextPart("More"),), MessageState.COMPLETE, NOW)
    answer = Message("a", chat.id, "q", 0, Role.ASSISTANT, (TextPart("Well"),), MessageState.STREAMING, NOW)
    unsaved = Unsaved(file)
    await unsaved.keep(chat, (*path, question, answer))
    await unsaved.close()
    await next_start(harness, file)
    messages = await harness.database.run(lambda connection: MessageRepository(connection).of_conversation(chat.id))
    assert [message.text for message in messages] == ["Question", path[-1].text, "More", "Well"]
    assert [message.parent_id for message in messages] == [None, *(message.id for message in messages[:-1])]
    assert harness.conversations.get(chat.id).head_id == "a"


async def test_a_file_that_cannot_be_read_is_put_out_of_the_way(
    harness: Harness, file: Path, caplog: pytest.LogCaptureFixture
) -> None:
    write(file, b"no database at all" * 100)
    assert not await next_start(harness, file)
    assert not exists(file)
    assert exists(file.with_name("unsaved.sqlite3.damaged"))
    assert "cannot be read" in caplog.text


async def test_a_question_that_waited_on_both_sides_is_there_once(harness: Harness, file: Path) -> None:
    chat, _ = await answered(harness)
    waiting = Draft("first"), Draft("second")
    harness.conversations.set_queue(chat.id, waiting[:1])
    await harness.conversations.save_queue(chat.id)
    await harness.conversations.save_draft(chat.id, "typed")
    unsaved = Unsaved(file)
    await unsaved.keep_draft(replace(chat, queued=waiting, draft="typed more"))
    await unsaved.close()
    await next_start(harness, file)
    assert harness.conversations.get(chat.id).draft == "first\n\nsecond\n\ntyped more"


class Recorder:
    """Stands in for what keeps things beside the chats, and remembers what it was given."""

    def __init__(self) -> None:
        self.drafts: list[str] = []

    async def keep_draft(self, conversation: Conversation) -> None:
        self.drafts.append(conversation.draft)

    async def written(self, key: str) -> None: ...


async def test_while_the_database_is_held_only_what_was_typed_last_is_kept_beside_it(
    harness: Harness, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The write of an older draft waits, too, and keeps something again and again: never the older text in place of the newer."""
    monkeypatch.setattr(fallback_store, "_WRITE_TIMEOUT_SECONDS", 0.005)
    chat, recorder, free = await harness.new_chat(), Recorder(), threading.Event()
    conversations = Conversations(harness.database, lambda: NOW, FallbackStore(Lazy(lambda: cast("Unsaved", recorder))))
    await conversations.load()
    holding = asyncio.ensure_future(harness.database.run(lambda _: free.wait(TIMEOUT)))
    first = asyncio.create_task(conversations.save_draft(chat, "one"))
    while len(recorder.drafts) < 3:
        await asyncio.sleep(0.001)
    second = asyncio.create_task(conversations.save_draft(chat, "one two"))
    await asyncio.sleep(0)
    recorder.drafts.clear()
    while len(recorder.drafts) < 10:
        await asyncio.sleep(0.001)
    free.set()
    await asyncio.gather(holding, first, second)
    assert set(recorder.drafts) == {"one two"}
    assert (
        await harness.database.run(lambda connection: ConversationRepository(connection).get(chat))
    ).draft == "one two"
