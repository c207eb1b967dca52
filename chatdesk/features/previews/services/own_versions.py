"""Keeps what people make of code in answers.

Which versions of a thing there are altogether is told by `features/previews/domain/versions.py`.
"""

from chatdesk.features.previews.domain.own_version import OwnVersion
from chatdesk.features.previews.services.own_version_repository import OwnVersionRepository
from chatdesk.storage.database.database import Database


class OwnVersions:
    """Every method raises a `StorageError`. What was handed over is done, awaited or not."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def of_conversation(self, conversation_id: str) -> tuple[OwnVersion, ...]:
        """Return all of a chat's, oldest first."""
        return await self._database.run(
            lambda connection: OwnVersionRepository(connection).of_conversation(conversation_id)
        )

    async def add(self, version: OwnVersion) -> bool:
        """Keep one. Returns whether it is kept: its message may be gone."""
        return await self._database.run(lambda connection: OwnVersionRepository(connection).add(version))

    async def remove(self, version: OwnVersion) -> None:
        """Forget one."""
        message_id, number = version.message_id, version.number
        await self._database.run(lambda connection: OwnVersionRepository(connection).remove(message_id, number))
