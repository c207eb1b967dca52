"""The database of Ollama's desktop app, also while the app is running."""

import sqlite3
from pathlib import Path

import pytest

from chatdesk.features.conversations.importing.foreign_chat import ForeignChat, Loss, Program
from tests.unit.features.conversations.importing.reading import PNG, chats_in, read, shown, tree

SCHEMA = """
CREATE TABLE settings (id INTEGER PRIMARY KEY, device_id TEXT, schema_version INTEGER);
CREATE TABLE users (name TEXT, email TEXT);
CREATE TABLE chats (id TEXT PRIMARY KEY, title TEXT NOT NULL DEFAULT '', created_at TIMESTAMP, browser_state TEXT);
CREATE TABLE messages (id INTEGER PRIMARY KEY AUTOINCREMENT, chat_id TEXT NOT NULL, role TEXT NOT NULL, content TEXT, thinking TEXT,
    stream BOOLEAN, model_name TEXT, created_at TIMESTAMP, updated_at TIMESTAMP, thinking_time_start TIMESTAMP,
    thinking_time_end TIMESTAMP, tool_result TEXT);
CREATE TABLE tool_calls (id INTEGER PRIMARY KEY, message_id INTEGER, type TEXT, function_name TEXT, function_arguments TEXT,
    function_result TEXT);
CREATE TABLE attachments (id INTEGER PRIMARY KEY, message_id INTEGER, filename TEXT, data BLOB);
INSERT INTO users VALUES ('me', 'me@example.org');
INSERT INTO chats VALUES ('c1', 'Greeting', '2025-08-01 12:34:56.789012345-07:00', NULL), ('c2', '', '2025-08-02 00:00:00', NULL);
INSERT INTO messages (id, chat_id, role, content, thinking, model_name, created_at, thinking_time_start, thinking_time_end) VALUES
    (1, 'c1', 'user', 'Look', '', NULL, '2025-08-01 12:34:57-07:00', NULL, NULL),
    (2, 'c1', 'assistant', '', 'hm', 'gpt-oss:20b', '2025-08-01 12:34:58-07:00', '2025-08-01 12:34:58.1-07:00',
     '2025-08-01 12:34:59.6-07:00'),
    (3, 'c1', 'tool', 'a page', '', NULL, '2025-08-01 12:35:00-07:00', NULL, NULL),
    (4, 'c1', 'assistant', 'A dot.', '', 'gpt-oss:20b', '2025-08-01 12:35:01-07:00', NULL, NULL),
    (5, 'c1', 'robot', 'beep', '', NULL, NULL, NULL, NULL);
INSERT INTO tool_calls VALUES (1, 2, 'function', 'web_fetch', '{"url": "x"}', NULL);
"""


def database(folder: Path, *, running: bool = False) -> sqlite3.Connection:
    connection = sqlite3.connect(folder / "db.sqlite")
    if running:
        connection.execute("PRAGMA journal_mode = WAL")
    connection.executescript(SCHEMA)
    connection.execute("INSERT INTO attachments VALUES (1, 1, 'dot.PNG', ?), (2, 1, 'say.mp3', x'00')", (PNG,))
    connection.commit()
    return connection


@pytest.mark.parametrize("running", [False, True])
@pytest.mark.parametrize("chosen", [".", "db.sqlite"])
def test_a_chat_keeps_its_messages_with_thoughts_tools_and_attachments(
    tmp_path: Path, chosen: str, running: bool
) -> None:
    connection = database(tmp_path, running=running)
    found = read(tmp_path / chosen, Program.OLLAMA)
    connection.close()
    chat = found[0]
    assert isinstance(chat, ForeignChat)
    assert (chat.id, chat.title, tree(chat)) == ("c1", "Greeting", [("1", ""), ("2", "1")])
    assert chat.created_at is not None
    assert chat.created_at.isoformat() == "2025-08-01T19:34:56.789012+00:00"
    assert shown(chat.messages[0].parts) == ["picture dot.PNG image/png 12", "Look"]
    assert shown(chat.messages[1].parts) == [
        "thought hm 1500",
        "A dot.",
        'call call-1 web_fetch {"url": "x"}',
        "result  a page",
    ]
    assert (chat.messages[1].model, chat.messages[1].vendor) == ("gpt-oss:20b", "ollama")
    assert chat.lost == {Loss.SOUND: 1, Loss.DAMAGED_MESSAGE: 1}
    assert found[1:] == [Loss.EMPTY_CHAT]


def test_the_first_schema_has_fewer_tables(tmp_path: Path) -> None:
    connection = sqlite3.connect(tmp_path / "db.sqlite")
    connection.executescript("""
        CREATE TABLE chats (id TEXT, title TEXT);
        CREATE TABLE messages (id INTEGER, chat_id TEXT, role TEXT, content TEXT);
        INSERT INTO chats VALUES ('c', '');
        INSERT INTO messages VALUES (1, 'c', 'user', 'Hello'), (2, 'c', 'assistant', '<think>hm</think>Hi');
    """)
    connection.close()
    (chat,) = chats_in(tmp_path / "db.sqlite", Program.OLLAMA)
    assert (chat.title, [shown(each.parts) for each in chat.messages]) == ("Hello", [["Hello"], ["thought hm", "Hi"]])
