"""The third step of the database: the index of search is made anew."""

import sqlite3
from contextlib import closing
from pathlib import Path

from chatdesk.kernel.chat.message import MessageState
from chatdesk.kernel.chat.message_trees import Deletion
from chatdesk.storage.database.connection import open_connection
from chatdesk.storage.database.message_trash import MessageTrash
from chatdesk.storage.database.migrator import migrate
from chatdesk.storage.database.search_index import SearchIndex
from chatdesk.storage.database.search_repository import SearchRepository
from chatdesk.storage.database.stored_values import to_time
from chatdesk.storage.migrations import MIGRATIONS
from tests.unit.storage.samples import MOMENT


def _found(connection: sqlite3.Connection, query: str) -> set[str | None]:
    return {hit.message_id for hit in SearchRepository(connection).find(query)}


def _add_conversation(connection: sqlite3.Connection, title: str) -> None:
    """Write a row as it was then."""
    number = connection.execute(
        "INSERT INTO conversations (id, title, created_at, updated_at, activity, draft, system_prompt, pinned) "
        "VALUES ('chat', ?, ?, ?, 1, '', '', 0)",
        (title, to_time(MOMENT), to_time(MOMENT)),
    ).lastrowid
    SearchIndex(connection).add_title(number, title)


def _add_message(
    connection: sqlite3.Connection, id_: str, place: int, text: str, state: MessageState = MessageState.COMPLETE
) -> None:
    """Write the rows as they were then."""
    number = connection.execute(
        "INSERT INTO messages (id, conversation_id, sequence, role, state, created_at) VALUES (?, 'chat', ?, 'user', ?, ?)",
        (id_, place, state, to_time(MOMENT)),
    ).lastrowid
    connection.execute("INSERT INTO parts VALUES (?, 0, 0, 'text', ?, '{}')", (number, text))
    if number and state is not MessageState.STREAMING:
        SearchIndex(connection).add_message(number)


def test_what_was_found_before_is_found_after_and_nothing_else(tmp_path: Path) -> None:
    with closing(open_connection(tmp_path / "chats.sqlite3")) as connection:
        migrate(connection, MIGRATIONS[:2], tmp_path / "backups")
        _add_conversation(connection, "A contest")
        _add_message(connection, "kept", 0, "The contest of 机器学习")
        _add_message(connection, "open", 1, "a contest that streams", MessageState.STREAMING)
        _add_message(connection, "gone", 2, "a contest in the trash")
        MessageTrash(connection).take(Deletion("chat", ("gone",), (), None, None, None), MOMENT)
        before = {query: _found(connection, query) for query in ("cont", "con", "the co", "机器", "学", "trash")}
        assert before["cont"] == {None, "kept"}

        migrate(connection, MIGRATIONS, tmp_path / "backups")

        assert {query: _found(connection, query) for query in before} == before
        (statement,) = connection.execute("SELECT sql FROM sqlite_master WHERE name = 'message_search'").fetchone()
        assert "prefix = '3'" in statement
