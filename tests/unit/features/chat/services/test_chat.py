"""Ask and answer, over a real database."""

import asyncio

import pytest

from chatdesk.features.chat.services.chat_changes import (
    AnswerGrew,
    MessageAdded,
    MessageChanged,
    QueueChanged,
    QueueReturned,
)
from chatdesk.features.chat.services.store.conversations import ConversationChanged, ConversationRemoved
from chatdesk.kernel.chat.message import FinishReason, Message, MessageState, Role, TextPart
from chatdesk.kernel.chat.question import Question
from chatdesk.kernel.chat.request import Turn
from chatdesk.kernel.chat.stream_events import Finished, ReasoningDelta, TextDelta, UsageReported
from chatdesk.kernel.chat.usage import Usage
from chatdesk.kernel.errors.base import AnswerEndedEarly, ConnectionLost, ModelNotFound
from chatdesk.kernel.errors.kept_errors import from_failure
from chatdesk.kernel.errors.storage_errors import DiskFull
from chatdesk.storage.database.message_repository import MessageRepository
from tests.own_time import OwnTime, until
from tests.unit.features.conftest import MODEL, Desk


async def stored_text(desk: Desk, message_id: str) -> str:
    message = await desk.database.run(lambda connection: MessageRepository(connection).get(message_id))
    return message.text


async def test_a_question_and_its_answer_are_kept_and_announced(desk: Desk) -> None:
    chat = await desk.new_chat()
    desk.answerer.says("Because ", "of scattering.")
    await desk.ask(chat, "Why is the sky blue?")

    question, answer = await desk.path(chat)
    assert (question.role, question.text) == (Role.USER, "Why is the sky blue?")
    assert (answer.role, answer.text, answer.state) == (Role.ASSISTANT, "Because of scattering.", MessageState.COMPLETE)
    assert answer.model == MODEL
    assert answer.finish is FinishReason.STOP
    kinds = [type(change) for change in desk.changes]
    assert kinds == [MessageAdded, MessageAdded, AnswerGrew, AnswerGrew, AnswerGrew, MessageChanged]


async def test_the_first_question_gives_the_title_and_later_ones_do_not(desk: Desk) -> None:
    chat = await desk.new_chat()
    await desk.ask(chat, "Why is the sky blue?")
    await desk.ask(chat, "And the sea?")
    assert desk.conversations.get(chat).title == "Why is the sky blue?"


async def test_both_rows_are_on_disk_before_anything_is_sent(desk: Desk) -> None:
    chat = await desk.new_chat()
    go_on = asyncio.Event()
    desk.answerer.script(go_on, TextDelta("now"), Finished(FinishReason.STOP))
    await desk.chat.send(chat, Question("first things first", MODEL))
    rows = await desk.database.run(lambda connection: MessageRepository(connection).of_conversation(chat))
    assert [(row.role, row.state) for row in rows] == [
        (Role.USER, MessageState.COMPLETE),
        (Role.ASSISTANT, MessageState.STREAMING),
    ]
    go_on.set()
    await desk.answered(chat)


@pytest.fixture
def transactions(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What was written, one entry a transaction."""
    ran: list[str] = []
    run = desk.database.run

    def counted(function):
        ran.append(function.__qualname__)
        return run(function)

    monkeypatch.setattr(desk.database, "run", counted)
    return ran


async def test_a_question_waits_for_the_disk_once_before_it_is_sent(desk: Desk, transactions: list[str]) -> None:
    chat = await desk.new_chat()
    await desk.ask(chat, "first")
    transactions.clear()
    desk.answerer.script(asyncio.Event())
    await desk.chat.send(chat, Question("second", MODEL))
    assert len(transactions) == 1


async def test_another_version_waits_for_the_disk_once_before_it_is_sent(desk: Desk, transactions: list[str]) -> None:
    chat = await desk.new_chat()
    await desk.ask(chat, "first")
    question, answer = await desk.path(chat)
    for again in (
        desk.chat.regenerate(answer.id, MODEL),
        desk.chat.edit(question.id, Question("in other words", MODEL)),
    ):
        transactions.clear()
        desk.answerer.script(asyncio.Event())
        await again
        looked_up = [name for name in transactions if name.startswith("Chat.find")]
        assert len(transactions) - len(looked_up) == 1
        desk.chat.stop(chat)
        await desk.answered(chat)


async def test_a_path_read_while_a_question_is_written_is_whole(desk: Desk) -> None:
    chat = await desk.new_chat()
    await desk.ask(chat, "first")
    before = desk.conversations.get(chat).head_id
    sending = asyncio.ensure_future(desk.chat.send(chat, Question("second", MODEL)))
    while desk.conversations.get(chat).head_id == before:
        await asyncio.sleep(0)
    assert not sending.done()
    assert len(await desk.path(chat)) == 4
    await sending
    await desk.answered(chat)


async def test_a_question_that_cannot_be_written_leaves_the_chat_as_it_was(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    chat = await desk.new_chat()
    await desk.ask(chat, "first")
    before = await desk.path(chat)

    def full(_repository: MessageRepository, _message: Message) -> Message:
        raise DiskFull

    with monkeypatch.context() as patched:
        patched.setattr(MessageRepository, "add", full)
        with pytest.raises(DiskFull):
            await desk.chat.send(chat, Question("second", MODEL))
    assert await desk.path(chat) == before
    assert not desk.chat.is_answering(chat)
    await desk.ask(chat, "third")
    assert [message.text for message in await desk.path(chat)][2] == "third"


async def test_what_arrived_is_on_disk_within_a_second_of_being_shown(desk: Desk) -> None:
    chat = await desk.new_chat()
    never = asyncio.Event()
    desk.answerer.script(TextDelta("half an answer"), never)
    await desk.chat.send(chat, Question("?", MODEL))
    growing = desk.chat.growing_answer(chat)
    assert growing is not None
    with OwnTime() as waited:
        while await stored_text(desk, growing.id) != "half an answer":
            await asyncio.sleep(0.02)
    assert waited.seconds < 1


async def test_stop_closes_the_stream_and_keeps_what_had_arrived(desk: Desk) -> None:
    chat = await desk.new_chat()
    never = asyncio.Event()
    desk.answerer.script(ReasoningDelta("hm"), TextDelta("half"), never)
    await desk.chat.send(chat, Question("?", MODEL))
    await until(lambda: (growing := desk.chat.growing_answer(chat)) is not None and growing.text == "half")
    desk.chat.stop(chat)
    await desk.answered(chat)
    _, answer = await desk.path(chat)
    assert answer.state is MessageState.STOPPED
    assert answer.text == "half"
    assert desk.answerer.closed == 1


async def test_a_cut_connection_leaves_an_interrupted_answer(desk: Desk) -> None:
    chat = await desk.new_chat()
    desk.answerer.script(TextDelta("half"), ConnectionLost("Ollama", "http://x", "reset"))
    await desk.ask(chat, "?")
    _, answer = await desk.path(chat)
    assert answer.state is MessageState.INTERRUPTED
    assert answer.text == "half"
    assert answer.failure is not None
    assert isinstance(from_failure(answer.failure), ConnectionLost)


async def test_a_refusal_before_the_first_word_is_a_failed_answer(desk: Desk) -> None:
    chat = await desk.new_chat()
    desk.answerer.script(ModelNotFound("Ollama", "http://x", "gone"))
    await desk.ask(chat, "?")
    _, answer = await desk.path(chat)
    assert answer.state is MessageState.FAILED
    assert answer.parts == ()


async def test_a_failed_answer_is_left_out_of_the_next_request(desk: Desk) -> None:
    chat = await desk.new_chat()
    desk.answerer.script(ModelNotFound("Ollama", "http://x", "gone"))
    await desk.ask(chat, "one")
    await desk.ask(chat, "two")
    assert desk.answerer.requests[-1].turns == (Turn(Role.USER, "one\n\ntwo"),)


async def test_asking_again_makes_a_sibling_and_shows_it(desk: Desk) -> None:
    chat = await desk.new_chat()
    desk.answerer.says("first")
    await desk.ask(chat, "?")
    _, first = await desk.path(chat)
    desk.answerer.says("second")
    await desk.chat.regenerate(first.id, MODEL)
    await desk.answered(chat)
    _, second = await desk.path(chat)
    assert second.text == "second"
    assert (await desk.chat.path(chat))[1] == {second.id: (1, 2)}
    assert first in await desk.chat.messages(chat)


async def test_a_question_without_an_answer_can_be_answered(desk: Desk) -> None:
    chat = await desk.new_chat()
    await desk.ask(chat, "?")
    question, answer = await desk.path(chat)
    await desk.branches.delete(answer.id)
    desk.answerer.says("After all.")
    await desk.chat.regenerate(question.id, MODEL)
    await desk.answered(chat)
    assert [message.text for message in await desk.path(chat)] == ["?", "After all."]


async def test_nothing_is_asked_about_a_message_that_is_gone(desk: Desk) -> None:
    chat = await desk.new_chat()
    await desk.ask(chat, "?")
    question, answer = await desk.path(chat)
    await desk.branches.delete(question.id)
    asked = len(desk.answerer.requests)
    await desk.chat.regenerate(answer.id, MODEL)
    await desk.chat.edit(question.id, Question("!", MODEL))
    await desk.chat.continue_answer(answer.id)
    assert len(desk.answerer.requests) == asked
    assert not desk.chat.is_answering(chat)


async def test_an_answer_that_went_on_cost_both_parts(desk: Desk) -> None:
    chat = await desk.new_chat()
    first = UsageReported(Usage(prompt_tokens=9, completion_tokens=30, tokens_per_second=10.0))
    desk.answerer.script(TextDelta("one "), first, Finished(FinishReason.LENGTH))
    await desk.ask(chat, "?")
    _, answer = await desk.path(chat)
    assert answer.usage.first_token_milliseconds is not None
    second = UsageReported(Usage(prompt_tokens=40, completion_tokens=30, tokens_per_second=30.0))
    desk.answerer.script(TextDelta("two"), second, Finished(FinishReason.STOP))
    await desk.chat.continue_answer(answer.id)
    await desk.answered(chat)
    usage = (await desk.path(chat))[-1].usage
    assert (usage.prompt_tokens, usage.completion_tokens, usage.tokens_per_second) == (9, 60, 15.0)
    assert usage.total_milliseconds >= answer.usage.total_milliseconds


async def test_the_speed_is_measured_where_the_server_does_not_tell(desk: Desk) -> None:
    chat = await desk.new_chat()
    pause = asyncio.Event()
    asyncio.get_running_loop().call_later(0.1, pause.set)  # at least some of it passes between the tokens
    desk.answerer.script(
        TextDelta("one "), pause, UsageReported(Usage(completion_tokens=5)), Finished(FinishReason.STOP)
    )
    await desk.ask(chat, "?")
    speed = (await desk.path(chat))[-1].usage.tokens_per_second
    assert speed is not None
    assert 0 < speed <= 500.0


async def test_an_edited_question_begins_a_branch_of_its_own(desk: Desk) -> None:
    chat = await desk.new_chat()
    await desk.ask(chat, "one")
    await desk.ask(chat, "two")
    question = (await desk.path(chat))[2]
    desk.answerer.says("other")
    await desk.chat.edit(question.id, Question("deux", MODEL))
    await desk.answered(chat)
    assert [message.text for message in await desk.path(chat)] == ["one", "Yes.", "deux", "other"]
    assert len(await desk.chat.messages(chat)) == 6


async def test_an_interrupted_answer_goes_on_in_its_place(desk: Desk) -> None:
    chat = await desk.new_chat()
    desk.answerer.script(ReasoningDelta("hm"), TextDelta("The first half "), AnswerEndedEarly("s", "a"))
    await desk.ask(chat, "?")
    _, answer = await desk.path(chat)
    desk.answerer.says("and the second.")
    await desk.chat.continue_answer(answer.id)
    await desk.answered(chat)

    _, whole = await desk.path(chat)
    assert whole.id == answer.id
    assert whole.text == "The first half and the second."
    assert whole.state is MessageState.COMPLETE
    assert whole.failure is None
    request = desk.answerer.requests[-1]
    assert request.goes_on
    assert [(turn.role, turn.text) for turn in request.turns] == [(Role.USER, "?"), (Role.ASSISTANT, "The first half ")]
    assert request.turns[-1].reasoning == "hm"


async def test_an_answer_cut_off_while_thinking_is_asked_anew_in_its_place(desk: Desk) -> None:
    chat = await desk.new_chat()
    desk.answerer.script(ReasoningDelta("hm"), AnswerEndedEarly("s", "a"))
    await desk.ask(chat, "?")
    _, answer = await desk.path(chat)
    desk.answerer.says("Done.")
    await desk.chat.continue_answer(answer.id)
    await desk.answered(chat)
    _, whole = await desk.path(chat)
    assert (whole.id, whole.parts) == (answer.id, (TextPart("Done."),))


async def test_a_message_sent_while_an_answer_streams_waits_its_turn(desk: Desk) -> None:
    chat = await desk.new_chat()
    go_on = asyncio.Event()
    desk.answerer.script(TextDelta("one"), go_on, Finished(FinishReason.STOP))
    await desk.chat.send(chat, Question("first", MODEL))
    await desk.chat.send(chat, Question("second", MODEL))
    await desk.chat.send(chat, Question("third", MODEL))
    assert desk.chat.queued(chat) == ("second", "third")
    assert desk.chat.unqueue(chat, 1) == Question("third", MODEL)
    assert desk.chat.unqueue(chat, 7) is None
    go_on.set()
    await desk.answered(chat)
    assert [message.text for message in await desk.path(chat)] == ["first", "one", "second", "Yes."]
    assert QueueChanged(chat, ()) in desk.changes


async def test_what_waited_comes_back_when_the_answer_is_stopped(desk: Desk) -> None:
    chat = await desk.new_chat()
    never = asyncio.Event()
    desk.answerer.script(TextDelta("one"), never)
    await desk.chat.send(chat, Question("first", MODEL))
    await desk.chat.send(chat, Question("second", MODEL))
    desk.chat.stop(chat)
    await desk.answered(chat)
    assert QueueReturned(chat, "second") in desk.changes
    assert (await desk.path(chat))[0].text == "first"


async def test_two_chats_stream_at_once_and_stopping_one_leaves_the_other(desk: Desk) -> None:
    one, two = await desk.new_chat(), await desk.new_chat()
    never, go_on = asyncio.Event(), asyncio.Event()
    desk.answerer.script(TextDelta("one"), never)
    desk.answerer.script(TextDelta("two"), go_on, TextDelta(" more"), Finished(FinishReason.STOP))
    await desk.chat.send(one, Question("?", MODEL))
    await desk.chat.send(two, Question("?", MODEL))
    desk.chat.stop(one)
    await desk.answered(one)
    go_on.set()
    await desk.answered(two)
    assert (await desk.path(one))[-1].state is MessageState.STOPPED
    assert (await desk.path(two))[-1].text == "two more"


async def test_a_chat_deleted_while_it_streams_is_stopped_and_comes_back_whole(desk: Desk) -> None:
    chat = await desk.new_chat()
    never = asyncio.Event()
    desk.answerer.script(TextDelta("half"), never)
    await desk.chat.send(chat, Question("?", MODEL))
    await until(lambda: desk.chat.growing_answer(chat).text == "half")
    await desk.trash.take_chats([chat])
    assert not desk.chat.is_answering(chat)
    assert desk.conversations.find(chat) is None
    assert isinstance(desk.list_changes[-1], ConversationRemoved)
    await desk.trash.restore([chat])
    assert [message.text for message in await desk.path(chat)] == ["?", "half"]


async def test_closing_the_program_keeps_what_had_arrived(desk: Desk) -> None:
    chat = await desk.new_chat()
    never = asyncio.Event()
    desk.answerer.script(TextDelta("half"), never)
    await desk.chat.send(chat, Question("?", MODEL))
    growing = desk.chat.growing_answer(chat)
    await until(lambda: desk.chat.growing_answer(chat).text == "half")
    await desk.chat.close()
    assert await stored_text(desk, growing.id) == "half"


async def test_every_answer_moves_its_chat_to_the_top(desk: Desk) -> None:
    one, two = await desk.new_chat(), await desk.new_chat()
    assert [c.id for c in desk.conversations.all()] == [two, one]
    await desk.ask(one, "?")
    assert [c.id for c in desk.conversations.all()] == [one, two]
    assert isinstance(desk.list_changes[-1], ConversationChanged)
