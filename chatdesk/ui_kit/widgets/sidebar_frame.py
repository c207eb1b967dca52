"""The frame of the sidebar: next to the page with a draggable divider, or, in a narrow window, over the page with a scrim behind it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.widgets.scrim import Scrim
from chatdesk.ui_kit.widgets.splitter import Splitter


class SidebarFrame(QWidget):
    """Contains the sidebar and the page. `is_open` and the width are stored as window state."""

    opened_changed = Signal(bool)
    width_changed = Signal(int)

    def __init__(self, appearance: Appearance, sidebar: QWidget, page: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._sidebar = sidebar
        self._wanted = True
        self._width = appearance.theme.length("sidebarWidth")
        self._overlaid = False
        self._overlay_shown = False
        self._concealed = False
        self._splitter = Splitter(Qt.Orientation.Horizontal, self)
        self._splitter.addWidget(sidebar)
        self._splitter.addWidget(page)
        self._splitter.setStretchFactor(1, 1)
        self._splitter.splitterMoved.connect(self._on_splitter_moved)
        self._scrim = Scrim(appearance, self)
        self._scrim.hide()
        self._scrim.pressed.connect(self.close_overlay)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._splitter)
        appearance.bind(self._arrange)

    @property
    def is_open(self) -> bool:
        """Whether the sidebar is visible now."""
        return self._overlay_shown if self._overlaid else self._wanted

    @property
    def wanted(self) -> bool:
        """Whether the sidebar is shown if there is enough space."""
        return self._wanted

    @property
    def overlaid(self) -> bool:
        """Whether the window is so narrow that the sidebar covers the page."""
        return self._overlaid

    def restore(self, *, is_open: bool, width: int) -> None:
        """Restore the state of the last run."""
        self._wanted = is_open
        theme = self._appearance.theme
        self._width = min(max(width, theme.length("sidebarMin")), theme.length("sidebarMax"))
        self._arrange()
        self._apply_width()

    def toggle(self) -> None:
        """Show or hide the sidebar."""
        if self._overlaid:
            self._overlay_shown = not self._overlay_shown
        else:
            self._wanted = not self._wanted
        self._arrange()
        self.opened_changed.emit(self.is_open)

    def conceal(self, *, concealed: bool) -> None:
        """Hide the sidebar temporarily, because the page uses the full screen."""
        self._concealed = concealed
        self._arrange()

    def close_overlay(self) -> None:
        """Hide the sidebar if it covers the page, after a chat was chosen or a click next to it."""
        if self._overlaid and self._overlay_shown:
            self.toggle()

    def _arrange(self) -> None:
        theme = self._appearance.theme
        overlaid = 0 < self.width() < theme.length("sidebarOverlaysBelow")
        if overlaid != self._overlaid:
            self._overlaid, self._overlay_shown = overlaid, False
            self.opened_changed.emit(self.is_open)
        if overlaid:
            if self._sidebar.parent() is not self:
                self._sidebar.setParent(self)
            self._sidebar.setMinimumWidth(0)
            self._sidebar.setMaximumWidth(theme.length("sidebarOverlay"))
            self._scrim.setGeometry(self.rect())
            self._scrim.setVisible(self._overlay_shown)
            self._sidebar.setGeometry(0, 0, theme.length("sidebarOverlay"), self.height())
            self._sidebar.setVisible(self._overlay_shown)
            self._scrim.raise_()
            self._sidebar.raise_()
        else:
            self._scrim.hide()
            returns = self._sidebar.parent() is not self._splitter
            if returns:
                self._splitter.insertWidget(0, self._sidebar)
            self._sidebar.setMinimumWidth(theme.length("sidebarMin"))
            self._sidebar.setMaximumWidth(theme.length("sidebarMax"))
            self._sidebar.setVisible(self._wanted and not self._concealed)
            if returns:
                self._apply_width()

    def _apply_width(self) -> None:
        """Set the width of the sidebar. The splitter does not know it before the window is shown and while the window is narrow."""
        if not self._overlaid:
            self._splitter.setSizes([self._width, max(1, self._splitter.width() - self._width)])

    def _on_splitter_moved(self) -> None:
        if not self._overlaid and self._sidebar.isVisible():
            self._width = self._sidebar.width()
            self.width_changed.emit(self._width)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Close the overlay on Esc."""
        if event.key() == Qt.Key.Key_Escape and self._overlaid and self._overlay_shown:
            self.close_overlay()
        else:
            super().keyPressEvent(event)
