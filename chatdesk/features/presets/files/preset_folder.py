"""Folder of preset files: read, write, and delete into a trash of its own. `preset_file.py` parses the texts.

All methods may block and must run on a thread. The folder belongs to the user: other programs may change it at any time and may put
anything into it.
"""

import os
import re
import shutil
import stat
import tempfile
import time
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import field
from pathlib import Path

from chatdesk.kernel.errors.preset_errors import BrokenPreset, PresetInvalid, PresetProblem
from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.kernel.presets.preset import MAX_PRESET_LENGTH, Preset, PresetOrigin
from chatdesk.kernel.text.file_name import is_reserved_name
from chatdesk.kernel.text.regular_file import FileTooLarge, NotARegularFile, read_whole
from chatdesk.storage.files.file_writing import force_entries_to_disk, make_private_folder

SUFFIX = ".md"
MAX_FILES = 5_000
MAX_TOTAL_BYTES = 100_000_000
"""Maximum total size of all files, whose texts are kept in memory."""
_MAX_LISTED = 20_000
_MAX_NAME_LENGTH = 1_000
"""Maximum characters of the preset name used for the file name."""
TRASH = ".trash"
_STAGING = ".import-"
TRASH_RETENTION_SECONDS = 30 * 86_400.0
"""Retention time of the trash in seconds."""
_ABANDONED_SECONDS = 86_400.0

MAX_FILE_BYTES = 4 * MAX_PRESET_LENGTH

Stamp = tuple[int, int, int]
"""Modification time, size and inode, to detect changed files."""
_UNREAD: Stamp = (-1, -1, -1)
"""The stamp of a file that was not read."""


@dataclass(frozen=True, slots=True)
class PresetText:
    """A preset file with its parsed preset."""

    preset: Preset
    text: str


@dataclass(frozen=True, slots=True)
class FolderContents:
    """The content of the folder. `texts` are by preset ID."""

    texts: dict[str, PresetText] = field(default_factory=dict)
    broken: tuple[BrokenPreset, ...] = ()


class PresetFolder:
    """`write` must write a file atomically; without it, the folder is read-only."""

    def __init__(self, path: Path, origin: PresetOrigin, write: Callable[[Path, bytes], None] | None = None) -> None:
        self.path = path
        self._origin = origin
        self._write = write
        self._known: dict[str, tuple[Stamp, PresetText | BrokenPreset]] = {}

    def read(self) -> FolderContents:
        """Return the current content. Only changed files are read again."""
        known: dict[str, tuple[Stamp, PresetText | BrokenPreset]] = {}
        remaining = MAX_TOTAL_BYTES
        for name in self._names():
            stamp = self._stamp(name)
            if stamp is None:
                continue
            if not _is_text(name):
                known[name] = (
                    _UNREAD,
                    BrokenPreset(name.encode("utf-8", "replace").decode(), PresetProblem.BAD_FILE_NAME),
                )
                continue
            if len(known) >= MAX_FILES or stamp[1] > remaining:
                known[name] = _UNREAD, BrokenPreset(name, PresetProblem.TOO_MANY)
                continue
            before = self._known.get(name)
            known[name] = before if before and before[0] == stamp else (stamp, self._read(name, stamp))
            remaining -= stamp[1] if isinstance(known[name][1], PresetText) else 0
        self._known = known
        entries = [entry for _, entry in known.values()]
        return FolderContents(
            {entry.preset.id: entry for entry in entries if isinstance(entry, PresetText)},
            tuple(entry for entry in entries if isinstance(entry, BrokenPreset)),
        )

    def save(self, preset_id: str, text: str) -> None:
        """Write the file of a preset. Raises OSError, in which case the old file is kept."""
        if self._write is None:
            raise PermissionError(f"{self.path} is only read")
        self._write(self.path / f"{preset_id}{SUFFIX}", text.encode("utf-8", "replace"))

    def save_all(self, texts: Mapping[str, str], on_written: Callable[[int], bool]) -> bool:
        """Write all files, by ID, or none. If OSError is raised or `on_written` returns False after a file, nothing is changed.

        They are written to a temporary folder first, so that even the end of the program during this operation leaves no partial result.
        """
        if self._write is None:
            raise PermissionError(f"{self.path} is only read")
        make_private_folder(self.path)
        with tempfile.TemporaryDirectory(prefix=_STAGING, dir=self.path) as folder:
            for number, (preset_id, text) in enumerate(texts.items(), 1):
                self._write(Path(folder) / f"{preset_id}{SUFFIX}", text.encode("utf-8", "replace"))
                if not on_written(number):
                    return False
            self._move_in(Path(folder), [f"{preset_id}{SUFFIX}" for preset_id in texts])
        return True

    def free_id(self, name: str) -> str:
        """Return an unused ID derived from a preset name: readable, and valid as a file name on every system."""
        return self.free_ids((name,))[0]

    def free_ids(self, names: Iterable[str]) -> list[str]:
        """Return an unused, unique ID for each name."""
        used_names = {_comparable(entry.removesuffix(SUFFIX)) for entry in self._names()}
        numbers: dict[str, int] = {}
        free = []
        for name in names:
            stem = found = _stem(name)
            while _comparable(found) in used_names or (self.path / f"{found}{SUFFIX}").exists():
                number = numbers[stem] = numbers.get(stem, 1) + 1
                found = f"{stem}-{number}"
            used_names.add(_comparable(found))
            free.append(found)
        return free

    def trash(self, preset_ids: Iterable[str]) -> list[str]:
        """Move the files of presets to the trash and return their names there. Missing files are skipped.

        Raises OSError, in which case all files are moved back.
        """
        names: list[str] = []
        try:
            for preset_id in preset_ids:
                name = self._name_in_trash(preset_id)
                with suppress(FileNotFoundError):
                    (self.path / f"{preset_id}{SUFFIX}").replace(self.path / TRASH / name)
                    names.append(name)
        except OSError:
            for name in names:
                with suppress(OSError):
                    self.restore(name)
            raise
        return names

    def copy_to_trash(self, preset_id: str) -> None:
        """Copy a file to the trash before it is overwritten. Raises OSError."""
        shutil.copyfile(self.path / f"{preset_id}{SUFFIX}", self.path / TRASH / self._name_in_trash(preset_id))

    def text_of(self, name: str, most: int) -> str | None:
        """Return the content of a file as text; None if it is larger than `most` bytes or not a regular file. Raises OSError."""
        try:
            return read_whole(self.path / name, most).decode("utf-8", "replace")
        except (FileTooLarge, NotARegularFile):
            return None

    def restore(self, name: str) -> str:
        """Move a file out of the trash and return its preset ID, which is a new one if the name is taken. Raises OSError."""
        preset_id = name.partition(" ")[2].removesuffix(SUFFIX)
        if (self.path / f"{preset_id}{SUFFIX}").exists():
            preset_id = self.free_id(preset_id)
        (self.path / TRASH / name).replace(self.path / f"{preset_id}{SUFFIX}")
        return preset_id

    def trashed(self) -> dict[str, int]:
        """Return the preset IDs of the files in the trash, with the time of the last one in nanoseconds since 1970."""
        found: dict[str, int] = {}
        with suppress(OSError):
            for entry in (self.path / TRASH).iterdir():
                moment, _, name = entry.name.partition(" ")
                if moment.isdecimal() and moment.isascii() and int(moment) < 2**63 and name.endswith(SUFFIX):
                    preset_id = name.removesuffix(SUFFIX)
                    found[preset_id] = max(found.get(preset_id, 0), int(moment))
        return found

    def empty_trash(self) -> None:
        """Delete files that have been in the trash for more than 30 days. Files that cannot be deleted are tried again next time."""
        oldest = time.time_ns() - int(TRASH_RETENTION_SECONDS * 1e9)
        with suppress(OSError):
            for entry in list((self.path / TRASH).iterdir()):
                moment = entry.name.partition(" ")[0]
                if moment.isdecimal() and int(moment) < oldest:
                    with suppress(OSError):
                        entry.unlink()
        for left in list(self.path.glob(f"{_STAGING}*")):  # left by a program that ended while writing
            shutil.rmtree(left, ignore_errors=True)
        for left in list(self.path.glob(f"*{SUFFIX}.new")):  # likewise; a newer one may be written just now
            with suppress(OSError):
                if time.time() - left.lstat().st_mtime > _ABANDONED_SECONDS:
                    left.unlink()

    def _name_in_trash(self, preset_id: str) -> str:
        (self.path / TRASH).mkdir(mode=0o700, exist_ok=True)
        return f"{time.time_ns()} {preset_id}{SUFFIX}"

    def _move_in(self, folder: Path, names: Sequence[str]) -> None:
        before: dict[str, bytes | None] = {}
        try:
            for name in names:
                target = self.path / name
                before[name] = target.read_bytes() if target.exists() else None
                (folder / name).replace(target)
            force_entries_to_disk(self.path)
        except OSError:
            for name, content in before.items():
                with suppress(OSError):
                    (self.path / name).unlink() if content is None else (self.path / name).write_bytes(content)
            raise

    def _names(self) -> list[str]:
        try:
            with os.scandir(self.path) as entries:
                names = [
                    entry.name for entry in entries if entry.name.endswith(SUFFIX) and not entry.name.startswith(".")
                ]
        except OSError:
            return []
        return sorted(names)[:_MAX_LISTED]

    def _stamp(self, name: str) -> Stamp | None:
        """Return the stamp of a file; None if it is not a regular file: reading a pipe or a device might never end."""
        try:
            found = (self.path / name).stat()
        except OSError:
            return None
        return (found.st_mtime_ns, found.st_size, found.st_ino) if stat.S_ISREG(found.st_mode) else None

    def _read(self, name: str, stamp: Stamp) -> PresetText | BrokenPreset:
        from chatdesk.features.presets.files.preset_file import read_preset  # noqa: PLC0415 - start-up time

        if stamp[1] > MAX_FILE_BYTES:
            return BrokenPreset(name, PresetProblem.TOO_LARGE)
        try:
            text = read_whole(self.path / name, MAX_FILE_BYTES).decode("utf-8-sig")
            return PresetText(read_preset(text, name.removesuffix(SUFFIX), self._origin), text)
        except PresetInvalid as error:
            return BrokenPreset(name, error.problem, error.line, error.detail)
        except UnicodeDecodeError as error:
            return BrokenPreset(name, PresetProblem.NOT_TEXT, error.object.count(b"\n", 0, error.start) + 1)
        except FileTooLarge:
            return BrokenPreset(name, PresetProblem.TOO_LARGE)
        except NotARegularFile:  # replaced in the meantime
            return BrokenPreset(name, PresetProblem.UNREADABLE)
        except OSError as error:
            return BrokenPreset(name, PresetProblem.UNREADABLE, 0, error.strerror or str(error))


def _is_text(name: str) -> bool:
    """Return whether a file name is valid Unicode, because it becomes a key that is stored."""
    return not any("\ud800" <= letter <= "\udfff" for letter in name)


def _stem(name: str) -> str:
    """Return the file name for a preset name, without extension."""
    words = re.findall(r"\w+", unicodedata.normalize("NFKC", name[:_MAX_NAME_LENGTH]).lower())
    stem = "-".join(words)[:60].strip("-_") or "preset"
    while len(stem.encode("utf-8", "replace")) > 120:
        stem = stem[:-1]
    return f"preset-{stem}" if is_reserved_name(stem) else stem


def _comparable(name: str) -> str:
    """Return the normalized name for comparison: some file systems ignore case or Unicode composition."""
    return unicodedata.normalize("NFC", name).casefold()
