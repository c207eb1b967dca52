"""BK: a daily backup of 1 GB, plain and encrypted: how long the event loop and a streaming answer's saves wait. Takes minutes.

The loop is the one on which the window is drawn. What its thread waited for a processor is subtracted, because a busy machine makes every
wait longer; `beside` has the waits by the clock. The place for backups is on the same disk, which is the hardest case.
"""

import asyncio
import gc
import os
import sqlite3
import sys
import tempfile
import time
from contextlib import AsyncExitStack, closing, suppress
from datetime import UTC, datetime
from pathlib import Path

from chatdesk.features.chat.services.store.conversations import Conversations
from chatdesk.kernel.chat.conversation import Conversation
from chatdesk.kernel.chat.message import Message, MessageState, Role
from tests.bench.bench_saving import _forcing, _saves_beside
from tests.bench.figure import Figure
from tests.unit.features.backups.services.backup_harness import Backups, one_computer
from tests.unit.storage.damaged import write_chats

IDS = ("BK",)
_BYTES = 1_000_000_000
_ROW_BYTES = 100_000
_LONGEST_WAIT_MS = 100
_LONGEST_FRAME_MS = 50
_TICK_SECONDS = 0.004
_NOW = datetime(2026, 11, 24, tzinfo=UTC)


def measure(size: int = _BYTES) -> list[Figure]:
    """Return all figures of BK."""
    gc.disable()  # as in the window, which collects when nothing is drawn
    sys.setswitchinterval(0.001)  # likewise
    with tempfile.TemporaryDirectory() as folder:
        return asyncio.run(_measure(Path(folder), size))


async def _measure(folder: Path, size: int) -> list[Figure]:
    home = folder / "home"
    write_chats(home / "chats.sqlite3", 3, 10)
    _fill(home / "chats.sqlite3", size)
    forced = _forcing(folder)
    figures = [Figure("BK.database", (home / "chats.sqlite3").stat().st_size / 1e6, "MB")]
    async with AsyncExitStack() as stack:
        computer = await stack.enter_async_context(one_computer(home, folder / "stick"))
        computer.daily.choose_folder(computer.stick)
        conversations = Conversations(computer.database, lambda: _NOW)
        answer = Message("answer", "answering", None, 0, Role.ASSISTANT, (), MessageState.STREAMING, _NOW)
        await conversations.add_complete(Conversation("answering", "", _NOW, _NOW), [answer])
        for name in ("plain", "encrypted"):
            if name == "encrypted":
                await computer.encrypt()
            figures += await _one(computer, name, answer, forced)
    return figures


async def _one(computer: Backups, name: str, answer: Message, forced: dict[str, float]) -> list[Figure]:
    gaps: list[tuple[float, float]] = []

    async def tick() -> None:
        while True:
            began, waited = time.perf_counter(), _waited_for_processor()
            await asyncio.sleep(_TICK_SECONDS)
            gap = time.perf_counter() - began - _TICK_SECONDS
            gaps.append((gap * 1000, max(0.0, gap - (_waited_for_processor() - waited)) * 1000))

    ticking = asyncio.create_task(tick())
    began = time.perf_counter()
    waits = await _saves_beside(computer.database, answer, computer.daily.make)
    took = time.perf_counter() - began
    ticking.cancel()
    with suppress(asyncio.CancelledError):
        await ticking
    by_clock, reported = (sorted(column) for column in zip(*gaps, strict=True))
    rare = int(len(reported) * 0.999)
    beside = {
        "p99.9": reported[rare],
        "by the clock": by_clock[-1],
        "its p99.9": by_clock[rare],
        "load": os.getloadavg()[0],
    }
    return [
        Figure(f"BK.{name}.took", took, "s"),
        Figure(f"BK.{name}.loop_longest", reported[-1], "ms", _LONGEST_FRAME_MS, beside=beside),
        Figure(f"BK.{name}.save_longest", max(wait.wall for wait in waits), "ms", _LONGEST_WAIT_MS, beside=forced),
    ]


def _waited_for_processor() -> float:
    """Return for how many seconds this thread could have run and was not let (Linux; else 0)."""
    with suppress(OSError):
        return int(Path("/proc/thread-self/schedstat").read_text(encoding="ascii").split()[1]) / 1e9
    return 0.0


def _fill(path: Path, size: int) -> None:
    """Add parts of messages until the file has this size; without the index, which would take minutes."""
    text = "The model learns from data. 机器从数据中学习。" * (_ROW_BYTES // 60)
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        (number,) = connection.execute("SELECT number FROM messages LIMIT 1").fetchone()
        connection.execute("BEGIN")
        connection.executemany(
            "INSERT INTO parts (message_number, position, segment, kind, text, metadata) VALUES (?, ?, 0, 'text', ?, '')",
            ((number, 1000 + row, f"{row} {text}") for row in range(size // len(text.encode()))),
        )
        connection.execute("COMMIT")
