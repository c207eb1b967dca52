"""A real llama-server on a real or imitated graphics card. `docs/engine.md` tells how to get one; no other stage runs this.

`CHATDESK_LLAMA_SERVER=/path/to/llama-server python -m pytest tests/gpu`. Without a graphics card, Mesa's software device takes its place:
the tests then take minutes, and say nothing about speed.
"""

import asyncio
import json
import os
import re
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import AsyncIterator
from contextlib import aclosing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from chatdesk.engine.engine import BuiltInEngine, EngineAddress
from chatdesk.engine.installation import find_starter_model
from chatdesk.engine.llama_server.command_line import REQUIRED, chosen_devices, named_options, server_arguments
from chatdesk.engine.messages import Configuration, decode_message, encode
from chatdesk.engine.options import EngineOptions
from chatdesk.features.servers.services.connections import Connections
from chatdesk.features.servers.services.servers import BUILT_IN_ID, Servers, first_servers
from chatdesk.kernel.aio.child_program import ENGINE_CHILD
from chatdesk.kernel.chat.message import Role
from chatdesk.kernel.chat.request import ChatRequest, Turn
from chatdesk.kernel.chat.stream_events import TextDelta, UsageReported
from chatdesk.kernel.errors.engine_errors import EngineError
from chatdesk.kernel.lazy import Lazy
from chatdesk.kernel.models.machine import Device, Offload
from chatdesk.kernel.models.model import ModelRef
from chatdesk.kernel.models.parameters import Parameters
from chatdesk.kernel.redaction import Redactor
from chatdesk.kernel.settings.store import Settings
from chatdesk.network.http import HttpClient
from chatdesk.network.network_thread import NetworkThread
from chatdesk.providers.catalogue.vendors import load_vendors
from chatdesk.system.key_store import SessionKeyStore
from tests.fakes.built_in import built_in_over, program_sources
from tests.paths import RESOURCES, ROOT

PROGRAM = Path(os.environ.get("CHATDESK_LLAMA_SERVER", ""))
SECONDS = 300.0
VENDORS = load_vendors((RESOURCES / "providers.toml").read_text("utf-8"))

pytestmark = [
    pytest.mark.skipif(not PROGRAM.is_absolute(), reason="CHATDESK_LLAMA_SERVER names no program"),
    pytest.mark.timeout(SECONDS * 2),
]


@pytest.fixture(autouse=True)
def _software_devices_are_listed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without this, llama.cpp does not use a device that computes on the processor."""
    if "CHATDESK_REAL_CARD" not in os.environ:
        monkeypatch.setenv("GGML_VK_VISIBLE_DEVICES", "0")


@pytest.fixture
async def engine() -> AsyncIterator[BuiltInEngine]:
    engine = BuiltInEngine(EngineOptions(cores=2, slots=1, context_tokens=512, start_seconds=SECONDS))
    yield engine
    await engine.stop()


async def devices_of(engine: BuiltInEngine) -> tuple[Device, ...]:
    found = (await engine.facts_of(PROGRAM, with_software_devices=True)).devices
    if not found:
        pytest.skip("the program finds no device, not even Mesa's software device")
    return found


async def start(engine: BuiltInEngine, offload: Offload) -> EngineAddress:
    device = ",".join(each.name for each in chosen_devices(await devices_of(engine)))
    options = replace(engine.options, program=PROGRAM, device=device, offload=offload, is_starter=True)
    return await engine.ensure_running(find_starter_model().path, options=options)


async def ask(address: EngineAddress, key: str | None = None, **headers: str) -> tuple[int, Any, dict[str, str]]:
    body = {"messages": [{"role": "user", "content": "Say hello."}], "max_tokens": 8, "temperature": 0}
    headers |= {"Authorization": f"Bearer {address.key if key is None else key}", "Content-Type": "application/json"}
    request = urllib.request.Request(f"{address.base_url}/chat/completions", json.dumps(body).encode(), headers)

    def answer() -> tuple[int, Any, dict[str, str]]:
        try:
            with urllib.request.urlopen(request, timeout=SECONDS) as reply:
                return reply.status, json.load(reply), dict(reply.headers)
        except urllib.error.HTTPError as error:
            return error.code, None, dict(error.headers)

    return await asyncio.to_thread(answer)


async def test_its_version_and_devices_are_understood(engine: BuiltInEngine) -> None:
    facts = await engine.facts_of(PROGRAM, with_software_devices=True)
    assert re.search(r"\d", facts.version)
    for device in facts.devices:
        assert device.is_graphics
        assert device.memory > 0


async def test_a_device_on_the_processor_counts_only_in_tests(engine: BuiltInEngine) -> None:
    if not any("llvmpipe" in device.description for device in await devices_of(engine)):
        pytest.skip("there is a real graphics card")
    assert (await engine.facts_of(PROGRAM)).devices == ()


@pytest.mark.parametrize("offload", list(Offload))
async def test_it_answers_whatever_part_of_the_model_is_on_the_card(engine: BuiltInEngine, offload: Offload) -> None:
    address = await start(engine, offload)
    status, answer, _ = await ask(address)
    assert status == 200
    assert answer["choices"][0]["message"]["content"].strip()
    sys.stdout.write(f"{offload}: {answer['timings']}\n")


@pytest.mark.parametrize(("offload", "layers"), [(Offload.FULL, "31/31"), (Offload.HALF, "15/31"), (Offload.NONE, "")])
async def test_the_layers_are_where_they_should_be(
    engine: BuiltInEngine, tmp_path: Path, offload: Offload, layers: str
) -> None:
    """The program says so in its more detailed log, which Chatdesk itself does not ask for."""
    device = ",".join(each.name for each in chosen_devices(await devices_of(engine)))
    model = str(find_starter_model().path)
    configuration = Configuration(model, "m", "k", 512, 1, 1, 2, -1, device=device, offload=offload.value)
    (tmp_path / "key").write_text("k\n")
    help_text = subprocess.run([PROGRAM, "--help"], capture_output=True, text=True, check=True).stdout  # noqa: ASYNC221
    arguments = server_arguments(named_options(help_text), configuration, 0, str(tmp_path / "key"), 31)

    def log() -> str:
        command = [str(PROGRAM), *arguments, "--log-verbosity", "4"]
        with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as process:
            lines = []
            assert process.stdout is not None
            for line in process.stdout:
                lines.append(line)
                if "compute buffer size" in line:
                    process.kill()
        return "".join(lines)

    text = await asyncio.to_thread(log)
    found = re.search(r"offloaded (\d+/\d+) layers to GPU", text)
    assert (found[1] if found else "") in ({layers} if layers else {"", "0/31"})
    assert ("CPU KV buffer size" in text) == (offload is not Offload.FULL)


async def test_a_web_page_and_a_stranger_get_nothing(engine: BuiltInEngine) -> None:
    address = await start(engine, Offload.NONE)
    assert (await ask(address, key="wrong"))[0] == 401
    status, _, headers = await ask(address, Origin="https://example.org")
    assert status == 200
    assert not any(name.lower() == "access-control-allow-origin" and value for name, value in headers.items())
    page = urllib.request.Request(address.base_url.removesuffix("/v1"))
    with pytest.raises(urllib.error.HTTPError):
        await asyncio.to_thread(lambda: urllib.request.urlopen(page, timeout=SECONDS))


async def test_every_option_that_is_needed_is_named() -> None:
    done = subprocess.run([PROGRAM, "--help"], capture_output=True, text=True, check=True)  # noqa: ASYNC221
    assert named_options(done.stdout) >= REQUIRED


@pytest.mark.parametrize("ending", ["the program ends", "the engine process is killed"])
def test_it_never_outlives_the_program(ending: str) -> None:
    configuration = Configuration(
        str(find_starter_model().path), "m", "k" * 32, 512, 1, 1, 2, -1, program=str(PROGRAM), offload="none"
    )
    child = subprocess.Popen(ENGINE_CHILD.command(), stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=ROOT)
    assert child.stdin is not None
    assert child.stdout is not None
    child.stdin.write(encode(configuration))
    child.stdin.flush()
    while type(decode_message(child.stdout.readline())).__name__ != "Ready":
        pass
    (server,) = (int(line) for line in Path(f"/proc/{child.pid}/task/{child.pid}/children").read_text().split())
    if ending == "the engine process is killed":
        child.send_signal(signal.SIGKILL)
    child.communicate()
    until = time.monotonic() + 10
    while Path(f"/proc/{server}").exists() and "Z" not in Path(f"/proc/{server}/stat").read_text().split()[2]:
        assert time.monotonic() < until
        time.sleep(0.01)


async def answer_of(program: Path, folder: Path) -> tuple[str, list[tuple[Offload, str]], bool]:
    """Ask a question in the way of the whole program. Return the answer, what failed on the card, and whether `program` answered."""
    await asyncio.to_thread(folder.mkdir, exist_ok=True)
    engine = BuiltInEngine(EngineOptions(cores=2, start_seconds=SECONDS))
    sources = replace(program_sources(folder), counts_software_devices=True)
    built_in = built_in_over(folder, lambda: engine, Settings({}, lambda _values: None), sources)
    built_in.silent_seconds = SECONDS
    keys = SessionKeyStore(Redactor()), SessionKeyStore(Redactor())
    servers = Servers(first_servers(VENDORS), VENDORS, lambda _values: None, *keys)
    http = Lazy(HttpClient, HttpClient.aclose)
    async with NetworkThread() as network:
        connections = Connections(servers, built_in, network, http)
        built_in.programs.get().use(program)
        await built_in.search()
        model = built_in.files.found.files[0].id
        request = ChatRequest(model, (Turn(Role.USER, "Say hello."),), Parameters(max_tokens=8))
        text = ""
        async with aclosing(connections.stream(ModelRef(BUILT_IN_ID, model), request)) as batches:
            async for batch in batches:
                text += "".join(event.text for event in batch if isinstance(event, TextDelta))
                for event in batch:
                    if isinstance(event, UsageReported):
                        sys.stdout.write(f"{event}\n")
        fallbacks = [(each.offload, each.reason.value) for each in built_in.programs.get().fallbacks]
        running = engine.running
        await built_in.close()
        await network.call(http.close)
    return text, fallbacks, running is not None and running[1].program == program


async def test_a_question_is_answered_on_the_card(tmp_path: Path, engine: BuiltInEngine) -> None:
    await devices_of(engine)
    text, fallbacks, by_program = await answer_of(PROGRAM, tmp_path / "home")
    assert text.strip()
    assert fallbacks == []
    assert by_program


@pytest.mark.skipif(sys.platform != "linux", reason="limits the memory of a process")
async def test_a_real_failure_on_the_card_ends_on_the_processor(tmp_path: Path, engine: BuiltInEngine) -> None:
    """With so little memory the program cannot load a model, whatever part of it; it can still tell its devices."""
    await devices_of(engine)
    limited = tmp_path / "bin/llama-server"
    limited.parent.mkdir()
    limited.write_text(f'#!/bin/sh\ncase "$*" in *--model*) ulimit -v 900000;; esac\nexec "{PROGRAM}" "$@"\n')
    limited.chmod(0o755)
    text, fallbacks, by_program = await answer_of(limited, tmp_path / "home")
    assert text.strip()
    assert [offload for offload, _ in fallbacks] == [Offload.NONE]
    assert not by_program


def test_the_starter_model_is_installed() -> None:
    try:
        assert find_starter_model().path.exists()
    except EngineError as error:
        pytest.fail(str(error))
