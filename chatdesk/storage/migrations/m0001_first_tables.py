"""The first tables: conversations, messages, their parts, and the search index.

- `number` columns are internal to the database: short keys for the index and for parts. The rest of the program uses `id` columns.
- `activity` orders conversations and `sequence` orders messages. Both are counters, so setting the clock back does not affect them.
- The text of a part is stored in segments (see `message_repository.py`), so that saving a growing answer writes only its end.
- Times are UTC, ISO 8601, always with microseconds, so that text order is time order. `usage`, `failure` and `metadata` are JSON.
- No feature newer than SQLite 3.34 is used, for old Linux systems: no STRICT, and no RETURNING in the repositories.
- `parent_id` has no ON DELETE CASCADE: SQLite follows at most 1,000 levels, and a chat can be longer.
- Search: words as split by FTS5's unicode61; Chinese, Japanese and Korean as overlapping pairs, created in `search_index.py`.
  FTS5's trigram tokenizer is not used: it does not find words of two characters, which most Chinese words have, and its index is
  3.6 times the size of the text. The tables are contentless (the text is in `parts`), so removing an entry requires its text
  (`search_index.py`). A change in how terms are created requires a migration that rebuilds both tables.
"""

import sqlite3

from chatdesk.storage.database.inspection import APPLICATION_ID

_STATEMENTS = (
    f"PRAGMA application_id = {APPLICATION_ID}",
    """
    CREATE TABLE conversations (
        number INTEGER PRIMARY KEY,
        id TEXT NOT NULL UNIQUE,
        title TEXT NOT NULL,
        created_at TEXT NOT NULL,
        updated_at TEXT NOT NULL,
        activity INTEGER NOT NULL UNIQUE,
        head_id TEXT REFERENCES messages (id) DEFERRABLE INITIALLY DEFERRED,
        server_id TEXT,
        model_id TEXT,
        draft TEXT NOT NULL,
        system_prompt TEXT NOT NULL,
        pinned INTEGER NOT NULL,
        deleted_at TEXT
    )
    """,
    "CREATE INDEX conversations_by_head ON conversations (head_id)",
    """
    CREATE TABLE messages (
        number INTEGER PRIMARY KEY,
        id TEXT NOT NULL UNIQUE,
        conversation_id TEXT NOT NULL REFERENCES conversations (id) ON DELETE CASCADE,
        parent_id TEXT REFERENCES messages (id),
        sequence INTEGER NOT NULL,
        role TEXT NOT NULL,
        state TEXT NOT NULL,
        created_at TEXT NOT NULL,
        server_id TEXT,
        model_id TEXT,
        usage TEXT,
        finish TEXT,
        failure TEXT,
        UNIQUE (conversation_id, sequence)
    )
    """,
    "CREATE INDEX messages_by_parent ON messages (parent_id)",
    "CREATE INDEX messages_streaming ON messages (sequence) WHERE state = 'streaming'",
    """
    CREATE TABLE parts (
        message_number INTEGER NOT NULL REFERENCES messages (number) ON DELETE CASCADE,
        position INTEGER NOT NULL,
        segment INTEGER NOT NULL,
        kind TEXT NOT NULL,
        text TEXT NOT NULL,
        metadata TEXT NOT NULL,
        PRIMARY KEY (message_number, position, segment)
    )
    """,
    """
    CREATE VIRTUAL TABLE message_search
    USING fts5 (terms, content = '', columnsize = 0, tokenize = 'unicode61 remove_diacritics 2')
    """,
    """
    CREATE VIRTUAL TABLE title_search
    USING fts5 (terms, content = '', columnsize = 0, tokenize = 'unicode61 remove_diacritics 2')
    """,
)


def migrate(connection: sqlite3.Connection) -> None:
    """Create the tables in an empty file."""
    for statement in _STATEMENTS:
        connection.execute(statement)
