"""Messages in the database. The current path is determined by the conversation's head.

Deleted messages are moved to the trash first (`message_trash.py`); here, they are treated as non-existent.
"""

import math
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby
from typing import NamedTuple, assert_never

from chatdesk.kernel.chat import instructions as instruction_records
from chatdesk.kernel.chat.attachments import from_record, to_record
from chatdesk.kernel.chat.instructions import SentInstructions
from chatdesk.kernel.chat.message import (
    DocumentPart,
    FinishReason,
    ImagePart,
    Message,
    MessageState,
    Part,
    ReasoningPart,
    Role,
    Source,
    SourcesPart,
    TextPart,
    ToolCallPart,
    ToolResultPart,
    bounded,
)
from chatdesk.kernel.chat.usage import count
from chatdesk.storage.database.search_index import SearchIndex
from chatdesk.storage.database.stored_values import (
    MAX_ORDER_VALUE,
    added_number,
    from_failure,
    from_json,
    from_model,
    from_time,
    from_usage,
    from_word,
    to_failure,
    to_json,
    to_model,
    to_text,
    to_time,
    to_usage,
    whole,
)

# Conversion of message parts to rows of the table `parts` and back.
#
# Long text is split into segments of a few pages. Saving a growing answer then writes only the last segment instead of the whole answer: 10
# MB instead of 100 MB for 140 KB of text saved every 500 ms.

_SEGMENT = 4096
"""In characters."""
_SOURCE_TEXTS = ("title", "passage", "collection", "address")


class PartRow(NamedTuple):
    """One segment of a part. `kind` and `metadata` belong to the part; only its first segment has `metadata`."""

    position: int
    segment: int
    kind: str
    text: str
    metadata: str


def to_rows(parts: Iterable[Part]) -> list[PartRow]:
    """Return the rows in order."""
    rows: list[PartRow] = []
    for position, part in enumerate(parts):
        kind, text, metadata = _fields(part)
        text = to_text(text)
        for segment, start in enumerate(range(0, max(len(text), 1), _SEGMENT)):
            segment_text = text[start : start + _SEGMENT]
            rows.append(PartRow(position, segment, kind, segment_text, to_json(metadata) if segment == 0 else "{}"))
    return rows


def from_rows(rows: Iterable[PartRow]) -> tuple[Part, ...]:
    """Return the parts. For an unknown kind, its text is used if there is any. `rows` must be ordered by position and segment."""
    parts: list[Part] = []
    for _, group in groupby(rows, key=lambda row: row.position):
        first, *rest = group
        text = "".join((first.text, *(row.text for row in rest)))
        part = _part(first.kind, text, from_json(first.metadata))
        if part is not None:
            parts.append(part)
    return tuple(parts)


def _fields(part: Part) -> tuple[str, str, dict[str, object]]:
    match part:
        case TextPart(text, edited, damaged):
            return "text", text, _flags(edited=edited, damaged=damaged)
        case ReasoningPart(text, milliseconds, damaged):
            return "reasoning", text, {"milliseconds": milliseconds, **_flags(damaged=damaged)}
        case ImagePart():
            return "image", "", to_record(part)
        case DocumentPart():
            return "file", part.text, to_record(part)
        case ToolCallPart(call_id, name, arguments):
            return "tool_call", arguments, {"call_id": call_id, "name": name}
        case ToolResultPart(call_id, text):
            return "tool_result", text, {"call_id": call_id}
        case SourcesPart(sources):
            return "sources", "", {"sources": [_source_record(source) for source in sources]}
        case _:
            assert_never(part)


def _flags(**flags: bool) -> dict[str, object]:
    """Return the flags that are set: most parts have none."""
    return {name: True for name, is_set in flags.items() if is_set}


def _part(kind: str, text: str, metadata: Mapping[str, object]) -> Part | None:
    def word(key: str) -> str:
        return str(metadata.get(key, ""))

    match kind:
        case "text":
            return TextPart(text, metadata.get("edited") is True, metadata.get("damaged") is True)
        case "reasoning":
            milliseconds = count(metadata.get("milliseconds")) or 0
            return ReasoningPart(text, milliseconds, metadata.get("damaged") is True)
        case "image" | "file":
            return from_record(metadata, text, is_document=kind == "file")
        case "tool_call":
            return ToolCallPart(word("call_id"), word("name"), text)
        case "tool_result":
            return ToolResultPart(word("call_id"), text)
        case "sources":
            records = metadata.get("sources")
            sources = bounded(map(_source, records if isinstance(records, list) else ()))
            return SourcesPart(sources) if sources else None
        case _:
            return TextPart(text) if text else None


def _source_record(source: Source) -> dict[str, object]:
    """Return the known fields of a source; most sources do not have all of them."""
    found = {name: getattr(source, name) for name in ("number", *_SOURCE_TEXTS, "score")}
    return {name: value for name, value in found.items() if value not in ("", None)}


def _source(record: object) -> Source:
    """Return the source in a record, which may be invalid."""
    known = record if isinstance(record, dict) else {}
    number, score = known.get("number"), known.get("score")
    texts = {name: str(known.get(name, "")) for name in _SOURCE_TEXTS}
    is_sound = isinstance(score, float) and math.isfinite(score)
    return Source(count(number) or 0, score=score if is_sound else None, **texts)


_INSERT = (
    "INSERT INTO messages (number, id, conversation_id, parent_id, sequence, role, state, created_at, server_id, model_id, usage, "
    "finish, failure, given_key) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
_INSERT_PART = "INSERT INTO parts (message_number, position, segment, kind, text, metadata) VALUES (?, ?, ?, ?, ?, ?)"


class MessageRepository:
    """The repository of messages. All methods work within the caller's transaction.

    An answer is added to the search index when it stops streaming, not with every chunk.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._index = SearchIndex(connection)

    def add(self, message: Message) -> Message:
        """Add a message as the last one of its conversation, which becomes the newest of the list. Return it with its sequence.

        Raise `sqlite3.IntegrityError` if the id already exists, or the conversation or parent does not.
        """
        added = replace(message, sequence=self.next_sequence(message.conversation_id))
        number = added_number(self._connection.execute(_INSERT, (None, *self._values(added))))
        self._write_parts(number, added.parts)
        if added.state is not MessageState.STREAMING:
            self._index.add_message(number)
        self._connection.execute(
            "UPDATE conversations SET updated_at = ?, activity = "
            "1 + (SELECT coalesce(max(activity), 0) FROM conversations WHERE activity < ?) WHERE id = ?",
            (to_time(added.created_at), MAX_ORDER_VALUE, added.conversation_id),
        )
        return added

    def add_all(self, messages: Iterable[Message]) -> int:
        """Add complete messages, with the sequences that they have, and return the row number of the first; the others follow it.

        The chats keep their positions in the list. A parent must be there or come earlier. Raise `sqlite3.IntegrityError` like `add`.
        """
        (last,) = self._connection.execute(
            "SELECT coalesce(max(number), 0) FROM messages WHERE number < ?", (MAX_ORDER_VALUE,)
        ).fetchone()
        rows, parts, texts = [], [], []
        for number, message in enumerate(messages, start=last + 1):
            of_message = to_rows(message.parts)
            rows.append((number, *self._values(message)))
            parts += [(number, *row) for row in of_message]
            texts.append((number, "".join(row.text for row in of_message if row.kind == "text")))
        self._connection.executemany(_INSERT, rows)
        self._connection.executemany(_INSERT_PART, parts)
        self._index.add_texts(texts)
        return int(last) + 1

    def get(self, message_id: str) -> Message:
        """Return the message. Raise `KeyError` if it does not exist."""
        found = self._read("id = ? AND deleted_at IS NULL", message_id)
        if not found:
            raise KeyError(message_id)
        return found[0]

    def of_conversation(self, conversation_id: str) -> tuple[Message, ...]:
        """Return all messages of a conversation, on all branches, ordered by sequence."""
        return self._read("conversation_id = ? AND deleted_at IS NULL", conversation_id)

    def numbers_of_conversation(self, conversation_id: str) -> tuple[int, ...]:
        """Return the row numbers of a conversation's messages ordered by sequence, for reading them in groups."""
        rows = self._connection.execute(
            "SELECT number FROM messages WHERE conversation_id = ? AND deleted_at IS NULL ORDER BY sequence",
            (conversation_id,),
        )
        return tuple(number for (number,) in rows)

    def stored(self, numbers: Sequence[int]) -> Mapping[int, Message]:
        """Return those of these messages that exist, by row number, even if they are in the trash."""
        return dict(self._read_numbered(f"number IN ({', '.join('?' * len(numbers))})", *numbers))

    def numbered(self, numbers: Sequence[int]) -> tuple[Message, ...]:
        """Return the messages with these row numbers, ordered by sequence."""
        return self._read(f"number IN ({', '.join('?' * len(numbers))}) AND deleted_at IS NULL", *numbers)

    def next_sequence(self, conversation_id: str) -> int:
        """Return the sequence for the next message of a conversation, which is higher than all others."""
        (highest,) = self._connection.execute(
            "SELECT max(sequence) FROM messages WHERE conversation_id = ? AND sequence < ?",
            (conversation_id, MAX_ORDER_VALUE),
        ).fetchone()
        return 0 if highest is None else highest + 1

    def save_parts(self, message: Message) -> bool:
        """Save the parts received so far, writing only changes. Return False if the message does not exist or is no longer streaming."""
        number = self._streaming_number(message.id)
        if number is None:
            return False
        self._write_parts(number, message.parts)
        return True

    def finish(self, message: Message) -> bool:
        """Save the final state of a streaming answer. Return False if it does not exist or has ended before; the first end counts."""
        return self._streaming_number(message.id) is not None and self.update(message)

    def update(self, message: Message) -> bool:
        """Save everything but the position in the tree, for example to continue an answer. Return False if it does not exist."""
        row = self._connection.execute(
            "SELECT number, state FROM messages WHERE id = ? AND deleted_at IS NULL", (message.id,)
        ).fetchone()
        if row is None:
            return False
        number, old_state = row
        if old_state != MessageState.STREAMING:
            self._index.remove_message(number)
        self._connection.execute(
            "UPDATE messages SET state = ?, server_id = ?, model_id = ?, usage = ?, finish = ?, failure = ?, given_key = ? "
            "WHERE number = ?",
            (
                message.state,
                *to_model(message.model),
                to_usage(message.usage),
                message.finish,
                to_failure(message.failure),
                self._save_instructions(message.instructions),
                number,
            ),
        )
        self._write_parts(number, message.parts)
        if message.state is not MessageState.STREAMING:
            self._index.add_message(number)
        return True

    def remove(self, number: int) -> None:
        """Permanently remove a message of a hidden chat by its row number; its children have no parent then.

        Ignored if the number belongs to another message by now.
        """
        row = self._connection.execute(
            "SELECT messages.id, state, messages.deleted_at FROM messages JOIN conversations ON conversations.id = conversation_id "
            "WHERE messages.number = ? AND hidden_by IS NOT NULL",
            (number,),
        ).fetchone()
        if row is None:
            return
        id_, state, deleted_at = row
        if state != MessageState.STREAMING and deleted_at is None:
            self._index.remove_message(number)
        self._connection.execute("UPDATE messages SET parent_id = NULL WHERE parent_id = ?", (id_,))
        self._connection.execute("DELETE FROM messages WHERE number = ?", (number,))

    def mark_interrupted(self) -> tuple[str, ...]:
        """Mark all streaming messages as interrupted, at startup after the program was killed. Return their ids."""
        rows = self._connection.execute(
            "SELECT number, id FROM messages WHERE state = 'streaming' AND deleted_at IS NULL"
        ).fetchall()
        self._connection.execute("UPDATE messages SET state = ? WHERE state = 'streaming'", (MessageState.INTERRUPTED,))
        for number, _ in rows:
            self._index.add_message(number)
        return tuple(id_ for _, id_ in rows)

    def add_in_place_of(self, old_id: str, message: Message) -> Message:
        """Add a message and move the children of an old one to it, except those in the trash. See `add`."""
        added = self.add(message)
        self._connection.execute(
            "UPDATE messages SET parent_id = ? WHERE parent_id = ? AND deleted_at IS NULL", (added.id, old_id)
        )
        return added

    def remember_leaf(self, message_id: str, leaf_id: str) -> None:
        """Store the last shown descendant of a message, for returning to it."""
        self._connection.execute("UPDATE messages SET leaf_id = ? WHERE id = ?", (leaf_id, message_id))

    def leaf_of(self, message_id: str) -> str | None:
        """Return the descendant stored with `remember_leaf`. It may no longer exist, or be elsewhere in the tree."""
        row = self._connection.execute("SELECT leaf_id FROM messages WHERE id = ?", (message_id,)).fetchone()
        return row[0] if row else None

    def _streaming_number(self, message_id: str) -> int | None:
        row = self._connection.execute(
            "SELECT number FROM messages WHERE id = ? AND state = 'streaming' AND deleted_at IS NULL", (message_id,)
        ).fetchone()
        return row[0] if row else None

    def _values(self, message: Message) -> tuple[object, ...]:
        """Return the values of `_INSERT` after the number."""
        return (
            message.id,
            message.conversation_id,
            message.parent_id,
            message.sequence,
            message.role,
            message.state,
            to_time(message.created_at),
            *to_model(message.model),
            to_usage(message.usage),
            message.finish,
            to_failure(message.failure),
            self._save_instructions(message.instructions),
        )

    def _write_parts(self, number: int, parts: Iterable[Part]) -> None:
        rows = to_rows(parts)
        stored = {
            PartRow(*row)
            for row in self._connection.execute(
                "SELECT position, segment, kind, text, metadata FROM parts WHERE message_number = ?", (number,)
            )
        }
        self._connection.executemany(
            f"{_INSERT_PART} "
            "ON CONFLICT (message_number, position, segment) "
            "DO UPDATE SET kind = excluded.kind, text = excluded.text, metadata = excluded.metadata",
            ((number, *row) for row in rows if row not in stored),
        )
        left_over = {row[:2] for row in stored} - {row[:2] for row in rows}
        self._connection.executemany(
            "DELETE FROM parts WHERE message_number = ? AND position = ? AND segment = ?",
            ((number, *key) for key in left_over),
        )

    def _read(self, condition: str, *values: object) -> tuple[Message, ...]:
        return tuple(message for _, message in self._read_numbered(condition, *values))

    def _read_numbered(self, condition: str, *values: object) -> Iterator[tuple[int, Message]]:
        """Yield messages with their row numbers, ordered by sequence."""
        parts: dict[int, list[PartRow]] = {}
        for number, *row in self._connection.execute(
            "SELECT message_number, position, segment, kind, text, metadata FROM messages "  # noqa: S608 - fixed strings
            f"JOIN parts ON message_number = number WHERE {condition} ORDER BY message_number, position, segment",
            values,
        ):
            parts.setdefault(number, []).append(PartRow(*row))
        rows = self._connection.execute(
            "SELECT number, id, conversation_id, parent_id, sequence, role, state, created_at, server_id, model_id, usage, "  # noqa: S608
            f"finish, failure, given_key FROM messages WHERE {condition} ORDER BY sequence",
            values,
        )
        instructions = self._read_instructions(condition, *values)
        return ((row[0], _message(row, parts.get(row[0], []), instructions)) for row in rows)

    def _save_instructions(self, instructions: SentInstructions | None) -> str | None:
        """Store instructions unless they are stored already, and return their key."""
        if instructions is None:
            return None
        key, record = instructions.key, to_text(instruction_records.to_json(instructions))
        self._connection.execute("INSERT OR IGNORE INTO given_instructions (key, parts) VALUES (?, ?)", (key, record))
        return key

    def _read_instructions(self, condition: str, *values: object) -> Mapping[str, SentInstructions]:
        """Return the instructions of some messages by their key. Messages with equal instructions share one value."""
        rows = self._connection.execute(
            "SELECT key, parts FROM given_instructions "  # noqa: S608 - fixed strings
            f"WHERE key IN (SELECT given_key FROM messages WHERE {condition})",
            values,
        )
        found = ((key, instruction_records.from_json(record)) for key, record in rows)
        return {key: instructions for key, instructions in found if instructions is not None}

    def forget_unused_instructions(self) -> None:
        """Remove the instructions that no message refers to any more."""
        self._connection.execute(
            "DELETE FROM given_instructions WHERE NOT EXISTS (SELECT 1 FROM messages WHERE given_key = key)"
        )


_Row = tuple[
    int,
    str,
    str,
    str | None,
    int,
    str,
    str,
    str,
    str | None,
    str | None,
    str | None,
    str | None,
    str | None,
    str | None,
]


def _message(row: _Row, parts: list[PartRow], instructions: Mapping[str, SentInstructions]) -> Message:
    (
        _,
        id_,
        conversation_id,
        parent_id,
        sequence,
        role,
        state,
        created_at,
        server_id,
        model_id,
        usage,
        finish,
        failure,
        instructions_key,
    ) = row
    return Message(
        id=id_,
        conversation_id=conversation_id,
        parent_id=parent_id,
        sequence=whole(sequence),
        role=from_word(Role, role, unknown=Role.ASSISTANT),
        parts=from_rows(parts),
        state=from_word(MessageState, state, unknown=MessageState.COMPLETE),
        created_at=from_time(created_at),
        model=from_model(server_id, model_id),
        usage=from_usage(usage),
        finish=from_word(FinishReason, finish, unknown=FinishReason.OTHER) if finish is not None else None,
        failure=from_failure(failure),
        instructions=instructions.get(instructions_key) if instructions_key else None,
    )
