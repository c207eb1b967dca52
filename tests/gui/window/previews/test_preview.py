"""From an answer's code to a page beside the chat, and back into the composer."""

import asyncio

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from chatdesk.features.chat.ui.transcript.controls import Verb
from chatdesk.features.previews.ui.panel.panel_header import View
from chatdesk.features.previews.ui.panel.preview_host import ConsoleLine, Severity
from chatdesk.features.previews.ui.panel.preview_panel import PreviewPanel
from chatdesk.features.previews.ui.panel.previews import Previews
from chatdesk.kernel.lazy import Lazy
from chatdesk.kernel.settings.declarations import OPEN_PREVIEWS
from chatdesk.system.resources import Resources
from tests.fakes.scripted_preview_host import ScriptedPreviewHosts
from tests.gui.window.harness import FakeModel, Harness

PAGE = "<!DOCTYPE html>\n<title>Snake</title>\n<script>\nbegin();\n</script>\n"
ANSWER = f"Here it is.\n\n```html\n{PAGE}```\n\nArrow keys steer."


@pytest.fixture
def preview_hosts() -> ScriptedPreviewHosts:
    return ScriptedPreviewHosts()


@pytest.fixture
def previews(preview_hosts: ScriptedPreviewHosts) -> Previews:
    return Previews(Lazy(lambda: preview_hosts), Resources.locate().resources / "preview")


def panel(harness: Harness) -> PreviewPanel:
    found = harness.window.findChild(PreviewPanel)
    assert found is not None
    return found


async def ask_and_open(harness: Harness, fake_model: FakeModel, answer: str = ANSWER, question: str = "A game") -> None:
    shown = len(harness.messages())
    fake_model.says(answer)
    harness.ask(question)
    await harness.until(lambda: len(harness.messages()) == shown + 2 and harness.answer().endswith("steer."))
    await harness.until(lambda: not harness.program.chat.chat.is_answering(harness.chat()))
    harness.click_control(Verb.PREVIEW_CODE)


async def test_a_click_on_preview_runs_the_page_beside_the_chat(
    harness: Harness, fake_model: FakeModel, preview_hosts: ScriptedPreviewHosts
) -> None:
    await ask_and_open(harness, fake_model)
    await harness.until(lambda: preview_hosts.made and preview_hosts.host.runs)
    assert preview_hosts.host.opened == [PAGE.encode()], "a whole document is used byte for byte"
    assert panel(harness).isVisible()
    assert harness.transcript.isVisible()


async def test_escape_closes_the_panel_and_ends_the_page(
    harness: Harness, fake_model: FakeModel, preview_hosts: ScriptedPreviewHosts
) -> None:
    await ask_and_open(harness, fake_model)
    await harness.until(lambda: preview_hosts.made and preview_hosts.host.runs)
    QTest.keyClick(panel(harness).header, Qt.Key.Key_Escape)
    assert not panel(harness).isVisible()
    assert not preview_hosts.host.runs


async def test_in_a_narrow_window_the_page_stands_in_the_chats_place(
    harness: Harness, fake_model: FakeModel, preview_hosts: ScriptedPreviewHosts
) -> None:
    harness.window.resize(600, 700)
    await ask_and_open(harness, fake_model)
    await harness.until(lambda: preview_hosts.made and preview_hosts.host.runs)
    assert not harness.transcript.isVisible()
    harness.window.resize(1280, 820)
    await harness.until(harness.transcript.isVisible)
    assert panel(harness).isVisible()


async def test_a_second_answer_is_a_second_version(
    harness: Harness, fake_model: FakeModel, preview_hosts: ScriptedPreviewHosts
) -> None:
    await ask_and_open(harness, fake_model)
    await harness.until(lambda: preview_hosts.made and preview_hosts.host.runs)
    other = PAGE.replace("begin", "start")
    await ask_and_open(harness, fake_model, ANSWER.replace(PAGE, other), "Again")
    await harness.until(lambda: preview_hosts.host.opened[-1] == other.encode())
    panel(harness).findChild(QWidget, "versionBefore").click()
    await harness.until(lambda: preview_hosts.host.opened[-1] == PAGE.encode())


async def test_changed_code_runs_as_a_new_version(
    harness: Harness, fake_model: FakeModel, preview_hosts: ScriptedPreviewHosts
) -> None:
    await ask_and_open(harness, fake_model)
    await harness.until(lambda: preview_hosts.made and preview_hosts.host.runs)
    panel(harness).show_view(View.CODE)
    QTest.keyClicks(panel(harness).code.edit, " ")
    panel(harness).findChild(QWidget, "runCode").click()
    await harness.until(lambda: preview_hosts.host.opened[-1] == b" " + PAGE.encode())
    assert panel(harness).view is View.PREVIEW
    assert panel(harness).header.versions.isVisible()


async def test_an_error_leads_to_its_line_and_to_a_question(
    harness: Harness, fake_model: FakeModel, preview_hosts: ScriptedPreviewHosts
) -> None:
    await ask_and_open(harness, fake_model)
    await harness.until(lambda: preview_hosts.made and preview_hosts.host.runs)
    error = ConsoleLine(Severity.ERROR, "ReferenceError: begin is not defined", 4)
    preview_hosts.host.says(error)
    panel(harness).line_chosen.emit(error)
    assert panel(harness).code.edit.textCursor().blockNumber() == 3
    panel(harness).fix_requested.emit()
    assert "ReferenceError: begin is not defined (index.html, line 4)" in harness.edit.toPlainText()
    assert "begin();" in harness.edit.toPlainText()


async def test_code_that_is_being_written_is_shown_and_runs_once_when_it_is_complete(
    harness: Harness, fake_model: FakeModel, preview_hosts: ScriptedPreviewHosts
) -> None:
    half, rest = asyncio.Event(), PAGE[20:]
    fake_model.says(f"```html\n{PAGE[:20]}", half, f"{rest}```\n\nArrow keys steer.")
    harness.ask("A game")
    await harness.until(lambda: "DOCTYPE" in harness.answer())
    message = harness.transcript.last_answer_id()
    harness.transcript.preview_requested.emit(message, 1, 0)
    await harness.until(lambda: harness.window.findChild(PreviewPanel))
    assert panel(harness).view is View.CODE
    assert preview_hosts.made == []
    half.set()
    await harness.until(lambda: preview_hosts.made and preview_hosts.host.runs)
    await harness.until(lambda: not harness.program.chat.chat.is_answering(harness.chat()))
    assert preview_hosts.host.opened == [PAGE.encode()]
    assert panel(harness).view is View.PREVIEW


async def test_a_page_opens_by_itself_only_when_that_is_wanted(
    harness: Harness, fake_model: FakeModel, preview_hosts: ScriptedPreviewHosts
) -> None:
    fake_model.says(ANSWER)
    harness.ask("A game")
    await harness.until(
        lambda: harness.answer().endswith("steer.") and not harness.program.chat.chat.is_answering(harness.chat())
    )
    assert preview_hosts.made == []
    harness.program.settings.set(OPEN_PREVIEWS, True)
    fake_model.says(ANSWER)
    harness.ask("Again")
    await harness.until(lambda: preview_hosts.made and preview_hosts.host.runs)


async def test_a_page_that_opens_by_itself_leaves_the_keyboard_where_it_is(
    harness: Harness, fake_model: FakeModel, preview_hosts: ScriptedPreviewHosts
) -> None:
    harness.program.settings.set(OPEN_PREVIEWS, True)
    rest = asyncio.Event()
    fake_model.says(ANSWER[:30], rest, ANSWER[30:])
    harness.ask("A game")
    await harness.until(harness.streaming)
    harness.type("And then ")
    rest.set()
    await harness.until(lambda: preview_hosts.made and preview_hosts.host.runs)
    assert harness.edit.hasFocus()
    harness.type("faster")
    assert harness.edit.toPlainText() == "And then faster"


async def test_no_page_opens_by_itself_over_the_chat_where_both_have_no_room(
    harness: Harness, fake_model: FakeModel, preview_hosts: ScriptedPreviewHosts
) -> None:
    harness.program.settings.set(OPEN_PREVIEWS, True)
    harness.window.resize(600, 700)
    fake_model.says(ANSWER)
    await harness.ask_and_wait("A game")
    await harness.until(lambda: harness.control(Verb.OPEN_PREVIEW))
    await harness.until(lambda: not harness.window._tasks._running)
    assert preview_hosts.made == []
    assert harness.edit.isVisible()


async def test_no_page_opens_by_itself_for_a_chat_that_is_not_in_front(
    harness: Harness, fake_model: FakeModel, preview_hosts: ScriptedPreviewHosts
) -> None:
    harness.program.settings.set(OPEN_PREVIEWS, True)
    rest = asyncio.Event()
    fake_model.says(ANSWER[:30], rest, ANSWER[30:])
    harness.ask("A game")
    await harness.until(harness.streaming)
    chat = harness.chat()
    harness.window.navigation.new_chat()
    rest.set()
    await harness.until(lambda: not harness.program.chat.chat.is_answering(chat))
    await harness.until(lambda: not harness.window._tasks._running)
    assert preview_hosts.made == []
    await harness.chat_presenter.open(chat)
    await harness.until(lambda: not harness.window._tasks._running)
    assert preview_hosts.made == [], "nor when one comes back"


async def test_no_page_opens_by_itself_for_a_chat_that_is_left_at_that_moment(
    harness: Harness, fake_model: FakeModel, preview_hosts: ScriptedPreviewHosts
) -> None:
    harness.program.settings.set(OPEN_PREVIEWS, True)
    rest = asyncio.Event()
    fake_model.says(ANSWER[:30], rest, ANSWER[30:])
    harness.ask("A game")
    await harness.until(harness.streaming)
    chat = harness.chat()
    changed = harness.transcript.message_changed
    changed.connect(
        lambda _: None if harness.program.chat.chat.is_answering(chat) else harness.window.navigation.new_chat()
    )
    rest.set()
    await harness.until(lambda: not harness.program.chat.chat.is_answering(chat) and not harness.messages())
    await harness.until(lambda: not harness.window._tasks._running)
    assert preview_hosts.made == []


async def test_another_chat_hides_the_panel_and_freezes_its_page(
    harness: Harness, fake_model: FakeModel, preview_hosts: ScriptedPreviewHosts
) -> None:
    await ask_and_open(harness, fake_model)
    await harness.until(lambda: preview_hosts.made and preview_hosts.host.runs)
    first = harness.chat()
    harness.window.navigation.new_chat()
    await harness.until(lambda: not panel(harness).isVisible())
    assert preview_hosts.host.paused
    harness.window.navigation.open(first)
    await harness.until(lambda: panel(harness).isVisible())
    assert not preview_hosts.host.paused
    assert preview_hosts.host.opened == [PAGE.encode()], "it goes on where it was"


async def test_the_page_rests_while_the_sidebar_lies_over_it(
    harness: Harness, fake_model: FakeModel, preview_hosts: ScriptedPreviewHosts
) -> None:
    harness.window.resize(600, 700)
    await ask_and_open(harness, fake_model)
    await harness.until(lambda: preview_hosts.made and preview_hosts.host.runs)
    harness.window._frame.toggle()
    assert preview_hosts.host.paused
    assert not preview_hosts.host.widget.isVisible()
    harness.window._frame.toggle()
    assert not preview_hosts.host.paused
    assert preview_hosts.host.widget.isVisible()


async def test_full_screen_keeps_the_page(
    harness: Harness, fake_model: FakeModel, preview_hosts: ScriptedPreviewHosts
) -> None:
    await ask_and_open(harness, fake_model)
    await harness.until(lambda: preview_hosts.made and preview_hosts.host.runs)
    harness.window._preview.toggle_full_screen()
    assert not harness.part("sidebar").isVisible()
    assert not harness.transcript.isVisible()
    harness.window._preview.toggle_full_screen()
    assert harness.part("sidebar").isVisible()
    assert harness.transcript.isVisible()
    assert len(preview_hosts.host.opened) == 1


async def test_chat_settings_and_outline_take_the_place_of_the_page_which_runs_on_behind_them(
    harness: Harness, fake_model: FakeModel, preview_hosts: ScriptedPreviewHosts
) -> None:
    harness.window.resize(1280, 820)
    await ask_and_open(harness, fake_model)
    await harness.until(lambda: preview_hosts.made and preview_hosts.host.runs)
    harness.click("chatSettingsToggle")
    assert (harness.part("sidePanel").isVisible(), panel(harness).isVisible()) == (True, False)
    harness.click("chatSettingsToggle")
    assert (harness.part("sidePanel").isVisible(), panel(harness).isVisible()) == (False, True)
    assert preview_hosts.host.opened == [PAGE.encode()], "it was not started again"
    harness.click("outlineToggle")
    harness.click_control(Verb.PREVIEW_CODE)
    await harness.until(panel(harness).isVisible)
    assert not harness.part("sidePanel").isVisible()
    assert preview_hosts.host.opened == [PAGE.encode()]
