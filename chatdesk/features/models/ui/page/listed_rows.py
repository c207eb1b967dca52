"""Qt list model of the models page: a heading for each server, followed by its models."""

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, Qt

from chatdesk.features.models.domain.model_list import ModelEntry
from chatdesk.features.models.domain.model_rows import StateKind
from chatdesk.features.models.ui.page.row_texts import row_details, row_size, spoken_marks
from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.ui_kit.lists.row_list import CountedRows
from chatdesk.ui_kit.text.counts import listed
from chatdesk.ui_kit.text.safe_text import plain_line

_Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class ServerHeading:
    """Heading row of a server. Its key is the server's ID."""

    key: str
    name: str
    state_text: str
    state_kind: StateKind
    holds: str = ""
    """Text with the number of models and their total size."""


Row = ServerHeading | ModelEntry


def neighbour(before: Sequence[Row], rows: Sequence[Row], key: str) -> str:
    """Return the key of the row to select in `rows` for `key` of the former rows `before`: `key` itself if it still exists.

    Otherwise the key of the nearest remaining model, preferably of the same server; empty for none.
    """
    left = {row.key for row in rows if isinstance(row, ModelEntry)}
    position = next((number for number, row in enumerate(before) if row.key == key), None)
    former = before[position] if position is not None else None
    if position is None or key in left or not isinstance(former, ModelEntry):
        return key
    near = [row for row in (*before[position:], *reversed(before[:position])) if isinstance(row, ModelEntry)]
    near = [row for row in near if row.key in left]
    server = former.model.ref.server_id
    return next((row.key for row in near if row.model.ref.server_id == server), near[0].key if near else "")


class ListedRows(CountedRows):
    """Rows of the model list. If only contents change, the rows are updated in place; otherwise the model is reset."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._rows: Sequence[Row] = ()
        self._keys: list[str] = []
        self.grouped = True
        """Whether the rows are below the headings of their servers; otherwise they contain the server's name."""

    def show(self, rows: Sequence[Row]) -> bool:
        """Show the rows. Return whether their keys or order changed."""
        before, keys = self._rows, [row.key for row in rows]
        if keys == self._keys:
            self._rows = rows
            changed = [number for number, row in enumerate(rows) if row is not before[number]]
            if changed:
                self.dataChanged.emit(self.index(changed[0]), self.index(changed[-1]))
            return False
        self._rows, self._keys = rows, keys
        self.set_count(len(rows))
        return True

    def all(self) -> Sequence[Row]:
        """Return all rows in order."""
        return self._rows

    def row(self, index: _Index) -> Row | None:
        """Return the row at an index; None for an invalid one."""
        return self._rows[index.row()] if index.isValid() and index.row() < len(self._rows) else None

    def index_of(self, key: str) -> QModelIndex:
        """Return the index of a row; an invalid index if it is not shown."""
        try:
            return self.index(self._keys.index(key))
        except ValueError:
            return QModelIndex()

    def first_model(self) -> QModelIndex:
        """Return the index of the first model, or of the first row if there is none."""
        number = next((number for number, row in enumerate(self._rows) if isinstance(row, ModelEntry)), 0)
        return self.index(number) if self._rows else QModelIndex()

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        row = self.row(index)
        match role:
            case _ if row is None:
                return None
            case Qt.ItemDataRole.DisplayRole:
                return plain_line(row.name)
            case Qt.ItemDataRole.AccessibleTextRole:
                return self._spoken(row)
            case _:
                return None

    def _spoken(self, row: Row) -> str:
        if isinstance(row, ServerHeading):
            return listed((plain_line(row.name), row.state_text, row.holds))
        parts = (
            plain_line(row.name),
            *spoken_marks(row),
            row_details(row).replace(" · ", ", "),
            row_size(row),
        )
        return listed(parts)
