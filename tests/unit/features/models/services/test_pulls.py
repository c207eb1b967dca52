"""The queue of downloads."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from chatdesk.features.models.services.pull_memory import PullMemory, RememberedPull
from chatdesk.features.models.services.pulls import FreeSpace, Pulls, Report
from chatdesk.kernel.errors.base import ChatdeskError, ConnectionLost, ServerUnreachable
from chatdesk.kernel.errors.model_errors import (
    PullBrokenOff,
    PullDiskFull,
    PullDiskShort,
    PullNameMistyped,
    PullNameUnknown,
    RegistryUnreachable,
)
from chatdesk.kernel.models.model import ModelRef
from chatdesk.kernel.models.pulls import Pull, PullChanged, PullPhase, PullProgress, PullState
from chatdesk.kernel.servers.server import ServerConfig
from chatdesk.storage.files.json_file import JsonFile
from tests.unit.features.models.services.pull_harness import (
    ALL,
    HALF,
    SERVER,
    A,
    B,
    C,
    D,
    ScriptedPuller,
    harness,
    state,
    unknown_space,
    until,
)


async def test_a_download_goes_from_waiting_to_done_and_the_models_are_asked_anew() -> None:
    pulls, arrived = harness(ScriptedPuller(a=[[HALF, ALL]]))
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
    pulls, _ = harness(puller)
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
    pulls, _ = harness(puller)
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
    pulls, arrived = harness(puller)
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
    pulls, _ = harness(puller)
    pulls.start(A)
    await until(lambda: state(pulls, A) is PullState.DONE)
    assert puller.calls == ["a", "a"]
    await pulls.close()


async def test_tries_end_when_nothing_more_comes() -> None:
    puller = ScriptedPuller(a=[[HALF, PullBrokenOff()] for _ in range(9)])
    pulls, _ = harness(puller)
    pulls.start(A)
    await until(lambda: state(pulls, A) is PullState.FAILED)
    assert puller.calls == ["a"] * 3  # the pauses are two
    pull = pulls.find(A)
    assert pull is not None
    assert isinstance(pull.error, PullBrokenOff)
    await pulls.close()


async def test_a_server_that_dies_and_comes_back_is_asked_again_with_visible_tries() -> None:
    puller = ScriptedPuller(a=[[HALF, ConnectionLost()], [ServerUnreachable()], [ServerUnreachable()], [ALL]])
    pulls, _ = harness(puller, (0.0, 0.0, 0.0))
    seen: list[tuple[int, float]] = []

    def note(change: PullChanged) -> None:
        pull = pulls.find(change.ref)
        if pull and pull.state is PullState.RETRYING:
            seen.append((pull.tries, pull.progress.fraction))

    pulls.changes.subscribe(note)
    pulls.start(A)
    await until(lambda: state(pulls, A) is PullState.DONE)
    assert seen == [(1, 0.5), (2, 0.5), (3, 0.5)]
    await pulls.close()


async def test_what_is_shown_never_goes_back_when_parts_are_fetched_again() -> None:
    less = PullProgress(PullPhase.LOADING, 100, 1000)
    puller = ScriptedPuller(a=[[HALF, less, ConnectionLost()], [PullProgress(), less, ALL]])
    pulls, _ = harness(puller)
    shown: list[float] = []
    pulls.changes.subscribe(lambda change: shown.append((pulls.find(change.ref) or Pull(A)).progress.fraction))
    pulls.start(A)
    await until(lambda: state(pulls, A) is PullState.DONE)
    assert shown == sorted(shown)
    assert shown[-1] == 1.0
    await pulls.close()


def space_of(free: int | None) -> FreeSpace:
    async def space(_server: ServerConfig) -> int | None:
        return free

    return space


async def test_what_does_not_fit_on_the_disk_is_not_begun() -> None:
    puller = ScriptedPuller(a=[[ALL]])
    pulls, _ = harness(puller, space=space_of(3 * 10**9))
    pulls.start(A, expected=9 * 10**9)
    await until(lambda: state(pulls, A) is PullState.FAILED)
    pull = pulls.find(A)
    assert pull is not None
    assert isinstance(pull.error, PullDiskShort)
    assert (pull.error.needed_gigabytes, pull.error.free_gigabytes) == (9.0, 3.0)
    assert puller.calls == []
    pulls.start(A, ignore_disk_space=True)
    await until(lambda: state(pulls, A) is PullState.DONE)
    await pulls.close()


async def test_a_size_that_is_only_known_on_the_way_is_compared_with_the_disk_then() -> None:
    puller = ScriptedPuller(a=[[PullProgress(PullPhase.LOADING, 100, 9 * 10**9), asyncio.Event()]], b=[[ALL]])
    pulls, _ = harness(puller, space=space_of(3 * 10**9))
    pulls.start(A)
    pulls.start(B)
    await until(lambda: state(pulls, B) is PullState.DONE)
    pull = pulls.find(A)
    assert pull is not None
    assert (pull.state, type(pull.error)) == (PullState.FAILED, PullDiskShort)
    assert puller.cancelled == ["a"]
    await pulls.close()


async def test_what_has_come_already_needs_no_room() -> None:
    most = PullProgress(PullPhase.LOADING, 8 * 10**9, 9 * 10**9)
    pulls, _ = harness(ScriptedPuller(a=[[most, ALL]]), space=space_of(2 * 10**9))
    pulls.restore([RememberedPull(A, 9 * 10**9, most, is_active=True)])
    await until(lambda: state(pulls, A) is PullState.DONE)
    await pulls.close()


async def test_a_disk_that_is_not_known_stops_nothing_and_is_reported() -> None:
    pulls, _ = harness(ScriptedPuller(a=[[ALL]]), space=space_of(None))
    pulls.start(A, expected=10**15)
    await until(lambda: state(pulls, A) is PullState.DONE)
    assert (pulls.find(A) or Pull(A)).free_space_is_unknown
    await pulls.close()


async def test_a_mistyped_name_is_answered_with_those_like_it() -> None:
    unknown = PullNameUnknown("Ollama", "", "deepsek-r1:7b")
    pulls, _ = harness(ScriptedPuller(a=[[unknown]]), known_names=lambda: ("deepseek-r1:7b", "gemma3"))
    pulls.start(A)
    await until(lambda: state(pulls, A) is PullState.FAILED)
    error = (pulls.find(A) or Pull(A)).error
    assert isinstance(error, PullNameMistyped)
    assert error.near == "deepseek-r1:7b"
    await pulls.close()


async def test_downloads_go_on_after_the_program_was_ended(tmp_path: Path) -> None:
    memory = PullMemory(JsonFile(tmp_path / "downloads.json"))
    puller = ScriptedPuller(a=[[HALF, asyncio.Event()]])
    pulls, _ = harness(puller, memory=memory)
    for ref in (A, B, C, D):
        pulls.start(ref, expected=1000)
    pulls.pause(B)
    pulls.cancel(C)
    await until(lambda: puller.running and state(pulls, A) is PullState.RUNNING and pulls.find(A).progress.completed)
    await pulls.close()

    again, _ = harness(
        ScriptedPuller(a=[[ServerUnreachable()], [ALL]], d=[[ALL]]),
        memory=PullMemory(JsonFile(tmp_path / "downloads.json")),
    )
    going = again.restore(await PullMemory(JsonFile(tmp_path / "downloads.json")).read())
    assert going == (A, D)
    assert [pull.ref for pull in again.all()] == [A, B, D]
    assert (again.find(A) or Pull(A)).progress.fraction == 0.5
    await until(lambda: state(again, D) is PullState.DONE)
    assert state(again, A) is PullState.DONE
    assert state(again, B) is PullState.PAUSED
    await again.close()
    assert [row.ref for row in await PullMemory(JsonFile(tmp_path / "downloads.json")).read()] == [B]


async def test_states_are_remembered_soon_and_progress_seldom(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("chatdesk.features.models.services.pulls._WRITE_DELAY", 0.01)
    memory = PullMemory(JsonFile(tmp_path / "downloads.json"))
    written: list[int] = []
    write = memory.write

    async def counted(pulls: Sequence[RememberedPull]) -> None:
        written.append(len(pulls))
        await write(pulls)

    monkeypatch.setattr(memory, "write", counted)
    many = [PullProgress(PullPhase.LOADING, number, 1000) for number in range(500)]
    pulls, _ = harness(ScriptedPuller(a=[[*many, asyncio.Event()]]), memory=memory)
    pulls.start(A)
    await until(lambda: (pulls.find(A) or Pull(A)).progress.completed == 499)
    await asyncio.sleep(0.1)
    before = len(written)
    assert before
    for number in range(100):
        pulls._change(A, speed=float(number))
        await asyncio.sleep(0)
    await asyncio.sleep(0.1)
    assert len(written) == before
    pulls.pause(A)
    await until(lambda: len(written) == before + 1)
    await pulls.close()


async def test_what_a_server_that_is_switched_off_was_asked_for_waits() -> None:
    puller = ScriptedPuller()
    off = replace(SERVER, enabled=False)
    pulls = Pulls(puller, {SERVER.id: off}.get, nobody, unknown_space)
    assert pulls.restore([RememberedPull(A, 0, HALF, is_active=True)]) == ()
    assert state(pulls, A) is PullState.PAUSED
    await pulls.close()


async def nobody(_server: ServerConfig) -> None:
    pass


async def test_what_was_asked_for_at_a_server_that_is_gone_is_forgotten() -> None:
    pulls, _ = harness(ScriptedPuller())
    assert pulls.restore([RememberedPull(ModelRef("gone", "a:1b"), 0, HALF, is_active=True)]) == ()
    assert pulls.all() == ()
    await pulls.close()


@pytest.mark.parametrize("steps", [[PullNameUnknown()], [HALF, PullDiskFull()], [RegistryUnreachable()]])
async def test_what_does_not_pass_is_reported_at_once(steps: list[object]) -> None:
    puller = ScriptedPuller(a=[steps, [ALL]], b=[[ALL]])
    pulls, _ = harness(puller)
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
    pulls, _ = harness(puller)
    pulls.start(A)
    await until(lambda: puller.running)
    await pulls.close()
    assert puller.cancelled == ["a"]


async def test_a_server_that_was_removed_keeps_nobody_waiting() -> None:
    puller = ScriptedPuller()
    pulls, _ = harness(puller)
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

    pulls, _ = harness(Broken(b=[[ALL]]))
    pulls.start(A)
    pulls.start(B)
    await until(lambda: state(pulls, B) is PullState.DONE)
    assert state(pulls, A) is PullState.FAILED
    assert "fault of ours" in caplog.text
    caplog.clear()
    await pulls.close()
