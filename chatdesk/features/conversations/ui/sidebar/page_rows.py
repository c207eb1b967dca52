"""The ways to the pages, at the bottom of the sidebar."""

from collections.abc import Iterable
from functools import partial

from PySide6.QtCore import QEvent, QPointF, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from chatdesk.features.conversations.ui.sidebar.sidebar_button import SidebarButton
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.style.painting import draw_line

_ICONS = {"presets": "library", "models": "cpu", "settings": "settings"}


class PageRows(QWidget):
    """Settings is always there; `pages` names those of the others ("presets", "models") that exist.

    Above them is a row for downloads while there are any.
    """

    page_requested = Signal(str)
    downloads_requested = Signal()

    def __init__(self, appearance: Appearance, pages: Iterable[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._layout = QVBoxLayout(self)
        self._buttons: dict[str, SidebarButton] = {}
        self._downloads = self._add("downloads", "download")
        self._downloads.clicked.connect(self.downloads_requested)
        self._downloads.hide()
        shown = {*pages, "settings"}
        for page, icon in _ICONS.items():
            if page in shown:
                self._buttons[page] = self._add(page, icon)
                self._buttons[page].clicked.connect(partial(self.page_requested.emit, page))
        appearance.changed.connect(self._restyle)
        self._restyle()
        self._retranslate()

    def set_page(self, page: str) -> None:
        """Mark the one that is shown; "" marks none."""
        for name, button in self._buttons.items():
            button.set_current(current=name == page)

    def show_downloads(self, words: str, note: str) -> None:
        """Say what is downloading, and how far it is; no words take the row away."""
        self._downloads.setText(words or self.tr("Downloads"))
        self._downloads.setAccessibleDescription(note)
        self._downloads.set_note(note)
        self._downloads.setVisible(bool(words))

    def _add(self, name: str, icon: str) -> SidebarButton:
        button = SidebarButton(self._appearance, icon, self)
        button.setObjectName(f"{name}Page")
        self._layout.addWidget(button)
        return button

    def _restyle(self) -> None:
        margin = self._appearance.theme.length("s")
        self._layout.setContentsMargins(margin, margin + 1, margin, margin)
        self._layout.setSpacing(0)
        self.update()

    def _retranslate(self) -> None:
        if self._downloads.isHidden():
            self._downloads.setText(self.tr("Downloads"))
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
