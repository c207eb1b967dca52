"""Synchronisation whose disk or temporary folder vanishes, and comes back."""

import shutil
from contextlib import AsyncExitStack

from chatdesk.features.sync.services.sync_status import Problem
from chatdesk.kernel.errors.backup_errors import PlaceMissing, TemporaryFilesFailed
from tests.unit.features.sync.services.desk import Desk, path, rounds, talk


async def problem_of(program) -> Problem | None:
    return next(iter((await program.sync.get().status()).problems), None)


async def test_nothing_is_written_into_the_empty_mount_point_of_a_disk_that_was_unplugged(desk: Desk) -> None:
    home = await desk.on("home")
    desk.shared.rename(desk.root / "unplugged")
    desk.shared.mkdir()
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


async def test_nor_when_the_program_starts_without_the_disk(desk: Desk) -> None:
    async with AsyncExitStack() as running:
        first = Desk.__new__(Desk)
        first.__dict__.update(desk.__dict__, _stack=running)
        home = await first.on("home")
        chat = await talk(home, "Later")
    desk.shared.rename(desk.root / "unplugged")
    desk.shared.mkdir()
    home = await desk.open("home")
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
