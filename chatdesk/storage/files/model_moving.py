"""Moving of the downloaded models to another folder, also on another disk.

A model is entered in the journal of the new folder, its files are linked or copied there, and only when all of them are complete are they
removed from the old folder. So at any moment, also after the program was killed, each model is complete in one of the two folders, and
moving again continues. Files that are not in the journal belong to the user or to other programs and stay where they are.
"""

import hashlib
import os
import shutil
from collections.abc import Callable
from pathlib import Path

from chatdesk.kernel.errors.storage_errors import DiskFull, FileUnavailable
from chatdesk.kernel.models.hubs import DownloadFile
from chatdesk.storage.database.storage_errors import storage_errors
from chatdesk.storage.files.file_writing import create_private_file, force_to_disk, make_private_folder
from chatdesk.storage.files.large_files import CHUNK_BYTES
from chatdesk.storage.files.model_store import ModelStore

_SUFFIX = ".moving"
"""Of a copy that is not complete yet."""
_FREE_SPACE_RESERVE = 10**9
"""Bytes that remain free on the other disk."""

Report = Callable[[int, int], None]
"""Called with the number of bytes moved so far, and their total. An exception that it raises ends the move."""


def move_models(source: ModelStore, target: ModelStore, report: Report) -> None:
    """Move all models, and what was downloaded of unfinished ones, from one folder to the other. Blocks. Raises a `StorageError`."""
    if _is_same_folder(source.folder, target.folder):
        return
    complete = tuple(model for model in source.read() if model.downloaded_at)
    parts = _parts(source)
    total = sum(model.download.size for model in complete) + sum(path.stat().st_size for path in parts)
    with storage_errors(target.folder, FileUnavailable):
        make_private_folder(target.folder)
        if not _is_same_disk(source.folder, target.folder) and total > _free_space(target.folder) - _FREE_SPACE_RESERVE:
            raise DiskFull(path=str(target.folder))
    moving = _Moving(report, total)
    for model in complete:
        target.receive(model, source.paths_of(model), moving.bring)
        source.delete(model.id)
    for path, sha256 in parts.items():
        file = DownloadFile("", path.stat().st_size, sha256)
        part = target.part(file).path
        with storage_errors(part, FileUnavailable):
            make_private_folder(part.parent)
            if not part.exists():
                moving.bring(path, part, file, is_whole=False)
            path.unlink()
    for model in source.models:  # those that were being placed: their files are parts again
        source.delete(model.id)
    report(total, total)


def _parts(store: ModelStore) -> dict[Path, str]:
    """Return the files of unfinished downloads, with the hash of their final content. Some may have been placed already."""
    placed = {
        path: file.sha256
        for model in store.models
        if not model.downloaded_at
        for path, file in zip(store.paths_of(model), model.download.files, strict=True)
        if path.is_file()
    }
    return {**placed, **{path: path.stem for path in store.part_paths()}}


class _Moving:
    """Moves files and counts their bytes."""

    def __init__(self, report: Report, total: int) -> None:
        self._report = report
        self._total = total
        self._done = 0
        self._add(0)

    def bring(self, old: Path, new: Path, file: DownloadFile, *, is_whole: bool = True) -> None:
        """Create a file at its new place, with the content at its old one. Raises `OSError`; a copy that differs is not kept."""
        if _link(old, new):
            force_to_disk(new.parent)
            self._add(file.size)
            return
        copy = new.with_name(f"{new.name}{_SUFFIX}")
        try:
            create_private_file(copy)
            self._copy(old, copy, file.sha256 if is_whole else "")
            copy.replace(new)
        except BaseException:
            copy.unlink(missing_ok=True)
            raise
        force_to_disk(new.parent)

    def _copy(self, old: Path, copy: Path, sha256: str) -> None:
        """Copy a file to the disk. Raises `OSError`, also if it has another hash than this one; empty: any."""
        summed = hashlib.sha256()
        with old.open("rb") as source, copy.open("wb") as target:
            while chunk := source.read(CHUNK_BYTES):
                target.write(chunk)
                summed.update(chunk)
                self._add(len(chunk))
        force_to_disk(copy)
        if sha256 and summed.hexdigest() != sha256:
            raise OSError(f"{old.name} is damaged")

    def _add(self, count: int) -> None:
        self._done += count
        self._report(min(self._done, self._total), self._total)


def _link(old: Path, new: Path) -> bool:
    """Link a file to its new place. Return False on another disk, or where the file system has no links."""
    try:
        os.link(old, new)
    except OSError:
        return False
    return True


def _is_same_folder(one: Path, other: Path) -> bool:
    return one.is_dir() and other.is_dir() and one.samefile(other)


def _is_same_disk(one: Path, other: Path) -> bool:
    return one.is_dir() and one.stat().st_dev == other.stat().st_dev


def _free_space(folder: Path) -> int:
    return shutil.disk_usage(folder).free
