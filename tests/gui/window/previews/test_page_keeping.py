"""What a page stores is kept if a person allows it, for the next run and the next version, and for nothing else."""

import asyncio

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu, QPushButton

from chatdesk.features.chat.ui.transcript.controls import Verb
from chatdesk.features.previews.ui.panel.page_strips import Strip
from chatdesk.features.previews.ui.panel.panel_header import Deed, View
from chatdesk.features.previews.ui.panel.preview_panel import PreviewPanel
from chatdesk.features.previews.ui.panel.previews import Previews
from chatdesk.system.resources import Resources
from tests.fakes.scripted_stage import ScriptedStage, ScriptedStages
from tests.gui.window.desk import Desk, Speaker

PAGE = "<!DOCTYPE html>\n<title>Snake</title>\n<script>\nbegin();\n</script>\n"
BEST = (("best", "31"),)


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


def offer(desk: Desk) -> Strip:
    found = panel(desk).stage_area.findChild(Strip, "keepStrip")
    assert found is not None
    return found


def buttons(desk: Desk) -> list[str]:
    return [button.text() for button in offer(desk).findChildren(QPushButton) if button.isVisible() and button.text()]


def press(desk: Desk, words: str) -> None:
    next(button for button in offer(desk).findChildren(QPushButton) if button.text() == words).click()


async def play(desk: Desk, speaker: Speaker, stages: ScriptedStages, page: str = PAGE) -> ScriptedStage:
    """Have a page made, and run it."""
    before = len(stages.stage.opened) if stages.made else 0
    speaker.says(f"Here it is.\n\n```html\n{page}```\n\nDone.")
    await desk.ask_and_wait("A game")
    await desk.until(lambda: desk.control(Verb.OPEN_PREVIEW))
    desk.click_control(Verb.OPEN_PREVIEW)
    await desk.until(lambda: stages.made and len(stages.stage.opened) > before)
    return stages.stage


async def play_again(desk: Desk, stages: ScriptedStages) -> ScriptedStage:
    """Close the panel and open the same page."""
    panel(desk).deed_wanted.emit(Deed.CLOSE)
    opened = len(stages.made)
    desk.click_control(Verb.OPEN_PREVIEW)
    await desk.until(lambda: len(stages.made) > opened and stages.stage.runs)
    return stages.stage


async def test_nothing_is_offered_to_a_page_that_stores_nothing(
    desk: Desk, speaker: Speaker, stages: ScriptedStages
) -> None:
    stage = await play(desk, speaker, stages)
    assert not offer(desk).isVisible()
    stage.stores()
    assert not offer(desk).isVisible()


async def test_what_is_not_allowed_is_not_kept(desk: Desk, speaker: Speaker, stages: ScriptedStages) -> None:
    stage = await play(desk, speaker, stages)
    had_keyboard = desk.edit.hasFocus()
    stage.stores(best="31")
    assert offer(desk).isVisible()
    assert desk.edit.hasFocus() is had_keyboard, "an offer takes no keyboard"
    assert buttons(desk) == ["Not now", "Keep on this computer"]
    press(desk, "Not now")
    assert not offer(desk).isVisible()
    stage.stores(best="32")
    assert not offer(desk).isVisible(), "no is no until the program ends"
    stage = await play_again(desk, stages)
    assert (stage.memory.items, stage.memory.keeps) == ((), False)
    rows = await desk.program.kept_pages.find([f"{desk.transcript.last_answer_id()}/1"])
    assert rows is None


async def test_what_is_allowed_is_there_at_the_next_run(desk: Desk, speaker: Speaker, stages: ScriptedStages) -> None:
    stage = await play(desk, speaker, stages)
    stage.stores(best="31")
    press(desk, "Keep on this computer")
    stage.stores(best="40")
    panel(desk).reload()
    await desk.until(lambda: len(stage.opened) == 2)
    assert stage.memory.items == (("best", "40"),)
    stage = await play_again(desk, stages)
    assert stage.memory.items == (("best", "40"),)


async def test_what_a_page_stored_just_before_it_is_closed_is_kept(
    desk: Desk, speaker: Speaker, stages: ScriptedStages
) -> None:
    stage = await play(desk, speaker, stages)
    stage.stores(best="31")
    press(desk, "Keep on this computer")
    stage.last_words = (("best", "99"),)
    stage = await play_again(desk, stages)
    assert stage.memory.items == (("best", "99"),)


async def test_the_next_version_of_a_game_has_its_high_score(
    desk: Desk, speaker: Speaker, stages: ScriptedStages
) -> None:
    stage = await play(desk, speaker, stages)
    stage.stores(best="31")
    press(desk, "Keep on this computer")
    stage.last_words = BEST
    stage = await play(desk, speaker, stages, PAGE.replace("begin", "start"))
    assert stage.memory.items == BEST
    assert stage.memory.keeps


async def test_another_page_has_nothing_of_it(desk: Desk, speaker: Speaker, stages: ScriptedStages) -> None:
    stage = await play(desk, speaker, stages)
    stage.stores(best="31")
    press(desk, "Keep on this computer")
    speaker.says("```html\n<!DOCTYPE html><title>Clock</title><canvas></canvas>\n<p>Nine</p>\n```")
    await desk.ask_and_wait("Another")
    await desk.until(lambda: desk.control(Verb.OPEN_PREVIEW))
    desk.click_control(Verb.OPEN_PREVIEW)
    await desk.until(lambda: len(stages.made) == 2 and stages.stage.runs)
    assert (stages.stage.memory.items, stages.stage.memory.keeps) == ((), False)
    stages.stage.events.stored.emit("somebody/1", (("best", "0"),))
    assert stages.made[0].memory.items == ()


async def test_it_is_there_after_a_restart(desk: Desk, speaker: Speaker, stages: ScriptedStages, open_desk) -> None:
    stage = await play(desk, speaker, stages)
    stage.stores(best="31")
    press(desk, "Keep on this computer")
    stage.last_words = (("best", "55"),)
    chat = desk.chat()
    await desk.close()
    desk = await open_desk()
    await desk.window._chat.open(chat)
    await desk.until(lambda: len(desk.messages()) == 2 and desk.control(Verb.OPEN_PREVIEW))
    desk.click_control(Verb.OPEN_PREVIEW)
    await desk.until(lambda: len(stages.made) == 2 and stages.stage.runs)
    assert stages.stage.memory.items == (("best", "55"),)


async def test_what_is_forgotten_is_gone_and_not_offered_again(
    desk: Desk, speaker: Speaker, stages: ScriptedStages
) -> None:
    stage = await play(desk, speaker, stages)
    stage.stores(best="31")
    press(desk, "Keep on this computer")
    panel(desk).deed_wanted.emit(Deed.MORE)
    menu = desk.window.findChild(QMenu)
    assert menu is not None
    forget = next(action for action in menu.actions() if action.text() == "Clear saved page data")
    assert forget.isEnabled()
    forget.trigger()
    menu.close()
    stage.stores(best="32")
    assert not offer(desk).isVisible()
    place = f"{desk.transcript.last_answer_id()}/1"
    stage = await play_again(desk, stages)
    assert (stage.memory.items, stage.memory.keeps) == ((), False)
    assert await desk.program.kept_pages.find([place]) is None


async def test_it_goes_with_its_chat(desk: Desk, speaker: Speaker, stages: ScriptedStages) -> None:
    stage = await play(desk, speaker, stages)
    stage.stores(best="31")
    press(desk, "Keep on this computer")
    place = f"{desk.transcript.last_answer_id()}/1"
    await desk.program.trash.take_chats([desk.chat()])
    assert await desk.program.kept_pages.find([place]) == BEST, "it may be brought back"
    stage.events.stored.emit(stage.memory.key, (("best", "32"),))
    await desk.program.trash.delete(await desk.program.trash.items())
    await asyncio.wait([desk.program.trash._removing])
    assert await desk.program.kept_pages.find([place]) is None


async def test_a_version_of_ones_own_shares_it(desk: Desk, speaker: Speaker, stages: ScriptedStages) -> None:
    stage = await play(desk, speaker, stages)
    stage.stores(best="31")
    press(desk, "Keep on this computer")
    panel(desk).show_view(View.CODE)
    QTest.keyClicks(panel(desk).code.edit, " ")
    desk.part("runCode").click()
    await desk.until(lambda: len(stage.opened) == 2)
    assert stage.memory.items == BEST
