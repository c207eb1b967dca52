"""Files, archives and folders with chats that are made to do harm (cases.md 123 to 130, 139): only what is sound is taken."""

import io
import json
import os
import stat
import sys
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest

from chatdesk.features.conversations.importing import json_lines
from chatdesk.features.conversations.importing.chat_records import ChatSummary
from chatdesk.features.conversations.importing.foreign_chat import Loss
from chatdesk.features.conversations.importing.message_order import MAX_MESSAGES
from chatdesk.features.conversations.importing.run import LeftOut, Preview
from chatdesk.features.conversations.services.files.chat_reading import ImportedMessage
from chatdesk.features.conversations.services.files.preset_files import preset_files
from chatdesk.kernel.presets.preset_import import ImportProblem, ImportRefused
from tests.unit.features.conversations.importing.readers import test_jan, test_silly_tavern
from tests.unit.features.conversations.importing.readers.test_chatgpt import QUESTION, ROOT, conversation
from tests.unit.features.conversations.importing.reading import written, zipped
from tests.unit.features.conversations.importing.whole_import import everything_of

CHATS = json.dumps([conversation(ROOT, QUESTION)])
POSIX = pytest.mark.skipif(sys.platform == "win32", reason="links and pipes in folders are those of POSIX")


def chats(found: list[Preview]) -> list[ChatSummary]:
    return [each for each in found if isinstance(each, ChatSummary)]


def problems(path: Path) -> list[ImportProblem]:
    found, sent = everything_of(path)
    assert not chats(found)
    assert all(isinstance(record, ImportRefused) for record in sent)
    return [each.problem for each in found if isinstance(each, ImportRefused)]


def archive(folder: Path, files: Mapping[str, object]) -> Path:
    return written(folder, zipped(files), "export.zip")


# 123, 124: names and kinds of entries.


@pytest.mark.parametrize("name", ["../../x", "/abs", "C:\\x", "a/../../b", "CON.json", "x.", "n" * 1_001])
def test_an_archive_of_chats_with_a_path_that_leads_out_of_it_is_refused(tmp_path: Path, name: str) -> None:
    assert problems(archive(tmp_path, {"conversations.json": CHATS, name: "x"})) == [ImportProblem.UNSAFE]


@pytest.mark.parametrize("kind", [stat.S_IFLNK, stat.S_IFCHR, stat.S_IFIFO])
def test_an_archive_of_chats_with_a_link_or_device_is_refused(tmp_path: Path, kind: int) -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as packed:
        info = zipfile.ZipInfo("conversations.json")
        info.external_attr = (kind | 0o777) << 16
        packed.writestr(info, "/etc/passwd")
    assert problems(written(tmp_path, made.getvalue(), "export.zip")) == [ImportProblem.UNSAFE]


@POSIX
def test_links_and_pipes_in_a_folder_are_passed_over(tmp_path: Path) -> None:
    outside = written(tmp_path, CHATS, "outside/conversations.json")
    folder = tmp_path / "export"
    folder.mkdir()
    (folder / "conversations.json").symlink_to(outside)
    (folder / "inside").symlink_to(outside.parent, target_is_directory=True)
    (folder / "around").symlink_to(folder, target_is_directory=True)
    os.mkfifo(folder / "conversations-000.json")
    assert problems(folder) == [ImportProblem.UNKNOWN]


@POSIX
def test_a_pipe_and_a_device_are_not_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.json")
    assert problems(tmp_path / "pipe.json") == [ImportProblem.NOT_A_FILE]
    assert problems(Path("/dev/zero")) == [ImportProblem.NOT_A_FILE]


def test_a_folder_of_assistants_that_is_a_file_has_none(tmp_path: Path) -> None:
    written(tmp_path, "x", "assistants")
    assert preset_files([tmp_path]) == []


# 125, 126: archives that grow or cannot be read.


def test_chats_that_grow_a_thousand_times_are_refused(tmp_path: Path) -> None:
    padded = json.dumps([conversation(ROOT, QUESTION), " " * 20_000_000])
    found, sent = everything_of(archive(tmp_path, {"conversations.json": padded}))
    ends = [each[-1] for each in (found, sent)]  # chats before it are sound
    assert [each.problem for each in ends if isinstance(each, ImportRefused)] == [ImportProblem.UNSAFE] * 2


def test_an_archive_within_an_archive_of_chats_is_not_opened(tmp_path: Path) -> None:
    inner = zipped({"conversations.json": CHATS})
    assert problems(archive(tmp_path, {"inner.zip": inner})) == [ImportProblem.UNKNOWN]
    assert problems(archive(tmp_path, {"conversations.json": inner})) == [ImportProblem.UNKNOWN]


def test_half_an_archive_of_chats_and_one_with_a_changed_byte_are_refused(tmp_path: Path) -> None:
    whole = zipped({"conversations.json": CHATS})
    assert problems(written(tmp_path, whole[: len(whole) // 2], "half.zip")) == [ImportProblem.DAMAGED]
    changed = bytearray(whole)
    changed[60] ^= 0xFF
    assert problems(written(tmp_path, bytes(changed), "changed.zip")) == [ImportProblem.DAMAGED]


# 127, 129, 130: values without measure.


def test_nesting_without_end_is_refused(tmp_path: Path) -> None:
    deep = '[{"mapping": ' + "[" * 100_000
    assert problems(written(tmp_path, deep, "deep.json")) == [ImportProblem.TOO_DEEP]
    nested = '[{"mapping": {"a": ' + "[" * 600 + "]" * 600 + "}}]"
    assert problems(written(tmp_path, nested, "nested.json")) == [ImportProblem.TOO_DEEP]


@pytest.mark.parametrize("word", ["NaN", "Infinity", "-Infinity", "9" * 5_000])
def test_a_number_that_is_none_is_refused(tmp_path: Path, word: str) -> None:
    text = CHATS.replace('"create_time": 1700000000.5', f'"create_time": {word}')
    assert text != CHATS
    assert problems(written(tmp_path, text)) == [ImportProblem.DAMAGED]


def test_half_a_pair_of_surrogates_and_huge_ids_do_no_harm(tmp_path: Path) -> None:
    odd = [{**ROOT, "id": "\ud800"}, {**QUESTION, "id": "\udfff", "parent": "\ud800"}]
    path = written(tmp_path, [conversation(*odd, conversation_id="\ud83d", title="\ud83d")], "a.json")
    huge = written(tmp_path, [conversation(ROOT, QUESTION, conversation_id="x" * 50_000)], "b.json")
    for each in (path, huge):
        found, sent = everything_of(each)
        (chat,) = chats(found)
        (message,) = (record for record in sent if isinstance(record, ImportedMessage))
        assert [len(name) for name in (chat.id, message.id)] == [32, 32]
        assert message.message.text == "Why?"


@pytest.mark.parametrize("moment", [-1, 1e300, "9999-12-31T23:59:59-23:59", "0001-01-01T00:00:00+23:59", "tomorrow"])
def test_a_time_that_cannot_be_is_unknown(tmp_path: Path, moment: object) -> None:
    times = {"create_time": moment, "update_time": moment}
    found, _ = everything_of(
        written(tmp_path, [conversation(ROOT, {**QUESTION, "message": QUESTION["message"] | times}, **times)])
    )
    (chat,) = chats(found)
    assert (chat.created_at, chat.updated_at) == (None, None)


def test_the_same_chat_many_times_in_a_file_is_one_chat_with_the_same_messages(tmp_path: Path) -> None:
    found, sent = everything_of(written(tmp_path, [conversation(ROOT, QUESTION)] * 3))
    assert len({each.id for each in chats(found)}) == 1
    assert len({record.id for record in sent if isinstance(record, ImportedMessage)}) == 1


@pytest.mark.parametrize("name", ["messages.jsonl", "chat.jsonl"])
def test_a_chat_of_too_many_lines_is_left_out_and_not_read_further(
    tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(json_lines, "MAX_LINES", 50)
    if name == "messages.jsonl":
        lines = [json.dumps(test_jan.message("m", "user", test_jan.text("x")))] * 60
    else:
        lines = [json.dumps(test_silly_tavern.HEADER), *['{"name": "You", "is_user": true, "mes": "x"}'] * 60]
    found, sent = everything_of(written(tmp_path, "\n".join(lines), name))
    assert [each.loss for each in found if isinstance(each, LeftOut)] == [Loss.DAMAGED_CHAT]
    assert sent == []


def test_chats_beyond_the_most_messages_are_left_out(tmp_path: Path) -> None:
    mapping = {str(number): {**QUESTION, "id": str(number)} for number in range(MAX_MESSAGES + 1)}
    found, sent = everything_of(written(tmp_path, [conversation(ROOT, QUESTION) | {"mapping": mapping}]))
    assert [each.loss for each in found if isinstance(each, LeftOut)] == [Loss.DAMAGED_CHAT]
    assert sent == []
