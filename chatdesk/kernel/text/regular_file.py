"""Reads a file that may be anything: pipes and devices are not waited for, and no more is read than was asked for."""

import os
import stat
from pathlib import Path

_WITHOUT_WAITING = getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOCTTY", 0) | getattr(os, "O_CLOEXEC", 0)
_AS_IT_IS = getattr(os, "O_BINARY", 0)


def read_regular(path: Path, most: int) -> bytes | None:
    """Return what is in a file, up to one byte more than `most`; None for what is no file. Raises `OSError`."""
    if not stat.S_ISREG(path.stat().st_mode):  # looked at before: opening some devices does something
        return None
    with open(os.open(path, os.O_RDONLY | _WITHOUT_WAITING | _AS_IT_IS), "rb") as file:  # noqa: PTH123 - of a descriptor
        return file.read(most + 1) if stat.S_ISREG(os.fstat(file.fileno()).st_mode) else None
