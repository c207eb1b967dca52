"""Data about presets in addition to their files, and the preset of a chat.

- `preset_states`: `key` names a preset of the library, built-in or the user's own; `filled` is JSON, the last values of its variables.
- `preset_versions`: complete texts of the files of the user's own presets; `preset_id` is the name of the file.
- `conversations.preset`: JSON (`kernel/chat/applied_presets.py`), empty for none.
"""

import sqlite3

_STATEMENTS = (
    """
    CREATE TABLE preset_states (
        key TEXT PRIMARY KEY,
        favourite INTEGER NOT NULL,
        uses INTEGER NOT NULL,
        last_used TEXT,
        position REAL,
        filled TEXT NOT NULL
    )
    """,
    """
    CREATE TABLE preset_versions (
        preset_id TEXT NOT NULL,
        number INTEGER NOT NULL,
        saved_at TEXT NOT NULL,
        text TEXT NOT NULL,
        PRIMARY KEY (preset_id, number)
    )
    """,
    "ALTER TABLE conversations ADD COLUMN preset TEXT NOT NULL DEFAULT ''",
)


def migrate(connection: sqlite3.Connection) -> None:
    """Create the tables and add the column."""
    for statement in _STATEMENTS:
        connection.execute(statement)
