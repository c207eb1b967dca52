"""Qt table model of a glossary's terms, editable and with undo."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal

from chatdesk.features.translation.domain.glossary import MAX_TERM_LENGTH, MAX_TERMS, Term

SOURCE, TARGET, NOTE, CASE = range(4)
_READ: Mapping[int, Callable[[Term], str]] = {
    SOURCE: lambda term: term.source,
    TARGET: lambda term: term.target,
    NOTE: lambda term: term.note,
}
_WRITE: Mapping[int, Callable[[Term, str], Term]] = {
    SOURCE: lambda term, label: replace(term, source=label),
    TARGET: lambda term, label: replace(term, target=label),
    NOTE: lambda term, label: replace(term, note=label),
}
_MAX_NOTE_LENGTH = 1_000

Index = QModelIndex | QPersistentModelIndex


class GlossaryTable(QAbstractTableModel):
    """Table of terms. `changed` is emitted when the terms change. Rows without source or target are not part of `terms`."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._terms: tuple[Term, ...] = ()
        self._past: list[tuple[Term, ...]] = []
        self._headings: Sequence[str] = ("", "", "", "")

    @property
    def terms(self) -> tuple[Term, ...]:
        """The complete terms, each source once."""
        whole = (term for term in self._terms if term.source.strip() and term.targets)
        return tuple({(term.source, term.case_sensitive): term for term in whole}.values())

    @property
    def can_undo(self) -> bool:
        """Whether there is a change to undo."""
        return bool(self._past)

    def show_terms(self, terms: Iterable[Term]) -> None:
        """Show other terms, and clear the undo history."""
        self._past.clear()
        self._set(tuple(terms))

    def set_headings(self, headings: Sequence[str]) -> None:
        """Set the column headings."""
        self._headings = headings
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(headings) - 1)

    def replace_terms(self, terms: Iterable[Term]) -> None:
        """Replace the terms, for example by an import or a removal, as one undo step."""
        self._past.append(self._terms)
        self._set(tuple(terms)[:MAX_TERMS])
        self.changed.emit()

    def add(self) -> QModelIndex:
        """Insert an empty row at the top, and return the index of its source cell."""
        self.replace_terms((Term("", ""), *self._terms))
        return self.index(0, SOURCE)

    def remove(self, rows: Iterable[int]) -> None:
        """Remove rows."""
        removed = set(rows)
        self.replace_terms(term for number, term in enumerate(self._terms) if number not in removed)

    def undo(self) -> None:
        """Undo the last change."""
        if self._past:
            self._set(self._past.pop())
            self.changed.emit()

    def _set(self, terms: tuple[Term, ...]) -> None:
        self.beginResetModel()
        self._terms = terms
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else len(self._terms)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Return the number of columns: source, target, note and case."""
        return 0 if parent.isValid() else len(self._headings)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self._headings[section]
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401
        """Return the text or the check state of a cell."""
        term, column = self._terms[index.row()], index.column()
        if column == CASE:
            if role == Qt.ItemDataRole.CheckStateRole:
                return Qt.CheckState.Checked if term.case_sensitive else Qt.CheckState.Unchecked
            return self._headings[CASE] if role == Qt.ItemDataRole.AccessibleTextRole else None
        return _READ[column](term) if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole} else None

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        row, column = index.row(), index.column()
        term = self._terms[row]
        if column == CASE and role == Qt.ItemDataRole.CheckStateRole:
            new = replace(term, case_sensitive=Qt.CheckState(value) is Qt.CheckState.Checked)
        elif column != CASE and role == Qt.ItemDataRole.EditRole:
            text = " ".join(str(value).split())[: _MAX_NOTE_LENGTH if column == NOTE else MAX_TERM_LENGTH]
            new = _WRITE[column](term, text)
        else:
            return False
        if new == term:
            return False
        self._past.append(self._terms)
        self._terms = (*self._terms[:row], new, *self._terms[row + 1 :])
        self.dataChanged.emit(index, index)
        self.changed.emit()
        return True

    def flags(self, index: Index) -> Qt.ItemFlag:
        usual = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return usual | (Qt.ItemFlag.ItemIsUserCheckable if index.column() == CASE else Qt.ItemFlag.ItemIsEditable)
