"""Two computers: the window, and another program with a data folder of its own that shares a folder with it."""

import asyncio
import errno
import gc
import os
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import shiboken6
from PySide6.QtCore import QObject, QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QWidget

from chatdesk.app.composition import open_program
from chatdesk.app.program import Program
from chatdesk.features.sync.files.change_log import ChangeLog
from chatdesk.features.sync.services.sync import Sync
from chatdesk.features.sync.services.sync_settings import OtherComputer, SyncSettings
from chatdesk.features.sync.services.sync_status import Problem, ProblemKind, SyncStatus
from chatdesk.features.sync.ui.sync_row import SyncRow, row_state
from chatdesk.features.sync.ui.sync_sheet import SyncSheet
from chatdesk.features.sync.ui.sync_texts import problem_text
from chatdesk.kernel.chat.message import Message, Role
from chatdesk.kernel.errors.backup_errors import TemporaryFilesFull
from chatdesk.kernel.errors.base import ChatdeskError, ServerUnreachable
from chatdesk.kernel.errors.storage_errors import DatabaseLocked, DiskFull
from chatdesk.kernel.presets.preset import Preset, PresetOrigin
from chatdesk.kernel.redaction import Redactor
from chatdesk.kernel.remote_folder import StorageLocation
from chatdesk.system.folders import Folders
from chatdesk.system.resources import Resources
from chatdesk.ui_kit.forms.notice import Notice
from chatdesk.ui_kit.forms.rows import RowCard
from chatdesk.ui_kit.style.focus_ring import FocusRing
from chatdesk.ui_kit.tasks import Tasks
from chatdesk.ui_kit.widgets.label import Label
from tests.fakes import webdav_server
from tests.fakes.scripted_server import on_thread
from tests.fakes.webdav_server import PASSWORD, USER, WebDavServer
from tests.gui.window.harness import FakeModel, Harness
from tests.gui.window.sync.sheet_harness import begin, choose_server, fill, open_sheet, said, sheet


@pytest.fixture
async def laptop(tmp_path: Path) -> AsyncIterator[Program]:
    folders = Folders.locate({"CHATDESK_HOME": str(tmp_path / "laptop")})
    folders.make()
    async with AsyncExitStack() as stack:
        yield await stack.enter_async_context(open_program(folders, Resources.locate(), Redactor()))


async def write(program: Program, chat_id: str, *texts: str) -> None:
    for text in texts:
        head = program.chat.conversations.get(chat_id).head_id
        message = Message.new(chat_id, head, Role.USER if head is None else Role.ASSISTANT, program.chat.now(), text)
        async with program.chat.chat.trees.changing(chat_id) as tree:
            tree.add(
                await program.chat.conversations.write_messages(
                    chat_id, message.id, lambda messages, message=message: messages.add(message)
                )
            )


async def test_chats_of_both_computers_are_merged_and_an_open_chat_is_continued(
    harness: Harness, fake_model: FakeModel, cloud: Path, laptop: Program
) -> None:
    fake_model.says("Ferns.")
    await harness.ask_and_wait("What grows in shade?")
    other = await laptop.chat.conversations.create("Trains to Oslo")
    await write(laptop, other.id, "When does it leave?")
    sync = laptop.sync.get()
    await sync.turn_on(StorageLocation(str(cloud)), "Laptop", "")
    await sync.run_round()
    await begin(harness, cloud)
    await harness.until(lambda: "Trains to Oslo" in harness.listed())
    await harness.until(lambda: "Laptop" in said(harness))
    QTest.keyClick(harness.part("syncNow"), Qt.Key.Key_Escape)
    await harness.until(lambda: sheet(harness) is None)
    await sync.run_round()
    await write(laptop, harness.chat(), "And hostas, says the laptop.")
    await sync.run_round()
    harness.program.sync.get().sync_now()
    await harness.until(lambda: harness.answer() == "And hostas, says the laptop.")
    assert harness.messages() == ["What grows in shade?", "Ferns.", "And hostas, says the laptop."]


@pytest.mark.parametrize(
    ("kind", "state"), [(ProblemKind.FOLDER, "Waiting for the server"), (ProblemKind.LOGIN, "Not synchronised yet")]
)
async def test_a_long_name_leaves_the_sheet_as_wide_as_it_is(harness: Harness, kind: ProblemKind, state: str) -> None:
    long = "w" * 100
    others = {"1" * 16: OtherComputer("1" * 16, long, datetime.now(UTC))}
    settings = SyncSettings("0" * 16, long, True, "https://dav.example.org/Chatdesk", "anna", others=others)
    status = SyncStatus(settings, problems=(Problem(kind),))
    window = harness.window
    shown = SyncSheet(window._appearance, window, harness.program.sync.get(), status, window._tasks)
    shown.open_ready()
    await harness.until(lambda: state in said(harness))

    def right(widget: QWidget) -> int:
        return widget.mapTo(shown, widget.rect().topRight()).x()

    assert all(right(card) <= right(harness.part("dismissSync")) for card in shown.findChildren(RowCard))
    shown.cancel()


async def test_a_chat_deleted_elsewhere_leaves_the_list_and_is_in_the_trash(
    harness: Harness, fake_model: FakeModel, cloud: Path, laptop: Program
) -> None:
    fake_model.says("Ferns.")
    await harness.ask_and_wait("What grows in shade?")
    chat = harness.chat()
    await begin(harness, cloud)
    sync = laptop.sync.get()
    await sync.turn_on(StorageLocation(str(cloud)), "Laptop", "")
    await sync.run_round()
    await laptop.conversations.trash.trash_chats([chat])
    await sync.run_round()
    harness.click("syncNow")
    await harness.until(lambda: harness.program.chat.conversations.find(chat) is None)
    await harness.until(lambda: harness.program.conversations.trash.count == 1)


async def test_a_folder_that_is_not_there_is_reported_and_nothing_is_switched_on(harness: Harness, cloud: Path) -> None:
    await open_sheet(harness)
    fill(harness, "syncFolder", str(cloud / "missing"))
    harness.click("startSync")
    await harness.until(lambda: "The folder was not found." in said(harness))
    assert not (await harness.program.sync.get().status()).settings.is_on
    assert not (cloud / "missing").exists()


async def test_the_passphrase_is_asked_for_twice_on_the_first_computer(harness: Harness, cloud: Path) -> None:
    await open_sheet(harness)
    fill(harness, "syncFolder", str(cloud))
    assert not harness.part("syncPassphrase").isVisible()
    QTest.keyClick(harness.part("syncEncrypts"), Qt.Key.Key_Space)
    fill(harness, "syncPassphrase", "short")
    harness.click("startSync")
    assert harness.part("syncPassphrase").hasFocus()
    fill(harness, "syncPassphrase", "long enough to be safe")
    fill(harness, "syncPassphraseAgain", "long enough to be sage")
    harness.click("startSync")
    assert harness.part("syncPassphraseAgain").hasFocus()
    fill(harness, "syncPassphraseAgain", "long enough to be safe")
    harness.click("startSync")
    await harness.until(lambda: "Synchronised" in said(harness), 60)
    assert "· encrypted" in said(harness)
    assert (cloud / "Chatdesk Sync" / "chatdesk-key.age").exists()


async def test_stopping_leaves_the_chats_and_shows_the_form_again(
    harness: Harness, fake_model: FakeModel, cloud: Path
) -> None:
    fake_model.says("Ferns.")
    await harness.ask_and_wait("What grows in shade?")
    await begin(harness, cloud)
    files = sorted((cloud / "Chatdesk Sync").iterdir())
    assert files
    harness.click("stopSync")
    await harness.until(lambda: harness.part("startSync").isVisible())
    assert harness.part("syncFolder").text() == str(cloud)
    assert sorted((cloud / "Chatdesk Sync").iterdir()) == files
    assert harness.messages() == ["What grows in shade?", "Ferns."]


async def test_stopping_while_another_program_holds_the_chats_says_so_and_works_later(
    harness: Harness, cloud: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    await begin(harness, cloud)
    sync = harness.program.sync.get()
    is_locked = True
    end = ChangeLog.end

    def end_if_possible(log: ChangeLog) -> None:
        if is_locked:
            raise DatabaseLocked(path="/data/chats.sqlite3", reason="locked")
        end(log)

    monkeypatch.setattr(ChangeLog, "end", end_if_possible)
    harness.click("stopSync")
    await harness.until(lambda: "Another program is using the chat database." in said(harness))
    assert (await sync.status()).settings.is_on
    assert sync._task is not None, "the rounds go on"
    is_locked = False
    harness.click("stopSync")
    await harness.until(lambda: harness.part("startSync").isVisible())
    assert "Another program" not in said(harness)


async def test_a_folder_on_a_server_is_checked_and_then_shared(harness: Harness, laptop: Program) -> None:
    with on_thread(WebDavServer()) as server:
        other = await laptop.chat.conversations.create("Trains to Oslo")
        await write(laptop, other.id, "When does it leave?")
        sync = laptop.sync.get()
        await sync.turn_on(StorageLocation(f"{server.url}/dav", USER), "Laptop", "", PASSWORD)
        await sync.run_round()
        await open_sheet(harness)
        choose_server(harness, server)
        fill(harness, "webDavPassword", "wrong")
        harness.click("startSync")
        await harness.until(lambda: "did not accept the user name and password" in said(harness))
        await harness.until(lambda: harness.part("webDavPassword").hasFocus())
        fill(harness, "webDavPassword", PASSWORD)
        assert "did not accept" not in said(harness)
        fill(harness, "webDavAddress", f"{server.url}/dav/typing mistake")
        harness.click("startSync")
        await harness.until(lambda: "The folder does not exist on the server." in said(harness))
        fill(harness, "webDavAddress", f"{server.url}/dav")
        harness.click("startSync")
        await harness.until(lambda: "Trains to Oslo" in harness.listed())
        await harness.until(lambda: f"{server.url}/dav ·" in said(harness))
        assert PASSWORD not in said(harness)
        harness.click("stopSync")
        await harness.until(lambda: harness.part("webDavAddress").isVisible())
        assert harness.part("webDavAddress").text() == f"{server.url}/dav"
        assert harness.part("webDavPassword").text() == ""
        await sync.turn_off()


@pytest.mark.usefixtures("quick_passphrases")
async def test_the_passphrase_of_an_encrypted_folder_on_a_server_is_asked_for(
    harness: Harness, laptop: Program
) -> None:
    with on_thread(WebDavServer()) as server:
        sync = laptop.sync.get()
        await sync.turn_on(StorageLocation(f"{server.url}/dav", USER), "Laptop", "four words are enough", PASSWORD)
        await open_sheet(harness)
        choose_server(harness, server)
        assert not harness.part("syncPassphrase").isVisible()
        harness.click("startSync")
        await harness.until(lambda: harness.part("syncPassphrase").hasFocus())
        assert not harness.part("syncPassphraseAgain").isVisible()
        assert not harness.part("syncEncrypts").isEnabled()
        fill(harness, "syncPassphrase", "another passphrase")
        harness.click("startSync")
        await harness.until(lambda: "This is not the passphrase." in said(harness), 60)
        await harness.until(lambda: harness.part("syncPassphrase").hasFocus())
        fill(harness, "syncPassphrase", "four words are enough")
        harness.click("startSync")
        await harness.until(lambda: "· encrypted" in said(harness), 60)
        await sync.turn_off()


async def test_a_refused_login_leads_to_the_sign_in_of_the_same_server(
    harness: Harness, monkeypatch: pytest.MonkeyPatch
) -> None:
    with on_thread(WebDavServer()) as server:
        await open_sheet(harness)
        choose_server(harness, server)
        fill(harness, "syncName", "Desk")
        harness.click("startSync")
        await harness.until(lambda: "Synchronised" in said(harness))
        monkeypatch.setattr(webdav_server, "PASSWORD", "a new one")
        harness.click("syncNow")
        await harness.until(lambda: "Sign in with the right user name" in said(harness))
        (notice,) = (each for each in harness.window.findChildren(Notice, "syncProblem") if each.isVisible())
        (button,) = (each for each in notice.findChildren(QAbstractButton) if each.text() == "Sign in…")
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
        await harness.until(lambda: harness.part("syncSignInPassword").hasFocus())
        address = harness.part("syncSignInAddress")
        assert isinstance(address, QLineEdit)
        assert (address.text(), address.isEnabled()) == (f"{server.url}/dav", False)
        assert not harness.part("stopSync").isVisible()
        fill(harness, "syncSignInPassword", "a wrong one")
        harness.click("startSync")
        await harness.until(lambda: harness.part("syncFailure").isVisible())
        await harness.until(lambda: harness.part("syncSignInPassword").hasFocus())
        assert "separate password" not in said(harness)  # the hint of the field says it
        fill(harness, "syncSignInPassword", "a new one")
        harness.click("startSync")
        await harness.until(lambda: harness.part("stopSync").isVisible())
        await harness.until(lambda: "Synchronised" in said(harness) and "Sign in" not in said(harness))
        assert "Desk" in said(harness)
        await harness.program.sync.get().turn_off()


async def test_the_sign_in_can_be_left_and_nothing_has_changed(
    harness: Harness, monkeypatch: pytest.MonkeyPatch
) -> None:
    with on_thread(WebDavServer()) as server:
        await open_sheet(harness)
        choose_server(harness, server)
        harness.click("startSync")
        await harness.until(lambda: "Synchronised" in said(harness))
        monkeypatch.setattr(webdav_server, "PASSWORD", "a new one")
        harness.click("syncNow")
        await harness.until(lambda: "Sign in with the right user name" in said(harness))
        (notice,) = (each for each in harness.window.findChildren(Notice, "syncProblem") if each.isVisible())
        notice.acted.emit()
        harness.click("dismissSync")
        assert harness.part("stopSync").isVisible()
        assert "Sign in with the right user name" in said(harness)
        assert (await harness.program.sync.get().status()).settings.is_on
        await harness.program.sync.get().turn_off()


@pytest.mark.usefixtures("quick_passphrases")
async def test_a_passphrase_that_is_not_in_the_keyring_any_more_is_asked_for_once(
    harness: Harness, cloud: Path, open_harness: Callable[[], Awaitable[Harness]]
) -> None:
    sync = harness.program.sync.get()
    await sync.turn_on(StorageLocation(str(cloud)), "Desk", "four words are enough")
    machine = (await sync.status()).settings.machine
    await harness.close()
    again = await open_harness()  # without a keyring, the key is forgotten at the end of the program
    while not (await again.program.sync.get().status()).problems:
        await asyncio.sleep(0.002)
    await open_sheet(again)
    await again.until(lambda: "The passphrase of the folder is not in the system keyring." in said(again))
    (notice,) = (each for each in again.window.findChildren(Notice, "syncProblem") if each.isVisible())
    (button,) = (each for each in notice.findChildren(QAbstractButton) if each.text() == "Enter passphrase…")
    assert button.hasFocus()
    (ring,) = (each for each in again.window.findChildren(FocusRing) if each.isVisible())
    assert ring.geometry().contains(QRect(button.mapTo(ring.parentWidget(), QPoint()), button.size()))
    QTest.keyClick(button, Qt.Key.Key_Space)
    await again.until(lambda: again.part("syncPassphraseOfFolder").hasFocus())
    assert not again.part("startSync").isEnabled()
    fill(again, "syncPassphraseOfFolder", "another passphrase")
    again.click("startSync")
    await again.until(lambda: "This is not the passphrase." in said(again), 60)
    await again.until(lambda: again.part("syncPassphraseOfFolder").hasFocus())
    fill(again, "syncPassphraseOfFolder", "four words are enough")
    again.click("startSync")
    await again.until(lambda: "Synchronised" in said(again) and "keyring" not in said(again), 60)
    settings = (await again.program.sync.get().status()).settings
    assert (settings.machine, settings.name) == (machine, "Desk")
    await again.program.sync.get().turn_off()


def caption(harness: Harness) -> str:
    """What the row of the settings says."""
    label = harness.part("syncSetUpFacts")
    assert isinstance(label, Label)
    return label.text()


async def test_the_row_of_the_settings_follows_the_state(harness: Harness, cloud: Path, laptop: Program) -> None:
    harness.window.show_settings("data")
    assert caption(harness).startswith("Through a folder that all can reach")
    sync = harness.program.sync.get()
    await sync.turn_on(StorageLocation(str(cloud)), "Desk", "")
    await harness.until(lambda: caption(harness) == "Synchronised just now. No other computer uses the folder yet.")
    other = await laptop.chat.conversations.create("Trains to Oslo")
    await write(laptop, other.id, "When does it leave?")
    await laptop.sync.get().turn_on(StorageLocation(str(cloud)), "Laptop", "")
    await laptop.sync.get().run_round()
    sync.sync_now()
    await harness.until(lambda: caption(harness) == "Synchronised just now with 1 other computer(s)")
    unplugged = cloud.with_name("unplugged")
    cloud.rename(unplugged)  # noqa: ASYNC240 - a test
    sync.sync_now()
    await harness.until(lambda: caption(harness).startswith("The folder was not found."))
    unplugged.rename(cloud)
    sync.sync_now()
    await harness.until(lambda: caption(harness).startswith("Synchronised just now"))
    await sync.turn_off()
    assert caption(harness).startswith("Off.")


async def test_the_row_of_a_deleted_page_is_not_updated(harness: Harness, cloud: Path) -> None:
    sync = harness.program.sync.get()
    seen: list[str] = []

    async def load() -> Sync:
        return sync

    row, page = SyncRow(load, Tasks(lambda error: None)), QObject()
    page.destroyed.connect(row.follow(lambda: seen.append("changed")))
    await harness.until(lambda: seen)
    gc.collect()
    shiboken6.delete(page)
    seen.clear()
    await sync.turn_on(StorageLocation(str(cloud)), "Desk", "")
    assert seen == []


def test_an_address_ends_what_is_said_of_a_server(qapp: QApplication) -> None:
    error = ServerUnreachable("dav.example", "https://dav.example/Sync", os.strerror(errno.ECONNREFUSED))
    said = problem_text(Problem(ProblemKind.FOLDER, error=error), is_remote=True)
    assert said.startswith("dav.example refused the connection. ")
    assert said.endswith(": https://dav.example/Sync")


@pytest.mark.parametrize(
    ("error", "first", "last"),
    [
        (DiskFull(path="/data/chats.sqlite3"), "The disk with your chats is full.", ": /data/chats.sqlite3"),
        (DatabaseLocked(path="/data/chats"), "Another program is using the chat database.", ": /data/chats"),
        (TemporaryFilesFull(path="/cache"), "There is not enough space for temporary files.", ": /cache"),
    ],
)
def test_what_is_wrong_on_this_computer_is_not_said_of_the_folder(
    qapp: QApplication, error: ChatdeskError, first: str, last: str
) -> None:
    text = problem_text(Problem(ProblemKind.COMPUTER, error=error), is_remote=True)
    assert text.startswith(f"{first} Nothing is lost:")
    assert text.endswith(last)
    assert "folder cannot be used" not in text


def test_the_row_says_how_long_ago_it_was(qapp: QApplication) -> None:
    now = datetime(2026, 12, 1, 12, tzinfo=UTC)
    others = {id_: OtherComputer(id_, f"Laptop {id_[0]}", now) for id_ in ("1" * 16, "2" * 16)}
    settings = SyncSettings("0" * 16, "Desk", is_on=True, folder="/cloud", others=others)

    def said_after(elapsed: timedelta) -> str:
        state = row_state(SyncStatus(settings, synchronised=now - elapsed), now)
        return state.caption if state else ""

    assert said_after(timedelta(seconds=-5)) == "Synchronised just now with 2 other computer(s)"
    assert said_after(timedelta(minutes=2)) == "Synchronised 2 minute(s) ago with 2 other computer(s)"
    assert said_after(timedelta(hours=1, minutes=5)) == "Synchronised 1 hour(s) ago with 2 other computer(s)"
    assert "2026" in said_after(timedelta(days=3))


async def test_a_preset_deleted_elsewhere_leaves_the_open_library(
    harness: Harness, cloud: Path, laptop: Program
) -> None:
    presets = harness.program.presets.presets
    await harness.until(lambda: presets.loaded)
    preset = await presets.create(Preset("", PresetOrigin.OWN, "Pirate", prompt="Talk like a pirate."))
    sync, other = harness.program.sync.get(), laptop.sync.get()
    await sync.turn_on(StorageLocation(str(cloud)), "Desk", "")
    await sync.run_round()
    await other.turn_on(StorageLocation(str(cloud)), "Laptop", "")
    await other.run_round()
    assert laptop.presets.presets.find(preset.key)
    harness.window.show_presets(preset.key)
    listed = harness.part("presetList").rows
    assert preset.key in tuple(listed.keys())
    await laptop.presets.presets.delete([preset.key])
    await other.run_round()
    sync.sync_now()
    await harness.until(lambda: preset.key not in tuple(listed.keys()))


async def test_a_folder_that_both_computers_had_is_listed_once_with_the_chats_of_both(
    harness: Harness, fake_model: FakeModel, cloud: Path, laptop: Program
) -> None:
    fake_model.says("Ferns.")
    await harness.ask_and_wait("What grows in shade?")
    other = await laptop.chat.conversations.create("Trains to Oslo")
    await write(laptop, other.id, "When does it leave?")
    for program, chat in ((laptop, other.id), (harness.program, harness.chat())):
        folder = await program.conversations.folders.create("Plants")
        await program.conversations.folders.move_chats([chat], folder.id)
        await program.sync.get().turn_on(StorageLocation(str(cloud)), "Computer", "")
        await program.sync.get().run_round()
    await harness.until(lambda: "Trains to Oslo" in harness.listed())
    assert harness.listed().count("Plants") == 1
    (folder,) = harness.program.conversations.folders.all()
    assert {chat.id for chat in harness.program.conversations.folders.chats_in(folder.id)} == {other.id, harness.chat()}
    assert harness.messages() == ["What grows in shade?", "Ferns."]


async def test_without_a_keyring_the_form_says_what_has_to_be_entered_after_each_start(harness: Harness) -> None:
    await open_sheet(harness)
    kinds = harness.part("syncLocationKind").findChildren(QAbstractButton)
    QTest.mouseClick(kinds[1], Qt.MouseButton.LeftButton)
    QTest.keyClick(harness.part("syncEncrypts"), Qt.Key.Key_Space)

    def hints() -> str:
        shown = sheet(harness)
        assert shown is not None
        return "\n".join(label.text() for label in shown.findChildren(Label) if label.isVisible())

    await harness.until(lambda: "The password is kept only until you quit Chatdesk." in hints())
    assert "If the system keyring is locked or missing, you also need it after each start of Chatdesk." in hints()
