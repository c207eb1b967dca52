"""The transcript for screen readers: a list whose items are the messages, each with who speaks, what it says, and its buttons.

Messages are not widgets, so their interfaces are made by hand. Qt asks for the list's through a factory. Where Qt takes "none" for
an answer, PySide6's types do not.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Protocol, runtime_checkable

from PySide6.QtCore import QObject, QRect
from PySide6.QtGui import QAccessible, QAccessibleInterface, QColor, QWindow
from PySide6.QtWidgets import QAccessibleWidget, QWidget


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


@runtime_checkable
class HasAccessible(Protocol):
    """A widget that keeps its own interface: Qt only borrows it."""

    def accessible(self) -> QAccessibleInterface:
        """Return the interface."""


class MessageAccessible(QAccessibleInterface):
    """One message: its name says who speaks, its value what is said."""

    def __init__(self, parent: "TranscriptAccessible", messages: Spoken, index: int) -> None:
        super().__init__()
        self._parent = parent
        self._messages = messages
        self._index = index
        self._children: dict[int, ControlAccessible] = {}

    def isValid(self) -> bool:  # noqa: N802 - Qt's name
        """Whether the message is still there."""
        return self._parent.isValid() and self._index < self._messages.count()

    def object(self) -> QObject | None:  # type: ignore[override]
        """Return no object: a message is none."""
        return None

    def window(self) -> QWindow | None:  # type: ignore[override]
        """Return the list's window."""
        return self._parent.window()

    def parent(self) -> QAccessibleInterface:
        """Return the list."""
        return self._parent

    def controls(self) -> Sequence[SpokenControl]:
        """Return its buttons."""
        return self._messages.controls(self._index) if self.isValid() else ()

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
        """Return who speaks as the name, what is said as the value."""
        match kind:
            case QAccessible.Text.Name:
                return f"{self._messages.name(self._index)}: {self._messages.text(self._index)}"
            case QAccessible.Text.Value:
                return self._messages.text(self._index)
            case _:
                return ""

    def setText(self, kind: QAccessible.Text, text: str) -> None:  # noqa: N802 - Qt's name
        """Change nothing."""

    def foregroundColor(self) -> QColor:  # noqa: N802 - Qt's name
        """Return no colour of its own."""
        return QColor()


class ControlAccessible(QAccessibleInterface):
    """A button of a message, told by its order among them."""

    def __init__(self, message: MessageAccessible, index: int) -> None:
        super().__init__()
        self._message = message
        self._index = index

    def isValid(self) -> bool:  # noqa: N802 - Qt's name
        """Whether the button is still there."""
        return self._index < len(self._message.controls())

    def object(self) -> QObject | None:  # type: ignore[override]
        """Return no object: a button of a message is none."""
        return None

    def window(self) -> QWindow | None:  # type: ignore[override]
        """Return the message's window."""
        return self._message.window()

    def parent(self) -> QAccessibleInterface:
        """Return the message."""
        return self._message

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

    def rect(self) -> QRect:
        """Return where it is on the screen."""
        return self._message.controls()[self._index].rect if self.isValid() else QRect()

    def role(self) -> QAccessible.Role:
        """Return that it is a button."""
        return QAccessible.Role.Button

    def state(self) -> QAccessible.State:
        """Return nothing special."""
        return QAccessible.State()

    def text(self, kind: QAccessible.Text) -> str:
        """Return what it does."""
        if kind is QAccessible.Text.Name and self.isValid():
            return self._message.controls()[self._index].name
        return ""

    def setText(self, kind: QAccessible.Text, text: str) -> None:  # noqa: N802 - Qt's name
        """Change nothing."""

    def foregroundColor(self) -> QColor:  # noqa: N802 - Qt's name
        """Return no colour of its own."""
        return QColor()


class TranscriptAccessible(QAccessibleWidget):
    """The list of messages."""

    def __init__(self, widget: QWidget, messages: Spoken) -> None:
        super().__init__(widget, QAccessible.Role.List)
        self._messages = messages
        self._children: dict[int, MessageAccessible] = {}

    def childCount(self) -> int:  # noqa: N802 - Qt's name
        """Return how many messages there are."""
        return self._messages.count()

    def child(self, index: int) -> QAccessibleInterface | None:  # type: ignore[override]
        """Return a message."""
        if not 0 <= index < self._messages.count():
            return None
        if index not in self._children:
            self._children[index] = MessageAccessible(self, self._messages, index)
            QAccessible.registerAccessibleInterface(self._children[index])
        return self._children[index]

    def indexOfChild(self, child: QAccessibleInterface) -> int:  # noqa: N802 - Qt's name
        """Return which message it is."""
        return next((index for index, known in self._children.items() if known == child), -1)

    def focusChild(self) -> QAccessibleInterface | None:  # type: ignore[override]  # noqa: N802 - Qt's name
        """Return the message the keyboard is on."""
        focused = self._messages.focused()
        return self.child(focused) if focused is not None else None


@cache
def install_accessibility() -> None:
    """Let Qt ask here what a transcript is to a screen reader. Qt keeps one list of such factories for the whole program."""
    QAccessible.installFactory(_interface_of)


def _interface_of(_key: str, found: QObject) -> QAccessibleInterface | None:
    return found.accessible() if isinstance(found, HasAccessible) else None
