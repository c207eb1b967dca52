"""A backup that is opened to restore from it: a private copy on this computer, checked, decrypted and brought to today's format."""

import asyncio
import shutil
from collections.abc import Awaitable, Callable, Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from functools import partial
from pathlib import Path

from chatdesk.features.backups.domain.backup_files import ATTACHMENTS
from chatdesk.features.backups.services.backup_destination import check_hash
from chatdesk.features.backups.services.maintenance import LocalBackup
from chatdesk.features.backups.services.remote_backups import RemoteBackup, RemoteBackups
from chatdesk.kernel.chat.conversation import Conversation, Folder
from chatdesk.kernel.chat.message import Message
from chatdesk.kernel.errors.backup_errors import BackupDamaged, BackupNewer, KeyNotKnown, LocationMissing
from chatdesk.kernel.errors.storage_errors import DatabaseDamaged, DatabaseNewer
from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.kernel.remote_folder import RemoteFolder
from chatdesk.kernel.text.regular_file import read_whole
from chatdesk.storage.database.background import Report, run_in_background
from chatdesk.storage.database.connection import open_connection
from chatdesk.storage.database.conversation_repository import ConversationRepository, FolderRepository
from chatdesk.storage.database.inspection import check_pages, inspect, reader
from chatdesk.storage.database.message_repository import MessageRepository
from chatdesk.storage.database.migrator import NEWEST, bring_up_to_date
from chatdesk.storage.database.storage_errors import storage_errors
from chatdesk.storage.database.stored_values import from_time
from chatdesk.storage.files.age_encryption import AgeKey, decrypt_file, hidden_name
from chatdesk.storage.files.file_writing import make_private_folder, replace_file
from chatdesk.storage.files.temporary_errors import temporary_file_errors
from chatdesk.storage.files.user_files import MAX_ARCHIVE_BYTES, archive_of
from chatdesk.storage.recovery.backup import copy_database

_MAX_ATTACHMENT_BYTES = 2 * 10**9
_COUNTS = """
    SELECT conversations.id, title, updated_at, count(messages.id) FROM conversations
    LEFT JOIN messages ON conversation_id = conversations.id AND messages.deleted_at IS NULL
    WHERE conversations.deleted_at IS NULL AND hidden_by IS NULL
    GROUP BY conversations.number ORDER BY activity DESC
"""

ReadAttachment = Callable[[str], Awaitable[bytes | None]]
"""Returns an attachment by the hash of its content; None if the backup has none. Raises `ChatdeskError` if the destination is gone."""


@dataclass(frozen=True, slots=True)
class BackupChat:
    """A chat in a backup. `updated_at` is aware; `is_here` is whether the chat exists here, too."""

    id: str
    title: str
    updated_at: datetime
    messages: int
    is_here: bool = False


class OpenedBackup:
    """A backup at `path`. `attachment` reads its attachments. Close it when it is no longer needed.

    `files` is the SHA-256 of the archive with presets and glossaries, which is read like an attachment; empty if it has none. The archive
    of a backup in the data folder is at `archive` from the beginning.
    """

    def __init__(self, path: Path, attachment: ReadAttachment, files: str = "") -> None:
        self.path = path
        self.attachment = attachment
        self.files = files

    @property
    def archive(self) -> Path:
        """Where the private copy of the archive with presets and glossaries is, or is to be stored."""
        return self.path.with_name("files.zip")

    async def chats(self) -> tuple[BackupChat, ...]:
        """Return its chats, the one with the newest message first. Raise `StorageError`."""

        def read(_report: Report) -> tuple[BackupChat, ...]:
            with storage_errors(self.path), closing(open_connection(self.path)) as connection:
                rows = connection.execute(_COUNTS).fetchall()
            return tuple(BackupChat(id_, title, from_time(moment), count) for id_, title, moment, count in rows)

        return await run_in_background(read)

    async def folders(self) -> tuple[Folder, ...]:
        """Return its folders. Raise `StorageError`."""

        def read(_report: Report) -> tuple[Folder, ...]:
            with storage_errors(self.path), closing(open_connection(self.path)) as connection:
                return FolderRepository(connection).list()

        return await run_in_background(read)

    async def chat(self, chat_id: str) -> tuple[Conversation, tuple[Message, ...]]:
        """Return a chat with its messages, ordered by sequence. Raise `StorageError`, or `KeyError` if there is no such chat."""

        def read(_report: Report) -> tuple[Conversation, tuple[Message, ...]]:
            with storage_errors(self.path), closing(open_connection(self.path)) as connection:
                return ConversationRepository(connection).get(chat_id), MessageRepository(connection).of_conversation(
                    chat_id
                )

        return await run_in_background(read)

    async def close(self) -> None:
        """Remove the private copy."""
        await asyncio.to_thread(partial(shutil.rmtree, self.path.parent, ignore_errors=True))


class BackupOpening:
    """Opens backups below `scratch`. `local_attachment` reads attachments of the backups in the data folder."""

    def __init__(
        self, backups: Callable[[], RemoteBackups], scratch: Path, local_attachment: Callable[[str], bytes | None]
    ) -> None:
        self._backups = backups
        self._scratch = scratch / "opened"
        self._local_attachment = local_attachment

    def is_remote(self, source: LocalBackup | RemoteBackup) -> bool:
        """Return whether a backup is on a server."""
        location = self._backups().destination if isinstance(source, RemoteBackup) else None
        return location is not None and location.is_remote

    async def open(
        self, source: LocalBackup | RemoteBackup, passphrase: str | None = None, report: Report = lambda _share: None
    ) -> OpenedBackup:
        """Return an opened backup. `report` gets the completed share on the event loop.

        Raise `KeyNotKnown` if a passphrase is needed, `PassphraseWrong`, `BackupDamaged`, `BackupNewer` or another error. One backup can be
        open at a time; what was opened before is removed.
        """
        with temporary_file_errors(self._scratch.parent):
            return await self._open(source, passphrase, report)

    async def _open(self, source: LocalBackup | RemoteBackup, passphrase: str | None, report: Report) -> OpenedBackup:
        folder = self._scratch
        await asyncio.to_thread(partial(shutil.rmtree, folder, ignore_errors=True))
        with storage_errors(folder):
            make_private_folder(folder)
        path, files = folder / "chats.sqlite3", ""
        try:
            if isinstance(source, LocalBackup):
                await run_in_background(lambda report_share: _copy(source.path, path, report_share), report)
                await asyncio.to_thread(_copy_archive, source.path, folder / "files.zip")
                attachment: ReadAttachment = self._from_data_folder
            else:
                attachment, files = await self._fetch(source, path, passphrase)
            await run_in_background(lambda report_share: _prepare(path, folder / "before", report_share), report)
        except BaseException:
            await asyncio.to_thread(partial(shutil.rmtree, folder, ignore_errors=True))
            raise
        return OpenedBackup(path, attachment, files)

    async def _from_data_folder(self, sha256: str) -> bytes | None:
        return await asyncio.to_thread(self._local_attachment, sha256)

    async def _fetch(self, source: RemoteBackup, path: Path, passphrase: str | None) -> tuple[ReadAttachment, str]:
        """Bring a backup to `path`. Return what reads its attachments, and the hash of its archive of files."""
        backups = self._backups()
        key = await backups.key_for(source, passphrase) if source.name.is_encrypted else None
        if source.manifest is None:  # it could not be read without the key
            source = await backups.with_manifest(source)
        if source.is_newer:
            raise BackupNewer(path=source.path)
        folder = await backups.open()
        stored = path.with_name("stored")
        try:
            await folder.read(source.path, stored, source.size)
        except FileNotFoundError as error:
            location = backups.destination
            raise LocationMissing(path=location.address if location else source.path) from error

        def convert(report_share: Report) -> None:
            with storage_errors(path):
                if source.manifest:
                    check_hash(stored, source.manifest.sha256, lambda: report_share(0.0))
                if key:
                    decrypt_file(stored, path, key, lambda: report_share(0.0))
                    stored.unlink()
                else:
                    stored.replace(path)

        await run_in_background(convert)
        read = partial(_read_attachment, folder, source.folder, path.with_name("attachment"), key)
        return read, source.manifest.files if source.manifest else ""


async def _read_attachment(
    folder: RemoteFolder, computer: str, scratch: Path, key: AgeKey | None, sha256: str
) -> bytes | None:
    # The passphrase may have been set after the attachment was stored.
    for name in (hidden_name(sha256, key.public), sha256) if key else (sha256,):
        try:
            await folder.read(f"{computer}/{ATTACHMENTS}/{name[:2]}/{name}", scratch, _MAX_ATTACHMENT_BYTES)
            return await asyncio.to_thread(_decrypted, scratch, sha256, key if name != sha256 else None)
        except (FileNotFoundError, BackupDamaged, KeyNotKnown):
            continue
    return None


def _decrypted(stored: Path, sha256: str, key: AgeKey | None) -> bytes:
    """Return the content of a stored attachment, which is removed. Raise `BackupDamaged` or `KeyNotKnown`."""
    path = stored.with_name(f"{stored.name}.plain")
    with storage_errors(path):
        if key:
            decrypt_file(stored, path, key)
        else:
            stored.replace(path)
        check_hash(path, sha256)
        try:
            return path.read_bytes()
        finally:
            path.unlink()


def _copy(source: Path, path: Path, report: Report) -> None:
    with _errors_of_backup(source), storage_errors(source):
        inspect(source, expected=True, newest=NEWEST)
        with reader(source, log=False) as connection, storage_errors(path):  # most errors are those of the new file
            copy_database(connection, path, report)


def _copy_archive(source: Path, path: Path) -> None:
    """Copy the archive with presets and glossaries that belongs to a backup, if it has one."""
    try:
        data = read_whole(archive_of(source), MAX_ARCHIVE_BYTES)
    except FileNotFoundError:
        return
    except OSError:
        data = b""  # a damaged archive: the chats can be restored without it
    with storage_errors(path):
        replace_file(path, data)


def _prepare(path: Path, before: Path, report: Report) -> None:
    """Check a private copy, and bring it to today's format."""
    with _errors_of_backup(path), storage_errors(path):
        inspect(path, expected=True, newest=NEWEST)
        with reader(path, log=False) as connection:
            check_pages(connection, path, report)
        with closing(open_connection(path)) as connection:
            bring_up_to_date(connection, before)
            connection.execute("BEGIN IMMEDIATE")
            MessageRepository(connection).mark_interrupted()
            connection.execute("COMMIT")


@contextmanager
def _errors_of_backup(path: Path) -> Iterator[None]:
    """Raise errors as those of a backup: the chats themselves are neither damaged nor of another version."""
    try:
        yield
    except DatabaseDamaged as error:
        raise BackupDamaged(path=str(path), reason=error.reason) from error
    except DatabaseNewer as error:
        raise BackupNewer(path=str(path)) from error
