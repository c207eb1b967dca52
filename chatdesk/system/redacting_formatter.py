"""Log lines without secrets. What counts as one: kernel/redaction.py."""

import logging

from chatdesk.kernel.redaction import Redactor


class RedactingFormatter(logging.Formatter):
    """Formats a log record and cleans the whole of it: a filter would miss the traceback, where keys show most often."""

    def __init__(self, layout: str, redactor: Redactor) -> None:
        super().__init__(layout)
        self._redactor = redactor

    def format(self, record: logging.LogRecord) -> str:
        """Return the record's text with its traceback, without secrets."""
        return self._redactor(super().format(record))
