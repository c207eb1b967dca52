"""Line below the page: the state of the page, which part has the keyboard focus, and the keys to leave the page."""

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from chatdesk.features.previews.ui.panel.page_state import PageState
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.style.painting import draw_box, draw_line
from chatdesk.ui_kit.translations import Translated
from chatdesk.ui_kit.widgets.key_cap import KeyCap
from chatdesk.ui_kit.widgets.label import Label


class KeyboardLine(Translated, QWidget):
    """Shows the state as text, with a dot that is green while a page runs."""

    def __init__(self, appearance: Appearance, parent: QWidget) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._state = PageState.EMPTY
        self._has_keyboard = False
        self._full_screen = False
        self._own_window = False
        self._label = Label(appearance, "ui", "textSecondary", self, elide=True)
        self._label.setObjectName("previewState")
        self._escape = KeyCap(appearance, "Esc", self)
        self._escape_label = Label(appearance, "ui", "textSecondary", self)
        self._full = KeyCap(appearance, "F11", self)
        self._full_label = Label(appearance, "ui", "textSecondary", self)
        self._layout = QHBoxLayout(self)
        self._layout.addWidget(self._label, 1)
        for part in (self._escape, self._escape_label, self._full, self._full_label):
            self._layout.addWidget(part)
        appearance.bind(self._restyle)
        self._retranslate()

    def show_state(self, state: PageState, *, has_keyboard: bool, full_screen: bool, own_window: bool = False) -> None:
        """Show the state of the page."""
        self._state, self._has_keyboard = state, has_keyboard
        self._full_screen, self._own_window = full_screen, own_window
        self._retranslate()
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._retranslate()

    def _restyle(self) -> None:
        theme = self._appearance.theme
        self.setFixedHeight(theme.length("rowCheck") - theme.length("xs"))
        left = theme.length("l") + theme.length("s") + theme.length("s")
        self._layout.setContentsMargins(left, 0, theme.length("l"), 0)
        self._layout.setSpacing(theme.length("s"))
        self.update()

    def _retranslate(self) -> None:
        self._label.set_text(self._state_text())
        self._full_label.set_text(self.tr("exit full screen") if self._full_screen else self.tr("full screen"))
        if self._full_screen:
            self._escape_label.set_text(self.tr("exit full screen"))
        elif self._has_keyboard:
            self._escape_label.set_text(self.tr("back to the chat"))
        else:
            self._escape_label.set_text(self.tr("back to side panel") if self._own_window else self.tr("close"))
        roomy = self.width() >= 1.5 * self._appearance.theme.length("previewMin")
        for part in (self._full, self._full_label):
            part.setVisible(roomy and not self._full_screen and self._state is PageState.RUNNING)

    def _state_text(self) -> str:
        match self._state:
            case PageState.RUNNING if self._has_keyboard:
                return self.tr("Running. Keyboard input goes to the page.")
            case PageState.RUNNING:
                return self.tr("Running. Click the page to use the keyboard in it.")
            case PageState.PAUSED:
                return self.tr("Paused while not visible.")
            case PageState.WAITING:
                return self.tr("The code is still being written.")
            case PageState.ENDED:
                return self.tr("The page has stopped.")
            case PageState.BLOCKED:
                return self.tr("Previews cannot run here.")
            case PageState.EMPTY | PageState.UNLOADED:
                return ""

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = self._appearance.theme
        painter = QPainter(self)
        draw_line(painter, QPointF(0, 0), self.width(), theme.color("borderSubtle"))
        side = theme.length("xs") + theme.length("hair")
        color = theme.color("success" if self._state is PageState.RUNNING else "borderControl")
        dot = QRectF(theme.length("l"), (self.height() - side) / 2, side, side)
        draw_box(painter, dot, side / 2, color)
