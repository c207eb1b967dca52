"""Finds passages by their meaning, with vectors that are made in the background after a document was first searched.

It takes 10 ms to some seconds for each passage to make a vector, so a document is searched by words until it has all of them.
"""

import asyncio
import logging
import time
from collections import deque
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from itertools import islice

from chatdesk.kernel.announcer import Announcer
from chatdesk.kernel.chat.message import DocumentPart
from chatdesk.kernel.documents.document_text import DocumentText
from chatdesk.kernel.documents.embedding import Embedder, Vector
from chatdesk.kernel.documents.kinds import kind_of
from chatdesk.kernel.documents.passages import cut_passages
from chatdesk.kernel.errors.base import ChatdeskError
from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.storage.passages.passage_index import IndexLost, PassageHit, PassageIndex
from chatdesk.storage.passages.passage_vectors import PassageVectors

_MAX_BATCH = 32
"""Maximum number of passages for which vectors are made at once."""
_BATCH_SECONDS = 0.5
"""About how long a batch takes at most, so that the progress is seen on a slow computer, too."""
_IDLE_SECONDS = 300.0
"""After this time without a search, vectors are no longer kept in memory."""
_PAUSE_SECONDS = 30.0
"""After a failure, nothing is tried for so long."""
_RANK_SHIFT = 60
"""Of reciprocal rank fusion (Cormack, Clarke and Büttcher, 2009)."""
_TELLING_WORDS = 2
"""Number of rare words that make a passage found by words worth considering beside those found by meaning."""

FindEmbedder = Callable[[], Embedder | None]
ReadText = Callable[[DocumentPart], Awaitable[DocumentText | None]]

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class IndexingProgress:
    """How many of the vectors are made that the documents in progress lacked. A `total` of 0: nothing is in progress."""

    done: int = 0
    total: int = 0

    @property
    def is_running(self) -> bool:
        """Whether vectors are being made."""
        return self.done < self.total


class MeaningSearch:
    """The search. `find_embedder` returns the model to use now; None for a search by words only."""

    def __init__(self, index: PassageIndex, read_text: ReadText, find_embedder: FindEmbedder) -> None:
        self.changes: Announcer[IndexingProgress] = Announcer()
        self.progress = IndexingProgress()
        self._vectors = PassageVectors(index)
        self._read_text = read_text
        self._find_embedder = find_embedder
        self._waiting: deque[tuple[str, DocumentPart]] = deque()
        self._cancelled: set[str] = set()
        """Documents that are searched by words until the program ends, because the user wanted no vectors for them."""
        self._working: asyncio.Task[None] | None = None
        self._not_before = 0.0
        self._release: asyncio.TimerHandle | None = None
        self._last: tuple[str, str, Vector] | None = None
        """The last question with its model and its vector."""

    async def search(
        self, question: str, documents: Mapping[str, DocumentPart], limit: int
    ) -> tuple[PassageHit, ...] | None:
        """Return the passages nearest to a question. `documents` are those in the index by their keys. Raises `IndexLost`.

        None: there is no model, it failed, or not all vectors are made yet. They are then made in the background.
        """
        embedder = await self.prepare(documents)
        if embedder is None:
            return None
        try:
            vector = await self._vector_of(embedder, question)
            hits = await asyncio.to_thread(self._vectors.search, embedder.key, vector, documents.keys(), limit)
        except (ChatdeskError, ValueError) as error:
            self._pause(error)
            return None
        if self._release:
            self._release.cancel()
        self._release = asyncio.get_running_loop().call_later(_IDLE_SECONDS + 1, self._vectors.release, _IDLE_SECONDS)
        return hits

    async def prepare(self, documents: Mapping[str, DocumentPart]) -> Embedder | None:
        """Return the model with which these documents can be searched now. If vectors are missing, have them made. Raises `IndexLost`."""
        embedder = self._find_embedder()
        if embedder is None or asyncio.get_running_loop().time() < self._not_before:
            return None
        missing = await asyncio.to_thread(self._vectors.count_missing, embedder.key, documents.keys())
        self._make_soon((key, documents[key]) for key, count in missing.items() if count)
        return None if any(missing.values()) else embedder

    async def _vector_of(self, embedder: Embedder, question: str) -> Vector:
        """Return the vector of a question, which is searched for while it is written and again when it is sent."""
        if self._last is None or self._last[:2] != (embedder.key, question):
            self._last = embedder.key, question, await embedder.of_question(question)
        return self._last[2]

    def cancel(self) -> None:
        """Make no more vectors for the documents in progress. What is made is kept."""
        self._cancelled.update(key for key, _ in self._waiting)
        self._stop()

    async def close(self) -> None:
        """Stop the work in the background. It continues in the next run when its documents are searched."""
        if self._release:
            self._release.cancel()
        working = self._working
        self._stop()
        if working and not working.done():
            await asyncio.wait([working])

    def _make_soon(self, documents: Iterable[tuple[str, DocumentPart]]) -> None:
        known = {key for key, _ in self._waiting} | self._cancelled
        self._waiting.extend(each for each in documents if each[0] not in known)
        if self._waiting and self._working is None:
            self._working = asyncio.create_task(self._work_off())

    def _stop(self) -> None:
        self._waiting.clear()
        if self._working:
            self._working.cancel()
        self._working = None
        self._report(IndexingProgress())

    def _pause(self, error: Exception) -> None:
        _log.info("Passages are searched by words: %s", type(error).__name__)
        self._not_before = asyncio.get_running_loop().time() + _PAUSE_SECONDS

    def _report(self, progress: IndexingProgress) -> None:
        if progress != self.progress:
            self.progress = progress
            self.changes.announce(progress)

    async def _work_off(self) -> None:
        done = 0
        try:
            while self._waiting and (embedder := self._find_embedder()):
                done = await self._make(embedder, *self._waiting[0], done)
                self._waiting.popleft()
        except (ChatdeskError, ValueError, IndexLost) as error:
            self._pause(error)
        self._working = None
        self._stop()

    async def _make(self, embedder: Embedder, key: str, document: DocumentPart, done: int) -> int:
        """Make the missing vectors of a document. Return `done` and their number."""
        text = await self._read_text(document)
        if text is None:
            raise ValueError("the text of a document is missing")
        missing = await asyncio.to_thread(self._vectors.missing, embedder.key, key)
        others = [other for other, _ in islice(self._waiting, 1, None)]
        counts = await asyncio.to_thread(self._vectors.count_missing, embedder.key, others)
        total = done + len(missing) + sum(counts.values())
        passages = await asyncio.to_thread(lambda: list(cut_passages(text, kind_of(document.media_type))))
        position, size = 0, 1
        while batch := missing[position : position + size]:
            self._report(IndexingProgress(done, total))
            start = time.monotonic()
            vectors = await embedder.of_passages([passages[at].in_context(text) for at in batch])
            await asyncio.to_thread(self._vectors.add, embedder.key, key, dict(zip(batch, vectors, strict=True)))
            done += len(batch)
            position += len(batch)
            size = _next_size(size, time.monotonic() - start)
        return done


def _next_size(size: int, seconds: float) -> int:
    """Return the size of the next batch, after one of this size took so long."""
    if seconds * 2 <= _BATCH_SECONDS:
        return min(_MAX_BATCH, size * 2)
    return max(1, size // 2) if seconds > _BATCH_SECONDS else size


def joined_hits(by_words: Sequence[PassageHit], by_meaning: Sequence[PassageHit]) -> list[PassageHit]:
    """Return what was found in both ways, the best first.

    The words of a question that is put in other words than the document lead to wrong passages, which would displace the right ones. So
    they count only if the best passage has several rare words of the question, or a number or name that can hardly be there by chance.
    """
    if not by_words or not _is_telling(by_words[0]):
        return list(by_meaning)
    scores: dict[int, float] = {}
    hits: dict[int, PassageHit] = {}
    for found in (by_meaning, by_words):
        for rank, hit in enumerate(found):
            number = hit.passage.number
            scores[number] = scores.get(number, 0) + 1 / (_RANK_SHIFT + rank)
            hits[number] = hit
    return [hits[number] for number in sorted(scores, key=scores.__getitem__, reverse=True)]


def _is_telling(hit: PassageHit) -> bool:
    return len(hit.rare_words) >= _TELLING_WORDS or any(word.is_exact for word in hit.rare_words)
