"""Asking again: when, how often, how it is seen, and that Stop ends it at once."""

import asyncio
from collections.abc import AsyncGenerator

import pytest

from chatdesk.features.servers.services.retrying import RetryPolicy, retried
from chatdesk.kernel.chat.request import Thinking
from chatdesk.kernel.chat.stream_events import AnswerStage, AnswerStageChanged, StreamEvent, TextDelta, ThinkingChanged
from chatdesk.kernel.errors.base import (
    AccessDenied,
    AnswerEndedEarly,
    CertificateRefused,
    ConnectionLost,
    KeyRejected,
    QuotaExhausted,
    RateLimited,
    RequestRefused,
    RequestTimedOut,
    ServerError,
    ServerFailed,
    ServerLoading,
    ServerTimedOut,
    ServerUnreachable,
)

SHORT = RetryPolicy(first_pause=0.01, loading_pause=0.01, loading_wait=0.5)
WAITING, WORD = AnswerStageChanged(AnswerStage.WAITING), TextDelta("word")
BUSY = AnswerStageChanged(AnswerStage.SERVER_BUSY, seconds=1)
AGAIN = AnswerStageChanged(AnswerStage.RECONNECTING, seconds=1)


class Server:
    """Fails by turns as it is told, then answers."""

    def __init__(self, *failures: ServerError, before: tuple[StreamEvent, ...] = (WAITING,)) -> None:
        self.failures = list(failures)
        self.before = before
        self.asked = 0

    async def answer(self) -> AsyncGenerator[tuple[StreamEvent, ...], None]:
        self.asked += 1
        yield self.before
        if self.failures:
            raise self.failures.pop(0)
        yield (WORD,)


async def events_of(server: Server, *, nearby: bool = False, retry_policy: RetryPolicy = SHORT) -> list[StreamEvent]:
    return [event async for batch in retried(server.answer, retry_policy, nearby=nearby) for event in batch]


@pytest.mark.parametrize(
    ("failure", "seen"),
    [
        (ServerUnreachable(), AGAIN),
        (RequestTimedOut(), AGAIN),
        (ServerFailed(status=500), BUSY),
        (ServerFailed(status=503), BUSY),
        (ServerFailed(status=529), BUSY),
        (RateLimited(retry_after=0.01), BUSY),
        (ServerLoading(), AnswerStageChanged(AnswerStage.LOADING_MODEL)),
    ],
    ids=str,
)
async def test_a_failure_that_may_pass_is_seen_and_asked_about_again(
    failure: ServerError, seen: AnswerStageChanged
) -> None:
    assert await events_of(Server(failure)) == [WAITING, seen, WAITING, WORD]


@pytest.mark.parametrize(
    "failure",
    [
        KeyRejected(),
        AccessDenied(),
        QuotaExhausted(),
        RequestRefused(status=400),
        CertificateRefused(),
        ServerTimedOut(seconds=300.0),
        ServerFailed(status=501),
        ServerFailed(status=504),
        ServerFailed(status=0),
        AnswerEndedEarly(),
        RateLimited(retry_after=None),
        RateLimited(retry_after=99999.0),
        ServerFailed(status=503, retry_after=3600.0),
    ],
    ids=str,
)
async def test_any_other_failure_is_reported_at_once(failure: ServerError) -> None:
    server = Server(failure)
    with pytest.raises(type(failure)):
        await events_of(server)
    assert server.asked == 1


@pytest.mark.parametrize("failure", [ServerUnreachable(), ServerFailed(status=500), ServerFailed(status=502)], ids=str)
async def test_a_server_of_one_s_own_that_is_down_or_fails_is_not_asked_again(failure: ServerError) -> None:
    server = Server(failure)
    with pytest.raises(type(failure)):
        await events_of(server, nearby=True)
    assert server.asked == 1


@pytest.mark.parametrize(
    ("failure", "most"),
    [
        (ServerFailed(status=503), 3),
        (RateLimited(retry_after=0.0), 3),
        (RequestTimedOut(), 2),
        (ServerUnreachable(), 2),
    ],
    ids=str,
)
async def test_it_is_not_asked_for_ever(failure: ServerError, most: int) -> None:
    server = Server(*[failure] * 9)
    with pytest.raises(type(failure)):
        await events_of(server)
    assert server.asked == most


async def test_a_server_that_loads_its_model_is_waited_for_longer_and_not_for_ever() -> None:
    assert (await events_of(Server(*[ServerLoading()] * 9)))[-1] == WORD
    with pytest.raises(ServerLoading):
        await events_of(Server(*[ServerLoading()] * 9), retry_policy=RetryPolicy(loading_pause=0.01, loading_wait=0.0))


@pytest.mark.parametrize("failure", [ConnectionLost(), RateLimited(retry_after=0.0), ServerFailed(status=503)], ids=str)
async def test_after_the_first_token_nothing_is_asked_again(failure: ServerError) -> None:
    server = Server(failure, before=(WORD,))
    with pytest.raises(type(failure)):
        await events_of(server)
    assert server.asked == 1


async def test_a_level_of_thinking_that_was_lowered_is_no_token() -> None:
    server = Server(ServerFailed(status=503), before=(ThinkingChanged(Thinking.HIGH, Thinking.AUTO),))
    assert (await events_of(server))[-1] == WORD
    assert server.asked == 2


async def test_the_wait_a_server_asks_for_is_kept_and_counted_down() -> None:
    began = asyncio.get_running_loop().time()
    events = await events_of(Server(RateLimited(retry_after=1.2)))
    assert asyncio.get_running_loop().time() - began >= 1.2
    assert [event.seconds for event in events if isinstance(event, AnswerStageChanged) and event.seconds] == [2, 1]


async def test_stop_ends_the_wait_at_once() -> None:
    server = Server(RateLimited(retry_after=60.0))
    seen = asyncio.Event()

    async def ask() -> None:
        async for batch in retried(server.answer, SHORT, nearby=False):
            if batch[0] != WAITING:
                seen.set()

    task = asyncio.create_task(ask())
    await seen.wait()
    began = asyncio.get_running_loop().time()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert asyncio.get_running_loop().time() - began < 0.5
    assert server.asked == 1
