"""What pages keep: shared by the versions of one thing, and gone with its chat."""

import sqlite3
from datetime import timedelta

import pytest

from chatdesk.storage.database.conversation_repository import ConversationRepository
from chatdesk.storage.database.page_storage_repository import PageStorageRepository
from tests.unit.storage.removing import remove_old_chats
from tests.unit.storage.samples import MOMENT, a_conversation

CHAT = "chat"


@pytest.fixture
def storage(connection: sqlite3.Connection) -> PageStorageRepository:
    ConversationRepository(connection).add(a_conversation())
    return PageStorageRepository(connection)


def _rows(connection: sqlite3.Connection) -> tuple[int, int]:
    (pages,) = connection.execute("SELECT count(*) FROM kept_pages").fetchone()
    (places,) = connection.execute("SELECT count(*) FROM kept_page_places").fetchone()
    return pages, places


def test_nothing_is_kept_until_it_is_allowed(storage: PageStorageRepository) -> None:
    assert storage.find(["m1/0"]) is None
    assert storage.find([]) is None


def test_the_next_version_finds_what_the_last_one_kept(storage: PageStorageRepository) -> None:
    storage.save(CHAT, ["m1/0"], "[1]", MOMENT)
    assert storage.find(["m1/0", "m2/3"]) == "[1]"
    storage.save(CHAT, ["m1/0", "m2/3"], "[2]", MOMENT)
    assert storage.find(["m2/3"]) == storage.find(["m1/0"]) == "[2]"
    assert storage.find(["m3/0"]) is None, "another thing has its own"


def test_where_two_turn_out_to_be_one_the_newer_stays(
    storage: PageStorageRepository, connection: sqlite3.Connection
) -> None:
    storage.save(CHAT, ["m1/0"], "[1]", MOMENT)
    storage.save(CHAT, ["m2/0"], "[2]", MOMENT + timedelta(seconds=1))
    assert storage.find(["m1/0", "m2/0"]) == "[2]"
    storage.save(CHAT, ["m1/0", "m2/0"], "[3]", MOMENT + timedelta(seconds=2))
    assert storage.find(["m1/0"]) == "[3]"
    assert _rows(connection) == (1, 2)


def test_what_is_forgotten_is_gone_for_all_versions(
    storage: PageStorageRepository, connection: sqlite3.Connection
) -> None:
    storage.save(CHAT, ["m1/0", "m2/0"], "[1]", MOMENT)
    storage.save(CHAT, ["m3/0"], "[2]", MOMENT)
    storage.forget(["m2/0"])
    assert storage.find(["m1/0"]) is None
    assert storage.find(["m3/0"]) == "[2]"
    assert _rows(connection) == (1, 1)


def test_what_is_kept_goes_with_its_chat(storage: PageStorageRepository, connection: sqlite3.Connection) -> None:
    storage.save(CHAT, ["m1/0"], "[1]", MOMENT)
    connection.execute("PRAGMA foreign_keys = ON")
    trashed = MOMENT - timedelta(days=40)
    connection.execute("UPDATE conversations SET deleted_at = ?", (trashed.isoformat(),))
    assert remove_old_chats(connection, MOMENT) == (CHAT,)
    assert _rows(connection) == (0, 0)


def test_for_a_chat_that_is_gone_nothing_is_kept(
    storage: PageStorageRepository, connection: sqlite3.Connection
) -> None:
    assert not storage.save("gone", ["m1/0"], "[1]", MOMENT)
    assert _rows(connection) == (0, 0)
