"""Chats come back from a backup: next to the current ones, or in place of them."""

import asyncio
import hashlib
import shutil
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from dataclasses import replace
from pathlib import Path

import pytest

from chatdesk.app.composition import DATABASE_NAME, open_program
from chatdesk.app.program import Program
from chatdesk.features.backups.services.opened_backup import OpenedBackup
from chatdesk.features.backups.services.restoring import Restored
from chatdesk.kernel.chat.conversation import Question
from chatdesk.kernel.chat.message import DocumentPart, Role
from chatdesk.kernel.errors.backup_errors import BackupDamaged, BackupNewer, KeyNotKnown, TemporaryFilesFailed
from chatdesk.kernel.errors.base import ConnectionLost
from chatdesk.kernel.errors.storage_errors import DatabaseDamaged, FullForChange, LockedForChange, StorageError
from chatdesk.kernel.models.model import ModelRef
from chatdesk.kernel.redaction import Redactor
from chatdesk.kernel.remote_folder import StorageLocation
from chatdesk.storage.recovery.replacement import set_aside_files
from chatdesk.system.folders import Folders
from chatdesk.system.resources import Resources
from tests.fakes.webdav_server import PASSWORD, USER, WebDavServer

pytestmark = pytest.mark.usefixtures("quick_passphrases")

NO_MODEL = ModelRef("none", "none")
PASSPHRASE = "correct horse"


@asynccontextmanager
async def opened(home: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Program]:
    monkeypatch.setenv("CHATDESK_HOME", str(home))
    folders = Folders.locate()
    folders.make()
    async with open_program(folders, Resources.locate(), Redactor()) as program:
        yield program


@pytest.fixture
async def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Program]:
    (tmp_path / "stick").mkdir()
    async with opened(tmp_path / "home", monkeypatch) as program:
        program.backups.daily.get().choose_folder(tmp_path / "stick")
        yield program


async def ask(program: Program, title: str, *questions: str, attachments: tuple[DocumentPart, ...] = ()) -> str:
    chat = await program.chat.conversations.create(title)
    for text in questions:
        await program.chat.chat.send(chat.id, Question(text, NO_MODEL, attachments=attachments))
        await program.chat.chat.stop_and_wait(chat.id)
    return chat.id


async def backed_up(program: Program, passphrase: str | None = None) -> OpenedBackup:
    """Make a backup, and open it."""
    daily = program.backups.daily.get()
    await daily.make()
    return await program.backups.restoring.get().opening.open((await daily.backups.listed())[0], passphrase)


async def restored(program: Program, backup: OpenedBackup, *ids: str) -> Restored:
    return await program.backups.restoring.get().restore(backup, ids)


def titles(program: Program) -> list[str]:
    return sorted(chat.title for chat in program.chat.conversations.all())


async def questions(program: Program, chat_id: str) -> list[str]:
    return [message.text for message in await program.chat.chat.messages(chat_id) if message.role is Role.USER]


async def remove(program: Program, chat_id: str) -> None:
    """Delete a chat for good."""
    await program.conversations.list_editing.delete_chats([chat_id])
    await program.conversations.trash.delete(await program.conversations.trash.items())


async def test_a_backup_tells_its_chats_and_which_of_them_are_here(program: Program) -> None:
    stored, gone = await ask(program, "Kept", "One?"), await ask(program, "Gone", "One?", "Two?")
    backup = await backed_up(program)
    await remove(program, gone)
    found = {chat.id: (chat.title, chat.is_here) for chat in await program.backups.restoring.get().chats(backup)}
    assert found == {stored: ("Kept", True), gone: ("Gone", False)}


async def test_a_removed_chat_comes_back_with_its_messages_and_is_not_doubled(program: Program) -> None:
    stored, gone = await ask(program, "Kept", "One?"), await ask(program, "Gone", "First?", "Second?")
    backup = await backed_up(program)
    await remove(program, gone)
    result = await restored(program, backup, gone, stored)
    assert result.chats == (gone,)
    assert titles(program) == ["Gone", "Kept"]
    assert await questions(program, gone) == ["First?", "Second?"]
    again = await restored(program, backup, gone, stored)
    assert (again.chats, again.grown, again.messages) == ((), (), 0)


async def test_a_chat_in_the_trash_is_taken_out_of_it(program: Program) -> None:
    gone = await ask(program, "Gone", "First?")
    backup = await backed_up(program)
    await program.conversations.list_editing.delete_chats([gone])
    assert (await restored(program, backup, gone)).chats == (gone,)
    assert titles(program) == ["Gone"]


async def test_what_was_written_since_stays(program: Program) -> None:
    chat = await ask(program, "Chat", "First?")
    backup = await backed_up(program)
    await program.chat.chat.send(chat, Question("Since?", NO_MODEL))
    await program.chat.chat.stop_and_wait(chat)
    await program.chat.conversations.rename(chat, "Renamed")
    await restored(program, backup, chat)
    assert titles(program) == ["Renamed"]
    assert await questions(program, chat) == ["First?", "Since?"]


async def test_attachments_come_back(program: Program, tmp_path: Path) -> None:
    (tmp_path / "notes.md").write_text("The promise was thirty percent.", "utf-8")
    document = await program.chat.attachments.add_file(tmp_path / "notes.md")
    assert isinstance(document, DocumentPart)
    gone = await ask(program, "Gone", "What was promised?", attachments=(document,))
    backup = await backed_up(program)
    await remove(program, gone)
    for path in (*(tmp_path / "home" / "attachments").rglob("*"), *(tmp_path / "home" / "backups").rglob("*")):
        if path.is_file():
            path.unlink()
    result = await restored(program, backup, gone)
    assert result.missing_attachments == 0
    assert program.chat.attachments.read(document.sha256) == b"The promise was thirty percent."


async def test_chats_and_attachments_come_back_from_a_server(program: Program, tmp_path: Path) -> None:
    (tmp_path / "notes.md").write_text("The promise was thirty percent.", "utf-8")
    document = await program.chat.attachments.add_file(tmp_path / "notes.md")
    assert isinstance(document, DocumentPart)
    async with WebDavServer() as server:
        location = StorageLocation(f"{server.url}/dav/", USER)
        await program.backups.daily.get().choose_server(location, PASSWORD)
        gone = await ask(program, "Gone", "What was promised?", attachments=(document,))
        backup = await backed_up(program)
        await remove(program, gone)
        shutil.rmtree(tmp_path / "home" / "attachments")
        assert (await restored(program, backup, gone)).missing_attachments == 0
        assert await questions(program, gone) == ["What was promised?"]
        assert program.chat.attachments.read(document.sha256) == b"The promise was thirty percent."
        server.cut = 20
        await remove(program, gone)
        with pytest.raises(ConnectionLost):
            await backed_up(program)
    assert titles(program) == []


async def test_chats_come_back_into_their_folder(program: Program) -> None:
    gone = await ask(program, "Gone", "First?")
    folder = await program.conversations.folders.create("Work")
    await program.conversations.folders.move_chats([gone], folder.id)
    backup = await backed_up(program)
    await remove(program, gone)
    await program.conversations.list_editing.delete_folder(folder.id)
    await program.conversations.trash.delete(await program.conversations.trash.items())
    await restored(program, backup, gone)
    chat = program.chat.conversations.get(gone)
    assert [each.name for each in program.conversations.folders.all() if each.id == chat.folder_id] == ["Work"]


async def test_an_encrypted_backup_of_another_computer_is_opened_by_its_passphrase(
    program: Program, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    chat = await ask(program, "Secret", "First?")
    daily = program.backups.daily.get()
    await daily.protect(PASSPHRASE)
    await daily.make()
    async with opened(tmp_path / "other", monkeypatch) as other:
        other.backups.daily.get().choose_folder(tmp_path / "stick")
        (copy,) = await other.backups.daily.get().backups.listed()
        opening = other.backups.restoring.get().opening
        with pytest.raises(KeyNotKnown):
            await opening.open(copy)
        backup = await opening.open(copy, PASSPHRASE)
        await restored(other, backup, chat)
        assert titles(other) == ["Secret"]


async def test_a_weekly_backup_can_be_restored_from_as_well(program: Program) -> None:
    gone = await ask(program, "Gone", "First?")
    await program.backups.maintenance.back_up()
    (weekly,) = await program.backups.maintenance.backups()
    backup = await program.backups.restoring.get().opening.open(weekly)
    await remove(program, gone)
    await restored(program, backup, gone)
    assert titles(program) == ["Gone"]


async def test_a_damaged_backup_is_refused_and_nothing_changes(program: Program, tmp_path: Path) -> None:
    await ask(program, "Kept", "First?")
    daily = program.backups.daily.get()
    await daily.make()
    (copy,) = await daily.backups.listed()
    (path,) = (tmp_path / "stick").rglob("*.sqlite3")
    path.write_bytes(path.read_bytes()[:-4096] + bytes([255]) * 4096)
    with pytest.raises(BackupDamaged):
        await program.backups.restoring.get().opening.open(copy)
    assert titles(program) == ["Kept"]
    assert not (tmp_path / "home" / "cache" / "backups" / "opened").exists()


async def test_a_backup_of_a_newer_version_is_refused_as_that(program: Program, tmp_path: Path) -> None:
    await ask(program, "Kept", "First?")
    daily = program.backups.daily.get()
    await daily.make()
    (path,) = (tmp_path / "stick").rglob("*.sqlite3")
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA user_version = 9999")
    (backup,) = await daily.backups.listed()
    newer = replace(backup, manifest=replace(backup.manifest, sha256=hashlib.sha256(path.read_bytes()).hexdigest()))
    with pytest.raises(BackupNewer):
        await program.backups.restoring.get().opening.open(newer)


@pytest.mark.parametrize("passphrase", ["", PASSPHRASE])
async def test_presets_come_back_and_those_that_are_here_stay(
    program: Program, tmp_path: Path, passphrase: str
) -> None:
    await ask(program, "Kept", "First?")
    folder = tmp_path / "home" / "presets"
    folder.mkdir(exist_ok=True)
    for name in ("here", "gone"):
        (folder / f"{name}.md").write_text(f"{name} in the backup")
    if passphrase:
        await program.backups.daily.get().protect(passphrase)
    backup = await backed_up(program)
    (folder / "gone.md").unlink()
    (folder / "here.md").write_text("changed since")
    restoring = program.backups.restoring.get()
    assert await restoring.missing_files(backup) == 1
    assert await restoring.restore_files(backup) == 1
    assert (folder / "gone.md").read_text() == "gone in the backup"
    assert (folder / "here.md").read_text() == "changed since"
    assert program.presets.presets.find("own:gone")


async def test_a_removal_that_begins_late_leaves_the_chats_that_were_restored_meanwhile(
    program: Program, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ids = [await ask(program, title, "First?") for title in ("One", "Two")]
    backup = await backed_up(program)
    trash, read = program.conversations.trash, backup.chat
    blocked, ended = asyncio.Event(), asyncio.Event()
    remove_rows = trash._remove

    async def begin_late(*arguments: object) -> None:
        await blocked.wait()
        await remove_rows(*arguments)
        ended.set()

    async def read_slowly(chat_id: str) -> object:
        if chat_id == sorted(ids)[1]:  # the first one is being written, out of sight
            blocked.set()
            await ended.wait()
        return await read(chat_id)

    monkeypatch.setattr(trash, "_remove", begin_late)
    monkeypatch.setattr(backup, "chat", read_slowly)
    for id_ in ids:
        await program.conversations.list_editing.delete_chats([id_])
    await trash.delete(await trash.items())
    assert len((await restored(program, backup, *ids)).chats) == 2
    with closing(sqlite3.connect(tmp_path / "home" / DATABASE_NAME)) as connection:
        rows = connection.execute("SELECT conversation_id, count(*) FROM messages GROUP BY 1").fetchall()
    assert rows == [(id_, 2) for id_ in sorted(ids)]


async def test_a_restore_that_fails_leaves_nothing(program: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    ids = [await ask(program, title, "First?") for title in ("One", "Two")]
    backup = await backed_up(program)
    for id_ in ids:
        await remove(program, id_)
    chat = backup.chat

    async def fail_at_the_second(chat_id: str) -> object:
        if chat_id == sorted(ids)[1]:
            raise DatabaseDamaged(path="x")
        return await chat(chat_id)

    monkeypatch.setattr(backup, "chat", fail_at_the_second)
    with pytest.raises(DatabaseDamaged):
        await restored(program, backup, *ids)
    assert titles(program) == []
    monkeypatch.undo()
    assert len((await restored(program, backup, *ids)).chats) == 2


async def test_a_private_copy_that_vanishes_is_no_damage_and_leaves_the_chats_as_they_are(program: Program) -> None:
    await ask(program, "Kept", "First?")
    backup = await backed_up(program)
    restoring = program.backups.restoring.get()
    work = await restoring.prepare_replacing(backup)
    cache = backup.path.parent.parent.parent
    shutil.rmtree(backup.path.parent)
    for attempt in (restoring.chats(backup), restored(program, backup, "any"), restoring.prepare_replacing(backup)):
        with pytest.raises(TemporaryFilesFailed) as raised:
            await attempt
        assert raised.value.path == str(cache)
    with pytest.raises(TemporaryFilesFailed):
        work.run(lambda _share: None)
    assert titles(program) == ["Kept"]


async def test_all_chats_are_replaced_and_the_old_ones_kept_in_a_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "stick").mkdir()
    async with opened(tmp_path / "home", monkeypatch) as program:
        program.backups.daily.get().choose_folder(tmp_path / "stick")
        await ask(program, "Before", "First?")
        backup = await backed_up(program)
        await ask(program, "Since", "First?")
        work = await program.backups.restoring.get().prepare_replacing(backup)
    result = work.run(lambda _share: None)
    assert result
    assert result.chats == 1
    assert result.set_aside in set_aside_files(tmp_path / "home" / DATABASE_NAME)
    async with opened(tmp_path / "home", monkeypatch) as program:
        assert titles(program) == ["Before"]


@pytest.mark.parametrize(
    ("error", "reported"),
    [(sqlite3.SQLITE_FULL, FullForChange), (sqlite3.SQLITE_BUSY, LockedForChange)],
    ids=["full disk", "another program"],
)
async def test_a_replacement_that_fails_says_that_nothing_was_changed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: int, reported: type[StorageError]
) -> None:
    (tmp_path / "stick").mkdir()
    async with opened(tmp_path / "home", monkeypatch) as program:
        program.backups.daily.get().choose_folder(tmp_path / "stick")
        await ask(program, "Before", "First?")
        backup = await backed_up(program)
        await ask(program, "Since", "First?")
        work = await program.backups.restoring.get().prepare_replacing(backup)

    def fail(*_: object) -> None:
        failure = sqlite3.OperationalError("failed")
        failure.sqlite_errorcode, failure.sqlite_errorname = error, "SQLITE_FAILED"
        raise failure

    with monkeypatch.context() as failing:
        failing.setattr("chatdesk.storage.recovery.replacement.copy_database", fail)
        with pytest.raises(reported):
            work.run(lambda _share: None)
    assert set_aside_files(tmp_path / "home" / DATABASE_NAME) == ()
    async with opened(tmp_path / "home", monkeypatch) as program:
        assert sorted(titles(program)) == ["Before", "Since"]


async def test_temporary_files_that_a_crash_left_are_removed_by_the_next_start(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    left = tmp_path / "home" / "cache" / "backups" / "making" / "chats.sqlite3"
    left.parent.mkdir(parents=True)
    left.write_bytes(b"a copy of all chats")
    async with opened(tmp_path / "home", monkeypatch):
        pass
    assert [path.name for path in (tmp_path / "home" / "cache").glob("backups*")] == []
