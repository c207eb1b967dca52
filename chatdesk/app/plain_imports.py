"""Import of PySide6 without the import hook it installs.

The hook reads the source of every module that is imported later, and keeps it, to check for the word "PySide6": such a module could switch
Qt's names to snake_case (`from __feature__ import snake_case`). None of our modules does. For our modules and the libraries, that took an
eighth of the start and 7 MB.
"""

import builtins
import importlib


def load_pyside() -> None:
    """Import PySide6 for the first time. Later imports are not affected by its hook."""
    plain = builtins.__import__
    importlib.import_module("PySide6.QtCore")
    builtins.__import__ = plain
