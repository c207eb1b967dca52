"""`chatdesk` alone: opens the window and keeps it until it is told to end. The order of starting and ending is here."""

import asyncio
import logging
import os
import sys
from collections.abc import MutableMapping, Sequence
from contextlib import AsyncExitStack, ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Self

from PySide6.QtCore import Qt
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication

from chatdesk.app.composition import open_program
from chatdesk.app.crash_handling import CrashHandler, OpeningMark
from chatdesk.app.event_loop import run_until_quit
from chatdesk.app.exit_code import ExitCode
from chatdesk.app.garbage import GarbageCollector
from chatdesk.app.preview_hosts import EnginePreviewHosts
from chatdesk.app.program import Program
from chatdesk.app.quitting import Quitting
from chatdesk.app.shell.first_paint import first_paint
from chatdesk.app.shell.main_window import MainWindow
from chatdesk.features.previews.ui.panel.previews import Previews
from chatdesk.kernel.errors.storage_errors import DatabaseDamaged, StorageError
from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.kernel.recovery import Recovered
from chatdesk.kernel.redaction import Redactor
from chatdesk.kernel.settings.declarations import LANGUAGE, LAST_CONVERSATION, SETTINGS, THEME, ZOOM
from chatdesk.system.folders import Folders, close_to_others
from chatdesk.system.instance_lock import InstanceLock
from chatdesk.system.log_files import log_file
from chatdesk.system.resources import Resources
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.style.style import Style
from chatdesk.ui_kit.translations import Translations

logger = logging.getLogger(__name__)


if TYPE_CHECKING:
    from chatdesk.app.shell.start_progress import StartProgress


def open_window(*, quick: bool = False, files: Sequence[Path] = ()) -> int:
    """Run the window, that for quick questions over it if `quick`, and open files in it; a second start has the first one do so.

    Returns the exit code.
    """
    # Python lets a thread run for 5 ms before another may: beside a fast stream on the network's thread, painting took three times as long.
    sys.setswitchinterval(0.001)
    if sys.platform.startswith("linux"):
        prefer_x_without_driver(os.environ)
    # The web engine asks for it; loaded with the first preview, it comes too late to set it itself.
    QApplication.setAttribute(Qt.ApplicationAttribute.AA_ShareOpenGLContexts)
    # Only the program's name: Qt and Chromium read options of their own from the rest.
    application = QApplication([sys.argv[0]])
    application.setApplicationName("chatdesk")
    application.setApplicationDisplayName("Chatdesk")
    application.setDesktopFileName(os.environ.get("FLATPAK_ID", "chatdesk"))  # in a Flatpak all is named after it
    if sys.platform == "darwin":
        from chatdesk.app.file_events import FileEvents  # noqa: PLC0415 - start-up time of other systems

        FileEvents(application)
    return run_until_quit(application, lambda: _run(application, Folders.locate(), Wanted(files, quick)))


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the start is to lead to, besides the window."""

    files: Sequence[Path]
    quick: bool


def prefer_x_without_driver(environment: MutableMapping[str, str], devices: Path = Path("/dev/dri")) -> None:
    """Without a graphics device speak X11 where the session speaks both: over Wayland the pages of the preview stay white (Qt 6.11)."""
    speaks_both = environment.get("WAYLAND_DISPLAY") and environment.get("DISPLAY")
    if speaks_both and "QT_QPA_PLATFORM" not in environment and not any(devices.glob("renderD*")):
        environment["QT_QPA_PLATFORM"] = "xcb"


_LONG_SECONDS = 1.0
"""After which a start says what it is doing."""


async def _run(application: QApplication, folders: Folders, wanted: Wanted) -> int:
    """Start, and after a start that failed and a way on that was found, start again."""
    resources = Resources.locate()
    lock = InstanceLock(folders.data / "instance.lock")
    quitting = Quitting(application)
    look: _WindowStyle | None = None
    recovered: Recovered | None = None
    with ExitStack() as stack:
        stack.callback(quitting.close)
        stack.callback(lock.release)
        while True:
            try:
                folders.make()
                if not lock.acquire():
                    from chatdesk.app.second_start import hand_over  # noqa: PLC0415 - start-up time: QtNetwork

                    if hand_over(folders.data, lock, wanted.files, quick=wanted.quick):
                        return ExitCode.ANSWERED
                look = look or _WindowStyle(application, resources)
                await _open(look, quitting, folders, resources, recovered, wanted)
            except StorageError as error:
                from chatdesk.app.console.error_texts import describe  # noqa: PLC0415 - likewise
                from chatdesk.app.console.texts import (  # noqa: PLC0415 - hardly ever needed
                    ConsoleTexts,
                    chosen_language,
                )
                from chatdesk.app.start_recovery import find_way_on  # noqa: PLC0415 - likewise

                problem = describe(error, ConsoleTexts(lambda: chosen_language(folders), resources.translations))
                if sys.stderr:  # a program of Windows without a console has none
                    sys.stderr.write(problem.lines)
                look = look or _WindowStyle(application, resources)
                way = await find_way_on(error, look.appearance, look.translations, quitting, folders)
                if way == "quit":
                    return problem.code
                recovered = None if way == "again" else way
            else:
                return ExitCode.ANSWERED


class _WindowStyle:
    """The application in its style and language."""

    def __init__(self, application: QApplication, resources: Resources) -> None:
        self.appearance = Appearance(application, resources.resources)
        application.setStyle(Style(application, self.appearance))
        application.setWindowIcon(QIcon(str(resources.resources / "icons" / "chatdesk.svg")))
        self.translations = Translations(application, resources.translations)


class _LongOpening:
    """Says that opening the chats takes long, where it does: most starts show their window before."""

    def __init__(self, look: _WindowStyle, folders: Folders) -> None:
        self._look = look
        self._folders = folders
        self._shown: StartProgress | None = None
        self._share: float | None = None

    def __enter__(self) -> Self:
        self._timer = asyncio.get_running_loop().call_later(_LONG_SECONDS, self._show)
        return self

    def __exit__(self, *_: object) -> None:
        self._timer.cancel()
        if self._shown:
            self._shown.end()

    def on_progress(self, share: float) -> None:
        """Show how much of bringing the chats up to date is done."""
        self._share = share
        if self._shown:
            self._shown.set_share(share)

    def _show(self) -> None:
        from chatdesk.app.shell.start_progress import StartProgress  # noqa: PLC0415 - likewise
        from chatdesk.app.start_recovery import follow_settings  # noqa: PLC0415 - hardly ever needed

        follow_settings(self._folders, self._look.appearance, self._look.translations)
        self._shown = StartProgress(self._look.appearance)
        if self._share is not None:
            self._shown.set_share(self._share)
        self._shown.show()


async def _open(
    look: _WindowStyle,
    quitting: Quitting,
    folders: Folders,
    resources: Resources,
    recovered: Recovered | None,
    wanted: Wanted,
) -> None:
    redactor = Redactor()
    with log_file(folders.logs, redactor):
        async with AsyncExitStack() as stack:
            with _LongOpening(look, folders) as opening:
                program = await stack.enter_async_context(
                    open_program(folders, resources, redactor, opening.on_progress)
                )
            _follow_settings(program, look.appearance, look.translations)
            await _show_window(program, look.appearance, quitting, folders, resources.resources, recovered, wanted)


def _follow_settings(program: Program, appearance: Appearance, translations: Translations) -> None:
    settings = program.settings

    def apply(key: str) -> None:
        match key:
            case THEME.key:
                appearance.set_scheme(settings.get(THEME))
            case ZOOM.key:
                appearance.set_zoom(settings.get(ZOOM))
            case LANGUAGE.key:
                appearance.set_language(translations.use(settings.get(LANGUAGE)))

    for setting in SETTINGS:
        apply(setting.key)
    settings.changes.subscribe(lambda change: apply(change.key))


def _open_given_files(window: MainWindow) -> None:
    from chatdesk.app.file_events import FileEvents  # noqa: PLC0415 - start-up time of other systems

    application = QApplication.instance()
    for events in application.findChildren(FileEvents) if application else ():
        events.files_given.connect(window.open_files)
        events.files_given.connect(window.raise_to_front)
        events.begin()


def _look_at_folders(folders: Folders, window: MainWindow) -> None:
    """Report folders that other users can look into, and offer to change that. They may be of the user's own choice."""
    found = folders.open_to_others()
    if not found:
        return

    def close() -> None:
        try:
            close_to_others(found)
        except StorageError as error:
            window.notices.show_error(error)

    logger.warning("Other users of this computer can read %s; chmod 700 makes it private", ", ".join(map(str, found)))
    window.notices.show_open_folder(found[0], close)


async def _show_window(
    program: Program,
    appearance: Appearance,
    quitting: Quitting,
    folders: Folders,
    resources: Path,
    recovered: Recovered | None,
    wanted: Wanted,
) -> None:
    """Show the window until the end. Raises the `DatabaseDamaged` that the user wants repaired, once the window is gone."""
    damage: list[DatabaseDamaged] = []
    preview_folder = resources / "preview"
    window = MainWindow(appearance, program, Previews(EnginePreviewHosts(preview_folder), preview_folder))
    window.quit_requested.connect(quitting.requested.set)
    window.repair_requested.connect(damage.append)
    window.repair_requested.connect(lambda _: quitting.requested.set())
    handler = CrashHandler(window.notices.show_crash)
    mark, last = OpeningMark(folders.data / "opening"), program.settings.get(LAST_CONVERSATION)
    died_with_last = bool(last) and mark.left() == last
    with handler.installed(asyncio.get_running_loop()), mark.standing(last) as shown:
        await window.open_last_chat(leave_out=died_with_last)
        with handler.going_on():  # what Qt calls while it shows a window raises here
            window.show()
        await first_paint(window)
        window.begin()
        if recovered:
            window.notices.show_recovery(recovered)
        _look_at_folders(folders, window)
        from chatdesk.app.second_start import listen  # noqa: PLC0415 - QtNetwork can wait

        if instance := listen(folders.data, window):
            instance.raise_requested.connect(window.raise_to_front)
            instance.quick_requested.connect(window.show_quick)
            instance.files_given.connect(window.open_files)
            instance.files_given.connect(window.raise_to_front)
            window.quit_requested.connect(instance.close)  # at once: a start that is confirmed now would find no window
        if sys.platform == "darwin":
            _open_given_files(window)
        await window.warm_up()
        if not died_with_last:
            shown()
        if wanted.quick:
            window.show_quick()
        if wanted.files:
            window.open_files(wanted.files)
        garbage = GarbageCollector(window)
        await quitting.requested.wait()
        garbage.close()
        if instance:
            instance.close()
        await window.end()
    if damage:
        raise damage[0]
