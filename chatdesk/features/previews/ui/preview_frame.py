"""Layout of chat and preview: side by side with a splitter, the preview instead of the chat in a narrow window, or full screen."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.widgets.splitter import Splitter

_MIN_WIDTH_FOR_BOTH = 840
"""Minimum width at 100 % scale for showing both side by side."""
_MAX_WIDTH_SHARE = 0.75
"""Maximum share of the width for the preview."""


class PreviewFrame(QWidget):
    """Contains the chat and, once created, the preview. `width_changed` carries the width to remember."""

    width_changed = Signal(int)
    opened = Signal()
    """The preview was requested, even if it was open already."""

    def __init__(self, appearance: Appearance, chat: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._chat = chat
        self._preview: QWidget | None = None
        self._open = False
        self._maximized = False
        self._detached = False
        self._concealed = False
        self._width = 0
        self._splitter = Splitter(Qt.Orientation.Horizontal, self)
        self._splitter.addWidget(chat)
        self._splitter.setStretchFactor(0, 1)
        self._splitter.splitterMoved.connect(self._on_splitter_moved)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._splitter)
        appearance.changed.connect(self._arrange)

    @property
    def is_open(self) -> bool:
        """Whether the preview is shown, here or in a separate window."""
        return self._open

    @property
    def covers_chat(self) -> bool:
        """Whether the preview replaces the chat."""
        is_shown = self._open and not self._detached and not self._concealed
        return is_shown and (self._maximized or self._is_narrow)

    @property
    def would_cover_chat(self) -> bool:
        """Whether the preview is closed and would replace the chat when opened."""
        return not self._open and self._is_narrow

    def set_preview(self, preview: QWidget, width: int) -> None:
        """Add the preview with the width it had in the last run; 0 for half of the available width."""
        self._preview = preview
        self._width = width
        preview.hide()
        self._splitter.addWidget(preview)
        self._splitter.setStretchFactor(1, 0)

    def open(self) -> None:
        """Show the preview."""
        if not self._open:
            self._open = True
            self._arrange()
            self._set_widths()
        self.opened.emit()

    def conceal(self, *, concealed: bool) -> None:
        """Hide the preview for as long as something else takes its place. It stays open, and its page is kept."""
        if concealed != self._concealed:
            self._concealed = concealed
            self._arrange()
            if self._open and not concealed and not self._detached:
                self._set_widths()

    def close_preview(self) -> None:
        """Hide the preview."""
        self._open = self._maximized = False
        self._arrange()

    def detach_preview(self) -> None:
        """Release the preview for a separate window. It still counts as open."""
        self._detached = True
        self._arrange()

    def attach_preview(self) -> None:
        """Put the preview back into this frame."""
        if self._preview is not None:
            self._detached = False
            self._splitter.addWidget(self._preview)
            self._splitter.setStretchFactor(1, 0)
            self._arrange()
            self._set_widths()
            self.opened.emit()

    def set_maximized(self, *, maximized: bool) -> None:
        """Hide the chat and give the preview the full width, or show both again."""
        self._maximized = maximized
        self._arrange()

    @property
    def _is_narrow(self) -> bool:
        return self.width() < round(_MIN_WIDTH_FOR_BOTH * self._appearance.theme.scale)

    def _arrange(self) -> None:
        if self._preview is None:
            return
        if not self._detached:
            self._preview.setVisible(self._open and not self._concealed)
        self._chat.setVisible(not self.covers_chat)

    def _set_widths(self) -> None:
        """Set the width of the preview."""
        available = self._splitter.width()
        width = min(self._width or available // 2, round(available * _MAX_WIDTH_SHARE))
        self._splitter.setSizes([max(1, available - width), width])

    def _on_splitter_moved(self) -> None:
        if self._preview is not None and self._open and not self._detached and not self.covers_chat:
            self._width = self._preview.width()
            self.width_changed.emit(self._width)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Switch between side by side and replacing the chat."""
        super().resizeEvent(event)
        before = self._chat.isHidden()
        self._arrange()
        if before and not self._chat.isHidden():
            self._set_widths()
