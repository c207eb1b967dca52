"""The log file: small, private, without secrets and without what people write. Crash handling is in app/."""

import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager
from io import TextIOWrapper
from logging.handlers import RotatingFileHandler
from pathlib import Path

from chatdesk.kernel.redaction import Redactor

# Log lines without secrets. What counts as one: kernel/redaction.py.


class RedactingFormatter(logging.Formatter):
    """Formats a log record and cleans the whole of it: a filter would miss the traceback, where keys show most often."""

    def __init__(self, layout: str, redactor: Redactor) -> None:
        super().__init__(layout)
        self._redactor = redactor

    def format(self, record: logging.LogRecord) -> str:
        """Return the record's text with its traceback, without secrets."""
        return self._redactor(super().format(record))


LOG_NAME = "chatdesk.log"
_LAYOUT = "%(asctime)s %(levelname)s %(name)s: %(message)s"
_LARGEST_FILE = 1_000_000
"""Bytes."""
_OLDER_FILES = 2
_TALKATIVE = ("httpx", "httpcore", "hpack", "keyring", "asyncio", "qasync", "markdown_it")
"""Below WARNING these tell addresses, headers or texts."""


@contextmanager
def log_file(folder: Path, redactor: Redactor, level: int = logging.WARNING) -> Iterator[Path]:
    """Write all log records from `level` up to a file in `folder` until the end; the file is made by the first one."""
    path = folder / LOG_NAME
    handler = _PrivateRotatingFile(path)
    handler.setFormatter(RedactingFormatter(_LAYOUT, redactor))
    root = logging.getLogger()
    level_before = root.level
    root.setLevel(level)
    root.addHandler(handler)
    for name in _TALKATIVE:
        logging.getLogger(name).setLevel(max(level, logging.WARNING))
    try:
        yield path
    finally:
        root.removeHandler(handler)
        root.setLevel(level_before)
        handler.close()


class _PrivateRotatingFile(RotatingFileHandler):
    """A rotating file only this user can read."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            path,
            maxBytes=_LARGEST_FILE,
            backupCount=_OLDER_FILES,
            encoding="utf-8",
            errors="backslashreplace",  # half of a surrogate pair must not lose the line
            delay=True,
        )

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - the name of logging
        """Lose a record that cannot be written (a full disk, say): Python would write a traceback to standard error."""

    def _open(self) -> TextIOWrapper:
        return open(self.baseFilename, "a", encoding=self.encoding, errors=self.errors, opener=_open_private)


def _open_private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)
