"""The settings tell where chats are stored, and which backups of them can be opened."""

import json
from pathlib import Path

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QPushButton, QWidget

from chatdesk.features.backups.ui.backup_row import BackupRow
from chatdesk.ui_kit.forms.rows import RowCard
from chatdesk.ui_kit.widgets.label import Label
from tests.gui.window.harness import FakeModel, Harness
from tests.gui.window.pictures.attach_steps import chips, drop, names


def text(harness: Harness, name: str) -> str:
    label = harness.part(name)
    assert isinstance(label, Label)
    return label.text()


def shown(harness: Harness) -> list[str]:
    """All visible texts of the cards."""
    cards = harness.window.findChildren(RowCard)
    return [label.text() for card in cards if card.isVisible() for label in card.findChildren(Label)]


async def test_the_folder_its_size_and_the_number_of_chats_are_reported(
    harness: Harness, fake_model: FakeModel
) -> None:
    fake_model.says("Yes.")
    await harness.ask_and_wait("Is anything stored?")
    harness.window.show_settings("data")
    await harness.until(lambda: "1 chat" in text(harness, "dataFolder"))
    assert str(harness.program.backups.maintenance.backup_folder.parent) in shown(harness)
    assert text(harness, "deletedChats") == "Empty"


async def test_the_numbers_follow_chats_that_come_and_go_while_the_page_is_open(
    harness: Harness, fake_model: FakeModel, tmp_path: Path
) -> None:
    fake_model.says("Yes.")
    await harness.ask_and_wait("Is anything stored?")
    harness.window.show_settings("data")
    await harness.until(lambda: "1 chat" in text(harness, "dataFolder"))
    chats = [{"messages": [{"role": "user", "content": f"Question {number}"}]} for number in range(3)]
    (tmp_path / "chats.json").write_text(json.dumps(chats), "utf-8")
    imports = harness.program.conversations.imports.get()
    preview = await imports.preview([tmp_path / "chats.json"])
    await imports.add(preview, [chat.summary.id for chat in preview.chats])
    await harness.until(lambda: "4 chat" in text(harness, "dataFolder"))
    await harness.program.conversations.list_editing.delete_chats(
        [chat.id for chat in harness.program.chat.conversations.all()[:2]]
    )
    await harness.until(lambda: "2 chat" in text(harness, "dataFolder"))
    await harness.until(lambda: text(harness, "deletedChats").startswith("2 chat"))


async def test_a_backup_made_by_a_click_is_verified_and_listed(harness: Harness, fake_model: FakeModel) -> None:
    fake_model.says("Yes.")
    await harness.ask_and_wait("Is this kept?")
    harness.window.show_settings("data")
    await harness.until(lambda: text(harness, "backupState").startswith("No backup yet."))
    harness.click("backUpNow")
    await harness.until(lambda: "Verified" in shown(harness))
    assert any("1 chat" in each and "newest" in each for each in shown(harness))
    assert "No backup yet" not in text(harness, "backupState")


async def test_a_backup_has_one_line_in_a_window_of_900_pixels(harness: Harness, fake_model: FakeModel) -> None:
    fake_model.says("Yes.")
    await harness.ask_and_wait("Is this kept?")
    await harness.program.backups.maintenance.back_up()
    harness.window.resize(900, 600)
    harness.window.show_settings("data")
    await harness.until(lambda: "Verified" in shown(harness))
    (row,) = (each for each in harness.window.findChildren(BackupRow) if each.isVisible())
    button = row.findChild(QPushButton, "restoreBackup")
    assert button
    harness.window.repaint()
    await harness.until(lambda: button.mapTo(row, button.rect().center()).x() > row.width() // 2)
    assert row.height() < 2 * button.height()


async def test_a_damaged_backup_is_marked(harness: Harness, fake_model: FakeModel) -> None:
    fake_model.says("Yes.")
    await harness.ask_and_wait("Is this kept?")
    maintenance = harness.program.backups.maintenance
    await maintenance.back_up()
    (backup,) = await maintenance.backups()
    backup.path.write_bytes(backup.path.read_bytes()[:5000])
    harness.window.show_settings("data")
    await harness.until(lambda: "Damaged" in shown(harness))
    assert "Verified" not in shown(harness)


async def test_a_backup_that_fails_tells_its_reason(harness: Harness, fake_model: FakeModel) -> None:
    fake_model.says("Yes.")
    await harness.ask_and_wait("Is this kept?")
    folder = harness.program.backups.maintenance.backup_folder
    folder.parent.mkdir(parents=True, exist_ok=True)
    folder.write_text("A file in place of the folder")
    harness.window.show_settings("data")
    await harness.until(lambda: text(harness, "backupState") != "")
    harness.click("backUpNow")
    await harness.until(lambda: str(folder) in text(harness, "backupState"))
    assert harness.part("backUpNow").isEnabled()


async def test_the_folder_is_shown_by_the_system(
    harness: Harness, fake_model: FakeModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[QUrl] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", opened.append)
    harness.window.show_settings("data")
    await harness.until(lambda: "free" in text(harness, "dataFolder"))
    harness.click("showDataFolder")
    await harness.until(lambda: bool(opened))
    assert [url.toLocalFile() for url in opened] == [str(harness.program.backups.maintenance.backup_folder.parent)]


async def test_the_deleted_chats_are_one_click_away(harness: Harness) -> None:
    harness.window.show_settings("data")
    harness.click("showDeleted")
    await harness.until(lambda: harness.part("deletedPage").isVisible())


async def test_documents_are_listed_with_their_size_and_open_in_their_chat(
    harness: Harness, fake_model: FakeModel, tmp_path: Path
) -> None:
    fake_model.says("Yes.")
    for name, length in (("small.md", 1_000), ("large.md", 2_000)):
        (tmp_path / name).write_text("word " * (length // 5), "utf-8")
    drop(harness, tmp_path / "small.md", tmp_path / "large.md")
    await harness.until(lambda: {*names(harness)} == {"small.md", "large.md"} and len(chips(harness)) == 2)
    await harness.ask_and_wait("What do they say?")
    harness.click("newChat")
    harness.window.show_settings("data")
    await harness.until(lambda: text(harness, "storedDocuments").startswith("2 document(s)"))
    assert text(harness, "storedDocuments") == "2 document(s) · 6.1 kB"
    harness.click("showDocuments")
    sheet = harness.part("storedDocumentsSheet")
    captions = [label.text() for label in sheet.findChildren(Label, "storedDocument")]
    assert captions == ["4.1 kB · What do they say?", "2.1 kB · What do they say?"]
    assert [button.accessibleName() for button in sheet.findChildren(QPushButton, "openStoredDocument")] == [
        "Open large.md",
        "Open small.md",
    ]
    harness.click("openStoredDocument")
    await harness.until(lambda: harness.messages() and harness.window.findChild(QWidget, "documentView"))
    await harness.until(lambda: harness.part("documentView").accessibleName() == "Document large.md")


async def test_without_documents_there_is_no_list(harness: Harness, fake_model: FakeModel) -> None:
    fake_model.says("Yes.")
    await harness.ask_and_wait("Is anything stored?")
    harness.window.show_settings("data")
    await harness.until(lambda: text(harness, "storedDocuments") == "None")
    assert not harness.part("showDocuments").isEnabled()
