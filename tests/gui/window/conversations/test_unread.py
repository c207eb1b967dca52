"""An answer that ends while nobody is reading its chat is marked in the list until the chat is opened."""

import asyncio
from collections.abc import Awaitable, Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from tests.gui.window.harness import FakeModel, Harness

CONTROL = Qt.KeyboardModifier.ControlModifier
READ, UNREAD = (False, False), (False, True)


@pytest.fixture
def another_window(harness: Harness, qtbot: object) -> QWidget:
    """A window that takes the keyboard from the program's."""
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    return window


async def _ask_and_start_another_chat(harness: Harness, fake_model: FakeModel, *rest: str) -> asyncio.Event:
    """Ask, press Ctrl+N while the answer is being written, and return what lets the answer end."""
    end = asyncio.Event()
    fake_model.says("Once ", end, "upon a time.", *rest)
    harness.ask("A story")
    await harness.until(lambda: harness.answer().startswith("Once"))
    harness.press(Qt.Key.Key_N, CONTROL)
    return end


async def test_an_answer_that_ends_while_another_chat_is_shown_is_unread_until_it_is_opened(
    harness: Harness, fake_model: FakeModel
) -> None:
    end = await _ask_and_start_another_chat(harness, fake_model)
    assert harness.marks("A story") == (True, False)
    end.set()
    await harness.until(lambda: harness.marks("A story") == UNREAD)
    harness.click_row("A story")
    await harness.until(lambda: harness.marks("A story") == READ)
    assert harness.answer() == "Once upon a time."


async def test_the_chat_knows_the_first_unread_answer(harness: Harness, fake_model: FakeModel) -> None:
    end = await _ask_and_start_another_chat(harness, fake_model)
    chat = harness.program.chat.conversations.all()[0]
    end.set()
    await harness.until(lambda: harness.marks("A story") == UNREAD)
    messages = await harness.program.chat.chat.messages(chat.id)
    assert harness.program.chat.conversations.get(chat.id).unread_id == messages[-1].id


async def test_an_answer_is_unread_after_a_restart(
    harness: Harness, fake_model: FakeModel, open_harness: Callable[[], Awaitable[Harness]]
) -> None:
    end = await _ask_and_start_another_chat(harness, fake_model)
    end.set()
    await harness.until(lambda: harness.marks("A story") == UNREAD)
    await harness.close()
    again = await open_harness()
    assert again.marks("A story") == UNREAD
    again.click_row("A story")
    await again.until(lambda: again.marks("A story") == READ)


async def test_an_answer_that_ends_while_another_window_is_in_use_is_unread_until_the_window_is_used_again(
    harness: Harness, fake_model: FakeModel, another_window: QWidget
) -> None:
    end = asyncio.Event()
    fake_model.says("Once ", end, "upon a time.")
    harness.ask("A story")
    await harness.until(lambda: harness.answer().startswith("Once"))
    another_window.activateWindow()
    await harness.until(lambda: not harness.window.isActiveWindow())
    end.set()
    await harness.until(lambda: harness.marks("A story") == UNREAD)
    harness.window.activateWindow()
    await harness.until(lambda: harness.marks("A story") == READ)


async def test_an_answer_that_ends_behind_the_settings_is_not_read_by_opening_another_chat(
    harness: Harness, fake_model: FakeModel
) -> None:
    await harness.ask_and_wait("First")
    harness.press(Qt.Key.Key_N, CONTROL)
    end = await _ask_and_start_another_chat(harness, fake_model)
    harness.click_row("A story")
    await harness.until(lambda: harness.answer().startswith("Once"))
    harness.press(Qt.Key.Key_Comma, CONTROL)
    end.set()
    await harness.until(lambda: harness.marks("A story") == UNREAD)
    harness.window.navigation.open(next(c.id for c in harness.program.chat.conversations.all() if c.title == "First"))
    await harness.until(lambda: harness.messages() == ["First", "Yes."])
    assert harness.marks("A story") == UNREAD


async def test_an_answer_that_is_being_read_is_not_marked(harness: Harness) -> None:
    await harness.ask_and_wait("Here")
    assert harness.marks("Here") == READ


async def test_an_answer_that_the_user_stopped_is_not_marked(harness: Harness, fake_model: FakeModel) -> None:
    await _ask_and_start_another_chat(harness, fake_model)
    chat = harness.program.chat.conversations.all()[0]
    await harness.program.chat.chat.stop_and_wait(chat.id)
    assert harness.marks("A story") == READ


async def test_an_unread_answer_opens_at_its_start_below_its_question(harness: Harness, fake_model: FakeModel) -> None:
    long = "".join(f"Line {number}\n\n" for number in range(200))
    await harness.ask_and_wait("First")
    end = await _ask_and_start_another_chat(harness, fake_model)
    end.set()
    await harness.until(lambda: harness.marks("First") == UNREAD)
    harness.click_row("First")
    await harness.until(lambda: harness.marks("First") == READ)
    fake_model.says("Long ", end := asyncio.Event(), long)
    harness.ask("Tell me everything")
    await harness.until(lambda: harness.answer().startswith("Long"))
    harness.press(Qt.Key.Key_N, CONTROL)
    end.set()
    await harness.until(lambda: harness.marks("First") == UNREAD)
    harness.click_row("First")
    await harness.until(lambda: harness.marks("First") == READ)
    transcript = harness.transcript
    count = len(transcript.document)
    seen = transcript.verticalScrollBar().value()
    question, answer = transcript.document.top(count - 2), transcript.document.top(count - 1)
    assert seen < question < answer < seen + transcript.viewport().height() // 2
    assert seen < transcript.verticalScrollBar().maximum() - 1_000


async def test_a_chat_that_was_read_opens_where_it_was_left(harness: Harness, fake_model: FakeModel) -> None:
    fake_model.says("".join(f"Line {number}\n\n" for number in range(200)))
    await harness.ask_and_wait("First")
    bar = harness.transcript.verticalScrollBar()
    bar.setValue(bar.maximum() // 2)
    left = bar.value()
    harness.press(Qt.Key.Key_N, CONTROL)
    harness.click_row("First")
    await harness.until(lambda: abs(bar.value() - left) < 50)
