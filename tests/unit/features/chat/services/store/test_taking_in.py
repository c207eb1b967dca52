"""A large chat that is taken in: out of sight until it is whole, beside whatever else is written, and gone where it was broken off."""

import asyncio
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest

from chatdesk.app.recovery_options import Recovery
from chatdesk.features.chat.services.store.conversations import Conversations
from chatdesk.kernel.chat.conversation import Question
from chatdesk.storage.database.batches import MAX_BATCH_ROWS, next_batch
from chatdesk.storage.database.conversation_repository import ConversationRepository
from chatdesk.storage.database.database import Database
from chatdesk.storage.recovery.replacement import count_chats
from tests.paths import ROOT
from tests.unit.features.conftest import MODEL, Harness
from tests.unit.features.importing_child import MESSAGES, WORD, chat_of

_ROOT = ROOT


def _now() -> datetime:
    return datetime.now(UTC)


async def rows_of(database: Database, table: str) -> int:
    (count,) = await database.run(lambda connection: connection.execute(f"SELECT count(*) FROM {table}").fetchone())
    return count


@asynccontextmanager
async def half_taken_in(harness: Harness, count: int = 1_000) -> AsyncIterator["asyncio.Task[object]"]:
    """Give the task that takes a chat in, some of its messages on disk and some not."""
    taking = asyncio.create_task(harness.conversations.add_complete(*chat_of(count)))
    while not await rows_of(harness.database, "messages"):
        await asyncio.sleep(0)
    assert await rows_of(harness.database, "messages") < count
    yield taking
    taking.cancel()
    await asyncio.wait([taking])


async def test_nobody_sees_a_chat_that_is_being_taken_in(harness: Harness, tmp_path: Path) -> None:
    await harness.ask(await harness.new_chat(), "Hello")
    async with half_taken_in(harness):
        again = Conversations(harness.database, _now)
        await again.load()
        assert len(harness.conversations.all()) == len(again.all()) == 1
        assert await harness.conversations.search(WORD).more(50) == ()
        assert await harness.trash.items() == ()
        assert count_chats(harness.database.path) == 1
        await harness.database.back_up("weekly")
        assert (await anext(Recovery(harness.database.path).backups())).chats == 1


async def test_the_whole_chat_is_shown_at_once_at_the_top_of_the_list(harness: Harness) -> None:
    chat, messages = chat_of(300)
    other = await harness.new_chat()
    taking = asyncio.create_task(harness.conversations.add_complete(chat, messages))
    while not harness.conversations.find(chat.id):
        await asyncio.sleep(0)
    assert await rows_of(harness.database, "messages") == len(messages)
    assert await taking == chat
    await harness.conversations.load()
    assert [known.id for known in harness.conversations.all()] == [chat.id, other]
    assert [message.text for message in await harness.path(chat.id)] == [message.text for message in messages]
    assert {hit.conversation_id for hit in await harness.conversations.search(WORD).more(50)} == {chat.id}
    assert await harness.database.run(lambda connection: ConversationRepository(connection).hidden()) == ()


async def test_what_is_written_meanwhile_goes_between_two_batches(harness: Harness) -> None:
    async with half_taken_in(harness) as taking:
        await harness.ask(await harness.new_chat(), "Hello")
        assert not taking.done()


def test_a_batch_holds_a_hundred_rows_at_most_and_one_at_least(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = iter(range(2 * MAX_BATCH_ROWS + 1))
    monkeypatch.setattr("time.perf_counter", lambda: 0.0)
    assert len(list(next_batch(rows))) == MAX_BATCH_ROWS == 100
    seconds = iter(range(1_000))
    monkeypatch.setattr("time.perf_counter", lambda: float(next(seconds)))
    assert len(list(next_batch(rows))) == 1


async def test_a_chat_that_is_taken_in_no_further_goes_without_a_trace(harness: Harness) -> None:
    async with half_taken_in(harness):
        pass
    await harness.conversations.empty_trash()
    for table in ("conversations", "messages", "parts"):
        assert await rows_of(harness.database, table) == 0
    assert await harness.conversations.search(WORD).more(50) == ()
    await harness.conversations.add_complete(*chat_of(10))
    assert len(await harness.conversations.search(WORD).more(50)) == 10


async def test_a_chat_is_removed_for_good_while_something_is_written(harness: Harness) -> None:
    chat, messages = chat_of(500)
    await harness.conversations.add_complete(chat, messages)
    await harness.trash.trash_chats([chat.id])
    harness.conversations._now = lambda: datetime(2100, 1, 1, tzinfo=UTC)
    emptying = asyncio.create_task(harness.conversations.empty_trash())
    while await rows_of(harness.database, "messages") == len(messages):
        await asyncio.sleep(0)
    other = await harness.new_chat()
    await harness.chat.send(other, Question("Hello", MODEL))
    assert not emptying.done()
    await emptying
    await harness.answered(other)
    assert await rows_of(harness.database, "conversations") == 1
    assert await harness.conversations.search(WORD).more(50) == ()


@pytest.mark.thorough
@pytest.mark.parametrize("rows", [1, 700, 2_000])
async def test_a_killed_import_leaves_nothing_to_see_and_can_be_repeated(tmp_path: Path, rows: int) -> None:
    path = tmp_path / "chats.sqlite3"
    _take_in_and_kill(path, rows)
    database = Database(path)
    await database.open(expected=True)
    conversations = Conversations(database, _now)
    await conversations.load()
    assert conversations.all() == await conversations.search(WORD).more(50) == ()
    assert rows <= await rows_of(database, "messages") < MESSAGES
    await conversations.empty_trash()
    for table in ("conversations", "messages", "parts"):
        assert await rows_of(database, table) == 0
    await database.check()
    await conversations.add_complete(*chat_of(50))
    assert len(await conversations.search(WORD).more(50)) == 50
    await database.close()


def _take_in_and_kill(path: Path, rows: int) -> None:
    command = [sys.executable, "-m", "tests.unit.features.importing_child", path]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=_ROOT) as child:
        assert child.stdout is not None
        while int(child.stdout.readline()) < rows:
            pass
        child.kill()
