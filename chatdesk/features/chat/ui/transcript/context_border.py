"""The context border: the point in the chat from which on the model sees messages, set by the context presenter.

It is shown below the last message that the model does not see (`messages/message_item.py`).
"""

from enum import Enum, auto

from PySide6.QtCore import QObject, QRect, Signal


class BorderKind(Enum):
    """What the model sees instead of the messages above the border."""

    NOTHING = auto()
    SUMMARY = auto()
    SUMMARY_PENDING = auto()
    """The summary is created when the next question is sent."""


class BorderAction(Enum):
    """The actions at the border."""

    CHANGE = "change"
    READ = "read"
    """View the summary."""


class ContextBorder(QObject):
    """The border of one transcript. Message items query whether it is below them, so it is right for any messages shown."""

    changed = Signal(str, str)
    """Carries the ids of the messages below which the border was and is now."""
    pressed = Signal(BorderAction, QRect)
    """Carries the action and the screen rectangle of the button."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._message_id = ""
        self._kind = BorderKind.NOTHING

    def show_below(self, message_id: str, kind: BorderKind = BorderKind.NOTHING) -> None:
        """Place the border below a message; none for an empty id."""
        if (message_id, kind) == (self._message_id, self._kind):
            return
        before, self._message_id, self._kind = self._message_id, message_id, kind
        self.changed.emit(before, message_id)

    def below(self, message_id: str) -> BorderKind | None:
        """Return the kind of border below a message; None if it is not there."""
        return self._kind if message_id == self._message_id else None
