"""The panel on no screen, with a stage that does what the test says."""

from datetime import UTC, datetime

import pytest
from pytestqt.qtbot import QtBot

from chatdesk.features.previews.ui.panel.exhibit import CodeFile, Exhibit
from chatdesk.features.previews.ui.panel.page_tabs import PageTab
from chatdesk.features.previews.ui.panel.preview_panel import PreviewPanel
from chatdesk.features.previews.ui.panel.stage import ConsoleLine
from chatdesk.features.previews.ui.versions.version_list import VersionRow
from chatdesk.ui_kit.style.appearance import Appearance
from tests.fakes.scripted_stage import ScriptedStages

CODE = "<title>Snake</title>\n<p>one</p>\n<p>two</p>\n"


def exhibit(text: str = CODE, *, key: str = "a", complete: bool = True) -> Exhibit:
    file = CodeFile("index.html", text, "html")
    return Exhibit(key, "Snake", "HTML", (file,), complete, datetime(2026, 5, 1, tzinfo=UTC))


def rows(count: int) -> list[VersionRow]:
    return [VersionRow(f"Version {number}", "12:30", "Answer") for number in range(1, count + 1)]


def _place_of(line: ConsoleLine) -> str:
    return f"index.html:{line.line}" if line.line else ""


@pytest.fixture
def stages() -> ScriptedStages:
    return ScriptedStages()


@pytest.fixture
def panel(qtbot: QtBot, appearance: Appearance, stages: ScriptedStages) -> PreviewPanel:
    """A panel in which a page runs."""
    panel = PreviewPanel(appearance, stages, _place_of)
    qtbot.addWidget(panel)
    panel.resize(620, 700)
    panel.show()
    panel.show_tabs((PageTab("a", "Snake"),), "a")
    panel.show_exhibit(exhibit(), rows(1), 0)
    panel.stage_area.run(CODE.encode())
    return panel
