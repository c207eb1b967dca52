"""The log file: small, accessible only to this user, without secrets and without texts of the user. Crash handling is in app/."""

import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager
from io import TextIOWrapper
from logging.handlers import RotatingFileHandler
from pathlib import Path

from chatdesk.kernel.redaction import Redactor

# Removes secrets from log lines. `kernel/redaction.py` defines what is a secret.


class RedactingFormatter(logging.Formatter):
    """Redacts the complete formatted record: a filter would miss the traceback, which contains keys most often."""

    def __init__(self, layout: str, redactor: Redactor) -> None:
        super().__init__(layout)
        self._redactor = redactor

    def format(self, record: logging.LogRecord) -> str:
        """Return the text of the record including its traceback, without secrets."""
        return self._redactor(super().format(record))


LOG_NAME = "chatdesk.log"
_LAYOUT = "%(asctime)s %(levelname)s %(name)s: %(message)s"
_MAX_FILE_BYTES = 1_000_000
"""Bytes."""
_BACKUP_COUNT = 2
_VERBOSE_LOGGERS = ("httpx", "httpcore", "hpack", "keyring", "asyncio", "qasync", "markdown_it")
"""Below WARNING, these log addresses, headers or texts."""


@contextmanager
def log_file(folder: Path, redactor: Redactor, level: int = logging.WARNING) -> Iterator[Path]:
    """Write all log records from `level` up to a file in `folder` until the block ends; the first record creates the file."""
    path = folder / LOG_NAME
    handler = _PrivateRotatingFile(path)
    handler.setFormatter(RedactingFormatter(_LAYOUT, redactor))
    root = logging.getLogger()
    previous_level = root.level
    root.setLevel(level)
    root.addHandler(handler)
    for name in _VERBOSE_LOGGERS:
        logging.getLogger(name).setLevel(max(level, logging.WARNING))
    try:
        yield path
    finally:
        root.removeHandler(handler)
        root.setLevel(previous_level)
        handler.close()


class _PrivateRotatingFile(RotatingFileHandler):
    """A rotating file that only this user can read."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            path,
            maxBytes=_MAX_FILE_BYTES,
            backupCount=_BACKUP_COUNT,
            encoding="utf-8",
            errors="backslashreplace",  # an unpaired surrogate must not lose the line
            delay=True,
        )

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - name defined by logging
        """Drop a record that cannot be written, for example on a full disk: Python would write a traceback to standard error."""

    def _open(self) -> TextIOWrapper:
        return open(self.baseFilename, "a", encoding=self.encoding, errors=self.errors, opener=_open_private)


def _open_private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)
