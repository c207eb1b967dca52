"""The file of what is not saved: whatever is in it comes back once, or is put out of the way."""

import asyncio
import errno
import sqlite3
import threading
from contextlib import closing
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
from chatdesk.kernel.errors.storage_errors import DiskFull
from chatdesk.kernel.lazy import Lazy
from chatdesk.kernel.settings.store import StartNotice
from chatdesk.storage.database import unsaved_file
from chatdesk.storage.database.conversation_repository import ConversationRepository
from chatdesk.storage.database.message_repository import MessageRepository
from chatdesk.storage.files.file_writing import replace_file
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


async def next_start(harness: Harness, file: Path) -> StartNotice | None:
    notice = await restore_unsaved(file, harness.database)
    await harness.conversations.load()
    return notice


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
    await unsaved.save(chat, path)
    await unsaved.save_draft(replace(chat, draft="typed"))
    await unsaved.written(path[-1].id)
    assert exists(file)
    await unsaved.written(chat.id)
    assert not exists(file)
    await unsaved.save(chat, path)
    assert exists(file), "and it is made again"
    await unsaved.close()


@pytest.mark.parametrize(
    ("stored", "saved", "expected"), [("One", "One half", "One half"), ("One half", "One", "One half")]
)
async def test_of_two_states_of_an_answer_the_longer_one_stays(
    harness: Harness, file: Path, stored: str, saved: str, expected: str
) -> None:
    chat, path = await answered(harness)
    await cut_off(harness, path[-1], stored)
    unsaved = Unsaved(file)
    await unsaved.save(chat, grown(path, "O"))
    await unsaved.save(chat, grown(path, saved))
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
    ("stored", "saved", "expected"),
    [
        ("", "typed", "typed"),
        ("type", "typed", "typed"),
        ("typed more", "typed", "typed more"),
        ("other", "typed", "typed\n\nother"),
    ],
)
async def test_a_draft_comes_back_and_is_not_there_twice(
    harness: Harness, file: Path, stored: str, saved: str, expected: str
) -> None:
    chat, _ = await answered(harness)
    await harness.conversations.save_draft(chat.id, stored)
    unsaved = Unsaved(file)
    await unsaved.save_draft(replace(chat, draft=saved))
    await unsaved.close()
    await next_start(harness, file)
    assert harness.conversations.get(chat.id).draft == expected


async def test_an_answer_to_a_question_that_is_not_there_follows_what_is(harness: Harness, file: Path) -> None:
    chat, path = await answered(harness)
    question = Message("q", chat.id, path[-1].id, 0, Role.USER, (TextPart("More"),), MessageState.COMPLETE, NOW)
    answer = Message("a", chat.id, "q", 0, Role.ASSISTANT, (TextPart("Well"),), MessageState.STREAMING, NOW)
    unsaved = Unsaved(file)
    await unsaved.save(chat, (*path, question, answer))
    await unsaved.close()
    await next_start(harness, file)
    messages = await harness.database.run(lambda connection: MessageRepository(connection).of_conversation(chat.id))
    assert [message.text for message in messages] == ["Question", path[-1].text, "More", "Well"]
    assert [message.parent_id for message in messages] == [None, *(message.id for message in messages[:-1])]
    assert harness.conversations.get(chat.id).head_id == "a"


async def test_a_file_in_which_nothing_can_be_read_is_kept_under_another_name(
    harness: Harness, file: Path, caplog: pytest.LogCaptureFixture
) -> None:
    for number in (1, 2):
        write(file, f"no database at all {number}".encode() * 100)
        assert await next_start(harness, file) is StartNotice.UNSAVED_LOST
        assert not exists(file)
    assert sorted(map(beginning_of, file.parent.glob("unsaved-set-aside-*"))) == [
        "database at all 1",
        "database at all 2",
    ]
    assert "Nothing in the fallback database can be read" in caplog.text


def beginning_of(file: Path) -> str:
    return file.read_text()[3:20]


async def test_what_can_be_read_of_a_damaged_file_comes_back_and_the_file_is_kept(
    harness: Harness, file: Path, caplog: pytest.LogCaptureFixture
) -> None:
    chat, path = await answered(harness)
    await cut_off(harness, path[-1], "One")
    unsaved = Unsaved(file)
    await unsaved.save(chat, grown(path, "One half"))
    await unsaved.save_draft(replace(chat, draft="typed", queued=(Draft("waits"),)))
    await unsaved.close()
    damage(file)
    damaged = content_of(file)
    assert await next_start(harness, file) is StartNotice.UNSAVED_SALVAGED
    messages = await harness.database.run(lambda connection: MessageRepository(connection).of_conversation(chat.id))
    assert [message.text for message in messages] == ["Question", "One half"]
    assert harness.conversations.get(chat.id).draft == "waits\n\ntyped"
    (saved,) = file.parent.glob("unsaved*")
    assert content_of(saved) == damaged
    assert "damaged" in caplog.text


def damage(file: Path) -> None:
    """Destroy the page of an index, which SQLite's check finds and no row needs."""
    with closing(sqlite3.connect(file)) as connection:
        (page,) = connection.execute("SELECT max(rootpage) FROM sqlite_schema WHERE type = 'index'").fetchone()
        (size,) = connection.execute("PRAGMA page_size").fetchone()
    content = bytearray(file.read_bytes())
    content[(page - 1) * size : page * size] = b"\xff" * size
    # Only a file that was not closed is checked when it is opened, therefore as one whose format is not known.
    content[68:72] = b"\0\0\0\0"
    file.write_bytes(content)


async def test_an_empty_file_is_removed_without_a_word(harness: Harness, file: Path) -> None:
    """Earlier versions left one when they were killed as they created it."""
    write(file, b"")
    assert await next_start(harness, file) is None
    assert not exists(file)


async def test_a_chat_that_is_gone_comes_back_whole(harness: Harness, file: Path) -> None:
    chat, path = await answered(harness)
    unsaved = Unsaved(file)
    await unsaved.save(chat, grown(path, "One half"))
    await unsaved.save_draft(replace(chat, draft="typed"))
    await unsaved.close()
    await harness.database.run(lambda connection: connection.execute("DELETE FROM conversations"))
    assert await next_start(harness, file) is StartNotice.UNSAVED_RETURNED
    messages = await harness.database.run(lambda connection: MessageRepository(connection).of_conversation(chat.id))
    assert [message.text for message in messages] == ["Question", "One half"]
    assert messages[-1].state is MessageState.INTERRUPTED
    restored = harness.conversations.get(chat.id)
    assert (restored.title, restored.head_id, restored.draft) == (chat.title, path[-1].id, "typed")


async def test_what_waits_for_the_disk_is_written_together(
    harness: Harness, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Otherwise the last of many chats would wait for as many writes."""
    chats = [harness.conversations.get(await harness.new_chat()) for _ in range(20)]
    writes: list[Path] = []
    free = threading.Event()

    def write_slowly(path: Path, content: bytes) -> None:
        free.wait(TIMEOUT)
        writes.append(path)
        replace_file(path, content)

    monkeypatch.setattr(unsaved_file, "replace_file", write_slowly)
    unsaved = Unsaved(file)
    keeping = [asyncio.create_task(unsaved.save_draft(replace(chat, draft=f"of {chat.id}"))) for chat in chats]
    await asyncio.sleep(0)
    free.set()
    await asyncio.gather(*keeping)
    await unsaved.close()
    assert len(writes) <= 2
    await next_start(harness, file)
    assert [harness.conversations.get(chat.id).draft for chat in chats] == [f"of {chat.id}" for chat in chats]


async def test_what_could_not_be_written_is_written_with_what_comes_next(
    harness: Harness, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    chats = [harness.conversations.get(await harness.new_chat()) for _ in range(2)]
    unsaved = Unsaved(file)
    with monkeypatch.context() as patched:
        patched.setattr(unsaved_file, "replace_file", disk_full)
        with pytest.raises(DiskFull):
            await unsaved.save_draft(replace(chats[0], draft="first"))
    await unsaved.save_draft(replace(chats[1], draft="second"))
    await unsaved.close()
    await next_start(harness, file)
    assert [harness.conversations.get(chat.id).draft for chat in chats] == ["first", "second"]


def disk_full(*_: object) -> None:
    raise OSError(errno.ENOSPC, "No space left on device")


async def test_a_write_whose_task_is_cancelled_is_completed(harness: Harness, file: Path) -> None:
    """A saving task is cancelled whenever an answer ends; what is known of the file must still agree with it."""
    chat, path = await answered(harness)
    unsaved = Unsaved(file)
    keeping = asyncio.create_task(unsaved.save(chat, grown(path, "One")))
    await asyncio.sleep(0)
    keeping.cancel()
    await unsaved.save(chat, grown(path, "One half"))
    await unsaved.written(path[-1].id)
    assert not exists(file)
    assert keeping.cancelled()
    await unsaved.close()


async def test_a_question_that_waited_on_both_sides_is_there_once(harness: Harness, file: Path) -> None:
    chat, _ = await answered(harness)
    waiting = Draft("first"), Draft("second")
    harness.conversations.set_queue(chat.id, waiting[:1])
    await harness.conversations.save_queue(chat.id)
    await harness.conversations.save_draft(chat.id, "typed")
    unsaved = Unsaved(file)
    await unsaved.save_draft(replace(chat, queued=waiting, draft="typed more"))
    await unsaved.close()
    await next_start(harness, file)
    assert harness.conversations.get(chat.id).draft == "first\n\nsecond\n\ntyped more"


class Recorder:
    """Stands in for what keeps things beside the chats, and remembers what it was given."""

    def __init__(self) -> None:
        self.drafts: list[str] = []

    async def save_draft(self, conversation: Conversation) -> None:
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
