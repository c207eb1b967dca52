"""What people made of code in answers."""

import sqlite3
from datetime import timedelta

import pytest

from chatdesk.features.previews.domain.edited_version import EditedFile, EditedVersion
from chatdesk.features.previews.services.edited_version_repository import EditedVersionRepository
from chatdesk.storage.database.conversation_repository import ConversationRepository
from chatdesk.storage.database.message_repository import MessageRepository
from tests.unit.storage.samples import MOMENT, a_conversation, a_message


@pytest.fixture
def connection(connection: sqlite3.Connection) -> sqlite3.Connection:
    for chat in ("chat", "other"):
        ConversationRepository(connection).add(a_conversation(chat))
        MessageRepository(connection).add(a_message(f"{chat}-answer", conversation=chat))
    return connection


def version(number: int = 1, text: str = "<p>", message: str = "chat-answer", restored: int = 0) -> EditedVersion:
    files = (EditedFile("index.html", text), EditedFile("style.css", "p {}"))
    return EditedVersion(message, number, 3, MOMENT + timedelta(minutes=number), files, restored)


def test_what_was_kept_is_there_again_oldest_first_and_only_in_its_chat(connection: sqlite3.Connection) -> None:
    versions = EditedVersionRepository(connection)
    stored = [version(2, "second", restored=1), version(1, "first\u2028中🙂"), version(1, message="other-answer")]
    assert [versions.add(each) for each in stored] == [True] * 3
    assert versions.of_conversation("chat") == (stored[1], stored[0])


def test_half_a_character_of_a_models_code_does_not_keep_it_from_being_kept(connection: sqlite3.Connection) -> None:
    versions = EditedVersionRepository(connection)
    versions.add(version(text="a\ud83db"))
    assert versions.of_conversation("chat")[0].files[0].text == "a\ufffdb"


def test_one_whose_message_is_gone_is_not_kept(connection: sqlite3.Connection) -> None:
    assert not EditedVersionRepository(connection).add(version(message="nothing"))


def test_one_whose_number_was_taken_by_another_computer_gets_the_next_one(connection: sqlite3.Connection) -> None:
    versions = EditedVersionRepository(connection)
    assert versions.add(version())
    assert versions.add(version(text="another"))
    found = [(each.number, each.files[0].text) for each in versions.of_conversation("chat")]
    assert found == [(1, "<p>"), (2, "another")]


def test_removing_one_never_removes_another_that_has_its_number(connection: sqlite3.Connection) -> None:
    versions = EditedVersionRepository(connection)
    versions.add(version(text="of another computer"))
    versions.add(version())
    versions.remove(version())
    assert [each.files[0].text for each in versions.of_conversation("chat")] == ["of another computer"]


def test_what_was_forgotten_is_gone(connection: sqlite3.Connection) -> None:
    versions = EditedVersionRepository(connection)
    versions.add(version(1))
    versions.add(version(2))
    versions.remove(version(1))
    assert [each.number for each in versions.of_conversation("chat")] == [2]


def test_they_go_with_their_chat(connection: sqlite3.Connection) -> None:
    EditedVersionRepository(connection).add(version())
    connection.execute("DELETE FROM conversations WHERE id = 'chat'")
    assert connection.execute("SELECT count(*) FROM own_versions").fetchone() == (0,)


@pytest.mark.parametrize("files", ["", "[]", '{"files": 3}', '{"files": [{"name": 1, "text": 2}]}', "{"])
def test_a_row_that_cannot_be_read_hides_no_other(connection: sqlite3.Connection, files: str) -> None:
    versions = EditedVersionRepository(connection)
    versions.add(version(1))
    versions.add(version(2))
    connection.execute("UPDATE own_versions SET files = ? WHERE number = 1", (files,))
    assert [each.number for each in versions.of_conversation("chat")] == [2]
