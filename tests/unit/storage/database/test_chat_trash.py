"""The trash of chats and folders in the database."""

import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest

from chatdesk.kernel.chat.conversation import Folder
from chatdesk.kernel.chat.message import DocumentPart
from chatdesk.kernel.chat.trash import Trashed, TrashKind
from chatdesk.storage.database.chat_trash import ChatTrash
from chatdesk.storage.database.conversation_repository import ConversationRepository, FolderRepository
from chatdesk.storage.database.hidden_chats import HiddenChats
from chatdesk.storage.database.message_repository import MessageRepository
from tests.unit.storage.removing import remove_old_chats
from tests.unit.storage.samples import MOMENT, a_conversation, a_message

SINCE = MOMENT - timedelta(days=30)
WORK, THESIS = Folder("work", "Work", 0.0), Folder("thesis", "Thesis", 1.0)


@pytest.fixture
def trash(connection: sqlite3.Connection) -> ChatTrash:
    return ChatTrash(connection)


@pytest.fixture(autouse=True)
def list_of_chats(connection: sqlite3.Connection) -> Iterator[None]:
    """Two folders; in Work are "one" and "two", in none is "free"."""
    folders, chats = FolderRepository(connection), ConversationRepository(connection)
    for folder in (WORK, THESIS):
        folders.save(folder)
    for id_ in ("one", "two", "free"):
        chats.add(replace(a_conversation(id_, title=id_), folder_id=None if id_ == "free" else "work"))
    MessageRepository(connection).add(a_message("asked", conversation="one"))
    yield
    assert connection.execute("PRAGMA foreign_key_check").fetchall() == []


def listed(connection: sqlite3.Connection) -> list[str]:
    return sorted(chat.id for chat in ConversationRepository(connection).list())


def folder_names(connection: sqlite3.Connection) -> list[str]:
    return [folder.name for folder in FolderRepository(connection).list()]


def remove(connection: sqlite3.Connection, ids: tuple[str, ...]) -> None:
    """What the services do in many transactions, at once."""
    for id_ in ids:
        for number in HiddenChats(connection).message_numbers(id_):
            MessageRepository(connection).remove(number)
        HiddenChats(connection).remove(id_)


def remove_old(connection: sqlite3.Connection) -> None:
    """What a start does."""
    remove_old_chats(connection, SINCE)
    ChatTrash(connection).remove_old_folders(SINCE)


def test_what_was_thrown_away_is_listed_the_last_first(trash: ChatTrash) -> None:
    trash.trash_chats(["one"], MOMENT - timedelta(days=2))
    trash.trash_folder("thesis", MOMENT - timedelta(days=1))
    trash.trash_chats(["free"], MOMENT)
    assert trash.list(SINCE) == (
        Trashed(TrashKind.CHAT, "free", "free", MOMENT, 0),
        Trashed(TrashKind.FOLDER, "thesis", "Thesis", MOMENT - timedelta(days=1), 0),
        Trashed(TrashKind.CHAT, "one", "one", MOMENT - timedelta(days=2), 1, "Work"),
    )
    assert trash.count(SINCE) == 3


def test_a_chat_comes_back_to_its_place_in_the_order(connection: sqlite3.Connection, trash: ChatTrash) -> None:
    chats = ConversationRepository(connection)
    before = chats.list()
    trash.trash_chats(["two"], MOMENT)
    assert [chat.id for chat in chats.list()] == ["one", "free"]
    assert trash.restore_chats(["two", "gone"], SINCE) == (chats.get("two"),)
    assert chats.list() == before
    assert chats.order() == tuple(chat.id for chat in reversed(before))


def test_a_folder_goes_and_comes_with_its_chats_but_not_with_one_deleted_before(
    connection: sqlite3.Connection, trash: ChatTrash
) -> None:
    trash.trash_chats(["one"], MOMENT - timedelta(days=1))
    trash.trash_folder("work", MOMENT)
    trash.trash_chats(["two"], MOMENT, with_folder=True)
    assert [(each.id, each.count) for each in trash.list(SINCE)] == [("work", 1), ("one", 1)]
    assert (listed(connection), folder_names(connection)) == (["free"], ["Thesis"])
    assert [chat.id for chat in trash.restore_folder("work", SINCE)] == ["two"]
    assert (listed(connection), folder_names(connection)) == (["free", "two"], ["Work", "Thesis"])
    assert [each.id for each in trash.list(SINCE)] == ["one"]


def test_a_chat_brings_its_deleted_folder_back_and_the_others_stay_in_the_trash_as_chats(
    connection: sqlite3.Connection, trash: ChatTrash
) -> None:
    trash.trash_chats(["one"], MOMENT)
    trash.trash_folder("work", MOMENT)
    trash.trash_chats(["two"], MOMENT, with_folder=True)
    (back,) = trash.restore_chats(["one"], SINCE)
    assert (back.folder_id, folder_names(connection)) == ("work", ["Work", "Thesis"])
    assert [(each.kind, each.id) for each in trash.list(SINCE)] == [(TrashKind.CHAT, "two")]


def test_chats_of_a_folder_that_is_in_the_trash_are_in_it_again_when_it_comes_back(
    connection: sqlite3.Connection, trash: ChatTrash
) -> None:
    chats = ConversationRepository(connection)
    trash.trash_folder("work", MOMENT)
    chats.update(replace(chats.get("one"), title="said more"))
    assert trash.restore_folder("work", SINCE) == ()
    assert [chats.get(id_).folder_id for id_ in ("one", "two")] == ["work", "work"]


def test_what_was_deleted_for_good_is_gone_at_once_and_its_rows_later(
    connection: sqlite3.Connection, trash: ChatTrash
) -> None:
    MessageRepository(connection).add(a_message("zebra", "zebra", conversation="two"))
    trash.trash_chats(["one", "two"], MOMENT)
    removed = trash.schedule_removal([each for each in trash.list(SINCE) if each.id == "two"], MOMENT)
    assert removed == ("two",)
    assert ([each.id for each in trash.list(SINCE)], trash.count(SINCE)) == (["one"], 1)
    assert trash.restore_chats(["two"], SINCE) == ()
    assert connection.execute("SELECT count(*) FROM messages").fetchone() == (2,)
    remove(connection, removed)
    assert connection.execute("SELECT id FROM messages").fetchall() == [("asked",)]
    found = connection.execute("SELECT count(*) FROM message_search WHERE message_search MATCH 'zebra'").fetchone()
    assert found == (0,)


def test_a_folder_deleted_for_good_takes_its_chats_along_and_no_others(
    connection: sqlite3.Connection, trash: ChatTrash
) -> None:
    trash.trash_chats(["one"], MOMENT)
    trash.trash_folder("work", MOMENT)
    trash.trash_chats(["two"], MOMENT, with_folder=True)
    folders = [each for each in trash.list(SINCE) if each.kind is TrashKind.FOLDER]
    assert trash.schedule_removal(folders, MOMENT) == ("two",)
    assert [each.id for each in trash.list(SINCE)] == ["one"]
    assert connection.execute("SELECT id FROM folders").fetchall() == [("thesis",)]
    (back,) = trash.restore_chats(["one"], SINCE)
    assert back.folder_id is None


def test_what_is_not_in_the_trash_is_never_given_up(connection: sqlite3.Connection, trash: ChatTrash) -> None:
    there = [Trashed(TrashKind.CHAT, "one", "one", MOMENT, 0), Trashed(TrashKind.FOLDER, "thesis", "", MOMENT, 0)]
    assert trash.schedule_removal(there, MOMENT) == ()
    assert (listed(connection), folder_names(connection)) == (["free", "one", "two"], ["Work", "Thesis"])


def test_a_chat_that_is_being_imported_is_not_in_the_trash(connection: sqlite3.Connection, trash: ChatTrash) -> None:
    HiddenChats(connection).add(replace(a_conversation("new"), created_at=MOMENT), "an import")
    assert (trash.list(SINCE), trash.count(SINCE)) == ((), 0)
    assert trash.restore_chats(["new"], SINCE) == ()


def test_after_thirty_days_it_is_gone(connection: sqlite3.Connection, trash: ChatTrash) -> None:
    trash.trash_chats(["free"], SINCE)
    trash.trash_chats(["one"], SINCE - timedelta(seconds=1))
    trash.trash_folder("thesis", SINCE - timedelta(seconds=1))
    assert [each.id for each in trash.list(SINCE)] == ["free"]
    remove_old(connection)
    ids = connection.execute("SELECT id FROM conversations ORDER BY id").fetchall()
    assert ids == [("free",), ("two",)]
    assert connection.execute("SELECT id FROM folders").fetchall() == [("work",)]


def test_a_folder_stays_as_long_as_a_chat_can_bring_it_back(connection: sqlite3.Connection, trash: ChatTrash) -> None:
    trash.trash_folder("work", SINCE - timedelta(days=1))
    trash.trash_chats(["one"], MOMENT)
    remove_old(connection)
    assert [(each.id, each.folder) for each in trash.list(SINCE)] == [("one", "Work")]
    trash.restore_chats(["one"], SINCE)
    assert folder_names(connection) == ["Work", "Thesis"]


def test_its_size_is_that_of_its_text(connection: sqlite3.Connection, trash: ChatTrash) -> None:
    MessageRepository(connection).add(a_message("more", "中文", conversation="two"))
    assert (trash.size("two"), trash.size("free")) == (6, 0)


def test_a_document_of_several_questions_counts_once(connection: sqlite3.Connection, trash: ChatTrash) -> None:
    report = DocumentPart("a" * 64, "application/pdf", "a.pdf", size=500)
    for name in ("first", "again"):
        MessageRepository(connection).add(a_message(name, conversation="free").with_parts((report,)))
    assert trash.size("free") == 500
