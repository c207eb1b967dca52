"""IMPORT: 2,000 chats with 100,000 messages from a file of another program, beside a bare loop that writes the same rows.

The bare loop has all rows in memory and writes them with the same number of rows in each transaction; it computes the terms of the search
index, which the import has to do as well. Beside the ratio are the time for the same rows in a single transaction, and without computing
the terms. Meanwhile, an answer is saved, and a clock ticks on the event loop as often as a window is painted.
"""

import asyncio
import json
import os
import random
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import TextIO

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
from chatdesk.kernel.settings.store import Settings
from chatdesk.storage.database.database import Database
from chatdesk.storage.database.message_repository import MessageRepository
from chatdesk.storage.files.attachment_files import AttachmentFiles
from tests.bench.bare_loop import CountingDatabase, Took, bare_loop, rows_of
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


@dataclass
class Beside:
    """What was measured beside a long write: how long saves waited, and how late the clock ticked, in ms."""

    waits: list[float] = field(default_factory=list)
    lateness: list[float] = field(default_factory=list)


@dataclass(frozen=True)
class Imported:
    """An import, with bare loops that write the same rows."""

    took: Took
    bare: Took
    without_terms: Took
    single: Took
    """In a single transaction."""
    beside: Beside
    messages: int
    transactions: int


def measure(chats: int = _CHATS, messages: int = _MESSAGES) -> list[Figure]:
    """Return all figures of IMPORT."""
    sys.setswitchinterval(0.001)  # as in the window
    with tempfile.TemporaryDirectory() as name:
        found = measure_import(Path(name), chats, messages)
    took, bare, single = found.took, found.bare, found.single
    beside_import = {
        "bare loop": bare.clock,
        "without computing terms": found.without_terms.clock,
        "single transaction": single.clock,
    }
    processor = {"bare loop": bare.processor, "load": os.getloadavg()[0]}
    waits, lateness = found.beside.waits, found.beside.lateness
    return [
        Figure("IMPORT.took", took.clock, "s", beside=beside_import),
        Figure(
            "IMPORT.ratio",
            took.clock / bare.clock,
            "x",
            _RATIO,
            beside={"to the single transaction": took.clock / single.clock},
        ),
        Figure("IMPORT.processor", took.processor, "s", beside=processor),
        Figure("IMPORT.messages", found.messages / took.clock, "messages/s"),
        Figure("IMPORT.save_median", middle(waits), "ms"),
        Figure("IMPORT.save_longest", max(waits), "ms", _LONGEST_WAIT_MS),
        Figure("IMPORT.loop_p99", middle(lateness, 0.99), "ms", 16),
        Figure("IMPORT.loop_longest", max(lateness), "ms"),
        Figure("IMPORT.transactions", found.transactions, "transactions"),
    ]


def measure_import(folder: Path, chats: int, messages: int) -> Imported:
    """Import chats from a file, and write the same rows in bare loops."""
    export = folder / "chats.json"
    with export.open("w", encoding="utf-8") as file:
        _write_export(file, chats, messages)
    took, beside, batches = asyncio.run(_import(folder, export))
    rows = rows_of(folder / "import" / "chats.sqlite3")
    return Imported(
        took,
        bare_loop(folder / "bare", rows, batches),
        bare_loop(folder / "known", rows, batches, computes_terms=False),
        bare_loop(folder / "single", rows, [batches[0], batches[-1]]),
        beside,
        len(rows.texts),
        len(batches),
    )


async def _import(folder: Path, export: Path) -> tuple[Took, Beside, list[tuple[int, ...]]]:
    """Return how long an import took, what was measured beside it, and its batches."""
    database = CountingDatabase(folder / "import" / "chats.sqlite3")
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
    async with measured_beside(database, answer) as beside:
        began, worked = time.perf_counter(), time.process_time()
        await imports.add(preview, chosen)
        took = Took(time.perf_counter() - began, time.process_time() - worked)
    batches = database.batches
    await imports.close()
    await trash.close()
    await chat.close()
    await database.close()
    return took, beside, batches


@asynccontextmanager
async def measured_beside(database: Database, answer: Message) -> AsyncIterator[Beside]:
    """Save a growing answer, and let a clock tick on the event loop."""
    beside = Beside()

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


def _write_export(file: TextIO, chats: int, messages: int) -> None:
    """Write an export of Open WebUI, one chat after the other. Every other message is Chinese."""
    drawn = list(texts())
    for number in range(chats):
        tree = {
            f"{number}-{index}": {
                "id": f"{number}-{index}",
                "parentId": f"{number}-{index - 1}" if index else None,
                "role": "assistant" if index % 2 else "user",
                "content": drawn[(number * messages + index) % len(drawn)],
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


def texts(count: int = 499) -> Iterator[str]:
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


def middle(values: Sequence[float], share: float = 0.5) -> float:
    """Return the median, or another quantile."""
    return sorted(values)[int(share * (len(values) - 1))]


async def _no_presets(_paths: Sequence[Path]) -> PresetPreview:
    return PresetPreview()


async def _no_picture(*_: object) -> None:
    return None
