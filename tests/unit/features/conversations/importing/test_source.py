"""Access to databases of other programs, which may be running and write at any time."""

import errno
import json
import os
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any
from unittest.mock import Mock

import pytest

from chatdesk.features.conversations.importing import run
from chatdesk.features.conversations.importing.chat_records import ChatSummary
from chatdesk.features.conversations.importing.json_elements import Readable
from chatdesk.features.conversations.importing.read_failures import ReadFailures, _WatchedFile
from chatdesk.features.conversations.importing.source import OpenDatabase, Tables, open_source
from chatdesk.kernel.presets.preset_import import ImportProblem, ImportRefused
from chatdesk.storage.files.foreign_database import open_foreign_database
from tests.unit.features.conversations.importing.exports import archive
from tests.unit.features.conversations.importing.readers import test_chatbox as chatbox
from tests.unit.features.conversations.importing.readers import test_lobe_chat as lobe_chat
from tests.unit.features.conversations.importing.readers import test_own_files as own_files
from tests.unit.features.conversations.importing.reading import written, zipped


@pytest.fixture
def database(tmp_path: Path) -> Path:
    path = tmp_path / "live.sqlite"
    connection = sqlite3.connect(path)
    connection.executescript("CREATE TABLE chat (title TEXT); INSERT INTO chat VALUES ('old')")
    connection.close()
    return path


def add_row(path: Path) -> None:
    connection = sqlite3.connect(path)
    connection.execute("INSERT INTO chat VALUES ('new')")
    connection.commit()
    connection.close()


def written_meanwhile(path: Path, times: int) -> OpenDatabase:
    """Return what opens databases while a program writes to the file during the first copies."""
    left = iter(range(times))

    @contextmanager
    def opened(file: Readable, log: Readable | None) -> Iterator[Tables]:
        with open_foreign_database(file, log) as tables:
            if next(left, None) is not None:
                add_row(path)
            yield tables

    return opened


def titles(path: Path, open_database: OpenDatabase) -> list[object]:
    with open_source(path, open_database) as source, source.database(source.files[0]) as tables:
        return [row["title"] for row in tables.rows("chat", ["title"])]


def test_a_database_that_is_written_while_it_is_copied_is_copied_again(database: Path) -> None:
    assert titles(database, written_meanwhile(database, 0)) == ["old"]
    assert titles(database, written_meanwhile(database, 2)) == ["old", "new", "new"]


def test_a_database_that_is_written_all_the_time_is_refused(database: Path) -> None:
    with pytest.raises(ImportRefused) as refused:
        titles(database, written_meanwhile(database, 100))
    assert (refused.value.problem, refused.value.file) == (ImportProblem.IN_USE, "live.sqlite")


def test_a_log_beside_a_database_is_read_with_it_in_a_folder_and_in_an_archive(tmp_path: Path) -> None:
    running = sqlite3.connect(tmp_path / "a.sqlite")
    running.execute("PRAGMA journal_mode = WAL")
    running.execute("CREATE TABLE chat (title TEXT)")
    running.execute("INSERT INTO chat VALUES ('logged')")
    running.commit()
    files = {name: (tmp_path / name).read_bytes() for name in ("a.sqlite", "a.sqlite-wal")}
    archive = written(tmp_path / "archive", zipped(files), "backup.zip")
    assert titles(tmp_path / "a.sqlite", open_foreign_database) == ["logged"]
    assert titles(archive, open_foreign_database) == ["logged"]
    running.close()


def test_of_a_folder_what_cannot_be_listed_is_reported_and_the_rest_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    written(tmp_path, b"{}", "chats/a.json")
    written(tmp_path, b"{}", "chats/Work/b.json")
    scandir = os.scandir

    def failing(path: str | Path) -> object:
        if str(path).endswith("Work"):
            raise OSError(errno.EACCES, os.strerror(errno.EACCES), str(path))
        return scandir(path)

    monkeypatch.setattr(os, "scandir", failing)
    with open_source(tmp_path / "chats", open_foreign_database) as source:
        assert [file.name for file in source.files] == ["a.json"]
        assert [(each.problem, each.file) for each in source.unreadable] == [(ImportProblem.NOT_PERMITTED, "Work")]


def test_a_folder_that_cannot_be_listed_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def failing(path: str | Path) -> object:
        raise OSError(errno.EIO, os.strerror(errno.EIO), str(path))

    monkeypatch.setattr(os, "scandir", failing)
    with pytest.raises(ImportRefused) as refused, open_source(tmp_path, open_foreign_database):
        pass
    assert refused.value.problem is ImportProblem.GONE


class _Failing:
    """A disk of which the reads fail from a certain one on."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, at: int) -> None:
        self._left = at
        readinto = _WatchedFile.readinto

        def failing(file: _WatchedFile, buffer: bytearray) -> int:
            self._left -= 1
            if self._left >= 0:
                return readinto(file, buffer)
            with file._failures.noted():
                raise OSError(errno.EIO, os.strerror(errno.EIO))

        monkeypatch.setattr(_WatchedFile, "readinto", failing)


@pytest.mark.parametrize("at", range(1, 40))
def test_an_archive_on_a_failing_disk_is_never_taken_for_a_damaged_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, at: int
) -> None:
    chats = {f"Chats/{number}.json": own_files.exported() for number in range(3)}
    path = archive(tmp_path, chats)
    lines: list[bytes] = []
    with monkeypatch.context() as patched:
        failing = _Failing(patched, at)
        run.preview([path], open_foreign_database, lines.append)
    found = list(map(run.parse_preview, lines))
    refused = [each.problem for each in found if isinstance(each, ImportRefused)]
    assert refused == ([ImportProblem.GONE] if failing._left < 0 else [])


def _read_in_spite_of_a_failing_disk(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with open_source(path, open_foreign_database) as source:
        _Failing(monkeypatch, 0)
        with suppress(OSError):
            source.read(source.files[0])


def test_a_failure_that_a_reader_takes_for_damage_is_raised_at_the_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = written(tmp_path, b"{}", "chats.json")
    with pytest.raises(ImportRefused) as refused:
        _read_in_spite_of_a_failing_disk(path, monkeypatch)
    assert (refused.value.problem, refused.value.file) == (ImportProblem.GONE, "chats.json")


def test_seeking_to_before_the_beginning_is_no_failure_of_the_disk(tmp_path: Path) -> None:
    failures = ReadFailures()
    with written(tmp_path, b"short", "chats.zip").open("rb") as file, pytest.raises(OSError, match="Invalid argument"):
        failures.watched(file).seek(-20, os.SEEK_END)
    assert failures.first is None


@pytest.mark.parametrize("call", ["write", "seek", "read"])
@pytest.mark.parametrize("is_packed", [False, True])
@pytest.mark.parametrize("export", [chatbox.backup(), lobe_chat.EXPORT], ids=["Chatbox", "LobeChat"])
def test_a_temporary_file_that_fails_is_never_taken_for_damage_of_the_source(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, export: object, is_packed: bool, call: str
) -> None:
    data = json.dumps(export).encode()
    path = written(tmp_path, zipped({"export.json": data}) if is_packed else data, "export")
    chats = [each.id for each in _previewed(path) if isinstance(each, ChatSummary)]
    make_file = tempfile.TemporaryFile

    def failing(*arguments: Any, **options: Any) -> Any:
        file = Mock(wraps=make_file(*arguments, **options))
        setattr(file, call, Mock(side_effect=OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))))
        return file

    monkeypatch.setattr(tempfile, "TemporaryFile", failing)
    lines: list[bytes] = []
    run.send([path], chats, open_foreign_database, lines.append)
    refused = run.parse_preview(lines[-1])
    assert isinstance(refused, ImportRefused)
    assert (refused.problem, refused.file) == (ImportProblem.NO_COPY, "export")


def test_a_temporary_file_that_cannot_be_created_is_reported_as_such(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = written(tmp_path, chatbox.backup())
    monkeypatch.setattr(tempfile, "TemporaryFile", Mock(side_effect=PermissionError(errno.EACCES, "Permission denied")))
    refused = _previewed(path)[-1]
    assert isinstance(refused, ImportRefused)
    assert refused.problem is ImportProblem.NO_COPY


def _previewed(path: Path) -> list[run.Preview]:
    lines: list[bytes] = []
    run.preview([path], open_foreign_database, lines.append)
    return list(map(run.parse_preview, lines))
