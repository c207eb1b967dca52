"""What applications keep of our conversations, and what was filled in for them.

- `remote_conversations`: the answer with which a conversation at a server ends. `conversation` and `message` are the server's own ids, the
  latter empty where it gives none. `path` names the messages down to that answer, as a digest: where they are others now, edited or with
  one deleted, the server remembers something else than the chat shows. A conversation ends in one place only.
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
