"""Presets come in from files and go out again, as a person does it with the window."""

import json
import zipfile
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QCheckBox, QComboBox, QFileDialog

from chatdesk.features.conversations.ui.importing.import_sheet import ImportSheet as ChatsSheet
from chatdesk.features.presets.ui.importing.import_sheet import ImportSheet
from chatdesk.features.presets.ui.library.library_page import LibraryPage
from chatdesk.kernel.presets.preset import Preset, PresetOrigin
from chatdesk.kernel.settings.declarations import ATTACH_FOLDER
from chatdesk.ui_kit.forms.notice import Notice
from chatdesk.ui_kit.widgets.button import Button
from tests.gui.window.harness import Harness

ACTS = [{"act": "Poet", "prompt": "Rhyme."}, {"act": "Cook", "prompt": "Cook ${dish}."}]


@pytest.fixture
def acts(tmp_path: Path) -> Path:
    path = tmp_path / "acts.json"
    path.write_text(json.dumps(ACTS))
    return path


async def offered(harness: Harness, *paths: Path) -> ImportSheet:
    """Return the dialog when it shows what is in the files."""
    harness.window._share.import_files(paths)
    await harness.until(lambda: harness.window.findChild(ImportSheet, "importSheet")._choices is not None)
    return harness.window.findChild(ImportSheet, "importSheet")


def own(harness: Harness) -> dict[str, str]:
    return {
        preset.name: preset.prompt
        for preset in harness.program.presets.presets.all()
        if preset.origin is PresetOrigin.OWN
    }


def drop(harness: Harness, *paths: Path) -> bool:
    """Drop files on the library of presets; returns whether they may be."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    harness.window.show_presets()
    row, copy = harness.window.findChild(LibraryPage), Qt.DropAction.CopyAction
    buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    entered = QDragEnterEvent(QPoint(5, 5), copy, data, buttons, keys)
    QApplication.sendEvent(row, entered)
    if entered.isAccepted():
        QApplication.sendEvent(row, QDropEvent(QPointF(5, 5), copy, data, buttons, keys, QEvent.Type.Drop))
    return entered.isAccepted()


async def test_what_is_chosen_comes_and_undo_takes_it_away_again(harness: Harness, acts: Path) -> None:
    sheet = await offered(harness, acts)
    checks = sheet.findChildren(QCheckBox, "importCheck")
    assert [check.accessibleName() for check in checks] == ["Poet", "Cook"]
    assert own(harness) == {}
    checks[0].click()
    assert sheet.findChild(QCheckBox, "importAll").checkState() is Qt.CheckState.PartiallyChecked
    assert sheet._import.text() == "Import 1 preset(s)"
    harness.click("importButton")
    await harness.until(lambda: "1 preset(s) imported" in harness.toast())
    assert own(harness) == {"Cook": "Cook {{dish}}."}
    harness.click_toast()
    await harness.until(lambda: own(harness) == {})


async def test_a_name_that_is_taken_is_kept_beside_or_replaced_as_one_chooses(harness: Harness, acts: Path) -> None:
    for name in ("Poet", "Cook"):
        await harness.program.presets.presets.create(Preset("", PresetOrigin.OWN, name, "Old."))
    sheet = await offered(harness, acts)
    boxes = sheet.findChildren(QComboBox, "importConflict")
    boxes[0].setCurrentIndex(1)
    boxes[0].activated.emit(1)
    harness.click("importButton")
    await harness.until(lambda: "2 preset(s) imported" in harness.toast())
    assert own(harness) == {"Poet": "Rhyme.", "Cook": "Old.", "Cook 2": "Cook {{dish}}."}
    harness.click_toast()
    await harness.until(lambda: own(harness) == {"Poet": "Old.", "Cook": "Old."})


async def test_one_choice_holds_for_all_names_that_are_taken(harness: Harness, acts: Path) -> None:
    for name in ("Poet", "Cook"):
        await harness.program.presets.presets.create(Preset("", PresetOrigin.OWN, name, "Old."))
    sheet = await offered(harness, acts)
    for index, wanted in ((1, True), (2, False), (0, True)):
        sheet._conflicts.activated.emit(index)
        assert [check.isChecked() for check in sheet.findChildren(QCheckBox, "importCheck")] == [wanted] * 2
        assert sheet._import.isEnabled() is wanted
    sheet.cancel()


async def test_what_one_has_word_for_word_is_not_chosen(harness: Harness, acts: Path) -> None:
    await harness.program.presets.presets.create(Preset("", PresetOrigin.OWN, "Poet", "Rhyme."))
    sheet = await offered(harness, acts)
    assert [check.isChecked() for check in sheet.findChildren(QCheckBox, "importCheck")] == [False, True]
    sheet.cancel()


async def test_a_file_of_no_known_kind_is_reported_with_the_kinds_there_are(harness: Harness, tmp_path: Path) -> None:
    (tmp_path / "x.pdf").write_bytes(b"%PDF-")
    sheet = await offered(harness, tmp_path / "x.pdf")
    assert "x.pdf: this file type is not supported." in sheet._refused.text()
    assert "SillyTavern" in sheet._refused.text()
    assert not sheet._import.isVisible()
    harness.click("importCancel")
    await harness.until(lambda: harness.window.findChild(ImportSheet) is None)


async def test_a_backup_with_presets_and_chats_says_where_to_import_the_chats(harness: Harness, tmp_path: Path) -> None:
    backup = {"myCopilots": [{"name": "Poet", "prompt": "Rhyme."}], "session:1": {"id": "1", "messages": []}}
    (tmp_path / "backup.json").write_text(json.dumps(backup))
    sheet = await offered(harness, tmp_path / "backup.json")
    notice = sheet.findChild(Notice, "importChatsBeside")
    assert notice.isVisible()
    assert notice.text() == "backup.json also contains chats of Chatbox."
    harness.click("importButton")
    await harness.until(lambda: own(harness) == {"Poet": "Rhyme."})


@pytest.mark.parametrize("prompt", ["Rhyme.", ""])
async def test_the_chats_of_such_a_file_are_one_click_away(harness: Harness, tmp_path: Path, prompt: str) -> None:
    message = {"id": "m", "role": "user", "contentParts": [{"type": "text", "text": "Hello"}]}
    backup = {"myCopilots": [], "session:1": {"id": "1", "name": "Greeting", "messages": [message]}}
    if prompt:
        backup["myCopilots"] = [{"name": "Poet", "prompt": prompt}]
    (tmp_path / "backup.json").write_text(json.dumps(backup))
    sheet = await offered(harness, tmp_path / "backup.json")
    notice = sheet.findChild(Notice, "importChatsBeside" if prompt else "importRefused")
    next(button for button in notice.findChildren(Button) if button.text() == "Import chats…").click()
    await harness.until(lambda: harness.window.findChild(ChatsSheet) is not None)
    assert harness.window.findChild(ImportSheet, "importSheet") is None or not sheet.isVisible()


async def test_closing_while_files_are_read_ends_the_reading(harness: Harness, tmp_path: Path) -> None:
    (tmp_path / "many.json").write_text('[{"act":0},' + "[]," * 3_000_000 + "0]")
    harness.window._share.import_files([tmp_path / "many.json"])
    harness.window.findChild(ImportSheet).cancel()
    work = harness.window._share._work
    await harness.until(work.done)
    assert work.cancelled()
    harness.window._share.import_files([])
    await harness.until(lambda: harness.window.findChild(ImportSheet) is None)


async def test_a_disk_that_is_full_is_reported_in_the_dialog_and_can_be_tried_again(
    harness: Harness, acts: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sheet = await offered(harness, acts)
    folder = harness.program.presets.presets._own

    def full(_path: Path, _content: bytes) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(folder, "_write", full)
        harness.click("importButton")
        await harness.until(lambda: "No space left on device" in sheet._failure.text())
    assert own(harness) == {}
    harness.click("importButton")
    await harness.until(lambda: len(own(harness)) == 2)


async def test_files_are_dropped_on_the_library(harness: Harness, acts: Path) -> None:
    assert drop(harness, acts)
    await harness.until(lambda: (found := harness.window.findChild(ImportSheet)) and found._choices is not None)
    harness.window.findChild(ImportSheet).cancel()


async def test_files_are_chosen_in_a_dialog_that_remembers_where(harness: Harness, acts: Path) -> None:
    harness.window._share.choose_files()
    files = harness.window.findChild(QFileDialog, "importFiles")
    files.filesSelected.emit([str(acts)])
    files.reject()
    await harness.until(lambda: (found := harness.window.findChild(ImportSheet)) and found._choices is not None)
    assert harness.program.settings.get(ATTACH_FOLDER) == str(acts.parent)
    harness.window.findChild(ImportSheet).cancel()


async def test_one_preset_is_saved_as_its_file_and_several_as_an_archive(harness: Harness, tmp_path: Path) -> None:
    keys = [
        (await harness.program.presets.presets.create(Preset("", PresetOrigin.OWN, name, "x"))).key
        for name in ("A poet?", "Cook")
    ]
    for chosen, name in ((keys[:1], "A poet.chatdesk.md"), (keys, "Presets.zip")):
        harness.window._share.export(chosen)
        dialog = next(found for found in harness.window.findChildren(QFileDialog) if found.isVisible())
        assert Path(dialog.selectedFiles()[0]).name == name
        dialog.fileSelected.emit(str(tmp_path / name))
        dialog.reject()
        await harness.until(lambda name=name: f"Saved: {name}" in harness.toast())
    assert (tmp_path / "A poet.chatdesk.md").read_text("utf-8").startswith("+++\n")
    with zipfile.ZipFile(tmp_path / "Presets.zip") as archive:
        assert archive.namelist() == ["a-poet.md", "cook.md"]
