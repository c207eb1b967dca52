"""The accessible interfaces of messages, their text parts and buttons, which are painted and not widgets.

A `Spoken` provides the content.
"""

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import (
    QAccessible,
    QAccessibleActionInterface,
    QAccessibleAttributesInterface,
    QAccessibleInterface,
    QAccessibleTableCellInterface,
    QAccessibleTextInterface,
)
from shiboken6 import Shiboken

from chatdesk.features.chat.ui.transcript.controls import FOLDS, SWITCHES, Command
from chatdesk.features.chat.ui.transcript.page.accessibility.accessible_base import (
    Spoken,
    SpokenControl,
    VirtualAccessible,
)
from chatdesk.features.chat.ui.transcript.page.accessibility.spoken_blocks import SpokenNode

# Qt requests further interfaces as pointers. PySide6 converts a Python object to the pointer behind it, but None to a
# pointer to None, which Qt then dereferences; "no interface" is `VoidPtr(0)`. PySide6 cannot report the range of a
# selection either (`selection` returns it through pointers), so no selection is reported rather than a wrong one.

_Kind = QAccessible.InterfaceType
Path = tuple[int, ...]
"""The child indexes that lead from a message to a part."""


class NodeAccessible(VirtualAccessible):
    """The part that is currently at a path of a message."""

    def __init__(self, parent: QAccessibleInterface, messages: Spoken, index: int, path: Path) -> None:
        super().__init__(parent)
        self._messages = messages
        self._index = index
        self._path = path
        self._children: dict[int, NodeAccessible] = {}
        self._text = _NodeText(self)
        self._level = _LevelAttribute(self)
        self._cell = _Cell(self)
        self._action = _LinkAction(self)

    @property
    def messages(self) -> Spoken:
        """The source of the content."""
        return self._messages

    @property
    def message(self) -> int:
        """The index of the message."""
        return self._index

    @property
    def node(self) -> SpokenNode | None:
        """The part at the path; None if there is none any more."""
        return self._messages.node(self._index, self._path)

    def isValid(self) -> bool:  # noqa: N802 - Qt's name
        return self._parent.isValid() and self.node is not None

    def created_interfaces(self) -> Sequence[QAccessibleInterface]:
        """Return all interfaces created for the part and its descendants."""
        return [interface for child in self._children.values() for interface in child.created_interfaces()] + [self]

    def child(self, index: int) -> "NodeAccessible | None":  # type: ignore[override]
        if not 0 <= index < self.childCount():
            return None
        if index not in self._children:
            self._children[index] = NodeAccessible(self, self._messages, self._index, (*self._path, index))
            QAccessible.registerAccessibleInterface(self._children[index])
        return self._children[index]

    def childAt(self, x: int, y: int) -> QAccessibleInterface | None:  # type: ignore[override]  # noqa: N802 - Qt's name
        """Return the child at a screen position."""
        found = (child for index in range(self.childCount()) if (child := self.child(index)))
        return next((child for child in found if child.rect().contains(x, y)), None)

    def childCount(self) -> int:  # noqa: N802 - Qt's name
        node = self.node
        return len(node.children) if node else 0

    def indexOfChild(self, child: QAccessibleInterface) -> int:  # noqa: N802 - Qt's name
        return next((index for index, known in self._children.items() if known == child), -1)

    def rect(self) -> QRect:
        node = self.node
        return self._messages.rect_of(self._index, node) if node else QRect()

    def role(self) -> QAccessible.Role:
        node = self.node
        return node.role if node else QAccessible.Role.NoRole

    def state(self) -> QAccessible.State:
        """Return a read-only state, with the checked state of a task."""
        state = QAccessible.State()
        state.readOnly = True
        state.selectableText = state.multiLine = bool((node := self.node) and node.text)
        state.linked = state.focusable = bool(node and node.link)
        state.focused = bool(state.linked) and self._has_focus()
        state.checkable = bool(node and node.checked is not None)
        state.checked = bool(node and node.checked)
        return state

    def _has_focus(self) -> bool:
        return self._messages.focused() == self._index and self._messages.focused_link() == self._path

    def text(self, kind: QAccessible.Text) -> str:
        """Return the text of the part as its name, and the target of a link as its description."""
        node = self.node
        if node is None:
            return ""
        match kind:
            case QAccessible.Text.Name:
                return node.name
            case QAccessible.Text.Description:
                return self._messages.target(node.link) if node.link else ""
            case _:
                return ""

    def interface_cast(self, kind: QAccessible.InterfaceType) -> object:  # type: ignore[override]
        """Return an additional interface of the part."""
        node = self.node
        if node and kind == _Kind.TextInterface and node.text:
            return self._text
        if node and kind == _Kind.AttributesInterface and node.level:
            return self._level
        if node and kind == _Kind.TableCellInterface and node.cell:
            return self._cell
        if node and kind == _Kind.ActionInterface and node.link:
            return self._action
        return Shiboken.VoidPtr(0)


class _NodeText(QAccessibleTextInterface):
    def __init__(self, owner: NodeAccessible) -> None:
        super().__init__()
        self._owner = owner

    def characterCount(self) -> int:  # noqa: N802 - Qt's name
        node = self._owner.node
        return node.spoken.length if node else 0

    def text(self, start: int, end: int) -> str:
        node = self._owner.node
        return self._owner.messages.cut(node, start, end) if node else ""

    def cursorPosition(self) -> int:  # noqa: N802 - Qt's name
        node = self._owner.node
        return self._owner.messages.cursor_in(self._owner.message, node) if node else -1

    def setCursorPosition(self, position: int) -> None:  # noqa: N802 - Qt's name
        self.setSelection(0, position, position)

    def selectionCount(self) -> int:  # noqa: N802 - Qt's name
        return 0

    def addSelection(self, start: int, end: int) -> None:  # noqa: N802 - Qt's name
        self.setSelection(0, start, end)

    def removeSelection(self, _number: int) -> None:  # noqa: N802 - Qt's name
        self.setSelection(0, self.cursorPosition(), self.cursorPosition())

    def setSelection(self, _number: int, start: int, end: int) -> None:  # noqa: N802 - Qt's name
        if node := self._owner.node:
            self._owner.messages.select(self._owner.message, node, start, end)

    def characterRect(self, offset: int) -> QRect:  # noqa: N802 - Qt's name
        node = self._owner.node
        return self._owner.messages.character_rect(self._owner.message, node, offset) if node else QRect()

    def offsetAtPoint(self, point: QPoint) -> int:  # noqa: N802 - Qt's name
        node = self._owner.node
        return self._owner.messages.offset_at(self._owner.message, node, point) if node else -1

    def scrollToSubstring(self, start: int, _end: int) -> None:  # noqa: N802 - Qt's name
        if node := self._owner.node:
            self._owner.messages.show(self._owner.message, node, start)


class _LevelAttribute(QAccessibleAttributesInterface):
    def __init__(self, owner: NodeAccessible) -> None:
        super().__init__()
        self._owner = owner

    def attributeKeys(self) -> list[QAccessible.Attribute]:  # noqa: N802 - Qt's name
        return [QAccessible.Attribute.Level]

    def attributeValue(self, _key: QAccessible.Attribute) -> int:  # noqa: N802 - Qt's name
        node = self._owner.node
        return node.level if node else 0


class _Cell(QAccessibleTableCellInterface):
    def __init__(self, owner: NodeAccessible) -> None:
        super().__init__()
        self._owner = owner

    def rowIndex(self) -> int:  # noqa: N802 - Qt's name
        return self._position()[0]

    def columnIndex(self) -> int:  # noqa: N802 - Qt's name
        return self._position()[1]

    def rowExtent(self) -> int:  # noqa: N802 - Qt's name
        return 1

    def columnExtent(self) -> int:  # noqa: N802 - Qt's name
        return 1

    def isSelected(self) -> bool:  # noqa: N802 - Qt's name
        return False

    def columnHeaderCells(self) -> list[QAccessibleInterface]:  # noqa: N802 - Qt's name
        return [self.table().child(0).child(self.columnIndex())] if self.rowIndex() else []

    def rowHeaderCells(self) -> list[QAccessibleInterface]:  # noqa: N802 - Qt's name
        return []

    def table(self) -> QAccessibleInterface:
        return self._owner.parent().parent()

    def _position(self) -> tuple[int, int]:
        node = self._owner.node
        return node.cell if node and node.cell else (0, 0)


class _LinkAction(QAccessibleActionInterface):
    def __init__(self, owner: NodeAccessible) -> None:
        super().__init__()
        self._owner = owner

    def actionNames(self) -> list[str]:  # noqa: N802 - Qt's name
        return [self.pressAction()]

    def doAction(self, _name: str) -> None:  # noqa: N802 - Qt's name
        node = self._owner.node
        if node and node.link:
            self._owner.messages.follow(self._owner.message, node.link)

    def keyBindingsForAction(self, _name: str) -> list[str]:  # noqa: N802 - Qt's name
        return []


class MessageAccessible(VirtualAccessible):
    """A message.

    Its name contains speaker and text, its value the text; its children are the parts of the text and the buttons, in reading order.
    """

    def __init__(self, parent: QAccessibleInterface, messages: Spoken, index: int) -> None:
        super().__init__(parent)
        self._messages = messages
        self._index = index
        self._buttons: dict[Command, ControlAccessible] = {}
        self._parts: dict[int, NodeAccessible] = {}

    def isValid(self) -> bool:  # noqa: N802 - Qt's name
        return self._parent.isValid() and self._index < self._messages.count()

    def control(self, command: Command) -> SpokenControl | None:
        """Return the button with a command; None if there is none any more."""
        found = self._messages.controls(self._index) if self.isValid() else ()
        return next((control for control in found if control.command == command), None)

    def created_children(self) -> Sequence[QAccessibleInterface]:
        """Return the interfaces created for parts and buttons."""
        return [*(one for part in self._parts.values() for one in part.created_interfaces()), *self._buttons.values()]

    def child(self, index: int) -> QAccessibleInterface | None:  # type: ignore[override]
        """Return a part of the text or a button."""
        order = self._order()
        if not 0 <= index < len(order):
            return None
        entry = order[index]
        return self._part(entry) if isinstance(entry, int) else self.button(entry)

    def button(self, command: Command) -> QAccessibleInterface:
        """Return the button with a command."""
        if command not in self._buttons:
            self._buttons[command] = ControlAccessible(self, command)
            QAccessible.registerAccessibleInterface(self._buttons[command])
        return self._buttons[command]

    def part(self, path: Path) -> QAccessibleInterface | None:
        """Return the part of the text at a path."""
        found: NodeAccessible | None = self._part(path[0])
        for number in path[1:]:
            found = found.child(number) if found else None
        return found

    def press(self, command: Command) -> None:
        """Activate a button."""
        self._messages.press(self._index, command)

    def has_focus(self, command: Command | None) -> bool:
        """Return whether a button, or with None the message itself, has the focus."""
        if self._messages.focused() != self._index or self._messages.focused_link():
            return False
        return self._messages.focused_command() == command

    def childAt(self, x: int, y: int) -> QAccessibleInterface | None:  # type: ignore[override]  # noqa: N802 - Qt's name
        """Return the button at a screen position, or else the part of the text."""
        controls = self._messages.controls(self._index) if self.isValid() else ()
        found = next((control for control in controls if control.rect.contains(x, y)), None)
        if found is not None:
            return self.button(found.command)
        parts = (self._part(entry) for entry in self._order() if isinstance(entry, int))
        return next((part for part in parts if part.rect().contains(x, y)), None)

    def childCount(self) -> int:  # noqa: N802 - Qt's name
        """Return the current number of parts and buttons."""
        return len(self._order())

    def indexOfChild(self, child: QAccessibleInterface) -> int:  # noqa: N802 - Qt's name
        known = (
            self._parts.get(entry) if isinstance(entry, int) else self._buttons.get(entry) for entry in self._order()
        )
        return next(
            (index for index, interface in enumerate(known) if interface is not None and interface == child), -1
        )

    def _order(self) -> Sequence[int | Command]:
        return self._messages.children(self._index) if self.isValid() else ()

    def _part(self, number: int) -> NodeAccessible:
        if number not in self._parts:
            self._parts[number] = NodeAccessible(self, self._messages, self._index, (number,))
            QAccessible.registerAccessibleInterface(self._parts[number])
        return self._parts[number]

    def rect(self) -> QRect:
        return self._messages.rect(self._index)

    def role(self) -> QAccessible.Role:
        """Return the role of a list item."""
        return QAccessible.Role.ListItem

    def state(self) -> QAccessible.State:
        """Return a read-only state with the focus, unless one of its buttons has that."""
        state = QAccessible.State()
        state.readOnly = state.multiLine = state.focusable = True
        state.focused = self.has_focus(None)
        return state

    def text(self, kind: QAccessible.Text) -> str:
        """Return speaker and text as the name, and the text as the value."""
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
    """A button of a message, identified by its command."""

    def __init__(self, message: MessageAccessible, command: Command) -> None:
        super().__init__(message)
        self._message = message
        self._command = command
        self._action = _ButtonAction(message, command)

    def interface_cast(self, kind: QAccessible.InterfaceType) -> object:  # type: ignore[override]
        """Return the action interface."""
        return self._action if kind == QAccessible.InterfaceType.ActionInterface else Shiboken.VoidPtr(0)

    def isValid(self) -> bool:  # noqa: N802 - Qt's name
        return self._message.control(self._command) is not None

    def rect(self) -> QRect:
        control = self._message.control(self._command)
        return control.rect if control else QRect()

    def role(self) -> QAccessible.Role:
        return QAccessible.Role.Button

    def state(self) -> QAccessible.State:
        """Return whether it has the focus, and what it has folded or switched on."""
        state = QAccessible.State()
        state.focusable = True
        state.focused = self._message.has_focus(self._command)
        control = self._message.control(self._command)
        is_on = control is not None and control.on
        if self._command.verb in FOLDS:
            state.expandable = True
            state.expanded, state.collapsed = is_on, not is_on
        elif self._command.verb in SWITCHES:
            state.checkable, state.checked = True, is_on
        return state

    def text(self, kind: QAccessible.Text) -> str:
        control = self._message.control(self._command)
        return control.name if control and kind is QAccessible.Text.Name else ""


class _ButtonAction(QAccessibleActionInterface):
    def __init__(self, message: MessageAccessible, command: Command) -> None:
        super().__init__()
        self._message = message
        self._command = command

    def actionNames(self) -> list[str]:  # noqa: N802 - Qt's name
        return [self.pressAction()]

    def doAction(self, _name: str) -> None:  # noqa: N802 - Qt's name
        self._message.press(self._command)

    def keyBindingsForAction(self, _name: str) -> list[str]:  # noqa: N802 - Qt's name
        return []
