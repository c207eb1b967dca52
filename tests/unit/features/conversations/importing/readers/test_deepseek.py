"""Exports of DeepSeek: fragments become questions and answers; they are not taken for those of ChatGPT."""

from pathlib import Path
from typing import Any

import pytest

from chatdesk.features.conversations.importing.foreign_chat import ForeignChat, Loss, Program
from chatdesk.kernel.chat.message import ReasoningPart, Role, TextPart
from tests.unit.features.conversations.importing import exports
from tests.unit.features.conversations.importing.exports import (
    archive,
    files_of,
    json_file,
    losses_of,
    program_of,
    shape_of,
    text_of,
    titles_of_sources,
)


def node(key: str, parent: str | None, *fragments: object, second: int = 0, **more: Any) -> dict[str, Any]:
    message = {
        "files": more.pop("files", []),
        "model": "deepseek-reasoner",
        "inserted_at": f"2025-04-20T10:34:{second:02}.158000+08:00",
        "fragments": list(fragments),
        **more,
    }
    return {"id": key, "parent": parent, "children": [], "message": message if fragments or more else None}


def asked(text: str) -> dict[str, object]:
    return {"type": "REQUEST", "content": text}


def said(text: str) -> dict[str, object]:
    return {"type": "RESPONSE", "content": text}


def conversation(*nodes: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {
        "id": "801e9692",
        "title": "Trees",
        "inserted_at": "2025-04-20T10:34:03.158000+08:00",
        "updated_at": "2025-04-20T10:35:03.158000+08:00",
        "mapping": {each["id"]: each for each in (node("root", None), *nodes)},
        **more,
    }


def chat_of(tmp_path: Path, *nodes: dict[str, Any]) -> ForeignChat:
    return exports.chat_of(json_file(tmp_path, [conversation(*nodes)]), Program.DEEPSEEK)


SAMPLE = [
    conversation(
        node("1", "root", asked("Why?"), files=[{"file_name": "a.pdf", "content": "Text"}]),
        node(
            "2",
            "1",
            {"type": "THINK", "content": "Hm.", "elapsed_secs": 2.5},
            {"type": "SEARCH", "results": [{"url": "https://one.example/", "title": "One", "cite_index": 7}]},
            said("So."),
        ),
    )
]


def test_a_chat_keeps_its_reasoning_its_times_and_its_model(tmp_path: Path) -> None:
    thought = {"type": "THINK", "content": "Hm.", "elapsed_secs": 2.5}
    chat = chat_of(tmp_path, node("1", "root", asked("Why?")), node("2", "1", thought, said("So."), second=9))
    assert (chat.id, chat.title, chat.head) == ("801e9692", "Trees", "2")
    assert shape_of(chat) == [("1", "", "Why?"), ("2", "1", "So.")]
    question, answer = chat.messages
    assert question.role is Role.USER
    assert answer.parts == (ReasoningPart("Hm.", 2_500), TextPart("So."))
    assert (answer.model, answer.vendor) == ("deepseek-reasoner", "deepseek")
    assert answer.created_at is not None
    assert answer.created_at.isoformat() == "2025-04-20T02:34:09.158000+00:00"


def test_all_branches_are_kept_and_the_newest_is_shown(tmp_path: Path) -> None:
    chat = chat_of(
        tmp_path,
        node("1", "root", asked("Why?")),
        node("2", "1", said("Newer"), second=20),
        node("3", "1", said("Older"), second=10),
    )
    assert shape_of(chat) == [("1", "", "Why?"), ("2", "1", "Newer"), ("3", "1", "Older")]
    assert chat.head == "2"


def test_empty_messages_are_left_out_of_the_tree(tmp_path: Path) -> None:
    failed = node("2", "1", said(""))
    chat = chat_of(tmp_path, node("1", "root", asked("Why?")), failed, node("3", "2", asked("Well?")))
    assert shape_of(chat) == [("1", "", "Why?"), ("3", "1", "Well?")]


def test_a_node_with_question_and_answer_is_two_messages(tmp_path: Path) -> None:
    chat = chat_of(tmp_path, node("1", "root", asked("Why?"), said("So.")), node("2", "1", asked("Well?")))
    assert shape_of(chat) == [("1", "", "Why?"), ("1/answer", "1", "So."), ("2", "1/answer", "Well?")]


@pytest.mark.parametrize("in_text", [False, True])
def test_pages_that_were_found_are_sources(tmp_path: Path, *, in_text: bool) -> None:
    listed = (
        '"results": [{"url": "https://one.example/", "title": "One", "cite_index": 7}, {"url": "https://two.example/"}]'
    )
    search: dict[str, object] = {"type": "SEARCH", "content": f"{{{listed}}}"}
    if not in_text:
        search = {
            "type": "SEARCH",
            "results": [
                {"url": "https://one.example/", "title": "One", "cite_index": 7},
                {"url": "https://two.example/"},
            ],
        }
    chat = chat_of(tmp_path, node("1", "root", asked("?")), node("2", "1", search, said("So [citation:7].")))
    assert text_of(chat.messages[1]) == "So [7]."
    assert titles_of_sources(chat.messages[1]) == [(7, "One", "https://one.example/"), (2, "", "https://two.example/")]


def test_files_are_named_and_counted_unless_their_text_is_there(tmp_path: Path) -> None:
    files = [{"file_name": "a.pdf"}, {"file_name": "b.png"}, {"file_name": "c.txt", "content": "Text"}]
    chat = chat_of(tmp_path, node("1", "root", asked("?"), files=files), node("2", "1", said("!")))
    assert [(file.name, file.text, file.is_picture) for file in files_of(chat.messages[0])] == [
        ("a.pdf", "", False),
        ("b.png", "", True),
        ("c.txt", "Text", False),
    ]
    assert chat.lost == {Loss.DOCUMENT: 1, Loss.PICTURE: 1}


def test_messages_without_fragments_are_read(tmp_path: Path) -> None:
    old = {"author": {"role": "user"}, "content": "Why?"}
    new = {"author": {"role": "assistant"}, "content": "So.", "reasoning_content": "Hm."}
    chat = chat_of(
        tmp_path,
        {"children": ["2"], "message": old, "id": "1"},
        {"message": new, "id": "2"},
    )
    assert shape_of(chat) == [("1", "", "Why?"), ("2", "1", "So.")]


def test_an_archive_of_deepseek_is_not_taken_for_one_of_chatgpt(tmp_path: Path) -> None:
    mapping_first = {"mapping": conversation(node("1", "root", asked("Why?")))["mapping"], "inserted_at": None}
    files = {"conversations.json": [mapping_first], "user.json": {"mobile": None}}
    assert program_of(archive(tmp_path, files)) is Program.DEEPSEEK
    assert program_of(json_file(tmp_path, conversation())) is Program.DEEPSEEK


def test_wrong_types_do_no_harm(tmp_path: Path) -> None:
    path = json_file(
        tmp_path,
        [
            conversation(node("1", "root", 5, {"type": 3}, {"type": "TIP", "content": "x"}, asked("Why?"), files=[1])),
            conversation(node("1", "1", said("own parent"))),
            conversation(mapping=[], id=None),
            7,
        ],
    )
    first, second = exports.chats_of(path, Program.DEEPSEEK)
    assert shape_of(first) == [("1", "", "Why?")]
    assert first.lost == {Loss.TOOL_CALL: 2, Loss.DOCUMENT: 1}
    assert shape_of(second) == [("1", "", "own parent")]
    assert losses_of(path, Program.DEEPSEEK) == [Loss.EMPTY_CHAT, Loss.DAMAGED_CHAT]
