"""Run as a program: merges the operations of a file into a database in short transactions, and writes a line after each."""

import json
import sys
from contextlib import closing
from pathlib import Path

from chatdesk.features.sync.files.merging import Merging
from chatdesk.features.sync.files.records import operation_in
from chatdesk.storage.database.connection import open_connection

NOW = 1_793_491_200_000_000 // 1000
BATCH = 5


def main(database: Path, operations: Path) -> None:
    records = [operation_in(json.loads(line), NOW) for line in operations.read_text("utf-8").splitlines()]
    with closing(open_connection(database)) as connection:
        for start in range(0, len(records), BATCH):
            connection.execute("BEGIN IMMEDIATE")
            Merging(connection, lambda: NOW).merge(records[start : start + BATCH])
            connection.execute("COMMIT")
            sys.stdout.write("merged\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
