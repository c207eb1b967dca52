"""Brings a database up to date: a copy first, then all steps in one transaction. The steps: `migrations/`."""

import sqlite3
from collections.abc import Callable, Sequence
from pathlib import Path

from chatdesk.kernel.errors.storage_errors import DatabaseDamaged
from chatdesk.storage.database.background import Report, ignore_progress
from chatdesk.storage.recovery.backup import back_up

Migration = Callable[[sqlite3.Connection], None]

NEWEST = 14
"""How many steps there are (tests/unit/storage/database/test_migrator.py): a start whose database has had them all loads none of them."""

_COPYING = 0.5
"""The share of the work that the copy before it is."""

_NEVER_LOST = ("conversations", "messages")


def bring_up_to_date(connection: sqlite3.Connection, backups: Path, report: Report = ignore_progress) -> None:
    """Run today's steps where they are missing. Raises as `migrate` does."""
    if _version(connection) != NEWEST:
        from chatdesk.storage.migrations import MIGRATIONS  # noqa: PLC0415 - start-up time: seldom needed

        migrate(connection, MIGRATIONS, backups, report)


def migrate(
    connection: sqlite3.Connection, migrations: Sequence[Migration], backups: Path, report: Report = ignore_progress
) -> None:
    """Run the steps the database has not had; `user_version` is how many it had. `report` is told how far it is, and must raise nothing.

    A crash leaves the old version or the new one, never one between. Raises `DatabaseDamaged`, with nothing changed, if a step
    would lose rows or leave one pointing nowhere; `StorageError` if no copy can be made, as nothing is changed without one.
    """
    version = _version(connection)
    if version == len(migrations):
        return
    if version > 0:
        back_up(connection, backups, "before-migration", report=lambda share: report(_COPYING * share))
    connection.execute(
        "PRAGMA foreign_keys = OFF"
    )  # has no effect in a transaction, and a table may have to be rebuilt
    try:
        connection.execute("BEGIN EXCLUSIVE")
        before = _counts(connection)
        steps = migrations[_version(connection) :]
        for done, (number, migration) in enumerate(enumerate(steps, start=_version(connection) + 1)):
            report(_COPYING + (1 - _COPYING) * done / len(steps))
            migration(connection)
            connection.execute(f"PRAGMA user_version = {number}")
        _refuse_losses(connection, before)
        connection.execute("COMMIT")
    finally:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        connection.execute("PRAGMA foreign_keys = ON")


def _version(connection: sqlite3.Connection) -> int:
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    return int(version)


def _counts(connection: sqlite3.Connection) -> dict[str, int]:
    tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")}
    return {
        table: connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]  # noqa: S608 - our own names
        for table in _NEVER_LOST
        if table in tables
    }


def _refuse_losses(connection: sqlite3.Connection, before: dict[str, int]) -> None:
    after = _counts(connection)
    lost = [table for table, count in before.items() if after.get(table) != count]
    if lost:
        raise DatabaseDamaged(
            path=_path(connection), reason=f"the migration would change the number of {', '.join(lost)}"
        )
    dangling = connection.execute("PRAGMA foreign_key_check").fetchone()
    if dangling:
        raise DatabaseDamaged(
            path=_path(connection), reason=f"the migration would leave a row of {dangling[0]} pointing nowhere"
        )


def _path(connection: sqlite3.Connection) -> str:
    (_, _, path) = connection.execute("PRAGMA database_list").fetchone()
    return str(path)
