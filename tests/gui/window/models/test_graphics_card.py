"""From a llama-server on this computer to an answer on the graphics card, and what is said if the card fails."""

import sys
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QWidget

from chatdesk.features.servers.services.servers import BUILT_IN_ID
from chatdesk.kernel.models.machine import GraphicsCard
from tests.fakes.built_in import scripted_engine
from tests.fakes.gguf_files import write_gguf
from tests.fakes.llama_server import LOSE_DEVICE, make_llama_server, runs_of
from tests.gui.window.harness import Harness

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the stand-in is a script for Unix")
CARD = GraphicsCard("NVIDIA GeForce RTX 3060", 12 * 1024**3)


@pytest.fixture(autouse=True)
async def _card(harness: Harness, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[None]:
    """One model, a graphics card, and programs only in a folder of the test."""
    monkeypatch.setattr("chatdesk.features.servers.services.built_in.server._check", lambda: None)
    built_in = harness.program.servers.built_in
    built_in._make_engine = lambda: scripted_engine("answer")
    built_in.files._home = tmp_path
    built_in.files.add([write_gguf(tmp_path / "models/Tiny.gguf")])
    programs = built_in.programs.get()
    programs.sources = replace(
        programs.sources,
        read_cards=lambda: (CARD,),
        read_driver=lambda: "driver",
        environment={"PATH": str(tmp_path / "bin")},
        home=tmp_path,
    )
    server = harness.program.servers.servers.find(BUILT_IN_ID)
    assert server is not None
    await harness.program.servers.models.refresh_server(server)
    yield
    await built_in.close()


def said(harness: Harness, name: str) -> str:
    label = harness.window.findChild(QLabel, name)
    return label.text().replace("\u200b", "") if label and label.isVisible() else ""


async def use_it(harness: Harness) -> None:
    """Open the page of models and accept the offer, with the mouse and then the keyboard."""
    harness.click("modelsPage")
    await harness.until(lambda: said(harness, "offerTitle") == "The graphics card is not used yet")
    harness.click("useProgram")
    await harness.until(lambda: harness.window.findChild(QWidget, "confirmProgram"))
    QTest.keyClick(harness.window.focusWidget(), Qt.Key.Key_Return)
    await harness.until(lambda: said(harness, "offerTitle") == "Uses NVIDIA GeForce RTX 3060")


async def ask_tiny(harness: Harness) -> None:
    harness.router.show_chats()
    harness.choose_model("Tiny")
    await harness.ask_and_wait("Say hello.")


async def test_two_clicks_lead_from_the_offer_to_an_answer_on_the_card(harness: Harness, tmp_path: Path) -> None:
    program = make_llama_server(tmp_path / "bin")
    await use_it(harness)
    assert said(harness, "offerPath") == str(program)
    assert runs_of(program) == []
    await ask_tiny(harness)
    assert harness.answer() == "Hello"
    assert "Vulkan1" in runs_of(program)[0]["arguments"]
    harness.click("modelsPage")
    await harness.until(lambda: "on the graphics card" in said(harness, "engineModel"))


async def test_a_card_that_fails_does_not_cost_the_answer_and_the_card_says_why(
    harness: Harness, tmp_path: Path
) -> None:
    make_llama_server(tmp_path / "bin", full=LOSE_DEVICE)
    await use_it(harness)
    await ask_tiny(harness)
    assert harness.answer() == "Hello"
    assert harness.notices() == []
    harness.click("modelsPage")
    await harness.until(lambda: said(harness, "offerTitle") == "Slower than it could be")
    assert said(harness, "offerText") == (
        "The graphics card failed while Tiny ran. Half of it runs on the processor, so answers take longer."
    )
