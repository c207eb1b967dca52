"""Vectors of the meaning of passages, in the index of passages. A passage has one vector, of the model that was used last.

Vectors have length 1, so that the sum of products is the cosine of their angle. It is computed for about 300 vectors: among many, those are
chosen first whose numbers are above or below the usual value (`center`) in the same places. Comparing these signs takes 50 to 100 ns for a
passage, without a library for vectors, which would take more disk space than the rest of the program's code.
"""

import json
import math
import sqlite3
import sys
import time
from array import array
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from threading import Lock

from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.storage.passages.passage_index import PassageHit, PassageIndex, documents_of, joined_ranges, passages_at

_COMPARED = 300
"""Number of vectors whose products are computed, unless many are equally near."""
_MAX_DIMENSION = 8_192
_OF_DOCUMENT = "FROM vectors WHERE embedder = (SELECT number FROM embedders WHERE name = ?) AND passage BETWEEN ? AND ?"
"""Looks only at the index of the table, not at the vectors themselves."""
_VECTORS = "SELECT passage, vector FROM vectors WHERE passage IN (SELECT value FROM json_each(?))"


@dataclass(frozen=True, slots=True)
class _Loaded:
    """The signs of all vectors of an embedder, by the number of the passage."""

    embedder: str
    center: Sequence[float]
    passages: array[int]
    signs: list[int]


class PassageVectors:
    """The vectors. All methods block and can be called on any thread.

    `embedder` is the name of a model with everything that changes its vectors. They raise `IndexLost` as the index does.
    """

    def __init__(self, index: PassageIndex) -> None:
        self._index = index
        self._lock = Lock()
        self._loaded: _Loaded | None = None
        self._last_used = 0.0

    def missing(self, embedder: str, text_sha256: str) -> tuple[int, ...]:
        """Return the positions of the passages of a document that have no vector yet, in order."""
        with self._index.reading() as connection:
            for document in documents_of(connection, (text_sha256,)):
                known = connection.execute(f"SELECT passage {_OF_DOCUMENT}", (embedder, *document.range))
                done = {passage - document.first for (passage,) in known}
                return tuple(position for position in range(document.passages) if position not in done)
        return ()

    def count_missing(self, embedder: str, text_sha256s: Collection[str]) -> dict[str, int]:
        """Return how many passages have no vector yet, for each of these documents that is in the index."""
        with self._index.reading() as connection:
            counts = {
                document: connection.execute(f"SELECT count(*) {_OF_DOCUMENT}", (embedder, *document.range)).fetchone()
                for document in documents_of(connection, text_sha256s)
            }
        return {document.text_sha256: document.passages - done for document, (done,) in counts.items()}

    def add(self, embedder: str, text_sha256: str, vectors: Mapping[int, Sequence[float]]) -> None:
        """Add vectors of passages, by their positions in a document. Raise `ValueError` if they cannot be compared with the others."""
        units = {position: _unit(vector) for position, vector in vectors.items()}
        with self._index.writing() as connection:
            number, center = _embedder(connection, embedder, [*units.values()])
            for document in documents_of(connection, (text_sha256,)):
                rows = [
                    (document.first + position, number, _signs(unit, center), _packed(unit))
                    for position, unit in units.items()
                    if position < document.passages
                ]
                connection.executemany("INSERT OR REPLACE INTO vectors VALUES (?, ?, ?, ?)", rows)
        with self._lock:
            self._loaded = None

    def search(
        self, embedder: str, vector: Sequence[float], text_sha256s: Collection[str] | None, limit: int
    ) -> tuple[PassageHit, ...]:
        """Return the passages nearest to a vector, the best first, in these documents or, for None, in all. Scores are cosines."""
        unit = _unit(vector)
        loaded = self._load(embedder)
        if loaded is None or len(loaded.center) != len(unit):
            return ()
        with self._index.reading() as connection:
            documents = documents_of(connection, text_sha256s)
        candidates = _nearest(loaded, unit, joined_ranges(documents))
        with self._index.reading() as connection:
            rows = connection.execute(_VECTORS, (json.dumps(candidates),))
            scores = {passage: math.sumprod(unit, _unpacked(packed)) for passage, packed in rows}
            best = sorted(scores, key=scores.__getitem__, reverse=True)[:limit]
            found = {each.number: each for each in passages_at(connection, best, documents)}
        return tuple(PassageHit(found[passage], scores[passage]) for passage in best if passage in found)

    def release(self, idle_seconds: float) -> None:
        """Release the memory of vectors that were not searched for so long. Does not block."""
        if self._lock.acquire(blocking=False):
            if time.monotonic() - self._last_used >= idle_seconds:
                self._loaded = None
            self._lock.release()

    def _load(self, embedder: str) -> _Loaded | None:
        with self._lock:
            self._last_used = time.monotonic()
            if self._loaded and self._loaded.embedder == embedder:
                return self._loaded
            with self._index.reading() as connection:
                row = connection.execute("SELECT number, center FROM embedders WHERE name = ?", (embedder,)).fetchone()
                if row is None:
                    return None
                number, center = row[0], _unpacked(row[1])
                passages, signs = array("q"), []
                for passage, packed in connection.execute(
                    "SELECT passage, signs FROM vectors WHERE embedder = ? ORDER BY passage", (number,)
                ):
                    passages.append(passage)
                    signs.append(int.from_bytes(packed, "little"))
            self._loaded = _Loaded(embedder, center, passages, signs)
            return self._loaded


def _nearest(loaded: _Loaded, unit: Sequence[float], ranges: Sequence[tuple[int, int]]) -> list[int]:
    """Return the passages in these ranges whose products are worth computing."""
    passages: list[int] = []
    signs: list[int] = []
    for first, last in ranges:
        rows = slice(bisect_left(loaded.passages, first), bisect_right(loaded.passages, last))
        passages += loaded.passages[rows]
        signs += loaded.signs[rows]
    if len(passages) <= _COMPARED:
        return passages
    wanted = int.from_bytes(_signs(unit, loaded.center), "little")
    distances = [(each ^ wanted).bit_count() for each in signs]
    counts = Counter(distances)
    taken, most = 0, -1
    while taken < _COMPARED:
        most += 1
        taken += counts[most]
    return [passage for passage, distance in zip(passages, distances, strict=True) if distance <= most]


def _embedder(
    connection: sqlite3.Connection, name: str, units: Sequence[Sequence[float]]
) -> tuple[int, Sequence[float]]:
    """Return the number and the center of an embedder, which is the average of its first vectors. Raise `ValueError` as `add` does."""
    dimension = len(units[0])
    if not 0 < dimension <= _MAX_DIMENSION or any(len(unit) != dimension for unit in units):
        raise ValueError("vectors of different or impossible lengths")
    row = connection.execute("SELECT number, dimension, center FROM embedders WHERE name = ?", (name,)).fetchone()
    if row is None:
        center = [sum(numbers) / len(units) for numbers in zip(*units, strict=True)]
        added = connection.execute(
            "INSERT INTO embedders (name, dimension, center) VALUES (?, ?, ?)", (name, dimension, _packed(center))
        )
        return added.lastrowid or 0, center
    if row[1] != dimension:
        raise ValueError(f"{dimension} numbers instead of {row[1]}")
    return row[0], _unpacked(row[2])


def _unit(vector: Sequence[float]) -> list[float]:
    """Return a vector with the same direction and length 1. Raise `ValueError` if it has none."""
    length = math.hypot(*vector)
    if not vector or not math.isfinite(length) or length == 0:
        raise ValueError("a vector without direction")
    return [number / length for number in vector]


def _signs(unit: Sequence[float], center: Sequence[float]) -> bytes:
    bits = "".join("1" if number > usual else "0" for number, usual in zip(unit, center, strict=True))
    return int(bits, 2).to_bytes((len(unit) + 7) // 8, "little")


def _packed(unit: Sequence[float]) -> bytes:
    numbers = array("f", unit)
    if sys.byteorder == "big":
        numbers.byteswap()
    return numbers.tobytes()


def _unpacked(packed: bytes) -> Sequence[float]:
    numbers = array("f", packed)
    if sys.byteorder == "big":
        numbers.byteswap()
    return numbers
