"""A folder that the user chose, which may be on a disk that is not connected."""

import asyncio
import errno
import hashlib
import os
import sys
import time
from pathlib import Path

import pytest

from chatdesk.kernel.errors.backup_errors import BackupDamaged, LocationMissing, LocationUnusable
from chatdesk.kernel.errors.storage_errors import FileUnavailable
from chatdesk.kernel.remote_folder import UNFINISHED, RemoteEntry
from chatdesk.storage.files.local_folder import LocalFolder


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    (tmp_path / "stick").mkdir()
    return tmp_path / "stick"


def file(tmp_path: Path, content: bytes = b"content") -> Path:
    (tmp_path / "source").write_bytes(content)
    return tmp_path / "source"


async def test_a_file_is_written_listed_read_and_deleted(stick: Path, tmp_path: Path) -> None:
    folder, content = LocalFolder(stick / "Chatdesk"), os.urandom(3_000_000)
    assert await folder.list() == ()
    await folder.write("attachments/ab/天.bin", file(tmp_path, content))
    assert await folder.list() == (RemoteEntry("attachments", 0, is_folder=True),)
    assert await folder.list("attachments/ab") == (RemoteEntry("天.bin", 3_000_000),)
    assert await folder.find("attachments/ab/天.bin") == RemoteEntry("天.bin", 3_000_000)
    assert await folder.find("attachments/ab/地.bin") is None
    await folder.read("attachments/ab/天.bin", tmp_path / "back", 3_000_000)
    assert (tmp_path / "back").read_bytes() == content
    assert await folder.sha256("attachments/ab/天.bin", 3_000_000) == hashlib.sha256(content).hexdigest()
    with pytest.raises(BackupDamaged):
        await folder.sha256("attachments/ab/天.bin", 2_999_999)
    await folder.delete("attachments/ab/天.bin")
    await folder.delete("attachments/ab/天.bin")
    assert await folder.list("attachments/ab") == ()


async def test_the_folder_of_a_missing_disk_is_never_created(tmp_path: Path) -> None:
    folder = LocalFolder(tmp_path / "stick" / "Chatdesk")
    for work in (folder.list(), folder.write("a", file(tmp_path)), folder.delete("a")):
        with pytest.raises(LocationMissing):
            await work
    assert not (tmp_path / "stick").exists()


async def test_a_failed_copy_leaves_the_old_file_and_nothing_unfinished(stick: Path, tmp_path: Path) -> None:
    folder = LocalFolder(stick / "Chatdesk")
    await folder.write("a", file(tmp_path, b"old"))
    with pytest.raises(FileUnavailable) as raised:
        await folder.write("a", tmp_path / "no such file")
    assert raised.value.path == str(tmp_path / "no such file")
    assert [path.name for path in (stick / "Chatdesk").iterdir()] == ["a"]
    assert (stick / "Chatdesk" / "a").read_bytes() == b"old"


async def test_a_file_on_this_computer_that_cannot_be_written_is_no_fault_of_the_folder(
    stick: Path, tmp_path: Path
) -> None:
    folder = LocalFolder(stick / "Chatdesk")
    await folder.write("a", file(tmp_path))
    with pytest.raises(FileUnavailable) as raised:
        await folder.read("a", tmp_path / "removed" / "file", 100)
    assert raised.value.path == str(tmp_path / "removed" / "file")


async def test_an_empty_mount_point_that_takes_the_place_of_a_disk_in_use_stays_empty(
    stick: Path, tmp_path: Path
) -> None:
    folder = LocalFolder(stick / "Chatdesk")
    await folder.write("a", file(tmp_path))
    stick.rename(tmp_path / "unplugged")  # noqa: ASYNC240
    stick.mkdir()  # noqa: ASYNC240
    for work in (
        folder.write("b", file(tmp_path)),
        folder.write("below/b", file(tmp_path)),
        folder.list(),
        folder.read("a", tmp_path / "target", 100),
        folder.sha256("a", 100),
        folder.delete("a"),
        folder.free_bytes(),
    ):
        with pytest.raises(LocationMissing):
            await work
    assert not list(stick.iterdir())  # noqa: ASYNC240
    stick.rmdir()  # noqa: ASYNC240
    (tmp_path / "unplugged").rename(stick)
    await folder.write("b", file(tmp_path))
    assert [entry.name for entry in await folder.list()] == ["a", "b"]


async def test_a_folder_that_is_expected_is_missing_until_it_is_there(stick: Path, tmp_path: Path) -> None:
    folder = LocalFolder(stick / "Chatdesk")
    with pytest.raises(LocationMissing):
        await folder.list(expected=True)
    with pytest.raises(LocationMissing):
        await folder.write("a", file(tmp_path))
    (stick / "Chatdesk").mkdir()
    await folder.write("a", file(tmp_path))


async def test_a_folder_that_may_not_be_looked_into_is_not_missing(
    stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = LocalFolder(stick / "Chatdesk")
    lstat = Path.lstat

    def forbidden(path: Path) -> os.stat_result:
        if path.name == "Chatdesk":
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))
        return lstat(path)

    monkeypatch.setattr(Path, "lstat", forbidden)
    monkeypatch.setattr(Path, "is_dir", lambda path: forbidden(path) and True)
    with pytest.raises(LocationUnusable):
        await folder.list()


async def test_a_file_that_is_removed_while_a_folder_is_listed_is_left_out(
    stick: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = LocalFolder(stick / "Chatdesk")
    for name in ("a", "b"):
        await folder.write(name, file(tmp_path))
    is_symlink = Path.is_symlink

    def remove_first(path: Path) -> bool:
        if path.name == "a":
            path.unlink()
        return is_symlink(path)

    monkeypatch.setattr(Path, "is_symlink", remove_first)
    assert [entry.name for entry in await folder.list()] == ["b"]


async def test_a_cancelled_copy_leaves_nothing_unfinished(stick: Path, tmp_path: Path) -> None:
    folder = LocalFolder(stick / "Chatdesk")
    task = asyncio.ensure_future(folder.write("a", file(tmp_path, b"x" * 50_000_000)))
    while not (stick / "Chatdesk").exists() and not task.done():
        await asyncio.sleep(0)
    task.cancel()
    await asyncio.wait([task])
    assert [path.name for path in (stick / "Chatdesk").iterdir()] in ([], ["a"])


async def test_a_file_larger_than_allowed_is_not_read(stick: Path, tmp_path: Path) -> None:
    folder = LocalFolder(stick / "Chatdesk")
    await folder.write("a", file(tmp_path, b"x" * 1000))
    with pytest.raises(BackupDamaged):
        await folder.read("a", tmp_path / "back", 999)
    assert not (tmp_path / "back").exists()


async def test_links_and_unfinished_files_are_not_listed(stick: Path, tmp_path: Path) -> None:
    folder = LocalFolder(stick / "Chatdesk")
    await folder.write("a", file(tmp_path))
    (stick / "Chatdesk" / f"b{UNFINISHED}").write_bytes(b"")
    (stick / "Chatdesk" / "link").symlink_to(tmp_path / "source")
    assert await folder.list() == (RemoteEntry("a", 7),)


async def test_an_unfinished_file_that_is_a_day_old_is_removed(stick: Path) -> None:
    folder = LocalFolder(stick)
    old, new = stick / f"old{UNFINISHED}", stick / f"new{UNFINISHED}"
    for path in (old, new):
        path.write_bytes(b"half")
    yesterday = time.time() - 25 * 3600
    os.utime(old, (yesterday, yesterday))
    assert await folder.list() == ()
    assert (old.exists(), new.exists()) == (False, True)


async def test_a_file_in_place_of_the_folder_is_reported(stick: Path, tmp_path: Path) -> None:
    (stick / "Chatdesk").write_bytes(b"")
    with pytest.raises(LocationUnusable):
        await LocalFolder(stick / "Chatdesk").write("a", file(tmp_path))


@pytest.mark.parametrize("name", ["../a", "/etc/passwd", "a//b", "a\\b", "", ".", "C:/x"])
async def test_names_that_lead_outside_are_refused(stick: Path, tmp_path: Path, name: str) -> None:
    with pytest.raises(ValueError, match=r"^"):
        await LocalFolder(stick / "Chatdesk").write(name, file(tmp_path))
    assert not list(stick.rglob("*"))  # noqa: ASYNC240 - a test


@pytest.mark.skipif(sys.platform == "win32", reason="has no such files")
async def test_pipes_are_neither_listed_nor_opened(stick: Path, tmp_path: Path) -> None:
    folder = LocalFolder(stick / "Chatdesk")
    await folder.write("a", file(tmp_path))
    os.mkfifo(stick / "Chatdesk" / "pipe")
    assert [entry.name for entry in await folder.list()] == ["a"]
    for work in (folder.read("pipe", tmp_path / "target", 100), folder.sha256("pipe", 100)):
        with pytest.raises(LocationUnusable):
            await work
