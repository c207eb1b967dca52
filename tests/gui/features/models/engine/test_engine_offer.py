"""The part of the engine's card that offers the graphics card, and says what is used and why it is slower."""

import asyncio
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLabel, QWidget

from chatdesk.features.models.ui.engine.engine_offer import EngineOffer
from chatdesk.features.servers.services.built_in.engine_comparison import EngineComparison
from chatdesk.features.servers.services.built_in.engine_download import EngineDownload
from chatdesk.kernel.errors.base import ChatdeskError
from chatdesk.kernel.errors.engine_errors import EngineStopped
from chatdesk.kernel.lazy import Lazy
from chatdesk.kernel.models.machine import GraphicsCard
from chatdesk.kernel.models.model_file import ModelFile, ModelOrigin
from chatdesk.kernel.settings.declarations import ENGINE_PROGRAM
from chatdesk.kernel.settings.store import Settings
from chatdesk.network.http import HttpClient
from chatdesk.network.network_thread import NetworkThread
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.tasks import Tasks
from chatdesk.ui_kit.widgets.sheet import Sheet
from tests.fakes.built_in import built_in_over, program_sources, scripted_engine
from tests.fakes.engine_archives import make_release_archive, write_list
from tests.fakes.llama_server import make_llama_server, runs_of
from tests.fakes.scripted_server import Hang, Request, ScriptedServer, Step
from tests.own_time import TIMEOUT

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the stand-in is a script for Unix")
CARD = GraphicsCard("NVIDIA GeForce RTX 3060", 12 * 1024**3)


class Host:
    """Imitates the host of the releases; `is_stuck` sends only the first half."""

    def __init__(self) -> None:
        self.content = b""
        self.is_stuck = False

    def reply(self, request: Request) -> list[Step]:
        first = int(request.headers.get("range", "bytes=0-").removeprefix("bytes=").partition("-")[0])
        total = len(self.content)
        rest = self.content[first:]
        head = (
            f"HTTP/1.1 206 Partial Content\r\nContent-Range: bytes {first}-{total - 1}/{total}\r\n"
            f"Content-Length: {len(rest)}\r\nConnection: close\r\n\r\n"
        ).encode()
        return [head + rest[: len(rest) // 2], Hang()] if self.is_stuck else [head + rest]


class Setup:
    def __init__(
        self,
        appearance: Appearance,
        folder: Path,
        network: NetworkThread,
        host: Host,
        url: str,
        cards: tuple[GraphicsCard, ...] = (CARD,),
    ) -> None:
        self.folder = folder
        self.host = host
        self.network = network
        self.appearance = appearance
        self.settings = Settings({}, lambda _values: None)
        self.sources = program_sources(folder, cards)
        self.http = Lazy(HttpClient, HttpClient.aclose)
        download = EngineDownload(network, self.http, self.sources.engines, url)
        model = folder / "tiny.gguf"
        model.write_bytes(b"GGUF")
        comparison = EngineComparison(network, self.http, lambda: scripted_engine("answer"), lambda: model)
        self.built_in = built_in_over(folder, scripted_engine, self.settings, self.sources, download, comparison)
        self.errors: list[ChatdeskError] = []
        self.tasks = Tasks(self.errors.append)
        self.window = QWidget()
        self.window.resize(700, 500)

    async def close(self) -> None:
        self.tasks.cancel()
        await self.tasks.finish()
        await self.built_in.close()
        await self.network.call(self.http.close)
        self.window.close()
        self.window.deleteLater()

    async def open(self) -> None:
        """Show the part in a window, as the card does."""
        self.offer = EngineOffer(self.appearance, self.built_in, self.tasks, self.window)
        self.offer.setGeometry(20, 20, 408, 300)
        self.window.show()
        self.offer.look()
        await self.settle()

    async def settle(self) -> None:
        async with asyncio.timeout(TIMEOUT):
            while self.tasks._running:
                await asyncio.sleep(0.01)

    def text(self) -> str:
        """What is shown, line by line."""
        labels = (self.offer.findChild(QLabel, name) for name in ("offerTitle", "offerText", "offerPath", "offerFacts"))
        return "\n".join(label.text().replace("\u200b", "") for label in labels if label and not label.isHidden())

    def buttons(self) -> list[str]:
        return [button.objectName() for button in self.offer.findChildren(QAbstractButton) if not button.isHidden()]

    def press(self, name: str, within: QWidget | None = None) -> None:
        button = next(
            button
            for button in (within or self.offer).findChildren(QAbstractButton, name)
            if button.isVisibleTo(self.window)
        )
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)

    @property
    def sheet(self) -> Sheet:
        found = self.window.findChild(Sheet, "programSheet")
        assert found is not None
        return found

    def publish(self, variant: str = "vulkan", **behaviour: object) -> None:
        archive = make_release_archive(self.folder, **behaviour)
        self.host.content = archive.read_bytes()
        write_list(self.sources.archives, archive, variant)


@pytest.fixture
async def setup(appearance: Appearance, tmp_path: Path) -> AsyncIterator[Setup]:
    host = Host()
    async with NetworkThread() as network, ScriptedServer(host.reply) as server:
        setup = Setup(appearance, tmp_path, network, host, server.url)
        yield setup
        await setup.close()


async def test_nothing_is_shown_while_there_is_nothing_to_offer(setup: Setup) -> None:
    await setup.open()
    assert setup.offer.isHidden()


async def test_a_program_of_the_user_is_offered_first_and_run_only_after_a_click(setup: Setup) -> None:
    program = make_llama_server(setup.folder / "bin")
    setup.publish()
    await setup.open()
    assert "The graphics card is not used yet" in setup.text()
    assert "NVIDIA GeForce RTX 3060, usually several times faster" in setup.text()
    assert str(program) in setup.text()
    assert setup.buttons() == ["useProgram", "getBuild"]
    setup.press("useProgram")
    await setup.settle()
    text = " ".join(label.text().replace("\u200b", "") for label in setup.sheet.findChildren(QLabel))
    assert str(program) in text
    assert "Version: 11600 (abcdef01)" in text
    assert "NVIDIA GeForce RTX 3060 (12.9 GB)" in text
    assert setup.settings.get(ENGINE_PROGRAM) == ""
    setup.press("confirmProgram", setup.sheet)
    await setup.settle()
    assert setup.settings.get(ENGINE_PROGRAM) == str(program)
    assert "Uses NVIDIA GeForce RTX 3060" in setup.text()
    assert str(program) in setup.text()
    assert "Version 11600" in setup.text()
    assert runs_of(program) == []


async def test_the_question_can_be_declined_by_key(setup: Setup) -> None:
    make_llama_server(setup.folder / "bin")
    await setup.open()
    setup.press("useProgram")
    await setup.settle()
    QTest.keyClick(setup.sheet, Qt.Key.Key_Escape)
    assert setup.settings.get(ENGINE_PROGRAM) == ""
    assert setup.buttons() == ["useProgram"]


async def test_a_program_that_cannot_run_models_is_reported_and_the_offer_stays(setup: Setup) -> None:
    program = make_llama_server(setup.folder / "bin", help_text="usage: something else")
    await setup.open()
    setup.press("useProgram")
    await setup.settle()
    assert f"The program {program} cannot run models." in setup.text()
    assert setup.buttons() == ["useProgram"]


async def test_a_program_without_a_card_is_reported_before_it_is_used(setup: Setup) -> None:
    make_llama_server(setup.folder / "bin", devices="Available devices:\n  (none)\n")
    await setup.open()
    setup.press("useProgram")
    await setup.settle()
    assert any("finds no graphics card" in label.text() for label in setup.sheet.findChildren(QLabel))


async def test_a_build_is_got_with_one_click(setup: Setup) -> None:
    setup.publish()
    await setup.open()
    assert setup.buttons() == ["getBuild", "chooseProgram"]
    setup.press("getBuild")
    await setup.settle()
    assert setup.settings.get(ENGINE_PROGRAM) == "b11600-vulkan"
    assert "Uses NVIDIA GeForce RTX 3060" in setup.text()
    assert "llama.cpp b11600, installed on" in setup.text()
    assert "SHA-256 " in setup.text()


async def test_a_build_of_an_older_release_is_updated_with_one_click(setup: Setup) -> None:
    setup.publish()
    await setup.open()
    setup.press("getBuild")
    await setup.settle()
    newer = setup.sources.archives.read_text().replace('tag = "b11600"', 'tag = "b11700"')
    setup.sources.archives.write_text(newer)
    await setup.built_in.programs.get().look(setup.built_in.engine)
    assert setup.buttons() == ["getBuild", "stopProgram"]
    setup.press("getBuild")
    await setup.settle()
    assert setup.settings.get(ENGINE_PROGRAM) == "b11700-vulkan"
    assert setup.buttons() == ["stopProgram"]


async def test_a_download_shows_its_progress_and_can_be_cancelled(setup: Setup) -> None:
    setup.publish()
    setup.host.is_stuck = True
    await setup.open()
    setup.press("getBuild")
    async with asyncio.timeout(TIMEOUT):
        while "cancelBuild" not in setup.buttons():
            await asyncio.sleep(0.01)
    assert "Getting llama.cpp" in setup.text()
    setup.press("cancelBuild")
    await setup.settle()
    assert setup.buttons() == ["getBuild", "chooseProgram"]
    setup.host.is_stuck = False
    setup.press("getBuild")
    await setup.settle()
    assert setup.settings.get(ENGINE_PROGRAM) == "b11600-vulkan"


async def test_a_failed_download_is_reported_with_a_way_to_try_again(setup: Setup) -> None:
    setup.publish()
    setup.host.content = bytes(len(setup.host.content))
    await setup.open()
    setup.press("getBuild")
    await setup.settle()
    assert "getBuild" in setup.buttons()
    assert "The graphics card is not used yet" in setup.text()
    assert "usually several times faster" not in setup.text(), "the reason stands in its place"


async def test_without_archives_and_programs_no_button_is_shown(setup: Setup) -> None:
    setup.sources.archives.write_text('tag = ""\narchives = []\n')
    await setup.open()
    assert setup.offer.isHidden()


async def test_a_fall_back_is_reported_in_one_line_and_can_be_tried_again(setup: Setup) -> None:
    setup.settings.set(ENGINE_PROGRAM, str(make_llama_server(setup.folder / "bin")))
    await setup.open()
    programs = setup.built_in.programs.get()
    file = ModelFile("DeepSeek-R1-7B", Path("/m.gguf"), ModelOrigin.OWN)
    await programs.step_down(file, EngineStopped(detail="ErrorOutOfDeviceMemory"))
    assert "DeepSeek-R1-7B does not fit into the memory of the graphics card." in setup.text()
    assert "Half of it runs on the processor, so answers take longer." in setup.text()
    setup.press("tryAgain")
    await setup.settle()
    assert programs.fallbacks == ()
    assert "Uses NVIDIA GeForce RTX 3060" in setup.text()


async def test_the_choice_can_be_taken_back(setup: Setup) -> None:
    setup.settings.set(ENGINE_PROGRAM, str(make_llama_server(setup.folder / "bin")))
    await setup.open()
    assert setup.buttons() == ["stopProgram"]
    setup.press("stopProgram")
    assert setup.settings.get(ENGINE_PROGRAM) == ""
    assert setup.buttons() == ["useProgram"]


async def test_a_program_that_is_gone_is_reported(setup: Setup) -> None:
    setup.settings.set(ENGINE_PROGRAM, str(setup.folder / "gone/llama-server"))
    await setup.open()
    assert "llama-server is not used any more" in setup.text()
    assert "Models run with the built-in engine." in setup.text()
    assert setup.buttons() == ["stopProgram"]


@pytest.fixture
async def without_card(appearance: Appearance, tmp_path: Path) -> AsyncIterator[Setup]:
    """A computer without a graphics card, whose processor has instructions that the installed engine does not use."""
    host = Host()
    async with NetworkThread() as network, ScriptedServer(host.reply) as server:
        setup = Setup(appearance, tmp_path, network, host, server.url, ())
        yield setup
        await setup.close()


@pytest.mark.parametrize(
    ("speed", "expected", "buttons"),
    [
        (16.0, "Uses llama.cpp on the processor, 1.6 times as fast", ["stopProgram"]),
        (10.5, "llama.cpp b11600 is not faster on this computer", []),
    ],
)
async def test_a_build_for_the_processor_is_measured_and_the_result_reported(
    without_card: Setup, speed: float, expected: str, buttons: list[str]
) -> None:
    setup = without_card
    setup.publish("cpu", speed=speed, devices="Available devices:\n  (none)\n")
    await setup.open()
    assert "AVX-512" in setup.text()
    assert setup.buttons() == ["getBuild"]
    setup.press("getBuild")
    await setup.settle()
    assert expected in setup.text()
    assert setup.buttons() == buttons


async def test_all_buttons_are_reached_and_pressed_by_keys(setup: Setup) -> None:
    make_llama_server(setup.folder / "bin")
    setup.publish()
    await setup.open()
    first = setup.offer.findChild(QAbstractButton, "useProgram")
    assert first is not None
    first.setFocus()
    QTest.keyClick(first, Qt.Key.Key_Tab)
    focused = setup.window.focusWidget()
    assert focused is not None
    assert focused.objectName() == "getBuild"
    QTest.keyClick(focused, Qt.Key.Key_Space)
    await setup.settle()
    assert setup.settings.get(ENGINE_PROGRAM) == "b11600-vulkan"
