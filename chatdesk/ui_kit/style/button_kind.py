"""The kinds of button there are, and their colours in every state."""

from enum import Enum, auto

from PySide6.QtGui import QColor

from chatdesk.ui_kit.style.control_state import ControlState
from chatdesk.ui_kit.style.theme import Theme


class ButtonKind(Enum):
    """What a button is for. Besides Send there is at most one FILLED button in view."""

    FILLED = auto()
    """The one next step."""
    OUTLINED = auto()
    PLAIN = auto()
    """Without ground or border until the pointer is over it."""
    DANGER = auto()
    """Confirms an act that cannot be undone."""

    @property
    def strong(self) -> bool:
        """Whether its words are strong."""
        return self in {ButtonKind.FILLED, ButtonKind.DANGER}


def ground_color(theme: Theme, kind: ButtonKind, state: ControlState) -> QColor | None:
    """Return what the button is filled with; hover and press lie over it as an overlay, but for a filled one."""
    match kind:
        case ButtonKind.PLAIN:
            return None
        case ButtonKind.OUTLINED:
            return theme.color("raised") if state.enabled else None
        case ButtonKind.FILLED | ButtonKind.DANGER if not state.enabled:
            return theme.color("bubble")
        case ButtonKind.DANGER:
            return theme.color("dangerFill")
        case ButtonKind.FILLED:
            if state.pressed:
                return theme.color("accentPressed")
            return theme.color("accentHover" if state.hovered else "accent")


def border_color(theme: Theme, kind: ButtonKind, state: ControlState) -> QColor | None:
    """Return the colour of the button's border; None if it has none."""
    if kind is ButtonKind.OUTLINED:
        return theme.color("borderDefault" if state.enabled else "borderSubtle")
    if kind.strong and not state.enabled and theme.scheme.high_contrast:
        return theme.color("borderSubtle")
    return None


def overlay_color(theme: Theme, state: ControlState) -> QColor | None:
    """Return what lies over any surface that can be clicked while the pointer is over it or has pressed it."""
    if not state.enabled or not (state.hovered or state.pressed):
        return None
    return theme.color("pressed" if state.pressed else "hover")


def ink_color(theme: Theme, kind: ButtonKind, state: ControlState) -> QColor:
    """Return the colour of the button's words."""
    if not state.enabled:
        return theme.color("textDisabled")
    match kind:
        case ButtonKind.FILLED:
            return theme.color("onAccent")
        case ButtonKind.DANGER:
            return theme.color("onDanger")
        case ButtonKind.OUTLINED | ButtonKind.PLAIN:
            return theme.color("text")


def icon_color(theme: Theme, kind: ButtonKind, state: ControlState) -> QColor:
    """Return the colour of the button's icon: quieter than words, until the pointer is over it."""
    if state.enabled and not kind.strong and not (state.hovered or state.pressed):
        return theme.color("textSecondary")
    return ink_color(theme, kind, state)
