"""A button with only an icon. Its name is the accessible name and the tooltip."""

from enum import Enum

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from chatdesk.ui_kit.shortcuts import native_keys
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.style.button_kind import ButtonKind, icon_color
from chatdesk.ui_kit.style.control_state import ControlState
from chatdesk.ui_kit.style.painters import draw_button_ground
from chatdesk.ui_kit.style.painting import draw_box, draw_icon
from chatdesk.ui_kit.widgets.accessible_interface import Toggle


class IconButtonSize(Enum):
    """Where the button is used; the value contains the length tokens of the button and of the icon."""

    BAR = ("hit", "toolbar")
    ROW = ("hitSmall", "icon.ui")
    CHIP = ("size.tag", "icon.small")


class IconButton(Toggle, QAbstractButton):
    """An icon button. It needs a name, set here or with `set_name`. `ink` is the colour token of the icon if it differs from the kind's.

    When checked, it is shown in the accent colours.
    """

    def __init__(
        self,
        appearance: Appearance,
        icon: str,
        parent: QWidget | None = None,
        *,
        name: str = "",
        kind: ButtonKind = ButtonKind.PLAIN,
        size: IconButtonSize = IconButtonSize.BAR,
        ink: str = "",
        circle: bool = False,
    ) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._icon = icon
        self._kind = kind
        self._size = size
        self._ink = ink
        self._circle = circle
        self._shortcut = ""
        self._command = ""
        self.set_name(name)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        appearance.changed.connect(self._restyle)

    def set_icon(self, name: str) -> None:
        """Change the icon."""
        if name != self._icon:
            self._icon = name
            self.update()

    def set_name(self, name: str, shortcut: str = "", *, command: str = "") -> None:
        """Set the name of the action. The tooltip also shows fixed keys in the portable format ("Esc"), or the keys of a command."""
        self._shortcut, self._command = shortcut, command
        self.setAccessibleName(name)
        self._update_tooltip()

    def _update_tooltip(self) -> None:
        keys = self._appearance.shortcuts.shown(self._command) if self._command else native_keys(self._shortcut)
        self.setToolTip(f"{self.accessibleName()}  {keys}" if keys else self.accessibleName())

    def set_kind(self, kind: ButtonKind) -> None:
        """Change the kind of the button: Send is filled, Stop is outlined."""
        self._kind = kind
        self.update()

    def focus_outline(self) -> tuple[QRectF, float]:
        """Return the outline of the focus ring, and its radius."""
        return QRectF(self.rect()), self._radius

    @property
    def _radius(self) -> float:
        if self._circle or self._size is IconButtonSize.CHIP:
            return self.height() / 2
        return self._appearance.theme.length("radius.control" if self._size is IconButtonSize.BAR else "radius.small")

    def _restyle(self) -> None:
        self._update_tooltip()
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        side = self._appearance.theme.length(self._size.value[0])
        return QSize(side, side)

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme, state = self._appearance.theme, ControlState.of_button(self)
        painter = QPainter(self)
        rect = QRectF(self.rect())
        color = icon_color(theme, self._kind, state)
        if self._ink and state.enabled:
            color = theme.color(self._ink)
        if state.checked:
            color = theme.color("accentText")
            draw_box(painter, rect, self._radius, theme.color("accentSoft"), theme.color("accentBorder"))
        draw_button_ground(painter, theme, rect, self._kind, state, self._radius)
        draw_icon(painter, theme, self._icon, color, rect, theme.length(self._size.value[1]))
