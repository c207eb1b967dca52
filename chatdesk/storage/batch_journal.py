"""What has come of a run over many inputs, on disk as it goes: a crash loses the row that was being answered, no other.

One file of JSON lines: the first tells what was asked, each other one a row that is finished.
"""

import json
import os
from contextlib import suppress
from pathlib import Path
from typing import Any

from chatdesk.storage.private_files import create_private_file, make_private_folder

LARGEST = 200_000_000
"""Bytes. A longer file is not read again."""


class BatchJournal:
    """Every method may take long and belongs on a thread. Raises `OSError`."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def begin(self, head: dict[str, Any]) -> None:
        """Begin anew."""
        make_private_folder(self._path.parent)
        new = self._path.with_name(f"{self._path.name}.new")
        new.unlink(missing_ok=True)
        create_private_file(new)
        new.write_text(_line(head), encoding="utf-8")
        new.replace(self._path)

    def add(self, row: dict[str, Any]) -> None:
        """Keep one more row."""
        with self._path.open("a", encoding="utf-8") as file:
            file.write(_line(row))
            file.flush()
            os.fsync(file.fileno())

    def read(self) -> tuple[dict[str, Any], list[dict[str, Any]]] | None:
        """Return what was asked, and the rows that were finished, the last of each; None if there is nothing to go on with."""
        try:
            if self._path.stat().st_size > LARGEST:
                return None
            lines = self._path.read_text("utf-8", "replace").split("\n")
        except FileNotFoundError:
            return None
        head, *rows = [_read(line) for line in lines] or [None]
        return (head, [row for row in rows if row]) if head else None

    def forget(self) -> None:
        """Delete it."""
        self._path.unlink(missing_ok=True)


def _line(record: dict[str, Any]) -> str:
    text = json.dumps(record, ensure_ascii=False, separators=(",", ":"))
    return text.encode("utf-8", "replace").decode() + "\n"


def _read(line: str) -> dict[str, Any] | None:
    with suppress(ValueError, RecursionError):
        record = json.loads(line)
        if isinstance(record, dict):
            return record
    return None
