"""List of a run's rows: Qt list model and delegate. Without widgets per row, so that 20,000 rows are fast."""

from collections.abc import Sequence

from PySide6.QtCore import (
    QAbstractListModel,
    QCoreApplication,
    QLocale,
    QModelIndex,
    QPersistentModelIndex,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from chatdesk.features.batch.domain.batch import BatchRow, RowState
from chatdesk.kernel.translatable import QT_TRANSLATE_NOOP
from chatdesk.ui_kit.errors.error_texts import describe_failure
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.style.painters import draw_text
from chatdesk.ui_kit.style.painting import draw_icon, draw_lit_row
from chatdesk.ui_kit.text.safe_text import plain_line

_LEFT = Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignVCenter
_INPUT_SHARE = 0.32
_MAX_SHOWN_LENGTH = 300
"""Maximum number of characters of an answer in a row."""

_APPEARANCES = {
    RowState.WAITING: ("clock", "textTertiary", QT_TRANSLATE_NOOP("BatchRows", "Waiting")),
    RowState.RUNNING: ("play", "accentText", QT_TRANSLATE_NOOP("BatchRows", "Running")),
    RowState.DONE: ("circle-check", "success", QT_TRANSLATE_NOOP("BatchRows", "Done")),
    RowState.FAILED: ("circle-alert", "danger", QT_TRANSLATE_NOOP("BatchRows", "Failed")),
}

Index = QModelIndex | QPersistentModelIndex


def state_text(row: BatchRow) -> str:
    """Return the text for a row's state; for a failed row, the reason."""
    if row.state is RowState.FAILED and row.failure:
        return describe_failure(row.failure).sentence
    return QCoreApplication.translate("BatchRows", _APPEARANCES[row.state][2])


class BatchRows(QAbstractListModel):
    """Qt list model. Changed rows are only repainted: a change notification would make Qt's list lay out all rows."""

    def __init__(self) -> None:
        super().__init__()
        self._rows: Sequence[BatchRow] = ()

    def shows(self, rows: Sequence[BatchRow]) -> bool:
        """Return whether the list shows these rows."""
        return rows is self._rows

    def show(self, rows: Sequence[BatchRow]) -> None:
        """Show rows; the sequence is read again with every change."""
        self.beginResetModel()
        self._rows = rows
        self.endResetModel()

    def row(self, index: Index) -> BatchRow:
        """Return the row at `index`."""
        return self._rows[index.row()]

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return the text for painting and screen readers."""
        row = self._rows[index.row()]
        title = plain_line(row.input.title)
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return title
            case Qt.ItemDataRole.AccessibleTextRole:
                return ", ".join(filter(None, (title, state_text(row), plain_line(row.answer[:_MAX_SHOWN_LENGTH]))))
            case _:
                return None


class BatchRowDelegate(QStyledItemDelegate):
    """Delegate with state, input, and the result in a muted colour."""

    def __init__(self, appearance: Appearance, rows: BatchRows) -> None:
        super().__init__()
        self._appearance = appearance
        self._rows = rows

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        return QSize(0, self._appearance.theme.length("rowMenu"))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        theme, row = self._appearance.theme, self._rows.row(index)
        icon, color, _ = _APPEARANCES[row.state]
        pad, size = theme.length("s"), theme.length("icon.ui")
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(option.rect)
        if option.state & (QStyle.StateFlag.State_Selected | QStyle.StateFlag.State_MouseOver):
            draw_lit_row(painter, theme, box)
        inner = box.adjusted(pad, 0, -pad, 0)
        draw_icon(
            painter, theme, icon, theme.color(color), QRectF(inner.left(), inner.top(), size, inner.height()), size
        )
        inner.setLeft(inner.left() + size + pad)
        painter.setFont(theme.font("caption"))
        seconds = "" if row.seconds is None else QLocale().toString(row.seconds, "f", 1) + " s"
        taken = painter.fontMetrics().horizontalAdvance(seconds) + pad
        draw_text(painter, inner, seconds, theme.color("textTertiary"), _RIGHT)
        inner.setRight(inner.right() - taken)
        width = inner.width() * _INPUT_SHARE
        painter.setFont(theme.font("ui"))
        metrics = painter.fontMetrics()
        title = metrics.elidedText(plain_line(row.input.title), Qt.TextElideMode.ElideMiddle, int(width))
        draw_text(painter, inner, title, theme.color("text"), _LEFT)
        rest = inner.adjusted(width + pad, 0, 0, 0)
        failed = row.state is RowState.FAILED
        text = state_text(row) if failed or not row.answer else row.answer[:_MAX_SHOWN_LENGTH]
        elided = metrics.elidedText(plain_line(text), Qt.TextElideMode.ElideRight, int(rest.width()))
        draw_text(painter, rest, elided, theme.color("danger" if failed else "textSecondary"), _LEFT)
        painter.restore()
