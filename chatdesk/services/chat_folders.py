"""Folders of chats: make, rename, order, fold, delete with undo, put chats in, and what new chats in them begin with."""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import replace

from chatdesk.domain.conversation import Conversation
from chatdesk.domain.folder import LONGEST_NAME, DeletedFolder, Folder, MovedChats
from chatdesk.domain.late_dataclass import dataclass
from chatdesk.domain.model import ModelRef
from chatdesk.domain.storage_errors import StorageError
from chatdesk.services.announcer import Announcer
from chatdesk.services.conversations import Conversations
from chatdesk.storage.database import Database
from chatdesk.storage.folder_repository import FolderRepository


@dataclass(frozen=True, slots=True)
class FolderChanged:
    """A folder is new, or back, or has changed."""

    folder: Folder


@dataclass(frozen=True, slots=True)
class FolderRemoved:
    """A folder is gone; its chats left it before."""

    folder: Folder


@dataclass(frozen=True, slots=True)
class ChatsMoved:
    """Chats are in another folder now, or in none."""

    conversations: tuple[Conversation, ...]


FolderChange = FolderChanged | FolderRemoved | ChatsMoved


class ChatFolders:
    """Keeps the few there are in memory and every change on disk."""

    def __init__(self, database: Database, conversations: Conversations) -> None:
        self.changes: Announcer[FolderChange] = Announcer()
        self._database = database
        self._conversations = conversations
        self._known: dict[str, Folder] = {}

    async def load(self) -> None:
        """Read the folders from disk; once, at start."""
        listed = await self._database.run(lambda connection: FolderRepository(connection).list())
        self._known = {folder.id: folder for folder in listed}

    def all(self) -> tuple[Folder, ...]:
        """Return the folders in their order."""
        return tuple(sorted(self._known.values(), key=lambda folder: (folder.position, folder.id)))

    def find(self, folder_id: str | None) -> Folder | None:
        """Return one folder, or None if there is none of that id."""
        return self._known.get(folder_id) if folder_id else None

    async def create(self, name: str, *, collapsed: bool = False) -> Folder:
        """Make a folder behind the others."""
        last = max((folder.position for folder in self._known.values()), default=-1.0)
        folder = Folder(uuid.uuid4().hex, _one_line(name), last + 1, collapsed=collapsed)
        await self._keep(folder)
        return folder

    async def rename(self, folder_id: str, name: str) -> None:
        """Give a folder another name; an empty one is ignored."""
        folder = self.find(folder_id)
        if folder and (name := _one_line(name)):
            await self._keep(replace(folder, name=name))

    async def set_collapsed(self, folder_id: str, *, collapsed: bool) -> None:
        """Fold a folder, so that its chats are not listed, or unfold it."""
        folder = self.find(folder_id)
        if folder and folder.collapsed != collapsed:
            await self._keep(replace(folder, collapsed=collapsed))

    async def set_preset(self, folder_id: str, preset_key: str) -> None:
        """Let new chats in a folder begin with a preset; "" for none."""
        if folder := self.find(folder_id):
            await self._keep(replace(folder, preset_key=preset_key))

    async def set_model(self, folder_id: str, model: ModelRef | None) -> None:
        """Let new chats in a folder begin with a model; None for the one last used."""
        if folder := self.find(folder_id):
            await self._keep(replace(folder, model=model))

    async def step(self, folder_id: str, step: int) -> None:
        """Move a folder up (-1) or down (1) among the others; at the ends it stays."""
        order = [folder.id for folder in self.all()]
        if folder_id in order:
            await self.move_before(folder_id, order.index(folder_id) + (step if step < 0 else step + 1))

    async def move_before(self, folder_id: str, index: int) -> None:
        """Move a folder before the one that is at `index` now; behind the last one if there is none."""
        folders = list(self.all())
        moved = self._known[folder_id]
        index = min(max(index, 0), len(folders))
        index -= folders.index(moved) < index
        folders.remove(moved)
        folders.insert(index, moved)
        placed = [replace(folder, position=float(position)) for position, folder in enumerate(folders)]
        await self._keep(*(folder for folder in placed if folder != self._known[folder.id]))

    async def move_to(self, folder_id: str, other_id: str) -> None:
        """Move a folder to where another one is; that one and those between make room."""
        order = [folder.id for folder in self.all()]
        if folder_id in order and other_id in order:
            place = order.index(other_id)
            await self.move_before(folder_id, place + (order.index(folder_id) < place))

    async def delete(self, folder_id: str) -> DeletedFolder | None:
        """Delete a folder and leave its chats. Returns what `restore` needs; None if the folder is gone."""
        folder = self._known.pop(folder_id, None)
        if folder is None:
            return None
        try:
            deleted = await self._database.run(lambda connection: FolderRepository(connection).delete(folder))
        except StorageError:
            self._known[folder_id] = folder
            raise
        await self._place(replace(chat, folder_id=None) for chat in self._chats_in(folder_id))
        self.changes.announce(FolderRemoved(folder))
        return deleted

    async def restore(self, deleted: DeletedFolder) -> None:
        """Undo `delete`; chats that went into another folder meanwhile stay there."""
        await self._database.run(lambda connection: FolderRepository(connection).restore(deleted))
        self._known[deleted.folder.id] = deleted.folder
        self.changes.announce(FolderChanged(deleted.folder))
        known = filter(None, map(self._conversations.find, deleted.chats))
        await self._place(replace(chat, folder_id=deleted.folder.id) for chat in known if not self.find(chat.folder_id))

    async def put_chats(self, conversation_ids: Iterable[str], folder_id: str) -> MovedChats:
        """Put chats in a folder, "" for none. A pinned chat is unpinned, else it would still stand elsewhere.

        Returns what `put_back` needs, of those alone that were not there.
        """
        known = filter(None, map(self._conversations.find, conversation_ids))
        target = self.find(folder_id)
        wanted = target.id if target else None
        moved = tuple(
            chat for chat in known if (self.find(chat.folder_id), chat.pinned and target is not None) != (target, False)
        )
        await self._place(replace(chat, folder_id=wanted, pinned=chat.pinned and target is None) for chat in moved)
        return MovedChats(moved, wanted or "")

    async def put_back(self, moved: MovedChats) -> None:
        """Undo `put_chats`."""
        await self._place(moved.before)

    def _chats_in(self, folder_id: str) -> list[Conversation]:
        return [chat for chat in self._conversations.all() if chat.folder_id == folder_id]

    async def _place(self, places: Iterable[Conversation]) -> None:
        if placed := await self._conversations.place(places):
            self.changes.announce(ChatsMoved(placed))

    async def _keep(self, *folders: Folder) -> None:
        self._known.update({folder.id: folder for folder in folders})
        await self._database.run(lambda connection: _keep_all(FolderRepository(connection), folders))
        for folder in folders:
            self.changes.announce(FolderChanged(folder))


def _keep_all(repository: FolderRepository, folders: Sequence[Folder]) -> None:
    for folder in folders:
        repository.keep(folder)


def _one_line(name: str) -> str:
    return " ".join(name.split())[:LONGEST_NAME]
