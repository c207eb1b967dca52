"""Rows that stand for themselves, out of a damaged file: folders, and what is remembered of presets and applications.

The rest: `salvage_rows.py`.
"""

import sqlite3
from contextlib import suppress

from chatdesk.storage.recovery.salvage_reader import TableReader

PLAIN_TABLES = ("folders", "preset_states", "preset_versions", "remote_conversations", "application_inputs")

_TYPES: dict[str, tuple[type, ...]] = {"TEXT": (str,), "INTEGER": (int,), "REAL": (float, int)}


def gather_plain_rows(target: sqlite3.Connection, table: TableReader, name: str) -> bool:
    """Keep in `target` what one source has of a table, where it has no such row yet. Returns whether the source was whole.

    A row with a value of the wrong kind is left out: the program would meet it at every start.
    """
    kinds = {
        str(column): _TYPES[str(kind)]
        for column, kind in target.execute("SELECT name, type FROM pragma_table_info(?)", (name,))
    }
    for _, row in table.rows():
        values = {column: value for column, value in row.items() if value is not None}
        if all(isinstance(value, kinds[column]) for column, value in values.items()):
            columns, places = ", ".join(values), ", ".join("?" * len(values))
            with suppress(sqlite3.IntegrityError):  # a value is missing, the row is there, or what it is about is lost
                target.execute(f"INSERT INTO {name} ({columns}) VALUES ({places})", tuple(values.values()))  # noqa: S608 - our names
    return not table.has_losses


def leave_what_is_lost(target: sqlite3.Connection) -> None:
    """Let chats whose folder is lost be in none, and forget what applications keep of messages and chats that are lost."""
    target.execute("UPDATE conversations SET folder_id = NULL WHERE folder_id NOT IN (SELECT id FROM folders)")
    target.execute("DELETE FROM remote_conversations WHERE message_id NOT IN (SELECT id FROM messages)")
    target.execute("DELETE FROM application_inputs WHERE conversation_id NOT IN (SELECT id FROM conversations)")
