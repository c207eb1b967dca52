"""Pages whose content is one scrollable column, and the pages of the settings among them."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.widgets.label import Label


class ScrollingColumn(QScrollArea):
    """A scrollable column for content. It is centred and as wide as the length `width`, or narrower if there is less space."""

    def __init__(
        self, appearance: Appearance, parent: QWidget | None = None, *, width: str = "settingsColumn", top: str = "page"
    ) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._column_width = width
        self._top = top
        self.column = QVBoxLayout()
        """The layout for the content."""
        self._content = QWidget()
        self._layout = QVBoxLayout(self._content)
        self._layout.addLayout(self.column, 1)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        # The scroll bar is invisible if everything fits. If it was hidden, the width would change: rows that are lower when stacked would
        # make it disappear, which would make them higher and show it again, in an endless loop.
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setWidgetResizable(True)
        self.setWidget(self._content)
        appearance.bind(self._restyle)

    def show_item(self, item: str, part: str) -> None:  # noqa: ARG002 - for pages whose items have parts
        """Show an item, with `part` ready to be edited. By default, focus the control of the setting with this key."""
        if control := self.findChild(QWidget, item):
            control.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self.show_widget(control)

    def show_widget(self, widget: QWidget) -> None:
        """Scroll until a widget of the page is visible."""
        self._layout.activate()
        self.ensureWidgetVisible(widget, 0, self._appearance.theme.length("l"))

    def _restyle(self) -> None:
        theme = self._appearance.theme
        self._layout.setSpacing(theme.length("s"))
        self.column.setSpacing(theme.length("m"))
        self._arrange()

    def _arrange(self) -> None:
        theme = self._appearance.theme
        column = theme.length(self._column_width)
        narrow = self.width() < theme.length("settingsColumn") + 2 * theme.length("columnMargin")
        margin = theme.length("columnMarginNarrow" if narrow else "columnMargin")
        side = max(margin, (self.width() - column) // 2)
        scroll_bar = self.width() - self.viewport().width()
        top = theme.length("l" if narrow else self._top)
        self._layout.setContentsMargins(side, top, max(0, side - scroll_bar), theme.length("page"))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()


class SectionPage(ScrollingColumn):
    """A settings page: a title, an introduction, and the section's content."""

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        self._title = Label(appearance, "title", "text")
        self._intro = Label(appearance, "ui", "textSecondary", wrap=True)
        super().__init__(appearance, parent)
        self._head = QHBoxLayout()
        self._head.addWidget(self._title, 1)
        self._layout.insertLayout(0, self._head)
        self._layout.insertWidget(1, self._intro)
        self._layout.setStretchFactor(self.column, 0)
        self._layout.addStretch(1)

    def set_labels(self, title: str, intro: str = "") -> None:
        """Set the title and the introduction, which may be empty."""
        self._title.set_text(title)
        self._intro.set_text(intro)
        self._intro.setVisible(bool(intro))
        self.setAccessibleName(title)

    def set_action(self, action: QWidget) -> None:
        """Add a widget for an action next to the title."""
        self._head.addWidget(action, 0, Qt.AlignmentFlag.AlignVCenter)

    def _restyle(self) -> None:
        super()._restyle()
        theme = self._appearance.theme
        self._title.setMinimumHeight(theme.length("button"))  # the same height with and without an action
        self.column.setContentsMargins(0, theme.length("l"), 0, 0)
