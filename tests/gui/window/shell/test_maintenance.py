"""What the window says of the weekly look after the database."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton

from chatdesk.features.backups.services.maintenance import BackupFailed, DamageFound
from chatdesk.kernel.errors.storage_errors import DatabaseDamaged, DiskFull
from chatdesk.kernel.recovery import Recovered
from chatdesk.kernel.settings.declarations import DATABASE_SUSPECT
from chatdesk.ui_kit.widgets.label import Label
from chatdesk.ui_kit.widgets.toast_host import Toast
from tests.gui.window.harness import Harness


def said(harness: Harness) -> list[str]:
    toasts = [toast for toast in harness.window.findChildren(Toast) if toast.isVisible()]
    return [label.text() for toast in toasts for label in toast.findChildren(Label)]


async def test_damage_is_reported_with_the_way_to_the_repair(harness: Harness) -> None:
    error = DatabaseDamaged(path="/chats", reason="page 3")
    wanted: list[DatabaseDamaged] = []
    harness.window.repair_requested.connect(wanted.append)
    harness.program.backups.maintenance.findings.announce(DamageFound(error))
    assert said(harness) == ["The chat database is damaged.", "Chatdesk can repair it or restore a backup."]
    assert harness.program.settings.get(DATABASE_SUSPECT)
    toast = next(toast for toast in harness.window.findChildren(Toast) if toast.isVisible())
    QTest.mouseClick(toast.findChild(QAbstractButton), Qt.MouseButton.LeftButton)
    assert wanted == [error]


async def test_a_backup_that_failed_is_reported_with_its_reason(harness: Harness) -> None:
    harness.program.backups.maintenance.findings.announce(BackupFailed(DiskFull(path="/backups")))
    assert said(harness) == ["The weekly backup of your chats failed", "The disk is full."]


async def test_what_came_back_is_reported_with_the_name_of_the_old_file(harness: Harness, tmp_path) -> None:
    harness.window.notices.show_result(Recovered(1, tmp_path / "chats-set-aside-2026-11-24-181500.sqlite3"))
    assert said(harness)[1] == "The old file was kept: chats-set-aside-2026-11-24-181500.sqlite3"
    harness.window.notices.show_result(Recovered(1, None))
    assert len(said(harness)) == 1
