"""A computer that is killed while it merges: it has all of a transaction or nothing of it, and merging again completes it."""

import json
import random
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from chatdesk.features.sync.files.records import operation_in
from chatdesk.kernel.chat.message import MessageState
from chatdesk.storage.database.connection import open_connection
from chatdesk.storage.database.migrator import migrate
from chatdesk.storage.migrations import MIGRATIONS
from tests.paths import ROOT
from tests.unit.features.sync.computer import Computer
from tests.unit.features.sync.merging_child import BATCH, NOW

pytestmark = pytest.mark.thorough

CHATS, MESSAGES = 12, 15


@pytest.fixture(scope="module")
def home() -> Iterator[Computer]:
    """A computer with chats that have versions, deleted messages, folders and titles."""
    computer = Computer(1)
    computer.begin()
    computer.keep_folder("garden", "Garden")
    for chat in range(CHATS):
        computer.add_chat(f"chat{chat}", f"Title {chat}")
        parent = None
        for number in range(MESSAGES):
            computer.now += 1.0
            id_ = f"{chat}-{number}"
            computer.answer(f"chat{chat}", id_, f"Words {number} of {chat}", parent, MessageState.COMPLETE)
            parent = f"{chat}-{max(0, number - number % 4)}"
        computer.delete_message(f"chat{chat}", f"{chat}-3")
        computer.move(f"chat{chat}", "garden" if chat % 2 else None)
    computer.write(max_bytes=4_000)
    yield computer
    computer.close()


def _new_database(path: Path) -> None:
    with closing(open_connection(path)) as connection:
        migrate(connection, MIGRATIONS, path.parent / "backups")
        other = Computer(2, connection)
        other.begin()


def _states(lines: list[str]) -> list[dict[str, object]]:
    """Return what a computer has before a merge and after each of its transactions."""
    work = Computer(2)
    work.begin()
    states = [work.everything()]
    for start in range(0, len(lines), BATCH):
        work.merge(operation_in(json.loads(line), NOW) for line in lines[start : start + BATCH])
        states.append(work.everything())
    work.close()
    return states


@pytest.mark.parametrize("seed", range(100))
def test_a_merge_that_is_killed_leaves_the_state_of_a_transaction_and_is_completed_later(
    home: Computer, tmp_path: Path, seed: int
) -> None:
    randomness = random.Random(seed)
    database = tmp_path / "chats.sqlite3"
    _new_database(database)
    lines = [line for bundle in home.bundles for line in bundle]
    randomness.shuffle(lines)
    (tmp_path / "operations").write_text("\n".join(lines), "utf-8")
    command = [sys.executable, "-m", "tests.unit.features.sync.merging_child", database, tmp_path / "operations"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT) as child:
        assert child.stdout is not None
        finished = randomness.randrange(1, 40)
        for _ in range(finished):
            child.stdout.readline()
        try:
            child.wait(randomness.random() / 200)
        except subprocess.TimeoutExpired:
            child.kill()
    shutil.rmtree(tmp_path / "backups", ignore_errors=True)
    with closing(open_connection(database)) as connection:
        work = Computer(2, connection)
        assert connection.execute("PRAGMA quick_check").fetchone() == ("ok",)
        assert not connection.execute("PRAGMA foreign_key_check").fetchall()
        assert work.everything() in _states(lines)[finished:]
        for (chat,) in connection.execute("SELECT id FROM conversations").fetchall():
            found = work.messages(chat)
            alive = {message.id for message in found}
            assert work.chat(chat).head_id in alive or not alive
            assert all(message.parent_id is None or message.parent_id in alive for message in found)
        for bundle in home.bundles:
            work.read(home, bundle)
        assert work.everything() == home.everything()
