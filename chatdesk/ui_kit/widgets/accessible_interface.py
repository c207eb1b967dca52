"""Registration of a custom accessible interface for a single widget.

It is registered for the widget, not through a factory: PySide also calls factories for internal objects of the web engine, and crashes when
it wraps one (a click into a preview was enough).
"""

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QObject
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAccessibleWidget, QWidget
from shiboken6 import getCppPointer


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
        self._given_for = 0
        widget.destroyed.connect(self._release)

    def give(self) -> None:
        """Register the interface if needed. Call it when the widget is shown and when it gets the focus."""
        (address,) = getCppPointer(self._widget.metaObject())
        if address != self._given_for:
            self._given_for = address
            self._interfaces.append(self._make())
            QAccessible.registerAccessibleInterface(self._interfaces[-1])

    def _release(self) -> None:
        self.deleteLater()
