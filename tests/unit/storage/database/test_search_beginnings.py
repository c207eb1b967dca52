"""The third step of the database: the index of search is made anew."""

import sqlite3
from contextlib import closing
from pathlib import Path

from chatdesk.kernel.chat.message import MessageState
from chatdesk.kernel.chat.message_trees import MessageTree, deletion_of
from chatdesk.storage.database.connection import open_connection
from chatdesk.storage.database.message_repository import MessageRepository
from chatdesk.storage.database.message_trash import MessageTrash
from chatdesk.storage.database.migrator import migrate
from chatdesk.storage.database.search_index import SearchIndex
from chatdesk.storage.database.search_repository import SearchRepository
from chatdesk.storage.database.stored_values import to_time
from chatdesk.storage.migrations import MIGRATIONS
from tests.unit.storage.samples import MOMENT, a_message


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


def test_what_was_found_before_is_found_after_and_nothing_else(tmp_path: Path) -> None:
    with closing(open_connection(tmp_path / "chats.sqlite3")) as connection:
        migrate(connection, MIGRATIONS[:2], tmp_path / "backups")
        messages = MessageRepository(connection)
        _add_conversation(connection, "A contest")
        messages.add(a_message("kept", "The contest of 机器学习"))
        messages.add(a_message("open", "a contest that streams", state=MessageState.STREAMING))
        messages.add(a_message("gone", "a contest in the trash"))
        tree = MessageTree(messages.of_conversation("chat"))
        gone = tree.find("gone")
        assert gone is not None
        MessageTrash(connection).take(deletion_of(tree, gone, None), MOMENT)
        before = {query: _found(connection, query) for query in ("cont", "con", "the co", "机器", "学", "trash")}
        assert before["cont"] == {None, "kept"}

        migrate(connection, MIGRATIONS, tmp_path / "backups")

        assert {query: _found(connection, query) for query in before} == before
        (statement,) = connection.execute("SELECT sql FROM sqlite_master WHERE name = 'message_search'").fetchone()
        assert "prefix = '3'" in statement
