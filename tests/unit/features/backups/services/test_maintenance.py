"""Once a week the database is checked and, if it is good, copied."""

import asyncio
import errno
import os
import sqlite3
import zipfile
from collections.abc import AsyncIterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from chatdesk.features.attachments.services.attachments import Attachments
from chatdesk.features.backups.services import maintenance
from chatdesk.features.backups.services.daily_backups import DailyBackups
from chatdesk.features.backups.services.data_folder import DataFolder
from chatdesk.features.backups.services.maintenance import BackupFailed, DamageFound, Maintenance
from chatdesk.features.chat.services.store.conversations import Conversations
from chatdesk.kernel.chat.message import ImagePart
from chatdesk.kernel.errors.backup_errors import BackupDamaged
from chatdesk.kernel.errors.storage_errors import DatabaseUnavailable, DiskFull
from chatdesk.kernel.lazy import Lazy
from chatdesk.kernel.settings.declarations import LAST_MAINTENANCE
from chatdesk.kernel.settings.store import Settings
from chatdesk.storage.database.conversation_repository import ConversationRepository
from chatdesk.storage.database.database import Database
from chatdesk.storage.files.attachment_files import AttachmentFiles
from chatdesk.storage.files.user_files import UserFiles, UserFolder, archive_of
from chatdesk.storage.recovery.backup import finished_copies
from chatdesk.system.folders import Folders
from tests.fakes.no_documents import NO_DOCUMENTS, stored_documents
from tests.own_time import TIMEOUT
from tests.unit.features.sample_pictures import pixels
from tests.unit.storage.damaged import leaves, overwrite, write_chats

PRESET = b"Write a letter"
NO_DAILY: Lazy[DailyBackups] = Lazy(lambda: pytest.fail("daily backups are off"))
MOMENT = datetime(2026, 11, 24, 12, tzinfo=UTC)


@dataclass
class Harness:
    database: Database
    settings: Settings
    maintenance: Maintenance
    files: AttachmentFiles
    moment: datetime = MOMENT
    findings: list[object] = field(default_factory=list)

    def copies(self) -> int:
        return len(finished_copies(self.database.backups))


def data_folder(path: Path) -> Lazy[DataFolder]:
    home = path.parent
    return Lazy(lambda: DataFolder(Folders(home, home, home / "cache", home / "logs")))


def user_files(path: Path) -> Lazy[UserFiles]:
    return Lazy(lambda: UserFiles({"presets": UserFolder(path.parent / "presets", ".md")}))


def archives(harness: Harness) -> list[str]:
    return sorted(path.name for path in (harness.database.backups / "user-files").iterdir())


def write_preset(path: Path) -> None:
    (path.parent / "presets").mkdir()
    (path.parent / "presets" / "letter.md").write_bytes(PRESET)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "chats.sqlite3"
    write_chats(path, 3, 10)
    return path


@pytest.fixture
async def harness(path: Path) -> AsyncIterator[Harness]:
    database = Database(path)
    await database.open(expected=False)
    conversations = Conversations(database, lambda: harness.moment)
    await conversations.load()
    settings = Settings({}, lambda _: None)
    files = AttachmentFiles(path.parent / "attachments", database.backups)
    attachments = Attachments(files, database, settings, pixels, stored_documents(files, path.parent))
    maintenance = Maintenance(
        database,
        conversations,
        settings,
        lambda: harness.moment,
        attachments,
        NO_DAILY,
        data_folder(path),
        user_files(path),
    )
    harness = Harness(database, settings, maintenance, files)
    harness.maintenance.findings.subscribe(harness.findings.append)
    yield harness
    await harness.maintenance.close()
    await attachments.close()
    await settings.close()
    await database.close()


async def test_a_good_database_is_copied_and_the_date_kept(harness: Harness) -> None:
    assert harness.maintenance.is_due()
    await harness.maintenance.run_maintenance()
    assert harness.copies() == 1
    assert harness.settings.get(LAST_MAINTENANCE) == MOMENT.isoformat()
    assert not harness.maintenance.is_due()
    assert harness.findings == []


@pytest.mark.parametrize(("passed", "due"), [(timedelta(days=6, hours=23), False), (timedelta(days=7), True)])
async def test_it_is_due_after_a_week(harness: Harness, passed: timedelta, due: bool) -> None:
    await harness.maintenance.run_maintenance()
    harness.moment += passed
    assert harness.maintenance.is_due() is due


@pytest.mark.parametrize("stored", ["2099-01-01T00:00:00+00:00", "2026-11-24T12:00:00", "yesterday", ""])
async def test_a_date_that_cannot_be_is_none(harness: Harness, stored: str) -> None:
    harness.settings.set(LAST_MAINTENANCE, stored)
    assert harness.maintenance.is_due()


async def test_the_newest_three_copies_stay(harness: Harness) -> None:
    for _ in range(5):
        await harness.maintenance.run_maintenance()
    assert [copy.name[9:15] for copy in finished_copies(harness.database.backups)] == ["000003", "000004", "000005"]


async def test_presets_are_in_each_backup_as_they_were_then(harness: Harness, path: Path) -> None:
    await harness.maintenance.run_maintenance()
    write_preset(path)
    await harness.maintenance.run_maintenance()
    (path.parent / "presets" / "letter.md").write_bytes(b"Another letter")
    await harness.maintenance.run_maintenance()
    first, second, third = (archive_of(copy) for copy in finished_copies(harness.database.backups))
    assert not first.exists()
    assert [zipfile.ZipFile(each).read("presets/letter.md") for each in (second, third)] == [PRESET, b"Another letter"]


async def test_the_presets_go_with_the_oldest_backup_and_what_a_crash_left_with_the_next_one(
    harness: Harness, path: Path
) -> None:
    write_preset(path)
    for _ in range(3):
        await harness.maintenance.run_maintenance()
    left = harness.database.backups / "user-files"
    (left / "chatdesk-000099-20261124-weekly.zip").write_bytes(b"of a backup that never appeared")
    (left / "chatdesk-000098-20261124-weekly.zip.partial").write_bytes(b"cut off")
    await harness.maintenance.run_maintenance()
    copies = finished_copies(harness.database.backups)
    assert [copy.name[9:15] for copy in copies] == ["000002", "000003", "000004"]
    assert archives(harness) == [f"{copy.stem}.zip" for copy in copies]


async def test_without_space_for_the_presets_there_is_no_new_backup_and_the_old_one_stays(
    harness: Harness, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_preset(path)
    await harness.maintenance.run_maintenance()
    before = archives(harness)

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(zipfile.ZipFile, "writestr", full)
    with pytest.raises(DiskFull):
        await harness.maintenance.back_up()
    assert harness.copies() == 1
    assert archives(harness) == before
    monkeypatch.undo()
    await harness.maintenance.back_up()
    assert harness.copies() == 2


async def test_presets_that_are_not_read_back_as_they_were_written_make_no_backup(
    harness: Harness, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_preset(path)
    monkeypatch.setattr(zipfile.ZipFile, "testzip", lambda _: "presets/letter.md")
    with pytest.raises(BackupDamaged):
        await harness.maintenance.back_up()
    assert harness.copies() == 0
    assert archives(harness) == []


async def test_files_that_go_along_are_copied_too_and_unused_ones_removed(harness: Harness, tmp_path: Path) -> None:
    used, unused = harness.files.add(b"used"), harness.files.add(b"unused")
    for path in (tmp_path / "attachments").rglob("*"):
        os.utime(path, (0, 0))

    def draft(connection: sqlite3.Connection) -> None:
        chat = ConversationRepository(connection).list()[0]
        ConversationRepository(connection).update(replace(chat, draft_attachments=(ImagePart(used, "image/png", "x"),)))

    await harness.database.run(draft)
    await harness.maintenance.run_maintenance()
    assert (harness.files.read(used), harness.files.read(unused)) == (b"used", None)
    (copy,) = (path for path in (harness.database.backups / "attachments").rglob("*") if path.is_file())
    assert copy.name == used
    assert harness.findings == []


async def test_an_attachment_and_its_copy_in_the_backups_are_counted_once(harness: Harness) -> None:
    before = await harness.maintenance.usage()
    attachment = harness.files.path(harness.files.add(b"picture" * 1000))
    copy = harness.database.backups / "attachments" / attachment.parent.name / attachment.name
    copy.parent.mkdir(parents=True)
    os.link(attachment, copy)
    after = await harness.maintenance.usage()
    assert after.size - before.size == 7000
    assert after.attachments == before.attachments + 1


async def test_damage_is_reported_once_and_not_copied(harness: Harness, path: Path) -> None:
    await harness.maintenance.run_maintenance()
    harness.settings.set(LAST_MAINTENANCE, "")
    await harness.database.run(lambda connection: connection.execute("SELECT 1").fetchone())
    overwrite(path, leaves(path, "parts")[3])
    for _ in range(2):
        await harness.maintenance.run_maintenance()
    assert [type(finding) for finding in harness.findings] == [DamageFound]
    assert harness.copies() == 1
    assert harness.maintenance.is_due()


async def test_a_backup_that_cannot_be_made_is_reported_once_and_tried_again(
    harness: Harness, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def fail(*_: object, **__: object) -> Path:
        raise DatabaseUnavailable(reason="read-only")

    monkeypatch.setattr(harness.database, "back_up", fail)
    for _ in range(2):
        await harness.maintenance.run_maintenance()
    assert [type(finding) for finding in harness.findings] == [BackupFailed]
    assert harness.maintenance.is_due()


async def test_no_copies_are_made_of_nothing(tmp_path: Path) -> None:
    database = Database(tmp_path / "empty.sqlite3")
    await database.open(expected=False)
    settings = Settings({}, lambda _: None)
    attachments = Attachments(
        AttachmentFiles(tmp_path / "none", database.backups), database, settings, prepare=pixels, documents=NO_DOCUMENTS
    )
    conversations = Conversations(database, lambda: MOMENT)
    home = database.path
    await Maintenance(
        database, conversations, settings, lambda: MOMENT, attachments, NO_DAILY, data_folder(home), user_files(home)
    ).run_maintenance()
    assert finished_copies(database.backups) == ()
    assert settings.get(LAST_MAINTENANCE)
    await settings.close()
    await database.close()


async def test_it_begins_by_itself_and_not_again_before_a_week_has_passed(
    harness: Harness, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(maintenance, "_TRASH_DELAY", 0)
    monkeypatch.setattr(maintenance, "_FIRST_CHECK_DELAY", 0)
    monkeypatch.setattr(maintenance, "_CHECK_INTERVAL", 0)
    harness.maintenance.begin()
    async with asyncio.timeout(TIMEOUT):
        while not harness.settings.get(LAST_MAINTENANCE):
            await asyncio.sleep(0)
    for _ in range(10):
        await asyncio.sleep(0)
    assert harness.copies() == 1


async def test_ending_the_program_in_the_middle_leaves_no_half_copy(
    harness: Harness, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(maintenance, "_TRASH_DELAY", 0)
    monkeypatch.setattr(maintenance, "_FIRST_CHECK_DELAY", 0)
    began = asyncio.Event()

    async def begun() -> None:
        began.set()
        await asyncio.Event().wait()

    monkeypatch.setattr(harness.database, "check", begun)
    harness.maintenance.begin()
    await began.wait()
    await harness.maintenance.close()
    assert harness.copies() == 0
    assert harness.maintenance.is_due()
