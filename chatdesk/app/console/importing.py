"""The command `chatdesk import`: shows what files contain, and imports all their chats, presets and glossaries.

It uses the services of the window, so it needs the database to itself: while the window is open, the files are passed to it.
"""

import asyncio
import os
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import SimpleNamespace

from chatdesk.app.composition import open_program
from chatdesk.app.console.console import Console
from chatdesk.app.console.json_lines import JsonLines
from chatdesk.app.console.report import ConsoleError, Report, WrongUsage
from chatdesk.app.exit_code import ExitCode
from chatdesk.app.program import Program
from chatdesk.features.conversations.importing.foreign_chat import FolderKind, Loss
from chatdesk.features.conversations.importing.foreign_chat import Program as OtherProgram
from chatdesk.features.conversations.importing.run import SourceRead
from chatdesk.features.conversations.services.files.chat_imports import (
    AddProgress,
    ChatState,
    FoundChat,
    ImportPreview,
    ImportResult,
    PreviewProgress,
)
from chatdesk.features.conversations.services.files.import_folders import (
    SOURCE_FOLDERS,
    DestinationKind,
    FolderNames,
    ImportDestination,
)
from chatdesk.features.presets.services.preset_sharing import Offer, Resolution
from chatdesk.kernel.presets.preset_import import MAX_PRESETS, ImportRefused
from chatdesk.kernel.translatable import QT_TRANSLATE_NOOP
from chatdesk.system.instance_lock import InstanceLock
from chatdesk.system.resources import Resources

_PASSED_TO_WINDOW = QT_TRANSLATE_NOOP(
    "Console", "Chatdesk is open: its window shows what can be imported. To import here, quit Chatdesk first."
)
_NAMES = {
    OtherProgram.OPENAI_MESSAGES: QT_TRANSLATE_NOOP("Console", "messages for a model"),
    OtherProgram.MARKDOWN: QT_TRANSLATE_NOOP("Console", "transcript"),
}
_SOURCE = QT_TRANSLATE_NOOP("Console", "{file} ({program}): chats: {count}, messages: {messages}")
_PERIOD = QT_TRANSLATE_NOOP("Console", "  from {first} to {last}")
_STATES = {
    ChatState.NEW: QT_TRANSLATE_NOOP("Console", "  new: {count}"),
    ChatState.GROWN: QT_TRANSLATE_NOOP("Console", "  already here, with new messages: {count}"),
    ChatState.DELETED: QT_TRANSLATE_NOOP("Console", "  in Recently deleted, will be restored: {count}"),
    ChatState.HERE: QT_TRANSLATE_NOOP("Console", "  already here: {count}"),
}
_PRESETS = QT_TRANSLATE_NOOP("Console", "Presets: {count} ({names})")
_PRESETS_HERE = QT_TRANSLATE_NOOP("Console", "Presets that are already here: {count}")
_GLOSSARIES = QT_TRANSLATE_NOOP("Console", "Glossaries: {count}")
_LOSSES = {
    Loss.PICTURE: QT_TRANSLATE_NOOP("Console", "Pictures that are not in the file: {count}"),
    Loss.DOCUMENT: QT_TRANSLATE_NOOP("Console", "Documents that are not in the file: {count}"),
    Loss.SOUND: QT_TRANSLATE_NOOP("Console", "Sounds that are left out: {count}"),
    Loss.VIDEO: QT_TRANSLATE_NOOP("Console", "Videos that are left out: {count}"),
    Loss.EMPTY_CHAT: QT_TRANSLATE_NOOP("Console", "Empty chats that are left out: {count}"),
    Loss.DAMAGED_CHAT: QT_TRANSLATE_NOOP("Console", "Damaged chats that are left out: {count}"),
    Loss.DAMAGED_MESSAGE: QT_TRANSLATE_NOOP("Console", "Damaged messages that are left out: {count}"),
    Loss.TOOL_CALL: QT_TRANSLATE_NOOP("Console", "Tool calls that are left out: {count}"),
    Loss.SOURCE: QT_TRANSLATE_NOOP("Console", "Sources that are left out: {count}"),
    Loss.SHORTENED: QT_TRANSLATE_NOOP("Console", "Texts that are shortened: {count}"),
    Loss.MEMORY: QT_TRANSLATE_NOOP("Console", "Notes about you that are left out: {count}"),
    Loss.SHARED_LINK: QT_TRANSLATE_NOOP("Console", "Shared links that are left out: {count}"),
}
_NOTHING_NEW = QT_TRANSLATE_NOOP("Console", "There is nothing new to import.")
_QUESTION = QT_TRANSLATE_NOOP("Console", "Import? [y/N] ")
_YES = frozenset({"y", "yes", "j", "ja", "是", "好"})
_NOT_ASKED = QT_TRANSLATE_NOOP(
    "Console", "Nothing was imported, because confirmation needs a terminal. Add --yes to import without asking."
)
_DECLINED = QT_TRANSLATE_NOOP("Console", "Nothing was imported.")
_READING_CHATS = QT_TRANSLATE_NOOP("Console", "Reading {name}, chats: {count}")
_IMPORTING = QT_TRANSLATE_NOOP("Console", "Importing: {percent}%")
_DONE = {
    "chats": QT_TRANSLATE_NOOP("Console", "Imported chats: {count}"),
    "grown": QT_TRANSLATE_NOOP("Console", "Chats with new messages: {count}"),
    "restored": QT_TRANSLATE_NOOP("Console", "Chats restored from Recently deleted: {count}"),
    "messages": QT_TRANSLATE_NOOP("Console", "Imported messages: {count}"),
    "pictures": QT_TRANSLATE_NOOP("Console", "Imported pictures: {count}"),
    "documents": QT_TRANSLATE_NOOP("Console", "Imported documents: {count}"),
    "presets": QT_TRANSLATE_NOOP("Console", "Imported presets: {count}"),
    "glossaries": QT_TRANSLATE_NOOP("Console", "Imported glossaries: {count}"),
}
_ARCHIVE = QT_TRANSLATE_NOOP("ImportTexts", "Archived")
_PROJECT = QT_TRANSLATE_NOOP("ImportTexts", "ChatGPT project {number}")
_FOLDER = QT_TRANSLATE_NOOP("ImportTexts", "Open WebUI folder {number}")
_DAMAGED = QT_TRANSLATE_NOOP("ImportTexts", "Chat {number} in the file")
_ARCHIVED = QT_TRANSLATE_NOOP("Console", "  archived, put into the folder “{folder}”: {count}")
_MAX_NAMES = 5
_CLEAR_LINE = "\r\x1b[K"


async def import_files(options: SimpleNamespace, console: Console, report: Report) -> ExitCode:
    """Show what files contain, ask unless `--yes` is given, and import all of it."""
    if not options.arguments:
        raise WrongUsage(QT_TRANSLATE_NOOP("Console", "Name the files or folders to import."))
    paths = _paths(options.arguments)
    console.folders.make()
    lock = InstanceLock(console.folders.data / "instance.lock")
    if not lock.acquire() and _pass_to_window(console.folders.data, lock, paths):
        console.output.write_status(console.texts.render(_PASSED_TO_WINDOW) + "\n")
        return ExitCode.ANSWERED
    try:
        async with open_program(console.folders, Resources.locate(), console.redactor) as program:
            return await _Import(program, options, console, report).run(paths)
    finally:
        lock.release()


def _paths(arguments: Sequence[str]) -> list[Path]:
    """Return the absolute paths of files and folders. Raises `WrongUsage` if one does not exist."""
    paths = [Path(os.path.abspath(argument)) for argument in arguments]  # noqa: PTH100 - a link is shown by its own name
    for path in paths:
        if not os.path.exists(path):  # noqa: PTH110 - unlike `Path.exists`, it raises nothing if the disk fails
            raise WrongUsage(QT_TRANSLATE_NOOP("Console", "There is no file “{path}”."), path=path)
    return paths


def _pass_to_window(data: Path, lock: InstanceLock, paths: Sequence[Path]) -> bool:
    """Let the window show what can be imported. Return False if it has ended meanwhile. Raises as `send_to_running`."""
    from PySide6.QtCore import QCoreApplication  # noqa: PLC0415 - the other verbs run without Qt

    from chatdesk.app.second_start import send_to_running  # noqa: PLC0415 - likewise

    application = QCoreApplication([])
    try:
        return send_to_running(data, lock, paths, quick=False)
    finally:
        application.shutdown()


class _Import:
    """One run of the command."""

    def __init__(self, program: Program, options: SimpleNamespace, console: Console, report: Report) -> None:
        self._program = program
        self._options = options
        self._output = console.output
        self._texts = console.texts
        self._report = report
        self._status = ""

    async def run(self, paths: Sequence[Path]) -> ExitCode:
        imports = self._program.conversations.imports.get()
        await self._program.presets.presets.load(self._texts.language)  # to know those that are here
        preview = await imports.preview(paths, self._show_reading, self._folder_names())
        self._show_status("")
        if not preview.chats and not preview.presets.offers and not preview.presets.glossaries:
            raise self._refusal(preview)
        self._show(preview)
        chosen = [each.summary.id for each in preview.chats if each.state is not ChatState.HERE]
        presets = [offer for offer in preview.presets.offers if not offer.is_here]
        glossaries = await self._program.conversations.glossaries.get().new(preview.presets.glossaries)
        if glossaries:
            self._print(_GLOSSARIES, count=len(glossaries))
        if not chosen and not presets and not glossaries:
            self._print(_NOTHING_NEW)
            return ExitCode.ANSWERED
        if not self._options.yes and not await self._is_confirmed():
            return ExitCode.STOPPED
        destination = (
            ImportDestination(DestinationKind.FOLDER, self._options.folder) if self._options.folder else SOURCE_FOLDERS
        )
        result = await imports.add(preview, chosen, destination, self._show_progress) if chosen else ImportResult()
        self._show_status("")
        count = await self._add_presets(presets)
        added = await self._program.conversations.glossaries.get().add(glossaries)
        self._show_result(result, count, len(added))
        return ExitCode.ANSWERED

    def _folder_names(self) -> FolderNames:
        texts = self._texts
        return FolderNames(
            texts.translated("ImportTexts", _ARCHIVE, {}),
            lambda number: texts.translated("ImportTexts", _PROJECT, {"number": number}),
            lambda number: texts.translated("ImportTexts", _FOLDER, {"number": number}),
        )

    async def _add_presets(self, offers: Sequence[Offer]) -> int:
        choices = [(offer, Resolution.ADD) for offer in offers]
        return (
            (await self._program.presets.sharing.get().run_import(choices, lambda _count: None)).count if choices else 0
        )

    async def _is_confirmed(self) -> bool:
        """Ask on the terminal. Raises `WrongUsage` if there is none."""
        if not (sys.stdin and sys.stdin.isatty()):
            raise WrongUsage(_NOT_ASKED)
        self._output.write_status(self._texts.render(_QUESTION))
        answer = await asyncio.to_thread(sys.stdin.readline)
        if answer.strip().casefold() in _YES:
            return True
        self._output.write_status(self._texts.render(_DECLINED) + "\n")
        return False

    def _refusal(self, preview: ImportPreview) -> ConsoleError:
        """Return why nothing can be imported; the reasons of further files are printed."""
        *others, last = map(self._reason, preview.refused or (ImportRefused(file=preview.paths[0].name),))
        for reason in others:
            self._output.write_status(f"{reason}\n")
        return ConsoleError(ExitCode.USAGE, "file_unusable", "{reason}", reason=last)

    def _reason(self, error: ImportRefused) -> str:
        from chatdesk.features.presets.ui.importing.import_texts import PROBLEMS  # noqa: PLC0415 - rarely needed

        values = {"file": error.file, "detail": error.detail, "most": MAX_PRESETS}
        return self._texts.translated("Import", PROBLEMS[error.problem], values).strip()

    # What is shown before

    def _show(self, preview: ImportPreview) -> None:
        """Print what was found, as lines of text or of JSON."""
        for error in preview.refused:
            self._report.warn("file_unusable", self._reason(error))
        names = [offer.candidate.preset.name for offer in preview.presets.offers]
        here = sum(offer.is_here for offer in preview.presets.offers)
        if isinstance(self._report, JsonLines):
            for source in preview.sources:
                self._report.line("source", name=source.name, origin=source.program, size=source.size)
            states = {state.name.casefold(): 0 for state in ChatState}
            for each in preview.chats:
                states[each.state.name.casefold()] += 1
            messages = sum(each.summary.messages for each in preview.chats)
            self._report.line("found", chats=states, messages=messages, presets=len(names), presets_here=here)
            for loss, count in _lost(preview).items():
                named = {"names": self._damaged(preview)} if loss is Loss.DAMAGED_CHAT and preview.damaged else {}
                self._report.line("left_out", kind=loss, count=count, **named)
            return
        for source in preview.sources:
            self._show_source(source, [each for each in preview.chats if each.is_of(source)])
        if names:
            more = ", …" if len(names) > _MAX_NAMES else ""
            self._print(_PRESETS, count=len(names), names=", ".join(names[:_MAX_NAMES]) + more)
        if here:
            self._print(_PRESETS_HERE, count=here)
        for loss, count in _lost(preview).items():
            self._print(_LOSSES[loss], count=count)
            if loss is Loss.DAMAGED_CHAT and preview.damaged:
                more = ", …" if len(preview.damaged) > _MAX_NAMES else ""
                self._print("  {names}", names=", ".join(self._damaged(preview)[:_MAX_NAMES]) + more)

    def _damaged(self, preview: ImportPreview) -> list[str]:
        """Return the names of the chats that cannot be read."""
        return [
            each.title or self._texts.translated("ImportTexts", _DAMAGED, {"number": each.number})
            for each in preview.damaged
        ]

    def _show_source(self, source: SourceRead, chats: Sequence[FoundChat]) -> None:
        named = self._texts.render(_NAMES[source.program]) if source.program in _NAMES else source.program
        messages = sum(each.summary.messages for each in chats)
        self._print(_SOURCE, file=source.name, program=named, count=len(chats), messages=messages)
        moments = [each.summary.updated_at for each in chats if each.summary.updated_at]
        if moments:
            self._print(_PERIOD, first=min(moments).date().isoformat(), last=max(moments).date().isoformat())
        for state, text in _STATES.items():
            if count := sum(each.state is state for each in chats):
                self._print(text, count=count)
        archived = [each.summary for each in chats if each.summary.folder_kind is FolderKind.ARCHIVE]
        if archived and not self._options.folder:
            self._print(_ARCHIVED, folder=archived[0].folder, count=len(archived))

    # Progress and result

    def _show_reading(self, progress: PreviewProgress) -> None:
        self._show_status(self._texts.render(_READING_CHATS, name=progress.source, count=progress.chats))

    def _show_progress(self, progress: AddProgress) -> None:
        self._show_status(self._texts.render(_IMPORTING, percent=int(progress.share * 100)))

    def _show_status(self, text: str) -> None:
        """Show a status in place of the last one, on a terminal only."""
        if text != self._status and self._output.err_is_terminal:
            self._status = text
            self._output.write_control(_CLEAR_LINE)
            self._output.write_status(text)

    def _show_result(self, result: ImportResult, presets: int, glossaries: int) -> None:
        counts = {
            "chats": len(result.added),
            "grown": len(result.grown),
            "restored": len(result.restored),
            "messages": result.messages,
            "pictures": result.pictures,
            "documents": result.documents,
            "presets": presets,
            "glossaries": glossaries,
        }
        if isinstance(self._report, JsonLines):
            self._report.line("imported", **counts)
        for name, count in counts.items():
            if count:
                self._print(_DONE[name], count=count)

    def _print(self, text: str, /, **values: object) -> None:
        if not isinstance(self._report, JsonLines):
            self._output.write_foreign(self._texts.render(text, **values) + "\n")


def _lost(preview: ImportPreview) -> Mapping[Loss, int]:
    """Return what of all chats cannot be imported."""
    counts = dict(preview.left_out)
    for each in preview.chats:
        for loss, count in each.summary.lost.items():
            counts[loss] = counts.get(loss, 0) + count
    return counts
