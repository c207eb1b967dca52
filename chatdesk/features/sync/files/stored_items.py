"""Items of which the log stores only where they are: their content is read when they are sent."""

from hashlib import sha256

from chatdesk.features.sync.domain.operations import Field
from chatdesk.features.sync.domain.preset_merging import text_digest
from chatdesk.features.sync.files.records import MAX_EARLIER_VERSIONS, to_json, value_of
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
    place, made_at, files = row
    value = {"message": message_id, "place": place, "made_at": from_time(made_at).isoformat(), **from_json(files)}
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


def own_version_id(value: object) -> str:
    """Return the id of an edited version, computed from its content: it is the same on all computers."""
    return sha256(to_json(value).encode()).hexdigest()[:32]
