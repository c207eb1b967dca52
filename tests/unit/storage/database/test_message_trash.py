"""Messages in the trash."""

import sqlite3
from dataclasses import replace
from datetime import timedelta

import pytest

from chatdesk.kernel.chat.message import MessageState
from chatdesk.kernel.chat.message_trees import Deletion, MessageTree, deletion_of
from chatdesk.storage.database.conversation_repository import ConversationRepository
from chatdesk.storage.database.message_repository import MessageRepository
from chatdesk.storage.database.message_trash import MessageTrash
from tests.unit.storage.removing import remove_old_chats, remove_old_messages
from tests.unit.storage.samples import MOMENT, a_conversation, a_message, an_answer
from tests.unit.storage.searching import search


@pytest.fixture
def connection(connection: sqlite3.Connection) -> sqlite3.Connection:
    ConversationRepository(connection).add(a_conversation())
    messages = MessageRepository(connection)
    messages.add(a_message("root", "word root"))
    messages.add(replace(an_answer("answer", parent="root"), state=MessageState.COMPLETE))
    messages.add(a_message("next", "word next", parent="answer"))
    return connection


def trash(connection: sqlite3.Connection, message_id: str, head_id: str | None = "next") -> Deletion:
    tree = MessageTree(MessageRepository(connection).of_conversation("chat"))
    message = tree.find(message_id)
    assert message is not None
    deletion = deletion_of(tree, message, head_id)
    MessageTrash(connection).trash(deletion, MOMENT)
    return deletion


def found(connection: sqlite3.Connection) -> set[str | None]:
    return {hit.message_id for hit in search(connection, "word")}


def test_what_is_in_the_trash_is_as_good_as_gone(connection: sqlite3.Connection) -> None:
    messages = MessageRepository(connection)
    root = messages.get("root")
    trash(connection, "root")
    assert [(message.id, message.parent_id) for message in messages.of_conversation("chat")] == [("next", None)]
    assert found(connection) == {"next"}
    assert not messages.update(root)
    assert not messages.finish(root)
    assert messages.mark_interrupted() == ()
    with pytest.raises(KeyError):
        messages.get("root")


def test_it_comes_back_as_it_was(connection: sqlite3.Connection) -> None:
    before = MessageRepository(connection).of_conversation("chat")
    deletion = trash(connection, "root")
    MessageTrash(connection).restore(deletion, deletion.moved, "next")
    assert MessageRepository(connection).of_conversation("chat") == before
    assert found(connection) == {"root", "next"}
    assert ConversationRepository(connection).get("chat").head_id == "next"


def test_no_path_ends_in_the_trash(connection: sqlite3.Connection) -> None:
    conversations = ConversationRepository(connection)
    trash(connection, "next")
    assert conversations.get("chat").head_id == "answer"
    conversations.update(replace(conversations.get("chat"), head_id="next"))
    assert conversations.get("chat").head_id == "answer"


def test_its_time_ends(connection: sqlite3.Connection) -> None:
    trash(connection, "root")
    assert remove_old_messages(connection, MOMENT) == set()
    assert remove_old_messages(connection, MOMENT + timedelta(seconds=1)) == {"root", "answer"}
    assert connection.execute("SELECT count(*) FROM messages").fetchone() == (1,)


def test_a_chat_goes_with_its_trash(connection: sqlite3.Connection) -> None:
    trash(connection, "root")
    conversations = ConversationRepository(connection)
    conversations.update(replace(conversations.get("chat"), deleted_at=MOMENT))
    assert remove_old_chats(connection, MOMENT + timedelta(seconds=1)) == ("chat",)
    assert connection.execute("SELECT count(*) FROM messages").fetchone() == (0,)
    assert found(connection) == set()
