"""List model of the chats: group headers, folders and chats in one flat list, kept in order when chats change.

conversation_delegate.py paints the rows, conversation_list.py handles keyboard and mouse.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale, QModelIndex, QObject, Qt

from chatdesk.features.conversations.ui.sidebar.list.list_rows import (
    ChatGroup,
    ChatKeys,
    ChatRow,
    FolderRow,
    FoundChat,
    HeaderRow,
    HitRow,
    Key,
    MoreHitRow,
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

if TYPE_CHECKING:
    from chatdesk.kernel.finding.search_query import SearchQuery

_Entry = ChatGroup | Folder | Conversation | FoundChat | SearchHit | TrashRow
_KINDS: dict[type[_Entry], type[Row]] = {
    ChatGroup: HeaderRow,
    Folder: FolderRow,
    Conversation: ChatRow,
    FoundChat: HitRow,
    SearchHit: MoreHitRow,
    TrashRow: TrashRow,
}
_FLAG = Qt.ItemFlag
_BASE_FLAGS = _FLAG.ItemIsEnabled | _FLAG.ItemNeverHasChildren
_FLAGS: dict[type[_Entry], Qt.ItemFlag] = {
    Conversation: _BASE_FLAGS | _FLAG.ItemIsSelectable | _FLAG.ItemIsEditable,
    Folder: _BASE_FLAGS | _FLAG.ItemIsEditable,
    FoundChat: _BASE_FLAGS | _FLAG.ItemIsSelectable,
    SearchHit: _BASE_FLAGS | _FLAG.ItemIsSelectable,
    TrashRow: _BASE_FLAGS,
}
_MAX_FOLDED_NAMES = 50_000
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
        self._query: SearchQuery | None = None
        """What the list is filtered by; None without a search."""
        self._folded_names: dict[str, str] = {}
        self._found: dict[str, tuple[int, FoundChat]] = {}
        """The chats in whose messages something was found, by ID, with their numbers in the list."""
        self._all_found = True
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
        return self._query is not None

    @property
    def folders(self) -> tuple[Folder, ...]:
        """The folders in order."""
        return tuple(sorted(self._folders.values(), key=folder_key))

    def set_conversations(self, conversations: Iterable[Conversation]) -> None:
        """Replace all chats."""
        self._chats = {conversation.id: conversation for conversation in conversations}
        self._found = {chat: found for chat, found in self._found.items() if chat in self._chats}
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
        if conversation_id in self._found:
            self._remove_found(conversation_id)

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
        """Show only chats whose title contains the query `text`, including those in folded folders. Previous hits are removed."""
        from chatdesk.kernel.finding.search_query import SearchQuery  # noqa: PLC0415 - start-up time: nothing has been typed yet

        query = SearchQuery(text)
        if query or self._query:
            self._query = query or None
            self._found.clear()
            self._rebuild()

    def set_hits(self, hits: Iterable[SearchHit], *, complete: bool = True) -> None:
        """Show found messages below the chats, grouped by chat, in place of those found before."""
        self._found.clear()
        self._remove_rows(self._row(header_key(ChatGroup.IN_MESSAGES)), len(self._keys))
        self.add_hits(hits, complete=complete)

    def add_hits(self, hits: Iterable[SearchHit], *, complete: bool = True) -> None:
        """Add further found messages. Unless `complete`, there are more to come."""
        self._all_found = complete
        by_chat: dict[str, list[SearchHit]] = {}
        for hit in hits:
            if hit.conversation_id in self._chats:
                by_chat.setdefault(hit.conversation_id, []).append(hit)
        added: list[tuple[Key, _Entry]] = []
        for chat, found in by_chat.items():
            if chat in self._found:
                self._extend_found(chat, found)
            else:
                number = max((each for each, _ in self._found.values()), default=-1) + 1
                self._found[chat] = number, FoundChat(tuple(found))
                added.append((hit_key(number), self._found[chat][1]))
        header = header_key(ChatGroup.IN_MESSAGES)
        if added and not self._has(header):
            added.insert(0, (header, ChatGroup.IN_MESSAGES))
        self._insert_rows(added)
        self._emit_changed(row := self._row(header), row if self._has(header) else -1)  # its number

    @property
    def found_count(self) -> int:
        """The number of messages found so far."""
        return sum(len(chat.hits) for _, chat in self._found.values())

    @property
    def found_chats(self) -> int:
        """The number of chats in whose messages something was found so far."""
        return len(self._found)

    def unfold_hits(self, conversation_id: str, *, unfolded: bool) -> None:
        """List all messages found in a chat, or only the newest."""
        number, chat = self._found.get(conversation_id, (0, FoundChat(())))
        if len(chat.hits) > 1 and chat.unfolded != unfolded:
            self._found[conversation_id] = number, replace(chat, unfolded=unfolded)
            self._put(hit_key(number), self._found[conversation_id][1])
            if unfolded:
                self._insert_rows([(hit_key(number, index), hit) for index, hit in enumerate(chat.hits[1:], start=1)])
            else:
                self._remove_rows(self._row(hit_key(number, 1)), self._row(hit_key(number + 1)))

    def index_of_hits(self, conversation_id: str) -> QModelIndex:
        """Return the index of the row for the messages found in a chat; invalid if there is none."""
        found = self._found.get(conversation_id)
        return self.index(self._row(hit_key(found[0]))) if found else QModelIndex()

    def set_trash(self, *, count: int | None = None, current: bool | None = None) -> None:
        """Update the row of the trash: its item count (0 hides the row) and whether its page is shown."""
        before = self._trash
        count = before.count if count is None else count
        self._trash = replace(before, count=count, current=before.current if current is None else current)
        self._put(trash_key(), self._trash if count and self._query is None else None)

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
                return self._header_row(group)
            case Folder() as folder:
                return self._folder_row(folder)
            case Conversation() as conversation:
                chat = conversation.id
                inside = self._keys[index.row()][0] == ChatGroup.FOLDERS
                return ChatRow(conversation, self._title(chat), chat in self._streaming, inside, chat == self._shown)
            case FoundChat(hits, unfolded):
                return HitRow(hits[0], self._title(hits[0].conversation_id), len(hits) - 1, unfolded)
            case SearchHit() as hit:
                return MoreHitRow(hit, self._title(hit.conversation_id))
            case TrashRow() as trash:
                return replace(trash, title=recently_deleted())

    def kind_of(self, row: int) -> tuple[type[Row], bool]:
        """Return the type of a row, and whether it is a match in the text of a document: they determine its height."""
        entry = self._entries[row]
        hit = entry.hits[0] if isinstance(entry, FoundChat) else entry
        return _KINDS[type(entry)], isinstance(hit, SearchHit) and hit.is_in_document

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return the row, its title, or the text for screen readers."""
        match role:
            case Qt.ItemDataRole.UserRole:
                return self.row_at(index)
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.EditRole:
                return row.title if (row := self.row_at(index)) else None
            case Qt.ItemDataRole.AccessibleTextRole:
                row = self.row_at(index)
                return accessible_text(row, self._number_text(row))
            case _:
                return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Make chats and hits selectable, folders focusable, and chats and folders editable."""
        return _FLAGS.get(type(self._entries[index.row()]), _FLAG(0)) if index.isValid() else _FLAG(0)

    def _rebuild(self) -> None:
        self.beginResetModel()
        listed: Iterable[Conversation] = self._chats.values()
        if self._query:
            names = [chat.title or chat.name for chat in self._chats.values()]
            self._fold_names(names)
            folded_names = map(self._folded_names.__getitem__, names)
            listed = self._query.in_titles(list(zip(folded_names, self._chats.values(), strict=True)))
        self._key_of = self._order.keys(listed, self._today(), self._folders)
        if self._query is None and (folded := {folder.id for folder in self._folders.values() if folder.collapsed}):
            self._key_of = {chat: key for chat, key in self._key_of.items() if key[3] not in folded}
        rows: list[tuple[Key, _Entry]] = [(key, self._chats[chat]) for chat, key in self._key_of.items()]
        above = {key[3] for key, _ in rows}
        rows += [
            (folder_key(each), each)
            for each in self._folders.values()
            if each.id in above or self._matches_filter(each)
        ]
        rows += self._found_rows()
        groups = {key[0] for key, _ in rows} | ({ChatGroup.FOLDERS} if self._shows_folders_header else set())
        rows += [(header_key(group), ChatGroup(group)) for group in groups]
        if self._trash.count and self._query is None:
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
        return self._query is None and bool(self._chats or self._folders)

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
        if folder.collapsed and self._query is None:
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
        return self._query is None or self._matches(shown_folder_name(folder.name))

    def _matches(self, name: str) -> bool:
        self._fold_names([name])
        return self._query is not None and bool(self._query.in_titles([(self._folded_names[name], name)]))

    def _fold_names(self, names: Sequence[str]) -> None:
        """Make sure that the folded forms of names are known; all at once, which is many times faster than one by one."""
        from chatdesk.kernel.finding.folding import fold  # noqa: PLC0415 - start-up time

        if len(self._folded_names) > _MAX_FOLDED_NAMES:
            self._folded_names.clear()
        if missing := [name for name in names if name not in self._folded_names]:
            folded = fold("\n".join([name.replace("\n", " ") for name in missing])).split("\n")
            self._folded_names.update(zip(missing, folded, strict=True))

    def _found_rows(self) -> Iterator[tuple[Key, _Entry]]:
        for number, chat in self._found.values():
            yield hit_key(number), chat
            if chat.unfolded:
                yield from ((hit_key(number, index), hit) for index, hit in enumerate(chat.hits[1:], start=1))

    def _extend_found(self, conversation_id: str, hits: Sequence[SearchHit]) -> None:
        number, chat = self._found[conversation_id]
        grown = replace(chat, hits=(*chat.hits, *hits))
        self._found[conversation_id] = number, grown
        self._put(hit_key(number), grown)
        if chat.unfolded:
            self._insert_rows([(hit_key(number, index), hit) for index, hit in enumerate(hits, start=len(chat.hits))])

    def _remove_found(self, conversation_id: str) -> None:
        number, _ = self._found.pop(conversation_id)
        self._remove_rows(self._row(hit_key(number)), self._row(hit_key(number + 1)))
        self._remove_empty_header(ChatGroup.IN_MESSAGES)

    def _number_text(self, row: Row | None) -> str:
        match row:
            case FolderRow():
                return self.tr("%n chat(s)", "", row.count)
            case HitRow():
                return self.tr("%n more match(es)", "", row.more)
            case _:
                return ""

    def _header_row(self, group: ChatGroup) -> HeaderRow:
        if group is not ChatGroup.IN_MESSAGES:
            return HeaderRow(group, group_title(group))
        count = QLocale().toString(self.found_count)
        return HeaderRow(group, group_title(group), count if self._all_found else f"{count}+")

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
        if self._query and not self._matches(conversation.title or conversation.name):
            return None
        key = self._order.key(conversation, today, self._folders)
        folder = self._folders.get(key[3])
        return None if folder and folder.collapsed and self._query is None else key

    def _folder_row(self, folder: Folder) -> FolderRow:
        count = self._listed_count(folder) if self._query else len(self._members[folder.id])
        unfolded = not folder.collapsed or self._query is not None
        members = self._members[folder.id]
        marked = folder.id == self._marked_folder or (not unfolded and self._shown in members)
        streaming = not unfolded and not members.isdisjoint(self._streaming)
        unread = not unfolded and not members.isdisjoint(self._unread)
        return FolderRow(folder, shown_folder_name(folder.name), count, unfolded, marked, streaming, unread)

    def _title(self, conversation_id: str) -> str:
        chat = self._chats.get(conversation_id)
        fallback = untitled_draft if chat and chat.is_draft else untitled_chat
        return (plain_line(chat.name) if chat else "") or fallback()
