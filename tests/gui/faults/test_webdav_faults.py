"""Backups, restores and synchronisation over a WebDAV server that fails at any of its requests: nothing is lost, and the next try works."""

import re
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from chatdesk.app.composition import open_program
from chatdesk.app.program import Program
from chatdesk.features.sync.services.sync_status import ProblemKind
from chatdesk.kernel.errors.backup_errors import LocationMissing
from chatdesk.kernel.errors.base import ChatdeskError
from chatdesk.kernel.redaction import Redactor
from chatdesk.kernel.remote_folder import StorageLocation
from chatdesk.network.webdav import WebDavFolder
from chatdesk.system.resources import Resources
from chatdesk.ui_kit.errors.folder_errors import folder_error_texts
from tests.fakes.faulty_webdav import KINDS, FaultyWebDav
from tests.fakes.webdav_server import PASSWORD, USER
from tests.kills.homes import CHATS_BEFORE, add_pictures, add_presets, folders_of, write_home
from tests.unit.features.sync.services.desk import Desk, path, rounds, talk

_SILENCE_SECONDS = 0.1
_EVERY = 3
"""Every so many requests are failed at."""


@pytest.fixture
async def server() -> AsyncIterator[FaultyWebDav]:
    async with FaultyWebDav() as server:
        yield server


@pytest.fixture(autouse=True)
def short_timeouts(monkeypatch: pytest.MonkeyPatch) -> None:
    for method in (WebDavFolder._request.__wrapped__, WebDavFolder._expect):
        timeouts = method.__kwdefaults__["timeouts"]
        monkeypatch.setitem(method.__kwdefaults__, "timeouts", replace(timeouts, first_event=_SILENCE_SECONDS))
    monkeypatch.setattr("chatdesk.network.webdav._IDLE_SECONDS", _SILENCE_SECONDS)


@asynccontextmanager
async def opened(home: Path) -> AsyncIterator[Program]:
    write_home(home)
    add_pictures(home, 3)
    add_presets(home, 1)
    async with open_program(folders_of(home), Resources.locate(), Redactor()) as program:
        yield program


def check_told(error: ChatdeskError) -> None:
    happened, advice = folder_error_texts(error, is_remote=True)
    assert happened
    assert advice, f"no next step: {error!r}"
    assert not re.search(r"errno|partial|cache/|model|exception", f"{happened} {advice}", re.IGNORECASE), happened


async def requests_of(server: FaultyWebDav, work: Callable[[], Awaitable[object]]) -> int:
    server.mend()
    await work()
    return server.answered


async def fails(server: FaultyWebDav, fault: str, good: int, work: Callable[[], Awaitable[object]]) -> bool:
    """Return whether the work fails after so many requests; the error has a text with a next step."""
    server.fail(fault, good)
    try:
        await work()
    except ChatdeskError as error:
        check_told(error)
        return True
    finally:
        server.mend()
    return False


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[Desk]:
    async with AsyncExitStack() as stack:
        yield Desk(stack, tmp_path)


@pytest.mark.thorough
@pytest.mark.parametrize("fault", KINDS)
async def test_a_backup_that_fails_at_any_request_leaves_the_one_before_and_is_made_later(
    server: FaultyWebDav, tmp_path: Path, fault: str
) -> None:
    async with opened(tmp_path / "home") as program:
        daily = program.backups.daily.get()
        await daily.choose_server(StorageLocation(f"{server.url}/dav/", USER), PASSWORD)
        await daily.make()
        total = await requests_of(server, daily.make)
        failed = 0
        for good in range(0, total, _EVERY):
            newest = (await daily.backups.listed())[0]
            failed += await fails(server, fault, good, daily.make)
            listed = await daily.backups.listed()
            assert listed[0].name.number >= newest.name.number
            assert not listed[0].is_damaged
        assert failed
        await daily.make()
        assert daily.problem is None
        opening = program.backups.restoring.get().opening
        backup = await opening.open((await daily.backups.listed())[0])
        assert len(await backup.chats()) == CHATS_BEFORE
        await backup.close()


@pytest.mark.thorough
@pytest.mark.parametrize("fault", KINDS)
async def test_a_restore_that_fails_at_any_request_changes_nothing_and_works_later(
    server: FaultyWebDav, tmp_path: Path, fault: str
) -> None:
    location = StorageLocation(f"{server.url}/dav/", USER)
    async with opened(tmp_path / "other") as other:
        await other.backups.daily.get().choose_server(location, PASSWORD)
        await other.backups.daily.get().make()
    async with open_program(folders_of(tmp_path / "home"), Resources.locate(), Redactor()) as program:
        daily, restoring = program.backups.daily.get(), program.backups.restoring.get()
        await daily.choose_server(location, PASSWORD)
        missing: list[int] = []

        async def restore() -> None:
            daily.backups.forget()
            listed = await daily.backups.listed()
            if not listed:
                raise LocationMissing(path="the folder is not there, says the server")
            backup = await restoring.opening.open(listed[0])
            try:
                chats = [chat.id for chat in await restoring.chats(backup)]
                await restoring.missing_files(backup)
                missing.append((await restoring.restore(backup, chats)).missing_attachments)
            finally:
                await backup.close()

        for good in range(0, 100, _EVERY):
            has_failed = await fails(server, fault, good, restore)
            if not has_failed and missing[-1] == 0:
                break
            if has_failed:
                assert program.chat.conversations.all() == ()
            else:
                assert fault == "404", (
                    "a server answers so for a missing attachment; the sheet says how many are missing"
                )
                await program.conversations.list_editing.delete_chats(
                    [chat.id for chat in program.chat.conversations.all()]
                )
                await program.conversations.trash.delete(await program.conversations.trash.items())
        assert good > 3
        assert len(program.chat.conversations.all()) == CHATS_BEFORE
        assert not (daily.backups.scratch / "opened").exists()


@pytest.mark.thorough
@pytest.mark.parametrize("fault", KINDS)
async def test_a_round_that_fails_at_any_request_loses_nothing_and_the_next_one_completes_it(
    server: FaultyWebDav, desk: Desk, fault: str
) -> None:
    desk.location, desk.password = StorageLocation(f"{server.url}/dav/", USER), PASSWORD
    home, work = await desk.on("home"), await desk.on("work")
    chat = await talk(home, "First")
    await rounds(home, work)
    sync = home.sync.get()
    failed = 0
    for good in range(0, 12, _EVERY):
        await talk(home, f"Text {good}", chat=chat)
        server.fail(fault, good)
        await sync.run_round()
        server.mend()
        for problem in (await sync.status()).problems:
            assert problem.kind in {ProblemKind.FOLDER, ProblemKind.LOGIN}
            assert problem.error
            check_told(problem.error)
            failed += 1
        await sync.run_round()
        assert (await sync.status()).problems == ()
    assert failed
    await rounds(work)
    assert await path(work, chat.id) == ["First", *(f"Text {good}" for good in range(0, 12, _EVERY))]
