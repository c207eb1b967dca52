"""List of providers: vendors, configured servers with their states, and headings of groups that can be folded. Only widgets and signals."""

from collections.abc import Iterable, Mapping, Sequence

from PySide6.QtCore import QModelIndex, QPoint, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import QStyleOptionViewItem, QWidget

from chatdesk.features.servers.domain.provider_rows import GroupHeading, ProviderGroup, ProviderRow
from chatdesk.features.servers.ui.cards.card_texts import ServerSummary, group_name, vendor_name
from chatdesk.ui_kit.lists.row_list import ENTER_KEYS, CountedRows, Index, RowDelegate, RowList, RowState
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.style.painters import draw_text
from chatdesk.ui_kit.style.painting import draw_box, draw_icon, draw_line
from chatdesk.ui_kit.style.theme import make_palette
from chatdesk.ui_kit.text.safe_text import plain_line

_START = Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter
_CENTER = Qt.AlignmentFlag.AlignCenter
_EXAMPLES = 3
"""Vendors that are named beside the heading of a folded group."""

Row = ProviderRow | GroupHeading


def initial_of(name: str) -> str:
    """Return the letter on the tile of a provider."""
    return next((letter.upper() for letter in name if letter.isalnum()), "?")


class ProviderRows(CountedRows):
    """List model. `summaries` are the states of the configured servers by their IDs."""

    def __init__(self) -> None:
        super().__init__()
        self._rows: tuple[Row, ...] = ()
        self.summaries: Mapping[str, ServerSummary] = {}

    def show(self, rows: tuple[Row, ...]) -> None:
        """Replace the rows, if they differ."""
        if rows == self._rows:
            return
        self._rows = rows
        self.set_count(len(rows))

    def row(self, index: Index) -> Row:
        """Return the row at `index`."""
        return self._rows[index.row()]

    def position(self, key: str) -> QModelIndex:
        """Return the index of the row with this key; an invalid one if there is none."""
        return next(
            (self.index(row_number) for row_number, row in enumerate(self._rows) if row.key == key), QModelIndex()
        )

    def name(self, row: Row) -> str:
        """Return the name of a row."""
        if isinstance(row, GroupHeading):
            return group_name(row.group)
        summary = self.summaries.get(row.key)
        return plain_line(summary.name if summary else vendor_name(row.vendor))

    def note(self, row: Row) -> str:
        """Return the state of a configured server, or examples of what a folded group hides."""
        if isinstance(row, ProviderRow):
            summary = self.summaries.get(row.key)
            return summary.state if summary else ""
        names = [vendor_name(vendor) for vendor in row.hidden if vendor.is_known]
        return ", ".join(names[:_EXAMPLES]) + (" …" if len(names) > _EXAMPLES else "")

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return the name, also for searching by typing, and the text for screen readers."""
        row = self._rows[index.row()]
        name, note = self.name(row), self.note(row)
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return name
            case Qt.ItemDataRole.AccessibleTextRole:
                return f"{name}, {note}" if note else name
            case _:
                return None


class ProviderList(RowList):
    """The list. It is as high as its rows. Arrow keys select a row, Enter or a click opens it."""

    selected = Signal(str)
    """The key of the row that became the current one."""
    opened = Signal(str)
    toggled = Signal(ProviderGroup)

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(appearance, parent)
        self.setObjectName("providerList")
        self.rows = ProviderRows()
        self._is_filling = False
        self.setModel(self.rows)
        self.setItemDelegate(_Delegate(appearance, self))
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        appearance.changed.connect(self._fit)

    def show_rows(self, rows: Sequence[Row], summaries: Mapping[str, ServerSummary], current: str) -> None:
        """Show the rows, and mark the one with the key `current`."""
        self._is_filling = True
        self.rows.summaries = summaries
        self.rows.show(tuple(rows))
        self.setCurrentIndex(self.rows.position(current))
        self._is_filling = False
        self.viewport().update()
        self._fit()

    def show_current(self, key: str) -> None:
        """Mark the row with this key, which the user did not choose here."""
        self._is_filling = True
        self.setCurrentIndex(self.rows.position(key))
        self._is_filling = False

    def currentChanged(self, current: Index, previous: Index) -> None:  # noqa: N802 - Qt's name
        """Report a row that the user selected."""
        super().currentChanged(current, previous)
        if not self._is_filling and current.isValid() and isinstance(row := self.rows.row(current), ProviderRow):
            self.selected.emit(row.key)

    def _choose(self, index: QModelIndex) -> None:
        if not index.isValid():
            return
        row = self.rows.row(index)
        if isinstance(row, GroupHeading):
            self.toggled.emit(row.group)
        else:
            self.opened.emit(row.key)

    def _fit(self) -> None:
        theme = self._appearance.theme
        self.setPalette(make_palette(theme, "raised"))
        margin = theme.length("xs")
        self.setViewportMargins(margin, margin, margin, margin)
        self.setFixedHeight(self.rows.rowCount() * theme.length("rowProvider") + 2 * margin)

    def _tooltip(self, position: QPoint) -> Iterable[str]:
        index = self.indexAt(position)
        return (str(self.rows.data(index, Qt.ItemDataRole.AccessibleTextRole)),) if index.isValid() else ()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open with Enter or Space; fold and unfold groups with the arrow keys."""
        index, key = self.currentIndex(), Qt.Key(event.key())
        row = self.rows.row(index) if index.isValid() else None
        wants_open = {Qt.Key.Key_Right: True, Qt.Key.Key_Left: False}.get(key)
        if key in ENTER_KEYS or key == Qt.Key.Key_Space:
            self._use_keyboard(used=True)
            self._choose(index)
        elif wants_open is not None and isinstance(row, GroupHeading):
            if row.is_open != wants_open:
                self.toggled.emit(row.group)
        elif wants_open and row:
            self._choose(index)
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        if event.button() is Qt.MouseButton.LeftButton:
            self._choose(self.indexAt(event.position().toPoint()))


class _Delegate(RowDelegate[ProviderList]):
    """Paints a letter tile, the name, and the state as a tag; or a heading with its chevron."""

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        return QSize(0, self._appearance.theme.length("rowProvider"))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row, state = self._view.rows.row(index), RowState.of(option, self._view)
        theme, rect = self._appearance.theme, QRectF(option.rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        radius = theme.length("radius.control")
        if isinstance(row, GroupHeading):
            draw_line(painter, rect.topLeft(), rect.width(), theme.color("borderSubtle"))
            rect.adjust(0, 1, 0, 0)
        if state.selected and isinstance(row, ProviderRow):
            border = theme.color("accentBorder") if theme.scheme.high_contrast else None
            draw_box(painter, rect, radius, theme.color("selected"), border)
        elif state.hovered:
            draw_box(painter, rect, radius, theme.color("hover"))
        if state.focused:
            draw_box(painter, rect, radius, border=theme.color("focus"), width=theme.stroke("focus"))
        pad = theme.length("s")
        inner = rect.adjusted(pad, 0, -pad, 0)
        if isinstance(row, GroupHeading):
            self._draw_heading(painter, inner, row)
        else:
            self._draw_provider(painter, inner, row, selected=state.selected)
        painter.restore()

    def _draw_provider(self, painter: QPainter, inner: QRectF, row: ProviderRow, *, selected: bool) -> None:
        theme, rows = self._appearance.theme, self._view.rows
        side, pad = theme.length("buttonSmall"), theme.length("m")
        tile = QRectF(inner.left(), inner.center().y() - side / 2, side, side)
        draw_box(painter, tile, theme.length("radius.small"), theme.color("raised" if selected else "bubble"))
        painter.setFont(theme.font("ui", strong=True))
        draw_text(painter, tile, initial_of(rows.name(row)), theme.color("textSecondary"), _CENTER)
        text = inner.adjusted(side + pad, 0, 0, 0)
        if summary := rows.summaries.get(row.key):
            text.setRight(self._draw_tag(painter, inner, summary) - pad)
        painter.setFont(theme.font("ui"))
        name = painter.fontMetrics().elidedText(rows.name(row), Qt.TextElideMode.ElideRight, int(text.width()))
        draw_text(painter, text, name, theme.color("text"), _START)

    def _draw_tag(self, painter: QPainter, inner: QRectF, summary: ServerSummary) -> float:
        """Draw the state of a server, and return where the tag begins."""
        theme = self._appearance.theme
        ground, ink = summary.kind.value
        painter.setFont(theme.font("caption"))
        pad, height = theme.length("s"), theme.length("size.tag")
        text = painter.fontMetrics().elidedText(
            summary.state, Qt.TextElideMode.ElideRight, int(inner.width() / 2) - 2 * pad
        )
        width = painter.fontMetrics().horizontalAdvance(text) + 2 * pad
        box = QRectF(inner.right() - width, inner.center().y() - height / 2, width, height)
        border = theme.color(ink) if theme.scheme.high_contrast else None
        draw_box(painter, box, theme.length("radius.tag"), theme.color(ground), border)
        draw_text(painter, box, text, theme.color(ink), _CENTER)
        return box.left()

    def _draw_heading(self, painter: QPainter, inner: QRectF, row: GroupHeading) -> None:
        theme, rows = self._appearance.theme, self._view.rows
        side, size, pad = theme.length("buttonSmall"), theme.length("icon.ui"), theme.length("m")
        icon = QRectF(QPointF(inner.left(), inner.top()), QSize(side, int(inner.height())))
        chevron = "chevron-down" if row.is_open else "chevron-right"
        draw_icon(painter, theme, chevron, theme.color("textSecondary"), icon, size)
        text = inner.adjusted(side + pad, 0, 0, 0)
        painter.setFont(theme.font("ui"))
        name = rows.name(row)
        draw_text(painter, text, name, theme.color("text"), _START)
        text.setLeft(text.left() + painter.fontMetrics().horizontalAdvance(name) + theme.length("s"))
        painter.setFont(theme.font("caption"))
        note = painter.fontMetrics().elidedText(rows.note(row), Qt.TextElideMode.ElideRight, int(text.width()))
        draw_text(painter, text, note, theme.color("textTertiary"), _START)
