"""The real engine with its real model: it answers, stops when told, keeps its key to itself and never outlives the program."""

import asyncio
import json
import os
import signal
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from chatdesk.engine.engine import BuiltInEngine, EngineAddress, EngineState
from chatdesk.engine.installation import find_starter_model
from chatdesk.engine.messages import EngineProgress, EngineStage
from chatdesk.engine.options import EngineOptions
from chatdesk.kernel.errors.engine_errors import EngineError, EngineStopped
from chatdesk.system.machine import physical_cores
from tests.own_time import OwnTime
from tests.paths import ROOT

SECONDS = 40.0
"""The longest a test waits for something that is sure to happen, on a busy machine."""
ON_LINUX = pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")


def missing() -> str:
    try:
        find_starter_model()
    except EngineError as error:
        return str(error)
    return ""


pytestmark = [pytest.mark.engine, pytest.mark.skipif(bool(missing()), reason=missing())]


@pytest.fixture
async def engine() -> AsyncIterator[BuiltInEngine]:
    engine = BuiltInEngine(EngineOptions(cores=physical_cores(), slots=1))
    yield engine
    await engine.stop()


async def start(engine: BuiltInEngine, on_progress: Callable[[EngineProgress], None] = lambda _: None) -> EngineAddress:
    return await engine.ensure_running(find_starter_model().path, on_progress)


def process_id(engine: BuiltInEngine) -> int:
    assert engine._process is not None
    return engine._process._process.process_id


async def request(
    address: EngineAddress, path: str, body: dict[str, Any] | None = None, key: str | None = None
) -> tuple[int, Any]:
    """Return the status and the JSON of one request."""

    def send() -> tuple[int, Any]:
        data = json.dumps(body).encode() if body else None
        headers = {"Content-Type": "application/json", "Authorization": f"Bearer {address.key if key is None else key}"}
        question = urllib.request.Request(address.base_url + path, data, headers)
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        try:
            with opener.open(question, timeout=SECONDS) as answer:
                return answer.status, json.load(answer)
        except urllib.error.HTTPError as error:
            with error:
                return error.code, json.load(error)

    return await asyncio.to_thread(send)


async def ask(address: EngineAddress, text: str, tokens: int) -> dict[str, Any]:
    body = {"messages": [{"role": "user", "content": text}], "max_tokens": tokens, "temperature": 0}
    status, answer = await request(address, "/chat/completions", body)
    assert status == 200
    assert isinstance(answer, dict)
    return answer


async def open_long_answer(address: EngineAddress) -> asyncio.StreamWriter:
    """Begin an answer of thousands of tokens, and return its connection when some of it has come."""
    parts = urlsplit(address.base_url)
    reader, writer = await asyncio.open_connection(parts.hostname, parts.port)
    body = json.dumps(
        {
            "messages": [{"role": "user", "content": "Count up from one."}],
            "stream": True,
            "max_tokens": 3900,
            "ignore_eos": True,
        }
    ).encode()
    head = [
        f"POST {parts.path}/chat/completions HTTP/1.1",
        "Host: 127.0.0.1",
        f"Authorization: Bearer {address.key}",
        "Content-Type: application/json",
        f"Content-Length: {len(body)}",
    ]
    writer.write("\r\n".join(head).encode() + b"\r\n\r\n" + body)
    received = b""
    async with asyncio.timeout(SECONDS):
        while received.count(b'"content":') < 5:
            received += await reader.read(4096)
    return writer


async def until(condition: Callable[[], bool], seconds: float = SECONDS) -> None:
    async with asyncio.timeout(seconds):
        while not condition():
            await asyncio.sleep(0.02)


def is_gone(process: int) -> bool:
    """Tell whether the process has ended, whoever has to clean up after it."""
    try:
        state = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return True
    return state in "ZX"


def resident_mib(process: int) -> float:
    pages = int(Path(f"/proc/{process}/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20


def told_by_the_system(process: int, what: str) -> bytes:
    return Path(f"/proc/{process}/{what}").read_bytes()


def listening_addresses(port: int) -> set[str]:
    """Return where something listens on `port`, as the system writes it: bytes of the address backwards, in hexadecimal."""
    lines = [line.split() for table in ("tcp", "tcp6") for line in Path(f"/proc/net/{table}").read_text().splitlines()]
    return {line[1] for line in lines if line[3] == "0A" and line[1].endswith(f":{port:04X}")}


async def test_it_starts_and_answers_a_question(engine: BuiltInEngine) -> None:
    progress: list[EngineProgress] = []
    address = await start(engine, progress.append)
    assert [step.stage for step in progress[:2]] == [EngineStage.STARTING, EngineStage.READING_MODEL]
    assert progress[-1].stage is EngineStage.PREPARING_MODEL
    answer = await ask(address, "What is the capital of France? Answer with one word.", 10)
    assert "Paris" in answer["choices"][0]["message"]["content"]
    assert answer["model"] == find_starter_model().id


async def test_the_model_has_the_name_and_the_context_we_tell(engine: BuiltInEngine) -> None:
    status, models = await request(await start(engine), "/models")
    assert status == 200
    assert [model["id"] for model in models["data"]] == [find_starter_model().id]
    assert models["data"][0]["meta"]["n_ctx"] == find_starter_model().context_length


@pytest.mark.parametrize("key", ["", "wrong"])
async def test_without_its_key_it_answers_nobody(engine: BuiltInEngine, key: str) -> None:
    address = await start(engine)
    for path, body in (("/models", None), ("/chat/completions", {"messages": [{"role": "user", "content": "Hi"}]})):
        status, _ = await request(address, path, body, key)
        assert status == 401


@ON_LINUX
async def test_the_key_is_in_no_place_others_can_read(engine: BuiltInEngine) -> None:
    address = await start(engine)
    for place in ("cmdline", "environ"):
        assert address.key.encode() not in told_by_the_system(process_id(engine), place)


@ON_LINUX
async def test_it_listens_on_loopback_only(engine: BuiltInEngine) -> None:
    port = urlsplit((await start(engine)).base_url).port
    assert port is not None
    assert listening_addresses(port) == {f"0100007F:{port:04X}"}


@pytest.mark.alone
async def test_a_closed_connection_frees_the_only_slot(engine: BuiltInEngine) -> None:
    address = await start(engine)
    writer = await open_long_answer(address)
    writer.close()
    with OwnTime() as waited:
        await ask(address, "Hi", 1)
    assert waited.seconds < 10, "the long answer would take four times as long"


@pytest.mark.alone
async def test_stopping_is_quick_with_an_answer_under_way(engine: BuiltInEngine) -> None:
    writer = await open_long_answer(await start(engine))
    with OwnTime() as waited:
        await engine.stop()
    assert waited.seconds < 1
    writer.close()


async def test_a_broken_model_is_reported_in_llama_cpps_words(engine: BuiltInEngine, tmp_path: Path) -> None:
    broken = tmp_path / "broken.gguf"
    with find_starter_model().path.open("rb") as file:
        broken.write_bytes(file.read(10_000_000))
    with pytest.raises(EngineStopped) as raised:
        await engine.ensure_running(broken)
    assert "corrupted or incomplete" in raised.value.detail
    assert engine.state is EngineState.FAILED
    assert (await start(engine)).base_url


async def test_a_crash_is_mended_at_the_next_question(engine: BuiltInEngine) -> None:
    await start(engine)
    engine._process._process.kill()  # type: ignore[union-attr]
    await until(lambda: engine.state is EngineState.FAILED)
    assert (await ask(await start(engine), "Hi", 1))["choices"]


@ON_LINUX
async def test_idle_it_gives_its_memory_back_and_still_answers() -> None:
    engine = BuiltInEngine(EngineOptions(cores=physical_cores(), idle_seconds=1))
    try:
        address = await start(engine)
        await ask(address, "Hi", 1)
        in_use = resident_mib(process_id(engine))
        await until(lambda: resident_mib(process_id(engine)) < in_use / 2)
        assert (await ask(address, "Hi", 1))["choices"]
    finally:
        await engine.stop()


PARENT = """
import asyncio, sys
from chatdesk.engine.engine import BuiltInEngine
from chatdesk.engine.installation import find_starter_model

async def main():
    engine = BuiltInEngine()
    def tell(progress):
        print(progress.stage, engine._process._process.process_id if engine._process else "", flush=True)
    await engine.ensure_running(find_starter_model().path, tell)
    print("running", engine._process._process.process_id, flush=True)
    await asyncio.Event().wait()

asyncio.run(main())
"""


@ON_LINUX
@pytest.mark.parametrize("moment", [EngineStage.READING_MODEL, EngineStage.PREPARING_MODEL, EngineState.RUNNING])
@pytest.mark.parametrize("how", ["SIGKILL", "SIGTERM"])
async def test_it_dies_with_the_program_whenever_that_is_killed(moment: str, how: str) -> None:
    with subprocess.Popen([sys.executable, "-c", PARENT], cwd=ROOT, stdout=subprocess.PIPE, text=True) as parent:  # noqa: ASYNC220
        assert parent.stdout is not None
        child = next(int(line.split()[1]) for line in parent.stdout if line.startswith(moment))
        parent.send_signal(signal.Signals[how])
        await until(lambda: is_gone(child), 10)


ON_QT = """
import asyncio
from PySide6.QtWidgets import QApplication
from chatdesk.app.event_loop import run_until_quit
from chatdesk.engine.engine import BuiltInEngine
from chatdesk.engine.installation import find_starter_model

async def main():
    engine = BuiltInEngine()
    path = find_starter_model().path
    stages = []
    start = asyncio.create_task(engine.ensure_running(path, lambda progress: stages.append(progress.stage)))
    while not stages:
        await asyncio.sleep(0)
    start.cancel()
    await asyncio.wait([start])
    print(start.cancelled(), engine.state)
    await engine.ensure_running(path)
    print(engine.state)
    await engine.stop()
    print(engine.state)
    return 0

run_until_quit(QApplication([]), main)
"""


async def test_it_starts_is_cancelled_and_stops_inside_qts_loop() -> None:
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-W", "error", "-c", ON_QT),
        cwd=ROOT,
        env=os.environ | {"QT_QPA_PLATFORM": "offscreen"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    output, errors = await asyncio.wait_for(process.communicate(), SECONDS)
    assert output.decode().split() == ["True", "stopped", "running", "stopped"], errors.decode()
    assert errors == b""
