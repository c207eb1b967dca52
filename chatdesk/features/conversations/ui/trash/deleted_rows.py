"""What was deleted as Qt's views see it: a list, maybe of thousands, and what of it is looked for."""

from collections.abc import Callable, Sequence
from datetime import datetime

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, Qt

from chatdesk.features.conversations.ui.trash.deleted_words import DeletedWords
from chatdesk.kernel.chat.trash import Trashed
from chatdesk.ui_kit.lists.counted_rows import CountedRows

Index = QModelIndex | QPersistentModelIndex


class DeletedRows(CountedRows):
    """`now` is asked when rows are drawn: how long something stays changes with the days."""

    def __init__(self, now: Callable[[], datetime], parent: QObject) -> None:
        super().__init__(parent)
        self.now = now
        self.words = DeletedWords(self)
        self._items: Sequence[Trashed] = ()
        self._shown: Sequence[Trashed] = ()
        self._sought: tuple[str, ...] = ()

    @property
    def items(self) -> Sequence[Trashed]:
        """All there are, looked for or not."""
        return self._items

    def show(self, items: Sequence[Trashed]) -> None:
        """Show these, as far as they are looked for."""
        self._items = items
        self._choose()

    def look_for(self, words: str) -> None:
        """Show only what has every one of these words in its name."""
        self._sought = tuple(words.casefold().split())
        self._choose()

    def item(self, index: Index) -> Trashed | None:
        """Return what a row shows; None beside the rows."""
        return self._shown[index.row()] if 0 <= index.row() < len(self._shown) else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return its name, or what a screen reader says."""
        item = self.item(index)
        if item is None:
            return None
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self.words.name(item)
            case Qt.ItemDataRole.AccessibleTextRole:
                return self.words.spoken(item, self.now())
            case _:
                return None

    def _choose(self) -> None:
        found = self._items
        for word in self._sought:
            found = [item for item in found if word in item.title.casefold()]
        self._shown = found
        self.set_count(len(found))
