"""The library in place of the chat: shelves, presets, and the one that is looked at. What happens in it: `library_presenter.py`.

With less room the shelves become a box above the list; with little, there is one column at a time and a way back.
"""

from PySide6.QtCore import QEvent, QPointF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from chatdesk.features.presets.ui.library.detail_pane import DetailPane
from chatdesk.features.presets.ui.library.library_header import LibraryHeader
from chatdesk.features.presets.ui.library.preset_column import PresetColumn
from chatdesk.features.presets.ui.library.shelf_list import ShelfList
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.style.painting import draw_line

_SHELVES = 184
_LIST = 304
_THREE_COLUMNS = 900
_TWO_COLUMNS = 680
"""px at 100 %."""
_Modifier = Qt.KeyboardModifier
_KEYS = {
    (Qt.Key.Key_F, _Modifier.ControlModifier): "search",
    (Qt.Key.Key_N, _Modifier.ControlModifier): "new",
    (Qt.Key.Key_S, _Modifier.ControlModifier): "save",
    (Qt.Key.Key_B, _Modifier.ControlModifier): "sidebar",
    (Qt.Key.Key_F2, _Modifier.NoModifier): "rename",
}
"""Keys that mean something else while a chat is shown."""


class LibraryPage(QWidget):
    """The keys it knows go before those of the window."""

    closed = Signal()
    search_wanted = Signal()
    new_wanted = Signal()
    save_wanted = Signal()
    rename_wanted = Signal()

    def __init__(self, appearance: Appearance, detail: DetailPane, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._detail_shown = False
        self.header = LibraryHeader(appearance, self)
        self.shelves = ShelfList(appearance, self.header.last, self)
        self.column = PresetColumn(appearance, self)
        self.detail = detail
        columns = QHBoxLayout()
        columns.setContentsMargins(0, 0, 0, 0)
        columns.setSpacing(1)
        for part in (self.shelves, self.column):
            columns.addWidget(part)
        columns.addWidget(detail, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.setSizeConstraint(
            QVBoxLayout.SizeConstraint.SetNoConstraint
        )  # three columns become one where room is short
        layout.addWidget(self.header)
        layout.addLayout(columns, 1)
        self.setAutoFillBackground(True)
        self.header.back_requested.connect(self.show_list)
        self.column.list.opened.connect(self.show_detail)
        appearance.changed.connect(self._arrange)
        self._arrange()

    def begin(self) -> None:
        """Give the keyboard to the list: arrows look at presets, Ctrl+F searches."""
        self.show_list()
        self.column.list.focus_list()

    def show_detail(self) -> None:
        """Where there is room for one column only, show what is looked at."""
        self._detail_shown = True
        self._arrange()

    def show_list(self) -> None:
        """Go back to the list, where that had to make room."""
        self._detail_shown = False
        self._arrange()
        if self._is_single:
            self.column.list.focus_list()

    @property
    def _is_single(self) -> bool:
        return self.width() < round(_TWO_COLUMNS * self._appearance.theme.scale)

    def _arrange(self) -> None:
        scale = self._appearance.theme.scale
        wide, single = self.width() >= round(_THREE_COLUMNS * scale), self._is_single
        self.shelves.setVisible(wide)
        self.shelves.setFixedWidth(round(_SHELVES * scale))
        self.column.set_choosing(choosing=not wide)
        self.column.setVisible(not single or not self._detail_shown)
        self.column.setMinimumWidth(0 if single else round(_LIST * scale))
        self.column.setMaximumWidth(self.width() if single else round(_LIST * scale))
        self.detail.setVisible(not single or self._detail_shown)
        self.header.set_back(shown=single and self._detail_shown)
        self.header.set_compact(compact=single)
        self.update()

    def minimumSizeHint(self) -> QSize:
        """Return what one column needs."""
        return QSize(*self._appearance.theme.size("windowMin"))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show as many columns as there is room for."""
        super().resizeEvent(event)
        self._arrange()

    def event(self, event: QEvent) -> bool:
        """Take the keys that mean something else elsewhere."""
        if event.type() is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and self._meaning(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Do what a key means here; Esc leads one step back, at last to the chats."""
        match self._meaning(event):
            case "search":
                self.show_list()
                self.search_wanted.emit()
            case "new":
                self.new_wanted.emit()
            case "save":
                self.save_wanted.emit()
            case "sidebar":
                self.header.sidebar_toggled.emit()
            case "rename":
                self.rename_wanted.emit()
            case _ if event.key() == Qt.Key.Key_Escape and self._is_single and self._detail_shown:
                self.show_list()
            case _ if event.key() == Qt.Key.Key_Escape:
                self.closed.emit()
            case _:
                super().keyPressEvent(event)

    def _meaning(self, event: QKeyEvent) -> str:
        modifiers = event.modifiers() & ~_Modifier.KeypadModifier
        return _KEYS.get((Qt.Key(event.key()), modifiers), "")

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the lines between the columns."""
        painter, color = QPainter(self), self._appearance.theme.color("borderSubtle")
        for part in (self.shelves, self.column):
            if part.isVisible() and part.geometry().right() < self.width() - 1:
                top = self.header.height()
                draw_line(painter, QPointF(part.geometry().right() + 1, top), self.height() - top, color, vertical=True)
