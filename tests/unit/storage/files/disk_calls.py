"""Records what reaches the disk in which order, and what a power failure could therefore lose."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

State = tuple[int, int]
"""Size and time of the last change."""


class DiskCalls:
    """What a power failure could lose. A file or folder is forced to disk by `os.fsync`; SQLite's own calls are not seen."""

    def __init__(self, folder: Path) -> None:
        """What is in `folder` already counts as being on disk."""
        self.problems: list[str] = []
        self._forced = {path.resolve(): _state(path) for path in folder.rglob("*")}
        self._waiting: dict[Path, str] = {}
        """Folders whose entries have changed, and what by, until they are forced to disk."""

    @contextmanager
    def recorded(self, patched: pytest.MonkeyPatch) -> Iterator[None]:
        """Record the calls in the block. At its end, all entries must be on disk."""
        for name in ("rename", "replace", "link"):
            patched.setattr(os, name, self._recording(getattr(os, name)))
        fsync, mkdir = os.fsync, os.mkdir

        def record_fsync(descriptor: int) -> None:
            fsync(descriptor)
            path = Path(f"/proc/self/fd/{descriptor}").readlink()
            self._forced[path] = _state(path)
            self._waiting.pop(path, None)

        def record_mkdir(path: str, *arguments: int) -> None:
            mkdir(path, *arguments)
            self._waiting[Path(path).parent.resolve()] = f"creating {Path(path).name}"

        patched.setattr(os, "fsync", record_fsync)
        patched.setattr(os, "mkdir", record_mkdir)
        yield
        removed = [folder for folder in self._waiting if not folder.exists()]
        for folder in removed:
            del self._waiting[folder]
        self.problems += [f"{folder} was not forced to disk after {why}" for folder, why in self._waiting.items()]

    def _recording(self, call: Callable[..., None]) -> Callable[..., None]:
        def record(source: str, target: str) -> None:
            old, new = Path(source).absolute(), Path(target).absolute()
            if call.__name__ != "link":  # another name of a file that is complete already
                for path in [old, *old.rglob("*")] if old.is_dir() else [old]:
                    self._check(path, new)
            call(source, target)
            self._waiting[new.parent.resolve()] = f"{call.__name__} of {new.name}"
            if old in self._forced:
                self._forced[new] = self._forced[old]

        return record

    def _check(self, path: Path, new: Path) -> None:
        if path.name.endswith(("-wal", "-shm")):
            return  # SQLite forces its log to disk itself
        if path.is_file() and self._forced.get(path.resolve()) != _state(path):
            self.problems.append(f"{path.name} gets the name {new.name} before its content is on disk")
        elif path.is_dir() and (why := self._waiting.get(path.resolve())):
            self.problems.append(
                f"the folder {path.name} gets the name {new.name} before its entries are on disk ({why})"
            )


def _state(path: Path) -> State:
    status = path.stat()
    return status.st_size, status.st_mtime_ns if path.is_file() else 0
