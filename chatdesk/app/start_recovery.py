"""Recovery after a failed start: shows app/shell/recovery_window.py and returns what the user chose."""

import asyncio
from contextlib import ExitStack, suppress
from typing import Literal

from chatdesk.app.composition import DATABASE_NAME
from chatdesk.app.quitting import QuitRequests
from chatdesk.app.recovery_options import Recovery
from chatdesk.app.second_start import listen
from chatdesk.app.shell.recovery_window import RecoveryWindow
from chatdesk.kernel.errors.storage_errors import AlreadyRunning, FolderUnavailable, StorageError
from chatdesk.kernel.recovery import Recovered
from chatdesk.kernel.settings.declarations import LANGUAGE, THEME
from chatdesk.kernel.settings.store import Settings
from chatdesk.storage.files.settings_file import SettingsFile
from chatdesk.system.folders import Folders
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.translations import Translations

RecoveryResult = Recovered | Literal["again", "quit"]
"""The result of a completed recovery, or the user's choice."""


async def run_recovery(
    error: StorageError, appearance: Appearance, translations: Translations, quitting: QuitRequests, folders: Folders
) -> RecoveryResult:
    """Show why the chats cannot be opened, and return once that is resolved or the program is asked to end."""
    quitting.requested.clear()  # the main window closed so that its chats can be repaired
    follow_settings(folders, appearance, translations)
    chosen: asyncio.Future[RecoveryResult] = asyncio.get_running_loop().create_future()

    def choose(result: RecoveryResult) -> None:
        if not chosen.done():
            chosen.set_result(result)

    window = RecoveryWindow(appearance, error, folders.data, Recovery(folders.data / DATABASE_NAME))
    window.try_again_requested.connect(lambda: choose("again"))
    window.recovered.connect(choose)
    window.rejected.connect(lambda: choose("quit"))
    quit_request = asyncio.ensure_future(quitting.requested.wait())
    quit_request.add_done_callback(lambda _: choose("quit"))
    with ExitStack() as stack:
        # Without the lock, the socket belongs to the running program.
        lock_is_ours = not isinstance(error, FolderUnavailable | AlreadyRunning)
        if lock_is_ours and (instance := listen(folders.data, window)):
            instance.raise_requested.connect(window.raise_to_front)
            stack.callback(instance.close)
        window.show()
        appearance.query_system()
        window.begin()
        result = await chosen
    quit_request.cancel()
    await window.end()
    return result


def follow_settings(folders: Folders, appearance: Appearance, translations: Translations) -> None:
    """Apply theme and language, if the settings file can be read."""
    stored: dict[str, object] = {}
    with suppress(StorageError):
        stored.update(SettingsFile(folders.config / "settings.json").read()[0])
    settings = Settings(stored, lambda _: None)
    appearance.set_scheme(settings.get(THEME))
    appearance.set_language(translations.use(settings.get(LANGUAGE)))
