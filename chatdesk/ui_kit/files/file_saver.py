"""A file dialog for saving, without blocking the program during the dialog or the write."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QStandardPaths, Qt, Signal
from PySide6.QtWidgets import QWidget

from chatdesk.kernel.running_work import JobKind, RunningWork
from chatdesk.kernel.settings.declarations import SAVE_FOLDER
from chatdesk.kernel.settings.store import Settings
from chatdesk.storage.files.file_writing import replace_exported_file, save_bytes, save_text
from chatdesk.ui_kit.tasks import Tasks

if TYPE_CHECKING:
    from PySide6.QtWidgets import QFileDialog

Make = Callable[[Path], Awaitable[str | bytes | Path | None]]
"""Creates the content of the selected file, or writes it and returns its path; None if the user has changed their mind."""


class FileSaver(QObject):
    """Shows a save dialog over `window` and writes the file. Errors are reported through `tasks`."""

    saved = Signal(str, str)
    """Name of the saved file, and its folder."""

    def __init__(self, settings: Settings, tasks: Tasks, window: QWidget, work: RunningWork) -> None:
        super().__init__(window)
        self._work = work
        self._settings = settings
        self._tasks = tasks
        self.window = window
        """The window over which the dialog is shown."""

    def ask(self, name: str, text: str) -> None:
        """Show a save dialog with a suggested name and save the text there. Returns immediately."""

        async def ready(_path: Path) -> str:
            return text

        self.ask_file(name, ready)

    def ask_made(self, name: str, make: Callable[[], bytes]) -> None:
        """Show a save dialog with a suggested name and save there what `make` returns, which is called on a thread."""

        async def made(_path: Path) -> bytes:
            return await asyncio.to_thread(make)

        self.ask_file(name, made)

    def ask_for(self, name: str, kinds: Mapping[str, str], make: Make) -> None:
        """Show a save dialog with several file types by extension, the first one selected, and save what `make` returns."""
        endings = {f"{text} (*.{ending})": ending for ending, text in kinds.items()}
        first, *_ = kinds
        dialog = self.ask_file(f"{name}.{first}", make)
        dialog.setNameFilters(list(endings))
        dialog.setDefaultSuffix(first)
        dialog.filterSelected.connect(lambda chosen: dialog.setDefaultSuffix(endings[chosen]))

    def ask_file(self, name: str, make: Make) -> "QFileDialog":
        """Show a save dialog with the name of a file, and save there what `make` returns."""
        from PySide6.QtWidgets import QFileDialog  # noqa: PLC0415 - start-up time: PySide creates a class when it is imported

        folder = dialog_folder(self._settings.get(SAVE_FOLDER), QStandardPaths.StandardLocation.DownloadLocation)
        dialog = QFileDialog(self.window, self.tr("Save as"), str(folder / name))
        dialog.setObjectName("saveDialog")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(lambda chosen: self._tasks.start(self._save(Path(chosen), make), "save a file"))
        dialog.open()
        return dialog

    async def _save(self, path: Path, make: Make) -> None:
        with self._work.begin(JobKind.EXPORT, lambda: path.name):
            match await make(path):
                case None:
                    return
                case Path() as written:
                    path = written
                case str() as text:
                    await save_text(path, text)
                case content:
                    await save_bytes(path, content)
        self._settings.set(SAVE_FOLDER, str(path.parent))
        self.saved.emit(path.name, str(path.parent))


def write_chosen_file(path: Path, content: bytes) -> None:
    """Replace a file that the user chose in a dialog. Blocks. Raise `OSError`; an existing file is unchanged then."""
    replace_exported_file(path, content)


def dialog_folder(
    remembered: str, location: QStandardPaths.StandardLocation = QStandardPaths.StandardLocation.DocumentsLocation
) -> Path:
    """Return the folder in which a file dialog starts: the remembered one, that of the system for `location`, or the home folder.

    Qt takes the last part of a folder that does not exist for the name of a file.
    """
    candidates = (remembered, QStandardPaths.writableLocation(location))
    return next((Path(folder) for folder in candidates if folder and _is_folder(folder)), Path.home())


def _is_folder(path: str) -> bool:
    try:
        return Path(path).is_dir()
    except OSError:  # a disk or network drive that was disconnected
        return False
