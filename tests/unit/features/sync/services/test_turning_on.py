"""Synchronisation that is running when something else is to be switched on, or when it is to be switched off, and that fails."""

import asyncio
import shutil
from collections.abc import Callable

import pytest

from chatdesk.app.program import Program
from chatdesk.features.sync.services.sync_settings import SyncSettingsFile
from chatdesk.features.sync.services.sync_status import SyncStatus
from chatdesk.kernel.errors.backup_errors import LocationFull, LocationMissing
from chatdesk.kernel.errors.base import ChatdeskError, ConnectionLost
from chatdesk.kernel.errors.storage_errors import DiskFull
from chatdesk.kernel.remote_folder import StorageLocation
from chatdesk.storage.files.local_folder import LocalFolder
from chatdesk.system.folder_secrets import FolderSecrets
from tests.own_time import TIMEOUT
from tests.unit.features.sync.services.desk import Desk, path, rounds, talk

pytestmark = pytest.mark.usefixtures("quick_passphrases")


@pytest.fixture(autouse=True)
def nothing_else_starts_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """The program begins synchronisation some seconds after its start; what had been stopped would run again then."""
    monkeypatch.setattr("chatdesk.app.composition._SYNC_DELAY", 3600.0)


def _raises(error: ChatdeskError) -> Callable[..., None]:
    def fail(*_: object) -> None:
        raise error

    return fail


async def _writes_by_itself(program: Program, desk: Desk) -> None:
    """Wait until the running synchronisation has written a new chat into the folder, which another computer then has."""
    sync = program.sync.get()
    written, last = asyncio.Event(), (await sync.status()).settings.bundle
    chat = await talk(program, "Written by itself")

    def note(status: SyncStatus) -> None:
        if status.settings.bundle > last and not status.is_busy:
            written.set()

    end = sync.changes.subscribe(note)
    sync.sync_now()
    await asyncio.wait_for(written.wait(), TIMEOUT)
    end()
    other = await desk.on("other")
    assert await path(other, chat.id) == ["Written by itself"]


async def test_a_folder_that_is_not_there_leaves_the_former_one_synchronised(desk: Desk) -> None:
    home = await desk.on("home")
    with pytest.raises(LocationMissing):
        await home.sync.get().turn_on(StorageLocation(str(desk.root / "no" / "such")), "home", "")
    await _writes_by_itself(home, desk)


async def test_a_server_that_is_down_leaves_the_former_folder_synchronised(desk: Desk) -> None:
    home = await desk.on("home")
    with pytest.raises(ChatdeskError):
        await home.sync.get().turn_on(StorageLocation("http://127.0.0.1:9/dav", "ana"), "home", "", "pass word")
    await _writes_by_itself(home, desk)


@pytest.mark.parametrize(
    ("owner", "method", "error", "passphrase"),
    [
        (LocalFolder, "write", LocationFull(path="other"), ""),
        (SyncSettingsFile, "write", DiskFull(path="data"), ""),
        (FolderSecrets, "save_key", ConnectionLost("keyring", "", "locked"), "four words are enough"),
    ],
    ids=["no space for the first file", "settings that cannot be saved", "a key that cannot be kept"],
)
async def test_a_failure_on_the_way_leaves_the_former_folder_synchronised(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, owner: type, method: str, error: ChatdeskError, passphrase: str
) -> None:
    home = await desk.on("home")
    other = desk.root / "other cloud"
    other.mkdir()
    with monkeypatch.context() as failing:
        failing.setattr(owner, method, _raises(error))
        with pytest.raises(type(error)):
            await home.sync.get().turn_on(StorageLocation(str(other)), "home", passphrase)
    assert (await home.sync.get().status()).settings.folder == str(desk.shared)
    await _writes_by_itself(home, desk)


async def test_a_folder_that_was_emptied_gets_everything_when_it_is_switched_on_again(desk: Desk) -> None:
    home = await desk.on("home")
    chat = await talk(home, "Before")
    await rounds(home)
    await home.sync.get().turn_off()
    shutil.rmtree(desk.folder)
    await desk.turn_on(home, "home")
    work = await desk.on("work")
    await rounds(home, work)
    assert await path(work, chat.id) == ["Before"]


async def test_switching_off_that_cannot_be_saved_leaves_it_running(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = await desk.on("home")
    with monkeypatch.context() as full:
        full.setattr(SyncSettingsFile, "write", _raises(DiskFull(path=str(desk.root))))
        with pytest.raises(DiskFull):
            await home.sync.get().turn_off()
    await _writes_by_itself(home, desk)
