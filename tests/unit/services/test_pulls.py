"""The queue of downloads."""

import asyncio
from collections.abc import Callable

import pytest

from chatdesk.domain.errors import ChatdeskError, ConnectionLost
from chatdesk.domain.model import ModelRef
from chatdesk.domain.pull import PullPhase, PullProgress
from chatdesk.domain.pull_errors import PullBrokenOff, PullDiskFull, PullNameUnknown, RegistryUnreachable
from chatdesk.domain.server import Protocol, ServerConfig
from chatdesk.services.pulls import Pulls, PullState, Report

SERVER = ServerConfig("ollama", "Ollama", "ollama", Protocol.OLLAMA, "http://127.0.0.1:11434")
A, B = ModelRef("ollama", "a:1b"), ModelRef("ollama", "b:1b")
HALF = PullProgress(PullPhase.LOADING, 500, 1000)
ALL = PullProgress(PullPhase.LOADING, 1000, 1000)


class ScriptedPuller:
    """Each call takes the next steps of its model: a progress is told, an error raised, a future waited for."""

    def __init__(self, **steps: list[list[object]]) -> None:
        self._steps = steps
        self.calls: list[str] = []
        self.running: list[str] = []
        self.cancelled: list[str] = []

    async def pull(self, _server: ServerConfig, model_id: str, report: Report, expected: int) -> None:
        assert expected >= 0
        name = model_id.partition(":")[0]
        self.calls.append(name)
        self.running.append(name)
        try:
            for step in self._steps[name].pop(0):
                if isinstance(step, PullProgress):
                    report(step)
                elif isinstance(step, ChatdeskError):
                    raise step
                elif isinstance(step, asyncio.Event):
                    await step.wait()
        except asyncio.CancelledError:
            self.cancelled.append(name)
            raise
        finally:
            self.running.remove(name)


async def until(condition: Callable[[], object]) -> None:
    async with asyncio.timeout(3):
        while not condition():
            await asyncio.sleep(0.001)


def desk(puller: ScriptedPuller, pauses: tuple[float, ...] = (0.0, 0.0)) -> tuple[Pulls, list[str]]:
    arrived: list[str] = []

    async def note(server: ServerConfig) -> None:
        arrived.append(server.id)

    return Pulls(puller, {SERVER.id: SERVER}.get, note, pauses), arrived


def state(pulls: Pulls, ref: ModelRef) -> PullState | None:
    pull = pulls.find(ref)
    return pull.state if pull else None


async def test_a_download_goes_from_waiting_to_done_and_the_models_are_asked_anew() -> None:
    pulls, arrived = desk(ScriptedPuller(a=[[HALF, ALL]]))
    states: list[PullState | None] = []
    pulls.changes.subscribe(lambda change: states.append(state(pulls, change.ref)))
    pulls.start(A, expected=1000)
    await until(lambda: state(pulls, A) is PullState.DONE)
    assert states[0] is PullState.WAITING
    assert PullState.RUNNING in states
    assert arrived == ["ollama"]
    await pulls.close()


async def test_one_comes_after_the_other() -> None:
    gate = asyncio.Event()
    puller = ScriptedPuller(a=[[HALF, gate]], b=[[ALL]])
    pulls, _ = desk(puller)
    pulls.start(A)
    pulls.start(B)
    pulls.start(A)
    await until(lambda: puller.running == ["a"])
    assert state(pulls, B) is PullState.WAITING
    gate.set()
    await until(lambda: state(pulls, B) is PullState.DONE)
    assert puller.calls == ["a", "b"]
    await pulls.close()


async def test_a_paused_download_lets_the_next_one_go_and_is_resumed_where_it_was() -> None:
    puller = ScriptedPuller(a=[[HALF, asyncio.Event()], [ALL]], b=[[ALL]])
    pulls, _ = desk(puller)
    pulls.start(A)
    pulls.start(B)
    await until(lambda: state(pulls, A) is PullState.RUNNING and puller.running)
    await asyncio.sleep(0)
    pulls.pause(A)
    await until(lambda: state(pulls, B) is PullState.DONE)
    paused = pulls.find(A)
    assert paused is not None
    assert (paused.state, paused.progress.completed) == (PullState.PAUSED, 500)
    assert puller.cancelled == ["a"]
    pulls.resume(A)
    await until(lambda: state(pulls, A) is PullState.DONE)
    await pulls.close()


async def test_a_cancelled_download_is_gone_from_the_list() -> None:
    puller = ScriptedPuller(a=[[HALF, asyncio.Event()]])
    pulls, arrived = desk(puller)
    pulls.start(A)
    await until(lambda: puller.running)
    pulls.cancel(A)
    await until(lambda: puller.cancelled == ["a"])
    assert pulls.all() == ()
    assert arrived == []
    await pulls.close()


@pytest.mark.parametrize("error", [RegistryUnreachable(), PullBrokenOff(), ConnectionLost()])
async def test_what_breaks_off_on_the_way_is_tried_again(error: ChatdeskError) -> None:
    puller = ScriptedPuller(a=[[HALF, error], [ALL]])
    pulls, _ = desk(puller)
    pulls.start(A)
    await until(lambda: state(pulls, A) is PullState.DONE)
    assert puller.calls == ["a", "a"]
    await pulls.close()


async def test_tries_end_when_nothing_more_comes() -> None:
    puller = ScriptedPuller(a=[[HALF, PullBrokenOff()] for _ in range(9)])
    pulls, _ = desk(puller)
    pulls.start(A)
    await until(lambda: state(pulls, A) is PullState.FAILED)
    assert puller.calls == ["a"] * 3  # the pauses are two
    pull = pulls.find(A)
    assert pull is not None
    assert isinstance(pull.error, PullBrokenOff)
    await pulls.close()


@pytest.mark.parametrize("steps", [[PullNameUnknown()], [HALF, PullDiskFull()], [RegistryUnreachable()]])
async def test_what_does_not_pass_is_told_at_once(steps: list[object]) -> None:
    puller = ScriptedPuller(a=[steps, [ALL]], b=[[ALL]])
    pulls, _ = desk(puller)
    pulls.start(A)
    pulls.start(B)
    await until(lambda: state(pulls, B) is PullState.DONE)
    assert state(pulls, A) is PullState.FAILED
    assert puller.calls == ["a", "b"]
    pulls.resume(A)
    await until(lambda: state(pulls, A) is PullState.DONE)
    await pulls.close()


async def test_closing_stops_what_runs() -> None:
    puller = ScriptedPuller(a=[[HALF, asyncio.Event()]])
    pulls, _ = desk(puller)
    pulls.start(A)
    await until(lambda: puller.running)
    await pulls.close()
    assert puller.cancelled == ["a"]


async def test_a_server_that_was_removed_keeps_nobody_waiting() -> None:
    puller = ScriptedPuller()
    pulls, _ = desk(puller)
    pulls.start(ModelRef("gone", "a:1b"))
    await until(lambda: pulls.all() == ())
    assert puller.calls == []
    await pulls.close()


async def test_a_fault_of_ours_ends_one_download_and_not_the_queue(caplog: pytest.LogCaptureFixture) -> None:
    class Broken(ScriptedPuller):
        async def pull(self, server: ServerConfig, model_id: str, report: Report, expected: int) -> None:
            if model_id == A.model_id:
                raise ZeroDivisionError
            await super().pull(server, model_id, report, expected)

    pulls, _ = desk(Broken(b=[[ALL]]))
    pulls.start(A)
    pulls.start(B)
    await until(lambda: state(pulls, B) is PullState.DONE)
    assert state(pulls, A) is PullState.FAILED
    assert "fault of ours" in caplog.text
    caplog.clear()
    await pulls.close()
