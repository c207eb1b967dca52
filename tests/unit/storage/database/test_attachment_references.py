"""What refers to a file: messages on every branch, in the trash or not, and drafts, in the database and in its copies."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from chatdesk.kernel.chat.message import DocumentPart, ImagePart, TextPart
from chatdesk.kernel.chat.message_trees import MessageTree, deletion_of
from chatdesk.storage.database.attachment_references import referenced_in, referenced_in_copies
from chatdesk.storage.database.connection import open_connection
from chatdesk.storage.database.conversation_repository import ConversationRepository
from chatdesk.storage.database.message_repository import MessageRepository
from chatdesk.storage.database.message_trash import MessageTrash
from chatdesk.storage.database.migrator import migrate
from chatdesk.storage.migrations import MIGRATIONS
from chatdesk.storage.recovery.backup import back_up
from tests.unit.storage.samples import MOMENT, a_conversation, a_message

OF_MESSAGES = {letter * 64 for letter in "abde"}
"""A picture; a document with its text and its summary."""


def picture(letter: str) -> ImagePart:
    return ImagePart(letter * 64, "image/png", f"{letter}.png", 4, 3, 100)


@pytest.fixture
def connection(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    with closing(open_connection(tmp_path / "chats.sqlite3")) as connection:
        migrate(connection, MIGRATIONS, tmp_path / "backups")
        ConversationRepository(connection).add(a_conversation())
        messages = MessageRepository(connection)
        messages.add(replace(a_message("one"), parts=(picture("a"), TextPart("words"))))
        messages.add(
            replace(
                a_message("two"),
                parts=(DocumentPart("b" * 64, "text/plain", "b.txt", text_sha256="d" * 64, summary_sha256="e" * 64),),
            )
        )
        messages.add(a_message("plain", "words"))
        yield connection


def test_messages_refer_to_their_files(connection: sqlite3.Connection) -> None:
    assert referenced_in(connection) == OF_MESSAGES


def test_messages_and_chats_in_the_trash_still_refer_to_theirs(connection: sqlite3.Connection) -> None:
    tree = MessageTree(MessageRepository(connection).of_conversation("chat"))
    removed = tree.find("one")
    assert removed is not None
    MessageTrash(connection).trash(deletion_of(tree, removed, None), MOMENT)
    ConversationRepository(connection).update(replace(a_conversation(), deleted_at=MOMENT))
    assert referenced_in(connection) == OF_MESSAGES


def test_drafts_refer_to_theirs(connection: sqlite3.Connection) -> None:
    ConversationRepository(connection).update(replace(a_conversation(), draft_attachments=(picture("c"),)))
    assert "c" * 64 in referenced_in(connection)


def test_files_are_found_without_reading_what_was_said(connection: sqlite3.Connection) -> None:
    plan = connection.execute("EXPLAIN QUERY PLAN SELECT kind, metadata FROM parts WHERE kind IN ('image', 'file')")
    assert "parts_with_files" in str(plan.fetchall())


def test_copies_refer_to_what_they_hold(connection: sqlite3.Connection, tmp_path: Path) -> None:
    back_up(connection, tmp_path / "copies", "weekly")
    connection.execute("DELETE FROM messages")
    assert referenced_in(connection) == frozenset()
    assert referenced_in_copies(tmp_path / "copies") == OF_MESSAGES


def test_a_copy_from_before_there_were_attachments_refers_to_nothing(tmp_path: Path) -> None:
    with closing(open_connection(tmp_path / "old.sqlite3")) as connection:
        migrate(connection, MIGRATIONS[:3], tmp_path / "backups")
        back_up(connection, tmp_path / "copies", "weekly")
    assert referenced_in_copies(tmp_path / "copies") == frozenset()


def test_a_copy_that_is_damaged_is_passed_over(connection: sqlite3.Connection, tmp_path: Path) -> None:
    copy = back_up(connection, tmp_path / "copies", "weekly")
    copy.write_bytes(b"no database" * 1000)
    assert referenced_in_copies(tmp_path / "copies") == frozenset()
