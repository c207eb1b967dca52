"""Undoable changes of the chat list: delete, move, rename and pin. The last steps are kept."""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Iterable
from enum import Enum, auto

from chatdesk.features.chat.services.store.conversations import Conversations
from chatdesk.features.conversations.services.chat_folders import ChatFolders
from chatdesk.features.conversations.services.trash import Trash, TrashChanged
from chatdesk.kernel.chat.conversation import Conversation, Folder, MovedChats
from chatdesk.kernel.fast_dataclass import dataclass

_MAX_EDITS = 50


class EditKind(Enum):
    """Kind of a change that can be undone."""

    DELETE = auto()
    MOVE = auto()
    RENAME = auto()


@dataclass(frozen=True, slots=True, eq=False)
class Edit:
    """A change. `revert` undoes it and returns whether there was anything to undo."""

    kind: EditKind
    revert: Callable[[], Awaitable[bool]]


class ListEditing:
    """Runs one operation at a time, in order of the calls, so that an early undo applies to the operation before it.

    Deleting something permanently clears the history, because an undo could no longer restore everything.
    """

    def __init__(self, conversations: Conversations, folders: ChatFolders, trash: Trash) -> None:
        self._conversations = conversations
        self._folders = folders
        self._trash = trash
        self._edits: deque[Edit] = deque(maxlen=_MAX_EDITS)
        self._lock = asyncio.Lock()
        trash.changes.subscribe(self._clear_if_emptied)

    @property
    def next_undo(self) -> EditKind | None:
        """The kind of the change that `undo` would undo; None if there is none."""
        return self._edits[-1].kind if self._edits else None

    async def undo(self, edit: Edit | None = None) -> EditKind | None:
        """Undo a change, by default the last one, and return its kind; None if nothing was undone. Changes already reverted are skipped."""
        async with self._lock:
            if edit is not None:
                return edit.kind if edit in self._edits and await self._revert(edit) else None
            while self._edits:
                last = self._edits[-1]
                if await self._revert(last):
                    return last.kind
            return None

    async def delete_chats(self, conversation_ids: Iterable[str]) -> tuple[tuple[Conversation, ...], Edit | None]:
        """Move chats to the trash. Returns those that existed."""
        async with self._lock:
            deleted = await self._trash.trash_chats(conversation_ids)
            ids = [chat.id for chat in deleted]

            async def revert() -> bool:
                return bool((await self._trash.restore(ids)).conversations)

            return deleted, self._remember(EditKind.DELETE, revert) if deleted else None

    async def delete_folder(self, folder_id: str, *, with_chats: bool = False) -> tuple[Folder | None, Edit | None]:
        """Move a folder to the trash, with or without its chats."""
        async with self._lock:
            folder = await self._trash.trash_folder(folder_id, with_chats=with_chats)

            async def revert() -> bool:
                return bool((await self._trash.restore(folders=(folder_id,))).folders)

            return folder, self._remember(EditKind.DELETE, revert) if folder else None

    async def move_chats(self, conversation_ids: Iterable[str], folder_id: str) -> tuple[MovedChats, Edit | None]:
        """Move chats to a folder, "" for none."""
        async with self._lock:
            moved = await self._folders.move_chats(conversation_ids, folder_id)
            return moved, self._remember_move(moved) if moved.before else None

    async def pin(self, conversation_id: str, *, pinned: bool) -> None:
        """Pin or unpin a chat."""
        async with self._lock:
            chat = self._conversations.find(conversation_id)
            if chat and chat.pinned != pinned:
                try:
                    await self._conversations.pin(conversation_id, pinned=pinned)
                finally:  # also if it is saved only later
                    self._remember_move(MovedChats((chat,), chat.folder_id or ""))

    async def order_folders(self, change: Awaitable[None]) -> None:
        """Await a change in the order of the folders and make it undoable."""
        async with self._lock:
            before = [folder.id for folder in self._folders.all()]
            await change
            if before != [folder.id for folder in self._folders.all()]:
                self._remember(EditKind.MOVE, lambda: self._folders.set_order(before))

    async def rename_chat(self, conversation_id: str, title: str) -> None:
        """Set the title of a chat."""
        async with self._lock:
            before = self._conversations.find(conversation_id)
            if before is None:
                return
            try:
                await self._conversations.rename(conversation_id, title)
            finally:  # also if it is saved only later
                after = self._conversations.find(conversation_id)
                if after and after.title != before.title:
                    self._remember_title(before, after.title)

    async def rename_folder(self, folder_id: str, name: str) -> None:
        """Rename a folder."""
        async with self._lock:
            before = self._folders.find(folder_id)
            if before is None:
                return
            await self._folders.rename(folder_id, name)
            after = self._folders.find(folder_id)
            if after and after.name != before.name:

                async def revert() -> bool:
                    now = self._folders.find(folder_id)
                    is_unchanged = now is not None and now.name == after.name
                    if is_unchanged:
                        await self._folders.rename(folder_id, before.name)
                    return is_unchanged

                self._remember(EditKind.RENAME, revert)

    async def _revert(self, edit: Edit) -> bool:
        """Undo a change and remove it from the history. If an exception is raised, it stays there and can be tried again."""
        undone = await edit.revert()
        if edit in self._edits:
            self._edits.remove(edit)
        return undone

    def _remember_title(self, before: Conversation, title: str) -> None:
        async def revert() -> bool:
            now = self._conversations.find(before.id)
            is_unchanged = now is not None and now.title == title
            if is_unchanged:
                await self._conversations.set_title(before.id, before.title, before.title_origin)
            return is_unchanged

        self._remember(EditKind.RENAME, revert)

    def _remember_move(self, moved: MovedChats) -> Edit:
        async def revert() -> bool:
            return await self._folders.undo_move(moved)

        return self._remember(EditKind.MOVE, revert)

    def _remember(self, kind: EditKind, revert: Callable[[], Awaitable[bool]]) -> Edit:
        edit = Edit(kind, revert)
        self._edits.append(edit)
        return edit

    def _clear_if_emptied(self, change: TrashChanged) -> None:
        if change.emptied:
            self._edits.clear()
