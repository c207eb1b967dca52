"""Acts of the sheet *Sync with other computers*: its form, and its state with two other computers."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from PySide6.QtWidgets import QWidget

from chatdesk.features.sync.services.live_chats import DeletedElsewhere
from chatdesk.features.sync.services.sync_settings import OtherComputer, SyncSettings
from chatdesk.features.sync.services.sync_status import Problem, ProblemKind, SyncStatus
from chatdesk.features.sync.ui.sync_sheet import SyncSheet
from chatdesk.kernel.errors.backup_errors import RemoteLoginRefused, TemporaryFilesFull
from chatdesk.kernel.errors.base import CertificateRefused
from chatdesk.ui_kit.forms.notice import Notice
from tests.shots.window_driver import WindowDriver

_SETTINGS = SyncSettings("0" * 16, "Desk at home", folder="/home/anna/Nutstore/Chatdesk")


_ON_SERVER = replace(_SETTINGS, folder="https://dav.jianguoyun.com/dav/Chatdesk", user="anna@example.com")


_SHARED = replace(
    _SETTINGS,
    is_on=True,
    others={id_: OtherComputer(id_, "Laptop", datetime.now(UTC)) for id_ in ("1" * 16, "2" * 16)},
)


async def _open(driver: WindowDriver, status: SyncStatus) -> SyncSheet:
    window = driver.window
    sheet = SyncSheet(window._appearance, window, driver.program.sync.get(), status, window._tasks)
    sheet.open_ready()
    await driver.settle()
    return sheet


async def set_up(driver: WindowDriver) -> None:
    sheet = await _open(driver, SyncStatus(_SETTINGS))
    sheet._form._encrypts.setChecked(True)
    await driver.settle()


async def set_up_server(driver: WindowDriver) -> None:
    await _open(driver, SyncStatus(_ON_SERVER))


async def see_state(driver: WindowDriver) -> None:
    now = datetime.now(UTC)
    others = {
        "1" * 16: OtherComputer("1" * 16, "Laptop", now - timedelta(minutes=3)),
        "2" * 16: OtherComputer("2" * 16, "办公室的电脑", now - timedelta(days=2)),
    }
    settings = replace(_SETTINGS, is_on=True, others=others, public_key="age1")
    problems = (Problem(ProblemKind.NEWER, "办公室的电脑"),)
    await _open(driver, SyncStatus(settings, synchronised=now, problems=problems))


async def see_full_disk(driver: WindowDriver) -> None:
    settings = replace(_SETTINGS, is_on=True)
    problem = Problem(ProblemKind.COMPUTER, error=TemporaryFilesFull(path="/home/anna/.cache/Chatdesk"))
    await _open(driver, SyncStatus(settings, problems=(problem,)))


async def see_many(driver: WindowDriver) -> None:
    """See long names, many computers, and problems that end in long sentences."""
    now = datetime.now(UTC)
    names = ("办公室的电脑", "DESKTOP-7F3K2QX.corp.example-university.edu", "w" * 100)
    others = {
        f"{number:016}": OtherComputer(f"{number:016}", names[number % 3], now - timedelta(days=number))
        for number in range(1, 13)
    }
    folder = "https://files.example-university.edu:8443/remote.php/dav/files/anna.lindqvist/" + "Shared/" * 12
    settings = replace(_SETTINGS, name=names[1], is_on=True, folder=folder, user="anna", others=others)
    problems = (
        Problem(ProblemKind.DAMAGED, names[1]),
        Problem(ProblemKind.PASSPHRASE),
        Problem(ProblemKind.FOLDER, error=CertificateRefused(names[1], folder, "self-signed certificate")),
    )
    await _open(driver, SyncStatus(settings, problems=problems))


async def see_cut_listing(driver: WindowDriver) -> None:
    cut = Problem(ProblemKind.LISTING_CUT)
    await _open(driver, SyncStatus(replace(_ON_SERVER, is_on=True), synchronised=datetime.now(UTC), problems=(cut,)))


async def see_folder_missing(driver: WindowDriver) -> None:
    settings = replace(_SETTINGS, is_on=True)
    await _open(driver, SyncStatus(settings, problems=(Problem(ProblemKind.FOLDER),)))


async def see_lost_settings(driver: WindowDriver) -> None:
    lost = Problem(ProblemKind.SETTINGS_DAMAGED)
    await _open(driver, SyncStatus(SyncSettings("0" * 16, "Desk at home"), problems=(lost,)))


async def see_lost_settings_announced(driver: WindowDriver) -> None:
    lost = Problem(ProblemKind.SETTINGS_NEWER)
    await _see_row(driver, SyncStatus(SyncSettings("0" * 16, "Desk at home"), problems=(lost,)))
    driver.program.sync.get().losses.announce(lost)
    await driver.settle()


async def see_login_refused(driver: WindowDriver) -> None:
    refused = Problem(ProblemKind.LOGIN, error=RemoteLoginRefused("dav.jianguoyun.com", _ON_SERVER.folder))
    await _open(driver, SyncStatus(replace(_ON_SERVER, is_on=True), problems=(refused,)))


async def sign_in_again(driver: WindowDriver) -> None:
    await see_login_refused(driver)
    notice = driver.window.findChild(Notice, "syncProblem")
    assert isinstance(notice, Notice)
    notice.acted.emit()
    await driver.settle()


async def see_passphrase_missing(driver: WindowDriver) -> None:
    settings = replace(_SETTINGS, is_on=True, public_key="age1")
    await _open(driver, SyncStatus(settings, problems=(Problem(ProblemKind.PASSPHRASE),)))


async def enter_passphrase(driver: WindowDriver) -> None:
    await see_passphrase_missing(driver)
    notice = driver.window.findChild(Notice, "syncProblem")
    assert isinstance(notice, Notice)
    notice.acted.emit()
    await driver.settle()


async def see_row(driver: WindowDriver) -> None:
    await _see_row(driver, SyncStatus(_SHARED, synchronised=datetime.now(UTC) - timedelta(minutes=2)))


async def see_row_problem(driver: WindowDriver) -> None:
    await _see_row(driver, SyncStatus(_SHARED, problems=(Problem(ProblemKind.NEWER, "Laptop"),)))


async def _see_row(driver: WindowDriver, status: SyncStatus) -> None:
    sync = driver.program.sync.get()
    await sync.status()
    driver.window.show_settings("data")
    await driver.settle()
    sync.changes.announce(status)
    await driver.settle()
    row = driver.window.findChild(QWidget, "syncSetUp")
    assert row is not None
    row.setFocus()
    await driver.settle()


async def see_deleted_elsewhere(driver: WindowDriver) -> None:
    chats = driver.program.chat.conversations
    chat = chats.all()[0]
    await driver.window._chat.open(chat.id)
    driver.type("And in winter?")
    await driver.settle()
    await driver.program.conversations.trash.trash_chats([chat.id])
    driver.program.sync.get().deletions.announce(DeletedElsewhere(chat, "LAPTOP"))
    await driver.settle()
