"""The models page: a header with one segment for each of its tabs, and the selected tab.

*On this computer* is `here_tab.py`, *Get more* is `get_more_tab.py`, and *Providers* comes from the servers feature.
"""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QSize, Qt, Signal, SignalInstance
from PySide6.QtGui import QHideEvent, QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.ui_kit.feature import ModelsTab
from chatdesk.ui_kit.shortcuts import CommandId, keys_of_event
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.translations import Translated
from chatdesk.ui_kit.widgets.button import Button
from chatdesk.ui_kit.widgets.icon_button import IconButton
from chatdesk.ui_kit.widgets.label import Label
from chatdesk.ui_kit.widgets.page_header import PageHeader
from chatdesk.ui_kit.widgets.segments import Segments

HERE, GET_MORE, PROVIDERS = ModelsTab
_COMPACT_BELOW = 880
"""Width of the header, in px at 100 %, below which its buttons have no text."""


@dataclass(frozen=True, slots=True)
class PageTab:
    """A tab as the page sees it."""

    widget: QWidget
    focus: Callable[[], object]
    """Moves the keyboard focus to its content."""
    leave: Callable[[], bool] = lambda: False
    """Goes one step back in the tab. Returns False if it is at its start."""
    find: Callable[[], object] = lambda: None
    """Lets the user search in it."""


class ModelsHeader(Translated, PageHeader):
    """The header: sidebar toggle, title, the tabs, and the buttons of the selected tab. It only reports clicks."""

    sidebar_toggled = Signal()
    tab_chosen = Signal(str)
    file_requested = Signal()
    refresh_requested = Signal()
    address_requested = Signal()

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(appearance, parent)
        self._toggle = IconButton(appearance, "panel-left-close", self)
        self._toggle.setObjectName("modelsSidebarToggle")
        self._toggle.clicked.connect(self.sidebar_toggled)
        self._title = Label(appearance, "label", "text", self)
        self._segments = Segments(appearance, "", self)
        self._segments.setObjectName("modelsTabs")
        self._segments.chosen.connect(self.tab_chosen)
        self._pairs: list[tuple[frozenset[str], Button, IconButton]] = []
        """The tabs that have a button, and the button with and without text."""
        self._layout = QHBoxLayout(self)
        for part in (self._toggle, self._title, self._segments):
            self._layout.addWidget(part)
        self._layout.addStretch(1)
        self._file = self._pair("openModelFile", "file-up", self.file_requested, HERE, GET_MORE)
        self._refresh = self._pair("refreshAllModels", "refresh-cw", self.refresh_requested, HERE)
        self._address = self._pair("addServer", "plug", self.address_requested, PROVIDERS)
        appearance.bind(self._restyle)
        self._retranslate()

    def show_tab(self, tab: str) -> None:
        """Select a tab, and show its buttons."""
        self._segments.choose(tab)
        self._arrange()

    def focus(self) -> None:
        """Focus the selected tab."""
        self._segments.focus()

    @property
    def tab_has_focus(self) -> bool:
        """Whether the keyboard focus is on one of the tabs."""
        return self._segments.isAncestorOf(self.window().focusWidget())

    def set_sidebar_open(self, *, is_open: bool) -> None:
        """Set the icon of the sidebar toggle."""
        self._toggle.set_icon("panel-left-close" if is_open else "panel-left")

    def _pair(self, name: str, icon: str, act: SignalInstance, *tabs: str) -> tuple[Button, IconButton]:
        whole, small = Button(self._appearance, "", parent=self, icon=icon), IconButton(self._appearance, icon, self)
        whole.setObjectName(name)
        small.setObjectName(f"{name}Small")
        for button in (whole, small):
            button.clicked.connect(act)
            self._layout.addWidget(button)
        self._pairs.append((frozenset(tabs), whole, small))
        return whole, small

    def _arrange(self) -> None:
        theme, tab = self._appearance.theme, self._segments.key()
        compact = self.width() < round(_COMPACT_BELOW * theme.scale)
        for tabs, whole, small in self._pairs:
            whole.setVisible(tab in tabs and not compact)
            small.setVisible(tab in tabs and compact)
        self._title.setVisible(self.width() >= theme.length("titleRowCompactBelow"))

    def _restyle(self) -> None:
        theme = self._appearance.theme
        self.setFixedHeight(theme.length("titleRow"))
        self._layout.setContentsMargins(theme.length("m"), 0, theme.length("m"), 0)
        self._layout.setSpacing(theme.length("s"))
        self._title.setContentsMargins(theme.length("s"), 0, theme.length("l"), 0)
        self._arrange()
        self.update()

    def _retranslate(self) -> None:
        self._toggle.set_name(self.tr("Show or hide sidebar"), command=CommandId.TOGGLE_SIDEBAR)
        self._title.set_text(self.tr("Models"))
        self._segments.setAccessibleName(self.tr("Models"))
        labels = (self.tr("On this computer"), self.tr("Get more"), self.tr("Providers"))
        self._segments.set_segments(list(zip(ModelsTab, labels, strict=True)))
        for (whole, small), text in (
            (self._file, self.tr("Open a GGUF file…")),
            (self._refresh, self.tr("Refresh")),
            (self._address, self.tr("Another address…")),
        ):
            whole.setText(text)
            small.set_name(text)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()


_COMMANDS: dict[str, str] = {CommandId.FIND: "find", CommandId.TOGGLE_SIDEBAR: "sidebar"}
"""Commands whose keys have another meaning while a chat is shown."""
_KEYS = {"Ctrl+R": "refresh", "F5": "refresh", "F2": "rename"}
"""Other keys of the page. Renaming is an action of the list."""


class ModelsPage(QWidget):
    """The page. `models_page_controller.py` creates each tab when it is first shown.

    `seen` is emitted when the page is shown or hidden.
    """

    closed = Signal()
    seen = Signal(bool)

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._tabs: dict[str, PageTab] = {}
        self._shown = ""
        self.header = ModelsHeader(appearance, self)
        self._stack = QStackedWidget(self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.header)
        layout.addWidget(self._stack, 1)
        self.setAutoFillBackground(True)

    @property
    def shown(self) -> str:
        """Name of the tab that is shown; empty before the first one."""
        return self._shown

    def add_tab(self, name: str, tab: PageTab) -> None:
        """Add a tab."""
        self._tabs[name] = tab
        self._stack.addWidget(tab.widget)

    def has_tab(self, name: str) -> bool:
        """Return whether a tab was added."""
        return name in self._tabs

    def show_tab(self, name: str) -> None:
        """Show a tab that was added, and give its content the keyboard focus, unless the focus is on the segments."""
        stays = self.header.tab_has_focus
        self._shown = name
        self.header.show_tab(name)
        self._stack.setCurrentWidget(self._tabs[name].widget)
        if not stays:
            self._tabs[name].focus()

    def _meaning(self, event: QKeyEvent) -> str:
        keys = keys_of_event(event)
        return _COMMANDS.get(self._appearance.shortcuts.owner(keys)) or _KEYS.get(keys, "")

    def minimumSizeHint(self) -> QSize:
        return QSize(*self._appearance.theme.size("windowMin"))

    def showEvent(self, event: QShowEvent) -> None:
        """Take the keyboard focus, unless only the window was restored: the focus is then where it was."""
        super().showEvent(event)
        self.seen.emit(True)
        if not event.spontaneous() and self._shown:
            self._tabs[self._shown].focus()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.seen.emit(False)

    def event(self, event: QEvent) -> bool:
        """Claim the keys that are shortcuts elsewhere in the window."""
        if event.type() is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and self._meaning(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Handle the shortcuts of the page. Esc goes one step back; the last step leads to the chats."""
        tab = self._tabs.get(self._shown)
        match self._meaning(event):
            case "find" if tab:
                tab.find()
            case "refresh":
                self.header.refresh_requested.emit()
            case "sidebar":
                self.header.sidebar_toggled.emit()
            case _ if event.key() == Qt.Key.Key_Escape:
                if not (tab and tab.leave()):
                    self.closed.emit()
            case _:
                super().keyPressEvent(event)
