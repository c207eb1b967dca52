"""The engine is there when asked for, however its process behaves, and leaves nothing behind."""

import asyncio
import subprocess
import sys
import threading
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import pytest

from chatdesk.engine.engine import BuiltInEngine, EngineState
from chatdesk.engine.log import RETAINED_LINES, EngineLog
from chatdesk.engine.messages import EngineProgress, EngineStage
from chatdesk.engine.options import EngineOptions
from chatdesk.kernel.aio import child_process
from chatdesk.kernel.errors.base import ChatdeskError
from chatdesk.kernel.errors.engine_errors import EngineNotInstalled, EngineStopped, LibraryMissing, ProcessorUnsupported
from tests.own_time import TIMEOUT

SECONDS = TIMEOUT
"""The longest any test waits for something that is sure to happen."""


def engine_with(behaviour: str, **options: float) -> BuiltInEngine:
    command = [sys.executable, "-m", "tests.unit.engine.fake_child", behaviour]
    return BuiltInEngine(EngineOptions(**options), check=lambda: None, command=command)  # type: ignore[arg-type]


@pytest.fixture
def model(tmp_path: Path) -> Path:
    path = tmp_path / "Tiny-1B.Q4.gguf"
    path.write_bytes(b"GGUF")
    return path


@pytest.fixture
def other(tmp_path: Path) -> Path:
    path = tmp_path / "other.gguf"
    path.write_bytes(b"GGUF")
    return path


@pytest.fixture(autouse=True)
async def _nothing_is_left(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[None]:
    """Fail a test that leaves a process, one nobody waited for, an open pipe or a thread behind."""
    started: list[subprocess.Popen[bytes]] = []

    class RecordedPopen(subprocess.Popen[bytes]):
        def __init__(self, *arguments: Any, **options: Any) -> None:
            super().__init__(*arguments, **options)
            started.append(self)

    monkeypatch.setattr(child_process.subprocess, "Popen", RecordedPopen)
    yield
    await until(lambda: not [thread for thread in threading.enumerate() if thread.name.startswith("engine-")])
    for child in started:
        assert child.returncode is not None
        assert all(pipe and pipe.closed for pipe in (child.stdin, child.stdout, child.stderr))


async def until(condition: Callable[[], bool]) -> None:
    async with asyncio.timeout(SECONDS):
        while not condition():
            await asyncio.sleep(0.005)


async def test_it_starts_tells_its_progress_and_answers_at_an_address_with_a_key(model: Path) -> None:
    engine = engine_with("serve")
    assert engine.state is EngineState.STOPPED
    progress: list[EngineProgress] = []
    address = await engine.ensure_running(model, progress.append)
    assert address.base_url.startswith("http://127.0.0.1:")
    assert address.base_url.endswith("/v1")
    assert len(address.key) >= 32
    assert address.key not in repr(address)
    assert progress == [EngineProgress(EngineStage.STARTING), EngineProgress(EngineStage.READING_MODEL, 0.5)]
    assert engine.is_running
    await engine.stop()
    assert engine.state is EngineState.STOPPED
    await engine.stop()


async def test_asking_again_gives_the_same_process(model: Path) -> None:
    engine = engine_with("serve")
    first, second = await asyncio.gather(engine.ensure_running(model), engine.ensure_running(model))
    assert first == second == await engine.ensure_running(model)
    await engine.stop()


async def test_another_model_gets_another_process_and_another_key(model: Path, other: Path) -> None:
    engine = engine_with("serve")
    first = await engine.ensure_running(model)
    second = await engine.ensure_running(other)
    assert first.base_url != second.base_url
    assert first.key != second.key
    await engine.stop()


async def test_other_options_get_another_process_and_the_same_ones_do_not(model: Path) -> None:
    engine = engine_with("serve")
    first = await engine.ensure_running(model, options=EngineOptions(context_tokens=2048))
    assert await engine.ensure_running(model, options=EngineOptions(context_tokens=2048)) == first
    assert engine.running == (model, EngineOptions(context_tokens=2048))
    assert await engine.ensure_running(model, options=EngineOptions(context_tokens=4096)) != first
    await engine.stop()
    assert engine.running is None
    assert engine.process_id is None


async def test_its_log_tells_what_ran_and_what_it_said_but_never_the_key(model: Path) -> None:
    engine = engine_with("tell_the_key")
    address = await engine.ensure_running(model)
    await until(lambda: len(engine.log.since(0)[1]) >= 3)
    await engine.stop()
    heading, *said = engine.log.since(0)[1]
    assert heading.startswith(f"== {model}: 4096 tokens")
    assert said == ["0.00.001.000 I listening with •••", "bad tensor"]
    assert not any(address.key in line for line in (heading, *said))


async def test_only_trouble_counts_as_last_words(model: Path) -> None:
    with pytest.raises(EngineStopped) as raised:
        await engine_with("refuse_the_model").ensure_running(model)
    assert raised.value.detail == "0.00.002.000 E llama_model_load: error loading model: unknown architecture: 'x'"


def test_the_log_keeps_the_last_lines_and_tells_what_is_new() -> None:
    log = EngineLog()
    for number in range(RETAINED_LINES + 10):
        log.add(str(number))
    count, lines = log.since(0)
    assert (count, lines[0], len(lines)) == (RETAINED_LINES + 10, "10", RETAINED_LINES)
    log.add("new")
    assert log.since(count) == (count + 1, ["new"])
    assert log.since(count + 1) == (count + 1, [])


async def test_after_a_stop_it_starts_anew(model: Path) -> None:
    engine = engine_with("serve")
    first = await engine.ensure_running(model)
    await engine.stop()
    assert await engine.ensure_running(model) != first
    await engine.stop()


async def test_a_crash_shows_at_once_and_the_next_use_starts_it_again(model: Path) -> None:
    engine = engine_with("serve")
    first = await engine.ensure_running(model)
    assert engine._process is not None
    engine._process._process.kill()
    await until(lambda: engine.state is EngineState.FAILED)
    assert isinstance(engine.failure, EngineStopped)
    second = await engine.ensure_running(model)
    assert second.base_url != first.base_url
    assert engine.failure is None
    await engine.stop()


async def test_a_crash_after_the_start_is_kept_with_its_last_words(model: Path) -> None:
    engine = engine_with("crash_when_ready")
    await engine.ensure_running(model)
    expected = str(EngineStopped(9, "out of memory"))
    await until(lambda: str(engine.failure) == expected)
    assert engine.state is EngineState.FAILED
    await engine.stop()


async def test_a_process_that_ends_before_it_is_ready_is_reported_with_its_last_words(model: Path) -> None:
    engine = engine_with("crash")
    with pytest.raises(EngineStopped) as raised:
        await engine.ensure_running(model)
    assert raised.value.exit_code == 3
    assert raised.value.detail == "bad tensor\nboom"
    assert engine.state is EngineState.FAILED


@pytest.mark.parametrize(
    ("behaviour", "error"),
    [
        ("miss_the_package", EngineNotInstalled()),
        ("miss_a_library", LibraryMissing(library="libgomp.so.1: cannot open shared object file")),
    ],
)
async def test_what_the_process_found_missing_is_reported(model: Path, behaviour: str, error: ChatdeskError) -> None:
    with pytest.raises(type(error)) as raised:
        await engine_with(behaviour).ensure_running(model)
    assert str(raised.value) == str(error)


async def test_a_flood_of_words_blocks_nobody_and_only_the_last_are_kept(model: Path) -> None:
    with pytest.raises(EngineStopped) as raised:
        await engine_with("flood").ensure_running(model)
    assert raised.value.detail == "\n".join(["line"] * 20)


async def test_noise_between_the_messages_does_no_harm(model: Path) -> None:
    engine = engine_with("make_noise")
    await engine.ensure_running(model)
    await engine.stop()


async def test_a_process_that_stops_talking_is_ended(model: Path) -> None:
    engine = engine_with("close_the_output_and_live_on")
    await engine.ensure_running(model)
    await until(lambda: engine.state is EngineState.FAILED)


async def test_a_cancelled_start_ends_the_process(model: Path) -> None:
    engine = engine_with("never_be_ready")
    preparing = asyncio.Event()
    start = asyncio.create_task(engine.ensure_running(model, lambda _progress: preparing.set()))
    await preparing.wait()
    assert engine.state is EngineState.STARTING
    start.cancel()
    with pytest.raises(asyncio.CancelledError):
        await start
    assert engine.state is EngineState.STOPPED


async def test_whoever_waits_for_a_start_that_is_cancelled_gets_one_of_his_own(model: Path) -> None:
    engine = engine_with("serve")
    starts = [asyncio.create_task(engine.ensure_running(model)) for _ in range(2)]
    await until(lambda: engine.state is EngineState.STARTING)
    starts[0].cancel()
    address = await starts[1]
    assert starts[0].cancelled()
    assert await engine.ensure_running(model) == address
    await engine.stop()


async def test_stopping_ends_a_start_too(model: Path) -> None:
    engine = engine_with("never_be_ready")
    start = asyncio.create_task(engine.ensure_running(model))
    await until(lambda: engine.state is EngineState.STARTING)
    await engine.stop()
    with pytest.raises(EngineStopped):
        await start
    assert engine.state is EngineState.STOPPED


async def test_a_start_that_takes_too_long_is_given_up(model: Path) -> None:
    engine = engine_with("never_be_ready", start_seconds=0.5)
    with pytest.raises(EngineStopped) as raised:
        await engine.ensure_running(model)
    assert raised.value.exit_code is None
    assert raised.value.detail in {"thinking about it", ""}
    assert engine.state is EngineState.FAILED


async def test_a_machine_that_cannot_run_it_is_reported_before_anything_starts(model: Path) -> None:
    def check() -> None:
        raise ProcessorUnsupported(feature="AVX2")

    engine = BuiltInEngine(check=check)
    with pytest.raises(ProcessorUnsupported):
        await engine.ensure_running(model)
    assert engine.state is EngineState.STOPPED


async def test_a_program_that_cannot_be_started_is_reported(model: Path, tmp_path: Path) -> None:
    engine = BuiltInEngine(check=lambda: None, command=[str(tmp_path / "no such program")])
    with pytest.raises(EngineStopped) as raised:
        await engine.ensure_running(model)
    assert raised.value.exit_code is None
    assert engine.state is EngineState.STOPPED
