"""Files and folders that an export is writing, next to their final path, and the removal of those that a killed program has left there."""

import os
import shutil
import time
import uuid
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

_SUFFIX = ".chatdesk-unfinished"
_NAME_LENGTH = 40
"""Characters of the final name in the temporary one, which must not be too long."""
_ABANDONED_SECONDS = 3600.0
"""Nothing is written to an unfinished file for so long. Another Chatdesk, even on another computer, may be exporting to the same folder."""


def unfinished_path(path: Path) -> Path:
    """Return a temporary path for what gets the name `path` when it is complete."""
    return path.with_name(f".{path.name[:_NAME_LENGTH]}.{uuid.uuid4().hex[:8]}{_SUFFIX}")


def remove_abandoned(folder: Path) -> None:
    """Remove what exports into this folder have left. Raises nothing: the next export tries again."""
    if folder.name.endswith(_SUFFIX):
        return  # one of this export
    for entry in list(_unfinished(folder)):
        with suppress(OSError):
            if time.time() - _changed_at(entry) > _ABANDONED_SECONDS:
                if entry.is_dir(follow_symlinks=False):
                    shutil.rmtree(entry.path, ignore_errors=True)
                else:
                    os.unlink(entry.path)  # noqa: PTH108 - an entry of `os.scandir`, whose type is known without another call


def _unfinished(folder: Path) -> Iterator[os.DirEntry[str]]:
    with suppress(OSError), os.scandir(folder) as entries:
        yield from (entry for entry in entries if entry.name.startswith(".") and entry.name.endswith(_SUFFIX))


def _changed_at(entry: os.DirEntry[str]) -> float:
    """Return when something was last written, also in the subfolders of a folder."""
    times = [entry.stat(follow_symlinks=False).st_mtime]
    if entry.is_dir(follow_symlinks=False):
        times += (each.lstat().st_mtime for each in Path(entry.path).rglob("*"))
    return max(times)
