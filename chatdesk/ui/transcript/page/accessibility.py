"""The transcript for screen readers: a list whose items are the messages (`accessible_items.py`). Qt asks for it through a factory."""

from functools import cache
from typing import Protocol, runtime_checkable

from PySide6.QtCore import QCoreApplication, QObject, SignalInstance
from PySide6.QtGui import QAccessible, QAccessibleEvent, QAccessibleInterface, QAccessibleTextCursorEvent
from PySide6.QtWidgets import QAccessibleWidget, QWidget

from chatdesk.ui.transcript.page.accessible_base import Spoken
from chatdesk.ui.transcript.page.accessible_items import MessageAccessible


@runtime_checkable
class HasAccessible(Protocol):
    """A widget that keeps its own interface: Qt only borrows it."""

    def accessible(self) -> QAccessibleInterface:
        """Return the interface."""


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

    def forget_children(self) -> None:
        """Take what was made of the messages out of Qt's hands: the widget is going, and Qt would ask them until the program ends."""
        for message in self._children.values():
            for interface in (*message.known_children(), message):
                QAccessible.deleteAccessibleInterface(QAccessible.uniqueId(interface))
        self._children.clear()


class InterfaceKeeper(QObject):
    """Makes interfaces for a widget and keeps them alive a little longer than it.

    Qt deletes an interface when it likes and asks for a new one later, so none is given out twice. And a widget's Python half goes before
    Qt's half tells that it is destroyed, while Qt still asks what it was given.
    """

    def __init__(
        self, widget: QWidget, messages: Spoken, focus_moved: SignalInstance, selection_changed: SignalInstance
    ) -> None:
        super().__init__(QCoreApplication.instance())
        self._widget = widget
        self._messages = messages
        focus_moved.connect(self._tell_focus)
        selection_changed.connect(self._tell_cursor)
        self._given: list[TranscriptAccessible] = []
        widget.destroyed.connect(self._release)

    def interface_for(self, widget: QWidget) -> TranscriptAccessible:
        """Return a new interface."""
        self._given.append(TranscriptAccessible(widget, self._messages))
        return self._given[-1]

    def _tell_focus(self) -> None:
        """Tell that the keyboard is on another message."""
        focused = self._messages.focused()
        if focused is not None and QAccessible.isActive():
            message = QAccessible.queryAccessibleInterface(self._widget).child(focused)
            QAccessible.updateAccessibility(QAccessibleEvent(message, QAccessible.Event.Focus))

    def _tell_cursor(self) -> None:
        """Tell where the text cursor is, so that what is beside it is read."""
        if not QAccessible.isActive() or (found := self._messages.cursor()) is None:
            return
        index, path = found
        part = QAccessible.queryAccessibleInterface(self._widget).child(index)
        for number in path:
            part = part.child(number)
        offset = part.textInterface().cursorPosition()
        QAccessible.updateAccessibility(QAccessibleTextCursorEvent(part, offset))

    def _release(self) -> None:
        for interface in self._given:
            interface.forget_children()
        self.deleteLater()


@cache
def install_accessibility() -> None:
    """Let Qt ask here what a transcript is to a screen reader. Qt keeps one list of such factories for the whole program."""
    QAccessible.installFactory(_interface_of)


def _interface_of(_key: str, found: QObject) -> QAccessibleInterface | None:
    return found.accessible() if isinstance(found, HasAccessible) else None
