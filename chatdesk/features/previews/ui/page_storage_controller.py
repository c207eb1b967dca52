"""Controller for the data that pages in the panel keep for their next run. The user is asked once a page has stored something.

All versions of an artifact share the data. Data from a page is foreign text (`kernel/chat/stored_items.py`) and is used only for the
storage of the same artifact.
"""

import asyncio
from collections.abc import Sequence
from dataclasses import field, replace

from PySide6.QtCore import QObject

from chatdesk.features.previews.services.page_storage import PageStorage
from chatdesk.features.previews.ui.open_tabs import PreviewTab
from chatdesk.features.previews.ui.panel.preview_host import PageMemory
from chatdesk.features.previews.ui.panel.preview_panel import PreviewPanel
from chatdesk.features.previews.ui.runnable_code import Runnable
from chatdesk.kernel.chat.stored_items import StoredItems
from chatdesk.kernel.errors.storage_errors import StorageError
from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.ui_kit.tasks import Tasks


@dataclass(slots=True)
class _StoredPage:
    chat: str
    keys: tuple[str, ...]
    """The keys of all versions, as "message ID/artifact identity"."""
    items: StoredItems = ()
    allowed: bool = False
    declined: bool = False
    """Whether the user declined, until the program closes."""
    stored: StoredItems = field(default=())
    """What the running page has stored, whether it is kept or not."""
    has_failed: bool = False
    """Whether saving failed: the error is shown only once."""


class PageStorageController(QObject):
    """Handles the storage events of the panel passed to `attach_panel`."""

    def __init__(self, page_storage: PageStorage, tasks: Tasks, parent: QObject) -> None:
        super().__init__(parent)
        self._page_storage = page_storage
        self._tasks = tasks
        self._panel: PreviewPanel | None = None
        self._pages: dict[str, _StoredPage] = {}
        self._by_key: dict[str, _StoredPage] = {}
        """By the keys of versions that have run."""
        self._saving: set[asyncio.Task[None]] = set()

    def attach_panel(self, panel: PreviewPanel) -> None:
        """Connect to the storage events of the panel and to the user's answers."""
        self._panel = panel
        panel.preview_hosts.stored.connect(self._on_stored)
        panel.preview_hosts.storage_consent_given.connect(self._on_consent)

    async def page_memory(self, tab: PreviewTab) -> PageMemory:
        """Return the stored data for the shown version, after asking the running page for its latest data."""
        await self._flush_running_page()
        keys = tuple(dict.fromkeys(f"{each.message_id}/{each.artifact.identity}" for each in _versions(tab)))
        page = next((self._pages[key] for key in keys if key in self._pages), None)
        if page is None:
            stored = await self._page_storage.find(keys)
            page = _StoredPage(tab.chat, keys, stored or (), stored is not None)
        page.keys = tuple(dict.fromkeys((*page.keys, *keys)))
        self._pages |= dict.fromkeys(page.keys, page)
        self._by_key[tab.shown.key] = page
        page.stored = page.items
        return PageMemory(tab.shown.key, page.items, page.allowed)

    async def finish(self) -> None:
        """Save the latest data of the running page before the program closes."""
        await self._flush_running_page()
        await asyncio.gather(*self._saving, return_exceptions=True)

    def forget(self) -> None:
        """Delete the data of the page in front and keep no more of it. The running page is not interrupted."""
        area = self._panel.host_area if self._panel else None
        page = self._by_key.get(area.memory.key) if area else None
        if area is None or page is None:
            return
        page.allowed, page.declined, page.items = False, True, ()
        area.memory = replace(area.memory, items=(), is_persistent=False)
        self._tasks.start(self._page_storage.forget(page.keys), "forget what a page kept")

    async def _flush_running_page(self) -> None:
        if self._panel:
            answered = asyncio.get_running_loop().create_future()
            self._panel.host_area.request_stored_items(lambda: None if answered.done() else answered.set_result(None))
            await answered

    def _on_stored(self, key: str, items: StoredItems) -> None:
        page = self._by_key.get(key)
        area = self._panel.preview_hosts.area_with_memory(key) if self._panel else None
        if page is None:
            return
        page.stored = items
        if page.allowed:
            self._store(page, key)
        elif items and area and not page.declined:
            area.ask_storage_consent()

    def _on_consent(self, key: str, yes: bool) -> None:
        page = self._by_key.get(key)
        if page is None:
            return
        page.allowed, page.declined = yes, not yes
        if yes:
            self._store(page, key)

    def _store(self, page: _StoredPage, key: str) -> None:
        """Save what a page has stored; its next run in this panel starts with that."""
        page.items = page.stored
        if area := self._panel.preview_hosts.area_with_memory(key) if self._panel else None:
            area.memory = replace(area.memory, items=page.items, is_persistent=True)
        if not page.has_failed:
            task = self._tasks.start(self._save(page), "keep what a page stored")
            self._saving.add(task)
            task.add_done_callback(self._saving.discard)

    async def _save(self, page: _StoredPage) -> None:
        try:
            await self._page_storage.save(page.chat, page.keys, page.items)
        except StorageError:
            page.has_failed = True
            raise


def _versions(tab: PreviewTab) -> Sequence[Runnable]:
    return (*tab.versions, tab.shown)
