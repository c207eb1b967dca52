"""Waiting: how long, what is said meanwhile, and when it is asked again. The numbers are those of docs/fault-proof.md."""

import asyncio
import gzip
from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from chatdesk.kernel.chat.message import MessageState
from chatdesk.kernel.chat.stream_events import AnswerStage
from chatdesk.network.timeouts import Timeouts
from chatdesk.providers import provider_factory
from tests.fakes.scripted_server import Hang, Pause, Request, ScriptedServer, Step, Until, chunk, head, reply
from tests.gui.faults.fault_harness import STOP, FaultHarness, says, sse
from tests.own_time import TIMEOUT, OwnTime

ANSWER = sse(says("Hi"), STOP)
BUSY, AGAIN, LOADING = AnswerStage.SERVER_BUSY, AnswerStage.RECONNECTING, AnswerStage.LOADING_MODEL


class ByTurns:
    """Answers the first question with the first of `replies`, and so on; the last one again and again."""

    def __init__(self, *replies: Iterable[Step]) -> None:
        self.replies = list(replies)
        self.asked = 0

    def __call__(self, _: Request) -> Iterable[Step]:
        self.asked += 1
        return self.replies[min(self.asked, len(self.replies)) - 1]


def refused(status: int, body: object = "", retry_after: str = "") -> list[Step]:
    return [reply(body, status, headers={"Retry-After": retry_after} if retry_after else {})]


@pytest.mark.parametrize(
    ("replies", "asked", "stage"),
    [
        ([refused(408), ANSWER], 2, AGAIN),
        ([refused(503), refused(503), ANSWER], 3, BUSY),
        ([refused(529), ANSWER], 2, BUSY),
        ([refused(429, "", "0.2"), ANSWER], 2, BUSY),
        ([refused(503, {"error": {"message": "Loading model"}}), ANSWER], 2, LOADING),
    ],
    ids=["28 408", "32 503 twice", "32 529", "30 429", "503 while it loads"],
)
async def test_what_passes_is_waited_for_and_seen(
    harness: FaultHarness, replies: list[Iterable[Step]], asked: int, stage: AnswerStage
) -> None:
    seen, script = harness.preview_hosts(), ByTurns(*replies)
    assert (await harness.ask(script)).text == "Hi"
    assert script.asked == asked
    assert stage in [change.stage for change in seen]


async def test_a_wait_until_a_moment_is_kept(harness: FaultHarness) -> None:
    moment = datetime.now(UTC) + timedelta(seconds=3)
    with OwnTime() as waited:
        assert (await harness.ask(ByTurns(refused(429, "", format_datetime(moment, usegmt=True)), ANSWER))).text == "Hi"
    assert moment - datetime.now(UTC) < timedelta(seconds=1), "it is told to the second"
    assert waited.seconds < 5


@pytest.mark.parametrize(
    ("first", "text"),
    [
        (refused(500, {"error": "out of memory"}), ""),
        (refused(401), ""),
        (refused(400, {"error": "no"}), ""),
        (refused(429, {"error": "slow"}, "61"), ""),
        (sse(says("Half"), {"error": {"message": "slow", "code": 429}}), "Half"),
        (sse(says("Half")), "Half"),
    ],
    ids=["500 of one's own", "401", "400", "429 for longer than a minute", "31 after a word", "cut after a word"],
)
async def test_what_does_not_pass_is_asked_once(harness: FaultHarness, first: Iterable[Step], text: str) -> None:
    script = ByTurns(first, ANSWER)
    assert (await harness.ask(script)).text == text
    assert script.asked == 1


def drops() -> Iterable[Step]:
    """Yield a byte now and then, and never an event."""
    yield from [head(), chunk("data: {")]
    for _ in range(40):
        yield from [Pause(0.05), chunk("x")]


@pytest.mark.parametrize(
    ("steps", "text"),
    [
        (lambda: [Hang()], ""),
        (lambda: [head(), Hang()], ""),
        (drops, ""),
        (lambda: [*sse(says("Half"))[:-1], Hang()], "Half"),
    ],
    ids=["40 no head", "40 no body", "39 a byte now and then", "silent after a word"],
)
async def test_silence_is_given_up_in_the_end_and_what_came_is_kept(
    harness: FaultHarness, monkeypatch: pytest.MonkeyPatch, steps: Callable[[], Iterable[Step]], text: str
) -> None:
    monkeypatch.setattr(
        provider_factory, "LOCAL", Timeouts(connect=TIMEOUT if text else 0.2, first_event=0.8, idle=0.8)
    )
    seen = harness.preview_hosts()
    outcome = await harness.ask(lambda _: steps())
    assert AnswerStage.WAITING in [stage.stage for stage in seen]
    assert (outcome.kind, outcome.text) == ("ServerTimedOut", text)
    assert outcome.state is (MessageState.INTERRUPTED if text else MessageState.FAILED)
    assert outcome.window == outcome.console == "Testbed did not respond within 1 s."


async def test_a_slow_prompt_is_not_asked_twice(harness: FaultHarness, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(provider_factory, "LOCAL", Timeouts(connect=0.1, first_event=0.2, idle=0.2))
    script = ByTurns([Hang()])
    assert (await harness.ask(script)).kind == "ServerTimedOut"
    assert script.asked == 1


async def test_a_bomb_is_not_unpacked(harness: FaultHarness) -> None:
    bomb = gzip.compress(b"data: " + b"x" * 100_000_000, 1)
    outcome = await harness.ask([reply(bomb, 200, "text/event-stream", {"Content-Encoding": "gzip"})])
    assert outcome.kind == "AnswerTooLarge"


async def test_two_chats_stream_from_one_server_and_stop_ends_one(harness: FaultHarness) -> None:
    one_is_stopped = asyncio.Event()

    def script(request: Request) -> Iterable[Step]:
        name = "one" if b"First" in request.body else "two"
        return [*sse(says(name))[:-1], Until(one_is_stopped), *sse(says("!"), STOP)[1:]]

    async with ScriptedServer(script) as server:
        await harness.point_at(server.url)
        first, second = await harness.begin("First"), await harness.begin("Second")
        await harness.has_come(first, "one")
        harness.chat.stop(first)
        stopped = await harness.outcome(first)
        one_is_stopped.set()
        whole = await harness.outcome(second)
    assert (stopped.text, stopped.state) == ("one", MessageState.STOPPED)
    assert (whole.text, whole.state) == ("two!", MessageState.COMPLETE)


async def test_a_question_changed_while_it_is_answered_keeps_both_answers_apart(harness: FaultHarness) -> None:
    def script(request: Request) -> Iterable[Step]:
        if b"Again" in request.body:
            return sse(says("new"), STOP)
        return [*sse(says("old"))[:-1], Hang()]

    async with ScriptedServer(script) as server:
        await harness.point_at(server.url)
        conversation = await harness.begin("First")
        await harness.has_come(conversation, "old")
        question = (await harness.chat.messages(conversation))[0]
        await harness.edit(question.id, "Again")
        assert (await harness.outcome(conversation)).text == "new"
        texts = {message.text: message.state for message in await harness.chat.messages(conversation)}
    assert texts == {
        "First": MessageState.COMPLETE,
        "old": MessageState.STOPPED,
        "Again": MessageState.COMPLETE,
        "new": MessageState.COMPLETE,
    }


@pytest.mark.parametrize("action", ["regenerated", "deleted"])
async def test_a_question_asked_again_or_deleted_while_it_is_answered_mixes_nothing(
    harness: FaultHarness, action: str
) -> None:
    asked = 0

    def script(_: Request) -> Iterable[Step]:
        nonlocal asked
        asked += 1
        return sse(says("new"), STOP) if asked > 1 else [*sse(says("old"))[:-1], Hang()]

    async with ScriptedServer(script) as server:
        await harness.point_at(server.url)
        conversation = await harness.begin("First")
        await harness.has_come(conversation, "old")
        question, old = await harness.chat.messages(conversation)
        if action == "regenerated":
            assert old.model is not None
            await harness.chat.regenerate(old.id, old.model)
            assert (await harness.outcome(conversation)).text == "new"
            expected = {("First", MessageState.COMPLETE), ("old", MessageState.STOPPED), ("new", MessageState.COMPLETE)}
        else:
            await harness.branches.delete(question.id)
            assert not harness.chat.is_answering(conversation)
            expected = set()
        with OwnTime() as waited:
            await server.until(lambda: server.disconnects)
        assert waited.seconds < 1
        messages = await harness.chat.messages(conversation)
        assert {(message.text, message.state) for message in messages} == expected
