import os
import sqlite3
import stat
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from chatdesk.kernel.errors.storage_errors import DatabaseDamaged
from chatdesk.storage.database.inspection import inspect
from chatdesk.storage.migrations import MIGRATIONS
from chatdesk.storage.recovery.replacement import newest_good_copy, restore, start_empty
from tests.unit.storage.damaged import copy_of, leaves, overwrite, write_chats


@pytest.fixture
def path(path: Path) -> Path:
    write_chats(path, 3, 5)
    return path


def _titles(path: Path) -> list[str]:
    inspect(path, expected=True, newest=len(MIGRATIONS), suspect=True)
    with closing(sqlite3.connect(path)) as connection:
        return [title for (title,) in connection.execute("SELECT title FROM conversations ORDER BY activity")]


def _cut_off(path: Path) -> None:
    os.truncate(path, path.stat().st_size // 2)


def _flip_bytes(path: Path) -> None:
    overwrite(path, *leaves(path, "parts"), *leaves(path, "messages"))


def _other_magic(path: Path) -> None:
    path.write_bytes(b"Not SQLite at all" + path.read_bytes()[17:])


DAMAGES = pytest.mark.parametrize("damage", [_cut_off, _flip_bytes, _other_magic])


@DAMAGES
def test_a_copy_takes_the_place_of_a_damaged_file_which_stays(path: Path, damage: Callable[[Path], None]) -> None:
    copy = copy_of(path)
    write_chats(path, 1, 1, first=3)
    damage(path)
    damaged = path.read_bytes()
    renamed = restore(copy, path)
    assert _titles(path) == ["Title 0", "Title 1", "Title 2"]
    assert renamed.read_bytes() == damaged
    assert renamed.parent == path.parent
    assert renamed.name.startswith("chatdesk-set-aside-20")
    assert _titles(copy) == _titles(path), "the copy stays a copy"


@DAMAGES
def test_a_damaged_copy_is_refused_and_nothing_changes(path: Path, damage: Callable[[Path], None]) -> None:
    copy = copy_of(path)
    damage(copy)
    before = path.read_bytes()
    with pytest.raises(DatabaseDamaged):
        restore(copy, path)
    assert path.read_bytes() == before
    assert {file.name for file in path.parent.iterdir()} == {path.name, "backups"}


@DAMAGES
def test_of_the_copies_the_newest_that_is_whole_is_offered(path: Path, damage: Callable[[Path], None]) -> None:
    good = copy_of(path)
    write_chats(path, 1, 1, first=3)
    damage(copy_of(path))
    found = newest_good_copy(good.parent)
    assert found.path == good
    assert found.chats == 3
    assert found.made_at.timestamp() == pytest.approx(good.stat().st_mtime)


def test_a_copy_of_a_newer_program_or_without_chats_is_not_offered(path: Path) -> None:
    newer, empty = copy_of(path), copy_of(path)
    with closing(sqlite3.connect(newer, isolation_level=None)) as connection:
        connection.execute("PRAGMA user_version = 4711")
    with closing(sqlite3.connect(empty, isolation_level=None)) as connection:
        connection.execute("DELETE FROM conversations")
    assert newest_good_copy(newer.parent) is None
    assert newest_good_copy(path.parent / "no such folder") is None


def test_an_empty_start_keeps_the_file_with_its_log(path: Path) -> None:
    log = path.with_name(f"{path.name}-wal")
    log.write_bytes(b"the newest words")
    renamed = start_empty(path)
    assert _titles(path) == []
    assert renamed.with_name(f"{renamed.name}-wal").read_bytes() == b"the newest words"
    assert not log.exists()


def test_each_file_set_aside_keeps_a_name_of_its_own(path: Path) -> None:
    renamed_files = {start_empty(path) for _ in range(3)}
    assert len(renamed_files) == 3
    assert all(renamed.exists() for renamed in renamed_files)


def test_where_there_is_no_file_none_is_set_aside(path: Path) -> None:
    copy = copy_of(path)
    path.unlink()
    assert restore(copy, path) is None
    assert len(_titles(path)) == 3


@pytest.mark.skipif(os.name != "posix", reason="modes of files are POSIX's")
def test_the_new_file_is_its_owners_alone(path: Path) -> None:
    copy = copy_of(path)
    old = os.umask(0)
    try:
        restore(copy, path)
        modes = [stat.S_IMODE(path.stat().st_mode)]
        start_empty(path)
        modes.append(stat.S_IMODE(path.stat().st_mode))
    finally:
        os.umask(old)
    assert modes == [0o600, 0o600]


def test_what_a_crash_left_half_made_does_no_harm(path: Path) -> None:
    copy = copy_of(path)
    for suffix in ("", "-wal", "-journal"):
        path.with_name(f"{path.name}.new{suffix}").write_bytes(b"half")
    restore(copy, path)
    assert len(_titles(path)) == 3


def test_an_ended_restoration_changes_nothing(path: Path) -> None:
    copy = copy_of(path)
    before = path.read_bytes()

    def end(_: float) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        restore(copy, path, end)
    assert path.read_bytes() == before
    assert {file.name for file in path.parent.iterdir()} == {path.name, "backups"}
