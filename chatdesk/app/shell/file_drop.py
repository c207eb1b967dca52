"""Files dragged over the window: one target for everything, wherever the pointer is."""

import asyncio
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QMimeData, QObject, Qt
from PySide6.QtGui import QDragEnterEvent, QKeyEvent
from PySide6.QtWidgets import QWidget

from chatdesk.features.chat.services.chat_services import ChatServices
from chatdesk.features.chat.ui.chat_page import ChatPage
from chatdesk.features.chat.ui.chat_pane import ChatPane
from chatdesk.features.chat.ui.composer.offered_files import OfferedFiles, offered_files, offers_files
from chatdesk.features.conversations.ui.chat_navigation import ChatNavigation
from chatdesk.features.conversations.ui.sidebar.sidebar import Sidebar
from chatdesk.kernel.lazy import Lazy
from chatdesk.ui_kit.tasks import Tasks

if TYPE_CHECKING:
    from chatdesk.app.shell.file_opening import FileOpening
    from chatdesk.features.chat.ui.composer.drop_overlay import Destination, DropOverlay
    from chatdesk.features.chat.ui.composer.dropped_files import DroppedFile


class FileDrop(QObject):
    """Shows an overlay over `area` while files are dragged over the window, if the chat is visible there.

    Other pages have targets of their own.

    The overlay is shown as soon as the drag enters the native window, and is therefore the widget that the drag enters.
    """

    def __init__(
        self,
        pane: ChatPane[ChatPage],
        services: ChatServices,
        area: QWidget,
        sidebar: Sidebar,
        navigation: ChatNavigation,
        opening: "Lazy[FileOpening]",
        tasks: Tasks,
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._page = pane.page
        self._models = pane.models
        self._services = services
        self._area = area
        self._sidebar = sidebar
        self._navigation = navigation
        self._opening = opening
        self._tasks = tasks
        self._window = window
        self._overlay = Lazy(self._make_overlay)

    def watch(self) -> None:
        """Watch the native window, which exists once the window is shown."""
        handle = self._window.windowHandle()
        if handle is not None:
            handle.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Show the overlay when files are dragged into the window; hide it with Esc."""
        if isinstance(event, QDragEnterEvent):
            if self._page.isVisible() and offers_files(event.mimeData()) and not self._has_sheet():
                self._begin(event.mimeData())
        elif isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape:
            overlay = self._overlay.created
            if overlay and overlay.isVisible():
                overlay.hide()
                return True
        return False

    def _has_sheet(self) -> bool:
        """Return whether a sheet covers the chat."""
        from chatdesk.ui_kit.widgets.sheet import Sheet  # noqa: PLC0415 - start-up time

        return any(sheet.isVisible() for sheet in self._window.findChildren(Sheet))

    def _begin(self, data: QMimeData) -> None:
        from chatdesk.features.chat.ui.composer.dropped_files import by_name  # noqa: PLC0415 - start-up time

        files = tuple(by_name(Path(url.toLocalFile())) for url in data.urls())
        self._overlay.get().begin(files, self._destination(), offers_new_chat=not self._page.shows_start)
        self._tasks.start(self._show_sizes(files), "sizes of dragged files")

    async def _show_sizes(self, files: "tuple[DroppedFile, ...]") -> None:
        from chatdesk.features.chat.ui.composer.dropped_files import with_sizes  # noqa: PLC0415 - start-up time

        known = await asyncio.to_thread(with_sizes, files)
        if self._overlay.get().files == files:
            self._overlay.get().show_files(known)

    def _destination(self) -> "Destination":
        from chatdesk.features.chat.ui.composer.drop_overlay import Destination  # noqa: PLC0415 - start-up time

        model = self._models.chosen
        if model is None or self._services.servers.find(model.ref.server_id) is None:
            return Destination()
        return Destination(model.name, self._models.server_away, is_blind=model.can_see is False)

    def _make_overlay(self) -> "DropOverlay":
        from chatdesk.features.chat.ui.composer.drop_overlay import DropOverlay  # noqa: PLC0415 - start-up time

        overlay = DropOverlay(self._page.appearance, self._area, self._sidebar.new_chat_button, self._window)
        overlay.dropped.connect(self._handle_drop)
        return overlay

    def _handle_drop(self, data: QMimeData, is_for_new_chat: bool) -> None:
        from chatdesk.features.chat.ui.composer.dropped_files import Use, by_name  # noqa: PLC0415 - start-up time

        offered = offered_files(data)
        if offered is None:
            return
        opened = [path for path in offered.files if by_name(path).use is Use.OPENED]
        attached = tuple(path for path in offered.files if path not in opened)
        if opened:
            self._opening.get().open(opened)
        if any(map(_may_have_chats, attached)):
            self._tasks.start(self._attach_or_import(attached, is_for_new_chat), "look for chats in dropped files")
        elif attached or not offered.files:
            self._attach_dropped(OfferedFiles(attached, offered.data, offered.image), is_for_new_chat)

    async def _attach_or_import(self, files: Sequence[Path], is_for_new_chat: bool) -> None:
        """Offer to import the files with chats of another program, and attach the others."""
        chats = await self._opening.get().find_chats([path for path in files if _may_have_chats(path)])
        if others := tuple(path for path in files if path not in chats):
            self._attach_dropped(OfferedFiles(others), is_for_new_chat)
        if chats:
            self._opening.get().import_chats([path for path in files if path in chats])

    def _attach_dropped(self, offered: OfferedFiles, is_for_new_chat: bool) -> None:
        if is_for_new_chat:
            self._navigation.new_chat()
        self._attach(offered)

    def attach_to_new_chat(self, files: Sequence[Path]) -> None:
        """Attach files to the question of a new chat, and show it."""
        self._navigation.show_chats()
        if not self._page.shows_start:
            self._navigation.new_chat()
        self._attach(OfferedFiles(tuple(files)))

    def _attach(self, offered: OfferedFiles) -> None:
        self._page.composer.files_offered.emit(offered)
        self._page.composer.focus()


_CHAT_ENDINGS = frozenset({".zip", ".json", ".jsonl", ".db", ".bak", ""})


def _may_have_chats(path: Path) -> bool:
    """Return whether the name is that of an export of chats, or of a folder. The content decides."""
    return path.suffix.lower() in _CHAT_ENDINGS
