"""Asks which files of a dropped folder or archive are attached."""

import asyncio
from collections import deque
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from chatdesk.features.attachments.services.attachments import Attachments
from chatdesk.features.chat.ui.composer.sources.source_tree import SourceTree
from chatdesk.features.chat.ui.composer.sources.sources_sheet import SourcesSheet
from chatdesk.kernel.errors.base import ChatdeskError
from chatdesk.ui_kit.errors.error_texts import describe_error
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.tasks import Tasks


class SourceChoice(QObject):
    """Opens a sheet for each folder and archive, one after the other. One for each composer; `view` is in its window."""

    chosen = Signal(object, list)
    """Carries the path of the folder or archive, and the paths in it of the files that become one document."""
    documents_chosen = Signal(list)
    """Carries the paths of files that are attached on their own."""

    def __init__(self, appearance: Appearance, attachments: Attachments, tasks: Tasks, view: QWidget) -> None:
        super().__init__(view)
        self._appearance = appearance
        self._attachments = attachments
        self._tasks = tasks
        self._view = view
        self._waiting: deque[tuple[Path, int | None]] = deque()
        self._sheet: SourcesSheet | None = None

    def offer(self, path: Path, free_tokens: int | None) -> None:
        """Let the user choose. `free_tokens` is the number of tokens that the model can read, if that is known."""
        self._waiting.append((path, free_tokens))
        if self._sheet is None:
            self._open_next()

    def _open_next(self) -> None:
        self._sheet = None
        if not self._waiting:
            return
        path, free_tokens = self._waiting.popleft()
        sheet = self._sheet = SourcesSheet(self._appearance, self._view.window(), path.name or str(path), free_tokens)
        listing = self._tasks.start(self._list(path, sheet), "list files")
        sheet.dismissed.connect(listing.cancel)
        sheet.attach_requested.connect(lambda texts, documents: self._choose(path, texts, documents))
        sheet.closed.connect(self._open_next)
        sheet.open()

    async def _list(self, path: Path, sheet: SourcesSheet) -> None:
        try:
            listed = await self._attachments.documents.list_sources(path)
            tree = await asyncio.to_thread(SourceTree, path.name, listed.files)
        except ChatdeskError as error:
            sheet.show_failure(describe_error(error).sentence)
        else:
            sheet.show_files(listed, tree)

    def _choose(self, path: Path, texts: list[str], documents: list[str]) -> None:
        if texts:
            self.chosen.emit(path, texts)
        if documents:
            self.documents_chosen.emit([path / each for each in documents])
