"""From an answer's code to a page beside the chat, and back into the composer."""

import asyncio

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from chatdesk.features.chat.ui.transcript.controls import Verb
from chatdesk.features.previews.ui.panel.panel_header import View
from chatdesk.features.previews.ui.panel.preview_panel import PreviewPanel
from chatdesk.features.previews.ui.panel.previews import Previews
from chatdesk.features.previews.ui.panel.stage import ConsoleLine, Severity
from chatdesk.kernel.settings.declarations import OPEN_PREVIEWS
from chatdesk.system.resources import Resources
from tests.fakes.scripted_stage import ScriptedStages
from tests.gui.window.desk import Desk, Speaker

PAGE = "<!DOCTYPE html>\n<title>Snake</title>\n<script>\nbegin();\n</script>\n"
ANSWER = f"Here it is.\n\n```html\n{PAGE}```\n\nArrow keys steer."


@pytest.fixture
def stages() -> ScriptedStages:
    return ScriptedStages()


@pytest.fixture
def previews(stages: ScriptedStages) -> Previews:
    return Previews(stages, Resources.locate().resources / "preview")


def panel(desk: Desk) -> PreviewPanel:
    found = desk.window.findChild(PreviewPanel)
    assert found is not None
    return found


async def ask_and_open(desk: Desk, speaker: Speaker, answer: str = ANSWER, question: str = "A game") -> None:
    shown = len(desk.messages())
    speaker.says(answer)
    desk.ask(question)
    await desk.until(lambda: len(desk.messages()) == shown + 2 and desk.answer().endswith("steer."))
    await desk.until(lambda: not desk.program.chat.is_answering(desk.chat()))
    desk.click_control(Verb.PREVIEW_CODE)


async def test_a_click_on_preview_runs_the_page_beside_the_chat(
    desk: Desk, speaker: Speaker, stages: ScriptedStages
) -> None:
    await ask_and_open(desk, speaker)
    await desk.until(lambda: stages.made and stages.stage.runs)
    assert stages.stage.opened == [PAGE.encode()], "a whole document is used byte for byte"
    assert panel(desk).isVisible()
    assert desk.transcript.isVisible()


async def test_escape_closes_the_panel_and_ends_the_page(desk: Desk, speaker: Speaker, stages: ScriptedStages) -> None:
    await ask_and_open(desk, speaker)
    await desk.until(lambda: stages.made and stages.stage.runs)
    QTest.keyClick(panel(desk).header, Qt.Key.Key_Escape)
    assert not panel(desk).isVisible()
    assert not stages.stage.runs


async def test_in_a_narrow_window_the_page_stands_in_the_chats_place(
    desk: Desk, speaker: Speaker, stages: ScriptedStages
) -> None:
    desk.window.resize(600, 700)
    await ask_and_open(desk, speaker)
    await desk.until(lambda: stages.made and stages.stage.runs)
    assert not desk.transcript.isVisible()
    desk.window.resize(1280, 820)
    await desk.until(desk.transcript.isVisible)
    assert panel(desk).isVisible()


async def test_a_second_answer_is_a_second_version(desk: Desk, speaker: Speaker, stages: ScriptedStages) -> None:
    await ask_and_open(desk, speaker)
    await desk.until(lambda: stages.made and stages.stage.runs)
    other = PAGE.replace("begin", "start")
    await ask_and_open(desk, speaker, ANSWER.replace(PAGE, other), "Again")
    await desk.until(lambda: stages.stage.opened[-1] == other.encode())
    panel(desk).findChild(QWidget, "versionBefore").click()
    await desk.until(lambda: stages.stage.opened[-1] == PAGE.encode())


async def test_changed_code_runs_as_a_new_version(desk: Desk, speaker: Speaker, stages: ScriptedStages) -> None:
    await ask_and_open(desk, speaker)
    await desk.until(lambda: stages.made and stages.stage.runs)
    panel(desk).show_view(View.CODE)
    QTest.keyClicks(panel(desk).code.edit, " ")
    panel(desk).findChild(QWidget, "runCode").click()
    await desk.until(lambda: stages.stage.opened[-1] == b" " + PAGE.encode())
    assert panel(desk).view is View.PREVIEW
    assert panel(desk).header.versions.isVisible()


async def test_an_error_leads_to_its_line_and_to_a_question(
    desk: Desk, speaker: Speaker, stages: ScriptedStages
) -> None:
    await ask_and_open(desk, speaker)
    await desk.until(lambda: stages.made and stages.stage.runs)
    error = ConsoleLine(Severity.ERROR, "ReferenceError: begin is not defined", 4)
    stages.stage.says(error)
    panel(desk).line_chosen.emit(error)
    assert panel(desk).code.edit.textCursor().blockNumber() == 3
    panel(desk).fix_wanted.emit()
    assert "ReferenceError: begin is not defined (index.html, line 4)" in desk.edit.toPlainText()
    assert "begin();" in desk.edit.toPlainText()


async def test_code_that_is_being_written_is_shown_and_runs_once_when_it_is_complete(
    desk: Desk, speaker: Speaker, stages: ScriptedStages
) -> None:
    half, rest = asyncio.Event(), PAGE[20:]
    speaker.says(f"```html\n{PAGE[:20]}", half, f"{rest}```\n\nArrow keys steer.")
    desk.ask("A game")
    await desk.until(lambda: "DOCTYPE" in desk.answer())
    message = desk.transcript.last_answer_id()
    desk.transcript.preview_requested.emit(message, 1, 0)
    await desk.until(lambda: desk.window.findChild(PreviewPanel))
    assert panel(desk).view is View.CODE
    assert stages.made == []
    half.set()
    await desk.until(lambda: stages.made and stages.stage.runs)
    await desk.until(lambda: not desk.program.chat.is_answering(desk.chat()))
    assert stages.stage.opened == [PAGE.encode()]
    assert panel(desk).view is View.PREVIEW


async def test_a_page_opens_by_itself_only_when_that_is_wanted(
    desk: Desk, speaker: Speaker, stages: ScriptedStages
) -> None:
    speaker.says(ANSWER)
    desk.ask("A game")
    await desk.until(lambda: desk.answer().endswith("steer.") and not desk.program.chat.is_answering(desk.chat()))
    assert stages.made == []
    desk.program.settings.set(OPEN_PREVIEWS, True)
    speaker.says(ANSWER)
    desk.ask("Again")
    await desk.until(lambda: stages.made and stages.stage.runs)


async def test_a_page_that_opens_by_itself_leaves_the_keyboard_where_it_is(
    desk: Desk, speaker: Speaker, stages: ScriptedStages
) -> None:
    desk.program.settings.set(OPEN_PREVIEWS, True)
    rest = asyncio.Event()
    speaker.says(ANSWER[:30], rest, ANSWER[30:])
    desk.ask("A game")
    await desk.until(desk.streaming)
    desk.type("And then ")
    rest.set()
    await desk.until(lambda: stages.made and stages.stage.runs)
    assert desk.edit.hasFocus()
    desk.type("faster")
    assert desk.edit.toPlainText() == "And then faster"


async def test_no_page_opens_by_itself_over_the_chat_where_both_have_no_room(
    desk: Desk, speaker: Speaker, stages: ScriptedStages
) -> None:
    desk.program.settings.set(OPEN_PREVIEWS, True)
    desk.window.resize(600, 700)
    speaker.says(ANSWER)
    await desk.ask_and_wait("A game")
    await desk.until(lambda: desk.control(Verb.OPEN_PREVIEW))
    await desk.until(lambda: not desk.window._tasks._running)
    assert stages.made == []
    assert desk.edit.isVisible()


async def test_no_page_opens_by_itself_for_a_chat_that_is_not_in_front(
    desk: Desk, speaker: Speaker, stages: ScriptedStages
) -> None:
    desk.program.settings.set(OPEN_PREVIEWS, True)
    rest = asyncio.Event()
    speaker.says(ANSWER[:30], rest, ANSWER[30:])
    desk.ask("A game")
    await desk.until(desk.streaming)
    chat = desk.chat()
    desk.window.navigation.new_chat()
    rest.set()
    await desk.until(lambda: not desk.program.chat.is_answering(chat))
    await desk.until(lambda: not desk.window._tasks._running)
    assert stages.made == []
    await desk.window._chat.open(chat)
    await desk.until(lambda: not desk.window._tasks._running)
    assert stages.made == [], "nor when one comes back"


async def test_no_page_opens_by_itself_for_a_chat_that_is_left_at_that_moment(
    desk: Desk, speaker: Speaker, stages: ScriptedStages
) -> None:
    desk.program.settings.set(OPEN_PREVIEWS, True)
    rest = asyncio.Event()
    speaker.says(ANSWER[:30], rest, ANSWER[30:])
    desk.ask("A game")
    await desk.until(desk.streaming)
    chat = desk.chat()
    changed = desk.transcript.message_changed
    changed.connect(lambda _: None if desk.program.chat.is_answering(chat) else desk.window.navigation.new_chat())
    rest.set()
    await desk.until(lambda: not desk.program.chat.is_answering(chat) and not desk.messages())
    await desk.until(lambda: not desk.window._tasks._running)
    assert stages.made == []


async def test_another_chat_hides_the_panel_and_freezes_its_page(
    desk: Desk, speaker: Speaker, stages: ScriptedStages
) -> None:
    await ask_and_open(desk, speaker)
    await desk.until(lambda: stages.made and stages.stage.runs)
    first = desk.chat()
    desk.window.navigation.new_chat()
    await desk.until(lambda: not panel(desk).isVisible())
    assert stages.stage.paused
    desk.window.navigation.open(first)
    await desk.until(lambda: panel(desk).isVisible())
    assert not stages.stage.paused
    assert stages.stage.opened == [PAGE.encode()], "it goes on where it was"


async def test_the_page_rests_while_the_sidebar_lies_over_it(
    desk: Desk, speaker: Speaker, stages: ScriptedStages
) -> None:
    desk.window.resize(600, 700)
    await ask_and_open(desk, speaker)
    await desk.until(lambda: stages.made and stages.stage.runs)
    desk.window._frame.toggle()
    assert stages.stage.paused
    assert not stages.stage.widget.isVisible()
    desk.window._frame.toggle()
    assert not stages.stage.paused
    assert stages.stage.widget.isVisible()


async def test_full_screen_keeps_the_page(desk: Desk, speaker: Speaker, stages: ScriptedStages) -> None:
    await ask_and_open(desk, speaker)
    await desk.until(lambda: stages.made and stages.stage.runs)
    desk.window._preview.toggle_full_screen()
    assert not desk.part("sidebar").isVisible()
    assert not desk.transcript.isVisible()
    desk.window._preview.toggle_full_screen()
    assert desk.part("sidebar").isVisible()
    assert desk.transcript.isVisible()
    assert len(stages.stage.opened) == 1
