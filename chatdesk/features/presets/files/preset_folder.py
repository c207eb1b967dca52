"""A folder of preset files: read, written, deleted into a trash of its own. What their text means: `preset_file.py`.

Every method may take long and belongs on a thread. The folder is the user's: another program may change it at any time, and may put
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

from chatdesk.features.presets.files.preset_file import LARGEST, read_preset
from chatdesk.kernel.errors.preset_errors import BrokenPreset, PresetInvalid, PresetProblem
from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.kernel.presets.preset import Preset, PresetOrigin
from chatdesk.kernel.text.file_name import is_reserved_name
from chatdesk.kernel.text.regular_file import FileTooLarge, NotARegularFile, read_whole

SUFFIX = ".md"
MOST_FILES = 5_000
MOST_BYTES = 100_000_000
"""Of all files together: their texts are held in memory."""
_MOST_LISTED = 20_000
_LOOKED_AT = 1_000
"""Characters of a preset's name of which a file's name is made."""
TRASH = ".trash"
_STAGING = ".import-"
TRASH_KEPT = 30 * 86_400.0
"""Seconds."""

LARGEST_BYTES = 4 * LARGEST
"""Names that Windows keeps for devices."""

Stamp = tuple[int, int, int]
"""By which a changed file is known."""
_NEVER: Stamp = (-1, -1, -1)
"""Of a file that was not looked into."""


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
        room = MOST_BYTES
        for name in self._names():
            stamp = self._stamp(name)
            if stamp is None:
                continue
            if not _is_text(name):
                known[name] = (
                    _NEVER,
                    BrokenPreset(name.encode("utf-8", "replace").decode(), PresetProblem.BAD_FILE_NAME),
                )
                continue
            if len(known) >= MOST_FILES or stamp[1] > room:
                known[name] = _NEVER, BrokenPreset(name, PresetProblem.TOO_MANY)
                continue
            before = self._known.get(name)
            known[name] = before if before and before[0] == stamp else (stamp, self._read(name, stamp))
            room -= stamp[1] if isinstance(known[name][1], PresetText) else 0
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
        taken = {_alike(entry.removesuffix(SUFFIX)) for entry in self._names()}
        numbers: dict[str, int] = {}
        free = []
        for name in names:
            stem = found = _stem(name)
            while _alike(found) in taken or (self.path / f"{found}{SUFFIX}").exists():
                number = numbers[stem] = numbers.get(stem, 1) + 1
                found = f"{stem}-{number}"
            taken.add(_alike(found))
            free.append(found)
        return free

    def trash(self, preset_ids: Iterable[str]) -> list[str]:
        """Move presets' files into the trash and return their names there; those that are gone are left out.

        Raises `OSError`; all of them are where they were then.
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

    def keep_aside(self, preset_id: str) -> None:
        """Put a copy of a file into the trash, before something else is written in its place. Raises `OSError`."""
        shutil.copyfile(self.path / f"{preset_id}{SUFFIX}", self.path / TRASH / self._name_in_trash(preset_id))

    def text_of(self, name: str, most: int) -> str | None:
        """Return what stands in a file, as far as it is text; None if it is longer than `most` bytes, or no file. Raises `OSError`."""
        try:
            return read_whole(self.path / name, most).decode("utf-8", "replace")
        except (FileTooLarge, NotARegularFile):
            return None

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
                    with suppress(OSError):
                        entry.unlink()
        for left in list(self.path.glob(f"{_STAGING}*")):  # of a program that ended while it wrote
            shutil.rmtree(left, ignore_errors=True)

    def _name_in_trash(self, preset_id: str) -> str:
        (self.path / TRASH).mkdir(mode=0o700, exist_ok=True)
        return f"{time.time_ns()} {preset_id}{SUFFIX}"

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
        return sorted(names)[:_MOST_LISTED]

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
            text = read_whole(self.path / name, LARGEST_BYTES).decode("utf-8-sig")
            return PresetText(read_preset(text, name.removesuffix(SUFFIX), self._origin), text)
        except PresetInvalid as error:
            return BrokenPreset(name, error.problem, error.line, error.detail)
        except UnicodeDecodeError as error:
            return BrokenPreset(name, PresetProblem.NOT_TEXT, error.object.count(b"\n", 0, error.start) + 1)
        except FileTooLarge:
            return BrokenPreset(name, PresetProblem.TOO_LARGE)
        except NotARegularFile:  # something else took its place
            return BrokenPreset(name, PresetProblem.UNREADABLE)
        except OSError as error:
            return BrokenPreset(name, PresetProblem.UNREADABLE, 0, error.strerror or str(error))


def _is_text(name: str) -> bool:
    """Whether a file's name is text, not only bytes: it becomes a key that is written down."""
    return not any("\ud800" <= letter <= "\udfff" for letter in name)


def _stem(name: str) -> str:
    """Return a preset's name as the name of a file."""
    words = re.findall(r"\w+", unicodedata.normalize("NFKC", name[:_LOOKED_AT]).lower())
    stem = "-".join(words)[:60].strip("-_") or "preset"
    while len(stem.encode("utf-8", "replace")) > 120:
        stem = stem[:-1]
    return f"preset-{stem}" if is_reserved_name(stem) else stem


def _alike(name: str) -> str:
    """Return by what names are the same on some file system: they differ neither in case nor in how letters are composed."""
    return unicodedata.normalize("NFC", name).casefold()
