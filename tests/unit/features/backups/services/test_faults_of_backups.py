"""Daily backups whose disk, temporary folder or attachments vanish in the middle."""

import shutil
from collections.abc import AsyncIterator, Callable
from datetime import timedelta
from pathlib import Path

import pytest

from chatdesk.kernel.errors.backup_errors import LocationMissing, TemporaryFilesFailed
from chatdesk.storage.files.local_folder import LocalFolder
from tests.unit.features.backups.services.backup_harness import Backups, one_computer
from tests.unit.features.backups.services.test_daily_backups import add_picture
from tests.unit.storage.damaged import write_chats


@pytest.fixture
async def computer(tmp_path: Path) -> AsyncIterator[Backups]:
    (tmp_path / "home").mkdir()
    write_chats(tmp_path / "home" / "chats.sqlite3", 3, 10)
    async with one_computer(tmp_path / "home", tmp_path / "stick") as computer:
        computer.daily.choose_folder(computer.stick)
        await add_picture(computer, b"first")
        await computer.daily.make()
        computer.moment += timedelta(days=1)
        yield computer


def before_writing(monkeypatch: pytest.MonkeyPatch, ending: str, happens: Callable[[], object]) -> None:
    """Let something happen before the first file whose name has this ending is written."""
    write, has_happened = LocalFolder.write, False

    async def write_later(self: LocalFolder, name: str, source: Path) -> None:
        nonlocal has_happened
        if name.endswith(ending) and not has_happened:
            has_happened = True
            happens()
        await write(self, name, source)

    monkeypatch.setattr(LocalFolder, "write", write_later)


async def test_nothing_is_written_into_the_empty_mount_point_of_a_disk_that_is_unplugged_in_the_middle(
    computer: Backups, monkeypatch: pytest.MonkeyPatch
) -> None:
    unplugged = computer.stick.with_name("unplugged")

    def unplug() -> None:
        computer.stick.rename(unplugged)
        computer.stick.mkdir()

    before_writing(monkeypatch, ".sqlite3", unplug)
    with pytest.raises(LocationMissing):
        await computer.daily.make()
    assert not list(computer.stick.iterdir())
    assert computer.daily.is_due()
    with pytest.raises(LocationMissing):
        await computer.backups.listed()
    computer.stick.rmdir()
    unplugged.rename(computer.stick)
    await computer.daily.make()
    assert len(await computer.backups.listed()) == 2


async def test_attachments_that_are_missing_here_stay_in_the_backups(computer: Backups) -> None:
    sha256 = await add_picture(computer, b"second")
    await computer.daily.make()
    attachments = computer.home / "attachments"
    attachments.rename(attachments.with_name("on a disk that is not there"))
    await computer.daily.make()  # takes the place of the one before, of the same day
    assert len(await computer.backups.listed()) == 2
    assert list((computer.own / "attachments").rglob(sha256))


async def test_an_attachment_that_vanishes_in_the_middle_is_left_out(
    computer: Backups, monkeypatch: pytest.MonkeyPatch
) -> None:
    sha256 = await add_picture(computer, b"second")
    path = computer.files.path(sha256)
    assert path
    before_writing(monkeypatch, sha256, path.unlink)
    await computer.daily.make()
    assert [backup.name.number for backup in await computer.backups.listed()] == [2, 1]


@pytest.mark.parametrize("ending", [".attachments", ".sqlite3"])
async def test_temporary_files_that_vanish_are_named_as_such_and_the_next_attempt_works(
    computer: Backups, monkeypatch: pytest.MonkeyPatch, ending: str
) -> None:
    scratch = computer.backups.scratch
    before_writing(monkeypatch, ending, lambda: shutil.rmtree(scratch))
    with pytest.raises(TemporaryFilesFailed) as raised:
        await computer.daily.make()
    assert raised.value.path == str(scratch.parent)
    assert computer.daily.problem is raised.value
    await computer.daily.make()
    assert len(await computer.backups.listed()) == 2


async def test_a_folder_for_temporary_files_that_cannot_be_made_is_named(computer: Backups) -> None:
    computer.backups.scratch.rmdir()
    computer.backups.scratch.write_bytes(b"a file")
    with pytest.raises(TemporaryFilesFailed) as raised:
        await computer.daily.make()
    assert raised.value.path == str(computer.backups.scratch.parent)
