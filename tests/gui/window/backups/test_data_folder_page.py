"""The data folder moves by a click, and diagnostics are shown before they are copied."""

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QPlainTextEdit

from chatdesk.features.backups.services import data_folder
from chatdesk.features.backups.ui.diagnostics_sheet import DiagnosticsSheet
from chatdesk.features.backups.ui.move_sheet import MoveSheet
from chatdesk.kernel.recovery import ClosedWork
from chatdesk.kernel.settings.declarations import BACKUP_LOCATION, LANGUAGE, QUICK_DRAFT
from chatdesk.ui_kit.forms.notice import Notice
from tests.gui.window.harness import FakeModel, Harness

CANARY = "CANARY"


@pytest.fixture
def _separate_folders(monkeypatch: pytest.MonkeyPatch) -> None:
    """As on a computer where no variable names one folder for everything."""
    monkeypatch.setattr(data_folder, "is_portable", lambda _folders: False)


async def choose(harness: Harness, folder: Path) -> None:
    harness.window.show_settings("data")
    harness.click("moveData")
    dialog = harness.window.findChild(QFileDialog, "dataFolderDialog")
    dialog.fileSelected.emit(str(folder))
    dialog.close()
    await harness.until(lambda: harness.window.findChild(MoveSheet))


@pytest.mark.usefixtures("_separate_folders")
async def test_a_move_is_confirmed_and_then_the_window_closes_for_it(harness: Harness, tmp_path: Path) -> None:
    asked: list[ClosedWork] = []
    harness.window.reopen_requested.connect(asked.append)
    (tmp_path / "disk").mkdir()
    await choose(harness, tmp_path / "disk")
    assert str(tmp_path / "disk") in harness.part("moveTarget").text()
    assert not asked
    harness.click("moveConfirm")
    assert [work.name for work in asked] == ["move"]


@pytest.mark.usefixtures("_separate_folders")
async def test_a_folder_that_does_not_work_is_reported_and_another_can_be_chosen(
    harness: Harness, tmp_path: Path
) -> None:
    (tmp_path / "disk" / "Chatdesk").mkdir(parents=True)
    (tmp_path / "disk" / "Chatdesk" / "letter.txt").write_bytes(b"")
    await choose(harness, tmp_path / "disk")
    problem = harness.window.findChild(Notice, "moveProblem")
    assert "Choose an empty folder" in problem.text()
    harness.click("moveConfirm")
    assert harness.window.findChild(QFileDialog, "dataFolderDialog").isVisible()


async def test_with_one_folder_for_everything_moving_is_not_offered(harness: Harness) -> None:
    harness.window.show_settings("data")
    assert harness.part("showDataFolder").isVisible()
    assert not harness.part("moveData").isVisible()


async def test_diagnostics_are_shown_copied_and_tell_nothing_of_chats_names_addresses_or_folders(
    harness: Harness, fake_model: FakeModel, tmp_path: Path
) -> None:
    fake_model.says(f"{CANARY} answer")
    await harness.ask_and_wait(f"{CANARY} question")
    settings, servers = harness.program.settings, harness.program.servers.servers
    settings.set(BACKUP_LOCATION, f"https://{CANARY}.example.com/dav")
    settings.set(QUICK_DRAFT, CANARY)
    settings.set(LANGUAGE, CANARY)
    server = servers.all()[0]
    await servers.save(replace(server, name=CANARY))
    harness.window.show_settings("data")
    harness.click("showDiagnostics")
    await harness.until(lambda: harness.window.findChild(DiagnosticsSheet))
    shown = harness.part("diagnosticsText")
    assert isinstance(shown, QPlainTextEdit)
    text = shown.toPlainText()
    assert "2 messages" in text
    assert "backups: not encrypted, WebDAV" in text
    assert "Chatdesk " in text
    for secret in (CANARY, "example.com", str(tmp_path), str(Path.home()), "127.0.0.1"):
        assert secret not in text
    harness.click("copyDiagnostics")
    assert QGuiApplication.clipboard().text() == text
