"""Import of chats: asks for files, has them read, shows the sheet, adds the chosen chats in the background, and undoes an import."""

import asyncio
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path
from time import monotonic

from PySide6.QtCore import QLocale, QObject, QStandardPaths, Qt, Signal
from PySide6.QtWidgets import QFileDialog
from shiboken6 import isValid

from chatdesk.features.conversations.services.chat_folders import ChatFolders
from chatdesk.features.conversations.services.files.chat_imports import (
    AddProgress,
    ChatImports,
    ChatState,
    ImportPreview,
    ImportResult,
    PreviewProgress,
)
from chatdesk.features.conversations.services.files.import_folders import ImportDestination
from chatdesk.features.conversations.services.files.imported_glossaries import ImportedGlossaries
from chatdesk.features.conversations.services.files.imported_servers import add_servers, new_servers, remove_servers
from chatdesk.features.conversations.services.files.preset_files import find_preset_files
from chatdesk.features.conversations.services.files.program_data import ProgramData, find_program_data
from chatdesk.features.conversations.ui.importing.import_report import (
    FinishedImport,
    import_sentence,
    is_plain,
    make_report,
)
from chatdesk.features.conversations.ui.importing.import_sheet import ImportSheet, Step
from chatdesk.features.conversations.ui.importing.import_texts import (
    chat_refusal_text,
    folder_name_texts,
    progress_text,
)
from chatdesk.features.conversations.ui.importing.imported_servers_card import ImportedServersCard
from chatdesk.features.conversations.ui.importing.preview_step import new_presets
from chatdesk.features.conversations.ui.sidebar.sidebar import Progress, Sidebar
from chatdesk.features.presets.importing.files import shown_name
from chatdesk.features.presets.services.preset_sharing import ImportResult as ImportedPresets
from chatdesk.features.presets.services.preset_sharing import PresetSharing, Resolution
from chatdesk.features.servers.services.server_secrets import SecretLocation
from chatdesk.features.servers.services.servers import Servers
from chatdesk.kernel.aio.daemon_thread import run_in_daemon_thread
from chatdesk.kernel.errors.base import ChatdeskError, UnexpectedFailure
from chatdesk.kernel.errors.keyring_errors import KeyringError
from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.kernel.presets.preset_import import GlossaryFound, ImportRefused
from chatdesk.kernel.servers.server import ServerConfig
from chatdesk.kernel.settings.declarations import ATTACH_FOLDER, IMPORT_OFFERED
from chatdesk.kernel.settings.store import Settings
from chatdesk.ui_kit.errors.error_texts import describe_error, sentence_and_consequence
from chatdesk.ui_kit.files.file_saver import FileSaver, dialog_folder
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.tasks import Tasks
from chatdesk.ui_kit.text.safe_text import plain_line
from chatdesk.ui_kit.widgets.toast_host import ToastHost

_PROGRESS_INTERVAL = 0.1
"""Seconds between two displays of the progress."""
_FIND_SECONDS = 1.0
"""Seconds after which a home folder that does not respond is abandoned."""
_MAX_TITLES = 3


@dataclass(frozen=True, slots=True)
class ImportServices:
    """What an import uses. `import_presets` opens the import of presets with files that contain no chats."""

    imports: ChatImports
    folders: ChatFolders
    presets: PresetSharing
    glossaries: ImportedGlossaries
    servers: Servers
    settings: Settings
    import_presets: Callable[[Sequence[Path]], object]


class ImportPresenter(QObject):
    """One per window. Only one import runs at a time; its sheet can be closed meanwhile."""

    chat_requested = Signal(str)
    """Show an imported chat."""

    def __init__(
        self,
        appearance: Appearance,
        services: ImportServices,
        sidebar: Sidebar,
        files: FileSaver,
        toasts: ToastHost,
        tasks: Tasks,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._services = services
        self._sidebar = sidebar
        self._files = files
        self._toasts = toasts
        self._tasks = tasks
        self._sheet: ImportSheet | None = None
        self._preview = ImportPreview(())
        self._chats: Sequence[str] = ()
        """The IDs of the chats that the sheet is about, the one to show first."""
        self._reading: asyncio.Task[object] | None = None
        self._adding: asyncio.Task[object] | None = None
        self._undoing: FinishedImport | None = None
        self._progress = AddProgress(0, 0)
        self._began = self._reported_at = 0.0

    def open(self, paths: Sequence[Path] = ()) -> None:
        """Show the sheet: with the import that is running, with the content of files, or with what can be imported."""
        sheet = self._sheet or self._make_sheet()
        if self._adding:
            sheet.show_work(self._progress, monotonic() - self._began)
        elif paths:
            self._read(tuple(paths))
        elif not sheet.isVisible():
            self._show_start()
            return  # it is shown with what is found
        if not sheet.isVisible():
            sheet.open()

    def _make_sheet(self) -> ImportSheet:
        sheet = self._sheet = ImportSheet(self._appearance, self._files.window)
        sheet.paths_chosen.connect(self._read)
        sheet.file_requested.connect(self._choose_files)
        sheet.folder_requested.connect(self._choose_folder)
        sheet.start_requested.connect(self._show_start)
        sheet.check_requested.connect(self._show_start)
        sheet.import_requested.connect(self._add)
        sheet.stop_requested.connect(self._stop)
        sheet.chats_requested.connect(self._show_chats)
        sheet.closed.connect(self._close)
        return sheet

    def _close(self) -> None:
        """Stop reading, because the sheet was closed. An import continues."""
        self._sheet = None
        if self._reading:
            self._reading.cancel()
            self._reading = None

    # Where the chats come from.

    def _show_start(self, problem: str = "") -> None:
        self._tasks.start(self._find(problem), "find the data of other programs")

    async def _find(self, problem: str) -> None:
        """Show the first step at once with all that is found: a button that moves away is not pressed."""
        found: Sequence[ProgramData] = ()
        with suppress(TimeoutError):
            found = await run_in_daemon_thread(find_program_data, "find the data of other programs", _FIND_SECONDS)
        if (sheet := self._sheet) and self._reading is None:
            sheet.show_found(found)
            sheet.show_problem(problem)
            if not sheet.isVisible():
                sheet.open()

    def _choose_files(self) -> None:
        dialog = self._dialog(self.tr("Import chats"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        endings = "*.zip *.json *.jsonl *.md *.markdown *.cherrybackup *.bak *.sqlite *.db"
        dialog.setNameFilters([f"{self.tr('Exports')} ({endings})", f"{self.tr('All files')} (*)"])
        dialog.open()

    def _choose_folder(self) -> None:
        dialog = self._dialog(self.tr("Import chats from a folder"))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.open()

    def _dialog(self, title: str) -> QFileDialog:
        remembered = self._services.settings.get(ATTACH_FOLDER)
        folder = dialog_folder(remembered, QStandardPaths.StandardLocation.DownloadLocation)
        dialog = QFileDialog(self._files.window, title, str(folder))
        dialog.setObjectName("importDialog")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.filesSelected.connect(self._read_chosen)
        return dialog

    def _read_chosen(self, names: Sequence[str]) -> None:
        if names:
            paths = tuple(map(Path, names))
            self._services.settings.set(ATTACH_FOLDER, str(paths[0].parent))
            self._read(paths)

    # What is in them.

    def _read(self, paths: tuple[Path, ...]) -> None:
        if self._sheet is None:
            return
        if self._reading:
            self._reading.cancel()
        self._sheet.show_reading(shown_name(paths[0].name))
        self._reading = self._tasks.start(self._show_content(self._sheet, paths), "read chats to import")

    async def _show_content(self, sheet: ImportSheet, paths: tuple[Path, ...]) -> None:
        def report(progress: PreviewProgress) -> None:
            if self._is_progress_due():
                sheet.show_read(progress.chats)

        try:
            preview = self._preview = await self._services.imports.preview(paths, report, folder_name_texts())
        except ChatdeskError as error:
            self._reading = None
            self._show_start(sentence_and_consequence(describe_error(error)))
            return
        except Exception as error:
            self._reading = None
            self._show_start(describe_error(UnexpectedFailure(type(error).__name__)).sentence)
            raise
        glossaries = len(await self._services.glossaries.new(preview.presets.glossaries))
        are_files = await run_in_daemon_thread(partial(_are_files, paths), "look at files")
        self._reading = None
        servers = len(new_servers(self._services.servers, preview.servers))
        self._chats = [chat.summary.id for chat in preview.chats if chat.state is ChatState.HERE]
        if preview.chats or servers or glossaries:  # the import of presets knows no glossaries
            sheet.show_preview(
                preview, self._services.folders.all(), servers=servers, glossaries=glossaries, shows_size=are_files
            )
        elif new_presets(preview):
            sheet.leave()
            self._services.import_presets(await find_preset_files(paths))
        else:
            reasons = "\n".join(map(chat_refusal_text, preview.refused))
            nothing = self.tr("{file} contains no chats.").format(file=shown_name(paths[0].name))
            self._show_start(reasons or nothing)

    # The import.

    def _add(self) -> None:
        sheet = self._sheet
        if sheet is None or sheet.choices is None or sheet.destination is None or self._adding:
            return
        chats = frozenset(sheet.choices.chosen)
        self._began = monotonic()
        work = self._run(
            self._preview,
            chats,
            sheet.destination,
            includes_presets=sheet.includes_presets,
            includes_servers=sheet.includes_servers,
        )
        self._adding = self._tasks.start(work, "import chats")
        self._show_progress(AddProgress(0, 0))

    async def _run(
        self,
        preview: ImportPreview,
        chats: frozenset[str],
        destination: ImportDestination,
        *,
        includes_presets: bool,
        includes_servers: bool,
    ) -> None:
        def report(progress: AddProgress) -> None:
            if self._is_progress_due():
                self._show_progress(progress)

        try:
            result = await self._services.imports.add(preview, chats, destination, report) if chats else ImportResult()
        except ImportRefused as error:
            self._fail(chat_refusal_text(error))
            return
        except ChatdeskError as error:
            self._fail(sentence_and_consequence(describe_error(error)))
            return
        except Exception as error:
            self._fail(describe_error(UnexpectedFailure(type(error).__name__)).sentence)
            raise
        presets, problem = await self._add_presets(preview) if includes_presets else (ImportedPresets(), "")
        glossaries, missed = await self._add_glossaries(preview) if includes_presets else ((), "")
        servers, server_problem = await self._add_servers(preview) if includes_servers else ((), "")
        seconds = monotonic() - self._began
        self._finish(
            FinishedImport(
                preview, result, destination, seconds, presets, problem, servers, server_problem, glossaries, missed
            )
        )

    async def _add_presets(self, preview: ImportPreview) -> tuple[ImportedPresets, str]:
        """Import the presets that are not here yet. Return them, and why that failed."""
        choices = [(offer, Resolution.SKIP if offer.is_here else Resolution.ADD) for offer in preview.presets.offers]
        try:
            return await self._services.presets.run_import(choices, lambda _count: None), ""
        except ImportRefused as error:
            return ImportedPresets(), chat_refusal_text(error)
        except ChatdeskError as error:
            return ImportedPresets(), sentence_and_consequence(describe_error(error))

    async def _add_glossaries(self, preview: ImportPreview) -> tuple[Sequence[GlossaryFound], str]:
        """Add the glossaries that are not here yet. Return them, and why that failed: the chats are here by then."""
        try:
            return await self._services.glossaries.add(preview.presets.glossaries), ""
        except ChatdeskError as error:
            return (), sentence_and_consequence(describe_error(error))

    async def _add_servers(self, preview: ImportPreview) -> tuple[Sequence[ServerConfig], str]:
        """Add the servers that are not here yet. Return them, and why that failed: the chats are here all the same."""
        try:
            return await add_servers(self._services.servers, preview.servers), ""
        except ChatdeskError as error:
            return (), sentence_and_consequence(describe_error(error))

    def _show_progress(self, progress: AddProgress) -> None:
        """Show the progress in the sheet, and in the sidebar behind it."""
        self._progress, seconds = progress, monotonic() - self._began
        if self._sheet and self._sheet.step in {Step.PREVIEW, Step.WORKING}:
            self._sheet.show_work(progress, seconds)
        share = progress.share if progress.total else 0.0
        percent = self.tr("{percent}%").format(percent=QLocale().toString(int(share * 100)))
        details = progress_text(progress)
        self._sidebar.show_import(Progress(percent, share, details))

    def _stop(self) -> None:
        if self._adding:
            self._adding.cancel()
            self._end_work()

    def _end_work(self) -> None:
        self._adding = None
        self._sidebar.show_import(Progress())
        if self._sheet and self._sheet.step is Step.WORKING:
            self._sheet.return_to_preview()

    def _fail(self, reason: str) -> None:
        """Say why an import failed; nothing was changed."""
        self._end_work()
        if self._sheet and self._sheet.step is Step.PREVIEW:
            self._sheet.show_problem(reason)
        else:
            self._toasts.show_lasting(self.tr("The chats could not be imported. Nothing was changed."), reason)

    def _finish(self, done: FinishedImport) -> None:
        sheet = self._sheet if self._sheet and self._sheet.step is Step.WORKING else None
        self._adding = None
        self._sidebar.show_import(Progress())
        self._services.settings.set(IMPORT_OFFERED, value=True)
        if sheet and is_plain(done):
            sheet.leave()
            self.chat_requested.emit(done.result.added[0])
            self._toasts.show_toast(
                self.tr("Chat imported"),
                action=self.tr("Undo"),
                act=lambda: self._start_undo(None, done),
            )
        elif sheet:
            self._show_report(sheet, done)
        else:
            self._toasts.show_toast(
                import_sentence(done), action=self.tr("Show report"), act=partial(self._open_report, done)
            )

    # Its report.

    def _open_report(self, done: FinishedImport) -> None:
        if self._sheet is None:
            sheet = self._make_sheet()
            self._show_report(sheet, done)
            sheet.open()

    def _show_report(self, sheet: ImportSheet, done: FinishedImport) -> None:
        sheet.show_report(lambda: make_report(done), can_undo=True, servers=self._servers_card(sheet, done))
        sheet.undo_requested.connect(lambda: self._start_undo(sheet, done))
        sheet.save_requested.connect(lambda: self._files.ask(self.tr("Import report.txt"), make_report(done).as_text()))
        self._chats = (*done.result.added, *done.result.grown, *done.result.restored)

    def _servers_card(self, sheet: ImportSheet, done: FinishedImport) -> ImportedServersCard | None:
        if not done.servers:
            return None
        with_keys = [each.id for each in done.preview.servers if each.has_key]
        card = ImportedServersCard(self._appearance, done.servers, with_keys, sheet)
        card.key_requested.connect(
            lambda server: self._tasks.start(self._copy_key(card, done.preview, server), "take over a key")
        )
        return card

    async def _copy_key(self, card: ImportedServersCard, preview: ImportPreview, server: ServerConfig) -> None:
        """Read the key of one server from the files, because the user asks for it, and store it."""
        found = next(each for each in preview.servers if each.id == server.id)
        location: SecretLocation | None = None
        with suppress(KeyringError, ImportRefused):
            if key := await self._services.imports.key_of(preview, found):
                location = await self._services.servers.set_key(server, key)
        if isValid(card):
            card.show_key(server.id, location)

    def _show_chats(self) -> None:
        if self._chats:
            self.chat_requested.emit(self._chats[0])

    def _start_undo(self, sheet: ImportSheet | None, done: FinishedImport) -> None:
        if done is not self._undoing:
            self._undoing = done
            self._tasks.start(self._undo(sheet, done), "undo an import")

    async def _undo(self, sheet: ImportSheet | None, done: FinishedImport) -> None:
        """Undo an import, and report that in its sheet, or in a toast if the sheet was closed meanwhile."""
        try:
            problem = await self._remove_import(done)
        finally:
            self._undoing = None
        shown = sheet if sheet and sheet is self._sheet else None
        if problem and shown:
            shown.show_problem(problem)
        elif problem:
            self._toasts.show_toast(problem)
        else:
            if shown:
                shown.leave()
            self._toasts.show_toast(self.tr("Import undone"))

    async def _remove_import(self, done: FinishedImport) -> str:
        """Undo an import. Return why that was not done, or an empty text."""
        used = await self._services.imports.undo(done.result)
        if used:
            titles = ", ".join(map(plain_line, used[:_MAX_TITLES])) + (", …" if len(used) > _MAX_TITLES else "")
            return self.tr("Not undone, because these chats were changed: {titles}").format(titles=titles)
        if done.presets.count:
            await self._services.presets.undo(done.presets)
        await self._services.glossaries.remove(done.glossaries)
        await remove_servers(self._services.servers, done.servers)
        return ""

    def _is_progress_due(self) -> bool:
        now = monotonic()
        if now - self._reported_at < _PROGRESS_INTERVAL:
            return False
        self._reported_at = now
        return True


def _are_files(paths: Sequence[Path]) -> bool:
    try:
        return all(path.is_file() for path in paths)
    except OSError:  # the disk was disconnected after they were read
        return False
