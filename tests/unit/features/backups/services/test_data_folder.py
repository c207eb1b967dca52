"""The data folder of the program moves, and what a crash has left in the old one is removed later."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from chatdesk.features.backups.services.data_folder import DataFolder
from chatdesk.kernel.errors.backup_errors import PlaceUnusable
from chatdesk.kernel.recovery import Moved
from chatdesk.storage.files.data_moving import MARKER
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
    with pytest.raises(PlaceUnusable):
        folder.work(plan).run(fail)
    assert read_pointer(folders.config) == DataPointer()
    assert list((tmp_path / "disk").iterdir()) == []


async def test_a_folder_with_chatdesk_data_of_somebody_else_is_refused(tmp_path: Path) -> None:
    (tmp_path / "disk" / "Chatdesk").mkdir(parents=True)
    (tmp_path / "disk" / "Chatdesk" / "chats.sqlite3").write_bytes(b"others")
    with pytest.raises(PlaceUnusable):
        await DataFolder(folders_in(tmp_path)).plan(tmp_path / "disk")


async def test_a_folder_that_cannot_be_read_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = DataFolder(folders_in(tmp_path))
    locked = tmp_path / "locked"
    locked.mkdir()
    list_folder = Path.iterdir

    def refuse(path: Path) -> Iterator[Path]:
        if path == locked:
            raise PermissionError(13, "Permission denied")
        return list_folder(path)

    monkeypatch.setattr(Path, "iterdir", refuse)
    with pytest.raises(PlaceUnusable, match="Permission denied"):
        await folder.plan(locked)


def test_with_one_folder_for_everything_the_data_cannot_move_alone(tmp_path: Path) -> None:
    home = Folders(tmp_path, tmp_path, tmp_path / "cache", tmp_path / "logs")
    assert not DataFolder(home).can_move
    assert DataFolder(folders_in(tmp_path)).can_move
