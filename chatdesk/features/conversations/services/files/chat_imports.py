"""Import of chats from files and folders of other programs: look at them, add the chosen chats, and undo that.

The files are read in a separate process (`importing/run.py`), twice: what is shown before an import are summaries. `chat_saving.py` saves
the chats, completely or not at all.
"""

import asyncio
import uuid
from collections.abc import AsyncGenerator, Awaitable, Callable, Collection, Coroutine, Iterable, Mapping, Sequence
from contextlib import aclosing, suppress
from dataclasses import field, replace
from datetime import datetime
from enum import Enum, auto
from pathlib import Path
from typing import Any

from chatdesk.features.attachments.services.attachments import Attachments
from chatdesk.features.chat.services.chat import Chat
from chatdesk.features.chat.services.chat_changes import PathChanged
from chatdesk.features.chat.services.store.conversations import Conversations
from chatdesk.features.conversations.importing.chat_records import ChatSummary
from chatdesk.features.conversations.importing.foreign_chat import NO_PROGRAM, DamagedChat, Loss, Program
from chatdesk.features.conversations.importing.foreign_servers import ForeignServer
from chatdesk.features.conversations.importing.run import LeftOut, Preview, SourceRead
from chatdesk.features.conversations.services.chat_folders import ChatFolders
from chatdesk.features.conversations.services.files.chat_reading import ChatRecord
from chatdesk.features.conversations.services.files.chat_saving import ChatSaving, Saved, target_of
from chatdesk.features.conversations.services.files.import_folders import (
    ENGLISH_NAMES,
    SOURCE_FOLDERS,
    DestinationKind,
    FolderNames,
    ImportDestination,
    folder_names,
    place_in_folders,
)
from chatdesk.features.conversations.services.files.preset_files import find_preset_files, refused_by_both
from chatdesk.features.conversations.services.trash import Trash
from chatdesk.features.presets.importing.files import shown_name
from chatdesk.features.presets.services.preset_sharing import ImportPreview as PresetPreview
from chatdesk.kernel.chat.conversation import Conversation, Folder
from chatdesk.kernel.chat.message import Message
from chatdesk.kernel.errors.storage_errors import StorageError
from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.kernel.presets.preset_import import ImportFormat, ImportProblem, ImportRefused
from chatdesk.kernel.running_work import JobKind, RunningWork
from chatdesk.storage.database.connection import Connection
from chatdesk.storage.database.conversation_repository import ConversationRepository
from chatdesk.storage.database.database import Database
from chatdesk.storage.database.merging import Grown, KnownChat, Merge, Merging, Revealed
from chatdesk.storage.database.message_repository import MessageRepository
from chatdesk.storage.database.storage_errors import nothing_changed

_LOOKED_UP = 25
"""Number of chats to look for in one transaction."""
_MAX_DAMAGED = 1_000
"""Maximum number of chats that cannot be read whose names are kept."""
_SHOWN = 10
"""Number of chats to announce before the event loop continues."""


@dataclass(frozen=True, slots=True)
class ChatReaders:
    """Reads files in a separate process. All raise `ImportRefused` if the process fails, and are ended by closing or cancelling."""

    preview: Callable[[Sequence[Path]], AsyncGenerator[Preview, None]]
    send: Callable[[Sequence[Path], Collection[str]], AsyncGenerator[Sequence[ChatRecord], None]]
    presets: Callable[[Sequence[Path]], Awaitable[PresetPreview]]
    key: Callable[[Sequence[Path], str], Awaitable[str]]


class ChatState(Enum):
    """What an import of a chat does."""

    NEW = auto()
    HERE = auto()
    """It is here with all its messages, so it does nothing."""
    GROWN = auto()
    """It is here, and the file has messages that are not."""
    DELETED = auto()
    """It is in the trash, and comes back from there, with messages that are new."""


@dataclass(frozen=True, slots=True)
class FoundChat:
    """A chat of a source. `source` is the `number` of its `SourceRead`."""

    summary: ChatSummary
    source: int
    state: ChatState = ChatState.NEW
    new_messages: int = 0
    """The number of messages that are not here."""
    program: Program | None = None
    """The program of its source. An archive or a folder may have chats of several ones."""

    def is_of(self, source: SourceRead) -> bool:
        """Return whether the chat was read from this source."""
        return self.source == source.number and self.program in {source.program, None}


@dataclass(frozen=True, slots=True)
class PreviewProgress:
    """What has been found until now. `source` is the name of the file that is being read."""

    source: str = ""
    chats: int = 0
    messages: int = 0


@dataclass(frozen=True, slots=True)
class ImportPreview:
    """What files contain, before anything is saved."""

    paths: tuple[Path, ...]
    sources: tuple[SourceRead, ...] = ()
    """Those that were recognised."""
    chats: tuple[FoundChat, ...] = ()
    left_out: Mapping[Loss, int] = field(default_factory=dict)
    """What is outside the chats and cannot be imported."""
    refused: tuple[ImportRefused, ...] = ()
    """Files without chats and presets, and why; also what ended the reading of a file early."""
    presets: PresetPreview = field(default_factory=PresetPreview)
    """The presets in the same files."""
    servers: tuple[ForeignServer, ...] = ()
    """The servers in the same files. They are offered switched off and without keys; see `ChatImports.key_of`."""
    damaged: tuple[DamagedChat, ...] = ()
    """The chats that cannot be read and have a title or a number. All are counted in `left_out`."""


@dataclass(frozen=True, slots=True)
class AddProgress:
    """How many messages are saved, of about how many."""

    messages: int
    total: int

    @property
    def share(self) -> float:
        """From 0 to 1."""
        return min(self.messages / self.total, 1.0) if self.total else 1.0


@dataclass(frozen=True, slots=True)
class ImportResult:
    """What an import did. `undo` reverts it."""

    added: tuple[str, ...] = ()
    """The IDs of new chats, latest first."""
    grown: tuple[str, ...] = ()
    restored: tuple[str, ...] = ()
    """Chats that came back from the trash."""
    messages: int = 0
    pictures: int = 0
    documents: int = 0
    lost: Mapping[Loss, tuple[str, ...]] = field(default_factory=dict)
    """What could not be imported, with the titles of the chats concerned."""
    refused: tuple[ImportRefused, ...] = ()
    folders: tuple[str, ...] = ()
    """The IDs of new folders."""
    undone_by: "_Undo | None" = None
    """For `ChatImports.undo` alone."""


@dataclass(frozen=True, slots=True)
class _Undo:
    new: tuple[str, ...]
    shown: Mapping[str, Conversation]
    """All chats of the import as they were after it."""
    counts: Mapping[str, int]
    """The number of messages that each chat had after the import."""
    grown: tuple[Grown, ...]
    restored: Mapping[str, KnownChat]


@dataclass(frozen=True, slots=True)
class _Undone:
    """What undoing an import changed on disk."""

    hidden: tuple[str, ...]
    folders: tuple[str, ...]
    """Those that were removed."""
    shrunk: Sequence[tuple[Grown, Conversation]]
    """The chats from which messages were removed, as they are now."""
    order: tuple[str, ...]


class ChatImports:
    """Imports chats, one import at a time. `now` returns aware UTC time."""

    def __init__(
        self,
        readers: ChatReaders,
        database: Database,
        chat: Chat,
        conversations: Conversations,
        folders: ChatFolders,
        trash: Trash,
        attachments: Attachments,
        now: Callable[[], datetime],
        work: RunningWork | None = None,
    ) -> None:
        self._readers = readers
        self._database = database
        self._chat = chat
        self._conversations = conversations
        self._folders = folders
        self._trash = trash
        self._attachments = attachments
        self._now = now
        self._work = work or RunningWork()
        self.merging = asyncio.Lock()
        """Held while chats are written out of sight, whatever they come from: two at a time could write or remove the same chat."""
        self._tasks: set[asyncio.Task[Any]] = set()

    # Before the import

    async def preview(
        self,
        paths: Sequence[Path],
        report: Callable[[PreviewProgress], object] = lambda _progress: None,
        names: FolderNames = ENGLISH_NAMES,
    ) -> ImportPreview:
        """Return what files, archives and folders contain, without changing anything. Cancelling ends it. Raises `StorageError`.

        `names` are those of folders that the files do not name.
        """
        sources: list[SourceRead] = []
        chats: dict[str, FoundChat] = {}
        left_out: dict[Loss, int] = {}
        damaged: list[DamagedChat] = []
        servers: dict[str, ForeignServer] = {}
        refused: list[ImportRefused] = []
        progress = PreviewProgress()
        waiting: list[FoundChat] = []

        async def look_up() -> None:
            for found in await self._with_states(waiting):
                before = chats.get(found.summary.id)
                if before is None or before.summary.messages < found.summary.messages:
                    chats[found.summary.id] = found  # a chat may be in several of the files
            waiting.clear()

        try:
            async with aclosing(self._readers.preview(paths)) as reported:
                async for each in reported:
                    match each:
                        case SourceRead():
                            sources.append(each)
                            progress = replace(progress, source=each.name)
                        case ChatSummary():
                            number, program = (sources[-1].number, sources[-1].program) if sources else (0, None)
                            waiting.append(FoundChat(each, number, program=program))
                            progress = replace(
                                progress, chats=progress.chats + 1, messages=progress.messages + each.messages
                            )
                        case LeftOut(loss, chat):
                            left_out[loss] = left_out.get(loss, 0) + 1
                            if chat and (chat.title or chat.number) and len(damaged) < _MAX_DAMAGED:
                                damaged.append(chat)
                        case ForeignServer():
                            servers.setdefault(each.id, each)
                        case _:
                            refused.append(each)
                    if len(waiting) >= _LOOKED_UP:
                        await look_up()
                    report(progress)
        except ImportRefused as error:
            refused.append(ImportRefused(error.problem, error.file or progress.source or shown_name(paths[0].name)))
        await look_up()
        is_silent = any(each.problem is ImportProblem.NO_RESPONSE for each in refused)
        presets = PresetPreview() if is_silent else await self._presets_in(paths, {source.name for source in sources})
        return ImportPreview(
            tuple(paths),
            tuple(sources),
            self._with_folders(chats.values(), names),
            left_out,
            refused_by_both(paths, refused, presets),
            presets,
            tuple(servers.values()),
            tuple(damaged),
        )

    def _with_folders(self, chats: Collection[FoundChat], names: FolderNames) -> tuple[FoundChat, ...]:
        def folder_here(chat_id: str) -> str:
            chat = self._conversations.find(chat_id)
            folder = self._folders.find(chat.folder_id) if chat else None
            return folder.name if folder else ""

        used = filter(None, (folder_here(chat.id) for chat in self._conversations.all()))
        named = folder_names((each.summary for each in chats), names, folder_here, set(used))
        return tuple(replace(each, summary=replace(each.summary, folder=named[each.summary.id])) for each in chats)

    async def with_chats(self, paths: Sequence[Path]) -> frozenset[Path]:
        """Return the files and folders that are exports of a program with chats. Only names and beginnings are looked at.

        A list of messages or a text is none: it is more often a document than a chat to continue.
        """
        found = set[Path]()
        for path in paths:
            with suppress(ImportRefused):
                async with aclosing(self._readers.preview([path])) as reported:
                    async for each in reported:
                        if isinstance(each, SourceRead) and each.program not in NO_PROGRAM:
                            found.add(path)
                        break
        return frozenset(found)

    async def key_of(self, preview: ImportPreview, server: ForeignServer) -> str:
        """Read the key of a server, because the user asks for this one. Empty if it cannot be read."""
        return await self._readers.key(preview.paths, server.id) if server.has_key else ""

    async def _with_states(self, found: Sequence[FoundChat]) -> list[FoundChat]:
        """Return chats with what an import of them would do, and without the IDs of their messages."""
        asked = [(each.summary.id, each.summary.message_ids) for each in found]

        def states(connection: Connection) -> list[tuple[ChatState, int]]:
            return [_state_of(connection, *each) for each in asked]

        return [
            replace(each, summary=replace(each.summary, message_ids=()), state=state, new_messages=count)
            for each, (state, count) in zip(found, await self._database.run(states), strict=True)
        ]

    async def _presets_in(self, paths: Sequence[Path], with_chats: Collection[str]) -> PresetPreview:
        """Return the presets in files. Every text could be a prompt: it is none if it contains chats."""
        preview = await self._readers.presets(await find_preset_files(paths))
        offers = (
            offer
            for offer in preview.offers
            if offer.candidate.format is not ImportFormat.TEXT or offer.candidate.file not in with_chats
        )
        refused = (each for each in preview.refused if each.file not in with_chats)
        return PresetPreview(tuple(offers), preview.skipped, tuple(refused), glossaries=preview.glossaries)

    # The import

    async def add(
        self,
        preview: ImportPreview,
        chosen: Collection[str],
        destination: ImportDestination = SOURCE_FOLDERS,
        report: Callable[[AddProgress], object] = lambda _progress: None,
    ) -> ImportResult:
        """Save the chosen chats, all of them or, if cancelled or if something fails, none.

        Raises `ImportRefused`, `StorageError` and `DocumentReaderNotStarted`.
        """
        chosen = frozenset(chosen)
        total = sum(each.new_messages for each in preview.chats if each.summary.id in chosen)
        name = ", ".join(dict.fromkeys(source.name for source in preview.sources))
        async with self.merging:
            with self._work.begin(JobKind.IMPORT, lambda: name) as job:

                def report_saved(saved: Saved) -> None:
                    progress = AddProgress(saved.messages, total)
                    job.report_progress(progress.share)
                    report(progress)

                saving = ChatSaving(self._database, self._attachments, self._now, uuid.uuid4().hex)
                with nothing_changed():
                    await self.remove_hidden_of(chosen)
                    try:
                        refused = await self._save(saving, preview, chosen, report_saved)
                    except BaseException as error:
                        if isinstance(error, ImportRefused):  # one of the reading process itself names no file
                            error.file = error.file or shown_name(preview.paths[0].name)
                        await asyncio.shield(self._conversations.remove_unfinished(saving.saved.hidden))
                        raise
                revealing = self._in_background(self._reveal(saving, preview, chosen, destination, refused))
                try:
                    return await asyncio.shield(revealing)
                except asyncio.CancelledError:  # too late to leave out anything: all is shown, and then undone
                    await asyncio.shield(self._in_background(self._undo_when_shown(revealing)))
                    raise

    async def _save(
        self, saving: ChatSaving, preview: ImportPreview, chosen: Collection[str], report_saved: Callable[[Saved], None]
    ) -> tuple[ImportRefused, ...]:
        expected = {(each.problem, each.file) for each in preview.refused}
        refused: list[ImportRefused] = []
        async with aclosing(self._readers.send(preview.paths, chosen)) as sent:
            async for records in sent:
                for record in records:
                    if isinstance(record, ImportRefused):
                        if (record.problem, record.file) not in expected:
                            raise record
                        refused.append(record)
                await saving.save_records(records)
                report_saved(saving.saved)
        for each in preview.chats:
            if each.summary.id in chosen and not saving.saved.has_received(each.summary):
                raise ImportRefused(ImportProblem.CHANGED, shown_name(preview.paths[each.source].name))
        return tuple(refused)

    async def remove_hidden_of(self, chosen: Iterable[str]) -> None:
        """Remove what is left of these chats on disk, out of sight, from an import that was broken off or a removal.

        Everything else that is being removed goes first: messages of these chats may be in it, after the undoing of an import that added
        them to a chat that was here.
        """
        ids = await self._database.run(lambda connection: Merging(connection).hidden(chosen))
        await self._conversations.remove_hidden(ids)

    async def _reveal(
        self,
        saving: ChatSaving,
        preview: ImportPreview,
        chosen: Collection[str],
        destination: ImportDestination,
        refused: tuple[ImportRefused, ...],
    ) -> ImportResult:
        saved = saving.saved
        new_folders, placed = self._folders_for(saved, preview, destination)
        merge = Merge(saving.import_id, new_folders, placed, tuple(saved.additions.values()), tuple(saved.restored))
        try:
            with nothing_changed():
                revealed = await self._database.run(lambda connection: Merging(connection).reveal(merge))
        except BaseException:
            await self._conversations.remove_unfinished(saved.hidden)
            raise
        grown, restored = revealed.grown, {chat.id: saved.restored[chat.id] for chat in revealed.restored}
        for folder in new_folders:
            self._folders.restore(folder)
        chats = saved.chats | {id_: replace(saved.chats[id_], folder_id=folder) for id_, folder in placed.items()}
        await self.show_merged(chats, revealed)
        for document in {each.text_sha256: each for each in saved.documents if each.text_sha256}.values():
            self._attachments.documents.passages.index_soon(document)
        added = sorted(chats.values(), key=lambda chat: chat.updated_at, reverse=True)
        ids = tuple(dict.fromkeys((*chats, *restored, *(each.conversation_id for each in grown))))
        shown = {id_: chat for id_ in ids if (chat := self._conversations.find(id_))}
        return ImportResult(
            tuple(chat.id for chat in added),
            tuple(each.conversation_id for each in grown if each.conversation_id not in restored),
            tuple(restored),
            saved.messages,
            saved.pictures,
            len({document.identity for document in saved.documents}),
            _losses(preview, chosen, saved),
            refused,
            tuple(folder.id for folder in new_folders),
            _Undo(tuple(chats), shown, revealed.counts, grown, restored),
        )

    def _folders_for(
        self, saved: Saved, preview: ImportPreview, destination: ImportDestination
    ) -> tuple[tuple[Folder, ...], Mapping[str, str]]:
        """Return the folders to create, and the folder of each new chat."""
        match destination.kind:
            case DestinationKind.NONE:
                names: Mapping[str, str] = {}
            case DestinationKind.FOLDER:
                names = dict.fromkeys(saved.chats, destination.folder)
            case DestinationKind.SOURCE_FOLDERS:
                there = {each.summary.id: each.summary.folder for each in preview.chats}
                names = {id_: there.get(saved.sources[id_], "") for id_ in saved.chats}
        return place_in_folders(names, self._folders.all())

    async def show_merged(self, chats: Mapping[str, Conversation], revealed: Revealed) -> None:
        """Show in the list and in open chats what is on disk: these new `chats`, and others. Raises no `StorageError`: it is done."""
        changed = [*chats.values(), *revealed.restored]
        for each in revealed.grown:
            if known := self._conversations.find(each.conversation_id):
                head_id = each.head_id if known.head_id == each.head_before else known.head_id
                changed.append(replace(known, head_id=head_id, updated_at=max(known.updated_at, each.updated_at)))
            try:
                await self._chat.trees.add(each.conversation_id, await self._messages(each.message_ids))
            except StorageError:
                self._chat.trees.forget(each.conversation_id)
        for start in range(0, len(changed), _SHOWN):
            self._conversations.add_restored(changed[start : start + _SHOWN], revealed.order)
            await asyncio.sleep(0)
        for each in revealed.grown:
            self._chat.changes.announce(PathChanged(each.conversation_id))
        if revealed.restored:
            await self._count_trash()

    async def _count_trash(self) -> None:
        """Count the items in the trash again; if that fails, the next change of it does."""
        with suppress(StorageError):
            await self._trash.refresh()

    async def _messages(self, ids: Sequence[str]) -> list[Message]:
        def read(connection: Connection) -> list[Message]:
            repository, found = MessageRepository(connection), list[Message]()
            for id_ in ids:
                with suppress(KeyError):  # it may be in the trash by now
                    found.append(repository.get(id_))
            return found

        return await self._database.run(read)

    # Undoing an import

    async def undo(self, result: ImportResult) -> tuple[str, ...]:
        """Remove exactly what an import added, unless one of its chats was used since: then return their titles, and change nothing.

        Raises `StorageError`.
        """
        async with self.merging:
            return await self._undo_import(result)

    async def _undo_import(self, result: ImportResult) -> tuple[str, ...]:
        done = result.undone_by
        if done is None:
            return ()
        if used := self._used(done):
            return used
        moment = self._now()
        grown = tuple(each for each in done.grown if self._conversations.find(each.conversation_id))

        def undo_import(connection: Connection) -> _Undone | None:
            merging, chats = Merging(connection), ConversationRepository(connection)
            if merging.counts(done.counts) != done.counts:
                return None
            hidden = merging.undo_import(done.new, done.grown, done.restored.values(), moment)
            folders = merging.remove_empty_folders(result.folders)
            return _Undone(hidden, folders, [(each, chats.get(each.conversation_id)) for each in grown], chats.order())

        with nothing_changed():
            undone = await self._database.run(undo_import)
        if undone is None:
            return tuple(chat.title for chat in done.shown.values())
        self._conversations.remove_hidden_later(undone.hidden)
        await self._unshow(done, undone)
        self._in_background(self._remove_hidden())
        return ()

    async def _undo_when_shown(self, revealing: "asyncio.Task[ImportResult]") -> None:
        await self._undo_import(await revealing)

    def _in_background[Result](self, work: Coroutine[object, object, Result]) -> asyncio.Task[Result]:
        """Start work that continues even if the caller that awaits it is cancelled."""
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task

    def _used(self, done: "_Undo") -> tuple[str, ...]:
        """Return the titles of the chats that were changed since the import. Showing another version of a message changes nothing."""
        found = [(shown, self._conversations.find(id_)) for id_, shown in done.shown.items()]
        return tuple(
            now.title
            for shown, now in found
            if now and (self._chat.is_answering(now.id) or replace(now, head_id=shown.head_id) != shown)
        )

    async def _unshow(self, done: "_Undo", undone: _Undone) -> None:
        """Show in the list and in open chats that an import was undone. Raises no `StorageError`: it is done."""
        removed = [chat for id_ in (*done.new, *done.restored) if (chat := self._conversations.find(id_))]
        for start in range(0, len(removed), _SHOWN):
            self._conversations.drop(removed[start : start + _SHOWN])
            await asyncio.sleep(0)
        for each, chat in undone.shrunk:
            await self._chat.trees.remove(each.conversation_id, each.message_ids)
            if known := self._conversations.find(each.conversation_id):
                shown = replace(known, head_id=chat.head_id, updated_at=chat.updated_at)
                self._conversations.add_restored([shown], undone.order)
                self._chat.changes.announce(PathChanged(each.conversation_id))
        for folder_id in undone.folders:
            if folder := self._folders.remove(folder_id):
                self._folders.announce_removed(folder)
        if done.restored:
            await self._count_trash()

    async def _remove_hidden(self) -> None:
        """Remove the rows of hidden chats; if that fails, the next start does."""
        with suppress(StorageError):
            await self._conversations.remove_hidden(())
            await self._attachments.tidy_up()

    async def close(self) -> None:
        """Stop the work in the background; the next start continues removing."""
        if waiting := tuple(self._tasks):
            for task in waiting:
                task.cancel()
            await asyncio.wait(waiting)


def _state_of(connection: Connection, chat_id: str, message_ids: Sequence[str]) -> tuple[ChatState, int]:
    """Return what an import of a chat does, and the number of its messages that are not here."""
    target = target_of(connection, chat_id, message_ids)
    count = len(target.new_ids)
    if target.known is None or target.known.hidden_by:
        return ChatState.NEW, len(message_ids)
    if target.known.deleted_at:
        return ChatState.DELETED, count
    return (ChatState.GROWN if count else ChatState.HERE), count


def _losses(preview: ImportPreview, chosen: Collection[str], saved: Saved) -> Mapping[Loss, tuple[str, ...]]:
    """Return what chats lost on the way, with their titles: what was known before, and what was found out while saving."""
    lost: dict[Loss, list[str]] = {}
    for each in preview.chats:
        if each.summary.id in chosen and each.state is not ChatState.HERE:
            for loss in each.summary.lost:
                lost.setdefault(loss, []).append(each.summary.title)
    for loss, titles in saved.lost.items():
        lost.setdefault(loss, []).extend(titles)
    return {loss: tuple(dict.fromkeys(titles)) for loss, titles in lost.items()}
