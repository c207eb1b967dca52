"""A computer that is killed while it merges: it has all of a transaction or nothing of it, and merging again completes it."""

import json
import random
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from chatdesk.features.sync.files.records import operation_in
from chatdesk.kernel.chat.message import MessageState
from chatdesk.storage.database.connection import open_connection
from tests.forked import start_forked
from tests.ready_databases import make_database
from tests.unit.features.sync.computer import Computer
from tests.unit.features.sync.merging_child import BATCH, NOW
from tests.unit.storage.samples import connect_in_memory

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


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The database of a computer that has nothing yet."""
    path = tmp_path_factory.mktemp("empty") / "chats.sqlite3"
    make_database(path)
    with closing(open_connection(path)) as connection:
        Computer(2, connection).begin()
    return path


def _is_state_of_a_merge(state: dict[str, object], lines: list[str], finished: int) -> bool:
    """Return whether a computer has this after one of the transactions of a merge, with at least so many finished before."""
    with closing(connect_in_memory()) as connection:
        work = Computer(2, connection)
        work.begin()
        starts = range(0, len(lines), BATCH)
        for done, start in enumerate(starts):
            if done >= finished and work.everything() == state:
                return True
            work.merge(operation_in(json.loads(line), NOW) for line in lines[start : start + BATCH])
        return len(starts) >= finished and work.everything() == state


@pytest.mark.parametrize("seed", range(100))
def test_a_merge_that_is_killed_leaves_the_state_of_a_transaction_and_is_completed_later(
    home: Computer, empty: Path, tmp_path: Path, seed: int
) -> None:
    randomness = random.Random(seed)
    database = tmp_path / "chats.sqlite3"
    shutil.copyfile(empty, database)
    lines = [line for bundle in home.bundles for line in bundle]
    randomness.shuffle(lines)
    (tmp_path / "operations").write_text("\n".join(lines), "utf-8")
    with start_forked("tests.unit.features.sync.merging_child", database, tmp_path / "operations") as child:
        finished = randomness.randrange(1, 40)
        for _ in range(finished):
            child.stdout.readline()
        try:
            child.wait(randomness.random() / 200)
        except subprocess.TimeoutExpired:
            child.kill()
    with closing(open_connection(database)) as connection:
        work = Computer(2, connection)
        assert connection.execute("PRAGMA quick_check").fetchone() == ("ok",)
        assert not connection.execute("PRAGMA foreign_key_check").fetchall()
        assert _is_state_of_a_merge(work.everything(), lines, finished)
        for (chat,) in connection.execute("SELECT id FROM conversations").fetchall():
            found = work.messages(chat)
            alive = {message.id for message in found}
            assert work.chat(chat).head_id in alive or not alive
            assert all(message.parent_id is None or message.parent_id in alive for message in found)
        for bundle in home.bundles:
            work.read(home, bundle)
        assert work.everything() == home.everything()
