"""Run as a program: switches synchronisation on and records everything in short transactions, and writes a line after each."""

import sys
from contextlib import closing
from pathlib import Path

from chatdesk.storage.database.connection import open_connection
from tests.unit.features.sync.computer import Computer


def main(database: Path) -> None:
    with closing(open_connection(database)) as connection:
        computer = Computer(1, connection)
        computer.begin()
        more = True
        while more:
            sys.stdout.write("done\n")
            sys.stdout.flush()
            with computer.transaction():
                more = computer.log.record_some()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
