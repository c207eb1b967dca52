"""Loads the web engine's shared libraries without Python: 200 MB that are mapped and linked while the window goes on drawing.

For a thread. What is loaded already is only counted again, so that a later import finds everything done.
"""

import ctypes
import os
import sys
from importlib.util import find_spec
from pathlib import Path

_LIBRARIES = ("libQt6Quick.so.6", "libQt6WebEngineCore.so.6", "libQt6WebEngineWidgets.so.6")
_FOLDER = "Qt/lib"
"""Where PySide6 keeps them, in its own folder."""


def load_libraries() -> None:
    """Load them. Where they are not found nothing happens: importing the modules loads them too, only on the thread that imports."""
    if not sys.platform.startswith("linux"):
        return
    # Called as a function of C: it gives up Python's lock for as long as it takes.
    open_library = ctypes.CDLL(None).dlopen
    open_library.argtypes, open_library.restype = (ctypes.c_char_p, ctypes.c_int), ctypes.c_void_p
    package = find_spec("PySide6")
    folder = Path(package.origin).parent / _FOLDER if package and package.origin else Path()
    for name in _LIBRARIES:
        path = folder / name
        if path.is_file():
            open_library(os.fsencode(path), os.RTLD_NOW)
