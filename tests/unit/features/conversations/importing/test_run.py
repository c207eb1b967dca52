"""The import process: what it tells of a file, and the chats that it sends."""

import errno
import json
import os
from pathlib import Path
from typing import Any

import pytest

from chatdesk.app.foreign_files import read_key
from chatdesk.app.import_child import MAX_MEMORY
from chatdesk.features.conversations.importing.chat_records import ChatSummary
from chatdesk.features.conversations.importing.foreign_chat import Loss, Program
from chatdesk.features.conversations.importing.foreign_servers import ForeignServer
from chatdesk.features.conversations.importing.run import LeftOut, Preview, SourceRead, parse_preview, preview
from chatdesk.features.conversations.services.files.chat_reading import MAX_LINE_BYTES, read_message
from chatdesk.features.presets.importing.process import ReadingProcess
from chatdesk.kernel.aio.child_program import IMPORT_CHILD
from chatdesk.kernel.chat.message import ReasoningPart, TextPart
from chatdesk.kernel.presets.preset_import import ImportProblem, ImportRefused
from chatdesk.storage.files.foreign_database import open_foreign_database
from chatdesk.system.processes import memory_of
from tests.unit.features.conversations.importing.readers.test_chatgpt import WITH_FILES
from tests.unit.features.conversations.importing.readers.test_open_webui import CHAT
from tests.unit.features.conversations.importing.reading import written, zipped


def process() -> ReadingProcess:
    return ReadingProcess(IMPORT_CHILD.command(), memory_of, MAX_MEMORY)


async def previewed(*paths: Path) -> list[Preview]:
    reported: list[Preview] = []
    request = {"preview": [str(path) for path in paths]}
    assert await process().ask(request, MAX_LINE_BYTES, parse_preview, reported.append)
    return reported


async def sent(path: Path, *chosen: str) -> list[dict[str, Any]]:
    records: list[dict[str, Any]] = []
    request = {"send": [str(path)], "chosen": chosen}
    assert await process().ask(request, MAX_LINE_BYTES, json.loads, records.extend)
    return records


def export(folder: Path) -> Path:
    path = folder / "chats.json"
    path.write_text(json.dumps([CHAT, {**CHAT, "id": "c2", "title": "Second"}, {"chat": {}}]), "utf-8")
    return path


async def test_a_preview_tells_the_program_the_chats_and_what_is_left_out(tmp_path: Path) -> None:
    path = export(tmp_path)
    found, first, second, left_out = await previewed(path)
    assert found == SourceRead(0, Program.OPEN_WEBUI, "chats.json", path.stat().st_size)
    assert isinstance(first, ChatSummary)
    assert isinstance(second, ChatSummary)
    assert (first.title, first.messages, first.pictures, first.lost) == ("Greeting", 3, 1, {Loss.PICTURE: 1})
    assert first.id != second.id
    assert left_out == LeftOut(Loss.EMPTY_CHAT)


async def test_the_size_of_an_archive_is_that_of_its_file(tmp_path: Path) -> None:
    packed = written(tmp_path, zipped({"conversations.json": [WITH_FILES | {"padding": "x" * 100_000}]}), "export.zip")
    found, *_ = await previewed(packed)
    assert isinstance(found, SourceRead)
    assert found.size == packed.stat().st_size < 2_000


async def test_another_export_of_the_same_chat_has_the_same_id(tmp_path: Path) -> None:
    first, second = tmp_path / "one", tmp_path / "two"
    first.mkdir()
    second.mkdir()
    ids = [
        [each.id for each in await previewed(export(folder)) if isinstance(each, ChatSummary)]
        for folder in (first, second)
    ]
    assert ids[0] == ids[1]


async def test_only_the_chosen_chats_are_sent(tmp_path: Path) -> None:
    path = export(tmp_path)
    chosen = next(each for each in await previewed(path) if isinstance(each, ChatSummary) and each.title == "Second")
    head, *messages, end = await sent(path, chosen.id)
    assert (head["chat"], head["title"], head["settings"]) == (chosen.id, "Second", {"instructions": "Be brief."})
    assert end == {"end": chosen.id}
    read = [read_message(each["message"]) for each in messages]
    assert head["head"] == read[1].id
    assert [each.parent for each in read] == ["", read[0].id, read[0].id]
    assert read[1].message.parts == (ReasoningPart("a < b\nso", 3_000), TextPart("Hi"))
    assert read[1].message.model is not None
    assert read[1].message.model.model_id == "llama3:8b"
    assert len(read[0].pictures) == 1


async def test_what_cannot_be_read_is_refused_with_its_name(tmp_path: Path) -> None:
    unknown, missing = tmp_path / "notes.bin", tmp_path / "missing.json"
    unknown.write_bytes(b"\x00\x01")
    refused = await previewed(unknown, missing)
    assert [(each.problem, each.file) for each in refused if isinstance(each, ImportRefused)] == [
        (ImportProblem.UNKNOWN, "notes.bin"),
        (ImportProblem.GONE, "missing.json"),
    ]


async def test_of_a_folder_the_reason_why_a_part_cannot_be_read_is_reported(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "chats" / "Work").mkdir(parents=True)
    scandir = os.scandir

    def failing(path: str | Path) -> object:
        if str(path).endswith("Work"):
            raise OSError(errno.EIO, os.strerror(errno.EIO), str(path))
        return scandir(path)

    monkeypatch.setattr(os, "scandir", failing)
    lines: list[bytes] = []
    preview([tmp_path / "chats"], open_foreign_database, lines.append)
    (refused,) = map(parse_preview, lines)
    assert isinstance(refused, ImportRefused)
    assert (refused.problem, refused.file) == (ImportProblem.GONE, "Work")


async def test_servers_are_previewed_without_their_keys_and_a_key_is_sent_when_it_is_asked_for(tmp_path: Path) -> None:
    path = tmp_path / "chatbox.json"
    settings = {"providers": {"openai": {"apiKey": "sk-canary"}, "ollama": {"apiHost": "http://127.0.0.1:11434"}}}
    path.write_text(json.dumps({"settings": settings, "session:1": {"id": "1", "messages": []}}), "utf-8")
    lines: list[bytes] = []

    def noted(line: bytes) -> Preview:
        lines.append(line)
        return parse_preview(line)

    reported: list[Preview] = []
    assert await process().ask({"preview": [str(path)]}, MAX_LINE_BYTES, noted, reported.append)
    openai, ollama = (each for each in reported if isinstance(each, ForeignServer))
    assert (openai.vendor, openai.has_key, openai.key) == ("openai", True, "")
    assert (ollama.address, ollama.has_key) == ("http://127.0.0.1:11434", False)
    assert b"sk-canary" not in b"".join(lines)
    assert await read_key([path], openai.id) == "sk-canary"
    assert await read_key([path], ollama.id) == ""
    assert await read_key([path / "missing"], openai.id) == ""
