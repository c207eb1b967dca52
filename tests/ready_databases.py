"""New databases are copies of one that was made by all migrations: 22 steps for each of thousands of tests take minutes.

`tests/unit/storage/database/test_migrator.py` compares both; what migrates an existing database runs the steps.
"""

import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from chatdesk.storage.database import database, unsaved_file
from chatdesk.storage.database.connection import open_connection
from chatdesk.storage.database.migrator import migrate
from chatdesk.storage.migrations import MIGRATIONS
from chatdesk.storage.recovery import replacement


def make_database(path: Path) -> None:
    """Make a database in a folder that exists, step by step."""
    with closing(open_connection(path)) as connection:
        migrate(connection, MIGRATIONS, path.parent / "backups")


@contextmanager
def ready_databases(folder: Path) -> Iterator[None]:
    """Let `Database.open` begin a missing file with a copy, which it reads as it reads one of an earlier start.

    What replaces a damaged file and what keeps unsaved text begins with a copy as well.
    """
    ready, tables = folder / "ready.sqlite3", folder / "tables.sqlite3"
    make_database(ready)
    replacement.make_tables(tables)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(database, "create_private_file", _copier(ready, database.create_private_file))
        for module in (replacement, unsaved_file):
            patch.setattr(module, "create_tables", _filler(tables))
        yield


def _copier(ready: Path, create: Callable[[Path], None]) -> Callable[[Path], None]:
    def create_or_copy(path: Path) -> None:
        is_new = not os.path.lexists(path)
        create(path)
        if is_new:
            shutil.copyfile(ready, path)

    return create_or_copy


def _filler(tables: Path) -> Callable[[sqlite3.Connection], None]:
    def fill(connection: sqlite3.Connection) -> None:
        with closing(sqlite3.connect(tables)) as source:
            source.backup(connection)

    return fill


def tables_in_memory() -> bytes:
    """Return today's tables, to be deserialized into a database in memory."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        connection.execute("PRAGMA foreign_keys = ON")
        for migration in MIGRATIONS:
            migration(connection)
        return connection.serialize()
