"""What has come of a run over many inputs, on disk as it goes: a crash loses the row that was being answered, no other.

One file of JSON lines: the first tells what was asked, each other one a row that is finished.
"""

import json
import os
import stat
from contextlib import suppress
from pathlib import Path
from typing import Any

from chatdesk.kernel.errors.storage_errors import FileNewer
from chatdesk.storage.files.json_file import is_newer
from chatdesk.storage.files.private_files import create_private_file, force_to_disk, make_private_folder

LARGEST = 1_000_000_000
"""Bytes. What stands behind that in a file is not read again; its rows wait once more."""
UNREADABLE = ".unreadable"
"""Behind the name of a file in which no run is found: it is put aside, not written over."""
NEWER = ".newer-"
"""Likewise, with a number, of one that a newer Chatdesk wrote: it is as it was until another run begins."""


class BatchJournal:
    """Every method may take long and belongs on a thread. Raises `OSError`."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def begin(self, head: dict[str, Any]) -> None:
        """Begin anew."""
        make_private_folder(self._path.parent)
        self._put_newer_aside()
        new = self._path.with_name(f"{self._path.name}.new")
        new.unlink(missing_ok=True)
        create_private_file(new)
        new.write_bytes(_line(head))
        force_to_disk(new)
        new.replace(self._path)
        force_to_disk(self._path.parent)

    def add(self, row: dict[str, Any]) -> None:
        """Keep one more row."""
        with self._path.open("r+b") as file:
            end = file.seek(0, os.SEEK_END)
            file.seek(max(0, end - 1))
            half = file.read(1) not in {b"", b"\n"}  # a line that was cut off would spoil this one, too
            file.seek(end)
            file.write(b"\n" + _line(row) if half else _line(row))
            file.flush()
            os.fsync(file.fileno())

    def read(self) -> tuple[dict[str, Any], list[dict[str, Any]]] | None:
        """Return what was asked, and the rows that were finished, the last of each; None if there is nothing to go on with.

        Raises `FileNewer` for a run of a newer version, which is left as it is.
        """
        try:
            if not stat.S_ISREG(self._path.stat().st_mode):
                return None
            with self._path.open("rb") as file:
                head = _read(file.readline(LARGEST))
                if head and is_newer(head):
                    raise FileNewer(str(self._path))
                rows = [record for line in file if file.tell() <= LARGEST and (record := _read(line))] if head else []
        except FileNotFoundError:
            return None
        if head is None:
            if self._path.stat().st_size:
                self._path.replace(self._path.with_name(f"{self._path.name}{UNREADABLE}"))
            return None
        return head, rows

    def forget(self) -> None:
        """Delete it, unless it is a newer version's."""
        self._put_newer_aside()
        self._path.unlink(missing_ok=True)

    def _put_newer_aside(self) -> None:
        if not self._path.is_file():
            return
        with self._path.open("rb") as file:
            head = _read(file.readline(LARGEST))
        if head and is_newer(head):
            number = 1
            while (aside := self._path.with_name(f"{self._path.name}{NEWER}{number}")).exists():
                number += 1
            self._path.replace(aside)


def _line(record: dict[str, Any]) -> bytes:
    return json.dumps(record, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace") + b"\n"


def _read(line: bytes) -> dict[str, Any] | None:
    with suppress(ValueError, RecursionError):
        record = json.loads(line.decode("utf-8", "replace"))
        if isinstance(record, dict):
            return record
    return None
