"""Storage of the data that generated pages keep for their next run, with the user's consent. The caller identifies pages by keys."""

from collections.abc import Callable, Sequence
from datetime import datetime

from chatdesk.kernel.chat.stored_items import StoredItems, read_items, write_items
from chatdesk.storage.database.database import Database
from chatdesk.storage.database.page_storage_repository import PageStorageRepository


class PageStorage:
    """A key is a message ID and a code block index; all versions of an artifact share the stored data."""

    def __init__(self, database: Database, now: Callable[[], datetime]) -> None:
        self._database = database
        self._now = now

    async def find(self, keys: Sequence[str]) -> StoredItems | None:
        """Return the stored items, possibly none; None if the user has not consented."""
        written = await self._database.run(lambda connection: PageStorageRepository(connection).find(keys))
        # Unreadable data still means consent: the page starts without items.
        return None if written is None else read_items(written) or ()

    async def save(self, conversation_id: str, keys: Sequence[str], items: StoredItems) -> None:
        """Replace the stored items. Does nothing if the chat no longer exists."""
        written, moment = write_items(items), self._now()
        await self._database.run(
            lambda connection: PageStorageRepository(connection).save(conversation_id, keys, written, moment)
        )

    async def forget(self, keys: Sequence[str]) -> None:
        """Delete the stored items and the consent."""
        await self._database.run(lambda connection: PageStorageRepository(connection).forget(keys))
