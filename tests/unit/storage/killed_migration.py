"""Run as a program: migrates copies of a database, each killed before one statement later than the last; prints how many died."""

import os
import shutil
import signal
import sqlite3
import sys
from itertools import count
from pathlib import Path

from chatdesk.storage.database.connection import open_connection
from chatdesk.storage.database.migrator import migrate
from chatdesk.storage.migrations import MIGRATIONS


def _add_a_column(connection: sqlite3.Connection) -> None:
    connection.execute("ALTER TABLE conversations ADD COLUMN colour TEXT")
    connection.execute("UPDATE conversations SET colour = 'red'")


def _rebuild_messages(connection: sqlite3.Connection) -> None:
    (made_by,) = connection.execute("SELECT sql FROM sqlite_schema WHERE name = 'messages'").fetchone()
    connection.execute(made_by.replace("TABLE messages", "TABLE rebuilt", 1))
    connection.execute("INSERT INTO rebuilt SELECT * FROM messages")
    connection.execute("DROP TABLE messages")
    connection.execute("ALTER TABLE rebuilt RENAME TO messages")


def _migrate_and_die(path: Path, statement: int) -> None:
    connection = open_connection(path)
    statements = count()

    def kill(_: str) -> None:
        if next(statements) == statement:
            os.kill(os.getpid(), signal.SIGKILL)

    connection.set_trace_callback(kill)
    migrate(connection, (*MIGRATIONS, _add_a_column, _rebuild_messages), path.parent / "backups")
    connection.set_trace_callback(None)


def main(original: Path, folder: Path) -> None:
    folder.mkdir()
    for statement in count():
        path = folder / f"{statement}.sqlite3"
        shutil.copy(original, path)
        child = os.fork()
        if child == 0:
            _migrate_and_die(path, statement)
            os._exit(0)
        _, status = os.waitpid(child, 0)
        if os.WIFEXITED(status):
            sys.stdout.write(str(statement))
            sys.exit(os.WEXITSTATUS(status))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
