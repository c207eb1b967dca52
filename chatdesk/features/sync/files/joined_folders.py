"""Folders that were joined with an older one of the same name: their chats are in that one, on all computers."""

from chatdesk.features.sync.files.records import stored_json
from chatdesk.storage.database.connection import Connection


def joined_with(connection: Connection, folder_id: str) -> str:
    """Return the folder that replaces this one; itself if it was not joined. Cycles, which only a forged file has, end it."""
    followed = [folder_id]
    while True:
        row = connection.execute(
            "SELECT value FROM sync_fields WHERE kind = 'folder' AND id = ? AND field = 'joined'", (followed[-1],)
        ).fetchone()
        target = stored_json(row[0]) if row else None
        if not isinstance(target, str):
            return followed[-1]
        if target in followed:
            return min(followed[followed.index(target) :])
        followed.append(target)
