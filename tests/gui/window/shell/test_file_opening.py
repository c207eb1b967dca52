"""Files the program is started with, or handed while it runs, as a person sees them taken in."""

import json
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox, QFileDialog, QLabel

from chatdesk.features.chat.ui.transcript.controls import Verb
from chatdesk.features.conversations.ui.importing.chat_import_dialog import ChatImportDialog
from chatdesk.features.presets.ui.importing.import_dialog import ImportDialog
from chatdesk.storage.files.file_writing import save_text
from chatdesk.ui_kit.errors.error_wording import NextStep
from tests.fakes.built_in import scripted_engine
from tests.fakes.gguf_files import write_gguf
from tests.gui.window.desk import Desk, Speaker
from tests.gui.window.palette.test_palette import type_words
from tests.gui.window.presets.test_preset_sharing import drop

PRESET = '+++\nschema = 1\nname = "Poet"\n+++\nRhyme.\n'


@pytest.fixture(autouse=True)
async def _engine(desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[None]:
    monkeypatch.setattr("chatdesk.features.servers.services.built_in.server._check", lambda: None)
    desk.program.built_in._make_engine = lambda: scripted_engine("refuse_the_model")
    desk.program.built_in.files._home = tmp_path
    yield
    await desk.program.built_in.close()


async def saved(desk: Desk, speaker: Speaker, path: Path) -> Path:
    """A file of a chat in which something was said."""
    speaker.says("Because of the air.")
    await desk.ask_and_wait("Why is the sky blue?")
    await save_text(path, await desk.program.exporting.json(desk.window._chat.conversation_id))
    return path


async def asked(desk: Desk) -> ChatImportDialog:
    """The dialog once it shows what is in a file, or why not."""
    await desk.until(lambda: (found := dialog(desk)) is not None and not found._working)
    return dialog(desk)


def dialog(desk: Desk) -> ChatImportDialog | None:
    return next((each for each in desk.window.findChildren(ChatImportDialog) if each.isVisible()), None)


def words(dialog: ChatImportDialog, name: str) -> str:
    return dialog.findChild(QLabel, name).text()


def titles(desk: Desk) -> list[str]:
    return [chat.title for chat in desk.program.conversations.all()]


async def test_a_chat_is_added_once_a_person_says_so_and_undo_takes_it_away(
    desk: Desk, speaker: Speaker, tmp_path: Path
) -> None:
    desk.window.open_files([await saved(desk, speaker, tmp_path / "sky.json")])
    opened = await asked(desk)
    assert words(opened, "chatImportTitle") == "Why is the sky blue?"
    assert "2 message(s) · sky.json" in words(opened, "chatImportFacts")
    assert len(titles(desk)) == 1
    first = desk.window._chat.conversation_id
    desk.click("chatImportAdd")
    await desk.until(lambda: "Chat added" in desk.toast())
    await desk.until(lambda: desk.window._chat.conversation_id != first)
    assert titles(desk) == ["Why is the sky blue?"] * 2
    assert "Because of the air." in " ".join(desk.messages())
    assert desk.window._page.composer.isAncestorOf(desk.window.focusWidget())
    desk.click_toast()
    await desk.until(lambda: len(titles(desk)) == 1)


async def test_one_goes_on_in_an_added_chat_with_the_model_of_here(
    desk: Desk, speaker: Speaker, tmp_path: Path
) -> None:
    desk.window.open_files([await saved(desk, speaker, tmp_path / "sky.json")])
    await asked(desk)
    first = desk.chat()
    desk.click("chatImportAdd")
    await desk.until(lambda: desk.chat() != first)
    await desk.until(
        lambda: {message.conversation_id for message in desk.transcript.document.messages} == {desk.chat()}
    )
    speaker.says("Dusk.")
    await desk.ask_and_wait("And red?")
    assert [message["content"] for message in speaker.asked[-1]["messages"]][-3:] == [
        "Why is the sky blue?",
        "Because of the air.",
        "And red?",
    ]


async def test_what_a_chat_was_held_with_comes_along_and_is_told(desk: Desk, speaker: Speaker, tmp_path: Path) -> None:
    path = await saved(desk, speaker, tmp_path / "sky.json")
    file = json.loads(path.read_text("utf-8"))
    assert file["messages"][1]["server"]["vendor"] == "ollama"
    file["settings"] = {"instructions": "Answer like a pirate.", "parameters": {"temperature": 0.25}}
    file["messages"][1]["parts"].append({"kind": "sources", "sources": [{"number": 1, "title": "Rayleigh"}]})
    path.write_text(json.dumps(file))
    first = desk.chat()
    desk.window.open_files([path])
    opened = await asked(desk)
    assert "It contains instructions for the model." in words(opened, "chatImportFacts")
    desk.click("chatImportAdd")
    await desk.until(lambda: desk.chat() != first)
    await desk.until(
        lambda: {message.conversation_id for message in desk.transcript.document.messages} == {desk.chat()}
    )
    assert [source.title for source in desk.transcript.document.messages[-1].sources] == ["Rayleigh"]
    speaker.says("Arr.")
    await desk.ask_and_wait("And red?")
    body = speaker.asked[-1]
    assert body["messages"][0] == {"role": "system", "content": "Answer like a pirate."}
    assert body["options"]["temperature"] == 0.25


async def test_a_failure_that_comes_along_changes_no_server_of_here(
    desk: Desk, speaker: Speaker, tmp_path: Path
) -> None:
    path = await saved(desk, speaker, tmp_path / "sky.json")
    file = json.loads(path.read_text("utf-8"))
    moved = {"server": "Ollama", "location": "https://evil.example", "address_there": "https://evil.example"}
    file["messages"][1] |= {"state": "failed", "parts": [], "failure": {"kind": "MovedToTls", "data": moved}}
    path.write_text(json.dumps(file))
    servers = desk.program.servers.all()
    first = desk.chat()
    desk.window.open_files([path])
    await asked(desk)
    desk.click("chatImportAdd")
    await desk.until(lambda: desk.chat() != first)
    await desk.until(lambda: any("requires an encrypted" in each for each in desk.notices()))
    desk.click_control(Verb.FAILURE_ACTION, action=NextStep.USE_TLS)
    speaker.says("Blue.")
    await desk.ask_and_wait("Again?")
    assert desk.program.servers.all() == servers
    assert desk.answer() == "Blue."


async def test_a_question_that_is_dismissed_keeps_nothing(desk: Desk, speaker: Speaker, tmp_path: Path) -> None:
    desk.window.open_files([await saved(desk, speaker, tmp_path / "sky.json")])
    await asked(desk)
    desk.click("chatImportCancel")
    await desk.until(lambda: dialog(desk) is None)
    assert len(titles(desk)) == 1
    assert desk.toast() == []


async def test_a_chat_that_is_dismissed_while_it_is_added_is_not(desk: Desk, tmp_path: Path) -> None:
    parts = [{"kind": "text", "text": "peacock " * 200}]
    messages = [{"id": str(number), "role": "user", "parts": parts} for number in range(500)]
    path = tmp_path / "large.json"
    path.write_text(json.dumps({"format": "chatdesk-chat", "version": 1, "messages": messages}))
    desk.window.open_files([path])
    await asked(desk)
    desk.click("chatImportAdd")
    desk.click("chatImportCancel")
    await desk.until(lambda: dialog(desk) is None)
    await desk.program.conversations.empty_trash()
    assert titles(desk) == []
    assert await desk.program.conversations.search("peacock") == ()
    await desk.program.conversations.load()
    assert titles(desk) == []


async def test_several_chats_are_asked_about_one_after_the_other(desk: Desk, speaker: Speaker, tmp_path: Path) -> None:
    first = await saved(desk, speaker, tmp_path / "one.json")
    second = tmp_path / "two.json"
    second.write_text(first.read_text("utf-8").replace("Why is the sky blue?", "Why not green?"), "utf-8")
    desk.window.open_files([first, second])
    assert words(await asked(desk), "chatImportTitle") == "Why is the sky blue?"
    desk.click("chatImportCancel")
    await desk.until(lambda: (found := dialog(desk)) is not None and "green" in words(found, "chatImportTitle"))
    desk.click("chatImportAdd")
    await desk.until(lambda: titles(desk)[0] == "Why not green?")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ('{"format": "chatdesk-chat", "version": 1, "messages": [', "is damaged or incomplete"),
        ('{"format": "chatdesk-chat", "version": 3, "messages": []}', "saved by a newer version"),
        ('{"format": "chatdesk-chat", "x": ' + "[" * 600 + "]" * 600 + "}", "an invalid structure"),
        ('{"format": "chatdesk-chat", "x": ' + "[" * 50_000 + "]" * 50_000 + "}", "an invalid structure"),
    ],
)
async def test_a_hostile_chat_is_refused_in_words(desk: Desk, tmp_path: Path, content: str, said: str) -> None:
    path = tmp_path / "bad.json"
    path.write_text(content)
    desk.window.open_files([path])
    opened = await asked(desk)
    assert said in opened._failure
    assert not opened._add.isVisible()
    desk.click("chatImportCancel")
    await desk.until(lambda: dialog(desk) is None)
    assert titles(desk) == []


async def test_presets_are_asked_about_as_always(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "poet.md"
    path.write_text(PRESET)
    desk.window.open_files([path])
    await desk.until(lambda: (found := desk.window.findChild(ImportDialog)) and found._choices is not None)
    checks = desk.window.findChild(ImportDialog).findChildren(QCheckBox, "importCheck")
    assert [check.accessibleName() for check in checks] == ["Poet"]
    desk.click("importButton")
    await desk.until(lambda: "1 preset(s) imported" in desk.toast())


async def test_what_is_not_there_and_what_is_nothing_of_ours_is_told(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "program").write_bytes(b"\x7fELF\0\0")
    desk.window.open_files([tmp_path / "program", tmp_path / "gone.md", tmp_path])
    await desk.until(lambda: (found := desk.window.findChild(ImportDialog)) and found._choices is not None)
    told = desk.window.findChild(ImportDialog)._refused.text()
    for name in ("program", "gone.md", tmp_path.name):
        assert name in told


async def test_a_model_is_added_and_asked_from_then_on(desk: Desk, tmp_path: Path) -> None:
    desk.window.open_files([write_gguf(tmp_path / "DeepSeek-R1-Distill-Tiny.gguf")])
    picker = desk.part("modelPicker")
    await desk.until(lambda: picker.accessibleDescription().startswith("DeepSeek-R1-Distill-Tiny, Built-in engine"))


async def test_a_broken_model_is_refused_in_words(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "broken.gguf").write_bytes(b"GGUF" + b"\xff" * 100)
    desk.window.open_files([tmp_path / "broken.gguf"])
    await desk.until(desk.toast)
    assert "broken.gguf cannot be used." in desk.toast()


async def test_ending_the_program_while_a_file_is_read_keeps_nothing(
    desk: Desk, speaker: Speaker, tmp_path: Path
) -> None:
    path = await saved(desk, speaker, tmp_path / "sky.json")
    told = json.loads(path.read_text("utf-8"))
    told["messages"] *= 20_000
    path.write_text(json.dumps(told, indent=2))
    desk.window.open_files([path])
    await desk.until(lambda: dialog(desk) is not None)
    await desk.close()


async def test_the_palette_asks_for_a_file_of_any_kind(desk: Desk, speaker: Speaker, tmp_path: Path) -> None:
    path = await saved(desk, speaker, tmp_path / "sky.json")
    field = type_words(desk, "saved chat, a preset")
    QTest.keyClick(field, Qt.Key.Key_Return)
    await desk.until(lambda: desk.window.findChild(QFileDialog, "importFiles"))
    files = desk.window.findChild(QFileDialog, "importFiles")
    assert files.windowTitle() == "Open files"
    files.filesSelected.emit([str(path)])
    files.reject()
    assert words(await asked(desk), "chatImportTitle") == "Why is the sky blue?"


async def test_a_chat_that_is_dropped_on_the_title_is_taken_in_like_a_preset(
    desk: Desk, speaker: Speaker, tmp_path: Path
) -> None:
    path = await saved(desk, speaker, tmp_path / "sky.json")
    assert drop(desk, path)
    assert words(await asked(desk), "chatImportTitle") == "Why is the sky blue?"
