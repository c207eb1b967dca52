"""Finds the passages of documents that are relevant for a question, and keeps the index of passages up to date."""

import asyncio
import hashlib
import logging
from collections import deque
from collections.abc import Collection, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from threading import Event

from chatdesk.features.attachments.services.passages.meaning import (
    FindEmbedder,
    MeaningSearch,
    ReadText,
    joined_hits,
)
from chatdesk.kernel.chat.message import DocumentPart, PassageRange, SentAs
from chatdesk.kernel.documents.document_text import numbers_in
from chatdesk.kernel.documents.kinds import kind_of
from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.kernel.finding.question_words import words_of
from chatdesk.storage.passages.passage_index import IndexedPassage, IndexLost, PassageHit, PassageIndex

_BEST = 8
"""Number of passages that are chosen for a question, besides those beside them."""
_LOOKED_AT = 200
"""Number of hits that are looked at if only some sections of a document are sent."""
_TOKENS_AROUND = 8
"""Tokens of the label above a passage, such as `[page 12]`."""
_CHARACTERS_PER_TOKEN = 3

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class FoundInDocument:
    """What was found in a document."""

    document: DocumentPart
    """The document with its passages, in order. Without any, nothing in it matches."""
    chosen: int
    """Number of passages that are sent, without the headers of tables."""
    count: int
    """Number of passages of the whole document; 0 if its text is missing."""


@dataclass(frozen=True, slots=True)
class FoundPassages:
    """The passages that were found for a question."""

    documents: tuple[FoundInDocument, ...]
    words: tuple[str, ...]
    """The words that were searched for, in folded form; none if the question has only words such as "what"."""
    tokens: int = 0
    """Estimated tokens of all passages."""
    by_meaning: bool = False
    """Whether passages were also found by their meaning, not only by these words."""

    @property
    def chosen(self) -> int:
        """Number of passages that are sent."""
        return sum(each.chosen for each in self.documents)

    @property
    def count(self) -> int:
        """Number of passages of all documents."""
        return sum(each.count for each in self.documents)


class PassageFinder:
    """Finds passages. One per program; `close` it."""

    def __init__(self, index: PassageIndex, read_text: ReadText, find_embedder: FindEmbedder = lambda: None) -> None:
        self.meaning = MeaningSearch(index, read_text, find_embedder)
        self._index = index
        self._read_text = read_text
        self._waiting: deque[DocumentPart] = deque()
        self._working: asyncio.Task[None] | None = None
        self._needed = 0
        """Number of searches that add documents now. The background waits for them."""
        self._idle = asyncio.Event()
        self._idle.set()

    async def find(self, question: str, documents: Sequence[DocumentPart], max_tokens: int) -> FoundPassages:
        """Return the best passages for a question, with those beside them, up to a number of tokens.

        Further lines of `question` can have phrases to search for besides it. Documents that are not in the index yet are added first. Of a
        document of which some sections are selected, only these are searched.
        """
        try:
            return await self._find(question, documents, max_tokens)
        except IndexLost:
            return await self._find(question, documents, max_tokens)

    async def containing(self, expression: str, documents: int) -> tuple[tuple[IndexedPassage, ...], ...]:
        """Return passages that match an FTS5 expression, for each of the newest documents; nothing if the index was lost."""
        try:
            return await asyncio.to_thread(self._index.containing, expression, documents=documents)
        except IndexLost:
            return ()

    async def prepare(self, documents: Sequence[DocumentPart]) -> None:
        """Add documents to the index, and begin with their vectors, before there is a question."""
        with suppress(IndexLost):
            await self._add_now(documents)
            counts = await asyncio.to_thread(self._counts, documents)
            await self.meaning.prepare(_in_index(documents, counts))

    def index_soon(self, document: DocumentPart) -> None:
        """Add a document to the index in the background."""
        if document not in self._waiting:
            self._waiting.append(document)
        if self._working is None or self._working.done():
            self._working = asyncio.create_task(self._work_off())

    async def wait_for_index(self) -> None:
        """Return when no document waits to be added in the background."""
        if self._working:
            await asyncio.wait([self._working])

    async def missing(self, text_sha256s: Collection[str]) -> frozenset[str]:
        """Return those of these documents that are not completely in the index."""
        try:
            return await asyncio.to_thread(self._index.missing, text_sha256s)
        except IndexLost:
            return frozenset(text_sha256s)

    async def keep_only(self, used: Collection[str]) -> None:
        """Remove documents from the index whose texts have none of these hashes."""
        with suppress(IndexLost):
            await asyncio.to_thread(self._index.keep_only, used)

    async def close(self) -> None:
        """Stop the work in the background, which continues when a document is needed, and close the index."""
        await self.meaning.close()
        self._waiting.clear()
        if self._working:
            self._working.cancel()
            await asyncio.wait([self._working])
        await asyncio.to_thread(self._index.close)

    async def _find(self, question: str, documents: Sequence[DocumentPart], max_tokens: int) -> FoundPassages:
        keys = [_key_of(document) for document in documents]
        await self._add_now(documents)
        counts = await asyncio.to_thread(self._counts, documents)
        words = await asyncio.to_thread(words_of, question)
        limit = _LOOKED_AT if any(document.selected for document in documents) else _BEST
        hits: Sequence[PassageHit] = await asyncio.to_thread(self._index.search, words, keys, limit)
        allowed = {key: _sections_of(document) for key, document in zip(keys, documents, strict=True)}
        # "Thank you" and "And then?" are nearest to some passages, too, but not because of what these mean.
        by_meaning = await self.meaning.search(question, _in_index(documents, counts), limit) if words else None
        if by_meaning is not None:
            hits = joined_hits(hits, by_meaning)
        best = [hit for hit in hits if _is_allowed(hit.passage, allowed)][:_BEST]
        around = await asyncio.to_thread(self._around, best)
        chosen = _chosen(best, [each for each in around if _is_allowed(each, allowed)], max_tokens)
        found = tuple(
            _found_in(document, [each for each in chosen if each.text_sha256 == key], count)
            for document, key, count in zip(documents, keys, counts, strict=True)
        )
        return FoundPassages(
            found,
            tuple(word.text for word in words),
            sum(map(_tokens_of, chosen)),
            by_meaning=by_meaning is not None,
        )

    def _counts(self, documents: Iterable[DocumentPart]) -> list[int]:
        """Return the numbers of passages of documents; 0 for those whose texts are missing."""
        return [self._index.passages_of(_key_of(document)) or 0 for document in documents]

    async def _add_now(self, documents: Sequence[DocumentPart]) -> None:
        self._needed += 1
        self._idle.clear()
        try:
            for document in documents:
                await self._add(document)
        finally:
            self._needed -= 1
            if not self._needed:
                self._idle.set()

    def _around(self, hits: Iterable[PassageHit]) -> list[IndexedPassage]:
        """Return the passages after and before each hit, in the order of the hits."""
        return [
            neighbour
            for hit in hits
            for range_ in (hit.passage.position + 1, hit.passage.position - 1)
            for neighbour in self._index.at(hit.passage.text_sha256, (range_,))
        ]

    async def _work_off(self) -> None:
        while self._waiting:
            await self._idle.wait()
            document = self._waiting.popleft()
            try:
                if not await self._add(document, in_background=True):
                    self._waiting.appendleft(document)
            except IndexLost as error:
                _log.info("A document could not be added to the index: %r", error)

    async def _add(self, document: DocumentPart, *, in_background: bool = False) -> bool:
        """Add a document to the index unless it is there. Return False if a search interrupted that."""
        key = _key_of(document)
        if await asyncio.to_thread(self._index.passages_of, key) is not None:
            return True
        text = await self._read_text(document)
        if text is None:
            return True
        ended = Event()

        def may_continue() -> bool:
            return not ended.is_set() and not (in_background and self._needed)

        adding = asyncio.ensure_future(
            asyncio.to_thread(self._index.add, key, text, kind_of(document.media_type), may_continue)
        )
        try:
            return await asyncio.shield(adding)
        finally:
            ended.set()
            if not adding.done():
                await asyncio.wait([adding])


def _key_of(document: DocumentPart) -> str:
    """Return the hash of a document's text; a document that came with an imported chat has its text with it."""
    return document.text_sha256 or hashlib.sha256(document.text.encode("utf-8", "replace")).hexdigest()


def _in_index(documents: Iterable[DocumentPart], counts: Iterable[int]) -> dict[str, DocumentPart]:
    return {_key_of(document): document for document, count in zip(documents, counts, strict=True) if count}


def _sections_of(document: DocumentPart) -> frozenset[int] | None:
    """Return the numbers of the sections that are searched; None for all."""
    return (
        frozenset(numbers_in(document.selected, document.sections)) if document.selected and document.sections else None
    )


def _is_allowed(passage: IndexedPassage, allowed: Mapping[str, frozenset[int] | None]) -> bool:
    sections = allowed[passage.text_sha256]
    return sections is None or passage.where.section in sections


def _chosen(
    best: Iterable[PassageHit], around: Iterable[IndexedPassage], max_tokens: int
) -> tuple[IndexedPassage, ...]:
    """Return the passages for which there is space: the best ones first, then those beside them."""
    chosen: dict[int, IndexedPassage] = {}
    for passage in [*(hit.passage for hit in best), *around]:
        if passage.number not in chosen and _tokens_of(passage) <= max_tokens:
            chosen[passage.number] = passage
            max_tokens -= _tokens_of(passage)
    return tuple(chosen.values())


def _tokens_of(passage: IndexedPassage) -> int:
    header = passage.header.end - passage.header.start if passage.header else 0
    return passage.tokens + header // _CHARACTERS_PER_TOKEN + _TOKENS_AROUND


def _found_in(document: DocumentPart, chosen: Collection[IndexedPassage], count: int) -> FoundInDocument:
    ranges = {each.where for each in chosen}
    headers = {each.header for each in chosen if each.header}
    missing = {header for header in headers if not any(_has(range_, header) for range_ in ranges)}
    passages = tuple(sorted(ranges | missing, key=lambda each: (each.section, each.start)))
    return FoundInDocument(replace(document, sent_as=SentAs.PASSAGES, passages=passages), len(chosen), count)


def _has(range_: PassageRange, part: PassageRange) -> bool:
    return range_.section == part.section and range_.start <= part.start and part.end <= range_.end
