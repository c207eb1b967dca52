"""Stopping an answer, going on with it, and closing the window in the middle of one."""

from collections.abc import Awaitable, Callable

from PySide6.QtCore import Qt

from chatdesk.features.chat.ui.transcript.controls import Verb
from tests.gui.window.harness import FakeModel, Harness


async def ask_without_end(harness: Harness, fake_model: FakeModel) -> None:
    fake_model.says("word ", endless=True, delay=0.003)
    harness.ask("Talk")
    await harness.until(lambda: harness.answer().startswith("word word"))


async def test_esc_stops_and_the_server_sees_it(harness: Harness, fake_model: FakeModel) -> None:
    await ask_without_end(harness, fake_model)
    harness.press(Qt.Key.Key_Escape)
    await harness.until(lambda: not harness.streaming())
    await fake_model.server.until(lambda: fake_model.server.disconnects)
    assert fake_model.server.disconnects[0].request.path == "/api/chat"
    assert harness.answer().startswith("word word")
    assert harness.notices() == ["You stopped this answer.", "[Regenerate]", "[Continue]"]


async def test_esc_stops_from_the_transcript_too(harness: Harness, fake_model: FakeModel) -> None:
    await ask_without_end(harness, fake_model)
    harness.transcript.setFocus()
    harness.press(Qt.Key.Key_Escape, where=harness.transcript)
    await harness.until(lambda: not harness.streaming())
    await fake_model.server.until(lambda: fake_model.server.disconnects)


async def test_the_stop_button_stops(harness: Harness, fake_model: FakeModel) -> None:
    await ask_without_end(harness, fake_model)
    harness.click("stopButton")
    await harness.until(lambda: not harness.streaming())


async def test_continue_goes_on_below_what_was_there(harness: Harness, fake_model: FakeModel) -> None:
    fake_model.says("One, two,", stall=True)
    harness.ask("Count")
    await harness.until(lambda: harness.answer() == "One, two,")
    harness.press(Qt.Key.Key_Escape)
    await harness.until(lambda: not harness.streaming())
    fake_model.says(" three.")
    harness.click_control(Verb.CONTINUE)
    await harness.until(lambda: harness.answer() == "One, two, three." and not harness.streaming())
    assert harness.notices() == []
    assert len(harness.messages()) == 2


async def test_closing_the_window_keeps_what_had_come(
    harness: Harness, fake_model: FakeModel, open_harness: Callable[[], Awaitable[Harness]]
) -> None:
    fake_model.says("Half of it", stall=True)
    harness.ask("Tell me all")
    await harness.until(lambda: harness.answer() == "Half of it")
    harness.type("and then")
    harness.window.close()
    await harness.close()
    again = await open_harness()
    await again.until(lambda: again.answer() == "Half of it")
    assert again.edit.text() == "and then"
    assert again.notices()[-1] == "[Continue]"
