"""Keeps what a list shows where it is while rows above come, go or move."""

from PySide6.QtCore import QAbstractItemModel, QObject, QPersistentModelIndex, QPoint
from PySide6.QtWidgets import QListView


class ScrollKeeper(QObject):
    """A list that is scrolled to its very top stays there instead, so that what is new is seen."""

    def __init__(self, view: QListView) -> None:
        super().__init__(view)
        self._view = view
        self._anchor = QPersistentModelIndex()
        self._offset = 0

    def set_model(self, model: QAbstractItemModel) -> None:
        """Give the view its model. The view forgets where rows are when they are about to go, so it must hear of it later than this."""
        for before in (model.rowsAboutToBeInserted, model.rowsAboutToBeRemoved, model.rowsAboutToBeMoved):
            before.connect(self._remember)
        self._view.setModel(model)
        for after in (model.rowsInserted, model.rowsRemoved, model.rowsMoved):
            after.connect(self._restore)

    def _remember(self, _parent: object, first: int, last: int, *_destination: object) -> None:
        """Remember the first row that is wholly visible and stays what it is."""
        self._anchor = QPersistentModelIndex()
        if self._view.verticalScrollBar().value() == 0:
            return
        row = self._view.indexAt(QPoint(1, 1)).row() + 1
        if first <= row <= last and self._view.model().rowCount() > last + 1:
            row = last + 1
        index = self._view.model().index(row, 0)
        self._anchor = QPersistentModelIndex(index)
        self._offset = self._view.visualRect(index).top()

    def _restore(self) -> None:
        if self._anchor.isValid():
            self._view.doItemsLayout()
            rect = self._view.visualRect(self._anchor)
            if rect.isValid():  # else it is laid out in a later turn
                bar = self._view.verticalScrollBar()
                bar.setValue(bar.value() + rect.top() - self._offset)
