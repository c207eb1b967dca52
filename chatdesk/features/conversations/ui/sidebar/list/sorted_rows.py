"""List model base for rows sorted by key, which emits the precise signals for inserted, removed and moved rows."""

from bisect import bisect_left
from collections.abc import Sequence

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from chatdesk.features.conversations.ui.sidebar.list.list_rows import Key

ROW_ROLE = int(Qt.ItemDataRole.UserRole)
"""Role for the row as a value."""

Index = QModelIndex | QPersistentModelIndex

_CHANGING_ROLES = [Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole, ROW_ROLE]
_NO_PARENT = QModelIndex()


class SortedRows[Entry](QAbstractListModel):
    """Each row has a unique key, which determines its position."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._keys: list[Key] = []
        self._entries: list[Entry] = []

    def rowCount(self, parent: Index = _NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self._entries)

    def _row(self, key: Key) -> int:
        """Return the index of a key, or its insertion point."""
        return bisect_left(self._keys, key)

    def _has(self, key: Key) -> bool:
        row = self._row(key)
        return row < len(self._keys) and self._keys[row] == key

    def _set_rows(self, rows: Sequence[tuple[Key, Entry]]) -> None:
        """Replace all rows and sort them. Call between `beginResetModel` and `endResetModel`."""
        listed = sorted(rows, key=lambda pair: pair[0])
        self._keys = [key for key, _ in listed]
        self._entries = [entry for _, entry in listed]

    def _put(self, key: Key, entry: Entry | None) -> None:
        """Insert, update or (if `entry` is None) remove the row of a key."""
        row = self._row(key)
        if entry is None:
            self._remove_rows(row, row + self._has(key))
        elif not self._has(key):
            self._insert(key, entry)
        elif entry != self._entries[row]:
            self._entries[row] = entry
            self._emit_changed(row, row)

    def _insert(self, key: Key, entry: Entry) -> None:
        self._insert_rows([(key, entry)])

    def _insert_rows(self, rows: Sequence[tuple[Key, Entry]]) -> None:
        """Insert consecutive rows, which must be in order."""
        if rows:
            first = self._row(rows[0][0])
            self.beginInsertRows(_NO_PARENT, first, first + len(rows) - 1)
            self._keys[first:first] = [key for key, _ in rows]
            self._entries[first:first] = [entry for _, entry in rows]
            self.endInsertRows()

    def _move_rows(self, first: int, rows: Sequence[tuple[Key, Entry]]) -> None:
        """Move and update consecutive rows: `rows` are their new keys and entries, in order."""
        end = first + len(rows)
        target = self._row(rows[0][0])
        stays = first <= target <= end
        if not stays:
            self.beginMoveRows(_NO_PARENT, first, end - 1, _NO_PARENT, target)
        del self._keys[first:end], self._entries[first:end]
        target = first if stays else target - len(rows) * (target > first)
        self._keys[target:target] = [key for key, _ in rows]
        self._entries[target:target] = [entry for _, entry in rows]
        if not stays:
            self.endMoveRows()
        self._emit_changed(target, target + len(rows) - 1)

    def _remove_rows(self, first: int, end: int) -> None:
        if first < end:
            self.beginRemoveRows(_NO_PARENT, first, end - 1)
            del self._keys[first:end], self._entries[first:end]
            self.endRemoveRows()

    def _emit_changed(self, first: int, last: int) -> None:
        """Emit dataChanged with explicit roles: without them, a view lays out all rows again."""
        if 0 <= first <= last:
            self.dataChanged.emit(self.index(first), self.index(last), _CHANGING_ROLES)
