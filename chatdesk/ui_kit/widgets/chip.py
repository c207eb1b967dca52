"""A pill for something attached that can be removed again (a file, a preset), and a pill that can be toggled."""

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QWidget

from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.style.button_kind import overlay_color
from chatdesk.ui_kit.style.control_state import ControlState
from chatdesk.ui_kit.style.painters import draw_text
from chatdesk.ui_kit.style.painting import draw_box, draw_icon
from chatdesk.ui_kit.widgets.accessible_interface import Toggle
from chatdesk.ui_kit.widgets.icon_button import IconButton, IconButtonSize
from chatdesk.ui_kit.widgets.label import Label

_ELIDED = Qt.TextElideMode.ElideRight
_LEADING = Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter

# A pill that is on or off, for example an answer mode or a filter.


class ToggleChip(Toggle, QAbstractButton):
    """A toggle chip, 28 px high; long text is elided. Its text is its accessible name. With a chevron it opens a menu (`set_opens`)."""

    def __init__(self, appearance: Appearance, text: str, icon: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._icon = icon
        self._opens = False
        self.setText(text)
        self.setCheckable(True)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        appearance.bind(self._restyle)

    def set_opens(self, *, opens: bool) -> None:
        """Set whether a click opens a menu."""
        self._opens = opens
        self.updateGeometry()
        self.update()

    def focus_outline(self) -> tuple[QRectF, float]:
        """Return the outline of the focus ring, and its radius."""
        return QRectF(self.rect()), self.height() / 2

    def _restyle(self) -> None:
        self.setFont(self._appearance.theme.font("ui"))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return self._size_with(self.text())

    def minimumSizeHint(self) -> QSize:
        return self._size_with("")

    def _size_with(self, text: str) -> QSize:
        theme = self._appearance.theme
        label = QFontMetrics(self.font()).horizontalAdvance(text) + 1  # rounded down: Qt would elide the text
        icons = theme.length("icon.ui") + theme.length("s")
        return QSize(2 * theme.length("m") + (2 if self._opens else 1) * icons + label, theme.length("size.chip"))

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme, state = self._appearance.theme, ControlState.of_button(self)
        painter = QPainter(self)
        rect = QRectF(self.rect())
        radius = rect.height() / 2
        color, icon_color = theme.color("text"), theme.color("textSecondary")
        if state.checked:
            color = icon_color = theme.color("accentText")
            draw_box(painter, rect, radius, fill=theme.color("accentSoft"))
        if not state.enabled:
            color = icon_color = theme.color("textDisabled")
        if overlay := overlay_color(theme, state):
            draw_box(painter, rect, radius, fill=overlay)
        draw_box(painter, rect, radius, border=theme.color("accentBorder" if state.checked else "borderDefault"))
        size = theme.length("icon.ui")
        edge, gap = theme.length("m"), theme.length("s")
        icon = QRectF(edge, 0, size, rect.height())
        chevron = QRectF(rect.right() - edge - size, 0, size, rect.height())
        label = rect.adjusted(icon.right() + gap, 0, -edge - (size + gap if self._opens else 0), 0)
        if self.layoutDirection() == Qt.LayoutDirection.RightToLeft:
            icon.moveRight(rect.right() - icon.left())
            label.moveRight(icon.left() - gap)
            chevron.moveLeft(edge)
        draw_icon(painter, theme, self._icon, icon_color, icon, size)
        if self._opens:
            draw_icon(painter, theme, "chevron-down", icon_color, chevron, size)
        painter.setFont(self.font())
        shown = painter.fontMetrics().elidedText(self.text(), _ELIDED, int(label.width()))
        draw_text(painter, label, shown, color, _LEADING)


class Chip(QWidget):
    """A chip, 28 px high; long text is elided. A `pressable` one is also a button.

    `accent` marks what affects the answer, such as a preset.

    `remove_name` is the accessible name of the remove button ("Remove notes.pdf"); without it, there is no such button.
    """

    removed = Signal()
    pressed = Signal()

    def __init__(
        self,
        appearance: Appearance,
        text: str,
        icon: str,
        parent: QWidget | None = None,
        *,
        remove_name: str = "",
        accent: bool = False,
        pressable: bool = False,
    ) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._icon = icon
        self._accent = accent
        self._label = Label(appearance, "ui", "accentText" if accent else "textSecondary", self, text=text, elide=True)
        self._label.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        ink = "accentText" if accent else ""
        self._cross = IconButton(appearance, "x", self, name=remove_name, size=IconButtonSize.CHIP, ink=ink)
        self._cross.setVisible(bool(remove_name))
        self._cross.clicked.connect(self.removed)
        if pressable:
            self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._pressable = pressable
        self._layout = QHBoxLayout(self)
        self._layout.addWidget(self._label)
        self._layout.addWidget(self._cross)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        appearance.bind(self._restyle)

    def text(self) -> str:
        return self._label.text()

    def set_text(self, text: str, remove_name: str = "") -> None:
        """Change the text, and the accessible name of the remove button."""
        self._label.set_text(text)
        self._cross.set_name(remove_name)
        self._cross.setVisible(bool(remove_name))

    def set_icon(self, icon: str) -> None:
        """Change the icon."""
        self._icon = icon
        self.update()

    def set_compact(self, *, compact: bool) -> None:
        """Set whether only the icon is shown without the text, because there is little space."""
        self._label.setHidden(compact)
        self._restyle()

    def set_button_name(self, name: str) -> None:
        """Set the accessible name and the tooltip."""
        self.setAccessibleName(name)
        self.setToolTip(name)

    def focus_outline(self) -> tuple[QRectF, float]:
        """Return the outline of the focus ring, and its radius."""
        return QRectF(self.rect()), self.height() / 2

    def _restyle(self) -> None:
        theme = self._appearance.theme
        left = theme.length("m") + theme.length("icon.ui") + (0 if self._label.isHidden() else theme.length("s"))
        right = theme.length("xs") if self._cross.accessibleName() else theme.length("m")
        self._layout.setContentsMargins(left, 0, right, 0)
        self._layout.setSpacing(theme.length("xs"))
        self.setFixedHeight(theme.length("size.chip"))
        self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._pressable and event.button() is Qt.MouseButton.LeftButton and self.rect().contains(event.pos()):
            self.pressed.emit()
        else:
            super().mouseReleaseEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if self._pressable:
            event.accept()
        else:
            super().mousePressEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Press the chip with Space or Enter; remove it with Delete."""
        key = event.key()
        if self._pressable and key in {Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.pressed.emit()
        elif self._pressable and key in {Qt.Key.Key_Delete, Qt.Key.Key_Backspace} and self._cross.accessibleName():
            self.removed.emit()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = self._appearance.theme
        rect = QRectF(self.rect())
        painter = QPainter(self)
        fill, border = ("accentSoft", "accentBorder") if self._accent else ("bubble", "borderControl")
        bordered = theme.scheme.high_contrast
        draw_box(painter, rect, rect.height() / 2, theme.color(fill), theme.color(border) if bordered else None)
        size = theme.length("icon.ui")
        icon_rect = QRectF(theme.length("m"), 0, size, rect.height())
        if self.layoutDirection() == Qt.LayoutDirection.RightToLeft:
            icon_rect.moveRight(rect.right() - theme.length("m"))
        color = theme.color("accentText" if self._accent else "textSecondary")
        draw_icon(painter, theme, self._icon, color, icon_rect, size)

    def minimumSizeHint(self) -> QSize:
        return QSize(min(self._appearance.theme.length("rowCheck") * 2, self.sizeHint().width()), self.height())
