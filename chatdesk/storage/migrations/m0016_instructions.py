"""Instructions of folders, the wanted length of answers in a chat, and what each answer was given.

- `conversations.system_prompt`, which exists since the first tables, contains the chat's own instructions.
- `conversations.answer_length`: `kernel/chat/instructions.py`, empty for the default.
- `given_instructions`: texts that were sent, stored once under the hash of their content and never changed. `parts` is JSON
  (`kernel/chat/instructions.py`).
- `messages.given_key`: what this answer was given; NULL if that is unknown.
"""

import sqlite3

_STATEMENTS = (
    "ALTER TABLE folders ADD COLUMN instructions TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE conversations ADD COLUMN answer_length TEXT NOT NULL DEFAULT ''",
    "CREATE TABLE given_instructions (key TEXT PRIMARY KEY NOT NULL, parts TEXT NOT NULL)",
    "ALTER TABLE messages ADD COLUMN given_key TEXT",
    "CREATE INDEX messages_by_given_key ON messages (given_key) WHERE given_key IS NOT NULL",
)


def migrate(connection: sqlite3.Connection) -> None:
    """Add the table, the columns and the index."""
    for statement in _STATEMENTS:
        connection.execute(statement)
