"""Databases with many chats: the work of SQLite grows with the rows, not with the product of chats and rows."""

import json
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from chatdesk.features.conversations.importing.foreign_chat import Program
from tests.unit.features.conversations.importing.readers import test_cherry_database, test_ollama
from tests.unit.features.conversations.importing.reading import chats_in

_STEPS = 50
"""Instructions of SQLite's virtual machine between two counts."""
_FEW, _MANY = 40, 160
_MESSAGES = 4


def _write_ollama(path: Path, chats: int) -> None:
    connection = sqlite3.connect(path / "db.sqlite")
    connection.executescript(test_ollama.SCHEMA + "DELETE FROM chats; DELETE FROM messages; DELETE FROM tool_calls;")
    for number in range(chats):
        connection.execute("INSERT INTO chats VALUES (?, 'A chat', NULL, NULL)", (f"c{number}",))
    for number in range(chats * _MESSAGES):  # the messages of a chat are not next to each other
        values = (number + 1, f"c{number % chats}", ("user", "assistant")[number // chats % 2], f"Text {number}")
        connection.execute("INSERT INTO messages (id, chat_id, role, content) VALUES (?, ?, ?, ?)", values)
        call = (number + 1, "function", "look_up", "{}", "found")
        connection.execute("INSERT INTO tool_calls VALUES (NULL, ?, ?, ?, ?, ?)", call)
        connection.execute("INSERT INTO attachments VALUES (NULL, ?, 'notes.txt', x'61')", (number + 1,))
    connection.commit()
    connection.close()


def _write_cherry(path: Path, chats: int) -> None:
    connection = sqlite3.connect(path / "cherrystudio.sqlite")
    connection.executescript(test_cherry_database.SCHEMA + "DELETE FROM topic;")
    for number in range(chats):
        connection.execute("INSERT INTO topic (id, name) VALUES (?, 'A chat')", (f"c{number}",))
    for number in range(chats * _MESSAGES):
        data = json.dumps({"parts": [{"type": "text", "text": f"Text {number}"}]})
        parent = f"m{number - chats}" if number >= chats else None
        role = ("user", "assistant")[number // chats % 2]
        values = (f"m{number}", parent, f"c{number % chats}", role, data, "success", number)
        columns = "id, parent_id, topic_id, role, data, status, created_at"
        connection.execute(f"INSERT INTO message ({columns}) VALUES (?, ?, ?, ?, ?, ?, ?)", values)
    connection.commit()
    connection.close()


def _counted(monkeypatch: pytest.MonkeyPatch) -> Callable[[], int]:
    """Count the instructions that SQLite runs in all connections that are opened from now on."""
    connect, count = sqlite3.connect, 0

    def add() -> int:
        nonlocal count
        count += _STEPS
        return 0

    def counting(*arguments: Any, **options: Any) -> sqlite3.Connection:
        connection = connect(*arguments, **options)
        connection.set_progress_handler(add, _STEPS)
        return connection

    monkeypatch.setattr("sqlite3.connect", counting)
    return lambda: count


@pytest.mark.parametrize(
    ("write", "program"), [(_write_ollama, Program.OLLAMA), (_write_cherry, Program.CHERRY_STUDIO)]
)
def test_four_times_the_chats_are_about_four_times_the_work(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, write: Callable[[Path, int], None], program: Program
) -> None:
    for chats in (_FEW, _MANY):
        (tmp_path / str(chats)).mkdir()
        write(tmp_path / str(chats), chats)
    instructions = _counted(monkeypatch)
    assert [len(each.messages) for each in chats_in(tmp_path / str(_FEW), program)] == [_MESSAGES] * _FEW
    few = instructions()
    assert len(chats_in(tmp_path / str(_MANY), program)) == _MANY
    many = instructions() - few
    assert many < 6 * few, f"{few} instructions for {_FEW} chats, {many} for {_MANY}"
