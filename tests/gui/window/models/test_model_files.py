"""Models from files, from the picker to the words under an answer that could not be."""

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog

from chatdesk.features.chat.ui.transcript.controls import Verb
from chatdesk.features.models.ui.engine.engine_card import EngineCard
from chatdesk.kernel.models.model_rules import rule_for
from chatdesk.kernel.servers.server import ServerProtocol
from chatdesk.ui_kit.errors.error_texts import NextStep
from tests.fakes.built_in import scripted_engine
from tests.fakes.gguf_files import gguf, write_gguf
from tests.gui.window.harness import Harness


@pytest.fixture(autouse=True)
async def _engine(harness: Harness, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[None]:
    """An engine that refuses every model, and no models but those of the test."""
    monkeypatch.setattr("chatdesk.features.servers.services.built_in.server._check", lambda: None)
    harness.program.servers.built_in._make_engine = lambda: scripted_engine("refuse_the_model")
    harness.program.servers.built_in.files._home = tmp_path
    yield
    await harness.program.servers.built_in.close()


def chosen(harness: Harness) -> str:
    return harness.part("modelPicker").accessibleDescription()


async def open_file(harness: Harness, path: Path) -> None:
    """Open a file from the picker."""
    harness.click("modelPicker")
    harness.click("addFileFromPicker")
    dialog = harness.window.findChild(QFileDialog, "modelDialog")
    assert dialog is not None
    dialog.selectFile(str(path))
    dialog.accept()


async def test_a_file_is_opened_from_the_picker_and_asked_from_then_on(harness: Harness, tmp_path: Path) -> None:
    await open_file(harness, write_gguf(tmp_path / "DeepSeek-R1-Distill-Tiny.gguf"))
    await harness.until(lambda: chosen(harness).startswith("DeepSeek-R1-Distill-Tiny, Built-in engine"))
    assert rule_for(
        harness.program.chat.instruction_resolver.rules, harness.models.chosen.ref.model_id
    ).instructions_in_question


async def test_one_part_of_several_opens_them_all(harness: Harness, tmp_path: Path) -> None:
    for number in (1, 2):
        write_gguf(tmp_path / f"big-0000{number}-of-00002.gguf")
    await open_file(harness, tmp_path / "big-00002-of-00002.gguf")
    await harness.until(lambda: chosen(harness).startswith("big, "))


async def test_a_file_that_cannot_be_used_is_refused_with_the_reason(harness: Harness, tmp_path: Path) -> None:
    before = chosen(harness)
    path = tmp_path / "cut.gguf"
    path.write_bytes(gguf()[:200])
    await open_file(harness, path)
    await harness.until(harness.toast)
    assert harness.toast()[:2] == [
        "cut.gguf cannot be used.",
        "The file is incomplete. The download may not have finished.",
    ]
    assert chosen(harness) == before


async def test_a_model_for_embeddings_is_added_but_not_asked(harness: Harness, tmp_path: Path) -> None:
    before = chosen(harness)
    await open_file(harness, write_gguf(tmp_path / "Tiny-Embedding.gguf", llama__pooling_type=1))
    await harness.until(harness.toast)
    assert harness.toast()[:2] == [
        "Tiny-Embedding.gguf was added.",
        "It finds passages in documents and cannot be used for chats.",
    ]
    assert chosen(harness) == before
    embedder = harness.program.servers.embedders.get().chosen()
    assert embedder
    assert embedder.model.ref.model_id == "Tiny-Embedding"


async def test_an_engine_that_was_switched_off_is_switched_on_for_it(harness: Harness, tmp_path: Path) -> None:
    (server,) = [each for each in harness.program.servers.servers.all() if each.protocol is ServerProtocol.BUILT_IN]
    await harness.program.servers.servers.save(replace(server, enabled=False))
    await open_file(harness, write_gguf(tmp_path / "Tiny.gguf"))
    await harness.until(lambda: chosen(harness).startswith("Tiny, "))
    assert harness.program.servers.servers.find(server.id).enabled


async def test_a_model_that_is_refused_is_reported_in_the_engines_words_and_the_log_is_one_click_away(
    harness: Harness, tmp_path: Path
) -> None:
    await open_file(harness, write_gguf(tmp_path / "Tiny.gguf"))
    await harness.until(lambda: chosen(harness).startswith("Tiny, "))
    await harness.ask_and_wait("Hello")
    message, *steps = harness.notices()
    assert message == "The built-in engine could not load Tiny."
    assert steps == ["[Engine settings]", "[Try again]", "[Choose a model]"]
    item = harness.transcript.document[1]
    assert "error loading model: unknown architecture: 'x'" in item.notices[0].notice.consequence
    assert harness.messages() == ["Hello", ""]
    assert chosen(harness).startswith("Tiny, "), "no other model is asked behind a person's back"
    harness.click_control(Verb.FAILURE_ACTION, action=NextStep.ENGINE_SETTINGS)
    await harness.until(lambda: (card := harness.window.findChild(EngineCard)) and card.isVisible())
    await harness.until(lambda: "unknown architecture" in harness.part("engineLog").toPlainText())


async def test_a_file_that_went_away_is_reported_and_the_chat_keeps_its_model(harness: Harness, tmp_path: Path) -> None:
    path = write_gguf(tmp_path / "Tiny.gguf")
    await open_file(harness, path)
    await harness.until(lambda: chosen(harness).startswith("Tiny, "))
    path.unlink()
    await harness.ask_and_wait("Hello")
    assert harness.notices()[0] == "The file of Tiny is missing."
    assert chosen(harness).startswith("Tiny, ")
