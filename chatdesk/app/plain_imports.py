"""Import of PySide6 without its import hook and its stub generator, and creation of its classes on the GUI thread.

The hook reads the source of every module that is imported later, and keeps it, to check for the word "PySide6": such a module could switch
Qt's names to snake_case (`from __feature__ import snake_case`). None of our modules does. For our modules and the libraries, that took an
eighth of the start and 7 MB.

PySide6 also loads the generator of its `.pyi` files, from source text that each start compiles anew. Only `pyside6-genpyi` uses it.

PySide6 creates a class when its name is first looked up. This is not thread-safe: of two threads that look up the same class at the same
time, one can get it without its enums, or both wait forever. After the first paint, modules are imported on threads.
"""

import asyncio
import builtins
import importlib
import linecache
import sys
from collections.abc import Callable
from importlib.machinery import ModuleSpec
from itertools import batched
from types import ModuleType
from typing import Any

LATER_WIDGETS = frozenset(
    {
        "QButtonGroup",
        "QCheckBox",
        "QDateEdit",
        "QDialog",
        "QFileDialog",
        "QGraphicsOpacityEffect",
        "QHeaderView",
        "QProgressBar",
        "QRadioButton",
        "QSpinBox",
        "QTabBar",
        "QTableView",
        "QTextEdit",
        "QToolButton",
    }
)
"""Classes of QtWidgets that modules name which are imported after the first paint."""

LOOKED_UP: dict[str, Callable[[str], bool]] = {
    "PySide6.QtCore": lambda _name: True,
    "PySide6.QtGui": lambda name: not name.startswith(("QRhi", "QShader", "QMatrix")),
    "PySide6.QtWidgets": LATER_WIDGETS.__contains__,
}
"""Which classes of a module are created. Threads work with values and pictures, so they meet many of QtCore and QtGui, also ones that no
module of ours names. Widgets are used on the GUI thread only: threads look up those that a module they import names. All others would take
4 MB.
"""
_AT_ONCE = 20
"""Classes that are created between two turns of the event loop; each takes about 0.1 ms."""


_TOOLS = "shibokensupport.signature.lib"
_STUB_GENERATOR = ("enum_sig", "pyi_generator")
"""Modules in `_TOOLS`."""


def load_pyside() -> None:
    """Import PySide6 for the first time. Later imports are not affected by its hook."""
    plain = builtins.__import__

    def without_generator(name: str, *arguments: Any, **options: Any) -> ModuleType:  # noqa: ANN401 - those of `__import__`
        if name == _TOOLS and name in sys.modules:
            _replace_generator(sys.modules[name])
        imported: ModuleType = plain(name, *arguments, **options)
        return imported

    builtins.__import__ = without_generator
    importlib.import_module("PySide6.QtCore")
    builtins.__import__ = plain
    linecache.clearcache()  # the hook has read the source of the modules that were loaded before


def _replace_generator(tools: ModuleType) -> None:
    """Set empty modules as attributes of their package, so that `from … import` does not load the generator's."""
    for name in _STUB_GENERATOR:
        empty = ModuleType(f"{_TOOLS}.{name}")
        empty.__spec__ = ModuleSpec(empty.__name__, None)
        setattr(tools, name, empty)


async def create_qt_classes() -> None:
    """Create all classes that a thread may look up, in small steps on this thread."""
    for module_name, wanted in LOOKED_UP.items():
        module = importlib.import_module(module_name)
        missing = set(dir(module)) - vars(module).keys()
        for batch in batched(sorted(filter(wanted, missing)), _AT_ONCE):
            for class_name in batch:
                getattr(module, class_name)
            await asyncio.sleep(0)
