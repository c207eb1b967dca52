"""A closed database is replaced by another: at any moment it is one of the two."""

import os
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from chatdesk.kernel.errors.storage_errors import DatabaseDamaged, DatabaseLocked, DatabaseMissing, DatabaseUnavailable
from chatdesk.storage.database.connection import open_connection
from chatdesk.storage.database.database import Database
from chatdesk.storage.recovery.replacement import count_chats, replace_with, set_aside_files
from tests.unit.storage.damaged import write_chats


@pytest.fixture
def path(tmp_path: Path) -> Path:
    write_chats(tmp_path / "chats.sqlite3", 3, 2)
    write_chats(tmp_path / "copy" / "chats.sqlite3", 5, 2)
    return tmp_path / "chats.sqlite3"


def test_the_copy_takes_the_place_and_the_old_file_is_kept(path: Path) -> None:
    set_aside = replace_with(path.parent / "copy" / "chats.sqlite3", path)
    assert sorted(each.name for each in path.parent.iterdir()) == sorted(["copy", path.name, set_aside.name])
    assert set_aside_files(path) == (set_aside,)
    assert (count_chats(path), count_chats(set_aside)) == (5, 3)


def test_it_works_without_hard_links(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise OSError("not supported")

    monkeypatch.setattr(os, "link", refuse)
    set_aside = replace_with(path.parent / "copy" / "chats.sqlite3", path)
    assert (count_chats(path), count_chats(set_aside)) == (5, 3)


def test_what_is_only_in_the_log_is_kept_as_well(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("UPDATE conversations SET title = 'in the log'")
        connection.commit()
        log = path.with_name(f"{path.name}-wal")
        saved = log.read_bytes(), path.read_bytes()
    log.write_bytes(saved[0])  # as after a crash
    path.write_bytes(saved[1])
    set_aside = replace_with(path.parent / "copy" / "chats.sqlite3", path)
    with closing(sqlite3.connect(set_aside)) as connection:
        assert connection.execute("SELECT count(*) FROM conversations WHERE title = 'in the log'").fetchone() == (3,)
    assert count_chats(path) == 5


def test_a_damaged_copy_changes_nothing(path: Path) -> None:
    copy = path.parent / "copy" / "chats.sqlite3"
    before = path.read_bytes()
    copy.write_bytes(copy.read_bytes()[:8192] + b"\xff" * 4096)
    with pytest.raises(DatabaseDamaged):
        replace_with(copy, path)
    assert path.read_bytes() == before
    assert set_aside_files(path) == ()


async def test_what_a_replacement_that_was_killed_has_left_is_removed_by_the_next_start(path: Path) -> None:
    for name in ("chats.sqlite3.new", "chats.sqlite3.new-journal", "chats-set-aside-2026-11-28-031000.sqlite3.new"):
        path.with_name(name).write_bytes(b"half")
    database = Database(path)
    await database.open(expected=True)
    await database.close()
    assert sorted(each.name for each in path.parent.iterdir()) == ["chats.sqlite3", "copy"]


async def test_the_second_name_that_a_killed_replacement_has_left_is_removed_by_the_next_start(path: Path) -> None:
    """Under it, the chats that are in use would look like old ones, and change with them."""
    set_aside = path.with_name("chats-set-aside-2026-12-02-100000.sqlite3")
    earlier = path.with_name("chats-set-aside-2026-11-02-100000.sqlite3")
    link(path, set_aside, earlier)
    await open_and_close(path)
    assert set_aside_files(path) == (earlier,)
    assert count_chats(path) == 3


def link(path: Path, set_aside: Path, earlier: Path) -> None:
    os.link(path, set_aside)
    write_chats(earlier, 1, 1)


async def open_and_close(path: Path) -> None:
    database = Database(path)
    await database.open(expected=True)
    await database.close()


async def test_a_replacement_that_was_killed_between_its_two_renames_is_completed_by_the_next_start(path: Path) -> None:
    rename_as_a_killed_replacement(path)
    await open_and_close(path)
    assert count_chats(path) == 5
    assert [count_chats(set_aside) for set_aside in set_aside_files(path)] == [3]


def rename_as_a_killed_replacement(path: Path) -> None:
    path.rename(path.with_name("chats-set-aside-2026-12-02-100000.sqlite3"))
    (path.parent / "copy" / "chats.sqlite3").rename(path.with_name("chats.sqlite3.new"))


@pytest.mark.parametrize("has_log", [True, False])
async def test_an_incomplete_file_is_not_taken_for_a_replacement(path: Path, *, has_log: bool) -> None:
    leave_incomplete(path, has_log=has_log)
    with pytest.raises(DatabaseMissing):
        await open_and_close(path)


def leave_incomplete(path: Path, *, has_log: bool) -> None:
    rename_as_a_killed_replacement(path)
    new = path.with_name("chats.sqlite3.new")
    if has_log:
        new.with_name("chats.sqlite3.new-journal").write_bytes(b"pages")
    else:
        new.write_bytes(new.read_bytes()[:8192])


def test_a_replacement_that_fails_at_its_end_leaves_no_second_name(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(13, "another program has opened it")

    with monkeypatch.context() as patched:
        patched.setattr(os, "replace", refuse)
        with pytest.raises(DatabaseUnavailable):
            replace_with(path.parent / "copy" / "chats.sqlite3", path)
    assert set_aside_files(path) == ()
    assert count_chats(path) == 3


@pytest.mark.parametrize("is_writing", [False, True])
def test_a_database_that_another_program_has_open_is_not_replaced(
    path: Path, monkeypatch: pytest.MonkeyPatch, *, is_writing: bool
) -> None:
    """Its changes would be written into the log of the new file, which would be damaged by that."""
    monkeypatch.setattr("chatdesk.storage.database.connection._LOCK_SECONDS", 0.05)
    copy = path.parent / "copy" / "chats.sqlite3"
    with closing(open_connection(path)) as other:
        other.execute("SELECT * FROM conversations").fetchall()
        if is_writing:
            other.execute("UPDATE conversations SET title = 'Written elsewhere'")
        with pytest.raises(DatabaseLocked):
            replace_with(copy, path)
        assert set_aside_files(path) == ()
        other.execute("UPDATE conversations SET pinned = 1")
    assert count_chats(path) == 3
    assert list(path.parent.glob("*.new*")) == []
    kept = replace_with(copy, path)
    assert (count_chats(path), count_chats(kept)) == (5, 3)


def test_a_replacement_that_is_in_place_is_no_failure(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(forced: Path) -> None:
        if forced.is_dir():
            raise OSError(5, "Input/output error")

    monkeypatch.setattr("chatdesk.storage.recovery.replacement.force_to_disk", fail)
    kept = replace_with(path.parent / "copy" / "chats.sqlite3", path)
    assert (count_chats(path), count_chats(kept)) == (5, 3)
