"""What is there when synchronisation is switched on: it is noted in short transactions, which continue after a crash."""

import random
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest

from chatdesk.kernel.chat.message import MessageState
from chatdesk.storage.database.connection import open_connection
from chatdesk.storage.database.message_repository import MessageRepository
from chatdesk.storage.database.migrator import migrate
from chatdesk.storage.migrations import MIGRATIONS
from tests.forked import start_forked
from tests.unit.features.sync.computer import Computer
from tests.unit.storage.samples import a_message

MANY = 3_500
"""Messages, which are noted in four transactions."""


def _fill(computer: Computer) -> None:
    """Add a chat with many messages, one that was edited and deleted, a folder, and code that was edited."""
    computer.keep_folder("garden", "Garden")
    computer.add_chat("long", "Gardens")
    with computer.transaction():
        parents = (None, *(f"{number:04}" for number in range(MANY)))
        MessageRepository(computer.connection).add_all(
            replace(a_message(f"{number:04}", "Words", parent=parents[number], conversation="long"), sequence=number)
            for number in range(MANY)
        )
    computer.move("long", "garden")
    computer.add_chat("short")
    computer.ask("short", "question", "What grows?")
    computer.answer("short", "answer", "Ferns", "question", MessageState.COMPLETE)
    computer.edit_answer("answer", "edited", "Ferns grow")
    computer.delete_message("short", "answer")
    computer.edit_code("0003", "<p>")


def _recorded(computer: Computer) -> list[list[tuple[object, ...]]]:
    return [sorted(computer.connection.execute(f"SELECT * FROM {table}")) for table in ("sync_messages", "sync_fields")]


def _pending(computer: Computer) -> int:
    return int(computer.connection.execute("SELECT count(*) FROM sync_pending").fetchone()[0])


@pytest.fixture
def filled() -> Iterator[Computer]:
    computer = Computer(1)
    _fill(computer)
    yield computer
    computer.close()


def test_switching_on_notes_many_messages_in_several_transactions(filled: Computer) -> None:
    filled.begin()
    noted, more = [_pending(filled)], True
    while more and _pending(filled) >= noted[-1]:  # until the first ones are recorded
        noted.append(_pending(filled))
        with filled.transaction():
            more = filled.log.record_some()
    assert max(noted) > MANY
    assert max(later - earlier for earlier, later in pairwise(noted)) <= 1_100


def test_a_message_that_is_written_while_the_others_are_noted_comes_after_them(filled: Computer) -> None:
    filled.begin()
    with filled.transaction():
        filled.log.record_some()
    filled.now += 60.0
    filled.ask("long", "new", "One more", f"{MANY - 1:04}")
    filled.record()
    (last,) = filled.connection.execute("SELECT id FROM sync_messages ORDER BY born_counter DESC LIMIT 1").fetchone()
    assert last == "new"
    assert not _pending(filled)


def test_what_has_to_be_sent_once_more_is_marked_in_several_transactions_and_sent(
    filled: Computer, work: Computer
) -> None:
    filled.begin()
    filled.write()
    with filled.transaction():
        filled.log.send_again()
        assert filled.log.unsent(1) == ((), ()), "it is marked little by little"
    filled.bundles.clear()
    filled.write()
    for bundle in filled.bundles:
        work.read(filled, bundle)
    assert work.everything() == filled.everything()


def test_switching_off_while_messages_are_noted_leaves_nothing_to_note(filled: Computer) -> None:
    filled.begin()
    with filled.transaction():
        filled.log.record_some()
    filled.end()
    filled.record()
    assert not _pending(filled)
    assert _recorded(filled) == [[], []]


@pytest.fixture(scope="module")
def before(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database that was never synchronised."""
    path = tmp_path_factory.mktemp("noting") / "chats.sqlite3"
    with closing(open_connection(path)) as connection:
        migrate(connection, MIGRATIONS, path.parent / "backups")
        _fill(Computer(1, connection))
    return path


@pytest.mark.thorough
@pytest.mark.parametrize("seed", range(12))
def test_switching_on_that_is_killed_is_completed_by_the_next_start(
    filled: Computer, before: Path, tmp_path: Path, seed: int
) -> None:
    filled.begin()
    filled.record()
    randomness = random.Random(seed)
    database = tmp_path / "chats.sqlite3"
    shutil.copy(before, database)
    with start_forked("tests.unit.features.sync.noting_child", database) as child:
        for _ in range(randomness.randrange(1, 12)):
            child.stdout.readline()
        try:
            child.wait(randomness.random() / 200)
        except subprocess.TimeoutExpired:
            child.kill()
    with closing(open_connection(database)) as connection:
        computer = Computer(1, connection)
        computer.begin()
        computer.record()
        assert not _pending(computer)
        assert _recorded(computer) == _recorded(filled)
