"""What is needed to write small bundles of this computer again as fewer ones (`features/sync`).

- `sent` of `sync_fields` and `sync_messages` is 2 for what is in a small bundle; the indexes find it.
- `sync_written`: the bundles of this computer that are in the shared folder, except those from before this step. `state` is 0 for one that
  stays until everything is written again, 1 for a small one, and 2 for a small one that can be deleted once all changes are written.
"""

import sqlite3

_STATEMENTS = (
    "CREATE TABLE sync_written (number INTEGER PRIMARY KEY NOT NULL, state INTEGER NOT NULL)",
    "CREATE INDEX sync_fields_in_small ON sync_fields (kind) WHERE sent = 2",
    "CREATE INDEX sync_messages_in_small ON sync_messages (id) WHERE sent = 2",
)


def migrate(connection: sqlite3.Connection) -> None:
    """Create the table and the indexes."""
    for statement in _STATEMENTS:
        connection.execute(statement)
