"""Import and export of presets: asks for files, has them read, shows the import dialog, and offers to undo an import."""

import asyncio
from collections.abc import Callable, Coroutine, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from PySide6.QtCore import QEvent, QMimeData, QObject, QStandardPaths, Qt, Signal
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QWidget

from chatdesk.features.presets.services.preset_services import PresetServices
from chatdesk.kernel.errors.base import ChatdeskError
from chatdesk.kernel.settings.declarations import ATTACH_FOLDER
from chatdesk.kernel.text.file_name import safe_file_name
from chatdesk.ui_kit.errors.error_texts import describe_error, sentence_and_consequence
from chatdesk.ui_kit.files.file_saver import FileSaver, dialog_folder
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.tasks import Tasks

if TYPE_CHECKING:
    from chatdesk.features.presets.services.preset_sharing import ImportResult, Offer, Resolution
    from chatdesk.features.presets.ui.importing.import_sheet import ImportSheet


class OpenFiles(Protocol):
    """Opens files of any type."""

    def __call__(self, paths: Sequence[Path], *, for_library: bool = False) -> None:
        """Open files. `for_library`, what could be presets or documents is imported as presets."""


class PresetDrop(QObject):
    """Accepts preset files dropped on `widget`, also pictures, which may contain a character card."""

    dropped = Signal(tuple)
    """The paths of the dropped files."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        widget.setAcceptDrops(True)
        widget.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Accept dropped files."""
        if event.type() not in (QEvent.Type.DragEnter, QEvent.Type.DragMove, QEvent.Type.Drop):
            return False
        if not isinstance(event, QDropEvent):
            return False
        paths = self._paths(event.mimeData())
        if not paths:
            event.ignore()
            return True
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        if event.type() is QEvent.Type.Drop:
            self.dropped.emit(tuple(paths))
        return True

    def _paths(self, data: QMimeData) -> Sequence[Path]:
        if not data.hasUrls() or not all(url.isLocalFile() for url in data.urls()):
            return ()
        return [Path(url.toLocalFile()) for url in data.urls()]


_ENDINGS = "*.md *.markdown *.txt *.zip *.json *.csv *.png *.charx *.cherrybackup *.sqlite"


class PresetSharePresenter(QObject):
    """`window` is the parent of the dialogs. `open_files` opens the files that the user drops or chooses, which may be of any type."""

    imported = Signal(tuple)
    """The keys of new presets to show."""
    undo_offered = Signal(str, object)
    """The description of what was done, and the callback that undoes it."""
    chats_requested = Signal(tuple)
    """The paths of files whose chats the user wants to import."""

    def __init__(
        self,
        appearance: Appearance,
        services: PresetServices,
        files: FileSaver,
        tasks: Tasks,
        window: QWidget,
        open_files: OpenFiles,
    ) -> None:
        super().__init__(window)
        self._appearance = appearance
        self._services = services
        self._files = files
        self._tasks = tasks
        self._window = window
        self._open_files = open_files
        self._sheet: ImportSheet | None = None
        self._work: asyncio.Task[object] | None = None

    def accept_drops_on(self, widget: QWidget) -> None:
        """Accept dropped files on a widget."""
        PresetDrop(widget).dropped.connect(self._import_paths)

    def _import_paths(self, paths: Sequence[Path]) -> None:
        self._open_files(paths, for_library=True)

    def choose_files(self) -> None:
        """Ask for preset files to import."""
        self._choose(self.tr("Import presets"), f"{self.tr('Presets')} ({_ENDINGS})", self._import_paths)

    def choose_any(self) -> None:
        """Ask for files to open: saved chats, presets, models, documents and pictures."""
        self._choose(self.tr("Open files"), "", self._open_files)

    def _choose(self, title: str, kind: str, open_paths: Callable[[Sequence[Path]], object]) -> None:
        from PySide6.QtWidgets import QFileDialog  # noqa: PLC0415 - start-up time: PySide creates a class on first access

        dialog = QFileDialog(
            self._window,
            title,
            str(
                dialog_folder(
                    self._services.settings.get(ATTACH_FOLDER), QStandardPaths.StandardLocation.DownloadLocation
                )
            ),
        )
        dialog.setObjectName("importFiles")
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.setNameFilters(list(filter(None, (kind, f"{self.tr('All files')} (*)"))))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.filesSelected.connect(lambda names: self._open_chosen(names, open_paths))
        dialog.open()

    def import_files(self, paths: Iterable[Path]) -> None:
        """Read files and show the import sheet. Ignored while another import is open."""
        files = tuple(paths)
        if not files or self._sheet is not None:
            return
        from chatdesk.features.presets.ui.importing.import_sheet import (  # noqa: PLC0415 - start-up time: created for the first import
            ImportSheet,
        )

        sheet = self._sheet = ImportSheet(self._appearance, self._window)
        sheet.closed.connect(self._end)
        sheet.import_requested.connect(lambda choices: self._start(self._write(sheet, choices), "import presets"))
        sheet.chats_requested.connect(lambda names: self._leave_for_chats(sheet, files, names))
        sheet.show_reading(len(files))
        sheet.open()
        self._start(self._read(sheet, files), "read presets to import")

    def export(self, keys: Sequence[str]) -> None:
        """Ask where to save presets: a single one as its file, several as an archive."""
        presets = [preset for key in keys if (preset := self._services.presets.find(key))]
        if not presets:
            return
        one = len(presets) == 1
        name = (safe_file_name(presets[0].name) if one else "") or self.tr("Presets")
        kinds = {"chatdesk.md": self.tr("Preset")} if one else {"zip": self.tr("Archive of presets")}
        exported = self._services.sharing.get().exported
        self._files.ask_for(name, kinds, lambda _path: exported([preset.key for preset in presets]))

    def _open_chosen(self, names: Sequence[str], open_paths: Callable[[Sequence[Path]], object]) -> None:
        paths = tuple(map(Path, names))
        if paths:
            self._services.settings.set(ATTACH_FOLDER, str(paths[0].parent))
            open_paths(paths)

    def _leave_for_chats(self, sheet: "ImportSheet", files: Sequence[Path], names: Sequence[str]) -> None:
        from chatdesk.features.presets.importing.files import shown_name  # noqa: PLC0415 - start-up time

        sheet.cancel()
        self.chats_requested.emit(tuple(path for path in files if shown_name(path.name) in names))

    async def _read(self, sheet: "ImportSheet", files: Sequence[Path]) -> None:
        preview = await self._services.sharing.get().read(files, lambda number: self._show_share(number / len(files)))
        sheet.show_preview(preview)

    async def _write(self, sheet: "ImportSheet", choices: "Sequence[tuple[Offer, Resolution]]") -> None:
        from chatdesk.features.presets.services.preset_sharing import Resolution  # noqa: PLC0415 - start-up time
        from chatdesk.kernel.presets.preset_import import ImportRefused  # noqa: PLC0415 - likewise

        sheet.show_writing()
        total = sum(resolution is not Resolution.SKIP for _, resolution in choices)
        try:
            done = await self._services.sharing.get().run_import(
                choices, lambda number: self._show_share(number / total)
            )
        except ImportRefused as error:
            from chatdesk.features.presets.ui.importing.import_texts import (  # noqa: PLC0415 - start-up time
                refusal_text,
            )

            sheet.show_failure(refusal_text(error))
        except ChatdeskError as error:
            sheet.show_failure(sentence_and_consequence(describe_error(error)))
        else:
            self._work = None
            sheet.leave()
            self.imported.emit(done.added)
            self.undo_offered.emit(self.tr("%n preset(s) imported", "", done.count), lambda: self._undo(done))

    def _undo(self, done: "ImportResult") -> None:
        self._tasks.start(self._services.sharing.get().undo(done), "undo an import")

    def _show_share(self, share: float) -> None:
        if self._sheet is not None:
            self._sheet.show_share(share)

    def _start(self, work: Coroutine[Any, Any, None], name: str) -> None:
        self._work = self._tasks.start(work, name)

    def _end(self) -> None:
        """Cancel the running operation because the sheet was closed."""
        self._sheet = None
        if self._work is not None:
            self._work.cancel()
