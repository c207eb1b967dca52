"""View of all versions of an artifact and of the differences between two of them. Selecting a version does not run it."""

from collections.abc import Sequence

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFontMetrics, QGuiApplication, QKeyEvent, QKeySequence, QPainter, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QHBoxLayout,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from chatdesk.features.previews.domain.difference_rows import SIGNS, DifferenceRows, Row, RowKind, as_patch
from chatdesk.features.previews.ui.versions.version_list import VersionList, VersionRow
from chatdesk.ui_kit.lists.row_list import ListView
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.style.painting import draw_line
from chatdesk.ui_kit.style.theme import make_palette
from chatdesk.ui_kit.text.hidden_characters import with_code_points
from chatdesk.ui_kit.translations import Translated
from chatdesk.ui_kit.widgets.button import Button, ButtonKind
from chatdesk.ui_kit.widgets.icon_button import IconButton, IconButtonSize
from chatdesk.ui_kit.widgets.label import Label
from chatdesk.ui_kit.widgets.splitter import Splitter

_Index = QModelIndex | QPersistentModelIndex
_STYLES = {
    RowKind.SAME: ("codeText", "textTertiary", "sunken"),
    RowKind.ADDED: ("codeText", "success", "successSoft"),
    RowKind.REMOVED: ("codeText", "danger", "dangerSoft"),
    RowKind.FOLDED: ("textSecondary", "textTertiary", "header"),
    RowKind.FILE: ("text", "textTertiary", "header"),
    RowKind.TOO_DIFFERENT: ("textSecondary", "textTertiary", "sunken"),
}
"""Theme tokens of each kind: its text, its numbers and sign, and its background."""
_TAB = 4


class DifferenceList(ListView):
    """Differences of two versions: both line numbers, a sign and the line. Only visible rows are painted.

    A click or Enter unfolds a folded row. The selection, or everything if nothing is selected, is copied as a patch.
    """

    def __init__(self, appearance: Appearance, parent: QWidget) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._rows = DifferenceModel(self)
        self.setModel(self._rows)
        self._delegate = _Delegate(appearance, self._rows, self)
        self.setItemDelegate(self._delegate)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setUniformItemSizes(True)
        self.setSelectionMode(QListView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.clicked.connect(self._open)
        self.activated.connect(self._open)
        appearance.bind(self._restyle)

    def show_rows(self, differences: DifferenceRows) -> None:
        """Show differences, scrolled to the top."""
        self._delegate.measure(differences.rows)
        self._rows.show(differences)
        self.scrollToTop()

    def copy(self) -> None:
        """Copy the selected rows, or all rows if none is selected."""
        chosen = sorted(index.row() for index in self.selectedIndexes())
        rows = [self._rows.row(number) for number in chosen] if chosen else self._rows.all()
        QGuiApplication.clipboard().setText(as_patch(rows))

    def _open(self, index: QModelIndex) -> None:
        self._rows.unfold(index.row())

    def _restyle(self) -> None:
        self.setPalette(make_palette(self._appearance.theme, "sunken"))
        self._delegate.measure(self._rows.all())
        self.doItemsLayout()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        else:
            super().keyPressEvent(event)


class DifferenceModel(QAbstractListModel):
    """List model of the rows, including those that were unfolded."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._differences = DifferenceRows((), 0, 0, ())
        self._shown: list[Row] = []

    def show(self, differences: DifferenceRows) -> None:
        """Replace the rows."""
        self.beginResetModel()
        self._differences, self._shown = differences, list(differences.rows)
        self.endResetModel()

    def all(self) -> list[Row]:
        """Return the current rows."""
        return self._shown

    def row(self, number: int) -> Row:
        """Return a row."""
        return self._shown[number]

    def unfold(self, number: int) -> None:
        """Unfold a folded row; does nothing for other rows."""
        if self._shown[number].kind is not RowKind.FOLDED:
            return
        opened = self._differences.unfolded(self._shown[number])
        self._shown[number] = opened[0]
        self.dataChanged.emit(self.index(number), self.index(number))
        if len(opened) > 1:
            self.beginInsertRows(QModelIndex(), number + 1, number + len(opened) - 1)
            self._shown[number + 1 : number + 1] = opened[1:]
            self.endInsertRows()

    def text_of(self, row: Row) -> str:
        """Return the text of a row that is not a line of code, or its own text."""
        match row.kind:
            case RowKind.FOLDED:
                return self.tr("%n unchanged line(s)", "", row.count)
            case RowKind.TOO_DIFFERENT:
                template = self.tr(
                    "These versions are too different to compare: {before} lines before, {after} lines after."
                )
                return template.format(before=row.old, after=row.new)
            case _:
                return row.text

    def rowCount(self, parent: _Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._shown)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        row = self._shown[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self.text_of(row)
            case Qt.ItemDataRole.AccessibleTextRole:
                return self._accessible_text(row)
        return None

    def _accessible_text(self, row: Row) -> str:
        match row.kind:
            case RowKind.ADDED:
                template = self.tr("Added, line {number}: {text}")
            case RowKind.REMOVED:
                template = self.tr("Removed, line {number}: {text}")
            case RowKind.SAME:
                template = self.tr("Line {number}: {text}")
            case _:
                return self.text_of(row)
        return template.format(number=row.new or row.old, text=with_code_points(row.text))


class _Delegate(QStyledItemDelegate):
    """Paints rows of equal height and of the width of the longest line."""

    def __init__(self, appearance: Appearance, model: DifferenceModel, view: QListView) -> None:
        super().__init__(view)
        self._appearance = appearance
        self._model = model
        self._view = view
        self._columns = 0
        self._digits = 2

    def measure(self, rows: list[Row] | tuple[Row, ...]) -> None:
        """Determine the row width. Non-ASCII characters count twice because Chinese ones are that wide."""
        self._columns = max((_columns(row.text) for row in rows), default=0)
        self._digits = max(2, len(str(max((max(row.old or 0, row.new or 0) + row.count for row in rows), default=0))))

    def sizeHint(self, _option: QStyleOptionViewItem, _index: _Index) -> QSize:
        theme = self._appearance.theme
        width = self._gutter + self._columns * self._advance + theme.length("l")
        return QSize(max(width, self._view.viewport().width()), theme.line("code"))

    @property
    def _advance(self) -> int:
        return QFontMetrics(self._appearance.theme.font("code")).horizontalAdvance("0")

    @property
    def _numbers(self) -> int:
        return self._digits * self._advance + self._appearance.theme.length("s")

    @property
    def _gutter(self) -> int:
        return 2 * self._numbers + 2 * self._advance + self._appearance.theme.length("s")

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        theme = self._appearance.theme
        row = self._model.row(index.row())
        ink, quiet, ground = _STYLES[row.kind]
        rect: QRect = option.rect
        state: QStyle.StateFlag = option.state
        selected = bool(state & QStyle.StateFlag.State_Selected)
        painter.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        painter.fillRect(rect, theme.color("selection" if selected else ground))
        if row.kind in SIGNS:
            self._draw_line(painter, rect, row, quiet, ink)
        else:
            draw_line(painter, rect.topLeft().toPointF(), rect.width(), theme.color("borderSubtle"))
            draw_line(painter, rect.bottomLeft().toPointF(), rect.width(), theme.color("borderSubtle"))
            painter.setFont(theme.font("ui", strong=row.kind is RowKind.FILE))
            painter.setPen(theme.color(ink))
            left = theme.length("m") if row.kind is RowKind.FILE else self._gutter
            # The text stays in view when the code is scrolled horizontally.
            text_rect = QRect(
                self._view.horizontalOffset() + rect.left() + left, rect.top(), rect.width(), rect.height()
            )
            painter.drawText(text_rect, Qt.AlignmentFlag.AlignVCenter, self._model.text_of(row))

    def _draw_line(self, painter: QPainter, rect: QRect, row: Row, quiet: str, ink: str) -> None:
        theme = self._appearance.theme
        painter.setFont(theme.font("code"))
        painter.setPen(theme.color(quiet))
        number = QRect(rect.left(), rect.top(), self._numbers, rect.height())
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        for line in (row.old, row.new):
            if line is not None:
                painter.drawText(number, right, str(line))
            number.translate(self._numbers, 0)
        sign = QRect(number.left(), rect.top(), self._gutter - 2 * self._numbers, rect.height())
        painter.drawText(sign, Qt.AlignmentFlag.AlignCenter, SIGNS[row.kind])
        painter.setPen(theme.color(ink))
        text = with_code_points(row.text).expandtabs(_TAB)
        text_rect = QRect(rect.left() + self._gutter, rect.top(), max(0, rect.width() - self._gutter), rect.height())
        painter.drawText(text_rect, Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, text)


def _columns(text: str) -> int:
    wide = 0 if text.isascii() else sum(not character.isascii() for character in text)
    return len(text) + wide + (_TAB - 1) * text.count("\t")


class VersionsView(Translated, QWidget):
    """`compare_requested` carries the indexes of the selected version and of its base. The receiver calls `show_differences`."""

    compare_requested = Signal(int, int)
    restore_requested = Signal(int)
    show_requested = Signal(int)

    def __init__(self, appearance: Appearance, parent: QWidget, *, can_show: bool = True) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._versions: tuple[VersionRow, ...] = ()
        self._shown = -1
        self._base = -1
        """Index of the base version if the user chose it; -1 for the version before the selected one."""
        self._found: DifferenceRows | None = None
        self._is_user_sized = False
        """Whether the user moved the splitter."""
        self.list = VersionList(appearance, self)
        self.list.setObjectName("versionList")
        self.list.selectionModel().currentChanged.connect(lambda *_: self._on_selected())
        self.list.activated.connect(lambda _: self.show_requested.emit(self.list.chosen))
        self._name = Label(appearance, "label", "text", self, elide=True)
        self._with = Label(appearance, "ui", "textSecondary", self)
        self._other = QComboBox(self)
        self._other.setObjectName("compareWith")
        self._other.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self._other.activated.connect(self._choose_base)
        self._added = Label(appearance, "ui", "success", self)
        self._added.setObjectName("linesAdded")
        self._removed = Label(appearance, "ui", "danger", self)
        self._removed.setObjectName("linesRemoved")
        self._copy = IconButton(appearance, "copy", self, size=IconButtonSize.ROW)
        self._copy.setObjectName("copyDifferences")
        self._show = Button(appearance, "", ButtonKind.OUTLINED, self, small=True, icon="eye")
        self._show.setObjectName("showVersion")
        self._show.clicked.connect(lambda: self.show_requested.emit(self.list.chosen))
        self._show.setVisible(can_show)
        self._restore = Button(appearance, "", ButtonKind.OUTLINED, self, small=True, icon="archive-restore")
        self._restore.setObjectName("restoreVersion")
        self._restore.clicked.connect(lambda: self.restore_requested.emit(self.list.chosen))
        self.differences = DifferenceList(appearance, self)
        self.differences.setObjectName("differences")
        self._copy.clicked.connect(self.differences.copy)
        self._state = Label(appearance, "ui", "textTertiary", self, wrap=True)
        self._state.setObjectName("differencesState")
        self._lay_out()
        self.setFocusProxy(self.list)
        self._retranslate()
        appearance.bind(self._restyle)

    def show_versions(self, versions: Sequence[VersionRow], shown: int) -> None:
        """Show these versions, oldest first; `shown` is the index of the one shown in the panel, which is selected first."""
        rows = tuple(versions)
        if rows == self._versions and shown == self._shown:
            return
        same = len(rows) >= len(self._versions) > 0 and rows[: len(self._versions)] == self._versions
        save = self.list.chosen if same and shown == self._shown else shown
        if not same:
            self._base = -1
        self._versions, self._shown = rows, shown
        self.list.show_versions(rows, shown)
        if not self._is_user_sized:
            self._set_sizes()
        self.list.choose(save)

    def show_differences(self, version: int, base: int, found: DifferenceRows) -> None:
        """Show the differences between two versions, unless the selection has changed since."""
        if (version, base) == (self.list.chosen, self._compared):
            self._found = found
            self.differences.show_rows(found)
            self._show_found()

    @property
    def _compared(self) -> int:
        """The index of the base version for the selected version; -1 if it is the first."""
        chosen = self.list.chosen
        return self._base if self._base not in {-1, chosen} else chosen - 1

    def _on_selected(self) -> None:
        chosen = self.list.chosen
        if chosen < 0:
            return
        self._name.set_text(self._versions[chosen].name)
        self._show_choices()
        self._found = None
        self._show_found()
        if self._compared >= 0 and self.isVisible():
            self.compare_requested.emit(chosen, self._compared)

    def _show_choices(self) -> None:
        """Offer every other version as the base."""
        chosen = self.list.chosen
        self._other.clear()
        for index in range(len(self._versions) - 1, -1, -1):
            if index != chosen:
                self._other.addItem(self._versions[index].name, index)
        self._other.setCurrentIndex(self._other.findData(self._compared))
        self._show.setEnabled(chosen != self._shown)
        self._restore.setEnabled(chosen < len(self._versions) - 1)

    def _choose_base(self, _index: int) -> None:
        self._base = int(self._other.currentData())
        self._on_selected()

    def _show_found(self) -> None:
        found, first = self._found, self._compared < 0
        changes = found is not None and bool(found.rows)
        self._added.set_text(f"+{found.added}" if found and found.added else "")
        self._removed.set_text(f"−{found.removed}" if found and found.removed else "")
        self._copy.setEnabled(changes)
        self.differences.setVisible(changes)
        self._state.setVisible(not changes)
        if first:
            self._state.set_text(self.tr("This is the first version."))
        elif found is None:
            self._state.set_text(self.tr("Comparing…"))
        else:
            self._state.set_text(self.tr("The code is identical."))

    def _lay_out(self) -> None:
        self._bar = QHBoxLayout()
        for part in (self._with, self._other, self._added, self._removed):
            self._bar.addWidget(part)
        self._bar.addStretch(1)
        self._bar.addWidget(self._copy)
        self._actions = QHBoxLayout()
        self._actions.addWidget(self._name, 1)
        self._actions.addWidget(self._show)
        self._actions.addWidget(self._restore)
        self._notes = QVBoxLayout()
        self._notes.addWidget(self._state, 1)
        self._state.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeading)
        above, below = QWidget(self), QWidget(self)
        upper, lower = QVBoxLayout(above), QVBoxLayout(below)
        for column in (upper, lower):
            column.setContentsMargins(0, 0, 0, 0)
            column.setSpacing(0)
        upper.addWidget(self.list, 1)
        lower.addLayout(self._actions)
        lower.addLayout(self._bar)
        lower.addLayout(self._notes)
        lower.addWidget(self.differences, 1)
        self._halves = Splitter(Qt.Orientation.Vertical, self)
        self._halves.splitterMoved.connect(self._on_splitter_moved)
        self._halves.addWidget(above)
        self._halves.addWidget(below)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._halves)

    def _restyle(self) -> None:
        theme = self._appearance.theme
        margin = theme.length("s")
        for row, above in ((self._actions, margin), (self._bar, 0)):
            row.setContentsMargins(theme.length("l"), above, theme.length("m"), margin)
            row.setSpacing(margin)
        self._notes.setContentsMargins(theme.length("l"), 0, theme.length("l"), margin)

    def _retranslate(self) -> None:
        self.list.setAccessibleName(self.tr("Versions"))
        self._with.set_text(self.tr("Compare with"))
        self._other.setAccessibleName(self.tr("Compare with"))
        self._copy.set_name(self.tr("Copy differences"))
        self._show.setText(self.tr("Show"))
        self._show.setToolTip(self.tr("Run this version in the preview"))
        self._restore.setText(self.tr("Restore"))
        self._restore.setToolTip(self.tr("Adds this as the newest version. The chat is not changed."))
        self.differences.setAccessibleName(self.tr("Differences"))
        self._show_found()

    def showEvent(self, event: QShowEvent) -> None:
        """Compare now if the view was hidden when the selection changed."""
        super().showEvent(event)
        if self._found is None:
            self._on_selected()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide = self.width() >= 2 * self._appearance.theme.length("previewMin")
        self._halves.setOrientation(Qt.Orientation.Horizontal if wide else Qt.Orientation.Vertical)
        if not self._is_user_sized:
            self._set_sizes()

    def _on_splitter_moved(self) -> None:
        self._is_user_sized = True

    def _set_sizes(self) -> None:
        """Size the list to its rows, within limits."""
        theme = self._appearance.theme
        if self._halves.orientation() is Qt.Orientation.Horizontal:
            available, list_size = self.width(), theme.length("sidebarOverlay")
        else:
            rows = len(self._versions) * self.list.sizeHintForRow(0) + theme.length("xs")
            available, list_size = self.height(), max(rows, theme.length("titleRow"))
        part = min(list_size, available * 2 // 5)
        self._halves.setSizes([part, max(1, available - part)])
