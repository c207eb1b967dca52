"""The command `chatdesk export`: writes all chats, or those of a folder, as files into a new folder or an archive.

It uses the services of the window, so it needs the database to itself.
"""

import os
from collections.abc import Sequence
from pathlib import Path
from types import SimpleNamespace

from chatdesk.app.composition import open_program
from chatdesk.app.console.console import Console
from chatdesk.app.console.json_lines import JsonLines
from chatdesk.app.console.report import ConsoleError, Report, WrongUsage
from chatdesk.app.console.verbs import EXPORT_FORMATS
from chatdesk.app.exit_code import ExitCode
from chatdesk.app.program import Program
from chatdesk.features.conversations.services.files.chat_formats import CHAT_FORMATS
from chatdesk.features.conversations.services.files.exported_chat import (
    ChatFormat,
    ExportLabels,
    ExportOptions,
    ExportScope,
    Include,
)
from chatdesk.kernel.errors.storage_errors import AlreadyRunning
from chatdesk.kernel.translatable import QT_TRANSLATE_NOOP
from chatdesk.system.instance_lock import InstanceLock
from chatdesk.system.resources import Resources

_ARCHIVE = ".zip"
_DONE = QT_TRANSLATE_NOOP("Console", "Exported chats: {count}, to {path}")
_PROGRESS = QT_TRANSLATE_NOOP("Console", "Exporting: {percent}%")
_CLEAR_LINE = "\r\x1b[K"


async def export_chats(options: SimpleNamespace, console: Console, report: Report) -> ExitCode:
    """Write the chats to the named file or folder. Raises `AlreadyRunning` while the window is open."""
    path = _target(options.arguments)
    console.folders.make()
    lock = InstanceLock(console.folders.data / "instance.lock")
    if not lock.acquire():
        raise AlreadyRunning
    try:
        async with open_program(console.folders, Resources.locate(), console.redactor) as program:
            chats = _chats(program, options.folder)
            written = await program.conversations.exporting.save_each(
                ExportScope(chats),
                _format(options.format),
                ExportOptions(frozenset(Include) if options.everything else ExportOptions().include),
                ExportLabels(language=console.texts.language.replace("_", "-")),
                path,
                is_archive=path.suffix.lower() == _ARCHIVE,
                with_user_files=bool(options.everything) and not options.folder,
                report=lambda share: _show(console, share),
            )
    finally:
        lock.release()
    if console.output.err_is_terminal:
        console.output.write_control(_CLEAR_LINE)
    if isinstance(report, JsonLines):
        report.line("exported", chats=len(chats), path=str(written))
    else:
        console.output.write_foreign(console.texts.render(_DONE, count=len(chats), path=written) + "\n")
    return ExitCode.ANSWERED


def _target(arguments: Sequence[str]) -> Path:
    if len(arguments) != 1:
        raise WrongUsage(QT_TRANSLATE_NOOP("Console", "Name one folder or .zip file to write."))
    return Path(os.path.abspath(arguments[0]))  # noqa: PTH100 - a link is shown by its own name


def _chats(program: Program, folder_name: str) -> tuple[str, ...]:
    """Return the chats to export: all, or those of the folders with a name. Raises `ConsoleError` if there are none."""
    folders = {each.id for each in program.conversations.folders.all() if each.name == folder_name}
    if folder_name and not folders:
        sentence = QT_TRANSLATE_NOOP("Console", "There is no folder “{name}”.")
        raise ConsoleError(ExitCode.USAGE, "folder_unknown", sentence, name=folder_name)
    chats = tuple(
        chat.id
        for chat in program.conversations.conversations.all()
        if not chat.is_draft and (not folder_name or chat.folder_id in folders)
    )
    if not chats:
        raise ConsoleError(ExitCode.USAGE, "no_chats", QT_TRANSLATE_NOOP("Console", "There are no chats to export."))
    return chats


def _format(name: str) -> ChatFormat:
    ending = EXPORT_FORMATS[name or "json"]
    return next(each for each in CHAT_FORMATS if each.ending == ending)


def _show(console: Console, share: float) -> None:
    """Show how much is done, on a terminal only."""
    if console.output.err_is_terminal:
        console.output.write_control(_CLEAR_LINE)
        console.output.write_status(console.texts.render(_PROGRESS, percent=int(share * 100)))
