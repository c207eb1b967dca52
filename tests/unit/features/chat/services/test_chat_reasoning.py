"""What is kept of a model's thinking in a chat, over a real database."""

import asyncio

from chatdesk.kernel.chat.message import FinishReason, ReasoningPart, Role, TextPart
from chatdesk.kernel.chat.question import Question
from chatdesk.kernel.chat.request import Turn
from chatdesk.kernel.chat.stream_events import Finished, ReasoningDelta, TextDelta, TextWasReasoning
from chatdesk.kernel.errors.base import AnswerEndedEarly
from tests.own_time import PATIENCE
from tests.unit.features.conftest import MODEL, Desk


async def test_the_history_carries_reasoning_apart_from_the_text(desk: Desk) -> None:
    chat = await desk.new_chat()
    desk.answerer.script(TextDelta("let me see"), TextWasReasoning(), TextDelta("42"), Finished(FinishReason.STOP))
    await desk.ask(chat, "6 × 7?")
    await desk.ask(chat, "thanks")
    assert desk.answerer.requests[-1].turns[1] == Turn(Role.ASSISTANT, "42", "let me see")
    _, answer, *_ = await desk.path(chat)
    assert [type(part) for part in answer.parts] == [ReasoningPart, TextPart]


async def test_thinking_before_an_answer_goes_on_is_a_paragraph_of_its_own_and_adds_up(desk: Desk) -> None:
    chat = await desk.new_chat()
    loop, pauses = asyncio.get_running_loop(), [asyncio.Event(), asyncio.Event()]
    loop.call_later(0.15, pauses[0].set)
    desk.answerer.script(ReasoningDelta("First."), pauses[0], TextDelta("One, "), AnswerEndedEarly("s", "a"))
    await desk.ask(chat, "?")
    _, answer = await desk.path(chat)
    assert answer.reasoning.milliseconds >= 20
    loop.call_later(0.15, pauses[1].set)
    desk.answerer.script(
        ReasoningDelta("And"), pauses[1], ReasoningDelta(" then."), TextDelta("two."), Finished(FinishReason.STOP)
    )
    await desk.chat.continue_answer(answer.id)
    await desk.answered(chat)
    _, whole = await desk.path(chat)
    assert whole.text == "One, two."
    assert whole.reasoning.text == "First.\n\nAnd then."
    assert whole.reasoning.milliseconds >= answer.reasoning.milliseconds + 20


async def test_a_closing_tag_in_what_goes_on_leaves_what_was_said_before(desk: Desk) -> None:
    chat = await desk.new_chat()
    desk.answerer.script(TextDelta("One, "), AnswerEndedEarly("s", "a"))
    await desk.ask(chat, "?")
    _, answer = await desk.path(chat)
    desk.answerer.script(TextDelta("let me see"), TextWasReasoning(), TextDelta("two."), Finished(FinishReason.STOP))
    await desk.chat.continue_answer(answer.id)
    await desk.answered(chat)
    _, whole = await desk.path(chat)
    assert (whole.reasoning.text, whole.text) == ("let me see", "One, two.")


async def test_what_it_has_thought_so_far_is_on_disk_with_its_time(desk: Desk) -> None:
    chat = await desk.new_chat()
    go_on = asyncio.Event()
    desk.answerer.script(ReasoningDelta("hm"), go_on, Finished(FinishReason.STOP))
    await desk.chat.send(chat, Question("?", MODEL))
    async with asyncio.timeout(PATIENCE):
        while desk.chat.growing_answer(chat).reasoning is None:
            await asyncio.sleep(0.005)
    await asyncio.sleep(0.02)
    assert desk.chat.growing_answer(chat).reasoning.milliseconds >= 20
    go_on.set()
    await desk.answered(chat)
