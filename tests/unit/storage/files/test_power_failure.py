"""A power failure leaves the old content or the new one: content is on disk before its name, and its name before anything relies on it."""

import asyncio
import os
import sys
from collections.abc import Callable, Mapping
from contextlib import closing
from functools import partial
from pathlib import Path

import pytest

from chatdesk.features.batch.services.batch_journal import BatchJournal
from chatdesk.features.presets.files.preset_folder import PresetFolder
from chatdesk.kernel.presets.preset import PresetOrigin
from chatdesk.storage.database.connection import open_connection
from chatdesk.storage.database.unsaved_file import UnsavedFile, prepare_to_read
from chatdesk.storage.files import data_moving
from chatdesk.storage.files.attachment_files import AttachmentFiles
from chatdesk.storage.files.data_moving import move_data
from chatdesk.storage.files.file_writing import replace_file, write_exported_file
from chatdesk.storage.files.files_together import FilesTogether
from chatdesk.storage.files.json_file import JsonFile
from chatdesk.storage.files.local_folder import LocalFolder
from chatdesk.storage.recovery.backup import back_up
from chatdesk.storage.recovery.replacement import replace_with, restore, start_empty
from chatdesk.storage.recovery.salvage import salvage
from tests.unit.storage.damaged import write_chats
from tests.unit.storage.files.disk_calls import DiskCalls

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="finds the file of a descriptor in /proc")

Action = Callable[[], object]


def _two_databases(folder: Path) -> tuple[Path, Path]:
    path, copy = folder / "chats.sqlite3", folder / "copy" / "chats.sqlite3"
    write_chats(path, 2, 2)
    write_chats(copy, 3, 2)
    return copy, path


def _store(folder: Path) -> AttachmentFiles:
    return AttachmentFiles(folder / "attachments", folder / "backups")


def _export_together(folder: Path, *, is_archive: bool) -> None:
    with closing(FilesTogether(folder / "chats", is_archive=is_archive)) as files:
        (files.folder / "work").mkdir()
        for name in ("a.md", "work/b.md"):
            write_exported_file(files.folder / name, b"text")
        files.finish()


def _save_copies(folder: Path) -> None:
    store = _store(folder)
    hashes = [store.add(data) for data in (b"a", b"b")]
    store.save_copies(hashes, [])


def _backup_file_of(folder: Path) -> Action:
    source = folder / "source"
    source.write_bytes(b"content")
    (folder / "stick").mkdir()
    place = LocalFolder(folder / "stick" / "Chatdesk")
    return lambda: asyncio.run(place.write("computer/attachments/ab/abcd", source))


def _backup_of(folder: Path) -> Action:
    path, _ = _two_databases(folder)

    def make() -> None:
        with closing(open_connection(path)) as connection:
            back_up(connection, folder / "backups", "weekly")

    return make


def _move_of(folder: Path) -> Action:
    source = folder / "data"
    (source / "attachments" / "ab").mkdir(parents=True)
    for name in ("chats.sqlite3", "attachments/ab/abcd"):
        replace_file(source / name, b"content")
    replace_file(folder / "pointer", b"old")
    return partial(
        move_data,
        source,
        folder / "new",
        frozenset(),
        lambda: None,
        lambda _entries: replace_file(folder / "pointer", b"new"),
        lambda _share: None,
    )


def _write_unsaved(folder: Path) -> None:
    unsaved = UnsavedFile(folder / "unsaved.sqlite3")
    unsaved.write([])
    unsaved.close()


def _interrupted_unsaved(folder: Path) -> Action:
    _write_unsaved(folder)
    (folder / "unsaved.sqlite3").rename(folder / "unsaved.sqlite3.new")
    return partial(prepare_to_read, folder / "unsaved.sqlite3")


def _save_presets(folder: Path) -> None:
    presets = PresetFolder(folder / "presets", PresetOrigin.OWN, replace_file)
    presets.save("one", "text")
    presets.save_all({"two": "text", "three": "text"}, lambda _count: True)


_WRITERS: Mapping[str, Callable[[Path], Action]] = {
    "a settings file": lambda folder: partial(JsonFile(folder / "config" / "settings.json").write, {}),
    "an exported file": lambda folder: partial(write_exported_file, folder / "chat.md", b"text"),
    "an exported folder": lambda folder: partial(_export_together, folder, is_archive=False),
    "an exported archive": lambda folder: partial(_export_together, folder, is_archive=True),
    "an attachment": lambda folder: partial(_store(folder).add, b"picture"),
    "the backup of attachments": lambda folder: partial(_save_copies, folder),
    "a file in a backup": _backup_file_of,
    "a backup": _backup_of,
    "a database that is replaced": lambda folder: partial(replace_with, *_two_databases(folder)),
    "a database that is restored": lambda folder: partial(restore, *_two_databases(folder)),
    "an empty database": lambda folder: partial(start_empty, _two_databases(folder)[1]),
    "a salvaged database": lambda folder: partial(salvage, _two_databases(folder)[1], None),
    "unsaved text": lambda folder: partial(_write_unsaved, folder),
    "unsaved text whose name was not changed": _interrupted_unsaved,
    "the data folder": _move_of,
    "a journal of a batch": lambda folder: partial(BatchJournal(folder / "batch.jsonl").begin, {}),
    "presets": lambda folder: partial(_save_presets, folder),
}


@pytest.mark.parametrize("links", [True, False], ids=["", "without links"])
@pytest.mark.parametrize("writer", _WRITERS)
def test_a_power_failure_loses_nothing_that_was_saved(
    writer: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, links: bool
) -> None:
    action = _WRITERS[writer](tmp_path)
    calls = DiskCalls(tmp_path)
    with monkeypatch.context() as patched:
        if not links:
            patched.setattr(os, "link", _refuse)
            patched.setattr(data_moving, "_can_link", lambda *_: False)
        with calls.recorded(patched):
            action()
    assert calls.problems == []


def _refuse(*_: object) -> None:
    raise OSError("not supported")
