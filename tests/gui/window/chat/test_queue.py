"""What is asked while an answer is still being written."""

import asyncio
from collections.abc import Awaitable, Callable

from PySide6.QtCore import Qt

from tests.gui.window.desk import Desk, Speaker


async def test_a_question_waits_until_the_answer_is_finished(desk: Desk, speaker: Speaker) -> None:
    end = asyncio.Event()
    speaker.says("Slow", end, ".")
    desk.ask("First")
    await desk.until(lambda: desk.answer() == "Slow")
    desk.ask("Second")
    await desk.until(lambda: desk.queued() == ["Second"])
    assert desk.edit.text() == ""
    assert len(speaker.asked) == 1
    end.set()
    await desk.until(lambda: desk.messages() == ["First", "Slow.", "Second", "Yes."] and not desk.streaming())
    assert desk.queued() == []


async def test_stopping_gives_back_what_waits(desk: Desk, speaker: Speaker) -> None:
    speaker.says("Slow", stall=True)
    desk.ask("First")
    await desk.until(lambda: desk.answer() == "Slow")
    desk.ask("Second")
    await desk.until(lambda: desk.queued() == ["Second"])
    desk.type("third")
    desk.press(Qt.Key.Key_Escape)
    await desk.until(lambda: desk.edit.text() == "Second\n\nthird")
    assert desk.queued() == []
    assert len(speaker.asked) == 1


async def test_what_waits_stays_with_its_chat(desk: Desk, speaker: Speaker) -> None:
    end = asyncio.Event()
    speaker.says("Slow", end, ".")
    desk.ask("First")
    await desk.until(lambda: desk.answer() == "Slow")
    desk.ask("Second")
    await desk.until(lambda: desk.queued() == ["Second"])
    desk.press(Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    assert desk.queued() == []
    end.set()
    await desk.until(lambda: len(speaker.asked) == 2)
    await desk.program.chat.wait_until_idle(desk.program.conversations.all()[0].id)
    desk.click_row("First")
    await desk.until(lambda: desk.messages() == ["First", "Slow.", "Second", "Yes."])


async def test_what_waits_in_a_chat_that_is_not_shown_is_its_draft_when_the_answer_fails(
    desk: Desk, speaker: Speaker
) -> None:
    fail = asyncio.Event()
    speaker.says("Slow", fail, cut=True)
    desk.ask("First")
    await desk.until(lambda: desk.answer() == "Slow")
    desk.ask("Second")
    await desk.until(lambda: desk.queued() == ["Second"])
    desk.press(Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    fail.set()
    chat = desk.program.conversations.all()[0].id
    await desk.program.chat.wait_until_idle(chat)
    desk.click_row("First")
    await desk.until(lambda: desk.messages() == ["First", "Slow"])
    assert desk.edit.text() == "Second"


async def test_enter_pressed_twice_asks_once(desk: Desk, speaker: Speaker) -> None:
    desk.type("Only once")
    desk.press(Qt.Key.Key_Return)
    desk.press(Qt.Key.Key_Return)
    await desk.until(lambda: desk.answer() == "Yes." and not desk.streaming())
    assert len(speaker.asked) == 1
    assert desk.queued() == []


async def test_what_waits_is_a_draft_after_the_program_was_closed(
    desk: Desk, speaker: Speaker, open_desk: Callable[[], Awaitable[Desk]]
) -> None:
    speaker.says("Slow", stall=True)
    desk.ask("First")
    await desk.until(lambda: desk.answer() == "Slow")
    desk.ask("Second")
    await desk.until(lambda: desk.queued() == ["Second"])
    desk.type("third")
    await desk.close()
    again = await open_desk()
    await again.until(lambda: again.answer() == "Slow")
    assert again.edit.text() == "Second\n\nthird"
