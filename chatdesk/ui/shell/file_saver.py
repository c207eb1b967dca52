"""Asks where a text is to be saved and has it saved there, without anything waiting for either."""

from pathlib import Path

from PySide6.QtCore import QObject, QStandardPaths, Qt, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from chatdesk.domain.settings import SAVE_FOLDER
from chatdesk.services.exports import save_text
from chatdesk.services.settings import Settings
from chatdesk.ui.tasks import Tasks


class FileSaver(QObject):
    """`window` is what the question stands over. What goes wrong is told by `tasks`."""

    saved = Signal(str, str)
    """The name of the file and its folder."""

    def __init__(self, settings: Settings, tasks: Tasks, window: QWidget) -> None:
        super().__init__(window)
        self._settings = settings
        self._tasks = tasks
        self._window = window

    def ask(self, name: str, text: str) -> None:
        """Ask for a file, with a name to begin with, and save the text there. Returns at once."""
        dialog = QFileDialog(self._window, self.tr("Save as"), str(self._folder() / name))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(lambda chosen: self._tasks.start(self._save(Path(chosen), text), "save a file"))
        dialog.open()

    def _folder(self) -> Path:
        """Return where one saved last, or where one finds what one saved."""
        last = self._settings.get(SAVE_FOLDER)
        if last and Path(last).is_dir():
            return Path(last)
        return Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DownloadLocation))

    async def _save(self, path: Path, text: str) -> None:
        await save_text(path, text)
        self._settings.set(SAVE_FOLDER, str(path.parent))
        self.saved.emit(path.name, str(path.parent))
