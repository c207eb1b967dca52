"""Pictures in questions: kept, sent, queued, edited, branched, and left out with a word where a model cannot have them."""

import asyncio
from dataclasses import replace

import pytest

from chatdesk.features.attachments.services.request_pictures import LeftOut
from chatdesk.features.chat.services.chat_changes import PicturesLeftOut, QueueReturned
from chatdesk.features.chat.services.request.request_builder import UNSEEN_PICTURE
from chatdesk.kernel.chat.message import FinishReason, ImagePart, TextPart
from chatdesk.kernel.chat.question import Question
from chatdesk.kernel.chat.request import Picture
from chatdesk.kernel.chat.stream_events import Finished, TextDelta, UsageReported
from chatdesk.kernel.chat.usage import Usage
from chatdesk.kernel.context.token_estimate import USUAL_PICTURES
from chatdesk.kernel.models.model import Capability, Model
from tests.unit.features.conftest import MODEL, Desk


def picture(letter: str) -> ImagePart:
    return ImagePart(letter * 64, "image/png", f"{letter}.png", 4, 3, 100)


CAT, DOG = picture("a"), picture("b")


@pytest.fixture(autouse=True)
def kept(desk: Desk) -> None:
    desk.pictures |= {each.sha256: Picture("image/png", each.name.encode()) for each in (CAT, DOG)}


def sent(desk: Desk) -> list[bytes]:
    return [each.data for turn in desk.answerer.requests[-1].turns for each in turn.pictures]


def left_out(desk: Desk) -> list[frozenset[LeftOut]]:
    return [change.reasons for change in desk.changes if isinstance(change, PicturesLeftOut)]


async def ask(desk: Desk, chat: str, text: str, *pictures: ImagePart) -> None:
    await desk.chat.send(chat, Question(text, MODEL, pictures=pictures))
    await desk.answered(chat)


async def test_a_question_is_kept_with_its_pictures_and_sent_with_them(desk: Desk) -> None:
    chat = await desk.new_chat()
    await ask(desk, chat, "What is this?", CAT, DOG)
    question, _ = await desk.path(chat)
    assert question.parts == (CAT, DOG, TextPart("What is this?"))
    assert (await desk.chat.find(question.id)).pictures == (CAT, DOG)
    assert sent(desk) == [b"a.png", b"b.png"]
    assert left_out(desk) == []


async def test_pictures_alone_are_a_question_and_give_the_chat_its_title(desk: Desk) -> None:
    chat = await desk.new_chat()
    await ask(desk, chat, "", CAT)
    assert sent(desk) == [b"a.png"]
    assert desk.conversations.get(chat).title == "a.png"


async def test_later_questions_still_show_the_model_the_pictures_before(desk: Desk) -> None:
    chat = await desk.new_chat()
    await ask(desk, chat, "What is this?", CAT)
    await ask(desk, chat, "And its colour?")
    assert sent(desk) == [b"a.png"]


async def test_a_model_that_cannot_see_is_asked_without_pictures_and_that_is_told(desk: Desk) -> None:
    chat = await desk.new_chat()
    await ask(desk, chat, "What is this?", CAT)
    desk.models[MODEL] = Model(MODEL, "model", frozenset({Capability.CHAT}))
    await ask(desk, chat, "And now?")
    assert sent(desk) == []
    assert desk.answerer.requests[-1].turns[0].text == f"{UNSEEN_PICTURE}\n\nWhat is this?"
    assert left_out(desk) == [frozenset({LeftOut.UNSEEN})]


async def test_a_model_that_sees_gets_them(desk: Desk) -> None:
    chat = await desk.new_chat()
    desk.models[MODEL] = Model(MODEL, "model", frozenset({Capability.CHAT, Capability.VISION}))
    await ask(desk, chat, "What is this?", CAT)
    assert sent(desk) == [b"a.png"]


async def test_a_picture_that_is_gone_is_left_out_and_that_is_told(desk: Desk) -> None:
    chat = await desk.new_chat()
    del desk.pictures[CAT.sha256]
    await ask(desk, chat, "What is this?", CAT, DOG)
    assert sent(desk) == [b"b.png"]
    assert left_out(desk) == [frozenset({LeftOut.MISSING})]


async def test_the_newest_pictures_go_along_where_there_are_too_many(desk: Desk) -> None:
    chat = await desk.new_chat()
    many = [ImagePart(f"{number:064x}", "image/png", f"{number}.png", 4, 3, 9) for number in range(25)]
    desk.pictures |= {each.sha256: Picture("image/png", each.name.encode()) for each in many}
    for first in range(0, 25, 5):
        await ask(desk, chat, "Look", *many[first : first + 5])
    assert sent(desk) == [each.name.encode() for each in many[5:]]
    assert left_out(desk) == [frozenset({LeftOut.TOO_MANY})]


async def test_no_request_is_larger_than_servers_take(desk: Desk) -> None:
    chat = await desk.new_chat()
    desk.pictures[CAT.sha256] = desk.pictures[DOG.sha256] = Picture("image/png", bytes(17 * 1024 * 1024))
    await ask(desk, chat, "One", CAT)
    await ask(desk, chat, "Two", DOG)
    assert [len(data) for data in sent(desk)] == [17 * 1024 * 1024]
    assert left_out(desk) == [frozenset({LeftOut.TOO_MANY})]


async def test_an_edited_question_has_the_pictures_that_were_left_and_the_old_one_keeps_its_own(desk: Desk) -> None:
    chat = await desk.new_chat()
    await ask(desk, chat, "What is this?", CAT, DOG)
    question, _ = await desk.path(chat)
    await desk.chat.edit(question.id, Question("And this?", MODEL, pictures=(DOG,)))
    await desk.answered(chat)
    edited, _ = await desk.path(chat)
    assert edited.pictures == (DOG,)
    assert sent(desk) == [b"b.png"]
    assert (await desk.chat.find(question.id)).pictures == (CAT, DOG)


async def test_deleting_and_bringing_back_and_branching_keep_the_pictures(desk: Desk) -> None:
    chat = await desk.new_chat()
    await ask(desk, chat, "What is this?", CAT)
    question, answer = await desk.path(chat)
    deletion = await desk.branches.delete(question.id)
    assert deletion is not None
    await desk.branches.bring_back(deletion)
    assert (await desk.path(chat))[0].pictures == (CAT,)
    branch = await desk.branches.branch(answer.id, "Branch")
    assert branch is not None
    assert (await desk.path(branch.id))[0].pictures == (CAT,)


async def test_a_queued_question_waits_with_its_pictures(desk: Desk) -> None:
    chat = await desk.new_chat()
    go_on = asyncio.Event()
    desk.answerer.script(go_on, Finished(FinishReason.STOP))
    await desk.chat.send(chat, Question("first", MODEL))
    await desk.chat.send(chat, Question("", MODEL, pictures=(CAT, DOG)))
    assert desk.chat.queued(chat) == ("a.png, b.png",)
    go_on.set()
    await desk.answered(chat)
    assert sent(desk) == [b"a.png", b"b.png"]


async def test_what_waited_comes_back_with_its_pictures_when_the_answer_is_stopped(desk: Desk) -> None:
    chat = await desk.new_chat()
    desk.answerer.script(asyncio.Event())
    await desk.chat.send(chat, Question("first", MODEL))
    await desk.chat.send(chat, Question("second", MODEL, pictures=(CAT,)))
    await desk.chat.send(chat, Question("", MODEL, pictures=(DOG,)))
    desk.chat.stop(chat)
    await desk.answered(chat)
    assert QueueReturned(chat, "second", (CAT, DOG)) in desk.changes


async def test_a_draft_keeps_its_pictures_over_a_restart(desk: Desk) -> None:
    chat = await desk.new_chat()
    await desk.conversations.save_draft(chat, "half a thought", (CAT, DOG))
    await desk.conversations.load()
    assert desk.conversations.get(chat).draft_pictures == (CAT, DOG)
    await desk.conversations.save_draft(chat, "half a thought")
    await desk.conversations.load()
    assert desk.conversations.get(chat).draft_pictures == ()


async def test_what_a_picture_takes_is_learned_from_what_the_server_counts(desk: Desk) -> None:
    chat = await desk.new_chat()
    large = replace(CAT, width=1024, height=1024)
    desk.answerer.script(TextDelta("A cat."), UsageReported(Usage(515, 3)), Finished(FinishReason.STOP))
    await ask(desk, chat, "What is this?", large)
    answer = (await desk.path(chat))[-1]
    assert answer.usage is not None
    assert answer.usage.expected_picture_tokens == USUAL_PICTURES.of(large) == 1280
    assert answer.usage.expected_prompt_tokens == pytest.approx(1280 + 14, abs=3)
    assert (await desk.chat.find(answer.id)) == answer
    plan, _, _ = await desk.chat.plan(desk.conversations.get(chat), MODEL, "And this?", (large,))
    assert plan.fit.tokens == pytest.approx(2 * 500 + 30, abs=10)


async def test_pictures_that_a_model_cannot_see_take_nothing(desk: Desk) -> None:
    chat = await desk.new_chat()
    desk.models[MODEL] = Model(MODEL, "m", frozenset({Capability.CHAT}))
    plan, _, _ = await desk.chat.plan(desk.conversations.get(chat), MODEL, "What is this?", (CAT, DOG))
    assert plan.fit.tokens < 20
