"""What is asked while an answer is still being written."""

import asyncio
from collections.abc import Awaitable, Callable

from PySide6.QtCore import Qt

from tests.gui.window.harness import FakeModel, Harness


async def test_a_question_waits_until_the_answer_is_finished(harness: Harness, fake_model: FakeModel) -> None:
    end = asyncio.Event()
    fake_model.says("Slow", end, ".")
    harness.ask("First")
    await harness.until(lambda: harness.answer() == "Slow")
    harness.ask("Second")
    await harness.until(lambda: harness.queued() == ["Second"])
    assert harness.edit.text() == ""
    assert len(fake_model.asked) == 1
    end.set()
    await harness.until(lambda: harness.messages() == ["First", "Slow.", "Second", "Yes."] and not harness.streaming())
    assert harness.queued() == []


async def test_stopping_gives_back_what_waits(harness: Harness, fake_model: FakeModel) -> None:
    fake_model.says("Slow", stall=True)
    harness.ask("First")
    await harness.until(lambda: harness.answer() == "Slow")
    harness.ask("Second")
    await harness.until(lambda: harness.queued() == ["Second"])
    harness.type("third")
    harness.press(Qt.Key.Key_Escape)
    await harness.until(lambda: harness.edit.text() == "Second\n\nthird")
    assert harness.queued() == []
    assert len(fake_model.asked) == 1


async def test_what_waits_stays_with_its_chat(harness: Harness, fake_model: FakeModel) -> None:
    end = asyncio.Event()
    fake_model.says("Slow", end, ".")
    harness.ask("First")
    await harness.until(lambda: harness.answer() == "Slow")
    harness.ask("Second")
    await harness.until(lambda: harness.queued() == ["Second"])
    harness.press(Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    assert harness.queued() == []
    end.set()
    await harness.until(lambda: len(fake_model.asked) == 2)
    await harness.program.chat.chat.wait_until_idle(harness.program.chat.conversations.all()[0].id)
    harness.click_row("First")
    await harness.until(lambda: harness.messages() == ["First", "Slow.", "Second", "Yes."])


async def test_what_waits_in_a_chat_that_is_not_shown_is_its_draft_when_the_answer_fails(
    harness: Harness, fake_model: FakeModel
) -> None:
    fail = asyncio.Event()
    fake_model.says("Slow", fail, cut=True)
    harness.ask("First")
    await harness.until(lambda: harness.answer() == "Slow")
    harness.ask("Second")
    await harness.until(lambda: harness.queued() == ["Second"])
    harness.press(Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    fail.set()
    chat = harness.program.chat.conversations.all()[0].id
    await harness.program.chat.chat.wait_until_idle(chat)
    harness.click_row("First")
    await harness.until(lambda: harness.messages() == ["First", "Slow"])
    assert harness.edit.text() == "Second"


async def test_enter_pressed_twice_asks_once(harness: Harness, fake_model: FakeModel) -> None:
    harness.type("Only once")
    harness.press(Qt.Key.Key_Return)
    harness.press(Qt.Key.Key_Return)
    await harness.until(lambda: harness.answer() == "Yes." and not harness.streaming())
    assert len(fake_model.asked) == 1
    assert harness.queued() == []


async def test_what_waits_is_a_draft_after_the_program_was_closed(
    harness: Harness, fake_model: FakeModel, open_harness: Callable[[], Awaitable[Harness]]
) -> None:
    fake_model.says("Slow", stall=True)
    harness.ask("First")
    await harness.until(lambda: harness.answer() == "Slow")
    harness.ask("Second")
    await harness.until(lambda: harness.queued() == ["Second"])
    harness.type("third")
    await harness.close()
    again = await open_harness()
    await again.until(lambda: again.answer() == "Slow")
    assert again.edit.text() == "Second\n\nthird"
