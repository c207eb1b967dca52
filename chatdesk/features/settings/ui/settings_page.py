"""Settings page, shown in place of the chats: sections on the left, the selected one on the right."""

from collections.abc import Sequence
from typing import cast

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

from chatdesk.features.settings.ui.section_list import SectionList
from chatdesk.ui_kit.feature import Section
from chatdesk.ui_kit.shortcuts import CommandId
from chatdesk.ui_kit.style.appearance import Appearance


class SettingsPage(QWidget):
    """Settings page. A narrow window shows the sections as icons."""

    closed = Signal()
    page_requested = Signal(tuple)
    """Name and target of the page that a link leads to."""

    def __init__(self, appearance: Appearance, sections: Sequence[Section], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._list = SectionList(appearance, sections, self)
        self._links = {section.name: section.leads_to for section in sections if section.make is None}
        self._sections = {section.name: section.make() for section in sections if section.make}
        self._pages = QStackedWidget(self)
        for page in self._sections.values():
            self._pages.addWidget(page)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._list)
        layout.addWidget(self._pages, 1)
        self.setAutoFillBackground(True)
        self._list.back_requested.connect(self.closed)
        self._list.link_chosen.connect(lambda name: self.page_requested.emit(self._links[name]))
        self._list.section_chosen.connect(lambda name: self._pages.setCurrentWidget(self._sections[name]))
        self._list.found_chosen.connect(self._show_found)
        appearance.bind(self._arrange)
        self._list.choose("general")

    def show_section(self, name: str = "", item: str = "", part: str = "") -> None:
        """Show a section, by default the last one, an item in it, and the part of it to edit. A link opens its page."""
        if name in self._links:
            self.page_requested.emit((*self._links[name], *filter(None, (item, part))))
            return
        self._list.clear_search()
        self._list.choose(name or self._list.current())
        self._list.focus()
        if item:
            self._sections[name].show_item(item, part)

    def _show_found(self, section: str, setting: str) -> None:
        """Show what was found. The search stays, for the next result."""
        if section in self._links:
            self.page_requested.emit((*self._links[section], *filter(None, (setting,))))
            return
        self._list.choose(section)
        if setting:
            self._sections[section].show_item(setting, "")
        else:
            self._sections[section].setFocus(Qt.FocusReason.OtherFocusReason)

    def _arrange(self) -> None:
        self._list.set_compact(compact=self.width() < self._appearance.theme.length("sidebarOverlaysBelow"))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def event(self, event: QEvent) -> bool:
        """Claim the keys for finding text, which search in a chat elsewhere."""
        if event.type() is QEvent.Type.ShortcutOverride and self._is_search(cast("QKeyEvent", event)):
            event.accept()
            return True
        return super().event(event)

    def _is_search(self, event: QKeyEvent) -> bool:
        return self._appearance.shortcuts.command_of(event) == CommandId.FIND

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go back with Esc, and search with the keys for finding text."""
        if self._is_search(event):
            self._list.focus_search()
        elif event.key() == Qt.Key.Key_Escape:
            self._list.clear_search()
            self.closed.emit()
        else:
            super().keyPressEvent(event)
