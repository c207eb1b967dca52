"""What applications propose to say next: asked for once, and only of those that propose something."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from chatdesk.features.chat.services.chat_changes import AnswerGrew, ChatChange, MessageAdded, MessageChanged
from chatdesk.features.chat.services.follow_ups import FollowUpQuestions
from chatdesk.kernel.announcer import Announcer
from chatdesk.kernel.chat.application import Application, RemoteAnswer
from chatdesk.kernel.chat.message import Message, MessageState, Role, TextPart
from chatdesk.kernel.chat.stream_events import FollowUps, RemoteAnswerStored, TextDelta
from chatdesk.kernel.errors.base import ServerFailed
from chatdesk.kernel.models.model import Model, ModelRef

APP = Model(ModelRef("s", "app"), "app", application=Application(follows_up=True))
SILENT = replace(APP, ref=ModelRef("s", "silent"), application=Application())
PLACE = RemoteAnswer("c-1", "m-1")
MODELS = {model.ref: model for model in (APP, SILENT)}


def answer(state: MessageState = MessageState.COMPLETE, model: Model = APP) -> Message:
    moment = datetime(2026, 1, 1, tzinfo=UTC)
    return Message("a", "chat", "q", 1, Role.ASSISTANT, (TextPart("Yes."),), state, moment, model.ref)


class Harness:
    """A chat with an application, and how often that is asked."""

    def __init__(self) -> None:
        self.chat: Announcer[ChatChange] = Announcer()
        self.asked: list[RemoteAnswer] = []
        self.reply: tuple[str, ...] | Exception = ("And then?",)
        self.received: list[str] = []
        self.questions = FollowUpQuestions(self.chat, MODELS.get, self._ask)
        self.questions.changes.subscribe(self.received.append)

    async def _ask(self, _: ModelRef, place: RemoteAnswer) -> tuple[str, ...]:
        self.asked.append(place)
        if isinstance(self.reply, Exception):
            raise self.reply
        return self.reply

    async def answers(self, message: Message | None = None, place: RemoteAnswer = PLACE) -> tuple[str, ...]:
        """Let an answer come to its end, and return what is proposed then."""
        self.chat.announce(AnswerGrew("chat", "a", (RemoteAnswerStored(place), TextDelta("Yes."))))
        self.chat.announce(MessageChanged(message or answer()))
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        return self.questions.proposals_for("chat")


@pytest.fixture
async def harness() -> AsyncIterator[Harness]:
    made = Harness()
    yield made
    await made.questions.close()


async def test_it_is_asked_once_after_an_answer_however_often_that_is_reported(harness: Harness) -> None:
    assert await harness.answers() == ("And then?",)
    assert await harness.answers() == ("And then?",)
    assert harness.asked == [PLACE]
    assert harness.received == ["chat"]


async def test_after_another_answer_it_is_asked_again(harness: Harness) -> None:
    await harness.answers()
    await harness.answers(place=RemoteAnswer("c-1", "m-2"))
    assert len(harness.asked) == 2


@pytest.mark.parametrize(
    "message", [answer(MessageState.STOPPED), answer(MessageState.FAILED), answer(model=SILENT)], ids=str
)
async def test_nobody_is_asked_where_there_is_nothing_to_follow(harness: Harness, message: Message) -> None:
    assert await harness.answers(message) == ()
    assert harness.asked == []


async def test_what_was_proposed_is_gone_with_the_next_question(harness: Harness) -> None:
    await harness.answers()
    harness.chat.announce(MessageAdded(replace(answer(), role=Role.USER)))
    assert harness.questions.proposals_for("chat") == ()
    assert harness.received == ["chat", "chat"]


async def test_what_comes_with_the_answer_is_not_asked_for(harness: Harness) -> None:
    harness.chat.announce(AnswerGrew("chat", "a", (FollowUps(("Why?",)),)))
    assert harness.questions.proposals_for("chat") == ("Why?",)
    assert harness.asked == []


async def test_a_refusal_is_nobody_s_business(harness: Harness) -> None:
    harness.reply = ServerFailed(status=500)
    assert await harness.answers() == ()


async def test_once_closed_it_asks_nobody() -> None:
    harness = Harness()
    await harness.questions.close()
    assert await harness.answers() == ()
    assert harness.asked == []
