"""Writes a file a person asked for, where they want it: theirs, not ours, so with the rights files usually have there."""

import shutil
import tempfile
from contextlib import suppress
from pathlib import Path

from chatdesk.kernel.errors.storage_errors import FileNotSaved
from chatdesk.storage.files.private_files import force_to_disk


def write_exported_file(path: Path, content: bytes) -> None:
    """Put `content` into a file, in place of what it held. Raises `FileNotSaved`; an old file is as it was then."""
    try:
        _write(path.resolve(), content)
    except (OSError, ValueError) as error:  # a name with a NUL in it is a ValueError
        raise FileNotSaved(name=path.name, reason=getattr(error, "strerror", None) or str(error)) from error


def _write(path: Path, content: bytes) -> None:
    """Write beside it first, so that a full disk does not cost the old file."""
    new = not path.exists()
    if new:
        path.touch()  # with the rights a new file has there
    with tempfile.NamedTemporaryFile(dir=path.parent, prefix=f".{path.name[:40]}.", delete=False) as file:
        beside = Path(file.name)
    try:
        beside.write_bytes(content)
        shutil.copymode(path, beside)
        force_to_disk(beside)
        beside.replace(path)
    except BaseException:
        with suppress(OSError):
            beside.unlink()
        if new:
            with suppress(OSError):
                path.unlink()
        raise
