"""Rows that Qt itself counts: a view asks for their number at every row that it lays out, 10,000 times at each letter of a search."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QStringListModel, Qt

_Index = QModelIndex | QPersistentModelIndex


class CountedRows(QStringListModel):
    """A list of which only the number of rows is Qt's; what stands in them is told by who inherits from it, with `data`."""

    def set_count(self, count: int) -> None:
        """Have so many rows, all of them others than before."""
        self.setStringList([""] * count)

    def flags(self, index: _Index) -> Qt.ItemFlag:
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable if index.isValid() else Qt.ItemFlag.NoItemFlags
