"""A look at the database file before it is opened for writing: what must not be touched is not touched."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from chatdesk.domain.errors import DatabaseDamaged, DatabaseNewer, DatabaseUnavailable

APPLICATION_ID = 0x43684474
"""`ChDt`, in the file's header: tells our database from any other program's."""

_HEADER_SIZE = 100
_MAGIC = b"SQLite format 3\x00"


@dataclass(frozen=True, slots=True)
class _Header:
    """What the first 100 bytes tell (sqlite.org/fileformat.html, 1.3)."""

    pages: int
    version: int
    application_id: int


def inspect(path: Path, *, expected: bool, newest: int) -> None:
    """Return if `path` may be opened, or made where nothing is expected. Raises `OSError` and `sqlite3.Error`, too.

    - `DatabaseUnavailable`: one is `expected` and there is none.
    - `DatabaseDamaged`: it is empty though one is expected, no database, another program's, or its pages are broken. Pages are
      checked only if the last run did not close the file, as that takes seconds for gigabytes; `Database.check` does it at any time.
    - `DatabaseNewer`: its version is above `newest`.
    """
    if not path.exists():
        if expected:
            raise DatabaseUnavailable(path=str(path), reason="missing")
        return
    log = path.with_name(f"{path.name}-wal")
    has_log = log.exists() and log.stat().st_size > 0
    if path.stat().st_size == 0:
        if expected or has_log:
            raise DatabaseDamaged(path=str(path), reason="empty")
        return
    header = _read_through_log(path) if has_log else _read_header(path)
    if header.version > newest:
        raise DatabaseNewer(path=str(path), found=header.version, known=newest)
    if header.version == 0 and header.pages <= 1 and not expected:
        return  # the very first start was cut off
    if header.application_id != APPLICATION_ID:
        raise DatabaseDamaged(path=str(path), reason="not a Chatdesk database")
    if has_log:
        with _reader(path) as connection:
            check_pages(connection, path)


def check_pages(connection: sqlite3.Connection, path: Path) -> None:
    """Raise `DatabaseDamaged` if SQLite finds a broken page."""
    (finding,) = connection.execute("PRAGMA quick_check(1)").fetchone()
    if finding != "ok":
        raise DatabaseDamaged(path=str(path), reason=finding)


def _read_header(path: Path) -> _Header:
    with path.open("rb") as file:
        header = file.read(_HEADER_SIZE)
    if len(header) < _HEADER_SIZE or not header.startswith(_MAGIC):
        raise DatabaseDamaged(path=str(path), reason="not a database")
    return _Header(
        pages=int.from_bytes(header[28:32], "big"),
        version=int.from_bytes(header[60:64], "big"),
        application_id=int.from_bytes(header[68:72], "big"),
    )


def _read_through_log(path: Path) -> _Header:
    """Return the header as it is once the log a crash left behind is counted in."""
    with _reader(path) as connection:
        pages, version, application_id = (
            connection.execute(f"PRAGMA {name}").fetchone()[0]
            for name in ("page_count", "user_version", "application_id")
        )
    return _Header(pages, version, application_id)


@contextmanager
def _reader(path: Path) -> Iterator[sqlite3.Connection]:
    # Only a connection that cannot write leaves the log unmerged when it closes.
    with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, isolation_level=None)) as connection:
        yield connection
