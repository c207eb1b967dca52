"""SYNC: 2,000 chats with 100,000 messages of another computer, read from its bundles and merged, beside a bare loop and an import.

The bare loop writes the rows of the merge, with those by which chats are synchronised, in the same transactions (`bare_loop.py`). The
import is that of IMPORT: the same number of messages with the same texts. Reading includes the process in which bundles are read.
Meanwhile, an answer is saved.

A chat of 6,000 messages that arrive in bundles of 100 is merged as well, beside its bare loop.
"""

import asyncio
import os
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import cycle
from pathlib import Path

from chatdesk.app.foreign_files import read_bundle
from chatdesk.features.sync.domain.operations import MessageAdded, Operation
from chatdesk.features.sync.domain.stamps import Stamp
from chatdesk.features.sync.files.bundle import TEXT_BYTES, BundleHead, BundleRefused, Finding, pack
from chatdesk.features.sync.files.change_log import ChangeLog
from chatdesk.features.sync.files.merge_batches import chats_of, merge_batches
from chatdesk.features.sync.files.merging import Merging
from chatdesk.kernel.chat.conversation import Conversation
from chatdesk.kernel.chat.message import Message, MessageState, Role, TextPart
from chatdesk.storage.database.conversation_repository import ConversationRepository
from chatdesk.storage.database.database import Database
from chatdesk.storage.database.message_repository import MessageRepository
from tests.bench.bare_loop import CHATS, CountingDatabase, Took, bare_loop, rows_of
from tests.bench.bench_importing import Beside, Imported, measure_import, measured_beside, middle, texts
from tests.bench.figure import Figure

IDS = ("SYNC",)
_CHATS, _MESSAGES = 2_000, 50
_LONG, _PIECE = 6_000, 100
"""Messages of a long chat, and how many of them are in a bundle."""
_TABLES = (*CHATS, "sync_fields", "sync_messages")
_MACHINE = "0123456789abcdef"
_NOW = datetime(2026, 11, 29, tzinfo=UTC)
_MILLISECONDS = round(_NOW.timestamp() * 1000)
_LONGEST_WAIT_MS = 100
_RATIO = 1.5


@dataclass
class _Stopwatch:
    """Adds up how long something takes by the clock and on the processor, in seconds."""

    clock: float = 0.0
    processor: float = 0.0

    @contextmanager
    def running(self) -> Iterator[None]:
        began, worked = time.perf_counter(), time.process_time()
        yield
        self.clock += time.perf_counter() - began
        self.processor += time.process_time() - worked

    @property
    def took(self) -> Took:
        return Took(self.clock, self.processor)


@dataclass(frozen=True)
class _Written:
    """The bundles of a computer that is synchronised for the first time."""

    bundles: list[Path]
    recording: Took
    writing: Took
    longest: float
    """The longest transaction, in seconds on the processor."""


@dataclass(frozen=True)
class _Read:
    """The merge of all bundles."""

    reading: Took
    merging: Took
    longest: float
    batches: list[tuple[int, ...]]
    beside: Beside


def measure(chats: int = _CHATS, messages: int = _MESSAGES) -> list[Figure]:
    """Return all figures of SYNC."""
    sys.setswitchinterval(0.001)  # as in the window
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        written = asyncio.run(_write(folder, chats, messages))
        read = asyncio.run(_merge_all(folder, written.bundles))
        rows = rows_of(folder / "work" / "chats.sqlite3", _TABLES)
        assert len(rows.texts) == chats * messages + 1
        bare = bare_loop(folder / "bare", rows, read.batches)
        only_chats = bare_loop(folder / "chats", rows, read.batches, CHATS)
        beside = folder / "beside"
        beside.mkdir()
        figures = list(_figures(written, read, bare, only_chats, measure_import(beside, chats, messages)))
        return [*figures, _measure_long_chat(folder / "long")]


def _figures(written: _Written, read: _Read, bare: Took, only_chats: Took, imported: Imported) -> Iterator[Figure]:
    merging, took = read.merging, imported.took
    size = sum(path.stat().st_size for path in written.bundles) / 1e6
    yield Figure("SYNC.record", written.recording.clock, "s", beside={"processor": written.recording.processor})
    yield Figure(
        "SYNC.write",
        written.writing.clock,
        "s",
        beside={"processor": written.writing.processor, "bundles": float(len(written.bundles)), "MB": size},
    )
    yield Figure("SYNC.write_longest", written.longest * 1000, "ms of processor")
    yield Figure("SYNC.read", read.reading.clock, "s")
    beside = {"bare loop": bare.clock, "bare loop of the chats": only_chats.clock, "import": took.clock}
    yield Figure("SYNC.merge", merging.clock, "s", beside=beside)
    yield Figure(
        "SYNC.ratio", merging.clock / bare.clock, "x", _RATIO, beside={"import": took.clock / imported.bare.clock}
    )
    processor = {
        "bare loop": bare.processor,
        "bare loop of the chats": only_chats.processor,
        "import": took.processor,
        "load": os.getloadavg()[0],
    }
    yield Figure("SYNC.processor", merging.processor, "s", beside=processor)
    yield Figure(
        "SYNC.processor_ratio",
        merging.processor / bare.processor,
        "x",
        _RATIO,
        beside={"import": took.processor / imported.bare.processor},
    )
    yield Figure("SYNC.transaction_longest", read.longest * 1000, "ms of processor")
    yield Figure("SYNC.save_median", middle(read.beside.waits), "ms")
    yield Figure(
        "SYNC.save_longest",
        max(read.beside.waits),
        "ms",
        _LONGEST_WAIT_MS,
        beside={"import": max(imported.beside.waits)},
    )


def _measure_long_chat(folder: Path) -> Figure:
    """Return the ratio of a long chat that grows by small bundles."""
    operations = list(_long_chat())
    pieces = [operations[start : start + _PIECE] for start in range(0, _LONG, _PIECE)]
    merging, batches = asyncio.run(_merge_pieces(folder / "work", pieces))
    rows = rows_of(folder / "work" / "chats.sqlite3", _TABLES)
    bare = bare_loop(folder / "bare", rows, batches)
    beside = {"processor": merging.processor, "bare loop": bare.processor}
    return Figure("SYNC.long_chat_processor_ratio", merging.processor / bare.processor, "x", _RATIO, beside=beside)


def _long_chat() -> Iterator[MessageAdded]:
    start = _NOW - timedelta(days=1)
    for place, text in zip(range(_LONG), cycle(texts()), strict=False):
        stamp = Stamp(_MILLISECONDS - 86_400_000 + place, _MACHINE)
        parent, role = f"long-{place - 1}" if place else None, Role.ASSISTANT if place % 2 else Role.USER
        created, parts = start + timedelta(seconds=place), (TextPart(text),)
        message = Message(f"long-{place}", "long", parent, 0, role, parts, MessageState.COMPLETE, created)
        yield MessageAdded(stamp, stamp, message)


async def _merge_pieces(folder: Path, pieces: list[list[MessageAdded]]) -> tuple[Took, list[tuple[int, ...]]]:
    database = CountingDatabase(folder / "chats.sqlite3", _TABLES)
    await database.open(expected=False)
    await database.run(lambda connection: _log(connection).begin("fedcba9876543210"))
    merging = _Stopwatch()
    for piece in pieces:
        with merging.running():
            await _merge(database, piece)
    await database.close()
    return merging.took, database.batches


async def _write(folder: Path, chats: int, messages: int) -> _Written:
    database = CountingDatabase(folder / "home" / "chats.sqlite3")
    await database.open(expected=False)
    drawn = cycle(texts())
    for number in range(chats):
        added = [next(drawn) for _ in range(messages)]
        await database.run(lambda connection, number=number, added=added: _add_chat(connection, number, added))
    await database.run(lambda connection: _log(connection).begin(_MACHINE))
    database.longest = 0.0
    recording, writing = _Stopwatch(), _Stopwatch()
    with recording.running():
        while await database.run(lambda connection: _log(connection).record_some()):
            pass
    bundles: list[Path] = []
    with writing.running():
        while True:
            operations, sent = await database.run(lambda connection: _log(connection).unsent(TEXT_BYTES))
            if not sent:
                break
            bundles.append(folder / f"{len(bundles)}")
            bundles[-1].write_bytes(pack(BundleHead(_MACHINE, "home", len(bundles)), operations))
            await database.run(lambda connection, sent=sent: _log(connection).mark_sent(sent))
    longest = database.longest
    await database.close()
    return _Written(bundles, recording.took, writing.took, longest)


def _add_chat(connection: sqlite3.Connection, number: int, added: list[str]) -> None:
    """Add a chat. Like those of an import, chats follow each other in time."""
    start = _NOW - timedelta(days=1000) + timedelta(minutes=number)
    chat = f"chat{number}"
    ConversationRepository(connection).add(Conversation(chat, f"Title {number}", start, start))
    ids = [f"{chat}-{place}" for place in range(len(added))]
    MessageRepository(connection).add_all(
        Message(
            id_,
            chat,
            ids[place - 1] if place else None,
            place,
            Role.ASSISTANT if place % 2 else Role.USER,
            (TextPart(text),),
            MessageState.COMPLETE,
            start + timedelta(seconds=place),
        )
        for place, (id_, text) in enumerate(zip(ids, added, strict=True))
    )
    connection.execute("UPDATE conversations SET head_id = ? WHERE id = ?", (ids[-1], chat))


async def _merge_all(folder: Path, bundles: list[Path]) -> _Read:
    database = CountingDatabase(folder / "work" / "chats.sqlite3", _TABLES)
    await database.open(expected=False)
    answer = Message("answer", "local", None, 0, Role.ASSISTANT, (), MessageState.STREAMING, _NOW)
    await database.run(lambda connection: _add_answer(connection, answer))
    await database.run(lambda connection: _log(connection).begin("fedcba9876543210"))
    database.longest = 0.0
    reading, merging = _Stopwatch(), _Stopwatch()
    async with measured_beside(database, answer) as beside:
        for bundle in bundles:
            found: list[Finding] = []
            with reading.running():
                assert await read_bundle(bundle, _MILLISECONDS, found.append)
            operations = [each for each in found if not isinstance(each, BundleHead | BundleRefused)]
            with merging.running():
                await _merge(database, operations)
    longest, batches = database.longest, database.batches
    await database.close()
    return _Read(reading.took, merging.took, longest, batches, beside)


async def _merge(database: Database, operations: Sequence[Operation]) -> None:
    chats = await database.run(lambda connection: chats_of(operations, connection))
    for batch in merge_batches(operations, chats):
        await database.run_batch(_merging(batch.operations))


def _merging(operations: object) -> Callable[[sqlite3.Connection], object]:
    return lambda connection: Merging(connection, lambda: _MILLISECONDS).merge(operations)


def _add_answer(connection: sqlite3.Connection, answer: Message) -> None:
    ConversationRepository(connection).add(Conversation("local", "Here", _NOW, _NOW))
    MessageRepository(connection).add(answer)


def _log(connection: sqlite3.Connection) -> ChangeLog:
    return ChangeLog(connection, lambda: _MILLISECONDS)
