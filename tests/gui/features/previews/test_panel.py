"""What the panel shows of a page, and what can be done with it."""

import time

import pytest
from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget
from pytestqt.qtbot import QtBot

from chatdesk.features.previews.ui.panel.devices import Device
from chatdesk.features.previews.ui.panel.page_state import PageState
from chatdesk.features.previews.ui.panel.panel_header import PreviewAction, View
from chatdesk.features.previews.ui.panel.preview_host import ConsoleLine, Ending, Obstacle, Severity
from chatdesk.features.previews.ui.panel.preview_panel import PreviewPanel, ShieldLine
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.widgets.label import Label
from tests.fakes.scripted_preview_host import ScriptedPreviewHosts
from tests.gui.features.previews.conftest import CODE, item, rows

ERROR = ConsoleLine(Severity.ERROR, "ReferenceError: drawTrail is not defined", 2)


def part(panel: PreviewPanel, name: str) -> QWidget:
    found = panel.findChild(QWidget, name)
    assert found is not None, name
    return found


def text_of(panel: PreviewPanel, name: str) -> str:
    label = part(panel, name)
    assert isinstance(label, Label)
    return label.text()


def press(panel: PreviewPanel, name: str) -> None:
    button = part(panel, name)
    assert isinstance(button, QAbstractButton)
    button.click()


def test_a_page_runs_in_the_first_view(panel: PreviewPanel, preview_hosts: ScriptedPreviewHosts) -> None:
    assert preview_hosts.host.opened == [CODE.encode()]
    assert preview_hosts.host.widget.isVisible()
    assert text_of(panel, "previewState") == "Running. Click the page to use the keyboard in it."


def test_the_line_below_says_who_has_the_keyboard(panel: PreviewPanel, preview_hosts: ScriptedPreviewHosts) -> None:
    preview_hosts.host.events.focus_changed.emit(True)
    assert text_of(panel, "previewState") == "Running. Keyboard input goes to the page."


def test_escape_in_the_page_gives_the_keyboard_back(
    qtbot: QtBot, panel: PreviewPanel, preview_hosts: ScriptedPreviewHosts
) -> None:
    with qtbot.waitSignal(panel.left):
        preview_hosts.host.events.escape_pressed.emit()


def test_escape_leaves_full_screen_before_it_leaves_the_page(
    qtbot: QtBot, panel: PreviewPanel, preview_hosts: ScriptedPreviewHosts
) -> None:
    panel.set_full_screen(full=True)
    assert not panel.header.isVisible()
    with qtbot.assertNotEmitted(panel.left), qtbot.waitSignal(panel.action_requested) as blocker:
        preview_hosts.host.events.escape_pressed.emit()
    assert blocker.args == [PreviewAction.FULL_SCREEN]
    assert preview_hosts.host.opened == [CODE.encode()], "the page goes on"


def test_escape_in_the_panel_closes_it(qtbot: QtBot, panel: PreviewPanel) -> None:
    with qtbot.waitSignal(panel.action_requested) as blocker:
        QTest.keyClick(panel.header, Qt.Key.Key_Escape)
    assert blocker.args == [PreviewAction.CLOSE]


def test_reload_runs_the_page_from_its_beginning(panel: PreviewPanel, preview_hosts: ScriptedPreviewHosts) -> None:
    press(panel, "preview.reload")
    assert preview_hosts.host.opened == [CODE.encode()] * 2


def test_blocked_requests_are_reported_with_their_hosts(
    panel: PreviewPanel, preview_hosts: ScriptedPreviewHosts
) -> None:
    assert not part(panel, "blockedRequests").isVisible()
    preview_hosts.host.asks_for(fonts_example_com=2, scores_example_com=1)
    assert part(panel, "blockedRequests").isVisible()
    assert text_of(panel, "blockedRequests").startswith("3 ")
    press(panel, "blockedDetails")
    assert panel.view is View.CONSOLE
    accessible_name = part(panel, "blockedHosts").accessibleName()
    assert "fonts.example.com (2), scores.example.com" in accessible_name


def test_the_console_shows_what_the_page_wrote_and_counts_its_errors(
    panel: PreviewPanel, preview_hosts: ScriptedPreviewHosts
) -> None:
    preview_hosts.host.says(ConsoleLine(Severity.INFO, "hello"), ERROR)
    panel.show_view(View.CONSOLE)
    model = panel.console.list.model()
    assert [model.index(row, 0).data() for row in range(model.rowCount())] == ["hello", ERROR.text]
    spoken = model.index(1, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "Error, ReferenceError: drawTrail is not defined, index.html:2"
    names = [button.accessibleName() for button in panel.header.views.findChildren(QAbstractButton)]
    assert "Console 1" in names


def test_the_page_stays_in_sight_above_its_console(panel: PreviewPanel, preview_hosts: ScriptedPreviewHosts) -> None:
    panel.show_view(View.CONSOLE)
    assert preview_hosts.host.widget.isVisible()
    assert panel.console.isVisible()


def test_the_console_can_show_errors_alone(panel: PreviewPanel, preview_hosts: ScriptedPreviewHosts) -> None:
    preview_hosts.host.says(ConsoleLine(Severity.INFO, "hello"), ConsoleLine(Severity.WARNING, "careful"), ERROR)
    panel.show_view(View.CONSOLE)
    button = next(b for b in part(panel, "consoleFilter").findChildren(QAbstractButton) if b.text() == "Errors")
    button.click()
    assert panel.console.list.model().rowCount() == 1


def test_a_cleared_console_is_empty(panel: PreviewPanel, preview_hosts: ScriptedPreviewHosts) -> None:
    preview_hosts.host.says(ERROR)
    panel.show_view(View.CONSOLE)
    press(panel, "clearConsole")
    assert panel.console.list.model().rowCount() == 0
    assert text_of(panel, "consoleEmpty") == "The page has written no messages."


def test_a_fix_is_offered_only_for_errors(
    qtbot: QtBot, panel: PreviewPanel, preview_hosts: ScriptedPreviewHosts
) -> None:
    panel.show_view(View.CONSOLE)
    preview_hosts.host.says(ConsoleLine(Severity.WARNING, "careful"))
    assert not part(panel, "fixErrors").isVisible()
    preview_hosts.host.says(ERROR)
    with qtbot.waitSignal(panel.fix_requested):
        press(panel, "fixErrors")


def test_a_line_of_the_console_is_chosen_with_enter(
    qtbot: QtBot, panel: PreviewPanel, preview_hosts: ScriptedPreviewHosts
) -> None:
    preview_hosts.host.says(ERROR)
    panel.show_view(View.CONSOLE)
    rows = panel.console.list
    rows.activateWindow()
    rows.setFocus()
    qtbot.waitUntil(rows.hasFocus)
    with qtbot.waitSignal(panel.line_chosen) as blocker:
        rows.setCurrentIndex(rows.model().index(0, 0))
        QTest.keyClick(rows, Qt.Key.Key_Return)
    assert blocker.args == [ERROR]


def test_going_to_a_line_marks_it_in_the_code(panel: PreviewPanel) -> None:
    panel.go_to_code("index.html", 2)
    assert panel.view is View.CODE
    assert panel.code.edit.textCursor().blockNumber() == 1
    assert len(panel.code.edit.extraSelections()) == 1


def test_changed_code_can_be_run(qtbot: QtBot, panel: PreviewPanel) -> None:
    panel.show_view(View.CODE)
    edit = panel.code.edit
    assert not part(panel, "runCode").isVisible()
    edit.setFocus()
    QTest.keyClicks(edit, "x")
    assert part(panel, "runCode").isVisible()
    with qtbot.waitSignal(panel.code_run) as blocker:
        QTest.keyClick(edit, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert blocker.args[0][0].text == f"x{CODE}"


def test_changes_can_be_discarded(panel: PreviewPanel) -> None:
    panel.show_view(View.CODE)
    QTest.keyClicks(panel.code.edit, "x")
    press(panel, "discardChanges")
    assert panel.code.edit.toPlainText() == CODE
    assert not panel.code.has_changes


def test_code_that_is_still_written_is_read_only_and_grows(panel: PreviewPanel) -> None:
    panel.show_item(item("<p>", key="b", complete=False), rows(1), 0)
    panel.show_view(View.CODE)
    assert panel.code.edit.isReadOnly()
    panel.show_item(item("<p>more</p>\n", key="b", complete=False), rows(1), 0)
    assert panel.code.edit.toPlainText() == "<p>more</p>\n"


def test_versions_are_stepped_through(qtbot: QtBot, panel: PreviewPanel) -> None:
    assert not panel.header.versions.isVisible()
    panel.show_item(item(), rows(2), 1)
    assert panel.header.versions.isVisible()
    assert not part(panel, "versionAfter").isEnabled()
    with qtbot.waitSignal(panel.version_chosen) as blocker:
        press(panel, "versionBefore")
    assert blocker.args == [0]


@pytest.mark.parametrize("why", list(Ending))
def test_a_page_that_ended_says_why_and_can_be_restarted(
    panel: PreviewPanel, preview_hosts: ScriptedPreviewHosts, why: Ending
) -> None:
    preview_hosts.host.end(why)
    assert not preview_hosts.host.widget.isVisible()
    assert text_of(panel, "stateTitle")
    assert text_of(panel, "stateReason")
    press(panel, "state.restart")
    assert preview_hosts.host.opened == [CODE.encode()] * 2
    assert panel.host_area.state is PageState.RUNNING


def test_a_page_that_does_not_answer_can_be_stopped(panel: PreviewPanel, preview_hosts: ScriptedPreviewHosts) -> None:
    preview_hosts.host.events.unresponsive.emit(True)
    strip = part(panel, "unresponsiveStrip")
    assert strip.isVisible()
    next(button for button in strip.findChildren(QAbstractButton) if button.text() == "Stop").click()
    assert preview_hosts.host.stopped
    assert panel.host_area.state is PageState.ENDED


def test_a_page_that_takes_the_whole_computer_can_be_stopped_and_is_left_alone_when_it_rests(
    panel: PreviewPanel, preview_hosts: ScriptedPreviewHosts
) -> None:
    strip = part(panel, "greedyStrip")
    preview_hosts.host.events.high_load.emit(True)
    assert strip.isVisible()
    preview_hosts.host.events.high_load.emit(False)
    assert not strip.isVisible()
    preview_hosts.host.events.high_load.emit(True)
    next(button for button in strip.findChildren(QAbstractButton) if button.text() == "Stop").click()
    assert preview_hosts.host.stopped
    assert not strip.isVisible()


def test_a_page_that_does_not_answer_is_reported_once_not_in_two_ways(
    panel: PreviewPanel, preview_hosts: ScriptedPreviewHosts
) -> None:
    for tell in (
        preview_hosts.host.events.high_load,
        preview_hosts.host.events.unresponsive,
        preview_hosts.host.events.high_load,
    ):
        tell.emit(True)
    assert part(panel, "unresponsiveStrip").isVisible()
    assert not part(panel, "greedyStrip").isVisible()


def test_a_page_that_misses_its_graphics_is_reported_until_another_runs(
    panel: PreviewPanel, preview_hosts: ScriptedPreviewHosts
) -> None:
    preview_hosts.host.events.graphics_missing.emit()
    assert "WebGL" in part(panel, "graphicsStrip").accessibleName()
    assert part(panel, "graphicsStrip").isVisible()
    panel.reload()
    assert not part(panel, "graphicsStrip").isVisible()


def test_a_dialog_that_was_refused_is_reported_until_another_page_runs(
    panel: PreviewPanel, preview_hosts: ScriptedPreviewHosts
) -> None:
    preview_hosts.host.events.dialog_refused.emit()
    assert "cannot open dialogs" in part(panel, "dialogStrip").accessibleName()
    assert part(panel, "dialogStrip").isVisible()
    panel.reload()
    assert not part(panel, "dialogStrip").isVisible()


def test_the_pointer_is_given_only_when_allowed(panel: PreviewPanel, preview_hosts: ScriptedPreviewHosts) -> None:
    preview_hosts.host.events.pointer_requested.emit()
    strip = part(panel, "pointerStrip")
    assert strip.isVisible()
    assert not preview_hosts.host.pointer_granted
    next(button for button in strip.findChildren(QAbstractButton) if button.text() == "Allow").click()
    assert preview_hosts.host.pointer_granted


def test_what_a_page_says_is_shown_as_plain_words(panel: PreviewPanel, preview_hosts: ScriptedPreviewHosts) -> None:
    preview_hosts.host.events.message_shown.emit("<b>Game over</b>\nagain?")
    assert part(panel, "spokenStrip").accessibleName() == "The page says: “<b>Game over</b> again?”"


def test_a_hidden_panel_freezes_its_page(panel: PreviewPanel, preview_hosts: ScriptedPreviewHosts) -> None:
    panel.hide()
    assert preview_hosts.host.paused
    panel.show()
    assert not preview_hosts.host.paused


def test_a_page_is_shown_as_on_a_phone(panel: PreviewPanel, preview_hosts: ScriptedPreviewHosts) -> None:
    panel.host_area.show_as(Device.PHONE, rotated=False)
    size = preview_hosts.host.widget.size()
    assert size.height() > size.width()
    assert round(size.width() / preview_hosts.host.factor) == 390
    panel.host_area.show_as(Device.PHONE, rotated=True)
    assert preview_hosts.host.widget.width() > preview_hosts.host.widget.height()
    panel.host_area.show_as(Device.FIT, rotated=False)
    assert preview_hosts.host.widget.size() == QSize(panel.host_area.width(), panel.host_area.height())


def test_where_no_sandbox_runs_no_page_opens_and_the_ways_on_are_offered(qtbot: QtBot, appearance: Appearance) -> None:
    preview_hosts = ScriptedPreviewHosts(Obstacle.FORBIDDEN)
    panel = PreviewPanel(appearance, preview_hosts, lambda _line: "")
    qtbot.addWidget(panel)
    panel.show()
    panel.show_item(item(), rows(1), 0)
    panel.host_area.run(CODE.encode())
    assert preview_hosts.made == []
    assert text_of(panel, "stateTitle") == "The preview cannot run here"
    for name in ("state.code", "state.save", "state.outside"):
        assert part(panel, name).isVisible()
    press(panel, "state.code")
    assert panel.view is View.CODE


def test_every_control_of_the_panel_has_a_name(panel: PreviewPanel, preview_hosts: ScriptedPreviewHosts) -> None:
    preview_hosts.host.says(ERROR)
    for view in (View.PREVIEW, View.CODE, View.CONSOLE):
        panel.show_view(view)
        for button in panel.findChildren(QAbstractButton):
            if button.isVisible():
                interface = QAccessible.queryAccessibleInterface(button)
                assert interface.text(QAccessible.Text.Name), button.objectName()


def test_long_code_gets_its_colours_without_a_pause(panel: PreviewPanel) -> None:
    panel.show_view(View.CODE)
    code = "".join(f"<script>const value{number} = 'text {number}';</script>\n" for number in range(4_000))
    panel.show_item(item(code, key="long"), rows(1), 0)
    longest, last = 0.0, panel.code.edit.document().lastBlock().previous()
    for _ in range(5_000):
        before = time.thread_time()
        QApplication.processEvents()
        longest = max(longest, time.thread_time() - before)
        if last.layout().formats():
            break
    assert last.layout().formats(), "the last line has its colours in the end"
    assert longest < 0.05


def test_code_that_nobody_sees_is_not_laid_out(panel: PreviewPanel) -> None:
    panel.show_item(item("<p>another", key="b"), rows(1), 0)
    assert "another" not in panel.code.edit.toPlainText()
    panel.show_view(View.CODE)
    assert panel.code.edit.toPlainText() == "<p>another"


def test_colours_alone_are_no_change_of_the_code(panel: PreviewPanel) -> None:
    panel.show_view(View.CODE)
    QTest.keyClicks(panel.code.edit, "x")
    assert list(panel.code.take_drafts()) == ["a"]
    panel.code.edit.colors.rehighlight()
    panel.code.edit.textChanged.emit()
    assert panel.code.take_drafts() == {}


@pytest.mark.parametrize("full", [False, True])
def test_a_page_is_always_under_the_line_that_says_what_it_is(panel: PreviewPanel, *, full: bool) -> None:
    """A page that imitates a question of ours does so under our words, and covers nothing of them."""
    panel.set_full_screen(full=full)
    shield = panel.findChild(ShieldLine)
    assert shield is not None
    assert shield.isVisible()
    assert any(label.text() == "Generated content, no network" for label in shield.findChildren(Label))
    host = panel.host_area._host
    assert host is not None
    page = QRect(host.widget.mapToGlobal(QPoint()), host.widget.size())
    assert page.isValid()
    assert not page.intersects(QRect(shield.mapToGlobal(QPoint()), shield.size()))
