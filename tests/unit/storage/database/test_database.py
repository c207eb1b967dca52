import asyncio
import gc
import os
import sqlite3
import stat
import sys
import threading
from contextlib import closing
from pathlib import Path

import pytest

from chatdesk.kernel.chat.message import TextPart
from chatdesk.kernel.errors.storage_errors import DatabaseMissing, DatabaseUnavailable, DiskFull
from chatdesk.storage.database.conversation_repository import ConversationRepository
from chatdesk.storage.database.database import Database
from chatdesk.storage.database.message_repository import MessageRepository
from tests.unit.storage.samples import a_conversation, a_message, an_answer

posix_only = pytest.mark.skipif(os.name != "posix", reason="modes of files are POSIX's")


async def test_what_was_written_is_there_after_a_restart(path: Path) -> None:
    database = Database(path)
    await database.open(expected=False)
    await database.run(lambda connection: ConversationRepository(connection).add(a_conversation(title="kept")))
    await database.close()

    again = Database(path)
    await again.open(expected=True)
    (conversation,) = await again.run(lambda connection: ConversationRepository(connection).list())
    await again.close()
    assert conversation.title == "kept"


async def test_a_failure_nobody_waits_for_any_more_is_no_complaint_of_the_loop(path: Path) -> None:
    met: list[dict] = []
    asyncio.get_running_loop().set_exception_handler(lambda _loop, context: met.append(context))
    database = Database(path)
    await database.open(expected=False)
    began, go_on = threading.Event(), threading.Event()

    def fails(_: sqlite3.Connection) -> None:
        began.set()
        go_on.wait(5)
        raise DiskFull

    waiting = asyncio.ensure_future(database.run(fails))
    await asyncio.to_thread(began.wait, 5)
    waiting.cancel()
    await asyncio.wait([waiting])
    go_on.set()
    await database.close()
    del waiting
    gc.collect()
    await asyncio.sleep(0)
    assert met == []


async def test_a_clean_close_leaves_one_file_and_no_thread(path: Path) -> None:
    before = set(threading.enumerate())
    database = Database(path)
    await database.open(expected=False)
    await database.run(lambda connection: ConversationRepository(connection).add(a_conversation()))
    await database.close()
    await database.close()
    assert [file.name for file in path.parent.iterdir()] == [path.name]
    assert set(threading.enumerate()) == before


async def test_a_failed_open_leaves_no_thread_and_can_be_tried_again(path: Path) -> None:
    before = set(threading.enumerate())
    database = Database(path)
    with pytest.raises(DatabaseMissing):
        await database.open(expected=True)
    assert set(threading.enumerate()) == before
    await database.open(expected=False)
    await database.close()


async def test_the_connection_is_as_safe_as_sqlite_makes_it(database: Database) -> None:
    def pragma(name: str) -> object:
        return database.run(lambda connection: connection.execute(f"PRAGMA {name}").fetchone()[0])

    expected = {
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "busy_timeout": 5000,
        "trusted_schema": 0,
        "cell_size_check": 1,
        "mmap_size": 0,
    }
    assert {name: await pragma(name) for name in expected} == expected


async def test_functions_run_in_the_order_they_were_handed_over(database: Database) -> None:
    order: list[int] = []
    await asyncio.gather(*[database.run(lambda _, number=number: order.append(number)) for number in range(50)])
    assert order == list(range(50))


async def test_closing_finishes_what_is_queued(path: Path) -> None:
    database = Database(path)
    await database.open(expected=False)
    waiting = [
        database.run(lambda c, number=number: ConversationRepository(c).add(a_conversation(str(number))))
        for number in range(20)
    ]
    await database.close()
    await asyncio.gather(*waiting)
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("SELECT count(*) FROM conversations").fetchone() == (20,)


async def test_a_cancelled_task_still_gets_its_save(database: Database) -> None:
    may_continue = threading.Event()
    blocked = database.run(lambda _: may_continue.wait())
    saving = asyncio.ensure_future(
        database.run(lambda connection: ConversationRepository(connection).add(a_conversation()))
    )
    saving.cancel()
    may_continue.set()
    await blocked
    assert saving.cancelled()
    assert await database.run(lambda connection: ConversationRepository(connection).get("chat"))


async def test_a_function_that_fails_changes_nothing_and_its_error_arrives(database: Database) -> None:
    def fails(connection: sqlite3.Connection) -> None:
        ConversationRepository(connection).add(a_conversation())
        raise RuntimeError("by design")

    with pytest.raises(RuntimeError, match="by design"):
        await database.run(fails)
    assert await database.run(lambda connection: ConversationRepository(connection).list()) == ()


async def test_a_bug_is_not_disguised_as_a_failing_disk(database: Database) -> None:
    with pytest.raises(sqlite3.OperationalError):
        await database.run(lambda connection: connection.execute("SELEKT 1"))
    with pytest.raises(sqlite3.IntegrityError):
        await database.run(lambda connection: MessageRepository(connection).add(a_message("orphan")))
    assert await database.run(lambda connection: connection.in_transaction)


async def test_a_closed_database_says_so(database: Database) -> None:
    await database.close()
    with pytest.raises(DatabaseUnavailable) as caught:
        await database.run(lambda _: None)
    assert caught.value.reason == "closed"


async def test_a_full_disk_is_reported_and_the_text_is_saved_once_there_is_space(database: Database) -> None:
    def limit(connection: sqlite3.Connection, more: int) -> None:
        (pages,) = connection.execute("PRAGMA page_count").fetchone()
        connection.execute(f"PRAGMA max_page_count = {pages + more}").fetchone()

    def save(connection: sqlite3.Connection) -> bool:
        return MessageRepository(connection).save_parts(grown)

    await database.run(lambda connection: ConversationRepository(connection).add(a_conversation()))
    begun = an_answer("answer", TextPart("the beginning"))
    await database.run(lambda connection: MessageRepository(connection).add(begun))
    await database.run(lambda connection: limit(connection, 2))

    grown = begun.with_parts((TextPart("the beginning, and much more. " * 10_000),))
    with pytest.raises(DiskFull) as caught:
        await database.run(save)
    assert caught.value.path == str(database.path)
    stored = await database.run(lambda connection: MessageRepository(connection).get("answer"))
    assert stored.text == "the beginning"

    await database.run(lambda connection: limit(connection, 10_000))
    assert await database.run(save)
    stored = await database.run(lambda connection: MessageRepository(connection).get("answer"))
    assert stored.text == grown.text


@posix_only
async def test_a_write_error_of_the_system_is_reported_and_loses_nothing(database: Database) -> None:
    import resource  # noqa: PLC0415 - POSIX only

    await database.run(lambda connection: ConversationRepository(connection).add(a_conversation()))
    begun = an_answer("answer", TextPart("the beginning"))
    await database.run(lambda connection: MessageRepository(connection).add(begun))
    grown = begun.with_parts((TextPart("x" * 1_000_000),))
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, hard))
    try:
        with pytest.raises(DatabaseUnavailable) as caught:
            await database.run(lambda connection: MessageRepository(connection).save_parts(grown))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert "SQLITE_IOERR_WRITE" in caught.value.reason
    assert await database.run(lambda connection: MessageRepository(connection).save_parts(grown))
    await database.check()


async def test_another_programs_lock_is_reported_and_nothing_is_lost(database: Database) -> None:
    await database.run(lambda connection: ConversationRepository(connection).add(a_conversation()))
    await database.run(lambda connection: connection.execute("PRAGMA busy_timeout = 20").fetchall())
    with closing(sqlite3.connect(database.path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(DatabaseUnavailable) as caught:
            await database.run(lambda connection: ConversationRepository(connection).list())
        other.execute("ROLLBACK")
    assert "locked" in caught.value.reason
    assert len(await database.run(lambda connection: ConversationRepository(connection).list())) == 1


@pytest.mark.skipif(sys.platform == "win32", reason="Windows lets nobody replace an open file")
async def test_a_file_put_in_its_place_is_noticed_before_anything_is_written(database: Database) -> None:
    unknown_server = database.path.with_name("from-a-sync-program")
    unknown_server.write_bytes(b"another file")
    unknown_server.replace(database.path)
    with pytest.raises(DatabaseUnavailable) as caught:
        await database.run(lambda connection: ConversationRepository(connection).add(a_conversation()))
    assert caught.value.reason == "replaced"
    await database.close()
    assert database.path.read_bytes() == b"another file"


async def test_the_log_of_replaced_chats_is_not_applied_to_what_replaced_them_and_they_are_backed_up(
    path: Path,
) -> None:
    database = Database(path)
    await database.open(expected=False)
    await database.run(lambda connection: ConversationRepository(connection).add(a_conversation("old")))
    with closing(sqlite3.connect(path)) as another_program:
        another_program.execute("VACUUM INTO ?", (str(path.with_name("copy")),))
    await database.run(lambda connection: ConversationRepository(connection).add(a_conversation("new")))
    path.with_name("copy").replace(path)
    await database.close()
    (backup,) = database.backups.glob("*-replaced.sqlite3")
    with closing(sqlite3.connect(backup)) as stored:
        assert {id_ for (id_,) in stored.execute("SELECT id FROM conversations")} == {"old", "new"}
    await database.open(expected=True, suspect=True)
    chats = await database.run(lambda connection: ConversationRepository(connection).list())
    assert [chat.id for chat in chats] == ["old"]
    await database.close()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows lets nobody remove an open file")
async def test_a_file_that_was_removed_is_reported(database: Database) -> None:
    database.path.unlink()
    with pytest.raises(DatabaseUnavailable):
        await database.run(lambda connection: ConversationRepository(connection).add(a_conversation()))


@posix_only
async def test_only_the_owner_can_read_whatever_the_umask(path: Path) -> None:
    old = os.umask(0)
    try:
        database = Database(path)
        await database.open(expected=False)
        await database.run(lambda connection: ConversationRepository(connection).add(a_conversation()))
        await database.back_up("daily")
        modes = {file.name: stat.S_IMODE(file.stat().st_mode) for file in (path.parent, *path.parent.rglob("*"))}
        await database.close()
    finally:
        os.umask(old)
    assert {modes.pop("data"), modes.pop("backups")} == {0o700}
    assert {path.name, f"{path.name}-wal", f"{path.name}-shm"} < set(modes)
    assert len(modes) == 4
    assert set(modes.values()) == {0o600}


@posix_only
async def test_a_file_others_could_read_is_made_private(database: Database) -> None:
    await database.close()
    database.path.chmod(0o644)
    await database.open(expected=True)
    assert stat.S_IMODE(database.path.stat().st_mode) == 0o600


@pytest.mark.parametrize("name", ["two words", "数据 données 🦉", "50% of #1", "it's", "a?mode=ro&b", "file"])
async def test_any_path_works(tmp_path: Path, name: str) -> None:
    if sys.platform == "win32" and "?" in name:
        pytest.skip("Windows allows no question mark in a name")
    path = tmp_path / name / f"{name}.sqlite3"
    database = Database(path)
    await database.open(expected=False)
    await database.run(lambda connection: ConversationRepository(connection).add(a_conversation()))
    copy = await database.back_up("daily")
    await database.close()
    await database.open(expected=True)
    assert len(await database.run(lambda connection: ConversationRepository(connection).list())) == 1
    await database.close()
    assert path.stat().st_size > 0
    assert copy.parent.parent == path.parent


async def test_a_backup_does_not_wait_for_the_database_thread(database: Database) -> None:
    may_continue = threading.Event()
    blocked = database.run(lambda _: may_continue.wait())
    copy = await database.back_up("daily")
    may_continue.set()
    await blocked
    assert copy.exists()


async def test_32_megabytes_with_emoji_and_nul_come_back_equal(database: Database) -> None:
    text = "机器🦉\0learn. " * 2_000_000
    assert len(text.encode()) > 32_000_000
    await database.run(lambda connection: ConversationRepository(connection).add(a_conversation()))
    await database.run(lambda connection: MessageRepository(connection).add(an_answer("answer", TextPart(text))))
    stored = await database.run(lambda connection: MessageRepository(connection).get("answer"))
    assert stored.text == text
