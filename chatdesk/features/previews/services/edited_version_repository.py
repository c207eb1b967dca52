"""Storage of the versions of generated code that the user edited.

`features/previews/domain/version_matching.py` combines them with the versions in answers.
"""

from chatdesk.features.previews.domain.edited_version import EditedFile, EditedVersion
from chatdesk.storage.database.connection import Connection
from chatdesk.storage.database.database import Database
from chatdesk.storage.database.stored_values import from_json, from_time, to_json, to_text, to_time, whole


class EditedVersionRepository:
    """Reads and writes edited versions within the transaction of the caller."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def of_conversation(self, conversation_id: str) -> tuple[EditedVersion, ...]:
        """Return all edited versions of a chat, oldest first. Unreadable rows are skipped."""
        rows = self._connection.execute(
            "SELECT id, own_versions.number, place, made_at, files, restored FROM own_versions "
            "JOIN messages ON messages.number = message_number WHERE conversation_id = ? ORDER BY made_at, own_versions.number",
            (conversation_id,),
        )
        found = (
            EditedVersion(id_, whole(number), whole(place), from_time(made_at), _files(files), whole(restored))
            for id_, number, place, made_at, files, restored in rows
        )
        return tuple(version for version in found if version.files)

    def add(self, version: EditedVersion) -> bool:
        """Store a version. Returns False if its message no longer exists or its number is taken."""
        files = to_json({"files": [{"name": to_text(file.name), "text": to_text(file.text)} for file in version.files]})
        created = to_time(version.made_at)
        cursor = self._connection.execute(
            "INSERT OR IGNORE INTO own_versions (message_number, number, place, made_at, restored, files) "
            "SELECT number, ?, ?, ?, ?, ? FROM messages WHERE id = ?",
            (version.number, version.place, created, version.restored, files, version.message_id),
        )
        return cursor.rowcount == 1

    def remove(self, message_id: str, number: int) -> None:
        """Delete a version."""
        self._connection.execute(
            "DELETE FROM own_versions WHERE number = ? AND message_number = (SELECT number FROM messages WHERE id = ?)",
            (number, message_id),
        )


def _files(text: str) -> tuple[EditedFile, ...]:
    files = from_json(text).get("files")
    entries = [entry for entry in files if isinstance(entry, dict)] if isinstance(files, list) else []
    pairs = ((entry.get("name"), entry.get("text")) for entry in entries)
    return tuple(EditedFile(name, code) for name, code in pairs if isinstance(name, str) and isinstance(code, str))


class EditedVersions:
    """Every method raises `StorageError`. A call takes effect even if it is not awaited."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def of_conversation(self, conversation_id: str) -> tuple[EditedVersion, ...]:
        """Return all edited versions of a chat, oldest first."""
        return await self._database.run(
            lambda connection: EditedVersionRepository(connection).of_conversation(conversation_id)
        )

    async def add(self, version: EditedVersion) -> bool:
        """Store a version. Returns False if its message no longer exists."""
        return await self._database.run(lambda connection: EditedVersionRepository(connection).add(version))

    async def remove(self, version: EditedVersion) -> None:
        """Delete a version."""
        message_id, number = version.message_id, version.number
        await self._database.run(lambda connection: EditedVersionRepository(connection).remove(message_id, number))
