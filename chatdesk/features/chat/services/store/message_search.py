"""A search in the messages of all chats and their documents, page by page. The rule is in `kernel/finding/search_query.py`."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from chatdesk.kernel.chat.conversation import SearchHit
from chatdesk.kernel.finding.search_query import SearchQuery
from chatdesk.storage.database.database import Database
from chatdesk.storage.database.document_messages import has_documents
from chatdesk.storage.database.search_repository import START, SearchCursor, SearchRepository
from chatdesk.storage.database.stored_values import to_text

if TYPE_CHECKING:
    from chatdesk.features.attachments.services.documents import Documents
    from chatdesk.features.attachments.services.passages.document_search import DocumentSearch


class MessageSearch:
    """The search for a text. Each call of `more` continues it; in between, and while it looks, everything else may be saved.

    `documents` returns the documents; it is not called if no message has any.
    """

    def __init__(self, database: Database, text: str, documents: "Callable[[], Documents] | None" = None) -> None:
        self._database = database
        self._query = SearchQuery(to_text(text))
        self._cursor: SearchCursor | None = START
        self._get_documents = documents
        self._in_documents: DocumentSearch | None = None

    @property
    def is_complete(self) -> bool:
        """Whether all hits have been returned."""
        return self._cursor is None and self._get_documents is None

    async def more(self, limit: int) -> tuple[SearchHit, ...]:
        """Return the next hits, the newest first. There may be fewer than `limit` although it is not complete."""
        hits: list[SearchHit] = []
        while (cursor := self._cursor) and len(hits) < limit:
            found, after = await self._find(cursor, limit - len(hits))
            if self._cursor is not cursor:  # stopped meanwhile
                break
            hits += found
            self._cursor = after
        if self._get_documents is not None:
            above = hits[-1].number if hits and self._cursor else 0
            hits += await self._more_in_documents(above, limit, may_wait=not hits)
        return tuple(sorted(hits, key=lambda hit: hit.number, reverse=True))

    async def _find(self, cursor: SearchCursor, limit: int) -> tuple[tuple[SearchHit, ...], SearchCursor | None]:
        return await self._database.run(
            lambda connection: SearchRepository(connection).find(self._query, cursor, limit)
        )

    async def _more_in_documents(self, above: int, limit: int, *, may_wait: bool) -> list[SearchHit]:
        """Return hits in documents of the messages from the number `above` on."""
        if self._in_documents is None:
            self._in_documents = await self._begin_in_documents()
        hits = await self._in_documents.more(above, limit, may_wait=may_wait) if self._in_documents else []
        if self._in_documents is None or self._in_documents.is_complete:
            self._get_documents = None
        return hits

    async def _begin_in_documents(self) -> "DocumentSearch | None":
        has_any = bool(self._query) and await self._database.run(has_documents)
        if not has_any or self._get_documents is None:
            return None
        from chatdesk.features.attachments.services.passages.document_search import (  # noqa: PLC0415 - most chats have none
            DocumentSearch,
        )

        return DocumentSearch(self._query, self._database, self._get_documents())

    def stop(self) -> None:
        """End the search, because its hits are no longer wanted."""
        self._cursor = self._get_documents = None
