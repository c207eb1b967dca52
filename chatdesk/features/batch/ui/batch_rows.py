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
from chatdesk.ui_kit.style.painting import draw_box, draw_icon
from chatdesk.ui_kit.text.safe_text import plain_line

_LEFT = Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignVCenter
_REASON_SHARE = 0.6
"""Maximum share of a row's width for the text on the right."""

_APPEARANCES = {
    RowState.WAITING: ("circle-dashed", "textTertiary", QT_TRANSLATE_NOOP("BatchRows", "Waiting")),
    RowState.RUNNING: ("loader-circle", "accentText", QT_TRANSLATE_NOOP("BatchRows", "Writing")),
    RowState.DONE: ("circle-check", "success", QT_TRANSLATE_NOOP("BatchRows", "Done")),
    RowState.FAILED: ("circle-alert", "danger", QT_TRANSLATE_NOOP("BatchRows", "Failed")),
}
_MAX_SPOKEN_LENGTH = 300
"""Maximum number of characters of an answer in the accessible text of a row."""

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
                return ", ".join(filter(None, (title, state_text(row), plain_line(row.answer[:_MAX_SPOKEN_LENGTH]))))
            case _:
                return None


class BatchRowDelegate(QStyledItemDelegate):
    """Delegate with state, input, and on the right the seconds taken, or what went wrong. `angle` is that of the spinners."""

    def __init__(self, appearance: Appearance, rows: BatchRows) -> None:
        super().__init__()
        self._appearance = appearance
        self._rows = rows
        self.angle = 0.0

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        return QSize(0, self._appearance.theme.length("rowMenu"))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        theme, row = self._appearance.theme, self._rows.row(index)
        icon, color, _ = _APPEARANCES[row.state]
        pad, size = theme.length("s"), theme.length("icon.ui")
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(option.rect).adjusted(pad, 0, -pad, 0)
        radius = theme.length("radius.control")
        if option.state & QStyle.StateFlag.State_Selected:
            border = theme.color("accentBorder") if theme.scheme.high_contrast else None
            draw_box(painter, box, radius, theme.color("selected"), border, theme.stroke("border"))
        elif option.state & QStyle.StateFlag.State_MouseOver:
            draw_box(painter, box, radius, theme.color("hover"))
        if option.state & QStyle.StateFlag.State_HasFocus and option.state & QStyle.StateFlag.State_KeyboardFocusChange:
            draw_box(painter, box, radius, border=theme.color("focus"), width=theme.stroke("focus"))
        inner = box.adjusted(pad, 0, -pad, 0)
        mirrored = option.direction == Qt.LayoutDirection.RightToLeft
        icon_rect = QRectF(inner.right() - size if mirrored else inner.left(), inner.top(), size, inner.height())
        self._draw_icon(painter, icon, color, icon_rect, turned=row.state is RowState.RUNNING)
        inner = inner.adjusted(0, 0, -(size + pad), 0) if mirrored else inner.adjusted(size + pad, 0, 0, 0)
        painter.setFont(theme.font("caption"))
        metrics = painter.fontMetrics()
        note = metrics.elidedText(_note(row), Qt.TextElideMode.ElideRight, int(inner.width() * _REASON_SHARE))
        draw_text(painter, inner, note, theme.color("danger" if row.failure else "textTertiary"), _RIGHT)
        reserved_width = metrics.horizontalAdvance(note) + pad if note else 0
        inner = inner.adjusted(reserved_width, 0, 0, 0) if mirrored else inner.adjusted(0, 0, -reserved_width, 0)
        painter.setFont(theme.font("ui"))
        title = plain_line(row.input.title)
        title = painter.fontMetrics().elidedText(title, Qt.TextElideMode.ElideMiddle, int(inner.width()))
        ink = "textSecondary" if row.state is RowState.WAITING else "text"
        draw_text(painter, inner, title, theme.color(ink), _LEFT)
        painter.restore()

    def _draw_icon(self, painter: QPainter, icon: str, color: str, icon_rect: QRectF, *, turned: bool) -> None:
        theme = self._appearance.theme
        painter.save()
        if turned:
            painter.translate(icon_rect.center())
            painter.rotate(self.angle)
            painter.translate(-icon_rect.center())
        draw_icon(painter, theme, icon, theme.color(color), icon_rect, theme.length("icon.ui"))
        painter.restore()


def _note(row: BatchRow) -> str:
    """Return the text on the right of a row."""
    match row.state:
        case RowState.WAITING:
            return ""
        case RowState.DONE if row.seconds is not None:
            return QCoreApplication.translate("BatchRows", "{seconds} s").format(
                seconds=QLocale().toString(row.seconds, "f", 1)
            )
        case _:
            return plain_line(state_text(row))
