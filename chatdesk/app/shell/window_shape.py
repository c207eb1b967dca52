"""Stored layout of the window: size and position, sidebar, side panel."""

from PySide6.QtCore import QByteArray, QObject
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from chatdesk.features.chat.ui.chat_page import ChatPage
from chatdesk.kernel.settings.declarations import (
    DOCUMENT_WIDTH,
    SIDE_PANEL,
    SIDE_PANEL_WIDTH,
    SIDEBAR_OPEN,
    SIDEBAR_WIDTH,
    WINDOW_GEOMETRY,
)
from chatdesk.kernel.settings.store import Settings
from chatdesk.ui_kit.widgets.page_stack import PageStack
from chatdesk.ui_kit.widgets.sidebar_frame import SidebarFrame

_FIRST_SIZE = (1280, 820)


class WindowShape(QObject):
    """Restores and stores the layout of the window."""

    def __init__(
        self, window: QWidget, state: Settings, frame: SidebarFrame, page: ChatPage, middle: PageStack
    ) -> None:
        super().__init__(window)
        self._window = window
        self._state = state
        self._frame = frame
        self._page = page
        self._middle = middle
        frame.opened_changed.connect(self._sidebar_toggled)
        frame.width_changed.connect(lambda width: state.set(SIDEBAR_WIDTH, width))
        page.side_panel.state_changed.connect(self._side_panel_changed)

    def restore(self) -> None:
        """Apply the stored layout."""
        geometry = self._state.get(WINDOW_GEOMETRY).encode("ascii", "ignore")
        if not self._window.restoreGeometry(QByteArray.fromBase64(geometry)):
            screen = QGuiApplication.primaryScreen().availableGeometry()
            width, height = _FIRST_SIZE
            self._window.resize(min(width, screen.width() * 9 // 10), min(height, screen.height() * 9 // 10))
        self._frame.restore(is_open=self._state.get(SIDEBAR_OPEN), width=self._state.get(SIDEBAR_WIDTH))
        self._sidebar_toggled()
        widths = self._state.get(SIDE_PANEL_WIDTH), self._state.get(DOCUMENT_WIDTH)
        self._page.side_panel.restore(self._state.get(SIDE_PANEL), *widths)

    def save(self) -> None:
        """Store size and position."""
        self._state.set(WINDOW_GEOMETRY, self._window.saveGeometry().toBase64().toStdString())

    def _sidebar_toggled(self) -> None:
        self._page.title_row.set_sidebar_open(is_open=self._frame.is_open)
        self._middle.set_sidebar_open(is_open=self._frame.is_open)
        self._state.set(SIDEBAR_OPEN, self._frame.wanted)

    def _side_panel_changed(self) -> None:
        panel = self._page.side_panel
        self._state.set(SIDE_PANEL, panel.preferred)
        self._state.set(SIDE_PANEL_WIDTH, panel.panel_width)
        self._state.set(DOCUMENT_WIDTH, panel.document_width)
