"""Databases of Cherry Studio, version 2: alone, in a backup, and in the data folder of the running program."""

import json
import sqlite3
from pathlib import Path

from chatdesk.features.conversations.importing.foreign_chat import ForeignChat, Loss, Program
from chatdesk.kernel.chat.usage import Usage
from tests.unit.features.conversations.importing.reading import (
    PNG,
    chats_in,
    read,
    servers_in,
    shown,
    tree,
    written,
    zipped,
)

SCHEMA = """
CREATE TABLE assistant (id TEXT, name TEXT, prompt TEXT, deleted_at INTEGER);
CREATE TABLE "group" (id TEXT, name TEXT);
CREATE TABLE pin (id TEXT, entity_type TEXT, entity_id TEXT);
CREATE TABLE topic (id TEXT, name TEXT, assistant_id TEXT, prompt TEXT, active_node_id TEXT, group_id TEXT, created_at INTEGER,
                    updated_at INTEGER, deleted_at INTEGER);
CREATE TABLE message (id TEXT, parent_id TEXT, topic_id TEXT, role TEXT, data TEXT, status TEXT, siblings_group_id INTEGER,
                      model_id TEXT, model_snapshot TEXT, stats TEXT, created_at INTEGER, deleted_at INTEGER);
CREATE TABLE user_provider (provider_id TEXT, preset_provider_id TEXT, name TEXT, base_urls TEXT, api_keys TEXT);
INSERT INTO assistant VALUES ('a1', 'Poet', 'You rhyme.', NULL);
INSERT INTO "group" VALUES ('g1', 'Work');
INSERT INTO pin VALUES ('p', 'topic', 't1');
INSERT INTO topic VALUES ('t1', 'Rhymes', 'a1', 'On cats.', 'm3', 'g1', 1767225600000, 1767225700000, NULL),
                         ('t2', NULL, 'a1', NULL, NULL, NULL, 1767225600001, NULL, NULL),
                         ('t3', 'Deleted', 'a1', NULL, NULL, NULL, 1, 1, 9),
                         ('t4', 'Empty', NULL, NULL, NULL, NULL, 2, 2, NULL);
"""
ANSWER = {
    "parts": [
        {"type": "reasoning", "text": "hm", "providerMetadata": {"cherry": {"thinkingMs": 900}}},
        {"type": "dynamic-tool", "toolName": "fetch", "toolCallId": "c1", "input": {"q": 1}, "output": {"ok": True}},
        {"type": "text", "text": "A cat"},
        {"type": "source-url", "url": "https://cats.example/", "title": "Cats"},
        {"type": "data-code", "data": {"content": "1 + 1", "language": "python"}},
        {"type": "data-clear", "data": {}},
        3,
    ]
}
QUESTION = {
    "parts": [
        {"type": "text", "text": "Look"},
        {
            "type": "file",
            "mediaType": "image/png",
            "url": "file:///C:/Users/me/Data/Files/f1.png",
            "filename": "cat.png",
            "providerMetadata": {"cherry": {"fileEntryId": "f1"}},
        },
        {"type": "file", "mediaType": "application/pdf", "url": "file:///elsewhere/f2.pdf", "filename": "lost.pdf"},
    ]
}
EARLY = {"blocks": [{"type": "thinking", "content": "old", "thinkingMs": 5}, {"type": "main_text", "content": "Hi"}]}
SNAPSHOT = json.dumps({"id": "gpt-5", "name": "GPT", "provider": "openai"})
STATS = json.dumps({"promptTokens": 5, "completionTokens": 9, "timeFirstTokenMs": 90})
ROWS: list[tuple[object, ...]] = [
    ("root", None, "t1", "root", "{}", "success", 0, None, None, None, 0, None),
    ("m1", "root", "t1", "user", json.dumps(QUESTION), "success", 0, None, None, None, 1767225600010, None),
    ("gone", "m1", "t1", "assistant", json.dumps(ANSWER), "success", 0, None, None, None, 1767225600011, 9),
    ("m2", "m1", "t1", "assistant", json.dumps(ANSWER), "success", 1, None, SNAPSHOT, STATS, 1767225600012, None),
    (
        "m3",
        "m1",
        "t1",
        "assistant",
        json.dumps(EARLY),
        "paused",
        1,
        "deepseek::deepseek-chat",
        None,
        None,
        1767225600013,
        None,
    ),
    (
        "m4",
        "gone",
        "t1",
        "user",
        json.dumps({"parts": [{"type": "text", "text": "and?"}]}),
        "success",
        0,
        None,
        None,
        None,
        14,
        None,
    ),
    ("x1", "x2", "t2", "user", "not json", "success", 0, None, None, None, 1, None),
    ("x2", "x1", "t2", "assistant", "[]", "success", 0, None, None, None, 2, None),
    ("x3", None, "t2", "user", json.dumps(EARLY), "success", 0, None, None, None, 3, None),
]


def database(folder: Path, name: str = "cherrystudio.sqlite") -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    connection = sqlite3.connect(path)
    connection.executescript(SCHEMA)
    connection.executemany("INSERT INTO message VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", ROWS)
    connection.commit()
    connection.close()
    return path


def first_chat(path: Path) -> ForeignChat:
    return chats_in(path, Program.CHERRY_STUDIO)[0]


def test_a_topic_keeps_its_name_group_pin_and_prompts(tmp_path: Path) -> None:
    chat = first_chat(database(tmp_path))
    assert (chat.id, chat.title, chat.folder, chat.pinned) == ("t1", "Rhymes", "Work", True)
    assert chat.instructions == "You rhyme.\n\nOn cats."
    assert chat.created_at is not None
    assert chat.created_at.timestamp() == 1767225600


def test_the_tree_is_kept_without_deleted_messages_and_the_root(tmp_path: Path) -> None:
    chat = first_chat(database(tmp_path))
    assert tree(chat) == [("m1", ""), ("m4", "m1"), ("m2", "m1"), ("m3", "m1")]
    assert chat.head == "m3"


def test_parts_and_early_blocks_are_read(tmp_path: Path) -> None:
    question, _, answer, early = first_chat(database(tmp_path)).messages
    assert shown(question.parts) == ["picture cat.png image/png missing", "Look"]
    assert shown(answer.parts) == [
        "thought hm 900",
        "A cat\n\n```python\n1 + 1\n```",
        'call c1 fetch {"q": 1}',
        'result c1 {"ok": true}',
        "sources Cats<https://cats.example/>",
    ]
    assert (answer.model, answer.vendor, answer.usage) == ("gpt-5", "openai", Usage(5, 9, first_token_milliseconds=90))
    assert shown(early.parts) == ["thought old 5", "Hi"]
    assert (early.model, early.vendor, early.is_interrupted) == ("deepseek-chat", "deepseek", True)


def test_files_are_found_in_a_backup_and_in_the_data_folder(tmp_path: Path) -> None:
    data = database(tmp_path, "Data/cherrystudio.sqlite").read_bytes()
    written(tmp_path, PNG, "Data/Files/f1.png")
    files = {"manifest.json": {"version": 1}, "backup.sqlite": data, "files/f1": PNG}
    backup = written(tmp_path, zipped(files), "mine.cherrybackup")
    for chat in (first_chat(backup), first_chat(tmp_path / "Data")):
        assert shown(chat.messages[0].parts) == ["picture cat.png image/png 12", "Look"]
        assert chat.lost == {Loss.DOCUMENT: 1}


def test_cycles_and_damaged_contents_do_not_prevent_the_others(tmp_path: Path) -> None:
    empty, _, second = read(database(tmp_path), Program.CHERRY_STUDIO)
    assert isinstance(second, ForeignChat)
    assert (second.title, tree(second), second.folder) == ("Hi", [("x3", ""), ("x1", ""), ("x2", "x1")], "Poet")
    assert [message.parts for message in second.messages[1:]] == [(), ()]
    assert empty is Loss.EMPTY_CHAT


def test_a_schema_with_few_columns_is_enough(tmp_path: Path) -> None:
    path = tmp_path / "backup.sqlite"
    connection = sqlite3.connect(path)
    connection.executescript("""
        CREATE TABLE topic (id TEXT);
        CREATE TABLE message (id TEXT, topic_id TEXT, role TEXT, data TEXT);
        INSERT INTO topic VALUES ('t');
        INSERT INTO message VALUES ('m', 't', 'user', '{"parts": [{"type": "text", "text": "Hi"}]}');
    """)
    connection.close()
    (chat,) = chats_in(path, Program.CHERRY_STUDIO)
    assert (chat.title, chat.folder, tree(chat)) == ("Hi", "", [("m", "")])


def test_servers_with_a_key_and_those_of_the_user_are_found(tmp_path: Path) -> None:
    path = database(tmp_path)
    connection = sqlite3.connect(path)
    connection.executemany(
        "INSERT INTO user_provider VALUES (?, ?, ?, ?, ?)",
        [
            (
                "openai",
                "openai",
                "OpenAI",
                '{"openai": "https://api.openai.com/v1"}',
                '[{"key": "off", "isEnabled": false}, {"key": "k"}]',
            ),
            ("groq", "groq", "Groq", '{"openai": "https://api.groq.com"}', "[]"),
            ("3f1", None, "Mine", '{"openai": "https://mine.example"}', "not json"),
        ],
    )
    connection.commit()
    connection.close()
    assert servers_in(path, Program.CHERRY_STUDIO) == [
        ("OpenAI", "https://api.openai.com/v1", "openai", "k"),
        ("Mine", "https://mine.example", "", ""),
    ]
