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
from tests.gui.window.desk import Desk, Speaker
from tests.gui.window.doctor_steps import INSTALLED, at_rest, button, card, click, lines, move, shown


async def test_a_server_that_was_removed_meanwhile_is_not_brought_back(desk: Desk, speaker: Speaker, dead: int) -> None:
    assert speaker.server is not None
    told = replace(INSTALLED, is_running=True, hosts=(f"127.0.0.1:{speaker.server.port}",))
    await move(desk, f"http://127.0.0.1:{dead}", told)
    desk.window._steps.doctor.open()
    await desk.until(lambda: at_rest(desk) and button(desk, "remedy.use_address"))
    await desk.program.servers.remove("ollama")
    click(desk, "remedy.use_address")
    await desk.until(lambda: "Ollama has been removed" in lines(desk))
    assert at_rest(desk)
    assert desk.program.servers.find("ollama") is None


async def test_a_server_that_cannot_be_added_is_told_on_the_card(desk: Desk, speaker: Speaker, dead: int) -> None:
    await move(desk, f"http://127.0.0.1:{dead}")
    desk.window._steps.doctor.open()
    await desk.until(lambda: at_rest(desk))
    shown_card = card(desk)
    assert shown_card is not None
    shown_card.remedy_chosen.emit(Remedy(RemedyKind.ADD_SERVER, "ftp://lab", "vllm"))
    await desk.until(lambda: any("ftp://lab" in line for line in lines(desk)))
    assert at_rest(desk)


@pytest.mark.parametrize(
    ("failure", "words"),
    [
        (PermissionError(13, "Permission denied"), "Permission denied"),
        (ServerFailed("Ollama", "", 500, "no memory"), "no memory"),
    ],
    ids=["system", "ours"],
)
async def test_whatever_a_start_fails_with_is_told_on_the_card(
    desk: Desk, speaker: Speaker, dead: int, failure: Exception, words: str
) -> None:
    def start(_installation: Installation, _host: str) -> None:
        raise failure

    await move(desk, f"http://127.0.0.1:{dead}")
    desk.program.doctor.get()._start = start
    desk.window._steps.doctor.open()
    await desk.until(lambda: at_rest(desk) and button(desk, "remedy.start"))
    click(desk, "remedy.start")
    await desk.until(lambda: any(words in label.text() for label in shown(desk, Label, "findingMeaning")))
    assert at_rest(desk)


async def test_a_download_of_an_earlier_visit_does_not_start_another_examination(desk: Desk, speaker: Speaker) -> None:
    assert speaker.server is not None
    await move(desk, speaker.server.url)
    gate = asyncio.Event()
    speaker.pulls["qwen3:8b"] = ScriptedPull(gate, size=5_000_000_000)
    presenter = desk.window._steps.doctor
    presenter._call(desk.program.servers.find("ollama"), "qwen3:8b", "")
    await desk.until(lambda: at_rest(desk))
    click(desk, "remedy.pull_model")
    pulls = desk.program.model_library.downloads
    ref = ModelRef("ollama", "qwen3:8b")
    await desk.until(lambda: pulls.find(ref))
    async with ScriptedServer(lambda _: [reply("no", 404, "text/plain")]) as other:
        server = ServerConfig(
            "mine", "Mine", "custom", desk.program.servers.vendors["custom"].protocol, f"{other.url}/v1"
        )
        await desk.program.servers.save(server)
        presenter._call(server, "", "")
        await desk.until(lambda: at_rest(desk))
        asked = len(other.requests)
        gate.set()
        await desk.until(lambda: pulls.find(ref) is None or pulls.find(ref).state is PullState.DONE)
        await asyncio.sleep(0.1)
        assert len(other.requests) == asked
        assert at_rest(desk)
