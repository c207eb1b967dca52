"""Several pages in the real engine: frozen and brought back as they were, put away, and moved to another window and back."""

import time
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from chatdesk.app.preview_hosts import EnginePreviewHosts
from chatdesk.features.previews.ui.panel.host_area import PreviewHostArea
from chatdesk.features.previews.ui.panel.page_state import PageState
from chatdesk.features.previews.ui.panel.page_tabs import PageTab
from chatdesk.features.previews.ui.panel.preview_panel import PreviewPanel
from chatdesk.ui_kit.style.appearance import Appearance
from tests.gui.conftest import appearance, icons, preferences
from tests.paths import RESOURCES
from tests.preview.harness import wait_until

__all__ = ["appearance", "icons", "preferences"]

COLORS = {"a": "#ff0000", "b": "#00ff00", "c": "#0000ff", "d": "#ffff00", "e": "#00ffff"}
TABS = tuple(PageTab(key, key) for key in COLORS)


def page(key: str) -> bytes:
    counts = (
        "var n = 0, longest = 0, last = Date.now();"
        "setInterval(() => { n++; const now = Date.now(); longest = Math.max(longest, now - last); last = now }, 20)"
    )
    return f"<body style='margin:0;background:{COLORS[key]}'><script>{counts}</script>".encode()


@pytest.fixture
def panel(qtbot: QtBot, appearance: Appearance) -> Iterator[PreviewPanel]:
    panel = PreviewPanel(appearance, EnginePreviewHosts(RESOURCES / "preview"), lambda _line: "")
    panel.resize(500, 600)
    panel.show()
    qtbot.waitExposed(panel)
    yield panel
    for key in COLORS:
        panel.preview_hosts.remove(key)
    panel.close()
    gone: list[bool] = []
    panel.destroyed.connect(lambda: gone.append(True))
    panel.deleteLater()
    wait_until(lambda: gone)


def open_tab(panel: PreviewPanel, key: str) -> PreviewHostArea:
    panel.show_tabs(TABS, key)
    area = panel.host_area
    area.run(page(key))
    wait_until(lambda: color(area) == COLORS[key] and count(area) > 0)
    assert color(area) == COLORS[key]
    return area


def count(area: PreviewHostArea) -> int:
    """How often the page's timer has fired."""
    return ask(area, "window.n || 0")


def ask(area: PreviewHostArea, expression: str) -> int:
    answers: list[float] = []
    assert area._host
    area._host._run.page.runJavaScript(expression, answers.append)
    wait_until(lambda: answers)
    return int(answers[0])


def is_frozen(area: PreviewHostArea) -> bool:
    assert area._host
    page = area._host._run.page
    return page.lifecycleState() == page.LifecycleState.Frozen


def color(area: PreviewHostArea) -> str:
    """What is seen on the screen in the middle of the page."""
    spot = area.mapToGlobal(QPoint(area.width() // 2, area.height() // 2))
    return area.screen().grabWindow(0).toImage().pixelColor(spot).name()


def test_a_page_behind_is_frozen_and_goes_on_when_it_comes_back(panel: PreviewPanel) -> None:
    first = open_tab(panel, "a")
    before = count(first)
    second = open_tab(panel, "b")
    wait_until(lambda: is_frozen(first))
    start, ticks = time.monotonic(), count(second)
    wait_until(lambda: count(second) > ticks + 30)
    frozen = int((time.monotonic() - start) * 1000)
    panel.show_tabs(TABS, "a")
    wait_until(lambda: color(first) == COLORS["a"] and ask(first, "longest") >= frozen)
    now = count(first)
    assert ask(first, "longest") >= frozen, "its timer did not fire"
    assert now >= before, "it did not restart"
    wait_until(lambda: count(first) > now)
    assert count(first) > now


def test_more_pages_than_a_few_are_put_away(panel: PreviewPanel) -> None:
    for key in COLORS:
        open_tab(panel, key)
    alive = [area for area in panel.preview_hosts.findChildren(PreviewHostArea) if area.has_host]
    assert len(alive) == 4
    panel.show_tabs(TABS, "a")
    panel.host_area.restart_unloaded()
    wait_until(lambda: color(panel.host_area) == COLORS["a"])
    assert color(panel.host_area) == COLORS["a"]


def test_a_page_is_seen_and_goes_on_in_another_window_and_back(panel: PreviewPanel) -> None:
    behind = open_tab(panel, "a")
    area = open_tab(panel, "b")
    home, away = QWidget(), QWidget()
    for place, holder in enumerate((home, away)):
        QVBoxLayout(holder).setContentsMargins(0, 0, 0, 0)
        holder.setGeometry(550 * place, 30, 500, 600)
    for holder in (home, away, home):
        before = count(area)
        holder.layout().addWidget(panel)
        holder.show()
        panel.show()
        wait_until(lambda: color(area) == COLORS["b"])
        assert color(area) == COLORS["b"]
        assert count(area) >= before
        panel.show_tabs(TABS, "a")
        wait_until(lambda: color(behind) == COLORS["a"])
        assert color(behind) == COLORS["a"]
        panel.show_tabs(TABS, "b")
    panel.setParent(None)
    for holder in (home, away):
        holder.close()
        holder.deleteLater()


def test_a_page_in_an_endless_loop_does_not_run_on_behind_another(panel: PreviewPanel) -> None:
    first = open_tab(panel, "a")
    assert first._host
    first._host._run.page.runJavaScript("setTimeout(() => { while (true) {} }, 0)")
    panel.show_tabs(TABS, "b")
    wait_until(lambda: first.state is PageState.ENDED)
    assert first.state is PageState.ENDED
