"""Creates the services of the program, feature by feature, and closes them in the reverse order.

`core.py` has what the command line needs (no database); `open_program` adds what the window needs.
"""

import asyncio
import logging
from collections.abc import AsyncGenerator, Awaitable, Callable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from chatdesk.app.core import PRESETS_NAME, Core, open_core, utc_now
from chatdesk.app.program import Program
from chatdesk.features.attachments.services.attachments import Attachments
from chatdesk.features.backups.services.backup_services import open_backup_services
from chatdesk.features.chat.services.chat_services import load_chats, open_chat_services
from chatdesk.features.conversations.services.chat_folders import ChatFolders
from chatdesk.features.conversations.services.conversation_services import open_conversation_services
from chatdesk.features.presets.files.preset_folder import PresetFolder
from chatdesk.features.presets.services.preset_services import make_preset_services
from chatdesk.features.presets.services.presets import Presets
from chatdesk.features.previews.services.preview_services import open_preview_services
from chatdesk.kernel.errors.storage_errors import StorageError
from chatdesk.kernel.lazy import Lazy
from chatdesk.kernel.presets.preset import PresetOrigin
from chatdesk.kernel.redaction import Redactor
from chatdesk.kernel.settings.declarations import DATABASE_EXPECTED, DATABASE_SUSPECT, TITLES
from chatdesk.kernel.settings.store import Settings
from chatdesk.storage.database.background import Report, ignore_progress
from chatdesk.storage.database.database import Database
from chatdesk.storage.database.storage_errors import damage_behind_errors
from chatdesk.storage.files.attachment_files import AttachmentFiles
from chatdesk.storage.files.file_writing import replace_file
from chatdesk.system.folders import Folders
from chatdesk.system.resources import Resources

if TYPE_CHECKING:
    from chatdesk.features.attachments.services.documents import Documents
    from chatdesk.features.attachments.services.pictures import Pictures
    from chatdesk.features.backups.services.daily_backups import DailyBackups
    from chatdesk.features.backups.services.data_folder import DataFolder
    from chatdesk.features.backups.services.diagnostics import Diagnostics
    from chatdesk.features.backups.services.restoring import Restoring
    from chatdesk.features.batch.services.preset_batch import PresetBatch
    from chatdesk.features.chat.services.chat_services import ChatServices
    from chatdesk.features.conversations.services.conversation_services import ConversationServices
    from chatdesk.features.conversations.services.files.chat_imports import ChatReaders
    from chatdesk.features.presets.services.preset_sharing import PresetSharing
    from chatdesk.features.sync.files.bundle import Finding as BundleFinding
    from chatdesk.features.sync.services.sync import Sync
    from chatdesk.features.translation.services.translation import Translation
    from chatdesk.features.updates.services.update_check import Updates
    from chatdesk.kernel.documents.text_recognition import Tesseract
    from chatdesk.kernel.presets.preset_import import Finding
    from chatdesk.kernel.remote_folder import RemoteFolder, StorageLocation
    from chatdesk.storage.files.folder_calls import FolderCalls
    from chatdesk.storage.files.user_files import UserFiles

_log = logging.getLogger(__name__)

DATABASE_NAME = "chats.sqlite3"
"""In the data folder, like the other names."""
_ATTACHMENTS_NAME = "attachments"
_PASSAGES_NAME = "document-index.sqlite"
_NOTES_NAME = "document-notes"
_SCRATCH = "backups"
"""In the cache folder: temporary files of backups, the synchronisation, imports and documents. The next start removes what a crash left."""
_BATCH_NAME = "batch.jsonl"
_SYNC_NAME = "sync.json"
_SYNC_DELAY = 10.0
"""Seconds after the start: by then the first answers do not have to wait for the disk."""
_SYNC_RETRY = 60.0


@asynccontextmanager
async def open_program(
    folders: Folders, resources: Resources, redactor: Redactor, on_progress: Report = ignore_progress
) -> AsyncGenerator[Program, None]:
    """Open the database on top of the core. `on_progress` receives the progress of migrations.

    Raises `StorageError`; nothing was written then.
    """
    async with AsyncExitStack() as stack:
        core = await stack.enter_async_context(open_core(folders, resources, redactor))
        database = await _open_database(folders.data / DATABASE_NAME, core.settings, on_progress)
        stack.push_async_callback(database.close)
        chats = await stack.enter_async_context(
            load_chats(database, folders.data, utc_now, lambda: core.settings.get(TITLES) != "off")
        )
        chat_folders = ChatFolders(database, chats.conversations)
        with damage_behind_errors(database.path):
            await chat_folders.load()
        files = AttachmentFiles(folders.data / _ATTACHMENTS_NAME, database.backups)
        documents = Lazy(partial(_make_documents, files, folders, core), lambda made: made.close())
        attachments = Attachments(
            files, database, core.settings, lambda data, name: documents.get().prepare_picture(data, name), documents
        )
        stack.push_async_callback(attachments.close)
        own_presets = PresetFolder(folders.data / PRESETS_NAME, PresetOrigin.OWN, replace_file)
        presets = Presets(resources.resources / "presets", own_presets, database, utc_now)
        sharing = Lazy(lambda: _make_sharing(presets, core, folders.cache / _SCRATCH))
        chat = await stack.enter_async_context(
            open_chat_services(
                chats,
                database,
                core.models,
                core.servers.connections,
                attachments,
                Lazy(lambda: _make_pictures(core)),
                chat_folders.find,
                lambda: presets.language,
                utc_now,
                core.work,
                folders.cache,
            )
        )
        conversations = await stack.enter_async_context(
            open_conversation_services(
                chat,
                chat_folders,
                database,
                presets,
                lambda: _make_chat_readers(sharing, folders.cache / _SCRATCH),
                lambda: _make_user_files(folders.data),
                utc_now,
                core.work,
            )
        )
        backups = await stack.enter_async_context(
            open_backup_services(
                chat,
                conversations,
                database,
                lambda: _make_daily_backups(folders, core, database, files),
                lambda daily: _make_restoring(folders, core, database, files, conversations, daily, presets),
                lambda: _make_data_folder(folders),
                lambda: _make_diagnostics(core, database),
                lambda: _make_user_files(folders.data),
                folders.cache / _SCRATCH,
                utc_now,
            )
        )
        batch = Lazy(lambda: _make_batch(folders.data / _BATCH_NAME, core, chat), lambda made: made.stop())
        stack.push_async_callback(batch.close)
        translation = Lazy(lambda: _make_translation(folders.data, core, chat), lambda made: made.close())
        stack.push_async_callback(translation.close)
        previews = await stack.enter_async_context(
            open_preview_services(core.settings, core.window_state, chat.chat, database, folders.cache, utc_now)
        )
        sync = Lazy(
            lambda: _make_sync(folders, core, database, files, chat, conversations, presets),
            lambda made: made.close(),
        )
        stack.push_async_callback(sync.close)
        stack.callback(asyncio.get_running_loop().create_task(_begin_sync(folders.data / _SYNC_NAME, sync)).cancel)
        yield Program(
            core.settings,
            core.window_state,
            core.servers,
            core.models,
            chat,
            previews,
            make_preset_services(presets, sharing, chat),
            conversations,
            backups,
            batch,
            translation,
            Lazy(lambda: _make_updates(core)),
            sync,
            core.work,
            folders.logs,
            resources.resources / "licences",
            (*core.notices, chats.notice) if chats.notice else core.notices,
            core.unusable_settings,
        )


async def _open_database(path: Path, settings: Settings, on_progress: Report) -> Database:
    database = Database(path)
    await database.open(
        expected=settings.get(DATABASE_EXPECTED), suspect=settings.get(DATABASE_SUSPECT), on_progress=on_progress
    )
    settings.set(DATABASE_EXPECTED, value=True)
    settings.set(DATABASE_SUSPECT, value=False)
    return database


# What startup does not need is imported when it is created.


def _make_pictures(core: Core) -> "Pictures":
    from chatdesk.features.attachments.services.pictures import Pictures  # noqa: PLC0415

    return Pictures(core.network, core.http.get())


def _make_batch(journal: Path, core: Core, chat: "ChatServices") -> "PresetBatch":
    from chatdesk.features.attachments.services.file_texts import FileTexts  # noqa: PLC0415
    from chatdesk.features.batch.services.batch_journal import BatchJournal  # noqa: PLC0415
    from chatdesk.features.batch.services.preset_batch import PresetBatch  # noqa: PLC0415

    def read_file(path: Path) -> Awaitable[str]:
        return FileTexts(chat.attachments.documents).read(path)

    return PresetBatch(chat.answers, chat.instruction_resolver, BatchJournal(journal), utc_now, read_file, core.work)


def _make_translation(data: Path, core: Core, chat: "ChatServices") -> "Translation":
    from chatdesk.features.translation.services.translation import make_translation  # noqa: PLC0415

    return make_translation(data, chat.answers, core.servers.models.find, chat.instruction_resolver, utc_now, core.work)


def _make_daily_backups(folders: Folders, core: Core, database: Database, files: AttachmentFiles) -> "DailyBackups":
    from chatdesk.features.backups.services.daily_backups import DailyBackups  # noqa: PLC0415
    from chatdesk.features.backups.services.remote_backups import RemoteBackups  # noqa: PLC0415
    from chatdesk.storage.files.age_encryption import KEY_NAME  # noqa: PLC0415
    from chatdesk.storage.files.folder_calls import FolderCalls  # noqa: PLC0415
    from chatdesk.system.folder_secrets import FolderSecrets  # noqa: PLC0415

    secrets = FolderSecrets(core.keyring, core.session_keys, "backups")
    make_folder = partial(_make_folder, core, FolderCalls())
    backups = RemoteBackups(core.settings, secrets, make_folder, folders.cache / _SCRATCH)
    user_files = _make_user_files(folders.data)
    return DailyBackups(database, core.settings, backups, files.path, user_files, folders.config / KEY_NAME, utc_now)


def _make_folder(core: Core, calls: "FolderCalls", location: "StorageLocation", password: str) -> "RemoteFolder":
    from chatdesk.network.webdav import WebDavFolder  # noqa: PLC0415
    from chatdesk.storage.files.local_folder import LocalFolder  # noqa: PLC0415

    if location.is_remote:
        return WebDavFolder(core.network, core.http, location.address, location.user, password)
    return LocalFolder(location.path, calls)


def _make_user_files(data: Path) -> "UserFiles":
    from chatdesk.features.translation.services.glossary_files import GLOSSARIES_NAME  # noqa: PLC0415
    from chatdesk.kernel.user_files import GLOSSARIES, PRESETS, SUFFIXES  # noqa: PLC0415
    from chatdesk.storage.files.user_files import UserFiles, UserFolder  # noqa: PLC0415

    paths = {PRESETS: data / PRESETS_NAME, GLOSSARIES: data / GLOSSARIES_NAME}
    return UserFiles({name: UserFolder(path, SUFFIXES[name]) for name, path in paths.items()})


def _make_restoring(
    folders: Folders,
    core: Core,
    database: Database,
    files: AttachmentFiles,
    conversations: "ConversationServices",
    daily: "DailyBackups",
    presets: Presets,
) -> "Restoring":
    from chatdesk.features.backups.services.opened_backup import BackupOpening  # noqa: PLC0415
    from chatdesk.features.backups.services.restoring import Restoring  # noqa: PLC0415

    opening = BackupOpening(lambda: daily.backups, folders.cache / _SCRATCH, files.read)
    user_files = _make_user_files(folders.data)
    return Restoring(database, conversations, opening, files, core.work, user_files, presets.reload_changed)


def _make_data_folder(folders: Folders) -> "DataFolder":
    from chatdesk.features.backups.services.data_folder import DataFolder  # noqa: PLC0415

    return DataFolder(folders)


def _make_diagnostics(core: Core, database: Database) -> "Diagnostics":
    from chatdesk.features.backups.services.diagnostics import Diagnostics  # noqa: PLC0415

    servers = core.servers.servers
    return Diagnostics(database, core.settings, lambda: [server.protocol.value for server in servers.all()])


def _make_updates(core: Core) -> "Updates":
    from chatdesk.features.updates.services.update_check import Updates  # noqa: PLC0415

    return Updates(core.network, core.http, core.settings, utc_now)


def _make_documents(files: AttachmentFiles, folders: Folders, core: Core) -> "Documents":
    from chatdesk.documents.process import DocumentProcess  # noqa: PLC0415
    from chatdesk.features.attachments.services.documents import Documents  # noqa: PLC0415
    from chatdesk.storage.passages.passage_index import PassageIndex  # noqa: PLC0415
    from chatdesk.system.libreoffice import find_libreoffice  # noqa: PLC0415
    from chatdesk.system.processes import memory_of  # noqa: PLC0415

    return Documents(
        files,
        partial(DocumentProcess, memory_of),
        PassageIndex(folders.data / _PASSAGES_NAME),
        folders.cache / _NOTES_NAME,
        _find_tesseract,
        lambda: core.servers.embedders.get().chosen(),
        find_libreoffice,
        folders.cache / _SCRATCH,
    )


async def _begin_sync(settings: Path, sync: "Lazy[Sync]") -> None:
    """Start synchronisation some seconds after the program, if it was ever switched on; if its settings cannot be read, later.

    If only a copy of them is left, or a damaged one, that is used or reported.
    """

    def was_on() -> bool:
        return any(settings.parent.glob(f"{settings.name}*"))

    await asyncio.sleep(_SYNC_DELAY)
    if await asyncio.to_thread(was_on):  # on a thread, because importing takes longer than the window may be blocked
        await asyncio.to_thread(import_module, "chatdesk.features.sync.services.sync_services")
    while await asyncio.to_thread(was_on):
        try:
            await sync.get().start()
        except StorageError as error:
            _log.info("Synchronisation has not started: %s", type(error).__name__)
            await asyncio.sleep(_SYNC_RETRY)
        else:
            break


def _make_sync(
    folders: Folders,
    core: Core,
    database: Database,
    files: AttachmentFiles,
    chat: "ChatServices",
    conversations: "ConversationServices",
    presets: Presets,
) -> "Sync":
    from chatdesk.features.sync.services.sync_services import make_sync  # noqa: PLC0415
    from chatdesk.storage.files.folder_calls import FolderCalls  # noqa: PLC0415
    from chatdesk.system.folder_secrets import FolderSecrets  # noqa: PLC0415

    return make_sync(
        folders.data / _SYNC_NAME,
        folders.cache / _SCRATCH / "sync",
        database,
        files,
        chat,
        conversations,
        presets,
        FolderSecrets(core.keyring, core.session_keys, "sync"),
        partial(_make_folder, core, FolderCalls()),
        _read_bundle,
        utc_now,
    )


async def _read_bundle(bundle: Path, milliseconds: int, found: "Callable[[BundleFinding], None]") -> bool:
    foreign_files = await asyncio.to_thread(import_module, "chatdesk.app.foreign_files")
    return bool(await foreign_files.read_bundle(bundle, milliseconds, found))


def _find_tesseract() -> "Tesseract | None":
    from PySide6.QtCore import QLocale  # noqa: PLC0415 - the command line does without, unless a document is scanned

    from chatdesk.system.tesseract import find_tesseract  # noqa: PLC0415

    return find_tesseract(QLocale().name())


def _make_sharing(presets: Presets, core: Core, temporary: Path) -> "PresetSharing":
    from chatdesk.features.presets.services.preset_sharing import PresetSharing  # noqa: PLC0415

    return PresetSharing(presets, partial(_read_presets, temporary), core.work)


async def _read_presets(temporary: Path, paths: Sequence[Path], report: "Callable[[Finding], None]") -> None:
    from chatdesk.app.foreign_files import read_presets  # noqa: PLC0415

    await read_presets(paths, report, temporary)


def _make_chat_readers(sharing: "Lazy[PresetSharing]", temporary: Path) -> "ChatReaders":
    from chatdesk.app.foreign_files import preview_chats, read_key, send_chats  # noqa: PLC0415
    from chatdesk.features.conversations.services.files.chat_imports import ChatReaders  # noqa: PLC0415

    return ChatReaders(
        partial(preview_chats, temporary=temporary),
        partial(send_chats, temporary=temporary),
        lambda paths: sharing.get().read(paths, lambda _number: None),
        partial(read_key, temporary=temporary),
    )
