"""The window starts without loading what only later moments need."""

import subprocess
import sys

from tests.architecture.sources import ROOT, imported, name_of, python_files

OPENED_LATER = (
    "chatdesk.ui.transcript.transcript_view",
    "chatdesk.ui.transcript.page.page_view",
    "chatdesk.ui.pictures.picture_store",
    "chatdesk.rendering.blocks",
    "chatdesk.services.chat_markdown",
    "chatdesk.ui.presets.import_dialog",
    "chatdesk.ui.presets.preset_popup",
    "chatdesk.ui.presets.preset_strip",
    "chatdesk.ui.preview_panel.preview_panel",
    "chatdesk.ui.quick",
    "chatdesk.ui.shell.quick_presenter",
    "chatdesk.app.error_texts",
    "chatdesk.artifacts",
    "chatdesk.preview",
    "chatdesk.providers.http",
    "chatdesk.services.model_guide",
    "chatdesk.services.pictures",
    "chatdesk.services.pulls",
    "chatdesk.storage.migrations",
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
MOST_MODULES = 365
"""Each of our modules costs a start about 0.3 ms. What a first painting does not need is loaded after it: the Late… classes show how."""

PROGRAM = "import sys, chatdesk.app.window\nprint(*sys.modules)"


def test_the_window_loads_nothing_heavy() -> None:
    loaded = subprocess.run(
        [sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=True, cwd=ROOT
    ).stdout.split()
    assert [name for name in LATER if name in loaded] == []
    assert sum(name.startswith("chatdesk.") for name in loaded) <= MOST_MODULES


WITH_A_CHAT = (
    "chatdesk.ui.transcript.find.find_bar",
    "chatdesk.ui.transcript.find.finder",
    "chatdesk.ui.transcript.outline",
    "pygments",
)


def test_the_transcript_loads_nothing_that_is_opened_later() -> None:
    program = "import sys, chatdesk.ui.transcript.transcript_view\nprint(*sys.modules)"
    loaded = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=ROOT
    ).stdout.split()
    assert [name for name in WITH_A_CHAT if name in loaded] == []


DECLARES = "chatdesk/domain/late_dataclass.py"


def test_values_are_declared_without_compiling_their_methods() -> None:
    """The standard decorator costs a start 0.4 ms a class: `from chatdesk.domain.late_dataclass import dataclass` instead."""
    standard = {name_of(file) for file in python_files() if "dataclasses.dataclass" in imported(file)}
    assert standard - {DECLARES} == set()
