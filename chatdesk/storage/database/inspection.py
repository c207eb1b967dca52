"""Inspection of the database file before it is opened for writing, so that a file that must not be changed stays unchanged."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from chatdesk.kernel.errors.storage_errors import DatabaseDamaged, DatabaseMissing, DatabaseNewer, FolderInPlaceOfFile
from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.kernel.text.regular_file import read_beginning
from chatdesk.storage.database.background import Report, ignore_progress

APPLICATION_ID = 0x43684474
"""`ChDt` in the file header, which identifies our database."""

_HEADER_SIZE = 100
_STEPS_BETWEEN_REPORTS = 50_000
"""Steps of SQLite's virtual machine during a check: about 10 ms."""

_MAGIC = b"SQLite format 3\x00"


@dataclass(frozen=True, slots=True)
class _Header:
    """Values in the first 100 bytes (sqlite.org/fileformat.html, 1.3)."""

    pages: int
    version: int
    application_id: int


def inspect(path: Path, *, expected: bool, newest: int, suspect: bool = False) -> None:
    """Return normally if `path` may be opened, or created if none is expected. Also raises `OSError` and `sqlite3.Error`.

    * `DatabaseMissing`: one is `expected` but does not exist.
    * `DatabaseDamaged`: it is empty though one is expected, is not a database or another program's, or has broken pages. Pages are checked
      only if it is `suspect` or was not closed by the last run, because that takes seconds for gigabytes; `Database.check` does it at any
      time.
    * `DatabaseNewer`: its version is above `newest`.
    * `FolderInPlaceOfFile`: it is a folder.
    """
    if path.is_dir():
        raise FolderInPlaceOfFile(path=str(path))
    if not path.exists():
        if expected:
            raise DatabaseMissing(path=str(path))
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
        return  # the very first start was interrupted
    if header.application_id != APPLICATION_ID:
        raise DatabaseDamaged(path=str(path), reason="not a Chatdesk database")
    if has_log or suspect:
        with reader(path) as connection:
            check_pages(connection, path)


def check_pages(connection: sqlite3.Connection, path: Path, report: Report = ignore_progress) -> None:
    """Raise `DatabaseDamaged` if SQLite finds a broken page. `report` receives no progress but can end the check."""
    ended: list[BaseException] = []

    def report_progress() -> int:
        try:
            report(0.0)
        except BaseException as error:  # noqa: BLE001 - raised again below: SQLite would swallow it
            ended.append(error)
        return len(ended)

    connection.set_progress_handler(report_progress, _STEPS_BETWEEN_REPORTS)
    try:
        (finding,) = connection.execute("PRAGMA quick_check(1)").fetchone()
    except sqlite3.OperationalError:
        if ended:
            raise ended[0] from None
        raise
    finally:
        connection.set_progress_handler(None, 0)
    if finding != "ok":
        raise DatabaseDamaged(path=str(path), reason=finding)


def _read_header(path: Path) -> _Header:
    header = read_beginning(path, _HEADER_SIZE)
    if len(header) < _HEADER_SIZE or not header.startswith(_MAGIC):
        raise DatabaseDamaged(path=str(path), reason="not a database")
    return _Header(
        pages=int.from_bytes(header[28:32], "big"),
        version=int.from_bytes(header[60:64], "big"),
        application_id=int.from_bytes(header[68:72], "big"),
    )


def _read_through_log(path: Path) -> _Header:
    """Return the header including the changes in the log that a crash left behind."""
    with reader(path) as connection:
        pages, version, application_id = (
            connection.execute(f"PRAGMA {name}").fetchone()[0]
            for name in ("page_count", "user_version", "application_id")
        )
    return _Header(pages, version, application_id)


@contextmanager
def reader(path: Path, *, log: bool = True) -> Iterator[sqlite3.Connection]:
    """Open the file read-only; without `log`, ignore its log. Raise `sqlite3.Error`.

    Only a read-only connection leaves the log unmerged when it closes.
    """
    uri = f"{path.absolute().as_uri()}?mode=ro{'' if log else '&immutable=1'}"
    with closing(sqlite3.connect(uri, uri=True, isolation_level=None)) as connection:
        connection.execute("PRAGMA trusted_schema = OFF")
        connection.execute("PRAGMA mmap_size = 0")
        yield connection
