"""Where answers are kept by applications, and what was filled in for them: gone with their messages and chats."""

import sqlite3

import pytest

from chatdesk.kernel.chat.application import RemoteAnswer
from chatdesk.kernel.models.model import ModelRef
from chatdesk.storage.database.conversation_repository import ConversationRepository
from chatdesk.storage.database.message_repository import MessageRepository
from chatdesk.storage.database.remote_conversation_repository import RemoteConversationRepository
from tests.unit.storage.samples import a_conversation, a_message

APP = ModelRef("server", "app")
PLACE = RemoteAnswer("c-1", "m-1")


@pytest.fixture
def remote(connection: sqlite3.Connection) -> RemoteConversationRepository:
    ConversationRepository(connection).add(a_conversation())
    messages = MessageRepository(connection)
    messages.add(a_message("one"))
    messages.add(a_message("two", parent="one"))
    return RemoteConversationRepository(connection)


def test_a_conversation_ends_with_the_last_answer_kept_in_it(remote: RemoteConversationRepository) -> None:
    remote.save("one", APP, PLACE, "p1")
    assert remote.find("one", APP, "p1") == PLACE
    remote.save("two", APP, RemoteAnswer("c-1", "m-2"), "p2")
    assert remote.find("two", APP, "p2") == RemoteAnswer("c-1", "m-2")
    assert remote.find("one", APP, "p1") is None


def test_it_is_found_by_its_own_application_and_on_the_same_path_only(remote: RemoteConversationRepository) -> None:
    remote.save("one", APP, PLACE, "p1")
    assert remote.find("one", APP, "another") is None
    assert remote.find("one", ModelRef("server", "other"), "p1") is None
    assert remote.find("two", APP, "p1") is None


def test_two_applications_may_give_the_same_id(remote: RemoteConversationRepository) -> None:
    other = ModelRef("elsewhere", "app")
    remote.save("one", APP, PLACE, "p1")
    remote.save("two", other, PLACE, "p2")
    assert remote.find("one", APP, "p1") == remote.find("two", other, "p2") == PLACE


def test_what_is_gone_is_passed_over_and_takes_along_what_was_kept(
    remote: RemoteConversationRepository, connection: sqlite3.Connection
) -> None:
    remote.save("gone", APP, PLACE, "p")
    remote.save_inputs("gone", APP, {"a": "b"})
    remote.save("one", APP, PLACE, "p1")
    remote.save_inputs("chat", APP, {"city": "Rome"})
    assert remote.inputs("chat", APP) == {"city": "Rome"}
    connection.execute("DELETE FROM conversations")
    for table in ("remote_conversations", "application_inputs"):
        assert connection.execute(f"SELECT count(*) FROM {table}").fetchone() == (0,)


@pytest.mark.parametrize("text", ["", "[]", "{", "[" * 5000, '{"a": 1}'])
def test_inputs_that_cannot_be_read_are_as_good_as_none(
    remote: RemoteConversationRepository, connection: sqlite3.Connection, text: str
) -> None:
    remote.save_inputs("chat", APP, {})
    connection.execute("UPDATE application_inputs SET inputs = ?", (text,))
    assert not remote.inputs("chat", APP)
