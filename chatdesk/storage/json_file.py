"""A small JSON file a person may also edit: written atomically, with a copy of its last good content beside it."""

import json
from enum import Enum, auto
from pathlib import Path

from chatdesk.storage.atomic_file import replace_file
from chatdesk.storage.storage_errors import storage_errors
from chatdesk.storage.stored_values import to_text


class FileOutcome(Enum):
    """How reading went. Whoever reads tells the person of the last two."""

    NEW = auto()
    """There is no file yet."""
    READ = auto()
    RESTORED = auto()
    """The file was missing or broken; the last good copy took its place."""
    LOST = auto()
    """The file was broken and there is no good copy: nothing is known."""


class JsonFile:
    """Holds one JSON object. A broken file is never overwritten, but put aside under a name that ends in `.bad-1`, `.bad-2`, and so on.

    Both methods raise a `StorageError` if the disk will not.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._last_good = path.with_name(f"{path.name}.last-good")

    def read(self) -> tuple[dict[str, object], FileOutcome]:
        """Return the object and how it was come by."""
        with storage_errors(self._path):
            found = self._path.exists()
            if found:
                data = _parse(self._path.read_bytes())
                if data is not None:
                    return data, FileOutcome.READ
                self._put_aside()
            data = _parse(self._last_good.read_bytes()) if self._last_good.exists() else None
        if data is not None:
            self.write(data)
            return data, FileOutcome.RESTORED
        return {}, FileOutcome.LOST if found else FileOutcome.NEW

    def write(self, data: dict[str, object]) -> None:
        """Replace the file and its good copy."""
        content = to_text(json.dumps(data, ensure_ascii=False, indent=2) + "\n").encode()
        with storage_errors(self._path):
            replace_file(self._path, content)
            replace_file(self._last_good, content)

    def _put_aside(self) -> None:
        number = 1
        while (aside := self._path.with_name(f"{self._path.name}.bad-{number}")).exists():
            number += 1
        self._path.replace(aside)


def _parse(content: bytes) -> dict[str, object] | None:
    try:
        data = json.loads(content.decode("utf-8-sig"))
    except (ValueError, RecursionError):  # RecursionError: nested thousands deep
        return None
    return data if isinstance(data, dict) else None
