"""Synchronisation whose disk or temporary folder vanishes, and comes back."""

import shutil

import pytest

from chatdesk.features.sync.services.sync_status import Problem
from chatdesk.kernel.errors.backup_errors import PlaceMissing, TemporaryFilesFailed
from tests.unit.features.sync.services.desk import Desk, path, rounds, talk


async def problem_of(program) -> Problem | None:
    return next(iter((await program.sync.get().status()).problems), None)


@pytest.mark.parametrize("is_started_without_it", [False, True])
async def test_nothing_is_written_into_the_empty_mount_point_of_a_disk(
    desk: Desk, *, is_started_without_it: bool
) -> None:
    async with desk.session() as running:
        home = await running.on("home")
        if is_started_without_it:
            chat = await talk(home, "Later")
            await running.close()
        desk.shared.rename(desk.root / "unplugged")
        desk.shared.mkdir()
        if is_started_without_it:
            home = await desk.open("home")
        else:
            chat = await talk(home, "Later")
        await home.sync.get().run_round()
        problem = await problem_of(home)
        assert problem
        assert isinstance(problem.error, PlaceMissing)
        assert not list(desk.shared.iterdir())
        desk.shared.rmdir()
        (desk.root / "unplugged").rename(desk.shared)
        work = await desk.on("work")
        await rounds(home, work)
        assert await path(work, chat.id) == ["Later"]


async def test_a_temporary_folder_that_cannot_be_written_is_named_and_not_the_shared_one(desk: Desk) -> None:
    home, work = await desk.on("home"), await desk.on("work")
    scratch = desk.root / "home" / "cache" / "backups"
    shutil.rmtree(scratch, ignore_errors=True)
    scratch.write_bytes(b"a file")
    chat = await talk(home, "Later")
    await home.sync.get().run_round()
    problem = await problem_of(home)
    assert problem
    assert isinstance(problem.error, TemporaryFilesFailed)
    assert problem.error.path == str(scratch.parent)
    scratch.unlink()
    await rounds(home, work)
    assert await problem_of(home) is None
    assert await path(work, chat.id) == ["Later"]
