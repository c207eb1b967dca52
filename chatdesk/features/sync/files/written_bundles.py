"""The bundles of this computer in the shared folder, and the repeated sending of what is in small ones.

A computer that writes a little every few minutes leaves many small bundles. What is in them is marked in the log (`IN_SMALL`). When there
are many, it is sent again together, without reading the bundles, which are deleted once all of it is written.
"""

from collections.abc import Iterable

from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.storage.database.connection import Connection
from chatdesk.storage.database.stored_values import whole

SENT, IN_SMALL = 1, 2
"""Values of `sent` in the log: for what was written or came from elsewhere, and for what is in a small bundle. 0 is not sent.

What is replaced by a later value from elsewhere stays `IN_SMALL`: the later value is then written again in its place.
"""
_SEND_AGAIN = (
    "UPDATE sync_fields SET sent = 0 WHERE rowid IN (SELECT rowid FROM sync_fields WHERE sent = 2 LIMIT ?)",
    "UPDATE sync_messages SET sent = 0 WHERE rowid IN (SELECT rowid FROM sync_messages WHERE sent = 2 LIMIT ?)",
)
_KEPT, _SMALL, _REPLACED = 0, 1, 2
"""States of a bundle: kept until everything is sent again; small; to be deleted once all changes are written."""
_ROWS = 1_000
"""Number of rows in a transaction, which take a few milliseconds."""


@dataclass(frozen=True, slots=True)
class WrittenBundles:
    """What is known of the bundles of this computer."""

    later: int
    """How many there are after the one with which everything was sent again last."""
    small: int
    """How many small ones there are."""
    replaced: tuple[int, ...]
    """The numbers of those whose content is sent again: they can be deleted when all changes are written."""


def written_bundles(first: int, complete: int, connection: Connection) -> WrittenBundles:
    """Return what is known of the bundles of this computer.

    `first` is the number of the first one that is still needed, `complete` that of the one with which everything was sent again last.
    """
    states = {whole(number): state for number, state in connection.execute("SELECT number, state FROM sync_written")}
    replaced = {number for number, state in states.items() if number < first or state == _REPLACED}
    needed = {number: state for number, state in states.items() if number not in replaced}
    later = sum(number > complete for number in needed)
    return WrittenBundles(later, list(needed.values()).count(_SMALL), tuple(sorted(replaced)))


def newest_written(connection: Connection) -> tuple[str, int]:
    """Return the id of this computer, and the number of its last bundle in the folder; 0 if none is known."""
    machine, number = connection.execute(
        "SELECT machine, (SELECT max(number) FROM sync_written) FROM sync_state"
    ).fetchone()
    return str(machine), whole(number)


def note_written(connection: Connection, number: int, *, is_small: bool) -> None:
    """Note that a bundle is in the folder."""
    state = _SMALL if is_small else _KEPT
    connection.execute("INSERT OR REPLACE INTO sync_written (number, state) VALUES (?, ?)", (number, state))


def send_small_again(connection: Connection) -> bool:
    """Mark some of what is in small bundles as not sent. Return whether there may be more.

    Otherwise these bundles count as replaced. After a crash before that, some changes are written twice, and the bundles are joined later.
    """
    for statement in _SEND_AGAIN:
        if connection.execute(statement, (_ROWS,)).rowcount:
            return True
    connection.execute("UPDATE sync_written SET state = ? WHERE state = ?", (_REPLACED, _SMALL))
    return False


def keep_all_written(connection: Connection) -> None:
    """Keep the bundles until everything is sent again, because the log no longer has all that is in the small ones."""
    connection.execute("UPDATE sync_written SET state = ?", (_KEPT,))


def forget_written(numbers: Iterable[int], connection: Connection) -> None:
    """Forget bundles that were deleted."""
    connection.executemany("DELETE FROM sync_written WHERE number = ?", [(number,) for number in numbers])


def forget_all_written(connection: Connection) -> None:
    """Forget all bundles: they are in another folder, or belong to another id of this computer."""
    connection.execute("DELETE FROM sync_written")
