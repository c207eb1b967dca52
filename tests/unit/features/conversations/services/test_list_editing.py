"""Undoing what was done to the list of chats, step by step."""

import asyncio

import pytest

from chatdesk.features.conversations.services.list_editing import EditKind, ListEditing
from chatdesk.kernel.errors.storage_errors import DiskFull
from chatdesk.storage.database.chat_trash import ChatTrash
from tests.unit.features.conftest import Harness


@pytest.fixture
def editing(harness: Harness) -> ListEditing:
    return ListEditing(harness.conversations, harness.folders, harness.trash)


async def test_each_undo_goes_one_step_back(harness: Harness, editing: ListEditing) -> None:
    work = await harness.folders.create("Work")
    chat = (await harness.conversations.create("Plan")).id
    await editing.rename_chat(chat, "Better plan")
    await editing.move_chats([chat], work.id)
    await editing.rename_folder(work.id, "Office")
    await editing.pin(chat, pinned=True)
    await editing.delete_chats([chat])
    await editing.delete_folder(work.id)
    assert editing.next_undo is EditKind.DELETE
    undone = []
    seen = []
    while kind := await editing.undo():
        undone.append(kind)
        known, folder = harness.conversations.find(chat), harness.folders.find(work.id)
        seen.append((known and (known.title, known.pinned, known.folder_id == work.id), folder.name if folder else ""))
    delete, move, rename = EditKind.DELETE, EditKind.MOVE, EditKind.RENAME
    assert undone == [delete, delete, move, rename, move, rename]
    assert seen == [
        (None, "Office"),
        (("Better plan", True, True), "Office"),
        (("Better plan", False, True), "Office"),
        (("Better plan", False, True), "Work"),
        (("Better plan", False, False), "Work"),
        (("Plan", False, False), "Work"),
    ]
    assert editing.next_undo is None


async def test_a_chat_that_had_no_title_has_none_again(harness: Harness, editing: ListEditing) -> None:
    chat = await harness.new_chat()
    await editing.rename_chat(chat, "Mine")
    await editing.undo()
    assert harness.conversations.get(chat).title == ""


async def test_the_order_of_folders_can_be_undone(harness: Harness, editing: ListEditing) -> None:
    one, two, three = [await harness.folders.create(name) for name in ("1", "2", "3")]
    await editing.order_folders(harness.folders.move_to(one.id, three.id))
    await editing.order_folders(harness.folders.step(one.id, 1))  # it is the last one already
    assert [folder.name for folder in harness.folders.all()] == ["2", "3", "1"]
    assert await editing.undo() is EditKind.MOVE
    assert [folder.name for folder in harness.folders.all()] == ["1", "2", "3"]
    assert await editing.undo() is None
    assert two == harness.folders.find(two.id)


async def test_a_folder_deleted_with_its_chats_comes_back_with_them(harness: Harness, editing: ListEditing) -> None:
    work = await harness.folders.create("Work")
    chat = (await harness.conversations.create("Plan", folder_id=work.id)).id
    folder, edit = await editing.delete_folder(work.id, with_chats=True)
    assert (folder, harness.conversations.find(chat)) == (work, None)
    assert await editing.undo(edit) is EditKind.DELETE
    assert [each.id for each in harness.folders.chats_in(work.id)] == [chat]


async def test_nothing_changed_is_nothing_to_undo(harness: Harness, editing: ListEditing) -> None:
    chat = (await harness.conversations.create("Plan")).id
    await editing.rename_chat(chat, "Plan")
    await editing.rename_chat(chat, " ")
    await editing.rename_chat("gone", "x")
    await editing.rename_folder("gone", "x")
    await editing.pin(chat, pinned=False)
    assert await editing.delete_chats(["gone"]) == ((), None)
    assert (await editing.delete_folder("gone"))[1] is None
    assert (await editing.move_chats([chat], ""))[1] is None
    assert editing.next_undo is None


async def test_one_step_can_be_undone_before_later_ones_and_only_once(harness: Harness, editing: ListEditing) -> None:
    one, two = [(await harness.conversations.create(title)).id for title in ("one", "two")]
    _, deleted = await editing.delete_chats([one])
    await editing.rename_chat(two, "second")
    assert await editing.undo(deleted) is EditKind.DELETE
    assert await editing.undo(deleted) is None
    assert await editing.undo() is EditKind.RENAME
    assert await editing.undo() is None


async def test_what_came_back_by_itself_is_passed_over(harness: Harness, editing: ListEditing) -> None:
    one, two = [(await harness.conversations.create(title)).id for title in ("one", "two")]
    await editing.rename_chat(two, "second")
    await editing.delete_chats([one])
    await harness.trash.restore([one])
    await editing.rename_chat(one, "first")
    await harness.conversations.rename(one, "by another way")
    assert await editing.undo() is EditKind.RENAME
    assert harness.conversations.get(two).title == "two"
    assert harness.conversations.get(one).title == "by another way"


async def test_undo_never_reaches_across_a_deletion_for_good(harness: Harness, editing: ListEditing) -> None:
    one, two = [(await harness.conversations.create(title)).id for title in ("one", "two")]
    await editing.rename_chat(two, "second")
    await editing.delete_chats([one])
    await harness.trash.delete(await harness.trash.items())
    assert await editing.undo() is None
    await editing.rename_chat(two, "third")
    assert await editing.undo() is EditKind.RENAME
    assert harness.conversations.get(two).title == "second"


async def test_a_key_pressed_early_undoes_what_was_asked_for_before_it(harness: Harness, editing: ListEditing) -> None:
    one, two = [(await harness.conversations.create(title)).id for title in ("one", "two")]
    await editing.rename_chat(one, "first")
    await asyncio.gather(editing.delete_chats([two]), editing.undo())
    assert harness.conversations.find(two)
    assert harness.conversations.get(one).title == "first"


async def test_an_undo_that_fails_can_be_tried_again(
    harness: Harness, editing: ListEditing, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_arguments: object) -> None:
        raise DiskFull

    chat = (await harness.conversations.create("one")).id
    await editing.delete_chats([chat])
    with monkeypatch.context() as patched:
        patched.setattr(ChatTrash, "restore_chats", full)
        with pytest.raises(DiskFull):
            await editing.undo()
    assert await editing.undo() is EditKind.DELETE
    assert harness.conversations.find(chat)


async def test_only_the_last_fifty_steps_are_remembered(harness: Harness, editing: ListEditing) -> None:
    chat = (await harness.conversations.create("0")).id
    for number in range(1, 61):
        await editing.rename_chat(chat, str(number))
    while await editing.undo():
        pass
    assert harness.conversations.get(chat).title == "10"
