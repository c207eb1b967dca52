"""What a page stores is kept if a person allows it, for the next run and the next version, and for nothing else."""

import asyncio

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu, QPushButton

from chatdesk.features.chat.ui.transcript.controls import Verb
from chatdesk.features.previews.ui.panel.page_strips import Strip
from chatdesk.features.previews.ui.panel.panel_header import PreviewAction, View
from chatdesk.features.previews.ui.panel.preview_panel import PreviewPanel
from chatdesk.features.previews.ui.panel.previews import Previews
from chatdesk.kernel.lazy import Lazy
from chatdesk.system.resources import Resources
from tests.fakes.scripted_preview_host import ScriptedPreviewHost, ScriptedPreviewHosts
from tests.gui.window.harness import FakeModel, Harness

PAGE = "<!DOCTYPE html>\n<title>Snake</title>\n<script>\nbegin();\n</script>\n"
BEST = (("best", "31"),)


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


def offer(harness: Harness) -> Strip:
    found = panel(harness).host_area.findChild(Strip, "keepStrip")
    assert found is not None
    return found


def buttons(harness: Harness) -> list[str]:
    return [
        button.text() for button in offer(harness).findChildren(QPushButton) if button.isVisible() and button.text()
    ]


def press(harness: Harness, text: str) -> None:
    next(button for button in offer(harness).findChildren(QPushButton) if button.text() == text).click()


async def play(
    harness: Harness, fake_model: FakeModel, preview_hosts: ScriptedPreviewHosts, page: str = PAGE
) -> ScriptedPreviewHost:
    """Have a page made, and run it."""
    before = len(preview_hosts.host.opened) if preview_hosts.made else 0
    fake_model.says(f"Here it is.\n\n```html\n{page}```\n\nDone.")
    await harness.ask_and_wait("A game")
    await harness.until(lambda: harness.control(Verb.OPEN_PREVIEW))
    harness.click_control(Verb.OPEN_PREVIEW)
    await harness.until(lambda: preview_hosts.made and len(preview_hosts.host.opened) > before)
    return preview_hosts.host


async def play_again(harness: Harness, preview_hosts: ScriptedPreviewHosts) -> ScriptedPreviewHost:
    """Close the panel and open the same page."""
    panel(harness).action_requested.emit(PreviewAction.CLOSE)
    opened = len(preview_hosts.made)
    harness.click_control(Verb.OPEN_PREVIEW)
    await harness.until(lambda: len(preview_hosts.made) > opened and preview_hosts.host.runs)
    return preview_hosts.host


async def test_nothing_is_offered_to_a_page_that_stores_nothing(
    harness: Harness, fake_model: FakeModel, preview_hosts: ScriptedPreviewHosts
) -> None:
    host = await play(harness, fake_model, preview_hosts)
    assert not offer(harness).isVisible()
    host.stores()
    assert not offer(harness).isVisible()


async def test_what_is_not_allowed_is_not_kept(
    harness: Harness, fake_model: FakeModel, preview_hosts: ScriptedPreviewHosts
) -> None:
    host = await play(harness, fake_model, preview_hosts)
    had_keyboard = harness.edit.hasFocus()
    host.stores(best="31")
    assert offer(harness).isVisible()
    assert harness.edit.hasFocus() is had_keyboard, "an offer takes no keyboard"
    assert buttons(harness) == ["Not now", "Keep on this computer"]
    press(harness, "Not now")
    assert not offer(harness).isVisible()
    host.stores(best="32")
    assert not offer(harness).isVisible(), "no is no until the program ends"
    host = await play_again(harness, preview_hosts)
    assert (host.memory.items, host.memory.is_persistent) == ((), False)
    rows = await harness.program.previews.page_storage.find([f"{harness.transcript.last_answer_id()}/1"])
    assert rows is None


async def test_what_is_allowed_is_there_at_the_next_run(
    harness: Harness, fake_model: FakeModel, preview_hosts: ScriptedPreviewHosts
) -> None:
    host = await play(harness, fake_model, preview_hosts)
    host.stores(best="31")
    press(harness, "Keep on this computer")
    host.stores(best="40")
    panel(harness).reload()
    await harness.until(lambda: len(host.opened) == 2)
    assert host.memory.items == (("best", "40"),)
    host = await play_again(harness, preview_hosts)
    assert host.memory.items == (("best", "40"),)


async def test_what_a_page_stored_just_before_it_is_closed_is_kept(
    harness: Harness, fake_model: FakeModel, preview_hosts: ScriptedPreviewHosts
) -> None:
    host = await play(harness, fake_model, preview_hosts)
    host.stores(best="31")
    press(harness, "Keep on this computer")
    host.last_words = (("best", "99"),)
    host = await play_again(harness, preview_hosts)
    assert host.memory.items == (("best", "99"),)


async def test_the_next_version_of_a_game_has_its_high_score(
    harness: Harness, fake_model: FakeModel, preview_hosts: ScriptedPreviewHosts
) -> None:
    host = await play(harness, fake_model, preview_hosts)
    host.stores(best="31")
    press(harness, "Keep on this computer")
    host.last_words = BEST
    host = await play(harness, fake_model, preview_hosts, PAGE.replace("begin", "start"))
    assert host.memory.items == BEST
    assert host.memory.is_persistent


async def test_another_page_has_nothing_of_it(
    harness: Harness, fake_model: FakeModel, preview_hosts: ScriptedPreviewHosts
) -> None:
    host = await play(harness, fake_model, preview_hosts)
    host.stores(best="31")
    press(harness, "Keep on this computer")
    fake_model.says("```html\n<!DOCTYPE html><title>Clock</title><canvas></canvas>\n<p>Nine</p>\n```")
    await harness.ask_and_wait("Another")
    await harness.until(lambda: harness.control(Verb.OPEN_PREVIEW))
    harness.click_control(Verb.OPEN_PREVIEW)
    await harness.until(lambda: len(preview_hosts.made) == 2 and preview_hosts.host.runs)
    assert (preview_hosts.host.memory.items, preview_hosts.host.memory.is_persistent) == ((), False)
    preview_hosts.host.events.stored.emit("somebody/1", (("best", "0"),))
    assert preview_hosts.made[0].memory.items == ()


async def test_it_is_there_after_a_restart(
    harness: Harness, fake_model: FakeModel, preview_hosts: ScriptedPreviewHosts, open_harness
) -> None:
    host = await play(harness, fake_model, preview_hosts)
    host.stores(best="31")
    press(harness, "Keep on this computer")
    host.last_words = (("best", "55"),)
    chat = harness.chat()
    await harness.close()
    harness = await open_harness()
    await harness.chat_presenter.open(chat)
    await harness.until(lambda: len(harness.messages()) == 2 and harness.control(Verb.OPEN_PREVIEW))
    harness.click_control(Verb.OPEN_PREVIEW)
    await harness.until(lambda: len(preview_hosts.made) == 2 and preview_hosts.host.runs)
    assert preview_hosts.host.memory.items == (("best", "55"),)


async def test_what_is_forgotten_is_gone_and_not_offered_again(
    harness: Harness, fake_model: FakeModel, preview_hosts: ScriptedPreviewHosts
) -> None:
    host = await play(harness, fake_model, preview_hosts)
    host.stores(best="31")
    press(harness, "Keep on this computer")
    panel(harness).action_requested.emit(PreviewAction.MORE)
    menu = harness.window.findChild(QMenu)
    assert menu is not None
    forget = next(action for action in menu.actions() if action.text() == "Clear saved page data")
    assert forget.isEnabled()
    forget.trigger()
    menu.close()
    host.stores(best="32")
    assert not offer(harness).isVisible()
    place = f"{harness.transcript.last_answer_id()}/1"
    host = await play_again(harness, preview_hosts)
    assert (host.memory.items, host.memory.is_persistent) == ((), False)
    assert await harness.program.previews.page_storage.find([place]) is None


async def test_it_goes_with_its_chat(
    harness: Harness, fake_model: FakeModel, preview_hosts: ScriptedPreviewHosts
) -> None:
    host = await play(harness, fake_model, preview_hosts)
    host.stores(best="31")
    press(harness, "Keep on this computer")
    place = f"{harness.transcript.last_answer_id()}/1"
    await harness.program.conversations.trash.trash_chats([harness.chat()])
    assert await harness.program.previews.page_storage.find([place]) == BEST, "it may be brought back"
    host.events.stored.emit(host.memory.key, (("best", "32"),))
    await harness.program.conversations.trash.delete(await harness.program.conversations.trash.items())
    await asyncio.wait([harness.program.conversations.trash._removing])
    assert await harness.program.previews.page_storage.find([place]) is None


async def test_a_version_of_ones_own_shares_it(
    harness: Harness, fake_model: FakeModel, preview_hosts: ScriptedPreviewHosts
) -> None:
    host = await play(harness, fake_model, preview_hosts)
    host.stores(best="31")
    press(harness, "Keep on this computer")
    panel(harness).show_view(View.CODE)
    QTest.keyClicks(panel(harness).code.edit, " ")
    harness.part("runCode").click()
    await harness.until(lambda: len(host.opened) == 2)
    assert host.memory.items == BEST
