"""A section of the settings: a title, a line about it, and what the section puts under them, in one scrolled column."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.widgets.label import Label


class SectionPage(QScrollArea):
    """The column is 720 px wide, in the middle; less where there is not so much room."""

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._title = Label(appearance, "title", "text")
        self._intro = Label(appearance, "ui", "textSecondary", wrap=True)
        self._head = QHBoxLayout()
        self._head.addWidget(self._title, 1)
        self.column = QVBoxLayout()
        """Where a section puts its cards."""
        self._content = QWidget()
        self._layout = QVBoxLayout(self._content)
        self._layout.addLayout(self._head)
        self._layout.addWidget(self._intro)
        self._layout.addLayout(self.column)
        self._layout.addStretch(1)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        # Nothing is drawn of it where all is in sight. One that came and went would change the width, so that rows which are lower when
        # they are stacked sent it away, which made them higher and brought it back, for ever.
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setWidgetResizable(True)
        self.setWidget(self._content)
        appearance.bind(self._restyle)

    def set_labels(self, title: str, intro: str = "") -> None:
        """Show title and intro; no intro takes no room."""
        self._title.set_text(title)
        self._intro.set_text(intro)
        self._intro.setVisible(bool(intro))
        self.setAccessibleName(title)

    def set_action(self, action: QWidget) -> None:
        """Put something that can be done beside the section's title."""
        self._head.addWidget(action, 0, Qt.AlignmentFlag.AlignVCenter)

    def show_item(self, item: str, part: str) -> None:
        """Show one of the section's items, ready to change a part of it; a section without items shows itself."""

    def show_widget(self, widget: QWidget) -> None:
        """Scroll so far that a widget of the section can be seen."""
        self._layout.activate()
        self.ensureWidgetVisible(widget, 0, self._appearance.theme.length("l"))

    def _restyle(self) -> None:
        theme = self._appearance.theme
        self._layout.setSpacing(theme.length("s"))
        self._title.setMinimumHeight(theme.length("button"))  # as high with an action beside it as without
        self.column.setSpacing(theme.length("m"))
        self.column.setContentsMargins(0, theme.length("l"), 0, 0)
        self._arrange()

    def _arrange(self) -> None:
        theme = self._appearance.theme
        narrow = self.width() < theme.length("settingsColumn") + 2 * theme.length("columnMargin")
        margin = theme.length("columnMarginNarrow" if narrow else "columnMargin")
        side = max(margin, (self.width() - theme.length("settingsColumn")) // 2)
        scroll_bar = self.width() - self.viewport().width()
        top = theme.length("l" if narrow else "page")
        self._layout.setContentsMargins(side, top, max(0, side - scroll_bar), theme.length("page"))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the column in the middle."""
        super().resizeEvent(event)
        self._arrange()
