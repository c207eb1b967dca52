"""Reading a text file that a person chose."""

from pathlib import Path

import pytest

from chatdesk.features.attachments.services.text_files import MAX_BYTES, read_text
from chatdesk.kernel.errors.attachment_errors import AttachmentNotAFile, AttachmentNotAText, AttachmentTooLarge


@pytest.mark.parametrize("data", ["a\r\n翻译".encode(), "\ufeffa\n翻译".encode(), "a\n翻译".encode("utf-16")])
async def test_a_text_is_read_whatever_its_mark_and_line_ends(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "x.txt").write_bytes(data)
    assert await read_text(tmp_path / "x.txt") == "a\n翻译"


@pytest.mark.parametrize("data", [b"\xff\xfe\xfd", b"PK\x03\x04\x00\x00", bytes(range(256))])
async def test_what_is_no_text_is_refused(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "x.bin").write_bytes(data)
    with pytest.raises(AttachmentNotAText):
        await read_text(tmp_path / "x.bin")


async def test_folders_and_large_files_are_refused(tmp_path: Path) -> None:
    with pytest.raises(AttachmentNotAFile):
        await read_text(tmp_path)
    (tmp_path / "x.txt").write_bytes(b"a" * (MAX_BYTES + 1))
    with pytest.raises(AttachmentTooLarge):
        await read_text(tmp_path / "x.txt")
