"""P5: how long a streaming answer's saves wait while something large is written or copied. Takes about a minute.

`beside` has what the disk itself takes to force 4 KB, measured just before: no save can be quicker; and the longest wait in the time that
this process was given, with the machine's load: a busy machine makes every wait longer.
"""

import asyncio
import os
import random
import statistics
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from chatdesk.features.chat.services.store.conversations import Conversations
from chatdesk.kernel.chat.conversation import Conversation
from chatdesk.kernel.chat.message import Message, MessageState, Role, TextPart
from chatdesk.kernel.chat.message_trees import TRASH_RETENTION
from chatdesk.storage.database.database import Database
from chatdesk.storage.database.message_repository import MessageRepository
from chatdesk.storage.database.stored_values import to_time
from tests.bench.figure import Figure

IDS = ("P5",)
_MESSAGES, _BYTES = 8_000, 68_000_000
_LONGEST_WAIT_MS = 100
_SAVE_EVERY_SECONDS = 0.05
"""Ten times as often as an answer is saved, to meet more of what happens."""
_PIECE = "The model learns from data. 机器从数据中学习。"


class _Wait(NamedTuple):
    """In ms: by the clock, and what this process had of the processors."""

    wall: float
    processor: float


_NOW = datetime(2026, 11, 24, tzinfo=UTC)


def measure(messages: int = _MESSAGES, size: int = _BYTES) -> list[Figure]:
    """Return all figures of P5."""
    with tempfile.TemporaryDirectory() as folder:
        forced = _forcing(Path(folder))
        return asyncio.run(_measure(Path(folder), _messages(messages, size), forced))


async def _measure(folder: Path, messages: list[Message], forced: dict[str, float]) -> list[Figure]:
    database = Database(folder / "data" / "chats.sqlite3")
    await database.open(expected=False)
    conversations = Conversations(database, lambda: _NOW + TRASH_RETENTION + timedelta(days=1))
    answer = Message("answer", "answering", None, 0, Role.ASSISTANT, (), MessageState.STREAMING, _NOW)
    await conversations.add_complete(Conversation("answering", "", _NOW, _NOW), [answer])
    chat = Conversation("large", "Large", _NOW, _NOW, head_id=messages[-1].id)
    figures: list[Figure] = []

    async def beside(name: str, work: Callable[[], Awaitable[object]]) -> None:
        began = time.perf_counter()
        waits = await _saves_beside(database, answer, work)
        figures.extend(
            [
                Figure(f"P5.{name}.median", statistics.median(wait.wall for wait in waits), "ms", beside=forced),
                Figure(
                    f"P5.{name}.longest",
                    max(wait.wall for wait in waits),
                    "ms",
                    _LONGEST_WAIT_MS,
                    beside={
                        **forced,
                        "longest on the processor": max(wait.processor for wait in waits),
                        "load": os.getloadavg()[0],
                    },
                ),
                Figure(f"P5.{name}.took", time.perf_counter() - began, "s"),
            ]
        )

    async def remove() -> None:
        update = "UPDATE conversations SET deleted_at = ? WHERE id = 'large'"
        await database.run(lambda connection: connection.execute(update, (to_time(_NOW),)))
        await conversations.empty_trash()

    await beside("nothing", lambda: asyncio.sleep(2))
    await beside("import", lambda: conversations.add_complete(chat, messages))
    await beside("backup", lambda: database.back_up("weekly"))
    await beside("check", database.check)
    await beside("removal", remove)
    await database.close()
    return figures


async def _saves_beside(database: Database, answer: Message, work: Callable[[], Awaitable[object]]) -> list[_Wait]:
    """Save an answer as it grows while something else goes on, and return how long each save waited."""
    waits: list[_Wait] = []

    async def save() -> None:
        grown = answer
        while True:
            grown = grown.with_parts((TextPart(grown.text + _PIECE),))
            began, worked = time.perf_counter(), time.process_time()
            await _save(database, grown)
            waits.append(_Wait((time.perf_counter() - began) * 1000, (time.process_time() - worked) * 1000))
            await asyncio.sleep(_SAVE_EVERY_SECONDS)

    saving = asyncio.create_task(save())
    await work()
    saving.cancel()
    with suppress(asyncio.CancelledError):
        await saving
    return waits


async def _save(database: Database, answer: Message) -> None:
    await database.run(lambda connection: MessageRepository(connection).save_parts(answer))


def _messages(count: int, size: int) -> list[Message]:
    texts = list(_texts(size // count))
    parents = [None, *(f"m{number}" for number in range(count - 1))]
    return [
        Message(
            f"m{number}",
            "large",
            parent,
            0,
            Role.ASSISTANT if number % 2 else Role.USER,
            (TextPart(texts[number % len(texts)]),),
            MessageState.COMPLETE,
            _NOW,
        )
        for number, parent in enumerate(parents)
    ]


def _texts(size: int, count: int = 200) -> Iterator[str]:
    """Yield texts of about so many bytes, every other one Chinese, the same in every run."""
    drawn = random.Random(7)
    words = ["".join(drawn.choices("taelorminsv", k=drawn.randint(2, 9))) for _ in range(20_000)]
    characters = [chr(0x4E00 + index) for index in range(3_500)]
    for number in range(count):
        if number % 2:
            yield " ".join(drawn.choices(words, k=size * 10 // 65))
        else:
            yield "".join(drawn.choices(characters, k=size // 3))


def _forcing(folder: Path, times: int = 100) -> dict[str, float]:
    """Return how long the disk takes to force 4 KB, in ms."""
    spent = []
    descriptor = os.open(folder / "forced", os.O_CREAT | os.O_RDWR)
    for _ in range(times):
        os.write(descriptor, bytes(4096))
        began = time.perf_counter()
        os.fsync(descriptor)
        spent.append((time.perf_counter() - began) * 1000)
    os.close(descriptor)
    return {"fsync median": statistics.median(spent), "fsync longest": max(spent)}
