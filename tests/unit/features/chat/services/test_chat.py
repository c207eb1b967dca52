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
from chatdesk.kernel.chat.conversation import Draft, Question
from chatdesk.kernel.chat.message import FinishReason, Message, MessageState, Role, TextPart
from chatdesk.kernel.chat.request import Turn
from chatdesk.kernel.chat.stream_events import Finished, ReasoningDelta, TextDelta, UsageReported
from chatdesk.kernel.chat.usage import Usage
from chatdesk.kernel.errors.base import AnswerEndedEarly, ConnectionLost, ModelNotFound
from chatdesk.kernel.errors.registry import from_failure
from chatdesk.kernel.errors.storage_errors import DiskFull
from chatdesk.storage.database.message_repository import MessageRepository
from tests.own_time import OwnTime, until
from tests.unit.features.conftest import MODEL, Harness


async def stored_text(harness: Harness, message_id: str) -> str:
    message = await harness.database.run(lambda connection: MessageRepository(connection).get(message_id))
    return message.text


async def test_a_question_and_its_answer_are_kept_and_announced(harness: Harness) -> None:
    chat = await harness.new_chat()
    harness.completion_client.says("Because ", "of scattering.")
    await harness.ask(chat, "Why is the sky blue?")

    question, answer = await harness.path(chat)
    assert (question.role, question.text) == (Role.USER, "Why is the sky blue?")
    assert (answer.role, answer.text, answer.state) == (Role.ASSISTANT, "Because of scattering.", MessageState.COMPLETE)
    assert answer.model == MODEL
    assert answer.finish is FinishReason.STOP
    kinds = [type(change) for change in harness.changes]
    assert kinds == [MessageAdded, MessageAdded, AnswerGrew, AnswerGrew, AnswerGrew, MessageChanged]


async def test_the_first_question_gives_the_title_and_later_ones_do_not(harness: Harness) -> None:
    chat = await harness.new_chat()
    await harness.ask(chat, "Why is the sky blue?")
    await harness.ask(chat, "And the sea?")
    assert harness.conversations.get(chat).title == "Why is the sky blue?"


async def test_both_rows_are_on_disk_before_anything_is_sent(harness: Harness) -> None:
    chat = await harness.new_chat()
    go_on = asyncio.Event()
    harness.completion_client.script(go_on, TextDelta("now"), Finished(FinishReason.STOP))
    await harness.chat.send(chat, Question("first things first", MODEL))
    rows = await harness.database.run(lambda connection: MessageRepository(connection).of_conversation(chat))
    assert [(row.role, row.state) for row in rows] == [
        (Role.USER, MessageState.COMPLETE),
        (Role.ASSISTANT, MessageState.STREAMING),
    ]
    go_on.set()
    await harness.answered(chat)


@pytest.fixture
def transactions(harness: Harness, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What was written, one entry a transaction."""
    ran: list[str] = []
    run = harness.database.run

    def counted(function):
        ran.append(function.__qualname__)
        return run(function)

    monkeypatch.setattr(harness.database, "run", counted)
    return ran


async def test_a_question_waits_for_the_disk_once_before_it_is_sent(harness: Harness, transactions: list[str]) -> None:
    chat = await harness.new_chat()
    await harness.ask(chat, "first")
    transactions.clear()
    harness.completion_client.script(asyncio.Event())
    await harness.chat.send(chat, Question("second", MODEL))
    assert len(transactions) == 1


async def test_another_version_waits_for_the_disk_once_before_it_is_sent(
    harness: Harness, transactions: list[str]
) -> None:
    chat = await harness.new_chat()
    await harness.ask(chat, "first")
    question, answer = await harness.path(chat)
    for again in (
        harness.chat.regenerate(answer.id, MODEL),
        harness.chat.edit(question.id, Question("in other words", MODEL)),
    ):
        transactions.clear()
        harness.completion_client.script(asyncio.Event())
        await again
        looked_up = [name for name in transactions if name.startswith("Chat.find")]
        assert len(transactions) - len(looked_up) == 1
        harness.chat.stop(chat)
        await harness.answered(chat)


async def test_a_path_read_while_a_question_is_written_is_whole(harness: Harness) -> None:
    chat = await harness.new_chat()
    await harness.ask(chat, "first")
    before = harness.conversations.get(chat).head_id
    sending = asyncio.ensure_future(harness.chat.send(chat, Question("second", MODEL)))
    while harness.conversations.get(chat).head_id == before:
        await asyncio.sleep(0)
    assert not sending.done()
    assert len(await harness.path(chat)) == 4
    await sending
    await harness.answered(chat)


async def test_a_question_that_cannot_be_written_leaves_the_chat_as_it_was(
    harness: Harness, monkeypatch: pytest.MonkeyPatch
) -> None:
    chat = await harness.new_chat()
    await harness.ask(chat, "first")
    before = await harness.path(chat)

    def full(_repository: MessageRepository, _message: Message) -> Message:
        raise DiskFull

    with monkeypatch.context() as patched:
        patched.setattr(MessageRepository, "add", full)
        with pytest.raises(DiskFull):
            await harness.chat.send(chat, Question("second", MODEL))
    assert await harness.path(chat) == before
    assert not harness.chat.is_answering(chat)
    await harness.ask(chat, "third")
    assert [message.text for message in await harness.path(chat)][2] == "third"


async def test_what_arrived_is_on_disk_within_a_second_of_being_shown(harness: Harness) -> None:
    chat = await harness.new_chat()
    never = asyncio.Event()
    harness.completion_client.script(TextDelta("half an answer"), never)
    await harness.chat.send(chat, Question("?", MODEL))
    growing = harness.chat.growing_answer(chat)
    assert growing is not None
    with OwnTime() as waited:
        while await stored_text(harness, growing.id) != "half an answer":
            await asyncio.sleep(0.02)
    assert waited.seconds < 1


async def test_stop_closes_the_stream_and_keeps_what_had_arrived(harness: Harness) -> None:
    chat = await harness.new_chat()
    never = asyncio.Event()
    harness.completion_client.script(ReasoningDelta("hm"), TextDelta("half"), never)
    await harness.chat.send(chat, Question("?", MODEL))
    await until(lambda: (growing := harness.chat.growing_answer(chat)) is not None and growing.text == "half")
    harness.chat.stop(chat)
    await harness.answered(chat)
    _, answer = await harness.path(chat)
    assert answer.state is MessageState.STOPPED
    assert answer.text == "half"
    assert harness.completion_client.closed == 1


async def test_a_cut_connection_leaves_an_interrupted_answer(harness: Harness) -> None:
    chat = await harness.new_chat()
    harness.completion_client.script(TextDelta("half"), ConnectionLost("Ollama", "http://x", "reset"))
    await harness.ask(chat, "?")
    _, answer = await harness.path(chat)
    assert answer.state is MessageState.INTERRUPTED
    assert answer.text == "half"
    assert answer.failure is not None
    assert isinstance(from_failure(answer.failure), ConnectionLost)


async def test_a_refusal_before_the_first_word_is_a_failed_answer(harness: Harness) -> None:
    chat = await harness.new_chat()
    harness.completion_client.script(ModelNotFound("Ollama", "http://x", "gone"))
    await harness.ask(chat, "?")
    _, answer = await harness.path(chat)
    assert answer.state is MessageState.FAILED
    assert answer.parts == ()


async def test_a_failed_answer_is_left_out_of_the_next_request(harness: Harness) -> None:
    chat = await harness.new_chat()
    harness.completion_client.script(ModelNotFound("Ollama", "http://x", "gone"))
    await harness.ask(chat, "one")
    await harness.ask(chat, "two")
    assert harness.completion_client.requests[-1].turns == (Turn(Role.USER, "one\n\ntwo"),)


async def test_asking_again_makes_a_sibling_and_shows_it(harness: Harness) -> None:
    chat = await harness.new_chat()
    harness.completion_client.says("first")
    await harness.ask(chat, "?")
    _, first = await harness.path(chat)
    harness.completion_client.says("second")
    await harness.chat.regenerate(first.id, MODEL)
    await harness.answered(chat)
    _, second = await harness.path(chat)
    assert second.text == "second"
    assert (await harness.chat.path(chat))[1] == {second.id: (1, 2)}
    assert first in await harness.chat.messages(chat)


async def test_a_question_without_an_answer_can_be_answered(harness: Harness) -> None:
    chat = await harness.new_chat()
    await harness.ask(chat, "?")
    question, answer = await harness.path(chat)
    await harness.branches.delete(answer.id)
    harness.completion_client.says("After all.")
    await harness.chat.regenerate(question.id, MODEL)
    await harness.answered(chat)
    assert [message.text for message in await harness.path(chat)] == ["?", "After all."]


async def test_nothing_is_asked_about_a_message_that_is_gone(harness: Harness) -> None:
    chat = await harness.new_chat()
    await harness.ask(chat, "?")
    question, answer = await harness.path(chat)
    await harness.branches.delete(question.id)
    asked = len(harness.completion_client.requests)
    await harness.chat.regenerate(answer.id, MODEL)
    await harness.chat.edit(question.id, Question("!", MODEL))
    await harness.chat.continue_answer(answer.id)
    assert len(harness.completion_client.requests) == asked
    assert not harness.chat.is_answering(chat)


async def test_an_answer_that_went_on_cost_both_parts(harness: Harness) -> None:
    chat = await harness.new_chat()
    first = UsageReported(Usage(prompt_tokens=9, completion_tokens=30, tokens_per_second=10.0))
    harness.completion_client.script(TextDelta("one "), first, Finished(FinishReason.LENGTH))
    await harness.ask(chat, "?")
    _, answer = await harness.path(chat)
    assert answer.usage.first_token_milliseconds is not None
    second = UsageReported(Usage(prompt_tokens=40, completion_tokens=30, tokens_per_second=30.0))
    harness.completion_client.script(TextDelta("two"), second, Finished(FinishReason.STOP))
    await harness.chat.continue_answer(answer.id)
    await harness.answered(chat)
    usage = (await harness.path(chat))[-1].usage
    assert (usage.prompt_tokens, usage.completion_tokens, usage.tokens_per_second) == (9, 60, 15.0)
    assert usage.total_milliseconds >= answer.usage.total_milliseconds


async def test_the_speed_is_measured_where_the_server_does_not_tell(harness: Harness) -> None:
    chat = await harness.new_chat()
    pause = asyncio.Event()
    asyncio.get_running_loop().call_later(0.1, pause.set)  # at least some of it passes between the tokens
    harness.completion_client.script(
        TextDelta("one "), pause, UsageReported(Usage(completion_tokens=5)), Finished(FinishReason.STOP)
    )
    await harness.ask(chat, "?")
    speed = (await harness.path(chat))[-1].usage.tokens_per_second
    assert speed is not None
    assert 0 < speed <= 500.0


async def test_an_edited_question_begins_a_branch_of_its_own(harness: Harness) -> None:
    chat = await harness.new_chat()
    await harness.ask(chat, "one")
    await harness.ask(chat, "two")
    question = (await harness.path(chat))[2]
    harness.completion_client.says("other")
    await harness.chat.edit(question.id, Question("deux", MODEL))
    await harness.answered(chat)
    assert [message.text for message in await harness.path(chat)] == ["one", "Yes.", "deux", "other"]
    assert len(await harness.chat.messages(chat)) == 6


async def test_an_interrupted_answer_goes_on_in_its_place(harness: Harness) -> None:
    chat = await harness.new_chat()
    harness.completion_client.script(ReasoningDelta("hm"), TextDelta("The first half "), AnswerEndedEarly("s", "a"))
    await harness.ask(chat, "?")
    _, answer = await harness.path(chat)
    harness.completion_client.says("and the second.")
    await harness.chat.continue_answer(answer.id)
    await harness.answered(chat)

    _, whole = await harness.path(chat)
    assert whole.id == answer.id
    assert whole.text == "The first half and the second."
    assert whole.state is MessageState.COMPLETE
    assert whole.failure is None
    request = harness.completion_client.requests[-1]
    assert request.continues_answer
    assert [(turn.role, turn.text) for turn in request.turns] == [(Role.USER, "?"), (Role.ASSISTANT, "The first half ")]
    assert request.turns[-1].reasoning == "hm"


async def test_an_answer_cut_off_while_thinking_is_asked_anew_in_its_place(harness: Harness) -> None:
    chat = await harness.new_chat()
    harness.completion_client.script(ReasoningDelta("hm"), AnswerEndedEarly("s", "a"))
    await harness.ask(chat, "?")
    _, answer = await harness.path(chat)
    harness.completion_client.says("Done.")
    await harness.chat.continue_answer(answer.id)
    await harness.answered(chat)
    _, whole = await harness.path(chat)
    assert (whole.id, whole.parts) == (answer.id, (TextPart("Done."),))


async def test_a_message_sent_while_an_answer_streams_waits_its_turn(harness: Harness) -> None:
    chat = await harness.new_chat()
    go_on = asyncio.Event()
    harness.completion_client.script(TextDelta("one"), go_on, Finished(FinishReason.STOP))
    await harness.chat.send(chat, Question("first", MODEL))
    await harness.chat.send(chat, Question("second", MODEL))
    await harness.chat.send(chat, Question("third", MODEL))
    assert harness.chat.queued(chat) == (Draft("second"), Draft("third"))
    assert harness.chat.unqueue(chat, 1) == Question("third", MODEL)
    assert harness.chat.unqueue(chat, 7) is None
    go_on.set()
    await harness.answered(chat)
    assert [message.text for message in await harness.path(chat)] == ["first", "one", "second", "Yes."]
    assert QueueChanged(chat, ()) in harness.changes


async def test_what_waited_comes_back_when_the_answer_is_stopped(harness: Harness) -> None:
    chat = await harness.new_chat()
    never = asyncio.Event()
    harness.completion_client.script(TextDelta("one"), never)
    await harness.chat.send(chat, Question("first", MODEL))
    await harness.chat.send(chat, Question("second", MODEL))
    harness.chat.stop(chat)
    await harness.answered(chat)
    assert QueueReturned(chat, "second") in harness.changes
    assert (await harness.path(chat))[0].text == "first"


async def test_two_chats_stream_at_once_and_stopping_one_leaves_the_other(harness: Harness) -> None:
    one, two = await harness.new_chat(), await harness.new_chat()
    never, go_on = asyncio.Event(), asyncio.Event()
    harness.completion_client.script(TextDelta("one"), never)
    harness.completion_client.script(TextDelta("two"), go_on, TextDelta(" more"), Finished(FinishReason.STOP))
    await harness.chat.send(one, Question("?", MODEL))
    await harness.chat.send(two, Question("?", MODEL))
    harness.chat.stop(one)
    await harness.answered(one)
    go_on.set()
    await harness.answered(two)
    assert (await harness.path(one))[-1].state is MessageState.STOPPED
    assert (await harness.path(two))[-1].text == "two more"


async def test_a_chat_deleted_while_it_streams_is_stopped_and_comes_back_whole(harness: Harness) -> None:
    chat = await harness.new_chat()
    never = asyncio.Event()
    harness.completion_client.script(TextDelta("half"), never)
    await harness.chat.send(chat, Question("?", MODEL))
    await until(lambda: harness.chat.growing_answer(chat).text == "half")
    await harness.trash.trash_chats([chat])
    assert not harness.chat.is_answering(chat)
    assert harness.conversations.find(chat) is None
    assert isinstance(harness.list_changes[-1], ConversationRemoved)
    await harness.trash.restore([chat])
    assert [message.text for message in await harness.path(chat)] == ["?", "half"]


async def test_closing_the_program_keeps_what_had_arrived(harness: Harness) -> None:
    chat = await harness.new_chat()
    never = asyncio.Event()
    harness.completion_client.script(TextDelta("half"), never)
    await harness.chat.send(chat, Question("?", MODEL))
    growing = harness.chat.growing_answer(chat)
    await until(lambda: harness.chat.growing_answer(chat).text == "half")
    await harness.chat.close()
    assert await stored_text(harness, growing.id) == "half"


async def test_every_answer_moves_its_chat_to_the_top(harness: Harness) -> None:
    one, two = await harness.new_chat(), await harness.new_chat()
    assert [c.id for c in harness.conversations.all()] == [two, one]
    await harness.ask(one, "?")
    assert [c.id for c in harness.conversations.all()] == [one, two]
    assert isinstance(harness.list_changes[-1], ConversationChanged)
