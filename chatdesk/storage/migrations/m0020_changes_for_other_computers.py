"""What is needed to merge the chats of several computers (`features/sync`). All of it is empty as long as that is switched off.

- `sync_state` has one row: the id of this computer, the largest counter seen, the number of the last bundle, and whether changes are
  recorded.
- `sync_pending` names what has changed since it was last compared with `sync_fields` and `sync_messages`. Triggers fill it, so that no way
  of writing is missed; a step that rebuilds a table has to create its triggers again. `dated`: the change is not new, so it gets a stamp
  by the dates of the chat.
- `sync_fields`: fields with their value as JSON, and the stamp of that. `sent`: whether the other computers have received it.
- `sync_messages`: messages with the parent they were created with, since when they exist (`born_…`), and the stamp and a digest of their
  content. `version_of` is the message whose other content this is; empty for usual messages. Rows remain when the message is removed
  for good, so that it does not come back.
- `sync_bundles`: what was merged, by computer and number.
"""

import sqlite3

_STATEMENTS = (
    """
    CREATE TABLE sync_state (
        machine TEXT NOT NULL,
        counter INTEGER NOT NULL,
        bundle INTEGER NOT NULL,
        recording INTEGER NOT NULL
    )
    """,
    "INSERT INTO sync_state (machine, counter, bundle, recording) VALUES ('', 0, 0, 0)",
    """
    CREATE TABLE sync_pending (
        kind TEXT NOT NULL,
        id TEXT NOT NULL,
        dated INTEGER NOT NULL DEFAULT 0,
        PRIMARY KEY (kind, id)
    )
    """,
    """
    CREATE TABLE sync_fields (
        kind TEXT NOT NULL,
        id TEXT NOT NULL,
        field TEXT NOT NULL,
        counter INTEGER NOT NULL,
        machine TEXT NOT NULL,
        value TEXT NOT NULL,
        sent INTEGER NOT NULL,
        PRIMARY KEY (kind, id, field)
    )
    """,
    "CREATE INDEX sync_fields_to_send ON sync_fields (counter) WHERE NOT sent",
    """
    CREATE TABLE sync_messages (
        id TEXT PRIMARY KEY NOT NULL,
        conversation_id TEXT NOT NULL,
        parent_id TEXT,
        born_counter INTEGER NOT NULL,
        born_machine TEXT NOT NULL,
        counter INTEGER NOT NULL,
        machine TEXT NOT NULL,
        digest TEXT NOT NULL,
        version_of TEXT NOT NULL,
        sent INTEGER NOT NULL
    )
    """,
    "CREATE INDEX sync_messages_to_send ON sync_messages (counter) WHERE NOT sent",
    "CREATE INDEX sync_messages_by_conversation ON sync_messages (conversation_id)",
    "CREATE INDEX sync_messages_by_version ON sync_messages (version_of) WHERE version_of != ''",
    "CREATE TABLE sync_bundles (machine TEXT NOT NULL, number INTEGER NOT NULL, PRIMARY KEY (machine, number))",
)
_CHAT_COLUMNS = (
    "title",
    "pinned",
    "folder_id",
    "deleted_at",
    "hidden_by",
    "system_prompt",
    "preset",
    "thinking",
    "parameters",
    "answer_length",
)
_FOLDER_COLUMNS = ("name", "position", "instructions", "deleted_at")


def migrate(connection: sqlite3.Connection) -> None:
    """Create the tables and the triggers."""
    for statement in _STATEMENTS:
        connection.execute(statement)
    _note(connection, "message_added", "INSERT ON messages", "message", "NEW.id", "NEW.state != 'streaming'")
    _note(connection, "message_saved", "UPDATE OF state ON messages", "message", "NEW.id", "NEW.state != 'streaming'")
    moved = _changed(("parent_id", "deleted_at"))
    _note(connection, "message_moved", "UPDATE OF parent_id, deleted_at ON messages", "place", "NEW.id", moved)
    _note(connection, "chat_added", "INSERT ON conversations", "chat", "NEW.id", "true")
    chat_columns = ", ".join(_CHAT_COLUMNS)
    _note(
        connection,
        "chat_changed",
        f"UPDATE OF {chat_columns} ON conversations",
        "chat",
        "NEW.id",
        _changed(_CHAT_COLUMNS),
    )
    _note(connection, "folder_added", "INSERT ON folders", "folder", "NEW.id", "true")
    folder_columns = ", ".join(_FOLDER_COLUMNS)
    _note(
        connection,
        "folder_changed",
        f"UPDATE OF {folder_columns} ON folders",
        "folder",
        "NEW.id",
        _changed(_FOLDER_COLUMNS),
    )
    # By number, because no trigger may refer to a table that a later step may have to rebuild.
    _note(connection, "preset_saved", "INSERT ON preset_versions", "preset", "NEW.preset_id", "true")
    _note(connection, "version_added", "INSERT ON own_versions", "versions", "NEW.message_number", "true")


def _note(connection: sqlite3.Connection, name: str, event: str, kind: str, id_: str, condition: str) -> None:
    """Create a trigger that notes a change as pending while changes are recorded.

    It removes the row first, because INSERT OR REPLACE would have the policy of the statement that fires it, and a folder that is removed
    changes its chats by a foreign key, whose policy is to fail.
    """
    connection.execute(
        f"CREATE TRIGGER sync_{name} AFTER {event} WHEN ({condition}) AND (SELECT recording FROM sync_state) "  # noqa: S608 - fixed names
        f"BEGIN DELETE FROM sync_pending WHERE kind = '{kind}' AND id = {id_}; "
        f"INSERT INTO sync_pending (kind, id) VALUES ('{kind}', {id_}); END"
    )


def _changed(columns: tuple[str, ...]) -> str:
    return " OR ".join(f"OLD.{column} IS NOT NEW.{column}" for column in columns)
