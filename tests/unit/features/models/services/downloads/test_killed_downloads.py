"""A download over the real client of a hub, killed with -9 at several moments: a model is there completely, or not at all."""

import asyncio
import hashlib
import json
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from chatdesk.features.servers.services.built_in.model_files import ModelFiles
from chatdesk.kernel.models.hubs import DownloadFile, HubKind, HubRepository, ModelDownload
from chatdesk.kernel.models.model_file import ModelOrigin
from chatdesk.kernel.settings.store import Settings
from chatdesk.storage.files.json_file import JsonFile
from chatdesk.storage.files.model_store import encoded_download
from tests.fakes.gguf_files import PROJECTOR, gguf, split_gguf
from tests.fakes.scripted_hub import HubRepo, ScriptedHub
from tests.own_time import PROCESS_TIMEOUT

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no kill -9")

NAME = "acme/Wren-GGUF"
PARTS = split_gguf(gguf(tensors=((4096, 512), (4096,), (4096, 512))), 2)
FILES = {
    "Wren-Q8_0-00001-of-00002.gguf": PARTS[0] + bytes(700_000),
    "Wren-Q8_0-00002-of-00002.gguf": PARTS[1] + bytes(300_000),
    "mmproj-F16.gguf": gguf(PROJECTOR),
}
DOWNLOAD = ModelDownload(
    "Wren",
    tuple(DownloadFile(path, len(data), hashlib.sha256(data).hexdigest()) for path, data in FILES.items()),
    (HubRepository(HubKind.HUGGING_FACE, NAME),),
)


@pytest.fixture
def hub() -> Iterator[ScriptedHub]:
    scripted = ScriptedHub(HubRepo(NAME, dict(FILES)))
    with scripted.on_thread():
        yield scripted


def start(folder: Path, hub: ScriptedHub, dies_at: int = -1) -> subprocess.Popen[str]:
    text = json.dumps(encoded_download(DOWNLOAD))
    module = "tests.unit.features.models.services.downloads.downloading_program"
    return subprocess.Popen(
        [sys.executable, "-m", module, str(folder), hub.url, text, str(dies_at)], stdout=subprocess.PIPE, text=True
    )


async def downloaded(folder: Path) -> dict[str, int]:
    """Return what the engine finds: the number of files of each downloaded model."""
    settings = Settings({}, lambda _values: None)
    files = ModelFiles(settings, JsonFile(folder / "heads.json"), folder / "models", folder / "home")
    found = [file for file in (await files.search()).files if file.origin is ModelOrigin.DOWNLOADED]
    await settings.close()
    return {file.id: file.parts for file in found if file.can_be_loaded or file.problem}


def content(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in (folder / "models/acme").rglob("*.gguf")}


async def test_killed_while_bytes_arrive_it_goes_on_from_there(tmp_path: Path, hub: ScriptedHub) -> None:
    hub.trouble.seconds_per_piece = 0.15  # a piece is written after at most a second
    parts = tmp_path / "models/.parts"
    for wanted in (1, 400_000, 800_000):
        program = start(tmp_path, hub)
        deadline = time.monotonic() + PROCESS_TIMEOUT
        while sum(path.stat().st_size for path in parts.glob("*")) < wanted:
            assert time.monotonic() < deadline
            assert program.poll() is None
            await asyncio.sleep(0.01)
        program.kill()
        program.communicate()
        assert await downloaded(tmp_path) == {}
    hub.trouble.seconds_per_piece = 0.0
    output, _ = start(tmp_path, hub).communicate(timeout=PROCESS_TIMEOUT)
    assert await downloaded(tmp_path) == {output.strip(): 2}
    assert content(tmp_path) == FILES
    assert {request.headers["range"] for request in hub.storage.requests} > {"bytes=0-"}


async def test_killed_while_it_becomes_visible_all_files_or_none_are_there(tmp_path: Path, hub: ScriptedHub) -> None:
    killed = 0
    while True:
        program = start(tmp_path, hub, dies_at=killed)
        output, _ = program.communicate(timeout=PROCESS_TIMEOUT)
        if program.returncode == 0:
            break
        killed += 1
        assert await downloaded(tmp_path) in ({}, {"Wren-Q8_0": 2})
    assert killed >= 5
    assert await downloaded(tmp_path) == {output.strip(): 2}
    assert content(tmp_path) == FILES
    assert list((tmp_path / "models/.parts").iterdir()) == []
    assert len(hub.storage.requests) == len(FILES)
