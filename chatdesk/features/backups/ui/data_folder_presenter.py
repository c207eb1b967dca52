"""Moving the data folder, and the diagnostics: what their buttons on the settings page do."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog, QMenu, QWidget

from chatdesk.features.backups.services.backup_services import BackupServices
from chatdesk.features.backups.services.data_folder import DataFolder, MovePlan
from chatdesk.features.backups.ui.diagnostics_sheet import DiagnosticsSheet
from chatdesk.features.backups.ui.move_sheet import MoveSheet
from chatdesk.kernel.errors.backup_errors import LocationUnusable
from chatdesk.kernel.errors.storage_errors import StorageError
from chatdesk.kernel.recovery import ClosedWork
from chatdesk.ui_kit.errors.error_texts import describe_error, sentence_and_consequence
from chatdesk.ui_kit.feature import WindowContext
from chatdesk.ui_kit.text.system_details import system_details


class DataFolderPresenter(QObject):
    """One per settings page. `reopen` closes the window for some work."""

    def __init__(
        self,
        window: WindowContext,
        services: BackupServices,
        reopen: Callable[[ClosedWork], object],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._window = window
        self._services = services
        self._reopen = reopen

    @property
    def _folder(self) -> DataFolder:
        return self._services.data_folder.get()

    @property
    def can_move(self) -> bool:
        """Whether the data folder can move."""
        return self._folder.can_move

    def choose(self, button: QWidget) -> None:
        """Ask for the new folder, with a menu below the button if the usual folder is another one."""
        if self._folder.is_usual:
            self._ask_for_folder()
            return
        menu = QMenu(button)
        menu.setObjectName("dataFolderMenu")
        menu.aboutToHide.connect(menu.deleteLater)
        menu.addAction(self.tr("Choose a folder…")).triggered.connect(self._ask_for_folder)
        menu.addAction(self.tr("Move back to the usual folder")).triggered.connect(
            lambda _checked=False: self._plan(self._folder.usual)
        )
        menu.popup(button.mapToGlobal(button.rect().bottomLeft()))

    def _ask_for_folder(self) -> None:
        dialog = QFileDialog(self._window.files.window, self.tr("Folder for all data"), str(Path.home()))
        dialog.setObjectName("dataFolderDialog")
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.fileSelected.connect(lambda path: self._plan(Path(path)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _plan(self, chosen: Path) -> None:
        self._window.tasks.start(self._look_and_ask(chosen), "plan the move of the data")

    async def _look_and_ask(self, chosen: Path) -> None:
        plan: MovePlan | None = None
        problem = ""
        try:
            plan = await self._folder.plan(chosen)
        except StorageError as error:
            reason = error.reason if isinstance(error, LocationUnusable) else ""
            problem = self._unusable(reason) if reason else sentence_and_consequence(describe_error(error))
        sheet = MoveSheet(self._window.appearance, self._window.files.window, plan, problem)
        if plan:
            work = self._folder.work(plan)
            sheet.confirmed.connect(lambda: self._reopen(work))
        sheet.other_requested.connect(self._ask_for_folder)
        sheet.open()

    def _unusable(self, reason: str) -> str:
        texts = {
            "one folder is inside the other": self.tr("One folder is inside the other."),
            "it is not empty": self.tr("There is a folder named Chatdesk with files in it. Choose an empty folder."),
            "nothing can be written in it": self.tr("Nothing can be written in this folder."),
        }
        return texts.get(reason) or self.tr("This folder cannot be used ({reason}).").format(reason=reason)

    def show_diagnostics(self) -> None:
        """Show the diagnostics."""
        self._window.tasks.start(self._show_diagnostics(), "describe the installation")

    async def _show_diagnostics(self) -> None:
        lines = await self._services.diagnostics.get().describe()
        text = "\n".join((*system_details(), *lines)) + "\n"
        window = self._window
        DiagnosticsSheet(window.appearance, window.files.window, text, window.files.ask).open()
