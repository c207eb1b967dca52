"""The list of chats as Qt's views see it: group heads and chats in one flat list, kept in order while chats change.

Drawing is conversation_delegate.py's, keyboard and mouse are conversation_list.py's.
"""

from bisect import bisect_left
from collections.abc import Callable, Iterable
from datetime import date

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from chatdesk.domain.conversation import Conversation
from chatdesk.domain.search_hit import SearchHit
from chatdesk.ui.plain_line import plain_line
from chatdesk.ui.sidebar.chat_groups import ChatGroup, group_of
from chatdesk.ui.sidebar.rows import ChatRow, HeadRow, HitRow, Row

ROW_ROLE = int(Qt.ItemDataRole.UserRole)
"""The `Row` of an index."""

_Index = QModelIndex | QPersistentModelIndex
_Key = tuple[int, bool, float, str]
"""Group, whether it is below the head, place in the group, id. The list is sorted by it."""

_CHANGING_ROLES = [Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole, ROW_ROLE]
_Entry = ChatGroup | Conversation | SearchHit
_NO_PARENT = QModelIndex()


class ConversationModel(QAbstractListModel):
    """A change of a chat moves one row and leaves the others alone, so that selection and scroll position stay.

    `today` is asked whenever a chat is put in its group; call `regroup` when the day is over.
    """

    def __init__(self, today: Callable[[], date], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._today = today
        self._chats: dict[str, Conversation] = {}
        self._keys: list[_Key] = []
        self._entries: list[_Entry] = []
        self._key_of: dict[str, _Key] = {}
        self._words: tuple[str, ...] = ()
        self._streaming: set[str] = set()
        self._unread: set[str] = set()

    @property
    def has_chats(self) -> bool:
        """Whether there are chats at all, found or not."""
        return bool(self._chats)

    def set_conversations(self, conversations: Iterable[Conversation]) -> None:
        """Show these chats instead of all known ones."""
        self._chats = {conversation.id: conversation for conversation in conversations}
        self._rebuild()

    def put(self, conversation: Conversation) -> None:
        """Add a chat, or show what changed of one."""
        self._chats[conversation.id] = conversation
        self._place(conversation)

    def remove(self, conversation_id: str) -> None:
        """Show a chat no longer; an unknown one is ignored."""
        self._chats.pop(conversation_id, None)
        self._streaming.discard(conversation_id)
        self._unread.discard(conversation_id)
        self._take_out(conversation_id)
        hits = [entry for entry in self._entries if isinstance(entry, SearchHit)]
        if any(hit.conversation_id == conversation_id for hit in hits):
            self.set_hits(hits)

    def set_filter(self, text: str) -> None:
        """Show only chats whose title holds every word of `text`; hits of an earlier search go."""
        words = tuple(text.casefold().split())
        if words != self._words:
            self._words = words
            self._rebuild()

    def set_hits(self, hits: Iterable[SearchHit]) -> None:
        """Show messages that were found below the chats. Hits in titles are left out: `set_filter` shows those chats."""
        self._remove_rows(bisect_left(self._keys, _head_key(ChatGroup.IN_MESSAGES)), len(self._keys))
        found = [hit for hit in hits if hit.message_id is not None and hit.conversation_id in self._chats]
        if found:
            first = len(self._keys)
            self.beginInsertRows(_NO_PARENT, first, first + len(found))
            self._keys.append(_head_key(ChatGroup.IN_MESSAGES))
            self._keys.extend((ChatGroup.IN_MESSAGES, True, place, "") for place in range(len(found)))
            self._entries.append(ChatGroup.IN_MESSAGES)
            self._entries.extend(found)
            self.endInsertRows()

    def set_streaming(self, conversation_id: str, *, streaming: bool) -> None:
        """Mark a chat whose answer is being written."""
        self._mark(self._streaming, conversation_id, marked=streaming)

    def set_unread(self, conversation_id: str, *, unread: bool) -> None:
        """Mark a chat with an answer nobody has seen."""
        self._mark(self._unread, conversation_id, marked=unread)

    def streaming_indexes(self) -> list[QModelIndex]:
        """Return where the chats are whose answers are being written."""
        return [index for index in map(self.index_of, self._streaming) if index.isValid()]

    def regroup(self) -> None:
        """Put the chats in the groups of today; those that stay are not touched."""
        today = self._today()
        listed = [
            self._chats[chat] for chat, key in self._key_of.items() if key[0] != group_of(self._chats[chat], today)
        ]
        for conversation in listed:
            self._place(conversation)

    def retranslate(self) -> None:
        """Say heads and chats without a title in the language of now."""
        self._tell_changed(0, len(self._keys) - 1)

    def index_of(self, conversation_id: str) -> QModelIndex:
        """Return where a chat is listed; an invalid index if it is not."""
        key = self._key_of.get(conversation_id)
        return QModelIndex() if key is None else self.index(bisect_left(self._keys, key))

    def row_at(self, index: _Index) -> Row | None:
        """Return what an index shows; None for an invalid one."""
        if not 0 <= index.row() < len(self._entries):
            return None
        match self._entries[index.row()]:
            case ChatGroup() as group:
                return HeadRow(group, self._head_words(group))
            case Conversation() as conversation:
                chat = conversation.id
                return ChatRow(conversation, self._title(chat), chat in self._streaming, chat in self._unread)
            case SearchHit() as hit:
                return HitRow(hit, self._title(hit.conversation_id))

    def kind_of(self, row: int) -> type[Row]:
        """Return what sort of row it is: all that its height depends on."""
        match self._entries[row]:
            case ChatGroup():
                return HeadRow
            case Conversation():
                return ChatRow
            case SearchHit():
                return HitRow

    def rowCount(self, parent: _Index = _NO_PARENT) -> int:
        """Count heads, chats and hits."""
        return 0 if parent.isValid() else len(self._entries)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return the row, its title, or the words a screen reader says."""
        match role:
            case Qt.ItemDataRole.UserRole:
                return self.row_at(index)
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.EditRole:
                row = self.row_at(index)
                return row.title if row else None
            case Qt.ItemDataRole.AccessibleTextRole:
                return self._spoken(self.row_at(index))
            case _:
                return None

    def flags(self, index: _Index) -> Qt.ItemFlag:
        """Let chats and hits be chosen, and chats be renamed."""
        chosen = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren
        match self._entries[index.row()] if index.isValid() else None:
            case Conversation():
                return chosen | Qt.ItemFlag.ItemIsEditable
            case SearchHit():
                return chosen
            case _:
                return Qt.ItemFlag.NoItemFlags

    def _rebuild(self) -> None:
        self.beginResetModel()
        self._key_of = {chat.id: self._chat_key(chat) for chat in self._chats.values() if self._matches(chat)}
        chats: list[tuple[_Key, _Entry]] = [(key, self._chats[chat]) for chat, key in self._key_of.items()]
        heads = ((_head_key(ChatGroup(group)), ChatGroup(group)) for group in {key[0] for key, _ in chats})
        listed = sorted((*chats, *heads), key=lambda pair: pair[0])
        self._keys = [key for key, _ in listed]
        self._entries = [entry for _, entry in listed]
        self.endResetModel()

    def _place(self, conversation: Conversation) -> None:
        """Bring the row of a chat to where it belongs now."""
        if not self._matches(conversation):
            self._take_out(conversation.id)
            return
        key = self._chat_key(conversation)
        old_key = self._key_of.get(conversation.id)
        head = _head_key(ChatGroup(key[0]))
        row = bisect_left(self._keys, head)
        if row == len(self._keys) or self._keys[row] != head:
            self._insert(head, ChatGroup(key[0]))
        self._key_of[conversation.id] = key
        if old_key is None:
            self._insert(key, conversation)
        else:
            self._move(bisect_left(self._keys, old_key), key, conversation)
            self._drop_empty_head(ChatGroup(old_key[0]))

    def _take_out(self, conversation_id: str) -> None:
        if key := self._key_of.pop(conversation_id, None):
            row = bisect_left(self._keys, key)
            self._remove_rows(row, row + 1)
            self._drop_empty_head(ChatGroup(key[0]))

    def _insert(self, key: _Key, entry: _Entry) -> None:
        row = bisect_left(self._keys, key)
        self.beginInsertRows(_NO_PARENT, row, row)
        self._keys.insert(row, key)
        self._entries.insert(row, entry)
        self.endInsertRows()

    def _move(self, row: int, key: _Key, conversation: Conversation) -> None:
        target = bisect_left(self._keys, key)
        stays = target in {row, row + 1}
        if not stays:
            self.beginMoveRows(_NO_PARENT, row, row, _NO_PARENT, target)
        del self._keys[row], self._entries[row]
        target -= target > row
        self._keys.insert(target, key)
        self._entries.insert(target, conversation)
        if not stays:
            self.endMoveRows()
        self._tell_changed(target, target)

    def _remove_rows(self, first: int, end: int) -> None:
        if first < end:
            self.beginRemoveRows(_NO_PARENT, first, end - 1)
            del self._keys[first:end], self._entries[first:end]
            self.endRemoveRows()

    def _drop_empty_head(self, group: ChatGroup) -> None:
        row = bisect_left(self._keys, _head_key(group))
        if row + 1 == len(self._keys) or self._keys[row + 1][0] != group:
            self._remove_rows(row, row + 1)

    def _mark(self, marks: set[str], conversation_id: str, *, marked: bool) -> None:
        if marked:
            marks.add(conversation_id)
        else:
            marks.discard(conversation_id)
        row = self.index_of(conversation_id).row()
        self._tell_changed(row, row)

    def _tell_changed(self, first: int, last: int) -> None:
        """Name the roles: a view that hears of a change of everything lays out all rows again."""
        if 0 <= first <= last:
            self.dataChanged.emit(self.index(first), self.index(last), _CHANGING_ROLES)

    def _matches(self, conversation: Conversation) -> bool:
        title = conversation.title.casefold() if self._words else ""
        return all(word in title for word in self._words)

    def _chat_key(self, conversation: Conversation) -> _Key:
        return group_of(conversation, self._today()), True, -conversation.updated_at.timestamp(), conversation.id

    def _title(self, conversation_id: str) -> str:
        chat = self._chats.get(conversation_id)
        return (plain_line(chat.title) if chat else "") or self.tr("New chat")

    def _head_words(self, group: ChatGroup) -> str:
        match group:
            case ChatGroup.PINNED:
                return self.tr("Pinned")
            case ChatGroup.TODAY:
                return self.tr("Today")
            case ChatGroup.YESTERDAY:
                return self.tr("Yesterday")
            case ChatGroup.THIS_WEEK:
                return self.tr("This week")
            case ChatGroup.OLDER:
                return self.tr("Older")
            case ChatGroup.IN_MESSAGES:
                return self.tr("In messages")

    def _spoken(self, row: Row | None) -> str:
        match row:
            case HitRow(hit, title):
                return f"{title}: {hit.snippet}"
            case ChatRow(streaming=True):
                return self.tr("{title}, answering").format(title=row.title)
            case ChatRow(unread=True):
                return self.tr("{title}, new answer").format(title=row.title)
            case HeadRow() | ChatRow():
                return row.title
            case None:
                return ""


def _head_key(group: ChatGroup) -> _Key:
    return group, False, 0.0, ""
