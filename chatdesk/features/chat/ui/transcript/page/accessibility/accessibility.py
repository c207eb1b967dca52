"""The accessible transcript: a list whose items are the messages (`accessible_items.py`)."""

from PySide6.QtCore import QObject, QTimer, SignalInstance
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QAccessibleInterface,
    QAccessibleStateChangeEvent,
    QAccessibleTextCursorEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QAccessibleWidget, QWidget

from chatdesk.features.chat.ui.transcript.controls import FOLDS, SWITCHES, Command
from chatdesk.features.chat.ui.transcript.page.accessibility.accessible_base import Spoken
from chatdesk.features.chat.ui.transcript.page.accessibility.accessible_items import MessageAccessible
from chatdesk.ui_kit.widgets.accessible_interface import AccessibleInterface


class TranscriptAccessible(QAccessibleWidget):
    """The list of messages, followed by the widgets embedded between them, for example an editor or the doctor card."""

    def __init__(self, widget: QAbstractScrollArea, messages: Spoken) -> None:
        super().__init__(widget, QAccessible.Role.List)
        self._viewport = widget.viewport()
        self._messages = messages
        self._children: dict[int, MessageAccessible] = {}

    def state(self) -> QAccessible.State:
        """Return the state of the widget, without the focus if one of the messages has it."""
        state = super().state()
        state.focused = bool(state.focused) and self._messages.focused() is None
        return state

    def childCount(self) -> int:  # noqa: N802 - Qt's name
        return self._messages.count() + len(self._widgets())

    def child(self, index: int) -> QAccessibleInterface | None:  # type: ignore[override]
        if not 0 <= index < self._messages.count():
            widgets, number = self._widgets(), index - self._messages.count()
            return QAccessible.queryAccessibleInterface(widgets[number]) if 0 <= number < len(widgets) else None
        if index not in self._children:
            self._children[index] = MessageAccessible(self, self._messages, index)
            QAccessible.registerAccessibleInterface(self._children[index])
        return self._children[index]

    def indexOfChild(self, child: QAccessibleInterface) -> int:  # noqa: N802 - Qt's name
        widgets = self._widgets()
        if child.object() in widgets:
            return self._messages.count() + widgets.index(child.object())
        return next((index for index, known in self._children.items() if known == child), -1)

    def _widgets(self) -> "list[QObject]":
        return [each for each in self._viewport.children() if isinstance(each, QWidget) and each.isVisible()]

    def focusChild(self) -> QAccessibleInterface | None:  # type: ignore[override]  # noqa: N802 - Qt's name
        """Return the focused message, or its button that has the focus."""
        focused, command = self._messages.focused(), self._messages.focused_command()
        message = self.child(focused) if focused is not None else None
        if not isinstance(message, MessageAccessible):
            return message
        if link := self._messages.focused_link():
            return message.part(link)
        return message.button(command) if command else message

    def forget_children(self) -> None:
        """Unregister the interfaces of the messages before the widget is deleted: Qt would use them until the program ends."""
        for message in self._children.values():
            for interface in (*message.created_children(), message):
                QAccessible.deleteAccessibleInterface(QAccessible.uniqueId(interface))
        self._children.clear()


class InterfaceKeeper(AccessibleInterface):
    """Provides the accessible interface of the transcript to Qt and reports changes of focus, cursor and buttons."""

    def __init__(
        self,
        widget: QAbstractScrollArea,
        messages: Spoken,
        focus_moved: SignalInstance,
        selection_changed: SignalInstance,
        pressed: SignalInstance,
    ) -> None:
        super().__init__(widget, self._make_interface)
        self._area = widget
        self._messages = messages
        self._created: list[TranscriptAccessible] = []
        # Afterwards: Qt reports the focus of the whole list when it arrives, and what is reported last is read out.
        self._pending_focus = QTimer(self, interval=0, singleShot=True)
        self._pending_focus.timeout.connect(self._report_focus)
        focus_moved.connect(self._pending_focus.start)
        selection_changed.connect(self._report_cursor)
        pressed.connect(self._report_press)

    def _make_interface(self) -> TranscriptAccessible:
        self._created.append(TranscriptAccessible(self._area, self._messages))
        return self._created[-1]

    def _report_focus(self) -> None:
        """Report that another message or button has the focus."""
        if not QAccessible.isActive():
            return
        self.register()
        focused = QAccessible.queryAccessibleInterface(self._area).focusChild()
        if focused is not None:
            QAccessible.updateAccessibility(QAccessibleEvent(focused, QAccessible.Event.Focus))

    def _report_press(self, index: int, command: Command) -> None:
        """Report that a button has been pressed that folds something or is on or off."""
        if not QAccessible.isActive() or command.verb not in FOLDS | SWITCHES:
            return
        self.register()
        message = QAccessible.queryAccessibleInterface(self._area).child(index)
        changed = QAccessible.State()
        if command.verb in FOLDS:
            changed.expanded = True
        else:
            changed.checked = True
        if isinstance(message, MessageAccessible):
            QAccessible.updateAccessibility(QAccessibleStateChangeEvent(message.button(command), changed))

    def _report_cursor(self) -> None:
        """Report the position of the text cursor, so that the text next to it is read."""
        if not QAccessible.isActive() or (found := self._messages.cursor()) is None:
            return
        self.register()
        index, path = found
        part = QAccessible.queryAccessibleInterface(self._area).child(index)
        for number in path:
            part = part.child(number)
        offset = part.textInterface().cursorPosition()
        QAccessible.updateAccessibility(QAccessibleTextCursorEvent(part, offset))

    def _release(self) -> None:
        for interface in self._created:
            interface.forget_children()
        super()._release()
