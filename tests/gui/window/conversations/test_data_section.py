"""The settings tell where chats are stored, and which backups of them can be opened."""

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from chatdesk.ui_kit.forms.rows import RowCard
from chatdesk.ui_kit.widgets.label import Label
from tests.gui.window.harness import FakeModel, Harness


def text(harness: Harness, name: str) -> str:
    label = harness.part(name)
    assert isinstance(label, Label)
    return label.text()


def shown(harness: Harness) -> list[str]:
    """All visible texts of the cards."""
    cards = harness.window.findChildren(RowCard)
    return [label.text() for card in cards if card.isVisible() for label in card.findChildren(Label)]


async def test_the_folder_its_size_and_the_number_of_chats_are_told(harness: Harness, fake_model: FakeModel) -> None:
    fake_model.says("Yes.")
    await harness.ask_and_wait("Is anything stored?")
    harness.window.show_settings("data")
    await harness.until(lambda: "1 chat" in text(harness, "dataFolder"))
    assert str(harness.program.conversations.upkeep.backup_folder.parent) in shown(harness)
    assert text(harness, "deletedChats") == "Empty"


async def test_a_backup_made_by_a_click_is_verified_and_listed(harness: Harness, fake_model: FakeModel) -> None:
    fake_model.says("Yes.")
    await harness.ask_and_wait("Is this kept?")
    harness.window.show_settings("data")
    await harness.until(lambda: text(harness, "backupState").startswith("No backup yet."))
    harness.click("backUpNow")
    await harness.until(lambda: "Verified" in shown(harness))
    assert any("1 chat" in each and "newest" in each for each in shown(harness))
    assert "No backup yet" not in text(harness, "backupState")


async def test_a_damaged_backup_is_marked(harness: Harness, fake_model: FakeModel) -> None:
    fake_model.says("Yes.")
    await harness.ask_and_wait("Is this kept?")
    upkeep = harness.program.conversations.upkeep
    await upkeep.back_up()
    (backup,) = await upkeep.backups()
    backup.path.write_bytes(backup.path.read_bytes()[:5000])
    harness.window.show_settings("data")
    await harness.until(lambda: "Damaged" in shown(harness))
    assert "Verified" not in shown(harness)


async def test_a_backup_that_fails_tells_its_reason(harness: Harness, fake_model: FakeModel) -> None:
    fake_model.says("Yes.")
    await harness.ask_and_wait("Is this kept?")
    folder = harness.program.conversations.upkeep.backup_folder
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
    assert [url.toLocalFile() for url in opened] == [str(harness.program.conversations.upkeep.backup_folder.parent)]


async def test_the_deleted_chats_are_one_click_away(harness: Harness) -> None:
    harness.window.show_settings("data")
    harness.click("showDeleted")
    await harness.until(lambda: harness.part("deletedPage").isVisible())
