"""The rows of the list of models, for Qt: a head for each server, and its models under it."""

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, Qt

from chatdesk.features.models.domain.model_list import ModelEntry
from chatdesk.features.models.ui.page.row_texts import row_details, row_size, spoken_marks
from chatdesk.features.models.ui.picker.model_list import StateKind
from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.ui_kit.lists.row_list import CountedRows
from chatdesk.ui_kit.text.safe_text import plain_line

_Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class ServerHead:
    """A server: how it is, and what it has. Its id is its key."""

    key: str
    name: str
    state_text: str
    state_kind: StateKind
    holds: str = ""
    """How many models, how large together."""


Row = ServerHead | ModelEntry


def neighbour(before: Sequence[Row], rows: Sequence[Row], key: str) -> str:
    """Return the key of the model to look at in `rows` after `key`, which stood in the rows `before`: its own if it is still there.

    Else of the next one that is, of the same server if it has one; empty for none.
    """
    left = {row.key for row in rows if isinstance(row, ModelEntry)}
    place = next((number for number, row in enumerate(before) if row.key == key), None)
    gone = before[place] if place is not None else None
    if place is None or key in left or not isinstance(gone, ModelEntry):
        return key
    near = [row for row in (*before[place:], *reversed(before[:place])) if isinstance(row, ModelEntry)]
    near = [row for row in near if row.key in left]
    server = gone.model.ref.server_id
    return next((row.key for row in near if row.model.ref.server_id == server), near[0].key if near else "")


class ListedRows(CountedRows):
    """Rows that only say something else are changed in their place; others come as a whole list."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._rows: Sequence[Row] = ()
        self._keys: list[str] = []
        self.grouped = True
        """Whether rows stand under their servers; else they say whose they are."""

    def show(self, rows: Sequence[Row]) -> bool:
        """Show these. Returns whether they are others than before, or stand in another order."""
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
        """Return them in their order."""
        return self._rows

    def row(self, index: _Index) -> Row | None:
        """Return the row at an index; None beside the rows."""
        return self._rows[index.row()] if index.isValid() and index.row() < len(self._rows) else None

    def index_of(self, key: str) -> QModelIndex:
        """Return where a row stands; an invalid index if it is not shown."""
        try:
            return self.index(self._keys.index(key))
        except ValueError:
            return QModelIndex()

    def first_model(self) -> QModelIndex:
        """Return where the first model stands, else the first row."""
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
        if isinstance(row, ServerHead):
            return ", ".join(filter(None, (plain_line(row.name), row.state_text, row.holds)))
        said = (
            plain_line(row.name),
            *spoken_marks(row),
            row_details(row, grouped=self.grouped).replace(" · ", ", "),
            row_size(row),
        )
        return ", ".join(filter(None, said))
