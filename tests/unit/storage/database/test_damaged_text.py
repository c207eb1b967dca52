"""Bytes on the disk that are no text any more: what is read in their place, and how it is reported."""

import asyncio
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from chatdesk.features.chat.services.store.conversations import ChatRemoval
from chatdesk.features.chat.services.store.message_trees import MessageTrees
from chatdesk.kernel.errors.storage_errors import DatabaseMissing
from chatdesk.storage.database.conversation_repository import ConversationRepository
from chatdesk.storage.database.database import Database
from chatdesk.storage.database.message_repository import MessageRepository
from chatdesk.storage.database.message_trash import MessageTrash
from tests.unit.storage.damaged import copy_of, write_chats
from tests.unit.storage.samples import MOMENT, a_message


def spoil(path: Path, statement: str) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute(statement)


def write(path: Path, content: bytes) -> None:
    path.write_bytes(content)


def remove(path: Path) -> None:
    path.unlink()


def is_there(path: Path) -> bool:
    return path.exists()


async def opened(path: Path, *, expected: bool = True) -> Database:
    database = Database(path)
    await database.open(expected=expected)
    return database


@pytest.mark.parametrize("value", ["CAST(x'5469ff' AS TEXT)", "x'5469ff'"])
async def test_a_flipped_bit_in_a_title_hides_no_chat(path: Path, value: str) -> None:
    write_chats(path, 2, 1)
    spoil(path, f"UPDATE conversations SET title = {value} WHERE id = 'chat0'")
    database = await opened(path)
    reported: list[bool] = []
    listed = await database.run(lambda connection: ConversationRepository(connection).list())
    assert {chat.title for chat in listed} == {"Ti\ufffd", "Title 1"}
    database.when_text_is_damaged(lambda: reported.append(True))
    assert reported == [True]
    await database.run(lambda connection: ConversationRepository(connection).list())
    assert reported == [True]
    await database.close()


async def test_damage_that_is_met_later_is_reported_then(path: Path) -> None:
    write_chats(path, 1, 2)
    spoil(path, "UPDATE parts SET text = CAST(x'61ff' AS TEXT) WHERE message_number = 1")
    database = await opened(path)
    reported: list[bool] = []
    database.when_text_is_damaged(lambda: reported.append(True))
    await database.run(lambda connection: ConversationRepository(connection).list())
    assert reported == []
    messages = await database.run(lambda connection: MessageRepository(connection).of_conversation("chat0"))
    await asyncio.sleep(0)
    assert messages[0].text == "a\ufffd"
    assert reported == [True]
    await database.close()


@pytest.mark.parametrize("odd", ["'last'", "9223372036854775807", "x'ff'", "1.5", "-1"])
async def test_a_place_in_the_order_that_is_none_lets_a_chat_grow_on(path: Path, odd: str) -> None:
    write_chats(path, 2, 2)
    spoil(path, f"UPDATE conversations SET activity = {odd} WHERE id = 'chat0'")
    spoil(path, f"UPDATE messages SET sequence = {odd} WHERE id = 'chat0-0'")
    database = await opened(path)
    for number in range(3):
        for chat in ("chat0", "chat1"):
            message = a_message(f"new {chat} {number}", "words", parent=f"{chat}-1", conversation=chat)
            await database.run(lambda connection, message=message: MessageRepository(connection).add(message))
    messages = await database.run(lambda connection: MessageRepository(connection).of_conversation("chat0"))
    assert len(messages) == 5
    assert all(isinstance(message.sequence, int) for message in messages)
    await database.close()


async def test_good_copies_without_chats_beside_them_are_not_passed_over(path: Path) -> None:
    write_chats(path, 2, 1)
    copy_of(path)
    remove(path)
    with pytest.raises(DatabaseMissing):
        await opened(path, expected=False)
    assert not is_there(path)


async def test_copies_without_a_chat_are_no_reason_not_to_start(path: Path) -> None:
    write_chats(path, 0, 0)
    write(copy_of(path), b"no database")
    remove(path)
    database = await opened(path, expected=False)
    await database.close()
    assert is_there(path)


async def test_no_damage_is_taken_for_a_time_in_the_trash_that_is_over(path: Path) -> None:
    write_chats(path, 3, 2)
    for chat, value in (("chat0", "'0'"), ("chat1", "x'30'"), ("chat2", "'2020-01-01T00:00:00.000000+00:00'")):
        spoil(path, f"UPDATE conversations SET deleted_at = {value} WHERE id = '{chat}'")
    spoil(path, "UPDATE messages SET deleted_at = '' WHERE id = 'chat0-1'")
    database = await opened(path)
    over = await database.run(lambda connection: ConversationRepository(connection).trashed_before(MOMENT))
    assert over == ("chat2",)
    assert await database.run(lambda connection: MessageTrash(connection).trashed_before(MOMENT)) == ()
    await database.close()


async def test_a_chat_into_which_another_points_can_be_deleted_all_the_same(path: Path) -> None:
    write_chats(path, 2, 2)
    spoil(path, "UPDATE messages SET parent_id = 'chat0-0' WHERE id = 'chat1-0'")
    spoil(path, "UPDATE conversations SET head_id = 'chat0-1' WHERE id = 'chat1'")
    spoil(path, "UPDATE conversations SET deleted_at = '2020-01-01T00:00:00.000000+00:00' WHERE id = 'chat0'")
    database = await opened(path)
    await ChatRemoval(database).empty_trash(MOMENT)
    left = await database.run(lambda connection: MessageRepository(connection).of_conversation("chat1"))
    assert [message.parent_id for message in left] == [None, "chat1-0"]
    assert await database.run(lambda connection: ConversationRepository(connection).trashed_before(MOMENT)) == ()
    await database.close()


async def test_a_damaged_mark_removes_no_chat_that_is_in_sight(path: Path) -> None:
    write_chats(path, 2, 2)
    spoil(path, "UPDATE conversations SET hidden_by = x'00' WHERE id = 'chat0'")
    database = await opened(path)
    assert await database.run(lambda connection: ConversationRepository(connection).hidden()) == ()
    listed = await database.run(lambda connection: ConversationRepository(connection).list())
    assert {chat.id for chat in listed} == {"chat0", "chat1"}
    await database.close()


@pytest.mark.parametrize("odd", ["2147483648", "9007199254740993", "-1", "1.5", "'words'", "x'ff'"])
async def test_a_message_whose_place_is_damaged_is_read_with_the_others_at_once(path: Path, odd: str) -> None:
    write_chats(path, 1, 5)
    spoil(path, f"UPDATE messages SET sequence = {odd} WHERE id = 'chat0-2'")
    database = await opened(path)
    tree = await MessageTrees(database).of("chat0")
    assert {message.id for message in tree.all()} == {f"chat0-{number}" for number in range(5)}
    await database.close()
