"""Database repository for usage data and versions of presets."""

from datetime import datetime

from chatdesk.features.presets.domain.preset_state import PresetState, PresetVersion
from chatdesk.storage.database.connection import Connection
from chatdesk.storage.database.stored_values import (
    MAX_ORDER_VALUE,
    from_json,
    from_time,
    real,
    to_json,
    to_text,
    to_time,
    whole,
)

MAX_VERSIONS = 200
"""Maximum number of versions per preset; the oldest are deleted."""


class PresetRepository:
    """Works within the transaction of the caller."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def states(self) -> dict[str, PresetState]:
        """Return the usage data by preset key."""
        rows = self._connection.execute(
            "SELECT key, favourite, uses, last_used, position, filled FROM preset_states WHERE key IS NOT NULL"
        )
        return {
            key: PresetState(
                bool(favourite),
                whole(uses),
                from_time(used) if used else None,
                None if position is None else real(position),
                _values(filled),
            )
            for key, favourite, uses, used, position, filled in rows
        }

    def remember(self, key: str, state: PresetState) -> None:
        """Replace the usage data of a preset."""
        self._connection.execute(
            "INSERT OR REPLACE INTO preset_states (key, favourite, uses, last_used, position, filled) VALUES (?, ?, ?, ?, ?, ?)",
            (
                to_text(key),
                state.favourite,
                state.uses,
                to_time(state.last_used) if state.last_used else None,
                state.position,
                to_json(dict(state.values)),
            ),
        )

    def versions(self, preset_id: str) -> tuple[PresetVersion, ...]:
        """Return the versions of a user preset, oldest first."""
        rows = self._connection.execute(
            "SELECT number, saved_at, text FROM preset_versions WHERE preset_id = ? ORDER BY number", (preset_id,)
        )
        return tuple(PresetVersion(whole(number), from_time(saved_at), text) for number, saved_at, text in rows)

    def add_version(self, preset_id: str, text: str, saved_at: datetime) -> int:
        """Add a version unless the newest one has the same text. Returns the number of the newest version."""
        row = self._connection.execute(
            "SELECT number, text FROM preset_versions WHERE preset_id = ? AND number < ? ORDER BY number DESC LIMIT 1",
            (preset_id, MAX_ORDER_VALUE),
        ).fetchone()
        text = to_text(text)
        if row and row[1] == text:
            return int(row[0])
        number = row[0] + 1 if row else 1
        self._connection.execute(
            "INSERT INTO preset_versions (preset_id, number, saved_at, text) VALUES (?, ?, ?, ?)",
            (preset_id, number, to_time(saved_at), text),
        )
        self._connection.execute(
            "DELETE FROM preset_versions WHERE preset_id = ? AND number <= ?", (preset_id, number - MAX_VERSIONS)
        )
        return number

    def move(self, old_id: str, new_id: str) -> None:
        """Reassign the versions of a preset whose file was renamed."""
        self._connection.execute(
            "UPDATE OR IGNORE preset_versions SET preset_id = ? WHERE preset_id = ?", (new_id, old_id)
        )


def _values(text: str) -> dict[str, str]:
    return {name: value for name, value in from_json(text).items() if isinstance(value, str)}
