"""Services that previews use, and their creation."""

from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from datetime import datetime
from pathlib import Path

from chatdesk.features.chat.services.chat import Chat
from chatdesk.features.previews.services.diagram_cache import DiagramCache
from chatdesk.features.previews.services.edited_version_repository import EditedVersions
from chatdesk.features.previews.services.page_storage import PageStorage
from chatdesk.features.previews.services.temporary_pages import TemporaryPages
from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.kernel.settings.store import Settings
from chatdesk.storage.database.database import Database

_PAGES_NAME = "handed out"
"""Subfolder of the cache folder for pages that are opened in the system browser."""

_DIAGRAMS_NAME = "diagrams"
"""Subfolder of the cache folder for pictures of diagrams."""


@dataclass(frozen=True, slots=True)
class PreviewServices:
    """The services that the user interface of previews uses."""

    settings: Settings
    window_state: Settings
    chat: Chat
    edited_versions: EditedVersions
    temporary_pages: TemporaryPages
    diagrams: DiagramCache
    page_storage: PageStorage


@asynccontextmanager
async def open_preview_services(
    settings: Settings, window_state: Settings, chat: Chat, database: Database, cache: Path, now: Callable[[], datetime]
) -> AsyncGenerator[PreviewServices, None]:
    """Create the services, and close them on exit. `cache` is the folder for files that can be recreated."""
    temporary_pages = TemporaryPages(cache / _PAGES_NAME)
    try:
        yield PreviewServices(
            settings,
            window_state,
            chat,
            EditedVersions(database),
            temporary_pages,
            DiagramCache(cache / _DIAGRAMS_NAME),
            PageStorage(database, now),
        )
    finally:
        await temporary_pages.forget()
