"""Creation of the synchronisation service."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from chatdesk.features.chat.services.chat_services import ChatServices
from chatdesk.features.conversations.services.conversation_services import ConversationServices
from chatdesk.features.presets.services.presets import Presets
from chatdesk.features.sync.services.live_chats import LiveChats
from chatdesk.features.sync.services.shared_presets import SharedPresets
from chatdesk.features.sync.services.sync import ReadBundle, Sync
from chatdesk.features.sync.services.sync_keys import SyncKeys
from chatdesk.features.sync.services.sync_settings import SyncSettingsFile
from chatdesk.storage.database.database import Database
from chatdesk.storage.files.attachment_files import AttachmentFiles
from chatdesk.storage.files.json_file import JsonFile
from chatdesk.storage.files.local_folder import LocalFolder

FOLDER_NAME = "Chatdesk Sync"
"""The folder that is made in the one that the user chooses."""


def make_sync(
    settings: Path,
    temporary: Path,
    database: Database,
    files: AttachmentFiles,
    chat: ChatServices,
    conversations: ConversationServices,
    presets: Presets,
    keys: SyncKeys,
    read_bundle: ReadBundle,
    now: Callable[[], datetime],
) -> Sync:
    """Return the service. `settings` is its file, `temporary` a folder for files that exist for a moment."""
    live = LiveChats(database, conversations.conversations, chat.chat, conversations.folders, conversations.trash)
    return Sync(
        database,
        SyncSettingsFile(JsonFile(settings)),
        files,
        live,
        SharedPresets(database, presets, lambda: round(now().timestamp() * 1000)),
        keys,
        lambda folder: LocalFolder(_shared(folder)),
        read_bundle,
        chat.servers.find,
        now,
        temporary,
    )


def _shared(name: str) -> Path:
    """Return the shared folder in the one that was chosen, or that one if it is a shared folder itself."""
    chosen = Path.home() / Path(name).expanduser()
    return chosen if chosen.name == FOLDER_NAME else chosen / FOLDER_NAME
