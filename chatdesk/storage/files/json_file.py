"""A small JSON file the user may also edit: written atomically, with a copy of its last good content beside it.

Versions of the program read each other's files: keys that one does not know are left alone by whoever reads them. Where a later version
must not be read by an earlier one it writes `"format": 2`; an earlier one then takes the file for none, and writes over no such file.
"""

import json
from collections.abc import Mapping
from enum import Enum, auto
from pathlib import Path

from chatdesk.kernel.errors.storage_errors import FileUnavailable
from chatdesk.storage.database.storage_errors import storage_errors
from chatdesk.storage.database.stored_values import to_text
from chatdesk.storage.files.file_writing import replace_file


class FileOutcome(Enum):
    """How reading went. Whoever reads tells the user of the last two."""

    NEW = auto()
    """There is no file yet."""
    READ = auto()
    RESTORED = auto()
    """The file was missing or broken; the last good copy took its place."""
    LOST = auto()
    """The file was broken and there is no good copy: nothing is known."""
    NEWER = auto()
    """It was written by a newer Chatdesk, in a way that only that one reads. It is as it was, until something is written: then it is
    kept beside under a name that ends in `.newer-1`."""


FORMAT = 1
"""What files are that say nothing of it."""


class JsonFile:
    """Holds one JSON object. A broken file is never overwritten, but put aside under a name that ends in `.bad-1`, `.bad-2`, and so on.

    Both methods raise a `StorageError` if the disk will not.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._last_good = path.with_name(f"{path.name}.last-good")
        self._is_newer = False

    @property
    def path(self) -> Path:
        """Where it is."""
        return self._path

    def read(self) -> tuple[dict[str, object], FileOutcome]:
        """Return the object and how it was come by."""
        with storage_errors(self._path, FileUnavailable):
            found = self._path.exists()
            if found:
                data = _parse(self._path.read_bytes())
                self._is_newer = data is not None and is_newer(data)
                if self._is_newer:
                    return {}, FileOutcome.NEWER
                if data is not None:
                    return data, FileOutcome.READ
                self._rename("bad")
            data = _parse(self._last_good.read_bytes()) if self._last_good.exists() else None
            self._is_newer = data is not None and is_newer(data)
            if self._is_newer:
                return {}, FileOutcome.NEWER
        if data is not None:
            self.write(data)
            return data, FileOutcome.RESTORED
        return {}, FileOutcome.LOST if found else FileOutcome.NEW

    def write(self, data: dict[str, object]) -> None:
        """Replace the file and its good copy."""
        content = to_text(json.dumps(data, ensure_ascii=False, indent=2) + "\n").encode()
        with storage_errors(self._path, FileUnavailable):
            if self._is_newer:
                self._put_newer_aside()
            replace_file(self._path, content)
            replace_file(self._last_good, content)

    def keep_as_it_is(self) -> None:
        """Keep a copy beside, as a broken file is kept: something in it cannot be used and will not be written again."""
        with storage_errors(self._path, FileUnavailable):
            replace_file(self._beside("bad"), self._path.read_bytes())

    def _put_newer_aside(self) -> None:
        """Keep what a newer version wrote. Of the two files one may be missing or broken; the other is the good one then."""
        for file in (self._path, self._last_good):
            data = _parse(file.read_bytes()) if file.exists() else None
            if data is not None and is_newer(data):
                file.replace(self._beside("newer"))
                break
        self._is_newer = False

    def _rename(self, why: str) -> None:
        self._path.replace(self._beside(why))

    def _beside(self, why: str) -> Path:
        number = 1
        while (backup := self._path.with_name(f"{self._path.name}.{why}-{number}")).exists():
            number += 1
        return backup


def is_newer(data: Mapping[str, object]) -> bool:
    """Whether an object says that only a newer version of the program understands it."""
    told = data.get("format", FORMAT)
    return isinstance(told, int) and not isinstance(told, bool) and told > FORMAT


def _parse(content: bytes) -> dict[str, object] | None:
    try:
        data = json.loads(content.decode("utf-8-sig"))
    except (ValueError, RecursionError):  # RecursionError: nested thousands deep
        return None
    return data if isinstance(data, dict) else None
