"""The built-in engine in the settings: its models, how they are run, how it is, and what it says."""

import shutil
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QComboBox,
    QFileDialog,
    QLabel,
    QLineEdit,
    QListView,
    QPlainTextEdit,
    QWidget,
)

from chatdesk.features.models.ui.engine.engine_card import EngineCard
from chatdesk.features.models.ui.engine.engine_texts import machine_text
from chatdesk.features.servers.services.built_in import model_files
from chatdesk.kernel.models.machine import Device, EngineFacts
from chatdesk.kernel.settings.declarations import (
    ENGINE_CONTEXT,
    ENGINE_GPU_LAYERS,
    ENGINE_IDLE_MINUTES,
    ENGINE_PROGRAM,
    ENGINE_THREADS,
)
from tests.fakes.gguf_files import PROJECTOR, gguf, write_gguf
from tests.fakes.llama_server import make_llama_server
from tests.gui.features.settings.settings_harness import SettingsHarness, is_shown, part
from tests.own_time import until

GIB = 1024**3


@pytest.fixture(autouse=True)
def _no_starter(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(model_files, "_starter", lambda _heads: ())


def open_section(harness: SettingsHarness) -> EngineCard:
    harness.engine.resize(480, 1400)
    harness.engine.show()
    harness.engine.activateWindow()
    assert QTest.qWaitForWindowActive(harness.engine)
    harness.press(harness.engine, "unfoldEngine")
    return harness.engine


def rows(section: EngineCard) -> list[str]:
    model = part(section, QListView, "modelFiles").model()
    return [model.data(model.index(row, 0), Qt.ItemDataRole.AccessibleTextRole) for row in range(model.rowCount())]


def text(section: EngineCard, name: str) -> str:
    return part(section, QLabel, name).text()


async def choose(harness: SettingsHarness, section: EngineCard, button: str, path: Path) -> None:
    """Add a file or a folder by the dialog."""
    harness.press(section, button)
    dialog = harness.engine.findChild(QFileDialog, "modelDialog")
    assert dialog is not None
    dialog.selectFile(str(path))
    dialog.accept()
    await harness.settle()


async def test_nothing_is_there_until_a_folder_is_added(harness: SettingsHarness, tmp_path: Path) -> None:
    section = open_section(harness)
    await harness.settle()
    assert rows(section) == []
    write_gguf(tmp_path / "models/Tiny-1B.gguf")
    await choose(harness, section, "addModelFolder", tmp_path / "models")
    assert harness.built_in.files.user_paths() == (tmp_path / "models",)
    (row,) = rows(section)
    assert row.startswith("Tiny-1B, ")
    assert "15M · Q4_K_M · about 84 MB of memory · context 16384 of 32768 tokens · Added by you" in row
    assert text(section, "modelCount").startswith("1 model")


async def test_a_file_is_added_and_can_be_taken_from_the_list_again(harness: SettingsHarness, tmp_path: Path) -> None:
    file = write_gguf(tmp_path / "Tiny-1B.gguf")
    section = open_section(harness)
    await choose(harness, section, "addModelFile", file)
    assert len(rows(section)) == 1
    remove = part(section, QAbstractButton, "removePlace")
    assert remove.accessibleName() == "Remove Tiny-1B.gguf from this list"
    remove.click()
    await harness.settle()
    assert rows(section) == []
    assert file.exists(), "nothing of a person's is deleted"


async def test_what_cannot_be_used_says_why(harness: SettingsHarness, tmp_path: Path) -> None:
    folder = tmp_path / "models"
    write_gguf(folder / "a-eyes.gguf", PROJECTOR)
    (folder / "b-cut.gguf").write_bytes(gguf()[:200])
    write_gguf(folder / "c-plain.gguf", tokenizer__chat_template=None)
    write_gguf(folder / "d-large.gguf", llama__block_count=4000, llama__attention__head_count_kv=64)
    harness.built_in.files.add([folder, tmp_path / "gone"])
    section = open_section(harness)
    harness.press(section, "lookForModels")
    await harness.settle()
    eyes, cut, plain, large = rows(section)
    assert "cannot be used alone" in eyes
    assert "vision" not in plain, "those are another model's eyes"
    assert "The download may not have finished" in cut
    assert "has no chat template" in plain
    assert "this computer has 17.2 GB" in large
    assert "currently missing" in [label.text() for label in section.findChildren(QLabel)]


async def test_a_model_for_embeddings_says_what_it_is_for(harness: SettingsHarness, tmp_path: Path) -> None:
    write_gguf(tmp_path / "models/Tiny-Embedding.gguf", llama__pooling_type=1)
    harness.built_in.files.add([tmp_path / "models"])
    section = open_section(harness)
    harness.press(section, "lookForModels")
    await harness.settle()
    (model,) = rows(section)
    assert "It finds passages in documents and cannot be used for chats." in model


async def test_a_model_that_sees_says_so(harness: SettingsHarness, tmp_path: Path) -> None:
    write_gguf(tmp_path / "models/Tiny-1B.gguf")
    write_gguf(tmp_path / "models/mmproj-Tiny-1B.gguf", PROJECTOR)
    harness.built_in.files.add([tmp_path / "models"])
    section = open_section(harness)
    harness.press(section, "lookForModels")
    await harness.settle()
    projector, model = rows(section)
    assert "vision" in model
    assert "cannot be used alone" in projector


async def test_choices_are_kept_and_change_what_is_said(harness: SettingsHarness, tmp_path: Path) -> None:
    write_gguf(tmp_path / "models/Tiny-1B.gguf")
    harness.built_in.files.add([tmp_path / "models"])
    section = open_section(harness)
    harness.press(section, "lookForModels")
    await harness.settle()
    for setting, content, value in (
        (ENGINE_CONTEXT, "4096 tokens", 4096),
        (ENGINE_THREADS, "1", 1),
        (ENGINE_IDLE_MINUTES, "Never", -1),
    ):
        box = part(section, QComboBox, setting.key)
        box.setCurrentIndex(box.findText(content))
        box.activated.emit(box.currentIndex())
        assert harness.settings.get(setting) == value
    await harness.settle()
    assert "context 4096 of 32768 tokens" in rows(section)[0]


async def test_a_number_from_the_file_that_is_not_offered_is_shown(harness: SettingsHarness) -> None:
    section = open_section(harness)
    harness.settings.set(ENGINE_CONTEXT, 5000)
    await harness.settle()
    assert part(section, QComboBox, ENGINE_CONTEXT.key).currentText() == "5000 tokens"


async def test_what_is_loaded_is_shown_and_can_be_unloaded(harness: SettingsHarness, tmp_path: Path) -> None:
    write_gguf(tmp_path / "Tiny-1B.gguf")
    harness.built_in.files.add([tmp_path])
    section = open_section(harness)
    assert text(section, "engineModel") == "No model is loaded"
    assert not is_shown(section, "unloadModel")
    async for _step in harness.built_in.run_for_answer("Tiny-1B"):
        section._show_status()
    section._show_status()
    assert text(section, "engineModel").startswith("Tiny-1B")
    assert "context 16384 tokens" in text(section, "engineState")
    assert not is_shown(section, "engineNotice")
    harness.settings.set(ENGINE_CONTEXT, 2048)
    await harness.settle()
    assert is_shown(section, "engineNotice")
    harness.press(section, "unloadModel")
    await harness.settle()
    assert text(section, "engineModel") == "No model is loaded"
    assert not is_shown(section, "engineNotice")


async def test_while_an_answer_is_written_nothing_can_be_unloaded(harness: SettingsHarness, tmp_path: Path) -> None:
    write_gguf(tmp_path / "Tiny-1B.gguf")
    harness.built_in.files.add([tmp_path])
    section = open_section(harness)
    steps = harness.built_in.run_for_answer("Tiny-1B")
    async for _step in steps:
        if harness.built_in.status().answers:
            harness.settings.set(ENGINE_CONTEXT, 2048)
            section._show_status()
            assert not part(section, QAbstractButton, "unloadModel").isEnabled()
            assert "1 answer(s) being written" in text(section, "engineState")
            notice = section._state._notice
            assert "after the current answer is complete" in notice.text()
    await harness.built_in.close()


async def test_the_log_follows_is_searched_copied_and_saved(harness: SettingsHarness, tmp_path: Path) -> None:
    section = open_section(harness)
    assert not is_shown(section, "engineLog")
    log = harness.built_in._get_engine().log
    for number in range(700):
        log.add(f"line {number} E trouble" if number % 100 == 0 else f"line {number}")
    view, card = part(section, QPlainTextEdit, "engineLog"), part(section, QPlainTextEdit, "engineLog").parentWidget()
    card._poll()
    card._poll()
    assert is_shown(section, "engineLog")
    assert view.toPlainText().splitlines()[-1] == "line 699"
    assert view.verticalScrollBar().value() == view.verticalScrollBar().maximum()
    view.verticalScrollBar().setValue(0)
    log.add("one more")
    card._poll()
    assert view.verticalScrollBar().value() == 0, "whoever reads above is left there"
    search = part(section, QLineEdit, "searchLog")
    QTest.keyClicks(search, "TROUBLE")
    assert card._count.text() == "7 of 7"
    QTest.keyClick(search, Qt.Key.Key_Return)
    assert card._count.text() == "1 of 7"
    QTest.keyClicks(search, " not found")
    assert card._count.text() == "Not found"
    harness.press(section, "copyLog")
    copied = QGuiApplication.clipboard().text().splitlines()
    assert (copied[0], copied[-1]) == ("line 0 E trouble", "one more")
    harness.press(section, "saveLog")
    assert harness.saved == [("engine log.txt", "\n".join(copied))]


async def test_of_very_many_finds_the_last_are_marked_and_the_one_looked_at_stays(harness: SettingsHarness) -> None:
    section = open_section(harness)
    log = harness.built_in._get_engine().log
    for number in range(1200):
        log.add(f"trouble {number}.")
    card = part(section, QPlainTextEdit, "engineLog").parentWidget()
    for _ in range(4):
        card._poll()
    QTest.keyClicks(part(section, QLineEdit, "searchLog"), "trouble")
    assert card._count.text() == "500 of the last 500"
    assert line_of(card) == "trouble 1199."
    QTest.keyClick(part(section, QLineEdit, "searchLog"), Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert (card._count.text(), line_of(card)) == ("499 of the last 500", "trouble 1198.")
    log.add("more trouble.")
    card._poll()
    assert (card._count.text(), line_of(card)) == ("498 of the last 500", "trouble 1198.")


def line_of(card: QWidget) -> str:
    """Return the line that the current find stands in."""
    return card._marks[card._mark].block().text()


async def test_what_it_computes_on_is_said_and_layers_are_offered_only_with_a_graphics_card(
    harness: SettingsHarness, monkeypatch: pytest.MonkeyPatch
) -> None:
    card = Device("CUDA0", "GeForce RTX 4070", 12 * 10**9, is_graphics=True)
    facts = EngineFacts("2026.10.11549", "CPU : SSE3 = 1 | AVX2 = 1 | OPENMP = 1 | ", (Device("CPU", "AMD", 1, False),))
    assert machine_text(facts, 16 * 10**9) == (
        "Runs on: AMD · AVX2 · 16.0 GB of memory. This build does not use a graphics card. For more speed, connect "
        "Ollama under Providers. llama.cpp, build 11549."
    )

    async def with_card() -> EngineFacts:
        return EngineFacts("1", "", (card,))

    monkeypatch.setattr(harness.built_in, "facts", with_card)
    section = open_section(harness)
    assert not is_shown(section, ENGINE_GPU_LAYERS.key)
    await harness.settle()
    assert is_shown(section, ENGINE_GPU_LAYERS.key)
    assert "GeForce RTX 4070 (12.0 GB)" in text(section, "engineMachine")


async def test_a_folder_that_comes_back_is_found_again(harness: SettingsHarness, tmp_path: Path) -> None:
    write_gguf(tmp_path / "disk/Tiny-1B.gguf")
    harness.built_in.files.add([tmp_path / "disk"])
    section = open_section(harness)
    shutil.move(tmp_path / "disk", tmp_path / "elsewhere")
    harness.press(section, "lookForModels")
    await harness.settle()
    assert rows(section) == []
    shutil.move(tmp_path / "elsewhere", tmp_path / "disk")
    harness.press(section, "lookForModels")
    await harness.settle()
    assert len(rows(section)) == 1


async def test_the_card_among_the_servers_leads_here(harness: SettingsHarness, qtbot) -> None:
    with qtbot.waitSignal(harness.providers.view.engine_requested):
        harness.press(harness.card("Built-in engine"), "engineSettings")


async def test_a_program_that_uses_the_card_is_described_in_its_own_part(
    harness: SettingsHarness, tmp_path: Path
) -> None:
    program = make_llama_server(tmp_path / "bin")
    harness.built_in.programs.get().use(program)
    section = open_section(harness)
    await harness.settle()
    await until(lambda: text(section, "offerTitle") == "Uses NVIDIA GeForce RTX 3060")
    assert is_shown(section, ENGINE_GPU_LAYERS.key)
    assert not part(section, QLabel, "engineMachine").isVisible()
    harness.press(section, "stopProgram")
    assert not is_shown(section, ENGINE_GPU_LAYERS.key)
    assert not part(section, QLabel, "offerTitle").isVisible()


async def test_a_program_can_be_chosen_though_none_is_offered(harness: SettingsHarness, tmp_path: Path) -> None:
    program = make_llama_server(tmp_path / "elsewhere", help_text="usage: something else")
    section = open_section(harness)
    await harness.settle()
    assert not part(section, QLabel, "offerTitle").isVisible()
    harness.press(section, "otherProgram")
    dialog = section.findChild(QFileDialog, "programDialog")
    assert dialog is not None
    dialog.selectFile(str(program))
    dialog.accept()
    await until(lambda: "cannot run models" in text(section, "offerText"))
    assert harness.settings.get(ENGINE_PROGRAM) == ""
