"""The data folder of the program moves, and what a crash has left in the old one is removed later."""

import errno
import os
from dataclasses import replace
from pathlib import Path

import pytest

from chatdesk.features.backups.services import data_folder
from chatdesk.features.backups.services.data_folder import DataFolder
from chatdesk.kernel.errors.backup_errors import LocationFull, LocationUnusable
from chatdesk.kernel.errors.storage_errors import StorageError
from chatdesk.kernel.recovery import Moved
from chatdesk.storage.files import data_moving
from chatdesk.storage.files.data_moving import MARKER, WRITE_PROTECTED
from chatdesk.system.folders import POINTER_NAME, DataPointer, Folders, read_pointer


def folders_in(root: Path, *, shared: bool = False) -> Folders:
    """The folders of a system; with `shared`, settings and data are in one, as on macOS."""
    config = root / ("data" if shared else "config")
    for folder in (root / "data", config):
        folder.mkdir(parents=True, exist_ok=True)
    (root / "data" / "chats.sqlite3").write_bytes(b"chats")
    (root / "data" / "instance.lock").write_bytes(b"")
    (config / "settings.json").write_bytes(b"settings")
    return Folders(root / "data", config, root / "cache", root / "logs")


async def move(folders: Folders, target: Path) -> Path:
    folder = DataFolder(folders)
    plan = await folder.plan(target)
    assert folder.work(plan).run(lambda _share: None) == Moved(plan.target)
    return plan.target


@pytest.mark.parametrize("shared", [False, True])
async def test_the_data_moves_and_the_settings_stay(tmp_path: Path, shared: bool) -> None:
    folders = folders_in(tmp_path, shared=shared)
    target = await move(folders, tmp_path / "disk")
    assert target == tmp_path / "disk"
    assert [path.name for path in target.iterdir()] == ["chats.sqlite3"]
    assert not (folders.data / "chats.sqlite3").exists()
    assert (folders.config / "settings.json").read_bytes() == b"settings"
    assert read_pointer(folders.config) == DataPointer(target)


async def test_in_a_folder_with_other_files_a_new_one_is_made(tmp_path: Path) -> None:
    (tmp_path / "disk").mkdir()
    (tmp_path / "disk" / "letter.txt").write_bytes(b"")
    assert await move(folders_in(tmp_path), tmp_path / "disk") == tmp_path / "disk" / "Chatdesk"


async def test_what_a_crash_left_in_the_old_folder_is_removed_and_nothing_else(tmp_path: Path) -> None:
    folders = folders_in(tmp_path)
    (tmp_path / "old").mkdir()
    for name in ("chats.sqlite3", "letter.txt"):
        (tmp_path / "old" / name).write_bytes(b"")
    (folders.config / POINTER_NAME).write_bytes(
        DataPointer(folders.data, tmp_path / "old", ("chats.sqlite3",)).to_json()
    )
    await DataFolder(folders).finish()
    assert [path.name for path in (tmp_path / "old").iterdir()] == ["letter.txt"]
    assert read_pointer(folders.config) == DataPointer(folders.data)


async def test_what_a_killed_move_has_left_in_the_new_folder_is_removed(tmp_path: Path) -> None:
    folders, new = folders_in(tmp_path), tmp_path / "disk"
    new.mkdir()
    for name in (MARKER, "chats.sqlite3"):
        (new / name).write_bytes(b"")
    (folders.config / POINTER_NAME).write_bytes(DataPointer(new=new).to_json())
    await DataFolder(folders).finish()
    assert list(new.iterdir()) == []
    assert read_pointer(folders.config) == DataPointer()


async def test_the_new_folder_counts_as_complete_though_the_move_was_killed_after_the_switch(tmp_path: Path) -> None:
    """With its marker, a later move of other data into it would remove what is there."""
    folders = folders_in(tmp_path)
    (folders.data / MARKER).write_bytes(b"")
    (folders.config / POINTER_NAME).write_bytes(DataPointer(folders.data, tmp_path / "old", ()).to_json())
    await DataFolder(folders).finish()
    assert not (folders.data / MARKER).exists()
    assert (folders.data / "chats.sqlite3").read_bytes() == b"chats"


async def test_a_move_that_fails_leaves_the_old_folder_in_use_and_nothing_to_remove(tmp_path: Path) -> None:
    folders = folders_in(tmp_path)

    def fail(_share: float) -> None:
        raise OSError(5, "the disk was unplugged")

    folder = DataFolder(folders)
    plan = await folder.plan(tmp_path / "disk")
    with pytest.raises(LocationUnusable):
        folder.work(plan).run(fail)
    assert read_pointer(folders.config) == DataPointer()
    assert list((tmp_path / "disk").iterdir()) == []


@pytest.mark.parametrize(
    ("number", "error", "reason"),
    [
        (errno.EACCES, LocationUnusable, WRITE_PROTECTED),
        (errno.EROFS, LocationUnusable, WRITE_PROTECTED),
        (errno.ENAMETOOLONG, LocationUnusable, os.strerror(errno.ENAMETOOLONG)),
        (errno.ENOSPC, LocationFull, ""),
    ],
)
@pytest.mark.parametrize("call", ["iterdir", "is_dir"])
async def test_a_folder_that_cannot_be_examined_is_refused_with_a_reason(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, error: type[StorageError], reason: str, call: str
) -> None:
    folders, chosen = folders_in(tmp_path), tmp_path / "disk"
    chosen.mkdir()
    real = getattr(Path, call)

    def refuse(path: Path, *arguments: object, **names: object) -> object:
        if path == chosen:
            raise OSError(number, os.strerror(number))
        return real(path, *arguments, **names)

    monkeypatch.setattr(Path, call, refuse)
    with pytest.raises(error) as caught:
        await DataFolder(folders).plan(chosen)
    assert getattr(caught.value, "reason", "") == reason


async def test_a_settings_folder_that_cannot_be_written_any_more_does_not_hide_why_a_move_failed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folders = folders_in(tmp_path)
    folder = DataFolder(folders)
    plan = await folder.plan(tmp_path / "disk")

    def fail(_share: float) -> None:
        monkeypatch.setattr(data_folder, "replace_file", refuse)
        monkeypatch.setattr(Path, "unlink", refuse)
        raise OSError(errno.EIO, "the disk was unplugged")

    def refuse(*_arguments: object, **_names: object) -> None:
        raise OSError(errno.EROFS, "read-only")

    with pytest.raises(LocationUnusable, match="unplugged"):
        folder.work(plan).run(fail)
    monkeypatch.undo()
    assert (folders.data / "chats.sqlite3").read_bytes() == b"chats"
    await DataFolder(folders).finish()
    assert read_pointer(folders.config) == DataPointer()
    assert list((tmp_path / "disk").iterdir()) == []


async def test_a_switch_that_is_not_certain_to_be_on_the_disk_leaves_the_old_folder_in_use(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folders = folders_in(tmp_path)
    folder = DataFolder(folders)
    plan = await folder.plan(tmp_path / "disk")
    real = data_folder.replace_file

    def replaced_but_not_confirmed(path: Path, content: bytes) -> None:
        real(path, content)
        if b'"chats.sqlite3"' in content:
            raise OSError(errno.EIO, "not confirmed")

    monkeypatch.setattr(data_folder, "replace_file", replaced_but_not_confirmed)
    with pytest.raises(LocationUnusable):
        folder.work(plan).run(lambda _share: None)
    assert read_pointer(folders.config) == DataPointer()
    await DataFolder(folders).finish()
    assert (folders.data / "chats.sqlite3").read_bytes() == b"chats"


async def test_a_move_whose_old_folder_cannot_be_emptied_yet_is_complete_and_finished_later(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folders = folders_in(tmp_path)
    folder = DataFolder(folders)
    plan = await folder.plan(tmp_path / "disk")

    def refuse(_target: Path) -> None:
        raise OSError(errno.EIO, "unplugged")

    monkeypatch.setattr(data_moving, "complete_move", refuse)
    assert folder.work(plan).run(lambda _share: None) == Moved(plan.target)
    assert read_pointer(folders.config).folder == plan.target
    await DataFolder(replace(folders, data=plan.target)).finish()
    assert [path.name for path in plan.target.iterdir()] == ["chats.sqlite3"]
    assert not (folders.data / "chats.sqlite3").exists()


async def test_a_folder_with_chatdesk_data_of_somebody_else_is_refused(tmp_path: Path) -> None:
    (tmp_path / "disk" / "Chatdesk").mkdir(parents=True)
    (tmp_path / "disk" / "Chatdesk" / "chats.sqlite3").write_bytes(b"others")
    with pytest.raises(LocationUnusable):
        await DataFolder(folders_in(tmp_path)).plan(tmp_path / "disk")


def test_with_one_folder_for_everything_the_data_cannot_move_alone(tmp_path: Path) -> None:
    home = Folders(tmp_path, tmp_path, tmp_path / "cache", tmp_path / "logs")
    assert not DataFolder(home).can_move
    assert DataFolder(folders_in(tmp_path)).can_move
