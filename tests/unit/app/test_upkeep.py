"""Once a week the database is checked and, if it is good, copied."""

import asyncio
import os
import sqlite3
from collections.abc import AsyncIterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from chatdesk.app import upkeep
from chatdesk.app.upkeep import BackupFailed, DamageFound, Upkeep
from chatdesk.features.attachments.services.attachments import Attachments
from chatdesk.features.chat.services.store.conversations import Conversations
from chatdesk.kernel.chat.message import ImagePart
from chatdesk.kernel.errors.storage_errors import DatabaseUnavailable
from chatdesk.kernel.settings.declarations import LAST_UPKEEP
from chatdesk.kernel.settings.store import Settings
from chatdesk.storage.database.conversation_repository import ConversationRepository
from chatdesk.storage.database.database import Database
from chatdesk.storage.files.attachment_files import AttachmentFiles
from chatdesk.storage.recovery.backup import finished_copies
from tests.own_time import PATIENCE
from tests.unit.features.sample_pictures import pixels
from tests.unit.storage.damaged import leaves, overwrite, write_chats

MOMENT = datetime(2026, 11, 24, 12, tzinfo=UTC)


@dataclass
class Desk:
    database: Database
    settings: Settings
    upkeep: Upkeep
    files: AttachmentFiles
    moment: datetime = MOMENT
    findings: list[object] = field(default_factory=list)

    def copies(self) -> int:
        return len(finished_copies(self.database.backups))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "chats.sqlite3"
    write_chats(path, 3, 10)
    return path


@pytest.fixture
async def desk(path: Path) -> AsyncIterator[Desk]:
    database = Database(path)
    await database.open(expected=False)
    conversations = Conversations(database, lambda: desk.moment)
    await conversations.load()
    settings = Settings({}, lambda _: None)
    files = AttachmentFiles(path.parent / "attachments", database.backups)
    attachments = Attachments(files, database, settings, prepare=pixels)
    upkeep = Upkeep(database, conversations, settings, lambda: desk.moment, attachments)
    desk = Desk(database, settings, upkeep, files)
    desk.upkeep.findings.subscribe(desk.findings.append)
    yield desk
    await desk.upkeep.close()
    await settings.close()
    await database.close()


async def test_a_good_database_is_copied_and_the_date_kept(desk: Desk) -> None:
    assert desk.upkeep.is_due()
    await desk.upkeep.look_after()
    assert desk.copies() == 1
    assert desk.settings.get(LAST_UPKEEP) == MOMENT.isoformat()
    assert not desk.upkeep.is_due()
    assert desk.findings == []


@pytest.mark.parametrize(("passed", "due"), [(timedelta(days=6, hours=23), False), (timedelta(days=7), True)])
async def test_it_is_due_after_a_week(desk: Desk, passed: timedelta, due: bool) -> None:
    await desk.upkeep.look_after()
    desk.moment += passed
    assert desk.upkeep.is_due() is due


@pytest.mark.parametrize("stored", ["2099-01-01T00:00:00+00:00", "2026-11-24T12:00:00", "yesterday", ""])
async def test_a_date_that_cannot_be_is_none(desk: Desk, stored: str) -> None:
    desk.settings.set(LAST_UPKEEP, stored)
    assert desk.upkeep.is_due()


async def test_the_newest_three_copies_stay(desk: Desk) -> None:
    for _ in range(5):
        await desk.upkeep.look_after()
    assert [copy.name[9:15] for copy in finished_copies(desk.database.backups)] == ["000003", "000004", "000005"]


async def test_files_that_go_along_are_copied_too_and_unused_ones_removed(desk: Desk, tmp_path: Path) -> None:
    used, unused = desk.files.add(b"used"), desk.files.add(b"unused")
    for path in (tmp_path / "attachments").rglob("*"):
        os.utime(path, (0, 0))

    def draft(connection: sqlite3.Connection) -> None:
        chat = ConversationRepository(connection).list()[0]
        ConversationRepository(connection).update(replace(chat, draft_pictures=(ImagePart(used, "image/png", "x"),)))

    await desk.database.run(draft)
    await desk.upkeep.look_after()
    assert (desk.files.read(used), desk.files.read(unused)) == (b"used", None)
    assert [path.name for path in (desk.database.backups / "attachments").rglob("*") if path.is_file()] == [used]
    assert desk.findings == []


async def test_damage_is_told_once_and_not_copied(desk: Desk, path: Path) -> None:
    await desk.upkeep.look_after()
    desk.settings.set(LAST_UPKEEP, "")
    await desk.database.run(lambda connection: connection.execute("SELECT 1").fetchone())
    overwrite(path, leaves(path, "parts")[3])
    for _ in range(2):
        await desk.upkeep.look_after()
    assert [type(finding) for finding in desk.findings] == [DamageFound]
    assert desk.copies() == 1
    assert desk.upkeep.is_due()


async def test_a_backup_that_cannot_be_made_is_told_once_and_tried_again(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def fail(*_: object, **__: object) -> Path:
        raise DatabaseUnavailable(reason="read-only")

    monkeypatch.setattr(desk.database, "back_up", fail)
    for _ in range(2):
        await desk.upkeep.look_after()
    assert [type(finding) for finding in desk.findings] == [BackupFailed]
    assert desk.upkeep.is_due()


async def test_no_copies_are_made_of_nothing(tmp_path: Path) -> None:
    database = Database(tmp_path / "empty.sqlite3")
    await database.open(expected=False)
    settings = Settings({}, lambda _: None)
    attachments = Attachments(AttachmentFiles(tmp_path / "none", database.backups), database, settings, prepare=pixels)
    conversations = Conversations(database, lambda: MOMENT)
    await Upkeep(database, conversations, settings, lambda: MOMENT, attachments).look_after()
    assert finished_copies(database.backups) == ()
    assert settings.get(LAST_UPKEEP)
    await settings.close()
    await database.close()


async def test_it_begins_by_itself_and_not_again_before_a_week_has_passed(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(upkeep, "_SECONDS_AFTER_START", 0)
    monkeypatch.setattr(upkeep, "_SECONDS_BETWEEN_LOOKS", 0)
    desk.upkeep.begin()
    async with asyncio.timeout(PATIENCE):
        while not desk.settings.get(LAST_UPKEEP):
            await asyncio.sleep(0)
    for _ in range(10):
        await asyncio.sleep(0)
    assert desk.copies() == 1


async def test_ending_the_program_in_the_middle_leaves_no_half_copy(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(upkeep, "_SECONDS_AFTER_START", 0)
    began = asyncio.Event()

    async def begun() -> None:
        began.set()
        await asyncio.Event().wait()

    monkeypatch.setattr(desk.database, "check", begun)
    desk.upkeep.begin()
    await began.wait()
    await desk.upkeep.close()
    assert desk.copies() == 0
    assert desk.upkeep.is_due()
