"""Opening of files that are passed to the program at the start or later.

They are exported chats, GGUF models, presets of all known formats, and documents and pictures to ask about, as their content shows. Each is
handled as if it had been opened within the program: nothing is stored without the user's consent, except the path of a model, and the
attachments of a question that is not sent yet.
"""

from collections.abc import Collection, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from chatdesk.app.program import Program
from chatdesk.app.shell.opened_files import FileKind, kinds_of
from chatdesk.features.conversations.ui.sidebar.sidebar import Sidebar
from chatdesk.features.models.ui.page.models_page_controller import ModelsPageController
from chatdesk.features.presets.ui.importing.preset_share_presenter import PresetSharePresenter
from chatdesk.kernel.lazy import Lazy
from chatdesk.ui_kit.feature import WindowContext
from chatdesk.ui_kit.widgets.toast_host import ToastHost

if TYPE_CHECKING:
    from chatdesk.features.conversations.ui.importing.import_presenter import ImportPresenter

_WITH_CHATS = frozenset({FileKind.BACKUP, FileKind.FOREIGN, FileKind.FOLDER})
_WITH_PRESETS = frozenset({FileKind.FOREIGN, FileKind.PICTURE})
"""Kinds that only the content of the whole file reveals."""


class FileOpening(QObject):
    """Opens files, and imports chats. `presets` imports presets, `models` adds models; `sidebar` shows the progress of an import."""

    chat_requested = Signal(str)
    """Show an imported chat."""
    attachments_ready = Signal(tuple)
    """The paths of documents and pictures to ask about."""

    def __init__(
        self,
        program: Program,
        context: WindowContext,
        presets: PresetSharePresenter,
        models: ModelsPageController,
        sidebar: Sidebar,
        toasts: ToastHost,
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._context = context
        self._sidebar = sidebar
        self._toasts = toasts
        self._program = program
        self._presets = presets
        self._models = models
        self._tasks = context.tasks
        self._importing = Lazy(self._make_importing)

    def open(self, paths: Sequence[Path], *, for_library: bool = False) -> None:
        """Determine the type of each file, and open it accordingly.

        `for_library`, what contains no chats and is no model is imported as presets, even if it could be a document.
        """
        self._tasks.start(self._open(tuple(paths), for_library=for_library), "look at files to open")

    def import_chats(self, paths: Sequence[Path] = ()) -> None:
        """Show what can be imported: in files and folders, or on this computer. If an import is running, show its progress."""
        self._importing.get().open(paths)

    async def find_chats(self, paths: Sequence[Path]) -> Collection[Path]:
        """Return the files and folders with chats of another program."""
        return await self._program.conversations.imports.get().with_chats(paths) if paths else ()

    def _make_importing(self) -> "ImportPresenter":
        from chatdesk.features.conversations.ui.importing.import_presenter import (  # noqa: PLC0415 - many files are no chats
            ImportPresenter,
            ImportServices,
        )

        program, context = self._program, self._context
        services = ImportServices(
            program.conversations.imports.get(),
            program.conversations.folders,
            program.presets.sharing.get(),
            program.conversations.glossaries.get(),
            program.servers.servers,
            program.settings,
            self._presets.import_files,
        )
        importing = ImportPresenter(
            context.appearance, services, self._sidebar, context.files, self._toasts, self._tasks, self
        )
        importing.chat_requested.connect(self.chat_requested)
        return importing

    async def _open(self, paths: Sequence[Path], *, for_library: bool) -> None:
        kinds = await kinds_of(paths)
        for path in paths:
            if kinds[path] is FileKind.MODEL:
                self._models.open_file(path)
        others = [path for path in paths if kinds[path] is not FileKind.MODEL]
        with_presets = self._program.presets.sharing.get().with_presets
        presets = {path for path in others if kinds[path] is FileKind.PRESETS}
        presets |= await with_presets([path for path in others if kinds[path] in _WITH_PRESETS])
        # A file with both is imported as what the user is looking at; the import of chats offers the presets as well.
        unknown = [path for path in others if kinds[path] in _WITH_CHATS and not (for_library and path in presets)]
        chats = set(await self.find_chats(unknown)) | {path for path in others if kinds[path] is FileKind.CHAT}
        presets -= chats
        if for_library:
            presets |= set(others) - chats
        else:
            presets |= {path for path in others if kinds[path] is FileKind.BACKUP} - chats
        if presets:
            self._presets.import_files(path for path in others if path in presets)
        if attachments := tuple(path for path in others if path not in presets and path not in chats):
            self.attachments_ready.emit(attachments)
        if chats:
            self.import_chats(tuple(path for path in others if path in chats))
