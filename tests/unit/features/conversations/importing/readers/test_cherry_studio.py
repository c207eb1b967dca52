"""Backups of Cherry Studio, version 1: the formats 1 to 5, compressed files, files of messages, and browser databases."""

import gzip
import json
from pathlib import Path

import pytest

from chatdesk.features.conversations.importing.foreign_chat import ForeignChat, Loss, Program
from chatdesk.kernel.chat.usage import Usage
from chatdesk.kernel.presets.preset_import import ImportProblem, ImportRefused
from tests.unit.features.conversations.importing.reading import (
    PIXEL,
    PNG,
    chats_in,
    read,
    servers_in,
    shown,
    tree,
    written,
    zipped,
)

ASSISTANTS = {
    "defaultAssistant": {"id": "default", "name": "Default", "prompt": "", "topics": []},
    "assistants": [
        {"id": "default", "name": "Default", "prompt": "", "topics": [{"id": "t0", "name": "Loose"}]},
        {
            "id": "a1",
            "name": "Poet",
            "prompt": "You rhyme.",
            "topics": [
                {
                    "id": "t1",
                    "name": "Rhymes",
                    "pinned": True,
                    "prompt": "On cats.",
                    "createdAt": "2026-01-01T00:00:00.000Z",
                }
            ],
        },
    ],
}
PERSISTED = json.dumps(
    {"assistants": json.dumps(ASSISTANTS), "llm": json.dumps({"providers": [{"apiKey": "sk-canary"}]})}
)
PICTURE = {"id": "f1", "name": "f1.png", "origin_name": "cat.png", "ext": ".png", "path": "C:\\Data\\Files\\f1.png"}
PAPER = {"id": "f2", "name": "f2.pdf", "origin_name": "paper.pdf", "ext": ".pdf", "path": "/home/me/f2.pdf"}
LOST = {"id": "f3", "name": "f3.pdf", "origin_name": "lost.pdf", "ext": ".pdf"}
MESSAGES = [
    {
        "id": "m1",
        "role": "user",
        "topicId": "t1",
        "createdAt": "2026-01-01T00:00:01.000Z",
        "blocks": ["b1", "b6", "b7", "b8"],
    },
    {
        "id": "m2",
        "role": "assistant",
        "askId": "m1",
        "model": {"id": "gpt-5", "name": "GPT", "provider": "openai"},
        "status": "success",
        "usage": {"prompt_tokens": 5, "completion_tokens": 9},
        "metrics": {"time_completion_millsec": 800, "time_first_token_millsec": 90},
        "blocks": ["b2", "b3", "b4", "b5"],
    },
    {
        "id": "m3",
        "role": "assistant",
        "askId": "m1",
        "model": {"id": "x"},
        "foldSelected": True,
        "status": "paused",
        "blocks": ["b9"],
    },
    {"id": "c", "role": "user", "type": "clear", "blocks": []},
    {"id": "m4", "role": "user", "blocks": ["b10"]},
]
BLOCKS = [
    {"id": "b1", "messageId": "m1", "type": "main_text", "content": "Look"},
    {"id": "b2", "type": "thinking", "content": "hm", "thinking_millsec": 900},
    {"id": "b3", "type": "tool", "toolId": "c1", "toolName": "search", "arguments": {"q": 1}, "content": {"ok": True}},
    {"id": "b4", "type": "main_text", "content": "A cat [1]"},
    {
        "id": "b5",
        "type": "citation",
        "response": {"source": "websearch", "results": [{"title": "Cats", "url": "https://cats.example/"}]},
    },
    {"id": "b6", "type": "image", "file": PICTURE},
    {"id": "b7", "type": "file", "file": PAPER},
    {"id": "b8", "type": "file", "file": LOST},
    {"id": "b9", "type": "code", "content": "print('```')", "language": "python"},
    {"id": "b10", "type": "main_text", "content": "More"},
]


def data(**changed: object) -> dict[str, object]:
    stored = {
        "topics": [{"id": "t1", "messages": MESSAGES}],
        "message_blocks": BLOCKS,
        "files": [PICTURE],
        "settings": [],
    }
    return {
        "time": 1700000000000,
        "version": 5,
        "localStorage": {"persist:cherry-studio": PERSISTED, "other": "{}"},
        "indexedDB": {**stored, **changed},
    }


def backup(folder: Path, content: object) -> Path:
    files = {"data.json": content, "Data/Files/f1.png": PNG, "Data/Files/f2.pdf": b"%PDF-1.7"}
    return written(folder, zipped(files), "cherry-studio.20260101.zip")


def test_a_topic_keeps_its_name_its_assistant_and_its_prompts(tmp_path: Path) -> None:
    (chat,) = chats_in(backup(tmp_path, data()), Program.CHERRY_STUDIO)
    assert (chat.id, chat.title, chat.folder, chat.pinned) == ("t1", "Rhymes", "Poet", True)
    assert chat.instructions == "You rhyme.\n\nOn cats."
    assert chat.created_at is not None
    assert chat.created_at.isoformat() == "2026-01-01T00:00:00+00:00"


def test_several_answers_to_a_question_are_alternatives_and_the_chat_continues_from_the_shown_one(
    tmp_path: Path,
) -> None:
    (chat,) = chats_in(backup(tmp_path, data()), Program.CHERRY_STUDIO)
    assert tree(chat) == [("m1", ""), ("m2", "m1"), ("m3", "m1"), ("m4", "m3")]
    assert chat.head == "m4"
    assert [message.is_interrupted for message in chat.messages] == [False, False, True, False]


def test_blocks_become_parts_and_files_are_found_in_the_archive(tmp_path: Path) -> None:
    (chat,) = chats_in(backup(tmp_path, data()), Program.CHERRY_STUDIO)
    question, answer, other, _ = chat.messages
    assert shown(question.parts) == [
        "picture cat.png image/png 12",
        "document paper.pdf application/pdf 8",
        "Look",
    ]
    assert shown(answer.parts) == [
        "thought hm 900",
        "A cat [1]",
        'call c1 search {"q": 1}',
        'result c1 {"ok": true}',
        "sources Cats<https://cats.example/>",
    ]
    assert (answer.model, answer.vendor) == ("gpt-5", "openai")
    assert answer.usage == Usage(5, 9, total_milliseconds=800, first_token_milliseconds=90)
    assert shown(other.parts) == ["````python\nprint('```')\n````"]
    assert chat.lost == {Loss.DOCUMENT: 1}


def test_messages_of_older_versions_have_a_text(tmp_path: Path) -> None:
    messages = [
        {"id": "m1", "role": "user", "content": "Hello", "images": [PIXEL]},
        {"id": "m2", "role": "assistant", "content": "<think>\nhm\n</think>\nHi", "modelId": "qwen"},
    ]
    old = data(topics=[{"id": "t9", "messages": messages}]) | {"version": 3}
    (chat,) = chats_in(written(tmp_path, old), Program.CHERRY_STUDIO)
    assert (chat.title, chat.folder) == ("Hello", "")
    assert [shown(each.parts) for each in chat.messages] == [["picture  image/png 70", "Hello"], ["thought hm", "Hi"]]


def test_the_oldest_backups_are_a_compressed_list_of_entries(tmp_path: Path) -> None:
    topic = {"id": "t0", "messages": [{"id": "m1", "role": "user", "content": "Hello"}]}
    entries = [{"key": "topic:t0", "value": topic}, {"key": "image://avatar", "value": "x"}, 3]
    old = {"time": 1, "version": 1, "localStorage": {"persist:cherry-studio": PERSISTED}, "indexedDB": entries}
    path = written(tmp_path, gzip.compress(json.dumps(old).encode()), "cherry-studio.bak")
    (chat,) = chats_in(path, Program.CHERRY_STUDIO)
    assert (chat.title, tree(chat)) == ("Loose", [("m1", "")])


@pytest.mark.parametrize("cut", [12, 60])
def test_an_incomplete_compressed_backup_is_refused(tmp_path: Path, cut: int) -> None:
    whole = gzip.compress(json.dumps(data()).encode())
    path = written(tmp_path, whole[: len(whole) * cut // 100], "cherry-studio.bak")
    with pytest.raises(ImportRefused) as refused:
        read(path, Program.CHERRY_STUDIO)
    assert refused.value.problem is ImportProblem.DAMAGED


def test_a_backup_with_a_browser_database_is_refused_with_what_to_export(tmp_path: Path) -> None:
    files = {"metadata.json": {"appName": "Cherry Studio"}, "IndexedDB/file__0.indexeddb.leveldb/000003.log": b"x"}
    path = written(tmp_path, zipped({**files, "Local Storage/leveldb/CURRENT": b"x"}), "cherry-studio.zip")
    with pytest.raises(ImportRefused) as refused:
        read(path, Program.CHERRY_STUDIO)
    assert refused.value.problem is ImportProblem.UNREADABLE_BACKUP


def test_the_data_folder_of_version_1_is_refused_likewise(tmp_path: Path) -> None:
    written(tmp_path, b"x", "CherryStudio/IndexedDB/000003.log")
    written(tmp_path, b"x", "CherryStudio/Local Storage/CURRENT")
    with pytest.raises(ImportRefused) as refused:
        read(tmp_path / "CherryStudio", Program.CHERRY_STUDIO)
    assert refused.value.problem is ImportProblem.UNREADABLE_BACKUP


def test_servers_with_a_key_and_those_of_the_user_are_found(tmp_path: Path) -> None:
    providers = [
        {
            "id": "silicon",
            "name": "Silicon",
            "type": "openai",
            "apiKey": "k1, k2",
            "apiHost": "https://api.siliconflow.cn",
            "isSystem": True,
        },
        {"id": "groq", "name": "Groq", "apiKey": "", "apiHost": "https://api.groq.com", "isSystem": True},
        {"id": "3f1", "name": "Mine", "type": "anthropic", "apiKey": "", "apiHost": "https://mine.example/"},
        {"id": "bad", "apiHost": "javascript:alert(1)"},
        7,
    ]
    stored = json.dumps({"llm": json.dumps({"providers": providers})})
    value = data() | {"localStorage": {"persist:cherry-studio": stored}}
    assert servers_in(written(tmp_path, value), Program.CHERRY_STUDIO) == [
        ("Silicon", "https://api.siliconflow.cn", "siliconflow", "k1"),
        ("Mine", "https://mine.example/", "anthropic", ""),
    ]


def test_damaged_values_are_counted(tmp_path: Path) -> None:
    messages = [
        {"id": "m1", "role": "user", "blocks": ["b1", 7, None, {"type": "main_text", "content": 3}]},
        {"id": "m1", "role": "assistant", "blocks": "b1"},
        {"role": "robot"},
        "text",
    ]
    topics = [{"id": "t1", "messages": messages}, 5, {"id": "t2"}, {"id": "t3", "messages": {"a": 1}}]
    broken = data(topics=topics) | {"localStorage": {"persist:cherry-studio": '{"assistants": "[not json"}'}}
    found = read(written(tmp_path, broken), Program.CHERRY_STUDIO)
    assert found[1:] == [Loss.DAMAGED_CHAT, Loss.EMPTY_CHAT, Loss.EMPTY_CHAT]
    chat = found[0]
    assert isinstance(chat, ForeignChat)
    assert tree(chat) == [("m1", "")]
    assert chat.lost == {Loss.DAMAGED_MESSAGE: 3}


def test_a_message_cannot_refer_to_files_outside_the_folder_of_attachments(tmp_path: Path) -> None:
    block = {"id": "b1", "type": "file", "file": {"id": "data", "name": "data.json", "origin_name": "notes.json"}}
    content = data(
        topics=[{"id": "t1", "messages": [{"id": "m1", "role": "user", "blocks": ["b1"]}]}], message_blocks=[block]
    )
    (chat,) = chats_in(backup(tmp_path, content), Program.CHERRY_STUDIO)
    assert (chat.messages[0].parts, chat.lost) == ((), {Loss.DOCUMENT: 1})
