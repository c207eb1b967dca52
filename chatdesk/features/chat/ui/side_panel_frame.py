"""The frame of a chat and its side panel, which shows the chat settings, the outline or a document, one at a time."""

from collections.abc import Callable
from enum import StrEnum
from typing import TYPE_CHECKING

import shiboken6
from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QMouseEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QWidget

from chatdesk.kernel.settings.declarations import DOCUMENT_WIDTH, SIDE_PANEL_WIDTH
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.widgets.scrim import Scrim

if TYPE_CHECKING:
    from chatdesk.features.chat.ui.side_panel import SidePanel


class SidePane(StrEnum):
    """What the side panel of a chat can show."""

    SETTINGS = "settings"
    OUTLINE = "outline"
    DOCUMENT = "document"
    """A document, in a view with a head of its own. It covers the pane that was shown before."""


class Pane(QWidget):
    """A pane of the side panel."""

    def focus(self) -> None:
        """Focus the part of the pane to begin with."""
        raise NotImplementedError


class _Handle(QWidget):
    """The edge of the side panel, for dragging it to another width. `dragged` carries the position of the pointer on the screen."""

    dragged = Signal(int)
    released = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setCursor(Qt.CursorShape.SplitHCursor)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if event.buttons() & Qt.MouseButton.LeftButton:
            self.dragged.emit(round(event.globalPosition().x()))

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        self.released.emit()


class SidePanelFrame(QWidget):
    """A frame with the chat and its side panel, which is beside the chat or, in a narrow window, above it with a scrim behind.

    `make_panel` creates the panel when it first becomes visible. `preferred`, `panel_width` and `document_width` are the state that the
    window remembers.
    """

    pane_changed = Signal(str)
    """Carries the pane shown now; empty for none."""
    state_changed = Signal()
    focus_lost = Signal()
    """The panel was closed, and nothing else took the focus it had."""

    def __init__(
        self,
        appearance: Appearance,
        chat: QWidget,
        make_panel: Callable[[QWidget], "SidePanel"],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._chat = chat
        self._make_panel = make_panel
        self._panel: SidePanel | None = None
        self._preferred = ""
        self._overlaid = ""
        """The pane that covers the chat of a narrow window."""
        self._is_overlay = False
        self._outline_available = False
        self._cover: Pane | None = None
        """The view that covers the panes."""
        self._detail: Pane | None = None
        """The view that is shown instead of the pane's own content."""
        self._width = SIDE_PANEL_WIDTH.default
        self._document_width = DOCUMENT_WIDTH.default
        self._shown = ""
        self._focus_before: QWidget | None = None
        chat.setParent(self)
        self._scrim = Scrim(appearance, self)
        self._scrim.pressed.connect(self.close_panel)
        self._handle = _Handle(self)
        self._handle.dragged.connect(self._drag)
        self._handle.released.connect(self.state_changed)
        self._arrange()
        appearance.changed.connect(self._arrange)

    @property
    def pane(self) -> str:
        """The pane shown now; empty for none."""
        return SidePane.DOCUMENT.value if self._cover else self._covered

    @property
    def _covered(self) -> str:
        """The pane that is shown unless a document covers it; empty for none."""
        pane = self._overlaid if self._is_overlay else self._preferred
        return "" if pane == SidePane.OUTLINE and not self._outline_available else pane

    @property
    def preferred(self) -> str:
        """The pane that is shown if there is space for it; empty for none."""
        return self._preferred

    @property
    def panel_width(self) -> int:
        """The width of the panel beside the chat, in pixels at 100 %."""
        return self._width

    @property
    def document_width(self) -> int:
        """The width of a document beside the chat, in pixels at 100 %; 0 for half of the available width."""
        return self._document_width

    def restore(self, pane: str, width: int, document_width: int) -> None:
        """Restore the state of the last run. A document is not opened again."""
        self._preferred = pane if pane in set(SidePane) - {SidePane.DOCUMENT} else ""
        self._width, self._document_width = width, document_width
        self._arrange()

    def set_outline_available(self, *, available: bool) -> None:
        """Set whether there is anything to outline."""
        self._outline_available = available
        self._arrange()

    def toggle(self, pane: SidePane) -> None:
        """Show a pane and focus it, or close the panel if it is shown already."""
        if self.pane == pane:
            self.close_panel()
        else:
            self.open(pane)

    def open(self, pane: SidePane) -> None:
        """Show a pane and focus it."""
        self._remember_focus()
        self._cover = None
        self._detail = None
        self._set_pane(pane.value)
        if self._panel and self.pane:
            self._panel.focus_pane()

    def open_detail(self, pane: SidePane, view: Pane) -> None:
        """Show a view that belongs to a pane in place of it, with a head of its own, and focus it. `open` shows the pane again."""
        self.open(pane)
        self._detail = view
        self._arrange()
        view.focus()

    def cover(self, view: Pane) -> None:
        """Show a view with a head of its own, and focus it. The pane that it covers is shown again when it is closed."""
        self._remember_focus()
        self._cover = view
        self._arrange()
        view.focus()

    def uncover(self) -> None:
        """Close the view that covers the panes."""
        if self._cover:
            self.close_panel()

    def close_panel(self) -> None:
        """Close the document, or hide the panel, and return the focus to where it was before."""
        focused, before = QApplication.focusWidget(), self._focus_before
        had_focus = focused is not None and self._panel is not None and self._panel.isAncestorOf(focused)
        self._focus_before = None
        if had_focus and before and shiboken6.isValid(before) and before.isVisible() and before.isEnabled():
            before.setFocus(Qt.FocusReason.OtherFocusReason)
        elif had_focus:
            self.focus_lost.emit()
        if self._cover:
            self._cover = None
            self._arrange()
        else:
            self._detail = None
            self._set_pane("")

    def close_overlay(self) -> None:
        """Hide the panel if it covers the chat."""
        if self._is_overlay and self._overlaid and not self._cover:
            self.close_panel()

    def _remember_focus(self) -> None:
        """Remember what had the focus, unless it is in the panel."""
        focused = QApplication.focusWidget()
        if focused and not (self._panel and self._panel.isAncestorOf(focused)):
            self._focus_before = focused

    def _set_pane(self, pane: str) -> None:
        if self._is_overlay:
            self._overlaid = pane
        else:
            self._preferred = pane
        self._arrange()
        self.state_changed.emit()

    def _drag(self, pointer_x: int) -> None:
        x = self.mapFromGlobal(QPoint(pointer_x, 0)).x()
        width = x if self.isRightToLeft() else self.width() - x
        least, most = self._bounds()
        fitting = round(min(max(width, least), most) / self._appearance.theme.scale)
        if self._cover:
            self._document_width = fitting
        else:
            self._width = fitting
        self._arrange()

    def _bounds(self) -> tuple[int, int]:
        """Return the least and the greatest width of the panel beside the chat."""
        theme = self._appearance.theme
        if self._cover:
            return theme.length("previewMin"), max(
                theme.length("previewMin"), self.width() - theme.length("sidePanelLeaves")
            )
        return theme.length("sidePanelMin"), theme.length("sidePanelMax")

    def _wanted_width(self) -> int:
        """Return the width the panel would have beside the chat if there is space for it."""
        theme = self._appearance.theme
        if not self._cover:
            return round(self._width * theme.scale)
        for_pages = min(theme.length("documentBoth"), self.width() - theme.length("documentLeaves"))
        return round(self._document_width * theme.scale) or max(self.width() // 2, for_pages)

    def _arrange(self) -> None:
        theme = self._appearance.theme
        least, most = self._bounds()
        width = min(max(self._wanted_width(), least), most)
        is_narrow = not self._cover and self.window().width() < theme.length("sidePanelOverlaysBelow")
        overlaid = is_narrow or self.width() < width + theme.length("sidePanelLeaves")
        if overlaid is not self._is_overlay and not self._cover:
            self._is_overlay, self._overlaid, self._detail = overlaid, "", None
        if overlaid:
            widest = self.width() - theme.length("columnMargin") * 2
            width = widest if self._cover else min(theme.length("sidePanelOverlay"), widest)
        pane, mirrored = self.pane, self.isRightToLeft()
        beside = width if pane and not overlaid else 0
        self._chat.setGeometry(beside if mirrored else 0, 0, self.width() - beside, self.height())
        if self._panel is None and pane and self.isVisible():
            self._panel = self._make_panel(self)
            self._panel.closed.connect(self.close_panel)
            self._panel.pane_chosen.connect(lambda chosen: self.open(SidePane(chosen)))
        if self._panel is not None:
            if covering := self._cover or (self._detail if pane else None):
                self._panel.cover(covering)
            elif pane:
                self._panel.show_pane(pane, has_outline=self._outline_available)
            self._panel.setGeometry(0 if mirrored else self.width() - width, 0, width, self.height())
            self._panel.setVisible(bool(pane))
        self._scrim.setGeometry(self.rect())
        self._scrim.setVisible(bool(pane) and overlaid)
        reach = theme.length("xs")
        edge = width if mirrored else self.width() - width
        self._handle.setGeometry(edge - reach, 0, 2 * reach, self.height())
        self._handle.setVisible(bool(pane) and not overlaid)
        for widget in filter(None, (self._scrim, self._panel, self._handle)):
            widget.raise_()
        if pane != self._shown:
            self._shown = pane
            self.pane_changed.emit(pane)

    def showEvent(self, event: QShowEvent) -> None:
        """Create the panel if it was requested while invisible."""
        super().showEvent(event)
        self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()
