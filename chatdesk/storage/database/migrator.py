"""Migration of the database: a backup, then all missing steps in one transaction. The steps are in `migrations/`."""

import sqlite3
from collections.abc import Callable, Sequence
from pathlib import Path

from chatdesk.kernel.errors.storage_errors import DatabaseDamaged
from chatdesk.storage.database.background import Report, ignore_progress
from chatdesk.storage.recovery.backup import back_up

Migration = Callable[[sqlite3.Connection], None]

NEWEST = 24
"""Number of steps (tests/unit/storage/database/test_migrator.py). If the database is up to date, no step has to be imported."""

_BACKUP_SHARE = 0.5
"""Share of the backup in the total progress."""

_PROTECTED_TABLES = ("conversations", "messages")


def bring_up_to_date(connection: sqlite3.Connection, backups: Path, report: Report = ignore_progress) -> None:
    """Run all missing steps. Raises the same errors as `migrate`."""
    if _version(connection) != NEWEST:
        from chatdesk.storage.migrations import MIGRATIONS  # noqa: PLC0415 - start-up time: rarely needed

        migrate(connection, MIGRATIONS, backups, report)


def migrate(
    connection: sqlite3.Connection, migrations: Sequence[Migration], backups: Path, report: Report = ignore_progress
) -> None:
    """Run the missing steps; `user_version` is the number of completed ones. `report` receives the progress and must not raise.

    After a crash, the database has either the old or the new version. Raise `DatabaseDamaged` without any change if a step would lose rows
    or leave dangling references, and `StorageError` if no backup can be created, because nothing is changed without one.
    """
    version = _version(connection)
    if version == len(migrations):
        return
    if version > 0:
        back_up(connection, backups, "before-migration", report=lambda share: report(_BACKUP_SHARE * share))
    connection.execute(
        "PRAGMA foreign_keys = OFF"
    )  # has no effect within a transaction; needed because a table may have to be rebuilt
    try:
        connection.execute("BEGIN EXCLUSIVE")
        before = _counts(connection)
        steps = migrations[_version(connection) :]
        for done, (number, migration) in enumerate(enumerate(steps, start=_version(connection) + 1)):
            report(_BACKUP_SHARE + (1 - _BACKUP_SHARE) * done / len(steps))
            migration(connection)
            connection.execute(f"PRAGMA user_version = {number}")
        _check_for_losses(connection, before)
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
        table: connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]  # noqa: S608 - fixed names
        for table in _PROTECTED_TABLES
        if table in tables
    }


def _check_for_losses(connection: sqlite3.Connection, before: dict[str, int]) -> None:
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
