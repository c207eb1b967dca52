"""Which conversation of an application a question goes on with, and when a new one is opened."""

import asyncio
from dataclasses import replace

from chatdesk.kernel.chat.application import RemoteAnswer
from chatdesk.kernel.chat.conversation import Question
from chatdesk.kernel.chat.message import FinishReason, Message
from chatdesk.kernel.chat.stream_events import Finished, RemoteAnswerStored, TextDelta
from chatdesk.kernel.errors.base import ServerUnreachable
from chatdesk.kernel.models.model import ModelRef
from tests.unit.features.conftest import MODEL, Harness

OTHER = ModelRef("server", "another app")


async def begun(harness: Harness) -> str:
    harness.completion_client.is_application = True
    return await harness.new_chat()


async def say(harness: Harness, chat: str, text: str, remote: str, model: ModelRef = MODEL) -> Message:
    """Ask, have it answered in this remote conversation, and return the answer."""
    _script(harness, remote)
    await harness.chat.send(chat, Question(text, model))
    await harness.answered(chat)
    return (await harness.path(chat))[-1]


def _script(harness: Harness, remote: str) -> None:
    place = RemoteAnswer(remote, f"m-{len(harness.completion_client.requests)}")
    harness.completion_client.script(RemoteAnswerStored(place), TextDelta("Yes."), Finished(FinishReason.STOP))


def asked_in(harness: Harness) -> list[str]:
    return [request.session.conversation for request in harness.completion_client.requests]


async def test_asking_on_goes_on_in_the_same_conversation(harness: Harness) -> None:
    chat = await begun(harness)
    for text in ("One", "Two", "Three"):
        await say(harness, chat, text, "c-1")
    assert asked_in(harness) == ["", "c-1", "c-1"]


async def test_a_plain_model_has_none(harness: Harness) -> None:
    chat = await harness.new_chat()
    await say(harness, chat, "One", "c-1")
    await say(harness, chat, "Two", "c-1")
    assert asked_in(harness) == ["", ""]


async def test_another_version_of_an_answer_opens_a_new_one_and_each_goes_on_in_its_own(harness: Harness) -> None:
    chat = await begun(harness)
    await say(harness, chat, "One", "c-1")
    first = await say(harness, chat, "Two", "c-1")
    _script(harness, "c-2")
    await harness.chat.regenerate(first.id, MODEL)
    await harness.answered(chat)
    await say(harness, chat, "Three", "c-2")
    assert asked_in(harness) == ["", "c-1", "", "c-2"]
    await harness.branches.show_sibling((await harness.path(chat))[3].id, -1)
    await say(harness, chat, "Three, once more", "c-1")
    assert asked_in(harness)[-1] == "c-1"


async def test_a_question_asked_in_other_words_opens_a_new_one(harness: Harness) -> None:
    chat = await begun(harness)
    await say(harness, chat, "One", "c-1")
    await say(harness, chat, "Two", "c-1")
    question = (await harness.path(chat))[2]
    _script(harness, "c-2")
    await harness.chat.edit(question.id, Question("Two, otherwise", MODEL))
    await harness.answered(chat)
    assert asked_in(harness) == ["", "c-1", ""]


async def test_what_was_changed_or_deleted_before_it_opens_a_new_one(harness: Harness) -> None:
    chat = await begun(harness)
    await say(harness, chat, "One", "c-1")
    await say(harness, chat, "Two", "c-1")
    await say(harness, chat, "Three", "c-1")
    path = await harness.path(chat)
    edited = await harness.branches.edit_answer(path[1].id, "No.")
    await say(harness, chat, "Four", "c-2")
    await harness.branches.undo_edit(path[1].id, edited)
    await harness.branches.delete((await harness.path(chat))[3].id)
    await say(harness, chat, "Five", "c-3")
    assert asked_in(harness) == ["", "c-1", "c-1", "", ""]


async def test_another_application_knows_nothing_of_it(harness: Harness) -> None:
    chat = await begun(harness)
    await say(harness, chat, "One", "c-1")
    await say(harness, chat, "Two", "c-9", OTHER)
    await say(harness, chat, "Three", "c-2")
    assert asked_in(harness) == ["", "", ""]


async def test_a_chat_made_of_a_path_has_a_conversation_of_its_own(harness: Harness) -> None:
    chat = await begun(harness)
    answer = await say(harness, chat, "One", "c-1")
    copy = await harness.branches.branch(answer.id, "Copy")
    await say(harness, copy.id, "Two", "c-2")
    await say(harness, chat, "Two", "c-1")
    assert asked_in(harness) == ["", "", "c-1"]


async def test_an_answer_that_never_reached_the_application_leaves_its_conversation_where_it_was(
    harness: Harness,
) -> None:
    chat = await begun(harness)
    await say(harness, chat, "One", "c-1")
    harness.completion_client.script(ServerUnreachable("App", "http://app"))
    await harness.ask(chat, "Two")
    failed = (await harness.path(chat))[-1]
    _script(harness, "c-1")
    await harness.chat.regenerate(failed.id, MODEL)
    await harness.answered(chat)
    assert asked_in(harness) == ["", "c-1", "c-1"]


async def test_a_stopped_answer_is_gone_on_from(harness: Harness) -> None:
    chat = await begun(harness)
    harness.completion_client.script(RemoteAnswerStored(RemoteAnswer("c-1", "m-1")), TextDelta("Ye"), asyncio.Event())
    await harness.chat.send(chat, Question("One", MODEL))
    while (growing := harness.chat.growing_answer(chat)) is None or not growing.text:
        await asyncio.sleep(0)
    await harness.chat.stop_and_wait(chat)
    await say(harness, chat, "Two", "c-1")
    assert asked_in(harness) == ["", "c-1"]


async def test_what_was_filled_in_goes_along_with_every_question_of_the_chat(harness: Harness) -> None:
    chat = await begun(harness)
    assert await harness.chat.remote.inputs(chat, MODEL) is None
    await harness.chat.remote.save_inputs(chat, MODEL, {"city": "Rome"})
    answer = await say(harness, chat, "One", "c-1")
    await harness.chat.regenerate(answer.id, MODEL)
    await harness.answered(chat)
    assert [request.session.inputs for request in harness.completion_client.requests] == [{"city": "Rome"}] * 2
    assert await harness.chat.remote.inputs(chat, OTHER) is None


async def test_with_other_instructions_a_new_conversation_is_begun(harness: Harness) -> None:
    chat = await begun(harness)
    await say(harness, chat, "One", "c-1")
    await harness.conversations.change_settings(chat, lambda held: replace(held, instructions="In Latin."))
    await say(harness, chat, "Two", "c-2")
    await say(harness, chat, "Three", "c-2")
    assert asked_in(harness) == ["", "", "c-2"]
