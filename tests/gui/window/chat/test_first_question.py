"""From an empty window to an answer on the screen."""

import asyncio
from collections.abc import Awaitable, Callable

from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import QWidget

from chatdesk.features.chat.ui.transcript.controls import Verb
from tests.gui.window.harness import FakeModel, Harness


async def test_the_first_question_makes_a_chat_with_a_title_and_a_row(harness: Harness, fake_model: FakeModel) -> None:
    fake_model.says("It scatters ", "**blue** light.")
    harness.ask("Why is the sky blue?")
    await harness.until(lambda: harness.messages() == ["Why is the sky blue?", "It scatters blue light."])
    await harness.until(lambda: not harness.streaming())
    assert harness.title() == harness.window.windowTitle() == "Why is the sky blue?"
    assert harness.listed() == ["Folders", "Today", "Why is the sky blue?"]
    assert harness.edit.text() == ""
    assert harness.edit.hasFocus()
    assert fake_model.last_question() == "Why is the sky blue?"


async def test_markdown_streams_in_as_blocks(harness: Harness, fake_model: FakeModel) -> None:
    go_on = asyncio.Event()
    fake_model.says("# Two\n\n- one\n- t", go_on, "wo\n\n```python\nprint(1)\n```\n")
    harness.ask("List two things")
    await harness.until(lambda: harness.answer() == "Two\none\nt")
    assert harness.streaming()
    assert "List two things" in harness.listed()
    go_on.set()
    await harness.until(lambda: not harness.streaming())
    assert harness.answer() == "Two\none\ntwo\nprint(1)"


async def test_reasoning_is_open_while_it_streams_and_folds_when_the_answer_begins(
    harness: Harness, fake_model: FakeModel
) -> None:
    answer, end = asyncio.Event(), asyncio.Event()
    fake_model.says(answer, "42", end, reasoning=("I ", "ponder."))
    harness.choose_model("thinker:8b")
    harness.ask("What is it?")
    await harness.until(lambda: harness.reasoning() == "I ponder.")
    assert harness.reasoning_is_open()
    answer.set()
    await harness.until(lambda: harness.answer() == "42")
    assert not harness.reasoning_is_open()
    end.set()
    await harness.until(lambda: not harness.streaming())
    assert harness.program.chat.chat.is_answering(harness.chat()) is False
    harness.click_control(Verb.FOLD_REASONING)
    assert harness.reasoning_is_open()


async def test_a_chat_is_there_again_after_a_restart(
    harness: Harness, fake_model: FakeModel, open_harness: Callable[[], Awaitable[Harness]]
) -> None:
    await harness.ask_and_wait("Remember me")
    await harness.close()
    again = await open_harness()
    await again.until(lambda: again.messages() == ["Remember me", "Yes."])
    assert again.title() == "Remember me"


async def test_nothing_lies_over_the_transcript(harness: Harness) -> None:
    """What does, be it two pixels of a splitter's handle, has all of the transcript painted whenever it is scrolled by a line."""
    await harness.ask_and_wait("Why?")
    view = harness.transcript.viewport()
    shown = QRect(view.mapTo(harness.window, QPoint()), view.size())
    others = (
        widget
        for widget in harness.window.findChildren(QWidget)
        if widget.isVisible() and widget is not view and not widget.isAncestorOf(view)
    )
    over = [other for other in others if shown.intersects(QRect(other.mapTo(harness.window, QPoint()), other.size()))]
    assert over == []
