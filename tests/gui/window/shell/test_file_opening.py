"""Files the program is started with, or handed while it runs, as a person sees them taken in."""

import json
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox, QFileDialog

from chatdesk.features.chat.ui.composer.sources.sources_sheet import SourcesSheet
from chatdesk.features.chat.ui.transcript.controls import Verb
from chatdesk.features.conversations.services.files.chat_json import JSON
from chatdesk.features.conversations.ui.importing.import_sheet import Step
from chatdesk.features.presets.ui.importing.import_sheet import ImportSheet
from chatdesk.storage.files.file_writing import save_text
from chatdesk.ui_kit.errors.wording_types import NextStep
from tests.exports import exported
from tests.fakes.built_in import scripted_engine
from tests.fakes.document_files import zipped
from tests.fakes.gguf_files import write_gguf
from tests.gui.features.chat.transcript.sample_pictures import picture
from tests.gui.window.conversations.import_steps import at, press, sheet, with_other_ids, words
from tests.gui.window.harness import FakeModel, Harness
from tests.gui.window.palette.test_palette import type_words
from tests.gui.window.pictures.attach_steps import names
from tests.gui.window.presets.test_preset_sharing import drop

PRESET = '+++\nschema = 1\nname = "Poet"\n+++\nRhyme.\n'


@pytest.fixture(autouse=True)
async def _engine(harness: Harness, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[None]:
    monkeypatch.setattr("chatdesk.features.servers.services.built_in.server._check", lambda: None)
    harness.program.servers.built_in._make_engine = lambda: scripted_engine("refuse_the_model")
    harness.program.servers.built_in.files._home = tmp_path
    yield
    await harness.program.servers.built_in.close()


async def saved(harness: Harness, fake_model: FakeModel, path: Path) -> Path:
    """A file of a chat in which something was said."""
    fake_model.says("Because of the air.")
    await harness.ask_and_wait("Why is the sky blue?")
    await save_text(
        path,
        await exported(harness.program.conversations.exporting, harness.chat_presenter.conversation_id, JSON),
    )
    return path


def titles(harness: Harness) -> list[str]:
    return [chat.title for chat in harness.program.chat.conversations.all()]


async def test_a_chat_is_added_once_a_person_says_so_and_undo_takes_it_away(
    harness: Harness, fake_model: FakeModel, tmp_path: Path
) -> None:
    harness.window.open_files([with_other_ids(await saved(harness, fake_model, tmp_path / "sky.json"))])
    opened = await at(harness, Step.PREVIEW)
    assert opened.accessibleName() == "Import from Chatdesk"
    assert "1 chat(s), 2 message(s)" in words(opened)
    assert len(titles(harness)) == 1
    first = harness.chat_presenter.conversation_id
    press(harness, "importButton")
    await harness.until(lambda: "Chat imported" in harness.toast())
    await harness.until(lambda: harness.chat_presenter.conversation_id != first)
    assert titles(harness) == ["Why is the sky blue?"] * 2
    await harness.until(lambda: "Because of the air." in " ".join(harness.messages()))
    assert harness.chat_page.composer.isAncestorOf(harness.window.focusWidget())
    harness.click_toast()
    await harness.until(lambda: len(titles(harness)) == 1)


async def test_a_chat_that_is_here_is_shown_and_not_added_again(
    harness: Harness, fake_model: FakeModel, tmp_path: Path
) -> None:
    path = await saved(harness, fake_model, tmp_path / "sky.json")
    first = harness.chat()
    harness.window.navigation.new_chat()
    harness.window.open_files([path])
    assert "1 are here already" in words(await at(harness, Step.PREVIEW))
    press(harness, "importButton")
    await harness.until(lambda: harness.chat() == first)
    assert len(titles(harness)) == 1


async def test_the_file_of_a_deleted_chat_brings_it_back(
    harness: Harness, fake_model: FakeModel, tmp_path: Path
) -> None:
    path = await saved(harness, fake_model, tmp_path / "sky.json")
    await harness.program.conversations.trash.trash_chats([harness.chat()])
    harness.window.open_files([path])
    await at(harness, Step.PREVIEW)
    press(harness, "importButton")
    await at(harness, Step.REPORT)
    assert titles(harness) == ["Why is the sky blue?"]


async def test_one_goes_on_in_an_added_chat_with_the_model_of_here(
    harness: Harness, fake_model: FakeModel, tmp_path: Path
) -> None:
    harness.window.open_files([with_other_ids(await saved(harness, fake_model, tmp_path / "sky.json"))])
    await at(harness, Step.PREVIEW)
    first = harness.chat()
    press(harness, "importButton")
    await harness.until(lambda: harness.chat() != first)
    await harness.until(
        lambda: {message.conversation_id for message in harness.transcript.document.messages} == {harness.chat()}
    )
    fake_model.says("Dusk.")
    await harness.ask_and_wait("And red?")
    assert [message["content"] for message in fake_model.asked[-1]["messages"]][-3:] == [
        "Why is the sky blue?",
        "Because of the air.",
        "And red?",
    ]


async def test_what_a_chat_was_held_with_comes_along_and_is_reported(
    harness: Harness, fake_model: FakeModel, tmp_path: Path
) -> None:
    path = with_other_ids(await saved(harness, fake_model, tmp_path / "sky.json"))
    file = json.loads(path.read_text("utf-8"))
    assert file["messages"][1]["server"]["vendor"] == "ollama"
    file["settings"] = {"instructions": "Answer like a pirate.", "parameters": {"temperature": 0.25}}
    file["messages"][1]["parts"].append({"kind": "sources", "sources": [{"number": 1, "title": "Rayleigh"}]})
    path.write_text(json.dumps(file))
    first = harness.chat()
    harness.window.open_files([path])
    assert "Instructions for the model in 1 chat(s)" in words(await at(harness, Step.PREVIEW))
    press(harness, "importButton")
    await harness.until(lambda: harness.chat() != first)
    await harness.until(
        lambda: {message.conversation_id for message in harness.transcript.document.messages} == {harness.chat()}
    )
    assert [source.title for source in harness.transcript.document.messages[-1].sources] == ["Rayleigh"]
    fake_model.says("Arr.")
    await harness.ask_and_wait("And red?")
    body = fake_model.asked[-1]
    assert body["messages"][0] == {"role": "system", "content": "Answer like a pirate."}
    assert body["options"]["temperature"] == 0.25


async def test_a_failure_that_comes_along_changes_no_server_of_here(
    harness: Harness, fake_model: FakeModel, tmp_path: Path
) -> None:
    path = with_other_ids(await saved(harness, fake_model, tmp_path / "sky.json"))
    file = json.loads(path.read_text("utf-8"))
    moved = {"server": "Ollama", "location": "https://evil.example", "address_there": "https://evil.example"}
    file["messages"][1] |= {"state": "failed", "parts": [], "failure": {"kind": "MovedToTls", "data": moved}}
    path.write_text(json.dumps(file))
    servers = harness.program.servers.servers.all()
    first = harness.chat()
    harness.window.open_files([path])
    await at(harness, Step.PREVIEW)
    press(harness, "importButton")
    await harness.until(lambda: harness.chat() != first)
    await harness.until(lambda: any("requires an encrypted" in each for each in harness.notices()))
    harness.click_control(Verb.FAILURE_ACTION, action=NextStep.USE_TLS)
    fake_model.says("Blue.")
    await harness.ask_and_wait("Again?")
    assert harness.program.servers.servers.all() == servers
    assert harness.answer() == "Blue."


async def test_a_preview_that_is_dismissed_keeps_nothing(
    harness: Harness, fake_model: FakeModel, tmp_path: Path
) -> None:
    harness.window.open_files([with_other_ids(await saved(harness, fake_model, tmp_path / "sky.json"))])
    await at(harness, Step.PREVIEW)
    press(harness, "cancelImport")
    assert sheet(harness) is None
    assert len(titles(harness)) == 1
    assert harness.toast() == []


async def test_several_chats_are_added_together(harness: Harness, fake_model: FakeModel, tmp_path: Path) -> None:
    first = await saved(harness, fake_model, tmp_path / "one.json")
    second = tmp_path / "two.json"
    second.write_text(first.read_text("utf-8").replace("Why is the sky blue?", "Why not green?"), "utf-8")
    with_other_ids(second)
    harness.window.open_files([first, second])
    opened = await at(harness, Step.PREVIEW)
    assert all(part in words(opened) for part in ("2 file(s)", "one.json ·", "two.json ·"))
    assert "1 are here already" in words(opened)
    press(harness, "importButton")
    await at(harness, Step.REPORT)
    assert sorted(titles(harness)) == ["Why is the sky blue?", "Why not green?"]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ('{"format": "chatdesk-chat", "version": 1, "messages": [', "is damaged or incomplete"),
        ('{"format": "chatdesk-chat", "version": 3, "messages": []}', "saved by a newer version"),
        ('{"format": "chatdesk-chat", "x": ' + "[" * 600 + "]" * 600 + "}", "an invalid structure"),
        ('{"format": "chatdesk-chat", "x": ' + "[" * 50_000 + "]" * 50_000 + "}", "an invalid structure"),
    ],
)
async def test_a_hostile_chat_is_refused_in_words(harness: Harness, tmp_path: Path, content: str, said: str) -> None:
    path = tmp_path / "bad.json"
    path.write_text(content)
    harness.window.open_files([path])
    opened = await at(harness, Step.FOUND)
    assert said in words(opened)
    harness.press(Qt.Key.Key_Escape, where=harness.window.focusWidget())
    assert sheet(harness) is None
    assert titles(harness) == []


async def test_presets_are_asked_about_as_always(harness: Harness, tmp_path: Path) -> None:
    path = tmp_path / "poet.md"
    path.write_text(PRESET)
    harness.window.open_files([path])
    await harness.until(lambda: (found := harness.window.findChild(ImportSheet)) and found._choices is not None)
    checks = harness.window.findChild(ImportSheet).findChildren(QCheckBox, "importCheck")
    assert [check.accessibleName() for check in checks] == ["Poet"]
    harness.click("importButton")
    await harness.until(lambda: "1 preset(s) imported" in harness.toast())


async def test_what_is_not_there_and_what_is_nothing_of_ours_is_reported(harness: Harness, tmp_path: Path) -> None:
    (tmp_path / "program").write_bytes(b"\x7fELF\0\0")
    harness.window.open_files([tmp_path / "program", tmp_path / "gone.md"])
    await harness.until(harness.toast)
    message = " ".join(harness.toast())
    for name in ("program", "gone.md"):
        assert name in message
    assert names(harness) == []


async def test_what_is_dropped_on_the_library_and_is_no_preset_is_reported(harness: Harness, tmp_path: Path) -> None:
    (tmp_path / "program").write_bytes(b"\x7fELF\0\0")
    assert drop(harness, tmp_path / "program")
    await harness.until(lambda: (found := harness.window.findChild(ImportSheet)) and found._choices is not None)
    assert "program" in harness.window.findChild(ImportSheet)._refused.text()


async def test_a_document_is_attached_to_a_new_chat(harness: Harness, fake_model: FakeModel, tmp_path: Path) -> None:
    await harness.ask_and_wait("Why is the sky blue?")
    first = harness.chat()
    harness.window.show_settings()
    (tmp_path / "notes.md").write_text("The promise was thirty percent less packaging.", "utf-8")
    harness.window.open_files([tmp_path / "notes.md"])
    await harness.until(lambda: names(harness) == ["notes.md"])
    assert harness.chat_page.isVisible()
    harness.type("What was promised?")  # into the message, which has the focus
    harness.press(Qt.Key.Key_Return)
    await harness.until(lambda: harness.chat() not in ("", first))
    await harness.until(lambda: len(fake_model.asked) == 2)
    assert "thirty percent less packaging" in fake_model.asked[-1]["messages"][-1]["content"]
    assert len(fake_model.asked[-1]["messages"]) == 1


async def test_a_document_is_attached_to_the_new_chat_that_is_shown(harness: Harness, tmp_path: Path) -> None:
    harness.chat_page.composer.replace_text("What does this mean?")
    (tmp_path / "costs.json").write_text('{"costs": 12}', "utf-8")
    (tmp_path / "dot.png").write_bytes(picture())
    harness.window.open_files([tmp_path / "costs.json", tmp_path / "dot.png"])
    await harness.until(lambda: names(harness) == ["costs.json", "dot.png"])
    assert harness.chat_page.composer.text() == "What does this mean?"
    assert harness.window.findChild(ImportSheet) is None


async def test_prompts_of_another_program_are_imported_and_the_document_beside_them_is_attached(
    harness: Harness, tmp_path: Path
) -> None:
    (tmp_path / "prompts.json").write_text('[{"act": "Poet", "prompt": "Rhyme."}]', "utf-8")
    (tmp_path / "costs.json").write_text('{"costs": 12}', "utf-8")
    harness.window.open_files([tmp_path / "costs.json", tmp_path / "prompts.json"])
    await harness.until(lambda: (found := harness.window.findChild(ImportSheet)) and found._choices is not None)
    checks = harness.window.findChild(ImportSheet).findChildren(QCheckBox, "importCheck")
    assert [check.accessibleName() for check in checks] == ["Poet"]
    await harness.until(lambda: names(harness) == ["costs.json"])


async def test_an_archive_of_presets_is_imported(harness: Harness, tmp_path: Path) -> None:
    (tmp_path / "presets.zip").write_bytes(zipped({"poet.chatdesk.md": PRESET}))
    harness.window.open_files([tmp_path / "presets.zip"])
    await harness.until(lambda: (found := harness.window.findChild(ImportSheet)) and found._choices is not None)


@pytest.mark.parametrize("is_folder", [True, False])
async def test_of_an_archive_and_of_a_folder_of_sources_files_are_chosen(
    harness: Harness, tmp_path: Path, *, is_folder: bool
) -> None:
    (tmp_path / "shop").mkdir()
    (tmp_path / "shop" / "cart.py").write_text("TOTAL = 12", "utf-8")
    (tmp_path / "shop.zip").write_bytes(zipped({"readme.md": "# About", "src/main.py": "print(1)"}))
    harness.window.open_files([tmp_path / ("shop" if is_folder else "shop.zip")])
    await harness.until(lambda: harness.window.findChild(SourcesSheet))
    assert harness.window.findChild(ImportSheet) is None


async def test_a_model_is_added_and_asked_from_then_on(harness: Harness, tmp_path: Path) -> None:
    harness.window.open_files([write_gguf(tmp_path / "DeepSeek-R1-Distill-Tiny.gguf")])
    picker = harness.part("modelPicker")
    await harness.until(lambda: picker.accessibleDescription().startswith("DeepSeek-R1-Distill-Tiny, Built-in engine"))


async def test_a_broken_model_is_refused_in_words(harness: Harness, tmp_path: Path) -> None:
    (tmp_path / "broken.gguf").write_bytes(b"GGUF" + b"\xff" * 100)
    harness.window.open_files([tmp_path / "broken.gguf"])
    await harness.until(harness.toast)
    assert "broken.gguf cannot be used." in harness.toast()


async def test_ending_the_program_while_a_file_is_read_keeps_nothing(
    harness: Harness, fake_model: FakeModel, tmp_path: Path
) -> None:
    path = await saved(harness, fake_model, tmp_path / "sky.json")
    content = json.loads(path.read_text("utf-8"))
    content["messages"] *= 20_000
    path.write_text(json.dumps(content, indent=2))
    harness.window.open_files([path])
    await harness.until(lambda: sheet(harness) is not None)
    await harness.close()


async def test_the_palette_asks_for_a_file_of_any_kind(harness: Harness, fake_model: FakeModel, tmp_path: Path) -> None:
    path = await saved(harness, fake_model, tmp_path / "sky.json")
    field = type_words(harness, "saved chat, a preset")
    QTest.keyClick(field, Qt.Key.Key_Return)
    await harness.until(lambda: harness.window.findChild(QFileDialog, "importFiles"))
    files = harness.window.findChild(QFileDialog, "importFiles")
    assert files.windowTitle() == "Open files"
    files.filesSelected.emit([str(path)])
    files.reject()
    await at(harness, Step.PREVIEW)


async def test_a_chat_that_is_dropped_on_the_library_is_taken_in_like_a_preset(
    harness: Harness, fake_model: FakeModel, tmp_path: Path
) -> None:
    path = await saved(harness, fake_model, tmp_path / "sky.json")
    assert drop(harness, path)
    await at(harness, Step.PREVIEW)
