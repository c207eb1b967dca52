"""Glossary of a language pair, shown in place of the text: a table with import and export. `glossary_table.py` holds its content."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from chatdesk.features.translation.ui.glossary_table import CASE, NOTE, SOURCE, TARGET, GlossaryTable
from chatdesk.features.translation.ui.translation_texts import language_name
from chatdesk.ui_kit.lists.row_list import RowFocus
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.style.painting import draw_box, draw_line
from chatdesk.ui_kit.style.theme import make_palette
from chatdesk.ui_kit.translations import Translated
from chatdesk.ui_kit.widgets.button import Button, ButtonKind
from chatdesk.ui_kit.widgets.icon_button import IconButton
from chatdesk.ui_kit.widgets.label import Label

# Painting of the table: headings and cells.

_LEFT = Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter


class TermHeader(QHeaderView):
    """Column headings."""

    def __init__(self, appearance: Appearance, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._appearance = appearance

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:  # noqa: N802 - Qt's name
        theme = self._appearance.theme
        painter.fillRect(rect, theme.color("sunken"))
        draw_line(painter, QPointF(rect.left(), rect.bottom()), rect.width(), theme.color("borderSubtle"))
        painter.setFont(theme.font("caption", strong=True))
        painter.setPen(theme.color("textSecondary"))
        pad = theme.length("m")
        text = str(self.model().headerData(section, Qt.Orientation.Horizontal) or "")
        available = rect.adjusted(pad, 0, -pad, 0)
        painter.drawText(
            available, _LEFT, painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, available.width())
        )

    def sectionSizeFromContents(self, section: int) -> QSize:  # noqa: N802
        """Return the size including the margins."""
        size = super().sectionSizeFromContents(section)
        return QSize(size.width() + 2 * self._appearance.theme.length("m"), size.height())


class TermCells(QStyledItemDelegate):
    """Delegate for the cells, which share one background per row."""

    def __init__(self, appearance: Appearance) -> None:
        super().__init__()
        self._appearance = appearance

    def createEditor(
        self, parent: QWidget, _option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex
    ) -> QWidget:
        """Return a text field in the font of the table, so that the text keeps its position."""
        field = QLineEdit(parent)
        field.setFont(self._appearance.theme.font("table"))
        return field

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        theme, rect = self._appearance.theme, option.rect
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        if chosen:
            painter.fillRect(rect, theme.color("selected"))
        draw_line(painter, QPointF(rect.left(), rect.bottom()), rect.width(), theme.color("borderSubtle"))
        pad = theme.length("m")
        if index.column() == CASE:
            option.rect = rect.adjusted(pad, 0, 0, 0)
            option.state &= ~QStyle.StateFlag.State_Selected
            super().paint(painter, option, index)
            return
        painter.setFont(theme.font("table"))
        painter.setPen(theme.color("text"))
        available = rect.adjusted(pad, 0, -pad, 0)
        text = str(index.data() or "").replace("\n", " ")
        painter.drawText(
            available, _LEFT, painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, available.width())
        )
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(theme.color("focus"))
            painter.drawRect(rect.adjusted(0, 0, -1, -1))


class _TermTable(RowFocus, QTableView):
    """The table."""


class GlossaryView(Translated, QWidget):
    """Table of terms with buttons. Enter and F2 edit a cell, Del removes rows, Ctrl+Z undoes."""

    closed = Signal()
    import_requested = Signal()
    export_requested = Signal()

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._pair = ("", "")
        self.table = GlossaryTable()
        self._back = IconButton(appearance, "arrow-left", self)
        self._back.setObjectName("glossaryBack")
        self._title = Label(appearance, "label", "text", self, elide=True)
        self._add = Button(appearance, "", ButtonKind.OUTLINED, self, icon="plus")
        self._add.setObjectName("glossaryAdd")
        self._remove = IconButton(appearance, "trash-2", self)
        self._remove.setObjectName("glossaryRemove")
        self._undo = IconButton(appearance, "undo-2", self)
        self._undo.setObjectName("glossaryUndo")
        self._import = IconButton(appearance, "upload", self)
        self._import.setObjectName("glossaryImport")
        self._export = IconButton(appearance, "download", self)
        self._export.setObjectName("glossaryExport")
        self._empty_label = Label(appearance, "ui", "textTertiary", self, wrap=True)
        self._empty_label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.rows = _TermTable(self)
        self.rows.setHorizontalHeader(TermHeader(appearance, self.rows))
        self._cells = TermCells(appearance)
        self.rows.setItemDelegate(self._cells)
        self.rows.setObjectName("glossaryTable")
        self.rows.setModel(self.table)
        self.rows.setFrameShape(QFrame.Shape.NoFrame)
        self.rows.setShowGrid(False)
        self.rows.setWordWrap(False)
        self.rows.setTabKeyNavigation(False)
        self.rows.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.rows.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.rows.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.rows.setEditTriggers(
            QAbstractItemView.EditTrigger.DoubleClicked
            | QAbstractItemView.EditTrigger.EditKeyPressed
            | QAbstractItemView.EditTrigger.AnyKeyPressed
            | QAbstractItemView.EditTrigger.SelectedClicked
        )
        self.rows.verticalHeader().hide()
        headings = self.rows.horizontalHeader()
        headings.setHighlightSections(False)
        headings.setDefaultAlignment(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter)
        for column in (SOURCE, TARGET, NOTE):
            headings.setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)
        headings.setSectionResizeMode(CASE, QHeaderView.ResizeMode.ResizeToContents)
        self._head, self._body = QHBoxLayout(), QVBoxLayout()
        self._head.addWidget(self._back)
        self._head.addWidget(self._title, 1)
        for widget in (self._remove, self._undo, self._import, self._export, self._add):
            self._head.addWidget(widget)
        self._body.addWidget(self.rows, 1)
        self._body.addWidget(self._empty_label, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(self._head)
        layout.addLayout(self._body, 1)
        self._back.clicked.connect(self.closed)
        self._add.clicked.connect(self.add)
        self._remove.clicked.connect(self.remove_chosen)
        self._undo.clicked.connect(self.table.undo)
        self._import.clicked.connect(self.import_requested)
        self._export.clicked.connect(self.export_requested)
        self.table.modelReset.connect(self._update)
        self.table.changed.connect(self._update)
        self.rows.selectionModel().selectionChanged.connect(self._update)
        self._retranslate()
        appearance.bind(self._restyle)
        self._update()

    def show_pair(self, source: str, target: str) -> None:
        """Set the language codes of the displayed glossary."""
        self._pair = (source, target)
        self._retranslate()

    def focus(self) -> None:
        """Focus the table, or the button that adds the first term."""
        (self.rows if self.table.rowCount() else self._add).setFocus(Qt.FocusReason.TabFocusReason)
        if self.table.rowCount() and not self.rows.currentIndex().isValid():
            self.rows.setCurrentIndex(self.table.index(0, SOURCE))

    def add(self) -> None:
        """Add an empty term and start editing it."""
        index = self.table.add()
        self.rows.setFocus(Qt.FocusReason.OtherFocusReason)
        self.rows.setCurrentIndex(index)
        self.rows.edit(index)

    def remove_chosen(self) -> None:
        """Remove the selected rows."""
        rows = {index.row() for index in self.rows.selectionModel().selectedIndexes()}
        if rows:
            self.table.remove(rows)
            left = self.table.rowCount()
            if left:
                self.rows.setCurrentIndex(self.table.index(min(*rows, left - 1), SOURCE))
            self.focus()

    def _update(self) -> None:
        has_rows = self.table.rowCount() > 0
        self.rows.setVisible(has_rows)
        self._empty_label.setVisible(not has_rows)
        self._undo.setEnabled(self.table.can_undo)
        self._export.setEnabled(has_rows)
        self._remove.setEnabled(has_rows and self.rows.selectionModel().hasSelection())

    def _restyle(self) -> None:
        theme = self._appearance.theme
        pad, gap = theme.length("m"), theme.length("s")
        self._head.setContentsMargins(pad, gap, pad, gap)
        self._head.setSpacing(gap)
        self._body.setContentsMargins(pad, 0, pad, pad)
        self.rows.setFont(theme.font("table"))
        self.rows.setPalette(make_palette(theme))
        headings = self.rows.horizontalHeader()
        headings.setFont(theme.font("caption", strong=True))
        headings.setMinimumHeight(theme.length("rowTable"))
        self.rows.verticalHeader().setDefaultSectionSize(theme.length("rowTable") + theme.length("xs"))

    def _retranslate(self) -> None:
        source, target = map(language_name, self._pair)
        text = self.tr("Glossary: {source} → {target}")
        self._title.set_text(text.format(source=source, target=target))
        self.rows.setAccessibleName(self._title.text())
        self.table.set_headings((source, target, self.tr("Note"), self.tr("Match case")))
        self._back.set_name(self.tr("Back to text"), "Esc")
        self._add.setText(self.tr("Add a term"))
        self._remove.set_name(self.tr("Remove selected terms"), "Del")
        self._undo.set_name(self.tr("Undo"), "Ctrl+Z")
        self._import.set_name(self.tr("Import from CSV file…"))
        self._export.set_name(self.tr("Export as CSV file…"))
        self._empty_label.set_text(
            self.tr("No terms yet. Terms listed here are always translated this way. Separate several terms with |.")
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Delete:
            self.remove_chosen()
        elif event.matches(QKeySequence.StandardKey.Undo):
            self.table.undo()
        elif event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the border around the table."""
        if not self.rows.isHidden():
            theme = self._appearance.theme
            frame = QRectF(self.rows.geometry()).translated(QPoint(0, 0)).adjusted(-1, -1, 1, 1)
            draw_box(QPainter(self), frame, theme.length("radius.small"), None, theme.color("borderSubtle"))
