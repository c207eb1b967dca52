"""D1, a model of 200 MB from a hub on this machine: how fast it comes, beside httpx and curl, and what that costs the window.

The hub is a process of its own. Turns are CPU time of the GUI thread, painting included. Rates are the best of three.
"""

import asyncio
import gc
import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
from PySide6.QtWidgets import QApplication

from chatdesk.app.composition import open_program
from chatdesk.app.event_loop import LoopInsideQt
from chatdesk.app.garbage import GarbageCollector
from chatdesk.app.program import Program
from chatdesk.app.shell.main_window import MainWindow
from chatdesk.engine.installation import find_starter_model
from chatdesk.kernel.models.hubs import DownloadFile, HubKind, HubRepository, ModelDownload
from chatdesk.kernel.models.pulls import Pull
from chatdesk.kernel.redaction import Redactor
from chatdesk.kernel.settings.declarations import HUB_HUGGING_FACE
from chatdesk.system.folders import Folders
from chatdesk.system.resources import Resources
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.style.style import Style
from tests.bench.figure import Figure
from tests.gui.window.heartbeat import Heartbeat

IDS = ("D1",)
_BYTES = 200 * 1024**2
_MEGABYTE = 1e6
_FRAME = 16.0
"""Milliseconds."""
_LEAST_SHARE = 0.5
"""Of what httpx reaches if the file is hashed and written in the simplest way. Searching for the model afterwards is part of ours."""
_RUNS = 3
_FILE = "Bench-Q4_1.gguf"
_REPOSITORY = "acme/Bench-GGUF"


def measure() -> list[Figure]:
    """Return the figures of D1."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    os.environ["OLLAMA_HOST"] = "http://127.0.0.1:9"
    application = QApplication([])
    garbage = GarbageCollector(application)  # as in the program
    appearance = Appearance(application, Resources.locate().resources)
    application.setStyle(Style(application, appearance))
    with (
        tempfile.TemporaryDirectory() as folder,
        _hub(Path(folder)) as address,
        asyncio.Runner(loop_factory=lambda: LoopInsideQt(application)) as runner,
    ):
        figures = runner.run(_measure(Path(folder), address, appearance))
    del garbage
    return figures


async def _measure(folder: Path, address: str, appearance: Appearance) -> list[Figure]:
    url = f"{address}/{_REPOSITORY}/resolve/main/{_FILE}"
    content = (folder / "hub" / _REPOSITORY / "resolve" / "main" / _FILE).read_bytes()
    file = DownloadFile(_FILE, len(content), hashlib.sha256(content).hexdigest())
    del content
    download = ModelDownload("Bench", (file,), (HubRepository(HubKind.HUGGING_FACE, _REPOSITORY),))
    target = folder / "target"
    written = max([await asyncio.to_thread(_rate_of_httpx, url, target) for _ in range(_RUNS)])
    beside = {"httpx, hashed and written": written}
    beside["httpx, received"] = max([await asyncio.to_thread(_rate_of_httpx, url) for _ in range(_RUNS)])
    if shutil.which("curl"):
        beside["curl, written"] = max([await asyncio.to_thread(_rate_of_curl, url, target) for _ in range(_RUNS)])
    target.unlink()
    folders = Folders.locate({"CHATDESK_HOME": str(folder / "home")})
    folders.make()
    async with open_program(folders, Resources.locate(), Redactor()) as program:
        program.settings.set(HUB_HUGGING_FACE, address)
        window = MainWindow(appearance, program)
        window.resize(1280, 820)
        window.show()
        await window.warm_up()
        await program.servers.models.refresh()  # as at the start of the program
        await program.models.library.prepare()
        await asyncio.sleep(0.5)
        gc.collect()  # of what came before
        rates, turns, costs = [], [], []
        for _ in range(_RUNS):
            rate, turn, cost = await _download(program, download)
            rates.append(rate)
            turns.append(turn)
            costs.append(cost)
            await asyncio.to_thread(program.servers.built_in.files.store.delete, "Bench-Q4_1")
            await program.servers.built_in.files.search()
        await window.end()
    return [
        Figure("D1.rate", max(rates), "MB/s", beside=beside),
        Figure("D1.share", max(rates) / written, "of httpx, hashed", at_least=_LEAST_SHARE),
        Figure("D1.turn", max(turns), "ms, longest", at_most=_FRAME, beside={"all of it": min(costs)}),
    ]


async def _download(program: Program, download: ModelDownload) -> tuple[float, float, float]:
    """Return the rate in MB/s, and the longest turn and all turns of the GUI thread in ms."""
    pulls = program.models.library.downloads
    began, cost = time.perf_counter(), time.thread_time()
    with Heartbeat() as heartbeat:
        ref = pulls.get(download)
        while not _pull(program, download).is_done:
            assert not _pull(program, download).has_failed, _pull(program, download).error
            await asyncio.sleep(0.005)
    seconds = time.perf_counter() - began
    pulls.cancel(ref)
    return _BYTES / _MEGABYTE / seconds, heartbeat.longest * 1000, (time.thread_time() - cost) * 1000


def _pull(program: Program, download: ModelDownload) -> Pull:
    found = program.models.library.downloads.find_download(download)
    assert found is not None
    return found


def _rate_of_httpx(url: str, target: Path | None = None) -> float:
    """Return the rate of receiving only, or of hashing and writing as well, one after the other."""
    began, summed = time.perf_counter(), hashlib.sha256()
    with (
        httpx.Client(trust_env=False) as client,
        client.stream("GET", url) as reply,
        (target or Path(os.devnull)).open("wb") as file,
    ):
        for chunk in reply.iter_raw(1024**2):
            if target:
                summed.update(chunk)
                file.write(chunk)
        if target:
            os.fsync(file.fileno())
    return _BYTES / _MEGABYTE / (time.perf_counter() - began)


def _rate_of_curl(url: str, target: Path) -> float:
    began = time.perf_counter()
    subprocess.run(["curl", "-s", "--noproxy", "*", "-o", target, url], check=True)
    return _BYTES / _MEGABYTE / (time.perf_counter() - began)


@contextmanager
def _hub(folder: Path) -> Iterator[str]:
    """Serve a file of 200 MB, which begins with the included model, under the address that a hub has for it."""
    path = folder / "hub" / _REPOSITORY / "resolve" / "main" / _FILE
    path.parent.mkdir(parents=True)
    starter = find_starter_model().path.read_bytes()
    path.write_bytes((starter * (_BYTES // len(starter) + 1))[:_BYTES])
    command = [sys.executable, "-u", "-m", "http.server", "--bind", "127.0.0.1", "--directory", folder / "hub", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as server:
        assert server.stdout is not None
        port = server.stdout.readline().partition(" port ")[2].split()[0]
        try:
            yield f"http://127.0.0.1:{port}"
        finally:
            server.kill()
