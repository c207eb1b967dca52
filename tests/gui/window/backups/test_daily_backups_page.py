"""Daily backups are chosen, protected and listed in the settings."""

import asyncio
import hashlib
import json
import shutil
import sqlite3
import ssl
from contextlib import closing
from pathlib import Path

import pyrage
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QFileDialog, QLineEdit, QMenu, QWidget

from chatdesk.features.backups.services import daily_backups
from chatdesk.features.backups.ui.backup_row import BackupRow
from chatdesk.features.backups.ui.backups_card import BackupsCard
from chatdesk.features.backups.ui.server_sheet import ServerSheet
from chatdesk.kernel.errors.backup_errors import LocationFull
from chatdesk.kernel.redaction import Redactor
from chatdesk.kernel.remote_folder import StorageLocation
from chatdesk.kernel.settings.declarations import BACKUP_KEY
from chatdesk.network.webdav import WebDavFolder
from chatdesk.storage.database.database import Database
from chatdesk.storage.files.age_encryption import AgeKey, ProtectedKey
from chatdesk.system.folder_secrets import FolderSecrets
from chatdesk.system.key_store import SessionKeyStore
from chatdesk.ui_kit.forms.notice import Notice
from chatdesk.ui_kit.forms.webdav_fields import WebDavFields
from chatdesk.ui_kit.widgets.label import Label
from tests.fakes.keyrings import LockedKeyring, NoKeyring
from tests.fakes.scripted_server import on_thread
from tests.fakes.webdav_server import PASSWORD, USER, WebDavServer
from tests.gui.window.harness import FakeModel, Harness
from tests.paths import CERTIFICATES


def text(harness: Harness, name: str) -> str:
    label = harness.part(name)
    assert isinstance(label, Label)
    return label.text()


def rows(harness: Harness) -> list[str]:
    """What the rows of backups say, from the top."""
    found = [row for row in harness.window.findChildren(BackupRow) if row.isVisible()]
    return [row.accessibleName() for row in sorted(found, key=lambda row: row.y())]


def field(harness: Harness, name: str) -> QLineEdit:
    found = harness.part(name)
    assert isinstance(found, QLineEdit)
    return found


def choose(harness: Harness, entry: int) -> None:
    """Click the button for the destination, and an entry of its menu."""
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


async def test_a_missing_stick_is_reported_by_a_strip_that_offers_another_folder(page: Harness, tmp_path: Path) -> None:
    await choose_stick(page, tmp_path / "stick")
    (tmp_path / "stick").rename(tmp_path / "unplugged")
    page.click("backUpNow")
    strip = page.window.findChild(Notice, "backupProblem")
    await page.until(strip.isVisible)
    folder = tmp_path / "stick" / "Chatdesk"
    assert strip.text() == (
        f"The folder was not found. The last backup is from today. Connect its disk, or choose another folder: {folder}"
    )
    (tmp_path / "unplugged").rename(tmp_path / "stick")
    page.click("backUpNow")
    await page.until(lambda: not strip.isVisible())


async def test_the_page_tells_of_a_missing_stick_when_it_is_opened_and_no_longer_when_it_is_back(
    page: Harness, tmp_path: Path
) -> None:
    await choose_stick(page, tmp_path / "stick")
    strip = page.window.findChild(Notice, "backupProblem")
    for name, is_missing in (("unplugged", True), ("stick", False)):
        page.window.show_settings("general")
        (tmp_path / ("stick" if is_missing else "unplugged")).rename(tmp_path / name)
        page.window.show_settings("data")
        await page.until(lambda is_missing=is_missing: strip.isVisible() == is_missing)
    assert text(page, "backupState").startswith("To “stick / Chatdesk”")


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
    await page.until(lambda: any("Damaged" in row for row in rows(page)[:1]))
    assert "the file is cut off" in rows(page)[0]
    assert not page.part("restoreBackup").isEnabled()


async def test_four_backups_are_shown_and_all_on_request(page: Harness, tmp_path: Path) -> None:
    await choose_stick(page, tmp_path / "stick")
    await page.program.backups.maintenance.back_up()
    (weekly,) = page.program.backups.maintenance.backup_folder.glob("*.sqlite3")
    for number in range(900, 905):
        shutil.copy(weekly, weekly.with_name(f"chatdesk-000{number}-20261101-weekly.sqlite3"))
    page.window.show_settings("general")
    page.window.show_settings("data")
    await page.until(lambda: len(rows(page)) == 4)
    page.part("showAllBackups").setFocus()
    page.click("showAllBackups")
    await page.until(lambda: len(rows(page)) == 7)
    assert not page.part("showAllBackups").isVisible()
    focused = page.window.focusWidget()
    assert focused.objectName() == "restoreBackup", "it had been hidden with the focus"


async def test_the_button_keeps_the_focus_while_a_backup_is_made_and_cancels_it(
    page: Harness, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    await choose_stick(page, tmp_path / "stick")
    button, daily, blocked = page.part("backUpNow"), page.program.backups.daily.get(), asyncio.Event()
    button.setFocus()

    async def copy_forever(*_: object) -> None:
        await blocked.wait()

    monkeypatch.setattr(Database, "copy_to", copy_forever)
    QTest.keyClick(button, Qt.Key.Key_Space)
    width = button.width()
    await page.until(lambda: button.text() == "Cancel")
    assert page.window.focusWidget() is button
    assert button.width() == width, "nothing moves"
    assert text(page, "backupProgress") == "Backing up…"
    QTest.keyClick(button, Qt.Key.Key_Space)
    await page.until(lambda: button.text() == "Back up now")
    assert page.window.focusWidget() is button
    assert daily.problem is None
    assert not page.part("backupProgress").isVisible()


async def test_the_tab_key_moves_in_reading_order(page: Harness, tmp_path: Path) -> None:
    await choose_stick(page, tmp_path / "stick")
    page.program.settings.set(BACKUP_KEY, "age1")
    page.program.backups.daily.get().switch(on=True)
    page.part("showDataFolder").setFocus()
    visited = []
    for _ in range(9):
        QTest.keyClick(page.window.focusWidget(), Qt.Key.Key_Tab)
        visited.append(page.window.focusWidget().objectName())
    assert visited == [
        "showDeleted",
        "showBackupFolder",
        "backUpNow",
        "backupPlace",
        "dailyBackups",
        "changePassphrase",
        "protectBackups",
        "restoreBackup",
        "importChats",
    ]


async def test_a_passphrase_that_is_cancelled_in_the_middle_is_not_used(
    page: Harness, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    await choose_stick(page, tmp_path / "stick")
    begun, blocked = asyncio.Event(), asyncio.Event()

    async def make_key(_passphrase: str) -> None:
        begun.set()
        await blocked.wait()

    monkeypatch.setattr(daily_backups, "make_key", make_key)
    page.click("protectBackups")
    for name in ("newPassphrase", "passphraseAgain"):
        QTest.keyClicks(field(page, name), "correct horse")
    page.click("usePassphrase")
    await begun.wait()
    QTest.keyClick(page.window.focusWidget(), Qt.Key.Key_Escape)
    await page.until(lambda: page.window.findChild(QWidget, "passphraseSheet") is None)
    blocked.set()
    assert not page.program.backups.daily.get().is_protected
    assert not page.part("protectBackups").isChecked()


async def test_a_passphrase_is_changed_and_the_earlier_key_stays_for_earlier_backups(
    page: Harness, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def make_key(passphrase: str) -> tuple[AgeKey, ProtectedKey]:
        """Make one without the seconds that a passphrase takes."""
        return AgeKey.of(str(pyrage.x25519.Identity.generate())), ProtectedKey(passphrase.encode())

    monkeypatch.setattr(daily_backups, "make_key", make_key)
    await choose_stick(page, tmp_path / "stick")
    daily = page.program.backups.daily.get()
    await daily.protect("correct horse")
    await daily.make()
    page.click("changePassphrase")
    for name in ("newPassphrase", "passphraseAgain"):
        QTest.keyClicks(field(page, name), "battery staple")
    page.click("usePassphrase")
    await page.until(lambda: page.window.findChild(QWidget, "passphraseSheet") is None)
    await daily.make()
    (own,) = (tmp_path / "stick" / "Chatdesk").iterdir()
    kept = {path.read_bytes() for path in own.glob("chatdesk-key*.age")}
    assert kept == {b"correct horse", b"battery staple"}


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
    assert field(page, "passphraseAgain").accessibleDescription() == "The passphrases do not match."
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
        await page.until(lambda: page.window.focusWidget() is field(page, "webDavPassword"))
        QTest.keyClicks(field(page, "webDavPassword"), PASSWORD)  # replaces what is selected
        assert not failure.isVisible()
        page.click("webDavConnect")
        await page.until(lambda: any("Verified" in row for row in rows(page)))
        assert text(page, "backupState").startswith("To “127.0.0.1 / Chatdesk”")
        assert any(name.endswith("-daily.sqlite3") for name in server.files)
        await page.program.backups.daily.get().backups.secrets.save_password(f"{server.url}/dav/Chatdesk", "expired")
        page.click("backUpNow")
        strip = page.window.findChild(Notice, "backupProblem")
        await page.until(strip.isVisible)
        strip.acted.emit()
        assert field(page, "webDavUser").text() == USER, "it asks for the password again"


async def test_a_server_that_is_cancelled_in_the_middle_is_not_used(
    page: Harness, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, blocked = asyncio.Event(), asyncio.Event()

    async def list_forever(*_: object) -> None:
        begun.set()
        await blocked.wait()

    monkeypatch.setattr(WebDavFolder, "list", list_forever)
    choose(page, 1)
    QTest.keyClicks(field(page, "webDavAddress"), "https://dav.example/Chatdesk")
    page.click("webDavConnect")
    await begun.wait()
    QTest.keyClick(field(page, "webDavAddress"), Qt.Key.Key_Escape)
    await page.until(lambda: page.window.findChild(QWidget, "webDavSheet") is None)
    blocked.set()
    assert page.program.backups.daily.get().backups.destination is None
    assert text(page, "backupState").startswith("No backup yet.")


async def test_a_server_without_the_folder_above_is_reported_with_what_to_do(page: Harness) -> None:
    with on_thread(WebDavServer()) as server:
        choose(page, 1)
        address = f"{server.url}/dav/a/b/Chatdesk"
        for name, typed in (("webDavAddress", address), ("webDavUser", USER), ("webDavPassword", PASSWORD)):
            QTest.keyClicks(field(page, name), typed)
        page.click("webDavConnect")
        failure = page.window.findChild(Notice, "webDavFailure")
        await page.until(failure.isVisible)
        await page.until(lambda: page.window.focusWidget() is field(page, "webDavAddress"))
    assert failure.text().startswith("The folder does not exist on the server. Create the folder that contains it")
    assert page.program.backups.daily.get().backups.destination is None


def hints(page: Harness) -> str:
    fields = page.window.findChild(WebDavFields)
    return "\n".join(label.text() for label in fields.findChildren(Label))


@pytest.mark.parametrize(
    ("keyring", "reason"),
    [
        (NoKeyring(), "No system keyring was found."),
        (LockedKeyring(), "The system keyring is locked or does not respond."),
    ],
)
async def test_without_a_keyring_the_form_says_how_long_the_password_of_a_server_is_kept(
    page: Harness, monkeypatch: pytest.MonkeyPatch, keyring: NoKeyring, reason: str
) -> None:
    daily, window = page.program.backups.daily.get(), page.window

    def open_form(session: SessionKeyStore) -> ServerSheet:
        monkeypatch.setattr(daily.backups, "secrets", FolderSecrets(keyring, session, "backups"))
        sheet = ServerSheet(window._appearance, window, daily, window._tasks)
        sheet.open_with_fields()
        return sheet

    session = SessionKeyStore(Redactor())
    with on_thread(WebDavServer()) as server:
        monkeypatch.setattr(daily.backups, "secrets", FolderSecrets(keyring, session, "backups"))
        await daily.choose_server(StorageLocation(f"{server.url}/dav/Chatdesk", USER), PASSWORD)
    sheet = open_form(session)
    await page.until(lambda: f"{reason} The password is kept only until you quit Chatdesk." in hints(page))
    assert field(page, "webDavPassword").placeholderText() == "Unchanged"
    sheet.cancel()
    await page.until(lambda: window.findChild(QWidget, "webDavSheet") is None)
    open_form(SessionKeyStore(Redactor()))  # as after a start of the program
    await page.until(lambda: reason in hints(page))
    assert field(page, "webDavPassword").placeholderText() == ""


async def test_with_a_keyring_the_form_says_that_the_password_of_a_server_is_kept_there(
    page: Harness, monkeypatch: pytest.MonkeyPatch
) -> None:
    daily = page.program.backups.daily.get()
    keyring = FolderSecrets(SessionKeyStore(Redactor()), SessionKeyStore(Redactor()), "backups")
    monkeypatch.setattr(daily.backups, "secrets", keyring)
    ServerSheet(page.window._appearance, page.window, daily, page.window._tasks).open_with_fields()
    await page.until(lambda: "Kept in the system keyring. Some servers" in hints(page))


async def test_a_server_with_a_self_signed_certificate_is_refused_with_what_to_do(page: Harness) -> None:
    tls = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    tls.load_cert_chain(CERTIFICATES / "self_signed.pem")
    with on_thread(WebDavServer(tls=tls)) as server:
        choose(page, 1)
        for name, typed in (("webDavAddress", f"{server.url}/dav"), ("webDavUser", USER), ("webDavPassword", PASSWORD)):
            QTest.keyClicks(field(page, name), typed)
        page.click("webDavConnect")
        failure = page.window.findChild(Notice, "webDavFailure")
        await page.until(failure.isVisible)
    assert failure.text().startswith("Nothing was sent to 127.0.0.1: its certificate is not from a trusted authority.")
    assert "add its certificate to the trusted certificates of this computer" in failure.text()


async def test_backups_of_a_newer_version_are_listed_as_such_with_what_to_do(page: Harness, tmp_path: Path) -> None:
    await choose_stick(page, tmp_path / "stick")
    (manifest,) = (tmp_path / "stick").rglob("*.json")
    manifest.write_text('{"version": 2}')
    await page.program.backups.maintenance.back_up()
    (weekly,) = await page.program.backups.maintenance.backups()
    connection = sqlite3.connect(weekly.path)
    connection.execute("PRAGMA user_version = 9999")
    connection.close()
    page.program.backups.daily.get().backups.forget()
    await page.window.findChild(BackupsCard).load()
    await page.until(lambda: len(rows(page)) == 2 and all("Newer version" in row for row in rows(page)))
    for row in page.window.findChildren(BackupRow):
        assert "Update Chatdesk to restore it" in row.accessibleName()
        assert not row.findChild(QAbstractButton, "restoreBackup").isEnabled()


@pytest.mark.parametrize("says_its_format", [True, False])
async def test_a_backup_with_a_known_manifest_and_a_newer_database_is_listed_as_such_when_that_is_known(
    page: Harness, tmp_path: Path, says_its_format: bool
) -> None:
    await choose_stick(page, tmp_path / "stick")
    (database,) = (tmp_path / "stick").rglob("*.sqlite3")
    with closing(sqlite3.connect(database)) as connection:
        connection.execute("PRAGMA user_version = 9999")
    (manifest,) = (tmp_path / "stick").rglob("*.json")
    content = json.loads(manifest.read_text("utf-8"))
    content |= {"sha256": hashlib.sha256(database.read_bytes()).hexdigest(), "database": 9999 if says_its_format else 0}
    manifest.write_text(json.dumps(content), "utf-8")
    page.program.backups.daily.get().backups.forget()
    card = page.window.findChild(BackupsCard)
    await card.load()
    if not says_its_format:
        await page.until(lambda: len(rows(page)) == 1)
        page.click("restoreBackup")
    await page.until(lambda: len(rows(page)) == 1 and "Newer version" in rows(page)[0])
    (row,) = page.window.findChildren(BackupRow)
    assert "Update Chatdesk to restore it" in row.accessibleName()
    assert not row.findChild(QAbstractButton, "restoreBackup").isEnabled()


async def test_a_server_that_reports_too_little_free_space_gets_no_backup(page: Harness) -> None:
    with on_thread(WebDavServer(quota="1000")) as server:
        daily = page.program.backups.daily.get()
        await daily.choose_server(StorageLocation(f"{server.url}/dav/Chatdesk", USER), PASSWORD)
        with pytest.raises(LocationFull):
            await daily.make()
        assert not any("sqlite3" in name for name in server.files)
        assert "PUT" not in [request.method for request in server.requests[-5:]]
        server.quota = "1000000000000"
        await daily.make()
        assert any(name.endswith("-daily.sqlite3") for name in server.files)
