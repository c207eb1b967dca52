"""Notes, in short transactions, what exists when synchronisation is switched on, or what has to be sent once more.

The progress is stored in the same transactions, so that it continues after a crash.
"""

from chatdesk.storage.database.connection import Connection

_ROWS = 1_000
"""Number of rows in a transaction, which take a few milliseconds."""

_AT_ONCE = (
    "INSERT OR IGNORE INTO sync_pending SELECT 'folder', id, 1 FROM folders",
    # Those that were removed for good.
    """
    INSERT OR IGNORE INTO sync_pending SELECT DISTINCT 'chat', id, 1 FROM sync_fields
    WHERE kind = 'chat' AND NOT EXISTS (SELECT 1 FROM conversations WHERE conversations.id = sync_fields.id)
    """,
)
_CHATS = (
    "INSERT OR IGNORE INTO sync_pending SELECT 'chat', id, 1 FROM conversations WHERE number > ? AND number <= ?",
)
_MESSAGES = (
    """
    INSERT OR IGNORE INTO sync_pending SELECT 'message', id, 1 FROM messages
    WHERE number > ? AND number <= ? AND state != 'streaming'
    """,
    """
    INSERT OR IGNORE INTO sync_pending
    SELECT 'place', messages.id, 1 FROM messages LEFT JOIN sync_messages ON sync_messages.id = messages.id
    WHERE number > ? AND number <= ? AND (
        deleted_at IS NOT NULL OR (sync_messages.id IS NOT NULL AND messages.parent_id IS NOT sync_messages.parent_id)
        OR EXISTS (SELECT 1 FROM sync_fields WHERE kind = 'message' AND sync_fields.id = messages.id)
    )
    """,
    """
    INSERT OR IGNORE INTO sync_pending SELECT DISTINCT 'versions', message_number, 1 FROM own_versions
    WHERE message_number > ? AND message_number <= ?
    """,
)
_STEPS = (
    ("noted_chats", "conversations", "number", _CHATS),
    ("noted_messages", "messages", "number", _MESSAGES),
    ("resent_fields", "sync_fields", "rowid", ("UPDATE sync_fields SET sent = 0 WHERE rowid > ? AND rowid <= ?",)),
    (
        "resent_messages",
        "sync_messages",
        "rowid",
        ("UPDATE sync_messages SET sent = 0 WHERE rowid > ? AND rowid <= ?",),
    ),
)
"""Columns of `sync_state`, each with the table of which it counts the rows, and with what is done with some of them."""


def note_all(connection: Connection) -> None:
    """Begin to note everything that is there as pending."""
    for statement in _AT_ONCE:
        connection.execute(statement)
    connection.execute("UPDATE sync_state SET noted_chats = 0, noted_messages = 0")


def note_nothing(connection: Connection) -> None:
    """Note nothing any more, and forget what was noted."""
    connection.execute("UPDATE sync_state SET noted_chats = NULL, noted_messages = NULL")
    connection.execute("DELETE FROM sync_pending WHERE kind != 'removed_version'")  # nothing else would show it later


def send_all(connection: Connection) -> None:
    """Begin to mark everything as not sent."""
    connection.execute("UPDATE sync_state SET resent_fields = 0, resent_messages = 0")


def note_some(connection: Connection) -> bool:
    """Continue with some rows. Return False if nothing is left."""
    for column, table, number, statements in _STEPS:
        (after,) = connection.execute(f"SELECT {column} FROM sync_state").fetchone()  # noqa: S608 - fixed names
        if after is None:
            continue
        rows = f"SELECT {number} FROM {table} WHERE {number} > ? ORDER BY {number} LIMIT ?"  # noqa: S608 - fixed names
        (last,) = connection.execute(f"SELECT max({number}) FROM ({rows})", (after, _ROWS)).fetchone()  # noqa: S608 - likewise
        if last is not None:
            for statement in statements:
                connection.execute(statement, (after, last))
        connection.execute(f"UPDATE sync_state SET {column} = ?", (last,))  # noqa: S608 - fixed names
        return True
    return False
