"""`chatdesk` without arguments: opens the window and runs until it is asked to end. Defines the order of start-up and shutdown."""

from __future__ import annotations

import asyncio
import logging
import os
import sys
from collections.abc import MutableMapping, Sequence
from contextlib import AsyncExitStack, ExitStack
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Self

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication, QWidget

from chatdesk.app.composition import open_program
from chatdesk.app.crash_handling import CrashHandler, OpeningMark
from chatdesk.app.event_loop import run_until_quit
from chatdesk.app.exit_code import ExitCode
from chatdesk.app.garbage import GarbageCollector
from chatdesk.app.program import Program
from chatdesk.app.quitting import QuitRequests
from chatdesk.app.shell.main_window import MainWindow
from chatdesk.features.previews.ui.panel.previews import Previews
from chatdesk.kernel.errors.storage_errors import DatabaseDamaged, StorageError
from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.kernel.lazy import Lazy
from chatdesk.kernel.redaction import Redactor
from chatdesk.kernel.settings.declarations import (
    CODE_FONT,
    CODE_SIZE,
    CONTRAST,
    LANGUAGE,
    LAST_CONVERSATION,
    READING_WIDTH,
    SETTINGS,
    SHORTCUT_KEYS,
    TEXT_FONT,
    TEXT_SIZE,
    THEME,
    ZOOM,
)
from chatdesk.system.folders import Folders, restrict_to_owner
from chatdesk.system.instance_lock import InstanceLock
from chatdesk.system.log_files import log_file
from chatdesk.system.resources import Resources
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.style.style import Style
from chatdesk.ui_kit.style.theme import ReadingStyle
from chatdesk.ui_kit.translations import Translations

if TYPE_CHECKING:
    from chatdesk.app.shell.start_progress import StartProgress
    from chatdesk.features.previews.ui.panel.preview_host import PreviewHosts
    from chatdesk.kernel.recovery import ClosedWork, Moved, Recovered


# Waiting for the first paint of a window, so that later work does not delay it.

_PAINT_TIMEOUT = 1.0
"""Seconds. A window that starts minimised or behind a locked screen may not be painted for a long time."""


async def first_paint(window: QWidget) -> None:
    """Return once the window has been painted and the event loop has run."""
    watch = _PaintWatcher(window)
    try:
        async with asyncio.timeout(_PAINT_TIMEOUT):
            await watch.painted.wait()
    except TimeoutError:
        pass
    finally:
        window.removeEventFilter(watch)
        watch.deleteLater()


class _PaintWatcher(QObject):
    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.painted = asyncio.Event()
        window.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Paint:
            self.painted.set()
        return False


logger = logging.getLogger(__name__)


def open_window(*, quick: bool = False, files: Sequence[Path] = ()) -> int:
    """Run the program with its window; `quick` also opens the quick question window, and `files` are opened in the window.

    A second start passes its request to the running program. Returns the exit code.
    """
    # Python switches threads after 5 ms by default: next to a fast stream on the network thread, painting took three times as long.
    sys.setswitchinterval(0.001)
    if sys.platform.startswith("linux"):
        prefer_x_without_driver(os.environ)
    # Required by the web engine, which is loaded with the first preview: too late to set it itself.
    QApplication.setAttribute(Qt.ApplicationAttribute.AA_ShareOpenGLContexts)
    # Only the program's name, because Qt and Chromium interpret other arguments as their own options.
    application = QApplication([sys.argv[0]])
    application.setApplicationName("chatdesk")
    application.setApplicationDisplayName("Chatdesk")
    application.setDesktopFileName(
        os.environ.get("FLATPAK_ID", "chatdesk")
    )  # a Flatpak's ID is also the name of its desktop file
    if sys.platform == "darwin":
        from chatdesk.app.file_events import FileEvents  # noqa: PLC0415 - start-up time of other systems

        FileEvents(application)
    return run_until_quit(application, lambda: _run(application, Folders.locate(), StartRequest(files, quick)))


@dataclass(frozen=True, slots=True)
class StartRequest:
    """What the start is to open besides the window."""

    files: Sequence[Path]
    quick: bool


def prefer_x_without_driver(environment: MutableMapping[str, str], devices: Path = Path("/dev/dri")) -> None:
    """Use X11 without a graphics device if the session supports it: over Wayland, previews stay white (Qt 6.11)."""
    speaks_both = environment.get("WAYLAND_DISPLAY") and environment.get("DISPLAY")
    if speaks_both and "QT_QPA_PLATFORM" not in environment and not any(devices.glob("renderD*")):
        environment["QT_QPA_PLATFORM"] = "xcb"


_SLOW_START_SECONDS = 1.0
"""Seconds after which a start shows its progress."""


async def _run(application: QApplication, folders: Folders, request: StartRequest) -> int:
    """Open the window. After a failed start, show the recovery window, and repeat the start if the user chose so.

    The start is also repeated after work for which the chats had to be closed.
    """
    resources = Resources.locate()
    lock = InstanceLock(folders.data / "instance.lock")
    quitting = QuitRequests(application)
    style: _WindowStyle | None = None
    recovered: Recovered | Moved | StorageError | None = None
    with ExitStack() as stack:
        stack.callback(quitting.close)
        stack.callback(lambda: lock.release())  # noqa: PLW0108 - the one that is held then
        while True:
            try:
                folders.make()
                if not lock.acquire():
                    from chatdesk.app.second_start import send_to_running  # noqa: PLC0415 - start-up time: QtNetwork

                    if send_to_running(folders.data, lock, request.files, quick=request.quick):
                        return ExitCode.ANSWERED
                style = style or _WindowStyle(application, resources)
                work = await _open(style, quitting, folders, resources, recovered, request)
                if work is None:
                    return ExitCode.ANSWERED
                from chatdesk.app.closed_work import do_closed_work  # noqa: PLC0415 - hardly ever needed

                quitting.requested.clear()
                recovered = await do_closed_work(work, style.appearance)
                lock.release()
                folders = Folders.locate()  # the data may have moved
                lock = InstanceLock(folders.data / "instance.lock")
            except StorageError as error:
                from chatdesk.app.console.error_texts import describe  # noqa: PLC0415 - likewise
                from chatdesk.app.console.texts import (  # noqa: PLC0415 - hardly ever needed
                    ConsoleTexts,
                    chosen_language,
                )
                from chatdesk.app.start_recovery import run_recovery  # noqa: PLC0415 - likewise

                problem = describe(error, ConsoleTexts(partial(chosen_language, folders), resources.translations))
                if sys.stderr:  # a Windows program without a console has none
                    sys.stderr.write(problem.lines)
                style = style or _WindowStyle(application, resources)
                result = await run_recovery(error, style.appearance, style.translations, quitting, folders)
                if result == "quit":
                    return problem.code
                recovered = None if result == "again" else result


class _WindowStyle:
    """Application with its style and language."""

    def __init__(self, application: QApplication, resources: Resources) -> None:
        self.appearance = Appearance(application, resources.resources)
        application.setStyle(Style(application, self.appearance))
        application.setWindowIcon(QIcon(str(resources.resources / "icons" / "chatdesk.svg")))
        self.translations = Translations(application, resources.translations)


class _SlowStart:
    """Progress window for a slow start; most starts show the main window before."""

    def __init__(self, style: _WindowStyle, folders: Folders) -> None:
        self._style = style
        self._folders = folders
        self._shown: StartProgress | None = None
        self._share: float | None = None

    def __enter__(self) -> Self:
        self._timer = asyncio.get_running_loop().call_later(_SLOW_START_SECONDS, self._show)
        return self

    def __exit__(self, *_: object) -> None:
        self._timer.cancel()
        if self._shown:
            self._shown.end()

    def on_progress(self, share: float) -> None:
        """Show the completed share of the database migration."""
        self._share = share
        if self._shown:
            self._shown.set_share(share)

    def _show(self) -> None:
        from chatdesk.app.shell.start_progress import StartProgress  # noqa: PLC0415 - likewise
        from chatdesk.app.start_recovery import follow_settings  # noqa: PLC0415 - hardly ever needed

        follow_settings(self._folders, self._style.appearance, self._style.translations)
        self._shown = StartProgress(self._style.appearance)
        if self._share is not None:
            self._shown.set_share(self._share)
        self._shown.show()


async def _open(
    style: _WindowStyle,
    quitting: QuitRequests,
    folders: Folders,
    resources: Resources,
    recovered: Recovered | Moved | StorageError | None,
    request: StartRequest,
) -> ClosedWork | None:
    """Open the window, and return the work to do when it has been closed."""
    redactor = Redactor()
    with log_file(folders.logs, redactor):
        async with AsyncExitStack() as stack:
            with _SlowStart(style, folders) as opening:
                program = await stack.enter_async_context(
                    open_program(folders, resources, redactor, opening.on_progress)
                )
            _follow_settings(program, style.appearance, style.translations)
            return await _show_window(
                program, style.appearance, quitting, folders, resources.resources, recovered, request
            )


def _follow_settings(program: Program, appearance: Appearance, translations: Translations) -> None:
    settings = program.settings

    def apply(key: str) -> None:
        match key:
            case THEME.key:
                appearance.set_scheme(settings.get(THEME))
            case CONTRAST.key:
                appearance.set_contrast(settings.get(CONTRAST))
            case ZOOM.key:
                appearance.set_zoom(settings.get(ZOOM))
            case TEXT_FONT.key | TEXT_SIZE.key | CODE_FONT.key | CODE_SIZE.key | READING_WIDTH.key:
                appearance.set_reading(
                    ReadingStyle(
                        settings.get(TEXT_FONT),
                        settings.get(TEXT_SIZE),
                        settings.get(CODE_FONT),
                        settings.get(CODE_SIZE),
                        settings.get(READING_WIDTH),
                    )
                )
            case SHORTCUT_KEYS.key:
                appearance.set_shortcuts(settings.get(SHORTCUT_KEYS))
            case LANGUAGE.key:
                appearance.set_language(translations.use(settings.get(LANGUAGE)))

    for setting in SETTINGS:
        apply(setting.key)
    settings.changes.subscribe(lambda change: apply(change.key))


def _open_received_files(window: MainWindow) -> None:
    from chatdesk.app.file_events import FileEvents  # noqa: PLC0415 - start-up time of other systems

    application = QApplication.instance()
    for events in application.findChildren(FileEvents) if application else ():
        events.files_received.connect(window.open_files)
        events.files_received.connect(window.raise_to_front)
        events.begin()


def _check_folders(folders: Folders, window: MainWindow) -> None:
    """Report folders that other users can read, and offer to change that. The user may have chosen them deliberately."""
    found = folders.accessible_to_others()
    if not found:
        return

    def close() -> None:
        try:
            restrict_to_owner(found)
        except StorageError as error:
            window.notices.show_error(error)

    logger.warning("Other users of this computer can read %s; chmod 700 makes it private", ", ".join(map(str, found)))
    window.notices.show_open_folder(found[0], close)


def _make_preview_hosts(folder: Path) -> PreviewHosts:
    from chatdesk.app.preview_hosts import EnginePreviewHosts  # noqa: PLC0415 - start-up time: with the first chat

    return EnginePreviewHosts(folder)


async def _show_window(
    program: Program,
    appearance: Appearance,
    quitting: QuitRequests,
    folders: Folders,
    resources: Path,
    recovered: Recovered | Moved | StorageError | None,
    request: StartRequest,
) -> ClosedWork | None:
    """Show the window until it is closed, and return the work that is to be done then.

    Raises the `DatabaseDamaged` error to be repaired once the window is closed.
    """
    damage: list[DatabaseDamaged] = []
    work: list[ClosedWork] = []
    preview_folder = resources / "preview"
    previews = Previews(Lazy(partial(_make_preview_hosts, preview_folder)), preview_folder)
    window = MainWindow(appearance, program, previews)
    window.quit_requested.connect(quitting.requested.set)
    window.repair_requested.connect(damage.append)
    window.reopen_requested.connect(work.append)
    for ending in (window.repair_requested, window.reopen_requested):
        ending.connect(lambda _: quitting.requested.set())
    handler = CrashHandler(window.notices.show_crash)
    mark, last = OpeningMark(folders.data / "opening"), program.settings.get(LAST_CONVERSATION)
    crashed_with_last = bool(last) and mark.left() == last
    with handler.installed(asyncio.get_running_loop()), mark.marking(last) as shown:
        await window.open_last_chat(leave_out=crashed_with_last)
        with (
            handler.handling_errors()
        ):  # exceptions in virtual methods that Qt calls while showing a window surface here
            window.show()
        await first_paint(window)
        appearance.query_system()
        window.begin()
        if isinstance(recovered, StorageError):
            window.notices.show_error(recovered)
        elif recovered:
            window.notices.show_result(recovered)
        _check_folders(folders, window)
        from chatdesk.app.second_start import listen  # noqa: PLC0415 - QtNetwork is loaded after the window

        if instance := listen(folders.data, window):
            instance.raise_requested.connect(window.raise_to_front)
            instance.quick_requested.connect(window.show_quick)
            instance.files_received.connect(window.open_files)
            instance.files_received.connect(window.raise_to_front)
            window.quit_requested.connect(instance.close)  # at once: a start that is confirmed now would find no window
        if sys.platform == "darwin":
            _open_received_files(window)
        await window.warm_up()
        if not crashed_with_last:
            shown()
        if request.quick:
            window.show_quick()
        if request.files:
            window.open_files(request.files)
        garbage = GarbageCollector(window)
        await quitting.requested.wait()
        garbage.close()
        if instance:
            instance.close()
        await window.end()
    if damage:
        raise damage[0]
    return work[0] if work else None
