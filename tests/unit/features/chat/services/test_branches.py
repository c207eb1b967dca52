"""Versions, deleting and its undo, chats made of a path: over a real database."""

import asyncio
from datetime import UTC, datetime, timedelta

from chatdesk.features.chat.services.chat_changes import PathChanged
from chatdesk.features.chat.services.store.conversations import Conversations
from chatdesk.kernel.chat.conversation import Question
from chatdesk.kernel.chat.message import FinishReason, Message, MessageState
from chatdesk.kernel.chat.stream_events import Finished, TextDelta
from tests.own_time import TIMEOUT
from tests.unit.features.conftest import MODEL, Harness
from tests.unit.storage.removing import remove_old_messages


async def ask_all(harness: Harness, *questions: str) -> str:
    chat = await harness.new_chat()
    for question in questions:
        harness.completion_client.says(f"to {question}")
        await harness.ask(chat, question)
    return chat


async def texts(harness: Harness, chat: str) -> list[str]:
    return [message.text for message in await harness.path(chat)]


async def answer_again(harness: Harness, answer: Message, text: str) -> None:
    harness.completion_client.says(text)
    await harness.chat.regenerate(answer.id, MODEL)
    await harness.answered(answer.conversation_id)


async def test_every_version_is_shown_with_what_was_below_it(harness: Harness) -> None:
    chat = await ask_all(harness, "one", "two")
    first = (await harness.path(chat))[1]
    await answer_again(harness, first, "other")
    assert await texts(harness, chat) == ["one", "other"]
    second = (await harness.path(chat))[1]
    await harness.branches.show_sibling(second.id, -1)
    assert await texts(harness, chat) == ["one", "to one", "two", "to two"]
    assert harness.changes[-1] == PathChanged(chat)
    await harness.branches.show_sibling(first.id, 1)
    assert await texts(harness, chat) == ["one", "other"]


async def test_the_branch_one_left_is_the_one_one_comes_back_to(harness: Harness) -> None:
    chat = await ask_all(harness, "one", "two")
    first, follow_up = (await harness.path(chat))[1:3]
    await harness.chat.edit(follow_up.id, Question("zwei", MODEL))
    await harness.answered(chat)
    newer = (await harness.path(chat))[2]
    await harness.branches.show_sibling(newer.id, -1)
    await answer_again(harness, first, "other")
    await harness.branches.show_sibling((await harness.path(chat))[1].id, -1)
    assert await texts(harness, chat) == ["one", "to one", "two", "to two"], "and not the newest"


async def test_there_is_no_version_before_the_first(harness: Harness) -> None:
    chat = await ask_all(harness, "one")
    answer = (await harness.path(chat))[1]
    await harness.branches.show_sibling(answer.id, -1)
    await harness.branches.show_sibling(answer.id, 1)
    await harness.branches.show_sibling("gone", 1)
    assert await texts(harness, chat) == ["one", "to one"]


async def test_a_message_off_the_path_shown_is_led_to(harness: Harness) -> None:
    chat = await ask_all(harness, "one")
    first = (await harness.path(chat))[1]
    await answer_again(harness, first, "other")
    await harness.branches.show_message(chat, first.id)
    assert (await harness.path(chat))[-1] == first
    harness.changes.clear()
    await harness.branches.show_message(chat, first.id)
    await harness.branches.show_message(chat, "gone")
    assert harness.changes == []


async def test_a_question_goes_with_its_answers_and_what_followed_stays(harness: Harness) -> None:
    chat = await ask_all(harness, "one", "two", "three")
    before = await harness.path(chat)
    deletion = await harness.branches.delete(before[2].id)
    assert await texts(harness, chat) == ["one", "to one", "three", "to three"]
    await harness.branches.restore_deleted(deletion)
    assert await harness.path(chat) == before


async def test_an_only_answer_goes_alone(harness: Harness) -> None:
    chat = await ask_all(harness, "one", "two")
    before = await harness.path(chat)
    deletion = await harness.branches.delete(before[1].id)
    assert await texts(harness, chat) == ["one", "two", "to two"]
    await harness.branches.restore_deleted(deletion)
    await harness.branches.restore_deleted(deletion)
    assert await harness.path(chat) == before


async def test_one_of_several_answers_goes_with_what_was_said_to_it(harness: Harness) -> None:
    chat = await ask_all(harness, "one")
    first = (await harness.path(chat))[1]
    await answer_again(harness, first, "other")
    await harness.ask(chat, "two")
    before = await harness.path(chat)
    deletion = await harness.branches.delete(before[1].id)
    assert await texts(harness, chat) == ["one", "to one"]
    await harness.branches.restore_deleted(deletion)
    assert await harness.path(chat) == before


async def test_a_chat_may_lose_its_only_question(harness: Harness) -> None:
    chat = await ask_all(harness, "one")
    before = await harness.path(chat)
    deletion = await harness.branches.delete(before[0].id)
    assert await texts(harness, chat) == []
    assert await harness.branches.delete(before[0].id) is None
    await harness.branches.restore_deleted(deletion)
    assert await harness.path(chat) == before


async def test_an_undo_does_not_undo_what_was_said_since(harness: Harness) -> None:
    chat = await ask_all(harness, "one", "two")
    deletion = await harness.branches.delete((await harness.path(chat))[2].id)
    await harness.ask(chat, "three")
    await harness.branches.restore_deleted(deletion)
    assert await texts(harness, chat) == ["one", "to one", "three", "Yes."]
    three = (await harness.path(chat))[2]
    await harness.branches.show_sibling(three.id, -1)
    assert await texts(harness, chat) == ["one", "to one", "two", "to two"]


async def test_a_deletion_under_a_deletion_comes_back_where_there_is_something_to_follow(harness: Harness) -> None:
    chat = await ask_all(harness, "one", "two", "three")
    path = await harness.path(chat)
    three = await harness.branches.delete(path[4].id)
    await harness.branches.delete(path[2].id)
    await harness.branches.restore_deleted(three)
    assert await texts(harness, chat) == ["one", "to one"]
    await harness.branches.show_message(chat, path[5].id)
    assert await texts(harness, chat) == ["one", "to one", "three", "to three"]


async def test_what_comes_back_into_an_empty_chat_is_shown(harness: Harness) -> None:
    chat = await ask_all(harness, "one")
    question, answer = await harness.path(chat)
    deletion = await harness.branches.delete(answer.id)
    await harness.branches.delete(question.id)
    await harness.branches.restore_deleted(deletion)
    assert await texts(harness, chat) == ["to one"]


async def test_an_answer_being_written_ends_when_it_is_deleted_and_no_other(harness: Harness) -> None:
    chat = await ask_all(harness, "one")
    never = asyncio.Event()
    harness.completion_client.script(TextDelta("half"), never)
    await harness.chat.send(chat, Question("two", MODEL))
    path = await harness.path(chat)
    await harness.branches.delete(path[0].id)
    assert harness.chat.is_answering(chat)
    deletion = await harness.branches.delete(path[2].id)
    assert not harness.chat.is_answering(chat)
    await harness.branches.restore_deleted(deletion)
    question, answer = await harness.path(chat)
    assert (question.text, answer.state) == ("two", MessageState.STOPPED)


async def test_what_is_deleted_is_not_found(harness: Harness) -> None:
    chat = await ask_all(harness, "zebra")
    deletion = await harness.branches.delete((await harness.path(chat))[0].id)
    assert await harness.conversations.search("zebra").more(9) == ()
    await harness.branches.restore_deleted(deletion)
    assert len(await harness.conversations.search("zebra").more(9)) == 2


async def test_the_trash_is_emptied_after_a_month(harness: Harness) -> None:
    chat = await ask_all(harness, "one", "two")
    path = await harness.path(chat)
    await harness.branches.delete(path[2].id)
    later = Conversations(harness.database, lambda: datetime.now(UTC) + timedelta(days=31))
    purged = await harness.database.run(lambda connection: remove_old_messages(connection, datetime.now(UTC)))
    assert purged == {path[2].id, path[3].id}
    await later.empty_trash()
    assert await texts(harness, chat) == ["one", "to one"]


async def test_a_path_becomes_a_chat_of_its_own(harness: Harness) -> None:
    chat = await ask_all(harness, "one", "two")
    path = await harness.path(chat)
    copy = await harness.branches.branch(path[1].id, "Branch of one")
    assert (copy.title, copy.model) == ("Branch of one", MODEL)
    assert await texts(harness, copy.id) == ["one", "to one"]
    assert await texts(harness, chat) == ["one", "to one", "two", "to two"]
    await harness.ask(copy.id, "three")
    assert await texts(harness, copy.id) == ["one", "to one", "three", "Yes."]
    assert harness.conversations.all()[0].id == copy.id
    assert await harness.branches.branch("gone", "") is None


async def test_a_path_that_still_grows_is_copied_as_far_as_it_has_come(harness: Harness) -> None:
    chat = await ask_all(harness)
    never = asyncio.Event()
    harness.completion_client.script(TextDelta("half"), never)
    await harness.chat.send(chat, Question("one", MODEL))
    async with asyncio.timeout(TIMEOUT):
        while harness.chat.growing_answer(chat).text != "half":
            await asyncio.sleep(0.005)
    copy = await harness.branches.branch((await harness.path(chat))[1].id, "Copy")
    answer = (await harness.path(copy.id))[1]
    assert (answer.text, answer.state) == ("half", MessageState.STOPPED)
    assert harness.chat.is_answering(chat)


async def test_an_edited_answer_keeps_the_old_one_beside_it_and_what_followed_below_it(harness: Harness) -> None:
    chat = await ask_all(harness, "one", "two")
    old = (await harness.path(chat))[1]
    new_id = await harness.branches.edit_answer(old.id, "mine")
    assert await texts(harness, chat) == ["one", "mine", "two", "to two"]
    path, positions = await harness.chat.path(chat)
    assert path[1].edited
    assert not path[3].edited
    assert positions[new_id] == (1, 2)
    await harness.branches.show_sibling(new_id, -1)
    assert await texts(harness, chat) == ["one", "to one"]
    await harness.branches.show_sibling(old.id, 1)
    assert await texts(harness, chat) == ["one", "mine", "two", "to two"]


async def test_an_undone_edit_leaves_everything_as_it_was(harness: Harness) -> None:
    chat = await ask_all(harness, "one", "two")
    before = await harness.path(chat)
    new_id = await harness.branches.edit_answer(before[1].id, "mine")
    await harness.branches.undo_edit(before[1].id, new_id)
    assert await harness.path(chat) == before


async def test_an_answer_being_written_is_not_edited_and_the_one_above_it_is(harness: Harness) -> None:
    chat = await ask_all(harness, "one")
    first = (await harness.path(chat))[1]
    go_on = asyncio.Event()
    harness.completion_client.script(TextDelta("half"), go_on, TextDelta(" and half"), Finished(FinishReason.STOP))
    await harness.chat.send(chat, Question("two", MODEL))
    growing = (await harness.path(chat))[3]
    assert await harness.branches.edit_answer(growing.id, "mine") is None
    await harness.branches.edit_answer(first.id, "mine")
    go_on.set()
    await harness.answered(chat)
    assert await texts(harness, chat) == ["one", "mine", "two", "half and half"]
