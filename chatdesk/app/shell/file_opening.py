"""Opening of files that the program is given at the start or later.

They are exported chats, GGUF models, presets of all known formats, and documents and pictures to ask about, as their content tells. Each is
handled as if it had been opened within the program: nothing is stored without the user's consent, except the path of a model, and the
attachments of a question that is not sent yet.
"""

import asyncio
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from chatdesk.app.program import Program
from chatdesk.app.shell.opened_files import FileKind, kinds_of
from chatdesk.features.conversations.services.files.chat_import import OfferedChat
from chatdesk.features.conversations.ui.importing.chat_import_sheet import ChatImportSheet
from chatdesk.features.models.ui.page.models_page_controller import ModelsPageController
from chatdesk.features.presets.ui.importing.import_texts import refusal_text
from chatdesk.features.presets.ui.importing.preset_share_presenter import PresetSharePresenter
from chatdesk.kernel.chat.conversation import Conversation
from chatdesk.kernel.errors.base import ChatdeskError
from chatdesk.kernel.presets.preset_import import ImportRefused
from chatdesk.ui_kit.errors.error_texts import describe_error, in_one_piece
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.tasks import Tasks


class FileOpening(QObject):
    """Opens files. `presets` imports presets, `models` adds models. Chats are confirmed one after the other."""

    chat_added = Signal(str)
    """The ID of an imported chat."""
    attachments_given = Signal(tuple)
    """The paths of documents and pictures to ask about."""
    undo_offered = Signal(str, object)
    """A text that describes what was done, and the function that undoes it."""

    def __init__(
        self,
        appearance: Appearance,
        program: Program,
        presets: PresetSharePresenter,
        models: ModelsPageController,
        tasks: Tasks,
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._appearance = appearance
        self._program = program
        self._presets = presets
        self._models = models
        self._tasks = tasks
        self._window = window
        self._chats: list[Path] = []
        self._sheet: ChatImportSheet | None = None
        self._work: asyncio.Task[object] | None = None

    def open(self, paths: Sequence[Path], *, for_library: bool = False) -> None:
        """Determine the type of each file, and open it accordingly.

        `for_library`, what is neither a chat nor a model is imported as presets, even if it could be a document.
        """
        self._tasks.start(self._open(tuple(paths), for_library=for_library), "look at files to open")

    async def _open(self, paths: Sequence[Path], *, for_library: bool) -> None:
        kinds = await kinds_of(paths)
        of_kind = {kind: [path for path in paths if kinds[path] is kind] for kind in FileKind}
        for path in of_kind[FileKind.MODEL]:
            self._models.open_file(path)
        others = [path for path in paths if kinds[path] not in {FileKind.MODEL, FileKind.CHAT}]
        presets = set(others) if for_library else set(of_kind[FileKind.PRESETS])
        if not for_library:
            presets |= await self._program.presets.sharing.with_presets(of_kind[FileKind.PERHAPS_PRESETS])
        if presets:
            self._presets.import_files(path for path in others if path in presets)
        if attachments := tuple(path for path in others if path not in presets):
            self.attachments_given.emit(attachments)
        self._chats += of_kind[FileKind.CHAT]
        self._next_chat()

    def _next_chat(self) -> None:
        if not self._chats or self._sheet is not None:
            return
        path = self._chats.pop(0)
        sheet = self._sheet = ChatImportSheet(self._appearance, self._window)
        sheet.closed.connect(self._end)
        sheet.open()
        self._work = self._tasks.start(self._read(sheet, path), "read a chat")

    async def _read(self, sheet: ChatImportSheet, path: Path) -> None:
        try:
            chat = await self._program.conversations.make_import().read(path)
        except ImportRefused as error:
            sheet.show_failure(refusal_text(error))
            return
        sheet.add_requested.connect(lambda: self._add(sheet, chat))
        sheet.show_chat(chat)

    def _add(self, sheet: ChatImportSheet, chat: OfferedChat) -> None:
        self._work = self._tasks.start(self._keep(sheet, chat), "add a chat")

    async def _keep(self, sheet: ChatImportSheet, chat: OfferedChat) -> None:
        try:
            added = await self._program.conversations.make_import().add(chat)
        except ChatdeskError as error:
            sheet.show_failure(in_one_piece(describe_error(error)))
            return
        self._work = None
        sheet.leave()
        self.chat_added.emit(added.id)
        self.undo_offered.emit(self.tr("Chat added"), lambda: self._undo(added))

    def _undo(self, added: Conversation) -> None:
        if self._program.chat.conversations.find(added.id):
            self._tasks.start(self._program.conversations.trash.take_chats((added.id,)), "take back a chat")

    def _end(self) -> None:
        """Cancel the work in progress, because the sheet was closed, and continue with the next chat."""
        self._sheet = None
        if self._work is not None:
            self._work.cancel()
            self._work = None
        self._next_chat()
