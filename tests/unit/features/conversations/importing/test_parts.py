"""An archive or a folder with the exports of several programs gives the chats of all of them."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from chatdesk.features.conversations.importing.chat_records import ChatSummary
from chatdesk.features.conversations.importing.foreign_chat import Program
from chatdesk.features.conversations.importing.run import SourceRead
from chatdesk.features.conversations.services.files.chat_reading import ChatHead
from chatdesk.kernel.presets.preset_import import ImportRefused
from tests.unit.features.conversations.foreign_chats import foreign_chat
from tests.unit.features.conversations.importing.reading import PNG, written, zipped
from tests.unit.features.conversations.importing.whole_import import everything_of


def chatgpt(title: str) -> object:
    pointer = {"content_type": "image_asset_pointer", "asset_pointer": "file-service://file-abc"}
    content = {"content_type": "multimodal_text", "parts": ["Why?", pointer]}
    message = {"id": "q", "author": {"role": "user"}, "content": content}
    return {
        "title": title,
        "id": title,
        "mapping": {"q": {"id": "q", "parent": None, "children": [], "message": message}},
    }


def claude(title: str) -> object:
    return {
        "uuid": title,
        "name": title,
        "chat_messages": [{"uuid": "1", "sender": "human", "text": "Why?", "content": []}],
    }


def made(folder: Path, files: Mapping[str, object], *, is_archive: bool) -> Path:
    if is_archive:
        return written(folder, zipped(files), "both.zip")
    for name, content in files.items():
        written(folder, content, f"both/{name}")
    return folder / "both"


BOTH: Mapping[str, object] = {
    "mine/first/conversations.json": [chatgpt("Trees")],
    "mine/first/file-abc.png": PNG,
    "mine/second/conversations.json": [claude("Ferns")],
    "mine/second/users.json": [],
}


@pytest.mark.parametrize("is_archive", [True, False])
def test_folders_of_two_programs_with_files_of_the_same_name_are_both_read(tmp_path: Path, *, is_archive: bool) -> None:
    path = made(tmp_path, BOTH, is_archive=is_archive)
    found, sent = everything_of(path)
    sources = [each for each in found if isinstance(each, SourceRead)]
    assert [(each.number, each.program) for each in sources] == [(0, Program.CHATGPT), (0, Program.CLAUDE)]
    assert [(each.title, each.pictures) for each in found if isinstance(each, ChatSummary)] == [
        ("Trees", 1),
        ("Ferns", 0),
    ]
    assert [each.title for each in sent if isinstance(each, ChatHead)] == ["Trees", "Ferns"]
    assert 0 < sum(each.size for each in sources) <= max(path.stat().st_size, sum(map(_size, path.rglob("*"))))


def _size(path: Path) -> int:
    return path.stat().st_size if path.is_file() else 0


def test_files_of_two_programs_beside_each_other_are_both_read(tmp_path: Path) -> None:
    files = {"conversations.json": [claude("Ferns")], "data.json": {"session:1": session(), "settings": {}}}
    found, _ = everything_of(made(tmp_path, files, is_archive=True))
    assert {each.program for each in found if isinstance(each, SourceRead)} == {Program.CLAUDE, Program.CHATBOX}
    assert {each.title for each in found if isinstance(each, ChatSummary)} == {"Ferns", "Mosses"}


def session() -> object:
    return {"id": "1", "name": "Mosses", "messages": [{"id": "m", "role": "user", "content": "Where?"}]}


def test_one_damaged_part_leaves_the_other(tmp_path: Path) -> None:
    files = {**BOTH, "mine/first/conversations.json": '[{"title": "Trees", "mapping": {}, "create_time": 1'}
    found, _ = everything_of(made(tmp_path, files, is_archive=True))
    assert [each.title for each in found if isinstance(each, ChatSummary)] == ["Ferns"]
    assert len([each for each in found if isinstance(each, ImportRefused)]) == 1


def test_folders_of_one_program_stay_one_source(tmp_path: Path) -> None:
    files = {
        "a/conversations-000.json": [chatgpt("Trees")],
        "b/conversations-001.json": [chatgpt("Ferns")],
        "notes/readme.md": "**User:** Hello\n\n**Assistant:** Hi\n",
    }
    found, _ = everything_of(made(tmp_path, files, is_archive=True))
    assert [each.program for each in found if isinstance(each, SourceRead)] == [Program.CHATGPT]
    assert [each.title for each in found if isinstance(each, ChatSummary)] == ["Trees", "Ferns"]


def test_a_chat_of_open_webui_alone_is_one_source(tmp_path: Path) -> None:
    path = written(tmp_path, [foreign_chat("one")], "chats.json")
    found, _ = everything_of(path)
    assert [each.program for each in found if isinstance(each, SourceRead)] == [Program.OPEN_WEBUI]
