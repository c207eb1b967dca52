"""Popup list of the model picker: a search field, models grouped by server, and buttons for adding more."""

import textwrap

from PySide6.QtCore import QCoreApplication, QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from chatdesk.features.models.domain.model_rows import ModelRow, Row, ServerGroup, StateKind, rows_of
from chatdesk.kernel.models.model import ModelRef
from chatdesk.ui_kit.lists.row_list import CountedRows
from chatdesk.ui_kit.lists.search_popup import SearchPopup
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.style.button_kind import ButtonKind
from chatdesk.ui_kit.style.painters import draw_text
from chatdesk.ui_kit.style.painting import draw_box, draw_icon, draw_lit_row
from chatdesk.ui_kit.text.safe_text import plain_line
from chatdesk.ui_kit.translations import Translated
from chatdesk.ui_kit.widgets.button import Button
from chatdesk.ui_kit.widgets.icon_button import IconButton, IconButtonSize

# Rows of the picker: Qt list model and delegate. Without widgets per row, so that 10,000 models are fast.

_LEFT = Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignVCenter
_TOOLTIP_WIDTH = 60
"""Maximum number of characters per line of a tooltip."""

_MAX_DETAILS_SHARE = 0.5

Index = QModelIndex | QPersistentModelIndex


class ModelRows(CountedRows):
    """Rows of models and servers. Server rows cannot be selected. `current` is the model in use."""

    def __init__(self) -> None:
        super().__init__()
        self._rows: tuple[Row, ...] = ()
        self.current: ModelRef | None = None

    def show(self, rows: tuple[Row, ...]) -> None:
        """Replace the rows."""
        self._rows = rows
        self.set_count(len(rows))

    def row(self, index: Index) -> Row:
        """Return the row at `index`."""
        return self._rows[index.row()]

    def position(self, ref: ModelRef | None) -> QModelIndex:
        """Return the index of a model; otherwise that of the first model; an invalid one if there are no models."""
        first = -1
        for number, row in enumerate(self._rows):
            if isinstance(row, ModelRow):
                here = row.ref
                # Comparing the references would call their `__eq__` for each of 10,000 rows.
                if ref is None or (here.model_id == ref.model_id and here.server_id == ref.server_id):
                    return self.index(number)
                first = number if first < 0 else first
        return self.index(first) if first >= 0 else QModelIndex()

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return the text for painting and screen readers."""
        row = self._rows[index.row()]
        name = plain_line(row.name)
        extra = plain_line(row.details if isinstance(row, ModelRow) else row.state_text)
        if isinstance(row, ModelRow) and row.favourite:
            favourite = QCoreApplication.translate("Models", "favourite")
            extra = f"{favourite}, {extra}" if extra else favourite
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return name
            case Qt.ItemDataRole.AccessibleTextRole:
                return f"{name}, {extra}" if extra else name
            case Qt.ItemDataRole.ToolTipRole:
                return textwrap.fill(name, _TOOLTIP_WIDTH) + (f"\n{extra}" if extra else "")
            case _:
                return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Make only models selectable."""
        if isinstance(self._rows[index.row()], ModelRow):
            return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return Qt.ItemFlag.ItemIsEnabled


class ModelRowDelegate(QStyledItemDelegate):
    """Paints a server's heading, or a model with its details, and a check mark for the model in use."""

    def __init__(self, appearance: Appearance, rows: ModelRows) -> None:
        super().__init__()
        self._appearance = appearance
        self._rows = rows

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        """Return the common height of all rows, so that 10,000 are laid out at once."""
        return QSize(0, self._appearance.theme.length("rowMenu"))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        match self._rows.row(index):
            case ServerGroup() as group:
                self._draw_heading(painter, QRectF(option.rect), group)
            case ModelRow() as row:
                chosen = bool(option.state & QStyle.StateFlag.State_Selected)
                hovered = bool(option.state & QStyle.StateFlag.State_MouseOver)
                self._draw_model(painter, QRectF(option.rect), row, lit=chosen or hovered)
        painter.restore()

    def _draw_heading(self, painter: QPainter, rect: QRectF, group: ServerGroup) -> None:
        theme = self._appearance.theme
        pad, dot = theme.length("m"), theme.length("s")
        inner = rect.adjusted(pad, theme.length("xs"), -pad, 0)
        painter.setFont(theme.font("caption", strong=True))
        name = painter.fontMetrics().elidedText(
            plain_line(group.name), Qt.TextElideMode.ElideRight, int(inner.width() * 0.6)
        )
        draw_text(painter, inner, name, theme.color("textTertiary"), _LEFT)
        painter.setFont(theme.font("caption"))
        text = painter.fontMetrics().elidedText(
            plain_line(group.state_text), Qt.TextElideMode.ElideRight, int(inner.width() * 0.6)
        )
        width = painter.fontMetrics().horizontalAdvance(text)
        draw_text(painter, inner, text, theme.color("textTertiary"), _RIGHT)
        dot_rect = QRectF(inner.right() - width - dot - theme.length("xs"), inner.center().y() - dot / 2, dot, dot)
        draw_box(painter, dot_rect, dot / 2, fill=theme.color(group.state_kind.color))

    def _draw_model(self, painter: QPainter, rect: QRectF, row: ModelRow, *, lit: bool) -> None:
        theme = self._appearance.theme
        inset, pad, size = theme.length("xs"), theme.length("s"), theme.length("icon.ui")
        box = rect.adjusted(inset, 0, -inset, 0)
        if lit:
            draw_lit_row(painter, theme, box)
        inner = box.adjusted(pad, 0, -pad, 0)
        if row.ref == self._rows.current:
            draw_icon(
                painter,
                theme,
                "check",
                theme.color("accentText"),
                QRectF(inner.left(), inner.top(), size, inner.height()),
                size,
            )
        inner.setLeft(inner.left() + size + pad)
        if row.favourite:
            star = theme.length("icon.small")
            star_rect = QRectF(inner.left(), inner.top(), star, inner.height())
            draw_icon(painter, theme, "star-filled", theme.color("accentText"), star_rect, star)
            inner.setLeft(star_rect.right() + theme.length("xs"))
        name_font = theme.font("ui", strong=row.ref == self._rows.current)
        whole_name = QFontMetrics(name_font).horizontalAdvance(plain_line(row.name))
        painter.setFont(theme.font("caption"))
        available = max(int(inner.width() * _MAX_DETAILS_SHARE), int(inner.width()) - whole_name - pad)
        details = painter.fontMetrics().elidedText(plain_line(row.details), Qt.TextElideMode.ElideRight, available)
        width = painter.fontMetrics().horizontalAdvance(details)
        draw_text(painter, inner, details, theme.color("textTertiary"), _RIGHT)
        painter.setFont(name_font)
        available = int(inner.width() - width - pad)
        name = painter.fontMetrics().elidedText(plain_line(row.name), Qt.TextElideMode.ElideMiddle, available)
        draw_text(painter, inner, name, theme.color("text"), _LEFT)


_MAX_ROWS = 11


class ModelPopup(Translated, SearchPopup):
    """Popup of the model picker. The current model is selected initially and has a check mark; headings are skipped."""

    model_chosen = Signal(ModelRef)
    refresh_requested = Signal()
    add_server_requested = Signal()
    add_file_requested = Signal()
    doctor_requested = Signal()
    manage_requested = Signal()

    def __init__(self, appearance: Appearance, parent: QWidget, *, takes_files: bool) -> None:
        self._rows = ModelRows()
        super().__init__(
            appearance,
            parent,
            self._rows,
            ModelRowDelegate(appearance, self._rows),
            kind="model",
            most_rows=_MAX_ROWS,
        )
        self._list.setUniformItemSizes(True)
        self._has_doctor = takes_files
        self._groups: tuple[ServerGroup, ...] = ()
        self._chosen: ModelRef | None = None
        self._manage = Button(appearance, "", ButtonKind.PLAIN, self, icon="cpu", small=True)
        self._manage.setObjectName("manageModels")
        self._manage.clicked.connect(self._ask_to_manage)
        self._manage.setVisible(takes_files)
        self._refresh = IconButton(appearance, "refresh-cw", self, size=IconButtonSize.ROW)
        self._refresh.setObjectName("refreshModels")
        self._refresh.clicked.connect(self.refresh_requested)
        self._add = Button(appearance, "", ButtonKind.PLAIN, self, icon="plus", small=True)
        self._add.setObjectName("addServerFromPicker")
        self._add.clicked.connect(self._ask_for_server)
        self._add_file = IconButton(appearance, "file-up", self, size=IconButtonSize.ROW)
        self._add_file.setObjectName("addFileFromPicker")
        self._add_file.clicked.connect(self._ask_for_file)
        self._add_file.setVisible(takes_files)
        self._doctor = Button(appearance, "", ButtonKind.PLAIN, self, small=True, ink="accentText")
        self._doctor.setObjectName("doctorFromPicker")
        self._doctor.clicked.connect(self._ask_for_doctor)
        self._doctor.hide()
        self.foot.addWidget(self._manage)
        self.foot.addWidget(self._refresh)
        self.foot.addWidget(self._doctor)
        self.foot.addStretch(1)
        self.foot.addWidget(self._add_file)
        self.foot.addWidget(self._add)
        self._retranslate()
        self._arrange()

    def set_groups(self, groups: tuple[ServerGroup, ...]) -> None:
        """Set the servers and their models; the search text and the selection stay."""
        if groups == self._groups:
            return  # servers are refreshed often, and the list must not jump while it is being read
        self._groups = groups
        self._doctor.setVisible(self._has_doctor and any(group.state_kind is StateKind.ERROR for group in groups))
        self._update_footer()
        if not self.isVisible():
            return  # the rows are created when it opens
        row = self._rows.row(self.current_index()) if self.current_index().isValid() else None
        self._chosen = row.ref if isinstance(row, ModelRow) else None
        self.search_again()
        self._chosen = None

    def set_current(self, ref: ModelRef | None) -> None:
        """Mark the model in use."""
        self._rows.current = ref
        self.redraw()

    def list_rows(self, text: str) -> QModelIndex:
        """List the models that match the search text, grouped by server."""
        self._rows.show(rows_of(self._groups, text))
        return self._rows.position(self._chosen or self._rows.current)

    def take(self, index: QModelIndex) -> None:
        """Choose the model at an index."""
        row = self._rows.row(index) if index.isValid() else None
        if isinstance(row, ModelRow):
            self.close()
            self.model_chosen.emit(row.ref)

    def next_row(self, row: int, step: int) -> int:
        """Return the next model in a direction, skipping headings; the same row if there is none."""
        target, direction = super().next_row(row, step), 1 if step > 0 else -1
        last = self._rows.rowCount() - 1
        while 0 <= target <= last and not isinstance(self._rows.row(self._rows.index(target)), ModelRow):
            target += direction
        return target if 0 <= target <= last else row

    def empty_text(self, *, searching: bool) -> str:
        """Return the text for no matching models, or for no models at all."""
        return self.tr("No results") if searching else self.tr("No models yet.")

    def _ask_to_manage(self) -> None:
        self.close()
        self.manage_requested.emit()

    def _ask_for_file(self) -> None:
        self.close()
        self.add_file_requested.emit()

    def _ask_for_doctor(self) -> None:
        self.close()
        self.doctor_requested.emit()

    def _ask_for_server(self) -> None:
        self.close()
        self.add_server_requested.emit()

    def _update_footer(self) -> None:
        """Hide the icons if the troubleshooting button needs space."""
        is_crowded = not self._doctor.isHidden()
        self._manage.set_icon("" if is_crowded else "cpu")
        self._add.set_icon("" if is_crowded else "plus")

    def _retranslate(self) -> None:
        self.set_labels(self.tr("Models"), self.tr("Search models"))
        self._manage.setText(self.tr("Manage models…"))
        self._refresh.set_name(self.tr("Refresh"))
        self._doctor.setText(self.tr("Troubleshoot"))
        self._doctor.setToolTip(self.tr("Test the connection to the server and find the problem"))
        self._add.setText(self.tr("Add a provider…"))
        self._add_file.set_name(self.tr("Open a GGUF file…"))
