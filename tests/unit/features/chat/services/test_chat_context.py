"""A chat that does not fit: nothing is left out before a person has said so, and then what they said."""

import asyncio

import pytest

from chatdesk.features.chat.services.chat_changes import AnswerGrew
from chatdesk.kernel.chat.message import FinishReason, MessageState, Role
from chatdesk.kernel.chat.stream_events import Finished, ReasoningDelta, Stage, StageChanged, TextDelta, UsageReported
from chatdesk.kernel.chat.usage import Usage
from chatdesk.kernel.context.context_plan import ContextChoice, ContextWish, Summary, fingerprint
from chatdesk.kernel.context.context_size import Room
from chatdesk.kernel.context.token_estimate import estimate_tokens
from chatdesk.kernel.errors.base import ContextTooLong
from chatdesk.kernel.models.parameters import Parameters
from tests.unit.features.conftest import MODEL, Desk

LONG = "word " * 200
"""250 tokens."""


async def long_chat(desk: Desk, room: int = 1300) -> str:
    """A chat of three exchanges, of which the next question makes too many for the room there is from now on."""
    chat = await desk.new_chat()
    for number in range(3):
        await desk.ask(chat, f"{number} {LONG}")
    desk.rooms[MODEL] = Room(room)
    desk.answerer.requests.clear()
    return chat


async def wish(desk: Desk, chat: str, choice: ContextChoice) -> None:
    await desk.conversations.set_context(chat, ContextWish(choice))


def asked(desk: Desk, number: int = -1) -> list[str]:
    return [turn.text.strip()[:9] for turn in desk.answerer.requests[number].turns]


async def test_nothing_is_sent_while_a_person_has_to_choose(desk: Desk):
    chat = await long_chat(desk)
    await desk.ask(chat, f"4 {LONG}")
    answer = (await desk.path(chat))[-1]
    assert desk.answerer.requests == []
    assert answer.state is MessageState.FAILED
    assert answer.failure is not None
    assert (answer.failure.kind, answer.failure.data["limit"]) == ("ContextTooLong", 1300)
    assert (await desk.path(chat))[-2].text.startswith("4 word")


async def test_the_oldest_messages_stay_behind_if_a_person_wants_that_and_are_not_lost(desk: Desk):
    chat = await long_chat(desk)
    await wish(desk, chat, ContextChoice.LEAVE_OUT)
    await desk.ask(chat, f"4 {LONG}")
    assert asked(desk) == ["1 word wo", "Yes.", "2 word wo", "Yes.", "4 word wo"]
    assert len(await desk.path(chat)) == 8


async def test_everything_is_sent_if_a_person_wants_that(desk: Desk):
    chat = await long_chat(desk)
    await wish(desk, chat, ContextChoice.SEND_ANYWAY)
    await desk.ask(chat, f"4 {LONG}")
    assert len(desk.answerer.requests[-1].turns) == 7


async def test_a_question_that_is_too_long_by_itself_is_not_sent(desk: Desk):
    chat = await long_chat(desk)
    await wish(desk, chat, ContextChoice.LEAVE_OUT)
    await desk.ask(chat, LONG * 5)
    assert desk.answerer.requests == []
    assert (await desk.path(chat))[-1].state is MessageState.FAILED


async def test_the_beginning_is_summarised_by_the_model_itself_and_the_summary_is_kept(desk: Desk):
    chat = await long_chat(desk)
    await wish(desk, chat, ContextChoice.SUMMARISE)
    before = await desk.path(chat)
    desk.answerer.says("They spoke ", "of words.")
    await desk.ask(chat, f"4 {LONG}")
    (task,), told = (request.turns for request in desk.answerer.requests)
    assert "User: 0 word" in task.text
    assert "User: 1 word" in task.text
    assert desk.answerer.requests[0].parameters.max_tokens == 162
    assert [turn.role for turn in told] == [Role.SYSTEM, Role.USER, Role.ASSISTANT, Role.USER]
    assert "They spoke of words." in told[0].text
    summary = desk.conversations.get(chat).context.summary
    assert summary == Summary("They spoke of words.", before[3].id, fingerprint([message.id for message in before[:4]]))
    assert (await desk.path(chat))[: len(before)] == before
    stages = [e for change in desk.changes if isinstance(change, AnswerGrew) for e in change.events]
    assert StageChanged(Stage.SUMMARISING) in stages


async def test_a_summary_is_used_again_while_it_is_enough_and_then_goes_on_from_there(desk: Desk):
    chat = await long_chat(desk)
    await wish(desk, chat, ContextChoice.SUMMARISE)
    desk.answerer.says("First notes.")
    await desk.ask(chat, f"4 {LONG}")
    await desk.ask(chat, "5 short")
    assert len(desk.answerer.requests) == 3
    assert [turn.role for turn in desk.answerer.requests[-1].turns] == [
        Role.SYSTEM,
        *[Role.USER, Role.ASSISTANT] * 2,
        Role.USER,
    ]
    desk.answerer.says("Second notes.")
    await desk.ask(chat, LONG * 2)
    task = desk.answerer.requests[3].turns[0].text
    assert "First notes." in task
    assert "User: 2 word" in task
    assert "User: 0 word" not in task
    context = desk.conversations.get(chat).context
    assert context.summary is not None
    assert context.summary.text == "Second notes."


@pytest.mark.parametrize("deed", ["edited", "deleted"])
async def test_a_summary_does_not_outlive_what_it_was_made_of(desk: Desk, deed: str):
    chat = await long_chat(desk)
    await wish(desk, chat, ContextChoice.SUMMARISE)
    desk.answerer.says("They spoke of words.")
    await desk.ask(chat, f"4 {LONG}")
    answer = (await desk.path(chat))[1]
    if deed == "edited":
        await desk.branches.edit_answer(answer.id, "A secret.")
    else:
        await desk.branches.delete(answer.id)
    plan, _, _ = await desk.chat.plan(desk.conversations.get(chat), MODEL, f"5 {LONG}")
    assert (plan.summary, plan.to_summarise > 0) == (None, True)
    desk.answerer.requests.clear()
    for _ in range(3):
        desk.answerer.says("They spoke anew.")
    await desk.ask(chat, f"5 {LONG}")
    told = "".join(request.turns[0].text for request in desk.answerer.requests[:-1])
    assert "They spoke of words." not in told
    assert ("A secret." in told) is (deed == "edited")
    assert desk.conversations.get(chat).context.summary.text == "They spoke anew."


async def test_a_long_beginning_is_summarised_piece_by_piece(desk: Desk):
    chat = await long_chat(desk, room=600)
    await wish(desk, chat, ContextChoice.SUMMARISE)
    for number in range(2):
        desk.answerer.says(f"Notes {number}.")
    await desk.ask(chat, "4 short")
    tasks = [request.turns[0].text for request in desk.answerer.requests[:-1]]
    assert len(tasks) == 2
    assert "Notes 0." in tasks[1]
    context = desk.conversations.get(chat).context
    assert context.summary is not None
    assert context.summary.text == "Notes 1."
    stages = [e for change in desk.changes if isinstance(change, AnswerGrew) for e in change.events]
    assert StageChanged(Stage.SUMMARISING, 1, 2) in stages


async def test_a_long_message_in_chinese_is_summarised_in_pieces_that_fit(desk: Desk):
    chat = await desk.new_chat()
    await desk.ask(chat, "汉字" * 2000)
    desk.rooms[MODEL] = Room(1300)
    desk.answerer.requests.clear()
    await wish(desk, chat, ContextChoice.SUMMARISE)
    await desk.ask(chat, "And?")
    *summaries, _ = desk.answerer.requests
    assert len(summaries) > 4000 // 1300
    assert all(estimate_tokens(request.turns[0].text) < 1300 for request in summaries)


async def test_while_a_summary_waits_for_the_server_that_is_what_is_told(desk: Desk):
    chat = await long_chat(desk)
    await wish(desk, chat, ContextChoice.SUMMARISE)
    busy = StageChanged(Stage.SERVER_BUSY, seconds=2)
    desk.answerer.script(
        StageChanged(Stage.CONNECTING), busy, TextDelta("Notes."), TextDelta(" More."), Finished(FinishReason.STOP)
    )
    await desk.ask(chat, f"4 {LONG}")
    events = [e for change in desk.changes if isinstance(change, AnswerGrew) for e in change.events]
    stages = [event for event in events if isinstance(event, StageChanged)]
    assert stages == [StageChanged(Stage.SUMMARISING), busy, StageChanged(Stage.SUMMARISING)]


async def test_stopping_the_summary_leaves_everything_as_it_was(desk: Desk):
    chat = await long_chat(desk)
    await wish(desk, chat, ContextChoice.SUMMARISE)
    desk.answerer.script(TextDelta("They"), asyncio.Event())
    sending = asyncio.ensure_future(desk.ask(chat, f"4 {LONG}"))
    while not desk.answerer.requests:
        await asyncio.sleep(0.01)
    desk.chat.stop(chat)
    await sending
    assert desk.answerer.closed == 4
    assert (await desk.path(chat))[-1].state is MessageState.STOPPED
    assert desk.conversations.get(chat).context == ContextWish(ContextChoice.SUMMARISE)


async def test_a_model_that_has_no_summary_to_give_leaves_the_choice_to_the_person(desk: Desk):
    chat = await long_chat(desk)
    await wish(desk, chat, ContextChoice.SUMMARISE)
    desk.answerer.says(" \n")
    await desk.ask(chat, f"4 {LONG}")
    assert (await desk.path(chat))[-1].state is MessageState.FAILED
    assert desk.conversations.get(chat).context.summary is None


@pytest.mark.parametrize("limit", [900, None])
async def test_a_refusal_teaches_how_much_there_is_room_for(desk: Desk, limit: int | None):
    chat = await long_chat(desk)
    desk.rooms[MODEL] = Room()
    desk.answerer.script(ContextTooLong("S", "http://s", 1200 if limit else None, limit))
    await desk.ask(chat, f"4 {LONG}")
    failed = (await desk.path(chat))[-1]
    assert failed.state is MessageState.FAILED
    await wish(desk, chat, ContextChoice.LEAVE_OUT)
    await desk.chat.continue_answer(failed.id)
    await desk.answered(chat)
    assert asked(desk) == ["2 word wo", "Yes.", "4 word wo"]
    assert (await desk.path(chat))[-1].state is MessageState.COMPLETE


async def test_what_was_reckoned_is_kept_beside_what_the_server_counted(desk: Desk):
    chat = await long_chat(desk, room=4000)
    await wish(desk, chat, ContextChoice.SEND_ANYWAY)
    desk.answerer.script(TextDelta("Hm."), UsageReported(Usage(130, 1)), Finished(FinishReason.STOP))
    await desk.ask(chat, LONG * 12)
    usage = (await desk.path(chat))[-1].usage
    assert usage is not None
    assert (usage.prompt_tokens, usage.context_length) == (130, 4000)
    assert usage.expected_prompt_tokens == pytest.approx(3780, abs=60)
    assert usage.prompt_was_cut


async def test_what_the_server_must_be_asked_for_goes_along_with_the_parameters_of_the_chat(desk: Desk):
    chat = await desk.new_chat()
    desk.rooms[MODEL] = Room(8192, 8192)
    await desk.conversations.set_parameters(chat, Parameters(top_k=5))
    await desk.ask(chat, "Hi")
    assert desk.answerer.requests[0].parameters == Parameters(top_k=5, num_ctx=8192)


async def test_what_would_go_along_is_told_while_one_writes(desk: Desk):
    chat = await long_chat(desk)
    plan, room, path = await desk.chat.plan(desk.conversations.get(chat), MODEL, LONG)
    assert (plan.fit.fits, room, len(path)) == (False, Room(1300), 6)
    assert plan.fit.left_out == tuple(message.id for message in path[:2])
    await wish(desk, chat, ContextChoice.LEAVE_OUT)
    plan, _, _ = await desk.chat.plan(desk.conversations.get(chat), MODEL, LONG * 2)
    assert plan.first == 4


async def test_a_chat_that_grew_out_of_another_takes_its_choice_along_but_not_the_summary(desk: Desk):
    chat = await long_chat(desk)
    await desk.conversations.set_context(chat, ContextWish(ContextChoice.SUMMARISE, Summary("x", "m")))
    await desk.conversations.set_parameters(chat, Parameters(seed=1))
    copy = await desk.branches.branch((await desk.path(chat))[-1].id, "Copy")
    assert (copy.context, copy.parameters) == (ContextWish(ContextChoice.SUMMARISE), Parameters(seed=1))


async def test_a_piece_without_a_summary_leaves_the_choice_to_the_person(desk: Desk):
    chat = await long_chat(desk, room=600)
    await wish(desk, chat, ContextChoice.SUMMARISE)
    desk.answerer.says("Notes.")
    desk.answerer.script(ReasoningDelta("hm"), Finished(FinishReason.LENGTH))
    await desk.ask(chat, "4 short")
    assert (await desk.path(chat))[-1].state is MessageState.FAILED
    assert desk.conversations.get(chat).context.summary is None


async def test_what_a_server_once_refused_is_forgotten_when_it_says_of_another_room(desk: Desk):
    chat = await desk.new_chat()
    await desk.ask(chat, f"0 {LONG}")
    desk.rooms[MODEL] = Room(4096)
    desk.answerer.script(ContextTooLong(prompt_tokens=600, limit=512))
    await desk.ask(chat, f"1 {LONG}")
    desk.answerer.requests.clear()
    await desk.ask(chat, f"2 {LONG}")
    assert desk.answerer.requests == []
    desk.rooms[MODEL] = Room(32768)
    await desk.ask(chat, f"3 {LONG}")
    assert len(desk.answerer.requests) == 1


async def test_how_a_server_counts_is_learned_within_bounds_and_holds_for_no_other_chat_once_it_answers(desk: Desk):
    chat = await desk.new_chat()
    desk.rooms[MODEL] = Room(4096, 4096)
    desk.answerer.script(ContextTooLong("S", "http://s", prompt_tokens=3466, limit=2048))
    await desk.ask(chat, "Why is the sky blue?")
    other = await desk.new_chat()
    desk.answerer.requests.clear()
    await desk.ask(other, "short " * 200)
    assert len(desk.answerer.requests) == 1, "250 tokens are at most 750"
    await desk.ask(other, "word " * 1000)
    assert len(desk.answerer.requests) == 2, "which its answer has shown"


async def test_what_can_be_done_about_a_refusal_is_told_with_it(desk: Desk):
    chat = await desk.new_chat()
    desk.rooms[MODEL] = Room(256, 256, (2048, 4096))
    await desk.ask(chat, LONG * 6)
    failure = (await desk.path(chat))[-1].failure
    assert failure is not None
    assert (failure.data["enough"], failure.data["can_leave_out"]) == (2048, False)
    await wish(desk, chat, ContextChoice.SEND_ANYWAY)
    desk.answerer.script(ContextTooLong("S", "http://s", 1700, 256, "1700 > 256"))
    await desk.chat.continue_answer((await desk.path(chat))[-1].id)
    await desk.answered(chat)
    failure = (await desk.path(chat))[-1].failure
    assert failure is not None
    told = {name: failure.data[name] for name in ("server", "prompt_tokens", "limit", "enough", "can_leave_out")}
    assert told == {"server": "S", "prompt_tokens": 1700, "limit": 256, "enough": 4096, "can_leave_out": False}


async def test_a_chat_takes_a_larger_context_before_anything_is_left_out_of_it(desk: Desk):
    chat = await long_chat(desk)
    desk.rooms[MODEL] = Room(600, 600, (1300, 4000), grows=True)
    await wish(desk, chat, ContextChoice.LEAVE_OUT)
    await desk.ask(chat, f"4 {LONG}")
    request = desk.answerer.requests[-1]
    assert (len(request.turns), request.parameters.num_ctx, request.grows) == (7, 4000, True)
    desk.rooms[MODEL] = Room(600, 600, (800,), grows=True)
    await desk.ask(chat, f"5 {LONG}")
    request = desk.answerer.requests[-1]
    assert request.parameters.num_ctx == 800, "the most there is"
    assert request.turns[-1].text.startswith("5 word")
    assert len(request.turns) < 9


async def test_while_a_question_waits_it_is_not_counted_among_older_messages(desk: Desk):
    chat = await desk.new_chat()
    desk.rooms[MODEL] = Room(256, 256, (4096,))
    await desk.ask(chat, LONG * 6)
    plan, _, path = await desk.chat.plan(desk.conversations.get(chat), MODEL, "")
    assert (plan.fit.left_out, plan.fit.can_leave_out, plan.enough, len(path)) == ((), False, 4096, 2)
    plan, _, _ = await desk.chat.plan(desk.conversations.get(chat), MODEL, "And now?")
    assert plan.fit.left_out == (path[0].id,), "its failed answer says nothing"
