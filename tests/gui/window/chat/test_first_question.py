"""From an empty window to an answer on the screen."""

import asyncio
from collections.abc import Awaitable, Callable

from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import QWidget

from chatdesk.features.chat.ui.transcript.controls import Verb
from tests.gui.window.desk import Desk, Speaker


async def test_the_first_question_makes_a_chat_with_a_title_and_a_row(desk: Desk, speaker: Speaker) -> None:
    speaker.says("It scatters ", "**blue** light.")
    desk.ask("Why is the sky blue?")
    await desk.until(lambda: desk.messages() == ["Why is the sky blue?", "It scatters blue light."])
    await desk.until(lambda: not desk.streaming())
    assert desk.title() == desk.window.windowTitle() == "Why is the sky blue?"
    assert desk.listed() == ["Today", "Why is the sky blue?"]
    assert desk.edit.text() == ""
    assert desk.edit.hasFocus()
    assert speaker.last_question() == "Why is the sky blue?"


async def test_markdown_streams_in_as_blocks(desk: Desk, speaker: Speaker) -> None:
    go_on = asyncio.Event()
    speaker.says("# Two\n\n- one\n- t", go_on, "wo\n\n```python\nprint(1)\n```\n")
    desk.ask("List two things")
    await desk.until(lambda: desk.answer() == "Two\none\nt")
    assert desk.streaming()
    assert "List two things" in desk.listed()
    go_on.set()
    await desk.until(lambda: not desk.streaming())
    assert desk.answer() == "Two\none\ntwo\nprint(1)"


async def test_reasoning_is_open_while_it_streams_and_folds_when_the_answer_begins(
    desk: Desk, speaker: Speaker
) -> None:
    answer, end = asyncio.Event(), asyncio.Event()
    speaker.says(answer, "42", end, reasoning=("I ", "ponder."))
    desk.choose_model("thinker:8b")
    desk.ask("What is it?")
    await desk.until(lambda: desk.reasoning() == "I ponder.")
    assert desk.reasoning_is_open()
    answer.set()
    await desk.until(lambda: desk.answer() == "42")
    assert not desk.reasoning_is_open()
    end.set()
    await desk.until(lambda: not desk.streaming())
    assert desk.program.chat.is_answering(desk.chat()) is False
    desk.click_control(Verb.FOLD_REASONING)
    assert desk.reasoning_is_open()


async def test_a_chat_is_there_again_after_a_restart(
    desk: Desk, speaker: Speaker, open_desk: Callable[[], Awaitable[Desk]]
) -> None:
    await desk.ask_and_wait("Remember me")
    await desk.close()
    again = await open_desk()
    await again.until(lambda: again.messages() == ["Remember me", "Yes."])
    assert again.title() == "Remember me"


async def test_nothing_lies_over_the_transcript(desk: Desk) -> None:
    """What does, be it two pixels of a splitter's handle, has all of the transcript painted whenever it is scrolled by a line."""
    await desk.ask_and_wait("Why?")
    view = desk.transcript.viewport()
    shown = QRect(view.mapTo(desk.window, QPoint()), view.size())
    others = (
        widget
        for widget in desk.window.findChildren(QWidget)
        if widget.isVisible() and widget is not view and not widget.isAncestorOf(view)
    )
    over = [other for other in others if shown.intersects(QRect(other.mapTo(desk.window, QPoint()), other.size()))]
    assert over == []
