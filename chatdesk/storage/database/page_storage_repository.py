"""Stored items of generated pages, by the keys of their code in the chat. Several keys, one per version, belong to one page."""

import sqlite3
from collections.abc import Sequence
from datetime import datetime

from chatdesk.storage.database.stored_values import added_number, to_time

MAX_KEYS = 500
"""Maximum number of keys per page: the newest ones."""


class PageStorageRepository:
    """The repository of page storage. All methods work within the caller's transaction."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def find(self, keys: Sequence[str]) -> str | None:
        """Return the newest items stored for any of these keys; None if there are none."""
        row = self._row(keys)
        return str(row[1]) if row else None

    def save(self, conversation_id: str, keys: Sequence[str], items: str, moment: datetime) -> bool:
        """Store items for all of these keys, replacing earlier ones. Return False if the chat does not exist."""
        if self._connection.execute("SELECT 1 FROM conversations WHERE id = ?", (conversation_id,)).fetchone() is None:
            return False
        row = self._row(keys)
        if row:
            number = row[0]
            self._connection.execute(
                "UPDATE kept_pages SET items = ?, changed_at = ? WHERE number = ?", (items, to_time(moment), number)
            )
        else:
            number = added_number(
                self._connection.execute(
                    "INSERT INTO kept_pages (conversation_id, items, changed_at) VALUES (?, ?, ?)",
                    (conversation_id, items, to_time(moment)),
                )
            )
        self._connection.executemany(
            "INSERT OR REPLACE INTO kept_page_places (place, page_number) VALUES (?, ?)",
            [(key, number) for key in keys[-MAX_KEYS:]],
        )
        # If two pages turned out to be versions of one page, nothing refers to the older one any more.
        self._connection.execute(
            "DELETE FROM kept_pages WHERE conversation_id = ? AND number NOT IN (SELECT page_number FROM kept_page_places)",
            (conversation_id,),
        )
        return True

    def forget(self, keys: Sequence[str]) -> None:
        """Delete the items of all pages with any of these keys."""
        while row := self._row(keys):
            self._connection.execute("DELETE FROM kept_pages WHERE number = ?", (row[0],))

    def _row(self, keys: Sequence[str]) -> tuple[int, str] | None:
        known = keys[-MAX_KEYS:]
        marks = ", ".join("?" * len(known))
        statement = "SELECT number, items FROM kept_pages JOIN kept_page_places ON page_number = number WHERE place IN"
        newest = "ORDER BY changed_at DESC, number DESC LIMIT 1"
        row = self._connection.execute(f"{statement} ({marks}) {newest}", tuple(known)).fetchone()
        return (int(row[0]), str(row[1])) if row else None
