"""Downloads that go on from what an earlier try left, which may be damaged."""

import asyncio
from types import SimpleNamespace

import pytest

from chatdesk.features.models.services.pulls import Pulls, Report
from chatdesk.kernel.errors.model_errors import PartDamaged, PullBrokenOff
from chatdesk.kernel.models.pulls import Pull, PullPhase, PullProgress, PullState
from chatdesk.kernel.servers.server import ServerConfig
from tests.unit.features.models.services.pull_harness import (
    ALL,
    HALF,
    SERVER,
    A,
    ScriptedPuller,
    harness,
    state,
    unknown_space,
    until,
)


async def test_what_earlier_tries_brought_is_no_speed(monkeypatch: pytest.MonkeyPatch) -> None:
    """After going on a server counts from 0 to what is there at once, which looked like gigabytes a second."""
    now = 0.0
    monkeypatch.setattr("chatdesk.features.models.services.pulls.time", SimpleNamespace(monotonic=lambda: now))
    gate, speeds = asyncio.Event(), list[float | None]()
    puller = ScriptedPuller(a=[[HALF, gate]])
    pulls, _ = harness(puller)
    pulls.start(A)
    await until(lambda: (pull := pulls.find(A)) and pull.progress.completed == 500)
    pulls.pause(A)
    await until(lambda: not puller.running)

    async def go_on(_server: ServerConfig, _model: str, report: Report, _expected: int) -> None:
        nonlocal now
        for seconds, completed in ((1.0, 0), (2.0, 500), (3.0, 510), (5.0, 530)):
            now = seconds
            report(PullProgress(PullPhase.LOADING, completed, 1000))
            speeds.append((pulls.find(A) or Pull(A)).speed)

    puller.pull = go_on  # type: ignore[method-assign]
    pulls.resume(A)
    await until(lambda: state(pulls, A) is PullState.DONE)
    assert speeds == [None, None, None, 10.0]
    await pulls.close()


class ScriptedUnfinished:
    """Downloads of a server that were broken off, one of them damaged."""

    def __init__(self, *, may_remove: bool = True) -> None:
        self.files = ["sha256-6e9f-partial-0"]
        self._may_remove = may_remove

    async def damaged(self, _server: ServerConfig) -> tuple[str, ...]:
        return tuple(self.files)

    async def remove_damaged(self, server: ServerConfig) -> None:
        if not self._may_remove:
            raise PartDamaged(server.name, server.base_url, "", "Permission denied")
        self.files.clear()


async def test_a_damaged_part_is_reported_the_second_time_with_the_files_and_can_be_removed() -> None:
    puller = ScriptedPuller(a=[[HALF, PullBrokenOff()], [PartDamaged()], [PartDamaged()], [ALL]])
    unfinished = ScriptedUnfinished()
    pulls = Pulls(
        puller, {SERVER.id: SERVER}.get, _nobody, unknown_space, retry_delays=(0.0,) * 8, unfinished=unfinished
    )
    pulls.start(A)
    await until(lambda: state(pulls, A) is PullState.FAILED)
    pull = pulls.find(A)
    assert pull
    assert isinstance(pull.error, PartDamaged)
    assert pull.error.files == "sha256-6e9f-partial-0"
    assert len(puller.calls) == 3
    pulls.repair(A)
    await until(lambda: state(pulls, A) is PullState.DONE)
    assert unfinished.files == []
    await pulls.close()


async def test_a_damaged_part_that_may_not_be_removed_says_why() -> None:
    puller = ScriptedPuller(a=[[PartDamaged()]])
    unfinished = ScriptedUnfinished(may_remove=False)
    pulls = Pulls(puller, {SERVER.id: SERVER}.get, _nobody, unknown_space, unfinished=unfinished)
    pulls.start(A)
    await until(lambda: state(pulls, A) is PullState.FAILED)
    pulls.repair(A)
    await until(lambda: getattr(getattr(pulls.find(A), "error", None), "files", "") == "Permission denied")
    assert state(pulls, A) is PullState.FAILED
    await pulls.close()


async def _nobody(_server: ServerConfig) -> None:
    pass
