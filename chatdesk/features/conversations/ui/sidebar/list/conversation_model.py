"""List model of the chats: group headers, folders and chats in one flat list, kept in order when chats change.

conversation_delegate.py paints the rows, conversation_list.py handles keyboard and mouse.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date

from PySide6.QtCore import QModelIndex, QObject, Qt

from chatdesk.features.conversations.ui.sidebar.list.list_rows import (
    ChatGroup,
    ChatKeys,
    ChatRow,
    FolderRow,
    HeaderRow,
    HitRow,
    Key,
    Row,
    TrashRow,
    accessible_text,
    chat_key,
    folder_end,
    folder_id_of,
    folder_key,
    group_of,
    group_title,
    header_key,
    hit_key,
    recently_deleted,
    trash_key,
    untitled_chat,
    untitled_draft,
)
from chatdesk.features.conversations.ui.sidebar.list.sorted_rows import Index, SortedRows
from chatdesk.kernel.chat.conversation import Conversation, Folder, SearchHit
from chatdesk.ui_kit.text.folder_names import shown_folder_name
from chatdesk.ui_kit.text.safe_text import plain_line

_Entry = ChatGroup | Folder | Conversation | SearchHit | TrashRow
_KINDS: dict[type[_Entry], type[Row]] = {
    ChatGroup: HeaderRow,
    Folder: FolderRow,
    Conversation: ChatRow,
    SearchHit: HitRow,
    TrashRow: TrashRow,
}
_FLAG = Qt.ItemFlag
_BASE_FLAGS = _FLAG.ItemIsEnabled | _FLAG.ItemNeverHasChildren
_FLAGS: dict[type[_Entry], Qt.ItemFlag] = {
    Conversation: _BASE_FLAGS | _FLAG.ItemIsSelectable | _FLAG.ItemIsEditable,
    Folder: _BASE_FLAGS | _FLAG.ItemIsEditable,
    SearchHit: _BASE_FLAGS | _FLAG.ItemIsSelectable,
    TrashRow: _BASE_FLAGS,
}
_REBUILD_THRESHOLD = 50
"""Minimum number of chats for which the whole list is rebuilt: moving each one would take longer, and nobody could follow it."""


class ConversationModel(SortedRows[_Entry]):
    """A change of a chat moves only its row, so that the selection and the scroll position are kept.

    `today` is called whenever a chat is assigned to a group; call `regroup` when the day has changed.
    """

    def __init__(self, today: Callable[[], date], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._today = today
        self._chats: dict[str, Conversation] = {}
        self._folders: dict[str, Folder] = {}
        self._members: defaultdict[str, set[str]] = defaultdict(set)
        """IDs of the chats listed in folders, by folder, including folders that do not exist."""
        self._order = ChatKeys()
        self._key_of: dict[str, Key] = {}
        self._search_words: tuple[str, ...] = ()
        self._streaming: set[str] = set()
        self._unread: set[str] = set()
        self._marked_folder = ""
        self._shown = ""
        self._trash = TrashRow(0)

    @property
    def lists_chats(self) -> bool:
        """Whether there is a row other than that of the trash."""
        return len(self._keys) > self._has(trash_key())

    @property
    def has_chats(self) -> bool:
        """Whether there are any chats, shown or filtered out."""
        return bool(self._chats)

    @property
    def is_filtered(self) -> bool:
        """Whether the list is filtered by a search."""
        return bool(self._search_words)

    @property
    def folders(self) -> tuple[Folder, ...]:
        """The folders in order."""
        return tuple(sorted(self._folders.values(), key=folder_key))

    def set_conversations(self, conversations: Iterable[Conversation]) -> None:
        """Replace all chats."""
        self._chats = {conversation.id: conversation for conversation in conversations}
        self._members.clear()
        self._unread = {conversation.id for conversation in self._chats.values() if conversation.unread_id}
        for conversation in self._chats.values():
            self._add_member(conversation)
        self._rebuild()

    def set_folders(self, folders: Iterable[Folder]) -> None:
        """Replace all folders."""
        self._folders = {folder.id: folder for folder in folders}
        self._rebuild()

    def put(self, conversation: Conversation) -> None:
        """Add or update a chat."""
        left = self._remove_member(conversation.id)
        self._chats[conversation.id] = conversation
        self._add_member(conversation)
        (self._unread.add if conversation.unread_id else self._unread.discard)(conversation.id)
        self._place(conversation)
        self._update_folders_header()
        for folder_id in {left, folder_id_of(conversation)}:
            self._folder_row_changed(folder_id)

    def put_all(self, conversations: Sequence[Conversation]) -> None:
        """Update several chats."""
        if len(conversations) < _REBUILD_THRESHOLD:
            for conversation in conversations:
                self.put(conversation)
        else:
            self.set_conversations((self._chats | {chat.id: chat for chat in conversations}).values())

    def remove(self, conversation_id: str) -> None:
        """Remove a chat; an unknown one is ignored."""
        left = self._remove_member(conversation_id)
        self._chats.pop(conversation_id, None)
        self._order.forget(conversation_id)
        self._streaming.discard(conversation_id)
        self._unread.discard(conversation_id)
        self._remove_row_of(conversation_id)
        self._update_folders_header()
        self._folder_row_changed(left)
        hits = [entry for entry in self._entries if isinstance(entry, SearchHit)] if self._search_words else []
        if any(hit.conversation_id == conversation_id for hit in hits):
            self.set_hits(hits)

    def put_folder(self, folder: Folder) -> None:
        """Add or update a folder: its name, position, and whether it is folded."""
        old = self._folders.get(folder.id)
        self._folders[folder.id] = folder
        if old is None and self._members[folder.id]:
            self._rebuild()
            return
        if old and self._has(folder_key(old)):
            self._move_folder(old, folder)
        if self._matches_filter(folder):
            self._insert_ancestors(folder_key(folder))
            self._fold(folder)
        else:
            self._remove_empty_ancestors(folder_key(folder))

    def remove_folder(self, folder_id: str) -> None:
        """Remove a folder; chats that still refer to it are listed by date."""
        folder = self._folders.pop(folder_id, None)
        if folder and self._members[folder_id]:
            self._rebuild()
        elif folder:
            row = self._row(folder_key(folder))
            self._remove_rows(row, self._row(folder_end(folder)))
            self._update_folders_header()

    def mark_folder(self, folder_id: str) -> None:
        """Mark the folder of the new chat that is shown; "" marks none."""
        before, self._marked_folder = self._marked_folder, folder_id
        self._folder_row_changed(before)
        self._folder_row_changed(folder_id)

    def set_shown(self, conversation_id: str) -> None:
        """Set the current chat. Its folder is marked while the chat itself is not listed."""
        before, self._shown = self._shown, conversation_id
        for chat in (before, conversation_id):
            self._chat_row_changed(chat)
            self._folder_row_changed(self.folder_of(chat))

    def folder_of(self, conversation_id: str) -> str:
        """Return the folder in which a chat is listed; "" for none."""
        chat = self._chats.get(conversation_id)
        folder = self._folders.get(folder_id_of(chat)) if chat else None
        return folder.id if folder else ""

    def set_filter(self, text: str) -> None:
        """Show only chats whose title contains every word of `text`, including those in folded folders. Previous hits are removed."""
        words = tuple(text.casefold().split())
        if words != self._search_words:
            self._search_words = words
            self._rebuild()

    def set_hits(self, hits: Iterable[SearchHit]) -> None:
        """Show found messages below the chats. Hits in titles are skipped because `set_filter` shows those chats."""
        self._remove_rows(self._row(header_key(ChatGroup.IN_MESSAGES)), len(self._keys))
        found = [hit for hit in hits if hit.conversation_id in self._chats]
        if found:
            rows: list[tuple[Key, _Entry]] = [(header_key(ChatGroup.IN_MESSAGES), ChatGroup.IN_MESSAGES)]
            self._insert_rows(rows + [(hit_key(index), hit) for index, hit in enumerate(found)])

    def set_trash(self, *, count: int | None = None, current: bool | None = None) -> None:
        """Update the row of the trash: its item count (0 hides the row) and whether its page is shown."""
        before = self._trash
        count = before.count if count is None else count
        self._trash = replace(before, count=count, current=before.current if current is None else current)
        self._put(trash_key(), self._trash if count and not self._search_words else None)

    def set_streaming(self, conversation_id: str, *, streaming: bool) -> None:
        """Mark a chat whose answer is being written."""
        (self._streaming.add if streaming else self._streaming.discard)(conversation_id)
        self._chat_row_changed(conversation_id)
        self._folder_row_changed(self.folder_of(conversation_id))

    def streaming_indexes(self) -> list[QModelIndex]:
        """Return the indexes of the chats whose answers are being written, or of the folded folders that contain them."""
        folders = {self.folder_of(chat) for chat in self._streaming}
        indexes = (*map(self.index_of, self._streaming), *map(self.index_of_folder, folders))
        rows = ((index, self.row_at(index)) for index in indexes)
        return [index for index, row in rows if isinstance(row, ChatRow | FolderRow) and row.streaming]

    def regroup(self) -> None:
        """Move chats whose group has changed with the date."""
        today = self._today()
        listed = [
            self._chats[chat]
            for chat, key in self._key_of.items()
            if key[0] != group_of(self._chats[chat], today, self._folders)
        ]
        for conversation in listed:
            self._place(conversation)

    def retranslate(self) -> None:
        """Update the translated titles of headers and of untitled chats."""
        self._emit_changed(0, len(self._keys) - 1)

    def index_of(self, conversation_id: str) -> QModelIndex:
        """Return the index of a chat; invalid if it is not listed."""
        key = self._key_of.get(conversation_id)
        return QModelIndex() if key is None else self.index(self._row(key))

    def index_of_folder(self, folder_id: str) -> QModelIndex:
        """Return the index of a folder; invalid if it is not listed."""
        folder = self._folders.get(folder_id)
        listed = folder is not None and self._has(folder_key(folder))
        return self.index(self._row(folder_key(folder))) if folder and listed else QModelIndex()

    def row_at(self, index: Index) -> Row | None:
        """Return the content of an index; None for an invalid one."""
        if not 0 <= index.row() < len(self._entries):
            return None
        match self._entries[index.row()]:
            case ChatGroup() as group:
                return HeaderRow(group, group_title(group))
            case Folder() as folder:
                return self._folder_row(folder)
            case Conversation() as conversation:
                chat = conversation.id
                inside = self._keys[index.row()][0] == ChatGroup.FOLDERS
                return ChatRow(conversation, self._title(chat), chat in self._streaming, inside, chat == self._shown)
            case SearchHit() as hit:
                return HitRow(hit, self._title(hit.conversation_id))
            case TrashRow() as trash:
                return replace(trash, title=recently_deleted())

    def kind_of(self, row: int) -> type[Row]:
        """Return the type of a row, which determines its height."""
        return _KINDS[type(self._entries[row])]

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return the row, its title, or the text for screen readers."""
        match role:
            case Qt.ItemDataRole.UserRole:
                return self.row_at(index)
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.EditRole:
                return row.title if (row := self.row_at(index)) else None
            case Qt.ItemDataRole.AccessibleTextRole:
                row = self.row_at(index)
                return accessible_text(row, self.tr("%n chat(s)", "", row.count) if isinstance(row, FolderRow) else "")
            case _:
                return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Make chats and hits selectable, folders focusable, and chats and folders editable."""
        return _FLAGS.get(type(self._entries[index.row()]), _FLAG(0)) if index.isValid() else _FLAG(0)

    def _rebuild(self) -> None:
        self.beginResetModel()
        listed: Iterable[Conversation] = self._chats.values()
        for word in self._search_words:
            listed = [chat for chat in listed if word in (chat.title or chat.name).casefold()]
        self._key_of = self._order.keys(listed, self._today(), self._folders)
        if not self._search_words and (folded := {folder.id for folder in self._folders.values() if folder.collapsed}):
            self._key_of = {chat: key for chat, key in self._key_of.items() if key[3] not in folded}
        rows: list[tuple[Key, _Entry]] = [(key, self._chats[chat]) for chat, key in self._key_of.items()]
        above = {key[3] for key, _ in rows}
        rows += [
            (folder_key(each), each)
            for each in self._folders.values()
            if each.id in above or self._matches_filter(each)
        ]
        groups = {key[0] for key, _ in rows} | ({ChatGroup.FOLDERS} if self._shows_folders_header else set())
        rows += [(header_key(group), ChatGroup(group)) for group in groups]
        if self._trash.count and not self._search_words:
            rows.append((trash_key(), self._trash))
        self._set_rows(rows)
        self.endResetModel()

    def _place(self, conversation: Conversation) -> None:
        """Move the row of a chat to its current position."""
        key = self._key(conversation, self._today())
        if key is None:
            self._remove_row_of(conversation.id)
            return
        old_key = self._key_of.get(conversation.id)
        self._insert_ancestors(key)
        self._key_of[conversation.id] = key
        if old_key is None:
            self._insert(key, conversation)
        else:
            self._move_rows(self._row(old_key), [(key, conversation)])
            self._remove_empty_ancestors(old_key)

    def _remove_row_of(self, conversation_id: str) -> None:
        if key := self._key_of.pop(conversation_id, None):
            row = self._row(key)
            self._remove_rows(row, row + 1)
            self._remove_empty_ancestors(key)

    def _insert_ancestors(self, key: Key) -> None:
        """Insert the header and the folder of a row if they are missing."""
        head = header_key(key[0])
        if not self._has(head):
            self._insert(head, ChatGroup(key[0]))
        folder = self._folders.get(key[3])
        if folder and not self._has(folder_key(folder)):
            self._insert(folder_key(folder), folder)

    def _remove_empty_ancestors(self, key: Key) -> None:
        """Remove the header of a removed row if its group is empty, and its folder if that was listed only for its chats."""
        folder = self._folders.get(key[3])
        if (
            folder
            and self._has(folder_key(folder))
            and not self._listed_count(folder)
            and not self._matches_filter(folder)
        ):
            row = self._row(folder_key(folder))
            self._remove_rows(row, row + 1)
        self._remove_empty_header(ChatGroup(key[0]))

    def _remove_empty_header(self, group: ChatGroup) -> None:
        if group is ChatGroup.FOLDERS and self._shows_folders_header:
            return
        row = self._row(header_key(group))
        if self._has(header_key(group)) and (row + 1 == len(self._keys) or self._keys[row + 1][0] != group):
            self._remove_rows(row, row + 1)

    @property
    def _shows_folders_header(self) -> bool:
        return not self._search_words and bool(self._chats or self._folders)

    def _update_folders_header(self) -> None:
        head = header_key(ChatGroup.FOLDERS)
        if self._shows_folders_header and not self._has(head):
            self._insert(head, ChatGroup.FOLDERS)
        else:
            self._remove_empty_header(ChatGroup.FOLDERS)

    def _move_folder(self, old: Folder, new: Folder) -> None:
        """Move a folder with its chats to its current position."""
        first, end = self._row(folder_key(old)), self._row(folder_end(old))
        rows: list[tuple[Key, _Entry]] = [(folder_key(new), new)]
        for entry in self._entries[first + 1 : end]:
            if isinstance(entry, Conversation):
                self._key_of[entry.id] = chat_key(entry, ChatGroup.FOLDERS, new)
                rows.append((self._key_of[entry.id], entry))
        self._move_rows(first, rows)

    def _fold(self, folder: Folder) -> None:
        """Insert or remove the rows of the chats of a folder according to its state."""
        missing = [self._chats[chat] for chat in self._members[folder.id] if chat not in self._key_of]
        today = self._today()
        keyed = sorted((key, chat.id) for chat in missing if (key := self._key(chat, today)))
        self._key_of |= {chat: key for key, chat in keyed}
        self._insert_rows([(key, self._chats[chat]) for key, chat in keyed])
        if folder.collapsed and not self._search_words:
            first, end = self._row(folder_key(folder)) + 1, self._row(folder_end(folder))
            for entry in self._entries[first:end]:
                if isinstance(entry, Conversation):
                    del self._key_of[entry.id]
            self._remove_rows(first, end)
        self._folder_row_changed(folder.id)

    def _listed_count(self, folder: Folder) -> int:
        """Return the number of chats listed in a folder."""
        return self._row(folder_end(folder)) - self._row(folder_key(folder)) - 1

    def _matches_filter(self, folder: Folder) -> bool:
        """Return whether a folder is listed even without chats."""
        name = shown_folder_name(folder.name).casefold() if self._search_words else ""
        return all(word in name for word in self._search_words)

    def _add_member(self, conversation: Conversation) -> None:
        if folder_id := folder_id_of(conversation):
            self._members[folder_id].add(conversation.id)

    def _remove_member(self, conversation_id: str) -> str:
        """Remove a chat from the members of its folder, and return the ID of the folder."""
        known = self._chats.get(conversation_id)
        folder_id = folder_id_of(known) if known else ""
        if folder_id in self._members:
            self._members[folder_id].discard(conversation_id)
        return folder_id

    def _folder_row_changed(self, folder_id: str) -> None:
        self._emit_changed(row := self.index_of_folder(folder_id).row(), row)

    def _chat_row_changed(self, conversation_id: str) -> None:
        self._emit_changed(row := self.index_of(conversation_id).row(), row)

    def _key(self, conversation: Conversation, today: date) -> Key | None:
        """Return the sort key of a chat; None if it is not listed because it does not match or its folder is folded."""
        name = conversation.name.casefold() if self._search_words else ""
        if not all(word in name for word in self._search_words):
            return None
        key = self._order.key(conversation, today, self._folders)
        folder = self._folders.get(key[3])
        return None if folder and folder.collapsed and not self._search_words else key

    def _folder_row(self, folder: Folder) -> FolderRow:
        count = self._listed_count(folder) if self._search_words else len(self._members[folder.id])
        unfolded = not folder.collapsed or bool(self._search_words)
        members = self._members[folder.id]
        marked = folder.id == self._marked_folder or (not unfolded and self._shown in members)
        streaming = not unfolded and not members.isdisjoint(self._streaming)
        unread = not unfolded and not members.isdisjoint(self._unread)
        return FolderRow(folder, shown_folder_name(folder.name), count, unfolded, marked, streaming, unread)

    def _title(self, conversation_id: str) -> str:
        chat = self._chats.get(conversation_id)
        fallback = untitled_draft if chat and chat.is_draft else untitled_chat
        return (plain_line(chat.name) if chat else "") or fallback()
