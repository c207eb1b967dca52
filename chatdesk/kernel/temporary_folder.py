"""Folders for temporary files with content of the user, in the system's folder for temporary files.

A program that is killed leaves them there, and not every system ever removes them: a later start does.
"""

import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from stat import S_ISDIR

_PREFIX = "chatdesk-temporary-"
_ABANDONED_SECONDS = 24 * 60 * 60
"""No work with temporary files takes that long."""


@contextmanager
def temporary_folder() -> Iterator[Path]:
    """Create a folder that only this user can read, and remove it afterwards. Blocks. Raise `OSError` if it cannot be created."""
    with tempfile.TemporaryDirectory(prefix=_PREFIX, ignore_cleanup_errors=True) as folder:
        yield Path(folder)


def remove_abandoned() -> None:
    """Remove the folders of this user that are a day old. Blocks; raises nothing."""
    with suppress(OSError):
        for path in Path(tempfile.gettempdir()).iterdir():
            if path.name.startswith(_PREFIX) and _is_abandoned(path):
                shutil.rmtree(path, ignore_errors=True)


def _is_abandoned(path: Path) -> bool:
    with suppress(OSError):
        state = path.lstat()
        is_own = not hasattr(os, "getuid") or state.st_uid == os.getuid()
        return is_own and S_ISDIR(state.st_mode) and time.time() - state.st_mtime > _ABANDONED_SECONDS
    return False
