"""Where the outline is: beside the chat, or over it in a narrow window, with a scrim behind it."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QWidget

from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.widgets.scrim import Scrim


class OutlineFrame(QWidget):
    """Holds the chat and the outline, which `make_outline` makes when it can first be seen. `wanted` is what the window remembers."""

    opened_changed = Signal(bool)
    left = Signal()

    def __init__(
        self,
        appearance: Appearance,
        chat: QWidget,
        make_outline: Callable[[QWidget], QWidget],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._chat = chat
        self._make_outline = make_outline
        self._outline: QWidget | None = None
        self._wanted = False
        self._overlaid = False
        self._overlay_shown = False
        chat.setParent(self)
        self._scrim = Scrim(appearance, self)
        self._scrim.pressed.connect(self.close_overlay)
        self._scrim.hide()
        appearance.changed.connect(self._arrange)

    @property
    def is_open(self) -> bool:
        """Whether the outline can be seen now."""
        return self._overlay_shown if self._overlaid else self._wanted

    @property
    def wanted(self) -> bool:
        """Whether the outline is shown when there is room for it."""
        return self._wanted

    def restore(self, *, is_open: bool) -> None:
        """Take what was wanted in the last run."""
        self._wanted = is_open
        self._arrange()

    def toggle(self) -> None:
        """Show the outline, or hide it; `left` tells that it had the keyboard."""
        if self._overlaid:
            self._overlay_shown = not self._overlay_shown
        else:
            self._wanted = not self._wanted
        focused = QApplication.focusWidget()
        if (
            not self.is_open
            and focused is not None
            and self._outline is not None
            and self._outline.isAncestorOf(focused)
        ):
            self.left.emit()
        self._arrange()
        self.opened_changed.emit(self.is_open)

    def give_keyboard(self) -> None:
        """Let keys go to the outline, if it can be seen."""
        if self.is_open and self._outline is not None:
            self._outline.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def close_overlay(self) -> None:
        """Hide the outline if it lies over the chat."""
        if self._overlaid and self._overlay_shown:
            self.toggle()

    def _arrange(self) -> None:
        theme = self._appearance.theme
        overlaid = self.width() < theme.length("sidebarOverlaysBelow")
        if overlaid is not self._overlaid:
            self._overlaid, self._overlay_shown = overlaid, False
            self.opened_changed.emit(self.is_open)
        width = min(theme.length("sidebarOverlay" if overlaid else "sidebarWidth"), self.width())
        beside = width if self.is_open and not overlaid else 0
        left = self.width() - width
        mirrored = self.isRightToLeft()
        self._chat.setGeometry(beside if mirrored else 0, 0, self.width() - beside, self.height())
        self._scrim.setGeometry(self.rect())
        self._scrim.setVisible(overlaid and self.is_open)
        self._scrim.raise_()
        if self._outline is None and self.is_open and self.isVisible():
            self._outline = self._make_outline(self)
        if self._outline is not None:
            self._outline.setGeometry(0 if mirrored else left, 0, width, self.height())
            self._outline.setVisible(self.is_open)
            self._outline.raise_()

    def showEvent(self, event: QShowEvent) -> None:
        """Make the outline that was wanted while nothing could be seen of it."""
        super().showEvent(event)
        self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Change between beside and over."""
        super().resizeEvent(event)
        self._arrange()
