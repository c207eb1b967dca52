"""The ways to the pages, at the bottom of the sidebar."""

from collections.abc import Iterable

from PySide6.QtCore import QEvent, QPointF, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from chatdesk.ui.sidebar.sidebar_button import SidebarButton
from chatdesk.ui.theme.appearance import Appearance
from chatdesk.ui.theme.painting import draw_line

_ICONS = {"presets": "library", "models": "cpu", "settings": "settings"}


class PageRows(QWidget):
    """Settings is always there; `pages` names those of the others ("presets", "models") that exist."""

    page_requested = Signal(str)

    def __init__(self, appearance: Appearance, pages: Iterable[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._layout = QVBoxLayout(self)
        self._buttons: dict[str, SidebarButton] = {}
        shown = {*pages, "settings"}
        for page, icon in _ICONS.items():
            if page in shown:
                self._add(page, icon)
        appearance.changed.connect(self._restyle)
        self._restyle()
        self._retranslate()

    def set_page(self, page: str) -> None:
        """Mark the one that is shown; "" marks none."""
        for name, button in self._buttons.items():
            button.set_current(current=name == page)

    def _add(self, page: str, icon: str) -> None:
        button = SidebarButton(self._appearance, icon, self)
        button.setObjectName(f"{page}Page")
        button.clicked.connect(lambda: self.page_requested.emit(page))
        self._layout.addWidget(button)
        self._buttons[page] = button

    def _restyle(self) -> None:
        margin = self._appearance.theme.length("s")
        self._layout.setContentsMargins(margin, margin + 1, margin, margin)
        self._layout.setSpacing(0)
        self.update()

    def _retranslate(self) -> None:
        words = {"presets": self.tr("Presets"), "models": self.tr("Models"), "settings": self.tr("Settings")}
        for page, button in self._buttons.items():
            button.setText(words[page])

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the line above."""
        draw_line(QPainter(self), QPointF(0, 0), self.width(), self._appearance.theme.color("borderSubtle"))
