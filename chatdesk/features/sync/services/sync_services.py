"""Creation of the synchronisation service."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from chatdesk.features.chat.services.chat_services import ChatServices
from chatdesk.features.conversations.services.conversation_services import ConversationServices
from chatdesk.features.presets.services.presets import Presets
from chatdesk.features.sync.domain.stamps import to_milliseconds
from chatdesk.features.sync.services.bundle_reader import BundleReader, ReadBundle
from chatdesk.features.sync.services.bundle_writer import BundleWriter
from chatdesk.features.sync.services.live_chats import LiveChats
from chatdesk.features.sync.services.shared_presets import SharedPresets
from chatdesk.features.sync.services.sync import Sync
from chatdesk.features.sync.services.sync_settings import SyncSettingsFile
from chatdesk.features.sync.services.sync_status import SyncState
from chatdesk.kernel.remote_folder import MakeFolder
from chatdesk.storage.database.database import Database
from chatdesk.storage.files.attachment_files import AttachmentFiles
from chatdesk.storage.files.json_file import JsonFile
from chatdesk.system.folder_secrets import FolderSecrets


def make_sync(
    settings: Path,
    temporary: Path,
    database: Database,
    files: AttachmentFiles,
    chat: ChatServices,
    conversations: ConversationServices,
    presets: Presets,
    secrets: FolderSecrets,
    make_folder: MakeFolder,
    read_bundle: ReadBundle,
    now: Callable[[], datetime],
) -> Sync:
    """Return the service. `settings` is its file, `temporary` a folder for files that exist for a moment, which the next start removes."""

    def clock() -> int:
        return to_milliseconds(now())

    live = LiveChats(database, conversations.conversations, chat.chat, conversations.folders, conversations.trash)
    state = SyncState(SyncSettingsFile(JsonFile(settings)))
    shared_presets = SharedPresets(database, presets, clock)
    writer = BundleWriter(database, files, state, chat.servers.find, clock)
    reader = BundleReader(database, files, live, shared_presets, state, read_bundle, now, clock, temporary)
    return Sync(database, state, writer, reader, shared_presets, secrets, make_folder, now, temporary)
