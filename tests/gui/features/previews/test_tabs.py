"""Several pages as tabs: one runs, a few are frozen, older ones are put away."""

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QTabBar, QWidget
from pytestqt.qtbot import QtBot

from chatdesk.features.previews.ui.panel.devices import Device
from chatdesk.features.previews.ui.panel.host_stack import MAX_FROZEN
from chatdesk.features.previews.ui.panel.page_state import PageState
from chatdesk.features.previews.ui.panel.page_tabs import PageTab
from chatdesk.features.previews.ui.panel.panel_header import View
from chatdesk.features.previews.ui.panel.preview_host import ConsoleLine, Severity
from chatdesk.features.previews.ui.panel.preview_panel import PreviewPanel
from tests.fakes.scripted_preview_host import ScriptedPreviewHost, ScriptedPreviewHosts

TABS = tuple(
    PageTab(key, title) for key, title in (("a", "Snake"), ("b", "Clock & more"), ("c", "三体"), ("d", "Quiz"))
)


def open_all(panel: PreviewPanel, preview_hosts: ScriptedPreviewHosts) -> list[ScriptedPreviewHost]:
    """Run a page in each tab; the first runs already."""
    for place in range(1, len(TABS)):
        panel.show_tabs(TABS[: place + 1], TABS[place].key)
        panel.host_area.run(b"page")
    return preview_hosts.made


def test_one_thing_needs_no_tabs(panel: PreviewPanel) -> None:
    assert not panel.tabs.isVisible()
    panel.show_tabs(TABS[:2], "b")
    assert panel.tabs.isVisible()


def test_only_the_page_in_front_runs(panel: PreviewPanel, preview_hosts: ScriptedPreviewHosts) -> None:
    made = open_all(panel, preview_hosts)
    assert [host.paused for host in made] == [True, True, True, False]
    panel.show_tabs(TABS, "b")
    assert [host.paused for host in made] == [True, False, True, True]
    assert [len(host.opened) for host in made] == [1, 1, 1, 1], "none has started anew"


def test_more_than_a_few_frozen_pages_are_put_away_the_oldest_first(
    panel: PreviewPanel, preview_hosts: ScriptedPreviewHosts
) -> None:
    open_all(panel, preview_hosts)
    more = (*TABS, PageTab("e", "Chart"))
    panel.show_tabs(more, "e")
    panel.host_area.run(b"page")
    assert not preview_hosts.made[0].runs
    assert sum(area.has_host for area in panel.preview_hosts.findChildren(type(panel.host_area))) == MAX_FROZEN + 1
    assert panel.tabs.tabToolTip(0) == "Snake (unloaded to save memory; restarts when opened)"
    assert panel.tabs.tabToolTip(1) == "Clock & more"


def test_a_page_that_was_put_away_starts_anew_and_says_so(
    panel: PreviewPanel, preview_hosts: ScriptedPreviewHosts
) -> None:
    open_all(panel, preview_hosts)
    panel.show_tabs((*TABS, PageTab("e", "Chart")), "e")
    panel.host_area.run(b"page")
    panel.show_tabs((*TABS, PageTab("e", "Chart")), "a")
    assert panel.host_area.state is PageState.UNLOADED
    panel.host_area.restart_unloaded()
    assert panel.host_area.state is PageState.RUNNING
    said = panel.host_area.findChild(QWidget, "restartedStrip")
    assert said.isVisible()
    assert said.accessibleName() == "The page was unloaded to save memory, and has been restarted."


def test_console_size_and_zoom_are_of_the_tab(panel: PreviewPanel, preview_hosts: ScriptedPreviewHosts) -> None:
    open_all(panel, preview_hosts)
    preview_hosts.made[3].says(ConsoleLine(Severity.INFO, "of the quiz"))
    panel.host_area.show_as(Device.PHONE, rotated=False)
    panel.host_area.zoom(1)
    panel.show_view(View.CONSOLE)
    panel.show_tabs(TABS, "a")
    assert panel.console.list.model().rowCount() == 0
    assert panel.host_area.size_shown.device is Device.FIT
    panel.show_tabs(TABS, "d")
    assert panel.console.list.model().index(0, 0).data() == "of the quiz"
    assert panel.host_area.size_shown.device is Device.PHONE
    assert panel.host_area.size_shown.zoom > 1


def test_what_a_page_behind_writes_is_not_shown(panel: PreviewPanel, preview_hosts: ScriptedPreviewHosts) -> None:
    open_all(panel, preview_hosts)
    preview_hosts.made[0].says(ConsoleLine(Severity.ERROR, "from behind"))
    assert panel.console.list.model().rowCount() == 0


def test_a_tab_is_chosen_and_closed_by_mouse(
    qtbot: QtBot, panel: PreviewPanel, preview_hosts: ScriptedPreviewHosts
) -> None:
    open_all(panel, preview_hosts)
    with qtbot.waitSignal(panel.tab_chosen) as chosen:
        QTest.mouseClick(panel.tabs, Qt.MouseButton.LeftButton, pos=panel.tabs.tabRect(1).center() - QPoint(20, 0))
    assert chosen.args == ["b"]
    with qtbot.waitSignal(panel.tab_closed) as closed:
        QTest.mouseClick(panel.tabs, Qt.MouseButton.MiddleButton, pos=panel.tabs.tabRect(2).center())
    assert closed.args == ["c"]
    cross = panel.tabs.tabButton(0, QTabBar.ButtonPosition.RightSide)
    assert cross.accessibleName() == "Close “Snake”"
    with qtbot.waitSignal(panel.tab_closed) as closed:
        cross.click()
    assert closed.args == ["a"]


def test_a_tab_is_chosen_and_closed_by_keyboard(
    qtbot: QtBot, panel: PreviewPanel, preview_hosts: ScriptedPreviewHosts
) -> None:
    open_all(panel, preview_hosts)
    panel.tabs.setFocus()
    with qtbot.waitSignal(panel.tab_chosen) as chosen:
        QTest.keyClick(panel.tabs, Qt.Key.Key_Left)
    assert chosen.args == ["c"]
    with qtbot.waitSignal(panel.tab_closed) as closed:
        QTest.keyClick(panel.tabs, Qt.Key.Key_Delete)
    assert closed.args == ["c"]


def test_the_wheel_starts_no_page(qtbot: QtBot, panel: PreviewPanel, preview_hosts: ScriptedPreviewHosts) -> None:
    open_all(panel, preview_hosts)
    place = QPointF(panel.tabs.rect().center())
    turn = QWheelEvent(
        place,
        QPointF(panel.tabs.mapToGlobal(place.toPoint())),
        QPoint(0, -120),
        QPoint(0, -120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    with qtbot.assertNotEmitted(panel.tab_chosen):
        QApplication.sendEvent(panel.tabs, turn)


def test_titles_make_no_shortcuts_of_their_own(panel: PreviewPanel) -> None:
    panel.show_tabs((PageTab("a", "A && B &Clock"), PageTab("b", "b")), "a")
    assert panel.tabs.tabText(0) == "A &&&& B &&Clock"


def test_many_tabs_are_cut_and_then_scroll(panel: PreviewPanel) -> None:
    many = tuple(PageTab(str(number), f"A rather long title {number}") for number in range(20))
    panel.show_tabs(many, "19")
    assert panel.tabs.width() <= panel.width()
    assert panel.tabs.tabRect(19).right() <= panel.tabs.width(), "the one in front is in view"


@pytest.mark.parametrize("view", [View.CODE, View.VERSIONS])
def test_a_page_rests_while_its_code_covers_it(
    panel: PreviewPanel, preview_hosts: ScriptedPreviewHosts, view: View
) -> None:
    panel.show_view(view)
    assert preview_hosts.host.paused
    assert panel.host_area.state is PageState.PAUSED
    panel.show_view(View.PREVIEW)
    assert not preview_hosts.host.paused


def test_a_closed_tab_ends_its_page(panel: PreviewPanel, preview_hosts: ScriptedPreviewHosts) -> None:
    made = open_all(panel, preview_hosts)
    panel.preview_hosts.remove("b")
    panel.show_tabs((TABS[0], *TABS[2:]), "d")
    assert [host.runs for host in made] == [True, False, True, True]
    assert panel.tabs.count() == 3
