"""The search for a query in the documents of all chats. `features/chat/services/store/message_search.py` joins it with that in messages.

A document contains the query if one of its passages does, or its name. The index finds candidates; whether they contain it is decided by
their text, by the same rule as for messages.
"""

import asyncio
import time
from collections import deque

from chatdesk.features.attachments.services.documents import Documents
from chatdesk.features.attachments.services.incoming import shown_name
from chatdesk.kernel.chat.conversation import DocumentLocation, SearchHit
from chatdesk.kernel.chat.message import PassageRange
from chatdesk.kernel.documents.document_text import DocumentText
from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.kernel.finding.index_terms import any_order_expression
from chatdesk.kernel.finding.search_query import SearchQuery
from chatdesk.kernel.finding.snippets import snippet_of
from chatdesk.storage.database.database import Database
from chatdesk.storage.database.document_messages import DocumentMessage, messages_with, named, texts_of_documents
from chatdesk.storage.passages.passage_index import IndexedPassage

_MAX_DOCUMENTS = 200
"""Documents that are looked at for one query, the newest ones."""
_SECONDS = 0.05
"""Seconds after which the documents looked at so far are returned."""


@dataclass(frozen=True, slots=True)
class _Candidate:
    message: DocumentMessage
    passages: tuple[IndexedPassage, ...]


class DocumentSearch:
    """The search in documents. Each call of `more` continues it."""

    def __init__(self, query: SearchQuery, database: Database, documents: Documents) -> None:
        self._query = query
        self._database = database
        self._documents = documents
        self._candidates: deque[_Candidate] | None = None
        self._known: set[tuple[str, str]] = set()
        """The chats and texts of all candidates so far."""
        self._awaits_index = False
        """Whether documents are being added to the index that may contain the query."""
        self._texts: dict[str, DocumentText | None] = {}
        """The text read last: a document may be in several chats."""

    @property
    def is_complete(self) -> bool:
        """Whether all hits have been returned."""
        return self._candidates is not None and not self._candidates and not self._awaits_index

    async def more(self, above: int, limit: int, *, may_wait: bool) -> list[SearchHit]:
        """Return the next hits, the newest first, in messages with numbers from `above` on. There may be more although it is none.

        If nothing else is left and it `may_wait`, wait for documents that are being added to the index.
        """
        if self._candidates is None:
            await self._complete_index()
            self._candidates = deque(await self._find_candidates())
        if not self._candidates and self._awaits_index and may_wait:
            await self._documents.passages.wait_for_index()
            self._awaits_index = False
            self._candidates = deque(await self._find_candidates())
        hits: list[SearchHit] = []
        end = time.perf_counter() + _SECONDS
        while self._candidates and self._candidates[0].message.number >= above and len(hits) < limit:
            if hit := await self._hit(self._candidates.popleft()):
                hits.append(hit)
            if time.perf_counter() > end:
                break
        return hits

    async def _find_candidates(self) -> list[_Candidate]:
        """Return further documents that may contain the query, or whose names do, those in the newest messages first."""
        expression = await asyncio.to_thread(any_order_expression, self._query)
        found = await self._documents.passages.containing(expression, _MAX_DOCUMENTS) if expression else ()
        passages = {each[0].text_sha256: each for each in found}
        messages = await self._database.run(lambda connection: messages_with(connection, passages))
        by_name = await self._database.run(lambda connection: named(connection, self._query.is_in))
        candidates = []
        for message in (*messages, *by_name):
            key = message.conversation_id, message.document.text_sha256
            if key not in self._known:
                self._known.add(key)
                candidates.append(_Candidate(message, passages.get(message.document.text_sha256, ())))
        return sorted(candidates, key=lambda each: each.message.number, reverse=True)

    async def _complete_index(self) -> None:
        """Let documents be added to the index that are missing: it was lost, or the program ended before they were added."""
        texts = await self._database.run(texts_of_documents)
        if missing := await self._documents.passages.missing(texts):
            for message in await self._database.run(lambda connection: messages_with(connection, missing)):
                self._documents.passages.index_soon(message.document)
                self._awaits_index = True

    async def _hit(self, candidate: _Candidate) -> SearchHit | None:
        sha256 = candidate.message.document.text_sha256
        if candidate.passages and sha256 not in self._texts:
            self._texts = {sha256: await self._documents.stored_text(sha256)}
        return await asyncio.to_thread(self._hit_in, candidate, self._texts.get(sha256))

    def _hit_in(self, candidate: _Candidate, text: DocumentText | None) -> SearchHit | None:
        message, name = candidate.message, shown_name(candidate.message.document.name)
        for passage in candidate.passages:
            words = text.passage(passage.where) if text else ""
            if self._query.is_in(words):
                return _hit(message, passage.where, *snippet_of(words, self._query))
        return _hit(message, None, name, tuple(self._query.spans(name))) if self._query.is_in(name) else None


def _hit(
    message: DocumentMessage, passage: PassageRange | None, snippet: str, ranges: tuple[tuple[int, int], ...]
) -> SearchHit:
    location = DocumentLocation(message.document, passage)
    return SearchHit(message.conversation_id, message.message_id, snippet, ranges, message.number, location)
