"""Custom accessible interfaces: their registration for single widgets, and the one of buttons that switch or unfold something.

It is registered for the widget, not through a factory: PySide also calls factories for internal objects of the web engine, and crashes when
it wraps one (a click into a preview was enough).
"""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject
from PySide6.QtGui import QAccessible, QAccessibleStateChangeEvent, QFocusEvent, QShowEvent
from PySide6.QtWidgets import QAbstractButton, QAccessibleWidget, QWidget
from shiboken6 import getCppPointer

if TYPE_CHECKING:
    ButtonBase = QAbstractButton
else:
    ButtonBase = object  # a class cannot inherit from two Qt classes


class AccessibleInterface(QObject):
    """Registers the interface that `make` returns and keeps it alive slightly longer than the widget.

    Qt stores the interface with the meta-object of the widget, which is replaced when the first slot of a kind is connected, so it must be
    registered again before it is used. A widget's Python object is destroyed before Qt announces the destruction, while Qt still uses the
    interface.
    """

    def __init__(self, widget: QWidget, make: Callable[[], QAccessibleWidget]) -> None:
        super().__init__(QCoreApplication.instance())
        self._widget = widget
        self._make = make
        self._interfaces: list[QAccessibleWidget] = []
        self._registered_for = 0
        widget.destroyed.connect(self._release)

    def register(self) -> None:
        """Register the interface if needed. Call it when the widget is shown and when it gets the focus."""
        (address,) = getCppPointer(self._widget.metaObject())
        if address != self._registered_for:
            self._registered_for = address
            self._interfaces.append(self._make())
            QAccessible.registerAccessibleInterface(self._interfaces[-1])

    def _release(self) -> None:
        self.deleteLater()


class Toggle(ButtonBase):
    """Mixin for buttons: a checkable one is announced as a button that is pressed or not. Qt announces it as a check box."""

    accessible_role = QAccessible.Role.Button
    folds = False
    """Whether it is announced as expanded or collapsed instead, because it shows the content below it."""
    _interface: AccessibleInterface | None = None

    def setCheckable(self, checkable: bool) -> None:  # noqa: N802 - Qt's name
        """Make it checkable."""
        super().setCheckable(checkable)
        if checkable and self._interface is None:
            self._interface = AccessibleInterface(self, lambda: _ToggleInterface(self))

    def set_folds(self) -> None:
        """Make it checkable, and announce it as a button that shows and hides content."""
        self.folds = True
        self.setCheckable(True)
        self.toggled.connect(self._announce_folding)

    def _announce_folding(self) -> None:
        if QAccessible.isActive():
            changed = QAccessible.State()
            changed.expanded = changed.collapsed = True
            QAccessible.updateAccessibility(QAccessibleStateChangeEvent(self, changed))

    def showEvent(self, event: QShowEvent) -> None:
        if self._interface:
            self._interface.register()
        super().showEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        if self._interface:
            self._interface.register()
        super().focusInEvent(event)


class _ToggleInterface(QAccessibleWidget):
    """What Qt's interface of a button does, with another role and state."""

    def __init__(self, button: Toggle) -> None:
        super().__init__(button, button.accessible_role)
        self._button = button

    def state(self) -> QAccessible.State:
        """Return the state of the widget, and whether it is pressed or unfolded."""
        state, is_on = super().state(), self._button.isChecked()
        if self._button.folds:
            state.expandable = True
            state.expanded, state.collapsed = is_on, not is_on
        else:
            state.checkable, state.checked = self._button.isCheckable(), is_on
        return state

    def text(self, kind: QAccessible.Text) -> str:
        """Return the text of a button without a name of its own."""
        named = super().text(kind)
        return named if named or kind is not QAccessible.Text.Name else self._button.text().replace("&", "")

    def actionNames(self) -> list[str]:  # noqa: N802 - Qt's name
        """Return what can be done with an enabled button."""
        return [self.pressAction(), *super().actionNames()] if self._button.isEnabled() else []

    def doAction(self, name: str) -> None:  # noqa: N802 - Qt's name
        """Press the button."""
        if name == self.pressAction():
            self._button.click()
        else:
            super().doAction(name)
