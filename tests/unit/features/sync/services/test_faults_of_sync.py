"""Synchronisation whose disk or temporary folder vanishes, and comes back."""

import asyncio
import shutil
import sys

import pytest

from chatdesk.app import foreign_files
from chatdesk.features.sync.services.sync_status import Problem, ProblemKind
from chatdesk.kernel.aio.child_program import ChildProgram
from chatdesk.kernel.errors.backup_errors import LocationMissing, LocationSilent, TemporaryFilesFailed
from chatdesk.storage.files import folder_calls, local_folder
from tests.fakes.silent_folder import SilentFolder
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
        assert isinstance(problem.error, LocationMissing)
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


_READ = "import sys; sys.stdin.readline(); "
_FAULTY_READERS = {
    "killed": f"{_READ}import os, signal; os.kill(os.getpid(), signal.SIGTERM)",
    "out of memory": f"{_READ}raise MemoryError",
    "hanging": f"{_READ}import time; time.sleep(60)",
    "garbage": f"{_READ}print('5'); print('[')",
    "ends before all is read": f"{_READ}sys.exit(3)",
}


@pytest.mark.parametrize("reader", [*_FAULTY_READERS, "not started"])
async def test_a_bundle_whose_reader_fails_is_not_called_damaged_and_read_again(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, reader: str
) -> None:
    home, work = await desk.on("home"), await desk.on("work")
    await talk(home, "Known")
    await rounds(home, work)
    chat = await talk(home, "Whole")
    await home.sync.get().run_round()
    sync = work.sync.get()
    with monkeypatch.context() as failing:
        command = [sys.executable, "-I", "-S", "-c", _FAULTY_READERS.get(reader, "")]
        failing.setattr(ChildProgram, "command", lambda _: ["/nowhere/at/all"] if reader == "not started" else command)
        if reader == "hanging":
            failing.setattr(foreign_files, "_SECONDS", 0.3)
        for _ in range(3):
            await sync.run_round()
        (problem,) = (await sync.status()).problems
    assert (problem.kind, problem.computer) == (ProblemKind.NOT_READ, "home")
    sync.sync_now()
    await sync.run_round()
    assert (await sync.status()).problems == ()
    assert await path(work, chat.id) == ["Whole"]


async def test_a_shared_folder_that_hangs_is_reported_once_and_neither_keeps_the_program_open_nor_adds_threads(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(local_folder, "_SILENCE_SECONDS", 0.05)
    monkeypatch.setattr(folder_calls, "_LEAVE_SECONDS", 0.05)
    hanging = SilentFolder(desk.shared, monkeypatch)
    async with desk.session() as running:
        home = await running.on("home")
        chat = await talk(home, "Later")
        hanging.begin()
        for _ in range(4):
            await home.sync.get().run_round()
            problem = await problem_of(home)
            assert problem
            assert problem.kind is ProblemKind.FOLDER
            assert isinstance(problem.error, LocationSilent)
        assert hanging.threads == 1
    assert hanging.threads == 1, "the program has ended all the same"
    hanging.end()
    monkeypatch.setattr(local_folder, "_SILENCE_SECONDS", 60.0)
    await rounds(await desk.open("home"), work := await desk.on("work"))
    assert await path(work, chat.id) == ["Later"]


async def test_synchronisation_is_switched_off_while_its_folder_hangs(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(folder_calls, "_LEAVE_SECONDS", 0.05)
    home = await desk.on("home")
    hanging = SilentFolder(desk.shared, monkeypatch)
    hanging.begin()
    sync = home.sync.get()
    sync.sync_now()
    while not hanging.threads:
        await asyncio.sleep(0)
    await sync.turn_off()
    assert not (await sync.status()).settings.is_on
    hanging.end()
