"""Another program holds the file of the chats, or puts another one in its place, while an answer is being written."""

import asyncio
import sqlite3
import stat
import sys
from collections.abc import Awaitable, Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from chatdesk.app.composition import DATABASE_NAME
from chatdesk.features.chat.services import answer_stream
from chatdesk.features.chat.services.chat_services import UNSAVED_NAME
from chatdesk.features.chat.services.store import save_retry_queue as late_saving
from chatdesk.storage.recovery.replacement import make_tables
from tests.gui.window.harness import FakeModel, Harness

REPLACED = "Another program has moved or replaced the chat database."
HELD = "Another program is using the chat database."
RETURNED = "Changes that could not be saved last time have been restored"

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows lets nobody replace or hold an open file")


@pytest.fixture(autouse=True)
def _soon(monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    """That an end cannot be written is logged: `caplog`."""
    monkeypatch.setattr(answer_stream, "SAVE_EVERY_SECONDS", 0.02)
    monkeypatch.setattr(late_saving, "RETRY_SECONDS", 0.02)


@pytest.fixture
def database(home: Path) -> Path:
    return home / DATABASE_NAME


@pytest.fixture
def unsaved(home: Path) -> Path:
    return home / UNSAVED_NAME


@pytest.fixture
def another_program(database: Path, harness: Harness) -> Iterator[sqlite3.Connection]:
    """Looks into the file of the chats beside us; `harness` has opened it."""
    with closing(sqlite3.connect(database, isolation_level=None)) as connection:
        yield connection


def replace_with_older_copy(database: Path, another_program: sqlite3.Connection) -> None:
    copy = database.with_name("synced.sqlite3")
    another_program.execute("VACUUM INTO ?", (str(copy),))
    another_program.close()
    copy.replace(database)


def put_another_there(database: Path) -> None:
    other = database.with_name("other.sqlite3")
    make_tables(other)
    other.replace(database)


def is_there(file: Path) -> bool:
    return file.exists()


def mode_of(file: Path) -> int:
    return stat.S_IMODE(file.stat().st_mode)


def kept_in(unsaved: Path) -> str:
    """Return the words of all messages that are kept beside the chats."""
    if not unsaved.exists():
        return ""
    with closing(sqlite3.connect(unsaved)) as connection:
        try:
            return " ".join(text for (text,) in connection.execute("SELECT text FROM parts"))
        except sqlite3.OperationalError:  # being made
            return ""


async def half_an_answer(harness: Harness, fake_model: FakeModel, another_program: sqlite3.Connection) -> asyncio.Event:
    """Return what lets the other half come."""
    rest = asyncio.Event()
    fake_model.says("One half", rest, " and the other.")
    harness.ask("Tell me")
    await harness.until(
        lambda: another_program.execute("SELECT 1 FROM parts WHERE text = 'One half'").fetchone() is not None
    )
    return rest


async def test_words_that_come_after_the_file_was_replaced_are_there_after_a_restart(
    harness: Harness,
    fake_model: FakeModel,
    open_harness: Callable[[], Awaitable[Harness]],
    database: Path,
    unsaved: Path,
    another_program: sqlite3.Connection,
) -> None:
    rest = await half_an_answer(harness, fake_model, another_program)
    replace_with_older_copy(database, another_program)
    rest.set()
    await harness.until(lambda: harness.answer() == "One half and the other." and not harness.streaming())
    await harness.until(lambda: any(REPLACED in text for text in harness.toast()))
    await harness.until(lambda: "One half and the other." in kept_in(unsaved))
    assert mode_of(unsaved) == 0o600
    await harness.close()
    again = await open_harness()
    await again.until(lambda: again.answer() == "One half and the other.")
    await again.until(lambda: any(RETURNED in text for text in again.toast()))
    assert again.messages() == ["Tell me", "One half and the other."]
    assert again.notices() == []
    assert not is_there(unsaved)


async def test_a_chat_that_the_other_file_does_not_have_comes_back_as_a_chat_of_its_own(
    harness: Harness,
    fake_model: FakeModel,
    open_harness: Callable[[], Awaitable[Harness]],
    database: Path,
    unsaved: Path,
    another_program: sqlite3.Connection,
) -> None:
    await harness.ask_and_wait("Before")
    rest = await half_an_answer(harness, fake_model, another_program)
    another_program.close()
    put_another_there(database)
    rest.set()
    await harness.until(lambda: "One half and the other." in kept_in(unsaved))
    await harness.until(lambda: not harness.streaming())
    await harness.close()
    again = await open_harness()
    await again.until(lambda: again.messages() == ["Before", "Yes.", "Tell me", "One half and the other."])
    assert len(again.program.chat.conversations.all()) == 1
    assert not is_there(unsaved)


async def test_words_that_come_while_the_file_is_held_are_kept_beside_it_until_it_is_free(
    harness: Harness, fake_model: FakeModel, unsaved: Path, another_program: sqlite3.Connection
) -> None:
    rest = await half_an_answer(harness, fake_model, another_program)
    another_program.execute("BEGIN IMMEDIATE")
    rest.set()
    await harness.until(lambda: harness.answer() == "One half and the other." and not harness.streaming())
    await harness.until(lambda: "One half and the other." in kept_in(unsaved))
    await harness.until(lambda: any(HELD in text for text in harness.toast()))
    another_program.execute("ROLLBACK")
    await harness.until(lambda: not is_there(unsaved))
    found = "SELECT text FROM parts WHERE text = 'One half and the other.'"
    assert len(another_program.execute(found).fetchall()) == 1


async def test_what_is_typed_while_the_file_is_held_is_there_after_a_restart(
    harness: Harness,
    fake_model: FakeModel,
    open_harness: Callable[[], Awaitable[Harness]],
    unsaved: Path,
    another_program: sqlite3.Connection,
) -> None:
    await harness.ask_and_wait("Before")
    another_program.execute("BEGIN IMMEDIATE")
    harness.type("half a thought")
    await harness.until(lambda: is_there(unsaved))
    await harness.close()
    another_program.execute("ROLLBACK")
    again = await open_harness()
    await again.until(lambda: again.edit.text() == "half a thought")
    assert not is_there(unsaved)


async def test_it_is_reported_at_the_start_that_a_damaged_file_cannot_be_read_and_is_kept(
    open_harness: Callable[[], Awaitable[Harness]], unsaved: Path
) -> None:
    damage(unsaved)
    harness = await open_harness()
    await harness.until(lambda: any("cannot be read" in text for text in harness.toast()))
    assert any("unsaved-set-aside-" in text for text in harness.toast())
    assert not is_there(unsaved)
    assert len(set_aside(unsaved)) == 1


def damage(unsaved: Path) -> None:
    unsaved.parent.mkdir(parents=True, exist_ok=True)
    unsaved.write_bytes(b"no database at all" * 100)


def set_aside(unsaved: Path) -> list[Path]:
    return list(unsaved.parent.glob("unsaved-set-aside-*.sqlite3"))
