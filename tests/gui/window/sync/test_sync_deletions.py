"""A chat that is shown here is deleted on another computer, which shares a folder with this one."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from pathlib import Path

import pytest

from chatdesk.app.composition import open_program
from chatdesk.app.program import Program
from chatdesk.kernel.redaction import Redactor
from chatdesk.kernel.remote_folder import StorageLocation
from chatdesk.system.folders import Folders
from chatdesk.system.resources import Resources
from tests.gui.window.harness import FakeModel, Harness


class Laptop:
    """The other computer. Both write and read in rounds that the test runs."""

    def __init__(self, program: Program, harness: Harness) -> None:
        self.program = program
        self._harness = harness

    async def rounds(self) -> None:
        for program in (self._harness.program, self.program, self._harness.program):
            await program.sync.get().run_round()

    async def delete(self, chat: str) -> None:
        await self.program.conversations.trash.trash_chats([chat])
        while self._harness.program.chat.conversations.find(chat):  # a busy machine may read a bundle in a later round
            await self.rounds()


@pytest.fixture
async def laptop(harness: Harness, tmp_path: Path) -> AsyncIterator[Laptop]:
    folders = Folders.locate({"CHATDESK_HOME": str(tmp_path / "laptop")})
    folders.make()
    cloud = tmp_path / "cloud"
    cloud.mkdir()
    async with AsyncExitStack() as stack:
        program = await stack.enter_async_context(open_program(folders, Resources.locate(), Redactor()))
        await harness.program.sync.get().turn_on(StorageLocation(str(cloud)), "Desk", "")
        await program.sync.get().turn_on(StorageLocation(str(cloud)), "Laptop", "")
        yield Laptop(program, harness)


async def asked(harness: Harness, model: FakeModel, laptop: Laptop) -> str:
    model.says("Ferns.")
    await harness.ask_and_wait("What grows in shade?")
    chat = harness.chat()
    while not laptop.program.chat.conversations.find(chat):  # a busy machine may read a bundle in a later round
        await laptop.rounds()
    return chat


async def test_the_deletion_of_the_chat_being_shown_is_announced(
    harness: Harness, fake_model: FakeModel, laptop: Laptop
) -> None:
    chat = await asked(harness, fake_model, laptop)
    await laptop.delete(chat)
    assert harness.toast()[0] == "“What grows in shade?” was deleted on Laptop"
    assert harness.chat_page.shows_start
    assert not harness.chat()


async def test_restore_brings_the_chat_back_and_shows_it(
    harness: Harness, fake_model: FakeModel, laptop: Laptop
) -> None:
    chat = await asked(harness, fake_model, laptop)
    await laptop.delete(chat)
    harness.click_toast("Restore")
    await harness.until(lambda: harness.chat() == chat and harness.messages() == ["What grows in shade?", "Ferns."])
    await laptop.rounds()
    assert laptop.program.chat.conversations.find(chat)


async def test_what_is_being_written_stays_and_returns_to_the_restored_chat(
    harness: Harness, fake_model: FakeModel, laptop: Laptop
) -> None:
    chat = await asked(harness, fake_model, laptop)
    harness.type("And in full")
    await laptop.delete(chat)
    assert harness.edit.toPlainText() == "And in full"
    assert "What you were writing is kept in the new chat." in harness.toast()
    harness.type(" sun?")
    harness.click_toast("Restore")
    await harness.until(lambda: harness.chat() == chat)
    assert harness.edit.toPlainText() == "And in full sun?"
    assert [each.id for each in harness.program.chat.conversations.all()] == [chat]


async def test_what_was_being_written_can_be_sent_in_the_new_chat(
    harness: Harness, fake_model: FakeModel, laptop: Laptop
) -> None:
    chat = await asked(harness, fake_model, laptop)
    harness.type("And in full sun?")
    await laptop.delete(chat)
    fake_model.says("Lavender.")
    await harness.ask_and_wait("")
    assert harness.messages() == ["And in full sun?", "Lavender."]
    assert harness.chat() != chat


async def test_a_restored_chat_leaves_what_was_written_elsewhere_alone(
    harness: Harness, fake_model: FakeModel, laptop: Laptop
) -> None:
    chat = await asked(harness, fake_model, laptop)
    other = await harness.program.chat.conversations.create("Trains")
    await laptop.delete(chat)
    harness.click_row("Trains")
    await harness.until(lambda: harness.chat() == other.id)
    harness.type("When does it leave?")
    harness.click_toast("Restore")
    await harness.until(lambda: harness.chat() == chat)
    assert harness.edit.toPlainText() == ""
    await harness.until(lambda: harness.program.chat.conversations.get(other.id).unsent.text == "When does it leave?")


async def test_a_chat_that_is_not_shown_is_deleted_without_a_toast(
    harness: Harness, fake_model: FakeModel, laptop: Laptop
) -> None:
    chat = await asked(harness, fake_model, laptop)
    harness.chat_presenter.new_chat()
    await laptop.delete(chat)
    assert harness.program.chat.conversations.find(chat) is None
    assert harness.toast() == []


async def test_a_chat_that_was_permanently_deleted_meanwhile_cannot_be_restored(
    harness: Harness, fake_model: FakeModel, laptop: Laptop
) -> None:
    chat = await asked(harness, fake_model, laptop)
    await laptop.delete(chat)
    trash = harness.program.conversations.trash
    await trash.delete(await trash.items())
    harness.click_toast("Restore")
    await harness.until(lambda: harness.toast()[:1] == ["“What grows in shade?” has been permanently deleted"])
