"""Whether all parts of the web engine are there. Asked before it is loaded: without its helper or its data it ends the whole program."""

import sys
from pathlib import Path

from PySide6.QtCore import QLibraryInfo

_RESOURCES = ("icudtl.dat", "qtwebengine_resources.pak", "qtwebengine_resources_100p.pak", "v8_context_snapshot.bin")
_LOCALE = "en-US.pak"
"""Chromium falls back to it from all others."""


def missing_parts() -> list[Path]:
    """Return the files that the web engine needs and that are not there.

    On macOS they lie within the engine's own framework, which is there as a whole or cannot be loaded.
    """
    if sys.platform == "darwin":
        return []
    places = QLibraryInfo.LibraryPath
    helper = "QtWebEngineProcess.exe" if sys.platform == "win32" else "QtWebEngineProcess"
    needed = [
        Path(QLibraryInfo.path(places.LibraryExecutablesPath), helper),
        *(Path(QLibraryInfo.path(places.DataPath), "resources", name) for name in _RESOURCES),
        Path(QLibraryInfo.path(places.TranslationsPath), "qtwebengine_locales", _LOCALE),
    ]
    return [part for part in needed if not part.is_file()]
