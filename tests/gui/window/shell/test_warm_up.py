"""What the window does between its first painting and the first question."""

import importlib

from chatdesk.app.plain_imports import LOOKED_UP
from tests.gui.window.harness import Harness


async def test_classes_of_qt_that_threads_may_look_up_are_created_on_this_thread(harness: Harness) -> None:
    """Modules are imported on threads from then on, and two threads must not create the same class at the same time."""
    modules = {importlib.import_module(name): is_wanted for name, is_wanted in LOOKED_UP.items()}
    left = [
        name
        for module, is_wanted in modules.items()
        for name in set(dir(module)) - vars(module).keys()
        if is_wanted(name)
    ]
    assert left == []
