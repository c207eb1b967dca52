"""The offer of a first model on the start page: from nothing but the included model to an answer by a better one."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLabel, QWidget

from chatdesk.engine.installation import find_starter_model
from chatdesk.features.chat.ui.composer.suggestions import SuggestionCard
from chatdesk.features.models.domain.catalogue import parse_catalogue
from chatdesk.features.models.ui.page.get_more_tab import GetMoreTab
from chatdesk.features.models.ui.start.start_card import StartCard
from chatdesk.features.servers.services.servers import BUILT_IN_ID
from chatdesk.features.servers.ui.cards.providers_tab import ProvidersTab
from chatdesk.kernel.errors.engine_errors import EngineError
from chatdesk.kernel.models.hubs import DownloadFile, HubKind, HubRepository
from chatdesk.kernel.models.machine import Machine
from chatdesk.kernel.models.model import ModelRef
from chatdesk.kernel.models.parameters import Parameters
from chatdesk.kernel.settings.declarations import HUB_HUGGING_FACE, HUB_MODELSCOPE
from tests.fakes.gguf_files import gguf
from tests.fakes.scripted_hub import HubRepo, ScriptedHub, sha256_of, size_of
from tests.gui.window.harness import Harness
from tests.paths import RESOURCES
from tests.unit.features.models import machines

NAME = "acme/DeepSeek-R1-Distill-Qwen-7B-GGUF"
FILE = "DeepSeek-R1-Distill-Qwen-7B-Q4_K_M.gguf"
R1 = ModelRef(BUILT_IN_ID, FILE.removesuffix(".gguf"))
SMALL = gguf() + bytes(200_000)
OpenHarness = Callable[[], Awaitable[Harness]]


@pytest.fixture
async def hub() -> AsyncIterator[ScriptedHub]:
    scripted = ScriptedHub(HubRepo(NAME, {FILE: SMALL}))
    async with scripted.opened():
        yield scripted


@pytest.fixture
async def desk(open_harness: OpenHarness, hub: ScriptedHub, monkeypatch: pytest.MonkeyPatch) -> Harness:
    """The window where only the included model answers, and the hubs are imitated."""
    monkeypatch.setenv("OLLAMA_HOST", "http://127.0.0.1:9")
    harness = await open_harness()
    harness.program.settings.set(HUB_HUGGING_FACE, hub.settings[HUB_HUGGING_FACE.key])
    harness.program.settings.set(HUB_MODELSCOPE, hub.settings[HUB_MODELSCOPE.key])
    await offer(harness, SMALL)
    return harness


async def offer(harness: Harness, content: bytes | Path, machine: Machine = machines.LAPTOP_16) -> None:
    """Let the catalogue lead to a file of the imitated hubs, and choose for a machine."""
    data = parse_catalogue((RESOURCES / "model_catalogue.toml").read_text("utf-8"))
    file = DownloadFile(FILE, size_of(content), sha256_of(content))
    sources = (HubRepository(HubKind.HUGGING_FACE, NAME), HubRepository(HubKind.MODELSCOPE, NAME))

    def leads_here(model: object) -> object:
        if model.name != "DeepSeek-R1 7B":  # type: ignore[attr-defined]
            return model
        build = model.builds[0]  # type: ignore[attr-defined]
        download = replace(build.download, files=(file,), sources=sources)
        return replace(model, builds=(replace(build, download=download), *model.builds[1:]))  # type: ignore[attr-defined,type-var]

    await harness.until(lambda: harness.window.findChild(StartCard))
    catalogue = harness.program.models.library.catalogue
    await harness.until(lambda: card(harness).isVisible())  # it has been read
    harness.program.models.library.fits.data = replace(data, models=tuple(map(leads_here, data.models)))
    catalogue._read_free_space = lambda: machine.disk_free
    harness.program.models.library.fits._read_machine = lambda: machine
    await catalogue.refresh()


def card(harness: Harness) -> StartCard:
    found = harness.window.findChild(StartCard)
    assert found is not None
    return found


def texts(place: QWidget) -> list[str]:
    return [label.text() for label in place.findChildren(QLabel) if label.isVisible() and label.text()]


def shown(place: QWidget, name: str) -> QAbstractButton | None:
    return next((each for each in place.findChildren(QAbstractButton, name) if each.isVisible()), None)


async def press(harness: Harness, place: QWidget, name: str) -> None:
    await harness.until(lambda: (found := shown(place, name)) and found.isEnabled())
    button = shown(place, name)
    assert button is not None
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


async def test_the_best_model_for_the_machine_is_offered_with_its_facts(desk: Harness, hub: ScriptedHub) -> None:
    await desk.until(lambda: card(desk).isVisible() and "DeepSeek-R1 7B" in texts(card(desk)))
    found = texts(card(desk))
    assert {"Best for this computer", "4.7 GB", "about 6 min", "English, Chinese", "MIT"} <= set(found)
    assert "At 100 Mbit/s" in found
    assert "From huggingface.co, verified after the download" in found
    assert "Ready now: SmolLM2 135M, short answers in English" in texts(desk.window)
    assert hub.asked() == [], "no hub is asked before Get"


async def test_get_shows_its_progress_which_can_be_paused_and_cancelled(desk: Harness, hub: ScriptedHub) -> None:
    hub.trouble.gate = asyncio.Event()
    await press(desk, card(desk), "getModel")
    await desk.until(lambda: any(text.startswith("65.5 kB of ") for text in texts(card(desk))))
    assert "4.7 GB" not in texts(card(desk)), "the facts give way"
    await press(desk, card(desk), "pauseStart")
    await desk.until(lambda: (get := shown(card(desk), "getModel")) and get.text() == "Resume")
    await press(desk, card(desk), "getModel")
    await press(desk, card(desk), "cancelStart")
    await desk.until(lambda: (get := shown(card(desk), "getModel")) and get.text() == "Get")
    assert "4.7 GB" in texts(card(desk))
    hub.trouble.gate.set()


async def test_a_failure_offers_another_source(desk: Harness, hub: ScriptedHub) -> None:
    hub.trouble.wrong_bytes = True
    await press(desk, card(desk), "getModel")
    await desk.until(lambda: any("not what its publisher listed" in text for text in texts(card(desk))))
    hub.trouble.wrong_bytes = False
    fix = shown(card(desk), "startFix")
    assert fix is not None
    assert fix.text() == "Try ModelScope"
    QTest.mouseClick(fix, Qt.MouseButton.LeftButton)
    await desk.until(lambda: not card(desk).isVisible())
    assert any("/models/" in path for path in hub.asked())


async def test_a_full_disk_is_reported_with_the_way_to_another_folder(desk: Harness) -> None:
    # All others are as large: nothing is best, and the one that was chosen says why.
    await press(desk, card(desk), "startChoices")
    choice = next(
        each for each in card(desk).findChildren(QAbstractButton) if "startChoice.model:" in each.objectName()
    )
    QTest.mouseClick(choice, Qt.MouseButton.LeftButton)
    await offer(desk, SMALL, replace(machines.LAPTOP_16, disk_free=10**8))
    await desk.until(lambda: any("on the disk, which is too full" in text for text in texts(card(desk))))
    fix = shown(card(desk), "startFix")
    assert fix is not None
    assert fix.text() == "Choose a folder…"
    QTest.mouseClick(fix, Qt.MouseButton.LeftButton)
    await desk.until(lambda: not desk.edit.isVisible())


async def test_where_no_model_fits_a_key_is_offered_with_the_sum(desk: Harness) -> None:
    await offer(desk, SMALL, Machine("", 10**8, 10**7, disk_free=10**12))
    await desk.until(lambda: "No model fits this computer" in texts(card(desk)))
    assert any(text.startswith("The smallest one needs ") for text in texts(card(desk)))
    await press(desk, card(desk), "startKey")
    await desk.until(lambda: (tab := desk.window.findChild(ProvidersTab)) and tab.isVisible())


async def test_other_choices_unfold_and_lead_on(desk: Harness) -> None:
    await press(desk, card(desk), "startChoices")
    names = [each.objectName() for each in card(desk).findChildren(QAbstractButton) if each.isVisible()]
    assert {"startChoice.ollama", "startChoice.key", "startChoice.file", "startChoice.more"} <= set(names)
    assert sum(name.startswith("startChoice.model:") for name in names) == 2
    await press(desk, card(desk), "startChoice.more")
    await desk.until(lambda: (tab := desk.window.findChild(GetMoreTab)) and tab.isVisible())


async def test_it_gives_way_for_good_once_a_model_answers(harness: Harness) -> None:
    await harness.until(lambda: harness.program.servers.models.was_asked)
    await harness.until(lambda: harness.models.chosen)
    found = harness.window.findChild(StartCard)
    assert found is None or not found.isVisible()


def _missing() -> str:
    try:
        find_starter_model()
    except EngineError as error:
        return str(error)
    return ""


@pytest.mark.engine
@pytest.mark.skipif(bool(_missing()), reason=_missing())
@pytest.mark.timeout(180)
async def test_three_clicks_and_the_download_lead_to_an_answer_by_r1(
    open_harness: OpenHarness, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """From the first start: Get, a suggestion, Use it here; Enter sends. The starter model stands in for R1.

    Its file is a few bytes longer: a file with the same content would be used in place.
    """
    monkeypatch.setenv("OLLAMA_HOST", "http://127.0.0.1:9")
    content = tmp_path / FILE
    content.write_bytes(find_starter_model().path.read_bytes() + bytes(64))
    with ScriptedHub(HubRepo(NAME, {FILE: content})).on_thread() as hub:
        desk = await open_harness()
        desk.program.settings.set(HUB_HUGGING_FACE, hub.url)
        await offer(desk, content)
        await press(desk, card(desk), "getModel")
        suggestion = next(each for each in desk.window.findChildren(SuggestionCard) if each.isVisible())
        QTest.mouseClick(suggestion, Qt.MouseButton.LeftButton)
        await desk.until(lambda: shown(desk.window, "useReadyModel"), 60)
        assert not card(desk).isVisible()
        await press(desk, desk.window, "useReadyModel")
        assert desk.models.chosen
        assert desk.models.chosen.ref == R1
        desk.program.models.preferences.set_parameters(
            R1, Parameters(max_tokens=8)
        )  # a busy machine takes long for more
        await desk.until(desk.edit.hasFocus)
        QTest.keyClick(desk.edit, Qt.Key.Key_Return)
        await desk.until(lambda: desk.answer() and not desk.streaming(), 60)
        answer = desk.transcript.document[1].message
        assert answer.model == R1
        assert answer.text
        await desk.close()
