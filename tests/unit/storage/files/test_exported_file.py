import errno
import os
import sys
import time
from pathlib import Path

import pytest

from chatdesk.kernel.errors.storage_errors import (
    DiskReadOnly,
    FileInUse,
    FileNameRefused,
    FileNotSaved,
    FileTooLargeForDisk,
    NameConflict,
    NoSpaceToSave,
    SavingFolderUnavailable,
    SavingNotPermitted,
)
from chatdesk.storage.files import file_writing as exported_file
from chatdesk.storage.files.file_writing import saving_error, write_exported_file
from chatdesk.storage.files.unfinished_exports import unfinished_path


def test_a_file_holds_the_bytes_and_nothing_is_left_beside_it(tmp_path: Path):
    write_exported_file(tmp_path / "a b 中.py", b"x = 1\r\n\0")

    assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir()] == [("a b 中.py", b"x = 1\r\n\0")]


def test_a_file_that_is_there_is_replaced_and_keeps_its_rights(tmp_path: Path):
    path = tmp_path / "run.sh"
    path.write_text("old")
    path.chmod(0o755)

    write_exported_file(path, b"new")

    assert path.read_bytes() == b"new"
    if os.name == "posix":
        assert path.stat().st_mode & 0o777 == 0o755


@pytest.mark.skipif(sys.platform == "win32", reason="has no umask")
def test_a_new_file_has_the_usual_rights(tmp_path: Path):
    (tmp_path / "usual").touch()
    write_exported_file(tmp_path / "new", b"")

    assert (tmp_path / "new").stat().st_mode == (tmp_path / "usual").stat().st_mode


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights there")
def test_a_link_is_followed(tmp_path: Path):
    (tmp_path / "real").write_text("old")
    (tmp_path / "link").symlink_to(tmp_path / "real")

    write_exported_file(tmp_path / "link", b"new")

    assert (tmp_path / "real").read_bytes() == b"new"
    assert (tmp_path / "link").is_symlink()


@pytest.mark.parametrize("name", ["no-such-folder/x.py", "a\0b", ".", "x" * 300])
def test_what_cannot_be_written_is_reported_with_the_systems_reason(name: str, tmp_path: Path):
    with pytest.raises(FileNotSaved) as caught:
        write_exported_file(tmp_path / name, b"x")

    assert caught.value.reason
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("old", [None, b"old"])
def test_a_full_disk_leaves_what_was_there(old: bytes | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    path = tmp_path / "x.py"
    if old is not None:
        path.write_bytes(old)

    def full(_path: Path) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(exported_file, "force_to_disk", full)
    with pytest.raises(FileNotSaved, check=lambda error: error.reason == "No space left on device"):
        write_exported_file(path, b"new")

    assert [each.read_bytes() for each in tmp_path.iterdir()] == ([] if old is None else [old])


def test_the_next_export_removes_what_a_killed_one_has_left(tmp_path: Path):
    path = tmp_path / "chat.docx"
    left_file, left_folder, in_use = (unfinished_path(path) for _ in range(3))
    left_file.write_bytes(b"half")
    (left_folder / "inside").mkdir(parents=True)
    (left_folder / "inside" / "chat.md").write_bytes(b"half")
    foreign = tmp_path / ".other.chatdesk-unfinished-not"
    foreign.write_bytes(b"foreign")
    for each in (left_file, left_folder / "inside" / "chat.md", left_folder / "inside", left_folder, foreign):
        os.utime(each, (time.time() - 4000, time.time() - 4000))
    (in_use / "inside").mkdir(parents=True)
    os.utime(in_use, (time.time() - 4000, time.time() - 4000))  # another program writes into a folder below it

    write_exported_file(path, b"new")

    assert sorted(tmp_path.iterdir()) == sorted([path, in_use, foreign])


KINDS = [
    (OSError(errno.ENOSPC, ""), NoSpaceToSave),
    (OSError(errno.EACCES, ""), SavingNotPermitted),
    (OSError(errno.EROFS, ""), DiskReadOnly),
    (OSError(errno.ENOENT, ""), SavingFolderUnavailable),
    (OSError(errno.EIO, ""), SavingFolderUnavailable),
    (TimeoutError(), SavingFolderUnavailable),
    (OSError(errno.ENAMETOOLONG, ""), FileNameRefused),
    (ValueError("embedded null byte"), FileNameRefused),
    (OSError(errno.EBUSY, ""), FileInUse),
    (OSError(errno.EISDIR, ""), NameConflict),
    (OSError(errno.EFBIG, ""), FileTooLargeForDisk),
    (OSError(errno.ENOMEM, ""), FileNotSaved),
]


@pytest.mark.parametrize(("error", "kind"), KINDS, ids=[f"{error!r}" for error, _ in KINDS])
def test_an_error_of_the_system_becomes_one_with_its_own_next_step(
    error: OSError | ValueError, kind: type[FileNotSaved]
):
    assert type(saving_error("chat.pdf", error)) is kind


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="needs permissions that are enforced")
def test_a_folder_of_somebody_else_is_reported_as_that(tmp_path: Path):
    tmp_path.chmod(0o500)
    with pytest.raises(SavingNotPermitted):
        write_exported_file(tmp_path / "chat.md", b"x")
    tmp_path.chmod(0o700)


def test_an_error_before_the_file_gets_its_name_leaves_the_old_one(tmp_path: Path):
    def fail() -> None:
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    (tmp_path / "chat.md").write_bytes(b"old")
    with pytest.raises(SavingFolderUnavailable):
        write_exported_file(tmp_path / "chat.md", b"new", before=fail)
    assert [each.read_bytes() for each in tmp_path.iterdir()] == [b"old"]
