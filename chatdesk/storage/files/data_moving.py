"""Moving of the data folder to another place, while nothing in it is open.

Everything is linked or copied to the new folder and checked there, then `switch` makes the new folder the one that is used, and only then
is the old one emptied. So the program has all of its data at any moment, also after it was killed: in the old folder before the switch, in
the new one after it. A marker file in the new folder tells an incomplete move from a folder that belongs to somebody else.
"""

import errno
import hashlib
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from chatdesk.kernel.errors.backup_errors import LocationFull, LocationMissing, LocationUnusable
from chatdesk.storage.database.storage_errors import NO_SPACE
from chatdesk.storage.files.file_writing import create_private_file, force_to_disk, make_private, make_private_folder

MARKER = "chatdesk-move-not-complete"
_FREE_SPACE_RESERVE = 200_000_000
"""Bytes that remain free on the other disk."""
_CHUNK_BYTES = 1024 * 1024
WRITE_PROTECTED = "nothing can be written in it"
"""`LocationUnusable.reason` of a folder that this user may not change, or whose disk is read-only."""
_REFUSED = frozenset({errno.EACCES, errno.EPERM, errno.EROFS})

Report = Callable[[float], None]
Begin = Callable[[], None]
"""Notes that the new folder has an incomplete move from now on. Raises `OSError`."""
Switch = Callable[[tuple[str, ...]], None]
"""Makes the new folder the one that is used; gets the names of the entries to be removed from the old one. Raises `OSError`."""


def check_target(source: Path, target: Path, stays: frozenset[str]) -> int:
    """Return the bytes that have to be copied. Blocks. Raise `LocationMissing`, `LocationUnusable` or `LocationFull` if that is impossible.

    `stays` are names of entries that do not move. The parent of `target` must exist; it must be empty, or left from a move.
    """
    with location_errors(target):
        return _check(source, target, stays)


@contextmanager
def location_errors(target: Path) -> Iterator[None]:
    """Raise `LocationFull` or `LocationUnusable` instead of an error of the system while the folder `target` is examined or written."""
    try:
        yield
    except OSError as error:
        if error.errno in NO_SPACE:
            raise LocationFull(path=str(target)) from error
        reason = WRITE_PROTECTED if error.errno in _REFUSED else error.strerror or str(error)
        raise LocationUnusable(path=str(target), reason=reason) from error


def _check(source: Path, target: Path, stays: frozenset[str]) -> int:
    if not target.parent.is_dir():
        raise LocationMissing(path=str(target))
    inside, outside = target.resolve(), source.resolve()
    if inside == outside or outside in inside.parents or inside in outside.parents:
        raise LocationUnusable(path=str(target), reason="one folder is inside the other")
    if target.exists() and not target.is_dir():
        raise LocationUnusable(path=str(target), reason="it is a file")
    if target.is_dir() and any(target.iterdir()) and not (target / MARKER).exists():
        raise LocationUnusable(path=str(target), reason="it is not empty")
    nearest = target if target.is_dir() else target.parent
    if not os.access(nearest, os.W_OK | os.X_OK):
        raise LocationUnusable(path=str(target), reason=WRITE_PROTECTED)
    if _can_link(source, nearest):
        return 0
    # A file with several names is copied once. Where that is not possible, the disk may turn out to be full, and nothing has changed.
    states = [path.lstat() for path in _files(source, stays)]
    linked = {(state.st_dev, state.st_ino): state.st_size for state in states if state.st_nlink > 1}
    size = sum(state.st_size for state in states if state.st_nlink < 2) + sum(linked.values())
    if size + _FREE_SPACE_RESERVE > shutil.disk_usage(nearest).free:
        raise LocationFull(path=str(target))
    return size


def move_data(source: Path, target: Path, stays: frozenset[str], begin: Begin, switch: Switch, report: Report) -> None:
    """Move everything but `stays`. Blocks. Raise what `check_target` raises; then nothing has changed."""
    check_target(source, target, stays)
    switched = False
    try:
        begin()
        clear_incomplete(target)
        make_private_folder(target)
        make_private(target)  # it may have been there, empty
        create_private_file(target / MARKER)
        files = list(_files(source, stays))
        total = sum(path.lstat().st_size for path in files) or 1
        done = 0
        brought: dict[tuple[int, int], Path] = {}
        for path in files:
            copy = target / path.relative_to(source)
            make_private_folder(copy.parent)
            if not _link_again(path, copy, brought):
                _bring(path, copy, lambda count, done=done: report((done + count) / total))  # type: ignore[misc]
            done += path.lstat().st_size
            report(done / total)
        for folder in {path.parent for path in files}:
            force_to_disk(target / folder.relative_to(source))  # that of the folder itself, `make_private_folder` has
        entries = tuple(sorted(path.name for path in source.iterdir() if path.name not in stays))
        force_to_disk(target)
        switch(entries)
        switched = True
        complete_move(target)
    except BaseException:
        if switched:
            raise
        with suppress(OSError):
            clear_incomplete(target)
        with location_errors(target):
            raise


def remove_entries(folder: Path, entries: tuple[str, ...]) -> None:
    """Remove entries of a folder that is not used any more. Blocks. What cannot be removed stays."""
    for name in entries:
        path = folder / name
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path, ignore_errors=True)
        else:
            with suppress(OSError):
                path.unlink()
    with suppress(OSError):
        folder.rmdir()  # if it is empty


def complete_move(target: Path) -> None:
    """Remove the marker from a folder that is used now: another move to it would mistake the data for its own remains. Raise `OSError`."""
    (target / MARKER).unlink(missing_ok=True)


def clear_incomplete(target: Path) -> None:
    """Remove what an incomplete move has left; the marker last, so that this can be interrupted. Raise `OSError`."""
    if (target / MARKER).exists():
        for path in target.iterdir():
            if path.is_dir() and not path.is_symlink():
                shutil.rmtree(path)
            elif path.name != MARKER:
                path.unlink()
        (target / MARKER).unlink(missing_ok=True)


def _files(folder: Path, stays: frozenset[str]) -> Iterator[Path]:
    """Yield all files and links; sockets and the like belong to a program that runs."""
    for parent, folders, files in os.walk(folder):
        here = Path(parent)
        left_out = stays | {MARKER} if here == folder else frozenset()
        folders[:] = [name for name in folders if name not in left_out]
        linked = [name for name in folders if (here / name).is_symlink()]
        for path in (here / name for name in (*files, *linked) if name not in left_out):
            if path.is_symlink() or path.is_file():
                yield path


def _link_again(path: Path, copy: Path, brought: dict[tuple[int, int], Path]) -> bool:
    """Give a file that was brought under another of its names this name, too, and return whether that was so: it takes no space then.

    `brought` maps the identity of files with several names to their new places.
    """
    state = path.lstat()
    if state.st_nlink < 2:
        return False
    first = brought.setdefault((state.st_dev, state.st_ino), copy)
    if first is not copy:
        with suppress(OSError):
            os.link(first, copy)
            return True
    return False


def _bring(path: Path, copy: Path, count: Callable[[int], None]) -> None:
    if path.is_symlink():
        copy.symlink_to(path.readlink())
        return
    with suppress(OSError):
        os.link(path, copy)
        return
    create_private_file(copy)
    summed, copied = hashlib.sha256(), 0
    with path.open("rb") as reading, copy.open("wb") as writing:
        while chunk := reading.read(_CHUNK_BYTES):
            writing.write(chunk)
            summed.update(chunk)
            copied += len(chunk)
            count(copied)
    force_to_disk(copy)
    written = hashlib.sha256()
    with copy.open("rb") as reading:
        while chunk := reading.read(_CHUNK_BYTES):
            written.update(chunk)
    if written.digest() != summed.digest():
        raise OSError(f"{path.name} could not be read back")
    state = path.stat()
    os.utime(copy, ns=(state.st_atime_ns, state.st_mtime_ns))


def _can_link(source: Path, target: Path) -> bool:
    """Return whether files of one folder can get a second name in the other, which takes no space and no time."""
    return source.stat().st_dev == target.stat().st_dev
