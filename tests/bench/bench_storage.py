"""T7, the store: what saving a growing answer costs, and how a chest of 100,000 messages lists, searches and opens.

Takes about a minute.
"""

import asyncio
import random
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime
from itertools import accumulate
from pathlib import Path

from chatdesk.kernel.chat.conversation import Conversation
from chatdesk.kernel.chat.message import Message, MessageState, Role, TextPart
from chatdesk.kernel.finding.search_query import SearchQuery
from chatdesk.storage.database.connection import open_connection
from chatdesk.storage.database.conversation_repository import ConversationRepository
from chatdesk.storage.database.database import Database
from chatdesk.storage.database.inspection import check_pages
from chatdesk.storage.database.message_repository import MessageRepository
from chatdesk.storage.database.migrator import migrate
from chatdesk.storage.database.search_repository import SearchRepository
from chatdesk.storage.migrations import MIGRATIONS
from tests.bench.figure import Figure

IDS = ("T7",)
_NOW = datetime(2026, 11, 24, tzinfo=UTC)
_SAVE_EVERY_SECONDS = 0.5
_MESSAGES_PER_CHAT = 20


def measure(messages: int = 100_000) -> list[Figure]:
    """Return all figures of T7."""
    with tempfile.TemporaryDirectory() as folder:
        return [*_streaming(Path(folder) / "streaming"), *_chest(Path(folder) / "chest", messages)]


def _streaming(folder: Path, kilobytes: int = 200, tokens_per_second: int = 100) -> Iterator[Figure]:
    """Save an answer as it grows, as often as the chat does, without the waiting in between."""
    text = (
        ("The model learns from data. 机器从数据中学习。\n" * 10_000)
        .encode()[: kilobytes * 1024]
        .decode(errors="ignore")
    )
    step = int(tokens_per_second * 3.3 * _SAVE_EVERY_SECONDS)
    with closing(_connect(folder)) as connection:
        connection.execute("PRAGMA wal_autocheckpoint = 0")  # so that the log's length is all that was written
        messages = MessageRepository(connection)
        ConversationRepository(connection).add(Conversation("chat", "", _NOW, _NOW))
        answer = messages.add(Message("answer", "chat", None, 0, Role.ASSISTANT, (), MessageState.STREAMING, _NOW))
        log = folder / "chatdesk.sqlite3-wal"
        before, naive, costs = log.stat().st_size, 0, []
        for end in range(step, len(text) + step, step):
            grown = answer.with_parts((TextPart(text[:end]),))
            naive += len(text[:end].encode())
            start = time.process_time()
            connection.execute("BEGIN IMMEDIATE")
            messages.save_parts(grown)
            connection.execute("COMMIT")
            costs.append(time.process_time() - start)
        written = log.stat().st_size - before
    yield Figure("T7.stream_share", statistics.mean(costs) / _SAVE_EVERY_SECONDS * 100, "% of a core", 2)
    yield Figure("T7.save_first_tenth", statistics.mean(costs[: len(costs) // 10]) * 1000, "ms of CPU")
    yield Figure("T7.save_last_tenth", statistics.mean(costs[-len(costs) // 10 :]) * 1000, "ms of CPU")
    yield Figure("T7.stream_written", written / 1e6, "MB")
    yield Figure("T7.stream_written_if_whole", naive / 1e6, "MB")


def _chest(folder: Path, count: int) -> Iterator[Figure]:
    path = folder / "chatdesk.sqlite3"
    text_bytes = _fill(folder, count)
    with closing(open_connection(path)) as connection:
        cold = _milliseconds(lambda: ConversationRepository(connection).list(), times=1)
        yield Figure("T7.list_first", cold, "ms")
        yield Figure("T7.list", _milliseconds(lambda: ConversationRepository(connection).list()), "ms", 50)
        typed = [
            ("latin", _typing("tare conver")),
            ("chinese_word", ["一丁", "丁丂", "一丁丂"]),
            ("chinese_character", ["一"]),
            ("phrase", ['"tare conver', '"一丁 丁丂']),
        ]
        for name, queries in typed:
            times = [_milliseconds(lambda query=query: _first_page(connection, query)) for query in queries]
            yield Figure(f"T7.search_{name}", max(times), "ms", 50)
        yield Figure(
            "T7.search_whole_for_a_sign", _milliseconds(lambda: _first_page(connection, "tare+")), "ms in slices"
        )
        yield Figure("T7.search_nothing", _milliseconds(lambda: _first_page(connection, "zzzz qqqq")), "ms", 50)
        yield Figure(
            "T7.open_chat", _milliseconds(lambda: MessageRepository(connection).of_conversation("chat 7")), "ms"
        )
        yield Figure("T7.check", _milliseconds(lambda: check_pages(connection, path), times=1), "ms")
        (index_bytes,) = connection.execute("SELECT sum(length(block)) FROM message_search_data").fetchone()
    yield Figure("T7.index_to_text", index_bytes / text_bytes, "x", 2)
    yield Figure("T7.beyond_text", (path.stat().st_size - text_bytes) / text_bytes, "x", 2)
    yield Figure("T7.open", _milliseconds(lambda: asyncio.run(_open_and_close(path)), times=3), "ms")


def _fill(folder: Path, count: int) -> int:
    """Write the messages and return how many bytes of text they hold."""
    texts, size = _Texts(), 0
    with closing(_connect(folder)) as connection:
        conversations, messages = ConversationRepository(connection), MessageRepository(connection)
        connection.execute("BEGIN")
        for number in range(count):
            chat = f"chat {number // _MESSAGES_PER_CHAT}"
            if number % _MESSAGES_PER_CHAT == 0:
                conversations.add(Conversation(chat, texts.latin(6), _NOW, _NOW))
            text = texts.latin(170) if number % 2 else texts.chinese(340)
            size += len(text.encode())
            role = Role.ASSISTANT if number % 2 else Role.USER
            messages.add(Message(f"m{number}", chat, None, 0, role, (TextPart(text),), MessageState.COMPLETE, _NOW))
        connection.execute("COMMIT")
    return size


class _Texts:
    """Texts of made-up words and of Chinese characters, a few frequent and many rare, the same in every run."""

    def __init__(self) -> None:
        self._random = random.Random(7)
        syllables = ["ta", "re", "lo", "mi", "son", "ver", "con", "pre", "sta", "tion", "ing", "er", "al", "de"]
        self._words = ["".join(self._random.choices(syllables, k=self._random.randint(1, 4))) for _ in range(30_000)]
        self._word_weights = list(accumulate(1 / (rank + 1) for rank in range(len(self._words))))
        self._characters = [chr(0x4E00 + index) for index in range(3500)]
        self._character_weights = list(accumulate(1 / (rank + 10) for rank in range(len(self._characters))))

    def latin(self, words: int) -> str:
        return " ".join(self._random.choices(self._words, cum_weights=self._word_weights, k=words))

    def chinese(self, characters: int) -> str:
        text = "".join(self._random.choices(self._characters, cum_weights=self._character_weights, k=characters))
        return "，".join(text[start : start + 12] for start in range(0, len(text), 12))


def _connect(folder: Path) -> sqlite3.Connection:
    folder.mkdir()
    connection = open_connection(folder / "chatdesk.sqlite3")
    migrate(connection, MIGRATIONS, folder / "backups")
    return connection


async def _open_and_close(path: Path) -> None:
    database = Database(path)
    await database.open(expected=True)
    await database.close()


def _first_page(connection: sqlite3.Connection, typed: str) -> None:
    """Search for the first page of hits, however long it takes: a query with a rare sign looks at many candidates."""
    SearchRepository(connection).find(SearchQuery(typed), limit=50, seconds=60)


def _typing(words: str) -> list[str]:
    return [words[:length] for length in range(1, len(words) + 1)]


def _milliseconds(function: Callable[[], object], times: int = 7) -> float:
    spent = []
    for _ in range(times):
        start = time.perf_counter()
        function()
        spent.append((time.perf_counter() - start) * 1000)
    return statistics.median(spent)
