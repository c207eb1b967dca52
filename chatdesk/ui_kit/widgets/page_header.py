"""The header of a page, as high as the title row of a chat, and its foot. The page adds the content."""

from PySide6.QtCore import QPointF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from chatdesk.ui_kit.shortcuts import CommandId
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.style.button_kind import ButtonKind
from chatdesk.ui_kit.style.painting import draw_line
from chatdesk.ui_kit.translations import Translated
from chatdesk.ui_kit.widgets.button import Button
from chatdesk.ui_kit.widgets.icon_button import IconButton
from chatdesk.ui_kit.widgets.icon_label import IconLabel
from chatdesk.ui_kit.widgets.label import Label


class PageHeader(QWidget):
    """A page header, 48 px high. Content that does not fit is clipped."""

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance

    def minimumSizeHint(self) -> QSize:
        """Return no width, so that the window can be narrow."""
        return QSize(0, self._appearance.theme.length("titleRow"))

    def paintEvent(self, _event: QPaintEvent) -> None:
        line = QPointF(0, self.height() - 1)
        draw_line(QPainter(self), line, self.width(), self._appearance.theme.color("borderSubtle"))


class SubpageHeader(Translated, PageHeader):
    """The header of a page that belongs to another one: "Parent ›" is the way back; `add` adds widgets behind the title."""

    sidebar_toggled = Signal()
    parent_requested = Signal()

    def __init__(self, appearance: Appearance, name: str, parent: QWidget | None = None) -> None:
        """`name` is the prefix of the buttons' object names."""
        super().__init__(appearance, parent)
        self._toggle = IconButton(appearance, "panel-left-close", self)
        self._toggle.setObjectName(f"{name}SidebarToggle")
        self._toggle.clicked.connect(self.sidebar_toggled)
        self._parent = Button(appearance, "", ButtonKind.PLAIN, self)
        self._parent.setObjectName(f"{name}Parent")
        self._parent.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._parent.clicked.connect(self.parent_requested)
        self._chevron = IconLabel(appearance, "chevron-right", "textTertiary", self)
        self._title = Label(appearance, "label", "text", self, elide=True)
        self._row = QHBoxLayout(self)
        for part in (self._toggle, self._parent, self._chevron):
            self._row.addWidget(part)
        self._row.addWidget(self._title, 1)
        appearance.bind(self._restyle)
        self._retranslate()

    def set_titles(self, parent: str, title: str) -> None:
        """Set the names of the parent page and of this one."""
        self._parent.setText(parent)
        self._parent.setToolTip(self.tr("Back to {page} (Esc)").format(page=parent))
        self._title.set_text(title)

    def set_sidebar_open(self, *, is_open: bool) -> None:
        """Update the icon of the sidebar button."""
        self._toggle.set_icon("panel-left-close" if is_open else "panel-left")

    def add(self, widget: QWidget) -> None:
        """Add a widget at the end."""
        self._row.addWidget(widget)

    def _restyle(self) -> None:
        theme = self._appearance.theme
        self.setFixedHeight(theme.length("titleRow"))
        self._row.setContentsMargins(theme.length("m"), 0, theme.length("m"), 0)
        self._row.setSpacing(theme.length("s"))

    def _retranslate(self) -> None:
        self._toggle.set_name(self.tr("Show or hide sidebar"), command=CommandId.TOGGLE_SIDEBAR)


class PageFoot(QWidget):
    """The foot of a page, 56 px high, with a line above it: progress and words on the left, buttons on the right. The page fills `row`."""

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self.row = QHBoxLayout(self)
        appearance.bind(self._restyle)

    def minimumSizeHint(self) -> QSize:
        """Return no width, so that the window can be narrow."""
        return QSize(0, self._appearance.theme.length("sheetBar"))

    def _restyle(self) -> None:
        theme = self._appearance.theme
        self.setFixedHeight(theme.length("sheetBar"))
        self.row.setContentsMargins(theme.length("l"), 0, theme.length("l"), 0)
        self.row.setSpacing(theme.length("m"))

    def paintEvent(self, _event: QPaintEvent) -> None:
        draw_line(QPainter(self), QPointF(0, 0), self.width(), self._appearance.theme.color("borderSubtle"))
