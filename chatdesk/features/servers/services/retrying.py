"""Retries of failed requests: only before the first token, a limited number of times, and visible while waiting.

`_pause` knows which failures are temporary; all others are raised at once. `connections.py` sends the requests.
"""

import asyncio
import random
from collections.abc import AsyncGenerator, Callable
from contextlib import aclosing
from math import ceil

from chatdesk.kernel.chat.stream_events import AnswerStage, AnswerStageChanged, StreamEvent, ThinkingChanged
from chatdesk.kernel.errors.base import (
    RateLimited,
    RequestTimedOut,
    ServerError,
    ServerFailed,
    ServerLoading,
    ServerUnreachable,
)
from chatdesk.kernel.fast_dataclass import dataclass

Batch = tuple[StreamEvent, ...]

_BUSY_STATUSES = frozenset({503, 529})
_TEMPORARY_STATUSES = frozenset({500, 502})
"""For remote servers, which have many machines behind one address. A local server would fail the same way again. (504: a prompt was
slow.)"""

_PRELIMINARY_EVENTS = (AnswerStageChanged, ThinkingChanged)
"""Events that precede the model's output."""


@dataclass(frozen=True, slots=True)
class RetryPolicy:
    """Number of retries and the delays before them, in seconds."""

    max_retries: int = 2
    first_pause: float = 1.0
    """Doubled for each further retry, and varied randomly so that clients do not retry at the same time."""
    max_wait: float = 60.0
    """Longest delay requested by a server that is still accepted."""
    loading_pause: float = 2.0
    loading_wait: float = 300.0
    """Maximum time during which a server may report that it is still loading its model."""


@dataclass(frozen=True, slots=True)
class _Pause:
    stage: AnswerStage
    seconds: float


async def retried(
    attempt: Callable[[], AsyncGenerator[Batch, None]], retry_policy: RetryPolicy, *, nearby: bool
) -> AsyncGenerator[Batch, None]:
    """Yield the events of `attempt`, and start it again if it fails temporarily before the first token.

    `nearby` is a server that the user runs: if it is unreachable, or fails by itself, waiting does not help.
    """
    loop = asyncio.get_running_loop()
    started, retries = loop.time(), 0
    while True:
        has_output = False
        try:
            async with aclosing(attempt()) as batches:
                async for batch in batches:
                    has_output = has_output or not all(isinstance(event, _PRELIMINARY_EVENTS) for event in batch)
                    yield batch
        except ServerError as error:
            pause = None if has_output else _pause(error, retries, loop.time() - started, retry_policy, nearby=nearby)
            if pause is None:
                raise
            retries += not isinstance(error, ServerLoading)
        else:
            return
        async with aclosing(_wait(pause)) as stages:
            async for stage in stages:
                yield (stage,)


def _pause(
    error: ServerError, retries: int, waited: float, retry_policy: RetryPolicy, *, nearby: bool
) -> _Pause | None:
    """Return how long to wait before the next attempt; None for no further attempt."""
    if isinstance(error, ServerLoading):
        return (
            _Pause(AnswerStage.LOADING_MODEL, retry_policy.loading_pause)
            if waited < retry_policy.loading_wait
            else None
        )
    if retries >= retry_policy.max_retries:
        return None
    backoff = retry_policy.first_pause * 2**retries * random.uniform(0.75, 1.25)  # noqa: S311 - no secret
    match error:
        case RateLimited(retry_after=float() as seconds):
            return _Pause(AnswerStage.SERVER_BUSY, seconds) if seconds <= retry_policy.max_wait else None
        case ServerFailed(status=status, retry_after=wanted) if status in _BUSY_STATUSES or (
            status in _TEMPORARY_STATUSES and not nearby
        ):
            seconds = backoff if wanted is None else wanted
            return _Pause(AnswerStage.SERVER_BUSY, seconds) if seconds <= retry_policy.max_wait else None
        case RequestTimedOut() if retries == 0:
            return _Pause(AnswerStage.RECONNECTING, backoff)
        case ServerUnreachable() if retries == 0 and not nearby:
            return _Pause(AnswerStage.RECONNECTING, backoff)
        case _:
            return None


async def _wait(pause: _Pause) -> AsyncGenerator[AnswerStageChanged, None]:
    """Wait, and yield the remaining seconds once per second."""
    if pause.stage is AnswerStage.LOADING_MODEL:
        yield AnswerStageChanged(pause.stage)
        await asyncio.sleep(pause.seconds)
        return
    whole = ceil(pause.seconds)
    for left in range(whole, 0, -1):
        yield AnswerStageChanged(pause.stage, seconds=left)
        await asyncio.sleep(1.0 if left < whole else pause.seconds - whole + 1)
