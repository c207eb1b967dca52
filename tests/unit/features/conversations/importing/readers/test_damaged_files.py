"""Samples of all programs with changed, missing and repeated bytes: they are read as far as possible, or refused with a reason."""

import json
import random
from pathlib import Path

import pytest

from chatdesk.features.conversations.importing.chat_records import ChatSummary
from chatdesk.features.conversations.importing.foreign_chat import Loss
from chatdesk.features.conversations.importing.run import Preview
from chatdesk.kernel.presets.preset_import import ImportRefused
from tests.unit.features.conversations.importing.readers import test_chatgpt, test_cherry_studio, test_jan
from tests.unit.features.conversations.importing.readers.test_hostile_values import (
    DATABASES,
    SAMPLES,
    as_json,
    sample_of,
)
from tests.unit.features.conversations.importing.reading import zipped
from tests.unit.features.conversations.importing.whole_import import everything_of

MARKDOWN = (
    b"---\ntitle: Trees\n---\n## You\n\nWhy?\n\n## ChatGPT\n\n<think>hm</think>\nSo.\n\n**User:** More\n\n```\nx\n"
)
FILES = {
    **{
        name: ("chats.json", json.dumps(sample).encode())
        for name, (write, sample) in SAMPLES.items()
        if write is as_json
    },
    **{name: (file, sample_of(write, file)) for name, (write, file) in DATABASES.items()},
    "ChatGPT, archive": ("export.zip", zipped(test_chatgpt.FILES)),
    "Cherry Studio, archive": ("cherry.zip", zipped({"data.json": test_cherry_studio.data()})),
    "Jan": ("messages.jsonl", test_jan.lines(test_jan.QUESTION, test_jan.ANSWER, test_jan.LATER).encode()),
    "Markdown": ("chat.md", MARKDOWN),
}
PIECES = (
    b'"',
    b"{",
    b"[",
    b"}",
    b"]",
    b",",
    b"\\",
    b"\\ud800",
    b"\xff\xfe",
    b"\0",
    b"NaN",
    b"9" * 5_000,
    b"\n",
    b"[" * 2_000,
)
"""What is inserted."""


def damaged(data: bytes, chance: random.Random) -> bytes:
    result = bytearray(data)
    for _ in range(chance.choice((1, 1, 2, 8))):
        place = chance.randrange(len(result) + 1)
        match chance.randrange(5):
            case 0 if place < len(result):
                result[place] = chance.randrange(256)
            case 1:
                del result[place : place + chance.choice((1, 8, 64))]
            case 2:
                del result[place:]
            case 3:
                result[place:place] = chance.choice(PIECES)
            case _:
                result[place:place] = result[: chance.choice((1, 64, 512))]
    return bytes(result)


@pytest.mark.parametrize("name", FILES)
def test_a_damaged_file_gives_chats_or_a_reason(tmp_path: Path, name: str) -> None:
    file, data = FILES[name]
    chance = random.Random(name)
    for _ in range(40):
        path = tmp_path / file
        path.write_bytes(damaged(data, chance))
        found: list[Preview] = everything_of(path)[0]
        assert found
        assert all(each.file == file for each in found if isinstance(each, ImportRefused))


def test_an_attachment_with_a_damaged_address_is_lost(tmp_path: Path) -> None:
    broken = {"type": "image_url", "image_url": {"url": "file://[::"}}
    path = tmp_path / "messages.jsonl"
    path.write_text(test_jan.lines(test_jan.message("m1", "user", broken, test_jan.text("Look"))), "utf-8")
    (_, chat), sent = everything_of(path)
    assert isinstance(chat, ChatSummary)
    assert chat.lost == {Loss.PICTURE: 1}
    assert len(sent) == 3


def test_a_kind_that_is_a_list_is_no_export_of_lobechat(tmp_path: Path) -> None:
    path = as_json(tmp_path, {"exportType": ["all"], "mode": ["postgres"], "state": {}, "data": {}})
    found, _ = everything_of(path)
    assert all(isinstance(each, ImportRefused) for each in found)
