"""The row above the library: the sidebar's toggle or the way back, its name, the search, and what makes new presets."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from chatdesk.ui_kit.forms.text_field import TextField
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.widgets.button import Button
from chatdesk.ui_kit.widgets.icon_button import IconButton
from chatdesk.ui_kit.widgets.label import Label
from chatdesk.ui_kit.widgets.page_header import PageHeader

_ENTER = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})


class LibraryHeader(PageHeader):
    """Tells what was pressed; the page knows what follows from it."""

    sidebar_toggled = Signal()
    back_requested = Signal()
    searched = Signal(str)
    left_downwards = Signal()
    """The arrow down in the search: on into what was found."""
    confirmed = Signal()
    """Enter in the search."""
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
        appearance.changed.connect(self._restyle)
        self._restyle()
        self._retranslate()

    @property
    def last(self) -> QWidget:
        """What the keyboard reaches last in the row."""
        return self._new_small

    def set_sidebar_open(self, *, is_open: bool) -> None:
        """Show what the toggle will do."""
        self._toggle.set_icon("panel-left-close" if is_open else "panel-left")

    def set_back(self, *, shown: bool) -> None:
        """Show the way back in the place of the sidebar's toggle, or that again."""
        self._back.setVisible(shown)
        self._toggle.setVisible(not shown)

    def set_compact(self, *, compact: bool) -> None:
        """Leave out what takes room."""
        self._compact = compact
        self._title.setVisible(not compact)
        for whole in (self._import, self._new):
            whole.setVisible(not compact)
        for small in (self._import_small, self._new_small):
            small.setVisible(compact)

    def set_count(self, count: int) -> None:
        """Say how many presets there are to be searched."""
        self._count = count
        self._retranslate()

    def text(self) -> str:
        """Return what is searched for."""
        return self._search.text()

    def set_text(self, text: str) -> None:
        """Search for something else."""
        self._search.set_text(text)

    def focus_search(self) -> None:
        """Give the keyboard to the search."""
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
        self._toggle.set_name(self.tr("Show or hide the sidebar"), shortcut="Ctrl+B")
        self._back.set_name(self.tr("Back"))
        self._title.set_text(self.tr("Presets"))
        self._search.set_placeholder(self.tr("Search %n preset(s)", "", self._count))
        self._search.set_name(self.tr("Search presets"))
        self._search.edit.setToolTip(self.tr("Words of the name or description, or #tag"))
        self._import.setText(self.tr("Import…"))
        self._import_small.set_name(self.tr("Import…"))
        self._new.setText(self.tr("New preset"))
        self._new_small.set_name(self.tr("New preset"), shortcut="Ctrl+N")

    def eventFilter(self, watched: object, event: QEvent) -> bool:
        """Go on from the search by keys."""
        if watched is self._search.edit and isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            if event.key() == Qt.Key.Key_Down:
                self.left_downwards.emit()
                return True
            if event.key() in _ENTER:
                self.confirmed.emit()
                return True
            if event.key() == Qt.Key.Key_Escape and self.text():
                self.set_text("")
                return True
        return False

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)
