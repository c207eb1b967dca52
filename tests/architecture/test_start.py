"""The window starts without loading what only later moments need."""

import subprocess
import sys

from tests.architecture.sources import ROOT

OPENED_LATER = (
    "chatdesk.ui.transcript.find.find_bar",
    "chatdesk.ui.transcript.find.finder",
    "chatdesk.ui.transcript.outline",
    "chatdesk.ui.preview_panel.preview_panel",
    "chatdesk.artifacts",
    "chatdesk.preview",
)
LATER = (
    *OPENED_LATER,
    "PySide6.QtWebEngineCore",
    "PySide6.QtWebEngineWidgets",
    "httpx",
    "numpy",
    "pydantic",
    "pygments",
    "ziamath",
)
PROGRAM = "import sys, chatdesk.app.window\nprint(*sys.modules)"


def test_the_window_loads_nothing_heavy() -> None:
    loaded = subprocess.run(
        [sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=True, cwd=ROOT
    ).stdout.split()
    assert [name for name in LATER if name in loaded] == []
