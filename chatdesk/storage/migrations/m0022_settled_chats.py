"""What lets long chats be synchronised in short transactions.

- `sync_settled` names chats of which the stored tree is the one that all computers agree on, with their last message: messages that only
  follow are added without reading the others (`features/sync/files/settled_chats.py`). Changes that are recorded remove the row; triggers
  do so for those that are not.
- `noted_chats` and `noted_messages` of `sync_state`: the numbers of the rows up to which the chats and messages that were there before
  synchronisation was switched on are in `sync_pending`. NULL: all of them are. `resent_fields` and `resent_messages`, likewise, the row ids
  up to which everything is marked as not sent when it has to be sent once more.
"""

import sqlite3

_STATEMENTS = (
    "CREATE TABLE sync_settled (conversation_id TEXT PRIMARY KEY NOT NULL, last_id TEXT NOT NULL)",
    """
    CREATE TRIGGER sync_message_removed AFTER DELETE ON messages
    BEGIN DELETE FROM sync_settled WHERE conversation_id = OLD.conversation_id; END
    """,
    """
    CREATE TRIGGER sync_message_carried AFTER UPDATE OF conversation_id ON messages
    BEGIN DELETE FROM sync_settled WHERE conversation_id IN (OLD.conversation_id, NEW.conversation_id); END
    """,
    *(
        f"ALTER TABLE sync_state ADD COLUMN {column} INTEGER"
        for column in ("noted_chats", "noted_messages", "resent_fields", "resent_messages")
    ),
)


def migrate(connection: sqlite3.Connection) -> None:
    """Create the table and its triggers, and add the columns."""
    for statement in _STATEMENTS:
        connection.execute(statement)
