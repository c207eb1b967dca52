"""Files that were saved again by an editor: with a byte order mark, or as UTF-16, they are the same chats."""

import json
from pathlib import Path

import pytest

from chatdesk.features.conversations.importing.chat_records import ChatSummary, OwnChat, summary_of
from chatdesk.features.conversations.importing.foreign_chat import ForeignChat, Program
from chatdesk.features.conversations.importing.programs import chats_in, reader_of
from chatdesk.features.conversations.importing.source import open_source
from chatdesk.storage.files.foreign_database import open_foreign_database
from tests.unit.features.conversations.importing.readers.test_hostile_values import SAMPLES
from tests.unit.features.conversations.importing.readers.test_silly_tavern import GREETING, HEADER, QUESTION
from tests.unit.features.conversations.importing.reading import read, shown, written


def summaries(path: Path) -> list[ChatSummary]:
    with open_source(path, open_foreign_database) as source:
        reader = reader_of(source)
        assert reader
        return [summary_of(each) for each in chats_in(reader, source) if isinstance(each, ForeignChat | OwnChat)]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
@pytest.mark.parametrize("name", SAMPLES)
def test_a_file_in_another_encoding_has_the_same_chats(tmp_path: Path, name: str, encoding: str) -> None:
    write, sample = SAMPLES[name]
    path = write(tmp_path, sample)
    before = summaries(path)
    for file in tmp_path.rglob("*.json*"):
        file.write_text(file.read_text("utf-8"), encoding)
    assert before
    assert summaries(path) == before


def test_a_damaged_character_of_a_line_is_replaced_and_a_damaged_line_left_out(tmp_path: Path) -> None:
    lines = [json.dumps(each).encode() for each in (HEADER, GREETING, QUESTION)]
    damaged = lines[2].replace(b'"mes": "', b'"mes": "\xff')
    path = written(
        tmp_path, b"\n".join([lines[0], lines[1], damaged, b'{"mes": NaN}', b'{"mes": "cut o']), "chat.jsonl"
    )
    (chat,) = read(path, Program.SILLY_TAVERN)
    assert isinstance(chat, ForeignChat)
    assert any("\ufffd" in part for part in shown(chat.messages[-1].parts))
    assert sum(chat.lost.values()) == 2
