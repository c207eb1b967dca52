"""What generated pages have kept, out of a damaged file: only whole, and only for chats that are there. The rest: `salvage_rows.py`."""

import sqlite3
from collections import defaultdict
from contextlib import suppress

from chatdesk.kernel.chat.kept_items import read_items
from chatdesk.storage.database.kept_page_repository import KeptPageRepository
from chatdesk.storage.database.stored_values import from_time
from chatdesk.storage.recovery.salvage_reader import TableReader


def gather_kept_pages(target: sqlite3.Connection, pages: TableReader, places: TableReader) -> bool:
    """Keep in `target` what one source has, where it has nothing yet. Returns whether the source was whole."""
    of_page: defaultdict[object, list[str]] = defaultdict(list)
    for _, row in places.rows():
        of_page[row["page_number"]].append(str(row["place"]))
    kept = KeptPageRepository(target)
    for number, row in pages.rows():
        found, items = of_page.get(number, []), row["items"]
        if found and kept.find(found) is None and read_items(items) is not None:
            with suppress(ValueError):  # a time that cannot be read
                kept.keep(str(row["conversation_id"]), found, str(items), from_time(str(row["changed_at"])))
    return not (pages.has_losses or places.has_losses)
