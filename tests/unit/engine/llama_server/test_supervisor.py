"""A llama-server runs like the engine's package: with a key, on the loopback interface, and never longer than the program."""

import asyncio
import os
import signal
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

from chatdesk.engine.engine import BuiltInEngine, EngineAddress, EngineState
from chatdesk.engine.messages import Configuration, EngineStage, decode_message, encode
from chatdesk.engine.options import EngineOptions
from chatdesk.kernel.aio.child_program import ENGINE_CHILD
from chatdesk.kernel.errors.engine_errors import EngineProgramUnusable, EngineStopped, ModelFileMissing
from chatdesk.kernel.models.machine import Offload
from tests.fakes.llama_server import CRASH, HANG, HELP, LOSE_DEVICE, NO_MEMORY, make_llama_server, runs_of
from tests.own_time import TIMEOUT
from tests.paths import ROOT

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the stand-in is a script with a first line for Unix")


@pytest.fixture
def model(tmp_path: Path) -> Path:
    path = tmp_path / "模型 Tiny.gguf"
    path.write_bytes(b"GGUF" * 1000)
    return path


def options(program: Path, offload: Offload = Offload.FULL) -> EngineOptions:
    return EngineOptions(cores=2, program=program, device="Vulkan1", offload=offload)


def is_alive(process: int) -> bool:
    try:
        os.kill(process, 0)
        state = Path(f"/proc/{process}/stat").read_text() if sys.platform == "linux" else ""
    except (ProcessLookupError, FileNotFoundError):
        return False
    return state.rpartition(")")[2].split()[:1] != ["Z"]


def wait_until_gone(process: int) -> None:
    until = time.monotonic() + TIMEOUT
    while is_alive(process):
        assert time.monotonic() < until, "the server outlived the program"
        time.sleep(0.01)


async def ask(address: EngineAddress, path: str, key: str) -> tuple[int, bytes]:
    request = urllib.request.Request(f"{address.base_url}{path}", b"{}", {"Authorization": f"Bearer {key}"})

    def answer() -> tuple[int, bytes]:
        try:
            with urllib.request.urlopen(request, timeout=TIMEOUT) as response:
                return response.status, response.read()
        except urllib.error.HTTPError as error:
            return error.code, b""

    return await asyncio.to_thread(answer)


async def test_it_serves_a_model_with_a_key_of_its_own(tmp_path: Path, model: Path) -> None:
    program = make_llama_server(tmp_path / "bin")
    engine = BuiltInEngine()
    stages: list[EngineStage] = []
    address = await engine.ensure_running(model, lambda progress: stages.append(progress.stage), options(program))
    assert stages[0] is EngineStage.STARTING
    assert EngineStage.READING_MODEL in stages
    assert stages[-1] is EngineStage.PREPARING_MODEL
    status, answer = await ask(address, "/chat/completions", address.key)
    assert status == 200
    assert b"Hello" in answer
    assert (await ask(address, "/chat/completions", "another"))[0] == 401
    (run,) = runs_of(program)
    assert engine.process_id == run["id"], "its memory is what the card shows"
    assert run["key"] == address.key
    assert address.key not in " ".join(run["arguments"])
    assert str(model) in run["arguments"]
    key_file = run["arguments"][run["arguments"].index("--api-key-file") + 1]
    assert not await asyncio.to_thread(os.path.exists, key_file)
    lines = engine.log.since(0)[1]
    assert lines[1] == f"== {program}: Vulkan1, offload full"
    assert not any(address.key in line for line in lines)
    await engine.stop()
    assert engine.state is EngineState.STOPPED
    assert not is_alive(run["id"]), "its memory is free when the stop returns"


async def test_settings_of_the_users_own_servers_do_not_reach_it(
    tmp_path: Path, model: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LLAMA_ARG_HOST", "0.0.0.0")
    monkeypatch.setenv("AIP_HTTP_PORT", "80")
    monkeypatch.setenv("MY_API_KEY", "secret")
    program = make_llama_server(tmp_path / "bin")
    engine = BuiltInEngine()
    await engine.ensure_running(model, options=options(program))
    await engine.stop()
    environment = runs_of(program)[0]["environment"]
    assert not {"LLAMA_ARG_HOST", "AIP_HTTP_PORT", "MY_API_KEY"} & set(environment)
    assert environment["GOMP_SPINCOUNT"] == "1000"
    assert environment["GGML_NO_BACKTRACE"] == "1"


@pytest.mark.parametrize(("behaviour", "word"), [(NO_MEMORY, "ErrorOutOfDeviceMemory"), (CRASH, "")])
async def test_an_end_before_it_is_ready_is_reported_with_its_last_words(
    tmp_path: Path, model: Path, behaviour: str, word: str
) -> None:
    engine = BuiltInEngine()
    with pytest.raises(EngineStopped) as raised:
        await engine.ensure_running(model, options=options(make_llama_server(tmp_path / "bin", full=behaviour)))
    assert word in raised.value.detail
    assert raised.value.exit_code
    assert "key" not in raised.value.detail


async def test_a_lost_device_ends_it_and_is_reported(tmp_path: Path, model: Path) -> None:
    engine = BuiltInEngine()
    address = await engine.ensure_running(model, options=options(make_llama_server(tmp_path / "bin", full=LOSE_DEVICE)))
    with pytest.raises(OSError):  # noqa: PT011 - the connection breaks in one way or another
        await ask(address, "/chat/completions", address.key)
    async with asyncio.timeout(TIMEOUT):
        while engine.failure is None or "ErrorDeviceLost" not in str(engine.failure):
            await asyncio.sleep(0.01)
    assert engine.state is EngineState.FAILED
    await engine.stop()


async def test_its_version_and_cards_are_known_without_a_model(tmp_path: Path) -> None:
    facts = await BuiltInEngine().facts_of(make_llama_server(tmp_path / "bin"))
    assert facts.version == "11600 (abcdef01)"
    assert [device.description for device in facts.devices] == [
        "NVIDIA GeForce RTX 3060",
        "Intel(R) UHD Graphics 770 (ADL-S GT1)",
    ]


@pytest.mark.parametrize(
    "help_text", ["usage: other program\n", HELP.replace("--api-key-file", "--key-file")], ids=["other", "old"]
)
async def test_a_program_without_the_options_needed_is_refused(tmp_path: Path, help_text: str) -> None:
    program = make_llama_server(tmp_path / "bin", help_text=help_text)
    with pytest.raises(EngineProgramUnusable) as raised:
        await BuiltInEngine().facts_of(program)
    assert raised.value.path == str(program)


async def test_a_program_whose_driver_crashes_is_refused(tmp_path: Path) -> None:
    with pytest.raises(EngineProgramUnusable):
        await BuiltInEngine().facts_of(make_llama_server(tmp_path / "bin", devices=CRASH))


async def test_a_program_that_does_not_respond_is_given_up(tmp_path: Path) -> None:
    engine = BuiltInEngine(EngineOptions(start_seconds=1.0))
    with pytest.raises(EngineStopped):
        await engine.facts_of(make_llama_server(tmp_path / "bin", devices=HANG))


async def test_a_program_or_model_that_is_gone_is_reported(tmp_path: Path, model: Path) -> None:
    with pytest.raises(EngineProgramUnusable):
        await BuiltInEngine().ensure_running(model, options=options(tmp_path / "gone"))
    with pytest.raises(ModelFileMissing):
        await BuiltInEngine().ensure_running(
            tmp_path / "gone.gguf", options=options(make_llama_server(tmp_path / "bin"))
        )


def started(program: Path, model: Path) -> subprocess.Popen[bytes]:
    """Return the engine process of our program, ready, and owned by this test."""
    configuration = Configuration(str(model), "m", "k" * 32, 512, 1, 1, 1, -1, program=str(program), device="Vulkan1")
    child = subprocess.Popen(ENGINE_CHILD.command(), stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=ROOT)
    assert child.stdin is not None
    assert child.stdout is not None
    child.stdin.write(encode(configuration))
    child.stdin.flush()
    while type(decode_message(child.stdout.readline())).__name__ != "Ready":
        pass
    return child


def test_it_ends_when_the_program_ends_in_whatever_way(tmp_path: Path, model: Path) -> None:
    """The system closes the pipe when the program ends, even by kill -9."""
    program = make_llama_server(tmp_path / "bin")
    child = started(program, model)
    server = runs_of(program)[0]["id"]
    assert is_alive(server)
    child.communicate()
    assert not is_alive(server)


@pytest.mark.skipif(sys.platform != "linux", reason="macOS has no such service of the kernel")
def test_it_ends_even_if_the_engine_process_is_killed(tmp_path: Path, model: Path) -> None:
    program = make_llama_server(tmp_path / "bin")
    child = started(program, model)
    server = runs_of(program)[0]["id"]
    child.send_signal(signal.SIGKILL)
    child.communicate()
    wait_until_gone(server)
