"""The engine's process runs llama.cpp the way we want it, and never outlives its pipe. llama.cpp is a stand-in here."""

import asyncio
import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from chatdesk.engine.engine import BuiltInEngine, EngineState
from chatdesk.engine.messages import Configuration, EngineProgress, EngineStage, decode_message, encode
from chatdesk.engine.options import EngineOptions
from chatdesk.kernel.aio.child_program import ENGINE_CHILD
from chatdesk.kernel.errors.engine_errors import EngineNotInstalled, EngineStopped, LibraryMissing, ModelFileMissing
from chatdesk.kernel.models.machine import Device
from tests.own_time import TIMEOUT, cancelled, longest_turn
from tests.paths import ROOT

FAKE_PACKAGE = """
import enum, json, os, types

print("llama.cpp says hello")
os.write(1, b"from below Python\\n")

class ggml_backend_dev_type(enum.IntEnum):
    GGML_BACKEND_DEVICE_TYPE_CPU = 0
    GGML_BACKEND_DEVICE_TYPE_GPU = 1
    GGML_BACKEND_DEVICE_TYPE_IGPU = 2

class ggml_type(enum.IntEnum):
    GGML_TYPE_Q8_0 = 8

__version__ = "1.2.3"

def get_system_info():
    return "AVX2 = 1 | "

def get_device_info():
    kinds = [ggml_backend_dev_type(int(kind)) for kind in os.environ["FAKE_DEVICES"]]
    return [{"type": kind, "name": kind.name[-3:], "description": "A chip", "memory_total": 8} for kind in kinds]

class CommonParams:
    def __init__(self):
        self.model = types.SimpleNamespace()
        self.mmproj = types.SimpleNamespace()
        self.cpuparams = types.SimpleNamespace()
        self.cpuparams_batch = types.SimpleNamespace()
        self.sampling = types.SimpleNamespace()

class Server:
    listening_address = "http://127.0.0.1:4711"

    def __init__(self, parameters):
        recorded = vars(parameters) | {"spins": os.environ["GOMP_SPINCOUNT"]}
        with open(os.environ["FAKE_RECORD"], "w") as record:
            json.dump(recorded, record, default=lambda value: list(value) if isinstance(value, set) else vars(value))
"""


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the file that the engine's process takes for llama.cpp."""
    path = tmp_path / "site" / "xllamacpp.py"
    path.parent.mkdir()
    path.write_text(FAKE_PACKAGE)
    monkeypatch.setenv("PYTHONPATH", str(path.parent))
    monkeypatch.setenv("FAKE_RECORD", str(tmp_path / "record.json"))
    monkeypatch.setenv("FAKE_DEVICES", "0")
    return path


@pytest.fixture
def model(tmp_path: Path) -> Path:
    path = tmp_path / "模型 Tiny-1B.Q4.gguf"
    path.write_bytes(b"GGUF" * 3_000_000)
    return path


def write(package: Path, text: str) -> None:
    package.write_text(text)


async def start_and_stop(model: Path, **options: Any) -> list[EngineProgress]:
    """Run our own process once and return the progress it reported."""
    progress: list[EngineProgress] = []
    engine = BuiltInEngine(EngineOptions(**options), check=lambda: None)
    address = await engine.ensure_running(model, progress.append)
    await engine.stop()
    assert address.base_url == "http://127.0.0.1:4711/v1"
    return progress


def recorded(package: Path) -> dict[str, Any]:
    parameters: dict[str, Any] = json.loads((package.parents[1] / "record.json").read_text())
    return parameters


async def test_llama_cpp_gets_our_settings(package: Path, model: Path) -> None:
    await start_and_stop(model, cores=4, context_tokens=1000, slots=3, idle_seconds=7, is_starter=True)
    parameters = recorded(package)
    assert len(parameters.pop("api_keys")[0]) >= 32
    assert parameters == {
        "model": {"path": str(model)},
        "mmproj": {},
        "no_mmproj": True,
        "model_alias": [model.stem],
        "offline": True,
        "verbosity": 3,
        "hostnames": ["127.0.0.1"],
        "port": 0,
        "cors_origins": "",
        "ui": False,
        "endpoint_slots": False,
        "n_parallel": 3,
        "n_ctx": 3000,
        "kv_unified": False,
        "n_batch": 256,
        "n_ubatch": 256,
        "cache_ram_mib": 256,
        "sleep_idle_seconds": 7,
        "cpuparams": {"n_threads": 3},
        "cpuparams_batch": {"n_threads": 4},
        "sampling": {"temp": 0.2, "top_p": 0.9, "penalty_repeat": 1.1},
        "n_gpu_layers": 0,
        "fit_params": False,
        "spins": "1000",
    }


async def test_a_compact_context_and_the_size_of_the_prompt_cache_reach_llama_cpp(package: Path, model: Path) -> None:
    await start_and_stop(model, has_compact_context=True, prompt_cache_mib=1800)
    parameters = recorded(package)
    assert (parameters["cache_type_k"], parameters["cache_type_v"]) == (8, 8)
    assert parameters["cache_ram_mib"] == 1800


async def test_a_model_for_embeddings_reads_a_text_in_one_batch(package: Path, model: Path) -> None:
    await start_and_stop(model, is_embedder=True, context_tokens=2048, slots=1)
    parameters = recorded(package)
    assert parameters["embedding"] is True
    assert parameters["n_ctx"] == parameters["n_batch"] == parameters["n_ubatch"] == 2048


@pytest.mark.parametrize("devices", ["01", "02"])
async def test_a_graphics_processor_takes_as_many_layers_as_fit(
    package: Path, model: Path, monkeypatch: pytest.MonkeyPatch, devices: str
) -> None:
    monkeypatch.setenv("FAKE_DEVICES", devices)
    await start_and_stop(model)
    parameters = recorded(package)
    assert parameters["n_gpu_layers"] == -1
    assert parameters["fit_params"] is True


async def test_a_model_sees_by_its_projector_which_is_read_before(package: Path, model: Path, tmp_path: Path) -> None:
    projector = tmp_path / "mmproj-Tiny.gguf"
    with pytest.raises(EngineStopped) as raised:
        await start_and_stop(model, projector=projector)
    assert projector.name in raised.value.detail
    projector.write_bytes(b"GGUF")
    await start_and_stop(model, projector=projector)
    parameters = recorded(package)
    assert (parameters["mmproj"], parameters["no_mmproj"]) == ({"path": str(projector)}, False)


DEAD_DISK = """
import os, time
from os.path import isfile

def hanging(path):
    if "dead" in str(path):
        time.sleep(600)
    return isfile(path)

os.path.isfile = hanging
"""


async def test_a_model_on_a_disk_that_does_not_answer_holds_up_nobody_but_its_own_process(
    package: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (package.parent / "sitecustomize.py").write_text(DEAD_DISK)
    stat, touched = os.stat, []

    def watched(path: object, *arguments: object, **options: object) -> os.stat_result:
        if "dead" in str(path):
            touched.append(path)
            time.sleep(10)
        return stat(path, *arguments, **options)

    monkeypatch.setattr(os, "stat", watched)
    engine = BuiltInEngine(check=lambda: None)
    start = asyncio.create_task(engine.ensure_running(tmp_path / "dead share/model.gguf"))
    async with longest_turn() as longest:
        await asyncio.sleep(1)
        assert engine.state is EngineState.STARTING
        assert await cancelled(start) < 1
    assert longest() < 0.5
    assert engine.state is EngineState.STOPPED
    assert touched == []


@pytest.mark.usefixtures("package")
async def test_a_model_that_is_not_there_is_reported_by_the_process(tmp_path: Path) -> None:
    engine = BuiltInEngine(check=lambda: None)
    with pytest.raises(ModelFileMissing) as raised:
        await engine.ensure_running(tmp_path / "missing.gguf")
    assert raised.value.path == str(tmp_path / "missing.gguf")
    assert engine.state is EngineState.STOPPED


async def test_other_models_are_sampled_as_they_say_themselves(package: Path, model: Path) -> None:
    await start_and_stop(model, name="deepseek-r1:7b", chosen_threads=3)
    parameters = recorded(package)
    assert parameters["sampling"] == {}
    assert parameters["model_alias"] == ["deepseek-r1:7b"]
    assert (parameters["cpuparams"], parameters["cpuparams_batch"]) == ({"n_threads": 3}, {"n_threads": 3})


async def test_a_person_may_say_how_many_layers_a_graphics_processor_takes(
    package: Path, model: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    await start_and_stop(model, gpu_layers=12)
    assert recorded(package)["n_gpu_layers"] == 0, "there is none"
    monkeypatch.setenv("FAKE_DEVICES", "01")
    await start_and_stop(model, gpu_layers=12)
    parameters = recorded(package)
    assert (parameters["n_gpu_layers"], parameters["fit_params"]) == (12, False)


@pytest.mark.usefixtures("package")
async def test_what_it_computes_on_can_be_asked_without_a_model(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FAKE_DEVICES", "01")
    engine = BuiltInEngine(check=lambda: None)
    facts = await engine.facts()
    assert (facts.version, facts.features) == ("1.2.3", "AVX2 = 1 | ")
    assert facts.devices == (Device("CPU", "A chip", 8, False), Device("GPU", "A chip", 8, True))
    assert await engine.facts() is facts
    assert engine.state is EngineState.STOPPED


async def test_what_it_computes_on_cannot_be_detected_by_a_broken_package(package: Path) -> None:
    write(package, "raise ImportError('no libgomp')")
    with pytest.raises(LibraryMissing):
        await BuiltInEngine(check=lambda: None).facts()


async def test_all_parts_of_a_model_are_read(package: Path, tmp_path: Path) -> None:
    parts = [tmp_path / f"big-0000{number}-of-00003.gguf" for number in (1, 2, 3)]
    for part in parts[:2]:
        part.write_bytes(b"GGUF")
    with pytest.raises(EngineStopped) as raised:
        await start_and_stop(parts[0])
    assert "big-00003-of-00003.gguf" in raised.value.detail
    parts[2].write_bytes(b"GGUF")
    await start_and_stop(parts[0])
    assert recorded(package)["model"] == {"path": str(parts[0])}


@pytest.mark.usefixtures("package")
async def test_what_llama_cpp_prints_does_not_disturb_the_messages(model: Path) -> None:
    progress = await start_and_stop(model)
    assert progress[0] == EngineProgress(EngineStage.STARTING)
    assert progress[1] == EngineProgress(EngineStage.READING_MODEL, 0.0)
    assert progress[-1] == EngineProgress(EngineStage.PREPARING_MODEL)
    fractions = [step.fraction for step in progress[1:-1]]
    assert fractions == sorted(fractions, key=lambda fraction: fraction or 0.0)


async def test_a_package_that_is_gone_is_reported(package: Path, model: Path) -> None:
    write(package, "import no_such_package")
    with pytest.raises(EngineNotInstalled):
        await start_and_stop(model)


async def test_a_library_its_package_misses_is_reported(package: Path, model: Path) -> None:
    write(package, "raise ImportError('libgomp.so.1: cannot open shared object file')")
    with pytest.raises(LibraryMissing) as raised:
        await start_and_stop(model)
    assert raised.value.library == "libgomp.so.1: cannot open shared object file"


async def test_a_model_llama_cpp_refuses_is_reported_in_its_words(package: Path, model: Path) -> None:
    write(
        package,
        FAKE_PACKAGE.replace("print(", "os.write(2, b'E invalid magic characters\\n') or print(").replace(
            "with open(os.environ", "raise RuntimeError('Failed to init server')\n        with open(os.environ"
        ),
    )
    with pytest.raises(EngineStopped) as raised:
        await start_and_stop(model)
    assert raised.value.exit_code == 1
    assert "invalid magic characters" in raised.value.detail


async def test_a_file_that_cannot_be_read_is_reported(package: Path, model: Path) -> None:
    refusing = "def refuse(path, *_, **__):\n    raise PermissionError(13, 'Permission denied', path)\n"
    write(package, f"{FAKE_PACKAGE}\nimport builtins\n{refusing}builtins.open = refuse\n")
    with pytest.raises(EngineStopped) as raised:
        await start_and_stop(model)
    assert "Permission denied" in raised.value.detail


@pytest.fixture
def child(package: Path, model: Path) -> Iterator[subprocess.Popen[bytes]]:
    """Return the process by itself, with its configuration already sent."""
    assert package.is_file()
    configuration = Configuration(str(model), "tiny", "key", 100, 1, 1, 1, 600)
    with subprocess.Popen(
        ENGINE_CHILD.command(), stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=ROOT
    ) as process:
        assert process.stdin is not None
        process.stdin.write(encode(configuration))
        process.stdin.flush()
        yield process
        process.kill()


def last_message(child: subprocess.Popen[bytes], kind: str) -> None:
    assert child.stdout is not None
    for line in child.stdout:
        if kind in type(decode_message(line)).__name__ or kind in line.decode():
            return
    raise AssertionError(f"no {kind}")


def test_it_ends_when_its_input_ends(child: subprocess.Popen[bytes]) -> None:
    last_message(child, "Ready")
    assert child.stdin is not None
    child.stdin.close()
    assert child.wait(timeout=TIMEOUT) is not None


def test_it_ends_at_a_polite_request(child: subprocess.Popen[bytes]) -> None:
    last_message(child, "Ready")
    child.terminate()
    assert child.wait(timeout=TIMEOUT) != 0


def test_without_a_configuration_it_ends() -> None:
    run = subprocess.run(ENGINE_CHILD.command(), input=b"", capture_output=True, cwd=ROOT, timeout=TIMEOUT, check=False)
    assert (run.returncode, run.stdout, run.stderr) == (0, b"", b"")


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux ends a process that is busy in llama.cpp")
def test_it_ends_with_its_input_even_while_llama_cpp_lets_nobody_else_run(package: Path, model: Path) -> None:
    holds_the_lock = "import ctypes; ctypes.PyDLL(None).sleep(60)"
    package.write_text(FAKE_PACKAGE.replace("with open(os.environ", f"{holds_the_lock}\n        with open(os.environ"))
    configuration = Configuration(str(model), "tiny", "key", 100, 1, 1, 1, 600)
    with subprocess.Popen(ENGINE_CHILD.command(), stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=ROOT) as child:
        assert child.stdin is not None
        child.stdin.write(encode(configuration))
        child.stdin.flush()
        last_message(child, EngineStage.PREPARING_MODEL)
        child.stdin.close()
        assert child.wait(timeout=TIMEOUT) != 0


@pytest.mark.usefixtures("package")
async def test_it_starts_from_whatever_folder_the_program_was_started_in(
    model: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    await asyncio.wait_for(start_and_stop(Path(model.name)), TIMEOUT)
