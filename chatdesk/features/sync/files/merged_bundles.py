"""Which bundles were merged completely, by computer and number. Bundles of this computer are among them."""

from chatdesk.features.sync.files.written_bundles import newest_written
from chatdesk.storage.database.connection import Connection
from chatdesk.storage.database.stored_values import whole


def merged_bundles(connection: Connection) -> frozenset[tuple[str, int]]:
    """Return the bundles that need not be read again."""
    return frozenset(connection.execute("SELECT machine, number FROM sync_bundles").fetchall())


def newest_bundles(connection: Connection) -> dict[str, int]:
    """Return the largest number of a bundle that was merged or written, by computer."""
    merged = connection.execute("SELECT machine, max(number) FROM sync_bundles GROUP BY machine").fetchall()
    own, written = newest_written(connection)
    newest = {machine: whole(number) for machine, number in merged}
    return newest | ({own: max(written, newest.get(own, 0))} if written else {})


def mark_merged(connection: Connection, machine: str, number: int) -> None:
    """Note that a bundle was merged completely."""
    connection.execute("INSERT OR IGNORE INTO sync_bundles (machine, number) VALUES (?, ?)", (machine, number))


def forget_merged(connection: Connection) -> None:
    """Let all bundles be read again."""
    connection.execute("DELETE FROM sync_bundles")
