"""The lines of the outline as a list for a view. Lines of one message are replaced without touching the others."""

from bisect import bisect_left
from collections.abc import Sequence

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from chatdesk.features.chat.ui.transcript.outline.entries import QUESTION, Entry

_NOWHERE = QModelIndex()


class OutlineModel(QAbstractListModel):
    """Entries in the order of the chat."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._entries: list[Entry] = []

    @property
    def entries(self) -> Sequence[Entry]:
        """All lines."""
        return self._entries

    def show(self, entries: Sequence[Entry]) -> None:
        """Show these and no others."""
        self.beginResetModel()
        self._entries = list(entries)
        self.endResetModel()

    def replace(self, message: int, block: int, entries: Sequence[Entry]) -> None:
        """Put `entries` in the place of a message's lines from a block on. What is the same stays."""
        first, last = self._row(message, block), self._row(message + 1, QUESTION)
        same = 0
        while same < min(len(entries), last - first) and self._entries[first + same] == entries[same]:
            same += 1
        if first + same < last:
            self.beginRemoveRows(_NOWHERE, first + same, last - 1)
            del self._entries[first + same : last]
            self.endRemoveRows()
        if new := entries[same:]:
            self.beginInsertRows(_NOWHERE, first + same, first + same + len(new) - 1)
            self._entries[first + same : first + same] = new
            self.endInsertRows()

    def rows_of(self, message: int) -> range:
        """Return the rows of a message's lines."""
        return range(self._row(message, QUESTION), self._row(message + 1, QUESTION))

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = _NOWHERE) -> int:
        """Return how many lines there are."""
        return 0 if parent.isValid() else len(self._entries)

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return the words of a line."""
        shown = role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole}
        return self._entries[index.row()].words if shown and index.isValid() else None

    def _row(self, message: int, block: int) -> int:
        return bisect_left(self._entries, (message, block), key=lambda entry: (entry.message, entry.block))
