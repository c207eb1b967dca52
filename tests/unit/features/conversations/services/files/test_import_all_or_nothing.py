"""An import adds all of its chats or nothing, whatever happens meanwhile, and can be taken back."""

import asyncio
import sqlite3
from collections.abc import AsyncGenerator, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any
from unittest.mock import AsyncMock, Mock

import pytest

from chatdesk.features.chat.services.store.conversations import ChatRemoval
from chatdesk.features.conversations.services.files.chat_imports import AddProgress, ChatState, ImportResult
from chatdesk.features.conversations.services.files.chat_saving import ChatSaving
from chatdesk.features.conversations.services.files.import_folders import (
    SOURCE_FOLDERS,
    DestinationKind,
    ImportDestination,
)
from chatdesk.kernel.chat.conversation import Question
from chatdesk.kernel.errors.attachment_errors import DocumentReaderNotStarted
from chatdesk.kernel.errors.storage_errors import (
    AttachmentsNotSaved,
    DatabaseLocked,
    DatabaseUnavailable,
    DiskFull,
    FullForChange,
    LockedForChange,
    StorageError,
)
from chatdesk.kernel.presets.preset_import import ImportProblem, ImportRefused
from chatdesk.storage.database.merging import Merging
from tests.unit.features.conftest import MODEL, Harness
from tests.unit.features.conversations.foreign_chats import foreign_chat
from tests.unit.features.conversations.importing.readers.test_open_webui import CHAT
from tests.unit.features.conversations.services.files.importer import Importer, here, rows, stored_titles, texts


async def test_undo_removes_exactly_what_was_added(harness: Harness, importer: Importer) -> None:
    await importer.import_all(foreign_chat("one"))
    await harness.ask(await harness.new_chat(), "Mine")
    before, listed = await rows(harness), harness.conversations.all()
    shown = await harness.path(here("one"))
    result = await importer.import_all(foreign_chat("one", ["Hello", "Hi", "More"]), foreign_chat("two"))
    assert await rows(harness) != before
    assert await importer.imports.undo(result) == ()
    assert set(harness.conversations.all()) == set(listed)
    assert await harness.path(here("one")) == shown
    await asyncio.wait(importer.imports._tasks)
    assert await rows(harness) == before
    await stored_titles(harness)
    again = await importer.import_all(foreign_chat("one", ["Hello", "Hi", "More"]), foreign_chat("two"))
    assert (again.added, again.grown) == ((here("two"),), (here("one"),))


async def test_undo_removes_new_chats_and_their_folder_at_once(
    harness: Harness, importer: Importer, monkeypatch: pytest.MonkeyPatch
) -> None:
    result = await importer.import_all(
        foreign_chat("one"), destination=ImportDestination(DestinationKind.FOLDER, "From elsewhere")
    )
    with monkeypatch.context() as interrupted:
        interrupted.setattr(importer.imports, "_unshow", AsyncMock(side_effect=DatabaseLocked))
        with pytest.raises(DatabaseLocked):
            await importer.imports.undo(result)
    shown = "SELECT (SELECT count(*) FROM conversations WHERE hidden_by IS NULL), (SELECT count(*) FROM folders)"
    assert await harness.database.run(lambda connection: connection.execute(shown).fetchone()) == (0, 0)


@pytest.mark.parametrize("use", ["ask", "rename", "pin"])
async def test_undo_leaves_everything_once_a_chat_was_used(harness: Harness, importer: Importer, use: str) -> None:
    result = await importer.import_all(foreign_chat("one"), foreign_chat("two"))
    match use:
        case "ask":
            await harness.ask(here("two"), "Going on")
        case "rename":
            await harness.conversations.rename(here("two"), "Chat two!")
        case _:
            await harness.conversations.pin(here("two"), pinned=True)
    before = await rows(harness)
    assert await importer.imports.undo(result) == (harness.conversations.title(here("two")),)
    assert await rows(harness) == before
    assert len(harness.conversations.all()) == 2


async def test_a_cancelled_import_leaves_nothing_and_can_be_repeated(harness: Harness, importer: Importer) -> None:
    chats = [foreign_chat(str(number), ["word " * 200] * 20) for number in range(40)]
    preview = await importer.preview(*chats)
    chosen = [each.summary.id for each in preview.chats]
    adding: asyncio.Task[ImportResult]

    def cancel(progress: AddProgress) -> None:
        assert importer.work.jobs()[0].share == progress.share
        if progress.messages > 100:
            adding.cancel()

    adding = asyncio.create_task(importer.imports.add(preview, chosen, SOURCE_FOLDERS, cancel))
    await asyncio.wait([adding])
    assert adding.cancelled()
    assert harness.conversations.all() == importer.work.jobs() == ()
    assert await rows(harness) == [0, 0, 0, 0]
    assert await harness.conversations.search("word").more(9) == ()
    result = await importer.imports.add(preview, chosen)
    assert (len(result.added), result.messages) == (40, 800)
    assert len(await stored_titles(harness)) == 40


async def test_an_import_that_is_cancelled_while_it_is_shown_is_taken_back(
    harness: Harness, importer: Importer
) -> None:
    await importer.import_all(foreign_chat("0"))
    before = await rows(harness)
    chats = [foreign_chat("0", ["Hello", "Hi", "More"]), *(foreign_chat(str(number)) for number in range(1, 60))]
    preview = await importer.preview(*chats)
    adding: asyncio.Task[ImportResult]
    end = harness.conversations.changes.subscribe(lambda _change: adding.cancel())
    adding = asyncio.create_task(importer.imports.add(preview, [each.summary.id for each in preview.chats]))
    await asyncio.wait([adding])
    end()
    assert adding.cancelled()
    while importer.imports._tasks:
        await asyncio.wait(importer.imports._tasks)
    assert await stored_titles(harness) == ["Chat 0"]
    assert await texts(harness, here("0")) == ["Hello", "Hi"]
    assert await rows(harness) == before


@contextmanager
def _disk_failing_after(written: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Let no transaction begin after the one in which this method of `Merging` is called."""
    original = getattr(Merging, written)
    with monkeypatch.context() as patched:

        def write(*arguments: object) -> object:
            result = original(*arguments)
            patched.setattr("chatdesk.storage.database.database._identity", _unavailable)
            return result

        patched.setattr(Merging, written, write)
        yield


def _unavailable(path: Path) -> None:
    raise PermissionError(13, "Permission denied", str(path))


async def test_an_import_is_complete_even_if_the_disk_fails_once_all_is_written(
    harness: Harness, importer: Importer, monkeypatch: pytest.MonkeyPatch
) -> None:
    await importer.import_all(foreign_chat("grown"), foreign_chat("deleted"))
    await harness.trash.trash_chats([here("deleted")])
    assert await texts(harness, here("grown")) == ["Hello", "Hi"]
    chats = [foreign_chat("grown", ["Hello", "Hi", "More"]), foreign_chat("deleted"), foreign_chat("new")]
    with _disk_failing_after("reveal", monkeypatch):
        result = await importer.import_all(*chats)
    assert (result.added, result.grown, result.restored) == ((here("new"),), (here("grown"),), (here("deleted"),))
    assert len(harness.conversations.all()) == len(await stored_titles(harness)) == 3
    assert await texts(harness, here("grown")) == ["Hello", "Hi", "More"]
    assert await importer.imports.undo(result) == ()
    assert await texts(harness, here("grown")) == ["Hello", "Hi"]


async def test_an_undone_import_is_gone_even_if_the_disk_fails_then(
    harness: Harness, importer: Importer, monkeypatch: pytest.MonkeyPatch
) -> None:
    await importer.import_all(foreign_chat("grown"), foreign_chat("deleted"))
    await harness.trash.trash_chats([here("deleted")])
    chats = [foreign_chat("grown", ["Hello", "Hi", "More"]), foreign_chat("deleted"), foreign_chat("new")]
    result = await importer.import_all(*chats)
    with _disk_failing_after("undo_import", monkeypatch):
        assert await importer.imports.undo(result) == ()
        await asyncio.wait(importer.imports._tasks)
    assert [chat.id for chat in harness.conversations.all()] == [here("grown")]
    assert len(await stored_titles(harness)) == 1
    assert await texts(harness, here("grown")) == ["Hello", "Hi"]


async def test_what_a_killed_import_left_makes_room_for_the_next_one(harness: Harness, importer: Importer) -> None:
    await importer.import_all(foreign_chat("one", ["Half"]))
    await harness.database.run(
        lambda connection: connection.execute(
            "UPDATE conversations SET hidden_by = 'killed', head_id = NULL, deleted_at = created_at"
        )
    )
    await harness.conversations.load()
    preview = await importer.preview(foreign_chat("one"), foreign_chat("two"))
    assert [(each.state, each.new_messages) for each in preview.chats] == [(ChatState.NEW, 2)] * 2
    adding = asyncio.create_task(importer.imports.add(preview, [here("one"), here("two")]))
    tidying = asyncio.create_task(harness.conversations.empty_trash())
    await adding
    await tidying
    assert await texts(harness, here("one")) == ["Hello", "Hi"]
    assert len(await stored_titles(harness)) == 2
    assert (await rows(harness))[:2] == [2, 4]


async def test_an_error_leaves_nothing(harness: Harness, importer: Importer, monkeypatch: pytest.MonkeyPatch) -> None:
    preview = await importer.preview(foreign_chat("one"), foreign_chat("two"))
    chosen = [each.summary.id for each in preview.chats]
    with monkeypatch.context() as patched:
        patched.setattr(
            "chatdesk.features.conversations.services.files.chat_saving.MessageRepository.add_all",
            _disk_full,
        )
        with pytest.raises(StorageError):
            await importer.imports.add(preview, chosen)
    assert await rows(harness) == [0, 0, 0, 0]
    (importer.folder / "export.json").unlink()
    with pytest.raises(ImportRefused) as refused:
        await importer.imports.add(preview, chosen)
    assert refused.value.problem is ImportProblem.GONE
    assert await rows(harness) == [0, 0, 0, 0]


async def test_why_an_import_failed_is_reported_even_if_its_rows_cannot_be_removed_then(
    harness: Harness, importer: Importer, monkeypatch: pytest.MonkeyPatch
) -> None:
    preview = await importer.preview(foreign_chat("one"))
    with monkeypatch.context() as failing:
        failing.setattr(ChatSaving, "save_records", AsyncMock(side_effect=AttachmentsNotSaved(path="attachments")))
        failing.setattr(ChatRemoval, "remove_hidden", AsyncMock(side_effect=DatabaseUnavailable))
        with pytest.raises(AttachmentsNotSaved):
            await importer.imports.add(preview, [here("one")])
        failing.undo()
        failing.setattr(Merging, "reveal", Mock(side_effect=DiskFull))
        failing.setattr(ChatRemoval, "remove_hidden", AsyncMock(side_effect=DatabaseUnavailable))
        failing.setattr(importer.imports, "remove_hidden_of", AsyncMock())
        with pytest.raises(FullForChange):
            await importer.imports.add(preview, [here("one")])
    await importer.imports.add(preview, [here("one")])
    assert await stored_titles(harness) == ["Chat one"]
    assert (await rows(harness))[:2] == [1, 2]


async def test_no_picture_is_left_out_because_the_process_that_decodes_it_cannot_be_started(
    harness: Harness, importer: Importer, monkeypatch: pytest.MonkeyPatch
) -> None:
    preview = await importer.preview(CHAT)
    with monkeypatch.context() as failing:
        failing.setattr(importer.imports._attachments, "_prepare", AsyncMock(side_effect=DocumentReaderNotStarted))
        with pytest.raises(DocumentReaderNotStarted):
            await importer.imports.add(preview, [here("c1")])
    assert await rows(harness) == [0, 0, 0, 0]
    assert (await importer.imports.add(preview, [here("c1")])).pictures == 1


async def test_a_source_that_does_not_respond_is_named_and_not_searched_for_presets(
    harness: Harness, importer: Importer, monkeypatch: pytest.MonkeyPatch
) -> None:
    there = await importer.preview(foreign_chat("one"))

    async def silent(*_: object) -> AsyncGenerator[Any, None]:
        if there:
            raise ImportRefused(ImportProblem.NO_RESPONSE)
        yield

    readers = replace(
        importer.imports._readers, preview=silent, send=silent, presets=AsyncMock(side_effect=AssertionError)
    )
    monkeypatch.setattr(importer.imports, "_readers", readers)
    preview = await importer.preview(foreign_chat("one"))
    assert [(each.problem, each.file) for each in preview.refused] == [(ImportProblem.NO_RESPONSE, "export.json")]
    with pytest.raises(ImportRefused) as refused:
        await importer.imports.add(there, [here("one")])
    assert (refused.value.problem, refused.value.file) == (ImportProblem.NO_RESPONSE, "export.json")
    assert await rows(harness) == [0, 0, 0, 0]


def _disk_full(*_: object) -> None:
    raise sqlite3.OperationalError("database or disk is full")


async def test_an_answer_is_written_while_chats_are_imported(harness: Harness, importer: Importer) -> None:
    chats = [foreign_chat(str(number), ["word " * 200] * 20) for number in range(20)]
    preview = await importer.preview(*chats)
    adding = asyncio.create_task(importer.imports.add(preview, [each.summary.id for each in preview.chats]))
    while not (await rows(harness))[1]:
        await asyncio.sleep(0)
    chat = await harness.new_chat()
    await harness.chat.send(chat, Question("Hello", MODEL))
    await harness.answered(chat)
    assert not adding.done()
    result = await adding
    assert result.messages == 400
    assert (await texts(harness, chat))[0] == "Hello"
    assert harness.conversations.all()[0].id == chat


@pytest.mark.parametrize(("error", "reported"), [(DiskFull, FullForChange), (DatabaseLocked, LockedForChange)])
async def test_a_full_disk_or_a_locked_database_is_reported_as_a_change_that_was_not_made(
    harness: Harness,
    importer: Importer,
    monkeypatch: pytest.MonkeyPatch,
    error: type[StorageError],
    reported: type[StorageError],
) -> None:
    preview = await importer.preview(foreign_chat("one"))
    result = await importer.imports.add(preview, [here("one")])
    other = await importer.preview(foreign_chat("two"))
    with monkeypatch.context() as failing:
        failing.setattr(harness.database, "run", AsyncMock(side_effect=error))
        with pytest.raises(reported):
            await importer.imports.add(other, [here("two")])
        with pytest.raises(reported):
            await importer.imports.undo(result)
    assert await stored_titles(harness) == ["Chat one"]
    await importer.imports.add(other, [here("two")])
    assert len(await stored_titles(harness)) == 2


@pytest.mark.parametrize("chats", [[foreign_chat("one")], [foreign_chat("one"), foreign_chat("two", ["Hello"])]])
async def test_a_file_that_has_less_than_it_was_shown_with_is_not_imported_in_part(
    harness: Harness, importer: Importer, chats: list[object]
) -> None:
    preview = await importer.preview(foreign_chat("one"), foreign_chat("two"))
    await importer.preview(*chats)  # overwrites the file
    with pytest.raises(ImportRefused) as refused:
        await importer.imports.add(preview, [here("one"), here("two")])
    assert (refused.value.problem, refused.value.file) == (ImportProblem.CHANGED, "export.json")
    assert await rows(harness) == [0, 0, 0, 0]


class _OtherProgram:
    """Another program that locks the chats, from the first progress of an import on."""

    def __init__(self, harness: Harness) -> None:
        self._connection = sqlite3.connect(harness.database.path, timeout=0, isolation_level=None)

    def lock(self) -> None:
        if not self._connection.in_transaction:
            self._connection.execute("BEGIN EXCLUSIVE")

    def release(self) -> None:
        self._connection.execute("ROLLBACK")
        self._connection.close()


async def _set_silent_seconds(harness: Harness, seconds: float) -> None:
    """Set how long the database waits for the lock of another program."""
    await harness.database.run(lambda connection: connection.execute(f"PRAGMA busy_timeout = {int(seconds * 1000)}"))


_MANY = [foreign_chat(str(number), ["word " * 200] * 20) for number in range(20)]


async def test_an_import_that_another_program_locks_out_says_so_and_leaves_nothing(
    harness: Harness, importer: Importer
) -> None:
    before = await importer.import_all(foreign_chat("mine"))
    preview = await importer.preview(*_MANY)
    chosen = [each.summary.id for each in preview.chats]
    other = _OtherProgram(harness)
    await _set_silent_seconds(harness, 0.05)
    with pytest.raises(LockedForChange):
        await importer.imports.add(preview, chosen, SOURCE_FOLDERS, lambda _progress: other.lock())
    assert [chat.id for chat in harness.conversations.all()] == list(before.added)
    other.release()
    assert await stored_titles(harness) == ["Chat mine"]
    await _set_silent_seconds(harness, 60)
    await harness.conversations.remove_hidden(())  # as the next import, or the next start, does
    assert (await rows(harness))[:2] == [1, 2]
    result = await importer.imports.add(preview, chosen)
    assert (len(result.added), result.messages) == (20, 400)


async def test_an_import_waits_for_another_program_that_locks_the_chats_for_a_moment(
    harness: Harness, importer: Importer
) -> None:
    preview = await importer.preview(*_MANY)
    other, released = _OtherProgram(harness), list[AddProgress]()
    await _set_silent_seconds(harness, 60)
    adding: asyncio.Task[ImportResult]

    def lock(progress: AddProgress) -> None:
        if not released:
            other.lock()
            released.append(progress)
            asyncio.get_running_loop().call_later(0.1, other.release)

    adding = asyncio.create_task(
        importer.imports.add(preview, [each.summary.id for each in preview.chats], SOURCE_FOLDERS, lock)
    )
    result = await adding
    assert released
    assert (len(result.added), result.messages) == (20, 400)
    assert len(await stored_titles(harness)) == 20


async def test_an_import_that_is_locked_out_can_be_cancelled(harness: Harness, importer: Importer) -> None:
    preview = await importer.preview(*_MANY)
    other = _OtherProgram(harness)
    await _set_silent_seconds(harness, 0.05)
    adding: asyncio.Task[ImportResult]

    def lock(_progress: AddProgress) -> None:
        other.lock()
        adding.cancel()

    adding = asyncio.create_task(
        importer.imports.add(preview, [each.summary.id for each in preview.chats], SOURCE_FOLDERS, lock)
    )
    await asyncio.wait([adding])
    assert adding.cancelled()
    other.release()
    assert await stored_titles(harness) == []
