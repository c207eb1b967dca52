"""The side panel of a chat: a head with segments, and below it the chat settings or the outline; or a view that covers both."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from chatdesk.features.chat.ui.side_panel_frame import Pane, SidePane
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.translations import Translated
from chatdesk.ui_kit.widgets.icon_button import IconButton, IconButtonSize
from chatdesk.ui_kit.widgets.label import Label
from chatdesk.ui_kit.widgets.segments import Segments


class SidePanel(Translated, QWidget):
    """The panel. `makers` create its panes when they are first shown. `pane_chosen` carries a pane."""

    pane_chosen = Signal(str)
    closed = Signal()

    def __init__(
        self,
        appearance: Appearance,
        makers: Mapping[SidePane, Callable[[QWidget], Pane]],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("sidePanel")
        self._appearance = appearance
        self._makers = makers
        self._panes: dict[SidePane, Pane] = {}
        self._has_outline = True
        self._segments = Segments(appearance, "", self)
        self._segments.setObjectName("sidePanelPanes")
        self._segments.chosen.connect(self.pane_chosen)
        self._title = Label(appearance, "label", "text", self)
        self._title.hide()
        self._close = IconButton(appearance, "x", self, size=IconButtonSize.ROW)
        self._close.setObjectName("closeSidePanel")
        self._close.clicked.connect(self.closed)
        self._stack = QStackedWidget(self)
        self._head = QHBoxLayout()
        self._head.addWidget(self._segments)
        self._head.addWidget(self._title)
        self._head.addStretch(1)
        self._head.addWidget(self._close)
        usual = QWidget(self)
        inside = QVBoxLayout(usual)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(0)
        inside.addLayout(self._head)
        inside.addWidget(self._stack, 1)
        self._covers = QStackedWidget(self)
        self._covers.addWidget(usual)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(1, 0, 0, 0)
        layout.addWidget(self._covers)
        appearance.bind(self._restyle)
        self._retranslate()

    def show_pane(self, pane: str, *, has_outline: bool) -> None:
        """Show a pane. `has_outline` is whether the outline can be chosen."""
        if has_outline != self._has_outline:
            self._has_outline = has_outline
            self._retranslate()
        self._covers.setCurrentIndex(0)
        wanted = SidePane(pane)
        if wanted not in self._panes:
            self._panes[wanted] = self._makers[wanted](self._stack)
            self._stack.addWidget(self._panes[wanted])
        self._stack.setCurrentWidget(self._panes[wanted])
        self._segments.choose(wanted)

    def cover(self, view: Pane) -> None:
        """Show a view with a head of its own instead of the panes."""
        if self._covers.indexOf(view) < 0:
            self._covers.addWidget(view)
        self._covers.setCurrentWidget(view)

    def focus_pane(self) -> None:
        """Focus the pane being shown."""
        pane = self._stack.currentWidget()
        if isinstance(pane, Pane):
            pane.focus()

    def _restyle(self) -> None:
        theme = self._appearance.theme
        side, pad = theme.length("l"), theme.length("s")
        self._head.setContentsMargins(side, pad, theme.length("m"), pad)
        self._title.setMinimumHeight(theme.length("button"))
        self.update()

    def _retranslate(self) -> None:
        self.setAccessibleName(self.tr("Side panel"))
        self._segments.set_segments(
            ((SidePane.SETTINGS.value, self.tr("Settings")), (SidePane.OUTLINE.value, self.tr("Outline")))
        )
        self._title.set_text(self.tr("Chat settings"))
        self._segments.setVisible(self._has_outline)
        self._title.setVisible(not self._has_outline)
        self._close.set_name(self.tr("Close"), shortcut="Esc")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Close with Esc and keep typed text from reaching the page, which would put it into the message."""
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        elif not event.text().isprintable() or not event.text():
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = self._appearance.theme
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.color("sidebar"))
        left = 0 if self.layoutDirection() == Qt.LayoutDirection.LeftToRight else self.width() - 1
        painter.fillRect(left, 0, 1, self.height(), theme.color("borderSubtle"))
