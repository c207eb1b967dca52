"""Which messages have a document, and how that is found out without reading all of them."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from chatdesk.kernel.chat.message import DocumentPart, ImagePart, SentAs
from chatdesk.kernel.chat.message_trees import MessageTree, deletion_of
from chatdesk.storage.database.connection import open_connection
from chatdesk.storage.database.conversation_repository import ConversationRepository
from chatdesk.storage.database.document_messages import _FIRST_IN_CHATS, messages_with
from chatdesk.storage.database.message_repository import MessageRepository
from chatdesk.storage.database.message_trash import MessageTrash
from chatdesk.storage.database.migrator import migrate
from chatdesk.storage.migrations import MIGRATIONS
from tests.unit.storage.samples import MOMENT, a_conversation, a_message

TEXT = "d" * 64
REPORT = DocumentPart("a" * 64, "application/pdf", "report.pdf", size=9, text_sha256=TEXT)


@pytest.fixture
def connection(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    with closing(open_connection(tmp_path / "chats.sqlite3")) as connection:
        migrate(connection, MIGRATIONS, tmp_path / "backups")
        ConversationRepository(connection).add(a_conversation())
        ConversationRepository(connection).add(a_conversation("other"))
        messages = MessageRepository(connection)
        messages.add(replace(a_message("first"), parts=(REPORT,)))
        messages.add(replace(a_message("again"), parts=(replace(REPORT, sent_as=SentAs.PASSAGES),)))
        messages.add(replace(a_message("elsewhere", conversation="other"), parts=(replace(REPORT, name="b.pdf"),)))
        messages.add(replace(a_message("none"), parts=(ImagePart("b" * 64, "image/png", "a.png", 1, 1, 1),)))
        yield connection


def found(connection: sqlite3.Connection) -> list[tuple[str, str]]:
    return [(each.message_id, each.document.name) for each in messages_with(connection, (TEXT, "e" * 64))]


def test_the_first_message_of_each_chat_is_found(connection: sqlite3.Connection) -> None:
    assert found(connection) == [("first", "report.pdf"), ("elsewhere", "b.pdf")]


def test_what_is_in_the_trash_is_not(connection: sqlite3.Connection) -> None:
    tree = MessageTree(MessageRepository(connection).of_conversation("chat"))
    removed = tree.find("first")
    assert removed is not None
    MessageTrash(connection).trash(deletion_of(tree, removed, None), MOMENT)
    ConversationRepository(connection).update(replace(a_conversation("other"), deleted_at=MOMENT))
    assert found(connection) == [("again", "report.pdf")]


def test_a_message_is_found_by_what_it_refers_to_now(connection: sqlite3.Connection) -> None:
    messages = MessageRepository(connection)
    messages.update(replace(messages.get("elsewhere"), parts=()))
    messages.update(replace(messages.get("none"), parts=(REPORT,)))
    messages.update(replace(messages.get("first"), parts=()))
    messages.update(replace(messages.get("again"), parts=()))
    assert found(connection) == [("none", "report.pdf")]


def test_no_message_is_read_for_it(connection: sqlite3.Connection) -> None:
    plan = str(connection.execute(f"EXPLAIN QUERY PLAN {_FIRST_IN_CHATS}", (TEXT,)).fetchall())
    assert "parts_by_document_text" in plan
    assert "SCAN" not in plan


def test_odd_metadata_is_stored_and_not_found(connection: sqlite3.Connection) -> None:
    for metadata in ("no JSON", "[]", '{"text_sha256": 5}', '{"text_sha256": {"a": 1}}', "", b"\xff"):
        connection.execute("UPDATE parts SET metadata = ? WHERE kind = 'file'", (metadata,))
        assert found(connection) == []


def test_messages_of_before_the_index_are_found(tmp_path: Path) -> None:
    with closing(open_connection(tmp_path / "old.sqlite3")) as connection:
        migrate(connection, MIGRATIONS[:18], tmp_path / "backups")
        ConversationRepository(connection).add(a_conversation())
        MessageRepository(connection).add(replace(a_message("first"), parts=(REPORT,)))
        connection.execute("UPDATE parts SET metadata = 'no JSON' WHERE kind != 'file'")
        migrate(connection, MIGRATIONS, tmp_path / "backups")
        assert found(connection) == [("first", "report.pdf")]
        assert connection.execute("PRAGMA quick_check").fetchall() == [("ok",)]
