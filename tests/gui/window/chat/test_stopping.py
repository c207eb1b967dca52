"""Stopping an answer, going on with it, and closing the window in the middle of one."""

from collections.abc import Awaitable, Callable

from PySide6.QtCore import Qt

from chatdesk.features.chat.ui.transcript.controls import Verb
from tests.gui.window.desk import Desk, Speaker


async def ask_without_end(desk: Desk, speaker: Speaker) -> None:
    speaker.says("word ", endless=True, delay=0.003)
    desk.ask("Talk")
    await desk.until(lambda: desk.answer().startswith("word word"))


async def test_esc_stops_and_the_server_sees_it(desk: Desk, speaker: Speaker) -> None:
    await ask_without_end(desk, speaker)
    desk.press(Qt.Key.Key_Escape)
    await desk.until(lambda: not desk.streaming())
    await speaker.server.until(lambda: speaker.server.disconnects)
    assert speaker.server.disconnects[0].request.path == "/api/chat"
    assert desk.answer().startswith("word word")
    assert desk.notices() == ["You stopped this answer.", "[Regenerate]", "[Continue]"]


async def test_esc_stops_from_the_transcript_too(desk: Desk, speaker: Speaker) -> None:
    await ask_without_end(desk, speaker)
    desk.transcript.setFocus()
    desk.press(Qt.Key.Key_Escape, where=desk.transcript)
    await desk.until(lambda: not desk.streaming())
    await speaker.server.until(lambda: speaker.server.disconnects)


async def test_the_stop_button_stops(desk: Desk, speaker: Speaker) -> None:
    await ask_without_end(desk, speaker)
    desk.click("stopButton")
    await desk.until(lambda: not desk.streaming())


async def test_continue_goes_on_below_what_was_there(desk: Desk, speaker: Speaker) -> None:
    speaker.says("One, two,", stall=True)
    desk.ask("Count")
    await desk.until(lambda: desk.answer() == "One, two,")
    desk.press(Qt.Key.Key_Escape)
    await desk.until(lambda: not desk.streaming())
    speaker.says(" three.")
    desk.click_control(Verb.CONTINUE)
    await desk.until(lambda: desk.answer() == "One, two, three." and not desk.streaming())
    assert desk.notices() == []
    assert len(desk.messages()) == 2


async def test_closing_the_window_keeps_what_had_come(
    desk: Desk, speaker: Speaker, open_desk: Callable[[], Awaitable[Desk]]
) -> None:
    speaker.says("Half of it", stall=True)
    desk.ask("Tell me all")
    await desk.until(lambda: desk.answer() == "Half of it")
    desk.type("and then")
    desk.window.close()
    await desk.close()
    again = await open_desk()
    await again.until(lambda: again.answer() == "Half of it")
    assert again.edit.text() == "and then"
    assert again.notices()[-1] == "[Continue]"
