import os
import sqlite3
import stat
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from types import SimpleNamespace

import pytest

from chatdesk.kernel.errors.storage_errors import BackupNotSaved, DatabaseDamaged, DiskFull
from chatdesk.storage.database.background import Report
from chatdesk.storage.database.connection import open_connection
from chatdesk.storage.database.conversation_repository import ConversationRepository
from chatdesk.storage.database.database import Database
from chatdesk.storage.database.migrator import migrate
from chatdesk.storage.migrations import MIGRATIONS
from chatdesk.storage.recovery import backup
from chatdesk.storage.recovery.backup import back_up, finished_copies, remove_unfinished
from tests.unit.storage.damaged import write_chats
from tests.unit.storage.samples import a_conversation


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "backups"


@pytest.fixture
def connection(tmp_path: Path, folder: Path) -> Iterator[sqlite3.Connection]:
    with closing(open_connection(tmp_path / "chatdesk.sqlite3")) as connection:
        migrate(connection, MIGRATIONS, folder)
        yield connection


def test_a_copy_holds_what_is_still_in_the_log(connection: sqlite3.Connection, folder: Path) -> None:
    ConversationRepository(connection).add(a_conversation(title="just written"))
    copy = back_up(connection, folder, "daily")
    with closing(sqlite3.connect(copy)) as restored:
        assert ConversationRepository(restored).get("chat").title == "just written"
    assert [file.name for file in folder.iterdir()] == [copy.name]
    write_version, read_version = copy.read_bytes()[18:20]
    assert (write_version, read_version) == (1, 1), "no log belongs to it"


@pytest.mark.skipif(os.name != "posix", reason="modes of files are POSIX's")
def test_a_copy_is_its_owners_alone(connection: sqlite3.Connection, folder: Path) -> None:
    old = os.umask(0)
    try:
        copy = back_up(connection, folder, "daily")
    finally:
        os.umask(old)
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_the_oldest_of_the_same_reason_goes(connection: sqlite3.Connection, folder: Path) -> None:
    migration = back_up(connection, folder, "before-migration")
    daily = [back_up(connection, folder, "daily", retained=3) for _ in range(5)]
    assert finished_copies(folder) == (migration, *daily[-3:])


@pytest.mark.parametrize("kept", [0, -5, 1])
def test_one_copy_always_stays(connection: sqlite3.Connection, folder: Path, kept: int) -> None:
    copies = [back_up(connection, folder, "daily", retained=kept) for _ in range(2)]
    assert finished_copies(folder) == (copies[-1],)


def test_age_is_judged_by_number_and_not_by_the_clock(connection: sqlite3.Connection, folder: Path) -> None:
    folder.mkdir()
    from_the_future = folder / "chatdesk-000003-20991231-daily.sqlite3"
    from_the_future.touch()
    new = back_up(connection, folder, "daily", retained=1)
    assert finished_copies(folder) == (new,)


def test_a_copy_that_fails_its_check_replaces_nothing(
    connection: sqlite3.Connection, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    good = back_up(connection, folder, "daily", retained=1)

    def broken(_: sqlite3.Connection, path: Path, report: Report) -> None:
        raise DatabaseDamaged(path=str(path), reason="broken")

    monkeypatch.setattr(backup, "check_pages", broken)
    with pytest.raises(DatabaseDamaged):
        back_up(connection, folder, "daily", retained=1)
    assert list(folder.iterdir()) == [good]


def test_a_copy_that_did_not_reach_the_disk_replaces_nothing(
    connection: sqlite3.Connection, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    good = back_up(connection, folder, "daily", retained=1)

    def fails(_: int) -> None:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(os, "fsync", fails)
    with pytest.raises(BackupNotSaved) as caught:
        back_up(connection, folder, "daily", retained=1)
    assert caught.value.reason == "Input/output error"
    assert list(folder.iterdir()) == [good]


def test_a_folder_that_cannot_be_made_is_reported(connection: sqlite3.Connection, tmp_path: Path) -> None:
    in_the_way = tmp_path / "a-file"
    in_the_way.touch()
    with pytest.raises(BackupNotSaved):
        back_up(connection, in_the_way, "daily")


def test_what_a_crash_left_behind_is_removed_and_nothing_else(connection: sqlite3.Connection, folder: Path) -> None:
    copy = back_up(connection, folder, "daily")
    (folder / "chatdesk-000009-20261124-daily.sqlite3.partial").touch()
    (folder / "chatdesk-000009-20261124-daily.sqlite3.partial-journal").touch()
    (folder / "somebodys.partial").touch()
    remove_unfinished(folder)
    assert {file.name for file in folder.iterdir()} == {copy.name, "somebodys.partial"}


def test_a_copy_inside_a_transaction_is_refused_and_not_waited_for(
    connection: sqlite3.Connection, folder: Path
) -> None:
    connection.execute("BEGIN IMMEDIATE")
    with pytest.raises(ValueError, match="transaction"):
        back_up(connection, folder, "daily")
    connection.execute("ROLLBACK")


@pytest.mark.parametrize("reason", ["", "../up", "a b", "a/b", "Daily", "a--b"])
def test_a_reason_is_a_plain_word(connection: sqlite3.Connection, folder: Path, reason: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        back_up(connection, folder, reason)
    assert not folder.exists()


def test_a_copy_is_one_moment_and_does_not_begin_anew_when_others_write(
    tmp_path: Path, connection: sqlite3.Connection, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(backup, "_PAGES_AT_ONCE", 4)
    write_chats(tmp_path / "chatdesk.sqlite3", 3, 10)
    shares: list[float] = []

    def write(share: float) -> None:
        shares.append(share)
        ConversationRepository(connection).add(a_conversation(f"during {len(shares)}"))

    with closing(open_connection(tmp_path / "chatdesk.sqlite3")) as own:
        copy = back_up(own, folder, "weekly", report=write)
    assert len(shares) > 5
    assert shares == sorted(shares)
    with closing(sqlite3.connect(copy)) as copied:
        assert [chat.id for chat in ConversationRepository(copied).list()] == ["chat2", "chat1", "chat0"]


def test_an_ended_copy_leaves_nothing_and_its_connection_is_free(
    tmp_path: Path, connection: sqlite3.Connection, folder: Path
) -> None:
    def end(_: float) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        back_up(connection, folder, "weekly", report=end)
    assert list(folder.iterdir()) == []
    assert back_up(connection, folder, "weekly")


def test_where_there_is_little_room_no_copy_is_begun(
    connection: sqlite3.Connection, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    good = back_up(connection, folder, "weekly")
    monkeypatch.setattr("shutil.disk_usage", lambda _: SimpleNamespace(free=100_000))
    with pytest.raises(DiskFull):
        back_up(connection, folder, "weekly", retained=1)
    assert list(folder.iterdir()) == [good]


def test_others_write_between_the_steps_of_a_copy(connection: sqlite3.Connection, folder: Path) -> None:
    chats = ConversationRepository(connection)
    for number in range(40):
        chats.add(a_conversation(f"chat{number}", "long " * 50_000))
    written: list[str] = []

    def rest() -> None:
        with closing(open_connection(Path(connection.execute("PRAGMA database_list").fetchone()[2]))) as other:
            other.execute("PRAGMA busy_timeout = 0")
            written.append(f"beside{len(written)}")
            ConversationRepository(other).add(a_conversation(written[-1]))

    copy = back_up(connection, folder, "daily", rest=rest)
    assert len(written) > 3
    with closing(sqlite3.connect(copy)) as copied:
        assert len(ConversationRepository(copied).list()) == 40, "the copy is of the moment in which it began"


async def test_a_copy_beside_the_chats_rests_between_its_steps(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rests: list[float] = []
    monkeypatch.setattr(time, "sleep", rests.append)
    database = Database(tmp_path / "chats.sqlite3")
    await database.open(expected=False)
    for number in range(10):
        await database.run(
            lambda c, number=number: ConversationRepository(c).add(a_conversation(f"{number}", "x" * 400_000))
        )
    await database.back_up("weekly")
    await database.close()
    assert len(rests) > 3
    assert set(rests) == {backup.REST_SECONDS}
