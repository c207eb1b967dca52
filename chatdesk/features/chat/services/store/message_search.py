"""A search in the messages of all chats, page by page. The rule is in `kernel/finding/search_query.py`."""

from chatdesk.kernel.chat.conversation import SearchHit
from chatdesk.kernel.finding.search_query import SearchQuery
from chatdesk.storage.database.database import Database
from chatdesk.storage.database.search_repository import START, SearchCursor, SearchRepository
from chatdesk.storage.database.stored_values import to_text


class MessageSearch:
    """The search for a text. Each call of `more` continues it; in between, and while it looks, everything else may be saved."""

    def __init__(self, database: Database, text: str) -> None:
        self._database = database
        self._query = SearchQuery(to_text(text))
        self._cursor: SearchCursor | None = START

    @property
    def is_complete(self) -> bool:
        """Whether all hits have been returned."""
        return self._cursor is None

    async def more(self, limit: int) -> tuple[SearchHit, ...]:
        """Return the next hits, the newest first; fewer than `limit` at the end."""
        hits: list[SearchHit] = []
        while (cursor := self._cursor) and len(hits) < limit:
            found, after = await self._find(cursor, limit - len(hits))
            if self._cursor is not cursor:  # stopped meanwhile
                break
            hits += found
            self._cursor = after
        return tuple(hits)

    async def _find(self, cursor: SearchCursor, limit: int) -> tuple[tuple[SearchHit, ...], SearchCursor | None]:
        return await self._database.run(
            lambda connection: SearchRepository(connection).find(self._query, cursor, limit)
        )

    def stop(self) -> None:
        """End the search, because its hits are no longer wanted."""
        self._cursor = None
