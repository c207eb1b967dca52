"""The panel in a window of its own, and back."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from chatdesk.features.previews.ui.panel.panel_header import PreviewAction
from chatdesk.features.previews.ui.panel.preview_host import ConsoleLine, Severity
from chatdesk.features.previews.ui.panel.preview_panel import PreviewPanel
from chatdesk.features.previews.ui.preview_actions import PreviewWindow
from chatdesk.kernel.settings.declarations import PREVIEW_WINDOW
from tests.fakes.scripted_preview_host import ScriptedPreviewHosts
from tests.gui.window.harness import FakeModel, Harness
from tests.gui.window.previews.test_preview import panel
from tests.gui.window.previews.test_preview_tabs import make, page, preview_hosts, previews

__all__ = ["preview_hosts", "previews"]


def own_window() -> PreviewWindow | None:
    found = [each for each in QApplication.topLevelWidgets() if isinstance(each, PreviewWindow) and each.isVisible()]
    return found[0] if found else None


async def move_out(
    harness: Harness, fake_model: FakeModel, preview_hosts: ScriptedPreviewHosts, title: str = "Snake"
) -> PreviewPanel:
    await make(harness, fake_model, title)
    await harness.until(lambda: preview_hosts.made and preview_hosts.host.runs)
    shown = panel(harness)
    shown.action_requested.emit(PreviewAction.OWN_WINDOW)
    assert own_window() is shown.window()
    return shown


async def test_the_page_goes_on_in_the_other_window_and_back(
    harness: Harness, fake_model: FakeModel, preview_hosts: ScriptedPreviewHosts
) -> None:
    shown = await move_out(harness, fake_model, preview_hosts)
    assert harness.transcript.isVisible()
    assert not preview_hosts.host.paused
    own_window().close()
    assert shown.window() is harness.window
    assert shown.isVisible()
    assert own_window() is None
    assert not preview_hosts.host.paused
    assert len(preview_hosts.host.opened) == 1


async def test_its_title_is_what_is_shown_as_plain_words(
    harness: Harness, fake_model: FakeModel, preview_hosts: ScriptedPreviewHosts
) -> None:
    await move_out(harness, fake_model, preview_hosts, "Snake")
    assert own_window().windowTitle() == "Snake"
    own_window().show_title("a[*]b")
    assert own_window().windowTitle() == "a[*][*]b", "Qt would put its mark of changes there"


async def test_escape_leaves_full_screen_then_brings_the_panel_back(
    harness: Harness, fake_model: FakeModel, preview_hosts: ScriptedPreviewHosts
) -> None:
    shown = await move_out(harness, fake_model, preview_hosts)
    shown.action_requested.emit(PreviewAction.FULL_SCREEN)
    assert own_window().isFullScreen()
    assert not harness.window.isFullScreen()
    QTest.keyClick(shown, Qt.Key.Key_Escape)
    assert not own_window().isFullScreen()
    QTest.keyClick(shown, Qt.Key.Key_Escape)
    assert own_window() is None
    assert shown.window() is harness.window
    assert preview_hosts.host.runs


async def test_its_size_is_remembered(
    harness: Harness, fake_model: FakeModel, preview_hosts: ScriptedPreviewHosts
) -> None:
    shown = await move_out(harness, fake_model, preview_hosts)
    own_window().resize(701, 555)
    own_window().close()
    assert harness.program.window_state.get(PREVIEW_WINDOW)
    shown.action_requested.emit(PreviewAction.OWN_WINDOW)
    assert (own_window().width(), own_window().height()) == (701, 555)


async def test_another_chat_leaves_it_as_it_is(
    harness: Harness, fake_model: FakeModel, preview_hosts: ScriptedPreviewHosts
) -> None:
    shown = await move_out(harness, fake_model, preview_hosts)
    harness.window.navigation.new_chat()
    await harness.until(lambda: harness.chat_page.shows_start)
    assert shown.isVisible()
    assert not preview_hosts.host.paused


async def test_a_question_for_a_fix_goes_to_the_chat_the_page_is_from(
    harness: Harness, fake_model: FakeModel, preview_hosts: ScriptedPreviewHosts
) -> None:
    shown = await move_out(harness, fake_model, preview_hosts)
    chat = harness.chat_presenter.conversation_id
    harness.type("Half a thought")
    harness.window.navigation.new_chat()
    await harness.until(lambda: harness.chat_page.shows_start)
    harness.type("Something else")
    preview_hosts.host.says(ConsoleLine(Severity.ERROR, "ReferenceError: begin is not defined", 1))
    shown.fix_requested.emit()
    await harness.until(lambda: "begin is not defined" in harness.edit.toPlainText())
    assert harness.chat_presenter.conversation_id == chat
    assert harness.edit.toPlainText().startswith("Half a thought")
    await harness.until(lambda: "Something else" in harness.listed())  # a draft
    harness.click_row("Something else")
    await harness.until(lambda: harness.edit.toPlainText() == "Something else")


async def test_its_last_tab_closes_it(
    harness: Harness, fake_model: FakeModel, preview_hosts: ScriptedPreviewHosts
) -> None:
    shown = await move_out(harness, fake_model, preview_hosts)
    shown.tab_closed.emit(shown._tabs[0].key)
    assert own_window() is None
    assert not shown.isVisible()
    assert not preview_hosts.host.runs


async def test_it_ends_with_the_program(
    harness: Harness, fake_model: FakeModel, preview_hosts: ScriptedPreviewHosts
) -> None:
    await move_out(harness, fake_model, preview_hosts)
    await harness.close()
    assert own_window() is None
    assert not preview_hosts.host.runs
    assert preview_hosts.host.opened == [page("Snake").encode()]
