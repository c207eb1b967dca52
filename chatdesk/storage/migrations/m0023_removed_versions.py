"""Removals of the user's own versions of code, which are shared with other computers.

They are noted in `sync_pending` by where the version was: the number of its message, a space, and its own number. That happens also while
synchronisation is switched off, once it has been on, because nothing else would show it later. What goes with its message is no removal:
messages that were removed for good are not sent as removed, and a later message may have the number again.

What other computers have written is read once more: an earlier version of the program has skipped removals.
"""

import sqlite3

_STATEMENTS = (
    # It deletes the row first, as the triggers of step 20 do.
    """
    CREATE TRIGGER sync_version_removed AFTER DELETE ON own_versions WHEN (SELECT machine FROM sync_state) != '' BEGIN
        DELETE FROM sync_pending WHERE kind = 'removed_version' AND id = OLD.message_number || ' ' || OLD.number;
        INSERT INTO sync_pending (kind, id) VALUES ('removed_version', OLD.message_number || ' ' || OLD.number);
    END
    """,
    """
    CREATE TRIGGER sync_versions_gone AFTER DELETE ON messages BEGIN
        DELETE FROM sync_pending WHERE kind = 'removed_version' AND id LIKE OLD.number || ' %';
    END
    """,
    "DELETE FROM sync_bundles WHERE machine != (SELECT machine FROM sync_state)",
)


def migrate(connection: sqlite3.Connection) -> None:
    """Create the triggers."""
    for statement in _STATEMENTS:
        connection.execute(statement)
