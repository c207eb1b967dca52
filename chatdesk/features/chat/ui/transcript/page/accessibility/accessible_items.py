"""A message and its buttons as a screen reader finds them. Neither is a widget, so their interfaces are made by hand.

What there is to read is told by a `Spoken`; the parts of a message's text are `accessible_blocks.py`, which also says what `VoidPtr` is.
"""

from collections.abc import Sequence

from PySide6.QtCore import QRect
from PySide6.QtGui import QAccessible, QAccessibleActionInterface, QAccessibleInterface
from shiboken6 import Shiboken

from chatdesk.features.chat.ui.transcript.page.accessibility.accessible_base import (
    Spoken,
    SpokenControl,
    VirtualAccessible,
)
from chatdesk.features.chat.ui.transcript.page.accessibility.accessible_blocks import NodeAccessible


class MessageAccessible(VirtualAccessible):
    """One message: its name says who speaks and what, its value what is said; its children are the parts of its text, then its buttons."""

    def __init__(self, parent: QAccessibleInterface, messages: Spoken, index: int) -> None:
        super().__init__(parent)
        self._messages = messages
        self._index = index
        self._buttons: dict[int, ControlAccessible] = {}
        self._parts: dict[int, NodeAccessible] = {}

    def isValid(self) -> bool:  # noqa: N802 - Qt's name
        """Whether the message is still there."""
        return self._parent.isValid() and self._index < self._messages.count()

    def controls(self) -> Sequence[SpokenControl]:
        """Return its buttons."""
        return self._messages.controls(self._index) if self.isValid() else ()

    def known_children(self) -> Sequence[QAccessibleInterface]:
        """Return the parts and buttons that anyone asked for."""
        return [*(one for part in self._parts.values() for one in part.known()), *self._buttons.values()]

    def child(self, index: int) -> QAccessibleInterface | None:  # type: ignore[override]
        """Return a part of its text or, behind them, a button."""
        if not 0 <= index < self.childCount():
            return None
        parts = self._part_count()
        if index < parts:
            if index not in self._parts:
                self._parts[index] = NodeAccessible(self, self._messages, self._index, (index,))
                QAccessible.registerAccessibleInterface(self._parts[index])
            return self._parts[index]
        number = index - parts
        if number not in self._buttons:
            self._buttons[number] = ControlAccessible(self, number)
            QAccessible.registerAccessibleInterface(self._buttons[number])
        return self._buttons[number]

    def press(self, number: int) -> None:
        """Press one of its buttons."""
        self._messages.press(self._index, number)

    def childAt(self, x: int, y: int) -> QAccessibleInterface | None:  # type: ignore[override]  # noqa: N802 - Qt's name
        """Return the button at a place of the screen, else the part of its text."""
        number = next((number for number, control in enumerate(self.controls()) if control.rect.contains(x, y)), None)
        if number is not None:
            return self.child(self._part_count() + number)
        parts = (child for index in range(self._part_count()) if (child := self.child(index)))
        return next((part for part in parts if part.rect().contains(x, y)), None)

    def childCount(self) -> int:  # noqa: N802 - Qt's name
        """Return how many parts and buttons it has now."""
        return self._part_count() + len(self.controls())

    def indexOfChild(self, child: QAccessibleInterface) -> int:  # noqa: N802 - Qt's name
        """Return which part or button it is."""
        part = next((index for index, known in self._parts.items() if known == child), None)
        if part is not None:
            return part
        number = next((number for number, known in self._buttons.items() if known == child), None)
        return -1 if number is None else self._part_count() + number

    def _part_count(self) -> int:
        return len(self._messages.nodes(self._index)) if self.isValid() else 0

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
            case QAccessible.Text.Description:
                return self._messages.details(self._index)
            case _:
                return ""


class ControlAccessible(VirtualAccessible):
    """A button of a message, told by its order among them."""

    def __init__(self, message: MessageAccessible, index: int) -> None:
        super().__init__(message)
        self._message = message
        self._index = index
        self._press = _Press(message, index)

    def interface_cast(self, kind: QAccessible.InterfaceType) -> object:  # type: ignore[override]
        """Return that it can be pressed."""
        return self._press if kind == QAccessible.InterfaceType.ActionInterface else Shiboken.VoidPtr(0)

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


class _Press(QAccessibleActionInterface):
    def __init__(self, message: MessageAccessible, number: int) -> None:
        super().__init__()
        self._message = message
        self._number = number

    def actionNames(self) -> list[str]:  # noqa: N802 - Qt's name
        return [self.pressAction()]

    def doAction(self, _name: str) -> None:  # noqa: N802 - Qt's name
        self._message.press(self._number)

    def keyBindingsForAction(self, _name: str) -> list[str]:  # noqa: N802 - Qt's name
        return []
