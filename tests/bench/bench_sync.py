"""SYNC: 2,000 chats with 100,000 messages of another computer, read from its bundles and merged, beside a bare loop that adds them.

The bare loop has the messages in memory and adds them with the repository, as many in each transaction. Reading includes the process in
which bundles are read. Meanwhile, an answer is saved.
"""

import asyncio
import sqlite3
import tempfile
import time
from contextlib import suppress
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path

from chatdesk.app.foreign_files import read_bundle
from chatdesk.features.sync.domain.operations import MessageAdded, Operation
from chatdesk.features.sync.files.bundle import TEXT_BYTES, BundleHead, BundleRefused, Finding, pack
from chatdesk.features.sync.files.change_log import ChangeLog
from chatdesk.features.sync.files.merging import Merged, Merging
from chatdesk.kernel.chat.conversation import Conversation
from chatdesk.kernel.chat.message import Message, MessageState, Role, TextPart
from chatdesk.storage.database.conversation_repository import ConversationRepository
from chatdesk.storage.database.database import Database
from chatdesk.storage.database.message_repository import MessageRepository
from tests.bench.figure import Figure

IDS = ("SYNC",)
_CHATS, _MESSAGES, _BATCH = 2_000, 50, 100
_NOW = datetime(2026, 11, 29, tzinfo=UTC)
_MILLISECONDS = round(_NOW.timestamp() * 1000)
_WORDS = "Ferns and hostas grow in the shade of old trees, if the soil stays moist through the summer. " * 5
_SAVE_EVERY_SECONDS = 0.05
_LONGEST_WAIT_MS = 100
_RATIO = 1.5


def measure(chats: int = _CHATS, messages: int = _MESSAGES) -> list[Figure]:
    """Return all figures of SYNC."""
    with tempfile.TemporaryDirectory() as name:
        return asyncio.run(_measure(Path(name), chats, messages))


async def _measure(folder: Path, chats: int, messages: int) -> list[Figure]:
    home, work = Database(folder / "home" / "chats.sqlite3"), Database(folder / "work" / "chats.sqlite3")
    await home.open(expected=False)
    await work.open(expected=False)
    bare = await _add_all(home, chats, messages)
    bundles, recorded, written = await _write(home, folder)
    await work.run(_add_answer)
    waits: list[float] = []
    saving = asyncio.create_task(_save(work, waits))
    read = merged = 0.0
    for bundle in bundles:
        start = time.perf_counter()
        found: list[Finding] = []
        assert await read_bundle(bundle, _MILLISECONDS, found.append)
        read += time.perf_counter() - start
        operations = [each for each in found if not isinstance(each, BundleHead | BundleRefused)]
        start = time.perf_counter()
        await _merge(work, operations)
        merged += time.perf_counter() - start
    saving.cancel()
    with suppress(asyncio.CancelledError):
        await saving
    (count,) = await work.run(lambda connection: connection.execute("SELECT count(*) FROM messages").fetchone())
    assert count == chats * messages + 1
    await home.close()
    await work.close()
    return [
        Figure("SYNC.record", recorded, "s"),
        Figure("SYNC.write", written, "s", beside={"bundles": float(len(bundles))}),
        Figure("SYNC.read", read, "s"),
        Figure("SYNC.merge", merged, "s", beside={"bare loop": bare}),
        Figure("SYNC.ratio", merged / bare, "x", _RATIO),
        Figure("SYNC.save_longest", max(waits), "ms", _LONGEST_WAIT_MS),
    ]


async def _add_all(database: Database, chats: int, messages: int) -> float:
    """Add the chats in a bare loop, and return its seconds."""
    start = time.perf_counter()
    for number in range(chats):
        told = iter(_messages(f"chat{number}", messages))
        await database.run(lambda connection, number=number: _add_chat(connection, number))
        while batch := list(islice(told, _BATCH)):
            await database.run(
                lambda connection, batch=batch: [MessageRepository(connection).add(each) for each in batch]
            )
    return time.perf_counter() - start


def _add_chat(connection: sqlite3.Connection, number: int) -> None:
    ConversationRepository(connection).add(Conversation(f"chat{number}", f"Title {number}", _NOW, _NOW))


def _messages(chat: str, count: int) -> list[Message]:
    ids = [f"{chat}-{number}" for number in range(count)]
    return [
        Message(
            id_,
            chat,
            ids[number - 1] if number else None,
            0,
            Role.ASSISTANT if number % 2 else Role.USER,
            (TextPart(f"{_WORDS}{id_}"),),
            MessageState.COMPLETE,
            _NOW,
        )
        for number, id_ in enumerate(ids)
    ]


async def _write(database: Database, folder: Path) -> tuple[list[Path], float, float]:
    """Return the bundles of a computer that is synchronised for the first time, and the seconds to record and to write its chats."""
    machine = "0123456789abcdef"
    await database.run(lambda connection: ChangeLog(connection, lambda: _MILLISECONDS).begin(machine))
    start = time.perf_counter()
    while await database.run(lambda connection: ChangeLog(connection, lambda: _MILLISECONDS).record_some()):
        pass
    recorded = time.perf_counter() - start
    start = time.perf_counter()
    bundles: list[Path] = []
    while True:
        operations, sent = await database.run(
            lambda connection: ChangeLog(connection, lambda: _MILLISECONDS).unsent(TEXT_BYTES)
        )
        if not sent:
            return bundles, recorded, time.perf_counter() - start
        bundles.append(folder / f"{len(bundles)}")
        bundles[-1].write_bytes(pack(BundleHead(machine, "home", len(bundles)), operations))
        await database.run(lambda connection, sent=sent: ChangeLog(connection, lambda: _MILLISECONDS).mark_sent(sent))


async def _merge(database: Database, operations: list[Operation]) -> None:
    ordered = sorted(
        operations, key=lambda each: each.message.conversation_id if isinstance(each, MessageAdded) else ""
    )
    for start in range(0, len(ordered), _BATCH):
        batch = ordered[start : start + _BATCH]
        await database.run(lambda connection, batch=batch: _merge_batch(connection, batch))


def _merge_batch(connection: sqlite3.Connection, batch: list[Operation]) -> Merged:
    return Merging(connection, lambda: _MILLISECONDS).merge(batch)


def _add_answer(connection: sqlite3.Connection) -> None:
    ConversationRepository(connection).add(Conversation("local", "Here", _NOW, _NOW))
    MessageRepository(connection).add(_answer(""))


def _answer(text: str) -> Message:
    return Message("answer", "local", None, 0, Role.ASSISTANT, (TextPart(text),), MessageState.STREAMING, _NOW)


async def _save(database: Database, waits: list[float]) -> None:
    """Save a growing answer, and note how long each save waits, in ms."""
    text = ""
    while True:
        text += "word "
        start = time.perf_counter()
        await database.run(lambda connection, text=text: MessageRepository(connection).save_parts(_answer(text)))
        waits.append((time.perf_counter() - start) * 1000)
        await asyncio.sleep(_SAVE_EVERY_SECONDS)
