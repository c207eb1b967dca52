"""Settings of a chat: the model's parameters, and the policy if the chat does not fit into the context.

Both are JSON, empty if not set: `kernel/models/parameters.py`, `kernel/context/context_plan.py`.
"""

import sqlite3

_STATEMENTS = (
    "ALTER TABLE conversations ADD COLUMN parameters TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE conversations ADD COLUMN context TEXT NOT NULL DEFAULT ''",
)


def migrate(connection: sqlite3.Connection) -> None:
    """Add the columns."""
    for statement in _STATEMENTS:
        connection.execute(statement)
