"""Loads PySide6 and takes away the hook it leaves on Python's `import`.

The hook reads the source of every module that is imported afterwards, and keeps it, to see whether it says "PySide6": a module that does
could switch Qt's names to snake_case (`from __feature__ import snake_case`). None of ours does. For our modules and the libraries that
cost an eighth of the start and 7 MB.
"""

import builtins
import importlib


def load_pyside() -> None:
    """Import PySide6 for the first time. What is imported later is left alone."""
    plain = builtins.__import__
    importlib.import_module("PySide6.QtCore")
    builtins.__import__ = plain
