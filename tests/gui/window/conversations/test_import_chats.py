"""Chats of another program come into the window: from a file, a folder or a drop, in the background, and away again."""

import asyncio
import errno
import json
import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QContextMenuEvent, QDragLeaveEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCheckBox, QFileDialog, QMenu, QPushButton, QWidget

from chatdesk.features.conversations.services.files.chat_imports import ChatImports, ImportResult
from chatdesk.features.conversations.ui.importing.import_sheet import ImportSheet, Step
from chatdesk.features.presets.ui.importing.import_sheet import ImportSheet as PresetSheet
from chatdesk.kernel.errors.storage_errors import DiskFull
from chatdesk.kernel.presets.preset import PresetOrigin
from chatdesk.storage.database.message_repository import MessageRepository
from tests.gui.window.conversations.import_steps import at, press, sheet, words
from tests.gui.window.harness import FakeModel, Harness
from tests.gui.window.palette.test_palette import type_words
from tests.gui.window.pictures.attach_steps import drag, drop_at, files, names

TITLES = ("Kitchen plan", "Snake game", "Soil carbon")


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home without any other program."""
    folder = tmp_path / "home"
    folder.mkdir()
    monkeypatch.setenv("HOME", str(folder))
    for variable in ("XDG_CONFIG_HOME", "XDG_DATA_HOME"):
        monkeypatch.delenv(variable, raising=False)
    return folder


@pytest.fixture(autouse=True)
def _the_drag_ends(harness: Harness) -> Iterator[None]:
    yield
    if handle := harness.window.windowHandle():
        QApplication.sendEvent(handle, QDragLeaveEvent())


def export(path: Path, titles: Sequence[str] = TITLES, **more: object) -> Path:
    """Write the export of Open WebUI, with a question and an answer in each chat."""
    chats = []
    for number, title in enumerate(titles):
        moment = 1_700_000_000 + number * 1000
        question = {"id": "q", "parentId": None, "role": "user", "content": f"About {title}?", "timestamp": moment}
        answer = {"id": "a", "parentId": "q", "role": "assistant", "content": f"All on {title}.", "model": "llama3:8b"}
        history = {"currentId": "a", "messages": {"q": question, "a": {**answer, "timestamp": moment + 1}}}
        chats.append(
            {
                "id": title,
                "title": title,
                "created_at": moment,
                "updated_at": moment + 1,
                "chat": {"title": title, "history": history},
                **more,
            }
        )
    path.write_text(json.dumps(chats), "utf-8")
    return path


def listed(harness: Harness) -> list[str]:
    return [chat.title for chat in harness.program.chat.conversations.all()]


async def test_from_the_palette_to_an_imported_chat(harness: Harness, fake_model: FakeModel, tmp_path: Path) -> None:
    path = export(tmp_path / "chats.json")
    QTest.keyClick(type_words(harness, "chatgpt"), Qt.Key.Key_Return)
    await at(harness, Step.FOUND)
    press(harness, "chooseImportFile")
    await harness.until(lambda: harness.window.findChild(QFileDialog, "importDialog"))
    dialog = harness.window.findChild(QFileDialog, "importDialog")
    dialog.filesSelected.emit([str(path)])
    dialog.reject()
    preview = await at(harness, Step.PREVIEW)
    assert preview.accessibleName() == "Import from Open WebUI"
    assert "Open WebUI" in words(preview)
    assert listed(harness) == []
    press(harness, "importButton")
    report = await at(harness, Step.REPORT)
    assert "3 chat(s) are in the folder Open WebUI" in words(report)
    press(harness, "importButton")
    await harness.until(lambda: sheet(harness) is None)
    await harness.until(lambda: "All on Soil carbon." in " ".join(harness.messages()))
    assert sorted(listed(harness)) == sorted(TITLES)
    assert [folder.name for folder in harness.program.conversations.folders.all()] == ["Open WebUI"]
    assert harness.chat_page.composer.isAncestorOf(harness.window.focusWidget())
    fake_model.says("Dusk.")
    await harness.ask_and_wait("And when?")
    assert [message["content"] for message in fake_model.asked[-1]["messages"]] == [
        "About Soil carbon?",
        "All on Soil carbon.",
        "And when?",
    ]


async def test_only_what_is_chosen_comes_and_the_rest_later(harness: Harness, tmp_path: Path) -> None:
    path = export(tmp_path / "chats.json")
    harness.window.import_chats([path])
    await at(harness, Step.PREVIEW)
    press(harness, "chooseChats")
    QTest.keyClicks(harness.window.focusWidget(), "snake")
    harness.press(Qt.Key.Key_Down, where=harness.window.focusWidget())
    harness.press(Qt.Key.Key_Space, where=harness.window.focusWidget())
    press(harness, "importButton")
    press(harness, "importButton")
    await at(harness, Step.REPORT)
    assert sorted(listed(harness)) == ["Kitchen plan", "Soil carbon"]
    harness.press(Qt.Key.Key_Escape, where=harness.window.focusWidget())
    harness.window.import_chats([path])
    preview = await at(harness, Step.PREVIEW)
    assert "2 are here already" in words(preview)
    press(harness, "importButton")
    report = await at(harness, Step.REPORT)
    assert "1 chat(s)" in words(report)
    assert "Skipped, here already" in " ".join(
        each.accessibleName() for each in report.findChildren(QWidget, "importFinding")
    )
    assert sorted(listed(harness)) == sorted(TITLES)


async def test_an_import_goes_on_in_the_background_and_a_toast_opens_its_report(
    harness: Harness, tmp_path: Path
) -> None:
    harness.window.import_chats([export(tmp_path / "chats.json", [f"Chat {number}" for number in range(60)])])
    await at(harness, Step.PREVIEW)
    press(harness, "importButton")
    assert sheet(harness).step is Step.WORKING
    press(harness, "secondImport")
    assert sheet(harness) is None
    assert harness.part("importProgress").isVisible()
    await harness.until(lambda: "Show report" in harness.toast())
    assert not harness.part("importProgress").isVisible()
    assert harness.toast()[0] == "60 chat(s) are in the folder Open WebUI"
    harness.click_toast()
    await at(harness, Step.REPORT)


async def test_the_row_in_the_sidebar_leads_back_to_the_import_where_it_can_be_cancelled(
    harness: Harness, tmp_path: Path
) -> None:
    harness.window.import_chats([export(tmp_path / "chats.json", [f"Chat {number}" for number in range(60)])])
    await at(harness, Step.PREVIEW)
    press(harness, "importButton")
    press(harness, "secondImport")
    harness.click("importProgress")
    assert sheet(harness).step is Step.WORKING
    press(harness, "cancelImport")
    await harness.until(lambda: sheet(harness) is None)
    assert not harness.part("importProgress").isVisible()
    await harness.until(lambda: not harness.program.work.jobs())
    assert listed(harness) == []


async def test_a_cancelled_import_leaves_nothing_and_shows_the_preview_again(harness: Harness, tmp_path: Path) -> None:
    harness.window.import_chats([export(tmp_path / "chats.json", [f"Chat {number}" for number in range(60)])])
    await at(harness, Step.PREVIEW)
    press(harness, "importButton")
    await harness.until(harness.program.work.jobs)
    press(harness, "cancelImport")
    await at(harness, Step.PREVIEW)
    assert listed(harness) == []
    await harness.program.chat.conversations.load()
    assert listed(harness) == []
    press(harness, "importButton")
    await at(harness, Step.REPORT)
    assert len(listed(harness)) == 60


async def test_undo_takes_the_import_back(harness: Harness, tmp_path: Path) -> None:
    harness.window.import_chats([export(tmp_path / "chats.json")])
    await at(harness, Step.PREVIEW)
    press(harness, "importButton")
    await at(harness, Step.REPORT)
    press(harness, "undoImport")
    await harness.until(lambda: "Import undone" in harness.toast())
    assert sheet(harness) is None
    assert listed(harness) == []
    assert harness.program.conversations.folders.all() == ()


async def test_a_report_that_is_closed_while_its_import_is_undone_lets_that_finish(
    harness: Harness, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    goes_on, undo, undone = asyncio.Event(), ChatImports.undo, []

    async def slow(self: ChatImports, result: ImportResult) -> Sequence[str]:
        undone.append(result)
        await goes_on.wait()
        return await undo(self, result)

    monkeypatch.setattr(ChatImports, "undo", slow)
    harness.window.import_chats([export(tmp_path / "chats.json")])
    await at(harness, Step.PREVIEW)
    press(harness, "importButton")
    await at(harness, Step.REPORT)
    press(harness, "undoImport")
    press(harness, "undoImport")
    await harness.until(lambda: undone)
    harness.press(Qt.Key.Key_Escape, where=harness.window.focusWidget())
    await harness.until(lambda: not harness.window.findChildren(ImportSheet))
    goes_on.set()
    await harness.until(lambda: "Import undone" in harness.toast())
    assert len(undone) == 1
    assert listed(harness) == []


async def test_an_import_is_not_undone_once_one_of_its_chats_was_used(
    harness: Harness, fake_model: FakeModel, tmp_path: Path
) -> None:
    harness.window.import_chats([export(tmp_path / "chats.json")])
    await at(harness, Step.PREVIEW)
    press(harness, "importButton")
    report = await at(harness, Step.REPORT)
    chat = next(each for each in harness.program.chat.conversations.all() if each.title == "Snake game")
    await harness.program.chat.conversations.rename(chat.id, "My snake")
    press(harness, "undoImport")
    await harness.until(lambda: "Not undone, because these chats were changed: My snake" in words(report))
    assert len(listed(harness)) == 3


async def test_a_file_that_is_no_export_is_refused_with_a_way_on(harness: Harness, tmp_path: Path) -> None:
    path = tmp_path / "notes.zip"
    path.write_bytes(b"PK\x05\x06" + bytes(18))
    harness.window.import_chats([path])
    start = await at(harness, Step.FOUND)
    assert "notes.zip: this export format is not known." in words(start)
    assert "Reads exports of ChatGPT" in words(start)


async def test_a_damaged_export_says_so(harness: Harness, tmp_path: Path) -> None:
    path = export(tmp_path / "chats.json")
    path.write_text(path.read_text("utf-8")[:-40], "utf-8")
    harness.window.import_chats([path])
    opened = await at(harness, Step.PREVIEW)
    assert "chats.json is damaged or incomplete" in words(opened)


async def test_a_dropped_export_is_offered_for_import_and_not_attached(harness: Harness, tmp_path: Path) -> None:
    notes = tmp_path / "notes.md"
    notes.write_text("The promise.", "utf-8")
    data = files(export(tmp_path / "chats.json"), notes)
    part = harness.part("message")
    place = part.mapTo(harness.window, part.rect().center())
    assert drag(harness, data, place)
    drop_at(harness, data, place)
    await at(harness, Step.PREVIEW)
    harness.press(Qt.Key.Key_Escape, where=harness.window.focusWidget())
    assert names(harness) == ["notes.md"]


async def test_a_file_that_the_program_is_given_is_offered_for_import(harness: Harness, tmp_path: Path) -> None:
    harness.window.open_files([export(tmp_path / "chats.json")])
    await at(harness, Step.PREVIEW)


async def test_a_file_with_presets_alone_goes_to_their_import(harness: Harness, tmp_path: Path) -> None:
    path = tmp_path / "prompts.json"
    path.write_text(json.dumps([{"act": "Poet", "prompt": "Rhyme."}]), "utf-8")
    harness.window.import_chats([path])
    await harness.until(lambda: any(each.isVisible() for each in harness.window.findChildren(PresetSheet)))
    assert sheet(harness) is None
    await harness.until(lambda: harness.window.findChildren(QCheckBox, "importCheck"))
    assert harness.window.findChildren(QCheckBox, "importCheck")[0].accessibleName() == "Poet"


async def test_the_settings_and_the_menu_of_the_list_lead_to_the_import(harness: Harness) -> None:
    await harness.ask_and_wait("First")
    harness.window.show_settings("data")
    await harness.until(lambda: harness.window.findChild(QPushButton, "importChats"))
    harness.click("importChats")
    await at(harness, Step.FOUND)
    harness.press(Qt.Key.Key_Escape, where=harness.window.focusWidget())
    harness.router.show_chats()
    view = harness.part("conversationList").viewport()
    today = harness.part("conversationList").visualRect(harness.part("conversationList").model().index(0, 0)).center()
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, today, view.mapToGlobal(today))
    QApplication.sendEvent(view, event)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    next(action for action in menu.actions() if action.text() == "Import chats…").trigger()
    menu.close()
    await at(harness, Step.FOUND)


async def test_the_chats_of_a_program_on_this_computer_are_read_by_one_click(harness: Harness, home: Path) -> None:
    folder = home / ".lmstudio" / "conversations" / "Work"
    folder.mkdir(parents=True)
    (home / ".lmstudio" / "models").mkdir()
    (home / ".lmstudio" / "models" / "large.gguf").write_bytes(b"GGUF")
    question = {"type": "singleStep", "role": "user", "content": [{"type": "text", "text": "Hello?"}]}
    answer = {
        "type": "multiStep",
        "role": "assistant",
        "steps": [{"type": "contentBlock", "content": [{"type": "text", "text": "Hi."}]}],
    }
    messages = [{"versions": [each], "currentlySelected": 0} for each in (question, answer)]
    chat = {"name": "Greeting", "createdAt": 1_700_000_000_000, "messages": messages}
    (folder / "1700000000000.conversation.json").write_text(json.dumps(chat), "utf-8")
    harness.window.import_chats()
    found = await at(harness, Step.FOUND)
    assert "Its chats are here" in words(found)
    press(harness, "found_LM Studio")
    preview = await at(harness, Step.PREVIEW)
    assert "LM Studio · 1 chat(s), 2 message(s)" in words(preview), "not the size of its models"
    press(harness, "importButton")
    await harness.until(lambda: "Chat imported" in harness.toast())
    (chat,) = harness.program.chat.conversations.all()
    assert chat.title == "Greeting"
    assert [folder.name for folder in harness.program.conversations.folders.all()] == ["Work"]


async def test_presets_in_the_same_file_come_along_and_go_with_undo(harness: Harness, tmp_path: Path) -> None:
    path = tmp_path / "chatbox.json"
    messages = [{"id": "m", "role": "user", "contentParts": [{"type": "text", "text": "Hello"}], "timestamp": 1}]
    backup = {
        "configVersion": 12,
        "myCopilots": [{"id": "p1", "name": "Poet", "prompt": "You are a poet."}],
        "chat-sessions-list": [{"id": "s1", "name": "Greeting", "type": "chat"}],
        "session:s1": {"id": "s1", "name": "Greeting", "messages": messages},
    }
    path.write_text(json.dumps(backup), "utf-8")
    harness.window.import_chats([path])
    preview = await at(harness, Step.PREVIEW)
    assert preview.findChild(QCheckBox, "importPresetsCheck").text() == "1 preset(s)"
    press(harness, "importButton")
    report = await at(harness, Step.REPORT)
    assert "1 preset(s)" in words(report)
    own = harness.program.presets.presets.all
    assert "Poet" in [preset.name for preset in own() if preset.origin is PresetOrigin.OWN]
    press(harness, "undoImport")
    await harness.until(lambda: "Import undone" in harness.toast())
    assert [preset.name for preset in own() if preset.origin is PresetOrigin.OWN] == []
    assert listed(harness) == []


async def test_the_report_is_saved_as_a_file(harness: Harness, tmp_path: Path) -> None:
    path = export(tmp_path / "chats.json")
    harness.window.import_chats([path])
    await at(harness, Step.PREVIEW)
    press(harness, "importButton")
    await at(harness, Step.REPORT)
    press(harness, "secondImport")
    await harness.until(lambda: harness.window.findChild(QFileDialog, "saveDialog"))
    dialog = harness.window.findChild(QFileDialog, "saveDialog")
    dialog.fileSelected.emit(str(tmp_path / "report.txt"))
    dialog.reject()
    await harness.until(lambda: "report.txt" in " ".join(harness.toast()))
    assert (tmp_path / "report.txt").read_text("utf-8").startswith("3 chat(s) are in the folder Open WebUI\n")


async def test_an_import_that_fails_changes_nothing_and_says_why(harness: Harness, tmp_path: Path) -> None:
    path = export(tmp_path / "chats.json")
    harness.window.import_chats([path])
    await at(harness, Step.PREVIEW)
    path.unlink()
    press(harness, "importButton")
    preview = await at(harness, Step.PREVIEW)
    await harness.until(lambda: "chats.json is not available any more" in words(preview))
    assert listed(harness) == []


async def test_an_import_that_fails_in_the_background_is_reported_in_a_toast_that_stays(
    harness: Harness, tmp_path: Path
) -> None:
    path = export(tmp_path / "chats.json")
    harness.window.import_chats([path])
    await at(harness, Step.PREVIEW)
    path.unlink()
    press(harness, "importButton")
    press(harness, "secondImport")
    await harness.until(lambda: "The chats could not be imported. Nothing was changed." in harness.toast())
    assert not harness.part("importProgress").isVisible()


async def test_a_folder_is_dropped_like_a_file(harness: Harness, tmp_path: Path) -> None:
    folder = tmp_path / "export"
    folder.mkdir()
    conversation = {
        "uuid": "1",
        "name": "Greeting",
        "created_at": "2025-01-01T00:00:00Z",
        "updated_at": "2025-01-01T00:00:00Z",
        "chat_messages": [
            {"uuid": "2", "sender": "human", "text": "Hello", "created_at": "2025-01-01T00:00:00Z", "content": []}
        ],
    }
    (folder / "conversations.json").write_text(json.dumps([conversation]), "utf-8")
    data = files(folder)
    part = harness.part("message")
    place = part.mapTo(harness.window, part.rect().center())
    assert drag(harness, data, place)
    drop_at(harness, data, place)
    preview = await at(harness, Step.PREVIEW)
    assert preview.accessibleName() == "Import from Claude"


async def test_a_file_whose_chats_are_all_here_leads_to_them(harness: Harness, tmp_path: Path) -> None:
    path = export(tmp_path / "chats.json", ["Kitchen plan"])
    harness.window.import_chats([path])
    await at(harness, Step.PREVIEW)
    press(harness, "importButton")
    await harness.until(lambda: "All on Kitchen plan." in " ".join(harness.messages()))
    harness.window.navigation.new_chat()
    harness.window.import_chats([path])
    preview = await at(harness, Step.PREVIEW)
    assert preview.findChild(QPushButton, "importButton").text() == "Show the chats"
    press(harness, "importButton")
    await harness.until(lambda: "All on Kitchen plan." in " ".join(harness.messages()))
    assert listed(harness) == ["Kitchen plan"]


async def test_a_disk_that_fills_up_ends_the_import_with_the_next_step(
    harness: Harness, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise DiskFull(path="chats.sqlite3")

    path = export(tmp_path / "chats.json")
    harness.window.import_chats([path])
    await at(harness, Step.PREVIEW)
    with monkeypatch.context() as filled:
        filled.setattr(MessageRepository, "add_all", full)
        press(harness, "importButton")
        preview = await at(harness, Step.PREVIEW)
        await harness.until(lambda: "Nothing was changed. Free some space, then try again." in words(preview))
    assert listed(harness) == []
    press(harness, "importButton")
    await at(harness, Step.REPORT)
    assert len(listed(harness)) == 3


async def test_an_unforeseen_error_ends_the_import_and_its_progress(
    harness: Harness, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def fail(*_: object) -> None:
        raise ZeroDivisionError

    failures = []
    asyncio.get_running_loop().set_exception_handler(lambda _loop, context: failures.append(context["exception"]))
    harness.window.import_chats([export(tmp_path / "chats.json")])
    await at(harness, Step.PREVIEW)
    monkeypatch.setattr(harness.program.conversations.imports.get(), "add", fail)
    press(harness, "importButton")
    preview = await at(harness, Step.PREVIEW)
    await harness.until(lambda: "An internal error occurred in Chatdesk." in words(preview))
    await harness.until(lambda: failures)
    assert isinstance(failures[0], ZeroDivisionError)


@pytest.mark.skipif(sys.platform == "win32", reason="has no such permissions")
async def test_a_folder_that_may_not_be_looked_into_is_named_with_the_reason(
    harness: Harness, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, is_dir = tmp_path / "away" / "chats.json", Path.is_dir

    def refuse(each: Path, **options: bool) -> bool:
        if each == path:
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
        return is_dir(each, **options)

    monkeypatch.setattr(Path, "is_dir", refuse)
    harness.window.import_chats([path])
    start = await at(harness, Step.FOUND)
    await harness.until(lambda: "chats.json is not available any more" in words(start))
