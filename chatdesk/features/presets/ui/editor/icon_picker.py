"""The tile with a preset's icon, and the icons one can choose from behind it."""

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QGridLayout, QSizePolicy, QWidget

from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.style.button_kind import overlay_color
from chatdesk.ui_kit.style.control_state import ControlState
from chatdesk.ui_kit.style.painting import draw_box, draw_icon
from chatdesk.ui_kit.widgets.icon_button import IconButton
from chatdesk.ui_kit.widgets.popup import Popup

OFFERED = (
    *("languages", "briefcase", "file-text", "code", "graduation-cap", "heart-handshake", "lightbulb", "coffee"),
    *("message-square", "mail", "mails", "megaphone", "newspaper", "presentation", "table", "sheet"),
    *("list-checks", "list-ordered", "calendar-days", "clipboard-list", "notebook-pen", "scroll-text", "text-quote"),
    *("pencil", "square-pen", "feather", "spell-check", "captions", "book-open", "book-open-text", "search", "target"),
    *(
        "terminal",
        "bug",
        "regex",
        "database",
        "git-branch",
        "flask-conical",
        "calculator",
        "chart-column",
        "chart-line",
    ),
    *("scale", "gift", "plane", "utensils", "gamepad-2", "puzzle", "mic", "image", "globe", "star", "pin", "tag"),
)
"""In this order, as far as they are there."""
_COLUMNS = 8
_STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -_COLUMNS, Qt.Key.Key_Down: _COLUMNS}


class IconPicker(QAbstractButton):
    """32 px square."""

    chosen = Signal(str)

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._icon = ""
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.clicked.connect(self._open)
        appearance.changed.connect(self.updateGeometry)

    def show_icon(self, icon: str) -> None:
        """Show an icon that there is."""
        self._icon = icon
        self.update()

    def set_name(self, name: str) -> None:
        """Say what it does."""
        self.setAccessibleName(name)
        self.setToolTip(name)

    def focus_outline(self) -> tuple[QRectF, float]:
        """Return what a focus ring goes round, and its radius."""
        return QRectF(self.rect()), self._appearance.theme.length("radius.control")

    def _open(self) -> None:
        popup = _Icons(self._appearance, self._icon, self)
        popup.chosen.connect(self.chosen)
        popup.open_below(self)

    def sizeHint(self) -> QSize:
        """Return the square."""
        side = self._appearance.theme.length("button")
        return QSize(side, side)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw it."""
        theme, state = self._appearance.theme, ControlState.of_button(self)
        painter, rect, radius = QPainter(self), QRectF(self.rect()), theme.length("radius.control")
        draw_box(painter, rect, radius, theme.color("bubble"))
        if overlay := overlay_color(theme, state):
            draw_box(painter, rect, radius, overlay)
        if self._icon:
            draw_icon(painter, theme, self._icon, theme.color("textSecondary"), rect, theme.length("toolbar"))


class _Icons(Popup):
    """Arrow keys go through the grid. It deletes itself when it closes."""

    chosen = Signal(str)

    def __init__(self, appearance: Appearance, current: str, parent: QWidget) -> None:
        super().__init__(appearance, parent, name=parent.accessibleName())
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._buttons: list[IconButton] = []
        holder = QWidget(self)
        grid = QGridLayout(holder)
        pad = appearance.theme.length("s")
        grid.setContentsMargins(pad, pad, pad, pad)
        grid.setSpacing(appearance.theme.length("hair"))
        for number, icon in enumerate(icon for icon in OFFERED if appearance.theme.icons.has(icon)):
            button = IconButton(appearance, icon, holder, name=icon.replace("-", " "))
            button.setCheckable(True)
            button.setChecked(icon == current)
            button.clicked.connect(lambda _checked, icon=icon: self._choose(icon))
            grid.addWidget(button, number // _COLUMNS, number % _COLUMNS)
            self._buttons.append(button)
        self.content.addWidget(holder)
        first = next((button for button in self._buttons if button.isChecked()), self._buttons[0])
        first.setFocus(Qt.FocusReason.TabFocusReason)

    def _choose(self, icon: str) -> None:
        self.chosen.emit(icon)
        self.close()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go through the grid."""
        step = _STEPS.get(Qt.Key(event.key()))
        here = next((number for number, button in enumerate(self._buttons) if button.hasFocus()), None)
        if step is None or here is None:
            super().keyPressEvent(event)
        elif 0 <= here + step < len(self._buttons):
            self._buttons[here + step].setFocus(Qt.FocusReason.TabFocusReason)
