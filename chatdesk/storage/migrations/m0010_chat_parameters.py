"""What the user sets for one chat: the model's parameters, and what to do where the chat does not fit.

Both are JSON, empty for nothing: `kernel/models/parameters.py`, `kernel/context/context_plan.py`.
"""

import sqlite3

_STATEMENTS = (
    "ALTER TABLE conversations ADD COLUMN parameters TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE conversations ADD COLUMN context TEXT NOT NULL DEFAULT ''",
)


def migrate(connection: sqlite3.Connection) -> None:
    """Make the columns."""
    for statement in _STATEMENTS:
        connection.execute(statement)
