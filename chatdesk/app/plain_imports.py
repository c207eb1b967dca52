"""Import of PySide6 without the import hook it installs, and creation of its classes on the GUI thread.

The hook reads the source of every module that is imported later, and keeps it, to check for the word "PySide6": such a module could switch
Qt's names to snake_case (`from __feature__ import snake_case`). None of our modules does. For our modules and the libraries, that took an
eighth of the start and 7 MB.

PySide6 creates a class when its name is first looked up. This is not thread-safe: of two threads that look up the same class at the same
time, one can get it without its enums, or both wait forever. After the first paint, modules are imported on threads.
"""

import asyncio
import builtins
import importlib
from itertools import batched

_AT_ONCE = 20
"""Classes that are created between two turns of the event loop; each takes about 0.1 ms."""


def load_pyside() -> None:
    """Import PySide6 for the first time. Later imports are not affected by its hook."""
    plain = builtins.__import__
    importlib.import_module("PySide6.QtCore")
    builtins.__import__ = plain


async def create_qt_classes() -> None:
    """Create all classes of the widgets and below, in small steps on this thread."""
    for name in ("QtCore", "QtGui", "QtWidgets"):
        module = importlib.import_module(f"PySide6.{name}")
        for batch in batched(sorted(set(dir(module)) - vars(module).keys()), _AT_ONCE):
            for class_name in batch:
                getattr(module, class_name)
            await asyncio.sleep(0)
