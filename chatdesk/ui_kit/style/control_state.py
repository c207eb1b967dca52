"""The state in which a control is drawn."""

from PySide6.QtWidgets import QAbstractButton, QStyle, QStyleOption

from chatdesk.kernel.fast_dataclass import dataclass


@dataclass(frozen=True, slots=True)
class ControlState:
    """The state of a control."""

    enabled: bool = True
    hovered: bool = False
    pressed: bool = False
    checked: bool = False
    focused: bool = False

    @classmethod
    def of_option(cls, option: QStyleOption) -> "ControlState":
        """Return the state in a style option."""
        state = option.state
        flags = QStyle.StateFlag
        return cls(
            bool(state & flags.State_Enabled),
            bool(state & flags.State_MouseOver),
            bool(state & flags.State_Sunken),
            bool(state & flags.State_On),
            bool(state & flags.State_HasFocus),
        )

    @classmethod
    def of_button(cls, button: QAbstractButton) -> "ControlState":
        """Return the state of a button."""
        return cls(
            button.isEnabled(),
            button.underMouse(),
            button.isDown(),
            button.isChecked(),
            button.hasFocus(),
        )
