"""Acts of the settings page *Data*: daily backups on a stick, and what is done with them."""

import json
from datetime import datetime, timedelta
from pathlib import Path

from PySide6.QtWidgets import QAbstractButton, QWidget

from chatdesk.features.backups.domain.backup_files import BackupName
from chatdesk.features.backups.services.daily_backups import DailyBackups
from chatdesk.features.backups.services.data_folder import MovePlan
from chatdesk.features.backups.ui.move_sheet import MoveSheet
from chatdesk.features.backups.ui.restore_sheet import RestoreSheet
from chatdesk.features.backups.ui.server_sheet import ServerSheet
from chatdesk.kernel.errors.backup_errors import RemoteFolderRefused
from chatdesk.kernel.errors.base import CertificateRefused
from chatdesk.kernel.errors.storage_errors import DiskFull
from chatdesk.kernel.remote_folder import StorageLocation
from chatdesk.ui_kit.errors.folder_errors import folder_error_text
from tests.shots.window_driver import WindowDriver

_NEWEST = ("Unit tests for the parser", "Letter to the landlord", "Why √2 is irrational")


async def _make_copies(driver: WindowDriver) -> DailyBackups:
    """Make a backup on a stick and, from it, those of other days, the oldest of them cut off."""
    daily = driver.program.backups.daily.get()
    stick = driver.program.backups.maintenance.backup_folder.parent / "USB stick"
    stick.mkdir(exist_ok=True)
    daily.choose_folder(stick)
    await daily.make()
    own = stick / "Chatdesk" / daily.backups.own
    (made,) = await daily.backups.listed()
    assert made.manifest
    for number, (days, title) in enumerate(((13, ""), (6, _NEWEST[0]), (1, _NEWEST[1]), (0, _NEWEST[2])), start=10):
        moment = made.manifest.made_at.replace(hour=3, minute=10) - timedelta(days=days)
        name = BackupName(number, moment.date())
        facts = json.loads(made.manifest.to_json()) | {"made_at": moment.isoformat(), "newest": title}
        content = (own / made.name.database).read_bytes()
        (own / name.database).write_bytes(content if title else content[: len(content) // 2])
        (own / name.manifest).write_text(json.dumps(facts))
    (own / made.name.database).unlink()
    return daily


async def see_copies(driver: WindowDriver) -> None:
    await _make_copies(driver)
    driver.window.show_settings("data")
    await driver.settle()


async def see_newer_copy(driver: WindowDriver) -> None:
    daily = await _make_copies(driver)
    folder = Path(daily.backups.destination.address) / daily.backups.own
    max(folder.glob("*.json")).write_text('{"version": 2}')
    daily.backups.forget()
    driver.window.show_settings("data")
    await driver.settle()


async def see_many_copies(driver: WindowDriver) -> None:
    """See all of sixteen backups, those of another computer with a long name among them."""
    daily = await _make_copies(driver)
    folder = Path(daily.backups.destination.address)
    own, other = folder / daily.backups.own, folder / "DESKTOP-7F3K2QX.corp.example-university.edu-0a1b2c3d"
    other.mkdir()
    model = max(own.glob("*.json"))
    facts = json.loads(model.read_text()) | {"newest": "A question with a very long title " * 8}
    made_at = datetime.fromisoformat(facts["made_at"])
    for number in range(20, 32):
        moment = made_at - timedelta(days=number)
        name, place = BackupName(number, moment.date()), other if number % 3 else own
        (place / name.database).write_bytes(model.with_suffix(".sqlite3").read_bytes())
        (place / name.manifest).write_text(json.dumps(facts | {"made_at": moment.isoformat()}))
    daily.backups.forget()
    driver.window.show_settings("data")
    button = await driver.until(lambda: driver.window.findChild(QAbstractButton, "showAllBackups"))
    button.click()
    await driver.settle()


async def fail_to_connect(driver: WindowDriver) -> None:
    """See why a server with a long address cannot be used."""
    await ask_for_server(driver)
    host = "files.example-university.edu"
    address = f"https://{host}:8443/remote.php/dav/files/anna.lindqvist/" + "Shared/" * 12
    driver.part("webDavAddress").setText(address)
    sheet = driver.window.findChild(ServerSheet)
    sheet._failure.show_text(folder_error_text(CertificateRefused(host, address, "Hostname mismatch"), is_remote=True))
    sheet._failure.show()
    await driver.settle()


async def miss_stick(driver: WindowDriver) -> None:
    daily = await _make_copies(driver)
    stick = Path(daily.backups.destination.path.parent)
    stick.rename(stick.with_name("unplugged"))  # noqa: ASYNC240 - a scene
    driver.window.show_settings("data")
    await driver.settle()
    driver.part("backUpNow").click()
    await driver.settle()


async def fail_on_server(driver: WindowDriver) -> None:
    daily = await _make_copies(driver)
    daily._set_destination(StorageLocation("https://dav.example.com/files/anna/Chatdesk", "anna"))
    daily.problem = RemoteFolderRefused("dav.example.com", "https://dav.example.com/files/anna/Chatdesk", status=423)
    driver.window.show_settings("data")
    await driver.settle()


async def fail_to_restore(driver: WindowDriver) -> None:
    await choose_what_to_restore(driver)
    sheet = driver.window.findChild(RestoreSheet)
    sheet._move_to("restoring")
    sheet._fail(DiskFull(path="/home/anna/.local/share/Chatdesk/chats.sqlite3"))
    await driver.settle()


async def ask_for_passphrase(driver: WindowDriver) -> None:
    await see_copies(driver)
    driver.part("protectBackups").click()
    await driver.settle()


async def ask_for_server(driver: WindowDriver) -> None:
    driver.window.show_settings("data")
    await driver.settle()
    section = driver.part("backupPlace")
    section.click()
    menu = driver.part("backupPlaceMenu")
    menu.actions()[1].trigger()
    menu.close()
    await driver.settle()


async def choose_what_to_restore(driver: WindowDriver) -> None:
    await see_copies(driver)
    await driver.until(lambda: driver.window.findChild(QWidget, "restoreBackup"))
    driver.part("restoreBackup").click()
    await driver.until(lambda: driver.part("restoreMode").isVisible())
    await driver.settle()


async def restore_instead(driver: WindowDriver) -> None:
    await choose_what_to_restore(driver)
    driver.part("restoreMode").findChildren(QAbstractButton)[1].click()
    await driver.settle()


async def see_diagnostics(driver: WindowDriver) -> None:
    driver.window.show_settings("data")
    await driver.settle()
    driver.part("showDiagnostics").click()
    await driver.settle()


async def ask_to_move(driver: WindowDriver) -> None:
    driver.window.show_settings("data")
    await driver.settle()
    plan = MovePlan(Path.home() / "Documents" / "Chatdesk", 412_000_000)
    MoveSheet(driver.window._appearance, driver.window, plan).open()
    await driver.settle()
