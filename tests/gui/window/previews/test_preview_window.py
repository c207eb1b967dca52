"""The panel in a window of its own, and back."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from chatdesk.features.previews.ui.panel.panel_header import Deed
from chatdesk.features.previews.ui.panel.preview_panel import PreviewPanel
from chatdesk.features.previews.ui.panel.stage import ConsoleLine, Severity
from chatdesk.features.previews.ui.preview_deeds import PreviewWindow
from chatdesk.kernel.settings.declarations import PREVIEW_WINDOW
from tests.fakes.scripted_stage import ScriptedStages
from tests.gui.window.desk import Desk, Speaker
from tests.gui.window.previews.test_preview import panel
from tests.gui.window.previews.test_preview_tabs import make, page, previews, stages

__all__ = ["previews", "stages"]


def own_window() -> PreviewWindow | None:
    found = [each for each in QApplication.topLevelWidgets() if isinstance(each, PreviewWindow) and each.isVisible()]
    return found[0] if found else None


async def move_out(desk: Desk, speaker: Speaker, stages: ScriptedStages, title: str = "Snake") -> PreviewPanel:
    await make(desk, speaker, title)
    await desk.until(lambda: stages.made and stages.stage.runs)
    shown = panel(desk)
    shown.deed_wanted.emit(Deed.OWN_WINDOW)
    assert own_window() is shown.window()
    return shown


async def test_the_page_goes_on_in_the_other_window_and_back(
    desk: Desk, speaker: Speaker, stages: ScriptedStages
) -> None:
    shown = await move_out(desk, speaker, stages)
    assert desk.transcript.isVisible()
    assert not stages.stage.paused
    own_window().close()
    assert shown.window() is desk.window
    assert shown.isVisible()
    assert own_window() is None
    assert not stages.stage.paused
    assert len(stages.stage.opened) == 1


async def test_its_title_is_what_is_shown_as_plain_words(desk: Desk, speaker: Speaker, stages: ScriptedStages) -> None:
    await move_out(desk, speaker, stages, "Snake")
    assert own_window().windowTitle() == "Snake"
    own_window().show_title("a[*]b")
    assert own_window().windowTitle() == "a[*][*]b", "Qt would put its mark of changes there"


async def test_escape_leaves_full_screen_then_brings_the_panel_back(
    desk: Desk, speaker: Speaker, stages: ScriptedStages
) -> None:
    shown = await move_out(desk, speaker, stages)
    shown.deed_wanted.emit(Deed.FULL_SCREEN)
    assert own_window().isFullScreen()
    assert not desk.window.isFullScreen()
    QTest.keyClick(shown, Qt.Key.Key_Escape)
    assert not own_window().isFullScreen()
    QTest.keyClick(shown, Qt.Key.Key_Escape)
    assert own_window() is None
    assert shown.window() is desk.window
    assert stages.stage.runs


async def test_its_size_is_remembered(desk: Desk, speaker: Speaker, stages: ScriptedStages) -> None:
    shown = await move_out(desk, speaker, stages)
    own_window().resize(701, 555)
    own_window().close()
    assert desk.program.window_state.get(PREVIEW_WINDOW)
    shown.deed_wanted.emit(Deed.OWN_WINDOW)
    assert (own_window().width(), own_window().height()) == (701, 555)


async def test_another_chat_leaves_it_as_it_is(desk: Desk, speaker: Speaker, stages: ScriptedStages) -> None:
    shown = await move_out(desk, speaker, stages)
    desk.window.navigation.new_chat()
    await desk.until(lambda: desk.window._page.shows_start)
    assert shown.isVisible()
    assert not stages.stage.paused


async def test_a_question_for_a_fix_goes_to_the_chat_the_page_is_from(
    desk: Desk, speaker: Speaker, stages: ScriptedStages
) -> None:
    shown = await move_out(desk, speaker, stages)
    chat = desk.window._chat.conversation_id
    desk.type("Half a thought")
    desk.window.navigation.new_chat()
    await desk.until(lambda: desk.window._page.shows_start)
    desk.type("Something else")
    stages.stage.says(ConsoleLine(Severity.ERROR, "ReferenceError: begin is not defined", 1))
    shown.fix_wanted.emit()
    await desk.until(lambda: "begin is not defined" in desk.edit.toPlainText())
    assert desk.window._chat.conversation_id == chat
    assert desk.edit.toPlainText().startswith("Half a thought")
    desk.window.navigation.new_chat()
    await desk.until(lambda: desk.window._page.shows_start)
    assert desk.edit.toPlainText() == "Something else"


async def test_its_last_tab_closes_it(desk: Desk, speaker: Speaker, stages: ScriptedStages) -> None:
    shown = await move_out(desk, speaker, stages)
    shown.tab_closed.emit(shown._tabs[0].key)
    assert own_window() is None
    assert not shown.isVisible()
    assert not stages.stage.runs


async def test_it_ends_with_the_program(desk: Desk, speaker: Speaker, stages: ScriptedStages) -> None:
    await move_out(desk, speaker, stages)
    await desk.close()
    assert own_window() is None
    assert not stages.stage.runs
    assert stages.stage.opened == [page("Snake").encode()]
