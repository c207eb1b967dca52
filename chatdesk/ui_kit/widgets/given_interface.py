"""Gives Qt an accessible interface of ours for one widget.

It is handed over with the widget, not through a factory: PySide's factories are asked about the web engine's inner objects too, and PySide
breaks off the program when it wraps one (a click into a preview was enough).
"""

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QObject
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAccessibleWidget, QWidget
from shiboken6 import getCppPointer


class GivenInterface(QObject):
    """Keeps what `make` returns alive a little longer than the widget.

    Qt keeps what it is given with the meta-object of the widget, and that becomes another one when a first slot of a kind is connected:
    so it is given again before anybody asks. And a widget's Python half goes before Qt's half tells that it is destroyed, while Qt still
    asks what it was given.
    """

    def __init__(self, widget: QWidget, make: Callable[[], QAccessibleWidget]) -> None:
        super().__init__(QCoreApplication.instance())
        self._widget = widget
        self._make = make
        self._given: list[QAccessibleWidget] = []
        self._given_for = 0
        widget.destroyed.connect(self._release)

    def give(self) -> None:
        """Give Qt the interface, unless it has it: to be called when the widget is shown and when it gets the keyboard."""
        (address,) = getCppPointer(self._widget.metaObject())
        if address != self._given_for:
            self._given_for = address
            self._given.append(self._make())
            QAccessible.registerAccessibleInterface(self._given[-1])

    def _release(self) -> None:
        self.deleteLater()
