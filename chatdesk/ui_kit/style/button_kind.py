"""The kinds of buttons, and their colours in every state."""

from enum import Enum, auto

from PySide6.QtGui import QColor

from chatdesk.ui_kit.style.control_state import ControlState
from chatdesk.ui_kit.style.theme import Theme


class ButtonKind(Enum):
    """Purpose of a button. Besides Send, at most one FILLED button is visible at a time."""

    FILLED = auto()
    """The primary action."""
    OUTLINED = auto()
    PLAIN = auto()
    """Without background or border until it is hovered."""
    DANGER = auto()
    """Confirms an action that cannot be undone."""

    @property
    def strong(self) -> bool:
        """Whether its text is semibold."""
        return self in {ButtonKind.FILLED, ButtonKind.DANGER}


def ground_color(theme: Theme, kind: ButtonKind, state: ControlState) -> QColor | None:
    """Return the background of the button. Hovering and pressing add an overlay, except for a filled one."""
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
    """Return the colour of the button's border; None for no border."""
    if kind is ButtonKind.OUTLINED:
        return theme.color("borderDefault" if state.enabled else "borderSubtle")
    if kind.strong and not state.enabled and theme.scheme.high_contrast:
        return theme.color("borderSubtle")
    return None


def overlay_color(theme: Theme, state: ControlState) -> QColor | None:
    """Return the overlay of a clickable surface while it is hovered or pressed."""
    if not state.enabled or not (state.hovered or state.pressed):
        return None
    return theme.color("pressed" if state.pressed else "hover")


def ink_color(theme: Theme, kind: ButtonKind, state: ControlState) -> QColor:
    """Return the colour of the button's text."""
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
    """Return the colour of the button's icon: less prominent than the text, unless it is hovered."""
    if state.enabled and not kind.strong and not (state.hovered or state.pressed):
        return theme.color("textSecondary")
    return ink_color(theme, kind, state)
