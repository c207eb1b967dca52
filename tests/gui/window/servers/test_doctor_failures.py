"""A step of the doctor that does not work out is said on its card, and nothing hangs or comes back."""

import asyncio
from dataclasses import replace

import pytest

from chatdesk.features.servers.domain.finding import Remedy, RemedyKind
from chatdesk.kernel.errors.base import ServerFailed
from chatdesk.kernel.models.model import ModelRef
from chatdesk.kernel.models.pulls import PullState
from chatdesk.kernel.servers.ollama_installation import Installation
from chatdesk.kernel.servers.server import ServerConfig
from chatdesk.ui_kit.widgets.label import Label
from tests.fakes.scripted_models import ScriptedPull
from tests.fakes.scripted_server import ScriptedServer, reply
from tests.gui.window.doctor_steps import INSTALLED, at_rest, button, card, click, lines, move, shown
from tests.gui.window.harness import FakeModel, Harness


async def test_a_server_that_was_removed_meanwhile_is_not_brought_back(
    harness: Harness, fake_model: FakeModel, dead: int
) -> None:
    assert fake_model.server is not None
    installation = replace(INSTALLED, is_running=True, hosts=(f"127.0.0.1:{fake_model.server.port}",))
    await move(harness, f"http://127.0.0.1:{dead}", installation)
    harness.next_steps.doctor.open()
    await harness.until(lambda: at_rest(harness) and button(harness, "remedy.use_address"))
    await harness.program.servers.servers.remove("ollama")
    click(harness, "remedy.use_address")
    await harness.until(lambda: "Ollama has been removed" in lines(harness))
    assert at_rest(harness)
    assert harness.program.servers.servers.find("ollama") is None


async def test_a_server_that_cannot_be_added_is_reported_on_the_card(
    harness: Harness, fake_model: FakeModel, dead: int
) -> None:
    await move(harness, f"http://127.0.0.1:{dead}")
    harness.next_steps.doctor.open()
    await harness.until(lambda: at_rest(harness))
    shown_card = card(harness)
    assert shown_card is not None
    shown_card.remedy_chosen.emit(Remedy(RemedyKind.ADD_SERVER, "ftp://lab", "vllm"))
    await harness.until(lambda: any("ftp://lab" in line for line in lines(harness)))
    assert at_rest(harness)


@pytest.mark.parametrize(
    ("failure", "expected"),
    [
        (PermissionError(13, "Permission denied"), "Permission denied"),
        (ServerFailed("Ollama", "", 500, "no memory"), "no memory"),
    ],
    ids=["system", "ours"],
)
async def test_whatever_a_start_fails_with_is_reported_on_the_card(
    harness: Harness, fake_model: FakeModel, dead: int, failure: Exception, expected: str
) -> None:
    def start(_installation: Installation, _host: str) -> None:
        raise failure

    await move(harness, f"http://127.0.0.1:{dead}")
    harness.program.servers.doctor.get()._start = start
    harness.next_steps.doctor.open()
    await harness.until(lambda: at_rest(harness) and button(harness, "remedy.start"))
    click(harness, "remedy.start")
    await harness.until(lambda: any(expected in label.text() for label in shown(harness, Label, "findingMeaning")))
    assert at_rest(harness)


async def test_a_download_of_an_earlier_visit_does_not_start_another_examination(
    harness: Harness, fake_model: FakeModel
) -> None:
    assert fake_model.server is not None
    await move(harness, fake_model.server.url)
    gate = asyncio.Event()
    fake_model.pulls["qwen3:8b"] = ScriptedPull(gate, size=5_000_000_000)
    presenter = harness.next_steps.doctor
    presenter._examine(harness.program.servers.servers.find("ollama"), "qwen3:8b", "")
    await harness.until(lambda: at_rest(harness))
    click(harness, "remedy.pull_model")
    pulls = harness.program.models.library.downloads
    ref = ModelRef("ollama", "qwen3:8b")
    await harness.until(lambda: pulls.find(ref))
    async with ScriptedServer(lambda _: [reply("no", 404, "text/plain")]) as other:
        server = ServerConfig(
            "mine", "Mine", "custom", harness.program.servers.servers.vendors["custom"].protocol, f"{other.url}/v1"
        )
        await harness.program.servers.servers.save(server)
        presenter._examine(server, "", "")
        await harness.until(lambda: at_rest(harness))
        asked = len(other.requests)
        gate.set()
        await harness.until(lambda: pulls.find(ref) is None or pulls.find(ref).state is PullState.DONE)
        await asyncio.sleep(0.1)
        assert len(other.requests) == asked
        assert at_rest(harness)
