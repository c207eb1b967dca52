"""IMPORT: 2,000 chats with 100,000 messages from a file of another program, beside a bare loop that writes the same rows.

The bare loop has all rows in memory and writes them with the same number of rows in each transaction; it computes the terms of the search
index, which the import has to do as well. Beside the ratio are the time for the same rows in a single transaction, and without computing
the terms. Meanwhile, an answer is saved, and a clock ticks on the event loop as often as a window is painted.
"""

import asyncio
import json
import os
import random
import sqlite3
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import asynccontextmanager, closing, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple, TextIO

from chatdesk.app.foreign_files import preview_chats, read_key, send_chats
from chatdesk.features.attachments.services.attachments import Attachments
from chatdesk.features.chat.services.chat import Chat
from chatdesk.features.chat.services.store.conversations import Conversations
from chatdesk.features.conversations.services.chat_folders import ChatFolders
from chatdesk.features.conversations.services.files.chat_imports import ChatImports, ChatReaders
from chatdesk.features.conversations.services.trash import Trash
from chatdesk.features.presets.services.preset_sharing import ImportPreview as PresetPreview
from chatdesk.kernel.chat.conversation import Conversation
from chatdesk.kernel.chat.message import Message, MessageState, Role, TextPart
from chatdesk.kernel.finding.index_terms import index_terms
from chatdesk.kernel.settings.store import Settings
from chatdesk.storage.database.connection import open_connection
from chatdesk.storage.database.database import Database
from chatdesk.storage.database.message_repository import MessageRepository
from chatdesk.storage.files.attachment_files import AttachmentFiles
from tests.bench.figure import Figure
from tests.fakes.fixed_budgets import FixedBudgets
from tests.fakes.no_documents import NO_DOCUMENTS
from tests.fakes.scripted_completion_client import ScriptedCompletionClient

IDS = ("IMPORT",)
_CHATS, _MESSAGES = 2_000, 50
_LONGEST_WAIT_MS = 100
_SAVE_EVERY_SECONDS = 0.05
_FRAME_SECONDS = 0.016
_RATIO = 1.5
_NOW = datetime(2026, 11, 29, tzinfo=UTC)


class _CountingDatabase(Database):
    """Notes the highest numbers of chats and messages after each transaction that adds some."""

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self.batches = [(0, 0)]

    def _transaction[Result](self, function: Callable[[sqlite3.Connection], Result]) -> Result:
        def count(connection: sqlite3.Connection) -> Result:
            result = function(connection)
            numbers = connection.execute(
                "SELECT (SELECT coalesce(max(number), 0) FROM conversations), (SELECT coalesce(max(number), 0) FROM messages)"
            ).fetchone()
            if numbers > self.batches[-1]:
                self.batches.append(numbers)
            return result

        return super()._transaction(count)


class _Rows(NamedTuple):
    """The rows of a database, in the order of their numbers. `texts` has what of each message is searched."""

    conversations: list[tuple]
    """Without their heads, which exist later."""
    heads: list[tuple[str, str]]
    """The IDs of chats with those of their heads."""
    messages: list[tuple]
    parts: list[list[tuple]]
    texts: list[str]


@dataclass
class _Beside:
    """What was measured beside an import: how long saves waited, and how late the clock ticked, in ms."""

    waits: list[float] = field(default_factory=list)
    lateness: list[float] = field(default_factory=list)


def measure(chats: int = _CHATS, messages: int = _MESSAGES) -> list[Figure]:
    """Return all figures of IMPORT."""
    sys.setswitchinterval(0.001)  # as in the window
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        export = folder / "chats.json"
        with export.open("w", encoding="utf-8") as file:
            _write_export(file, chats, messages)
        took, processor, beside, batches = asyncio.run(_import(folder, export))
        rows = _rows_of(folder / "import" / "chats.sqlite3")
        loops = [
            _bare_loop(folder / "bare", rows, batches, computes_terms=True),
            _bare_loop(folder / "known", rows, batches, computes_terms=False),
            _bare_loop(folder / "single", rows, [(0, 0), batches[-1]], computes_terms=True),
        ]
        bare, without_terms, single = (wall for wall, _ in loops)
        beside_import = {"bare loop": bare, "without computing terms": without_terms, "single transaction": single}
        return [
            Figure("IMPORT.took", took, "s", beside=beside_import),
            Figure("IMPORT.ratio", took / bare, "x", _RATIO, beside={"to the single transaction": took / single}),
            Figure("IMPORT.processor", processor, "s", beside={"bare loop": loops[0][1], "load": os.getloadavg()[0]}),
            Figure("IMPORT.messages", len(rows.messages) / took, "messages/s"),
            Figure("IMPORT.save_median", _middle(beside.waits), "ms"),
            Figure("IMPORT.save_longest", max(beside.waits), "ms", _LONGEST_WAIT_MS),
            Figure("IMPORT.loop_p99", _middle(beside.lateness, 0.99), "ms", 16),
            Figure("IMPORT.loop_longest", max(beside.lateness), "ms"),
            Figure("IMPORT.transactions", len(batches), "transactions"),
        ]


async def _import(folder: Path, export: Path) -> tuple[float, float, _Beside, list[tuple[int, int]]]:
    """Return how long an import took by the clock and on the processor, what was measured beside it, and its batches."""
    database = _CountingDatabase(folder / "import" / "chats.sqlite3")
    await database.open(expected=False)
    settings = Settings({}, lambda _: None)
    conversations = Conversations(database, lambda: _NOW)
    attachments = Attachments(
        AttachmentFiles(folder / "attachments", folder / "backups"), database, settings, _no_picture, NO_DOCUMENTS
    )
    chat = Chat(
        database,
        conversations,
        ScriptedCompletionClient(),
        lambda _: None,
        lambda: _NOW,
        _no_picture,
        _no_picture,
        FixedBudgets({}),
    )
    folders = ChatFolders(database, conversations)
    trash = Trash(database, conversations, folders, chat, lambda: _NOW, attachments.tidy_up)
    imports = ChatImports(
        ChatReaders(preview_chats, send_chats, _no_presets, read_key),
        database,
        chat,
        conversations,
        folders,
        trash,
        attachments,
        lambda: _NOW,
    )
    preview = await imports.preview([export])
    answer = Message("answer", "answering", None, 0, Role.ASSISTANT, (), MessageState.STREAMING, _NOW)
    await conversations.add_complete(Conversation("answering", "", _NOW, _NOW), [answer])
    chosen = [each.summary.id for each in preview.chats]
    async with _measured_beside(database, answer) as beside:
        began, worked = time.perf_counter(), time.process_time()
        await imports.add(preview, chosen)
        took, processor = time.perf_counter() - began, time.process_time() - worked
    batches = database.batches
    await imports.close()
    await trash.close()
    await chat.close()
    await database.close()
    return took, processor, beside, batches


@asynccontextmanager
async def _measured_beside(database: Database, answer: Message) -> AsyncIterator[_Beside]:
    """Save a growing answer, and let a clock tick on the event loop."""
    beside = _Beside()

    async def save() -> None:
        grown = answer
        while True:
            grown = grown.with_parts((TextPart(grown.text + "The model learns. 机器从数据中学习。"),))
            began = time.perf_counter()
            await database.run(lambda connection: MessageRepository(connection).save_parts(grown))  # noqa: B023 - awaited
            beside.waits.append((time.perf_counter() - began) * 1000)
            await asyncio.sleep(_SAVE_EVERY_SECONDS)

    async def tick() -> None:
        while True:
            began = time.perf_counter()
            await asyncio.sleep(_FRAME_SECONDS)
            beside.lateness.append((time.perf_counter() - began - _FRAME_SECONDS) * 1000)

    tasks = [asyncio.create_task(save()), asyncio.create_task(tick())]
    yield beside
    for task in tasks:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


def _rows_of(path: Path) -> _Rows:
    with closing(sqlite3.connect(path)) as connection:
        heads = connection.execute("SELECT id, head_id FROM conversations WHERE head_id IS NOT NULL").fetchall()
        connection.execute("UPDATE conversations SET head_id = NULL")
        conversations = connection.execute("SELECT * FROM conversations ORDER BY number").fetchall()
        messages = connection.execute("SELECT * FROM messages ORDER BY number").fetchall()
        parts: list[list[tuple]] = [[] for _ in messages]
        texts = [""] * len(messages)
        for row in connection.execute("SELECT * FROM parts ORDER BY message_number, position, segment"):
            parts[row[0] - 1].append(row)
            if row[3] == "text":
                texts[row[0] - 1] += row[4]
    return _Rows(conversations, heads, messages, parts, texts)


def _bare_loop(
    folder: Path, rows: _Rows, batches: Sequence[tuple[int, int]], *, computes_terms: bool
) -> tuple[float, float]:
    """Write rows into a new database, and return how long that took by the clock and on the processor, in seconds."""
    database = Database(folder / "chats.sqlite3")

    async def create() -> None:
        await database.open(expected=False)
        await database.close()

    asyncio.run(create())
    terms = None if computes_terms else [index_terms(text) for text in rows.texts]
    heads = {head: chat_id for chat_id, head in rows.heads}
    with closing(open_connection(database.path)) as connection:
        began, worked = time.perf_counter(), time.process_time()
        for (first_chat, first), (end_chat, end) in pairwise(batches):
            connection.execute("BEGIN IMMEDIATE")
            _insert(connection, "conversations", rows.conversations[first_chat:end_chat])
            _insert(connection, "messages", rows.messages[first:end])
            _insert(connection, "parts", [part for parts in rows.parts[first:end] for part in parts])
            found = terms[first:end] if terms else map(index_terms, rows.texts[first:end])
            connection.executemany(
                "INSERT INTO message_search (rowid, terms) VALUES (?, ?)", list(enumerate(found, start=first + 1))
            )
            ended = [(row[1], heads[row[1]]) for row in rows.messages[first:end] if row[1] in heads]
            connection.executemany("UPDATE conversations SET head_id = ? WHERE id = ?", ended)
            connection.execute("COMMIT")
        return time.perf_counter() - began, time.process_time() - worked


def _insert(connection: sqlite3.Connection, table: str, rows: Sequence[tuple]) -> None:
    if rows:
        connection.executemany(f"INSERT INTO {table} VALUES ({', '.join('?' * len(rows[0]))})", rows)


def _write_export(file: TextIO, chats: int, messages: int) -> None:
    """Write an export of Open WebUI, one chat after the other. Every other message is Chinese."""
    texts = list(_texts())
    for number in range(chats):
        tree = {
            f"{number}-{index}": {
                "id": f"{number}-{index}",
                "parentId": f"{number}-{index - 1}" if index else None,
                "role": "assistant" if index % 2 else "user",
                "content": texts[(number * messages + index) % len(texts)],
                "model": "llama3:8b",
                "timestamp": 1_700_000_000 + number * 3_600 + index,
            }
            for index in range(messages)
        }
        chat = {"history": {"currentId": f"{number}-{messages - 1}", "messages": tree}}
        record = {"id": f"chat-{number}", "title": f"Chat {number}", "chat": chat}
        record["created_at"] = record["updated_at"] = 1_700_000_000 + number * 3_600
        file.write(("[" if number == 0 else ",") + json.dumps(record))
    file.write("]")


def _texts(count: int = 499) -> Iterator[str]:
    """Yield texts of 40 to 2,000 characters, the same in every run."""
    drawn = random.Random(7)
    words = ["".join(drawn.choices("taelorminsv", k=drawn.randint(2, 9))) for _ in range(20_000)]
    characters = [chr(0x4E00 + index) for index in range(3_500)]
    for number in range(count):
        length = int(40 * 50 ** drawn.random())
        yield (
            " ".join(drawn.choices(words, k=length * 10 // 65 + 1))
            if number % 2
            else "".join(drawn.choices(characters, k=length // 2))
        )


def _middle(values: Sequence[float], share: float = 0.5) -> float:
    return sorted(values)[int(share * (len(values) - 1))]


async def _no_presets(_paths: Sequence[Path]) -> PresetPreview:
    return PresetPreview()


async def _no_picture(*_: object) -> None:
    return None
