"""A chat that does not fit: nothing is left out before a person has said so, and then what they said."""

import asyncio

import pytest

from chatdesk.features.chat.services.chat_changes import AnswerGrew
from chatdesk.kernel.chat.message import FinishReason, MessageState, Role
from chatdesk.kernel.chat.stream_events import (
    AnswerStage,
    AnswerStageChanged,
    Finished,
    ReasoningDelta,
    TextDelta,
    UsageReported,
)
from chatdesk.kernel.chat.usage import Usage
from chatdesk.kernel.context.context_plan import ContextChoice, OverflowPolicy, Summary, fingerprint
from chatdesk.kernel.context.context_size import ContextBudget
from chatdesk.kernel.context.token_estimate import estimate_tokens
from chatdesk.kernel.errors.base import ContextTooLong
from chatdesk.kernel.models.parameters import Parameters
from tests.unit.features.conftest import MODEL, Harness

LONG = "word " * 200
"""250 tokens."""


async def long_chat(harness: Harness, budget: int = 1300) -> str:
    """A chat of three exchanges, of which the next question makes too many for the room there is from now on."""
    chat = await harness.new_chat()
    for number in range(3):
        await harness.ask(chat, f"{number} {LONG}")
    harness.budgets[MODEL] = ContextBudget(budget)
    harness.completion_client.requests.clear()
    return chat


async def policy(harness: Harness, chat: str, choice: ContextChoice) -> None:
    await harness.conversations.set_context(chat, OverflowPolicy(choice))


def asked(harness: Harness, number: int = -1) -> list[str]:
    return [turn.text.strip()[:9] for turn in harness.completion_client.requests[number].turns]


async def test_nothing_is_sent_while_a_person_has_to_choose(harness: Harness):
    chat = await long_chat(harness)
    await harness.ask(chat, f"4 {LONG}")
    answer = (await harness.path(chat))[-1]
    assert harness.completion_client.requests == []
    assert answer.state is MessageState.FAILED
    assert answer.failure is not None
    assert (answer.failure.kind, answer.failure.data["limit"]) == ("ContextTooLong", 1300)
    assert (await harness.path(chat))[-2].text.startswith("4 word")


async def test_the_oldest_messages_stay_behind_if_a_person_wants_that_and_are_not_lost(harness: Harness):
    chat = await long_chat(harness)
    await policy(harness, chat, ContextChoice.LEAVE_OUT)
    await harness.ask(chat, f"4 {LONG}")
    assert asked(harness) == ["1 word wo", "Yes.", "2 word wo", "Yes.", "4 word wo"]
    assert len(await harness.path(chat)) == 8


async def test_everything_is_sent_if_a_person_wants_that(harness: Harness):
    chat = await long_chat(harness)
    await policy(harness, chat, ContextChoice.SEND_ANYWAY)
    await harness.ask(chat, f"4 {LONG}")
    assert len(harness.completion_client.requests[-1].turns) == 7


async def test_a_question_that_is_too_long_by_itself_is_not_sent(harness: Harness):
    chat = await long_chat(harness)
    await policy(harness, chat, ContextChoice.LEAVE_OUT)
    await harness.ask(chat, LONG * 5)
    assert harness.completion_client.requests == []
    assert (await harness.path(chat))[-1].state is MessageState.FAILED


async def test_the_beginning_is_summarised_by_the_model_itself_and_the_summary_is_kept(harness: Harness):
    chat = await long_chat(harness)
    await policy(harness, chat, ContextChoice.SUMMARISE)
    before = await harness.path(chat)
    harness.completion_client.says("They spoke ", "of words.")
    await harness.ask(chat, f"4 {LONG}")
    (task,), turns = (request.turns for request in harness.completion_client.requests)
    assert "User: 0 word" in task.text
    assert "User: 1 word" in task.text
    assert harness.completion_client.requests[0].parameters.max_tokens == 162
    assert [turn.role for turn in turns] == [Role.SYSTEM, Role.USER, Role.ASSISTANT, Role.USER]
    assert "They spoke of words." in turns[0].text
    summary = harness.conversations.get(chat).context.summary
    assert summary == Summary("They spoke of words.", before[3].id, fingerprint([message.id for message in before[:4]]))
    assert (await harness.path(chat))[: len(before)] == before
    stages = [e for change in harness.changes if isinstance(change, AnswerGrew) for e in change.events]
    assert AnswerStageChanged(AnswerStage.SUMMARISING) in stages


async def test_a_summary_is_used_again_while_it_is_enough_and_then_goes_on_from_there(harness: Harness):
    chat = await long_chat(harness)
    await policy(harness, chat, ContextChoice.SUMMARISE)
    harness.completion_client.says("First notes.")
    await harness.ask(chat, f"4 {LONG}")
    await harness.ask(chat, "5 short")
    assert len(harness.completion_client.requests) == 3
    assert [turn.role for turn in harness.completion_client.requests[-1].turns] == [
        Role.SYSTEM,
        *[Role.USER, Role.ASSISTANT] * 2,
        Role.USER,
    ]
    harness.completion_client.says("Second notes.")
    await harness.ask(chat, LONG * 2)
    task = harness.completion_client.requests[3].turns[0].text
    assert "First notes." in task
    assert "User: 2 word" in task
    assert "User: 0 word" not in task
    context = harness.conversations.get(chat).context
    assert context.summary is not None
    assert context.summary.text == "Second notes."


@pytest.mark.parametrize("action", ["edited", "deleted"])
async def test_a_summary_does_not_outlive_what_it_was_made_of(harness: Harness, action: str):
    chat = await long_chat(harness)
    await policy(harness, chat, ContextChoice.SUMMARISE)
    harness.completion_client.says("They spoke of words.")
    await harness.ask(chat, f"4 {LONG}")
    answer = (await harness.path(chat))[1]
    if action == "edited":
        await harness.branches.edit_answer(answer.id, "A secret.")
    else:
        await harness.branches.delete(answer.id)
    plan, _, _ = await harness.chat.plan(harness.conversations.get(chat), MODEL, f"5 {LONG}")
    assert (plan.summary, plan.to_summarise > 0) == (None, True)
    harness.completion_client.requests.clear()
    for _ in range(3):
        harness.completion_client.says("They spoke anew.")
    await harness.ask(chat, f"5 {LONG}")
    sent = "".join(request.turns[0].text for request in harness.completion_client.requests[:-1])
    assert "They spoke of words." not in sent
    assert ("A secret." in sent) is (action == "edited")
    assert harness.conversations.get(chat).context.summary.text == "They spoke anew."


async def test_a_long_beginning_is_summarised_piece_by_piece(harness: Harness):
    chat = await long_chat(harness, budget=600)
    await policy(harness, chat, ContextChoice.SUMMARISE)
    for number in range(2):
        harness.completion_client.says(f"Notes {number}.")
    await harness.ask(chat, "4 short")
    tasks = [request.turns[0].text for request in harness.completion_client.requests[:-1]]
    assert len(tasks) == 2
    assert "Notes 0." in tasks[1]
    context = harness.conversations.get(chat).context
    assert context.summary is not None
    assert context.summary.text == "Notes 1."
    stages = [e for change in harness.changes if isinstance(change, AnswerGrew) for e in change.events]
    assert AnswerStageChanged(AnswerStage.SUMMARISING, 1, 2) in stages


async def test_a_long_message_in_chinese_is_summarised_in_pieces_that_fit(harness: Harness):
    chat = await harness.new_chat()
    await harness.ask(chat, "汉字" * 2000)
    harness.budgets[MODEL] = ContextBudget(1300)
    harness.completion_client.requests.clear()
    await policy(harness, chat, ContextChoice.SUMMARISE)
    await harness.ask(chat, "And?")
    *summaries, _ = harness.completion_client.requests
    assert len(summaries) > 4000 // 1300
    assert all(estimate_tokens(request.turns[0].text) < 1300 for request in summaries)


async def test_while_a_summary_waits_for_the_server_that_is_what_is_reported(harness: Harness):
    chat = await long_chat(harness)
    await policy(harness, chat, ContextChoice.SUMMARISE)
    busy = AnswerStageChanged(AnswerStage.SERVER_BUSY, seconds=2)
    harness.completion_client.script(
        AnswerStageChanged(AnswerStage.CONNECTING),
        busy,
        TextDelta("Notes."),
        TextDelta(" More."),
        Finished(FinishReason.STOP),
    )
    await harness.ask(chat, f"4 {LONG}")
    events = [e for change in harness.changes if isinstance(change, AnswerGrew) for e in change.events]
    stages = [event for event in events if isinstance(event, AnswerStageChanged)]
    assert stages == [AnswerStageChanged(AnswerStage.SUMMARISING), busy, AnswerStageChanged(AnswerStage.SUMMARISING)]


async def test_stopping_the_summary_leaves_everything_as_it_was(harness: Harness):
    chat = await long_chat(harness)
    await policy(harness, chat, ContextChoice.SUMMARISE)
    harness.completion_client.script(TextDelta("They"), asyncio.Event())
    sending = asyncio.ensure_future(harness.ask(chat, f"4 {LONG}"))
    while not harness.completion_client.requests:
        await asyncio.sleep(0.01)
    harness.chat.stop(chat)
    await sending
    assert harness.completion_client.closed == 4
    assert (await harness.path(chat))[-1].state is MessageState.STOPPED
    assert harness.conversations.get(chat).context == OverflowPolicy(ContextChoice.SUMMARISE)


async def test_a_model_that_has_no_summary_to_give_leaves_the_choice_to_the_person(harness: Harness):
    chat = await long_chat(harness)
    await policy(harness, chat, ContextChoice.SUMMARISE)
    harness.completion_client.says(" \n")
    await harness.ask(chat, f"4 {LONG}")
    assert (await harness.path(chat))[-1].state is MessageState.FAILED
    assert harness.conversations.get(chat).context.summary is None


@pytest.mark.parametrize("limit", [900, None])
async def test_a_refusal_teaches_how_much_there_is_room_for(harness: Harness, limit: int | None):
    chat = await long_chat(harness)
    harness.budgets[MODEL] = ContextBudget()
    harness.completion_client.script(ContextTooLong("S", "http://s", 1200 if limit else None, limit))
    await harness.ask(chat, f"4 {LONG}")
    failed = (await harness.path(chat))[-1]
    assert failed.state is MessageState.FAILED
    await policy(harness, chat, ContextChoice.LEAVE_OUT)
    await harness.chat.continue_answer(failed.id)
    await harness.answered(chat)
    assert asked(harness) == ["2 word wo", "Yes.", "4 word wo"]
    assert (await harness.path(chat))[-1].state is MessageState.COMPLETE


async def test_what_was_reckoned_is_kept_beside_what_the_server_counted(harness: Harness):
    chat = await long_chat(harness, budget=4000)
    await policy(harness, chat, ContextChoice.SEND_ANYWAY)
    harness.completion_client.script(TextDelta("Hm."), UsageReported(Usage(130, 1)), Finished(FinishReason.STOP))
    await harness.ask(chat, LONG * 12)
    usage = (await harness.path(chat))[-1].usage
    assert usage is not None
    assert (usage.prompt_tokens, usage.context_length) == (130, 4000)
    assert usage.expected_prompt_tokens == pytest.approx(3780, abs=60)
    assert usage.prompt_was_cut


async def test_what_the_server_must_be_asked_for_goes_along_with_the_parameters_of_the_chat(harness: Harness):
    chat = await harness.new_chat()
    harness.budgets[MODEL] = ContextBudget(8192, 8192)
    await harness.conversations.set_parameters(chat, Parameters(top_k=5))
    await harness.ask(chat, "Hi")
    assert harness.completion_client.requests[0].parameters == Parameters(top_k=5, num_ctx=8192)


async def test_what_would_go_along_is_reported_while_one_writes(harness: Harness):
    chat = await long_chat(harness)
    plan, budget, path = await harness.chat.plan(harness.conversations.get(chat), MODEL, LONG)
    assert (plan.fit.fits, budget, len(path)) == (False, ContextBudget(1300), 6)
    assert plan.fit.left_out == tuple(message.id for message in path[:2])
    await policy(harness, chat, ContextChoice.LEAVE_OUT)
    plan, _, _ = await harness.chat.plan(harness.conversations.get(chat), MODEL, LONG * 2)
    assert plan.first == 4


async def test_a_chat_that_grew_out_of_another_takes_its_choice_along_but_not_the_summary(harness: Harness):
    chat = await long_chat(harness)
    await harness.conversations.set_context(chat, OverflowPolicy(ContextChoice.SUMMARISE, Summary("x", "m")))
    await harness.conversations.set_parameters(chat, Parameters(seed=1))
    copy = await harness.branches.branch((await harness.path(chat))[-1].id, "Copy")
    assert (copy.context, copy.parameters) == (OverflowPolicy(ContextChoice.SUMMARISE), Parameters(seed=1))


async def test_a_piece_without_a_summary_leaves_the_choice_to_the_person(harness: Harness):
    chat = await long_chat(harness, budget=600)
    await policy(harness, chat, ContextChoice.SUMMARISE)
    harness.completion_client.says("Notes.")
    harness.completion_client.script(ReasoningDelta("hm"), Finished(FinishReason.LENGTH))
    await harness.ask(chat, "4 short")
    assert (await harness.path(chat))[-1].state is MessageState.FAILED
    assert harness.conversations.get(chat).context.summary is None


async def test_what_a_server_once_refused_is_forgotten_when_it_says_of_another_room(harness: Harness):
    chat = await harness.new_chat()
    await harness.ask(chat, f"0 {LONG}")
    harness.budgets[MODEL] = ContextBudget(4096)
    harness.completion_client.script(ContextTooLong(prompt_tokens=600, limit=512))
    await harness.ask(chat, f"1 {LONG}")
    harness.completion_client.requests.clear()
    await harness.ask(chat, f"2 {LONG}")
    assert harness.completion_client.requests == []
    harness.budgets[MODEL] = ContextBudget(32768)
    await harness.ask(chat, f"3 {LONG}")
    assert len(harness.completion_client.requests) == 1


async def test_how_a_server_counts_is_learned_within_bounds_and_holds_for_no_other_chat_once_it_answers(
    harness: Harness,
):
    chat = await harness.new_chat()
    harness.budgets[MODEL] = ContextBudget(4096, 4096)
    harness.completion_client.script(ContextTooLong("S", "http://s", prompt_tokens=3466, limit=2048))
    await harness.ask(chat, "Why is the sky blue?")
    other = await harness.new_chat()
    harness.completion_client.requests.clear()
    await harness.ask(other, "short " * 200)
    assert len(harness.completion_client.requests) == 1, "250 tokens are at most 750"
    await harness.ask(other, "word " * 1000)
    assert len(harness.completion_client.requests) == 2, "which its answer has shown"


async def test_what_can_be_done_about_a_refusal_is_reported_with_it(harness: Harness):
    chat = await harness.new_chat()
    harness.budgets[MODEL] = ContextBudget(256, 256, (2048, 4096))
    await harness.ask(chat, LONG * 6)
    failure = (await harness.path(chat))[-1].failure
    assert failure is not None
    assert (failure.data["enough"], failure.data["can_leave_out"]) == (2048, False)
    await policy(harness, chat, ContextChoice.SEND_ANYWAY)
    harness.completion_client.script(ContextTooLong("S", "http://s", 1700, 256, "1700 > 256"))
    await harness.chat.continue_answer((await harness.path(chat))[-1].id)
    await harness.answered(chat)
    failure = (await harness.path(chat))[-1].failure
    assert failure is not None
    data = {name: failure.data[name] for name in ("server", "prompt_tokens", "limit", "enough", "can_leave_out")}
    assert data == {"server": "S", "prompt_tokens": 1700, "limit": 256, "enough": 4096, "can_leave_out": False}


async def test_a_chat_takes_a_larger_context_before_anything_is_left_out_of_it(harness: Harness):
    chat = await long_chat(harness)
    harness.budgets[MODEL] = ContextBudget(600, 600, (1300, 4000), grows=True)
    await policy(harness, chat, ContextChoice.LEAVE_OUT)
    await harness.ask(chat, f"4 {LONG}")
    request = harness.completion_client.requests[-1]
    assert (len(request.turns), request.parameters.num_ctx, request.grows) == (7, 4000, True)
    harness.budgets[MODEL] = ContextBudget(600, 600, (800,), grows=True)
    await harness.ask(chat, f"5 {LONG}")
    request = harness.completion_client.requests[-1]
    assert request.parameters.num_ctx == 800, "the most there is"
    assert request.turns[-1].text.startswith("5 word")
    assert len(request.turns) < 9


async def test_while_a_question_waits_it_is_not_counted_among_older_messages(harness: Harness):
    chat = await harness.new_chat()
    harness.budgets[MODEL] = ContextBudget(256, 256, (4096,))
    await harness.ask(chat, LONG * 6)
    plan, _, path = await harness.chat.plan(harness.conversations.get(chat), MODEL, "")
    assert (plan.fit.left_out, plan.fit.can_leave_out, plan.enough, len(path)) == ((), False, 4096, 2)
    plan, _, _ = await harness.chat.plan(harness.conversations.get(chat), MODEL, "And now?")
    assert plan.fit.left_out == (path[0].id,), "its failed answer says nothing"
