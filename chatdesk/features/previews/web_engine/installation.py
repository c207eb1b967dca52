"""Check that all parts of the web engine are installed. Must run before it is loaded: without its helper or data it aborts the program."""

import sys
from pathlib import Path

from PySide6.QtCore import QLibraryInfo

_RESOURCES = ("icudtl.dat", "qtwebengine_resources.pak", "qtwebengine_resources_100p.pak", "v8_context_snapshot.bin")
_LOCALE = "en-US.pak"
"""The locale that Chromium falls back to."""


def missing_files() -> list[Path]:
    """Return the files that the web engine needs and that do not exist.

    On macOS they are inside the framework of the engine, which is either complete or cannot be loaded.
    """
    if sys.platform == "darwin":
        return []
    paths = QLibraryInfo.LibraryPath
    helper = "QtWebEngineProcess.exe" if sys.platform == "win32" else "QtWebEngineProcess"
    needed = [
        Path(QLibraryInfo.path(paths.LibraryExecutablesPath), helper),
        *(Path(QLibraryInfo.path(paths.DataPath), "resources", name) for name in _RESOURCES),
        Path(QLibraryInfo.path(paths.TranslationsPath), "qtwebengine_locales", _LOCALE),
    ]
    return [part for part in needed if not part.is_file()]
