"""Card with the models on this computer: the user's files and folders, and all models found. Only widgets and signals."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QAbstractListModel, QEvent, QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from chatdesk.features.models.ui.engine.engine_texts import size_text
from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.kernel.models.model_file import FileProblem, FoundModels, ModelFile, ModelLocation, ModelOrigin
from chatdesk.ui_kit.lists.row_list import ListView
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.style.painters import draw_text
from chatdesk.ui_kit.style.painting import draw_icon, draw_line, draw_lit_row
from chatdesk.ui_kit.style.theme import make_palette
from chatdesk.ui_kit.text.safe_text import plain_line
from chatdesk.ui_kit.widgets.button import Button
from chatdesk.ui_kit.widgets.card import Card, Rule
from chatdesk.ui_kit.widgets.icon_button import IconButton, IconButtonSize
from chatdesk.ui_kit.widgets.icon_label import IconLabel
from chatdesk.ui_kit.widgets.label import Label

# List of model files: two lines per row, without widgets, so that 2,000 rows are fast.

_LEFT = Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignVCenter

Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class FileTexts:
    """Second line of a row. `trouble`: why the file cannot be used; `caution`: what may go wrong. Empty strings for none."""

    details: str
    trouble: str = ""
    caution: str = ""


class ModelFileRows(QAbstractListModel):
    """Qt list model of model files. `texts_of` returns the texts of a file in the current language when it is painted."""

    def __init__(self, texts_of: Callable[[ModelFile], FileTexts]) -> None:
        super().__init__()
        self._files: Sequence[ModelFile] = ()
        self._texts_of = texts_of

    def show(self, files: Sequence[ModelFile]) -> None:
        """Show the files."""
        self.beginResetModel()
        self._files = files
        self.endResetModel()

    def file(self, index: Index) -> ModelFile:
        """Return the file at `index`."""
        return self._files[index.row()]

    def texts(self, index: Index) -> FileTexts:
        """Return the texts of the file at `index`."""
        return self._texts_of(self._files[index.row()])

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self._files)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return the text for painting and screen readers; the tooltip is complete and includes the path."""
        file = self.file(index)
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return plain_line(file.name)
            case Qt.ItemDataRole.AccessibleTextRole:
                texts = self.texts(index)
                parts = (
                    plain_line(file.name),
                    size_text(file.size_bytes),
                    texts.trouble,
                    texts.caution,
                    texts.details,
                )
                return ", ".join(part for part in parts if part)
            case Qt.ItemDataRole.ToolTipRole:
                texts = self.texts(index)
                lines = (plain_line(str(file.path)), texts.trouble, texts.caution, texts.details)
                return "\n".join(line for line in lines if line)
            case _:
                return None


class ModelFileDelegate(QStyledItemDelegate):
    """Delegate for a model file: name and size, and below them details or problems."""

    def __init__(self, appearance: Appearance, rows: ModelFileRows) -> None:
        super().__init__()
        self._appearance = appearance
        self._rows = rows

    def row_height(self) -> int:
        """Return the height of a row."""
        theme = self._appearance.theme
        return theme.line("ui") + theme.line("caption") + 2 * theme.length("s")

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        return QSize(0, self.row_height())

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        theme, file, texts = self._appearance.theme, self._rows.file(index), self._rows.texts(index)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect = QRectF(option.rect)
        if index.row():
            draw_line(painter, rect.topLeft(), rect.width(), theme.color("borderSubtle"))
        if option.state & (QStyle.StateFlag.State_Selected | QStyle.StateFlag.State_MouseOver):
            draw_lit_row(painter, theme, rect.adjusted(theme.length("xs"), 2, -theme.length("xs"), -2))
        inner = rect.adjusted(theme.length("l"), theme.length("s"), -theme.length("l"), -theme.length("s"))
        upper = QRectF(inner.left(), inner.top(), inner.width(), theme.line("ui"))
        lower = QRectF(inner.left(), upper.bottom(), inner.width(), theme.line("caption"))
        painter.setFont(theme.font("ui"))
        size = size_text(file.size_bytes) if file.size_bytes else ""
        draw_text(painter, upper, size, theme.color("textSecondary"), _RIGHT)
        reserved_width = painter.fontMetrics().horizontalAdvance(size) + theme.length("m")
        name = _elided(painter.fontMetrics(), file.name, upper.width() - reserved_width, Qt.TextElideMode.ElideMiddle)
        usable = "textTertiary" if texts.trouble else "text"
        draw_text(painter, upper.adjusted(0, 0, -reserved_width, 0), name, theme.color(usable), _LEFT)
        painter.setFont(theme.font("caption"))
        color = "danger" if file.problem else "warning" if texts.caution else "textTertiary"
        if file.problem or texts.caution:
            icon, small = "circle-alert" if file.problem else "triangle-alert", theme.length("icon.small")
            icon_rect = QRectF(lower.left(), lower.top(), small, lower.height())
            draw_icon(painter, theme, icon, theme.color(color), icon_rect, small)
            lower.adjust(small + theme.length("xs"), 0, 0, 0)
        line_text = texts.trouble or texts.caution or texts.details
        line_text = _elided(painter.fontMetrics(), line_text, lower.width(), Qt.TextElideMode.ElideRight)
        draw_text(painter, lower, line_text, theme.color(color), _LEFT)
        painter.restore()


def _elided(metrics: QFontMetrics, text: str, width: float, mode: Qt.TextElideMode) -> str:
    return metrics.elidedText(plain_line(text), mode, int(width))


_MAX_ROWS = 7
"""Maximum number of visible rows; the list scrolls beyond them."""


class ModelFilesCard(Card):
    """Card with the models on this computer. `texts_of` returns the texts of a file."""

    add_file_requested = Signal()
    add_folder_requested = Signal()
    search_requested = Signal()
    remove_requested = Signal(Path)

    def __init__(
        self, appearance: Appearance, texts_of: Callable[[ModelFile], FileTexts], parent: QWidget | None = None
    ) -> None:
        super().__init__(appearance, parent)
        self._found = FoundModels()
        self._is_searching = False
        self._title = Label(appearance, "label", "text")
        self._count = Label(appearance, "caption", "textTertiary", elide=True)
        self._count.setObjectName("modelCount")
        self._search_button = IconButton(appearance, "refresh-cw", size=IconButtonSize.ROW)
        self._search_button.setObjectName("lookForModels")
        self._search_button.clicked.connect(self.search_requested)
        self._add_file = Button(appearance, "", icon="file-up", small=True)
        self._add_file.setObjectName("addModelFile")
        self._add_file.clicked.connect(self.add_file_requested)
        self._add_folder = Button(appearance, "", icon="folder-plus", small=True)
        self._add_folder.setObjectName("addModelFolder")
        self._add_folder.clicked.connect(self.add_folder_requested)
        self._head = QHBoxLayout()
        for part in (self._title, self._count):
            self._head.addWidget(part)
        self._head.addStretch(1)
        self._head.addWidget(self._search_button)
        self._buttons = QHBoxLayout()
        for button in (self._add_file, self._add_folder):
            self._buttons.addWidget(button)
        self._buttons.addStretch(1)
        self._locations_layout = QVBoxLayout()
        self._location_rows: list[_LocationRow] = []
        self._rows = ModelFileRows(texts_of)
        self._delegate = ModelFileDelegate(appearance, self._rows)
        self._list = ListView(self)
        self._list.setObjectName("modelFiles")
        self._list.setModel(self._rows)
        self._list.setItemDelegate(self._delegate)
        self._list.setUniformItemSizes(True)
        self._list.setMouseTracking(True)
        self._list.setFrameShape(QFrame.Shape.NoFrame)
        self._list.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._empty_label = Label(appearance, "ui", "textTertiary", wrap=True)
        self._upper = QVBoxLayout()
        self._upper.addLayout(self._head)
        self._upper.addLayout(self._buttons)
        self._upper.addLayout(self._locations_layout)
        self._upper.addWidget(self._empty_label)
        self._column = QVBoxLayout(self)
        self._column.setSpacing(0)
        self._column.addLayout(self._upper)
        self._column.addWidget(Rule(appearance, self))
        self._column.addWidget(self._list)
        self._retranslate()
        appearance.bind(self._restyle)

    def show_found(self, found: FoundModels) -> None:
        """Show the result of a search."""
        if found != self._found:
            self._found = found
            self._rows.show(found.files)
            self._show_locations()
        self._show_text()

    def show_again(self) -> None:
        """Repaint the rows, because the memory need depends on the context length."""
        self._list.viewport().update()

    def set_searching(self, *, looking: bool) -> None:
        """Show whether a search is in progress."""
        self._is_searching = looking
        self._search_button.setEnabled(not looking)
        self._show_text()

    def _show_locations(self) -> None:
        for row in self._location_rows:
            self._locations_layout.removeWidget(row)
            row.hide()
            row.deleteLater()
        self._location_rows = [
            _LocationRow(self._appearance, location, self) for location in self._found.locations if _is_own(location)
        ]
        for row in self._location_rows:
            row.remove_requested.connect(self.remove_requested)
            self._locations_layout.addWidget(row)
            row.show()

    def _show_text(self) -> None:
        count = len(self._found.files)
        if self._is_searching:
            text = self.tr("Checking…")
        else:
            text = self.tr("%n models", "", count) if self._found.is_whole else self.tr("The first %n", "", count)
        self._count.set_text(text)
        self._list.setVisible(bool(count))
        self._empty_label.setVisible(not count and not self._is_searching)
        self._fit_list()

    def _fit_list(self) -> None:
        rows = min(self._rows.rowCount(), _MAX_ROWS)
        self._list.setFixedHeight(
            rows * self._delegate.row_height()
            + (self._delegate.row_height() // 2 if rows < self._rows.rowCount() else 0)
        )

    def _restyle(self) -> None:
        theme = self._appearance.theme
        large, small = theme.length("l"), theme.length("s")
        self._column.setContentsMargins(1, 0, 1, theme.length("card"))  # inside the border and its rounded corners
        self._upper.setContentsMargins(large, large, large, large)
        self._list.setPalette(make_palette(theme, "raised"))
        self._upper.setSpacing(theme.length("m"))
        self._head.setSpacing(small)
        self._buttons.setSpacing(small)
        self._locations_layout.setSpacing(theme.length("xs"))
        self._list.doItemsLayout()
        self._fit_list()

    def _retranslate(self) -> None:
        self._title.set_text(self.tr("Models on this computer"))
        self._add_file.setText(self.tr("Add a GGUF file…"))
        self._add_folder.setText(self.tr("Add a folder…"))
        self._search_button.set_name(self.tr("Search again"))
        self._list.setAccessibleName(self.tr("Models on this computer"))
        self._empty_label.set_text(self.tr("No models found. Add a GGUF file, or a folder that contains GGUF files."))
        self._show_text()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()
            self._show_locations()
        super().changeEvent(event)


class _LocationRow(QWidget):
    """Row for a file or folder that the user added, with its number of models and a button to remove it."""

    remove_requested = Signal(Path)

    def __init__(self, appearance: Appearance, location: ModelLocation, parent: QWidget) -> None:
        super().__init__(parent)
        missing = location.problem is FileProblem.MISSING
        name = Label(appearance, "caption", "textSecondary", text=str(location.path), elide=True)
        text = self.tr("currently missing") if missing else self.tr("%n models", "", location.models)
        count = Label(appearance, "caption", "warning" if missing else "textTertiary", text=text)
        remove = IconButton(appearance, "x", self, size=IconButtonSize.ROW)
        remove.setObjectName("removePlace")
        remove.set_name(self.tr("Remove {name} from this list").format(name=location.path.name))
        remove.clicked.connect(lambda: self.remove_requested.emit(location.path))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(appearance.theme.length("s"))
        is_file = location.path.suffix.lower() == ".gguf"
        layout.addWidget(IconLabel(appearance, "file-text" if is_file else "folder", "textTertiary", self))
        layout.addWidget(name, 1)
        layout.addWidget(count)
        layout.addWidget(remove)


def _is_own(location: ModelLocation) -> bool:
    return location.origin is ModelOrigin.OWN
