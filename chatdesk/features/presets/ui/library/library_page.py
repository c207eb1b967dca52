"""Library page in place of the chat: filters, presets, and the selected preset. `library_presenter.py` acts on it.

In a narrower window, the filters become a combo box above the list; in a very narrow one, only one column is shown at a time.
"""

from PySide6.QtCore import QEvent, QPointF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from chatdesk.features.presets.ui.library.detail_pane import DetailPane
from chatdesk.features.presets.ui.library.filter_list import LibraryFilterList
from chatdesk.features.presets.ui.library.preset_column import PresetColumn
from chatdesk.ui_kit.forms.text_field import TextField
from chatdesk.ui_kit.shortcuts import CommandId, keys_of_event
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.style.painting import draw_line
from chatdesk.ui_kit.translations import Translated
from chatdesk.ui_kit.widgets.button import Button
from chatdesk.ui_kit.widgets.icon_button import IconButton
from chatdesk.ui_kit.widgets.label import Label
from chatdesk.ui_kit.widgets.page_header import PageHeader

_ENTER = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})


class LibraryHeader(Translated, PageHeader):
    """Header: sidebar button or back button, title, search field, and buttons for new presets. It only emits signals."""

    sidebar_toggled = Signal()
    back_requested = Signal()
    searched = Signal(str)
    down_pressed = Signal()
    """The Down key was pressed in the search field: move into the results."""
    confirmed = Signal()
    """Enter was pressed in the search field."""
    import_requested = Signal()
    new_requested = Signal()

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(appearance, parent)
        self._count = 0
        self._compact = False
        self._toggle = IconButton(appearance, "panel-left-close", self)
        self._toggle.setObjectName("librarySidebarToggle")
        self._toggle.clicked.connect(self.sidebar_toggled)
        self._back = IconButton(appearance, "arrow-left", self)
        self._back.setObjectName("libraryBack")
        self._back.clicked.connect(self.back_requested)
        self._back.hide()
        self._title = Label(appearance, "label", "text", self, elide=True)
        self._search = TextField(appearance, "", self, icon="search")
        self._search.edit.setObjectName("searchPresets")
        self._search.edit.setClearButtonEnabled(False)
        self._search.edit.installEventFilter(self)
        self._search.changed.connect(self.searched)
        self._search.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._import = Button(appearance, "", parent=self, icon="folder-input")
        self._import.setObjectName("importPresets")
        self._import.clicked.connect(self.import_requested)
        self._import_small = IconButton(appearance, "folder-input", self)
        self._import_small.clicked.connect(self.import_requested)
        self._new = Button(appearance, "", parent=self, icon="plus")
        self._new.setObjectName("newPreset")
        self._new.clicked.connect(self.new_requested)
        self._new_small = IconButton(appearance, "plus", self)
        self._new_small.clicked.connect(self.new_requested)
        self._layout = QHBoxLayout(self)
        for part in (self._back, self._toggle, self._title):
            self._layout.addWidget(part)
        self._layout.addStretch(1)
        self._layout.addWidget(self._search, 2)
        for button in (self._import, self._import_small, self._new, self._new_small):
            self._layout.addWidget(button)
        appearance.bind(self._restyle)
        self._retranslate()

    @property
    def last(self) -> QWidget:
        """The last widget in the tab order of the header."""
        return self._new_small

    def set_sidebar_open(self, *, is_open: bool) -> None:
        """Update the icon of the sidebar button."""
        self._toggle.set_icon("panel-left-close" if is_open else "panel-left")

    def set_back(self, *, shown: bool) -> None:
        """Show the back button instead of the sidebar button, or vice versa."""
        self._back.setVisible(shown)
        self._toggle.setVisible(not shown)

    def set_compact(self, *, compact: bool) -> None:
        """Show icons instead of texts."""
        self._compact = compact
        self._title.setVisible(not compact)
        for whole in (self._import, self._new):
            whole.setVisible(not compact)
        for small in (self._import_small, self._new_small):
            small.setVisible(compact)

    def set_count(self, count: int) -> None:
        """Set the number of presets for the placeholder of the search field."""
        self._count = count
        self._retranslate()

    def text(self) -> str:
        return self._search.text()

    def set_text(self, text: str) -> None:
        """Set the search text."""
        self._search.set_text(text)

    def focus_search(self) -> None:
        """Focus the search field."""
        self._search.edit.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._search.edit.selectAll()

    def _restyle(self) -> None:
        theme = self._appearance.theme
        self.setFixedHeight(theme.length("titleRow"))
        self._layout.setContentsMargins(theme.length("m"), 0, theme.length("m"), 0)
        self._layout.setSpacing(theme.length("s"))
        self._search.setMaximumWidth(theme.length("sidebarWidth"))
        self.update()

    def _retranslate(self) -> None:
        self._toggle.set_name(self.tr("Show or hide sidebar"), command=CommandId.TOGGLE_SIDEBAR)
        self._back.set_name(self.tr("Back"))
        self._title.set_text(self.tr("Presets"))
        self._search.set_placeholder(self.tr("Search %n preset(s)", "", self._count))
        self._search.set_name(self.tr("Search presets"))
        self._search.edit.setToolTip(self.tr("Search names and descriptions, or #tag"))
        self._import.setText(self.tr("Import…"))
        self._import_small.set_name(self.tr("Import…"))
        self._new.setText(self.tr("New preset"))
        self._new_small.set_name(self.tr("New preset"), command=CommandId.NEW_CHAT)

    def eventFilter(self, watched: object, event: QEvent) -> bool:
        if watched is self._search.edit and isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            if event.key() == Qt.Key.Key_Down:
                self.down_pressed.emit()
                return True
            if event.key() in _ENTER:
                self.confirmed.emit()
                return True
            if event.key() == Qt.Key.Key_Escape and self.text():
                self.set_text("")
                return True
        return False


_FILTERS_WIDTH = 184
_LIST_WIDTH, _MAX_LIST_WIDTH, _LIST_SHARE = 304, 420, 0.3
"""Width of the list in px at 100 % scale: a share of the page between two limits."""
_THREE_COLUMNS = 900
_TWO_COLUMNS = 680
"""Widths in px at 100 % scale."""
_COMMANDS: dict[str, str] = {CommandId.FIND: "search", CommandId.NEW_CHAT: "new", CommandId.TOGGLE_SIDEBAR: "sidebar"}
"""Commands whose keys have a different meaning while a chat is shown."""
_KEYS = {"Ctrl+S": "save", "F2": "rename"}


class LibraryPage(QWidget):
    """Its shortcuts take precedence over those of the window."""

    closed = Signal()
    search_requested = Signal()
    new_requested = Signal()
    save_requested = Signal()
    rename_requested = Signal()
    tool_requested = Signal(str)
    """The name of the page of a tool."""

    def __init__(self, appearance: Appearance, detail: DetailPane, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._detail_shown = False
        self.header = LibraryHeader(appearance, self)
        self.filters = LibraryFilterList(appearance, self.header.last, self)
        self.column = PresetColumn(appearance, self)
        self.filters.tool_requested.connect(self.tool_requested)
        self.column.tool_requested.connect(self.tool_requested)
        self.detail = detail
        columns = QHBoxLayout()
        columns.setContentsMargins(0, 0, 0, 0)
        columns.setSpacing(1)
        for part in (self.filters, self.column):
            columns.addWidget(part)
        columns.addWidget(detail, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        # In a narrow window, the columns are reduced to one.
        layout.setSizeConstraint(QVBoxLayout.SizeConstraint.SetNoConstraint)
        layout.addWidget(self.header)
        layout.addLayout(columns, 1)
        self.setAutoFillBackground(True)
        self.header.back_requested.connect(self.show_list)
        self.column.list.opened.connect(self.show_detail)
        appearance.bind(self._arrange)

    def begin(self) -> None:
        """Show and focus the list."""
        self.show_list()
        self.column.list.focus_list()

    def show_detail(self) -> None:
        """Show the detail column in the single-column layout."""
        self._detail_shown = True
        self._arrange()

    def show_list(self) -> None:
        """Show the list in the single-column layout."""
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
        self.filters.setVisible(wide)
        self.filters.setFixedWidth(round(_FILTERS_WIDTH * scale))
        self.column.set_choosing(choosing=not wide)
        self.column.setVisible(not single or not self._detail_shown)
        listed = min(max(_LIST_WIDTH * scale, self.width() * _LIST_SHARE), _MAX_LIST_WIDTH * scale)
        self.column.setMinimumWidth(0 if single else round(listed))
        self.column.setMaximumWidth(self.width() if single else round(listed))
        self.detail.setVisible(not single or self._detail_shown)
        self.header.set_back(shown=single and self._detail_shown)
        self.header.set_compact(compact=single)
        self.update()

    def minimumSizeHint(self) -> QSize:
        return QSize(*self._appearance.theme.size("windowMin"))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show as many columns as fit."""
        super().resizeEvent(event)
        self._arrange()

    def event(self, event: QEvent) -> bool:
        """Override the shortcuts of the window that this page handles."""
        if event.type() is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and self._action_of(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Handle the shortcuts of the page; Esc goes back one step, finally to the chats."""
        match self._action_of(event):
            case "search":
                self.show_list()
                self.search_requested.emit()
            case "new":
                self.new_requested.emit()
            case "save":
                self.save_requested.emit()
            case "sidebar":
                self.header.sidebar_toggled.emit()
            case "rename":
                self.rename_requested.emit()
            case _ if event.key() == Qt.Key.Key_Escape and self._is_single and self._detail_shown:
                self.show_list()
            case _ if event.key() == Qt.Key.Key_Escape:
                self.closed.emit()
            case _:
                super().keyPressEvent(event)

    def _action_of(self, event: QKeyEvent) -> str:
        keys = keys_of_event(event)
        return _COMMANDS.get(self._appearance.shortcuts.owner(keys)) or _KEYS.get(keys, "")

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, color = QPainter(self), self._appearance.theme.color("borderSubtle")
        for part in (self.filters, self.column):
            if part.isVisible() and part.geometry().right() < self.width() - 1:
                top = self.header.height()
                draw_line(painter, QPointF(part.geometry().right() + 1, top), self.height() - top, color, vertical=True)
