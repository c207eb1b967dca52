"""Fills an empty database with rows of several sources: a damaged file, then an older backup. Reading: `salvage_reader.py`.

Rows are told by their id, never by their number: a backup may have other numbers. A later source is asked only where the ones before had
losses, so that what was deleted on purpose stays deleted wherever that can be known.
"""

import sqlite3
import uuid
from collections import defaultdict
from collections.abc import Sequence
from contextlib import suppress
from datetime import UTC, datetime

from chatdesk.kernel.chat.conversation import title_from
from chatdesk.kernel.chat.stored_items import read_items
from chatdesk.storage.database.background import Report
from chatdesk.storage.database.connection import text_of
from chatdesk.storage.database.page_storage_repository import PageStorageRepository
from chatdesk.storage.database.search_index import SearchIndex
from chatdesk.storage.database.stored_values import LARGEST_PLACE, added_number, from_time, to_time
from chatdesk.storage.recovery.salvage_reader import Row, TableReader

# Texts of a salvaged file whose bytes were damaged, taken from a backup where that has them. The rows:
# `salvage_rows.py`.

_BROKEN = "\ufffd"
"""What is read in place of bytes that are no text. A model may also have written it: then the backup says the same."""

_TITLES = "SELECT title FROM conversations WHERE id = ?"
_PARTS = "SELECT text FROM parts JOIN messages ON number = message_number WHERE id = ? AND position = ? AND segment = ? AND kind = ?"


def mend_texts(target: sqlite3.Connection, backup: sqlite3.Connection) -> None:
    """Put titles and words of the backup where the target has broken ones, unless the backup has none that are whole."""
    titles = target.execute("SELECT number, id FROM conversations WHERE instr(title, ?)", (_BROKEN,)).fetchall()
    for number, id_ in titles:
        if whole := _salvage_texts_whole(backup, _TITLES, id_):
            target.execute("UPDATE conversations SET title = ? WHERE number = ?", (whole, number))
    parts = target.execute(
        "SELECT parts.rowid, id, position, segment, kind FROM parts JOIN messages ON number = message_number WHERE instr(text, ?)",
        (_BROKEN,),
    ).fetchall()
    for rowid, *place in parts:
        if whole := _salvage_texts_whole(backup, _PARTS, *place):
            target.execute("UPDATE parts SET text = ? WHERE rowid = ?", (whole, rowid))


def _salvage_texts_whole(backup: sqlite3.Connection, statement: str, *values: object) -> str:
    with suppress(sqlite3.Error):  # a backup of an earlier version, or one that is damaged, too
        row = backup.execute(statement, values).fetchone()
        return row[0] if row and isinstance(row[0], str) and _BROKEN not in row[0] else ""
    return ""


# What generated pages have kept, out of a damaged file: only whole, and only for chats that are there. The
# rest: `salvage_rows.py`.


def gather_kept_pages(target: sqlite3.Connection, pages: TableReader, places: TableReader) -> bool:
    """Keep in `target` what one source has, where it has nothing yet. Returns whether the source was whole."""
    of_page: defaultdict[object, list[str]] = defaultdict(list)
    for _, row in places.rows():
        of_page[row["page_number"]].append(str(row["place"]))
    kept = PageStorageRepository(target)
    for number, row in pages.rows():
        found, items = of_page.get(number, []), row["items"]
        if found and kept.find(found) is None and read_items(items) is not None:
            with suppress(ValueError):  # a time that cannot be read
                kept.keep(str(row["conversation_id"]), found, str(items), from_time(str(row["changed_at"])))
    return not (pages.has_losses or places.has_losses)


# Rows that stand for themselves, out of a damaged file: folders, and what is remembered of presets and
# applications.
#
# The rest: `salvage_rows.py`.

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


_LOST_AND_FOUND = "recovered"
"""The id of the chat that takes texts of which nothing tells where they belong."""

_ROWS_BETWEEN_REPORTS = 200
_READ = 0.6
"""The share of the work that is done when everything was read."""

_MENDS = (
    # The chat of these messages is gone.
    """
    INSERT INTO conversations (id, title, created_at, updated_at, activity, draft, system_prompt, pinned)
    SELECT conversation_id, '', min(created_at), max(created_at),
        (SELECT coalesce(max(activity), 0) FROM conversations) + row_number() OVER (ORDER BY min(number)), '', '', 0
    FROM messages WHERE conversation_id NOT IN (SELECT id FROM conversations) GROUP BY conversation_id
    """,
    # What a message answered is gone: it follows what was said before it.
    """
    UPDATE messages SET parent_id = (
        SELECT id FROM messages AS earlier
        WHERE earlier.conversation_id = messages.conversation_id AND earlier.sequence < messages.sequence
        ORDER BY earlier.sequence DESC LIMIT 1
    )
    WHERE parent_id IS NOT NULL AND parent_id NOT IN (SELECT id FROM messages)
    """,
    # The message a chat ended with is gone, or not known.
    """
    UPDATE conversations SET head_id = (
        SELECT id FROM messages WHERE conversation_id = conversations.id AND deleted_at IS NULL ORDER BY sequence DESC LIMIT 1
    )
    WHERE head_id IS NULL OR head_id NOT IN (SELECT id FROM messages WHERE deleted_at IS NULL)
    """,
)


class SalvagedRows:
    """`target` has today's tables and is in a transaction; `sources` are the most trusted first."""

    def __init__(self, target: sqlite3.Connection, sources: Sequence[sqlite3.Connection], report: Report) -> None:
        self._target = target
        self._sources = sources
        self._report = report
        self._index = SearchIndex(target)
        self._new_numbers: list[dict[int, int]] = [{} for _ in sources]
        """For each source, what the number of a message has become."""
        self._rows_read = 0
        self._rows_expected = max(1, sum(_size(source) for source in sources[:1]))

    def gather(self) -> None:
        """Read the sources, tie up loose ends and make the search index. Raises what `report` raises, and `sqlite3.Error`."""
        chats_were_whole = self._gather_conversations()
        messages_were_whole = self._gather_messages(chats_were_whole=chats_were_whole)
        self._gather_parts(messages_were_whole=messages_were_whole)
        self._gather_own_versions(messages_were_whole=messages_were_whole)
        for statement in _MENDS:
            self._target.execute(statement)
        for source in self._sources:
            pages, places = self._reader(source, "kept_pages"), self._reader(source, "kept_page_places")
            if gather_kept_pages(self._target, pages, places):
                break
        self._gather_plain_rows()
        for source in self._sources[1:]:
            mend_texts(self._target, source)
        self._name_conversations()
        self._make_index()

    def _reader(self, source: sqlite3.Connection, table: str) -> TableReader:
        """Read the columns that the new file has, whatever else the damaged one says it holds."""
        columns = self._target.execute("SELECT name FROM pragma_table_info(?)", (table,))
        return TableReader(source, table, [str(name) for (name,) in columns])

    def _gather_conversations(self) -> bool:
        tables = [self._reader(source, "conversations") for source in self._sources]
        for table in tables:
            for _, row in table.rows():
                self._insert("conversations", row, "activity")
                self._tell()
            if not table.has_losses:
                break
        for table in tables:
            for remnant in table.remnants.values():
                if remnant.get("id"):
                    self._insert("conversations", remnant, "activity")
        return bool(tables) and not tables[0].has_losses

    def _gather_messages(self, *, chats_were_whole: bool) -> bool:
        tables = [self._reader(source, "messages") for source in self._sources]
        some_are_lost = True
        for position, table in enumerate(tables):
            for number, row in table.rows():
                self._tell()
                known = self._number_of("messages", row["id"])
                if known is not None:  # its parts may be lost
                    self._new_numbers[position][number] = known
                elif some_are_lost and not (position and chats_were_whole and self._is_unknown_chat(row)):
                    self._keep_message(position, number, row)
            some_are_lost = some_are_lost and table.has_losses
        for position, table in enumerate(tables):
            for number, remnant in sorted(table.remnants.items()):
                if remnant.get("conversation_id") or remnant.get("id"):
                    self._keep_message(position, number, remnant)
        return bool(tables) and not tables[0].has_losses

    def _gather_parts(self, *, messages_were_whole: bool) -> None:
        for position, source in enumerate(self._sources):
            table = self._reader(source, "parts")
            for _, row in table.rows():
                self._tell()
                number = self._new_numbers[position].get(_whole(row["message_number"]))
                if number is None and position == 0:
                    number = self._keep_message(0, _whole(row["message_number"]), {"conversation_id": _LOST_AND_FOUND})
                if number is not None:
                    self._target.execute(
                        "INSERT OR IGNORE INTO parts (message_number, position, segment, kind, text, metadata) VALUES (?, ?, ?, ?, ?, ?)",
                        (number, *(_read(row[name]) for name in ("position", "segment", "kind", "text", "metadata"))),
                    )
            if messages_were_whole and not table.has_losses:
                break

    def _gather_own_versions(self, *, messages_were_whole: bool) -> None:
        for position, source in enumerate(self._sources):
            table = self._reader(source, "own_versions")
            for _, row in table.rows():
                self._tell()
                number = self._new_numbers[position].get(_whole(row["message_number"]))
                names = [name for name, value in row.items() if name != "message_number" and value is not None]
                if number is not None:
                    values = (number, *(row[name] for name in names))
                    columns, places = ", ".join(("message_number", *names)), ", ".join("?" * len(values))
                    statement = f"INSERT OR IGNORE INTO own_versions ({columns}) VALUES ({places})"  # noqa: S608 - our names
                    self._target.execute(statement, values)
            if messages_were_whole and not table.has_losses:
                break

    def _gather_plain_rows(self) -> None:
        for table in PLAIN_TABLES:
            for source in self._sources:
                if gather_plain_rows(self._target, self._reader(source, table), table):
                    break
        leave_what_is_lost(self._target)

    def _keep_message(self, position: int, number: int, row: Row) -> int | None:
        complete = {
            "id": uuid.uuid4().hex,
            "conversation_id": _LOST_AND_FOUND,
            "role": row.get("role") or self._role_after(row.get("parent_id")),
            "state": "complete",
        } | {name: value for name, value in row.items() if value is not None}
        kept = self._insert("messages", complete, "sequence")
        if kept is not None:
            self._new_numbers[position][number] = kept
        return kept

    def _insert(self, table: str, row: Row, counter: str) -> int | None:
        """Insert the row unless its id is there, and return its number; None if it is too broken to be kept."""
        known = self._number_of(table, row["id"])
        if known is not None:
            return known
        now = to_time(datetime.now(UTC))
        usual: Row = {"created_at": now}
        if table == "conversations":
            usual |= {"title": "", "updated_at": now, "draft": "", "system_prompt": "", "pinned": 0}
        values = usual | {name: _read(value) for name, value in row.items() if name != "number" and value is not None}
        values |= {name: now for name in ("created_at", "updated_at") if name in values and not _is_time(values[name])}
        if isinstance(place := values.pop(counter, None), int) and place < LARGEST_PLACE:
            values[counter] = place
            with suppress(sqlite3.IntegrityError):  # two sources counted on from the same number
                return self._insert_values(table, values)
        values[counter] = self._next(table, values)
        with suppress(sqlite3.IntegrityError):
            return self._insert_values(table, values)
        return None

    def _number_of(self, table: str, id_: object) -> int | None:
        found = self._target.execute(f"SELECT number FROM {table} WHERE id = ?", (id_,)).fetchone()  # noqa: S608 - our names
        return int(found[0]) if found else None

    def _insert_values(self, table: str, values: Row) -> int:
        columns, places = ", ".join(values), ", ".join("?" * len(values))
        statement = f"INSERT INTO {table} ({columns}) VALUES ({places})"  # noqa: S608 - our names
        return added_number(self._target.execute(statement, tuple(values.values())))

    def _next(self, table: str, values: Row) -> int:
        """Return the next `activity` of a chat, or `sequence` of a message in its chat."""
        if table == "conversations":
            found = self._target.execute(
                "SELECT max(activity) FROM conversations WHERE activity < ?", (LARGEST_PLACE,)
            ).fetchone()
        else:
            found = self._target.execute(
                "SELECT max(sequence) FROM messages WHERE conversation_id = ? AND sequence < ?",
                (values["conversation_id"], LARGEST_PLACE),
            ).fetchone()
        return 1 + (found[0] or 0)

    def _is_unknown_chat(self, row: Row) -> bool:
        chat = row.get("conversation_id")
        return self._target.execute("SELECT 1 FROM conversations WHERE id = ?", (chat,)).fetchone() is None

    def _role_after(self, parent_id: object) -> str:
        """Return whose turn it was after that message: questions and answers take turns."""
        found = self._target.execute("SELECT role FROM messages WHERE id = ?", (parent_id,)).fetchone()
        return "assistant" if found and found[0] == "user" else "user"

    def _name_conversations(self) -> None:
        for number, id_ in self._target.execute("SELECT number, id FROM conversations WHERE title = ''").fetchall():
            first = self._target.execute(
                "SELECT text FROM parts JOIN messages ON number = message_number "
                "WHERE conversation_id = ? AND kind = 'text' ORDER BY sequence, position, segment LIMIT 1",
                (id_,),
            ).fetchone()
            if first:
                title = title_from(first[0])
                self._target.execute("UPDATE conversations SET title = ? WHERE number = ?", (title, number))

    def _make_index(self) -> None:
        for number, title in self._target.execute("SELECT number, title FROM conversations").fetchall():
            self._index.add_title(number, title)
        numbers = self._target.execute(
            "SELECT number FROM messages WHERE state != 'streaming' AND deleted_at IS NULL"
        ).fetchall()
        for done, (number,) in enumerate(numbers):
            self._index.add_message(number)
            if done % _ROWS_BETWEEN_REPORTS == 0:
                self._report(_READ + (1 - _READ) * done / len(numbers))

    def _tell(self) -> None:
        self._rows_read += 1
        if self._rows_read % _ROWS_BETWEEN_REPORTS == 0:
            self._report(_READ * min(self._rows_read / self._rows_expected, 1))


def _size(source: sqlite3.Connection) -> int:
    """Guess the number of rows: there are about as many as pages, with their indexes."""
    (pages,) = source.execute("PRAGMA page_count").fetchone()
    return int(pages)


def _read(value: object) -> object:
    """Return a value as it can be kept: no column holds a BLOB."""
    return text_of(value) if isinstance(value, bytes) else value


def _whole(value: object) -> int:
    return value if isinstance(value, int) else 0


def _is_time(value: object) -> bool:
    try:
        from_time(str(value))
    except ValueError:
        return False
    return True
