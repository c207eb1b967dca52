"""Folders of chats: create, rename, reorder, fold, move chats, and defaults for new chats. `trash.py` handles deleted folders."""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import replace

from chatdesk.features.chat.services.store.conversations import Conversations
from chatdesk.kernel.announcer import Announcer
from chatdesk.kernel.chat.conversation import MAX_CHAT_NAME_LENGTH, Conversation, Folder, MovedChats
from chatdesk.kernel.errors.storage_errors import StorageError
from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.kernel.models.model import ModelRef
from chatdesk.storage.database.conversation_repository import FolderRepository
from chatdesk.storage.database.database import Database
from chatdesk.storage.database.storage_errors import nothing_changed


@dataclass(frozen=True, slots=True)
class FolderChanged:
    """A folder was created, restored or changed."""

    folder: Folder


@dataclass(frozen=True, slots=True)
class FolderRemoved:
    """A folder was deleted; chats that still refer to it are in no folder."""

    folder: Folder


@dataclass(frozen=True, slots=True)
class ChatsMoved:
    """Chats were moved to another folder or out of their folder."""

    conversations: tuple[Conversation, ...]


FolderChange = FolderChanged | FolderRemoved | ChatsMoved


class ChatFolders:
    """Keeps the folders in memory and saves every change to the database."""

    def __init__(self, database: Database, conversations: Conversations) -> None:
        self.changes: Announcer[FolderChange] = Announcer()
        self._database = database
        self._conversations = conversations
        self._known: dict[str, Folder] = {}

    async def load(self) -> None:
        """Load the folders from the database once at startup."""
        listed = await self._database.run(lambda connection: FolderRepository(connection).list())
        self._known = {folder.id: folder for folder in listed}

    async def reload(self) -> None:
        """Apply folders that were changed on disk from elsewhere."""
        before = self._known
        await self.load()
        for folder in before.values():
            if folder.id not in self._known:
                self.changes.announce(FolderRemoved(folder))
        for folder in self._known.values():
            if folder != before.get(folder.id):
                self.changes.announce(FolderChanged(folder))

    def all(self) -> tuple[Folder, ...]:
        """Return the folders in order."""
        return tuple(sorted(self._known.values(), key=lambda folder: (folder.position, folder.id)))

    def find(self, folder_id: str | None) -> Folder | None:
        """Return the folder with this ID; None if it does not exist."""
        return self._known.get(folder_id) if folder_id else None

    def folder_of(self, conversation: Conversation) -> Folder | None:
        """Return the folder of a chat; None if it is in none or pinned, because pinned chats are not listed in folders."""
        return None if conversation.pinned else self.find(conversation.folder_id)

    async def create(self, name: str, *, collapsed: bool = False) -> Folder:
        """Create a folder after the existing ones."""
        last = max((folder.position for folder in self._known.values()), default=-1.0)
        folder = Folder(uuid.uuid4().hex, _one_line(name), last + 1, collapsed=collapsed)
        await self._save(folder)
        return folder

    async def rename(self, folder_id: str, name: str) -> None:
        """Rename a folder; an empty name is ignored."""
        folder = self.find(folder_id)
        if folder and (name := _one_line(name)):
            await self._save(replace(folder, name=name))

    async def set_collapsed(self, folder_id: str, *, collapsed: bool) -> None:
        """Fold a folder, which hides its chats in the list, or unfold it."""
        folder = self.find(folder_id)
        if folder and folder.collapsed != collapsed:
            await self._save(replace(folder, collapsed=collapsed))

    async def set_preset(self, folder_id: str, preset_key: str) -> None:
        """Set the preset for new chats in a folder; "" for none."""
        if folder := self.find(folder_id):
            await self._save(replace(folder, preset_key=preset_key))

    async def set_model(self, folder_id: str, model: ModelRef | None) -> None:
        """Set the model for new chats in a folder; None for the last used one."""
        if folder := self.find(folder_id):
            await self._save(replace(folder, model=model))

    async def set_instructions(self, folder_id: str, text: str) -> None:
        """Set the instructions for all chats in a folder."""
        if folder := self.find(folder_id):
            await self._save(replace(folder, instructions=text))

    async def step(self, folder_id: str, step: int) -> None:
        """Move a folder up (-1) or down (1); does nothing at the ends."""
        order = [folder.id for folder in self.all()]
        if folder_id in order:
            await self.move_before(folder_id, order.index(folder_id) + (step if step < 0 else step + 1))

    async def move_before(self, folder_id: str, index: int) -> None:
        """Move a folder before the one at `index`, or after the last one if there is none."""
        folders = list(self.all())
        moved = self._known[folder_id]
        index = min(max(index, 0), len(folders))
        index -= folders.index(moved) < index
        folders.remove(moved)
        folders.insert(index, moved)
        placed = [replace(folder, position=float(position)) for position, folder in enumerate(folders)]
        await self._save(*(folder for folder in placed if folder != self._known[folder.id]))

    async def move_to(self, folder_id: str, other_id: str) -> None:
        """Move a folder to the position of another one; that one and those in between shift by one position."""
        order = [folder.id for folder in self.all()]
        if folder_id in order and other_id in order:
            index = order.index(other_id)
            await self.move_before(folder_id, index + (order.index(folder_id) < index))

    async def set_order(self, order: Sequence[str]) -> bool:
        """Order the folders; folders missing from `order` come last. Returns False if the order is unchanged."""
        named = {folder_id: number for number, folder_id in enumerate(order)}
        folders = sorted(self.all(), key=lambda folder: named.get(folder.id, len(named)))
        placed = [replace(folder, position=float(position)) for position, folder in enumerate(folders)]
        moved = folders != list(self.all())
        if moved:
            await self._save(*(folder for folder in placed if folder != self._known[folder.id]))
        return moved

    def remove(self, folder_id: str) -> Folder | None:
        """Remove a folder that is moved to the trash and return it; None if it does not exist. `announce_removed` announces the removal."""
        return self._known.pop(folder_id, None)

    def announce_removed(self, folder: Folder) -> None:
        """Announce that a folder was moved to the trash."""
        self.changes.announce(FolderRemoved(folder))

    def restore(self, folder: Folder) -> None:
        """Restore a folder from the trash; its chats are in it again."""
        if folder.id not in self._known:
            self._known[folder.id] = folder
            self.changes.announce(FolderChanged(folder))

    async def move_chats(self, conversation_ids: Iterable[str], folder_id: str) -> MovedChats:
        """Move chats to a folder, "" for none. Pinned chats are unpinned, because pinned chats are not listed in folders.

        Returns the chats that were moved, for `undo_move`.
        """
        known = filter(None, map(self._conversations.find, conversation_ids))
        target = self.find(folder_id)
        target_id = target.id if target else None
        moved = tuple(
            chat for chat in known if (self.find(chat.folder_id), chat.pinned and target is not None) != (target, False)
        )
        await self._move(replace(chat, folder_id=target_id, pinned=chat.pinned and target is None) for chat in moved)
        return MovedChats(moved, target_id or "")

    async def undo_move(self, moved: MovedChats) -> bool:
        """Undo `move_chats`. Returns False if none of the chats exists any more."""
        return await self._move(moved.before)

    def chats_in(self, folder_id: str) -> tuple[Conversation, ...]:
        """Return the chats listed in a folder, that is, without pinned ones and drafts."""
        return tuple(
            chat
            for chat in self._conversations.all()
            if chat.folder_id == folder_id and not chat.pinned and not chat.is_draft
        )

    async def _move(self, chats: Iterable[Conversation]) -> bool:
        placed = await self._conversations.save_folders(chats)
        if placed:
            self.changes.announce(ChatsMoved(placed))
        return bool(placed)

    async def _save(self, *folders: Folder) -> None:
        """Save new or changed folders. Raises `StorageError`; nothing is changed then."""
        before = self._known
        self._known = before | {folder.id: folder for folder in folders}
        try:
            with nothing_changed():
                await self._database.run(lambda connection: _save_all(FolderRepository(connection), folders))
        except StorageError:
            for folder in folders:
                if self._known.get(folder.id) is folder:  # not changed again meanwhile
                    self._known.pop(folder.id)
                    self._known |= {folder.id: before[folder.id]} if folder.id in before else {}
            raise
        for folder in folders:
            self.changes.announce(FolderChanged(folder))


def _save_all(repository: FolderRepository, folders: Sequence[Folder]) -> None:
    for folder in folders:
        repository.save(folder)


def _one_line(name: str) -> str:
    return " ".join(name.split())[:MAX_CHAT_NAME_LENGTH]
