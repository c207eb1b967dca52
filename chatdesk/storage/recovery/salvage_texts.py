"""Texts of a salvaged file whose bytes were damaged, taken from a backup where that has them. The rows: `salvage_rows.py`."""

import sqlite3
from contextlib import suppress

_BROKEN = "\ufffd"
"""What is read in place of bytes that are no text. A model may also have written it: then the backup says the same."""

_TITLES = "SELECT title FROM conversations WHERE id = ?"
_PARTS = "SELECT text FROM parts JOIN messages ON number = message_number WHERE id = ? AND position = ? AND segment = ? AND kind = ?"


def mend_texts(target: sqlite3.Connection, backup: sqlite3.Connection) -> None:
    """Put titles and words of the backup where the target has broken ones, unless the backup has none that are whole."""
    titles = target.execute("SELECT number, id FROM conversations WHERE instr(title, ?)", (_BROKEN,)).fetchall()
    for number, id_ in titles:
        if whole := _whole(backup, _TITLES, id_):
            target.execute("UPDATE conversations SET title = ? WHERE number = ?", (whole, number))
    parts = target.execute(
        "SELECT parts.rowid, id, position, segment, kind FROM parts JOIN messages ON number = message_number WHERE instr(text, ?)",
        (_BROKEN,),
    ).fetchall()
    for rowid, *place in parts:
        if whole := _whole(backup, _PARTS, *place):
            target.execute("UPDATE parts SET text = ? WHERE rowid = ?", (whole, rowid))


def _whole(backup: sqlite3.Connection, statement: str, *values: object) -> str:
    with suppress(sqlite3.Error):  # a backup of an earlier version, or one that is damaged, too
        row = backup.execute(statement, values).fetchone()
        return row[0] if row and isinstance(row[0], str) and _BROKEN not in row[0] else ""
    return ""
