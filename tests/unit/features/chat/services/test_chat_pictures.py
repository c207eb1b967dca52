"""Pictures in questions: kept, sent, queued, edited, branched, and left out with a word where a model cannot have them."""

import asyncio
from dataclasses import replace

import pytest

from chatdesk.features.attachments.services.request_pictures import LeftOut
from chatdesk.features.chat.services.chat_changes import PicturesLeftOut, QueueReturned
from chatdesk.features.chat.services.request.request_builder import UNSEEN_PICTURE
from chatdesk.kernel.chat.conversation import Question
from chatdesk.kernel.chat.message import FinishReason, ImagePart, TextPart
from chatdesk.kernel.chat.request import Picture
from chatdesk.kernel.chat.stream_events import Finished, TextDelta, UsageReported
from chatdesk.kernel.chat.usage import Usage
from chatdesk.kernel.context.token_estimate import USUAL_PICTURES
from chatdesk.kernel.models.model import Capability, Model
from tests.unit.features.conftest import MODEL, Harness


def picture(letter: str) -> ImagePart:
    return ImagePart(letter * 64, "image/png", f"{letter}.png", 4, 3, 100)


CAT, DOG = picture("a"), picture("b")


@pytest.fixture(autouse=True)
def kept(harness: Harness) -> None:
    harness.pictures |= {each.sha256: Picture("image/png", each.name.encode()) for each in (CAT, DOG)}


def sent(harness: Harness) -> list[bytes]:
    return [each.data for turn in harness.completion_client.requests[-1].turns for each in turn.pictures]


def left_out(harness: Harness) -> list[frozenset[LeftOut]]:
    return [change.reasons for change in harness.changes if isinstance(change, PicturesLeftOut)]


async def ask(harness: Harness, chat: str, text: str, *pictures: ImagePart) -> None:
    await harness.chat.send(chat, Question(text, MODEL, attachments=pictures))
    await harness.answered(chat)


async def test_a_question_is_kept_with_its_pictures_and_sent_with_them(harness: Harness) -> None:
    chat = await harness.new_chat()
    await ask(harness, chat, "What is this?", CAT, DOG)
    question, _ = await harness.path(chat)
    assert question.parts == (CAT, DOG, TextPart("What is this?"))
    assert (await harness.chat.find(question.id)).pictures == (CAT, DOG)
    assert sent(harness) == [b"a.png", b"b.png"]
    assert left_out(harness) == []


async def test_pictures_alone_are_a_question_and_give_the_chat_its_title(harness: Harness) -> None:
    chat = await harness.new_chat()
    await ask(harness, chat, "", CAT)
    assert sent(harness) == [b"a.png"]
    assert harness.conversations.get(chat).title == "a.png"


async def test_later_questions_still_show_the_model_the_pictures_before(harness: Harness) -> None:
    chat = await harness.new_chat()
    await ask(harness, chat, "What is this?", CAT)
    await ask(harness, chat, "And its colour?")
    assert sent(harness) == [b"a.png"]


async def test_a_model_that_cannot_see_is_asked_without_pictures_and_that_is_reported(harness: Harness) -> None:
    chat = await harness.new_chat()
    await ask(harness, chat, "What is this?", CAT)
    harness.models[MODEL] = Model(MODEL, "model", frozenset({Capability.CHAT}))
    await ask(harness, chat, "And now?")
    assert sent(harness) == []
    assert harness.completion_client.requests[-1].turns[0].text == f"{UNSEEN_PICTURE}\n\nWhat is this?"
    assert left_out(harness) == [frozenset({LeftOut.UNSEEN})]


async def test_a_model_that_sees_gets_them(harness: Harness) -> None:
    chat = await harness.new_chat()
    harness.models[MODEL] = Model(MODEL, "model", frozenset({Capability.CHAT, Capability.VISION}))
    await ask(harness, chat, "What is this?", CAT)
    assert sent(harness) == [b"a.png"]


async def test_a_picture_that_is_gone_is_left_out_and_that_is_reported(harness: Harness) -> None:
    chat = await harness.new_chat()
    del harness.pictures[CAT.sha256]
    await ask(harness, chat, "What is this?", CAT, DOG)
    assert sent(harness) == [b"b.png"]
    assert left_out(harness) == [frozenset({LeftOut.MISSING})]


async def test_the_newest_pictures_go_along_where_there_are_too_many(harness: Harness) -> None:
    chat = await harness.new_chat()
    many = [ImagePart(f"{number:064x}", "image/png", f"{number}.png", 4, 3, 9) for number in range(25)]
    harness.pictures |= {each.sha256: Picture("image/png", each.name.encode()) for each in many}
    for first in range(0, 25, 5):
        await ask(harness, chat, "Look", *many[first : first + 5])
    assert sent(harness) == [each.name.encode() for each in many[5:]]
    assert left_out(harness) == [frozenset({LeftOut.TOO_MANY})]


async def test_no_request_is_larger_than_servers_take(harness: Harness) -> None:
    chat = await harness.new_chat()
    harness.pictures[CAT.sha256] = harness.pictures[DOG.sha256] = Picture("image/png", bytes(17 * 1024 * 1024))
    await ask(harness, chat, "One", CAT)
    await ask(harness, chat, "Two", DOG)
    assert [len(data) for data in sent(harness)] == [17 * 1024 * 1024]
    assert left_out(harness) == [frozenset({LeftOut.TOO_MANY})]


async def test_an_edited_question_has_the_pictures_that_were_left_and_the_old_one_keeps_its_own(
    harness: Harness,
) -> None:
    chat = await harness.new_chat()
    await ask(harness, chat, "What is this?", CAT, DOG)
    question, _ = await harness.path(chat)
    await harness.chat.edit(question.id, Question("And this?", MODEL, attachments=(DOG,)))
    await harness.answered(chat)
    edited, _ = await harness.path(chat)
    assert edited.pictures == (DOG,)
    assert sent(harness) == [b"b.png"]
    assert (await harness.chat.find(question.id)).pictures == (CAT, DOG)


async def test_deleting_and_bringing_back_and_branching_keep_the_pictures(harness: Harness) -> None:
    chat = await harness.new_chat()
    await ask(harness, chat, "What is this?", CAT)
    question, answer = await harness.path(chat)
    deletion = await harness.branches.delete(question.id)
    assert deletion is not None
    await harness.branches.restore_deleted(deletion)
    assert (await harness.path(chat))[0].pictures == (CAT,)
    branch = await harness.branches.branch(answer.id, "Branch")
    assert branch is not None
    assert (await harness.path(branch.id))[0].pictures == (CAT,)


async def test_a_queued_question_waits_with_its_pictures(harness: Harness) -> None:
    chat = await harness.new_chat()
    go_on = asyncio.Event()
    harness.completion_client.script(go_on, Finished(FinishReason.STOP))
    await harness.chat.send(chat, Question("first", MODEL))
    await harness.chat.send(chat, Question("", MODEL, attachments=(CAT, DOG)))
    assert [draft.title for draft in harness.chat.queued(chat)] == ["a.png, b.png"]
    go_on.set()
    await harness.answered(chat)
    assert sent(harness) == [b"a.png", b"b.png"]


async def test_what_waited_comes_back_with_its_pictures_when_the_answer_is_stopped(harness: Harness) -> None:
    chat = await harness.new_chat()
    harness.completion_client.script(asyncio.Event())
    await harness.chat.send(chat, Question("first", MODEL))
    await harness.chat.send(chat, Question("second", MODEL, attachments=(CAT,)))
    await harness.chat.send(chat, Question("", MODEL, attachments=(DOG,)))
    harness.chat.stop(chat)
    await harness.answered(chat)
    assert QueueReturned(chat, "second", (CAT, DOG)) in harness.changes


async def test_a_draft_keeps_its_pictures_over_a_restart(harness: Harness) -> None:
    chat = await harness.new_chat()
    await harness.conversations.save_draft(chat, "half a thought", (CAT, DOG))
    await harness.conversations.load()
    assert harness.conversations.get(chat).draft_attachments == (CAT, DOG)
    await harness.conversations.save_draft(chat, "half a thought")
    await harness.conversations.load()
    assert harness.conversations.get(chat).draft_attachments == ()


async def test_what_a_picture_takes_is_learned_from_what_the_server_counts(harness: Harness) -> None:
    chat = await harness.new_chat()
    large = replace(CAT, width=1024, height=1024)
    harness.completion_client.script(TextDelta("A cat."), UsageReported(Usage(515, 3)), Finished(FinishReason.STOP))
    await ask(harness, chat, "What is this?", large)
    answer = (await harness.path(chat))[-1]
    assert answer.usage is not None
    assert answer.usage.expected_picture_tokens == USUAL_PICTURES.of(large) == 1280
    assert answer.usage.expected_prompt_tokens == pytest.approx(1280 + 14, abs=3)
    assert (await harness.chat.find(answer.id)) == answer
    plan, _, _ = await harness.chat.plan(harness.conversations.get(chat), MODEL, "And this?", (large,))
    assert plan.fit.tokens == pytest.approx(2 * 500 + 30, abs=10)


async def test_pictures_that_a_model_cannot_see_take_nothing(harness: Harness) -> None:
    chat = await harness.new_chat()
    harness.models[MODEL] = Model(MODEL, "m", frozenset({Capability.CHAT}))
    plan, _, _ = await harness.chat.plan(harness.conversations.get(chat), MODEL, "What is this?", (CAT, DOG))
    assert plan.fit.tokens < 20
