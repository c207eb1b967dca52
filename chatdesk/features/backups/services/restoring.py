"""Restoring from a backup: chats next to the current ones, by their IDs, or in place of all of them; presets and glossaries."""

import asyncio
import uuid
from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import field, replace
from functools import partial
from pathlib import Path

from chatdesk.features.backups.services.opened_backup import BackupChat, BackupOpening, OpenedBackup
from chatdesk.features.conversations.services.chat_folders import ChatFolders
from chatdesk.features.conversations.services.conversation_services import ConversationServices
from chatdesk.features.conversations.services.files.chat_saving import Target, target_of
from chatdesk.kernel.chat.attachments import hashes_of, is_sha256
from chatdesk.kernel.chat.conversation import Conversation, Folder
from chatdesk.kernel.chat.message import DocumentPart, ImagePart, Message
from chatdesk.kernel.errors.backup_errors import BackupDamaged
from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.kernel.recovery import ClosedWork, Recovered
from chatdesk.kernel.running_work import JobKind, RunningWork
from chatdesk.storage.database.attachment_references import referenced_in
from chatdesk.storage.database.background import Report, run_in_background
from chatdesk.storage.database.connection import Connection
from chatdesk.storage.database.database import Database
from chatdesk.storage.database.hidden_chats import HiddenChats
from chatdesk.storage.database.inspection import reader
from chatdesk.storage.database.merging import Addition, KnownChat, Merge, Merging
from chatdesk.storage.database.message_repository import MessageRepository
from chatdesk.storage.database.storage_errors import nothing_changed, storage_errors
from chatdesk.storage.files.attachment_files import AttachmentFiles
from chatdesk.storage.files.file_writing import replace_file
from chatdesk.storage.files.temporary_errors import temporary_file_errors
from chatdesk.storage.files.user_files import MAX_ARCHIVE_BYTES, UserFiles

_GROUP = 16
"""Messages that are written with one statement."""


@dataclass(frozen=True, slots=True)
class Restored:
    """What came back: chats that were not here or were deleted, chats that got back messages, and attachments that are missing."""

    chats: tuple[str, ...]
    grown: tuple[str, ...]
    messages: int
    missing_attachments: int


@dataclass(slots=True)
class _Written:
    """What has been written so far, out of sight."""

    chats: dict[str, Conversation] = field(default_factory=dict)
    placed: dict[str, str] = field(default_factory=dict)
    additions: list[Addition] = field(default_factory=list)
    restored: dict[str, KnownChat] = field(default_factory=dict)
    hidden: list[str] = field(default_factory=list)
    messages: int = 0


class Restoring:
    """Restores chats, all of those that were chosen or, if cancelled or if something fails, none.

    `user_files` are the presets and glossaries here; `reload_presets` reads those that were added.
    """

    def __init__(
        self,
        database: Database,
        services: ConversationServices,
        opening: BackupOpening,
        files: AttachmentFiles,
        work: RunningWork,
        user_files: UserFiles,
        reload_presets: Callable[[], Awaitable[object]],
    ) -> None:
        self.opening = opening
        self._database = database
        self._services = services
        self._files = files
        self._work = work
        self._user_files = user_files
        self._reload_presets = reload_presets

    @property
    def folders(self) -> ChatFolders:
        """The folders of chats here."""
        return self._services.folders

    async def chats(self, backup: OpenedBackup) -> tuple[BackupChat, ...]:
        """Return the chats of a backup, each with whether it is here. Raise `StorageError`."""
        with _errors_of_copy(backup):
            found = await backup.chats()
        here = await self._database.run(lambda connection: Merging(connection).chats(chat.id for chat in found))
        known = {id_ for id_, chat in here.items() if chat.deleted_at is None}
        return tuple(replace(chat, is_here=chat.id in known) for chat in found)

    async def restore(
        self, backup: OpenedBackup, chosen: Collection[str], report: Report = lambda _share: None
    ) -> Restored:
        """Add the chosen chats, with the IDs they had: one that is here gets back the messages that are missing, and keeps all others.

        Raise `StorageError`, or another `ChatdeskError` if the destination of the backup is gone. `report` gets the completed share.
        """
        imports = self._services.imports.get()
        async with imports.merging:
            with self._work.begin(JobKind.RESTORE, lambda: "") as job:

                def report_share(share: float) -> None:
                    job.report_progress(share)
                    report(share)

                written, import_id = _Written(), uuid.uuid4().hex
                try:
                    await imports.remove_hidden_of(chosen)
                    with _errors_of_copy(backup):
                        missing = await self._write(backup, sorted(chosen), import_id, written, report_share)
                        folders = await backup.folders()
                except BaseException:
                    await asyncio.shield(self._services.conversations.remove_unfinished(written.hidden))
                    raise
                # What is shown on disk must be in the list, even if this is cancelled now.
                return await asyncio.shield(self._reveal(folders, import_id, written, missing))

    async def missing_files(self, backup: OpenedBackup) -> int | None:
        """Return how many presets and glossaries of a backup are not here; None if they cannot be read. Raise `ChatdeskError`."""
        try:
            with _errors_of_copy(backup):
                archive = await self._archive(backup)
                return len(await run_in_background(lambda _: self._user_files.missing(archive))) if archive else 0
        except BackupDamaged:  # the chats can be restored without them
            return None

    async def is_synchronised(self) -> bool:
        """Return whether chats are shared with other computers, which then give back the chats that a backup does not have."""
        rows = await self._database.run(
            lambda connection: connection.execute("SELECT recording FROM sync_state").fetchall()
        )
        return (1,) in rows

    async def restore_files(self, backup: OpenedBackup) -> int:
        """Add the presets and glossaries that are not here; those that are here stay as they are. Return their number.

        Raise `ChatdeskError`.
        """
        with _errors_of_copy(backup):
            archive = await self._archive(backup)
            if archive is None:
                return 0
            count = await run_in_background(lambda _: self._user_files.add_missing(archive))
        await self._reload_presets()
        return count

    async def _archive(self, backup: OpenedBackup) -> Path | None:
        """Return the archive with presets and glossaries, beside the private copy; None if there is none. Raise `ChatdeskError`."""
        path = backup.archive
        if not await asyncio.to_thread(path.exists):
            if not is_sha256(backup.files):
                return None
            data = await backup.attachment(backup.files)
            if data is None or len(data) > MAX_ARCHIVE_BYTES:
                raise BackupDamaged(path=backup.files, reason="presets and glossaries are missing")
            with storage_errors(path):
                await asyncio.to_thread(replace_file, path, data)
        return path

    async def prepare_replacing(self, backup: OpenedBackup, report: Report = lambda _share: None) -> "ClosedWork":
        """Bring back the attachments of a backup, and return what replaces all chats with it once they are closed.

        The current chats are kept under another name. Raise `ChatdeskError`.
        """
        with self._work.begin(JobKind.RESTORE, lambda: "") as job, _errors_of_copy(backup):
            used = await run_in_background(lambda _: _references(backup.path))
            for number, sha256 in enumerate(sorted(filter(is_sha256, used))):
                await self._bring_back(backup, sha256)
                job.report_progress(number / len(used))
                report(number / len(used))
        return ClosedWork("restore", partial(_replace, backup.path, self._database.path))

    async def _write(
        self, backup: OpenedBackup, chosen: Sequence[str], import_id: str, written: _Written, report_share: Report
    ) -> int:
        missing: set[str] = set()
        for number, chat_id in enumerate(chosen):
            report_share(number / len(chosen))
            chat, messages = await backup.chat(chat_id)
            target = await self._database.run(partial(_target, chat_id=chat.id, messages=messages))
            new = [message for message in messages if message.id in target.new_ids]
            for sha256 in sorted(_hashes(new)):
                if not await self._bring_back(backup, sha256):
                    missing.add(sha256)
            await self._write_chat(chat, new, target, import_id, written)
        return len(missing)

    async def _write_chat(
        self, chat: Conversation, new: Sequence[Message], target: Target, import_id: str, written: _Written
    ) -> None:
        row_chat = target.chat_id
        if target.known and target.known.deleted_at:
            written.restored[target.chat_id] = target.known
        if target.known and not new:
            return
        shown = replace(
            chat, id=row_chat, folder_id=None, draft="", draft_attachments=(), queued=(), unread_id="", deleted_at=None
        )
        if target.known:
            row_chat = uuid.uuid4().hex
            head = target.ids.get(chat.head_id or "", "") or target.new_ids[new[-1].id]
            written.additions.append(Addition(target.chat_id, row_chat, head, chat.updated_at))
        else:
            head = target.ids.get(chat.head_id or "", "")
            written.chats[row_chat] = replace(shown, head_id=head or None)
            if chat.folder_id:
                written.placed[row_chat] = chat.folder_id
        written.hidden.append(row_chat)
        await self._database.run(lambda connection: HiddenChats(connection).add(replace(shown, id=row_chat), import_id))
        messages = [
            replace(
                message,
                id=target.new_ids[message.id],
                conversation_id=row_chat,
                parent_id=target.ids.get(message.parent_id or ""),
                sequence=number,
            )
            for number, message in enumerate(new)
        ]
        written.messages += len(messages)
        groups = (messages[start : start + _GROUP] for start in range(0, len(messages), _GROUP))
        await self._database.run_in_batches(
            groups, lambda connection, group: MessageRepository(connection).add_all(group)
        )
        if head and not target.known:
            await self._database.run(lambda connection: HiddenChats(connection).set_head(row_chat, head))

    async def _reveal(self, stored: Sequence[Folder], import_id: str, written: _Written, missing: int) -> Restored:
        new_folders, placed = self._folders_for(stored, written.placed)
        merge = Merge(import_id, new_folders, placed, tuple(written.additions), tuple(written.restored))
        try:
            revealed = await self._database.run(lambda connection: Merging(connection).reveal(merge))
        except BaseException:
            await self._services.conversations.remove_unfinished(written.hidden)
            raise
        restored = [chat.id for chat in revealed.restored]
        for folder in new_folders:
            self.folders.restore(folder)
        chats = {id_: replace(chat, folder_id=placed.get(id_)) for id_, chat in written.chats.items()}
        await self._services.imports.get().show_merged(chats, revealed)
        return Restored(
            tuple(dict.fromkeys((*chats, *restored))),
            tuple(each.conversation_id for each in revealed.grown if each.conversation_id not in restored),
            written.messages,
            missing,
        )

    def _folders_for(
        self, stored: Sequence[Folder], placed: Mapping[str, str]
    ) -> tuple[tuple[Folder, ...], Mapping[str, str]]:
        """Return the folders to create, and the folder of each new chat: the same one, or else the one of that name."""
        by_id = {folder.id: folder for folder in self.folders.all()}
        by_name = {folder.name.casefold(): folder for folder in self.folders.all()}
        in_backup = {folder.id: folder for folder in stored}
        new: dict[str, Folder] = {}
        found: dict[str, str] = {}
        for chat_id, folder_id in placed.items():
            if wanted := in_backup.get(folder_id):
                folder = by_id.get(folder_id) or by_name.get(wanted.name.casefold())
                if folder is None:
                    folder = new.setdefault(folder_id, wanted)
                found[chat_id] = folder.id
        return tuple(new.values()), found

    async def _bring_back(self, backup: OpenedBackup, sha256: str) -> bool:
        """Store an attachment unless it is here, and return whether it is. Raise `ChatdeskError`."""
        if self._files.size(sha256):
            return True
        data = await backup.attachment(sha256)
        if data is not None:
            await asyncio.to_thread(self._files.add, data)
        return data is not None


def _errors_of_copy(backup: OpenedBackup) -> AbstractContextManager[None]:
    """Raise errors about the private copy of a backup, and what is beside it, as those of temporary files."""
    return temporary_file_errors(backup.path.parent.parent)


def _target(connection: Connection, chat_id: str, messages: Sequence[Message]) -> Target:
    return target_of(connection, chat_id, [message.id for message in messages])


def _hashes(messages: Sequence[Message]) -> frozenset[str]:
    parts = [part for message in messages for part in message.parts if isinstance(part, ImagePart | DocumentPart)]
    return frozenset(filter(is_sha256, hashes_of(parts)))


def _references(path: Path) -> frozenset[str]:
    with storage_errors(path), reader(path) as connection:
        return referenced_in(connection)


def _replace(copy: Path, path: Path, report: Report) -> Recovered:
    from chatdesk.storage.recovery.replacement import count_chats, replace_with  # noqa: PLC0415 - rarely needed

    with nothing_changed(), temporary_file_errors(copy.parent.parent):
        chats = count_chats(copy)  # before: a failure afterwards would be reported as one without any change
        return Recovered(chats, replace_with(copy, path, report))
