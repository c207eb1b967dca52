"""Which conversation of an application a question goes on with, and when a new one is opened."""

import asyncio

from chatdesk.kernel.chat.application import RemoteAnswer
from chatdesk.kernel.chat.message import FinishReason, Message
from chatdesk.kernel.chat.question import Question
from chatdesk.kernel.chat.stream_events import Finished, KeptRemotely, TextDelta
from chatdesk.kernel.errors.base import ServerUnreachable
from chatdesk.kernel.models.model import ModelRef
from tests.unit.features.conftest import MODEL, Desk

OTHER = ModelRef("server", "another app")


async def begun(desk: Desk) -> str:
    desk.answerer.is_application = True
    return await desk.new_chat()


async def say(desk: Desk, chat: str, text: str, remote: str, model: ModelRef = MODEL) -> Message:
    """Ask, have it answered in this remote conversation, and return the answer."""
    _script(desk, remote)
    await desk.chat.send(chat, Question(text, model))
    await desk.answered(chat)
    return (await desk.path(chat))[-1]


def _script(desk: Desk, remote: str) -> None:
    place = RemoteAnswer(remote, f"m-{len(desk.answerer.requests)}")
    desk.answerer.script(KeptRemotely(place), TextDelta("Yes."), Finished(FinishReason.STOP))


def asked_in(desk: Desk) -> list[str]:
    return [request.session.conversation for request in desk.answerer.requests]


async def test_asking_on_goes_on_in_the_same_conversation(desk: Desk) -> None:
    chat = await begun(desk)
    for text in ("One", "Two", "Three"):
        await say(desk, chat, text, "c-1")
    assert asked_in(desk) == ["", "c-1", "c-1"]


async def test_a_plain_model_has_none(desk: Desk) -> None:
    chat = await desk.new_chat()
    await say(desk, chat, "One", "c-1")
    await say(desk, chat, "Two", "c-1")
    assert asked_in(desk) == ["", ""]


async def test_another_version_of_an_answer_opens_a_new_one_and_each_goes_on_in_its_own(desk: Desk) -> None:
    chat = await begun(desk)
    await say(desk, chat, "One", "c-1")
    first = await say(desk, chat, "Two", "c-1")
    _script(desk, "c-2")
    await desk.chat.regenerate(first.id, MODEL)
    await desk.answered(chat)
    await say(desk, chat, "Three", "c-2")
    assert asked_in(desk) == ["", "c-1", "", "c-2"]
    await desk.branches.show_sibling((await desk.path(chat))[3].id, -1)
    await say(desk, chat, "Three, once more", "c-1")
    assert asked_in(desk)[-1] == "c-1"


async def test_a_question_asked_in_other_words_opens_a_new_one(desk: Desk) -> None:
    chat = await begun(desk)
    await say(desk, chat, "One", "c-1")
    await say(desk, chat, "Two", "c-1")
    question = (await desk.path(chat))[2]
    _script(desk, "c-2")
    await desk.chat.edit(question.id, Question("Two, otherwise", MODEL))
    await desk.answered(chat)
    assert asked_in(desk) == ["", "c-1", ""]


async def test_what_was_changed_or_deleted_before_it_opens_a_new_one(desk: Desk) -> None:
    chat = await begun(desk)
    await say(desk, chat, "One", "c-1")
    await say(desk, chat, "Two", "c-1")
    await say(desk, chat, "Three", "c-1")
    path = await desk.path(chat)
    edited = await desk.branches.edit_answer(path[1].id, "No.")
    await say(desk, chat, "Four", "c-2")
    await desk.branches.undo_edit(path[1].id, edited)
    await desk.branches.delete((await desk.path(chat))[3].id)
    await say(desk, chat, "Five", "c-3")
    assert asked_in(desk) == ["", "c-1", "c-1", "", ""]


async def test_another_application_knows_nothing_of_it(desk: Desk) -> None:
    chat = await begun(desk)
    await say(desk, chat, "One", "c-1")
    await say(desk, chat, "Two", "c-9", OTHER)
    await say(desk, chat, "Three", "c-2")
    assert asked_in(desk) == ["", "", ""]


async def test_a_chat_made_of_a_path_has_a_conversation_of_its_own(desk: Desk) -> None:
    chat = await begun(desk)
    answer = await say(desk, chat, "One", "c-1")
    copy = await desk.branches.branch(answer.id, "Copy")
    await say(desk, copy.id, "Two", "c-2")
    await say(desk, chat, "Two", "c-1")
    assert asked_in(desk) == ["", "", "c-1"]


async def test_an_answer_that_never_reached_the_application_leaves_its_conversation_where_it_was(desk: Desk) -> None:
    chat = await begun(desk)
    await say(desk, chat, "One", "c-1")
    desk.answerer.script(ServerUnreachable("App", "http://app"))
    await desk.ask(chat, "Two")
    failed = (await desk.path(chat))[-1]
    _script(desk, "c-1")
    await desk.chat.regenerate(failed.id, MODEL)
    await desk.answered(chat)
    assert asked_in(desk) == ["", "c-1", "c-1"]


async def test_a_stopped_answer_is_gone_on_from(desk: Desk) -> None:
    chat = await begun(desk)
    desk.answerer.script(KeptRemotely(RemoteAnswer("c-1", "m-1")), TextDelta("Ye"), asyncio.Event())
    await desk.chat.send(chat, Question("One", MODEL))
    while (growing := desk.chat.growing_answer(chat)) is None or not growing.text:
        await asyncio.sleep(0)
    await desk.chat.stop_and_wait(chat)
    await say(desk, chat, "Two", "c-1")
    assert asked_in(desk) == ["", "c-1"]


async def test_what_was_filled_in_goes_along_with_every_question_of_the_chat(desk: Desk) -> None:
    chat = await begun(desk)
    assert await desk.chat.remote.inputs(chat, MODEL) is None
    await desk.chat.remote.keep_inputs(chat, MODEL, {"city": "Rome"})
    answer = await say(desk, chat, "One", "c-1")
    await desk.chat.regenerate(answer.id, MODEL)
    await desk.answered(chat)
    assert [request.session.inputs for request in desk.answerer.requests] == [{"city": "Rome"}] * 2
    assert await desk.chat.remote.inputs(chat, OTHER) is None
