"""Daily backups to a folder whose disk or server hangs: the window stays usable and says what it waits for."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog

from chatdesk.features.backups.ui import backups_card
from chatdesk.storage.files import folder_calls, local_folder
from chatdesk.ui_kit.files import folder_lookup
from chatdesk.ui_kit.forms.notice import Notice
from tests.fakes.silent_folder import SilentFolder
from tests.gui.window.backups.test_daily_backups_page import choose, choose_stick, page, rows, text
from tests.gui.window.harness import Harness

__all__ = ["page"]


@pytest.fixture
def hanging(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[SilentFolder]:
    monkeypatch.setattr(folder_calls, "_LEAVE_SECONDS", 0.05)
    hanging = SilentFolder(tmp_path / "stick", monkeypatch)
    yield hanging
    hanging.end()


async def test_a_folder_that_hangs_is_named_once_and_used_again_when_it_responds(
    page: Harness, tmp_path: Path, hanging: SilentFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    await choose_stick(page, tmp_path / "stick")
    monkeypatch.setattr(local_folder, "_SILENCE_SECONDS", 0.05)
    hanging.begin()
    strip = page.window.findChild(Notice, "backupProblem")
    for _ in range(3):
        page.click("backUpNow")
        await page.until(lambda: not page.program.backups.daily.get().is_busy)
    await page.until(strip.isVisible)
    assert strip.text() == (
        "The folder does not respond. The last backup is from today. Check the connection to its disk or network drive, "
        f"or choose another folder: {tmp_path / 'stick' / 'Chatdesk'}"
    )
    assert hanging.threads == 1
    choose(page, 0)
    dialog = page.window.findChild(QFileDialog, "backupFolderDialog")
    assert not dialog.directory().path().startswith(str(tmp_path / "stick")), "the dialog would hang"
    dialog.close()
    hanging.end()
    monkeypatch.setattr(local_folder, "_SILENCE_SECONDS", 60.0)
    page.click("backUpNow")
    await page.until(lambda: not strip.isVisible())


async def test_a_backup_that_waits_for_a_folder_can_be_cancelled(
    page: Harness, tmp_path: Path, hanging: SilentFolder
) -> None:
    await choose_stick(page, tmp_path / "stick")
    hanging.begin()
    page.click("backUpNow")
    await page.until(lambda: page.part("backUpNow").text() == "Cancel")
    page.click("backUpNow")
    await page.until(lambda: page.part("backUpNow").text() == "Back up now")
    assert text(page, "backupState").startswith("To “stick / Chatdesk”")
    assert hanging.threads == 1


async def test_the_page_says_that_it_waits_for_a_folder_and_shows_the_other_backups(
    page: Harness, tmp_path: Path, hanging: SilentFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    await page.program.backups.maintenance.back_up()
    await choose_stick(page, tmp_path / "stick")
    monkeypatch.setattr(backups_card, "_WAIT_SECONDS", 0.05)
    hanging.begin()
    page.window.show_settings("general")
    page.window.show_settings("data")
    await page.until(lambda: page.part("backupProgress").isVisible())
    assert text(page, "backupProgress") == "Waiting for the folder…"
    assert len(rows(page)) == 1, "the weekly one"
    hanging.end()
    await page.until(lambda: len(rows(page)) == 2)
    assert not page.part("backupProgress").isVisible()


async def test_the_window_does_not_wait_for_a_folder_that_has_only_just_begun_to_hang(
    page: Harness, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    await choose_stick(page, tmp_path / "stick")
    responds, opened = threading.Event(), list[QUrl]()
    looked_by: list[threading.Thread] = []

    def hang(path: Path) -> bool:
        looked_by.append(threading.current_thread())
        responds.wait()
        return path.is_dir()

    monkeypatch.setattr(folder_lookup, "_is_folder", hang)
    monkeypatch.setattr(folder_lookup, "_TIMEOUT_MILLISECONDS", 20)
    monkeypatch.setattr(QDesktopServices, "openUrl", opened.append)
    try:
        page.click("showBackupFolder")
        choose(page, 0)
        await page.until(lambda: page.window.findChild(QFileDialog, "backupFolderDialog"))
        dialog = page.window.findChild(QFileDialog, "backupFolderDialog")
        assert Path(dialog.directory().path()) == Path.home()
        dialog.close()
    finally:
        responds.set()
    assert looked_by
    assert threading.main_thread() not in looked_by
    assert opened == []
