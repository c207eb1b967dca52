"""Popup list of the model picker: a search field, models grouped by server, and buttons for adding more."""

import textwrap

from PySide6.QtCore import QCoreApplication, QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QVBoxLayout, QWidget

from chatdesk.features.models.domain.model_names import read_model_name
from chatdesk.features.models.domain.model_rows import ModelRow, Row, ServerGroup, rows_of
from chatdesk.kernel.models.model import ModelRef
from chatdesk.ui_kit.lists.row_button import RowButton
from chatdesk.ui_kit.lists.row_list import CountedRows
from chatdesk.ui_kit.lists.search_popup import SearchPopup
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.style.painters import draw_text
from chatdesk.ui_kit.style.painting import draw_box, draw_icon, draw_lit_row
from chatdesk.ui_kit.text.safe_text import plain_line
from chatdesk.ui_kit.translations import Translated
from chatdesk.ui_kit.widgets.icon_button import IconButton

# Rows of the picker: Qt list model and delegate. Without widgets per row, so that 10,000 models are fast.

_LEFT = Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignVCenter
_TOOLTIP_WIDTH = 60
"""Maximum number of characters per line of a tooltip."""

_MAX_DETAILS_SHARE = 0.5

Index = QModelIndex | QPersistentModelIndex


class ModelRows(CountedRows):
    """Rows of models and servers. `current` is the model in use; with `has_fixes`, a server that cannot be used can be selected."""

    def __init__(self, *, has_fixes: bool) -> None:
        super().__init__()
        self.has_fixes = has_fixes
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
        if isinstance(row, ServerGroup) and self.offers_fix(row):
            extra = f"{extra}, {fix_text()}"
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

    def offers_fix(self, row: Row) -> bool:
        """Return whether a row is the heading of a server that can be fixed from here."""
        return self.has_fixes and isinstance(row, ServerGroup) and row.can_be_fixed

    def can_activate(self, index: Index) -> bool:
        """Return whether Enter does something with a row: a model is chosen, a server is fixed."""
        row = self._rows[index.row()]
        return isinstance(row, ModelRow) or self.offers_fix(row)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Make only models and servers that can be fixed selectable."""
        if self.can_activate(index):
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
        lit = bool(option.state & (QStyle.StateFlag.State_Selected | QStyle.StateFlag.State_MouseOver))
        match self._rows.row(index):
            case ServerGroup() as group:
                self._draw_heading(painter, QRectF(option.rect), group, lit=lit and self._rows.offers_fix(group))
            case ModelRow() as row:
                self._draw_model(painter, QRectF(option.rect), row, lit=lit)
        painter.restore()

    def _draw_heading(self, painter: QPainter, rect: QRectF, group: ServerGroup, *, lit: bool) -> None:
        theme = self._appearance.theme
        pad, dot, inset = theme.length("m"), theme.length("s"), theme.length("xs")
        if lit:
            draw_lit_row(painter, theme, rect.adjusted(inset, 0, -inset, 0))
        inner = rect.adjusted(pad, 0 if lit else inset, -pad, 0)
        painter.setFont(theme.font("caption", strong=True))
        name = painter.fontMetrics().elidedText(
            plain_line(group.name), Qt.TextElideMode.ElideRight, int(inner.width() * 0.6)
        )
        draw_text(painter, inner, name, theme.color("textTertiary"), _LEFT)
        if self._rows.offers_fix(group):
            draw_text(painter, inner, fix_text(), theme.color("accentText"), _RIGHT)
            inner.setRight(inner.right() - painter.fontMetrics().horizontalAdvance(fix_text()))
            painter.setFont(theme.font("caption"))
            separator = " · "
            draw_text(painter, inner, separator, theme.color("textTertiary"), _RIGHT)
            inner.setRight(inner.right() - painter.fontMetrics().horizontalAdvance(separator))
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


def fix_text() -> str:
    """Return the label of the link beside the state of a server that cannot be used."""
    return QCoreApplication.translate("Models", "Fix")


class ModelPopup(Translated, SearchPopup):
    """Popup of the model picker. The current model is selected initially and has a check mark.

    Below the list are rows for getting more models. With `accepts_files`, which is for the main window, models can also be downloaded and
    opened from files, and a server that cannot be used can be fixed.
    """

    model_chosen = Signal(ModelRef)
    refresh_requested = Signal()
    add_server_requested = Signal()
    add_file_requested = Signal()
    fix_requested = Signal(str)
    """The ID of a server that cannot be used."""
    more_requested = Signal(str)
    """More models are requested; carries the name of one that was typed and is not in the list, or nothing."""

    def __init__(self, appearance: Appearance, parent: QWidget, *, accepts_files: bool) -> None:
        self._rows = ModelRows(has_fixes=accepts_files)
        super().__init__(
            appearance,
            parent,
            self._rows,
            ModelRowDelegate(appearance, self._rows),
            kind="model",
            most_rows=_MAX_ROWS,
        )
        self._list.setUniformItemSizes(True)
        self._accepts_files = accepts_files
        self._groups: tuple[ServerGroup, ...] = ()
        self._chosen: ModelRef | None = None
        self._wanted = ""
        """The name of a model that was typed and is not in the list."""
        self._refresh = IconButton(appearance, "refresh-cw", self)
        self._refresh.setObjectName("refreshModels")
        self._refresh.clicked.connect(self.refresh_requested)
        self._head.addWidget(self._refresh)
        self._more = RowButton(appearance, "download", self)
        self._more.setObjectName("getMoreModels")
        self._more.clicked.connect(self._ask_for_more)
        self._add_file = RowButton(appearance, "file-up", self)
        self._add_file.setObjectName("addFileFromPicker")
        self._add_file.clicked.connect(self._ask_for_file)
        self._add = RowButton(appearance, "plug", self)
        self._add.setObjectName("addServerFromPicker")
        self._add.clicked.connect(self._ask_for_server)
        rows = QVBoxLayout()
        rows.setSpacing(0)
        for row in (self._more, self._add_file, self._add):
            row.setVisible(accepts_files or row is self._add)
            rows.addWidget(row)
        self.foot.addLayout(rows)
        self._retranslate()
        self._arrange()

    def set_groups(self, groups: tuple[ServerGroup, ...]) -> None:
        """Set the servers and their models; the search text and the selection stay."""
        if groups == self._groups:
            return  # servers are refreshed often, and the list must not jump while it is being read
        self._groups = groups
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
        is_missing = self._accepts_files and bool(text.strip()) and not self._rows.rowCount()
        name = text.strip() if is_missing and read_model_name(text).problem is None else ""
        if name != self._wanted:
            self._wanted = name
            self._retranslate()
        return self._rows.position(self._chosen or self._rows.current)

    def choose_index(self, index: QModelIndex) -> None:
        """Choose the model or fix the server at an index; without a match, get the model whose name was typed."""
        row = self._rows.row(index) if index.isValid() and self._rows.rowCount() else None
        if isinstance(row, ModelRow):
            self.close()
            self.model_chosen.emit(row.ref)
        elif row and self._rows.offers_fix(row):
            self.close()
            self.fix_requested.emit(row.server_id)
        elif self._wanted:
            self._ask_for_more()

    def next_row(self, row: int, step: int) -> int:
        """Return the next row in a direction that can be chosen; the same row if there is none."""
        target, direction = super().next_row(row, step), 1 if step > 0 else -1
        last = self._rows.rowCount() - 1
        while 0 <= target <= last and not self._rows.can_activate(self._rows.index(target)):
            target += direction
        return target if 0 <= target <= last else row

    def empty_text(self, *, searching: bool) -> str:
        """Return the text for no matching models, or for no models at all."""
        return self.tr("No results") if searching else self.tr("No models yet.")

    def _ask_for_more(self) -> None:
        wanted = self._wanted
        self.close()
        self.more_requested.emit(wanted)

    def _ask_for_file(self) -> None:
        self.close()
        self.add_file_requested.emit()

    def _ask_for_server(self) -> None:
        self.close()
        self.add_server_requested.emit()

    def _retranslate(self) -> None:
        self.set_labels(self.tr("Models"), self.tr("Search models"))
        wanted = self.tr("Download {name}…").format(name=plain_line(self._wanted))
        self._more.set_labels(wanted if self._wanted else self.tr("Get more models"))
        self._refresh.set_name(self.tr("Refresh"))
        self._add.set_labels(self.tr("Connect a provider…"))
        self._add_file.set_labels(self.tr("Open a model file…"))
