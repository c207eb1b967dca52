"""Chats are restored from a backup through the sheet of the settings."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLineEdit, QListView, QWidget

from chatdesk.features.backups.ui.backup_row import BackupRow
from chatdesk.kernel.recovery import ClosedWork
from chatdesk.kernel.remote_folder import StorageLocation
from chatdesk.ui_kit.forms.notice import Notice
from chatdesk.ui_kit.widgets.label import Label
from tests.gui.window.harness import FakeModel, Harness

TITLES = ("Letters", "Recipes", "Travel")


def sheet(harness: Harness) -> QWidget | None:
    found = harness.window.findChild(QWidget, "restoreSheet")
    return found if found and found.isVisible() else None


def words(harness: Harness, name: str) -> str:
    label = harness.part(name)
    assert isinstance(label, Label)
    return label.text()


def listed(harness: Harness) -> list[str]:
    view = harness.part("restoreChats")
    assert isinstance(view, QListView)
    return [view.model().index(row, 0).data() for row in range(view.model().rowCount())]


@pytest.fixture
async def page(harness: Harness, fake_model: FakeModel, tmp_path: Path) -> Harness:
    """Three chats that are backed up, two of which are then deleted; the settings are shown."""
    for title in TITLES:
        fake_model.says("Yes.")
        harness.click("newChat")
        await harness.ask_and_wait(f"Tell me about {title.lower()}")
        await harness.program.chat.conversations.rename(harness.chat(), title)
    daily = harness.program.backups.daily.get()
    (tmp_path / "stick").mkdir()
    daily.choose_folder(tmp_path / "stick")
    await daily.make()
    gone = [chat.id for chat in harness.program.chat.conversations.all() if chat.title != "Travel"]
    await harness.program.conversations.list_editing.delete_chats(gone)
    await harness.program.conversations.trash.delete(await harness.program.conversations.trash.items())
    await open_settings(harness)
    return harness


async def open_settings(harness: Harness) -> None:
    harness.window.show_settings("data")
    await harness.until(
        lambda: any(
            row.isVisible() and "Verified" in row.accessibleName() for row in harness.window.findChildren(BackupRow)
        )
    )


async def open_sheet(page: Harness) -> None:
    page.click("restoreBackup")
    await page.until(lambda: sheet(page) and page.part("restoreChats").isVisible())


def visible_rows(page: Harness) -> list[BackupRow]:
    return [row for row in page.window.findChildren(BackupRow) if row.isVisible()]


def titles(harness: Harness) -> list[str]:
    return sorted(chat.title for chat in harness.program.chat.conversations.all())


async def test_the_chats_of_the_backup_are_listed_and_those_that_are_gone_are_chosen(page: Harness) -> None:
    await open_sheet(page)
    assert sorted(listed(page)) == sorted(TITLES)
    assert words(page, "restoreChatsSum") == "2 of 3 chosen"
    assert page.window.focusWidget() is page.part("restoreChatsSearch")


async def test_one_chat_is_found_chosen_by_the_keyboard_and_restored(page: Harness) -> None:
    await open_sheet(page)
    every = page.part("restoreChatsAll")
    assert isinstance(every, QAbstractButton)
    every.click()  # all
    every.click()  # none
    assert not page.part("restoreConfirm").isEnabled()
    QTest.keyClicks(page.part("restoreChatsSearch"), "recip")
    assert listed(page) == ["Recipes"]
    QTest.keyClick(page.part("restoreChatsSearch"), Qt.Key.Key_Down)
    QTest.keyClick(page.part("restoreChats"), Qt.Key.Key_Space)
    page.click("restoreConfirm")
    await page.until(lambda: sheet(page) is None)
    assert titles(page) == ["Recipes", "Travel"]
    assert page.toast()[0] == "1 chat(s) restored"


async def test_all_chats_come_back_and_nothing_is_doubled(page: Harness) -> None:
    await open_sheet(page)
    page.click("restoreChatsAll")
    page.click("restoreConfirm")
    await page.until(lambda: sheet(page) is None)
    assert titles(page) == sorted(TITLES)
    await open_sheet(page)
    assert words(page, "restoreChatsSum") == "0 of 3 chosen"


async def test_presets_that_are_missing_come_back_with_the_chats_or_alone(page: Harness, tmp_path: Path) -> None:
    preset = page.program.presets.presets.folder / "letter.md"
    preset.parent.mkdir(exist_ok=True)
    preset.write_text("Write a letter")
    await page.program.backups.daily.get().make()
    preset.unlink()
    page.window.show_settings("general")
    page.window.show_settings("data")
    await page.until(lambda: [row.shown.source.name.number for row in visible_rows(page)] == [2])
    await open_sheet(page)
    box = page.part("restoreFiles")
    assert box.isVisible()
    assert box.isChecked()
    assert box.text().startswith("Also 1 preset")
    page.click("restoreConfirm")
    await page.until(lambda: sheet(page) is None)
    assert preset.read_text() == "Write a letter"
    await open_sheet(page)
    assert not page.part("restoreFiles").isVisible()


async def back_up_in_the_data_folder(harness: Harness, fake_model: FakeModel) -> Path:
    """Press *Back up now* without a destination, and remove the preset that is backed up."""
    fake_model.says("Yes.")
    await harness.ask_and_wait("Tell me about letters")
    preset = harness.program.presets.presets.folder / "letter.md"
    preset.parent.mkdir(exist_ok=True)
    preset.write_text("Write a letter")
    harness.window.show_settings("data")
    harness.click("backUpNow")
    await open_settings(harness)
    preset.unlink()
    return preset


async def test_presets_come_back_from_a_weekly_backup_too(harness: Harness, fake_model: FakeModel) -> None:
    preset = await back_up_in_the_data_folder(harness, fake_model)
    await open_sheet(harness)
    box = harness.part("restoreFiles")
    assert box.isVisible()
    assert box.isChecked()
    harness.click("restoreConfirm")
    await harness.until(lambda: sheet(harness) is None)
    assert preset.read_text() == "Write a letter"
    assert harness.toast()[0] == "1 preset(s) and glossaries restored"


async def test_damaged_presets_of_a_backup_are_named_and_its_chats_can_be_restored(
    harness: Harness, fake_model: FakeModel
) -> None:
    await back_up_in_the_data_folder(harness, fake_model)
    (archive,) = (harness.program.backups.maintenance.backup_folder / "user-files").iterdir()
    archive.write_bytes(archive.read_bytes()[:50])
    await open_sheet(harness)
    assert not harness.part("restoreFiles").isVisible()
    assert "presets and glossaries of this backup are damaged" in words(harness, "restoreHint")
    assert listed(harness)


async def test_instead_of_the_current_chats_the_window_closes_for_the_work(page: Harness) -> None:
    asked: list[ClosedWork] = []
    page.window.reopen_requested.connect(asked.append)
    await open_sheet(page)
    segments = page.part("restoreMode")
    QTest.mouseClick(segments.findChildren(QAbstractButton)[1], Qt.MouseButton.LeftButton)
    assert not page.part("restoreChats").isVisible()
    assert "set-aside" in words(page, "restoreHint")
    page.click("restoreConfirm")
    await page.until(lambda: asked)
    assert asked[0].name == "restore"
    assert titles(page) == ["Travel"]


@pytest.mark.parametrize("is_synchronised", [False, True])
async def test_with_synchronisation_it_is_said_that_shared_chats_are_added_again(
    page: Harness, tmp_path: Path, is_synchronised: bool
) -> None:
    if is_synchronised:
        (tmp_path / "cloud").mkdir()
        await page.program.sync.get().turn_on(StorageLocation(str(tmp_path / "cloud")), "Laptop", "")
    await open_sheet(page)
    assert "added again" not in words(page, "restoreHint"), "next to the current chats, nothing is replaced"
    QTest.mouseClick(page.part("restoreMode").findChildren(QAbstractButton)[1], Qt.MouseButton.LeftButton)
    assert ("added again" in words(page, "restoreHint")) is is_synchronised


async def test_cancelled_nothing_has_changed_and_nothing_temporary_is_left(page: Harness) -> None:
    await open_sheet(page)
    QTest.keyClick(page.part("restoreChatsSearch"), Qt.Key.Key_Escape)
    await page.until(lambda: sheet(page) is None)
    assert titles(page) == ["Travel"]
    opened = page.program.backups.daily.get().backups.scratch / "opened"
    await page.until(lambda: not opened.exists())


async def test_a_backup_that_is_found_damaged_is_refused(page: Harness, tmp_path: Path) -> None:
    (path,) = (tmp_path / "stick").rglob("*.sqlite3")
    path.write_bytes(path.read_bytes()[:-4096] + bytes(4096))
    page.click("restoreBackup")
    failure = page.window.findChild(Notice, "restoreFailure")
    await page.until(failure.isVisible)
    assert "damaged" in failure.text()
    assert not page.part("restoreConfirm").isVisible()
    assert titles(page) == ["Travel"]
    (row,) = visible_rows(page)
    assert "Damaged" in row.accessibleName(), "the list has learned it"


@pytest.mark.usefixtures("quick_passphrases")
async def test_a_protected_backup_of_another_computer_asks_for_its_passphrase(page: Harness, tmp_path: Path) -> None:
    daily = page.program.backups.daily.get()
    await daily.protect("correct horse")
    await daily.make()
    await page.until(lambda: ["1 chat" in row.accessibleName() for row in visible_rows(page)] == [True])  # it was read
    daily.stop_protecting()  # as if the key were on another computer
    page.program.backups.daily.get().backups.forget()
    page.window.show_settings("general")
    page.window.show_settings("data")
    await page.until(
        lambda: any("Locked" in row.accessibleName() for row in page.window.findChildren(BackupRow) if row.isVisible())
    )
    page.click("restoreBackup")
    await page.until(lambda: sheet(page) and page.part("backupPassphrase").isVisible())
    edit = page.part("backupPassphrase")
    assert isinstance(edit, QLineEdit)
    QTest.keyClicks(edit, "wrong")
    page.click("restoreConfirm")
    await page.until(lambda: edit.accessibleDescription() == "This is not the passphrase.")
    QTest.keyClicks(edit, "correct horse")  # the wrong one is selected
    assert edit.accessibleDescription() == ""
    QTest.keyClick(edit, Qt.Key.Key_Return)
    await page.until(lambda: page.part("restoreChats").isVisible())
    assert words(page, "restoreChatsSum") == "0 of 1 chosen"
