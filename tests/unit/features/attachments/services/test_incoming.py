"""Files that a person wants to send along are read without waiting for what does not come (case 139)."""

import os
import sys
from pathlib import Path

import pytest

from chatdesk.features.attachments.services.incoming import read_file, require_picture
from chatdesk.kernel.chat.attachments import MAX_FILE_BYTES
from chatdesk.kernel.errors.attachment_errors import (
    AttachmentNotAFile,
    AttachmentNotAPicture,
    AttachmentTooLarge,
    AttachmentUnreadable,
)

PNG = b"\x89PNG\r\n\x1a\n"

posix = pytest.mark.skipif(sys.platform == "win32", reason="no such files")


def test_a_file_is_read_whole(tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(PNG + b"rest")
    assert read_file(tmp_path / "a.png") == PNG + b"rest"


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(AttachmentNotAFile) as caught:
        read_file(tmp_path)
    assert caught.value.name == tmp_path.name


@posix
def test_a_pipe_nobody_writes_to_is_refused_at_once(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.png")
    with pytest.raises(AttachmentNotAFile):
        read_file(tmp_path / "pipe.png")


@posix
@pytest.mark.parametrize("device", ["/dev/zero", "/dev/null", "/dev/tty"])
def test_a_device_is_refused(device: str) -> None:
    with pytest.raises((AttachmentNotAFile, AttachmentUnreadable)):
        read_file(Path(device))


@posix
def test_a_link_to_a_device_is_refused(tmp_path: Path) -> None:
    (tmp_path / "picture.png").symlink_to("/dev/zero")
    with pytest.raises(AttachmentNotAFile):
        read_file(tmp_path / "picture.png")


@posix
def test_a_pipe_that_takes_the_place_of_a_file_meanwhile_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = tmp_path / "real"
    real.write_bytes(PNG)
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    status = real.stat()
    monkeypatch.setattr(Path, "stat", lambda _path: status)
    with pytest.raises(AttachmentNotAFile):
        read_file(pipe)


@pytest.mark.parametrize("name", ["gone.png", "nul\0.png", "x" * 300])
def test_what_cannot_be_opened_is_reported(tmp_path: Path, name: str) -> None:
    with pytest.raises(AttachmentUnreadable):
        read_file(tmp_path / name)


def test_a_file_that_is_too_large_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with (tmp_path / "large").open("wb") as file:
        file.truncate(MAX_FILE_BYTES + 1)
    with pytest.raises(AttachmentTooLarge) as caught:
        read_file(tmp_path / "large")
    assert caught.value.megabytes == 20


def test_a_file_of_just_the_most_is_read(tmp_path: Path) -> None:
    with (tmp_path / "large").open("wb") as file:
        file.truncate(MAX_FILE_BYTES)
    assert len(read_file(tmp_path / "large")) == MAX_FILE_BYTES


@pytest.mark.parametrize(
    ("data", "kind"),
    [(PNG, "png"), (b"\xff\xd8\xff\xe0", "jpeg"), (b"GIF89a", "gif"), (b"RIFF\0\0\0\0WEBPVP8 ", "webp")],
)
def test_the_content_tells_what_a_picture_is(data: bytes, kind: str) -> None:
    assert require_picture(data + bytes(20), "notes.txt") == kind


@pytest.mark.parametrize("data", [b"", b"MZ\x90", b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"%PDF-1.7", b"BM6"])
def test_what_only_calls_itself_a_picture_is_refused(data: bytes) -> None:
    with pytest.raises(AttachmentNotAPicture) as caught:
        require_picture(data, "cat.png")
    assert caught.value.name == "cat.png"
