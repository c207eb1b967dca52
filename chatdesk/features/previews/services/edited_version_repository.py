"""Storage of the versions of generated code that the user edited.

`features/previews/domain/version_matching.py` combines them with the versions in answers.
"""

from chatdesk.features.previews.domain.edited_version import EditedFile, EditedVersion
from chatdesk.storage.database.connection import Connection
from chatdesk.storage.database.database import Database
from chatdesk.storage.database.stored_values import (
    MAX_ORDER_VALUE,
    from_json,
    from_time,
    to_json,
    to_text,
    to_time,
    whole,
)


class EditedVersionRepository:
    """Reads and writes edited versions within the transaction of the caller."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def of_conversation(self, conversation_id: str) -> tuple[EditedVersion, ...]:
        """Return all edited versions of a chat, oldest first. Unreadable rows are skipped."""
        return self._of("conversation_id = ?", conversation_id)

    def _of(self, condition: str, value: str) -> tuple[EditedVersion, ...]:
        rows = self._connection.execute(
            "SELECT id, own_versions.number, place, made_at, files, restored FROM own_versions "  # noqa: S608 - fixed conditions
            f"JOIN messages ON messages.number = message_number WHERE {condition} ORDER BY made_at, own_versions.number",
            (value,),
        )
        found = (
            EditedVersion(id_, whole(number), whole(position), from_time(made_at), _files(files), whole(restored))
            for id_, number, position, made_at, files, restored in rows
        )
        return tuple(version for version in found if version.files)

    def add(self, version: EditedVersion) -> bool:
        """Store a version. Returns False if its message no longer exists.

        If its number was taken meanwhile, by a version of another computer, it gets the next free one.
        """
        cursor = self._connection.execute(
            "INSERT INTO own_versions (message_number, number, place, made_at, restored, files) "
            "SELECT number, CASE WHEN :number IN (SELECT number FROM own_versions WHERE message_number = messages.number) "
            "THEN (SELECT max(number) + 1 FROM own_versions WHERE message_number = messages.number AND number <= :largest) "
            "ELSE :number END, "
            ":place, :made_at, :restored, :files FROM messages WHERE id = :message",
            {
                "number": version.number,
                "place": version.position,
                "made_at": to_time(version.made_at),
                "restored": version.restored,
                "files": _files_text(version),
                "largest": MAX_ORDER_VALUE - 1,
                "message": version.message_id,
            },
        )
        return cursor.rowcount == 1

    def remove(self, version: EditedVersion) -> None:
        """Delete a version. It is found by its content, because a version of another computer may have its number."""
        message_id = version.message_id
        files = _files(_files_text(version))  # as they are stored
        for stored in self._of("messages.id = ?", message_id):
            if (stored.position, stored.made_at, stored.files) == (version.position, version.made_at, files):
                self._connection.execute(
                    "DELETE FROM own_versions WHERE number = ? AND message_number = (SELECT number FROM messages WHERE id = ?)",
                    (stored.number, message_id),
                )


def _files_text(version: EditedVersion) -> str:
    return to_json({"files": [{"name": to_text(file.name), "text": to_text(file.text)} for file in version.files]})


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
        await self._database.run(lambda connection: EditedVersionRepository(connection).remove(version))
