"""Settings page, shown in place of the chats: sections on the left, the selected one on the right."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

from chatdesk.features.settings.ui.section_list import SectionList
from chatdesk.ui_kit.feature import Section
from chatdesk.ui_kit.style.appearance import Appearance


class SettingsPage(QWidget):
    """Settings page. A narrow window shows the sections as icons."""

    closed = Signal()

    def __init__(self, appearance: Appearance, sections: Sequence[Section], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._list = SectionList(appearance, sections, self)
        self._sections = {section.name: section.make() for section in sections}
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
        self._list.section_chosen.connect(lambda name: self._pages.setCurrentWidget(self._sections[name]))
        appearance.bind(self._arrange)
        self._list.choose("general")

    def show_section(self, name: str = "", item: str = "", part: str = "") -> None:
        """Show a section, by default the last one, an item in it, and the part of it to edit."""
        self._list.choose(name or self._list.current())
        self._list.focus()
        if item:
            self._sections[name].show_item(item, part)

    def _arrange(self) -> None:
        self._list.set_compact(compact=self.width() < self._appearance.theme.length("sidebarOverlaysBelow"))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go back with Esc."""
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)
