"""The index of the passages of all documents: by their words, and by vectors of their meaning (`passage_vectors.py`).

The file holds nothing that cannot be made again from the texts of the documents, so it is not in backups, a damaged or newer one is
replaced, and without space on the disk the index is kept in memory.
"""

import heapq
import logging
import sqlite3
import threading
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from itertools import batched
from operator import itemgetter
from pathlib import Path

from chatdesk.kernel.chat.message import PassageRange
from chatdesk.kernel.context.token_estimate import estimate_tokens
from chatdesk.kernel.documents.document_text import DocumentText
from chatdesk.kernel.documents.kinds import DocumentKind
from chatdesk.kernel.documents.passages import Passage, cut_passages
from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.kernel.finding.index_terms import index_terms
from chatdesk.kernel.finding.question_words import OR, Word, any_of
from chatdesk.storage.files.file_writing import create_private_file, make_private_folder

_VERSION = 4
"""Changes with the tables, with how texts are cut into passages, and with the terms."""
_IN_MEMORY = ":memory:"
_LOCK_SECONDS = 5.0
_PRIMARY_CODE = 0xFF
"""The primary result code is the lowest byte of SQLite's extended codes (sqlite.org/rescode.html)."""
_BATCH = 25
"""Passages that are added at once: about 20 ms, for which a search may have to wait."""
_TOKENIZER = "porter unicode61 remove_diacritics 2"
_TABLES = f"""
    CREATE TABLE documents (
        first INTEGER PRIMARY KEY, passages INTEGER NOT NULL, text_sha256 TEXT NOT NULL UNIQUE, is_complete INTEGER NOT NULL DEFAULT 0
    );
    CREATE TABLE passages (
        number INTEGER PRIMARY KEY, section INTEGER NOT NULL, first INTEGER NOT NULL, end INTEGER NOT NULL,
        header_first INTEGER, header_end INTEGER, tokens INTEGER NOT NULL
    );
    CREATE VIRTUAL TABLE passage_terms USING fts5 (terms, tokenize = '{_TOKENIZER}');
    CREATE VIRTUAL TABLE passage_words USING fts5 (terms, tokenize = 'unicode61 remove_diacritics 2', content = '', detail = none);
    CREATE TABLE embedders (number INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, dimension INTEGER NOT NULL, center BLOB NOT NULL);
    CREATE TABLE vectors (passage INTEGER PRIMARY KEY, embedder INTEGER NOT NULL, signs BLOB NOT NULL, vector BLOB NOT NULL);
    CREATE INDEX passages_with_vectors ON vectors (embedder, passage);
"""
"""The passages of a document have the numbers from its `first` on, in order, so that one document is searched without looking at others.

`passage_terms` compares the stems of English words, which suits questions. `passage_words` has the words as they are, for what the user
types, whose last word may be incomplete: the beginning of a word is not always one of its stem.
"""
_RANKED = (
    "SELECT rowid, -rank FROM passage_terms WHERE passage_terms MATCH ? AND rowid BETWEEN ? AND ? ORDER BY rank LIMIT ?"
)
_COUNTED = "SELECT count(*) FROM passage_terms WHERE passage_terms MATCH ? AND rowid BETWEEN ? AND ?"
_CONTAINING = "SELECT rowid FROM passage_words WHERE passage_words MATCH ? ORDER BY rowid"
_COMMON = 0.25
"""Share of the passages above which a word is too common to find anything by, if there are rarer ones."""
_RARE = 0.02
"""Share of the passages up to which a word is rare."""
_HARDLY_ANY = 3
"""Number of passages up to which any word is rare."""
_FEW = 20
"""Number of passages of which any word is in many."""
_MAX_WANTED = 16
_MAX_COMMON = 3
"""Maximum number of words that are looked for at once, the rarest ones; likewise if all are common."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class IndexedDocument:
    """A document in the index: the number of its first passage, and how many it has."""

    first: int
    passages: int
    text_sha256: str

    @property
    def range(self) -> tuple[int, int]:
        """The numbers of its first and last passage."""
        return self.first, self.first + self.passages - 1


@dataclass(frozen=True, slots=True)
class IndexedPassage:
    """A passage in the index. `position` counts the passages of its document from 0."""

    number: int
    text_sha256: str
    position: int
    where: PassageRange
    header: PassageRange | None
    """The header of the table that the passage continues."""
    tokens: int
    """Estimated tokens, without the header."""


@dataclass(frozen=True, slots=True)
class PassageHit:
    """A passage that was found. A higher score is better."""

    passage: IndexedPassage
    score: float
    words: tuple[Word, ...] = ()
    """Those of the wanted words that are in the passage."""
    rare_words: tuple[Word, ...] = ()
    """Those of them that hardly any passage has."""


class IndexLost(Exception):
    """The file was damaged or could not be written. The next use begins with an empty index."""


def always() -> bool:
    """Allow the work to continue."""
    return True


class PassageIndex:
    """The index. All methods block and can be called on any thread."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = threading.Lock()
        self._changing = threading.Lock()
        """Held while a document is added or removed, in many short transactions. Searches continue meanwhile."""
        self._connection: sqlite3.Connection | None = None
        self._is_in_memory = False

    def passages_of(self, text_sha256: str) -> int | None:
        """Return the number of passages of a document; None if it is not in the index, or only a part of it."""
        with self.reading() as connection:
            row = connection.execute(
                "SELECT passages FROM documents WHERE text_sha256 = ? AND is_complete", (text_sha256,)
            ).fetchone()
        return row[0] if row else None

    def missing(self, text_sha256s: Collection[str]) -> frozenset[str]:
        """Return those of these documents that are not in the index, or only a part of them."""
        with self.reading() as connection:
            rows = connection.execute("SELECT text_sha256 FROM documents WHERE is_complete").fetchall()
        return frozenset(text_sha256s) - {text_sha256 for (text_sha256,) in rows}

    def add(
        self,
        text_sha256: str,
        text: DocumentText,
        kind: DocumentKind = DocumentKind.TEXT,
        may_continue: Callable[[], bool] = always,
    ) -> bool:
        """Add a document unless it is in the index. Return False if `may_continue` stopped that; a later call continues."""
        with self._changing:
            if self.passages_of(text_sha256) is not None:
                return True
            passages = list(enumerate(cut_passages(text, kind)))
            first, done = self._begin(text_sha256, len(passages))
            for batch in batched(passages[done:], _BATCH):
                if not may_continue():
                    return False
                rows = [
                    (position, passage, index_terms(passage.in_context(text)), text.passage(passage.where))
                    for position, passage in batch
                ]
                with self.writing() as connection:
                    for position, passage, terms, label in rows:
                        _insert(connection, first + position, passage, terms, estimate_tokens(label))
            with self.writing() as connection:
                connection.execute("UPDATE documents SET is_complete = 1 WHERE first = ?", (first,))
            return True

    def search(self, label: Sequence[Word], text_sha256s: Collection[str] | None, limit: int) -> tuple[PassageHit, ...]:
        """Return the passages with any of these words, the best first, in these documents or, for None, in all."""
        with self.reading() as connection:
            documents = documents_of(connection, text_sha256s)
            ranges = joined_ranges(documents)
            counts = {word: _count(connection, word, ranges) for word in label}
            passages = sum(each.passages for each in documents)
            wanted = _selective(counts, passages)
            if not wanted:
                return ()
            wanted = tuple(_narrowed(connection, word, counts[word], ranges, passages) for word in wanted)
            ranked = [row for each in ranges for row in connection.execute(_RANKED, (any_of(wanted), *each, limit))]
            scores = dict(heapq.nlargest(limit, ranked, key=itemgetter(1)))
            matching = _matching(connection, label, scores)
            found = {each.number: each for each in passages_at(connection, scores, documents)}
        rare = {word for word in label if counts[word] <= max(_HARDLY_ANY, passages * _RARE)}
        return tuple(
            PassageHit(found[number], score, here, tuple(word for word in here if word in rare))
            for number, score in scores.items()
            for here in [tuple(word for word in label if number in matching[word])]
        )

    def at(self, text_sha256: str, positions: Collection[int]) -> tuple[IndexedPassage, ...]:
        """Return the passages at these positions of a document, in order. Positions that it does not have are ignored."""
        with self.reading() as connection:
            documents = documents_of(connection, (text_sha256,))
            numbers = [each.first + at for each in documents for at in positions if 0 <= at < each.passages]
            return passages_at(connection, numbers, documents)

    def containing(
        self, expression: str, documents: int = 50, passages: int = 20
    ) -> tuple[tuple[IndexedPassage, ...], ...]:
        """Return passages with the words of an FTS5 expression, for each of some documents its first ones; the newest document first.

        The expression has no phrases (`any_order_expression`).
        """
        with self.reading() as connection:
            rows = connection.execute(_CONTAINING, (expression,))
            numbers = [number for (number,) in rows]  # at once: a query for each document would take many times as long
            found: list[tuple[IndexedPassage, ...]] = []
            for document in reversed(documents_of(connection, None)):
                first, last = (
                    bisect_left(numbers, end) for end in (document.first, document.first + document.passages)
                )
                if first < last and len(found) < documents:
                    found.append(passages_at(connection, numbers[first : min(last, first + passages)], (document,)))
            return tuple(found)

    def keep_only(self, used: Collection[str]) -> int:
        """Remove the documents that are not `used`. Return how many that were."""
        with self._changing, self.reading() as connection:
            unused = [each for each in documents_of(connection, None) if each.text_sha256 not in used]
        for each in unused:
            with self._changing, self.writing() as connection:
                _remove(connection, each)
        return len(unused)

    def close(self) -> None:
        """Close the file. A later use opens it again."""
        with self._lock:
            if self._connection:
                self._connection.close()
            self._connection = None

    def _begin(self, text_sha256: str, passages: int) -> tuple[int, int]:
        """Return the number of the first passage of a document, and how many of its passages are in the index already."""
        with self.writing() as connection:
            for known in documents_of(connection, (text_sha256,)):
                if known.passages == passages:
                    count = "SELECT count(*) FROM passages WHERE number BETWEEN ? AND ?"
                    return known.first, connection.execute(count, known.range).fetchone()[0]
                _remove(connection, known)
            (first,) = connection.execute("SELECT coalesce(max(first + max(passages, 1)), 1) FROM documents").fetchone()
            connection.execute(
                "INSERT INTO documents (first, passages, text_sha256) VALUES (?, ?, ?)", (first, passages, text_sha256)
            )
            return first, 0

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """Open the file for one transaction. Raise `IndexLost`."""
        with self.reading() as connection:
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield connection
                connection.execute("COMMIT")
            except BaseException:
                with suppress(sqlite3.Error):
                    connection.execute("ROLLBACK")
                raise

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """Open the file for single statements. Raise `IndexLost`."""
        with self._lock:
            if self._connection is None:
                self._connection = self._open()
            try:
                yield self._connection
            except sqlite3.DatabaseError as error:
                self._connection.close()
                self._connection = None
                if _is_damage(error):
                    _delete(self._path)
                else:
                    self._is_in_memory = (
                        True  # no space on the disk, for example: what is in the file is kept for the next start
                    )
                raise IndexLost from error

    def _open(self) -> sqlite3.Connection:
        try:
            if not self._is_in_memory:
                return _connect(self._path)
        except (sqlite3.DatabaseError, OSError) as error:
            _log.info("The index of documents cannot be opened: %r", error)
            if _is_damage(error):
                _delete(self._path)
                with suppress(sqlite3.DatabaseError, OSError):
                    return _connect(self._path)
            self._is_in_memory = True
        return _with_tables(sqlite3.connect(_IN_MEMORY, isolation_level=None, check_same_thread=False))


def _connect(path: Path) -> sqlite3.Connection:
    """Open the file, or create it. One of another version is replaced."""
    make_private_folder(path.parent)
    create_private_file(path)
    connection = sqlite3.connect(path, timeout=_LOCK_SECONDS, isolation_level=None, check_same_thread=False)
    try:
        for setting in ("trusted_schema = OFF", "cell_size_check = ON", "mmap_size = 0", "synchronous = NORMAL"):
            connection.execute(f"PRAGMA {setting}")
        connection.execute("PRAGMA journal_mode = WAL")
        (version,) = connection.execute("PRAGMA user_version").fetchone()
        if version == _VERSION:
            return connection
        if version == 0:
            return _with_tables(connection)
    except BaseException:
        connection.close()
        raise
    connection.close()
    _delete(path)
    return _connect(path)


def _with_tables(connection: sqlite3.Connection) -> sqlite3.Connection:
    connection.executescript(f"BEGIN; {_TABLES} PRAGMA user_version = {_VERSION}; COMMIT;")
    return connection


def _delete(path: Path) -> None:
    for ending in ("", "-wal", "-shm"):
        with suppress(OSError):
            path.with_name(path.name + ending).unlink()


def _is_damage(error: Exception) -> bool:
    code = getattr(error, "sqlite_errorcode", None)
    return code is not None and code & _PRIMARY_CODE in (
        sqlite3.SQLITE_CORRUPT,
        sqlite3.SQLITE_NOTADB,
        sqlite3.SQLITE_ERROR,
    )


def _insert(connection: sqlite3.Connection, number: int, passage: Passage, terms: str, tokens: int) -> None:
    where, header = passage.where, passage.header
    of_header = (header.start, header.end) if header else (None, None)
    connection.execute(
        "INSERT INTO passages VALUES (?, ?, ?, ?, ?, ?, ?)",
        (number, where.section, where.start, where.end, *of_header, tokens),
    )
    for index in ("passage_terms", "passage_words"):
        connection.execute(f"INSERT INTO {index} (rowid, terms) VALUES (?, ?)", (number, terms))  # noqa: S608


def _remove(connection: sqlite3.Connection, document: IndexedDocument) -> None:
    connection.execute(
        "INSERT INTO passage_words (passage_words, rowid, terms) "
        "SELECT 'delete', rowid, terms FROM passage_terms WHERE rowid BETWEEN ? AND ?",
        document.range,
    )
    for table, column in (("passage_terms", "rowid"), ("vectors", "passage"), ("passages", "number")):
        connection.execute(f"DELETE FROM {table} WHERE {column} BETWEEN ? AND ?", document.range)  # noqa: S608
    connection.execute("DELETE FROM documents WHERE first = ?", (document.first,))


def documents_of(connection: sqlite3.Connection, text_sha256s: Collection[str] | None) -> list[IndexedDocument]:
    """Return documents, or all for None, in order; those that are not in the index are left out."""
    columns = "SELECT first, passages, text_sha256 FROM documents"
    if text_sha256s is None:
        rows = connection.execute(f"{columns} ORDER BY first").fetchall()
    else:
        found = (connection.execute(f"{columns} WHERE text_sha256 = ?", (each,)).fetchone() for each in text_sha256s)
        rows = sorted({row for row in found if row})
    return [IndexedDocument(*row) for row in rows]


def joined_ranges(documents: Iterable[IndexedDocument]) -> list[tuple[int, int]]:
    """Return the numbers of the passages of documents in as few ranges as possible: each one is searched separately."""
    ranges: list[tuple[int, int]] = []
    for first, last in (each.range for each in documents):
        if ranges and ranges[-1][1] + 1 == first:
            first = ranges.pop()[0]  # noqa: PLW2901
        ranges.append((first, last))
    return ranges


def _count(connection: sqlite3.Connection, word: Word, ranges: Iterable[tuple[int, int]]) -> int:
    """Return the number of passages in these ranges that have a word."""
    return sum(connection.execute(_COUNTED, (word.expression, *each)).fetchone()[0] for each in ranges)


def _narrowed(
    connection: sqlite3.Connection, word: Word, count: int, ranges: Sequence[tuple[int, int]], passages: int
) -> Word:
    """Return a word that is in many passages without its common parts: the pairs of a run of Chinese, of which any is looked for."""
    parts = word.expression.split(OR)
    if len(parts) == 1 or count <= max(_FEW, passages * _COMMON):
        return word
    selective = _selective(
        {part: _count(connection, part, ranges) for part in (Word(each, each) for each in parts)}, passages
    )
    return Word(word.text, any_of(selective))


def _selective(counts: Mapping[Word, int], passages: int) -> tuple[Word, ...]:
    """Return the words to look for: the rarest that occur, without those in many passages if there are others."""
    found = sorted((word for word in counts if counts[word]), key=counts.__getitem__)
    rare = [word for word in found if counts[word] <= max(_FEW, passages * _COMMON)]
    return tuple(rare[:_MAX_WANTED] or found[:_MAX_COMMON])


def passages_at(
    connection: sqlite3.Connection, numbers: Iterable[int], documents: Sequence[IndexedDocument]
) -> tuple[IndexedPassage, ...]:
    """Return the passages with these numbers, in order. `documents` contains theirs, in order."""
    firsts = [each.first for each in documents]
    found = []
    for number in sorted(numbers):
        row = connection.execute("SELECT * FROM passages WHERE number = ?", (number,)).fetchone()
        if row:
            _, section, first, end, header_first, header_end, tokens = row
            document = documents[bisect_right(firsts, number) - 1]
            header = PassageRange(section, header_first, header_end) if header_end else None
            where = PassageRange(section, first, end)
            position = number - document.first
            found.append(IndexedPassage(number, document.text_sha256, position, where, header, tokens))
    return tuple(found)


def _matching(
    connection: sqlite3.Connection, label: Sequence[Word], passages: Collection[int]
) -> Mapping[Word, frozenset[int]]:
    """Return for each word those of the passages that contain it.

    They are copied into a small index: in the large one, looking at a few passages takes as long as looking at all.
    """
    connection.execute(f"CREATE VIRTUAL TABLE temp.found USING fts5 (terms, tokenize = '{_TOKENIZER}')")
    try:
        for number in passages:
            connection.execute(
                "INSERT INTO temp.found (rowid, terms) SELECT rowid, terms FROM passage_terms WHERE rowid = ?",
                (number,),
            )
        containing = "SELECT rowid FROM temp.found WHERE found MATCH ?"
        return {
            word: frozenset(number for (number,) in connection.execute(containing, (word.expression,)))
            for word in label
        }
    finally:
        connection.execute("DROP TABLE temp.found")
