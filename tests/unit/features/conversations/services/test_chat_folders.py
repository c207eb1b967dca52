"""ChatFolders of chats."""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from chatdesk.features.chat.services.store.conversations import Conversations
from chatdesk.features.conversations.services.chat_folders import ChatFolders, ChatsMoved, FolderChange, FolderChanged
from chatdesk.kernel.models.model import ModelRef
from tests.unit.features.conftest import Harness


@pytest.fixture
def folders(harness: Harness) -> ChatFolders:
    return harness.folders


@pytest.fixture
def received(folders: ChatFolders) -> list[FolderChange]:
    changes: list[FolderChange] = []
    folders.changes.subscribe(changes.append)
    return changes


async def names(folders: ChatFolders) -> list[str]:
    """Return their order, which is the same here and on disk."""
    again = ChatFolders(folders._database, folders._conversations)
    await again.load()
    assert again.all() == folders.all()
    return [folder.name for folder in folders.all()]


def in_folder(harness: Harness, folder_id: str | None) -> Callable[[str], bool]:
    return lambda chat: harness.conversations.get(chat).folder_id == folder_id


async def test_a_folder_is_made_behind_the_others_and_renamed(
    folders: ChatFolders, received: list[FolderChange]
) -> None:
    thesis, work = await folders.create("  The\nsis "), await folders.create("Work")
    await folders.rename(thesis.id, " ")
    assert await names(folders) == ["The sis", "Work"]
    await folders.rename(thesis.id, "Thesis")
    await folders.rename("gone", "nothing")
    assert await names(folders) == ["Thesis", "Work"]
    assert received == [FolderChanged(thesis), FolderChanged(work), FolderChanged(folders.all()[0])]


async def test_folders_can_be_put_in_any_order(folders: ChatFolders) -> None:
    one, two, three = [await folders.create(name) for name in ("1", "2", "3")]
    await folders.step(three.id, -1)
    assert await names(folders) == ["1", "3", "2"]
    await folders.step(one.id, 1)
    assert await names(folders) == ["3", "1", "2"]
    await folders.step(two.id, 1)
    await folders.step(three.id, -1)
    assert await names(folders) == ["3", "1", "2"]
    await folders.move_before(three.id, 99)
    assert await names(folders) == ["1", "2", "3"]
    await folders.move_before(three.id, 1)
    assert await names(folders) == ["1", "3", "2"]
    await folders.move_to(one.id, two.id)
    assert await names(folders) == ["3", "2", "1"]
    await folders.move_to(one.id, three.id)
    await folders.move_to(one.id, "gone")
    assert await names(folders) == ["1", "3", "2"]


async def test_keys_pressed_quickly_do_what_they_would_do_slowly(folders: ChatFolders) -> None:
    one, _, three = [await folders.create(name) for name in ("1", "2", "3")]
    await asyncio.gather(folders.step(one.id, 1), folders.step(one.id, 1), folders.step(three.id, -1))
    assert await names(folders) == ["3", "2", "1"]


async def test_what_a_folder_is_like_is_the_same_after_a_restart(folders: ChatFolders) -> None:
    thesis = await folders.create("Thesis")
    await folders.set_collapsed(thesis.id, collapsed=True)
    await folders.set_preset(thesis.id, "own:tutor")
    await folders.set_model(thesis.id, ModelRef("server", "model"))
    await names(folders)
    stored = folders.find(thesis.id)
    assert stored
    assert (stored.collapsed, stored.preset_key, stored.model) == (True, "own:tutor", ModelRef("server", "model"))
    await folders.set_model(thesis.id, None)
    assert folders.find(thesis.id) == replace(stored, model=None)


async def test_chats_go_into_a_folder_and_back(
    harness: Harness, folders: ChatFolders, received: list[FolderChange]
) -> None:
    one, two = await harness.new_chat(), await harness.new_chat()
    await harness.conversations.pin(two, pinned=True)
    thesis = await folders.create("Thesis")
    moved = await folders.move_chats([one, two, "gone"], thesis.id)
    assert all(map(in_folder(harness, thesis.id), (one, two)))
    assert not harness.conversations.get(two).pinned, "else it would not be seen to have moved"
    assert isinstance(received[-1], ChatsMoved)
    assert {chat.id for chat in received[-1].conversations} == {one, two}
    again = Conversations(harness.database, lambda: datetime.now(UTC))
    await again.load()
    assert again.all() == harness.conversations.all()
    await folders.undo_move(moved)
    assert all(map(in_folder(harness, None), (one, two)))
    assert harness.conversations.get(two).pinned


async def test_chats_that_are_there_already_are_not_moved(
    harness: Harness, folders: ChatFolders, received: list[FolderChange]
) -> None:
    chat = await harness.new_chat()
    await harness.conversations.pin(chat, pinned=True)
    assert (await folders.move_chats([chat], "")).before == ()
    assert harness.conversations.get(chat).pinned
    assert received == []


async def test_what_is_said_in_a_chat_leaves_it_in_its_folder(harness: Harness, folders: ChatFolders) -> None:
    thesis = await folders.create("Thesis")
    chat = (await harness.conversations.create(folder_id=thesis.id)).id
    await harness.ask(chat, "Why?")
    again = Conversations(harness.database, lambda: datetime.now(UTC))
    await again.load()
    assert again.get(chat).folder_id == thesis.id
    like = await harness.branches.branch((await harness.path(chat))[-1].id, "Again")
    assert like.folder_id == thesis.id
