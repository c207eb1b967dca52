"""What is kept of a model's thinking in a chat, over a real database."""

import asyncio

from chatdesk.kernel.chat.conversation import Question
from chatdesk.kernel.chat.message import FinishReason, ReasoningPart, Role, TextPart
from chatdesk.kernel.chat.request import Turn
from chatdesk.kernel.chat.stream_events import Finished, ReasoningDelta, TextDelta, TextWasReasoning
from chatdesk.kernel.errors.base import AnswerEndedEarly
from tests.own_time import TIMEOUT
from tests.unit.features.conftest import MODEL, Harness


async def test_the_history_carries_reasoning_apart_from_the_text(harness: Harness) -> None:
    chat = await harness.new_chat()
    harness.completion_client.script(
        TextDelta("let me see"), TextWasReasoning(), TextDelta("42"), Finished(FinishReason.STOP)
    )
    await harness.ask(chat, "6 × 7?")
    await harness.ask(chat, "thanks")
    assert harness.completion_client.requests[-1].turns[1] == Turn(Role.ASSISTANT, "42", "let me see")
    _, answer, *_ = await harness.path(chat)
    assert [type(part) for part in answer.parts] == [ReasoningPart, TextPart]


async def test_thinking_before_an_answer_goes_on_is_a_paragraph_of_its_own_and_adds_up(harness: Harness) -> None:
    chat = await harness.new_chat()
    loop, pauses = asyncio.get_running_loop(), [asyncio.Event(), asyncio.Event()]
    loop.call_later(0.15, pauses[0].set)
    harness.completion_client.script(
        ReasoningDelta("First."), pauses[0], TextDelta("One, "), AnswerEndedEarly("s", "a")
    )
    await harness.ask(chat, "?")
    _, answer = await harness.path(chat)
    assert answer.reasoning.milliseconds >= 20
    loop.call_later(0.15, pauses[1].set)
    harness.completion_client.script(
        ReasoningDelta("And"), pauses[1], ReasoningDelta(" then."), TextDelta("two."), Finished(FinishReason.STOP)
    )
    await harness.chat.continue_answer(answer.id)
    await harness.answered(chat)
    _, whole = await harness.path(chat)
    assert whole.text == "One, two."
    assert whole.reasoning.text == "First.\n\nAnd then."
    assert whole.reasoning.milliseconds >= answer.reasoning.milliseconds + 20


async def test_a_closing_tag_in_what_goes_on_leaves_what_was_said_before(harness: Harness) -> None:
    chat = await harness.new_chat()
    harness.completion_client.script(TextDelta("One, "), AnswerEndedEarly("s", "a"))
    await harness.ask(chat, "?")
    _, answer = await harness.path(chat)
    harness.completion_client.script(
        TextDelta("let me see"), TextWasReasoning(), TextDelta("two."), Finished(FinishReason.STOP)
    )
    await harness.chat.continue_answer(answer.id)
    await harness.answered(chat)
    _, whole = await harness.path(chat)
    assert (whole.reasoning.text, whole.text) == ("let me see", "One, two.")


async def test_what_it_has_thought_so_far_is_on_disk_with_its_time(harness: Harness) -> None:
    chat = await harness.new_chat()
    go_on = asyncio.Event()
    harness.completion_client.script(ReasoningDelta("hm"), go_on, Finished(FinishReason.STOP))
    await harness.chat.send(chat, Question("?", MODEL))
    async with asyncio.timeout(TIMEOUT):
        while harness.chat.growing_answer(chat).reasoning is None:
            await asyncio.sleep(0.005)
    await asyncio.sleep(0.02)
    assert harness.chat.growing_answer(chat).reasoning.milliseconds >= 20
    go_on.set()
    await harness.answered(chat)
