"""The window starts without loading what only later moments need."""

import subprocess
import sys

import pytest

from chatdesk.app.plain_imports import LATER_WIDGETS
from tests.architecture.sources import ROOT, name_of, python_files, source

OPENED_LATER = (
    "chatdesk.features.chat.ui.transcript.transcript_view",
    "chatdesk.features.chat.ui.transcript.page.page_view",
    "chatdesk.ui_kit.pictures.picture_store",
    "chatdesk.rendering.markdown.blocks",
    "chatdesk.features.conversations.services.files.chat_markdown",
    "chatdesk.features.presets.ui.importing.import_sheet",
    "chatdesk.features.presets.ui.use.preset_popup",
    "chatdesk.features.presets.ui.use.preset_strip",
    "chatdesk.features.previews.ui.panel.preview_panel",
    "chatdesk.features.quick.ui.quick_presenter",
    "chatdesk.features.quick.ui.quick_window",
    "chatdesk.app.console.error_texts",
    "chatdesk.features.previews.domain.artifact",
    "chatdesk.features.previews.web_engine",
    "chatdesk.network.http",
    "chatdesk.features.models.services.model_catalogue",
    "chatdesk.features.attachments.services.pictures",
    "chatdesk.features.models.services.pulls",
    "chatdesk.storage.migrations",
)
LATER = (
    *OPENED_LATER,
    "PySide6.QtWebEngineCore",
    "PySide6.QtWebEngineWidgets",
    "httpx",
    "numpy",
    "psutil",
    "pydantic",
    "pygments",
    "ziamath",
)
MOST_MODULES = 356
"""Each of our modules costs a start about 0.3 ms. What a first painting does not need is loaded after it, through `Lazy`."""

PROGRAM = """
import sys, chatdesk.app.window
print(*sys.modules)
import chatdesk.features.chat.ui.transcript.transcript_view
print(*sys.modules)
"""


@pytest.fixture(scope="module")
def loaded() -> list[list[str]]:
    """The modules that the window loads, and those that are loaded once it shows a chat."""
    command = [sys.executable, "-c", PROGRAM]
    lines = subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT).stdout.splitlines()
    return [line.split() for line in lines]


def test_the_window_loads_nothing_heavy(loaded: list[list[str]]) -> None:
    at_start, _ = loaded
    assert [name for name in LATER if name in at_start] == []
    assert sum(name.startswith("chatdesk.") for name in at_start) <= MOST_MODULES


def test_asking_on_the_command_line_loads_no_facts_of_the_machine() -> None:
    program = "import sys, chatdesk.app.ask, chatdesk.app.console.calling\nprint(*sys.modules)"
    loaded = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=ROOT
    ).stdout.split()
    assert "psutil" not in loaded


WITH_A_CHAT = (
    "chatdesk.features.chat.ui.transcript.find.find_bar",
    "chatdesk.features.chat.ui.transcript.find.finder",
    "chatdesk.features.chat.ui.transcript.outline",
    "pygments",
)


def test_the_transcript_loads_nothing_that_is_opened_later(loaded: list[list[str]]) -> None:
    _, with_a_chat = loaded
    assert [name for name in WITH_A_CHAT if name in with_a_chat] == []


DECLARES = "chatdesk/kernel/fast_dataclass.py"


def test_values_are_declared_without_compiling_their_methods() -> None:
    """The standard decorator costs a start 0.4 ms a class: `from chatdesk.kernel.fast_dataclass import dataclass` instead."""
    standard = {name_of(file) for file in python_files() if "dataclasses.dataclass" in source(file).imported}
    assert standard - {DECLARES} == set()


CREATED = """
import chatdesk.app.window, PySide6.QtWidgets as widgets
print(*vars(widgets))
"""


def test_every_widget_class_that_a_later_module_names_is_created_after_the_first_paint() -> None:
    """Of two threads that look up a class of PySide6 at once, one can wait forever, and modules are imported on threads."""
    command = [sys.executable, "-c", CREATED]
    at_start = set(subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT).stdout.split())
    named = {
        name.removeprefix("PySide6.QtWidgets.")
        for file in python_files()
        for name in source(file).imported
        if name.startswith("PySide6.QtWidgets.")
    }
    assert named - at_start - {"*"} == LATER_WIDGETS
