"""What becomes of changes of the list of chats while the disk is full, or another program has locked the chats."""

import asyncio
from collections.abc import Callable

import pytest

from chatdesk.features.chat.services.store import save_retry_queue
from chatdesk.features.chat.services.store.conversations import Conversations
from chatdesk.features.conversations.services.list_editing import EditKind, ListEditing
from chatdesk.kernel.chat.conversation import Question
from chatdesk.kernel.errors.storage_errors import (
    DatabaseLocked,
    DiskFull,
    FullForChange,
    FullForDeletion,
    FullForNewChat,
    FullForNow,
    LockedForNow,
    StorageError,
)
from chatdesk.storage.database.connection import Connection
from tests.own_time import TIMEOUT
from tests.unit.features.conftest import MODEL, Harness


class Disk:
    """Decides whether the database can be written and read."""

    def __init__(self, harness: Harness, patch: pytest.MonkeyPatch) -> None:
        self.failure: StorageError | None = None
        self._run = harness.database.run
        patch.setattr(harness.database, "run", self.run)

    def run(self, function: Callable[[Connection], object]) -> asyncio.Future[object]:
        if self.failure is None:
            return self._run(function)
        failed: asyncio.Future[object] = asyncio.get_running_loop().create_future()
        failed.set_exception(self.failure)
        return failed


@pytest.fixture
def disk(harness: Harness, monkeypatch: pytest.MonkeyPatch) -> Disk:
    monkeypatch.setattr(save_retry_queue, "RETRY_SECONDS", 0.01)
    return Disk(harness, monkeypatch)


@pytest.fixture
def editing(harness: Harness) -> ListEditing:
    return ListEditing(harness.conversations, harness.folders, harness.trash)


async def stored_title(harness: Harness, chat: str) -> str:
    """Return the title that the next start of the program shows."""
    stored = Conversations(harness.database, lambda: harness.conversations.get(chat).created_at)
    await stored.load()
    return stored.get(chat).title


@pytest.mark.parametrize(("failure", "reported"), [(DiskFull(), FullForNow), (DatabaseLocked(), LockedForNow)])
async def test_a_title_that_cannot_be_saved_is_listed_and_saved_as_soon_as_that_is_possible(
    harness: Harness, disk: Disk, editing: ListEditing, failure: StorageError, reported: type[StorageError]
) -> None:
    chat = (await harness.conversations.create("Plan")).id
    disk.failure = failure
    with pytest.raises(reported):
        await editing.rename_chat(chat, "Better plan")
    assert harness.list_changes[-1].conversation.title == "Better plan"
    disk.failure = None
    async with asyncio.timeout(TIMEOUT):
        while await stored_title(harness, chat) != "Better plan":
            await asyncio.sleep(0)


async def test_a_change_that_could_not_be_saved_is_saved_at_the_end_of_the_program(
    harness: Harness, disk: Disk, editing: ListEditing, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(save_retry_queue, "RETRY_SECONDS", 3600.0)
    chat = (await harness.conversations.create("Plan")).id
    disk.failure = DiskFull()
    with pytest.raises(FullForNow):
        await editing.rename_chat(chat, "Better plan")
    disk.failure = None
    await harness.conversations.close()
    assert await stored_title(harness, chat) == "Better plan"


async def test_what_is_saved_later_is_the_latest_state(harness: Harness, disk: Disk, editing: ListEditing) -> None:
    chat = (await harness.conversations.create("Plan")).id
    disk.failure = DiskFull()
    with pytest.raises(FullForNow):
        await editing.pin(chat, pinned=True)
    with pytest.raises(FullForNow):
        await editing.rename_chat(chat, "Better plan")
    assert title_and_pin(harness, chat) == ("Better plan", True)
    disk.failure = None
    assert await editing.undo() is EditKind.RENAME
    assert await editing.undo() is EditKind.MOVE
    await harness.conversations.close()
    assert await stored_title(harness, chat) == "Plan"
    assert title_and_pin(harness, chat) == ("Plan", False)


def title_and_pin(harness: Harness, chat: str) -> tuple[str, bool]:
    known = harness.conversations.get(chat)
    return known.title, known.pinned


async def test_a_move_that_cannot_be_saved_changes_nothing(harness: Harness, disk: Disk, editing: ListEditing) -> None:
    work = await harness.folders.create("Work")
    chat = (await harness.conversations.create("Plan")).id
    disk.failure = DiskFull()
    with pytest.raises(FullForChange):
        await editing.move_chats([chat], work.id)
    assert harness.conversations.get(chat).folder_id is None
    assert editing.next_undo is None


async def test_a_folder_that_cannot_be_saved_is_as_before(harness: Harness, disk: Disk, editing: ListEditing) -> None:
    work = await harness.folders.create("Work")
    disk.failure = DiskFull()
    with pytest.raises(FullForChange):
        await editing.rename_folder(work.id, "Office")
    with pytest.raises(FullForChange):
        await harness.folders.create("Private")
    assert [folder.name for folder in harness.folders.all()] == ["Work"]


async def test_a_chat_that_cannot_be_created_is_not_listed(harness: Harness, disk: Disk) -> None:
    disk.failure = DiskFull()
    with pytest.raises(FullForNewChat):
        await harness.conversations.create("Plan")
    assert harness.conversations.all() == ()


async def test_a_chat_that_cannot_be_deleted_stays_listed(harness: Harness, disk: Disk, editing: ListEditing) -> None:
    chat = (await harness.conversations.create("Plan")).id
    disk.failure = DiskFull()
    with pytest.raises(FullForDeletion):
        await editing.delete_chats([chat])
    assert harness.conversations.find(chat)
    disk.failure = None
    await editing.delete_chats([chat])
    assert harness.conversations.find(chat) is None


async def test_a_question_that_cannot_be_saved_gives_its_chat_no_title(harness: Harness, disk: Disk) -> None:
    chat = await harness.new_chat()
    await harness.chat.path(chat)
    disk.failure = DiskFull()
    with pytest.raises(DiskFull):
        await harness.chat.send(chat, Question("Why is the sky blue?", MODEL))
    assert harness.conversations.get(chat).title == ""
