"""Left column of the settings: the button back to the chats, a search, and the sections or what was found."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QCoreApplication, QPointF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QButtonGroup, QSizePolicy, QVBoxLayout, QWidget

from chatdesk.features.settings.ui.settings_search import SettingsResults, find_settings
from chatdesk.ui_kit.feature import Section
from chatdesk.ui_kit.lists.row_button import RowButton
from chatdesk.ui_kit.shortcuts import CommandId, native_keys
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.style.painting import draw_line
from chatdesk.ui_kit.style.theme import make_palette
from chatdesk.ui_kit.translations import Translated
from chatdesk.ui_kit.widgets.search_field import SearchField


class SectionList(Translated, QWidget):
    """List of sections. Tab reaches the displayed section, the arrow keys move between sections."""

    back_requested = Signal()
    section_chosen = Signal(str)
    link_chosen = Signal(str)
    found_chosen = Signal(str, str)
    """Name of a section, and key of the setting in it that was found; empty for the section itself."""

    def __init__(self, appearance: Appearance, sections: Sequence[Section], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._sections = sections
        self._compact = False
        self._back = RowButton(appearance, "arrow-left", self)
        self._back.setObjectName("backToChats")
        self._back.clicked.connect(self.back_requested)
        self._search = SearchField(appearance, lambda: self.tr("Search settings"), self, command=CommandId.FIND)
        self._search.setObjectName("searchSettings")
        self._results = SettingsResults(appearance, self)
        self._results.setObjectName("settingsFound")
        self._results.hide()
        self._search.textChanged.connect(self._find)
        self._search.confirmed.connect(self._results.choose_first)
        self._search.down_pressed.connect(self._enter_list)
        self._search.left.connect(self.focus)
        self._results.left.connect(self.focus_search)
        self._results.chosen.connect(self.found_chosen)
        self._group = QButtonGroup(self)
        self._buttons: dict[str, RowButton] = {}
        self._layout = QVBoxLayout(self)
        self._layout.addWidget(self._back)
        self._layout.addWidget(self._search)
        self._layout.addSpacing(appearance.theme.length("s"))
        self._layout.addWidget(self._results)
        for section in sections:
            button = self._buttons[section.name] = RowButton(appearance, section.icon, self)
            button.setObjectName(f"section.{section.name}")
            self._layout.addWidget(button)
            if section.make is None:
                button.clicked.connect(partial(self.link_chosen.emit, section.name))
                continue
            button.setCheckable(True)
            button.setAutoExclusive(True)  # screen readers announce one of several, not a check box
            button.toggled.connect(self._announce)
            self._group.addButton(button)
        self._layout.addStretch(1)
        self.setAutoFillBackground(True)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        appearance.bind(self._restyle)
        self._retranslate()

    def choose(self, section: str) -> None:
        """Select a section."""
        self._buttons[section].setChecked(True)

    def current(self) -> str:
        """Return the name of the selected section; empty before the first one is selected."""
        return next((name for name, button in self._buttons.items() if button.isChecked()), "")

    def title_of(self, section: str) -> str:
        """Return a section's title in the current language."""
        return self._buttons[section].text()

    def focus(self) -> None:
        """Focus the selected section."""
        self._buttons[self.current()].setFocus(Qt.FocusReason.OtherFocusReason)

    def focus_search(self) -> None:
        """Focus the search, with its text selected for overwriting."""
        self._search.selectAll()
        self._search.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def clear_search(self) -> None:
        """Show all sections again."""
        self._search.clear()

    def _find(self, text: str) -> None:
        finding = bool(text.strip())
        if finding:
            self._results.show_entries(find_settings(self._sections, text))
        self._results.setVisible(finding)
        for button in self._buttons.values():
            button.setVisible(not finding)

    def _enter_list(self) -> None:
        if self._results.isVisible():
            self._results.focus_first()
        else:
            self.focus()

    def set_compact(self, *, compact: bool) -> None:
        """Show only icons, or icons with text."""
        if compact != self._compact:
            self._compact = compact
            self._search.setVisible(not compact)
            if compact:
                self.clear_search()
            self._restyle()

    def _announce(self, checked: bool) -> None:
        if checked:
            self.section_chosen.emit(self.current())

    def _restyle(self) -> None:
        theme = self._appearance.theme
        self.setPalette(make_palette(theme, "sidebar"))
        pad = theme.length("s")
        self._layout.setContentsMargins(pad, pad, pad + 1, pad)
        self._layout.setSpacing(0)
        self.setFixedWidth(theme.length("rowSidebar") + 2 * pad + 1 if self._compact else theme.length("sidebarWidth"))
        for button in (self._back, *self._buttons.values()):
            button.set_compact(compact=self._compact)
        self.update()

    def _retranslate(self) -> None:
        self._back.set_labels(self.tr("Back to chats"), native_keys("Esc"))
        for section in self._sections:
            title = QCoreApplication.translate("SectionList", section.title)
            self._buttons[section.name].set_labels(title, "" if section.make else "›")

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        color = self._appearance.theme.color("borderSubtle")
        x = 0 if self.layoutDirection() == Qt.LayoutDirection.RightToLeft else self.width() - 1
        draw_line(painter, QPointF(x, 0), self.height(), color, vertical=True)
