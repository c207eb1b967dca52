"""The panel on no screen, with a stage that does what the test says."""

from datetime import UTC, datetime

import pytest
from pytestqt.qtbot import QtBot

from chatdesk.features.previews.domain.preview_item import CodeFile, PreviewItem
from chatdesk.features.previews.ui.panel.page_tabs import PageTab
from chatdesk.features.previews.ui.panel.preview_host import ConsoleLine
from chatdesk.features.previews.ui.panel.preview_panel import PreviewPanel
from chatdesk.features.previews.ui.versions.version_list import VersionRow
from chatdesk.ui_kit.style.appearance import Appearance
from tests.fakes.scripted_preview_host import ScriptedPreviewHosts

CODE = "<title>Snake</title>\n<p>one</p>\n<p>two</p>\n"


def item(text: str = CODE, *, key: str = "a", complete: bool = True) -> PreviewItem:
    file = CodeFile("index.html", text, "html")
    return PreviewItem(key, "Snake", "HTML", (file,), complete, datetime(2026, 5, 1, tzinfo=UTC))


def rows(count: int) -> list[VersionRow]:
    return [VersionRow(f"Version {number}", "12:30", "Answer") for number in range(1, count + 1)]


def _location_of(line: ConsoleLine) -> str:
    return f"index.html:{line.line}" if line.line else ""


@pytest.fixture
def preview_hosts() -> ScriptedPreviewHosts:
    return ScriptedPreviewHosts()


@pytest.fixture
def panel(qtbot: QtBot, appearance: Appearance, preview_hosts: ScriptedPreviewHosts) -> PreviewPanel:
    """A panel in which a page runs."""
    panel = PreviewPanel(appearance, preview_hosts, _location_of)
    qtbot.addWidget(panel)
    panel.resize(620, 700)
    panel.show()
    panel.show_tabs((PageTab("a", "Snake"),), "a")
    panel.show_item(item(), rows(1), 0)
    panel.host_area.run(CODE.encode())
    return panel
