"""A folder that the user chose, which may be on a disk that is not connected."""

import asyncio
import hashlib
import os
import time
from pathlib import Path

import pytest

from chatdesk.kernel.errors.backup_errors import BackupDamaged, PlaceMissing, PlaceUnusable
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
        with pytest.raises(PlaceMissing):
            await work
    assert not (tmp_path / "stick").exists()


async def test_a_failed_copy_leaves_the_old_file_and_nothing_unfinished(stick: Path, tmp_path: Path) -> None:
    folder = LocalFolder(stick / "Chatdesk")
    await folder.write("a", file(tmp_path, b"old"))
    with pytest.raises(FileNotFoundError):
        await folder.write("a", tmp_path / "no such file")
    assert [path.name for path in (stick / "Chatdesk").iterdir()] == ["a"]
    assert (stick / "Chatdesk" / "a").read_bytes() == b"old"


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


async def test_a_file_in_place_of_the_folder_is_told(stick: Path, tmp_path: Path) -> None:
    (stick / "Chatdesk").write_bytes(b"")
    with pytest.raises(PlaceUnusable):
        await LocalFolder(stick / "Chatdesk").write("a", file(tmp_path))


@pytest.mark.parametrize("name", ["../a", "/etc/passwd", "a//b", "a\\b", "", ".", "C:/x"])
async def test_names_that_lead_outside_are_refused(stick: Path, tmp_path: Path, name: str) -> None:
    with pytest.raises(ValueError, match=r"^"):
        await LocalFolder(stick / "Chatdesk").write(name, file(tmp_path))
    assert not list(stick.rglob("*"))  # noqa: ASYNC240 - a test
