"""`chatdesk` alone: opens the window and keeps it until it is told to end. The order of starting and ending is here."""

import asyncio
import sys
from contextlib import ExitStack

from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication

from chatdesk.app.composition import open_program
from chatdesk.app.crash_handling import CrashHandler
from chatdesk.app.error_texts import ExitCode
from chatdesk.app.event_loop import run_until_quit
from chatdesk.app.quitting import Quitting
from chatdesk.app.single_instance import SingleInstance, ask_to_raise, socket_name
from chatdesk.domain.errors import StorageError
from chatdesk.domain.redaction import Redactor
from chatdesk.domain.settings import LANGUAGE, SETTINGS, THEME, ZOOM
from chatdesk.services.program import Program
from chatdesk.system.folders import Folders
from chatdesk.system.instance_lock import InstanceLock
from chatdesk.system.log_files import log_file
from chatdesk.system.resources import Resources
from chatdesk.ui.shell.main_window import MainWindow
from chatdesk.ui.shell.start_problem import StartProblem
from chatdesk.ui.theme.appearance import Appearance
from chatdesk.ui.theme.style import Style
from chatdesk.ui.translations import Translations


def open_window() -> int:
    """Run the window; a second start raises the first one's. Returns the exit code."""
    # Only the program's name: Qt and Chromium read options of their own from the rest.
    application = QApplication([sys.argv[0]])
    application.setApplicationName("chatdesk")
    application.setApplicationDisplayName("Chatdesk")
    application.setDesktopFileName("chatdesk")
    return run_until_quit(application, lambda: _run(application, Folders.locate()))


async def _run(application: QApplication, folders: Folders) -> int:
    resources = Resources.locate()
    lock = InstanceLock(folders.data / "instance.lock")
    quitting = Quitting(application)
    with ExitStack() as stack:
        stack.callback(quitting.close)
        try:
            folders.make()
            if not lock.acquire():
                return ExitCode.ANSWERED if ask_to_raise(socket_name(folders.data)) else ExitCode.NOT_AVAILABLE
            stack.callback(lock.release)
            appearance = Appearance(application, resources.resources)
            application.setStyle(Style(application, appearance))
            application.setWindowIcon(QIcon(str(resources.resources / "icons" / "chatdesk.svg")))
            translations = Translations(application, resources.translations)
            redactor = Redactor()
            stack.enter_context(log_file(folders.logs, redactor))
            async with open_program(folders, resources, redactor) as program:
                _follow_settings(program, appearance, translations)
                await _show_window(program, appearance, quitting, folders)
        except StorageError as error:
            await _tell_problem(application, error, quitting, folders, resources)
            return ExitCode.BUG
    return ExitCode.ANSWERED


async def _tell_problem(
    application: QApplication, error: StorageError, quitting: Quitting, folders: Folders, resources: Resources
) -> None:
    """Say why there is no window, in one."""
    appearance = Appearance(application, resources.resources)
    application.setStyle(Style(application, appearance))
    Translations(application, resources.translations).use(LANGUAGE.default)
    problem = StartProblem(appearance, error, folders.data)
    problem.show()
    await quitting.requested.wait()
    problem.deleteLater()


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


async def _show_window(program: Program, appearance: Appearance, quitting: Quitting, folders: Folders) -> None:
    window = MainWindow(appearance, program)
    window.quit_requested.connect(quitting.requested.set)
    instance = SingleInstance(socket_name(folders.data), window)
    instance.raise_requested.connect(window.raise_to_front)
    handler = CrashHandler(window.tell_of_crash)
    with handler.installed(asyncio.get_running_loop()):
        window.show()
        await window.begin()
        await quitting.requested.wait()
        instance.close()
        await window.end()
