"""A model on a scripted hub, and how its download goes on in the window."""

import asyncio
import hashlib

from chatdesk.features.models.services.pulls import Pulls
from chatdesk.kernel.models.hubs import DownloadFile, HubKind, HubRepository, ModelDownload
from chatdesk.kernel.models.model import ModelRef
from chatdesk.kernel.settings.declarations import HUB_HUGGING_FACE
from tests.fakes.gguf_files import gguf
from tests.fakes.scripted_hub import HubRepo, ScriptedHub
from tests.gui.window.harness import Harness

CONTENT = gguf() + bytes(200_000)
NAME = "acme/Wren-7B-GGUF"
FILE = "Wren-7B-Q4_K_M.gguf"
WREN = ModelDownload(
    "Wren 7B",
    (DownloadFile(FILE, len(CONTENT), hashlib.sha256(CONTENT).hexdigest()),),
    (HubRepository(HubKind.HUGGING_FACE, NAME),),
    "mit",
)
REF = ModelRef("built-in", "Wren-7B-Q4_K_M")


def scripted_hub() -> ScriptedHub:
    """A hub with the model."""
    return ScriptedHub(HubRepo(NAME, {FILE: CONTENT}))


async def use(harness: Harness, hub: ScriptedHub) -> None:
    """Let the program download from the hub."""
    harness.program.settings.set(HUB_HUGGING_FACE, hub.url)
    await harness.program.models.library.prepare()


def pulls(harness: Harness) -> Pulls:
    return harness.program.models.library.downloads


async def begin(harness: Harness, hub: ScriptedHub) -> None:
    """Get the model; it stops after the first 64 KiB until the gate of the hub opens."""
    hub.trouble.gate = asyncio.Event()
    pulls(harness).get(WREN)
    await harness.until(lambda: (pull := pulls(harness).find(REF)) and pull.progress.completed)


def finish(hub: ScriptedHub) -> None:
    assert hub.trouble.gate
    hub.trouble.gate.set()
