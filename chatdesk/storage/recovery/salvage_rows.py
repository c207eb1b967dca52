"""Filling of an empty database with rows of several sources: a damaged file, then an older backup. `salvage_reader.py` reads them.

Rows are identified by their id, never by their number, which may differ in a backup. A later source is used only where the previous ones
had losses, so that intentionally deleted data stays deleted if that can be known.
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
from chatdesk.storage.database.search_index import begin_rebuild
from chatdesk.storage.database.stored_values import MAX_ORDER_VALUE, added_number, from_time, to_time
from chatdesk.storage.recovery.salvage_reader import Row, TableReader

# Damaged texts of a salvaged file are replaced with those of a backup, if available.

_BROKEN = "\ufffd"
"""Read in place of invalid bytes. If a model wrote it, the backup contains it as well."""

_TITLES = "SELECT title FROM conversations WHERE id = ?"
_PARTS = "SELECT text FROM parts JOIN messages ON number = message_number WHERE id = ? AND position = ? AND segment = ? AND kind = ?"


def restore_texts(target: sqlite3.Connection, backup: sqlite3.Connection) -> None:
    """Replace damaged titles and texts of the target with those of the backup, if intact there."""
    titles = target.execute("SELECT number, id FROM conversations WHERE instr(title, ?)", (_BROKEN,)).fetchall()
    for number, id_ in titles:
        if whole := _salvage_texts_whole(backup, _TITLES, id_):
            target.execute("UPDATE conversations SET title = ? WHERE number = ?", (whole, number))
    parts = target.execute(
        "SELECT parts.rowid, id, position, segment, kind FROM parts JOIN messages ON number = message_number WHERE instr(text, ?)",
        (_BROKEN,),
    ).fetchall()
    for rowid, *key in parts:
        if whole := _salvage_texts_whole(backup, _PARTS, *key):
            target.execute("UPDATE parts SET text = ? WHERE rowid = ?", (whole, rowid))


def _salvage_texts_whole(backup: sqlite3.Connection, statement: str, *values: object) -> str:
    with suppress(sqlite3.Error):  # a backup of an earlier version, or a damaged one
        row = backup.execute(statement, values).fetchone()
        return row[0] if row and isinstance(row[0], str) and _BROKEN not in row[0] else ""
    return ""


# Stored items of generated pages are salvaged only if complete, and only for existing chats.


def gather_stored_pages(target: sqlite3.Connection, pages: TableReader, positions: TableReader) -> bool:
    """Copy stored items of one source that the target does not have. Return whether the source was intact."""
    of_page: defaultdict[object, list[str]] = defaultdict(list)
    for _, row in positions.rows():
        of_page[row["page_number"]].append(str(row["place"]))
    repository = PageStorageRepository(target)
    for number, row in pages.rows():
        found, items = of_page.get(number, []), row["items"]
        if found and repository.find(found) is None and read_items(items) is not None:
            with suppress(ValueError):  # an invalid time
                repository.save(str(row["conversation_id"]), found, str(items), from_time(str(row["changed_at"])))
    return not (pages.has_losses or positions.has_losses)


# Independent rows: folders, stored states of presets and applications, and instructions given to answers.

PLAIN_TABLES = (
    "folders",
    "preset_states",
    "preset_versions",
    "remote_conversations",
    "application_inputs",
    "given_instructions",
)

_TYPES: dict[str, tuple[type, ...]] = {"TEXT": (str,), "INTEGER": (int,), "REAL": (float, int)}


def gather_plain_rows(target: sqlite3.Connection, table: TableReader, name: str) -> bool:
    """Copy rows of a table in one source that the target does not have. Return whether the source was intact.

    Rows with values of a wrong type are skipped, because the program would encounter them at every start.
    """
    kinds = {
        str(column): _TYPES[str(kind)]
        for column, kind in target.execute("SELECT name, type FROM pragma_table_info(?)", (name,))
    }
    for _, row in table.rows():
        values = {column: value for column, value in row.items() if value is not None}
        if all(isinstance(value, kinds[column]) for column, value in values.items()):
            columns, placeholders = ", ".join(values), ", ".join("?" * len(values))
            with suppress(
                sqlite3.IntegrityError
            ):  # a value is missing, the row exists, or the row it refers to is lost
                target.execute(f"INSERT INTO {name} ({columns}) VALUES ({placeholders})", tuple(values.values()))  # noqa: S608 - fixed names
    return not table.has_losses


def remove_dangling_references(target: sqlite3.Connection) -> None:
    """Remove references to lost folders and instructions, and remote conversations and inputs of lost messages and chats."""
    target.execute("UPDATE conversations SET folder_id = NULL WHERE folder_id NOT IN (SELECT id FROM folders)")
    target.execute("UPDATE messages SET given_key = NULL WHERE given_key NOT IN (SELECT key FROM given_instructions)")
    target.execute("DELETE FROM remote_conversations WHERE message_id NOT IN (SELECT id FROM messages)")
    target.execute("DELETE FROM application_inputs WHERE conversation_id NOT IN (SELECT id FROM conversations)")


_LOST_AND_FOUND = "recovered"
"""Id of the chat for texts whose chat is unknown."""

_ROWS_BETWEEN_REPORTS = 200
_REPAIRS = (
    # The chat of these messages is lost.
    """
    INSERT INTO conversations (id, title, created_at, updated_at, activity, draft, system_prompt, pinned)
    SELECT conversation_id, '', min(created_at), max(created_at),
        (SELECT coalesce(max(activity), 0) FROM conversations) + row_number() OVER (ORDER BY min(number)), '', '', 0
    FROM messages WHERE conversation_id NOT IN (SELECT id FROM conversations) GROUP BY conversation_id
    """,
    # The parent of a message is lost: use the message before it.
    """
    UPDATE messages SET parent_id = (
        SELECT id FROM messages AS earlier
        WHERE earlier.conversation_id = messages.conversation_id AND earlier.sequence < messages.sequence
        ORDER BY earlier.sequence DESC LIMIT 1
    )
    WHERE parent_id IS NOT NULL AND parent_id NOT IN (SELECT id FROM messages)
    """,
    # The last message of a chat is lost or unknown.
    """
    UPDATE conversations SET head_id = (
        SELECT id FROM messages WHERE conversation_id = conversations.id AND deleted_at IS NULL ORDER BY sequence DESC LIMIT 1
    )
    WHERE head_id IS NULL OR head_id NOT IN (SELECT id FROM messages WHERE deleted_at IS NULL)
    """,
)


class SalvagedRows:
    """Copies rows into `target`, which has the current tables and an open transaction; `sources` are ordered by reliability."""

    def __init__(self, target: sqlite3.Connection, sources: Sequence[sqlite3.Connection], report: Report) -> None:
        self._target = target
        self._sources = sources
        self._report = report
        self._new_numbers: list[dict[int, int]] = [{} for _ in sources]
        """For each source, the new message numbers by old number."""
        self._rows_read = 0
        self._rows_expected = max(1, sum(_size(source) for source in sources[:1]))

    def gather(self) -> None:
        """Read the sources, repair references and create the search index. Raise errors of `report`, and `sqlite3.Error`."""
        chats_were_whole = self._gather_conversations()
        messages_were_whole = self._gather_messages(chats_were_whole=chats_were_whole)
        self._gather_parts(messages_were_whole=messages_were_whole)
        self._gather_own_versions(messages_were_whole=messages_were_whole)
        for statement in _REPAIRS:
            self._target.execute(statement)
        for source in self._sources:
            pages, positions = self._reader(source, "kept_pages"), self._reader(source, "kept_page_places")
            if gather_stored_pages(self._target, pages, positions):
                break
        self._gather_plain_rows()
        for source in self._sources[1:]:
            restore_texts(self._target, source)
        self._name_conversations()
        begin_rebuild(self._target)

    def _reader(self, source: sqlite3.Connection, table: str) -> TableReader:
        """Return a reader for the columns of the new file, regardless of those in the damaged one."""
        columns = self._target.execute("SELECT name FROM pragma_table_info(?)", (table,))
        return TableReader(source, table, [str(name) for (name,) in columns])

    def _gather_conversations(self) -> bool:
        tables = [self._reader(source, "conversations") for source in self._sources]
        for table in tables:
            for _, row in table.rows():
                self._insert("conversations", row, "activity")
                self._report_row()
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
                self._report_row()
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
                self._report_row()
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
                self._report_row()
                number = self._new_numbers[position].get(_whole(row["message_number"]))
                names = [name for name, value in row.items() if name != "message_number" and value is not None]
                if number is not None:
                    values = (number, *(row[name] for name in names))
                    columns, placeholders = ", ".join(("message_number", *names)), ", ".join("?" * len(values))
                    statement = f"INSERT OR IGNORE INTO own_versions ({columns}) VALUES ({placeholders})"  # noqa: S608 - fixed names
                    self._target.execute(statement, values)
            if messages_were_whole and not table.has_losses:
                break

    def _gather_plain_rows(self) -> None:
        for table in PLAIN_TABLES:
            for source in self._sources:
                if gather_plain_rows(self._target, self._reader(source, table), table):
                    break
        remove_dangling_references(self._target)

    def _keep_message(self, position: int, number: int, row: Row) -> int | None:
        complete = {
            "id": uuid.uuid4().hex,
            "conversation_id": _LOST_AND_FOUND,
            "role": row.get("role") or self._role_after(row.get("parent_id")),
            "state": "complete",
        } | {name: value for name, value in row.items() if value is not None}
        inserted = self._insert("messages", complete, "sequence")
        if inserted is not None:
            self._new_numbers[position][number] = inserted
        return inserted

    def _insert(self, table: str, row: Row, counter: str) -> int | None:
        """Insert a row unless its id exists, and return its number; None if it is too damaged."""
        known = self._number_of(table, row["id"])
        if known is not None:
            return known
        now = to_time(datetime.now(UTC))
        usual: Row = {"created_at": now}
        if table == "conversations":
            usual |= {"title": "", "updated_at": now, "draft": "", "system_prompt": "", "pinned": 0}
        values = usual | {name: _read(value) for name, value in row.items() if name != "number" and value is not None}
        values |= {name: now for name in ("created_at", "updated_at") if name in values and not _is_time(values[name])}
        if isinstance(number := values.pop(counter, None), int) and number < MAX_ORDER_VALUE:
            values[counter] = number
            with suppress(sqlite3.IntegrityError):  # two sources continued from the same number
                return self._insert_values(table, values)
        values[counter] = self._next(table, values)
        with suppress(sqlite3.IntegrityError):
            return self._insert_values(table, values)
        return None

    def _number_of(self, table: str, id_: object) -> int | None:
        found = self._target.execute(f"SELECT number FROM {table} WHERE id = ?", (id_,)).fetchone()  # noqa: S608 - fixed names
        return int(found[0]) if found else None

    def _insert_values(self, table: str, values: Row) -> int:
        columns, placeholders = ", ".join(values), ", ".join("?" * len(values))
        statement = f"INSERT INTO {table} ({columns}) VALUES ({placeholders})"  # noqa: S608 - fixed names
        return added_number(self._target.execute(statement, tuple(values.values())))

    def _next(self, table: str, values: Row) -> int:
        """Return the next `activity` of a chat, or the next `sequence` of a message in its chat."""
        if table == "conversations":
            found = self._target.execute(
                "SELECT max(activity) FROM conversations WHERE activity < ?", (MAX_ORDER_VALUE,)
            ).fetchone()
        else:
            found = self._target.execute(
                "SELECT max(sequence) FROM messages WHERE conversation_id = ? AND sequence < ?",
                (values["conversation_id"], MAX_ORDER_VALUE),
            ).fetchone()
        return 1 + (found[0] or 0)

    def _is_unknown_chat(self, row: Row) -> bool:
        chat = row.get("conversation_id")
        return self._target.execute("SELECT 1 FROM conversations WHERE id = ?", (chat,)).fetchone() is None

    def _role_after(self, parent_id: object) -> str:
        """Return the role of the message after a parent: questions and answers alternate."""
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

    def _report_row(self) -> None:
        self._rows_read += 1
        if self._rows_read % _ROWS_BETWEEN_REPORTS == 0:
            self._report(min(self._rows_read / self._rows_expected, 1))


def _size(source: sqlite3.Connection) -> int:
    """Estimate the number of rows: there are about as many as pages, including indexes."""
    (pages,) = source.execute("PRAGMA page_count").fetchone()
    return int(pages)


def _read(value: object) -> object:
    """Return a value that can be stored: no column contains a BLOB."""
    return text_of(value) if isinstance(value, bytes) else value


def _whole(value: object) -> int:
    return value if isinstance(value, int) else 0


def _is_time(value: object) -> bool:
    try:
        from_time(str(value))
    except ValueError:
        return False
    return True
