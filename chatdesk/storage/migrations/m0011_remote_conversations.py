"""Conversations stored by applications on their servers, and the user's input for applications.

- `remote_conversations`: the last answer of a conversation on a server. `conversation` and `message` are the server's ids; the latter is
  empty if the server provides none. `path` is a digest of the messages up to that answer: if it no longer matches because a message was
  edited or deleted, the server has stored something different from what the chat shows. A conversation has one last answer only.
- `application_inputs`: the user's values for a chat with an application, as a JSON object of texts.
"""

import sqlite3

_STATEMENTS = (
    """
    CREATE TABLE remote_conversations (
        message_id TEXT PRIMARY KEY NOT NULL REFERENCES messages (id) ON DELETE CASCADE,
        server_id TEXT NOT NULL,
        model_id TEXT NOT NULL,
        conversation TEXT NOT NULL,
        message TEXT NOT NULL,
        path TEXT NOT NULL,
        UNIQUE (server_id, model_id, conversation)
    )
    """,
    """
    CREATE TABLE application_inputs (
        conversation_id TEXT NOT NULL REFERENCES conversations (id) ON DELETE CASCADE,
        server_id TEXT NOT NULL,
        model_id TEXT NOT NULL,
        inputs TEXT NOT NULL,
        PRIMARY KEY (conversation_id, server_id, model_id)
    )
    """,
)


def migrate(connection: sqlite3.Connection) -> None:
    """Create the tables."""
    for statement in _STATEMENTS:
        connection.execute(statement)
