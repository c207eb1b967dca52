"""Services that previews use, and their creation."""

from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from chatdesk.features.chat.services.chat import Chat
from chatdesk.features.previews.services.edited_version_repository import EditedVersions
from chatdesk.features.previews.services.page_storage import PageStorage
from chatdesk.features.previews.services.temporary_pages import TemporaryPages
from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.kernel.lazy import Lazy
from chatdesk.kernel.settings.store import Settings
from chatdesk.storage.database.database import Database

if TYPE_CHECKING:
    from chatdesk.features.previews.services.diagram_cache import DiagramCache

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
    diagrams: "Lazy[DiagramCache]"
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
            Lazy(partial(_make_diagram_cache, cache / _DIAGRAMS_NAME)),
            PageStorage(database, now),
        )
    finally:
        await temporary_pages.forget()


def _make_diagram_cache(folder: Path) -> "DiagramCache":
    from chatdesk.features.previews.services.diagram_cache import DiagramCache  # noqa: PLC0415 - start-up time

    return DiagramCache(folder)
