"""The trash: what is deleted comes back from it, until it is deleted for good."""

import asyncio
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest

from chatdesk.features.chat.services.store.conversations import ConversationAdded, ConversationRemoved, Conversations
from chatdesk.features.conversations.services.chat_folders import ChatFolders, FolderChanged, FolderRemoved
from chatdesk.features.conversations.services.trash import Trash, TrashChanged
from chatdesk.kernel.errors.storage_errors import DiskFull
from chatdesk.storage.database.chat_trash import ChatTrash
from tests.unit.features.conftest import Harness, nothing_to_tidy


def titles(harness: Harness) -> list[str]:
    return [chat.title for chat in harness.conversations.all()]


async def chats(harness: Harness, *titles: str, folder_id: str | None = None) -> list[str]:
    return [(await harness.conversations.create(title, folder_id=folder_id)).id for title in titles]


async def after_restart(harness: Harness) -> tuple[Conversations, ChatFolders, Trash]:
    conversations = Conversations(harness.database, lambda: datetime.now(UTC))
    await conversations.load()
    folders = ChatFolders(harness.database, conversations)
    await folders.load()
    trash = Trash(harness.database, conversations, folders, harness.chat, lambda: datetime.now(UTC), nothing_to_tidy)
    await trash.begin()
    await conversations.empty_trash()  # as the maintenance does
    return conversations, folders, trash


async def test_a_chat_deleted_before_a_restart_comes_back_at_its_place(harness: Harness) -> None:
    one, two, three = await chats(harness, "one", "two", "three")
    gone = await harness.trash.trash_chats([two, "never there"])
    assert [chat.title for chat in gone] == ["two"]
    assert titles(harness) == ["three", "one"]
    assert isinstance(harness.list_changes[-1], ConversationRemoved)
    conversations, _, trash = await after_restart(harness)
    assert (trash.count, [item.title for item in await trash.items()]) == (1, ["two"])
    restored = await trash.restore([two])
    assert [chat.id for chat in restored.conversations] == [two]
    assert [chat.id for chat in conversations.all()] == [three, two, one]
    assert (trash.count, await trash.items()) == (0, ())


async def test_a_chat_brings_back_the_folder_it_was_in(harness: Harness) -> None:
    work = await harness.folders.create("Work")
    (chat,) = await chats(harness, "plan", folder_id=work.id)
    await harness.trash.trash_chats([chat])
    await harness.trash.trash_folder(work.id)
    _, folders, trash = await after_restart(harness)
    assert folders.all() == ()
    restored = await trash.restore([chat])
    assert [folder.name for folder in restored.folders] == ["Work"]
    assert (folders.all(), restored.conversations[0].folder_id) == ((work,), work.id)


async def test_a_folder_can_go_with_its_chats_and_is_one_row(harness: Harness) -> None:
    work = await harness.folders.create("Work")
    inside = await chats(harness, "a", "b", folder_id=work.id)
    await chats(harness, "free")
    await harness.conversations.pin(inside[0], pinned=True)  # it stands elsewhere, and stays
    await harness.trash.trash_folder(work.id, with_chats=True)
    assert titles(harness) == ["free", "a"]
    assert (harness.trash.count, [item.count for item in await harness.trash.items()]) == (1, [1])
    assert await harness.trash.chats_of(work.id) == (inside[1],)
    restored = await harness.trash.restore(folders=[work.id])
    assert ([chat.title for chat in restored.conversations], restored.folders) == (["b"], (work,))
    assert titles(harness) == ["free", "b", "a"]


async def test_a_folder_without_its_chats_leaves_them_and_they_are_in_it_again_later(harness: Harness) -> None:
    received: list[object] = []
    harness.folders.changes.subscribe(received.append)
    work = await harness.folders.create("Work")
    await chats(harness, "a", folder_id=work.id)
    taken = await asyncio.gather(harness.trash.trash_folder(work.id), harness.trash.trash_folder(work.id))
    assert taken == [work, None]
    assert titles(harness) == ["a"]
    await harness.trash.restore(folders=[work.id])
    assert [chat.title for chat in harness.folders.chats_in(work.id)] == ["a"]
    assert received == [FolderChanged(work), FolderRemoved(work), FolderChanged(work)]


async def test_a_folder_that_cannot_be_deleted_stays(harness: Harness, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_arguments: object) -> None:
        raise DiskFull

    work = await harness.folders.create("Work")
    monkeypatch.setattr(ChatTrash, "trash_folder", full)
    with pytest.raises(DiskFull):
        await harness.trash.trash_folder(work.id)
    assert harness.folders.all() == (work,)


async def test_what_is_deleted_for_good_is_reported_and_never_comes_back(harness: Harness) -> None:
    received: list[TrashChanged] = []
    harness.trash.changes.subscribe(received.append)
    one, two = await chats(harness, "one", "two")
    await harness.trash.trash_chats([one, two])
    await harness.trash.delete([item for item in await harness.trash.items() if item.id == one])
    assert received == [TrashChanged(2), TrashChanged(1, emptied=True)]
    restored = await harness.trash.restore([one, two])
    assert [chat.id for chat in restored.conversations] == [two]
    with pytest.raises(KeyError):
        harness.conversations.get(one)
    await asyncio.wait([harness.trash._removing])
    left = await harness.database.run(lambda connection: connection.execute("SELECT id FROM conversations").fetchall())
    assert left == [(two,)]


async def test_a_deletion_for_good_that_was_cut_short_goes_on_at_the_next_start(harness: Harness) -> None:
    (chat,) = await chats(harness, "one")
    await harness.trash.trash_chats([chat])
    items = await harness.trash.items()
    moment = datetime.now(UTC)
    await harness.database.run(
        lambda connection: ChatTrash(connection).schedule_removal(items, moment)
    )  # and the program is killed
    _, _, trash = await after_restart(harness)
    assert trash.count == 0
    left = await harness.database.run(lambda connection: connection.execute("SELECT id FROM conversations").fetchall())
    assert left == []


async def test_after_thirty_days_a_start_removes_it(harness: Harness) -> None:
    old, young = await chats(harness, "old", "young")
    for chat, days in ((old, 31), (young, 29)):
        harness.trash._now = lambda days=days: datetime.now(UTC) - timedelta(days=days)
        await harness.trash.trash_chats([chat])
    _, _, trash = await after_restart(harness)
    (item,) = await trash.items()
    assert (item.title, item.days_left(datetime.now(UTC))) == ("young", 1)
    left = await harness.database.run(lambda connection: connection.execute("SELECT id FROM conversations").fetchall())
    assert left == [(young,)]


async def test_the_days_left_are_begun_ones_and_never_absurd(harness: Harness) -> None:
    (chat,) = await chats(harness, "one")
    await harness.trash.trash_chats([chat])
    (item,) = await harness.trash.items()
    deleted = item.deleted_at
    hours = (0, 1, 25, 30 * 24 - 1, 30 * 24, 9_000, -9_000)
    assert [item.days_left(deleted + timedelta(hours=each)) for each in hours] == [30, 30, 29, 1, 0, 0, 30]


async def test_a_chat_in_the_trash_can_be_read(harness: Harness) -> None:
    chat = await harness.new_chat()
    harness.completion_client.says("Because.")
    await harness.ask(chat, "Why?")
    await harness.trash.trash_chats([chat])
    assert [message.text for message in await harness.trash.messages(chat)] == ["Why?", "Because."]
    with pytest.raises(KeyError):
        await harness.trash.messages("gone")


async def test_many_chats_go_and_come_in_steps(harness: Harness) -> None:
    ids = await chats(harness, *(str(number) for number in range(120)))
    turns = 0

    async def count_turns() -> None:
        nonlocal turns
        while True:
            turns += 1
            await asyncio.sleep(0)

    other = asyncio.create_task(count_turns())
    await harness.trash.trash_chats(ids)
    await harness.trash.restore(ids)
    other.cancel()
    assert turns >= 6
    assert titles(harness) == [str(number) for number in reversed(range(120))]
    assert sum(isinstance(change, ConversationAdded) for change in harness.list_changes) == 240


async def test_what_was_restored_before_a_transaction_failed_is_listed(
    harness: Harness, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("chatdesk.features.conversations.services.trash._TRANSACTION_SIZE", 2)
    ids = await chats(harness, "one", "two", "three")
    await harness.trash.trash_chats(ids)
    restore = ChatTrash.restore_chats

    def full_for_three(trash: ChatTrash, batch: Sequence[str], since: datetime) -> object:
        if ids[2] in batch:
            raise DiskFull
        return restore(trash, batch, since)

    with monkeypatch.context() as disk:
        disk.setattr(ChatTrash, "restore_chats", full_for_three)
        with pytest.raises(DiskFull):
            await harness.trash.restore(ids)
    assert titles(harness) == ["two", "one"]
    assert (harness.trash.count, [item.title for item in await harness.trash.items()]) == (1, ["three"])
    await harness.trash.restore(ids)
    assert titles(harness) == ["three", "two", "one"]
