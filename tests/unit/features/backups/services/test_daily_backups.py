"""Daily backups at a destination that the user chose."""

import asyncio
import random
import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from unittest.mock import AsyncMock

import pytest

from chatdesk.features.attachments.services.attachments import Attachments
from chatdesk.features.backups.services.maintenance import DailyBackupOverdue, Maintenance
from chatdesk.features.chat.services.store.conversations import Conversations
from chatdesk.kernel.chat.message import ImagePart, Message
from chatdesk.kernel.errors.backup_errors import (
    BackupDamaged,
    KeyNotKnown,
    LocationFull,
    LocationMissing,
    LocationUnusable,
    PassphraseWrong,
)
from chatdesk.kernel.lazy import Lazy
from chatdesk.kernel.remote_folder import StorageLocation
from chatdesk.kernel.settings.declarations import BACKUP_KEY
from chatdesk.storage.database.message_repository import MessageRepository
from chatdesk.storage.files.age_encryption import decrypt_file
from chatdesk.storage.files.local_folder import LocalFolder
from tests.fakes.no_documents import NO_DOCUMENTS
from tests.unit.features.backups.services.backup_harness import KEY, Backups, one_computer
from tests.unit.features.sample_pictures import pixels
from tests.unit.storage.damaged import write_chats
from tests.unit.storage.samples import a_message

pytestmark = pytest.mark.usefixtures("quick_passphrases")

BYTES = random.Random(1).randbytes(300_000)


@pytest.fixture
async def computer(tmp_path: Path) -> AsyncIterator[Backups]:
    (tmp_path / "home").mkdir()
    write_chats(tmp_path / "home" / "chats.sqlite3", 3, 10)
    async with one_computer(tmp_path / "home", tmp_path / "stick") as computer:
        computer.daily.choose_folder(computer.stick)
        yield computer


async def add_picture(computer: Backups, data: bytes) -> str:
    """Add a message with a picture to the first chat, and return the hash of the picture."""
    sha256 = computer.files.add(data)
    part = ImagePart(sha256, "image/png", "a.png")

    def add(connection: sqlite3.Connection) -> Message:
        (chat,) = connection.execute("SELECT id FROM conversations ORDER BY number LIMIT 1").fetchone()
        return MessageRepository(connection).add(
            replace(a_message(f"m-{sha256[:8]}", conversation=chat), parts=(part,))
        )

    await computer.database.run(add)
    return sha256


def chats_in(path: Path) -> int:
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute("SELECT count(*) FROM conversations").fetchone()[0]


async def test_a_backup_can_be_opened_and_tells_its_content(computer: Backups) -> None:
    await computer.daily.make()
    copy = await computer.newest()
    assert chats_in(computer.own / copy.name.database) == 3
    assert copy.manifest
    assert copy.manifest.chats == 3
    assert copy.manifest.newest
    assert not copy.is_cut_off
    assert computer.daily.problem is None
    assert not computer.daily.is_due()


async def test_attachments_are_copied_once_and_removed_with_the_last_backup_that_needs_them(computer: Backups) -> None:
    first, second = await add_picture(computer, b"first"), await add_picture(computer, b"second")
    await computer.daily.make()
    stored = {
        path.name: path.stat().st_mtime_ns for path in (computer.own / "attachments").rglob("*") if path.is_file()
    }
    assert {*stored} == {first, second}
    await computer.database.run(
        lambda connection: connection.execute("DELETE FROM messages WHERE id = ?", (f"m-{first[:8]}",))
    )
    computer.moment += timedelta(days=1)
    await computer.daily.make()
    now = {path.name: path.stat().st_mtime_ns for path in (computer.own / "attachments").rglob("*") if path.is_file()}
    assert now == stored
    for _ in range(40):
        computer.moment += timedelta(days=32)
        await computer.daily.make()
    assert {path.name for path in (computer.own / "attachments").rglob("*") if path.is_file()} == {second}


async def test_a_day_has_one_backup_and_the_next_day_another(computer: Backups) -> None:
    assert computer.daily.is_due()
    await computer.daily.make()
    computer.moment += timedelta(days=1)
    assert computer.daily.is_due()
    await computer.daily.make()
    assert [backup.name.number for backup in await computer.backups.listed()] == [2, 1]


@pytest.mark.parametrize("jump", [timedelta(days=-365), timedelta(days=3650)])
async def test_a_clock_that_jumps_makes_a_backup_due_and_deletes_none_that_is_newer(computer: Backups, jump) -> None:
    for _ in range(3):
        computer.moment += timedelta(days=1)
        await computer.daily.make()
    computer.moment += jump
    assert computer.daily.is_due()
    await computer.daily.make()
    assert [backup.name.number for backup in await computer.backups.listed()] == [4, 3, 2, 1]
    assert computer.daily.days_without() == 0


async def test_without_its_disk_nothing_is_written_and_the_next_attempt_works(computer: Backups) -> None:
    await computer.daily.make()
    computer.stick.rename(computer.stick.with_name("unplugged"))
    computer.moment += timedelta(days=3, hours=1)
    with pytest.raises(LocationMissing):
        await computer.daily.make()
    assert isinstance(computer.daily.problem, LocationMissing)
    assert computer.daily.days_without() == 3
    assert computer.daily.is_due()
    assert not computer.stick.exists()
    computer.stick.with_name("unplugged").rename(computer.stick)
    await computer.daily.make()
    assert len(await computer.backups.listed()) == 2


async def test_days_count_from_the_choice_of_the_destination_when_no_backup_was_ever_made(computer: Backups) -> None:
    computer.stick.rename(computer.stick.with_name("unplugged"))
    computer.moment += timedelta(days=4)
    with pytest.raises(LocationMissing):
        await computer.daily.make()
    assert computer.daily.last is None
    assert computer.daily.days_without() == 4


async def test_an_empty_folder_where_the_disk_was_is_not_the_destination(computer: Backups) -> None:
    await computer.daily.make()
    computer.stick.rename(computer.stick.with_name("unplugged"))
    computer.stick.mkdir()  # a mount point stays when its disk is gone
    with pytest.raises(LocationMissing):
        await computer.daily.make()
    assert not list(computer.stick.iterdir())


async def test_a_backup_that_is_written_wrongly_is_no_backup_and_older_ones_stay(
    computer: Backups, monkeypatch: pytest.MonkeyPatch
) -> None:
    await computer.daily.make()
    computer.moment += timedelta(days=1)
    folder = type(await computer.backups.open())
    write = folder.write

    async def write_wrongly(self, name: str, source: Path) -> None:
        await write(self, name, source)
        if name.endswith(".sqlite3"):
            path = self.path / name
            path.write_bytes(path.read_bytes()[:-100])

    monkeypatch.setattr(folder, "write", write_wrongly)
    with pytest.raises(BackupDamaged):
        await computer.daily.make()
    assert [backup.name.number for backup in await computer.backups.listed()] == [1]
    assert computer.daily.is_due()


async def test_a_file_that_was_cut_off_later_is_marked(computer: Backups) -> None:
    await computer.daily.make()
    path = computer.own / (await computer.newest()).name.database
    path.write_bytes(path.read_bytes()[:5000])
    assert (await computer.newest()).is_cut_off


async def test_a_damaged_backup_is_not_kept_in_place_of_an_older_one(computer: Backups) -> None:
    for _ in range(12):
        await computer.daily.make()
        computer.moment += timedelta(days=1)
    kept = [backup.name for backup in await computer.backups.listed()]
    weeks_ago = kept[-1]  # it stands for its week and month only
    damaged = computer.own / weeks_ago.database
    damaged.write_bytes(damaged.read_bytes()[:100])
    older = replace(weeks_ago, number=weeks_ago.number - 1, day=weeks_ago.day - timedelta(days=1))
    for name in ("database", "manifest", "attachments"):
        source = computer.own / getattr(kept[0], name)
        (computer.own / getattr(older, name)).write_bytes(source.read_bytes())
    await computer.daily.make()
    assert older in [backup.name for backup in await computer.backups.listed()]


async def test_an_attachment_that_was_cut_off_is_written_again(computer: Backups) -> None:
    sha256 = await add_picture(computer, BYTES)
    await computer.daily.make()
    stored = computer.own / "attachments" / sha256[:2] / sha256
    whole = stored.read_bytes()
    stored.write_bytes(whole[:-10])
    await computer.daily.make()
    assert stored.read_bytes() == whole


async def test_an_encrypted_attachment_that_was_cut_off_is_written_again(computer: Backups) -> None:
    await computer.encrypt()
    await add_picture(computer, BYTES)
    await computer.daily.make()
    (stored,) = (computer.own / "attachments").glob("*/*")
    size, moment = stored.stat().st_size, stored.stat().st_mtime_ns
    await computer.daily.make()
    assert stored.stat().st_mtime_ns == moment, "what is whole is not written again"
    stored.write_bytes(stored.read_bytes()[:-1000])
    await computer.daily.make()
    assert stored.stat().st_size >= size - 300  # the header has no fixed length


async def test_twenty_backups_have_each_attachment_once(computer: Backups) -> None:
    content = random.Random(1).randbytes(1_000_000)
    await add_picture(computer, content)
    for _ in range(20):
        await computer.daily.make()
        computer.moment += timedelta(days=1)
    attachments = list((computer.own / "attachments").glob("*/*"))
    assert [path.stat().st_size for path in attachments] == [len(content)]


async def test_a_disk_without_enough_space_is_not_filled_up(computer: Backups, monkeypatch: pytest.MonkeyPatch) -> None:
    await add_picture(computer, BYTES)

    async def free_bytes(_self) -> int:
        return 1000

    monkeypatch.setattr(LocalFolder, "free_bytes", free_bytes)
    with pytest.raises(LocationFull) as raised:
        await computer.daily.make()
    assert raised.value.path == str(computer.stick / "Chatdesk"), "a place that the user knows"
    assert not list(computer.stick.rglob("*.*"))


async def test_a_new_destination_gets_its_backup_also_while_one_is_being_made(
    computer: Backups, tmp_path: Path
) -> None:
    computer.daily.start()
    while computer.daily.share is None:
        await asyncio.sleep(0)
    other = tmp_path / "other"
    other.mkdir()
    computer.daily.choose_folder(other)
    computer.daily.start()
    await computer.made()
    assert computer.daily.problem is None
    assert [backup.name.number for backup in await computer.backups.listed()] == [1]
    assert list(other.glob("Chatdesk/*/*.sqlite3"))


async def test_a_backup_can_be_stopped_and_is_due_then(computer: Backups) -> None:
    computer.daily.start()
    while computer.daily.share is None:
        await asyncio.sleep(0)
    computer.daily.cancel()
    await computer.made()
    assert computer.daily.problem is None
    assert computer.daily.is_due()
    assert await computer.backups.listed() == ()


async def test_a_server_is_used_only_if_files_can_be_written_there(
    computer: Backups, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, server = computer.backups.destination, StorageLocation("https://dav.example/files/Chatdesk", "ana")
    folder = ServerFolder(computer.stick.parent / "server")
    folder.path.mkdir()
    monkeypatch.setattr(computer.backups, "_make_folder", folder.open)
    await computer.backups.secrets.save_password(server.address, "good")
    with pytest.raises(LocationUnusable):
        await computer.daily.choose_server(server, "wrong")
    assert computer.backups.destination == before
    assert await computer.backups.secrets.password(server.address) == "good"
    folder.is_writable = True
    await computer.daily.choose_server(server, "new")
    assert computer.backups.destination == server
    assert await computer.backups.secrets.password(server.address) == "new"
    assert not list(folder.path.iterdir())


class ServerFolder(LocalFolder):
    """A folder on a server that cannot be written at first."""

    is_writable = False

    def open(self, _destination: StorageLocation, _password: str) -> "ServerFolder":
        return self

    async def write(self, name: str, source: Path) -> None:
        if not self.is_writable:
            raise LocationUnusable(path=name, reason="read-only")
        await super().write(name, source)


async def test_what_a_crash_left_is_no_backup_and_is_removed_by_the_next_one(computer: Backups) -> None:
    await computer.daily.make()
    name = (await computer.newest()).name
    (computer.own / name.manifest).unlink()  # it is written last
    assert await computer.backups.listed() == ()
    computer.moment += timedelta(days=1)
    await computer.daily.make()
    assert [backup.name.number for backup in await computer.backups.listed()] == [2]
    assert not any("000001" in name for name in computer.names())


async def test_a_list_of_attachments_that_an_interrupted_removal_left_is_removed_by_the_next_backup(
    computer: Backups,
) -> None:
    await computer.daily.make()
    name = (await computer.newest()).name
    (computer.own / name.manifest).unlink()
    (computer.own / name.database).unlink()
    await computer.daily.make()
    assert [backup.name.number for backup in await computer.backups.listed()] == [2]
    assert not any("000001" in name for name in computer.names())


async def test_two_computers_at_one_destination_never_touch_each_others_backups(
    computer: Backups, tmp_path: Path
) -> None:
    await computer.daily.make()
    (tmp_path / "other").mkdir()
    write_chats(tmp_path / "other" / "chats.sqlite3", 5, 2)
    async with one_computer(tmp_path / "other", computer.stick) as other:
        other.daily.choose_folder(other.stick)
        await other.daily.make()
        assert [(backup.is_own, backup.manifest.chats) for backup in await other.backups.listed()] == [
            (True, 5),
            (False, 3),
        ]
    assert [backup.is_own for backup in await computer.backups.listed()] == [True, False]


async def test_an_encrypted_backup_is_opened_by_its_key_and_tells_nothing_without_it(
    computer: Backups, tmp_path: Path
) -> None:
    picture = await add_picture(computer, b"a picture that nobody else may see")
    await computer.encrypt()
    await computer.daily.make()
    copy = await computer.newest()
    assert copy.name.is_encrypted
    assert copy.manifest
    assert copy.manifest.chats == 3
    decrypt_file(computer.own / copy.name.database, tmp_path / "opened", KEY)
    assert chats_in(tmp_path / "opened") == 3
    content = b"".join(path.read_bytes() for path in computer.stick.rglob("*") if path.is_file())
    assert b"SQLite" not in content
    assert b"picture" not in content
    assert copy.manifest.newest.encode() not in content
    assert not any(picture in str(path) for path in computer.stick.rglob("*"))
    assert b"the protected key" in content


async def test_another_computer_needs_the_passphrase_once(
    computer: Backups, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    await computer.daily.protect("correct horse")
    await computer.daily.make()
    (tmp_path / "other").mkdir()
    async with one_computer(tmp_path / "other", computer.stick) as other:
        other.daily.choose_folder(other.stick)
        copy = await other.newest()
        assert copy.manifest is None
        with pytest.raises(KeyNotKnown):
            await other.backups.key_for(copy)
        with pytest.raises(PassphraseWrong):
            await other.backups.key_for(copy, "wrong")
        key = await other.backups.key_for(copy, "correct horse")
        assert key.public == computer.settings.get(BACKUP_KEY)
        assert (await other.newest()).manifest == (await computer.newest()).manifest
        assert await other.backups.key_for(copy) == key


async def test_an_earlier_passphrase_still_opens_the_backups_of_its_time(computer: Backups) -> None:
    await computer.daily.protect("first")
    await computer.daily.make()
    first = await computer.newest()
    await computer.daily.protect("second")
    computer.moment += timedelta(days=1)
    await computer.daily.make()
    assert (await computer.backups.key_for(first, "first")) != (await computer.backups.key_for(await computer.newest()))


async def test_backups_are_opened_by_the_passphrase_before_if_a_crash_kept_the_new_one_from_being_used(
    computer: Backups, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    await computer.daily.protect("first")
    with monkeypatch.context() as crashed:
        crashed.setattr(computer.backups.secrets, "save_key", AsyncMock(side_effect=LocationFull))
        with pytest.raises(LocationFull):
            await computer.daily.protect("second")
    (tmp_path / "new stick").mkdir()
    (tmp_path / "other").mkdir()
    computer.daily.choose_folder(tmp_path / "new stick")
    await computer.daily.make()
    async with one_computer(tmp_path / "other", tmp_path / "new stick") as other:
        other.daily.choose_folder(other.stick)
        key = await other.backups.key_for(await other.newest(), "first")
        assert key.public == computer.settings.get(BACKUP_KEY)


async def test_nothing_temporary_is_left(computer: Backups) -> None:
    await computer.encrypt()
    await computer.daily.make()
    assert not list((computer.home / "scratch").rglob("*"))


async def test_a_cancelled_backup_leaves_no_backup_and_the_next_one_works(computer: Backups) -> None:
    computer.daily.start()
    for _ in range(3):
        await asyncio.sleep(0)
    await computer.daily.close()
    await computer.daily.make()
    assert [backup.name.number for backup in await computer.backups.listed() if backup.manifest] == [1]


async def test_without_chats_no_backup_replaces_a_good_one(tmp_path: Path) -> None:
    (tmp_path / "home").mkdir()
    async with one_computer(tmp_path / "home", tmp_path / "stick") as empty:
        empty.daily.choose_folder(empty.stick)
        await empty.daily.make()
        assert await empty.backups.listed() == ()


async def test_the_progress_is_announced_and_ends(computer: Backups) -> None:
    shares: list[float | None] = []
    computer.daily.changes.subscribe(lambda _: shares.append(computer.daily.share))
    await computer.daily.make()
    announced = [share for share in shares if share is not None]
    assert announced == sorted(announced)
    assert announced[0] == 0.0
    assert announced[-1] == pytest.approx(1.0)
    assert shares[-1] is None


async def test_the_upkeep_makes_the_backup_that_is_due_and_tells_once_that_there_was_none_for_days(
    computer: Backups,
) -> None:
    conversations = Conversations(computer.database, lambda: computer.moment)
    await conversations.load()
    attachments = Attachments(computer.files, computer.database, computer.settings, pixels, NO_DOCUMENTS)
    maintenance = Maintenance(
        computer.database,
        conversations,
        computer.settings,
        lambda: computer.moment,
        attachments,
        Lazy(lambda: computer.daily),
        Lazy(lambda: pytest.fail("not needed")),
        Lazy(lambda: pytest.fail("not needed")),
    )
    findings: list[object] = []
    maintenance.findings.subscribe(findings.append)
    await maintenance.run_daily_backup()
    await maintenance.run_daily_backup()
    assert len(await computer.backups.listed()) == 1
    computer.stick.rename(computer.stick.with_name("unplugged"))
    for _ in range(5):
        computer.moment += timedelta(days=1)
        await maintenance.run_daily_backup()
    (finding,) = findings
    assert isinstance(finding, DailyBackupOverdue)
    assert (finding.days, type(finding.error)) == (3, LocationMissing)
    computer.daily.switch(on=False)
    await maintenance.run_daily_backup()
    assert computer.daily.problem is None
