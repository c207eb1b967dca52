"""The list of backups: the newest first, whatever becomes known of them and in whatever order."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from pytestqt.qtbot import QtBot

from chatdesk.features.backups.domain.backup_files import BackupManifest, BackupName
from chatdesk.features.backups.services.maintenance import LocalBackup
from chatdesk.features.backups.services.remote_backups import RemoteBackup
from chatdesk.features.backups.ui.backup_list import BackupList
from chatdesk.features.backups.ui.backup_row import BackupRow, ListedBackup
from chatdesk.ui_kit.forms.rows import RowCard
from chatdesk.ui_kit.style.appearance import Appearance


def day(number: int) -> datetime:
    return datetime(2026, 11, number, 12, tzinfo=UTC)


def daily(number: int, *, is_read: bool = True) -> ListedBackup:
    """The encrypted backup of a day: one row before its manifest can be read, and another one afterwards."""
    manifest = BackupManifest(day(number), 1, "", number, "", None) if is_read else None
    name = BackupName(number, date(2026, 11, number), is_encrypted=True)
    return ListedBackup(RemoteBackup("here", name, 1, manifest), day(number), number)


def weekly(number: int) -> ListedBackup:
    return ListedBackup(LocalBackup(Path(f"{number}.sqlite3"), day(number), 1), day(number), number)


@pytest.fixture
def card(appearance: Appearance, qtbot: QtBot) -> Iterator[RowCard]:
    card = RowCard(appearance)
    qtbot.addWidget(card)
    card.show()
    yield card
    card.close()


def shown(card: RowCard) -> list[int]:
    """The days of the rows, from the top."""
    QCoreApplication.sendPostedEvents(None, QEvent.Type.MetaCall)  # shows the rows that were inserted
    card.layout().activate()
    rows = [row for row in card.findChildren(BackupRow) if row.isVisible()]
    return [row.shown.made_at.day for row in sorted(rows, key=lambda row: row.y())]


def test_backups_that_are_opened_stay_in_the_order_of_their_dates(appearance: Appearance, card: RowCard) -> None:
    backups = BackupList(appearance, card, 0, lambda _backup: None)
    backups.show_backups([daily(9, is_read=False), weekly(8), daily(7, is_read=False), weekly(6)])
    backups.show_backups([daily(9), weekly(8), daily(7), weekly(6)])
    assert shown(card) == [9, 8, 7, 6]


def test_newer_backups_come_above_those_that_stay_and_above_those_that_go(
    appearance: Appearance, card: RowCard
) -> None:
    backups = BackupList(appearance, card, 0, lambda _backup: None)
    backups.show_backups([weekly(9), weekly(5), weekly(2)])
    backups.show_backups([daily(11), weekly(9), daily(7), daily(3)])
    assert shown(card) == [11, 9, 7, 3]


def test_backups_that_change_places_are_shown_in_the_new_order(appearance: Appearance, card: RowCard) -> None:
    backups = BackupList(appearance, card, 0, lambda _backup: None)
    first, second, third = weekly(9), weekly(8), weekly(7)
    backups.show_backups([third, first, second])
    backups.show_backups([first, second, third])
    assert shown(card) == [9, 8, 7]


def test_the_row_of_a_backup_that_stays_is_the_same_one(appearance: Appearance, card: RowCard) -> None:
    backups = BackupList(appearance, card, 0, lambda _backup: None)
    backups.show_backups([weekly(9), weekly(8)])
    (kept,) = (row for row in card.findChildren(BackupRow) if row.shown.made_at.day == 8)
    backups.show_backups([daily(10), weekly(8)])
    assert shown(card) == [10, 8]
    assert kept in (row for row in card.findChildren(BackupRow) if row.isVisible())
