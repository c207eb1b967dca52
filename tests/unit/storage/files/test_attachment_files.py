"""Files that go along are kept once, found by what they hold, and stay as long as anything refers to them."""

import errno
import hashlib
import os
import stat
import sys
import time
from pathlib import Path

import pytest

from chatdesk.kernel.errors.storage_errors import AttachmentsNotSaved, FullForAttachments, StorageError
from chatdesk.storage.files.attachment_files import AttachmentFiles

DATA = b"a picture"
SHA256 = hashlib.sha256(DATA).hexdigest()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "attachments"


@pytest.fixture
def backups(tmp_path: Path) -> Path:
    return tmp_path / "backups"


@pytest.fixture
def files(folder: Path, backups: Path) -> AttachmentFiles:
    return AttachmentFiles(folder, backups)


def path_of(folder: Path, sha256: str = SHA256) -> Path:
    return folder / sha256[:2] / sha256


def let_a_day_pass(path: Path) -> None:
    long_ago = time.time() - 25 * 3600
    os.utime(path, (long_ago, long_ago))


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.rglob("*") if path.is_file())


def test_a_file_is_kept_under_its_hash_and_read_again(files: AttachmentFiles, folder: Path) -> None:
    assert files.add(DATA) == SHA256
    assert path_of(folder).read_bytes() == DATA
    assert files.read(SHA256) == DATA


def test_the_same_file_is_kept_once(files: AttachmentFiles, folder: Path) -> None:
    files.add(DATA)
    files.add(DATA)
    assert names(folder) == [SHA256]


@pytest.mark.skipif(sys.platform == "win32", reason="no such modes")
def test_only_its_owner_may_read_it_and_nobody_run_it(files: AttachmentFiles, folder: Path) -> None:
    files.add(DATA)
    assert stat.S_IMODE(path_of(folder).stat().st_mode) == 0o600
    assert stat.S_IMODE(path_of(folder).parent.stat().st_mode) == 0o700
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


@pytest.mark.parametrize("sha256", ["", "../../chats.sqlite3", "0" * 63, "G" * 64, "0" * 64, SHA256.upper()])
def test_a_name_that_is_no_hash_of_ours_leads_nowhere(files: AttachmentFiles, folder: Path, sha256: str) -> None:
    files.add(DATA)
    (folder.parent / "chats.sqlite3").write_bytes(b"secret")
    assert files.read(sha256) is None
    assert files.read_sent(sha256) is None


def test_a_damaged_file_is_as_good_as_none_and_mended_when_it_is_added_again(
    files: AttachmentFiles, folder: Path
) -> None:
    files.add(DATA)
    path_of(folder).write_bytes(b"a pictura")
    assert files.read(SHA256) is None
    files.add(DATA)
    assert files.read(SHA256) == DATA


def test_a_crash_while_writing_leaves_no_half_file(
    files: AttachmentFiles, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", fail)
    with pytest.raises(StorageError):
        files.add(DATA)
    assert names(folder) == []


@pytest.mark.parametrize(
    ("number", "reported"),
    [
        (errno.ENOSPC, FullForAttachments),
        (errno.EACCES, AttachmentsNotSaved),
        (errno.EROFS, AttachmentsNotSaved),
        (errno.EIO, AttachmentsNotSaved),
    ],
)
def test_a_failed_write_names_the_folder_of_attachments(
    files: AttachmentFiles, folder: Path, monkeypatch: pytest.MonkeyPatch, number: int, reported: type[StorageError]
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(Path, "write_bytes", fail)
    monkeypatch.setattr(Path, "unlink", fail)
    for add in (lambda: files.add(DATA), lambda: files.add_sent(SHA256, DATA)):
        with pytest.raises(reported) as raised:
            add()
        assert (type(raised.value), raised.value.path) == (reported, str(folder))


def test_a_file_in_place_of_the_folder_of_attachments_is_reported_as_that_folder(
    files: AttachmentFiles, folder: Path
) -> None:
    folder.write_bytes(b"")
    with pytest.raises(AttachmentsNotSaved) as raised:
        files.add(DATA)
    assert raised.value.path == str(folder)


def test_what_nobody_refers_to_goes_after_a_day_and_not_before(files: AttachmentFiles, folder: Path) -> None:
    other = files.add(b"another")
    files.add(DATA)
    files.add_sent(SHA256, b"small")
    assert files.remove_unused({other}) == 0
    let_a_day_pass(path_of(folder))
    let_a_day_pass(path_of(folder, other))
    assert files.remove_unused({other}) == 1
    assert names(folder) == sorted([other, f"{SHA256}.sent"])
    let_a_day_pass(folder / SHA256[:2] / f"{SHA256}.sent")
    files.remove_unused({other})
    assert names(folder) == [other]


def test_what_is_added_once_more_stays(files: AttachmentFiles, folder: Path) -> None:
    files.add(DATA)
    let_a_day_pass(path_of(folder))
    files.add(DATA)
    assert files.remove_unused(()) == 0


def test_what_a_crash_left_goes_too_and_what_is_not_ours_stays(files: AttachmentFiles, folder: Path) -> None:
    files.add(DATA)
    left = folder / SHA256[:2] / f"{SHA256}.partial"
    left.write_bytes(b"half")
    theirs = folder / SHA256[:2] / "notes.txt"
    theirs.write_bytes(b"a person's")
    for path in (left, theirs):
        let_a_day_pass(path)
    files.remove_unused({SHA256})
    assert names(folder) == sorted([SHA256, "notes.txt"])


def test_a_copy_costs_no_room_and_outlives_the_file(files: AttachmentFiles, folder: Path, backups: Path) -> None:
    files.add(DATA)
    files.save_copies({SHA256, "f" * 64}, ())
    copy = path_of(backups / "attachments")
    assert copy.samefile(path_of(folder))
    path_of(folder).unlink()
    assert files.read(SHA256) == DATA


def test_a_mended_file_leaves_its_copy_alone(files: AttachmentFiles, folder: Path, backups: Path) -> None:
    files.add(DATA)
    files.save_copies({SHA256}, ())
    path_of(folder).unlink()
    path_of(folder).write_bytes(b"damaged")
    files.add(DATA)
    assert path_of(backups / "attachments").read_bytes() == DATA


def test_where_files_can_have_one_name_only_they_are_copied(
    files: AttachmentFiles, backups: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise OSError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", refuse)
    files.add(DATA)
    files.save_copies({SHA256}, ())
    assert path_of(backups / "attachments").read_bytes() == DATA


def test_a_copy_goes_when_neither_the_chats_nor_their_copies_refer_to_it(files: AttachmentFiles, backups: Path) -> None:
    files.add(DATA)
    files.save_copies({SHA256}, {SHA256})
    files.save_copies((), {SHA256})
    assert names(backups) == [SHA256]
    files.save_copies((), ())
    assert names(backups) == []


def test_a_file_whose_disk_fails_is_left_to_the_process_that_reads_it(
    files: AttachmentFiles, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files.add(DATA)
    assert files.path("0" * 64) is None

    def fail(path: Path, **_options: object) -> None:
        raise OSError(errno.EIO, "Input/output error", str(path))

    with monkeypatch.context() as patched:
        patched.setattr(Path, "stat", fail)
        assert files.path(SHA256) == path_of(folder)
