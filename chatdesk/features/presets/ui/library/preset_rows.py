"""Rows of the preset list as values, and their list model. `card_painter.py` paints them, `library_presenter.py` creates them."""

from collections.abc import Sequence

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from chatdesk.features.presets.domain.library_filters import LibraryEntry
from chatdesk.kernel.fast_dataclass import dataclass


@dataclass(frozen=True, slots=True)
class PresetRow:
    """A preset, or a broken file, whose `key` is the file name."""

    key: str
    name: str
    description: str
    icon: str
    favourite: bool = False
    own: bool = False
    unsaved: bool = False
    """Whether it has unsaved edits."""
    broken: bool = False

    @classmethod
    def of(cls, entry: LibraryEntry, icon: str, *, unsaved: bool) -> "PresetRow":
        """Return the row of a preset."""
        preset = entry.preset
        return cls(
            preset.key, preset.name, preset.description, icon, entry.state.favourite, entry.is_own, unsaved=unsaved
        )


_Index = QModelIndex | QPersistentModelIndex


class PresetModel(QAbstractListModel):
    """List model. Rows with changed content are updated in place; a different set or order of rows resets the model."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._rows: list[PresetRow] = []
        self._movable = False

    def show(self, rows: Sequence[PresetRow]) -> bool:
        """Replace the rows. Returns whether the set or the order of the keys has changed."""
        others = [row.key for row in rows] != [row.key for row in self._rows]
        if others:
            self.beginResetModel()
            self._rows = list(rows)
            self.endResetModel()
            return True
        before, self._rows = self._rows, list(rows)
        for number, (old, new) in enumerate(zip(before, rows, strict=True)):
            if old != new:
                self.dataChanged.emit(self.index(number), self.index(number))
        return False

    def set_movable(self, *, movable: bool) -> None:
        """Enable or disable dragging."""
        self._movable = movable

    @property
    def movable(self) -> bool:
        """Whether rows can be reordered."""
        return self._movable

    def row(self, index: _Index) -> PresetRow | None:
        """Return the row of an index; None for an invalid one."""
        return self._rows[index.row()] if index.isValid() and index.row() < len(self._rows) else None

    def keys(self) -> list[str]:
        """Return the keys in order."""
        return [row.key for row in self._rows]

    def index_of(self, key: str) -> QModelIndex:
        """Return the index of a preset; invalid if it is not shown."""
        number = next((number for number, row in enumerate(self._rows) if row.key == key), -1)
        return self.index(number) if number >= 0 else QModelIndex()

    def rowCount(self, parent: _Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        row = self.row(index)
        match role:
            case _ if row is None:
                return None
            case Qt.ItemDataRole.DisplayRole:
                return row.name
            case Qt.ItemDataRole.AccessibleDescriptionRole:
                return self._accessible_description(row)
            case _:
                return None

    def flags(self, index: _Index) -> Qt.ItemFlag:
        flags = super().flags(index)
        if not self._movable:
            return flags
        return flags | (Qt.ItemFlag.ItemIsDragEnabled if index.isValid() else Qt.ItemFlag.ItemIsDropEnabled)

    def _accessible_description(self, row: PresetRow) -> str:
        marks = (self.tr("favourite") if row.favourite else "", self.tr("not saved") if row.unsaved else "")
        return ". ".join(filter(None, (row.description, *marks)))
