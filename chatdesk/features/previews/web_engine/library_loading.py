"""Preloading of the shared libraries of the web engine: 200 MB are mapped and linked on a thread while the window stays responsive.

A library that is already loaded only gets another reference, so a later import has nothing left to load.
"""

import ctypes
import os
import sys
from importlib.util import find_spec
from pathlib import Path

_LIBRARIES = ("libQt6Quick.so.6", "libQt6WebEngineCore.so.6", "libQt6WebEngineWidgets.so.6")
_FOLDER = "Qt/lib"
"""Folder of the libraries inside the PySide6 package."""


def load_libraries() -> None:
    """Load the libraries. If they are not found, importing the modules loads them later, on the importing thread."""
    if not sys.platform.startswith("linux"):
        return
    # Called through ctypes: it releases the GIL for the duration of the call.
    open_library = ctypes.CDLL(None).dlopen
    open_library.argtypes, open_library.restype = (ctypes.c_char_p, ctypes.c_int), ctypes.c_void_p
    package = find_spec("PySide6")
    folder = Path(package.origin).parent / _FOLDER if package and package.origin else Path()
    for name in _LIBRARIES:
        path = folder / name
        if path.is_file():
            open_library(os.fsencode(path), os.RTLD_NOW)
