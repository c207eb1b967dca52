"""A small JSON file that the user may edit: written atomically, with a copy of its last valid content next to it.

Different versions of the program can read each other's files: unknown keys are ignored. A later version whose file must not be read by
earlier ones writes `"format": 2`; an earlier version then treats the file as missing, and does not overwrite it.
"""

import json
import time
from collections.abc import Mapping
from contextlib import suppress
from enum import Enum, auto
from pathlib import Path

from chatdesk.kernel.errors.storage_errors import FileUnavailable
from chatdesk.storage.database.storage_errors import storage_errors
from chatdesk.storage.database.stored_values import to_text
from chatdesk.storage.files.file_writing import replace_file, replacement_of


class FileOutcome(Enum):
    """Result of reading a file. The caller informs the user of the last three."""

    NEW = auto()
    """The file does not exist yet."""
    READ = auto()
    RESTORED = auto()
    """The file was missing or damaged and was restored from the last valid copy."""
    LOST = auto()
    """The file was damaged and there is no valid copy, so its content is lost."""
    NEWER = auto()
    """The file was written by a newer version of Chatdesk in a format that this one cannot read.

    It is unchanged until something is written; then it is renamed with the suffix `.newer-1`.
    """


FORMAT = 1
"""Format of files that do not specify one."""

_ABANDONED_SECONDS = 86_400.0


class JsonFile:
    """A file with one JSON object. A damaged file is never overwritten, but renamed with the suffix `.bad-1`, `.bad-2`, and so on.

    `read` and `write` raise a `StorageError` if the disk access fails.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._last_good = path.with_name(f"{path.name}.last-good")
        self._is_newer = False

    @property
    def path(self) -> Path:
        """Path of the file."""
        return self._path

    def read(self) -> tuple[dict[str, object], FileOutcome]:
        """Return the object and the result of reading."""
        self._remove_abandoned()
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
        """Replace the file and its copy."""
        content = to_text(json.dumps(data, ensure_ascii=False, indent=2) + "\n").encode()
        with storage_errors(self._path, FileUnavailable):
            if self._is_newer:
                self._rename_newer()
            replace_file(self._path, content)
            replace_file(self._last_good, content)

    def save_unusable_copy(self) -> None:
        """Save a copy like that of a damaged file, because part of the content is unusable and will not be written again."""
        with storage_errors(self._path, FileUnavailable):
            replace_file(self._free_path("bad"), self._path.read_bytes())

    def set_aside(self, *, with_copy: bool = False) -> None:
        """Rename the file like a damaged one, because all of its content is unusable; `with_copy`: that of the copy as well."""
        with storage_errors(self._path, FileUnavailable):
            self._rename("bad")
            if with_copy:
                self._last_good.unlink(missing_ok=True)

    @property
    def was_set_aside(self) -> bool:
        """Whether the file is missing and one that was damaged is kept under another name. Blocks. Raises `StorageError`."""
        with storage_errors(self._path, FileUnavailable):
            return not self._path.exists() and self._path.with_name(f"{self._path.name}.bad-1").exists()

    def _remove_abandoned(self) -> None:
        """Remove what a killed program has left a day ago. Younger files may belong to a program that is writing now."""
        for file in (self._path, self._last_good):
            left = replacement_of(file)
            with suppress(OSError):
                if time.time() - left.lstat().st_mtime > _ABANDONED_SECONDS:
                    left.unlink()

    def _rename_newer(self) -> None:
        """Rename the file of a newer version. If one of the two files is missing or damaged, the other one is used."""
        for file in (self._path, self._last_good):
            data = _parse(file.read_bytes()) if file.exists() else None
            if data is not None and is_newer(data):
                file.replace(self._free_path("newer"))
                break
        self._is_newer = False

    def _rename(self, suffix: str) -> None:
        self._path.replace(self._free_path(suffix))

    def _free_path(self, suffix: str) -> Path:
        number = 1
        while (backup := self._path.with_name(f"{self._path.name}.{suffix}-{number}")).exists():
            number += 1
        return backup


def is_newer(data: Mapping[str, object]) -> bool:
    """Return whether an object requires a newer version of the program."""
    declared = data.get("format", FORMAT)
    return isinstance(declared, int) and not isinstance(declared, bool) and declared > FORMAT


def _parse(content: bytes) -> dict[str, object] | None:
    try:
        data = json.loads(content.decode("utf-8-sig"))
    except (ValueError, RecursionError):  # RecursionError: nested thousands of levels deep
        return None
    return data if isinstance(data, dict) else None
