"""A message and its buttons as a screen reader finds them. Neither is a widget, so their interfaces are made by hand.

What there is to read is told by a `Spoken`. Where Qt takes "none" for an answer, PySide6's types do not.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from PySide6.QtCore import QObject, QRect
from PySide6.QtGui import QAccessible, QAccessibleInterface, QColor, QWindow


@dataclass(frozen=True, slots=True)
class SpokenControl:
    """A button of a message: what it does, and where it is on the screen."""

    name: str
    rect: QRect


class Spoken(Protocol):
    """What there is to read. Messages are told by their order."""

    def count(self) -> int:
        """Return how many messages there are."""

    def name(self, index: int) -> str:
        """Return who speaks, and in which state the message is."""

    def text(self, index: int) -> str:
        """Return what a message says."""

    def rect(self, index: int) -> QRect:
        """Return where a message is on the screen."""

    def controls(self, index: int) -> Sequence[SpokenControl]:
        """Return what can be pressed of a message now."""

    def focused(self) -> int | None:
        """Return which message the keyboard is on."""


class VirtualAccessible(QAccessibleInterface):
    """Something that is painted and is no object: it has a parent and a text, and no children unless it says so."""

    def __init__(self, parent: QAccessibleInterface) -> None:
        super().__init__()
        self._parent = parent

    def object(self) -> QObject | None:  # type: ignore[override]
        """Return nothing."""
        return None

    def window(self) -> QWindow | None:  # type: ignore[override]
        """Return the parent's window."""
        return self._parent.window()

    def parent(self) -> QAccessibleInterface:
        """Return what it is a part of."""
        return self._parent

    def child(self, index: int) -> QAccessibleInterface | None:  # type: ignore[override]  # noqa: ARG002
        """Return nothing."""
        return None

    def childAt(self, x: int, y: int) -> QAccessibleInterface | None:  # type: ignore[override]  # noqa: N802, ARG002 - Qt's name
        """Return nothing."""
        return None

    def childCount(self) -> int:  # noqa: N802 - Qt's name
        """Return 0."""
        return 0

    def indexOfChild(self, child: QAccessibleInterface) -> int:  # noqa: N802, ARG002 - Qt's name
        """Return that there is none."""
        return -1

    def state(self) -> QAccessible.State:
        """Return nothing special."""
        return QAccessible.State()

    def setText(self, kind: QAccessible.Text, text: str) -> None:  # noqa: N802 - Qt's name
        """Change nothing."""

    def foregroundColor(self) -> QColor:  # noqa: N802 - Qt's name
        """Return no colour of its own."""
        return QColor()


class MessageAccessible(VirtualAccessible):
    """One message: its name says who speaks and what, its value what is said; its children are its buttons."""

    def __init__(self, parent: QAccessibleInterface, messages: Spoken, index: int) -> None:
        super().__init__(parent)
        self._messages = messages
        self._index = index
        self._children: dict[int, ControlAccessible] = {}

    def isValid(self) -> bool:  # noqa: N802 - Qt's name
        """Whether the message is still there."""
        return self._parent.isValid() and self._index < self._messages.count()

    def controls(self) -> Sequence[SpokenControl]:
        """Return its buttons."""
        return self._messages.controls(self._index) if self.isValid() else ()

    def known_children(self) -> Sequence[QAccessibleInterface]:
        """Return the buttons that anyone asked for."""
        return tuple(self._children.values())

    def child(self, index: int) -> QAccessibleInterface | None:  # type: ignore[override]
        """Return a button."""
        if not 0 <= index < self.childCount():
            return None
        if index not in self._children:
            self._children[index] = ControlAccessible(self, index)
            QAccessible.registerAccessibleInterface(self._children[index])
        return self._children[index]

    def childAt(self, x: int, y: int) -> QAccessibleInterface | None:  # type: ignore[override]  # noqa: N802 - Qt's name
        """Return the button at a place of the screen."""
        found = (number for number, control in enumerate(self.controls()) if control.rect.contains(x, y))
        return self.child(next(found, -1))

    def childCount(self) -> int:  # noqa: N802 - Qt's name
        """Return how many buttons it has now."""
        return len(self.controls())

    def indexOfChild(self, child: QAccessibleInterface) -> int:  # noqa: N802 - Qt's name
        """Return which button it is."""
        return next((index for index, known in self._children.items() if known == child), -1)

    def rect(self) -> QRect:
        """Return where it is on the screen."""
        return self._messages.rect(self._index)

    def role(self) -> QAccessible.Role:
        """Return that it is an item of a list."""
        return QAccessible.Role.ListItem

    def state(self) -> QAccessible.State:
        """Return that it can only be read, and whether the keyboard is on it."""
        state = QAccessible.State()
        state.readOnly = state.multiLine = state.focusable = True
        state.focused = self._messages.focused() == self._index
        return state

    def text(self, kind: QAccessible.Text) -> str:
        """Return who speaks and what as the name, what is said as the value."""
        match kind:
            case QAccessible.Text.Name:
                return f"{self._messages.name(self._index)}: {self._messages.text(self._index)}"
            case QAccessible.Text.Value:
                return self._messages.text(self._index)
            case _:
                return ""


class ControlAccessible(VirtualAccessible):
    """A button of a message, told by its order among them."""

    def __init__(self, message: MessageAccessible, index: int) -> None:
        super().__init__(message)
        self._message = message
        self._index = index

    def isValid(self) -> bool:  # noqa: N802 - Qt's name
        """Whether the button is still there."""
        return self._index < len(self._message.controls())

    def rect(self) -> QRect:
        """Return where it is on the screen."""
        return self._message.controls()[self._index].rect if self.isValid() else QRect()

    def role(self) -> QAccessible.Role:
        """Return that it is a button."""
        return QAccessible.Role.Button

    def text(self, kind: QAccessible.Text) -> str:
        """Return what it does."""
        if kind is QAccessible.Text.Name and self.isValid():
            return self._message.controls()[self._index].name
        return ""
