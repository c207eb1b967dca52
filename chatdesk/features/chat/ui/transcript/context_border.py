"""From where on a model sees a chat: known to whoever plans what is sent, shown under the last message that it does not see.

How it looks is `messages/border_strip.py`.
"""

from enum import Enum, auto

from PySide6.QtCore import QObject, QRect, Signal


class BorderKind(Enum):
    """What the model sees in place of what stands above."""

    NOTHING = auto()
    SUMMARY = auto()
    SUMMARY_TO_COME = auto()
    """Made when the next question is sent."""


class BorderWay(Enum):
    """What can be done about it."""

    CHANGE = "change"
    READ = "read"
    """Read the summary."""


class ContextBorder(QObject):
    """One per transcript. Messages ask it whether it runs below them, so it is right whichever of them are shown."""

    changed = Signal(str, str)
    """The messages below which it was and is now, by their ids."""
    pressed = Signal(BorderWay, QRect)
    """What shall be done, and where on the screen that was pressed."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._message_id = ""
        self._kind = BorderKind.NOTHING

    def show_below(self, message_id: str, kind: BorderKind = BorderKind.NOTHING) -> None:
        """Let it run below a message; for an empty id there is none."""
        if (message_id, kind) == (self._message_id, self._kind):
            return
        before, self._message_id, self._kind = self._message_id, message_id, kind
        self.changed.emit(before, message_id)

    def below(self, message_id: str) -> BorderKind | None:
        """Return what is to be said below a message; None if it does not run there."""
        return self._kind if message_id == self._message_id else None
