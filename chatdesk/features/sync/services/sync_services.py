"""Creation of the synchronisation service."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from chatdesk.kernel.errors.base import ChatdeskError
from chatdesk.kernel.lazy import Lazy

if TYPE_CHECKING:
    from chatdesk.features.chat.services.chat_services import ChatServices
    from chatdesk.features.conversations.services.conversation_services import ConversationServices
    from chatdesk.features.sync.services.sync import ReadBundle, Sync
    from chatdesk.features.sync.services.sync_keys import SyncKeys
    from chatdesk.storage.database.database import Database
    from chatdesk.storage.files.attachment_files import AttachmentFiles

SETTINGS_NAME = "sync.json"
"""In the data folder."""
FOLDER_NAME = "Chatdesk Sync"
"""The folder that is made in the one that the user chooses."""
_DELAY = 10.0
"""Seconds after the start: by then the first answers do not have to wait for the disk."""

_log = logging.getLogger(__name__)


def make_sync(
    data: Path,
    temporary: Path,
    database: "Database",
    files: "AttachmentFiles",
    chat: "ChatServices",
    conversations: "ConversationServices",
    keys: "SyncKeys",
    read_bundle: "ReadBundle",
    now: Callable[[], datetime],
) -> "Sync":
    """Return the service. `data` is the data folder, `temporary` one for files that exist for a moment."""
    from chatdesk.features.sync.services.live_chats import LiveChats  # noqa: PLC0415 - not needed at start
    from chatdesk.features.sync.services.sync import Sync  # noqa: PLC0415 - likewise
    from chatdesk.features.sync.services.sync_settings import SyncSettingsFile  # noqa: PLC0415 - likewise
    from chatdesk.storage.files.json_file import JsonFile  # noqa: PLC0415 - likewise
    from chatdesk.storage.files.local_folder import LocalFolder  # noqa: PLC0415 - likewise

    live = LiveChats(database, conversations.conversations, chat.chat, conversations.folders, conversations.trash)
    return Sync(
        database,
        SyncSettingsFile(JsonFile(data / SETTINGS_NAME)),
        files,
        live,
        keys,
        lambda folder: LocalFolder(_shared(Path(folder))),
        read_bundle,
        chat.servers.find,
        now,
        temporary,
    )


def _shared(chosen: Path) -> Path:
    """Return the shared folder in the one that was chosen; that itself if it was chosen inside."""
    return chosen if chosen.name == FOLDER_NAME else chosen / FOLDER_NAME


async def begin_when_used(
    data: Path, sync: "Lazy[Sync]", sleep: Callable[[float], Awaitable[None]] = asyncio.sleep
) -> None:
    """Start synchronisation some seconds after the program, if it was ever switched on."""
    await sleep(_DELAY)
    if await asyncio.to_thread((data / SETTINGS_NAME).exists):
        try:
            await sync.get().start()
        except ChatdeskError as error:
            _log.info("Synchronisation could not start: %s", type(error).__name__)
