"""Items of which the log stores only where they are: their content is read when they are sent."""

from datetime import datetime
from hashlib import sha256

from chatdesk.features.sync.domain.operations import Field
from chatdesk.features.sync.domain.preset_merging import text_digest
from chatdesk.features.sync.files.records import MAX_EARLIER_VERSIONS, to_json, value_of
from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.storage.database.connection import Connection
from chatdesk.storage.database.stored_values import from_json, from_time


def stored_version(connection: Connection, message_id: str, number: int) -> dict[str, object] | None:
    """Return an edited version of generated code as the value of an operation; None if there is none, or it is damaged."""
    row = connection.execute(
        "SELECT place, made_at, files FROM own_versions WHERE number = ? "
        "AND message_number = (SELECT number FROM messages WHERE id = ?)",
        (number, message_id),
    ).fetchone()
    if row is None:
        return None
    position, made_at, files = row
    value = {"message": message_id, "place": position, "made_at": from_time(made_at).isoformat(), **from_json(files)}
    try:
        known = value_of(Field.CONTENT, value)
    except ValueError:
        return None
    return known if isinstance(known, dict) else None


def stored_preset(connection: Connection, preset_id: str) -> dict[str, object] | None:
    """Return the newest version of a preset as the value of an operation; None if there is none."""
    rows = connection.execute(
        "SELECT text FROM preset_versions WHERE preset_id = ? ORDER BY number DESC LIMIT ?",
        (preset_id, MAX_EARLIER_VERSIONS + 1),
    ).fetchall()
    if not rows:
        return None
    (text, *_), before = rows[0], [text_digest(earlier) for (earlier,) in rows[1:]]
    return {"text": text, "before": before}


@dataclass(frozen=True, slots=True)
class EditedVersionReference:
    """A reference to an edited version: its message, its number there, and when it was made."""

    message_id: str
    number: int
    made_at: datetime

    @property
    def stored_reference(self) -> dict[str, object]:
        """The message and the number, as the log stores them."""
        return {"message": self.message_id, "number": self.number}


def edited_versions_of(connection: Connection, message_number: object) -> list[tuple[str, EditedVersionReference]]:
    """Return the edited versions of a message, each with its id. Damaged ones are left out."""
    rows = connection.execute(
        "SELECT id, own_versions.number, made_at FROM own_versions JOIN messages ON messages.number = message_number "
        "WHERE message_number = CAST(? AS INTEGER)",
        (message_number,),
    ).fetchall()
    return [
        (edited_version_id(value), EditedVersionReference(message_id, number, from_time(made_at)))
        for message_id, number, made_at in rows
        if (value := stored_version(connection, message_id, number)) is not None
    ]


def remove_edited_version(connection: Connection, message_id: str, version_id: str) -> None:
    """Remove an edited version because another computer has, without noting that as a change of this computer."""
    for (message_number,) in connection.execute("SELECT number FROM messages WHERE id = ?", (message_id,)).fetchall():
        for id_, version in edited_versions_of(connection, message_number):
            if id_ == version_id:
                key = message_number, version.number
                connection.execute("DELETE FROM own_versions WHERE message_number = ? AND number = ?", key)
                connection.execute(
                    "DELETE FROM sync_pending WHERE kind = 'removed_version' AND id = ? || ' ' || ?", key
                )


def edited_version_id(value: object) -> str:
    """Return the id of an edited version, computed from its content: it is the same on all computers."""
    return sha256(to_json(value).encode()).hexdigest()[:32]
