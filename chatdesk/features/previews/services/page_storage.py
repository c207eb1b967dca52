"""What generated pages keep for their next run, by the user's consent. Which page is which is the caller's to say, by its places."""

from collections.abc import Callable, Sequence
from datetime import datetime

from chatdesk.kernel.chat.stored_items import StoredItems, read_items, write_items
from chatdesk.storage.database.database import Database
from chatdesk.storage.database.page_storage_repository import PageStorageRepository


class PageStorage:
    """A place is a message and the order of a code block in it; all versions of one thing share what is kept."""

    def __init__(self, database: Database, now: Callable[[], datetime]) -> None:
        self._database = database
        self._now = now

    async def find(self, places: Sequence[str]) -> StoredItems | None:
        """Return what is kept, perhaps nothing yet; None if nobody allowed it."""
        written = await self._database.run(lambda connection: PageStorageRepository(connection).find(places))
        # What cannot be read any more was kept by a page all the same: it goes on with nothing.
        return None if written is None else read_items(written) or ()

    async def keep(self, conversation_id: str, places: Sequence[str], items: StoredItems) -> None:
        """Keep this from now on, instead of what was kept. Nothing happens where the chat is gone."""
        written, moment = write_items(items), self._now()
        await self._database.run(
            lambda connection: PageStorageRepository(connection).keep(conversation_id, places, written, moment)
        )

    async def forget(self, places: Sequence[str]) -> None:
        """Keep nothing of it, and take nothing any more until that is allowed again."""
        await self._database.run(lambda connection: PageStorageRepository(connection).forget(places))
