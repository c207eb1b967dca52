"""What is needed to write small bundles of this computer again as fewer ones (`features/sync`).

- `sent` of `sync_fields` and `sync_messages` is 2 for what is in a small bundle; the indexes find it.
- `sync_written`: the bundles of this computer that are in the shared folder, since everything was written last. `state` is 0 for one that
  stays until everything is written again, 1 for a small one, and 2 for a small one that can be deleted once all changes are written.
"""

import sqlite3

_STATEMENTS = (
    "CREATE TABLE sync_written (number INTEGER PRIMARY KEY NOT NULL, state INTEGER NOT NULL)",
    """
    INSERT INTO sync_written SELECT number, 0 FROM sync_bundles
    WHERE machine = (SELECT machine FROM sync_state) AND typeof(number) = 'integer'
    """,
    "CREATE INDEX sync_fields_in_small ON sync_fields (kind) WHERE sent = 2",
    "CREATE INDEX sync_messages_in_small ON sync_messages (id) WHERE sent = 2",
)


def migrate(connection: sqlite3.Connection) -> None:
    """Create the table and the indexes."""
    for statement in _STATEMENTS:
        connection.execute(statement)
