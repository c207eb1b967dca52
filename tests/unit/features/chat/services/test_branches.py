"""Versions, deleting and its undo, chats made of a path: over a real database."""

import asyncio
from datetime import UTC, datetime, timedelta

from chatdesk.features.chat.services.chat_changes import PathChanged
from chatdesk.features.chat.services.store.conversations import Conversations
from chatdesk.kernel.chat.message import FinishReason, Message, MessageState
from chatdesk.kernel.chat.question import Question
from chatdesk.kernel.chat.stream_events import Finished, TextDelta
from tests.own_time import PATIENCE
from tests.unit.features.conftest import MODEL, Desk
from tests.unit.storage.removing import remove_old_messages


async def ask_all(desk: Desk, *questions: str) -> str:
    chat = await desk.new_chat()
    for question in questions:
        desk.answerer.says(f"to {question}")
        await desk.ask(chat, question)
    return chat


async def texts(desk: Desk, chat: str) -> list[str]:
    return [message.text for message in await desk.path(chat)]


async def answer_again(desk: Desk, answer: Message, text: str) -> None:
    desk.answerer.says(text)
    await desk.chat.regenerate(answer.id, MODEL)
    await desk.answered(answer.conversation_id)


async def test_every_version_is_shown_with_what_was_below_it(desk: Desk) -> None:
    chat = await ask_all(desk, "one", "two")
    first = (await desk.path(chat))[1]
    await answer_again(desk, first, "other")
    assert await texts(desk, chat) == ["one", "other"]
    second = (await desk.path(chat))[1]
    await desk.branches.show_sibling(second.id, -1)
    assert await texts(desk, chat) == ["one", "to one", "two", "to two"]
    assert desk.changes[-1] == PathChanged(chat)
    await desk.branches.show_sibling(first.id, 1)
    assert await texts(desk, chat) == ["one", "other"]


async def test_the_branch_one_left_is_the_one_one_comes_back_to(desk: Desk) -> None:
    chat = await ask_all(desk, "one", "two")
    first, follow_up = (await desk.path(chat))[1:3]
    await desk.chat.edit(follow_up.id, Question("zwei", MODEL))
    await desk.answered(chat)
    newer = (await desk.path(chat))[2]
    await desk.branches.show_sibling(newer.id, -1)
    await answer_again(desk, first, "other")
    await desk.branches.show_sibling((await desk.path(chat))[1].id, -1)
    assert await texts(desk, chat) == ["one", "to one", "two", "to two"], "and not the newest"


async def test_there_is_no_version_before_the_first(desk: Desk) -> None:
    chat = await ask_all(desk, "one")
    answer = (await desk.path(chat))[1]
    await desk.branches.show_sibling(answer.id, -1)
    await desk.branches.show_sibling(answer.id, 1)
    await desk.branches.show_sibling("gone", 1)
    assert await texts(desk, chat) == ["one", "to one"]


async def test_a_message_off_the_path_shown_is_led_to(desk: Desk) -> None:
    chat = await ask_all(desk, "one")
    first = (await desk.path(chat))[1]
    await answer_again(desk, first, "other")
    await desk.branches.show_message(chat, first.id)
    assert (await desk.path(chat))[-1] == first
    desk.changes.clear()
    await desk.branches.show_message(chat, first.id)
    await desk.branches.show_message(chat, "gone")
    assert desk.changes == []


async def test_a_question_goes_with_its_answers_and_what_followed_stays(desk: Desk) -> None:
    chat = await ask_all(desk, "one", "two", "three")
    before = await desk.path(chat)
    deletion = await desk.branches.delete(before[2].id)
    assert await texts(desk, chat) == ["one", "to one", "three", "to three"]
    await desk.branches.bring_back(deletion)
    assert await desk.path(chat) == before


async def test_an_only_answer_goes_alone(desk: Desk) -> None:
    chat = await ask_all(desk, "one", "two")
    before = await desk.path(chat)
    deletion = await desk.branches.delete(before[1].id)
    assert await texts(desk, chat) == ["one", "two", "to two"]
    await desk.branches.bring_back(deletion)
    await desk.branches.bring_back(deletion)
    assert await desk.path(chat) == before


async def test_one_of_several_answers_goes_with_what_was_said_to_it(desk: Desk) -> None:
    chat = await ask_all(desk, "one")
    first = (await desk.path(chat))[1]
    await answer_again(desk, first, "other")
    await desk.ask(chat, "two")
    before = await desk.path(chat)
    deletion = await desk.branches.delete(before[1].id)
    assert await texts(desk, chat) == ["one", "to one"]
    await desk.branches.bring_back(deletion)
    assert await desk.path(chat) == before


async def test_a_chat_may_lose_its_only_question(desk: Desk) -> None:
    chat = await ask_all(desk, "one")
    before = await desk.path(chat)
    deletion = await desk.branches.delete(before[0].id)
    assert await texts(desk, chat) == []
    assert await desk.branches.delete(before[0].id) is None
    await desk.branches.bring_back(deletion)
    assert await desk.path(chat) == before


async def test_an_undo_does_not_undo_what_was_said_since(desk: Desk) -> None:
    chat = await ask_all(desk, "one", "two")
    deletion = await desk.branches.delete((await desk.path(chat))[2].id)
    await desk.ask(chat, "three")
    await desk.branches.bring_back(deletion)
    assert await texts(desk, chat) == ["one", "to one", "three", "Yes."]
    three = (await desk.path(chat))[2]
    await desk.branches.show_sibling(three.id, -1)
    assert await texts(desk, chat) == ["one", "to one", "two", "to two"]


async def test_a_deletion_under_a_deletion_comes_back_where_there_is_something_to_follow(desk: Desk) -> None:
    chat = await ask_all(desk, "one", "two", "three")
    path = await desk.path(chat)
    three = await desk.branches.delete(path[4].id)
    await desk.branches.delete(path[2].id)
    await desk.branches.bring_back(three)
    assert await texts(desk, chat) == ["one", "to one"]
    await desk.branches.show_message(chat, path[5].id)
    assert await texts(desk, chat) == ["one", "to one", "three", "to three"]


async def test_what_comes_back_into_an_empty_chat_is_shown(desk: Desk) -> None:
    chat = await ask_all(desk, "one")
    question, answer = await desk.path(chat)
    deletion = await desk.branches.delete(answer.id)
    await desk.branches.delete(question.id)
    await desk.branches.bring_back(deletion)
    assert await texts(desk, chat) == ["to one"]


async def test_an_answer_being_written_ends_when_it_is_deleted_and_no_other(desk: Desk) -> None:
    chat = await ask_all(desk, "one")
    never = asyncio.Event()
    desk.answerer.script(TextDelta("half"), never)
    await desk.chat.send(chat, Question("two", MODEL))
    path = await desk.path(chat)
    await desk.branches.delete(path[0].id)
    assert desk.chat.is_answering(chat)
    deletion = await desk.branches.delete(path[2].id)
    assert not desk.chat.is_answering(chat)
    await desk.branches.bring_back(deletion)
    question, answer = await desk.path(chat)
    assert (question.text, answer.state) == ("two", MessageState.STOPPED)


async def test_what_is_deleted_is_not_found(desk: Desk) -> None:
    chat = await ask_all(desk, "zebra")
    deletion = await desk.branches.delete((await desk.path(chat))[0].id)
    assert [hit.message_id for hit in await desk.conversations.search("zebra")] == [None]  # the title
    await desk.branches.bring_back(deletion)
    assert len(await desk.conversations.search("zebra")) == 3


async def test_the_trash_is_emptied_after_a_month(desk: Desk) -> None:
    chat = await ask_all(desk, "one", "two")
    path = await desk.path(chat)
    await desk.branches.delete(path[2].id)
    later = Conversations(desk.database, lambda: datetime.now(UTC) + timedelta(days=31))
    purged = await desk.database.run(lambda connection: remove_old_messages(connection, datetime.now(UTC)))
    assert purged == {path[2].id, path[3].id}
    await later.empty_trash()
    assert await texts(desk, chat) == ["one", "to one"]


async def test_a_path_becomes_a_chat_of_its_own(desk: Desk) -> None:
    chat = await ask_all(desk, "one", "two")
    path = await desk.path(chat)
    copy = await desk.branches.branch(path[1].id, "Branch of one")
    assert (copy.title, copy.model) == ("Branch of one", MODEL)
    assert await texts(desk, copy.id) == ["one", "to one"]
    assert await texts(desk, chat) == ["one", "to one", "two", "to two"]
    await desk.ask(copy.id, "three")
    assert await texts(desk, copy.id) == ["one", "to one", "three", "Yes."]
    assert desk.conversations.all()[0].id == copy.id
    assert await desk.branches.branch("gone", "") is None


async def test_a_path_that_still_grows_is_copied_as_far_as_it_has_come(desk: Desk) -> None:
    chat = await ask_all(desk)
    never = asyncio.Event()
    desk.answerer.script(TextDelta("half"), never)
    await desk.chat.send(chat, Question("one", MODEL))
    async with asyncio.timeout(PATIENCE):
        while desk.chat.growing_answer(chat).text != "half":
            await asyncio.sleep(0.005)
    copy = await desk.branches.branch((await desk.path(chat))[1].id, "Copy")
    answer = (await desk.path(copy.id))[1]
    assert (answer.text, answer.state) == ("half", MessageState.STOPPED)
    assert desk.chat.is_answering(chat)


async def test_an_edited_answer_keeps_the_old_one_beside_it_and_what_followed_below_it(desk: Desk) -> None:
    chat = await ask_all(desk, "one", "two")
    old = (await desk.path(chat))[1]
    new_id = await desk.branches.edit_answer(old.id, "mine")
    assert await texts(desk, chat) == ["one", "mine", "two", "to two"]
    path, positions = await desk.chat.path(chat)
    assert path[1].edited
    assert not path[3].edited
    assert positions[new_id] == (1, 2)
    await desk.branches.show_sibling(new_id, -1)
    assert await texts(desk, chat) == ["one", "to one"]
    await desk.branches.show_sibling(old.id, 1)
    assert await texts(desk, chat) == ["one", "mine", "two", "to two"]


async def test_an_undone_edit_leaves_everything_as_it_was(desk: Desk) -> None:
    chat = await ask_all(desk, "one", "two")
    before = await desk.path(chat)
    new_id = await desk.branches.edit_answer(before[1].id, "mine")
    await desk.branches.undo_edit(before[1].id, new_id)
    assert await desk.path(chat) == before


async def test_an_answer_being_written_is_not_edited_and_the_one_above_it_is(desk: Desk) -> None:
    chat = await ask_all(desk, "one")
    first = (await desk.path(chat))[1]
    go_on = asyncio.Event()
    desk.answerer.script(TextDelta("half"), go_on, TextDelta(" and half"), Finished(FinishReason.STOP))
    await desk.chat.send(chat, Question("two", MODEL))
    growing = (await desk.path(chat))[3]
    assert await desk.branches.edit_answer(growing.id, "mine") is None
    await desk.branches.edit_answer(first.id, "mine")
    go_on.set()
    await desk.answered(chat)
    assert await texts(desk, chat) == ["one", "mine", "two", "half and half"]
