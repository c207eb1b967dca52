"""A folder of preset files: read, written, deleted into a trash of its own. What their text means: `preset_file.py`.

Every method may take long and belongs on a thread. The folder is a person's: another program may change it at any time, and may put
anything into it.
"""

import os
import re
import shutil
import stat
import tempfile
import time
import unicodedata
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from chatdesk.domain.presets.preset import Preset, PresetOrigin
from chatdesk.domain.presets.preset_errors import BrokenPreset, PresetInvalid, PresetProblem
from chatdesk.prompts.preset_file import LARGEST, read_preset

SUFFIX = ".md"
MOST_FILES = 5_000
TRASH = ".trash"
_STAGING = ".import-"
TRASH_KEPT = 30 * 86_400.0
"""Seconds."""

LARGEST_BYTES = 4 * LARGEST
_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)
"""Names that Windows keeps for devices."""

Stamp = tuple[int, int, int]
"""By which a changed file is known."""


@dataclass(frozen=True, slots=True)
class PresetText:
    """A file of the folder, read."""

    preset: Preset
    text: str


@dataclass(frozen=True, slots=True)
class FolderContents:
    """What the folder holds. `texts` are by id."""

    texts: dict[str, PresetText] = field(default_factory=dict)
    broken: tuple[BrokenPreset, ...] = ()


class PresetFolder:
    """`write` puts a file on the disk, whole or not at all; a folder without it is only read."""

    def __init__(self, path: Path, origin: PresetOrigin, write: Callable[[Path, bytes], None] | None = None) -> None:
        self.path = path
        self._origin = origin
        self._write = write
        self._known: dict[str, tuple[Stamp, PresetText | BrokenPreset]] = {}

    def read(self) -> FolderContents:
        """Return what is there now. Only files that changed since the last time are read."""
        known: dict[str, tuple[Stamp, PresetText | BrokenPreset]] = {}
        for name in self._names():
            stamp = self._stamp(name)
            before = self._known.get(name)
            if stamp is None:
                continue
            known[name] = before if before and before[0] == stamp else (stamp, self._read(name, stamp))
        self._known = known
        entries = [entry for _, entry in known.values()]
        return FolderContents(
            {entry.preset.id: entry for entry in entries if isinstance(entry, PresetText)},
            tuple(entry for entry in entries if isinstance(entry, BrokenPreset)),
        )

    def save(self, preset_id: str, text: str) -> None:
        """Write a preset's file. Raises `OSError`; the old file is there then."""
        if self._write is None:
            raise PermissionError(f"{self.path} is only read")
        self._write(self.path / f"{preset_id}{SUFFIX}", text.encode("utf-8", "replace"))

    def save_all(self, texts: Mapping[str, str], told: Callable[[int], bool]) -> bool:
        """Write files by their ids, all of them or none. Raises `OSError`; then, or if `told` says no after one, nothing has changed.

        They are written elsewhere first, so that not even the end of the program in the midst of it leaves a part of them.
        """
        if self._write is None:
            raise PermissionError(f"{self.path} is only read")
        self.path.mkdir(mode=0o700, parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=_STAGING, dir=self.path) as folder:
            for number, (preset_id, text) in enumerate(texts.items(), 1):
                self._write(Path(folder) / f"{preset_id}{SUFFIX}", text.encode("utf-8", "replace"))
                if not told(number):
                    return False
            self._move_in(Path(folder), [f"{preset_id}{SUFFIX}" for preset_id in texts])
        return True

    def free_id(self, name: str) -> str:
        """Return an id that no file has, made of a preset's name: readable, and a file's name on every system."""
        return self.free_ids((name,))[0]

    def free_ids(self, names: Iterable[str]) -> list[str]:
        """Return such an id for each of the names, each another one."""
        taken = {entry.casefold() for entry in self._names()}
        free = []
        for name in names:
            free.append(_free_id(name, taken))
            taken.add(f"{free[-1]}{SUFFIX}".casefold())
        return free

    def trash(self, preset_id: str) -> str:
        """Move a preset's file into the trash and return its name there. Raises `OSError`."""
        trash = self.path / TRASH
        trash.mkdir(mode=0o700, exist_ok=True)
        name = f"{time.time_ns()} {preset_id}{SUFFIX}"
        (self.path / f"{preset_id}{SUFFIX}").replace(trash / name)
        return name

    def restore(self, name: str) -> str:
        """Move a file back out of the trash and return its preset's id: another one if its name is taken meanwhile. Raises `OSError`."""
        preset_id = name.partition(" ")[2].removesuffix(SUFFIX)
        if (self.path / f"{preset_id}{SUFFIX}").exists():
            preset_id = self.free_id(preset_id)
        (self.path / TRASH / name).replace(self.path / f"{preset_id}{SUFFIX}")
        return preset_id

    def empty_trash(self) -> None:
        """Delete for good what was thrown away more than 30 days ago. What cannot be deleted is tried again the next time."""
        oldest = time.time_ns() - int(TRASH_KEPT * 1e9)
        with suppress(OSError):
            for entry in list((self.path / TRASH).iterdir()):
                moment = entry.name.partition(" ")[0]
                if moment.isdecimal() and int(moment) < oldest:
                    entry.unlink()
        for left in list(self.path.glob(f"{_STAGING}*")):  # of a program that ended while it wrote
            shutil.rmtree(left, ignore_errors=True)

    def _move_in(self, folder: Path, names: Sequence[str]) -> None:
        before: dict[str, bytes | None] = {}
        try:
            for name in names:
                there = self.path / name
                before[name] = there.read_bytes() if there.exists() else None
                (folder / name).replace(there)
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
        return sorted(names)[:MOST_FILES]

    def _stamp(self, name: str) -> Stamp | None:
        """Return by what the file is known; None for what is no file: a pipe or a device would be read for ever."""
        try:
            found = (self.path / name).stat()
        except OSError:
            return None
        return (found.st_mtime_ns, found.st_size, found.st_ino) if stat.S_ISREG(found.st_mode) else None

    def _read(self, name: str, stamp: Stamp) -> PresetText | BrokenPreset:
        if stamp[1] > LARGEST_BYTES:
            return BrokenPreset(name, PresetProblem.TOO_LARGE)
        try:
            text = (self.path / name).read_bytes()[: LARGEST_BYTES + 1].decode("utf-8-sig")
            return PresetText(read_preset(text, name.removesuffix(SUFFIX), self._origin), text)
        except PresetInvalid as error:
            return BrokenPreset(name, error.problem, error.line, error.detail)
        except UnicodeDecodeError as error:
            return BrokenPreset(name, PresetProblem.NOT_TEXT, error.object.count(b"\n", 0, error.start) + 1)
        except OSError as error:
            return BrokenPreset(name, PresetProblem.UNREADABLE, 0, error.strerror or str(error))


def _free_id(name: str, taken: Collection[str]) -> str:
    words = re.findall(r"\w+", unicodedata.normalize("NFKC", name).lower())
    stem = "-".join(words)[:60].strip("-_") or "preset"
    while len(stem.encode()) > 120:
        stem = stem[:-1]
    if _RESERVED.fullmatch(stem):
        stem = f"preset-{stem}"
    numbers = iter(range(2, MOST_FILES + 3))
    free = stem
    while f"{free}{SUFFIX}".casefold() in taken:
        free = f"{stem}-{next(numbers)}"
    return free
