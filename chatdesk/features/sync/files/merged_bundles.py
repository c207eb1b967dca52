"""Which bundles were merged completely, by computer and number. Bundles of this computer are among them."""

from chatdesk.storage.database.connection import Connection


def merged_bundles(connection: Connection) -> frozenset[tuple[str, int]]:
    """Return the bundles that need not be read again."""
    return frozenset(connection.execute("SELECT machine, number FROM sync_bundles").fetchall())


def mark_merged(connection: Connection, machine: str, number: int) -> None:
    """Note that a bundle was merged completely."""
    connection.execute("INSERT OR IGNORE INTO sync_bundles (machine, number) VALUES (?, ?)", (machine, number))


def forget_merged(connection: Connection) -> None:
    """Let all bundles be read again."""
    connection.execute("DELETE FROM sync_bundles")
