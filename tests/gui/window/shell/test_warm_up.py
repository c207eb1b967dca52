"""What the window does between its first painting and the first question."""

from PySide6 import QtCore, QtGui, QtWidgets

from tests.gui.window.harness import Harness


async def test_all_classes_of_qt_are_created_on_this_thread(harness: Harness) -> None:
    """Modules are imported on threads from then on, and two threads must not create the same class at the same time."""
    left = [name for module in (QtCore, QtGui, QtWidgets) for name in set(dir(module)) - vars(module).keys()]
    assert left == []
