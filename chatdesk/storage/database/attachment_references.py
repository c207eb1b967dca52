"""The attachment files that chats refer to, in all messages, drafts and queued questions, on all branches, including the trash.

Uses a separate connection: reading a database with many chats takes a while, and backups may be older than this program.
"""

import sqlite3
from contextlib import suppress
from pathlib import Path

from chatdesk.kernel.chat.attachments import from_record, from_records, hashes_of
from chatdesk.storage.database.conversation_repository import queue_from
from chatdesk.storage.database.inspection import reader
from chatdesk.storage.database.stored_values import from_json
from chatdesk.storage.recovery.backup import finished_copies

_OF_MESSAGES = "SELECT kind, metadata FROM parts WHERE kind IN ('image', 'file')"
_OF_DRAFTS = "SELECT draft_pictures FROM conversations WHERE draft_pictures != ''"
_OF_QUEUES = "SELECT queued FROM conversations WHERE queued != ''"


def referenced_in(connection: sqlite3.Connection) -> frozenset[str]:
    """Return the hashes of the files that a database refers to. Raise `sqlite3.Error`."""
    found: set[str] = set()
    for kind, metadata in connection.execute(_OF_MESSAGES):
        found |= hashes_of((from_record(from_json(metadata), is_document=kind == "file"),))
    columns = connection.execute("SELECT name FROM pragma_table_info('conversations')").fetchall()
    if ("draft_pictures",) in columns:  # missing in backups from before attachments existed
        for (draft,) in connection.execute(_OF_DRAFTS):
            records = from_json(draft).get("pictures")
            found |= hashes_of(from_records(records))
    if ("queued",) in columns:  # missing in old backups
        for (queued,) in connection.execute(_OF_QUEUES):
            for waiting in queue_from(queued):
                found |= hashes_of(waiting.attachments)
    return frozenset(found - {""})


def referenced_in_copies(folder: Path) -> frozenset[str]:
    """Return the hashes of the files that the backups in a folder refer to. Unreadable backups are skipped."""
    found: frozenset[str] = frozenset()
    for copy in finished_copies(folder):
        with suppress(sqlite3.Error), reader(copy, log=False) as connection:
            found |= referenced_in(connection)
    return found
