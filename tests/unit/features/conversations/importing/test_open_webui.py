"""Exports of Open WebUI: the tree of a chat, reasoning inside the text, pictures, and what is left out."""

import json
from pathlib import Path

import pytest

from chatdesk.features.conversations.importing.foreign_chat import ForeignChat, ForeignFile, Loss, Program
from chatdesk.features.conversations.importing.programs import reader_of
from chatdesk.features.conversations.importing.source import open_source
from chatdesk.kernel.chat.message import ReasoningPart, Role, TextPart
from chatdesk.storage.files.foreign_database import open_foreign_database

PIXEL = "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
QUESTION = {
    "id": "m1",
    "parentId": None,
    "childrenIds": ["m2", "m3"],
    "role": "user",
    "content": "Hello",
    "timestamp": 1700000000,
    "files": [{"type": "image", "url": PIXEL}, {"type": "image", "url": "/api/v1/files/9/content"}],
}
REASONING = '<details type="reasoning" done="true" duration="3">\n<summary>Thought for 3 seconds</summary>\n> a &lt; b\n> so\n</details>\n'
ANSWER = {
    "id": "m2",
    "parentId": "m1",
    "role": "assistant",
    "content": f"{REASONING}Hi",
    "model": "llama3:8b",
    "done": True,
    "timestamp": 1700000001,
}
OTHER = {**ANSWER, "id": "m3", "content": "Good day", "done": False}
CHAT = {
    "id": "c1",
    "title": "Greeting",
    "created_at": 1700000000,
    "updated_at": 1700000100,
    "pinned": True,
    "chat": {
        "title": "Greeting",
        "params": {"system": "Be brief."},
        "history": {"currentId": "m2", "messages": {"m1": QUESTION, "m2": ANSWER, "m3": OTHER}},
    },
}


def read(tmp_path: Path, value: object) -> list[ForeignChat | Loss]:
    path = tmp_path / "chat-export.json"
    path.write_text(json.dumps(value), "utf-8")
    with open_source(path, open_foreign_database) as source:
        reader = reader_of(source)
        assert reader is not None
        assert reader.program is Program.OPEN_WEBUI
        return list(reader.read(source))


def chat_in(tmp_path: Path, value: object) -> ForeignChat:
    (chat,) = read(tmp_path, value)
    assert isinstance(chat, ForeignChat)
    return chat


@pytest.mark.parametrize("value", [[CHAT], CHAT])
def test_a_chat_keeps_its_tree_its_times_and_its_settings(tmp_path: Path, value: object) -> None:
    chat = chat_in(tmp_path, value)
    assert (chat.id, chat.title, chat.pinned, chat.instructions) == ("c1", "Greeting", True, "Be brief.")
    assert chat.created_at is not None
    assert chat.created_at.timestamp() == 1700000000
    assert [(each.id, each.parent, each.role) for each in chat.messages] == [
        ("m1", "", Role.USER),
        ("m2", "m1", Role.ASSISTANT),
        ("m3", "m1", Role.ASSISTANT),
    ]
    assert chat.head == "m2"
    assert [each.is_interrupted for each in chat.messages] == [False, False, True]


def test_reasoning_is_taken_out_of_the_text(tmp_path: Path) -> None:
    answer = chat_in(tmp_path, CHAT).messages[1]
    assert answer.model == "llama3:8b"
    assert answer.parts == (ReasoningPart("a < b\nso", 3_000), TextPart("Hi"))


def test_embedded_pictures_are_kept_and_those_on_the_server_are_counted(tmp_path: Path) -> None:
    chat = chat_in(tmp_path, CHAT)
    (picture,) = (part for part in chat.messages[0].parts if isinstance(part, ForeignFile))
    assert picture.is_picture
    assert picture.media_type == "image/png"
    assert picture.data.startswith(b"\x89PNG")
    assert chat.lost == {Loss.PICTURE: 1}


def test_a_flat_list_of_messages_is_a_path(tmp_path: Path) -> None:
    flat = {"id": "c2", "title": "Flat", "chat": {"messages": [QUESTION | {"files": []}, ANSWER | {"parentId": None}]}}
    assert [(each.id, each.parent) for each in chat_in(tmp_path, flat).messages] == [("m1", ""), ("m2", "m1")]


def test_an_empty_chat_and_what_is_no_chat_are_counted(tmp_path: Path) -> None:
    empty = {"id": "c3", "title": "Empty", "chat": {"history": {"messages": {}}}}
    assert read(tmp_path, [empty, "nothing"]) == [Loss.EMPTY_CHAT, Loss.DAMAGED_CHAT]
