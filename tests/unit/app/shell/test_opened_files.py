"""What a file is, is recognised by how it begins."""

import os
from pathlib import Path

import pytest

from chatdesk.app.shell.opened_files import FileKind, kinds_of
from chatdesk.features.conversations.services.files.chat_json import chat_json
from tests.fakes.gguf_files import write_gguf


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (chat_json([], "x", None).encode(), FileKind.CHAT),
        (b'\xef\xbb\xbf {"format":"chatdesk-chat"', FileKind.CHAT),
        (b'{"title": "x", "format": "chatdesk-chat"}', FileKind.FOREIGN),
        (b'{"format": "chatdesk-chats"}', FileKind.FOREIGN),
        (b' [{"act": "Poet"}]', FileKind.FOREIGN),
        (b"\x89PNG\r\n\x1a\n", FileKind.PICTURE),
        (b"act,prompt\nPoet,Rhyme.\n", FileKind.PRESETS),
        (b"year,costs\n2025,12\n", FileKind.ATTACHMENT),
        (b"# Notes\n", FileKind.ATTACHMENT),
        (b"PK\x03\x04", FileKind.FOREIGN),
        (b"SQLite format 3\0", FileKind.BACKUP),
        (b"%PDF-1.7", FileKind.ATTACHMENT),
        (b"GGUF\x03\0\0\0", FileKind.MODEL),
        (b"gguf", FileKind.ATTACHMENT),
        (b'+++\nname = "x"\n+++\n', FileKind.PRESETS),
        (chat_json([], "x", None).encode("utf-16"), FileKind.CHAT),
        (b"\xfe\xff" + chat_json([], "é" * 5000, None).encode("utf-16-be"), FileKind.CHAT),
        (chat_json([], "é" * 5000, None).encode(), FileKind.CHAT),
        (b"\xff\xfe\x00", FileKind.ATTACHMENT),
        (b"", FileKind.ATTACHMENT),
    ],
)
async def test_the_beginning_tells_the_kind(tmp_path: Path, content: bytes, kind: FileKind) -> None:
    path = tmp_path / "file.exe"
    path.write_bytes(content)
    assert await kinds_of([path]) == {path: kind}


async def test_a_model_is_one_whatever_it_is_called(tmp_path: Path) -> None:
    path = write_gguf(tmp_path / "model.gguf").rename(tmp_path / "holiday.jpg")
    assert await kinds_of([path]) == {path: FileKind.MODEL}


async def test_an_archive_is_a_document_by_its_name(tmp_path: Path) -> None:
    path = tmp_path / "report.docx"
    path.write_bytes(b"PK\x03\x04")
    assert await kinds_of([path]) == {path: FileKind.ATTACHMENT}


async def test_an_archive_of_another_program_is_known_by_its_name(tmp_path: Path) -> None:
    backup, character = tmp_path / "assistants.cherrybackup", tmp_path / "mia.charx"
    for path in (backup, character):
        path.write_bytes(b"PK\x03\x04")
    assert await kinds_of([backup, character]) == {backup: FileKind.BACKUP, character: FileKind.PRESETS}


async def test_a_folder_is_one(tmp_path: Path) -> None:
    assert await kinds_of([tmp_path]) == {tmp_path: FileKind.FOLDER}


async def test_what_is_no_file_is_never_opened(tmp_path: Path) -> None:
    paths = [tmp_path / "gone", tmp_path / "a\0b"]
    if hasattr(os, "mkfifo"):
        os.mkfifo(tmp_path / "pipe")
        paths.append(tmp_path / "pipe")
    assert set((await kinds_of(paths)).values()) == {FileKind.ATTACHMENT}
