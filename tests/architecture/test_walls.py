"""Who may import whom: the layers (contracts in pyproject.toml), and the one place of each library that has one."""

import subprocess
import sys

import pytest

from tests.architecture.sources import ROOT, name_of, python_files, source

# Library: where it may be imported; a folder ends with a slash.
PLACES = {
    "httpx": ["chatdesk/network/http.py", "chatdesk/network/wire/transport.py"],
    "httpcore": ["chatdesk/network/wire/"],
    "keyring": ["chatdesk/system/"],
    "psutil": ["chatdesk/system/"],
    "qasync": ["chatdesk/app/event_loop.py"],
    "sqlite3": ["chatdesk/storage/"],
    "PySide6": ["chatdesk/app/", "chatdesk/features/", "chatdesk/ui_kit/"],
    "PySide6.QtGui.QDesktopServices": ["chatdesk/ui_kit/text/open_link.py"],
    "PySide6.QtNetwork": ["chatdesk/app/"],
    "PySide6.QtWebChannel": [],
    "PySide6.QtWebEngineCore": ["chatdesk/features/previews/web_engine/"],
    "PySide6.QtWebEngineQuick": [],
    "PySide6.QtWebEngineWidgets": ["chatdesk/features/previews/web_engine/"],
}


def test_rooms_keep_to_their_layers() -> None:
    # In a process of its own: it silences all loggers there are.
    lint = "from importlinter.cli import lint_imports; raise SystemExit(lint_imports(no_logo=True, no_cache=True))"
    completed = subprocess.run([sys.executable, "-c", lint], cwd=ROOT, capture_output=True, text=True, check=False)
    assert completed.returncode == 0, completed.stdout + completed.stderr


@pytest.mark.parametrize("library", PLACES)
def test_a_library_stays_in_its_place(library: str) -> None:
    strangers = [
        name_of(file)
        for file in python_files()
        if any(f"{name}.".startswith(f"{library}.") for name in source(file).imported)
        and not name_of(file).startswith(tuple(PLACES[library]))
    ]
    assert strangers == []


def test_no_import_is_relative() -> None:
    assert [
        name_of(file) for file in python_files() if any(name.startswith(".") for name in source(file).imported)
    ] == []
