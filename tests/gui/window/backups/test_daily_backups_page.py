"""Daily backups are chosen, protected and listed in the settings."""

import shutil
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QLineEdit, QMenu

from chatdesk.features.backups.ui.copy_row import CopyRow
from chatdesk.ui_kit.forms.notice import Notice
from chatdesk.ui_kit.widgets.label import Label
from tests.fakes.scripted_server import on_thread
from tests.fakes.webdav_server import PASSWORD, USER, WebDavServer
from tests.gui.window.harness import FakeModel, Harness


def text(harness: Harness, name: str) -> str:
    label = harness.part(name)
    assert isinstance(label, Label)
    return label.text()


def rows(harness: Harness) -> list[str]:
    """What the rows of backups say, from the top."""
    found = [row for row in harness.window.findChildren(CopyRow) if row.isVisible()]
    return [row.accessibleName() for row in sorted(found, key=lambda row: row.y())]


def field(harness: Harness, name: str) -> QLineEdit:
    found = harness.part(name)
    assert isinstance(found, QLineEdit)
    return found


def choose(harness: Harness, entry: int) -> None:
    """Click the button for the place, and an entry of its menu."""
    harness.click("backupPlace")
    menu = harness.window.findChild(QMenu, "backupPlaceMenu")
    menu.actions()[entry].trigger()
    menu.close()


@pytest.fixture
async def page(harness: Harness, fake_model: FakeModel) -> Harness:
    fake_model.says("Yes.")
    await harness.ask_and_wait("Is this kept?")
    harness.window.show_settings("data")
    await harness.until(lambda: text(harness, "backupState").startswith("No backup yet."))
    return harness


async def choose_stick(page: Harness, stick: Path) -> None:
    stick.mkdir()  # noqa: ASYNC240 - a test
    choose(page, 0)
    dialog = page.window.findChild(QFileDialog, "backupFolderDialog")
    dialog.fileSelected.emit(str(stick))
    dialog.close()
    await page.until(lambda: any("Verified" in row for row in rows(page)))


async def test_a_chosen_folder_gets_a_backup_at_once(page: Harness, tmp_path: Path) -> None:
    await choose_stick(page, tmp_path / "USB stick")
    assert text(page, "backupState") == "To “USB stick / Chatdesk” · keeps 7 daily, 4 weekly, 12 monthly"
    assert page.part("dailyBackups").isChecked()
    (row,) = rows(page)
    assert "1 chat" in row
    assert "newest" in row
    assert list((tmp_path / "USB stick" / "Chatdesk").rglob("*.sqlite3"))
    assert page.part("restoreBackup").isEnabled()


async def test_the_switch_asks_for_a_folder_first(page: Harness) -> None:
    page.click("dailyBackups")
    assert page.window.findChild(QMenu, "backupPlaceMenu").isVisible()
    assert not page.part("dailyBackups").isChecked()


async def test_a_missing_stick_is_told_by_a_strip_that_offers_another_folder(page: Harness, tmp_path: Path) -> None:
    await choose_stick(page, tmp_path / "stick")
    (tmp_path / "stick").rename(tmp_path / "unplugged")
    page.click("backUpNow")
    strip = page.window.findChild(Notice, "backupProblem")
    await page.until(strip.isVisible)
    assert strip.text() == "The folder is not there. The last backup is from today."
    (tmp_path / "unplugged").rename(tmp_path / "stick")
    await page.until(page.part("backUpNow").isEnabled)
    page.click("backUpNow")
    await page.until(lambda: not strip.isVisible())


async def test_switched_off_the_backups_stay_and_no_strip_is_shown(page: Harness, tmp_path: Path) -> None:
    await choose_stick(page, tmp_path / "stick")
    page.click("dailyBackups")
    assert text(page, "backupState").startswith("Off.")
    assert len(rows(page)) == 1
    assert not page.program.backups.daily.get().is_due()


async def test_a_backup_that_was_cut_off_cannot_be_restored(page: Harness, tmp_path: Path) -> None:
    await choose_stick(page, tmp_path / "stick")
    (path,) = (tmp_path / "stick").rglob("*.sqlite3")
    path.write_bytes(path.read_bytes()[:5000])
    page.window.show_settings("general")
    page.window.show_settings("data")
    await page.until(lambda: "Damaged" in rows(page)[0])
    assert "the file is cut off" in rows(page)[0]
    assert not page.part("restoreBackup").isEnabled()


async def test_four_backups_are_shown_and_all_on_request(page: Harness, tmp_path: Path) -> None:
    await choose_stick(page, tmp_path / "stick")
    await page.program.backups.upkeep.back_up()
    (weekly,) = page.program.backups.upkeep.backup_folder.glob("*.sqlite3")
    for number in range(900, 905):
        shutil.copy(weekly, weekly.with_name(f"chatdesk-000{number}-20261101-weekly.sqlite3"))
    page.window.show_settings("general")
    page.window.show_settings("data")
    await page.until(lambda: len(rows(page)) == 4)
    page.click("showAllBackups")
    await page.until(lambda: len(rows(page)) == 7)
    assert not page.part("showAllBackups").isVisible()


async def test_a_passphrase_is_typed_twice_and_then_protects(page: Harness, tmp_path: Path) -> None:
    await choose_stick(page, tmp_path / "stick")
    page.click("protectBackups")
    assert not page.part("protectBackups").isChecked()
    assert page.window.focusWidget() is field(page, "newPassphrase")
    QTest.keyClicks(field(page, "newPassphrase"), "short")
    QTest.keyClick(field(page, "newPassphrase"), Qt.Key.Key_Return)
    assert "at least 10 character" in field(page, "newPassphrase").accessibleDescription()
    field(page, "newPassphrase").clear()
    QTest.keyClicks(field(page, "newPassphrase"), "correct horse")
    QTest.keyClicks(field(page, "passphraseAgain"), "correct house")
    QTest.keyClick(field(page, "passphraseAgain"), Qt.Key.Key_Return)
    assert field(page, "passphraseAgain").accessibleDescription() == "The two are not the same."
    field(page, "passphraseAgain").clear()
    QTest.keyClicks(field(page, "passphraseAgain"), "correct horse")
    page.click("usePassphrase")
    await page.until(page.part("protectBackups").isChecked)
    page.click("backUpNow")
    await page.until(lambda: len(list((tmp_path / "stick").rglob("*.sqlite3.age"))) == 1)
    await page.until(lambda: page.part("backUpNow").isEnabled() and ["Verified" in row for row in rows(page)] == [True])
    assert "newest: Is this kept?" in rows(page)[0]


async def test_a_suggested_passphrase_can_be_read_and_is_entered_twice(page: Harness, tmp_path: Path) -> None:
    await choose_stick(page, tmp_path / "stick")
    page.click("protectBackups")
    page.click("suggestPassphrase")
    first, second = field(page, "newPassphrase"), field(page, "passphraseAgain")
    assert first.text() == second.text()
    assert len(first.text()) == 29
    assert first.echoMode() is QLineEdit.EchoMode.Normal
    assert page.part("usePassphrase").isEnabled()


async def test_a_webdav_folder_is_checked_before_it_is_used(page: Harness) -> None:
    with on_thread(WebDavServer()) as server:
        choose(page, 1)
        for name, typed in (("webDavAddress", f"{server.url}/dav/Chatdesk"), ("webDavUser", USER)):
            QTest.keyClicks(field(page, name), typed)
        QTest.keyClicks(field(page, "webDavPassword"), "wrong")
        page.click("webDavConnect")
        failure = page.window.findChild(Notice, "webDavFailure")
        await page.until(failure.isVisible)
        assert "did not accept the user name and password" in failure.text()
        field(page, "webDavPassword").clear()
        QTest.keyClicks(field(page, "webDavPassword"), PASSWORD)
        page.click("webDavConnect")
        await page.until(lambda: any("Verified" in row for row in rows(page)))
        assert text(page, "backupState").startswith("To “127.0.0.1 / Chatdesk”")
        assert any(name.endswith("-daily.sqlite3") for name in server.files)
